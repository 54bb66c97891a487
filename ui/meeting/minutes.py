"""Minutes of a meeting as facts: what was before it, what it came to, who was there. Paper is made of these, and they are kept beside it."""

import json
import re
from collections.abc import Mapping
from typing import Any

import definitions
from installation.paths import data_folder
from journal import frozen
from print.about import THAI
from queries import Filters, Reader, ask
from queries.deck import packed
from ui.filters.sentence import sentence
from ui.i18n import t
from ui.meeting.held import Held
from ui.meeting.slides import belongs, cell, title
from ui.view import labels
from ui.view.labels import missing

Facts = dict[str, Any]
LINES = 20  # rows of a list that the minutes repeat; all are in what was frozen


def facts(of: Held, closing: Mapping[str, str], reader: Reader) -> Facts:
    """The minutes, in Thai: of what was frozen and recorded, with who closes them."""
    row = of.row
    outcomes = ask("outcomes", Filters(), reader, meeting=of.id).to_dict("records")
    seen = of.seen
    return {
        "body": _text(row["convenes"]),
        "number": _text(row["serial"]),
        "date": row["held_on"].date().isoformat(),
        "place": _text(row["venue"]),
        "began": clock(_text(row["began"]) or _text(row["begins"])),
        "ended": clock(closing["ended"]),
        "present": people(_text(row["present"])),
        "absent": people(_text(row["absent"])),
        "attending": people(_text(row["attending"])),
        "items": [_item(place, item, outcomes) for place, item in enumerate(seen["items"], 1)],
        "taker": person(closing["taker"]),
        "checker": person(closing["checker"]),
        "corrections": [],
        "source": {
            "build": seen["build"],
            "position": seen["position"],
            "digest": row["frozen"],
            "data_as_of": seen["data_as_of"],
            "filters": sentence(Filters.of(seen["filters"]), "th"),
        },
        "sample": seen["sample"],
        "thai_digits": definitions.rule("digits_on_paper") == THAI,
    }


def kept(of: Held, reader: Reader) -> Facts:
    """The minutes as they were kept when the meeting closed, with what was corrected since; raises frozen.Changed."""
    told: Facts = json.loads(frozen.content(data_folder(), of.row["minutes"]))
    corrections = ask("minutes_corrections", Filters(), reader, meeting=of.id)["correction"]
    return {**told, "corrections": list(corrections)}


def keep(told: Facts) -> str:
    """Keep minutes; their digest."""
    return frozen.keep(data_folder(), packed(told))


def clock(text: str) -> str:
    """A time as somebody writes it (9.30 น., 09:30) as HH:MM; nothing where there is none."""
    found = re.search(r"(\d{1,2})[.:](\d{2})", text)
    return f"{int(found[1]):02d}:{found[2]}" if found else ""


def people(lines: str) -> list[dict[str, str]]:
    """Lines of "name, position" as people."""
    return [person(line) for line in lines.splitlines() if line.strip()]


def person(line: str) -> dict[str, str]:
    """One "name, position"."""
    name, _, position = line.partition(",")
    return {"name": name.strip(), "position": position.strip()}


def _item(place: int, item: Mapping[str, Any], outcomes: list[dict[str, Any]]) -> Facts:
    return {
        "number": place,
        "kind": item["agenda"],
        "title": title(item),
        "said": [item["note"]] if item["note"] else [],
        "figures": [_figure(part) for part in item["parts"] if part["rows"]],
        "outcomes": [_outcome(row) for row in outcomes if belongs(row, item)],
    }


def _figure(part: Mapping[str, Any]) -> Facts:
    columns = [one["name_th"] for one in part["columns"]]
    rows = [[str(cell(one, row)) for one in part["columns"]] for row in part["rows"][:LINES]]
    shown = t("{n} of {total}", n=len(rows), total=part["total"]) if part["total"] > len(rows) else ""
    return {"title": shown, "columns": columns, "rows": rows}


def _outcome(row: Mapping[str, Any]) -> Facts:
    certified = row["kind"] == "certification"
    refused = labels.listed("certification")["refused"] if row["outcome"] == "refused" else ""
    told = [refused, _text(row["told"])]
    return {
        "kind": "certification" if certified else row["outcome"],
        "text": " ".join(filter(None, told)),
        "subject": labels.place(row) if not missing(row["ref"]) else "",
        "who": _text(row["owner"]),
        "due": None if missing(row["due_date"]) else row["due_date"].date().isoformat(),
    }


def _text(value: object) -> str:
    return "" if missing(value) else str(value)
