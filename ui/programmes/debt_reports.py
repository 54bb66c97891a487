"""The forms of กข.คจ. in their own columns (definitions/debt_forms.csv): 26(1) of the village and the district, 26(2) of the province, the
report of problems."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.i18n import language, number, t
from ui.view import labels, markup
from ui.view.labels import missing

STATE = {
    "village": "open",
    "district": "open",
    "problem": "problem",
}  # form -> which villages it has; that of the province has districts


def names() -> dict[str, str]:
    """Form -> what it is called."""
    return {
        "village": t("Report 26(1), village"), "district": t("Report 26(1), district"), "province": t("Report 26(2), province"),
        "problem": t("Report of problems"),
    }  # fmt: skip


def columns(form: str, lang: str) -> dict[str, str]:
    """Column -> heading of a form, in its order."""
    return {row["column"]: row[f"name_{lang}"] for row in definitions.table("debt_forms") if row["form"] == form}


def rows(form: str, filters: Filters, reader: Reader, day: str) -> pd.DataFrame:
    """One row per village or district of a form: its columns, the day, and the code of the place."""
    if form not in STATE:
        frame = ask("debt_districts", filters, reader, day=day)
        frame["district"] = [labels.named(row) for row in frame.to_dict("records")]
    else:
        causes = labels.listed("debt_cause")
        frame = ask("debt_villages", filters, reader, day=day, state=STATE[form], limit=ALL).sort_values("village_code")
        frame = frame.assign(
            code=frame["village_code"],
            village=[labels.place(row) for row in frame.to_dict("records")],
            cause=[causes.get(cause) for cause in frame["debt_cause"]],
        )
    return frame[["on_day", "code", *columns(form, "en")]]


def table(filters: Filters, reader: Reader, day: str, form: str) -> Markup:
    """The form as it is printed: a running number, its columns, the sums, and who signs it."""
    frame, headings = rows(form, filters, reader, day), columns(form, language())
    if not len(frame):
        return markup.text(t("Nothing to report."))
    summed = {row["column"] for row in definitions.table("debt_forms") if row["form"] == form and row["summed"]}
    first = next(iter(headings))
    cells: dict[str, Sequence[object]] = {t("No."): [*map(number, range(1, len(frame) + 1)), ""]}
    for column, heading in headings.items():
        last = t("All") if column == first else number(frame[column].sum()) if column in summed else ""
        cells[heading] = [*map(_cell, frame[column]), markup.bold(last)]
    return markup.wide(markup.table(cells, names()[form]), names()[form]) + _foot(form)


def _cell(value: Any) -> object:
    if missing(value):
        return "–"
    return markup.words(value) if isinstance(value, str) else number(value)


def _foot(form: str) -> Markup:
    """Who signs it, and what of it no source confirms."""
    signs = markup.text(t("Signed: officer ................................ district officer ................................"))
    says = [t("Unconfirmed: the source names these columns, not their order or wording in the form.")]
    if form == "problem":
        says.append(t("Unconfirmed: the missing fund is taken as capital less households, bank and cash."))
    return (signs if form == "district" else Markup("")) + Markup("").join(markup.text(line, "caption") for line in says)
