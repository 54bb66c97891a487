"""The density view's columns, legend, words and camera against counts of the sample files."""

import json
import math

import numpy as np
import pytest

import definitions
from queries import DESK, NATION, Filters, Reader, build
from tests.recount import Household, households
from ui.map import camera, choropleth, density, density_stage
from ui.map.classes import FEW, NO_DATA
from ui.map.outline_sets import shapes

PHO_SAI = Filters.of({"year": ["2565"], "district": ["3421"]})
VIEWER = Reader("viewer", (NATION,))
PLACES = ["", "34", "3421", *(f["properties"]["code"] for f in json.loads(shapes("province").body)["features"])]


@pytest.fixture(scope="module")
def counted() -> list[Household]:
    return [h for h in households() if h.year == 2565 and h.village.startswith("3421")]


def shown(measure: str, share: bool = False, filters: Filters = PHO_SAI, reader: Reader = DESK) -> density.Columns:
    return density.columns(build().id, filters, reader, choropleth.place(filters), measure, share, "natural")


def cells(found: density.Columns, share: bool = False, coarse: bool = False) -> list[list]:
    return density_stage.cells_of(found, density.camera_of("3421"), share, coarse)


@pytest.mark.parametrize("measure", [row["measure"] for row in definitions.table("measures") if row["question"] == "areas"])
def test_columns_and_those_without_a_place_add_up_to_what_the_areas_show(sample, measure: str) -> None:
    frame = shown(measure).frame
    view = choropleth.stage("3421", "tambon")
    areas = choropleth.figures(PHO_SAI, DESK, view, measure, False, "natural").frame
    assert (frame["part"].sum(), frame["whole"].sum()) == (areas["part"].sum(), areas["whole"].sum())


def test_the_numbers_on_the_columns_are_what_a_child_would_count(sample, counted) -> None:
    found = shown("income")
    rest = found.frame[found.frame["x"].isna()]
    part, whole = (sum(int(cell[i].replace(",", "")) for cell in cells(found)) for i in (4, 5))
    assert part + rest["part"].sum() == sum("income" in h.lacking for h in counted)
    assert whole + rest["whole"].sum() == sum(h.states["income"] != "no_data" for h in counted)
    assert density.sums(found, choropleth.measures()["income"], False).startswith(f"รวมทุกแท่ง {part} จาก {whole} ")


def test_height_and_colour_follow_the_number(sample) -> None:
    found = shown("households")
    drawn = cells(found)
    for cell in drawn:
        held = found.scale[cell[3]]
        assert held.low <= int(cell[4]) <= held.high
    tallest = max(drawn, key=lambda cell: cell[2])
    assert int(tallest[4]) == max(int(cell[4]) for cell in drawn)
    one = [cell[2] for cell in drawn if int(cell[4]) == 1]
    assert max(one) - min(one) <= 2 and abs(tallest[2] / one[0] - int(tallest[4])) < 0.05  # metres; latitudes are alike here


def test_a_share_of_too_few_has_no_height_and_a_colour_of_its_own(sample) -> None:
    found = shown("planned", share=True)
    drawn = cells(found, share=True)
    looks = found.frame.loc[found.frame["x"].notna(), "look"].tolist()
    assert FEW in looks and NO_DATA in looks
    for cell, look in zip(drawn, looks, strict=True):
        assert look >= 0 or (cell[2], cell[6]) == (0, "")
        assert (cell[3] >= len(found.scale)) == (look < 0)
    legend = density.legend(found, True, choropleth.measures()["income"], False)
    assert "ไม่คิดร้อยละ" in legend and "ไม่มีข้อมูล" in legend


def test_the_legend_counts_every_column_once_and_lists_no_class_without_one(sample) -> None:
    found = shown("households")
    legend = density.legend(found, False, choropleth.measures()["income"], False)
    numbers = [int(text.split(" แท่ง")[0]) for text in legend.split("<small>")[1:]]
    assert sum(numbers) == len(cells(found)) and 0 not in numbers and len(numbers) == len({c[3] for c in cells(found)})


def test_a_viewer_reads_rounded_numbers(sample) -> None:
    found = shown("households", filters=Filters.of({"year": ["2565"]}), reader=VIEWER)
    words = {cell[i] for cell in cells(found, coarse=True) for i in (4, 5)}
    assert words and all(word.startswith(("ประมาณ", "น้อยกว่า")) or word == "0" for word in words)


@pytest.mark.parametrize("place", PLACES)
def test_there_are_few_hexagons_whatever_the_data_and_the_place_fills_the_stage(place: str) -> None:
    outline, side = density.outline_of(place), density.hexagon(place)
    wide, high = np.ptp(outline, axis=0)
    assert (wide / (math.sqrt(3) * side) + 1.5) * (high / (1.5 * side) + 1) < 1_500
    seen = density.camera_of(place)
    spots = np.array([seen.spot(x, camera.latitude(y)) for x, y in outline[:: max(1, len(outline) // 200)]])
    assert (abs(spots) <= [camera.WIDE / 2 - camera.EDGE + 1, camera.HIGH / 2 - camera.EDGE + 1]).all()
    extent = np.ptp(spots, axis=0)
    assert extent[0] > 0.6 * camera.WIDE or extent[1] > 0.6 * camera.HIGH


def test_the_deck_names_no_address_but_ours_and_weighs_little(sample) -> None:
    found = shown("households")
    text = density_stage.deck(found, "3421", False, choropleth.measures()["households"], False).to_json()
    sent = json.loads(text)
    assert "http" not in text and sent.get("mapProvider") is None and sent["mapStyle"] == "__MAP_STYLE__"
    assert [layer["data"] for layer in sent["layers"][:-1]] == [
        f"/geo/{shapes(name).version}/{name}.geojson" for name in ("province", "district-34", "tambon-3421")
    ]
    assert sent["layers"][-1]["data"] == cells(found)
    assert len(json.dumps(cells(found)[0])) * 1_300 < 100_000
