"""What a load does to each headline, before it is accepted: from what to what, and who comes and goes, as the reader may see them."""

from collections.abc import Sequence

import streamlit as st

from queries import Filters, NoBuild, Reader
from queries.headlines import names
from queries.moments import Moment, is_sample, now
from queries.why import MovedMeasure, named, why
from ui.i18n import language, number, t
from ui.load import jobs
from ui.session import audit_trail
from ui.view import figure_text, labels, markup

NAMED = 6  # of those who came and of those who went; the number counts all
COMES, GOES = 1, -1


def panel(made: jobs.Job, reader: Reader) -> None:
    """The headlines that move; nothing where there was no build of real registers before."""
    staged = jobs.staged(made)
    try:
        before = now()
        if not staged.exists() or is_sample(before.path):
            return
        after = Moment(made.token, before.position, staged)
        moved = [m for m in why(before, after, Filters(), reader) if m.moved]
    except NoBuild:
        return
    if moved:
        show(moved, (after, before), reader)


def show(moved: list[MovedMeasure], moments: tuple[Moment, ...], reader: Reader) -> None:
    """A row per headline: why in words, who comes, who goes."""
    refs = sorted({move.household for measure in moved for move in measure.moved})
    reader = audit_trail.log_before_names(reader, "list", page="load", found=len(refs))
    who = {ref: labels.head(row) or labels.place(row) for ref, row in named(moments, refs, reader).items()}
    columns: dict[str, Sequence[object]] = {
        t("Figure"): [names(language())[measure.measure] for measure in moved],
        t("Before and after"): [figure_text.change_in_words(measure) for measure in moved],
        t("Who comes"): [_who(measure, who, COMES) for measure in moved],
        t("Who goes"): [_who(measure, who, GOES) for measure in moved],
    }
    st.html(
        markup.heading(t("Why the figures will change"))
        + markup.wide(markup.table(columns, t("Why the figures will change")), t("Why the figures will change"))
    )


def _who(measure: MovedMeasure, who: dict[str, str], direction: int) -> str:
    """How many, and the first of them by name."""
    mine = [who.get(move.household, "–") for move in measure.moved if move.direction * direction > 0]
    more = t("and {n} more", n=number(len(mine) - NAMED)) if mine[NAMED:] else ""
    return f"{number(len(mine))}: {', '.join(mine[:NAMED])} {more}".strip() if mine else "–"
