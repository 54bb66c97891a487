"""Where a programme is kept: said on its page where it is not kept in the places chosen."""

from collections.abc import Sequence

from markupsafe import Markup

from queries import Filters
from ui.i18n import t
from ui.view import markup


def elsewhere(page: str, filters: Filters, none: Markup, districts: Sequence[tuple[str, str]]) -> Markup:
    """That there is none, in the programme's own words, and the way to each district that has it: (code, what it has)."""
    links = (markup.go(page, Filters(year=filters.year, district=(code,)), says) for code, says in districts)
    return markup.text(none, "note") + (markup.text(markup.dotted([t("Kept here:"), *links])) if districts else Markup(""))
