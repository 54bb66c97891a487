"""The file that brings what is recorded back into the registers: made, logged and offered like every other one."""

from datetime import datetime
from functools import partial

import streamlit as st

from queries import Filters, Reader
from queries.register_file import NothingToWrite, write
from ui.export import downloads
from ui.i18n import BUDDHIST_ERA, t

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(reader: Reader) -> None:
    """The file for the registers, with what is new or with all rows: logged, with its receipt."""
    now = datetime.now()
    stem = f"baansuk_recorded_{now.year + BUDDHIST_ERA}{now:%m%d-%H%M}"
    choices = [
        downloads.Choice(t("File for the registers (XLSX)"), f"{stem}.xlsx", KIND, partial(made, reader, False)),
        downloads.Choice(t("The same with all rows"), f"{stem}.all.xlsx", KIND, partial(made, reader, True)),
    ]
    try:
        downloads.offer(choices, Filters(), reader, "review")
    except NothingToWrite:
        st.info(t("These rows hold citizen IDs and cannot leave in a file. Enter them into the register by hand."))


def made(reader: Reader, every: bool) -> downloads.Content:
    """The file, as this reader may make it."""
    written = write(Filters(), reader, every)
    return downloads.Content(written.bytes, written.rows, written.columns)
