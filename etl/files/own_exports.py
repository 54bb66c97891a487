"""Our own exports come back: the report to the province is read as the household register that it is, a programme's list as the
register that it is of (own_lists.csv), all others say what they are.

`read_as` in report_columns.csv says as which column of the register each column of the report is read; what it only sums up of plans and
cases is read as none. Where the report and its own numbers differ (its income passes, another indicator fails) the report's word for the
dimension stands: so the survey year, without which no number is judged, is not read.
"""

from collections.abc import Sequence
from functools import cache

import definitions
from definitions.registers import HOUSEHOLD
from etl.headings.columns import listed as columns_called
from etl.headings.columns import plain
from etl.headings.recognise import Match
from etl.headings.understand import SURE, UNKNOWN, Heading, keyed

RECEIPT = ("ไฟล์: baansuk_", "File: baansuk_")  # the first line of a receipt
TELLING = ("household_id", "deprived", "as_of")  # columns that only the report has together


def report(headings: Sequence[str]) -> Match | None:
    """The match of a report of ours, in Thai or in English, whose headings these are; None for any other sheet."""
    columns = _report_columns()
    found = [columns.get(plain(heading)) for heading in headings]
    if not set(TELLING) <= {row["column"] for row in found if row}:
        return None
    places = {row["read_as"]: place for place, row in reversed(list(enumerate(found))) if row and row["read_as"]}
    return Match(HOUSEHOLD, places, [_heading(place, key, found[place]) for place, key in keyed(headings).items()])


def listed(headings: Sequence[str]) -> Match | None:
    """The match of a list of ours whose headings are all here, as the register that it is of: what the register calls so is read, what
    the list only reckons is left out, and nothing is guessed; None for any other sheet."""
    here = {plain(heading) for heading in headings if heading.strip()}
    register, wanted = max(((r, w) for r, w in _lists() if w <= here), key=lambda of: len(of[1]), default=("", frozenset()))
    if not register:
        return None
    of = {place: columns_called(register).get(plain(heading), ()) for place, heading in enumerate(headings)}
    read = {place: names[0] for place, names in of.items() if len(names) == 1}
    found = [
        Heading(place, key, read[place], SURE)
        if place in read
        else Heading(place, key, None, UNKNOWN, left_out=plain(headings[place]) in wanted)
        for place, key in keyed(headings).items()
    ]
    return Match(register, {name: place for place, name in reversed(read.items())}, found)


def _heading(place: int, key: str, row: dict[str, str] | None) -> Heading:
    """A column of the report as it is read; what it only sums up is left out, one that somebody added is unknown."""
    if row and row["read_as"]:
        return Heading(place, key, row["read_as"], SURE)
    return Heading(place, key, None, UNKNOWN, left_out=bool(row))


def other(headings: Sequence[str]) -> str:
    """Which other export of ours a sheet is, by own_exports.csv; "" for none."""
    if headings and headings[0].startswith(RECEIPT):
        return "own_receipt"
    here = {plain(heading) for heading in headings if heading.strip()}
    return next((export for export, wanted, whole in _others() if (here == wanted if whole else wanted <= here)), "")


@cache
def _report_columns() -> dict[str, dict[str, str]]:
    """Heading as it is compared -> its row of report_columns.csv."""
    rows = definitions.table("report_columns")
    return {plain(row[name]): row for name in ("column", "name_en", "name_th") for row in rows}


@cache
def _lists() -> list[tuple[str, frozenset[str]]]:
    return [(r["register"], frozenset(map(plain, r["headings"].split("|")))) for r in definitions.table("own_lists")]


@cache
def _others() -> list[tuple[str, set[str], bool]]:
    rows = definitions.table("own_exports")
    return [(r["export"], {plain(h) for h in r["headings"].split("|")}, r["headings_are"] == "all") for r in rows]
