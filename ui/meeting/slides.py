"""The deck of a meeting: what it sees, as slides of large type; a slide is named by its item and its page of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

import definitions
from ui.i18n import language, number, t
from ui.view import labels, markup, promise_text, recorded
from ui.view.labels import missing

ROWS = 6  # of a list on one slide: two lines each at three metres
STRIDE = 1_000  # a slide's number is its item's times this, and its page: one more row moves no other item
AFTER = 500  # from this page on stands what the item came to


@dataclass(frozen=True)
class Slide:
    """One slide: its number, the item (none on the first), and the rows of its list from `first` on; `outcomes` are the last of an item."""

    number: int
    item: Mapping[str, Any] | None = None
    place: int = 0
    first: int = 0
    outcomes: bool = False


def slides(seen: Mapping[str, Any], outcomes: Sequence[Mapping[str, Any]]) -> list[Slide]:
    """All slides of a meeting in their order; what an item came to is its last one."""
    deck = [Slide(0)]
    for place, item in enumerate(seen["items"], 1):
        rows = max((len(part["rows"]) for part in item["parts"] if part["as"] == "list"), default=0)
        pages = max(1, -(-rows // ROWS))
        deck += [Slide(place * STRIDE + page, item, place, page * ROWS) for page in range(pages)]
        came_to = range(-(-len([row for row in outcomes if belongs(row, item)]) // ROWS))
        after = came_to if item["parts"] else came_to[1:]  # what draws nothing has room for what it came to
        deck += [Slide(place * STRIDE + AFTER + page, item, place, page * ROWS, outcomes=True) for page in after]
    return deck


def belongs(outcome: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether an outcome is of an item; a certification is of the item under which households are certified."""
    return outcome["item_id"] == item["item"] if outcome["kind"] != "certification" else certifies(item)


def certifies(item: Mapping[str, Any]) -> bool:
    """Whether households are certified under an item."""
    return any(row["agenda"] == item["agenda"] and row["certifies"] == "yes" for row in definitions.table("agenda"))


def at(deck: Sequence[Slide], number: int) -> int:
    """The place of a slide in the deck; of one that is gone, the one before it."""
    return max((place for place, slide in enumerate(deck) if slide.number <= number), default=0)


def title(item: Mapping[str, Any]) -> str:
    """What an item is called: its kind, and its subject where it has one."""
    kind = definitions.names("agenda", "agenda", language()).get(item["agenda"], "")
    return f"{kind}: {item['subject']}" if item["subject"] else kind


def drawn(
    slide: Slide, meeting: Mapping[str, Any], outcomes: Sequence[Mapping[str, Any]], live: bool, since: Mapping[str, Any] | None
) -> Markup:
    """One slide as HTML; `since` is what moved the figures since the meeting before."""
    if slide.item is None:
        return _first(meeting, live)
    head = Markup("<header><small>{}</small><h1>{}</h1></header>").format(t("Item {n}", n=slide.place), title(slide.item))
    note = Markup('<p class="said">{}</p>').format(slide.item["note"]) if slide.item["note"] and not slide.first else Markup("")
    if slide.outcomes or not slide.item["parts"]:
        own = [row for row in outcomes if belongs(row, slide.item)][slide.first : slide.first + ROWS]
        lines = Markup("").join(Markup("<li>{}</li>").format(came(row)) for row in own)
        return head + note + (Markup('<ul class="came">{}</ul>').format(lines) if own else Markup(""))
    decided = {row["ref"]: row["outcome"] for row in outcomes if row["kind"] == "certification"}
    parts = slide.item["parts"]
    changed = _changed(parts, since) if [part["as"] for part in parts] == ["figures"] and since else Markup("")
    return head + note + Markup("").join(_part(part, slide.first, decided) for part in parts) + changed


def _changed(parts: Sequence[Mapping[str, Any]], since: Mapping[str, Any]) -> Markup:
    """Why its figures are others than at the meeting before; where a list stands there is no room."""
    names = {one["headline"]: one[f"name_{language()}"] for part in parts for one in part["columns"] if one.get("headline")}
    lines = [
        Markup("{} {}").format(markup.bold(names[one["measure"]]), one[language()])
        for one in since["measures"]
        if one["measure"] in names
    ]
    title = t("Changed since meeting {serial}", serial=since["serial"])
    if not lines:
        return Markup('<p class="said">{}</p>').format(t("No figure changed since meeting {serial}.", serial=since["serial"]))
    rows = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<p class="said">{}</p><ul class="came changed">{}</ul>').format(title, rows)


def _first(meeting: Mapping[str, Any], live: bool) -> Markup:
    said = [meeting["convenes"], meeting_name(meeting), labels.day(meeting["held_on"]), meeting["begins"], meeting["venue"]]
    lines = Markup("").join(Markup("<p>{}</p>").format(line) for line in said[1:] if not missing(line))
    note = Markup('<p class="said">{}</p>').format(t("Not opened yet: the figures are of this moment.")) if live else Markup("")
    return Markup('<div class="first"><h1>{}</h1>{}{}</div>').format(said[0], lines, note)


def meeting_name(meeting: Mapping[str, Any]) -> str:
    """How a meeting is called."""
    return t("Meeting {serial}", serial=meeting["serial"])


def _part(part: Mapping[str, Any], first: int, decided: Mapping[str, str]) -> Markup:
    if part["as"] == "figures":
        return Markup("") if first else _figures(part)
    if not part["rows"]:
        return Markup('<p class="said">{}</p>').format(t("Nothing to show under this item."))
    return _table(part, first, decided)


def _figures(part: Mapping[str, Any]) -> Markup:
    row = part["rows"][0] if part["rows"] else {}
    boxes = [(one[f"name_{language()}"], cell(one, row)) for one in part["columns"]]
    inside = Markup("").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(label, value) for label, value in boxes)
    return Markup("<dl>{}</dl>").format(inside)


def _table(part: Mapping[str, Any], first: int, decided: Mapping[str, str]) -> Markup:
    rows = part["rows"][first : first + ROWS]
    names = labels.listed("certification")
    states = [names.get(decided.get(row.get("ref") or "", ""), "") for row in part["rows"]]
    columns: dict[str, Sequence[object]] = {t("No. in the list"): [number(first + place + 1) for place in range(len(rows))]}
    columns |= {one[f"name_{language()}"]: [cell(one, row) for row in rows] for one in part["columns"]}
    if any(states):
        columns[t("Outcome")] = [markup.bold(state) if state else "" for state in states[first : first + ROWS]]
    says = t("{from_} to {to} of {n}", from_=number(first + 1), to=number(first + len(rows)), n=number(part["total"]))
    more = Markup('<p class="of">{}</p>').format(says) if part["total"] > ROWS else Markup("")
    return markup.table(columns, t("List")) + more


def cell(column: Mapping[str, str], row: Mapping[str, Any]) -> object:
    """A value in words, by the type of its column."""
    kind, _, detail = column["type"].partition(":")
    value = row.get(column["column"])
    if kind == "place":
        code = row.get("village_code") or ""
        return labels.place(row) if len(code) == 8 else labels.of_code(code) if code else "–"
    if kind == "dimensions":
        return markup.dotted(name for one, name in labels.dimensions().items() if row.get(one) == "deprived") or "–"
    if kind == "promise":
        return _promise(row)
    if value is None or missing(value):
        return "–"
    if kind == "number":
        return number(float(value))
    if kind == "day":
        return labels.day(date.fromisoformat(str(value)[:10]))
    return labels.listed(detail).get(str(value), "–") if kind == "pick" else str(value)


def _promise(row: Mapping[str, Any]) -> str:
    """What is promised; a step by its name."""
    return promise_text.what(row) if row["kind"] == "step" else str(row.get("activity") or "–")


def came(row: Mapping[str, Any]) -> Markup:
    """What an item came to, as a line."""
    names = labels.listed("certification") if row["kind"] == "certification" else labels.listed("outcome")
    where = labels.place(row) if not missing(row["ref"]) else ""
    due = t("due {date}", date=labels.day(row["due_date"])) if not missing(row["due_date"]) else ""
    said = [row[name] for name in ("told", "owner") if not missing(row[name])]
    told_of = not missing(row["status"]) and row["status"] != "planned"  # just given, it is no news
    state = labels.listed("progress")[row["status"]] if told_of else ""
    return Markup("{} {}").format(markup.bold(names[row["outcome"]]), markup.dotted([where, *said, due, state]))


def of_entry(row: Mapping[str, Any]) -> str:
    """What an outcome is called in a list from which one is taken back."""
    kind = recorded.kind(row["kind"])
    parts = [kind, labels.listed("outcome").get(row["outcome"], ""), labels.place(row) if not missing(row["ref"]) else ""]
    return " · ".join(filter(None, [*parts, "" if missing(row["told"]) else str(row["told"])[:60]]))
