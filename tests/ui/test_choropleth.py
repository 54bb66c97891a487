"""What the map shows against counts of the sample files, and which outlines stand around a place."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import DESK, Filters, Reader
from tests.recount import Household, households
from ui.map import choropleth
from ui.map.classes import FEW, NO_DATA

YEAR = "2565"
PHO_SAI = {"year": [YEAR], "district": ["3421"]}


@pytest.fixture(scope="module")
def counted() -> list[Household]:
    return [h for h in households() if h.year == int(YEAR)]


def shown(filters: Filters, by: str, measure: str, share: bool = False) -> choropleth.Figures:
    return choropleth.figures(filters, DESK, choropleth.stage(choropleth.place(filters), by), measure, share, "natural")


def certified(h: Household) -> bool:
    return h.certification == "certified"


COUNTED = {  # measure -> (in it, in its base), by hand
    "households": (lambda h: True, lambda h: True),
    "certified": (certified, lambda h: True),
    "any": (lambda h: bool(h.lacking), lambda h: set(h.states.values()) != {"no_data"}),
    "living": (lambda h: "living" in h.lacking, lambda h: h.states["living"] != "no_data"),
    "income": (lambda h: "income" in h.lacking, lambda h: h.states["income"] != "no_data"),
    "planned": (lambda h: certified(h) and bool(h.items), certified),
    "helped": (lambda h: certified(h) and h.helped(), certified),
    "closed": (lambda h: certified(h) and h.case() == "closed", certified),
    "overdue": (
        lambda h: certified(h) and h.overdue() and h.case() != "closed",
        lambda h: certified(h) and h.case() != "closed",
    ),
    "outside": (lambda h: h.source == "outside", lambda h: True),
}


@pytest.mark.parametrize("measure", COUNTED)
@pytest.mark.parametrize("by", ["tambon", "village"])
def test_every_figure_is_what_a_child_would_count(sample, counted, measure: str, by: str) -> None:
    part, whole = COUNTED[measure]
    digits = choropleth.DIGITS[by]
    homes = [h for h in counted if h.village.startswith("3421")]
    expected = dict.fromkeys({h.village[:digits] for h in homes}, (0, 0))
    for code in expected:
        here = [h for h in homes if h.village[:digits] == code]
        expected[code] = (sum(map(part, here)), sum(map(whole, here)))
    frame = shown(Filters.of(PHO_SAI), by, measure).frame
    counted_here = {
        code: (row["part"], row["whole"]) for code, row in frame.to_dict("index").items() if row["part"] == row["part"]
    }
    assert counted_here == expected
    assert {code for code, look in frame["look"].items() if look == NO_DATA} >= {
        c for c, (_, base) in expected.items() if not base
    }


def test_change_is_the_difference_among_the_same_households(sample) -> None:
    every = households()
    before = {(h.year, h.id): h for h in every}
    now_listed = [h for h in every if h.year == 2565 and h.village.startswith("3421")]
    pairs = [(h, before[2564, h.id]) for h in now_listed if (2564, h.id) in before]
    pairs = [(now, was) for now, was in pairs if all(set(h.states.values()) != {"no_data"} for h in (now, was))]
    expected = Counter()
    for now, was in pairs:
        expected[now.village[:6]] += bool(now.lacking) - bool(was.lacking)
    frame = shown(Filters.of(PHO_SAI), "tambon", "change").frame
    assert {c: int(v) for c, v in frame["part"].dropna().items()} == dict(expected)
    assert frame["whole"].sum() == len(pairs)


def test_the_whole_of_the_chosen_is_everybody_listed_there(sample, counted) -> None:
    filters = Filters.of({**PHO_SAI, "certification": ["certified"]})
    frame = shown(filters, "tambon", "households").frame
    assert (frame["part"].sum(), frame["whole"].sum()) == (34, sum(h.village.startswith("3421") for h in counted))
    assert tuple(frame.loc["342106", ["part", "whole"]]) == (4, 9)


def test_a_small_base_gives_no_share_and_says_so(sample) -> None:
    filters = Filters.of({**PHO_SAI, "certification": ["certified"]})
    frame = shown(filters, "tambon", "planned", share=True).frame
    small = frame["whole"] < 5
    assert small.any() and (frame.loc[small, "look"] == FEW).all() and (frame.loc[~small, "look"] >= 0).all()


def test_years_are_told_apart_by_the_same_classes(sample) -> None:
    now, before = (shown(Filters.of({**PHO_SAI, "year": [year]}), "tambon", "living") for year in ("2565", "2564"))
    assert now.scale == before.scale and not now.frame["part"].equals(before.frame["part"])


def test_what_the_filters_leave_out_is_neither_nought_nor_no_data(sample) -> None:
    frame = shown(
        Filters.of({"year": [YEAR], "district": ["3421"], "tambon": ["342101", "342106"]}), "tambon", "households"
    ).frame
    assert {c for c, look in frame["look"].items() if look == choropleth.ELSEWHERE} == {"342102", "342103", "342104", "342105"}


def test_areas_without_an_outline_are_kept_beside_the_map(sample, counted) -> None:
    figures = shown(Filters.of(PHO_SAI), "village", "households")
    unmapped = figures.frame.iloc[figures.outlined :]
    assert figures.frame["part"].sum() == sum(h.village.startswith("3421") for h in counted)
    assert all(name == name and name for name in unmapped["name_th"])


def test_nobody_is_shown_to_a_reader_of_elsewhere(sample) -> None:
    view = choropleth.stage("3421", "tambon")
    figures = choropleth.figures(Filters.of(PHO_SAI), Reader("field", ("3415",)), view, "households", False, "natural")
    assert figures.frame["part"].isna().all() and figures.scale == ()


@pytest.mark.parametrize(
    ("chosen", "place"),
    [
        ({}, ""),
        ({"province": ["34"]}, "34"),
        ({"province": ["34", "32"]}, ""),
        ({"district": ["3421"]}, "3421"),
        ({"district": ["3421", "3415"]}, "34"),
        ({"district": ["3421", "1001"]}, ""),
        ({"district": ["3421"], "tambon": ["342106"]}, "342106"),
        ({"district": ["3421"], "tambon": ["342101", "342106"]}, "3421"),
        ({"district": ["3421"], "tambon": ["342106"], "village": ["34210601", "34210602"]}, "342106"),
        ({"district": ["3421"], "tambon": ["342106"], "village": ["34210601"]}, "34210601"),
    ],
)
def test_the_place_is_the_smallest_that_holds_all_that_was_chosen(chosen: dict, place: str) -> None:
    assert choropleth.place(Filters.of(chosen)) == place


@pytest.mark.parametrize("code", ["", "34", "3421", "342106", "34210601"])
def test_going_to_a_place_and_asking_where_one_is_agree(code: str) -> None:
    filters = choropleth.at(Filters.of({**PHO_SAI, "dimension": ["living"]}), code)
    assert choropleth.place(filters) == code and filters.dimension == ("living",) and filters.year == (YEAR,)
    assert choropleth.upward(filters)[-1] == code and choropleth.upward(filters)[0] == ""


@given(part=st.integers(-2_000, 2_000), whole=st.integers(0, 2_000))
def test_a_share_is_rounded_half_up_and_never_to_nought(part: int, whole: int) -> None:
    (tenths,) = choropleth.tenths(np.array([float(part)]), np.array([float(whole)]))
    if whole and part:
        assert tenths == np.sign(part) * max(1, (2000 * abs(part) + whole) // (2 * whole))
    elif whole:
        assert tenths == 0
