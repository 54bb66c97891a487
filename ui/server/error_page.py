"""Error handling of pages: a kind message on screen; in the log the stack without values, for they may be personal data."""

import logging
import traceback

import streamlit as st

from ui.i18n import t
from ui.streamlit_internals import EXCEPTION_LOGGER


class WithoutValues(logging.Filter):
    """Log filter that redacts exception messages: Streamlit logs each with its message, which may quote a name or an ID."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with its exception reduced to types and places in the code."""
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = f"{record.msg}: {places(record.exc_info[1])}", ()
            record.exc_info = record.exc_text = None
        return True


def places(error: BaseException) -> str:
    """Stack trace of an exception and its causes, without messages and without source lines."""
    lines = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return "\n".join([type(error).__name__, *lines, *([f"after {places(cause)}"] if cause else [])])


def failed(error: Exception) -> bool:
    """Show our message instead of Streamlit's traceback box; True tells Streamlit that it is handled."""
    st.error(t("This part could not be shown. Your data is safe. Try again, or clear the filters."), icon=":material/error:")
    return True


logging.getLogger(EXCEPTION_LOGGER).addFilter(WithoutValues())
