"""Kinds of events as data: events.csv says what can be recorded, of what and by whom; event_fields.csv what each kind asks for.

A question more at a visit is a row of event_fields.csv, a value more a row of picklists.csv; neither needs code.
"""

from dataclasses import dataclass
from functools import cache

from definitions import spellings, table

# What an event may be of, beside the household or village itself: what stands before the / of its `thing`.
OF = (
    "",
    "plan",
    "step",
    "need",
    "case",
    "certification",
    "entry",
    "same",
    "meeting",
    "item",
    "action",
    "forum",
    "forum_item",
    "loan",
    "debt",
    "learning",
)
OF_MEETING = ("meeting", "item", "action")  # things of a meeting: they are recorded on its page and on the board, nowhere else
OF_FORUM = ("forum", "forum_item")  # things of a forum that assesses a village: they are recorded on its page, nowhere else
OF_FUND = (
    "loan",
    "debt",
)  # things of the women's fund and of village funds: recorded on their pages, and in the field of a village
OF_OFFICE = ("learning",)  # things of a district's office that learns: they are recorded on its page, nowhere else
STATES = ("new", "prepared", "open", "closed", "adopted")  # of a meeting, in the order in which it goes through them
RIGHTS = ("records", "decides", "certifies")
PHOTOS = ("", "may", "must")  # whether an event of a kind shows pictures
UNCONFIRMED = "unconfirmed"  # of a retention: no source and no office has said how long
TYPES = ("text", "number", "date", "degrees", "pick", "picks", "household", "meeting", "digest")


@dataclass(frozen=True)
class Field:
    """One field of a kind: `type` is text, number, date, degrees, pick:<list>, picks:<list>, household (its
    address), meeting (its UUID) or digest (SHA-256 of what is frozen); `together` the field it goes with, or `field=value`: it is filled in where that field says so, and nowhere else."""

    name: str
    type: str
    required: bool
    together: str
    personal: str
    name_th: str
    name_en: str

    @property
    def values(self) -> frozenset[str]:
        """What a picked field may hold."""
        return frozenset(spellings(self.type.partition(":")[2]).values())


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    `about` a household or a village, `of` what of it; `keeps` all of them as facts, or the last one that names those before it, and
    two that know nothing of each other are a fork; the `right` it needs; whether it `moves` the case; whether it shows `photos`;
    for how long it is kept (`retention`: years, or UNCONFIRMED: nobody has said, so it is).
    """

    @property
    def years(self) -> int | None:
        """Years after which an entry goes; none where it stays."""
        return None if self.retention == UNCONFIRMED else int(self.retention)

    name: str
    about: frozenset[str]
    of: str
    keeps: str
    right: str
    moves: bool
    photos: str
    within: frozenset[str]
    leads: str
    name_th: str
    name_en: str
    says_th: str
    says_en: str
    retention: str
    fields: dict[str, Field]


@cache
def of_meetings() -> frozenset[str]:
    """The kinds that are of a meeting, its items or what it has given to somebody."""
    return frozenset(kind.name for kind in kinds().values() if kind.of in OF_MEETING)


@cache
def of_places() -> frozenset[str]:
    """The kinds that are of no household: those of meetings, of forums that assess a village, of funds, and of offices."""
    return of_meetings() | {kind.name for kind in kinds().values() if kind.of in (*OF_FORUM, *OF_FUND, *OF_OFFICE)}


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name, in file order."""
    return {row["kind"]: _kind(row) for row in table("events")}


def _kind(row: dict[str, str]) -> Kind:
    fields = {
        one["field"]: Field(
            one["field"],
            one["type"],
            one["required"] == "yes",
            one["together"],
            one["personal"],
            one["name_th"],
            one["name_en"],
        )
        for one in table("event_fields")
        if one["kind"] == row["kind"]
    }
    about = frozenset(row["about"].split("|"))
    return Kind(
        row["kind"],
        about,
        row["of"],
        row["keeps"],
        row["right"],
        row["moves"] == "yes",
        row["photos"],
        frozenset(filter(None, row["while"].split("|"))),
        row["leads"],
        row["name_th"],
        row["name_en"],
        row["says_th"],
        row["says_en"],
        row["retention"],
        fields,
    )
