"""What can be recorded in the field, as data: the page draws every form from this, so a row of event_fields.csv is a field."""

from functools import cache
from typing import Any

from definitions import names, picklist, table
from journal.kinds import OF_FORUM, OF_MEETING, OF_OFFICE, Field, Kind, kinds
from queries import Reader

RIGHT = "records"  # what a meeting decides or certifies is recorded online, in a meeting that is open
ELSEWHERE = (*OF_MEETING, *OF_FORUM, *OF_OFFICE)  # what is recorded at a meeting, in a forum or at the office
LISTS = {"dimension": "dimensions", "aspect": "aspects"}  # lists that are tables of their own


def forms(reader: Reader) -> dict[str, Any]:
    """The kinds that this reader may record, the lists that their fields pick from, and the steps of each template, what it is called and what it is for."""
    return _forms() if reader.may(RIGHT) else {"kinds": [], "lists": {}, "steps": {}, "templates": {}}


@cache
def _forms() -> dict[str, Any]:
    of_right = [kind for kind in kinds().values() if kind.right == RIGHT and kind.of not in (*ELSEWHERE, "same")]
    lists = {field.type.partition(":")[2] for kind in of_right for field in kind.fields.values()} - {""}
    steps: dict[str, dict[str, str]] = {}
    for row in table("case_steps"):
        steps.setdefault(row["template"], {})[row["step"]] = row["name_th"]
    shown = lists | {"progress", "certification", "case", "aspect", "dimension", "gift"}
    templates = {
        row["template"]: [picklist("template", "th")[row["template"]], row["dimension"]] for row in table("case_templates")
    }
    return {
        "kinds": [_kind(kind) for kind in of_right],
        "lists": {name: _list(name) for name in sorted(shown)},
        "steps": steps,
        "templates": templates,
    }


def _kind(kind: Kind) -> dict[str, Any]:
    says = next(row["says_th"] for row in table("events") if row["kind"] == kind.name)
    return {
        "kind": kind.name,
        "about": sorted(kind.about),
        "of": kind.of,
        "keeps": kind.keeps,
        "moves": kind.moves,
        "photos": kind.photos,
        "name": kind.name_th,
        "says": says,
        "fields": [_field(field) for field in kind.fields.values()],
    }


def _field(field: Field) -> dict[str, Any]:
    type_, _, picked = field.type.partition(":")
    return {
        "field": field.name,
        "type": type_,
        "list": picked,
        "required": field.required,
        "together": field.together,
        "name": field.name_th,
    }


def _list(name: str) -> list[list[str]]:
    """Values of a list with their names, in their stated order."""
    named = names(LISTS[name], name, "th") if name in LISTS else picklist(name, "th")
    return [[value, says] for value, says in named.items()]
