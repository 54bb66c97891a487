"""Frame -> figure: what Plotly accepts, the frame's own numbers, and states that a greyscale print tells apart."""

from itertools import combinations

import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.drawn import drawn
from ui.view import charts, labels

DIMENSIONS = """
    dimension | deprived | not_deprived | no_data | better | worse
    health    | 10       | 23           | 1       | 2      | 0
    living    | 4        | 0            | 30      | 0      | 3
"""
ASPECTS = """
    aspect   | none | planned | in_progress | done
    attitude | 4    | 0       | 12          | 18
    skill    | 0    | 9       | 9           | 16
"""
STEPS = """
    step | state   | started_date | finished_date | as_of
    1    | done    | 2022-03-07   | 2022-03-11    | 2022-09-15
    2    | done    | 2022-08-01   | 2022-08-31    | 2022-09-15
    3    | current | 2022-09-01   |               | 2022-09-15
    4    | waiting |              |               | 2022-09-15
"""
PLAN = {"none": "ยังไม่มีแผน", "planned": "วางแผนแล้ว", "in_progress": "กำลังดำเนินการ", "done": "แล้วเสร็จ"}


def frame(text: str) -> pd.DataFrame:
    table = pd.DataFrame(drawn(text)).replace("", None)
    for column in table.columns:
        if column.endswith("_date") or column == "as_of":
            table[column] = pd.to_datetime(table[column])
        elif table[column].str.fullmatch(r"\d+").all():
            table[column] = table[column].astype(int)
    return table


def empty(text: str) -> pd.DataFrame:
    return frame(text).iloc[:0]


def figures(full: bool) -> dict[str, charts.Spec]:
    """Every kind of chart, of the tables above or of nothing."""
    some = frame if full else empty
    dimensions, aspects, steps = some(DIMENSIONS), some(ASPECTS), some(STEPS)
    names, few = list(dimensions["dimension"]), list(range(len(dimensions)))
    return {
        "states": charts.states(names, dimensions),
        "plan_states": charts.plan_states(list(aspects["aspect"]), aspects, PLAN),
        "bars": charts.bars([str(n) for n in few], few, ["x"] * len(few)),
        "places": charts.places(names, few, few),
        "change": charts.change(names, dimensions),
        "matrix": charts.matrix(names, ["ก", "ข"], [["done", "current"], ["overdue", "waiting"]][: len(names)]),
        "gantt": charts.gantt(["ก", "ข", "ค", "ง"], steps),
    }


@pytest.mark.parametrize("full", [True, False], ids=["of a register", "of nothing"])
@pytest.mark.parametrize("name", figures(full=True))
def test_plotly_takes_every_chart(name: str, full: bool) -> None:
    go.Figure(figures(full)[name])  # raises on a property that its schema does not know


def test_a_bar_is_as_long_as_its_number_and_says_it() -> None:
    for name, table, states in (
        ("states", frame(DIMENSIONS), ("deprived", "not_deprived", "no_data")),
        ("plan_states", frame(ASPECTS), ("done", "in_progress", "planned", "none")),
    ):
        traces = figures(full=True)[name]["data"]
        assert [trace["x"] for trace in traces] == [list(table[state]) for state in states]
        assert [trace["text"] for trace in traces] == [[str(n) if n else "" for n in table[state]] for state in states]


def test_better_goes_to_the_right_and_worse_to_the_left() -> None:
    worse, better = figures(full=True)["change"]["data"]
    assert (worse["x"], worse["text"]) == ([0, -3], ["", "3"])
    assert (better["x"], better["text"]) == ([2, 0], ["2", ""])


def test_a_place_says_what_its_number_is_a_part_of() -> None:
    assert charts.places(["โพธิ์ไทร"], [9], [1234])["data"][0]["text"] == ["9 จาก 1,234"]


def grey(colour: str) -> float:
    """Brightness of "#rrggbb", 0 to 255, as a black-and-white printer sees it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("name", ["states", "plan_states", "change", "gantt"])
def test_states_differ_by_pattern_or_clearly_by_shade(name: str) -> None:
    fills = [trace["marker"] for trace in figures(full=True)[name]["data"]]
    for one, other in combinations(fills, 2):
        same_pattern = one.get("pattern", {}).get("shape") == other.get("pattern", {}).get("shape")
        assert not same_pattern or abs(grey(one["color"]) - grey(other["color"])) > 60


def test_a_cell_of_the_matrix_carries_the_mark_of_its_state() -> None:
    figure = charts.matrix(["บ้านหนึ่ง", "บ้านสอง"], ["ก", "ข"], [["done", "current"], ["overdue", "waiting"]])
    marks = {(mark["x"], mark["y"]): mark["text"] for mark in figure["layout"]["annotations"]}
    assert marks == {(1, 0): "✓", (2, 0): "▶", (1, 1): "!"}
    assert len({shade for row in figure["data"][0]["z"] for shade in row}) == 4
    assert figure["data"][0]["customdata"][1] == ["บ้านสอง · ก", "บ้านสอง · ข"]


def test_a_step_is_as_long_as_its_days_and_one_that_runs_ends_today() -> None:
    done, running = figures(full=True)["gantt"]["data"]
    assert (done["y"], done["base"]) == (["ก", "ข"], ["2022-03-07", "2022-08-01"])
    assert [length // charts.DAY for length in done["x"]] == [5, 31]
    assert (running["y"], [length // charts.DAY for length in running["x"]]) == (["ค"], [15])
    assert running["text"] == ["1 ก.ย. 2565 – ยังทำอยู่"]


def test_a_village_cannot_bring_a_link_into_a_chart() -> None:
    name = '<a href="http://evil.example">บ้าน</a>'
    written = [
        charts.places([name], [1], [1])["data"][0]["y"],
        charts.matrix([name], ["ก"], [["done"]])["layout"]["yaxis"]["ticktext"],
    ]
    for label in written:
        assert "<" not in label[0] and "&lt;a href" in label[0]


def test_the_letter_of_a_dimension_stands_before_its_name() -> None:
    assert next(iter(labels.lettered().values())) == "<b>ส</b> สุขภาพ"
