"""Charts as HTML: DataFrame -> markup of bars, cells and steps, drawn by charts.css. Each reads in greyscale: numbers stand in
the bars, states differ by pattern, never by colour alone. Each is told by `opens` what its numbers and cells open; one that opens
nothing is told so by None, and tests/ui/test_figures.py names the pages on which that is right.

Not by a charting library: a bar is a box with a length, and the words beside it are Thai, which the browser breaks, measures and
prints better than any canvas (docs/decisions/0064-bars-are-boxes.md has what Plotly cost: 4.7 MB a reader and 3 ms of each tap).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd
from markupsafe import Markup, escape

from ui.i18n import BUDDHIST_ERA, number, t, template, thai_date

MARKS = {"waiting": "", "overdue": "!", "current": "▶", "done": "✓"}  # state of a step -> what repeats its shade
TICKS = 14  # months that are named under a case; of a longer one every second, third, …


NONE = Markup("")
PLAIN: Mapping[int, str] = MappingProxyType({})


# (row, state, its number as text) -> the same as a link to its households
Opens = Callable[[int, str, str], Markup]


def drawn(body: Markup, kind: str, alt: str, opens: bool = False, sideways: bool = False) -> Markup:
    """A chart as one picture with alternative text, or a group of links where its numbers open; `kind` is its class. One that may be
    wider than the screen moves `sideways`, by keyboard too."""
    role = Markup('group"' if opens else 'img"') + (Markup(' tabindex="0"') if sideways else NONE)
    return Markup('<div class="chart {}" role="{} aria-label="{}">{}</div>').format(kind, role, alt, body)


def states(labels: Sequence[Markup], frame: pd.DataFrame, alt: str, opens: Opens | None) -> Markup:
    """Deprived, not deprived and no data per dimension; `frame` as the question `dimensions` gives it."""
    names = {"deprived": t("Deprived"), "not_deprived": t("Not deprived"), "no_data": t("No data")}
    return drawn(_stacked(labels, frame, names, opens), "dimensions", alt, opens is not None)


def plan_states(labels: Sequence[str], frame: pd.DataFrame, names: dict[str, str], alt: str, opens: Opens | None) -> Markup:
    """The four states of each plan aspect; `frame` as the question `aspects` gives it, `names` those of the states."""
    states = {state: names[state] for state in ("done", "in_progress", "planned", "none")}
    return drawn(_stacked(labels, frame, states, opens), "aspects", alt, opens is not None)


def bars(
    labels: Sequence[object],
    values: Sequence[int],
    hover: Sequence[str],
    alt: str,
    opens: Opens | None,
    kinds: Mapping[int, str] = PLAIN,
) -> Markup:
    """Upright bars with their numbers on top; `kinds` are those, by their place, that look otherwise."""
    highest = max([*values, 1]) / 0.72  # room for number and label
    column = Markup('<span title="{}"><b>{}</b><i class="part {}" style="height:{}"></i><span class="label">{}</span></span>')
    rows = zip(labels, values, hover, strict=True)
    on_top = [opens(i, kinds.get(i, "strong"), number(n)) if opens else number(n) for i, n in enumerate(values)]
    return drawn(
        NONE.join(
            column.format(says, on_top[i], kinds.get(i, "strong"), _percent(n, highest), label)
            for i, (label, n, says) in enumerate(rows)
        ),
        "upright",
        alt,
        opens is not None,
    )


def places(labels: Sequence[str], values: Sequence[int], totals: Sequence[int], alt: str, opens: Opens | None) -> Markup:
    """One bar per place, its number with what it is a part of: "9 จาก 21"; what opens are "part", "whole" and "name" of a place."""
    rows = list(enumerate(zip(labels, values, totals, strict=True)))
    if opens is None:
        texts: list[object] = [t("{n} of {total}", n=number(n), total=number(m)) for _, (_, n, m) in rows]
        return labelled(labels, values, texts, "places", alt, False)
    said = Markup(escape(template("{n} of {total}")))
    texts = [said.format(n=opens(i, "part", number(n)), total=opens(i, "whole", number(m))) for i, (_, n, m) in rows]
    return labelled([opens(i, "name", name) for i, (name, _, _) in rows], values, texts, "places", alt, True)


def labelled(
    labels: Sequence[object], values: Sequence[int], texts: Sequence[object], kind: str, alt: str, opens: bool
) -> Markup:
    """One horizontal bar per label with its text beside it; the longest leaves room for it. `opens`: whether labels and texts do."""
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
    opens: Opens | None,
) -> Markup:
    """What a sum comes down to: a bar of all of it, under it what each row takes off, part by part, then a bar of what is left.

    `falls` are (label, (state, number) of its parts) in order, `names` what the states are called; what is left is the first less
    every part, so the picture adds up.
    """
    whole, level = max(first[1], 1) / 0.72, first[1]

    def opened(at: int, state: str, text: str) -> object:
        return opens(at, state, text) if opens else text

    gap = Markup('<i class="gap" style="flex-basis:{}"></i>')
    rows = [_row(first[0], _bar("in_progress", first[1], whole) + BESIDE.format(number(first[1])))]
    for at, (label, parts) in enumerate(falls):
        taken = sum(n for _, n in parts)
        level -= taken
        bars = NONE.join(_bar(state, n, whole, f"{names[state]}: {number(n)}") for state, n in reversed(parts))
        rows.append(
            _row(
                label,
                gap.format(_percent(level, whole))
                + bars
                + BESIDE.format(opened(at, "taken", f"−{number(taken)}" if taken else "–")),
            )
        )
    rows.append(_row(last, _bar("in_progress", level, whole) + BESIDE.format(number(level))))
    return drawn(_legend(names) + ROWS.format(NONE.join(rows)), "waterfall", alt, opens is not None)


def change(labels: Sequence[Markup], frame: pd.DataFrame, alt: str, opens: Opens | None) -> Markup:
    """Diverging bars, better to the right, worse to the left; `frame` as the question `change` gives it."""
    longest = max([*frame["better"], *frame["worse"], 1]) / 0.85
    side = Markup('<span class="side {}">{}{}</span>')

    def text(at: int, state: str, n: int) -> str:
        return "" if not n else opens(at, state, number(n)) if opens else number(n)

    rows = (
        _row(
            label,
            NONE.join(side.format(state, _bar(state, n, longest), BESIDE.format(text(at, state, n))) for state, n in both),
        )
        for at, (label, *both) in enumerate(
            zip(labels, *([(state, n) for n in frame[state]] for state in ("worse", "better")), strict=True)
        )
    )
    legend = _legend({"worse": t("Worse"), "better": t("Better")})
    return drawn(legend + ROWS.format(NONE.join(rows)), "change", alt, opens is not None)


def matrix(
    cases: Sequence[str], steps: Sequence[str], states: Iterable[Sequence[str]], alt: str, opens: Opens | None
) -> Markup:
    """Cases by step: a row a step with its name, a column a case; a mark in each cell repeats what the shade shows. What opens is
    the "name" of a case, and the state of each of its cells."""
    cell, name = Markup('<i class="part {}" title="{} · {}">{}</i>'), Markup('<span class="name">{}</span>')

    def inside(at: int, state: str, text: str) -> str:
        return opens(at, state, text) if opens else text

    columns = (
        Markup("<b>{}</b>").format(inside(at, "name", case))
        + NONE.join(
            cell.format(state, case, step, inside(at, state, MARKS[state])) for step, state in zip(steps, row, strict=True)
        )
        for at, (case, row) in enumerate(zip(cases, states, strict=True))
    )
    head = NONE.join(name.format(step) for step in steps)
    cells = Markup('<div class="cells" style="--steps:{};--cases:{}"><span></span>{}{}</div>')
    return drawn(
        cells.format(len(steps), len(cases), head, NONE.join(columns)), "matrix", alt, opens is not None, sideways=True
    )


def gantt(names: Sequence[str], frame: pd.DataFrame, alt: str, opens: Opens | None) -> Markup:
    """The steps of one case over time, a day as wide as a day; a running step ends at the data's date and is hatched. Where
    somebody has said by when, that day stands beside the step's name and as a mark. What opens is the case, from each bar."""
    begun, due = frame[frame["started_date"].notna()], frame[frame["due_date"].notna()]
    names = [*names]
    for row in due.itertuples():
        names[row.step - 1] += f" ({t('due {date}', date=thai_date(row.due_date))})"
    if not len(begun):
        return drawn(NONE.join(_row(name, NONE) for name in names), "rows gantt", alt, opens is not None)
    ends = begun["finished_date"].fillna(begun["as_of"]).fillna(begun["started_date"])
    first = min([begun["started_date"].min(), *due["due_date"]])
    last = max([ends.max(), begun["started_date"].max(), *due["due_date"]])  # news may be later than the data's date
    days = (last - first).days + 1
    bar = Markup('<i class="part {}" title="{} · {} – {}" style="left:{};width:{}">{}</i>')
    bars: dict[int, Markup] = {}
    for row in begun.itertuples():
        running = pd.isna(row.finished_date)
        end = row.finished_date if not running else row.started_date if pd.isna(row.as_of) else max(row.as_of, row.started_date)
        said = names[row.step - 1], thai_date(row.started_date), t("still running") if running else thai_date(end)
        at = _percent((row.started_date - first).days, days), _percent((end - row.started_date).days + 1, days)
        state = "running" if running else "done"
        bars[row.step] = bar.format(state, *said, *at, opens(row.step, state, "") if opens else "")
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
    return drawn(legend + ROWS.format(rows + _row("", _months(first, last, days))), "gantt", alt, opens is not None)


ROWS = Markup('<div class="rows">{}</div>')
BESIDE = Markup("<b>{}</b>")


def _months(first: pd.Timestamp, last: pd.Timestamp, days: int) -> Markup:
    """The names of the months under the steps, where each begins; the year below where it is another than before."""
    begins = [max(month, first) for month in pd.date_range(first.replace(day=1), last, freq="MS")]
    if len(begins) > 1 and (begins[1] - first).days < days / TICKS:  # no room for the rest of the first month
        begins = begins[1:]
    named = Markup('<span class="month" style="left:{}">{}<br>{}</span>')
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
