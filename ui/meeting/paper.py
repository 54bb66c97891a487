"""Files of a meeting: the minutes as JSON, as the secretary's draft and as the record, what it saw; each with receipt and log."""

import json

from installation.paths import data_folder
from journal import frozen
from queries import Filters, Reader
from ui.export import downloads
from ui.i18n import t
from ui.meeting import minutes
from ui.meeting.held import Held

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer(of: Held, filters: Filters, reader: Reader) -> None:
    """The files of a meeting that is closed, to whoever decides."""
    stem = f"baansuk_meeting_{of.row['area']}_{of.row['held_on'].date().isoformat()}"

    def told() -> downloads.Content:
        return _content(json.dumps(minutes.kept(of, reader), ensure_ascii=False, indent=1).encode(), of)

    def saw() -> downloads.Content:
        return _content(frozen.content(data_folder(), of.row["frozen"]), of)

    choices = [
        downloads.Choice(t("What the meeting saw (JSON)"), f"{stem}.seen.json", "application/json", saw),
        downloads.Choice(t("Minutes (JSON)"), f"{stem}.json", "application/json", told),
    ]
    downloads.offer([*_printed(of, reader, stem), *choices], filters, reader, f"meeting {of.id}")


def _printed(of: Held, reader: Reader, stem: str) -> list[downloads.Choice]:
    """The minutes on paper: the record, and the draft to edit."""

    def record() -> downloads.Content:
        from print import minutes as set_in_type  # brings a typesetter, for which no other page waits

        return _content(set_in_type.pdf(minutes.kept(of, reader)), of)

    def draft() -> downloads.Content:
        from print import minutes as set_in_type

        return _content(set_in_type.docx(minutes.kept(of, reader)), of)

    return [
        downloads.Choice(t("Minutes (PDF/A)"), f"{stem}.pdf", "application/pdf", record),
        downloads.Choice(t("Draft of the minutes (DOCX)"), f"{stem}.docx", DOCX, draft),
    ]


def _content(body: bytes, of: Held) -> downloads.Content:
    return downloads.Content(body, len(of.seen["items"]), 1)
