"""Internationalisation: English messages in code, Thai from a gettext catalogue; number and date formats (Buddhist Era)."""

from datetime import date
from functools import cache

import pandas as pd
from babel.dates import format_date
from babel.messages.pofile import read_po

from installation.paths import PROJECT
from ui.streamlit_internals import script_run

CATALOGUE = PROJECT / "locale" / "th" / "LC_MESSAGES" / "baansuk.po"
BUDDHIST_ERA = 543  # years ahead of the common era


@cache
def catalogue() -> dict[str, str]:
    """English message -> Thai, straight from the .po, so that no compiled file can lag behind it."""
    with open(CATALOGUE, "rb") as file:
        return {m.id: m.string for m in read_po(file, locale="th") if m.id}


def language() -> str:
    """ "th" or "en", from the URL, so that `<html lang>` and the messages never differ."""
    run = script_run()  # 150 times a rerun
    return "en" if run and "lang=en" in run.query_string.split("&") else "th"


def t(message: str, /, lang: str | None = None, **values: object) -> str:
    """Translate `message` into the reader's language, its {placeholders} filled in (gettext)."""
    text = template(message, lang)
    return text.format(**values) if values else text


def template(message: str, lang: str | None = None) -> str:
    """Translate `message`, its {placeholders} still in it."""
    return message if (lang or language()) == "en" else catalogue().get(message, message)


def number(value: float, decimals: int = 0) -> str:
    """1234.5 -> "1,234" or, with one decimal, "1,234.5"; what nobody knows is no data, never "<NA>" and never 0."""
    return t("No data") if pd.isna(value) else f"{value:,.{decimals}f}"


def thai_date(day: date, lang: str | None = None) -> str:
    """2022-09-15 -> "15 ก.ย. 2565"; in English "15 Sep 2565", because all years on screen are Buddhist Era."""
    return f"{format_date(day, 'd MMM', locale=lang or language())} {day.year + BUDDHIST_ERA}"
