"""The round of mobile points as panels: which villages come to which point, who comes, what papers they bring; and as a text to copy."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

import definitions
from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.i18n import language, number, t
from ui.programmes.fund_parts import baht
from ui.view import labels, markup
from ui.view.labels import missing

Point = tuple[str, int | None]  # district, number; None for the villages that are called to none


def points(filters: Filters, reader: Reader, day: str) -> list[tuple[Point, list[dict]]]:
    """Point -> its rows, of the round that is planned."""
    rows = ask("debt_round", filters, reader, day=day, limit=ALL).to_dict("records")
    return [(point, list(of)) for point, of in groupby(rows, _of)]


def _of(row: Mapping[str, Any]) -> Point:
    return row["district_code"], None if missing(row["point_no"]) else int(row["point_no"])


def plan(filters: Filters, reader: Reader, day: str) -> Markup:
    """Each point: when and where, who comes, its villages that are still to be followed with what they bring, those that are settled."""
    districts: dict[str, Markup] = {}
    for (_, no), rows in points(filters, reader, day):
        district = t("{names} district", names=rows[0][f"district_{language()}"])
        districts[district] = districts.get(district, Markup("")) + _point(no, rows)
    if len(districts) == 1:
        return next(iter(districts.values()))
    return Markup("").join(markup.folded(district, part) for district, part in districts.items())


def _point(no: int | None, rows: list[dict]) -> Markup:
    called = [row for row in rows if not missing(row["village_code"])]
    still = [row for row in called if missing(row["settled_on"])]
    settled = ", ".join(labels.place(row) for row in called if not missing(row["settled_on"]))
    parts = [_head(no, rows[0]), _about(rows[0], called) if no is not None else "", _table(still) if still else ""]
    parts += [markup.text(t("✓ settled: {villages}", villages=settled), "caption")] if settled else []
    return Markup("").join(parts)


def _head(no: int | None, row: Mapping[str, Any]) -> Markup:
    if no is None:
        return markup.text(markup.bold(t("Called to no point yet")))
    where = t("at {place}", place=_name(row)) if _name(row) else ""
    held = "" if missing(row["held"]) else t("held") if row["held"] else t("planned")  # a point elsewhere has no row here
    day = "" if missing(row["point_date"]) else labels.day(row["point_date"])
    return markup.text(markup.dotted([markup.bold(t("Point {n}", n=no)), day, where, held]))


def _name(row: Mapping[str, Any]) -> str:
    """The village of a point; nothing where it is not told."""
    told = [row[column] for column in (f"place_{language()}", "place_th") if not missing(row[column])]
    return told[0] if told else ""


def _about(row: Mapping[str, Any], called: list[dict]) -> Markup:
    """Who comes: the team, and of each village as many as the rule says; what all of them bring."""
    people = number(labels.rule("debt_called") * len(called))
    says = [t("Called: {n} villages, {people} people", n=len(called), people=people)]
    says += [t("Team: {who}", who=row["point_team"])] if not missing(row["point_team"]) else []
    says += [t("All bring: {papers}", papers=row["point_papers"])] if not missing(row["point_papers"]) else []
    return markup.text(markup.dotted(says), "caption")


def _table(rows: list[dict]) -> Markup:
    causes = labels.listed("debt_cause")
    columns: dict[str, Sequence[object]] = {
        t("Village"): [markup.dotted([labels.place(row), near(row)]) for row in rows],
        t("Cause"): [causes[row["debt_cause"]] for row in rows],
        t("Left to follow"): [number(row["still_to_follow"]) for row in rows],
        t("To bring up to date"): [books(row) or "–" for row in rows],
    }
    return markup.table(columns, t("Villages of a mobile point that are still to be followed"))


def near(row: Mapping[str, Any]) -> str:
    """For a village that is called to no point: the points in its subdistrict."""
    return "" if missing(row["near"]) else t("points in this subdistrict: {points}", points=row["near"])


def books(row: Mapping[str, Any]) -> str:
    """The books of a village that are not up to date."""
    wanted = [] if missing(row["papers"]) else row["papers"].split("|")
    return ", ".join(r[f"name_{language()}"] for r in definitions.table("register_columns") if r["column"] in wanted)


def to_copy(filters: Filters, reader: Reader, day: str) -> str:
    """The round as text for LINE, without a person's name: the villages that are still to be followed."""
    return "\n".join(line for (_, no), rows in points(filters, reader, day) for line in _lines(no, rows))


def _lines(no: int | None, rows: list[dict]) -> Iterator[str]:
    still = [row for row in rows if not missing(row["village_code"]) and missing(row["settled_on"])]
    if not still:
        return
    first = rows[0]
    yield (
        t("Called to no point yet")
        if no is None
        else t("Point {n}, {date}, {place}", n=no, date=labels.day(first["point_date"]), place=_name(first))
    )
    for row in still:
        left, bring = t("left {amount}", amount=baht(row["still_to_follow"])), books(row)
        yield " · ".join(filter(None, (f"- {labels.place(row)}", left, t("bring: {papers}", papers=bring) if bring else "")))
    if not missing(first["point_papers"]):
        yield t("All bring: {papers}", papers=first["point_papers"])
