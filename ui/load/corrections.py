"""Rows to correct of a load that nobody accepted yet: refused ones, and those of which a cell was left empty."""

from functools import partial

import streamlit as st

from ui.export import downloads
from ui.export.deferred import Requester, deferred
from ui.i18n import t
from ui.load import jobs
from ui.load.jobs import Job
from ui.load.panels import counted
from ui.view import labels

TO_CORRECT = {"error", "warning"}


def offer(job: Job, report: dict) -> None:
    """A workbook for each file of which a row or a cell was not taken."""
    if report["outcome"] != "built":
        return
    rows = [sheet for sheet in report["files"] if any(p["row"] and p["severity"] in TO_CORRECT for p in sheet["problems"])]
    for place, file in enumerate(dict.fromkeys(sheet["file"] for sheet in rows)):
        st.download_button(
            t("Rows of {file} to correct (XLSX)", file=labels.plain(file)),
            deferred(partial(_workbook, job, file)),
            f"{file.rsplit('.', 1)[0].replace('/', ' ')} {t('refused rows')}.xlsx",
            key=f"correct_{place}",
            on_click="ignore",
            icon=":material/download:",
            help=t(
                "Also the cells that were left empty, with what stood in them. Correct the file now, or accept and load the workbook later."
            ),
        )


def _workbook(job: Job, file: str, of: Requester) -> bytes:
    made = jobs.refused_rows(file, of, job.token)
    return downloads.noted(counted(made), "refused_rows.xlsx", of)
