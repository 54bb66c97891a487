"""Display labels of codes: dimensions, states, places and people, localised and escaped for Markdown."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import get_month_names
from markupsafe import Markup

import definitions
from queries import NOBODY, Filters, ask
from ui.i18n import BUDDHIST_ERA, language, number, t, thai_date

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&])")

ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|@", re.IGNORECASE)
JOINER = "\u2060"  # has no width; Markdown makes a link of a bare address whatever is escaped in it, but not across this


def plain(text: object) -> str:
    """Escape data for Markdown: a name can be no link, no image and no formula."""
    return "" if missing(text) else SPECIAL.sub(r"\\\1", ADDRESS.sub(rf"\g<0>{JOINER}", str(text))).replace("\n", " ")


def dimensions() -> dict[str, str]:
    """Dimension -> name."""
    return definitions.names("dimensions", "dimension", language())


def lettered() -> dict[str, Markup]:
    """Dimension -> its letter in bold, and its name."""
    rows = definitions.table("dimensions")
    return {r["dimension"]: Markup("<b>{}</b> {}").format(r[f"letter_{language()}"], r[f"name_{language()}"]) for r in rows}


def counts(names: Iterable[str], values: Iterable[int]) -> str:
    """ "สุขภาพ 10 · รายได้ 24": figures as text, for captions and as alternative text of charts."""
    return " · ".join(f"{name} {number(value)}" for name, value in zip(names, values, strict=True))


def aspects() -> dict[str, str]:
    """4T aspect -> name."""
    return definitions.names("aspects", "aspect", language())


def listed(picklist: str) -> dict[str, str]:
    """Value -> name of one picklist."""
    return definitions.picklist(picklist, language())


def steps(template: str) -> list[str]:
    """The names of a template's steps in their order."""
    return [row[f"name_{language()}"] for row in definitions.table("case_steps") if row["template"] == template]


def templates(row: Mapping) -> list[str]:
    """The templates of steps that fit a household: those of the dimensions it lacks, in the dimensions' order."""
    fits = {of["dimension"]: of["template"] for of in definitions.table("case_templates")}
    return [fits[dimension] for dimension in dimensions() if row[dimension] == "deprived" and dimension in fits]


def template(name: str) -> str:
    """What a template is called, and that it is ours where no source has it."""
    ours = next((of["source"] for of in definitions.table("case_templates") if of["template"] == name), "unconfirmed")
    says = listed("template").get(name, name)
    return t("{template} (our own proposal, not confirmed)", template=says) if ours.startswith("unconfirmed") else says


def place(row: Mapping, moo: bool = True) -> str:
    """ "ม.6 บ้านเหล่างาม ต.เหล่างาม" of a row that carries the names."""
    lang = language()
    village = row.get(f"village_{lang}") or row.get("village_th")
    code = str(row.get("village_code") or "")
    parts = [t("Moo {n}", n=int(code[6:])) if moo and code else "", "" if missing(village) else village]
    tambon = row.get(f"tambon_{lang}")
    parts += [t("{names} subdistrict", names=tambon)] if not missing(tambon) else []
    return " ".join(str(part) for part in parts if part)


def of_code(code: str) -> str:
    """The name of a place of the nation, with its rank; the country for an empty code."""
    if not code:
        return t("Thailand")
    ranks = {2: t("{names} province"), 4: t("{names} district"), 6: t("{names} subdistrict"), 8: "{names}"}
    row = ask("place", Filters(), NOBODY, within=code).to_dict("records")
    return ranks[len(code)].format(names=row[0][f"name_{language()}"] or row[0]["name_th"]) if row else code


def named(row: Mapping) -> str:
    """A slice of a breakdown by place: its name, else its code; a village with its moo."""
    name = row.get(f"name_{language()}") or row.get("name_th") or row["code"]
    return f"{t('Moo {n}', n=int(row['code'][6:]))} {name}" if len(row["code"]) == 8 else str(name)


def registers() -> dict[str, str]:
    """Register -> name."""
    return definitions.names("registers", "register", language()) | {"tambon_shape": t("Subdistrict outlines")}


def figures() -> dict[str, str]:
    """Published figure -> name."""
    rows = [r for r in definitions.table("register_columns") if r["register"] == "published"]
    return {r["column"]: r[f"name_{language()}"] for r in rows}


def glossary() -> list[tuple[str, str]]:
    """Each term with what it means here."""
    return [(row[language()], row[f"says_{language()}"]) for row in definitions.table("glossary")]


def what_this_is() -> str:
    """What this is and for whom, in one sentence."""
    return t(
        "Baan Suk shows which households are in need of what, who helps them and how far that is: for the committee of the poverty"
        " centre, its field teams and its data officers."
    )


def rule(name: str) -> int:
    """A named constant of the rules, for a sentence that states it."""
    return definitions.rule(name)


def head(row: Mapping) -> str:
    """The head of a household as far as the reader may see; empty when the register has none."""
    names = [row.get(f"head_{part}") for part in ("title", "first_name", "last_name")]
    first, *rest = ["" if missing(n) else str(n) for n in names]
    return (first + " ".join(rest)).strip()


def who(row: Mapping, prefix: str = "") -> str:
    """A person of a row as far as the reader may see."""
    title, first, last = (
        "" if missing(v := row[f"{prefix}{part}"]) else str(v) for part in ("title", "first_name", "last_name")
    )
    return f"{title}{first} {last}".strip() or t("Household without a name")


def side_by_side(row: Mapping) -> dict[str, list[str]]:
    """Two records side by side as columns of a table; differences carry a sign, not a colour alone."""
    listed_sources, places = listed("source"), {code: of_code(code) for code in {row["tambon_code"], row["other_tambon_code"]}}
    fields = {
        t("Name"): who,
        t("Citizen ID"): lambda r, p: r[f"{p}citizen_id"],
        t("Sex"): lambda r, p: listed("sex").get(r[f"{p}sex"]),
        t("Age"): lambda r, p: None if missing(r[f"{p}age"]) else str(int(r[f"{p}age"])),
        t("House number"): lambda r, p: r[f"{p}house_no"],
        t("Village"): lambda r, p: f"{t('Moo {n}', n=int(r[f'{p}village_code'][6:]))} {places[r[f'{p}tambon_code']]}",
        t("Source"): lambda r, p: listed_sources.get(r[f"{p}source"]),
    }
    rows = [
        (label, *("–" if missing(v := field(row, p)) else plain(str(v)) for p in ("", "other_")))
        for label, field in fields.items()
    ]
    return {
        t("What"): [label for label, _, _ in rows],
        t("First record"): [one for _, one, _ in rows],
        t("Second record"): [two for _, _, two in rows],
        t("Same?"): ["=" if one == two != "–" else "–" if "–" in (one, two) else f"≠ {t('differs')}" for _, one, two in rows],
    }


def day(value: Any) -> str:
    """A date on screen, a dash where there is none."""
    return "–" if missing(value) else thai_date(value)


def month(text: str) -> str:
    """ "2022-09" -> "กันยายน 2565"."""
    first = date.fromisoformat(f"{text}-01")
    return f"{get_month_names('wide', locale=language())[first.month]} {first.year + BUDDHIST_ERA}"


def moment(text: str) -> str:
    """A UTC timestamp (ISO 8601) in Thai local time."""
    then = pd.Timestamp(text).tz_convert("Asia/Bangkok")
    return f"{thai_date(then)} {then:%H:%M}"


def stillness(days: Any) -> str:
    """How long nothing has happened to a stalled household."""
    return t("no event on record") if missing(days) else t("no movement for {n} days", n=int(days))


def of_kept(part: int, known: int, whole: int) -> tuple[str, str]:
    """A figure and what it is a part of: of the households of districts that keep it; where none does, that instead of a nought."""
    if whole and not known:
        return t("Not kept here"), t("of {total}", total=number(whole))
    of = t("of {total}", total=number(known))
    return number(part), of if known == whole else f"{of} · {t('not kept here: {n}', n=number(whole - known))}"


def missing(value: object) -> bool:
    """Nothing to show: null, not a number, not a time, or empty."""
    return value is None or (not isinstance(value, (list, dict)) and pd.isna(value)) or value == ""
