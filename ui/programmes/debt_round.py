"""The round of mobile points as panels: which villages come to which point, who comes, what papers they bring; and as a text to copy."""

from collections.abc import Mapping
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


def points(filters: Filters, reader: Reader, day: str) -> list[tuple[int | None, list[dict]]]:
    """Point -> its rows, of the round that is planned; None for the villages that are called to none."""
    rows = ask("debt_round", filters, reader, day=day, limit=ALL).to_dict("records")
    return [(None if missing(no) else int(no), list(of)) for no, of in groupby(rows, lambda row: _no(row["point_no"]))]


def _no(value: Any) -> Any:
    return None if missing(value) else value


def plan(filters: Filters, reader: Reader, day: str) -> Markup:
    """Each point in a frame: when and where, who comes, and its villages with what they bring; then those called to none."""
    return markup.framed(_point(no, rows) for no, rows in points(filters, reader, day))


def _point(no: int | None, rows: list[dict]) -> Markup:
    first, called = rows[0], [row for row in rows if not missing(row["village_code"])]
    if no is None:
        head, about = markup.bold(t("Called to no point yet")), Markup("")
    else:
        held = t("held") if first["held"] else t("planned")
        head = markup.dotted([markup.bold(t("Point {n}", n=no)), labels.day(first["point_date"]), held])
        place = (
            t("at {place}", place=first[f"place_{language()}"] or first["place_th"]) if not missing(first["place_th"]) else ""
        )
        about = markup.text(
            markup.dotted([place, t("Team: {who}", who=first["point_team"]) if not missing(first["point_team"]) else ""]),
            "caption",
        )
        about += markup.text(
            t("Called: {n} villages, {people} people", n=len(called), people=number(called_people(called))), "caption"
        )
    return markup.text(head) + about + markup.listed(_village(row) for row in called)


def called_people(villages: list[dict]) -> int:
    """How many people are called: the chair and committee of each village that is still to be followed, as the rule says."""
    return labels.rule("debt_called") * len(villages)


def _village(row: Mapping[str, Any]) -> Markup:
    if not missing(row["settled_on"]):
        return markup.dotted(
            [labels.place(row), markup.badge("green", t("✓ settled on {date}", date=labels.day(row["settled_on"])))]
        )
    cause = labels.listed("debt_cause")[row["debt_cause"]]
    near = t("points in this subdistrict: {points}", points=row["near"]) if not missing(row["near"]) else ""
    parts = [markup.bold(labels.place(row)), cause, t("left {amount}", amount=baht(row["still_to_follow"])), papers(row), near]
    return markup.dotted(parts)


def papers(row: Mapping[str, Any]) -> str:
    """The books that a village brings: those that are not up to date."""
    books = [] if missing(row["papers"]) else row["papers"].split("|")
    names = {r["column"]: r[f"name_{language()}"] for r in definitions.table("register_columns") if r["column"] in books}
    return t("bring: {papers}", papers=", ".join(names[book] for book in books)) if books else ""


def to_copy(filters: Filters, reader: Reader, day: str) -> str:
    """The round as text for LINE, without a person's name: the villages that are still to be followed."""
    lines = []
    for no, rows in points(filters, reader, day):
        still = [row for row in rows if not missing(row["village_code"]) and missing(row["settled_on"])]
        if no is None:
            head = t("Called to no point yet")
        else:
            head = t("Point {n}, {date}, {place}", n=no, date=labels.day(rows[0]["point_date"]), place=rows[0]["place_th"])
        if still:
            lines.append(head)
            lines += [
                " · ".join(
                    filter(
                        None, (f"- {labels.place(row)}", t("left {amount}", amount=baht(row["still_to_follow"])), papers(row))
                    )
                )
                for row in still
            ]
            own = rows[0]["point_papers"]
            lines += [t("All bring: {papers}", papers=own)] if not missing(own) else []
    return "\n".join(lines)
