"""Entries that contradict each other, in words: what of, what each says and who recorded it, and who settles it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

import definitions
from journal.kinds import kinds
from queries import Filters
from ui.i18n import language, t
from ui.view import labels, markup, recorded, review_text
from ui.view.labels import missing

ALONE = "desk"  # who uses the machine alone has every right, and is nobody to be named


def of(heads: Sequence[Mapping], thing: str | None = None) -> list[Mapping]:
    """The rows of question `heads` that contradict another one, of one thing or of all."""
    return [row for row in heads if row["forked"] and thing in (None, row["thing"])]


def both(forked: Sequence[Mapping]) -> Iterator[Markup]:
    """One line for each thing that is contradicted: what it is, and every value with who recorded it."""
    for (_, kind), rows in groupby(forked, key=lambda row: (row["thing"], row["kind"])):
        sides = list(rows)
        what = markup.dotted([markup.bold(recorded.kind(kind)), review_text.of_what(sides[0])])
        said = (Markup('“{}” <small class="recorded">✎ {}</small>').format(value(row), recorded.by_whom(row)) for row in sides)
        badge = markup.badge("red", t("still contradicting"))
        yield Markup("{} {}<br>{}").format(what, badge, Markup("<br>").join(said))


def value(row: Mapping) -> str:
    """What one entry says."""
    day = "" if missing(row["happened_on"]) else labels.day(row["happened_on"])
    told = "" if missing(row["told"]) else str(row["told"])
    return " · ".join(filter(None, [recorded.said(row["kind"], row["said"]), told, day]))


def way(filters: Filters, may_review: bool, forked: Sequence[Mapping]) -> Markup:
    """The way to where it is settled, or who settles it."""
    if may_review:
        return markup.go("review", filters, t("Settle it"))
    return markup.text(t("Settled by: {roles}", roles=", ".join(settlers(forked))), "caption")


def settlers(forked: Sequence[Mapping]) -> list[str]:
    """The roles that may settle all of these: whoever records such an entry and opens the review."""
    rights = {kinds()[row["kind"]].right for row in forked}
    return [
        row[f"name_{language()}"]
        for row in definitions.table("roles")
        if row["role"] != ALONE and all(row[right] for right in rights) and (row["loads"] or row["decides"])
    ]
