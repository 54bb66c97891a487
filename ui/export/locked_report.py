"""Password-encrypted report with unmasked citizen IDs: needs the right `reveal` and a reason, which is logged."""

import io

import pandas as pd
import streamlit as st
from msoffcrypto.format.ooxml import OOXMLFile

from queries import Filters, Reader, reasons, report_with_ids
from ui.export import downloads, report_files
from ui.i18n import language, t
from ui.session import audit_trail

SHORTEST = 12  # characters of a password
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lock(workbook: bytes, password: str) -> bytes:
    """Encrypt a workbook with a password: AES-256 as Office itself does, so Excel and LibreOffice open it."""
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()


def form(filters: Filters, reader: Reader, name: str, as_of: str) -> downloads.Choice | None:
    """Form for reason and password; returns the file to make once both are valid. The password is stored nowhere."""
    words = reasons(language())
    with (
        st.expander(t("With full citizen IDs, locked by a password"), key="with_ids"),
        st.form("with_ids_form", border=False, clear_on_submit=True),
    ):
        reason = st.radio(t("What are they needed for?"), list(words), index=None, format_func=words.get)
        secret = {"type": "password", "autocomplete": "new-password"}
        first = st.text_input(t("Password, at least {n} characters", n=SHORTEST), **secret)
        again = st.text_input(t("The same password again"), **secret)
        st.caption(
            t(
                "Tell the password by telephone, not with the file. Nobody can open the file without it. Name and reason are written down."
            )
        )
        sent = st.form_submit_button(t("Make the locked file"))
    if not sent:
        return None
    wrong = fault(reason, first, again)
    if wrong:
        st.error(wrong)
        return None

    def make() -> downloads.Content:
        frame: pd.DataFrame = report_with_ids(filters, str(reason), reader, audit_trail.who())
        book = report_files.xlsx(frame, filters, as_of, open_ids=True)
        return downloads.Content(lock(book, str(first)), len(frame), len(frame.columns), words[str(reason)])

    return downloads.Choice("", name, KIND, make)


def fault(reason: str | None, first: str | None, again: str | None) -> str:
    """Validation message with all faults of the form, empty when it is valid."""
    faults = [] if reason else [t("Choose what the IDs are needed for.")]
    if len(first or "") < SHORTEST:
        faults.append(t("The password needs at least {n} characters.", n=SHORTEST))
    if first != again:
        faults.append(t("The two passwords differ."))
    return " ".join(faults)
