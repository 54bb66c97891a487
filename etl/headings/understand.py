"""What the headings of a sheet mean as one register: a degree of sureness for each, and what has to be asked.

*Sure* is used and listed; *likely* is used with a notice; *asked* is left aside until somebody says; *unknown* is like nothing.
Never guessed are: what a mark means, per whom and per what time an income is, a year that is not said of what, and which of two
headings for one thing counts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.headings import evidence, values
from etl.headings.assignment import assign
from etl.headings.columns import Column, columns, plain
from etl.headings.vocabulary import meaning, pieces

SURE, LIKELY, ASKED, BY_HAND, UNKNOWN = "sure", "likely", "asked", "by hand", "unknown"
SURE_FROM, SURE_BEFORE = 80, 15  # points, and how many the next column of the heading has less
LIKELY_FROM, LIKELY_BEFORE = 44, 8
ASKED_FROM = 35
LISTED_FROM = 95  # points of a listed heading, of which another counts only where it is nearly as good
LISTED_WITH_BITS = 105  # points of a listed heading above 1 and 0, which are then the register's own flags
SUBJECTS, OFTEN = ("someone", "child"), 3  # whom a list may be about, and headings that say so
NAMED_FROM = 30  # points from which a column is named as one that a heading may be
MARKS, DOUBLED = "marks", "doubled"  # why a heading is asked: what its marks mean; another heading says the same
LEAVE_OUT = "-"  # what an officer says of a heading that is to be left aside


@dataclass(frozen=True)
class Heading:
    """One heading of a sheet: what it means, how sure that is, and what else it may mean (the likeliest first).

    `key` is the heading, numbered where an earlier column has the same; `why` says of one that is asked what keeps it open.
    """

    place: int
    key: str
    column: str | None
    degree: str
    candidates: tuple[str, ...] = ()
    why: str = ""
    left_out: bool = False

    @property
    def used(self) -> bool:
        """Whether its cells are read."""
        return self.degree in (SURE, LIKELY, BY_HAND)


def understand(
    register: str, headings: Sequence[str], cells: Sequence[Sequence[str]], by_hand: Mapping[str, str]
) -> list[Heading]:
    """Every filled heading of a sheet as this register has it. `cells` are some filled cells below each heading, `by_hand` is
    heading as it is compared -> column, or LEAVE_OUT."""
    keys = keyed(headings)
    shorter = _without_common(headings)
    beside = _beside(headings)
    points: dict[tuple[int, str], int] = {}
    stated: dict[int, str] = {}
    for place, key in keys.items():
        found = evidence.points(register, headings[place], _below(cells, place), beside)
        if shorter[place] != headings[place]:
            again = evidence.points(register, shorter[place], _below(cells, place), beside)
            found = {name: max(found.get(name, 0), again.get(name, 0)) for name in found.keys() | again}
        said = by_hand.get(plain(key))
        if said and _may_be(register, said, found, _below(cells, place)):
            stated[place] = said
        else:
            points |= {(place, name): value for name, value in found.items()}
    taken = set(stated.values())
    lost = {place for (place, name), value in points.items() if name in taken and value >= LIKELY_FROM}
    points = {pair: value for pair, value in points.items() if pair[1] not in taken and pair[0] not in lost}
    chosen = assign(points)
    return [
        _stated(place, key, LEAVE_OUT if place in lost else stated[place])
        if place in stated or place in lost
        else _weighed(register, place, key, points, chosen, _below(cells, place))
        for place, key in keys.items()
    ]


def _may_be(register: str, said: str, found: Mapping[str, int], below: Sequence[str]) -> bool:
    """Whether an officer's word counts. It holds for everybody's later files: so it takes nothing out of a guarded column into one
    that more people read, neither by the heading nor by what stands below it."""
    of_register = columns(register)
    column = of_register.get(said)
    if column is None:
        return said == LEAVE_OUT
    listed = [of_register[name] for name, points in found.items() if points >= LISTED_FROM - evidence.LISTED_LESS]
    guarded = {one.personal for one in listed if one.personal and one.name != said}
    return (not guarded or column.personal in guarded) and not (
        column.personal != "citizen_id" and values.are_citizen_ids(below)
    )


def left_out(headings: Sequence[str]) -> list[Heading]:
    """Headings of which none is read, and nobody is asked."""
    return [Heading(place, key, None, UNKNOWN, left_out=True) for place, key in keyed(headings).items()]


def keyed(headings: Sequence[str]) -> dict[int, str]:
    """Place -> key of every filled heading: the heading itself, numbered from the second one that is compared as the same."""
    seen: dict[str, int] = {}
    keys = {}
    for place, heading in enumerate(headings):
        if text := plain(heading):
            seen[text] = seen.get(text, 0) + 1
            keys[place] = heading.strip() if seen[text] == 1 else f"{heading.strip()} ({seen[text]})"
    return keys


def _without_common(headings: Sequence[str]) -> list[str]:
    """Headings without a piece that many of them have and no word explains: the name of a system behind each ("PersonID_Onec")."""
    times = Counter(piece for heading in headings for piece in set(pieces(heading)))
    common = {piece for piece, n in times.items() if n >= max(OFTEN, len(headings) // 3) and meaning(piece).rest}
    return [_without(heading, common) for heading in headings] if common else list(headings)


def _without(heading: str, common: set[str]) -> str:
    left = [piece for piece in pieces(heading) if piece not in common]
    return " ".join(left) if left and len(left) < len(pieces(heading)) else heading


def _below(cells: Sequence[Sequence[str]], place: int) -> Sequence[str]:
    return cells[place] if place < len(cells) else ()


def _beside(headings: Sequence[str]) -> evidence.Beside:
    named = [meaning(heading).concepts for heading in headings]
    last = any("surname" in names and "name_word" not in names for names in named)
    first = any("name_word" in names and "surname" not in names for names in named)
    many = Counter(name for names in named for name in names if name in SUBJECTS)
    of_names = [names for names in named if evidence.OF_NAME & names or names == {"head"}]
    whose = {name for name in SUBJECTS if of_names and all(name in names for names in of_names)}
    return evidence.Beside(first, last, frozenset({name for name, times in many.items() if times >= OFTEN} | whose))


def _stated(place: int, key: str, column: str) -> Heading:
    if column == LEAVE_OUT:
        return Heading(place, key, None, BY_HAND, left_out=True)
    return Heading(place, key, column, BY_HAND)


def _weighed(
    register: str,
    place: int,
    key: str,
    points: Mapping[tuple[int, str], int],
    chosen: Mapping[int, str],
    below: Sequence[str],
) -> Heading:
    own = {name: value for (at, name), value in points.items() if at == place}
    ranked = tuple(sorted((name for name in own if own[name] >= NAMED_FROM), key=lambda name: (-own[name], name)))
    name = chosen.get(place)
    if ranked and (rivals := _meanings_of_marks(register, ranked[0], below, own[ranked[0]])):
        return Heading(place, key, None, ASKED, rivals, MARKS)
    if name is None or own[name] < ASKED_FROM:
        if ranked and own[ranked[0]] >= LIKELY_FROM:  # its column is another heading's
            return Heading(place, key, None, ASKED, ranked[:1], DOUBLED)
        return Heading(place, key, None, UNKNOWN, ranked)
    degree = _degree(own[name], own[name] - max((value for other, value in own.items() if other != name), default=0))
    rival = _rival(place, name, points, chosen)
    if degree in (SURE, LIKELY) and rival and (own[name] < LISTED_FROM or rival >= own[name] - 3 * SURE_BEFORE):
        return Heading(place, key, None, ASKED, (name,), DOUBLED)
    return Heading(place, key, name if degree != ASKED else None, degree, ranked)


def _degree(points: int, before: int) -> str:
    if points >= SURE_FROM and before >= SURE_BEFORE:
        return SURE
    return LIKELY if points >= LIKELY_FROM and before >= LIKELY_BEFORE else ASKED


def _rival(place: int, name: str, points: Mapping[tuple[int, str], int], chosen: Mapping[int, str]) -> int:
    """The points of another heading for the same column that found no better one, 0 for none."""
    others = {at: value for (at, column), value in points.items() if column == name and at != place}
    lost = (value for at, value in others.items() if value >= LIKELY_FROM and points.get((at, chosen.get(at, "")), 0) < value)
    return max(lost, default=0)


def _meanings_of_marks(register: str, likeliest: str, below: Sequence[str], points: int) -> tuple[str, ...]:
    """Of a column of marks whose heading does not say what is marked: that the dimension lacks, or that it is passed."""
    of_register: dict[str, Column] = columns(register)
    unsaid = values.only_ticks(below) or (values.only_bits(below) and points < LISTED_WITH_BITS)
    if of_register[likeliest].type != "result" or not unsaid:
        return ()
    stem = likeliest.removesuffix("_flag")
    return tuple(name for name in (f"{stem}_lack", f"{stem}_passed") if name in of_register)
