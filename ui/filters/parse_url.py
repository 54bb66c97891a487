"""Parse and validate URL query parameters into filters: invalid values are reported, never an exception on the screen."""

import re
from functools import lru_cache

from queries import Filters, Reader, build
from queries.rights import COARSE_FILTERS
from ui.filters.place_options import PARENT, listed, opening, within
from ui.filters.url import EVERYTHING, NAMES, Address


def understood(address: Address, reader: Reader) -> tuple[Filters, list[str]]:
    """Filters from query parameters, and the invalid values among them, sanitised.

    A place brings its parents along when none are chosen; a place outside the chosen parents is left out, as it would be
    by the filter bar. An address without any filter is the opening view. The screen shows one register year at a time: the
    same family stands in many, and counted over years it would be several households.
    """
    names = {"exact": NAMES, "coarse": COARSE_FILTERS, "none": ()}[reader.counts]
    relevant = tuple((name, tuple(address[name])) for name in (*names, EVERYTHING) if name in address)
    return _understood(build().id, relevant, reader)


@lru_cache(maxsize=4096)  # a page and its fragments ask several times a run, and a committee's tablets ask the same
def _understood(build_id: str, relevant: tuple[tuple[str, tuple[str, ...]], ...], reader: Reader) -> tuple[Filters, list[str]]:
    address = dict(relevant)
    given = {name: [v for v in address.get(name, []) if v] for name in NAMES}
    valid = {name: [v for v in values if _fits(name, v)] for name, values in given.items()}
    places = listed(Filters(), reader)
    valid |= {name: [v for v in valid[name] if v in places[name]] for name in ("year", "province", "district", "tambon")}
    valid["village"] = [v for v in valid["village"] if v[:6] in places["tambon"]]
    for child, parent in reversed(PARENT.items()):
        valid[parent] = valid[parent] or [code[:-2] for code in valid[child]]
    villages = listed(Filters.of({"tambon": valid["tambon"]}), reader)["village"]
    valid["village"] = [v for v in valid["village"] if v in villages]
    faults = [_harmless(v) for name in NAMES for v in given[name] if v not in valid[name]]
    if not any(valid.values()) and EVERYTHING not in address:
        return opening(reader), faults
    valid["year"] = [max(valid["year"] or places["year"])] if places["year"] else []
    return within(Filters.of(valid)), faults


def _fits(name: str, value: str) -> bool:
    try:
        return bool(Filters.of({name: [value]}))
    except ValueError:
        return False


def _harmless(value: str) -> str:
    """A value as it may be shown: an attacker may have written the URL."""
    return re.sub(r"[^\w.-]", "", value)[:20]
