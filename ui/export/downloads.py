"""Logged downloads: make the file, write its SHA-256 to the audit log, only then offer it, with a receipt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import streamlit as st

from audit.log import Unwritable
from queries import Filters, Reader, Unreachable, build, reach, state
from ui.export.deferred import Requester
from ui.filters.sentence import sentence
from ui.i18n import language, number, t
from ui.session import audit_trail
from ui.view import labels

READY = "export_ready"  # session: the file that was last made


@dataclass(frozen=True)
class Content:
    """A finished file: bytes, number of data rows and columns, the reason for citizen IDs in it, if there are any, of which
    household it is, if of one, and its name where that tells what is in it."""

    bytes: bytes
    rows: int
    columns: int
    reason: str = ""
    household: str = ""
    name: str = ""


@dataclass(frozen=True)
class Choice:
    """A file on offer before it is made: button label, file name, media type, and the function that makes it."""

    label: str
    name: str
    kind: str
    make: Callable[[], Content]


@dataclass(frozen=True)
class Receipt:
    """The receipt of one file: what the audit log holds of it, for the officer to keep."""

    name: str
    content: Content
    checksum: str
    filters: str
    who: str
    at: str
    build: str

    def lines(self) -> list[tuple[str, str]]:
        """(label, value) pairs in the reader's language."""
        lines = [
            (t("File"), self.name),
            (t("Rows"), number(self.content.rows)),
            (t("Columns"), number(self.content.columns)),
            ("SHA-256", self.checksum),
            (t("Filter"), self.filters),
            (t("Made by"), self.who),
            (t("Made at"), labels.moment(self.at)),
            (t("Build"), self.build),
        ]
        return lines + ([(t("Citizen IDs for"), self.content.reason)] if self.content.reason else [])

    def text(self) -> bytes:
        """As a text file for Windows: UTF-8 with BOM, CRLF."""
        return "\r\n".join(f"{label}: {value}" for label, value in self.lines()).encode("utf-8-sig")


@dataclass(frozen=True)
class Ready:
    """A made file, valid only for the page, user, reader, filters, build and language it `belongs` to."""

    belongs: tuple
    receipt: Receipt
    kind: str


def offer(choices: Sequence[Choice], filters: Filters, reader: Reader, page: str, asked: Choice | None = None) -> None:
    """One button per file, then the made file with its receipt; `asked` was requested by a form elsewhere on the page."""
    belongs = (page, audit_trail.who(), reader, filters, state(), language())
    if reach.away():
        st.info(t("No file is made while the journal cannot be reached: it would lack what was recorded."))
        return
    with st.container(horizontal=True, key="export_choices"):
        for place, choice in enumerate(choices):
            first = "primary" if place == 0 else "secondary"
            if st.button(choice.label, key=f"make_{choice.name.split('.', 1)[1]}", type=first, icon=":material/description:"):
                make(choice, filters, reader, belongs)
    if asked:
        make(asked, filters, reader, belongs)
    show(belongs)


def make(choice: Choice, filters: Filters, reader: Reader, belongs: tuple) -> None:
    """Make one file and log it; only then put it into the session."""
    st.session_state.pop(READY, None)
    try:
        content = choice.make()
        reach.hold()
        name = content.name or choice.name
        receipt = Receipt(
            name,
            content,
            sha256(content.bytes).hexdigest(),
            sentence(filters, language()),
            audit_trail.who(),
            datetime.now(UTC).isoformat(timespec="seconds"),
            build().id,
        )
        facts: dict[str, Any] = {
            "rows": content.rows,
            "columns": content.columns,
            "sha256": receipt.checksum,
            "file": name,
            "household": content.household or None,
        }
        audit_trail.note("export", reader, **facts, filter=sentence(filters, "th"), reason=content.reason or None)
    except Unwritable:
        audit_trail.unwritable()
        return
    except Unreachable:
        st.error(t("No file is made while the journal cannot be reached: it would lack what was recorded."))
        return
    st.session_state[READY] = Ready(belongs, receipt, choice.kind)


def noted(made: Content, what: str, of: Requester) -> bytes:
    """Log a deferred download (`deferred`) before its bytes are returned; raises Unwritable, or Unreachable where it may
    lack what was recorded."""
    reach.hold()
    facts: dict[str, Any] = {"rows": made.rows, "columns": made.columns, "sha256": sha256(made.bytes).hexdigest(), "file": what}
    audit_trail.note("export", of.reader, of.who, **facts)
    return made.bytes


def show(belongs: tuple) -> None:
    """Show the made file, if it belongs to what the page now shows; else drop it from the session."""
    ready = st.session_state.get(READY)
    if ready is None or ready.belongs != belongs:
        st.session_state.pop(READY, None)
        return
    receipt = ready.receipt
    with st.container(border=True, key="receipt"):
        st.markdown(f"**{t('The file is ready, and written down in the audit log')}**")
        with st.container(horizontal=True):
            save = {"key": "get_file", "on_click": "ignore", "type": "primary", "icon": ":material/download:"}
            st.download_button(t("Save {file}", file=receipt.name), receipt.content.bytes, receipt.name, ready.kind, **save)
            name = f"{receipt.name}.txt"
            st.download_button(t("Save the receipt"), receipt.text(), name, "text/plain", key="get_receipt", on_click="ignore")
        st.markdown("  \n".join(f"{label}: {labels.plain(value)}" for label, value in receipt.lines()))
