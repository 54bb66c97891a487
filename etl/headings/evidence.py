"""How many points speak for a heading being a column of a register: its words, then the values below it.

A listed heading has 100. One that names the same concepts as a listed one has 85, less what each concept weighs that only one of
both names, what is nearly said and what no word explains. The values add what definitions/heading_values.csv gives, or take 40.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from definitions.registers import registers
from etl.headings import values
from etl.headings.columns import Column, columns, listed, plain, registered_headings
from etl.headings.vocabulary import (
    NUMBER,
    Meaning,
    concept,
    cut,
    indicator_number,
    may_be_wrong,
    meaning,
    undressed,
    without_brackets,
)

LISTED = 100
DRESSED = 2  # taken off a listed heading that is numbered or marked
LISTED_LESS = 15  # taken off at most where the values below a listed one are none of its column's
CLEAR = 80  # points of the words alone from which a heading may be sure, whatever the values say
SAME = 85  # the concepts of a listed heading
YEAR_ALONE = 40  # a year that is not said of what
NEARLY = 25  # taken off where a near or a mistyped word was used
REST = 15  # taken off where letters are left over, and
REST_LETTER = 2  # for each of them, but not more than
REST_MOST = 35
ABOVE, ABOVE_REST, ABOVE_NAMES = 3, 25, 35  # taken off where only the end of a heading is known: by what stands before it
SLIGHT = 5  # points that such a concept costs at most which may stand before any heading, as TPMAP does
HEADING, LONGEST = 60, 120  # points of a heading that is known well enough, and letters it has at most
OF_YEAR = {"register", "survey", "bmn"}  # one of which says of what a year is
STRONG = 40  # weight of a concept without which a heading may be a column, but is only asked
IN_BRACKETS_LESS = 12  # taken off where a heading is known only without what stands in brackets
EITHER = 15  # taken off where a heading has several names, of which one says a column
NUMBERED = 82  # an indicator by its number, whatever its name says
NEVER_GUESSED = 40  # an income of which it is not said per whom and per what time
OF_NAME = {"name_word", "surname"}
A_NAME = OF_NAME | {"first"}
OF_DIMENSION = {"dimension", "lack", "pass", "indicator"}
BASIS = {"per_person", "per_year", "per_month", "per_household", "household"}
IN_CONTEXT = (3, 10)  # a concept that the register tells of anyway, named by the heading alone, and by the listed one alone
MISTYPED_SHORT, MISTYPED_LONG, LONG = 60, 70, 8  # a listed heading with a letter or two wrong, and the letters of a long one
BY_VALUES = 30  # a heading that names nothing, above values that tell what they are
WEAK = 20  # points that a concept costs at most which hardly says what a column is
SWAPPED = 95  # a name column whose values say that it is another part of the name
WHOLE_NAMES = 0.7  # part of the values of two words from which a column has whole names
LEAST_RUNNING = 3  # numbers that count down the list: below a heading that says so they are its serial
RUNNING = {
    "household_no": 3,
    "household_id": 6,
    "member_no": 20,
}  # columns that a number running down the list is not, by its length
LEAST = 20  # points below which nothing is kept


@cache
def signatures(register: str) -> tuple[tuple[frozenset[str], str], ...]:
    """(concepts, column) of every listed heading that our words explain wholly."""
    found = {
        (_of_income(meant), column.name)
        for column in columns(register).values()
        for heading in column.spelled
        if not (meant := meaning(heading, slips=False)).rest and not meant.near and _is_whole(_of_income(meant))
    }
    return tuple(sorted(found, key=lambda pair: (pair[1], sorted(pair[0]))))


def _is_whole(named: frozenset[str]) -> bool:
    """Whether concepts tell a column: some that say more than what any list is about, and of an income per what time it is (a
    column's own name in English may be shorter)."""
    return _tells(named) and ("income" not in named or bool(named & OF_DIMENSION) or bool(named & {"per_year", "per_month"}))


def _tells(named: frozenset[str]) -> bool:
    """Whether concepts say more than what any list is about ("TPMAP")."""
    return not named <= {"lack"} and any(concept(name).weight > SLIGHT for name in named)


def _of_income(meant: Meaning) -> frozenset[str]:
    """The concepts of a heading; of an income "ปี" is per year and "ต่อครัวเรือน" of the household."""
    if "income" not in meant.concepts:
        return meant.concepts
    other = {"year": "per_year", "per_household": "household"}
    return frozenset(other.get(name, name) for name in meant.concepts)


@lru_cache(maxsize=1 << 16)
def names_a_column(text: str) -> bool:
    """Whether a cell reads as the heading of some register's column; text of a record rarely does. Asked of every cell at the top
    of a sheet, so no letter may be mistyped here and nothing is weighed."""
    if not text or len(text) > LONGEST or not any(letter.isalpha() for letter in text):
        return False
    if plain(text) in registered_headings() or indicator_number(text):
        return True
    meant = cut(text)
    if meant.rest or not _tells(meant.concepts):
        return False
    return meant.other or any(meant.concepts >= names for names in _columns_named())


@cache
def _columns_named() -> frozenset[frozenset[str]]:
    """The concepts of every listed heading of every register."""
    return frozenset(names for register in registers() for names, _ in signatures(register))


def by_words(register: str, heading: str, subject: frozenset[str] = frozenset()) -> dict[str, int]:
    """Points of each column of a register for the words of a heading; where they lie over two rows, both together, else the
    lower one alone with less."""
    known = _listed(register, heading, LISTED) or _listed(register, undressed(heading), LISTED - DRESSED)
    number = f"indicator_{indicator_number(heading)}"
    if not known and number in columns(register):
        return {number: NUMBERED}
    points = known or _by_concepts(register, heading, subject) or _by_likeness(register, heading)
    if (
        max(points.values(), default=0) < HEADING
        and (without := without_brackets(heading))
        and meaning(heading).concepts != {"year"}
    ):
        outside = {name: value - IN_BRACKETS_LESS for name, value in by_words(register, without, subject).items()}
        points = {name: max(points.get(name, 0), outside.get(name, 0)) for name in points.keys() | outside}
    if max(points.values(), default=0) < HEADING:
        points = points | _either(register, heading, subject, points)
    for taken_off, part in (*_lower_parts(heading), *_before_year(heading)):
        if max(points.values(), default=0) >= LISTED - taken_off:
            break
        lower = _listed(register, part, LISTED - taken_off) or {
            name: value - taken_off for name, value in _by_concepts(register, part, subject).items()
        }
        points = {name: max(points.get(name, 0), lower.get(name, 0)) for name in points.keys() | lower}
    return points


def _listed(register: str, heading: str, worth: int) -> dict[str, int]:
    return dict.fromkeys(listed(register).get(plain(heading), ()), worth)


def _either(register: str, heading: str, subject: frozenset[str], points: dict[str, int]) -> dict[str, int]:
    """Columns that one of several names of a heading says ("หมู่ที่/ลำดับหมู่บ้าน"): what stands below decides, and none is sure."""
    parts = [part for part in re.split(r"[/+]", heading) if plain(part)]
    if len(parts) < 2 or meaning(heading).concepts == {"year"}:
        return {}
    said = [by_words(register, part, subject) for part in parts if not meaning(part).other]
    return {name: max(points.get(name, 0), min(value - EITHER, CLEAR - 1)) for each in said for name, value in each.items()}


def _before_year(heading: str) -> list[tuple[int, str]]:
    """A heading without the short year behind it ("household_cnt_66")."""
    found = re.fullmatch(r"(.*\D)[\s_.-]+(?:25)?[5-9]\d", heading, re.S)
    return [(ABOVE, found[1])] if found else []


@lru_cache(maxsize=4096)
def _lower_parts(heading: str) -> tuple[tuple[int, str], ...]:
    """The ends of a heading of several words, with what is taken off for the words before them: nothing to speak of where these
    say nothing of themselves, all where they name another thing."""
    pieces = re.split(r"[\s_]+", heading)
    found = []
    for begin in range(1, len(pieces)):
        before = meaning(" ".join(pieces[:begin]))
        if before.other:
            break
        names = any(concept(name).weight > SLIGHT for name in before.concepts)
        part = " ".join(pieces[begin:])
        mere = "_" in heading and not meaning(part).concepts  # the "no" of address_no is no heading below another
        taken_off = ABOVE_NAMES if names else ABOVE_REST if before.rest or mere else ABOVE
        found.append((taken_off, part))
    return tuple(sorted(found))


def _by_concepts(register: str, heading: str, subject: frozenset[str]) -> dict[str, int]:
    meant = meaning(heading)
    whose = meant.concepts & subject
    meant = replace(meant, concepts=meant.concepts - subject)
    named = _of_income(meant)
    points: dict[str, int] = {}
    for signature, name in signatures(register):
        if signature & named:
            points[name] = max(points.get(name, 0), _likeness(register, named, signature, meant))
    alike = _by_likeness(register, heading) if meant.rest or meant.near else {}
    points = {name: max(points.get(name, 0), alike.get(name, 0)) for name in points.keys() | alike}
    most = CLEAR - 1 if whose else LISTED
    return {name: min(value, most) for name, value in points.items() if value >= LEAST}


def _likeness(register: str, named: frozenset[str], signature: frozenset[str], meant: Meaning) -> int:
    differing = named ^ signature
    if named == {"year"}:
        return YEAR_ALONE - len(differing) if "year" in signature and len(differing) < 2 else 0
    if any(concept(name).kind == "other" for name in differing):
        return 0
    points = SAME
    points -= sum(_costs(register, name, name in signature) for name in differing)
    points -= NEARLY if meant.near & signature else 0
    points -= min(REST + REST_LETTER * len(meant.rest), REST_MOST) if meant.rest else 0
    if meant.near or meant.rest:
        points = min(points, CLEAR - 1)
    if signature & A_NAME and not named & A_NAME and any(concept(name).weight > SLIGHT for name in named - signature):
        points = min(points, NEVER_GUESSED - 1)  # the status of the head is no name of the head
    exact = any(concept(name).kind == "exact" for name in named | signature)
    if "year" in signature and not named & OF_YEAR:
        points = min(points, YEAR_ALONE)
    if any(concept(name).weight >= STRONG for name in signature - named):
        points = min(points, NEVER_GUESSED - 1)
    if exact and differing and not signature & OF_DIMENSION:
        return NEVER_GUESSED if differing <= BASIS else min(points, NEVER_GUESSED - 1)
    return points


@cache
def _costs(register: str, name: str, lacking: bool) -> int:
    """Points that a concept costs which one of two headings names; `lacking` where it is the listed one."""
    of = concept(name)
    told_anyway = register in of.context and not any(signature == {name} for signature, _ in signatures(register))
    return min(of.weight, IN_CONTEXT[lacking]) if told_anyway else of.weight


def _by_likeness(register: str, heading: str) -> dict[str, int]:
    """Points where a whole heading is a listed one, or the name of an indicator, with a letter or two mistyped; one that our words
    explain wholly is not ("วันที่รับของ" is no "วันที่รับรอง")."""
    text = plain(heading)
    wrong = may_be_wrong(text)
    meant = meaning(heading)
    if not wrong or meant.other or (meant.concepts and not meant.rest and not meant.near):
        return {}
    return {
        column.name: MISTYPED_LONG if len(text) >= LONG else MISTYPED_SHORT
        for column in columns(register).values()
        if process.extractOne(text, (*column.headings, plain(column.name_th)), scorer=OSA.distance, score_cutoff=wrong)
    }


def _by_values(found: dict[str, int], heading: str, cells: Sequence[str], of_register: dict[str, Column]) -> dict[str, int]:
    """With the columns of which the values tell that they are theirs, where the heading names nothing else."""
    meant = meaning(heading)
    if found.get("moo") and values.are_names_of_villages(cells, of_register):
        found = found | {"village_name": max(found.get("village_name", 0), BY_VALUES + 2 * WEAK)}
    if any(concept(name).weight > WEAK and not NUMBER.fullmatch(name) for name in meant.concepts):
        return found
    if found.get("village_name") and values.are_numbers_of_villages(cells, of_register):
        found = found | {"moo": max(found.get("moo", 0), BY_VALUES + 2 * WEAK)}
    telling = {name for name, column in of_register.items() if values.tell(column, cells)}
    own = {name for name in telling if not name.startswith("head_")}
    telling = telling if "head" in meant.concepts or not own else own
    return found | {name: max(found.get(name, 0), BY_VALUES) for name in telling}


@dataclass(frozen=True)
class Beside:
    """Whether other headings of the sheet name a first name, and a last name; and whose list it is: concepts that so many of its
    headings name that none of them is told by it."""

    first: bool = False
    last: bool = False
    subject: frozenset[str] = frozenset()


def points(register: str, heading: str, cells: Sequence[str], beside: Beside) -> dict[str, int]:
    """Points of each column of a register for a heading and the filled cells below it."""
    of_register = columns(register)
    found = by_words(register, heading, beside.subject)
    if cells:
        found = _by_values(_names_by_values(found, heading, cells, beside, of_register), heading, cells, of_register)
    named = meaning(heading).concepts
    counts = "serial" in named or (named == {"nth"} and not found)
    if "serial" in of_register and counts and values.is_running_number(cells, LEAST_RUNNING):
        found = found | {"serial": max(found.get("serial", 0), CLEAR - 5)}
    made = {}
    for name, by_heading in found.items():
        agrees = (
            values.NOT_ITS_VALUES
            if values.are_another_code(of_register[name], cells)
            else values.agreement(of_register[name], cells)
        )
        made[name] = _together(by_heading, agrees)
        if named == {"year"} and by_heading <= YEAR_ALONE:
            made[name] = min(made[name], NEVER_GUESSED)
        if name in RUNNING and values.is_running_number(cells, RUNNING[name]):
            made[name] -= 10 if by_heading == LISTED else 30
    return made


def _together(by_heading: int, agrees: int) -> int:
    """Words and values; where the values are none of the column's a listed heading is still that, any other is only asked."""
    if by_heading >= LISTED - DRESSED:
        return NEVER_GUESSED if agrees == values.NONE_FITS else by_heading + max(agrees, -LISTED_LESS)
    if agrees < 0:
        return min(by_heading + agrees, NEVER_GUESSED)
    return by_heading + agrees if by_heading >= CLEAR else min(by_heading + agrees, CLEAR - 1)


def _names_by_values(
    found: dict[str, int], heading: str, cells: Sequence[str], beside: Beside, of_register: dict[str, Column]
) -> dict[str, int]:
    """ "ชื่อ" above names of two words is the full name where no other column has the last; "ชื่อสกุล" above one word beside a
    first name is the last."""
    made = dict(found)
    of_name = bool(OF_NAME & meaning(heading).concepts)
    for prefix in ("head_", "row_", ""):
        first, last, full = (f"{prefix}{part}_name" for part in ("first", "last", "full"))
        if full not in of_register or not {first, full} & found.keys():
            continue
        whole = values.part(of_register[full], cells) or 0
        best = max(found, key=lambda name: found[name])
        if best == first and whole >= WHOLE_NAMES and not beside.last:
            made[full], made[first] = min(SWAPPED, found[first]), SWAPPED - 2 * NEARLY
        elif best == full and of_name and whole <= 1 - WHOLE_NAMES and beside.first:
            made[last], made[full] = min(SWAPPED, found[full]), SWAPPED - 2 * NEARLY
    return made
