"""Overview of the district: the funnel from listed to closed, deprivation, and what needs the committee's eye."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.export import paper_files
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.programmes import summary
from ui.view import charts, coarse_counts, figure_text, labels, lists, markup
from ui.view.markup import rich
from ui.view.panel import panel

PLACES = 15  # bars of a chart
PRESSING, PRESSING_AT_ALL = 6, 60  # households that need a look: at once, and behind one more tap


def overview(filters: Filters, reader: Reader) -> Markup:
    """The whole page; nothing where nobody matches."""
    whole = filters.without("certification")  # the road begins before anybody is certified
    summary = ask("summary", filters, reader)
    if not len(summary):
        return Markup("")
    road, now = ask("road", whole, reader).iloc[0], summary.iloc[0]
    households = number(now["households"])
    open_whole = partial(opened, whole)
    funnel = [
        open_whole("listed", t("Listed"), number(road["listed"]), sources(whole, road)),
        open_whole("verified", t("Verified"), *labels.of_kept(road["verified"], road["verification_known"], road["listed"])),
        open_whole(
            "certified", t("Certified target"), *labels.of_kept(road["certified"], road["certification_known"], road["listed"])
        ),
        open_whole("planned", t("With a plan"), *labels.of_kept(road["planned"], road["plan_known"], road["certified"])),
        open_whole("helped", t("Helped"), *labels.of_kept(road["helped"], road["help_known"], road["certified"])),
        open_whole("closed", t("Closed"), number(road["closed"]), t("of {total}", total=number(road["certified"]))),
    ]
    dimensions = ask("dimensions", filters, reader)
    names = [labels.dimensions()[d] for d in dimensions["dimension"]]
    alt = t("Deprived households per dimension: {said}", said=labels.counts(names, dimensions["deprived"]))
    in_them = markup.dotted(
        Markup("{} {}").format(name, people_of(filters, row))
        for name, row in zip(names, dimensions.to_dict("records"), strict=True)
    )
    lack = (
        markup.heading(t("What they lack, of {n} households", n=households))
        + charts.states(
            list(labels.lettered().values()), dimensions, alt, partial(part_of, filters, list(dimensions["dimension"]))
        )
        + markup.text(
            rich("People in deprived households: {said}. One person may be in several; they are not added up.", said=in_them),
            "caption",
        )
    )
    return (
        markup.text(labels.what_this_is(), "caption")
        + markup.heading(t("From listed to closed"))
        + markup.figures(funnel, "funnel")
        + proposed(filters, road)
        + markup.text(people_in(filters, now))
        + markup.columns(lack, at_once(filters, reader, households), widths="three_two")
        + attention(filters, reader, now)
        + markup.columns(by_place(filters, whole, reader), plans(filters, reader))
        + a_year_before(filters, reader, households)
    )


def people_of(filters: Filters, row: Mapping) -> str:
    """The people of the households that are deprived in one dimension, as far as they are counted."""
    if labels.missing(row["deprived_people"]):
        return number(row["deprived_people"])
    return figure_text.opens(filters, f"people|{row['dimension']}_deprived", row["deprived_people"])


def opened(filters: Filters, words: str, label: str, value: str, of: object) -> markup.Figure:
    """A figure that opens its households, with the way to why it changed; one that is not kept here opens nothing."""
    if not any(letter.isdigit() for letter in value):
        return label, value, of
    return (
        label,
        figure_text.opens(filters, words, in_number(value)),
        Markup("{}<br>{}").format(of, figure_text.why_changed(filters, words)),
    )


def in_number(text: str) -> int:
    """A number as it is written."""
    return int(text.replace(",", ""))


def proposed(filters: Filters, road) -> Markup:
    """The households that wait for a meeting to certify them, one tap away; nothing where none does."""
    waiting = int(road["proposed"] - road["certified"] - road["refused"])
    if not waiting:
        return Markup("")
    says = t("Proposed for certification, waiting for the meeting: {n} households", n=number(waiting))
    return markup.go("households", replace(filters, certification=("proposed",)), says)


def people_in(filters: Filters, now) -> Markup:
    """How many people live in them, and how many are target poor people, as far as the registers say."""
    people: dict[str, object] = {"households": figure_text.opens(filters, "listed", now["households"])}
    if now["counted"]:
        people["people"] = figure_text.opens(filters, "people", now["people"])
        people["counted"] = figure_text.opens(filters, "counted", now["counted"])
    target = {}
    if now["card_known"]:
        target["target"] = figure_text.opens(filters, "target_people", now["target_people"])
        target["known"] = figure_text.opens(filters, "card_known", now["card_known"])
    why = figure_text.why_changed(filters, "target_people")
    lives = (
        rich("**{people}** people in {counted} of the {households} households chosen", **people)
        if now["counted"]
        else rich("How many people live in the {households} households chosen is not known.", households=people["households"])
    )
    poor = (
        rich("**{target} target poor people** (validated welfare card; members listed in {known} households)", **target)
        if now["card_known"]
        else rich("How many of them are target poor people is not known: no welfare card is listed.")
    )
    return markup.dotted([lives, poor, why if now["card_known"] else ""])


def sources(filters: Filters, road) -> Markup:
    """Where the listed come from; those of whom nobody knows it are told apart."""
    n = {of: figure_text.opens(filters, f"source_{of}", road[of]) for of in ("tpmap", "outside", "both", "unstated")}
    told = rich("TPMAP {tpmap} · outside {outside} · both {both}", **{of: n[of] for of in ("tpmap", "outside", "both")})
    return markup.dotted([told, rich("source not stated {n}", n=n["unstated"]) if road["unstated"] else ""])


def at_once(filters: Filters, reader: Reader, households: str) -> Markup:
    """How many dimensions a household lacks at once, and which most often together."""
    overlaps = ask("overlaps", filters, reader)
    numbers = [
        (t("No data") if labels.missing(k) else str(int(k)), n, p)
        for k, n, p in overlaps.itertuples(index=False)
        if n or not labels.missing(k)
    ]
    alt = " · ".join(t("{k} dimensions: {n}", k=k, n=number(n)) if k.isdigit() else f"{k}: {number(n)}" for k, n, _ in numbers)
    hover = [t("{n} households, {p} people", n=number(n), p=number(p)) for _, n, p in numbers]
    words = [f"lacks_{k}" if k.isdigit() else "lacks_unknown" for k, _, _ in numbers]
    pairs, part = lists.first(ask("pairs", filters, reader), 3)
    together = [f"{labels.dimensions()[p.dimension]} + {labels.dimensions()[p.other]}" for p in pairs.itertuples()]
    opens = [
        figure_text.opens(filters, f"{p.dimension}|{p.other}", p.households, f"{name} {number(p.households)}")
        for p, name in zip(pairs.itertuples(), together, strict=True)
    ]
    said = {"n": households, "said": markup.dotted(opens)}
    below = [rich("Most often together, of {n} households: {said}", **said), part]

    def lacking(at: int, _: str, text: str) -> Markup:
        return figure_text.opens(filters, words[at], in_number(text))

    return (
        markup.heading(t("How many dimensions at once"))
        + charts.bars([k for k, _, _ in numbers], [int(n) for _, n, _ in numbers], hover, alt, lacking, {6: "no_data"})
        + (markup.text(markup.dotted(below), "caption") if together else "")
    )


def attention(filters: Filters, reader: Reader, now) -> Markup:
    """Overdue, without a plan, without movement; and the most pressing households."""
    still = t("No movement for {days} days", days=labels.rule("stalled_after"))
    row = [
        opened(filters, part, label, *labels.of_kept(now[part], now[known], now["target_households"] - now["closed"]))
        for label, part, known in (
            (t("Overdue"), "overdue", "open_dated"),
            (t("Without a plan"), "without_plan", "open_planned"),
            (still, "stalled", "open_followed"),
        )
    ]
    below = t(
        "Of {n} open target households, {date}.",
        n=number(now["target_households"] - now["closed"]),
        date=dated(filters, reader),
    )
    worst = ask("attention", filters, reader, limit=PRESSING_AT_ALL)
    links = []
    for house in worst.to_dict("records"):
        reasons = [
            t("overdue items: {n}", n=house["overdue_items"]) if house["overdue_items"] else "",
            t("no plan yet") if house["without_plan"] else "",
            labels.stillness(house["days_still"]) if house["stalled"] else "",
        ]
        says = markup.dotted([labels.place(house), markup.bold(markup.dotted(reasons))])
        links.append(markup.household(filters, house["ref"], says))
    total = int(worst["total"].iloc[0]) if len(worst) else 0
    few = number(min(len(worst), PRESSING))
    pressing = rich("The {n} most pressing of {total} households that need a look.", n=few, total=number(total))
    others = t("Show the other {n}", n=number(total - PRESSING))
    part = markup.text(lists.part(len(worst), total), "caption")
    return (
        markup.heading(t("Needs the committee's eye"))
        + markup.figures(row)
        + markup.text(below, "caption")
        + Markup("").join(links[:PRESSING])
        + (markup.text(pressing, "caption") if links else "")
        + (markup.folded(others, Markup("").join(links[PRESSING:]) + part) if links[PRESSING:] else "")
    )


def part_of(filters: Filters, rows: list[str], row: int, state: str, text: str) -> Markup:
    """The number in a part of a bar, which opens its households."""
    return figure_text.opens(filters, f"{rows[row]}_{state}", in_number(text))


def dated(filters: Filters, reader: Reader) -> str:
    """As of when, and what that date rests on, where the reader sees the whole district."""
    dates = ask("data_date", filters, reader)
    if len(dates) != 1:
        return t("as of the date of each district's data")
    of = dates.iloc[0]
    rests = {"date": labels.day(of["as_of"]), "n": number(of["near"]), "total": number(of["households"])}
    told = t("data as of {date}, which {n} of {total} households have news near", **rests)
    return f"{told} · {t('later news of {n}', n=number(of['later']))}" if of["later"] else told


def by_place(filters: Filters, whole: Filters, reader: Reader) -> Markup:
    """Target households of each subdistrict, or of each village of one; those with most of them first where not all find room."""
    by = "village" if len(filters.tambon) == 1 else "tambon"
    every = ask("summary", whole, reader, by=by)
    every = every[every["target_households"] > 0]
    if len(every) > PLACES:
        every = every.sort_values("target_households", ascending=False, kind="stable")
    slices, part = lists.first(every, PLACES)
    names = [labels.named(row) for row in slices.to_dict("records")]
    alt = labels.counts(names, slices["target_households"]) or t("none yet")
    there = [replace(whole, **{by: (code,)}) for code in slices["code"]]

    def opens(at: int, part: str, text: str) -> Markup:
        row = slices.iloc[at]
        if part == "whole":
            return figure_text.opens(there[at], "listed", row["households"])
        return figure_text.opens(there[at], "certified", row["target_households"], text)

    below = [rich("Certified, of all listed in the place."), part]
    return (
        markup.heading(t("Target households by village") if by == "village" else t("Target households by subdistrict"))
        + charts.places(names, slices["target_households"], slices["households"], alt, opens)
        + markup.text(markup.dotted(below), "caption")
    )


def plans(filters: Filters, reader: Reader) -> Markup:
    """How far the plan is in each of the four aspects."""
    aspects = ask("aspects", filters, reader)
    names = [labels.aspects()[a] for a in aspects["aspect"]]
    every, kept = int(aspects["households"].max()), int((aspects["households"] - aspects["not_kept"]).max())
    heading = markup.heading(t("4T plan, of {n} target households", n=number(kept or every)))
    if every and not kept:
        return heading + markup.text(rich("4T plans are not kept here: nothing is said of these households' plans."), "note")
    alt = t("Without a plan: {said}", said=labels.counts(names, aspects["none"]))
    apart = figure_text.opens(filters, "attitude_not_kept", every - kept)
    rest = markup.text(rich("not kept here: {n}", n=apart), "caption") if kept < every else ""
    return (
        heading
        + charts.plan_states(names, aspects, labels.listed("plan"), alt, partial(part_of, filters, list(aspects["aspect"])))
        + rest
    )


def a_year_before(filters: Filters, reader: Reader, households: str) -> Markup:
    """The same households in the register of the year before, dimension by dimension."""
    moved = ask("change", filters, reader)
    title = markup.heading(t("The same households a year before"))
    if not (compared := int(moved["households"].max())):
        return title + markup.text(rich("None of these households stands in the register of the year before."), "note")
    names = [labels.dimensions()[d] for d in moved["dimension"]]
    of = list(moved["dimension"])
    both = {side: labels.counts(names, moved[side]) for side in ("better", "worse")}
    apart = markup.dotted(
        Markup("{} {}").format(name, figure_text.opens(filters, f"before|{dimension}_not_comparable", n))
        for name, dimension, n in zip(names, of, moved["not_comparable"], strict=True)
    )
    compare = {"n": figure_text.opens(filters, "before", compared), "total": households, "said": apart}
    says = rich(
        "{n} of {total} chosen households stood in last year's register; without data in one of the years: {said}.", **compare
    )

    def opens(at: int, state: str, text: str) -> Markup:
        return figure_text.opens(filters, f"before|{of[at]}_{state}", in_number(text))

    chart = charts.change(list(labels.lettered().values()), moved, t("Better: {better}. Worse: {worse}", **both), opens)
    return title + chart + markup.text(says, "caption")


filters, reader = chosen()
if reader.counts == "coarse":
    panel(coarse_counts.overview, filters, reader)
elif not panel(overview, filters, reader):
    st.info(t("No household matches these filters. Take a filter away, or show everything."))
else:
    paper_files.offer(("summary",), filters, reader, "overview")
if reader.counts == "exact":
    panel(summary.lines, filters, reader)
