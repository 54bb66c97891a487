"""The solution bank as panels: what was done for households in the same need, how often, what came of it, and the lessons that fit.

Every part is asked with the reader: households of their areas alone, by their place and never by a name, texts as their role sees them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.session import page_access
from ui.view import labels, markup
from ui.view.labels import missing
from ui.view.markup import rich

FEW = 5  # of each on a household's page
SCREEN = 10  # of each in the bank itself


def of_household(filters: Filters, reader: Reader, ref: str, thing: str) -> Markup:
    """What helps a household: for one item of its plan, else for all of it that is not done."""
    items = ask("plan", Filters(), reader, household=ref).to_dict("records")
    chosen = [item for item in items if item["thing"] == thing] if thing else [i for i in items if i["status"] != "done"]
    about = " ".join(str(item["activity"]) for item in chosen if not missing(item["activity"]))
    solved = ask("solutions", Filters(), reader, household=ref, about=about, limit=FEW)
    helped = ask("helped", Filters(), reader, household=ref, about=about, limit=FEW)
    found = ask("lessons", Filters(), reader, household=ref, about=about, limit=FEW)
    of = (
        rich("For: **{activity}**", activity=markup.dotted(str(item["activity"]) for item in chosen))
        if chosen
        else rich("By what the household lacks.")
    )
    whole = markup.go("learning", filters, t("All of the solution bank")) if page_access.may_open("learning", reader) else ""
    return (
        Markup('<div id="solutions">{}</div>').format(markup.heading(t("Solution bank")))
        + markup.text(of, "caption")
        + solutions_of(solved.to_dict("records"))
        + markup.columns(
            titled("helped", homes_of(filters, helped.to_dict("records"))),
            titled("lessons", lessons_of(found.to_dict("records"))),
        )
        + markup.text(whole)
    )


def title(part: str) -> str:
    """What a part of the bank is called, by the question that it asks."""
    names = {
        "lessons": t("Lessons"),
        "solutions": t("What was done for households in the same need"),
        "helped": t("Households that were helped"),
    }
    return names[part]


def titled(part: str, made: Markup) -> Markup:
    """A part with its heading; nothing where there is nothing in it."""
    return markup.heading(title(part)) + made if made else Markup("")


def solutions(filters: Filters, reader: Reader, about: str, need: str, offset: int) -> Markup:
    """One screen of what was done, for words or for a need; nothing where nothing fits."""
    rows = ask("solutions", Filters(), reader, about=about, need=need, limit=SCREEN, offset=offset).to_dict("records")
    return solutions_of(rows) if rows else Markup("")


def homes(filters: Filters, reader: Reader, about: str, need: str, offset: int) -> Markup:
    """One screen of the households that were helped."""
    rows = ask("helped", Filters(), reader, about=about, need=need, limit=SCREEN, offset=offset).to_dict("records")
    return homes_of(filters, rows)


def lessons(filters: Filters, reader: Reader, about: str, need: str, offset: int) -> Markup:
    """One screen of lessons."""
    rows = ask("lessons", Filters(), reader, about=about, need=need, limit=SCREEN, offset=offset).to_dict("records")
    return lessons_of(rows)


def solutions_of(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """What was done, how often, and what came of it."""
    if not rows:
        return markup.text(rich("Nothing is written down yet that was done for a household in this need."))
    aspects = labels.aspects()
    columns: dict[str, Sequence[object]] = {
        t("What they did"): [
            markup.dotted([markup.bold(markup.words(row["activity"])), aspects[row["aspect"]], markup.words(row["reply"])])
            for row in rows
        ],
        t("How often"): [often(row) for row in rows],
        t("What came of it"): [outcome(row) for row in rows],
    }
    return markup.table(columns, t("What was done for households in the same need"))


def often(row: Mapping[str, Any]) -> str:
    """How often it was done, for how many households, and when last."""
    times = t("{n} times, {homes} households", n=number(row["done"]), homes=number(row["helped_homes"]))
    return times if missing(row["last_done"]) else f"{times} ({t('last {date}', date=labels.day(row['last_done']))})"


def outcome(row: Mapping[str, Any]) -> Markup:
    """How many are out of the need by a later year's register, of those of whom one tells; how many cases are closed."""
    later = (
        rich("out of the need **{n}** of {total}", n=number(row["got_out"]), total=number(row["told_later"]))
        if row["told_later"]
        else rich("no later year's register tells")
    )
    closed = t("cases closed: {n}", n=number(row["closed"])) if row["closed"] else ""
    return markup.dotted([later, closed])


def homes_of(filters: Filters, rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Households that were helped, by their place."""
    if not rows:
        return Markup("")
    lines = (
        markup.household(filters, row["ref"], t("{place}, register {year}", place=labels.place(row), year=row["register_year"]))
        + markup.text(markup.dotted([markup.words(row["activity"]), came(row), markup.words(row["reply"])]), "caption")
        for row in rows
    )
    return Markup("").join(lines)


def came(row: Mapping[str, Any]) -> Markup:
    """What came of it for one household; nothing where no later register tells."""
    if row["came"] == "out":
        return markup.badge("green", t("✓ out of the need a year later"))
    return markup.badge("gray", t("still in need a year later")) if row["came"] == "still" else Markup("")


def lessons_of(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Lessons: for which need, who knows it, in which office, and what it says."""
    if not rows:
        return Markup("")
    return markup.listed(_lesson(row) for row in rows)


def _lesson(row: Mapping[str, Any]) -> Markup:
    need = labels.dimensions()[row["lesson_need"]] if not missing(row["lesson_need"]) else ""
    who = (
        ""
        if missing(row["known_by"])
        else t("known by no. {n} {name}", n=row["known_by"], name=markup.words(row["staff_name"]))
    )
    office = t("{names} district", names=row[f"district_{labels.language()}"])
    drawn = t("learned by {n}", n=number(row["learned"])) if row["learned"] else ""
    kept = t("attachment: {name}", name=row["attachment"]) if not missing(row["attachment"]) else ""
    head = markup.dotted([markup.bold(f"{row['lesson_no']} {row['lesson_title']}"), need, who, office, drawn, kept])
    return head if missing(row["lesson_text"]) else head + markup.text(row["lesson_text"], "caption")
