"""Measures of the office's other registers: their own years, the date of their data, and the page that lists what they count."""

from datetime import date
from typing import Any

import pandas as pd

from queries import Filters, Reader, ask
from ui.filters import url
from ui.filters.url import Address
from ui.i18n import t
from ui.map.choropleth import chosen_places
from ui.session import page_access

Measure = dict[str, str]  # a row of definitions/measures.csv


def places(filters: Filters, year: str = "") -> Filters:
    """The places chosen alone, and one year of the register's own: whatever else was chosen is of households."""
    chosen = {"province": filters.province, "district": filters.district, "tambon": filters.tambon, "village": filters.village}
    return Filters(year=(year,) if year else (), **chosen)


def years(row: Measure, filters: Filters, reader: Reader) -> list[str]:
    """The years that the reader's areas tell of: that of the filters first, where it is one of them, then the latest first."""
    told = ask(row["question"], Filters(), reader, by="total")
    found = sorted(told["register_year"].astype(str), reverse=True)
    return [year for year in found if year in filters.year] + [year for year in found if year not in filters.year]


def year_label(row: Measure) -> str:
    """What the register calls its years."""
    return t("Assessed year") if row["page"] == "sufficiency" else t("Fiscal year")


def as_of(row: Measure, chosen: Filters, reader: Reader) -> date | None:
    """The date of the data behind a measure of the places and the year chosen; None where nothing is dated."""
    told = ask(row["question"], chosen.without("year"), reader, by="total")
    days = told.loc[told["register_year"].astype(str).isin(chosen.year), "as_of"]
    return None if days.empty or pd.isna(days.iloc[0]) else days.iloc[0].date()


def behind(row: Measure, filters: Filters, reader: Reader, chosen: Filters, latest: date | None) -> dict[str, Any]:
    """As `component.behind`: where what part and whole count is listed; nothing for who may not open that page."""
    where: dict[str, Any] = {"chosen": chosen_places(filters), "part": None, "whole": None}
    if not page_access.may_open(row["page"], reader):
        return where
    anywhere, at = filters.without("province", "district", "tambon", "village"), _at(row, chosen, latest)
    return where | {p: url.link(row["page"], anywhere, **at, kind=row[f"{p}_kind"] or None) for p in ("part", "whole")}


def _at(row: Measure, chosen: Filters, latest: date | None) -> dict[str, str | None]:
    """The year or day of a measure as its page takes it: the fund's years are those of projects, so it is told of as of a day."""
    if row["page"] == "fund":
        return {"on": latest.isoformat() if latest else None}
    return {"assessed" if row["page"] == "sufficiency" else "fiscal": chosen.year[0] if chosen.year else None}


def way(row: Measure, filters: Filters, chosen: Filters, latest: date | None) -> Address:
    """The address of the page that lists what the whole map counts."""
    return url.parameters(filters, **_at(row, chosen, latest))
