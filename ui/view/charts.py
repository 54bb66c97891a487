"""Charts as HTML: DataFrame -> markup of bars, cells and steps, drawn by charts.css. Each reads in greyscale: numbers stand in
the bars, states differ by pattern, never by colour alone.

Not by a charting library: a bar is a box with a length, and the words beside it are Thai, which the browser breaks, measures and
prints better than any canvas (docs/decisions/0064-bars-are-boxes.md has what Plotly cost: 4.7 MB a reader and 3 ms of each tap).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd
from markupsafe import Markup

from ui.i18n import BUDDHIST_ERA, number, t, thai_date

MARKS = {"waiting": "", "overdue": "!", "current": "▶", "done": "✓"}  # state of a step -> what repeats its shade
TICKS = 14  # months that are named under a case; of a longer one every second, third, …


NONE = Markup("")
PLAIN: Mapping[int, str] = MappingProxyType({})


# (row, state, its number as text) -> the same as a link to its households
Opens = Callable[[int, str, str], Markup]


def drawn(body: Markup, kind: str, alt: str, opens: bool = False) -> Markup:
    """A chart as one picture with alternative text, or a group of links where its numbers open; `kind` is its class."""
    role = "group" if opens else "img"
    return Markup('<div class="chart {}" role="{}" aria-label="{}">{}</div>').format(kind, role, alt, body)


def states(labels: Sequence[Markup], frame: pd.DataFrame, alt: str, opens: Opens | None = None) -> Markup:
    """Deprived, not deprived and no data per dimension; `frame` as the question `dimensions` gives it."""
    names = {"deprived": t("Deprived"), "not_deprived": t("Not deprived"), "no_data": t("No data")}
    return drawn(_stacked(labels, frame, names, opens), "dimensions", alt, opens is not None)


def plan_states(
    labels: Sequence[str], frame: pd.DataFrame, names: dict[str, str], alt: str, opens: Opens | None = None
) -> Markup:
    """The four states of each plan aspect; `frame` as the question `aspects` gives it, `names` those of the states."""
    states = {state: names[state] for state in ("done", "in_progress", "planned", "none")}
    return drawn(_stacked(labels, frame, states, opens), "aspects", alt, opens is not None)


def bars(
    labels: Sequence[object],
    values: Sequence[int],
    hover: Sequence[str],
    alt: str,
    kinds: Mapping[int, str] = PLAIN,
    texts: Sequence[object] = (),
) -> Markup:
    """Upright bars with their numbers on top, or `texts` in their place; `kinds` are those, by their place, that look otherwise."""
    highest = max([*values, 1]) / 0.72  # room for number and label
    column = Markup('<span title="{}"><b>{}</b><i class="part {}" style="height:{}"></i><span>{}</span></span>')
    rows = zip(labels, values, hover, strict=True)
    on_top = texts or [number(n) for n in values]
    return drawn(
        NONE.join(
            column.format(says, on_top[i], kinds.get(i, "strong"), _percent(n, highest), label)
            for i, (label, n, says) in enumerate(rows)
        ),
        "upright",
        alt,
        bool(texts),
    )


def places(
    labels: Sequence[str], values: Sequence[int], totals: Sequence[int], alt: str, opens: Sequence[Markup] | None = None
) -> Markup:
    """One bar per place, its number with what it is a part of: "9 จาก 21"; `opens` are the labels as links."""
    texts = [t("{n} of {total}", n=number(n), total=number(m)) for n, m in zip(values, totals, strict=True)]
    return labelled(opens or labels, values, texts, "places", alt, bool(opens))


def labelled(
    labels: Sequence[str], values: Sequence[int], texts: Sequence[str], kind: str, alt: str, opens: bool = False
) -> Markup:
    """One horizontal bar per label with its text beside it; the longest leaves room for it."""
    longest = max([*values, 1]) / 0.72
    rows = (
        _row(label, _bar("strong", n, longest) + BESIDE.format(text))
        for label, n, text in zip(labels, values, texts, strict=True)
    )
    return drawn(NONE.join(rows), f"rows {kind}", alt, opens)


def waterfall(
    first: tuple[object, int],
    falls: Sequence[tuple[object, Sequence[tuple[str, int]]]],
    last: object,
    names: dict[str, str],
    alt: str,
) -> Markup:
    """What a sum comes down to: a bar of all of it, under it what each row takes off, part by part, then a bar of what is left.

    `falls` are (label, (state, number) of its parts) in order, `names` what the states are called; what is left is the first less
    every part, so the picture adds up.
    """
    whole, level = max(first[1], 1) / 0.72, first[1]
    gap = Markup('<i class="gap" style="flex-basis:{}"></i>')
    rows = [_row(first[0], _bar("in_progress", first[1], whole) + BESIDE.format(number(first[1])))]
    for label, parts in falls:
        taken = sum(n for _, n in parts)
        level -= taken
        bars = NONE.join(_bar(state, n, whole, f"{names[state]}: {number(n)}") for state, n in reversed(parts))
        rows.append(
            _row(label, gap.format(_percent(level, whole)) + bars + BESIDE.format(f"−{number(taken)}" if taken else "–"))
        )
    rows.append(_row(last, _bar("in_progress", level, whole) + BESIDE.format(number(level))))
    return drawn(_legend(names) + ROWS.format(NONE.join(rows)), "waterfall", alt)


def change(labels: Sequence[Markup], frame: pd.DataFrame, alt: str) -> Markup:
    """Diverging bars, better to the right, worse to the left; `frame` as the question `change` gives it."""
    longest = max([*frame["better"], *frame["worse"], 1]) / 0.85
    side = Markup('<span class="side {}">{}{}</span>')
    rows = (
        _row(
            label,
            NONE.join(side.format(state, _bar(state, n, longest), BESIDE.format(number(n) if n else "")) for state, n in both),
        )
        for label, *both in zip(labels, *([(state, n) for n in frame[state]] for state in ("worse", "better")), strict=True)
    )
    return drawn(_legend({"worse": t("Worse"), "better": t("Better")}) + ROWS.format(NONE.join(rows)), "change", alt)


def matrix(cases: Sequence[str], steps: Sequence[str], states: Iterable[Sequence[str]], alt: str) -> Markup:
    """Cases by step: a row a step with its name, a column a case; a mark in each cell repeats what the shade shows."""
    cell, name = Markup('<i class="part {}" title="{} · {}">{}</i>'), Markup('<span class="name">{}</span>')
    columns = (
        Markup("<b>{}</b>").format(case)
        + NONE.join(cell.format(state, case, step, MARKS[state]) for step, state in zip(steps, row, strict=True))
        for case, row in zip(cases, states, strict=True)
    )
    head = NONE.join(name.format(step) for step in steps)
    cells = Markup('<div class="cells" style="--steps:{};--cases:{}"><span></span>{}{}</div>')
    return drawn(cells.format(len(steps), len(cases), head, NONE.join(columns)), "matrix", alt)


def gantt(names: Sequence[str], frame: pd.DataFrame, alt: str) -> Markup:
    """The steps of one case over time, a day as wide as a day; a running step ends at the data's date and is hatched. Where
    somebody has said by when, that day stands beside the step's name and as a mark."""
    begun, due = frame[frame["started_date"].notna()], frame[frame["due_date"].notna()]
    names = [*names]
    for row in due.itertuples():
        names[row.step - 1] += f" ({t('due {date}', date=thai_date(row.due_date))})"
    if not len(begun):
        return drawn(NONE.join(_row(name, NONE) for name in names), "rows gantt", alt)
    ends = begun["finished_date"].fillna(begun["as_of"]).fillna(begun["started_date"])
    first = min([begun["started_date"].min(), *due["due_date"]])
    last = max([ends.max(), begun["started_date"].max(), *due["due_date"]])  # news may be later than the data's date
    days = (last - first).days + 1
    bar = Markup('<i class="part {}" title="{} · {} – {}" style="left:{};width:{}"></i>')
    bars: dict[int, Markup] = {}
    for row in begun.itertuples():
        running = pd.isna(row.finished_date)
        end = row.finished_date if not running else row.started_date if pd.isna(row.as_of) else max(row.as_of, row.started_date)
        said = names[row.step - 1], thai_date(row.started_date), t("still running") if running else thai_date(end)
        at = _percent((row.started_date - first).days, days), _percent((end - row.started_date).days + 1, days)
        bars[row.step] = bar.format("running" if running else "done", *said, *at)
    mark = Markup('<i class="due{}" title="{}" style="--at:{}">{}</i>')
    for row in due.itertuples():
        sign = (" overdue", "!") if row.overdue else ("", "◆")
        left = _percent((row.due_date - first).days, days)
        bars[row.step] = bars.get(row.step, NONE) + mark.format(sign[0], names[row.step - 1], left, sign[1])
    rows = NONE.join(_row(name, bars.get(step, NONE)) for step, name in enumerate(names, 1))
    legend = _legend({"done": t("Done"), "running": t("Running")})
    if len(due):
        legend += Markup(
            '<p class="legend"><span><i class="due">◆</i>{}</span><span><i class="due overdue">!</i>{}</span></p>'
        ).format(t("Due date"), t("Due date passed"))
    return drawn(legend + ROWS.format(rows + _row("", _months(first, last, days))), "gantt", alt)


ROWS = Markup('<div class="rows">{}</div>')
BESIDE = Markup("<b>{}</b>")


def _months(first: pd.Timestamp, last: pd.Timestamp, days: int) -> Markup:
    """The names of the months under the steps, where each begins; the year below where it is another than before."""
    begins = [max(month, first) for month in pd.date_range(first.replace(day=1), last, freq="MS")]
    if len(begins) > 1 and (begins[1] - first).days < days / TICKS:  # no room for the rest of the first month
        begins = begins[1:]
    named = Markup('<span style="left:{}">{}<br>{}</span>')
    texts, year = [], 0
    for day in begins[:: -(-len(begins) // TICKS)]:
        of_year = day.year + BUDDHIST_ERA if day.year != year else ""
        texts.append(named.format(_percent((day - first).days, days), thai_date(day).split(" ")[1], of_year))
        year = day.year
    return NONE.join(texts)


def _stacked(labels: Sequence[object], frame: pd.DataFrame, names: dict[str, str], opens: Opens | None) -> Markup:
    """Horizontal bars, each of several parts whose number stands in it: column of the frame -> what the part is called."""
    longest = max([*frame[list(names)].sum(axis=1), 1])
    rows = (
        _row(
            label,
            NONE.join(
                _bar(state, n, longest, f"{names[state]}: {number(n)}", opens(at, state, number(n)) if opens else number(n))
                for state, n in parts.items()
            ),
        )
        for at, (label, parts) in enumerate(zip(labels, frame[list(names)].to_dict("records"), strict=True))
    )
    return _legend(names) + ROWS.format(NONE.join(rows))


def _bar(state: str, value: int, whole: float, says: str = "", text: str = "") -> Markup:
    """A part of a bar as long as its value; nothing for nothing."""
    part = Markup('<i class="part {}" title="{}" style="flex-basis:{}">{}</i>')
    return part.format(state, says, _percent(value, whole), text) if value else NONE


def _row(name: object, bar: Markup) -> Markup:
    return Markup('<span class="name">{}</span><span class="track">{}</span>').format(name, bar)


def _legend(names: dict[str, str]) -> Markup:
    one = Markup('<span><i class="part {}"></i>{}</span>')
    return Markup('<p class="legend">{}</p>').format(NONE.join(one.format(*pair) for pair in names.items()))


def _percent(value: float, whole: float) -> str:
    return f"{100 * value / whole:.4g}%"
