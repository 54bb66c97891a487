"""What is asked: views of the overview, one filter apart from another, none of them without a household."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

from queries import DESK, Filters, ask

YEAR = ("2565",)
ALONE = 16  # views that one reader goes through; the crowd has the others
PLACES = 15  # bars of a chart, as on the page
LACKS = [(), ("health",), ("living",), ("education",), ("income",), ("access",)]
SOURCES = [(), ("tpmap",), ("outside",), ("both",)]
CERTIFIED = [(), ("certified",)]
Rows = list[dict[str, Any]]


def district() -> list[Filters]:
    """Views of one district and of its six subdistricts."""
    tambons = [(), *((f"34210{n}",) for n in range(1, 7))]
    return mixed([Filters(year=YEAR, district=("3421",), tambon=tambon) for tambon in tambons])


def province() -> list[Filters]:
    """Views of a province and of six of its districts."""
    districts = [(), *((code,) for code in ("3401", "3407", "3411", "3415", "3419", "3421"))]
    return mixed([Filters(year=YEAR, district=code) for code in districts])


def mixed(places: Sequence[Filters]) -> list[Filters]:
    """Every place with every other choice, in an order that is always the same."""
    every = [
        Filters(place.year, (), place.district, place.tambon, (), lack, (), (), source, certification)
        for place, lack, source, certification in itertools.product(places, LACKS, SOURCES, CERTIFIED)
    ]
    random.Random(2565).shuffle(every)
    return [view for view in every if len(ask("summary", view, DESK))]


def answered(view: Filters) -> dict[str, Rows]:
    """What our page shows of a view, question by question."""
    whole = view.without("certification")
    by = "village" if len(view.tambon) == 1 else "tambon"
    places = ask("summary", whole, DESK, by=by)
    places = places[places["target_households"] > 0].sort_values("target_households", ascending=False, kind="stable")
    frames = {
        "road": ask("road", whole, DESK),
        "attention": ask("attention", view, DESK, limit=6),
        "places": places.head(PLACES),
        # a peer has no row for those of whom nothing is known
        "overlaps": ask("overlaps", view, DESK).dropna(subset=["number"]),
        **{name: ask(name, view, DESK) for name in ("summary", "dimensions", "pairs", "aspects", "change")},
    }
    return {name: frame.to_dict("records") for name, frame in frames.items()}
