"""Frame -> figure. Each reads in greyscale: numbers stand in the bars, states differ by pattern, never by colour alone."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

from ui.words import BUDDHIST_ERA, number, t, thai_date

FONT = "Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif"
INK, LINE, PAPER = "#1F1B16", "#D8CDB8", "#FFFDF8"
STRONG, MIDDLE, PALE, GREY = "#1A5B52", "#74ADA4", "#D3E6E2", "#E7E0D2"
ALARM = "#B5382A"
HATCH = "#B9AE98"  # pale enough that a number on it is read
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
ROW = 46  # px of a bar with its label, readable from three metres


def _look(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    figure.update_layout(
        font={"family": FONT, "size": 18, "color": INK},
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        bargap=0.25,
        dragmode=False,
        hoverlabel={"font": {"family": FONT, "size": 18}},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        **layout,
    )
    figure.update_xaxes(fixedrange=True, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure


def stacked(labels: Sequence[str], parts: Sequence[tuple[str, Sequence[int], str, str, str]]) -> go.Figure:
    """Horizontal bars, each of several parts: (name, values, fill, pattern, colour of the number in it)."""
    figure = go.Figure()
    for name, values, fill, pattern, ink in parts:
        figure.add_bar(
            y=list(labels),
            x=list(values),
            name=name,
            orientation="h",
            text=[number(v) if v else "" for v in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": 20},
            marker={
                "color": fill,
                "pattern": {"shape": pattern, "fgcolor": HATCH, "size": 8, "solidity": 0.25, "fillmode": "overlay"},
                "line": {"color": INK, "width": 1},
            },
            hovertemplate="%{y} · " + name + ": %{x:,}<extra></extra>",
        )
    _look(figure, 70 + ROW * len(labels), barmode="stack")
    figure.update_xaxes(visible=False)
    figure.update_yaxes(autorange="reversed", tickfont={"size": 19}, ticksuffix="  ")
    return figure


def states(labels: Sequence[str], frame: pd.DataFrame) -> go.Figure:
    """Deprived, not deprived and no data per dimension; `frame` as the question `dimensions` gives it."""
    parts = [
        (t("Deprived"), frame["deprived"], STRONG, "", PAPER),
        (t("Not deprived"), frame["not_deprived"], PALE, "", INK),
        (t("No data"), frame["no_data"], PAPER, "/", INK),
    ]
    return stacked(labels, parts)


def plan_states(labels: Sequence[str], frame: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """The four states of each plan aspect; `frame` as the question `aspects` gives it."""
    looks = {
        "done": (STRONG, "", PAPER),
        "in_progress": (MIDDLE, "", INK),
        "planned": (PALE, ".", INK),
        "none": (PAPER, "/", INK),
    }
    return stacked(labels, [(names[state], frame[state], *look) for state, look in looks.items()])


def bars(labels: Sequence[str], values: Sequence[int], hover: Sequence[str]) -> go.Figure:
    """Upright bars with their numbers on top."""
    figure = go.Figure(
        go.Bar(
            x=list(labels),
            y=list(values),
            text=[number(v) for v in values],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 22},
            customdata=list(hover),
            hovertemplate="%{customdata}<extra></extra>",
            marker={"color": STRONG, "line": {"color": INK, "width": 1}},
        )
    )
    _look(figure, 300, showlegend=False)
    figure.update_yaxes(visible=False, range=[0, max(list(values) or [1]) * 1.25 or 1])
    figure.update_xaxes(type="category", tickfont={"size": 18}, tickangle=0)
    return figure


def places(labels: Sequence[str], values: Sequence[int], totals: Sequence[int]) -> go.Figure:
    """One bar per place, its number with what it is a part of: "9 / 21"."""
    figure = go.Figure(
        go.Bar(
            y=list(labels),
            x=list(values),
            orientation="h",
            text=[t("{n} of {total}", n=number(n), total=number(m)) for n, m in zip(values, totals, strict=True)],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 19},
            hovertemplate="%{y}: %{text}<extra></extra>",
            marker={"color": STRONG, "line": {"color": INK, "width": 1}},
        )
    )
    _look(figure, 24 + ROW * len(labels), showlegend=False)
    figure.update_xaxes(visible=False, range=[0, max(list(values) or [1]) * 1.35 or 1])
    figure.update_yaxes(autorange="reversed", tickfont={"size": 19}, ticksuffix="  ")
    return figure


def change(labels: Sequence[str], frame: pd.DataFrame) -> go.Figure:
    """Better to the right, worse to the left of the line; `frame` as the question `change` gives it."""
    figure = go.Figure()
    for name, values, fill, pattern in (
        (t("Worse"), -frame["worse"], ALARM, "/"),
        (t("Better"), frame["better"], STRONG, ""),
    ):
        figure.add_bar(
            y=list(labels),
            x=list(values),
            name=name,
            orientation="h",
            text=[number(abs(v)) if v else "" for v in values],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 20},
            hovertemplate="%{y} · " + name + ": %{text}<extra></extra>",
            marker={
                "color": fill,
                "pattern": {"shape": pattern, "fgcolor": PAPER, "size": 8, "fillmode": "overlay"},
                "line": {"color": INK, "width": 1},
            },
        )
    widest = max(int(frame[["better", "worse"]].to_numpy().max()), 1) * 1.4
    _look(figure, 70 + ROW * len(labels), barmode="relative")
    figure.update_xaxes(visible=False, range=[-widest, widest], zeroline=True)
    figure.update_yaxes(autorange="reversed", tickfont={"size": 19}, ticksuffix="  ")
    figure.add_vline(x=0, line={"color": INK, "width": 2})
    return figure


STEP_LOOKS = {"done": (3, "✓"), "current": (2, "▶"), "overdue": (1, "!"), "waiting": (0, "")}


def matrix(cases: Sequence[str], steps: Sequence[str], states: Sequence[Sequence[str]]) -> go.Figure:
    """Cases by step: a mark in each cell says what the shade says."""
    shades = [
        [0, PAPER],
        [0.25, PAPER],
        [0.25, "#F0B7AE"],
        [0.5, "#F0B7AE"],
        [0.5, MIDDLE],
        [0.75, MIDDLE],
        [0.75, STRONG],
        [1, STRONG],
    ]
    figure = go.Figure(
        go.Heatmap(
            z=[[STEP_LOOKS[s][0] for s in row] for row in states],
            x=list(range(1, len(steps) + 1)),
            y=list(range(len(cases))),
            zmin=0,
            zmax=3,
            colorscale=shades,
            showscale=False,
            xgap=3,
            ygap=3,
            customdata=[[f"{case} · {step}" for step in steps] for case in cases],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    for y, row in enumerate(states):
        for x, state in enumerate(row, 1):
            figure.add_annotation(
                x=x,
                y=y,
                text=STEP_LOOKS[state][1],
                showarrow=False,
                font={"size": 22, "color": PAPER if state == "done" else INK},
            )
    _look(figure, 60 + 48 * len(cases))
    figure.update_xaxes(
        tickmode="array", tickvals=list(range(1, len(steps) + 1)), side="top", tickfont={"size": 19}, showgrid=False
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(cases))),
        ticktext=list(cases),
        autorange="reversed",
        tickfont={"size": 18},
        showgrid=False,
        ticksuffix="  ",
    )
    figure.update_layout(plot_bgcolor=LINE)
    return figure


def gantt(names: Sequence[str], frame: pd.DataFrame) -> go.Figure:
    """The steps of one case over time; a step that still runs ends at the data's date and is drawn hatched."""
    begun = frame[frame["started_date"].notna()]
    figure = go.Figure()
    for state, fill, pattern in (("done", STRONG, ""), ("current", MIDDLE, "/")):
        part = begun[begun["state"] == state]
        ends = part["finished_date"].fillna(part["as_of"]) + timedelta(days=1)  # a step of one day is a day wide
        days = (ends - part["started_date"]).dt.days
        until = [thai_date(d) if pd.notna(d) else t("still running") for d in part["finished_date"]]
        figure.add_bar(
            y=[names[s - 1] for s in part["step"]],
            x=days * 86_400_000,  # ms
            base=part["started_date"],
            orientation="h",
            name={"done": t("Done"), "current": t("Running")}[state],
            marker={"color": fill, "pattern": {"shape": pattern, "fgcolor": INK, "size": 8, "fillmode": "overlay"}, "line": {"color": INK, "width": 1}},
            text=[f"{thai_date(a)} – {b}" for a, b in zip(part["started_date"], until, strict=True)],
            textposition="none",
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    _look(figure, 90 + 34 * len(names), barmode="overlay")
    months = pd.date_range(begun["started_date"].min().replace(day=1), frame["as_of"].max(), freq="MS") if len(begun) else []
    year = t("Year {years}", years=int(frame["as_of"].max().year + BUDDHIST_ERA))
    figure.update_xaxes(
        title=year, type="date",
        tickmode="array",
        tickvals=list(months),
        ticktext=[thai_date(m).split(" ", 1)[1] for m in months],
        gridcolor=LINE,
    )
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=list(names),
        autorange="reversed",
        tickfont={"size": 17},
        range=[len(names) - 0.5, -0.5],
    )
    return figure
