"""Coarse (suppressed and rounded) counts on screen, "น้อยกว่า 5" and "ประมาณ 30", and the overview made of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask
from queries.coarse_figures import amount
from ui.i18n import number, t
from ui.view import charts, figure_text, labels, lists, markup
from ui.view.markup import rich

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


def overview(filters: Filters, reader: Reader) -> Markup:
    """Overview page for roles with coarse counts: funnel, dimensions and places, every number with its denominator."""
    summary = ask("summary", filters, reader)
    if not len(summary):
        return markup.text(rich("There are no figures for this place and year."), "note")
    now = summary.iloc[0]
    means = partial(figure_text.means, filters)
    listed = formatted(now["households"])
    funnel = [
        (t("Listed"), means("listed", listed), t("{n} people", n=formatted(now["people"]))),
        (t("Certified target"), *of_kept(means, now, "certified", "certification_known", "target_households")),
    ]
    steps = (("planned", "plan_known", t("With a plan")), ("helped", "help_known", t("Helped")))
    road = [(label, *of_kept(means, now, name, known)) for name, known, label in steps]
    road.append((t("Closed"), *of_kept(means, now, "closed", "target_households")))
    people = {
        "target": means("target_people", formatted(now["target_people"])),
        "known": means("people_known", formatted(now["people_known"])),
    }
    told = rich("**{target}** target poor people of {known} listed members with a checked card", **people)
    lacking = ask("dimensions", filters, reader)
    rounded = rich(
        "Numbers are rounded to a multiple of {few}; below {few} only that is said. Larger ones are sums of rounded ones.",
        few=definitions.rule("small_cell"),
    )

    def in_dimension(at: int, text: str) -> Markup:
        return means(f"{lacking['dimension'].iloc[at]}_deprived", text)

    return (
        markup.text(labels.what_this_is(), "caption")
        + markup.heading(t("From listed to closed"))
        + markup.figures(funnel, "rounded")  # the words are wider than a number: fewer to a row
        + markup.figures(road, "rounded")
        + ("" if labels.missing(now["target_people"]) else markup.text(told))
        + markup.heading(t("What they lack"))
        + _bars("dimensions", list(labels.dimensions().values()), lacking, "deprived", "known", in_dimension)
        + markup.text(rich("Deprived households, of those with data."), "caption")
        + by_place(filters, reader)
        + markup.text(rounded, "caption")
    )


def of_kept(means: Callable[[str, str], Markup], now: pd.Series, words: str, known: str, part: str = "") -> tuple[str, str]:
    """A figure, which opens what it means, and the whole where it is kept; where no district keeps it, that instead of a nought."""
    if labels.missing(now[known]):
        return t("Not kept here"), ""
    return means(words, formatted(now[part or words])), t("of {total}", total=formatted(now[known]))


def by_place(filters: Filters, reader: Reader) -> Markup:
    """Target households of each subdistrict of a district that was chosen, else of each district."""
    by = "tambon" if filters.district or filters.tambon else "district"
    slices, part = lists.first(ask("summary", filters, reader, by=by), PLACES)
    names = [labels.named(row) for row in slices.to_dict("records")]
    below = [rich("Certified, of all listed in the place."), part]

    def there(at: int, text: str) -> Markup:
        return figure_text.means(replace(filters, **{by: (slices["code"].iloc[at],)}), "certified", text)

    return (
        markup.heading(t("Target households by subdistrict") if by == "tambon" else t("Target households by district"))
        + _bars("places", names, slices, "target_households", "households", there)
        + markup.text(markup.dotted(below), "caption")
    )


def _bars(
    kind: str, names: Sequence[str], frame: pd.DataFrame, part: str, whole: str, opens: Callable[[int, str], Markup]
) -> Markup:
    texts = [t("{n} of {total}", n=formatted(n), total=formatted(m)) for n, m in zip(frame[part], frame[whole], strict=True)]
    lengths = [0 if (n := amount(figure)) != n else int(n) for figure in frame[part]]
    alt = " · ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    return charts.labelled(names, lengths, [opens(at, text) for at, text in enumerate(texts)], f"{kind} wide", alt, True)
