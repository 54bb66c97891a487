"""Coarse (suppressed and rounded) counts on screen, "น้อยกว่า 5" and "ประมาณ 30", and the overview made of them."""

import pandas as pd
import streamlit as st

import definitions
from queries import Filters, Reader, ask
from queries.coarse_figures import amount
from ui.i18n import number, t
from ui.view import charts, labels, lists, widgets

PLACES = 15  # bars of a chart


def in_words(value: float, lang: str | None = None) -> str:
    """A drawn number as localised text: 1 is "fewer than 5", 30 is "about 30"."""
    few = definitions.rule("small_cell")
    if value != value:
        return t("No data", lang)
    if 0 < value < few:
        return t("fewer than {n}", lang, n=few)
    return t("about {n}", lang, n=number(value)) if value else "0"


def formatted(figure: object) -> str:
    """A coarse count as localised text."""
    return in_words(amount(figure))


def overview(filters: Filters, reader: Reader) -> None:
    """Overview page for roles with coarse counts: funnel, dimensions and places, every number with its denominator."""
    summary = ask("summary", filters, reader)
    if not len(summary):
        st.info(t("There are no figures for this place and year."))
        return
    now = summary.iloc[0]
    listed, certified = formatted(now["households"]), formatted(now["target_households"])
    st.subheader(t("From listed to closed"))
    row = [
        (t("Listed"), listed, t("{n} people", n=formatted(now["people"]))),
        (t("Certified target"), certified, t("of {total}", total=listed)),
    ]
    steps = (("planned", t("With a plan")), ("helped", t("Helped")), ("closed", t("Closed")))
    with st.container(key="rounded"):  # the words are wider than a number: fewer to a row
        widgets.figures(row)
        widgets.figures([(label, formatted(now[name]), t("of {total}", total=certified)) for name, label in steps])
    if not labels.missing(now["target_people"]):
        people = {"target": formatted(now["target_people"]), "known": formatted(now["people_known"])}
        st.markdown(t("**{target}** target poor people of {known} listed members with a checked card", **people))
    st.subheader(t("What they lack"))
    _bars("dimensions", list(labels.dimensions().values()), ask("dimensions", filters, reader), "deprived", "known")
    st.caption(t("Deprived households, of those with data."))
    by = "tambon" if filters.district or filters.tambon else "district"
    slices = ask("summary", filters, reader, by=by)
    st.subheader(t("Target households by subdistrict") if by == "tambon" else t("Target households by district"))
    slices = lists.first(slices, PLACES)
    _bars("places", [labels.named(r) for r in slices.to_dict("records")], slices, "target_households", "households")
    st.caption(t("Certified, of all listed in the place."))
    few = definitions.rule("small_cell")
    st.caption(
        t(
            "Numbers are rounded to a multiple of {few}; below {few} only that is said. Larger ones are sums of rounded ones.",
            few=few,
        )
    )


def _bars(key: str, names: list[str], frame: pd.DataFrame, part: str, whole: str) -> None:
    texts = [t("{n} of {total}", n=formatted(n), total=formatted(m)) for n, m in zip(frame[part], frame[whole], strict=True)]
    lengths = [0 if (n := amount(figure)) != n else int(n) for figure in frame[part]]
    alt = " · ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    widgets.chart(charts.labelled(names, lengths, texts, room=1.6), key, alt)
