"""Which household an entry is of, as it was known when it was recorded, held against a household of a build.

An entry keeps the address of its household and marks of who lived there: of the head first, then of the others. A mark is an HMAC of
a name, so it says whether it is the same name and nothing else. A number that has come to mean another family must not send help to
the wrong door: what the marks contradict is never attached by the number.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

MARK = 16  # hex digits of a head's mark in an entry
SHORT = 8  # of all others, and of what two marks are compared by: a household or a village is searched, never the nation
CHECK = 4  # of what tells whose marks they are
MOST = 12  # others of a household that are marked
NOBODY, NAMESAKE = "-", "~"  # no name of a head; a head whose name another head of the village had, too
NATION = "TH"

Reason = tuple[str, str]
REASONS: dict[str, Reason] = {
    "absent": ("ยังไม่พบครัวเรือนนี้ในทะเบียน", "the household is in no register yet"),
    "other_family": (
        "รหัสครัวเรือนนี้เป็นของครอบครัวอื่นในทะเบียนปัจจุบัน",
        "the household's number stands for another family in the register now",
    ),
    "head_elsewhere": (
        "หัวหน้าครัวเรือนเดิมอยู่ที่ครัวเรือนอื่นในทะเบียนปัจจุบัน",
        "the head of that time stands in another household of the register now",
    ),
    "several": ("มีครัวเรือนที่อาจใช่มากกว่าหนึ่งครัวเรือน", "more than one household may be the one"),
    "outside": ("ครัวเรือนอยู่นอกพื้นที่ของผู้บันทึก", "the household lies outside the areas of who recorded it"),
}


class Attached(NamedTuple):
    """Where an entry belongs in a build: the address of its household and by which rule (ref, head, same), or "" and why not."""

    ref: str
    by: str = ""
    why: str = ""


class Claim(NamedTuple):
    """What an entry says of its household; `areas` of who recorded it only where no village is known."""

    ref: str
    year: str
    household_id: str
    village: str
    marks: str
    areas: str

    @property
    def head(self) -> str:
        """The short mark of the head, "" where none was known."""
        first = self.marks.partition(" ")[0].strip(NOBODY + NAMESAKE)
        return first[:SHORT]

    @property
    def namesake(self) -> bool:
        """Whether the head's name was that of another head of the village, too: such a name finds nobody."""
        return NAMESAKE in self.marks

    @property
    def others(self) -> frozenset[str]:
        """The short marks of the other people."""
        return frozenset(self.marks.split(" ")[1:])

    @property
    def node(self) -> tuple[str, str]:
        """The family that is meant: one number may stand for several, one after the other."""
        return self.ref, self.head


class Household(NamedTuple):
    """A household of a build: its address, where it stands, the short marks of its head and of all its people, and by what names
    entries call the items of its plan. `marks` is what an entry keeps of it."""

    ref: str
    year: str
    household_id: str
    village: str
    head: str
    people: frozenset[str]
    marks: str
    things: tuple[str, ...]


def claim_of(entry: Mapping[str, Any]) -> Claim:
    """What an entry of the journal says of its household."""
    return claim(SAID(entry))


SAID = itemgetter("ref", "year", "household_id", "village", "head", "areas")


def claim(said: tuple[str, ...]) -> Claim:
    """What these parts of an entry (SAID) say: of two hundred thousand entries most say the same of their household."""
    ref, year, household_id, village, marks, areas = said
    return Claim(ref, year, household_id, village, marks, "" if village else areas)


def mark(key: bytes, name: str) -> str:
    """The mark of a name."""
    return hmac.digest(key, name.encode(), "sha256").hex()[:MARK]


def seen(key: bytes, head: str) -> str:
    """What a client is given of a household, and gives back: whether this installation made it, and the short mark of the head."""
    return mark(key, "")[:CHECK] + head


def head_seen(key: bytes, text: str) -> str:
    """The mark in it; "" where another installation made it."""
    return text[CHECK:] if text[:CHECK] == mark(key, "")[:CHECK] else ""


def household(key: bytes, row: Mapping[str, Any]) -> Household:
    """A household of a look-up: `head` and `others` are names, `namesakes` how many heads of its village and year have that name."""
    head = mark(key, row["head"]) if row["head"] else ""
    others = sorted({mark(key, name)[:SHORT] for name in row["others"] if name != row["head"]})[:MOST]
    first = (head + (NAMESAKE if row["namesakes"] > 1 else "")) if head else NOBODY
    people = frozenset([*([head[:SHORT]] if head else []), *others])
    marks = " ".join([first, *others]) if people else ""
    where = (row["ref"], str(row["register_year"]), row["household_id"], row["village_code"] or "")
    return Household(*where, head[:SHORT], people, marks, tuple(row["things"]))


def by_itself(claim: Claim, here: Household | None, headed: Sequence[Household]) -> Attached:
    """Where an entry belongs without anybody's word: `here` has its number now, `headed` are the households of its village and year
    whose head has the name of its head.

    The number counts where nothing contradicts it. Without it the head's name counts where one family alone has it, and had it.
    """
    elsewhere = [one for one in headed if one.ref != claim.ref]
    if here:
        if not contradicted(claim, here):
            return _within(claim, here, "ref")
        if elsewhere:  # whatever a list of people still says of them
            return Attached("", why="head_elsewhere")
        return _within(claim, here, "ref") if _family(claim, here) else Attached("", why="other_family")
    fits = [one for one in elsewhere if not _strangers(claim, one)]
    if len(fits) == 1 and len(elsewhere) == 1 and not claim.namesake:
        return _within(claim, fits[0], "head")
    return Attached("", why="several" if fits else "absent")


def contradicted(claim: Claim, here: Household) -> bool:
    """Whether the household of its number has another head now, as far as both are known."""
    if not claim.marks or not here.people:
        return False
    return claim.head != here.head or (claim.namesake and _strangers(claim, here))


def _strangers(claim: Claim, here: Household) -> bool:
    """Whether the people beside the head are known of both, and nobody of them is the same."""
    return bool(claim.others) and len(here.people) > 1 and not claim.others & here.people


def _family(claim: Claim, here: Household) -> bool:
    """Whether another head is no other family: the head of that time lives there, one of the people follows, or half of them at least
    are still there."""
    stayed = claim.others & here.people
    if claim.namesake and _strangers(claim, here):
        return False
    return (
        claim.head in here.people
        or (bool(here.head) and here.head in claim.others)
        or (bool(stayed) and 2 * len(stayed) >= len(claim.others))
    )


def _within(claim: Claim, here: Household, by: str) -> Attached:
    return Attached(here.ref, by) if is_within(claim, here.village) else Attached("", why="outside")


def is_within(claim: Claim, village: str) -> bool:
    """Whether a household that was unknown when it was recorded of lies in the areas of who recorded it."""
    areas = claim.areas.split()
    return not areas or NATION in areas or any(village.startswith(area) for area in areas)


def nearest(
    node: tuple[str, str], edges: Mapping[tuple[str, str], Iterable[tuple[str, str]]], homes: Mapping[tuple[str, str], set[str]]
) -> set[str]:
    """The households that officers' words lead to from a family, the fewest words away; several where they contradict each other."""
    seen, ring = {node}, [node]
    while ring:
        if found := set().union(*(homes.get(one, set()) for one in ring)):
            return found
        ring = list({after for one in ring for after in edges.get(one, ())} - seen)
        seen |= set(ring)
    return set()
