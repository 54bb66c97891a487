"""Overview of the district: the funnel from listed to closed, deprivation, and what needs the committee's eye."""

import streamlit as st

from queries import ask
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.view import charts, coarse_counts, labels, lists, widgets

PLACES = 15  # bars of a chart

filters, reader = chosen()
if reader.counts == "coarse":
    coarse_counts.overview(filters, reader)
    st.stop()
whole = filters.without("certification")  # the road begins before anybody is certified
summary = ask("summary", filters, reader)
if not len(summary):
    st.info(t("No household matches these filters. Take a filter away, or show everything."))
    st.stop()
road, now = ask("road", whole, reader).iloc[0], summary.iloc[0]
listed, certified, households = number(road["listed"]), number(road["certified"]), number(now["households"])
part_of_certified = t("of {total}", total=certified)

st.subheader(t("From listed to closed"))
by_source = {name: number(road[name]) for name in ("tpmap", "outside", "both")}
widgets.figures(
    [
        (t("Listed"), listed, t("TPMAP {tpmap} · outside {outside} · both {both}", **by_source)),
        (t("Verified"), number(road["verified"]), t("of {total}", total=listed)),
        (t("Certified target"), certified, t("of {total}", total=listed)),
        (t("With a plan"), number(road["planned"]), part_of_certified),
        (t("Helped"), number(road["helped"]), part_of_certified),
        (t("Closed"), number(road["closed"]), part_of_certified),
    ],
    widths=(1.7, 1, 1, 1, 1, 1),
)
people = {
    "people": number(now["people"]),
    "households": households,
    "target": number(now["target_people"]),
    "known": number(now["card_known"]),
}
st.markdown(
    t(
        "**{people}** people in the {households} households chosen · **{target} target poor people** (validated welfare card; members listed in {known} households)",
        **people,
    )
)

left, right = st.columns([3, 2], gap="large")
with left:
    dimensions = ask("dimensions", filters, reader)
    names = [labels.dimensions()[d] for d in dimensions["dimension"]]
    st.subheader(t("What they lack, of {n} households", n=households))
    alt = labels.counts(names, dimensions["deprived"])
    widgets.chart(
        charts.states(list(labels.lettered().values()), dimensions),
        "dimensions",
        t("Deprived households per dimension: {said}", said=alt),
    )
    st.caption(
        t(
            "People in deprived households: {said}. One person may be in several; they are not added up.",
            said=labels.counts(names, dimensions["deprived_people"]),
        )
    )
with right:
    overlaps = ask("overlaps", filters, reader)
    st.subheader(t("How many dimensions at once"))
    alt = " · ".join(
        t("{k} dimensions: {n}", k=k, n=number(n)) for k, n in zip(overlaps["number"], overlaps["households"], strict=True)
    )
    hover = [
        t("{n} households, {p} people", n=number(n), p=number(p))
        for n, p in zip(overlaps["households"], overlaps["people"], strict=True)
    ]
    widgets.chart(charts.bars(overlaps["number"].astype(str), overlaps["households"], hover), "overlaps", alt)
    pairs = lists.first(ask("pairs", filters, reader), 3)
    together = [f"{labels.dimensions()[p.dimension]} + {labels.dimensions()[p.other]}" for p in pairs.itertuples()]
    if together:
        st.caption(
            t("Most often together, of {n} households: {said}", n=households, said=labels.counts(together, pairs["households"]))
        )

st.subheader(t("Needs the committee's eye"))
part_of_open = t("of {total} open target households", total=number(now["target_households"] - now["closed"]))
widgets.figures(
    [
        (t("Overdue"), number(now["overdue"]), part_of_open),
        (t("Without a plan"), number(now["without_plan"]), part_of_open),
        (t("No movement for {days} days", days=labels.rule("stalled_after")), number(now["stalled"]), part_of_open),
    ]
)
worst = ask("attention", filters, reader, limit=6)
for row in worst.to_dict("records"):
    reasons = [
        t("overdue items: {n}", n=row["overdue_items"]) if row["overdue_items"] else "",
        t("no plan yet") if row["without_plan"] else "",
        labels.stillness(row["days_still"]) if row["stalled"] else "",
    ]
    widgets.household_link(filters, row["ref"], f"{labels.plain(labels.place(row))} · **{' · '.join(filter(None, reasons))}**")
if len(worst):
    st.caption(
        t("The {n} most pressing of {total} households that need a look.", n=len(worst), total=number(worst["total"].iloc[0]))
    )

left, right = st.columns(2, gap="large")
with left:
    by = "village" if len(filters.tambon) == 1 else "tambon"
    slices = ask("summary", whole, reader, by=by)
    slices = slices[slices["target_households"] > 0]
    if len(slices) > PLACES:  # those with most of them first, where not all find room
        slices = slices.sort_values("target_households", ascending=False, kind="stable")
    st.subheader(t("Target households by village") if by == "village" else t("Target households by subdistrict"))
    slices = lists.first(slices, PLACES)
    names = [labels.named(row) for row in slices.to_dict("records")]
    widgets.chart(
        charts.places(names, slices["target_households"], slices["households"]),
        "places",
        labels.counts(names, slices["target_households"]) or t("none yet"),
    )
    st.caption(t("Certified, of all listed in the place."))
with right:
    aspects = ask("aspects", filters, reader)
    names = [labels.aspects()[a] for a in aspects["aspect"]]
    st.subheader(t("4T plan, of {n} target households", n=number(aspects["households"].max())))
    widgets.chart(
        charts.plan_states(names, aspects, labels.listed("plan")),
        "aspects",
        t("Without a plan: {said}", said=labels.counts(names, aspects["none"])),
    )

moved = ask("change", filters, reader)
compared = int(moved["households"].max())
st.subheader(t("The same households a year before"))
if compared:
    names = [labels.dimensions()[d] for d in moved["dimension"]]
    alt = t(
        "Better: {better}. Worse: {worse}",
        better=labels.counts(names, moved["better"]),
        worse=labels.counts(names, moved["worse"]),
    )
    widgets.chart(charts.change(list(labels.lettered().values()), moved), "change", alt)
    compare = {"n": number(compared), "total": households, "said": labels.counts(names, moved["not_comparable"])}
    st.caption(
        t(
            "{n} of {total} chosen households stood in last year's register; without data in one of the years: {said}.",
            **compare,
        )
    )
else:
    st.info(t("None of these households stands in the register of the year before."))
