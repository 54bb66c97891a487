"""Frame -> bars: their lengths and words are the frame's own numbers, and a greyscale print tells the states apart."""

import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup

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
    step | state   | started_date | finished_date | due_date | overdue | as_of
    1    | done    | 2022-03-07   | 2022-03-11    |          |         | 2022-09-15
    2    | done    | 2022-08-01   | 2022-08-31    |          |         | 2022-09-15
    3    | current | 2022-09-01   |               |          |         | 2022-09-15
    4    | waiting |              |               |          |         | 2022-09-15
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


class Boxes(HTMLParser):
    """The elements of a chart: (tag, class, attributes, the words right inside)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)
        assert self.open == [], "every box is closed"

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs).get("class", ""), dict(attrs), []))
        if tag != "br":
            self.open.append(len(self.found) - 1)

    def handle_endtag(self, tag) -> None:
        assert self.found[self.open.pop()][0] == tag

    def handle_data(self, data) -> None:
        if self.open:
            self.found[self.open[-1]][3].append(data)


def parts(html: str) -> list[tuple[str, float, str, str]]:
    """Bars without the legend: (state, percent of the longest, words inside, tip)."""
    found = []
    for _, classes, attributes, words in Boxes(html).found:
        if classes.startswith("part ") and (
            size := re.search(r"(flex-basis|height|width):([\d.e-]+)%", attributes.get("style", ""))
        ):
            found.append((classes.split()[1], float(size[2]), "".join(words), attributes.get("title", "")))
    return found


def figures(full: bool) -> dict[str, Markup]:
    """Every kind of chart, of the tables above or of nothing."""
    some = frame if full else empty
    dimensions, aspects, steps = some(DIMENSIONS), some(ASPECTS), some(STEPS)
    names, few = list(dimensions["dimension"]), list(range(len(dimensions)))
    return {
        "states": charts.states(names, dimensions, "ก", opens=None),
        "plan_states": charts.plan_states(list(aspects["aspect"]), aspects, PLAN, "ก", opens=None),
        "bars": charts.bars([str(n) for n in few], few, ["x"] * len(few), "ก", opens=None),
        "places": charts.places(names, few, few, "ก", opens=None),
        "change": charts.change(names, dimensions, "ก", opens=None),
        "matrix": charts.matrix(
            names, ["ก", "ข"], [["done", "current"], ["overdue", "waiting"]][: len(names)], "ก", opens=None
        ),
        "gantt": charts.gantt(["ก", "ข", "ค", "ง"], steps, "ก", opens=None),
    }


@pytest.mark.parametrize("full", [True, False], ids=["of a register", "of nothing"])
@pytest.mark.parametrize("name", figures(full=True))
def test_every_chart_is_one_picture_with_its_words(name: str, full: bool) -> None:
    (tag, classes, attributes, _), *_ = Boxes(figures(full)[name]).found
    assert (tag, attributes["role"], attributes["aria-label"]) == ("div", "img", "ก") and classes.startswith("chart ")


def test_a_bar_is_as_long_as_its_number_and_says_it() -> None:
    for name, table, states in (
        ("states", frame(DIMENSIONS), ("deprived", "not_deprived", "no_data")),
        ("plan_states", frame(ASPECTS), ("done", "in_progress", "planned", "none")),
    ):
        wanted = [(state, row[state]) for row in table.to_dict("records") for state in states if row[state]]
        drawn_ = parts(figures(full=True)[name])
        assert [(state, text) for state, _, text, _ in drawn_] == [(state, str(n)) for state, n in wanted]
        assert [size for _, size, _, _ in drawn_] == pytest.approx([100 * n / 34 for _, n in wanted], rel=1e-3)


def test_upright_bars_and_those_of_places_are_in_proportion() -> None:
    for html in (
        charts.bars(["1", "2"], [12, 3], ["x", "y"], "ก", opens=None),
        charts.places(["ก", "ข"], [12, 3], [20, 9], "ก", opens=None),
    ):
        assert [size for _, size, _, _ in parts(html)] == pytest.approx([72, 18], rel=1e-3)


def test_better_goes_to_the_right_and_worse_to_the_left() -> None:
    html = figures(full=True)["change"]
    assert [(state, round(size)) for state, size, _, _ in parts(html)] == [
        ("better", 57),
        ("worse", 85),
    ]  # 2 and 3 of at most 3
    sides = [classes.split()[1] for _, classes, _, _ in Boxes(html).found if classes.startswith("side")]
    assert sides == ["worse", "better"] * 2
    assert [words for tag, _, _, words in Boxes(html).found if tag == "b"] == [[], ["2"], ["3"], []]


def test_a_place_says_what_its_number_is_a_part_of() -> None:
    assert "<b>9 จาก 1,234</b>" in charts.places(["โพธิ์ไทร"], [9], [1234], "ก", opens=None)


def looks() -> dict[str, tuple[str, str]]:
    """State -> its shade and its pattern, as charts.css has them."""
    css = (Path(charts.__file__).parent / "charts.css").read_text("utf-8")
    found: dict[str, tuple[str, str]] = {}
    for one, other, rule in re.findall(r"\.chart \.part(?::is\(([^)]*)\)|(\.[a-z_]+)) \{([^}]*)\}", css):
        shade = re.search(r"background-color: (#\w{6})", rule)
        pattern = re.search(r"background-image: ([a-z-]+\(\d*)", rule)
        for state in re.findall(r"[a-z_]+", one or other) if shade else ():
            found[state] = (shade[1], pattern[1] if pattern else "")
    return found


def grey(colour: str) -> float:
    """Brightness of "#rrggbb", 0 to 255, as a black-and-white printer sees it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("name", ["states", "plan_states", "change", "gantt"])
def test_states_differ_by_pattern_or_clearly_by_shade(name: str) -> None:
    legend = {
        classes.split()[1]
        for _, classes, a, _ in Boxes(figures(full=True)[name]).found
        if "part" in classes and not a.get("style")
    }
    assert len(legend) >= 2 and {state for state, *_ in parts(figures(full=True)[name])} <= legend
    for one, other in combinations([looks()[state] for state in legend], 2):
        assert one[1] != other[1] or abs(grey(one[0]) - grey(other[0])) > 60


def test_a_cell_of_the_matrix_carries_the_mark_of_its_state() -> None:
    html = charts.matrix(["บ้านหนึ่ง", "บ้านสอง"], ["ก", "ข"], [["done", "current"], ["overdue", "waiting"]], "x", opens=None)
    cells = [(classes, a["title"], "".join(w)) for _, classes, a, w in Boxes(html).found if classes.startswith("part")]
    assert cells == [
        ("part done", "บ้านหนึ่ง · ก", "✓"),
        ("part current", "บ้านหนึ่ง · ข", "▶"),
        ("part overdue", "บ้านสอง · ก", "!"),
        ("part waiting", "บ้านสอง · ข", ""),
    ]
    assert len({looks()[state][0] for state in ("done", "current", "overdue", "waiting")}) == 4


def test_a_step_is_as_long_as_its_days_and_one_that_runs_ends_today() -> None:
    html = figures(full=True)["gantt"]
    days = 193  # 7 March to 15 September, both counted
    bars = [(state, round(size * days / 100)) for state, size, _, _ in parts(html)]
    assert bars == [("done", 5), ("done", 31), ("running", 15)]
    lefts = [round(float(left) * days / 100) for left in re.findall(r"part [a-z]+\"[^>]*left:([\d.]+)%", html)]
    assert lefts == [0, 147, 178]
    assert "ค · 1 ก.ย. 2565 – ยังทำอยู่" in html
    assert re.findall(r"<span class=\"month\" style=\"left:[\d.]+%\">(.*?)</span>", html)[:2] == ["มี.ค.<br>2565", "เม.ย.<br>"]


def test_a_due_date_stands_beside_its_step_and_on_the_timeline() -> None:
    """Also of a step that has not begun, and behind the last day of the others; one that has passed carries "!"."""
    steps = frame(STEPS)
    steps["due_date"] = pd.to_datetime([None, None, "2022-09-10", "2022-10-14"])
    steps["overdue"] = [False, False, True, False]
    html = charts.gantt(["ก", "ข", "ค", "ง"], steps, "x", opens=None)
    assert "ค (กำหนด 10 ก.ย. 2565)</span>" in html and "ง (กำหนด 14 ต.ค. 2565)</span>" in html
    days = 222  # 7 March to 14 October
    marks = re.findall(r"class=\"due( overdue)?\" title=\"(.)[^>]*--at:([\d.]+)%\">(.)</i>", html)
    assert [(late.strip(), step, round(float(left) * days / 100), sign) for late, step, left, sign in marks] == [
        ("overdue", "ค", 187, "!"),
        ("", "ง", 221, "◆"),
    ]
    assert "เลยกำหนดเสร็จ" in html  # the signs are explained


def test_a_village_cannot_bring_a_link_into_a_chart() -> None:
    name = '<a href="http://evil.example">บ้าน</a>'
    table = frame(DIMENSIONS).iloc[:1]
    drawn_ = [
        charts.places([name], [1], [1], name, opens=None),
        charts.matrix([name], [name], [["done"]], name, opens=None),
        charts.plan_states([name], frame(ASPECTS).iloc[:1], dict.fromkeys(PLAN, name), name, opens=None),
        charts.bars([name], [1], [name], name, opens=None),
        charts.states([name], table, name, opens=None),
        charts.gantt([name] * 4, frame(STEPS), name, opens=None),
    ]
    for html in drawn_:
        assert "&lt;a href" in html and not [tag for tag, *_ in Boxes(html).found if tag == "a"]


def test_the_letter_of_a_dimension_stands_before_its_name() -> None:
    assert next(iter(labels.lettered().values())) == "<b>ส</b> สุขภาพ"
