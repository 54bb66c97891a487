"""Charts as Plotly specifications: DataFrame -> dict. Each reads in greyscale: numbers stand in the bars, states differ by
pattern, never by colour alone.

Plain dictionaries, not `go.Figure`: building and checking one object by object takes 10 to 40 ms a chart at every tap. The
tests check every shape against Plotly's own schema instead.
"""

from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any

import pandas as pd

from ui.i18n import BUDDHIST_ERA, number, t, thai_date

Spec = dict[str, Any]

FONT = "Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif"
INK, LINE, PAPER = "#1F1B16", "#D8CDB8", "#FFFDF8"
STRONG, MIDDLE, PALE = "#1A5B52", "#74ADA4", "#D3E6E2"
ALARM = "#B5382A"
HATCH = "#B9AE98"  # pale enough that a number on it is read
ROW = 46  # px of a bar with its label, readable from three metres
DAY = 86_400_000  # ms, Plotly's unit of time


def _figure(traces: list[Spec], height: int, xaxis: Spec, yaxis: Spec, **layout: Any) -> Spec:
    axis = {"fixedrange": True, "automargin": True, "zeroline": False, "showgrid": False}
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    look = {
        "font": {"family": FONT, "size": 18, "color": INK},
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "bargap": 0.25,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 18}},
        "legend": legend,
        "xaxis": axis | xaxis,
        "yaxis": axis | yaxis,
    }
    return {"data": traces, "layout": look | layout}


def _literal(labels: Sequence[str]) -> list[str]:
    """Escape register data for Plotly, which would render `<a href=…>` as a link."""
    return [escape(label, quote=False) for label in labels]


def _named(labels: Sequence[str]) -> Spec:
    """A vertical axis of names, the first on top."""
    return {"autorange": "reversed", "tickfont": {"size": 19}, "ticksuffix": "  ", "categoryarray": list(labels)}


def _fill(colour: str, pattern: str = "", line: str = HATCH) -> Spec:
    marks = {"shape": pattern, "fgcolor": line, "size": 8, "solidity": 0.25, "fillmode": "overlay"}
    return {"color": colour, "line": {"color": INK, "width": 1}} | ({"pattern": marks} if pattern else {})


def _bar(labels: Sequence[str], values: Sequence[int], fill: Spec, **more: Any) -> Spec:
    """One horizontal bar per label."""
    return {"type": "bar", "orientation": "h", "y": list(labels), "x": [int(v) for v in values], "marker": fill} | more


def stacked(labels: Sequence[str], parts: Sequence[tuple[str, Sequence[int], Spec, str]]) -> Spec:
    """Horizontal bars, each of several parts: (name, values, fill, colour of the number in it)."""
    inside = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none"}
    traces = [
        _bar(
            labels,
            values,
            fill,
            name=name,
            text=[number(v) if v else "" for v in values],
            textfont={"color": ink, "size": 20},
            hovertemplate="%{y} · " + name + ": %{x:,}<extra></extra>",
            **inside,
        )
        for name, values, fill, ink in parts
    ]
    return _figure(traces, 70 + ROW * len(labels), {"visible": False}, _named(labels), barmode="stack")


def states(labels: Sequence[str], frame: pd.DataFrame) -> Spec:
    """Deprived, not deprived and no data per dimension; `frame` as the question `dimensions` gives it."""
    return stacked(
        labels,
        [
            (t("Deprived"), frame["deprived"], _fill(STRONG), PAPER),
            (t("Not deprived"), frame["not_deprived"], _fill(PALE), INK),
            (t("No data"), frame["no_data"], _fill(PAPER, "/"), INK),
        ],
    )


def plan_states(labels: Sequence[str], frame: pd.DataFrame, names: dict[str, str]) -> Spec:
    """The four states of each plan aspect; `frame` as the question `aspects` gives it."""
    looks = {
        "done": (_fill(STRONG), PAPER),
        "in_progress": (_fill(MIDDLE), INK),
        "planned": (_fill(PALE, "."), INK),
        "none": (_fill(PAPER, "/"), INK),
    }
    return stacked(labels, [(names[state], frame[state], *look) for state, look in looks.items()])


def bars(labels: Sequence[str], values: Sequence[int], hover: Sequence[str]) -> Spec:
    """Upright bars with their numbers on top."""
    trace = {
        "type": "bar",
        "x": list(labels),
        "y": [int(v) for v in values],
        "text": [number(v) for v in values],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 22},
        "customdata": list(hover),
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": _fill(STRONG),
    }
    highest = max([*values, 1]) * 1.25  # room for the number on the highest bar
    return _figure(
        [trace], 300, {"type": "category", "tickfont": {"size": 18}, "tickangle": 0}, {"visible": False, "range": [0, highest]}
    )


def places(labels: Sequence[str], values: Sequence[int], totals: Sequence[int]) -> Spec:
    """One bar per place, its number with what it is a part of: "9 จาก 21"."""
    return labelled(
        labels, values, [t("{n} of {total}", n=number(n), total=number(m)) for n, m in zip(values, totals, strict=True)]
    )


def labelled(labels: Sequence[str], values: Sequence[int], texts: Sequence[str], room: float = 1.35) -> Spec:
    """One horizontal bar per label with its text beside it; `room` is the axis as a multiple of the longest bar."""
    labels = _literal(labels)
    trace = _bar(
        labels,
        values,
        _fill(STRONG),
        text=texts,
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 19},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    widest = max([*values, 1]) * room
    return _figure([trace], 24 + ROW * len(labels), {"visible": False, "range": [0, widest]}, _named(labels))


def change(labels: Sequence[str], frame: pd.DataFrame) -> Spec:
    """Diverging bars, better to the right, worse to the left; `frame` as the question `change` gives it."""
    sides = [
        (t("Worse"), frame["worse"], -1, _fill(ALARM, "/", PAPER)),
        (t("Better"), frame["better"], 1, _fill(STRONG)),
    ]
    traces = [
        _bar(
            labels,
            values * side,
            fill,
            name=name,
            text=[number(v) if v else "" for v in values],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 20},
            hovertemplate="%{y} · " + name + ": %{text}<extra></extra>",
        )
        for name, values, side, fill in sides
    ]
    widest = max([*frame["better"], *frame["worse"], 1]) * 1.4
    middle = {"range": [-widest, widest], "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 2, "showticklabels": False}
    return _figure(traces, 70 + ROW * len(labels), middle, _named(labels), barmode="relative")


STEP_LOOKS = {  # state of a step -> shade, mark, colour of the mark
    "waiting": (PAPER, "", INK),
    "overdue": ("#F0B7AE", "!", INK),
    "current": (MIDDLE, "▶", INK),
    "done": (STRONG, "✓", PAPER),
}


def matrix(cases: Sequence[str], steps: Sequence[str], states: Sequence[Sequence[str]]) -> Spec:
    """Heat map of cases by step; a mark in each cell repeats what the shade shows."""
    cases, looks = _literal(cases), list(STEP_LOOKS)
    shades = [[edge / len(looks), STEP_LOOKS[look][0]] for i, look in enumerate(looks) for edge in (i, i + 1)]
    cells = {
        "type": "heatmap",
        "z": [[looks.index(state) for state in row] for row in states],
        "x": list(range(1, len(steps) + 1)),
        "y": list(range(len(cases))),
        "zmin": -0.5,
        "zmax": len(looks) - 0.5,
        "colorscale": shades,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "customdata": [[f"{case} · {step}" for step in steps] for case in cases],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    marks = [
        {"x": x, "y": y, "text": STEP_LOOKS[state][1], "showarrow": False, "font": {"size": 22, "color": STEP_LOOKS[state][2]}}
        for y, row in enumerate(states)
        for x, state in enumerate(row, 1)
        if STEP_LOOKS[state][1]
    ]
    across = {"tickmode": "array", "tickvals": cells["x"], "side": "top", "tickfont": {"size": 19}}
    down = {"tickmode": "array", "tickvals": cells["y"], "ticktext": list(cases), "tickfont": {"size": 18}, "ticksuffix": "  "}
    return _figure(
        [cells], 60 + 48 * len(cases), across, down | {"autorange": "reversed"}, annotations=marks, plot_bgcolor=LINE
    )


def gantt(names: Sequence[str], frame: pd.DataFrame) -> Spec:
    """Gantt chart of one case's steps; a running step ends at the data's date and is hatched."""
    begun = frame[frame["started_date"].notna()]
    looks = {"done": (t("Done"), _fill(STRONG)), "current": (t("Running"), _fill(MIDDLE, "/", INK))}
    traces = []
    for state, (name, fill) in looks.items():
        part = begun[begun["state"] == state]
        days = (
            part["finished_date"].fillna(part["as_of"]) + timedelta(days=1) - part["started_date"]
        ).dt.days  # a day is a day wide
        ends = [thai_date(d) if pd.notna(d) else t("still running") for d in part["finished_date"]]
        traces.append(
            _bar(
                [names[step - 1] for step in part["step"]],
                days * DAY,
                fill,
                name=name,
                base=[f"{day:%Y-%m-%d}" for day in part["started_date"]],
                text=[f"{thai_date(day)} – {end}" for day, end in zip(part["started_date"], ends, strict=True)],
                textposition="none",
                hovertemplate="%{y}<br>%{text}<extra></extra>",
            )
        )
    latest = frame["as_of"].max()
    months = list(pd.date_range(begun["started_date"].min().replace(day=1), latest, freq="MS")) if len(begun) else []
    across = {
        "type": "date",
        "tickmode": "array",
        "tickvals": [f"{month:%Y-%m-%d}" for month in months],
        "ticktext": [thai_date(month).split(" ")[1] for month in months],
        "tickangle": 0,
        "showgrid": True,
        "gridcolor": LINE,
        "title": {"text": t("Year {years}", years=latest.year + BUDDHIST_ERA) if pd.notna(latest) else ""},
    }
    down = {"categoryorder": "array", "categoryarray": list(names), "range": [len(names) - 0.5, -0.5], "tickfont": {"size": 17}}
    return _figure(traces, 90 + 34 * len(names), across, down, barmode="overlay")
