"""Sufficiency villages as panels: levels as reckoned against as stated, what the next one lacks, the heat map, happiness before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask
from ui.i18n import language, number, t
from ui.programmes import kept_in
from ui.programmes.heat_map import table as heat_table
from ui.view import labels, markup
from ui.view.labels import missing
from ui.view.markup import rich

VILLAGES, ACROSS, FAMILIES, FORUMS = 20, 12, 20, 8  # of a screen
BELOW = "below"


def instrument(name: str) -> Mapping[str, str]:
    """The row of an instrument in definitions/instruments.csv."""
    return next(row for row in definitions.table("instruments") if row["instrument"] == name)


def elsewhere(filters: Filters, reader: Reader) -> Markup:
    """Where assessments are kept, where there is none in the places chosen."""
    rows = ask("village_places", Filters(), reader).to_dict("records")
    none = rich("No village of the places chosen has been assessed here. The registers are loaded like the others.")
    says = [
        (row["code"], t("{place}: {n} villages", place=labels.of_code(row["code"]), n=number(row["villages"]))) for row in rows
    ]
    return kept_in.elsewhere("sufficiency", filters, none, says)


def sums(filters: Filters, reader: Reader, of: str) -> Markup:
    """How many villages were assessed in the latest year, by level, and how many differ from what they say."""
    rows = ask("village_totals", filters, reader, instrument=of).to_dict("records")
    if not rows:
        return markup.text(rich("No village was assessed by this instrument in the year chosen."), "note")
    year, assessed = rows[0]["assessed_year"], rows[0]["assessed"]
    mine = [row for row in rows if row["assessed_year"] == year]
    of_all = t("of {total}", total=number(assessed))
    figures = [(t("Villages assessed in {year}", year=year), number(assessed), t("of {total}", total=number(rows[0]["here"])))]
    figures += [
        (verdict(row), number(row["villages"]), of_all) for row in sorted(mine, key=_order) if row["verdict"] != "no_rule"
    ]
    if any(not missing(row["reckoned"]) for row in mine):
        figures.append((t("Level differs from what is stated"), number(sum(row["differ"] for row in mine)), of_all))
    return markup.figures(figures) + markup.text(instrument(of)[f"says_{language()}"], "caption")


def _order(row: Mapping[str, Any]) -> tuple[int, int]:
    places = {"level": 0, "beyond": 1, BELOW: 2}
    levels = [rule["level"] for rule in definitions.table("level_rules")]
    return places.get(row["verdict"], 3), levels.index(row["reckoned"]) if row["reckoned"] in levels else 0


def verdict(row: Mapping[str, Any]) -> str:
    """A level in words; where none can be reckoned, why not."""
    if not missing(row["reckoned"]):
        return labels.listed("sufficiency_level")[row["reckoned"]]
    return labels.listed("level_verdict")[row["verdict"]]


def levels(filters: Filters, reader: Reader, of: str, state: str, offset: int) -> Markup:
    """One screen of assessments: what is passed, the level as reckoned and as stated, and what the next one lacks."""
    rows = ask("village_levels", filters, reader, instrument=of, state=state, limit=VILLAGES, offset=offset).to_dict("records")
    stated, rounds = labels.listed("sufficiency_level"), labels.listed("assessment_round")
    of_rules = any(rule["instrument"] == of for rule in definitions.table("level_rules"))
    columns: dict[str, Sequence[object]] = {
        t("Year"): [str(row["assessed_year"]) for row in rows],
        t("Village"): [labels.place(row) for row in rows],
    }
    if {row["assessment_round"] for row in rows} != {"once"}:
        columns[t("Assessment round")] = [rounds[row["assessment_round"]] for row in rows]
    if of_rules:
        columns |= {
            t("Passed"): [f"{number(row['passed'])}/{number(row['in_all'])}" for row in rows],
            t("Main items"): [main(row) for row in rows],
            t("Level by the rules"): [markup.bold(verdict(row)) for row in rows],
            t("Level as stated"): [compared(row, stated) for row in rows],
            t("Next level lacks"): [lacks(row, stated) for row in rows],
        }
    else:
        columns |= {
            t("Scored"): [t("{n} of {total}", n=number(row["scored"]), total=number(row["in_all"])) for row in rows],
            t("Mean score"): ["–" if missing(row["mean_score"]) else number(row["mean_score"], 2) for row in rows],
        }
    columns[t("Assessed on")] = [when(row) for row in rows]
    return markup.table(columns, t("Villages and their levels"))


def main(row: Mapping[str, Any]) -> str:
    """How many main items are passed, or that they are not known."""
    if missing(row["mains"]) or row["main_known"] != row["mains"]:
        return t("not known")
    return f"{number(row['main_passed'])}/{number(row['mains'])}"


def compared(row: Mapping[str, Any], names: Mapping[str, str]) -> Markup:
    """What the office has written, and whether the items bear it out."""
    if missing(row["stated_level"]):
        return Markup("–")
    says = names[row["stated_level"]]
    if missing(row["agrees"]):
        return Markup("{} {}").format(says, markup.badge("gray", t("cannot be checked")))
    return Markup("{} {}").format(says, markup.badge("green", "✓") if row["agrees"] else markup.badge("red", t("≠ differs")))


def lacks(row: Mapping[str, Any], names: Mapping[str, str]) -> Markup:
    """What is missing for the next level, item by item; that nobody knows where its rule was not found."""
    if missing(row["next_aim"]):
        return Markup("–")
    name = markup.bold(names[row["next_aim"]])
    if not row["next_known"]:
        return Markup("{}: {}").format(name, t("how many must be passed is unconfirmed"))
    parts = [t("{n} items more", n=number(row["next_more"]))] if row["next_more"] else []
    parts += [t("main items {items}", items=row["main_missing"])] if not missing(row["main_missing"]) else []
    return Markup("{}: {}").format(name, markup.dotted(parts) or t("every item is scored first"))


def when(row: Mapping[str, Any]) -> str:
    """The day of an assessment, and whether a forum on the screen made it."""
    day = labels.day(row["assessed_date"])
    return day if missing(row["forum"]) else f"{day} ({t('forum on this screen')})"


def heat(filters: Filters, reader: Reader, of: str, offset: int) -> Markup:
    """Items × villages, the years of a village side by side."""
    rows = ask("village_items", filters, reader, instrument=of, limit=ACROSS, offset=offset).to_dict("records")
    if not rows:
        return Markup("")
    names = {row["item"]: item_name(row) for row in rows}
    legend = [t("✓ passed"), t("– not passed"), t("★ main item of the form")] if not missing(rows[0]["pass_at"]) else []
    legend += [t("! the share of households says another score")] if any(not missing(row["by_share"]) for row in rows) else []
    if not all(row["confirmed"] for row in rows):
        legend.append(t("† name not found in any source: for an officer to fill in (definitions/instrument_items.csv)"))
    alt = t("Scores by item and village")
    return heat_table(rows, names, alt) + markup.text(markup.dotted(legend), "caption")


def item_name(row: Mapping[str, Any]) -> Markup:
    """An item's number and name, a star where it is a main one, a dagger where no source has its name."""
    name = row[f"name_{language()}"] if not missing(row["name_th"]) else row["item_name"]
    if not row["confirmed"] and not missing(row["item_name"]):
        name = row["item_name"]
    marks = ("★" if row["main"] == "main" else "") + ("" if row["confirmed"] else "†")
    says = "" if missing(name) else name
    return Markup("{} {} {}").format(
        row["item"], "" if str(says).endswith(row["item"]) and not row["confirmed"] else says, marks
    )


def happiness(filters: Filters, reader: Reader, offset: int) -> Markup:
    """Gross village happiness before and after, component by component: the mean of the villages, then each."""
    rows = ask("village_happiness", filters, reader, limit=ACROSS, offset=offset).to_dict("records")
    if not rows:
        return Markup("")
    names = {row["aspect"]: row[f"name_{language()}"] for row in rows}
    columns: dict[str, Sequence[object]] = {t("Component"): list(names.values())}
    for row in rows:  # the mean of a year first, then its villages
        of_year = [one for one in rows if one["assessed_year"] == row["assessed_year"]]
        says = t("Mean of {n} villages, {year}", n=number(row["villages"]), year=row["assessed_year"])
        if says not in columns and row["villages"]:
            means = {one["aspect"]: pair(one["mean_before"], one["mean_after"]) for one in of_year}
            columns[says] = [means.get(aspect, "–") for aspect in names]
        mine = {
            one["aspect"]: pair(one["before"], one["after"]) for one in of_year if one["village_code"] == row["village_code"]
        }
        columns[f"{labels.place(row)} {row['assessed_year']}"] = [mine.get(aspect, "–") for aspect in names]
    note = t("The scale of the score was found in no source; it is as the form of the office has it.")
    table = markup.table(columns, t("Gross village happiness before and after"))
    return markup.wide(table, t("Gross village happiness before and after")) + markup.text(note, "caption")


def pair(before: Any, after: Any) -> Markup:
    """Before → after, and a sign for the way it went."""
    texts = ["–" if missing(score) else number(score, 1) for score in (before, after)]
    if missing(before) or missing(after):
        return Markup("{} → {}").format(*texts)
    sign = "▲" if after > before else "▼" if after < before else "="
    return Markup("{} → {} {}").format(texts[0], markup.bold(texts[1]), sign)


def forums(filters: Filters, reader: Reader) -> Markup:
    """Forums, the latest first; one that is held on the screen leads there."""
    rows = ask("village_forums", filters, reader, limit=FORUMS).to_dict("records")
    if not rows:
        return markup.text(rich("No forum is written down."))
    columns: dict[str, Sequence[object]] = {
        t("Held on"): [labels.day(row["forum_date"]) for row in rows],
        t("Village"): [labels.place(row) for row in rows],
        t("People"): ["–" if missing(row["forum_people"]) else number(row["forum_people"]) for row in rows],
        t("What it came to"): [came_to(filters, row) for row in rows],
    }
    return markup.table(columns, t("Forums")) + markup.text(
        t("{n} of {total} forums", n=number(len(rows)), total=number(rows[0]["total"])), "caption"
    )


def came_to(filters: Filters, row: Mapping[str, Any]) -> Markup:
    """What a forum of the register noted, or how far one on the screen is."""
    if missing(row["forum"]):
        return markup.words(row["forum_note"])
    scored = t("{n} of {total} items scored", n=number(row["scored"]), total=number(row["items"]))
    name = labels.listed("instrument")[row["instrument"]]
    return markup.dotted([name, markup.small("sufficiency", filters, scored, forum=row["forum"])])


def families(filters: Filters, reader: Reader, offset: int) -> Markup:
    """Model families, those that are households of the poverty register with a link."""
    rows = ask("model_families", filters, reader, limit=FAMILIES, offset=offset).to_dict("records")
    columns: dict[str, Sequence[object]] = {
        t("Year"): [str(row["chosen_year"]) for row in rows],
        t("Village"): [labels.place(row) for row in rows],
        t("Model family"): [family(filters, row) for row in rows],
        t("What it is a model of"): [markup.words(row["family_practice"]) for row in rows],
    }
    return markup.table(columns, t("Model families"))


def family(filters: Filters, row: Mapping[str, Any]) -> Markup:
    """A family by its head, a link where it is a household of the register."""
    name = markup.words(row["family_head"]) or Markup("–")
    return name if missing(row["ref"]) else markup.small("household", filters, name, household=row["ref"])
