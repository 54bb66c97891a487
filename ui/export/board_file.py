"""The promise board as a CSV for Excel: what, who, by when, how late and where; no name and no house number of a household."""

from collections.abc import Mapping

import pandas as pd

from queries.csv_export import harmless, written
from ui.i18n import BUDDHIST_ERA, t
from ui.view import promise_text
from ui.view.labels import missing


def headings(lang: str | None = None) -> list[str]:
    """The headings of the file in a language, else in the reader's; a file that comes back is known by them."""
    return [
        t("What is promised", lang), t("Of which list", lang), t("Agency or person", lang), t("State", lang), t("Due date", lang),
        t("Days late", lang), t("Reply", lang), t("Village code", lang), t("Place", lang),
        t("Address of the household in this system", lang), t("Data as of", lang),
    ]  # fmt: skip


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, CRLF, headings and words in the reader's language, days of the Buddhist era."""
    table = pd.DataFrame([_cells(row) for row in frame.to_dict("records")], columns=headings())
    return written(harmless(table.astype({t("Days late"): "Int64"})), "\r\n").encode("utf-8-sig")


def _cells(row: Mapping) -> list[object]:
    """One promise under the headings."""
    late = int(row["days_late"]) if row["overdue"] else None
    what = [
        promise_text.what(row),
        promise_text.of_what(row),
        row["owner"],
        promise_text.state(row),
        _day(row["due_date"]),
        late,
    ]
    return [*what, row["reply"], row["village_code"], promise_text.where(row), row["ref"], _day(row["as_of"])]


def _day(value: pd.Timestamp) -> str | None:
    return None if missing(value) else f"{value.day:02d}/{value.month:02d}/{value.year + BUDDHIST_ERA}"
