"""What waits for review, in words: of what an entry is, what it says, who recorded it and when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from journal.kinds import kinds
from ui.i18n import number, t
from ui.view import labels, recorded
from ui.view.labels import missing


def of_what(row: Mapping) -> str:
    """The item, step or need that an entry is of; nothing where it is of the household itself."""
    of, _, name = ("" if missing(row["thing"]) else str(row["thing"])).partition("/")
    if of == "step":
        template, _, step = name.partition("/")
        return f"{t('Step {n}', n=step)} {labels.steps(template)[int(step) - 1]}"
    return str(row["item"]) if of == "plan" and not missing(row["item"]) else name.partition("/")[0] if of == "need" else ""


def value(row: Mapping) -> str:
    """What one entry says: what was picked, written or counted, and of which day."""
    checked = ""
    if not missing(row["checked_dimension"]):
        result = "deprived" if row["check_result"] == 0 else "not_deprived"
        checked = f"{labels.dimensions()[row['checked_dimension']]}: {labels.listed('state')[result]}"
    amount = "" if missing(row["quantity"]) else f"{number(row['quantity'])} {_text(row['unit'])}"
    item = "" if row["kind"] in kinds() and kinds()[row["kind"]].of == "plan" else _text(row["item"])
    day = labels.day(row["happened_on"]) if not missing(row["happened_on"]) else ""
    parts = [recorded.said(row["kind"], row["said"]), checked, item, amount, _text(row["told"]), day]
    return " · ".join(filter(None, parts))


def family(row: Mapping) -> str:
    """Who was found and where, as far as the reader may see."""
    name = " ".join(_text(row[part]) for part in ("first_name", "last_name") if not missing(row[part]))
    house = "" if missing(row["house_no"]) else t("No. {n}", n=row["house_no"])
    return " · ".join(filter(None, [name or t("Household without a name"), f"{house} {labels.place(row)}".strip()]))


def lacks(row: Mapping) -> str:
    """What the family lacks, as whoever found it says, and when."""
    names = labels.dimensions()
    lacking = ", ".join(names[dimension] for dimension in row["lacks"] if dimension in names)
    return t("found {date}, lacking: {names}", date=labels.day(row["happened_on"]), names=lacking)


def fields(row: Mapping[str, Any]) -> str:
    """The fields of an entry with their names."""
    kind = kinds()[row["kind"]]
    return " · ".join(
        f"{recorded.field(kind.fields[name])}: {_said(row['kind'], text)}" for name, text in row["fields"].items()
    )


def when(row: Mapping[str, str]) -> str:
    """When an entry happened and came, and by whom."""
    day = t("on {date}", date=labels.day(date.fromisoformat(row["occurred_on"]))) if row["occurred_on"] else ""
    by = t("recorded {when} by {who}", when=labels.moment(row["received_at"]), who=row["who"])
    return " · ".join(filter(None, [day, by]))


def _said(kind: str, value: object) -> str:
    return ", ".join(recorded.said(kind, one) for one in value) if isinstance(value, list) else recorded.said(kind, value)


def _text(value: object) -> str:
    return "" if missing(value) else str(value)
