"""Whose question it is and of what, as every verb that asks takes it: filters, role, areas, the data folder."""

import argparse
import os
from dataclasses import fields, replace
from pathlib import Path

import definitions
from queries.ask import ask
from queries.filters import Filters
from queries.reader import NATION, Reader
from queries.rights import may_ask


def add(made: argparse.ArgumentParser) -> None:
    """The arguments of filters, reader and data folder."""
    for field in fields(Filters):
        made.add_argument(f"--{field.name}", action="append", default=[], metavar="VALUE")
    made.add_argument("--role", default="desk", choices=[row["role"] for row in definitions.table("roles")])
    made.add_argument(
        "--area", action="append", default=[], metavar="CODE", help="areas of the reader, the nation when left out"
    )
    made.add_argument("--data", type=Path)


def look_in(chosen: argparse.Namespace) -> None:
    """Make the data folder that was named the one of this process."""
    if chosen.data:
        os.environ["BAAN_SUK_DATA"] = str(chosen.data.resolve())


def reader(chosen: argparse.Namespace) -> Reader:
    """Who asks."""
    return Reader(chosen.role, tuple(chosen.area) or (NATION,))


def filters(chosen: argparse.Namespace) -> Filters:
    """What was chosen; raises ValueError for a value that is none."""
    return Filters.of({field.name: getattr(chosen, field.name) for field in fields(Filters)})


def of_latest_year(chosen: Filters, who: Reader) -> Filters:
    """The latest register year where none is chosen, as the screen shows it: one family stands in several years and must not count twice."""
    if chosen.year or not may_ask("choices", who):
        return chosen
    choices = ask("choices", Filters(), who)
    return replace(chosen, year=tuple(choices.loc[choices["filter"] == "year", "code"].sort_values().tail(1)))
