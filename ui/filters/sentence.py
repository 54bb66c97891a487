"""The reader's filters as one sentence, for the screen, for print and for every exported file."""

import definitions
from queries import Filters
from ui.filters.place_options import name_of
from ui.i18n import language, t

CLOSED = ("dimension", "plan", "case", "source", "certification")  # filters whose values are fixed lists


def sentence(filters: Filters, lang: str | None = None) -> str:
    """`filters` in words: "ปี 2565 · อ.โพธิ์ไทร · ต.เหล่างาม · รับรองแล้ว"."""
    lang = lang or language()
    parts = [_years(filters, lang), *_places(filters, lang), *(_closed(name, filters, lang) for name in CLOSED)]
    return " · ".join(part for part in parts if part)


def names(name: str, lang: str) -> dict[str, str]:
    """Value -> name of one closed filter."""
    if name == "dimension":
        return definitions.names("dimensions", "dimension", lang)
    return definitions.picklist(name, lang)


def _years(filters: Filters, lang: str) -> str:
    return t("Year {years}", lang, years=", ".join(filters.year)) if filters.year else t("All years", lang)


def _places(filters: Filters, lang: str) -> list[str]:
    province, district, tambon, village = (
        ", ".join(name_of(code, lang) for code in getattr(filters, name))
        for name in ("province", "district", "tambon", "village")
    )
    parts = [
        province and t("{names} province", lang, names=province),
        district and t("{names} district", lang, names=district),
        tambon and t("{names} subdistrict", lang, names=tambon),
        village,  # Thai names of villages say what they are: บ้าน…
    ]
    return parts if any(parts) else [t("All areas", lang)]


def _closed(name: str, filters: Filters, lang: str) -> str:
    text = ", ".join(names(name, lang)[value] for value in getattr(filters, name))
    forms = {
        "dimension": t("Deprived in {names}", lang, names=text),
        "plan": t("4T plan: {names}", lang, names=text),
        "case": t("Case: {names}", lang, names=text),
        "source": t("Source: {names}", lang, names=text),
        "certification": text,
    }
    return text and forms[name]
