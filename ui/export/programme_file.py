"""A programme's list as files: CSV with Thai headings and Buddhist-era days for the office, a tidy one with codes for the data portal."""

from collections.abc import Callable

import pandas as pd

import definitions
from queries import Filters
from queries.csv_export import harmless, written
from ui.export.downloads import Choice, Content
from ui.export.report_files import file_name
from ui.i18n import BUDDHIST_ERA, t


def choices(programme: str, frame: pd.DataFrame, filters: Filters, day: str = "on_day") -> list[Choice]:
    """The two files on offer; `day` is the column with the day of the data."""
    as_of = frame[day].max() if len(frame) else None

    def named(ending: str) -> str:
        return file_name(filters, len(frame), as_of, ending).replace("baansuk_", f"baansuk_{programme}_", 1)

    return [
        Choice(t("This list as CSV"), named("csv"), "text/csv", _made(frame, csv)),
        Choice(t("The same, tidy, for a data portal"), named("tidy.csv"), "text/csv", _made(frame, tidy)),
    ]


def _made(frame: pd.DataFrame, form: Callable[[pd.DataFrame], bytes]) -> Callable[[], Content]:
    return lambda: Content(form(frame), len(frame), len(frame.columns))


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, CRLF; the columns that a register or COMPUTED names, picklists in words."""
    names, picklists = headings(), _picklists()
    shown = frame[[column for column in frame if column in names]].copy()
    for column in shown:
        if column in picklists:
            shown[column] = shown[column].map(definitions.picklist(picklists[column], "th"))
        elif pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = shown[column].map(buddhist, na_action="ignore")
    return written(harmless(shown.rename(columns=names)), "\r\n").encode("utf-8-sig")


def tidy(frame: pd.DataFrame) -> bytes:
    """UTF-8, LF, English keys, codes and ISO days."""
    return written(harmless(frame.drop(columns=["total"], errors="ignore")), "\n").encode()


def headings() -> dict[str, str]:
    """Column -> heading in Thai."""
    registered = {row["column"]: row["name_th"] for row in definitions.table("register_columns")}
    return registered | {
        "village_th": t("Village", "th"), "tambon_th": t("Subdistrict", "th"), "paid": t("Paid back", "th"),
        "outstanding": t("Still owed", "th"), "late": t("Overdue", "th"), "last_paid": t("Last paid on", "th"),
        "next_due": t("Due next", "th"), "next_amount": t("Amount due next", "th"),
        "scored": t("Items scored", "th"), "in_all": t("Items of the instrument", "th"), "passed": t("Items passed", "th"),
        "main_passed": t("Main items passed", "th"), "main_missing": t("Main items not passed", "th"),
        "reckoned": t("Level by the rules", "th"), "verdict": t("How the level came about", "th"),
        "next_aim": t("Next level", "th"), "next_more": t("Items more for the next level", "th"),
    }  # fmt: skip


def _picklists() -> dict[str, str]:
    rows = definitions.table("register_columns")
    registered = {row["column"]: row["type"].removeprefix("pick:") for row in rows if row["type"].startswith("pick:")}
    return registered | {"reckoned": "sufficiency_level", "next_aim": "sufficiency_level", "verdict": "level_verdict"}


def buddhist(day: pd.Timestamp) -> str:
    """15/09/2565."""
    return f"{day.day:02d}/{day.month:02d}/{day.year + BUDDHIST_ERA}"
