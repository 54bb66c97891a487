"""What is recorded, in words: kinds, fields and values by the definitions, never by code."""

from collections.abc import Mapping
from datetime import date

import definitions
from journal.kinds import Field, Kind, kinds
from ui.i18n import language, t
from ui.view import labels
from ui.view.labels import missing


def kind(name: str) -> str:
    """The name of a kind."""
    return kinds()[name].name_th if language() == "th" else kinds()[name].name_en


def says(of: Kind) -> str:
    """What a kind is for, in one sentence."""
    return of.says_th if language() == "th" else of.says_en


def field(one: Field) -> str:
    """The name of a field."""
    return one.name_th if language() == "th" else one.name_en


def values(one: Field) -> dict[str, str]:
    """What a picked field may hold -> its name, in the list's order."""
    picklist = one.type.partition(":")[2]
    if picklist in ("aspect", "dimension"):
        return definitions.names(f"{picklist}s", picklist, language())
    return definitions.picklist(picklist, language())


def said(kind: str, value: object) -> str:
    """A picked value or a day of an entry, in words."""
    if missing(value):
        return ""
    for one in kinds()[kind].fields.values():
        if one.type.startswith("pick") and value in one.values:
            return values(one)[str(value)]
    try:
        return labels.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def place(row: Mapping) -> str:
    """Where an entry of a place is of (`code`): a village by its moo and name, else the district."""
    if len(row["code"]) < 8:
        return labels.of_code(row["code"])
    return labels.place({"village_code": row["code"], "village_th": row["place_th"], "village_en": row["place_en"]})


def by_whom(row: Mapping) -> str:
    """By whom and when it was recorded, as far as the reader may see; nothing for what a register has."""
    if missing(row.get("entry")):
        return ""
    when = labels.moment(f"{row['recorded_at']}+00:00")
    by = "" if missing(row["recorded_by"]) else str(row["recorded_by"])
    return t("recorded {when} by {who}", when=when, who=by) if by else t("recorded {when}", when=when)
