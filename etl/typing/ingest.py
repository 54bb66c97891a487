"""Ingest all sheets of the register files into tables of typed records, with the faults of each sheet as a whole.

Reads: sheet_<n>_typed
Appends: heading, sheet
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

import definitions
from etl.files import own_exports
from etl.files.filetype import Unreadable
from etl.files.header_row import titles
from etl.files.sheets import Sheet, careful, filled_cells, first_rows, sheets
from etl.headings import values
from etl.headings.columns import Column, columns
from etl.headings.recognise import Match, NoMatch, recognise
from etl.headings.understand import Heading, left_out
from etl.store import RegisterFile
from etl.typing import casts, cell_account, date_order, facts, fill_and_derive, heading_faults, restore_ids
from etl.typing.casts import RECORD, Layout
from etl.typing.faults import file_fault

SAMPLE = 300  # rows in which the values below a heading are looked at, and
SAMPLED = 200  # filled cells of each column


@dataclass
class ReadSheet:
    """A sheet in the table `table`: what it was read as, and which columns the table has by now.

    A table that was read holds its records by their place; one that was made of another says each one's `row_id`.
    """

    number: int
    sheet: Sheet
    match: Match
    there: set[str]
    constants: dict[str, str]
    filled_down: list[str]
    table: str
    by_place: bool = True
    unread: frozenset[str] = frozenset()  # columns that only number its rows: their faults are none

    @property
    def row_id(self) -> str:
        """SQL of a record's row id, the table being called s."""
        return f"row_id({self.number}, s.rowid)" if self.by_place else "s.row_id"

    @property
    def place(self) -> str:
        """SQL of a record's place in its sheet, the table being called s."""
        return "s.rowid" if self.by_place else "place_of(s.row_id)"


@dataclass(frozen=True)
class Understood:
    """The headings of one sheet, read as `register` (the nearest one where it is none), and some filled cells below each; for a
    preview, never kept in a build."""

    file: str
    sheet: str
    register: str
    is_register: bool
    headings: list[Heading]
    below: list[list[str]]


class Reading:
    """Reads one file after another into `connection`; `by_hand` are headings and values that officers gave, `work` a folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, by_hand: Mapping[str, str], work: Path) -> None:
        self.connection, self.by_hand, self.work = connection, by_hand, work
        self.sheets: list[ReadSheet] = []
        self.understood: list[Understood] = []
        self.rows = 0
        self._number = 0

    def next_number(self) -> int:
        """The number of the next sheet, counted over all files."""
        self._number += 1
        return self._number

    def file(self, file: RegisterFile) -> None:
        """Every sheet of one file; what cannot be read becomes a fault."""
        try:
            found = sheets(file.path, file.name, self.work)
        except Unreadable as reason:
            number = self.next_number()
            self._listed(number, file, "", None, 0, 1, 1, [])
            file_fault(self.connection, number, "unreadable_file", reason.reason, reason.detail)
            return
        for ordinal, sheet in enumerate(found, 1):
            self._sheet(file, sheet, ordinal)

    def _sheet(self, file: RegisterFile, sheet: Sheet, ordinal: int) -> None:
        number = self.next_number()
        constants = {**_named_after(file.name, sheet.sheet), **sheet.constants, **file.constants}
        match, below = self._recognised(sheet, constants)
        if "register_year" not in constants and _is_published(match) and (year := year_of(file.name)):
            constants = {"register_year": year, **constants}
            match, below = self._recognised(sheet, constants)
        named = match.register if isinstance(match, Match) else match.nearest
        register, records = None, sheet.rows
        if sheet.hidden:
            file_fault(self.connection, number, "hidden_sheet", sheet.sheet)
        elif export := own_exports.other(sheet.headings):
            file_fault(self.connection, number, "own_export", export)
            records, filled = filled_cells(sheet)
            match = NoMatch(named, 0, [], left_out(sheet.headings))
            cell_account.unread(self.connection, number, named, match.headings, filled)
        elif isinstance(match, Match) and not self._asks(file, number, match, below):
            if own_exports.report(sheet.headings):
                file_fault(self.connection, number, "own_report", "")
            elif own_exports.listed(sheet.headings):
                file_fault(self.connection, number, "own_list", "")
            register, records = self._matched(file, sheet, number, match, constants)
        elif not any(sheet.headings) and not sheet.rows:
            file_fault(self.connection, number, "empty_sheet", "")
        else:
            heading_faults.of_sheet(self.connection, number, match)
            records, filled = filled_cells(sheet)
            cell_account.unread(self.connection, number, named, match.headings, filled)
        facts.hand_on(self.connection, sheet, number, match if register and isinstance(match, Match) else None)
        self.rows += records
        self._listed(number, file, sheet.sheet, register, records, ordinal, sheet.first, sheet.headings)
        self.understood.append(Understood(file.name, sheet.sheet, named, isinstance(match, Match), match.headings, below))
        for column, place in (match.places if isinstance(match, Match) else {}).items():
            heading = sheet.headings[place].strip()
            self.connection.execute("insert into heading values (?, ?, ?, ?)", [number, column, heading, place + 1])

    def _recognised(self, sheet: Sheet, constants: Mapping[str, str]) -> tuple[Match | NoMatch, list[list[str]]]:
        """What a sheet is, and some filled cells below each heading."""
        rows = [] if sheet.hidden else first_rows(sheet, SAMPLE)
        below = [
            values.filled([row[place] for row in rows if place < len(row)])[:SAMPLED] for place in range(len(sheet.headings))
        ]
        own = own_exports.report(sheet.headings) or own_exports.listed(sheet.headings)
        return own or recognise(sheet.headings, constants, self.by_hand, below), below

    def _asks(self, file: RegisterFile, number: int, match: Match, below: Sequence[Sequence[str]]) -> bool:
        """Say which columns nobody states for the whole file; whether it cannot be read before somebody does."""
        for column in match.unsaid:
            heading_faults.unsaid(self.connection, number, column, _suggested(file, column, match, below))
        return any(column.required for column in match.unsaid)

    def _matched(
        self, file: RegisterFile, sheet: Sheet, number: int, match: Match, constants: dict[str, str]
    ) -> tuple[str | None, int]:
        said = {name: value for name, value in constants.items() if "." in name}  # of a column: income_per_person.none
        constants = {
            name: value for name, value in constants.items() if name in columns(match.register) and name not in match.places
        }
        layout = Layout(match, constants, said, date_order.said_orders(said))
        try:
            sheet = self._records(file, sheet, number, layout)
            date_order.read_in_order(self.connection, sheet, number, layout)
        except (Unreadable, duckdb.Error) as failure:
            reason = failure if isinstance(failure, Unreadable) else Unreadable.of_last_words(str(failure).splitlines()[0])
            file_fault(self.connection, number, "unreadable_file", reason.reason, reason.detail)
            return None, 0
        heading_faults.of_sheet(self.connection, number, match)
        cell_account.settle(self.connection, number, match.register, match.headings)
        for name, value in constants.items():
            if name not in file.constants:
                file_fault(self.connection, number, "from_title", value, columns(match.register)[name].name_th)
        if not self._filled(number):
            file_fault(self.connection, number, "empty_sheet", "")
        table, there = fill_and_derive.derived(self.connection, number, match, {*match.places, *constants})
        filled = {sheet.headings[place]: count for place, count in sheet.filled.items() if place < len(sheet.headings)}
        down: dict[str, int] = {}
        if match.register in ("household", "member_list") and not {"village_code", "corrects"} & there:
            table, down = fill_and_derive.fill_down(self.connection, number, table, there)
            filled |= {sheet.headings[match.places[name]]: count for name, count in down.items() if name in match.places}
        for heading, count in filled.items():
            file_fault(self.connection, number, "filled_down", heading, str(count))
        self.sheets.append(ReadSheet(number, sheet, match, there, constants, list(down), table))
        return match.register, sheet.rows

    def _filled(self, number: int) -> bool:
        """Whether any record of a sheet has a filled cell."""
        found = self.connection.execute(f"select count(*) from (select 1 from sheet_{number}_typed where {RECORD} limit 1)")
        return found.fetchall()[0][0] > 0

    def _records(self, file: RegisterFile, sheet: Sheet, number: int, layout: Layout) -> Sheet:
        """Read one sheet; a CSV that does not give a record per line is read again by the careful reader."""
        if sheet.as_it_lies:
            with contextlib.suppress(duckdb.Error):
                lying = self._restored(sheet, number, layout.match)
                if casts.read_sheet(self.connection, lying, number, layout) == sheet.rows:
                    return lying
            sheet = careful(file.path, file.name, self.work)
        sheet = self._restored(sheet, number, layout.match)
        read = casts.read_sheet(self.connection, sheet, number, layout)
        if read != sheet.rows:
            raise Unreadable("rows_differ", f"{read:,} ≠ {sheet.rows:,}")
        return sheet

    def _restored(self, sheet: Sheet, number: int, match: Match) -> Sheet:
        """A sheet of corrections with what was hidden in it; any other as it is."""
        if "corrects" not in match.places:
            return sheet
        return restore_ids.restored(self.connection, sheet, number, match, {read.number: read.sheet for read in self.sheets})

    def _listed(
        self,
        number: int,
        file: RegisterFile,
        sheet: str,
        register: str | None,
        records: int,
        ordinal: int,
        first: int,
        headings: list[str],
    ) -> None:
        row = [number, file.name, sheet, file.checksum, register, records, ordinal, first, headings]
        self.connection.execute("insert into sheet values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _named_after(file: str, sheet: str) -> dict[str, str]:
    """What the names of a file and of its sheet say of all rows, as titles do; a year in a file's name may be that of anything."""
    of_file = {name: value for name, value in titles([file.rsplit(".", 1)[0]]).items() if name != "register_year"}
    return {**of_file, **titles([sheet])}


def _is_published(match: Match | NoMatch) -> bool:
    """Whether a sheet is of TPMAP's own files, which have their year in their names only."""
    return (match.register if isinstance(match, Match) else match.nearest) == "published" and (
        isinstance(match, NoMatch) or any(column.name == "register_year" for column in match.unsaid)
    )


def year_of(name: str) -> str:
    """The Buddhist year that TPMAP's own files have in their names only (tpmap_2561_…, 61_province_…); "" for none."""
    found = re.search(r"(?<!\d)(25\d\d)(?!\d)|(?<!\d)(\d\d)_", name)
    return (found[1] or f"25{found[2]}") if found else ""


def _suggested(file: RegisterFile, column: Column, match: Match, below: Sequence[Sequence[str]]) -> str:
    """What a file may mean by a column that it does not state: what an asked heading says in every row, a year in its name."""
    if column.name != "register_year":
        return next(iter(definitions.picklist("source", "en")))
    years = [below[h.place] for h in match.asked if column.name in h.candidates and h.place < len(below)]
    said = {cell for cells in years for cell in cells if cell.isdigit()}
    return said.pop() if len(said) == 1 else year_of(file.name) or columns(match.register)[column.name].examples[0]
