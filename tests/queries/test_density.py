"""Density: every household is counted once, in the hexagon that holds its village's point, or among those without a place."""

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import definitions
from queries import DESK, NATION, Filters, Reader
from queries.warehouse import current
from tests.drawn import Row, Warehouse
from tests.recount import households

PLACED = {"register_year", "x", "y", "places", "code", "name_th", "name_en"}
CHOICES = {
    "province": ["34"], "district": ["3421", "3426"], "tambon": ["342101", "342106"], "dimension": ["income", "living"],
    "source": ["outside"], "certification": ["certified"], "plan": ["none"], "case": ["in_progress"],
}  # fmt: skip
ANY_FILTERS = st.fixed_dictionaries({}, optional={name: st.just([value]) for name, v in CHOICES.items() for value in v}).map(
    Filters.of
)


def mercator(lat: float) -> float:
    return math.degrees(math.log(math.tan(math.radians(45 + lat / 2))))


def points(level: str = "village") -> dict[str, tuple[float, float]]:
    rows = (
        current()[0]
        .cursor()
        .execute("select code, point_lon, point_lat from warehouse.shape where level = $l", {"l": level})
        .fetchall()
    )
    return {code: (lon, lat) for code, lon, lat in rows}


def middle(lon: float, lat: float, size: float) -> tuple[float, float]:
    """The nearest of all middles around, in degrees of Mercator, tried one by one."""
    x, y = lon, mercator(lat)
    row, column = round(y / (1.5 * size)), round(x / (math.sqrt(3) * size))
    near = [
        (math.sqrt(3) * size * (q + (r % 2) / 2), 1.5 * size * r)
        for r in range(row - 2, row + 3)
        for q in range(column - 2, column + 3)
    ]
    return min(near, key=lambda m: (m[0] - x) ** 2 + (m[1] - y) ** 2)


def totals(rows: list[Row]) -> dict[int, Counter]:
    """Year -> column -> its sum; nothing is 0."""
    found: dict[int, Counter] = {}
    for row in rows:
        found.setdefault(row["register_year"], Counter()).update(
            {name: value for name, value in row.items() if name not in PLACED and value}
        )
    return found


@pytest.mark.parametrize("size", [0.01, 0.05, 0.21])
def test_every_household_stands_in_the_hexagon_of_its_village(sample: Warehouse, size: float) -> None:
    where = points()
    expected = Counter(
        (h.year, *(round(v, 6) for v in middle(*where[h.village], size))) if h.village in where else (h.year, None, None)
        for h in households()
    )
    found = {
        (r["register_year"], *((round(r["x"], 6), round(mercator(r["y"]), 6)) if r["x"] is not None else (None, None))): r[
            "listed"
        ]
        for r in sample.ask("density", size=size)
    }
    assert found == expected


@pytest.mark.parametrize("level", ["any", "income", "certified", "closed", "target_people"])
def test_what_is_counted_in_a_hexagon_is_what_its_villages_have(sample: Warehouse, level: str) -> None:
    where, expected = points(), Counter()
    for row in sample.ask("areas", by="village"):
        key = tuple(round(v, 6) for v in middle(*where[row["code"]], 0.05)) if row["code"] in where else (None, None)
        expected[(row["register_year"], *key)] += row[level] or 0
    found = {
        (r["register_year"], *((round(r["x"], 6), round(mercator(r["y"]), 6)) if r["x"] is not None else (None, None))): r[
            level
        ]
        or 0
        for r in sample.ask("density", size=0.05)
    }
    assert found == expected and sum(found.values())


@settings(max_examples=12)
@given(filters=ANY_FILTERS, size=st.floats(0.001, 2))
def test_columns_and_those_without_a_place_are_all_that_the_areas_count(filters: Filters, size: float) -> None:
    from queries import ask

    rows = [ask(name, filters, DESK, **more).to_dict("records") for name, more in (("density", {"size": size}), ("areas", {}))]
    clean = [[{k: None if v != v else v for k, v in row.items()} for row in table] for table in rows]
    assert totals(clean[0]) == totals(clean[1])


@pytest.fixture(autouse=True)
def over_the_sample(sample: Warehouse) -> None:
    """What hypothesis draws is asked of the sample."""


def test_a_village_without_a_point_is_counted_and_stands_nowhere(warehouse) -> None:
    w = warehouse(
        household="""
        household_id | village_code | certification | latitude | longitude
        H1           | 34210601     | certified     | 15.76    | 105.37
        H2           | 34210601     |               |          |
        H3           | 34210602     | certified     |          |
        """
    )
    rows = {row["x"] is None: row for row in w.ask("density", size=0.05)}
    assert [(rows[nowhere]["places"], rows[nowhere]["listed"], rows[nowhere]["certified"]) for nowhere in (False, True)] == [
        (1, 2, 1),
        (1, 1, 1),
    ]


def test_nobody_is_told_of_whom_the_areas_leave_out_and_no_home_is_told_to_anybody(sample: Warehouse) -> None:
    here = sample.ask("density", reader=Reader("field", ("342106",)), size=0.001)
    assert totals(here) == totals(sample.ask("areas", reader=Reader("field", ("342106",))))
    assert sum(row["places"] for row in here if row["register_year"] == 2565) == 5
    assert sample.ask("density", reader=Reader("committee", (NATION,)), size=0.001) == sample.ask("density", size=0.001)
    homes = {(round(r["longitude"], 4), round(r["latitude"], 4)) for r in sample.ask("spots")}
    assert not homes & {(round(r["x"], 4), round(r["y"], 4)) for r in sample.ask("density", size=0.02) if r["x"] is not None}


def test_rounded_columns_are_sums_of_the_published_figures_of_subdistricts(sample: Warehouse) -> None:
    """With hexagons so small that each holds one subdistrict, they say what the areas say, and nothing finer."""
    viewer = Reader("viewer", (NATION,))
    areas = sample.ask("areas", reader=viewer, by="tambon")
    columns = sample.ask("density", reader=viewer, size=0.001)
    measures = [m for m in areas[0] if m not in PLACED]
    placed = points("tambon")

    def said(rows: list[Row]) -> Counter:
        return Counter(tuple(str(row[m]) for m in ("register_year", *measures)) for row in rows)

    assert said([c for c in columns if c["x"] is not None]) == said([a for a in areas if a["code"] in placed])
    assert {row["places"] for row in columns if row["x"] is not None} == {1}
    assert all(str(row[m]) == "None" or row[m] == "0" or row[m][0] in "<≈" for row in columns for m in measures)


def test_every_column_of_a_measure_is_answered(sample: Warehouse) -> None:
    answered = set(sample.ask("density", size=0.1)[0])
    for row in definitions.table("measures"):
        assert row["question"] != "areas" or {row["part"], row["whole"]} <= answered, row["measure"]
