"""What a figure says of itself: its name and definition, why it changed, and the ways to it from other pages."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask, may_ask
from queries.cause_words import groups, sentence, signed
from queries.figure_words import DUE, NAMED, PLACE, rows, unit
from queries.headlines import names
from queries.why import Move, MovedMeasure
from ui.filters import url
from ui.i18n import language, number, t
from ui.view import labels, markup
from ui.view.markup import rich

ROWS = 20  # households of a screen behind a figure
SHOWN = 12  # households of a group that are named at once
# Column of a measure -> words, where they are not the same; PLACED are counted of all who are listed in a place, whatever else is chosen.
OF_COLUMN = {"households": "listed", "open": "open_dated", "change": "before|changed", "compared": "before|compared"}
PLACED = {"listed": "listed", "certification_known": "certification_known"}
PLACES = ("year", "province", "district", "tambon", "village")
_PATTERN = re.compile(f"{NAMED.pattern}|{DUE.pattern}|{PLACE.pattern}")


def opens(filters: Filters, words: str, n: float, says: object = None, households: bool = False) -> Markup:
    """A figure that opens the households behind it; `n` is what it says in `says`, `households` where it counts those of items.

    tests/ui/test_figures.py taps each and holds what opens against `n`.
    """
    of = "households" if households else "counted"
    link = Markup('<a class="go small" href="{}" data-{}="{}">{}</a>')
    return link.format(address(filters, words), of, int(n), number(n) if says is None else says)


def means(filters: Filters, words: str, says: object) -> Markup:
    """A published figure, which opens what it means and no household."""
    return markup.small("figure", filters, says, words=words)


def address(filters: Filters, words: str) -> str:
    """Where the households behind a figure are."""
    return url.link("figure", filters, words=words)


def counted(words: str, n: int) -> str:
    """How much a figure counts, with its unit."""
    kind = unit(words)
    if kind == "net":
        return signed(n)
    return {"people": t("{n} people", n=number(n)), "items": t("{n} items", n=number(n))}.get(
        kind, t("{n} households", n=number(n))
    )


def why_changed(filters: Filters, words: str) -> Markup:
    """The way to why it changed."""
    return markup.small("figure", filters, t("why changed"), words=words, since="before")


def title(words: str, filters: Filters, reader: Reader) -> str:
    """What a figure is called: one headline, or the parts that its households or things share."""
    said = names(language()) | _parts() | {word: row[f"name_{language()}"] for word, row in rows().items()}
    said |= _called(words, filters, reader)
    split = [word for word in words.split("|") if word != "before" or word == words]
    return " · ".join(said.get(word) or _of_pattern(word) for word in split) if words else names(language())["listed"]


def _called(words: str, filters: Filters, reader: Reader) -> dict[str, str]:
    """The owners and things whose names stand in no address, as this reader may see them."""
    if not NAMED.search(words) or not may_ask("called", reader):
        return {}
    found = ask("called", filters, reader, words=words).to_dict("records")
    return {
        row["word"]: f"{row['item']} ({row['unit']})" if not labels.missing(row["item"]) else row["owner"] or t("No owner")
        for row in found
    }


def _of_pattern(word: str) -> str:
    """A word that holds a month or a place."""
    if due := DUE.fullmatch(word):
        return t("Due in {month}", month=labels.month(f"{due[1]}-{due[2]}"))
    if place := PLACE.fullmatch(word):
        return labels.of_code(place[1]) if place[1] else t("Village not stated")
    return "–"


def known(words: str) -> bool:
    """Whether these are words of figures, of an address that anybody may have written."""
    listed = {*names("en"), *_parts(), *rows()}
    return bool(words) and all(word in listed or _PATTERN.fullmatch(word) for word in words.split("|"))


def _parts() -> dict[str, str]:
    """The parts of bars: how households stand in each dimension, how many they lack, how far each aspect of a plan is."""
    states = {"deprived": t("Deprived"), "not_deprived": t("Not deprived"), "no_data": t("No data")}
    lights = {f"{d}_{state}": f"{name}: {said}" for d, name in labels.dimensions().items() for state, said in states.items()}
    lacks = {f"lacks_{n}": t("{k} dimensions at once", k=n) for n in range(len(labels.dimensions()) + 1)}
    plans = {
        f"{a}_{state}": f"{name}: {said}"
        for a, name in labels.aspects().items()
        for state, said in labels.listed("plan").items()
    }
    sources = {f"source_{value}": said for value, said in labels.listed("source").items()}
    return lights | lacks | {"lacks_unknown": t("No data")} | plans | sources


def definition(words: str) -> Markup:
    """The definition in words; of a part of a bar its name says it."""
    said = {row["headline"]: row[f"says_{language()}"] for row in definitions.table("headlines")}
    said |= {word: row[f"says_{language()}"] for word, row in rows().items()}
    return Markup("").join(markup.text(said[word]) for word in words.split("|") if word in said)


def change(measure: MovedMeasure, who: Mapping[str, dict[str, Any]], here: set[str], filters: Filters) -> Markup:
    """From what to what, in groups, each with its households."""
    head = markup.text(rich("**{before} → {after}**", before=_number(measure.before), after=_number(measure.after)))
    told = groups(measure, language())
    if not told:
        return head + markup.text(t("No household moved it."), "caption")
    rest = markup.text(t("not explained: {n}", n=number(measure.remainder)), "note") if measure.remainder else Markup("")
    return head + Markup("").join(_group(said, by, moves, who, here, filters) for said, by, moves in told) + rest


def change_in_words(measure: MovedMeasure) -> str:
    """The same as one sentence without households."""
    return sentence(measure, language())


def _number(value: int | str) -> str:
    return value if isinstance(value, str) else number(value)


def _group(
    said: str, by: int, moves: list[Move], who: Mapping[str, dict[str, Any]], here: set[str], filters: Filters
) -> Markup:
    rows = [_row(move, who.get(move.household, {}), here, filters) for move in moves]
    more = markup.folded(t("and {n} more", n=number(len(rows) - SHOWN)), markup.listed(rows[SHOWN:])) if rows[SHOWN:] else ""
    return markup.text(markup.dotted([markup.bold(signed(by)), said])) + markup.listed(rows[:SHOWN]) + more


def _row(move: Move, row: Mapping[str, Any], here: set[str], filters: Filters) -> Markup:
    """One household with what is known of its cause; a link where it still stands."""
    called = markup.dotted([labels.head(row) or t("Household without a name"), labels.place(row)]) if row else escape_ref(move)
    name = markup.small("household", filters, called, household=move.household) if move.household in here else called
    people = signed(move.direction) if abs(move.direction) > 1 else ""
    return markup.dotted([name, people, source(move)])


def escape_ref(move: Move) -> Markup:
    """The address of a household of which nothing else is known here."""
    return markup.words(move.household)


def source(move: Move) -> str:
    """Where it is written: file and row, who recorded it when, which rule, which dates."""
    of = move.source
    if move.cause == "file":
        row = t("row {n}", n=of["row"]) if "row" in of else ""
        return " ".join(filter(None, [of.get("file", ""), of.get("sheet", ""), row]))
    if move.cause == "event":
        return " ".join(filter(None, [_day(of["on"]), of.get("by", "")]))
    if move.cause == "definition":
        return f"{of['table']}: {'; '.join(of['rows'])}"
    if move.cause == "time":
        return f"{_day(of['from'])} → {_day(of['to'])}"
    return ""


def _day(text: str) -> str:
    """A day of a cause, as it stands in a source."""
    return labels.day(date.fromisoformat(text) if text else None)


def measures_of(words: str, filters: Filters) -> list[Mapping[str, str]]:
    """The measures of the map whose part these words are; those of other registers are listed on their programme's page."""
    of_households = (row for row in definitions.table("measures") if not row["page"])
    return [row for row in of_households if of_measure(row, "part", filters)[0] == words]


def of_measure(row: Mapping[str, str], part: str, filters: Filters) -> tuple[str, Filters]:
    """What the part or the whole of a measure of the map opens: its words, and the filters under which it is counted."""
    column = row[part]
    if part == "whole" and column in PLACED:
        return PLACED[column], Filters.of({name: v for name, v in filters.address().items() if name in PLACES})
    return OF_COLUMN.get(column, column), filters
