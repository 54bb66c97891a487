"""A programme's list as files: CSV with Thai headings and Buddhist-era days for the office, a tidy one with codes for the data portal.

Both load again as the register that the list is of: definitions/own_lists.csv has their headings (`python -m tests.own_exports`).
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

import definitions
from queries import Filters
from queries.csv_export import harmless, written
from ui.export.downloads import Choice, Content
from ui.export.report_files import file_name
from ui.i18n import BUDDHIST_ERA, t

Whole = Callable[[], pd.DataFrame]  # the list, asked when a file of it is made: whoever opens the page may want none
REGISTERS = {  # list on offer -> the register that it is of
    "fund": "fund_project",
    "debts": "debt_fund",
    "skills": "staff_skill",
    "lessons": "lesson",
    "sufficiency": "village_assessment",
}


def choices(programme: str, whole: Whole, filters: Filters, day: str = "on_day") -> list[Choice]:
    """The two files on offer; `day` is the column with the day of the data."""
    as_csv = _making(programme, whole, filters, "csv", partial(csv, programme=programme), day)
    as_tidy = _making(programme, whole, filters, "tidy.csv", tidy, day)
    return [
        Choice(t("This list as CSV"), f"baansuk_{programme}.csv", "text/csv", as_csv),
        Choice(t("The same, tidy, for a data portal"), f"baansuk_{programme}.tidy.csv", "text/csv", as_tidy),
    ]


def form(programme: str, whole: Whole, filters: Filters, names: dict[str, str]) -> Choice:
    """A form of the programme as a file: `names` are its columns in their order, with their Thai headings."""
    as_form = _making(programme, whole, filters, "form.csv", partial(csv, names=names))
    return Choice(t("This form as CSV"), f"baansuk_{programme}.form.csv", "text/csv", as_form)


def _making(
    programme: str, whole: Whole, filters: Filters, ending: str, form: Callable[[pd.DataFrame], bytes], day: str = "on_day"
) -> Callable[[], Content]:
    def make() -> Content:
        frame = whole()
        as_of = frame[day].max() if len(frame) else None
        name = file_name(filters, len(frame), as_of, ending).replace("baansuk_", f"baansuk_{programme}_", 1)
        return Content(form(frame), len(frame), len(frame.columns), name=name)

    return make


def csv(frame: pd.DataFrame, names: dict[str, str] | None = None, programme: str = "") -> bytes:
    """UTF-8 with BOM, CRLF; the columns that a register or `headings` names, or a form's own in its order; picklists in words."""
    named, picklists = names or headings(programme), _picklists()
    shown = frame[[*names] if names else [column for column in frame if column in named]].copy()
    for column in shown:
        if column in picklists:
            shown[column] = shown[column].map(_names(picklists[column]))
        elif pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = shown[column].map(buddhist, na_action="ignore")
    return written(harmless(shown.rename(columns=named)), "\r\n").encode("utf-8-sig")


def tidy(frame: pd.DataFrame) -> bytes:
    """UTF-8, LF, English keys, codes and ISO days."""
    return written(harmless(frame.drop(columns=["total"], errors="ignore")), "\n").encode()


def headings(programme: str = "") -> dict[str, str]:
    """Column -> heading in Thai, as the list's own register has it: a contract of one register is no contract of another."""
    rows, own = definitions.table("register_columns"), REGISTERS.get(programme, "")
    registered = {row["column"]: row["name_th"] for row in rows}
    registered |= {row["column"]: row["name_th"] for row in rows if own in row["register"].split("|")}
    return registered | {
        "village_th": t("Village", "th"), "tambon_th": t("Subdistrict", "th"), "paid": t("Paid back", "th"),
        "outstanding": t("Still owed", "th"), "late": t("Overdue", "th"), "last_paid": t("Last paid on", "th"),
        "next_due": t("Due next", "th"), "next_amount": t("Amount due next", "th"),
        "by_repayment": t("Came back", "th"), "by_settling": t("Settled otherwise", "th"),
        "still_to_follow": t("Left to follow", "th"), "settled_on": t("Settled on", "th"),
        "not_found": t("Not found", "th"), "ledger_owed": t("Owed by the ledger", "th"),
        "learned": t("Learned by", "th"), "people": t("People with the skill", "th"),
        "scored": t("Items scored", "th"), "in_all": t("Items of the instrument", "th"), "passed": t("Items passed", "th"),
        "main_passed": t("Main items passed", "th"), "main_missing": t("Main items not passed", "th"),
        "reckoned": t("Level by the rules", "th"), "verdict": t("How the level came about", "th"),
        "next_aim": t("Next level", "th"), "next_more": t("Items more for the next level", "th"),
    }  # fmt: skip


def written_headings(programme: str, frame: pd.DataFrame) -> list[list[str]]:
    """The headings of both files of a list, as they are written."""
    named = headings(programme)
    return [[named[column] for column in frame if column in named], [column for column in frame if column != "total"]]


def _picklists() -> dict[str, str]:
    rows = definitions.table("register_columns")
    registered = {row["column"]: row["type"].removeprefix("pick:") for row in rows if row["type"].startswith("pick:")}
    return registered | {"reckoned": "sufficiency_level", "next_aim": "sufficiency_level", "verdict": "level_verdict"}


def _names(picklist: str) -> dict[str, str]:
    """Value -> name in Thai of a list of picklists.csv, or of one that is a table of its own."""
    own = definitions.OWN_TABLE.get(picklist)
    return definitions.names(own, picklist, "th") if own else definitions.picklist(picklist, "th")


def buddhist(day: pd.Timestamp) -> str:
    """15/09/2565."""
    return f"{day.day:02d}/{day.month:02d}/{day.year + BUDDHIST_ERA}"
