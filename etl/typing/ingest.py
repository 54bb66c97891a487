"""Ingest all sheets of the register files into tables of typed records, with the faults of each sheet as a whole.

Reads: sheet_<n>_typed
Appends: fault, heading, sheet
"""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

import definitions
from etl.files.filetype import Unreadable
from etl.files.headings import NONE_ALIKE, Column, Match, NoMatch, columns, plain, recognise
from etl.files.sheets import Sheet, careful, filled_rows, sheets
from etl.store import RegisterFile
from etl.typing import casts, date_order, fill_and_derive, restore_ids
from etl.typing.casts import RECORD

NO_BASIS = ("รายได้", "income")  # headings of money that do not say per whom and per what time


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

    @property
    def row_id(self) -> str:
        """SQL of a record's row id, the table being called s."""
        return f"row_id({self.number}, s.rowid)" if self.by_place else "s.row_id"

    @property
    def place(self) -> str:
        """SQL of a record's place in its sheet, the table being called s."""
        return "s.rowid" if self.by_place else "place_of(s.row_id)"


class Reading:
    """Reads one file after another into `connection`; `by_hand` are headings and values that officers gave, `work` a folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, by_hand: Mapping[str, str], work: Path) -> None:
        self.connection, self.by_hand, self.work = connection, by_hand, work
        self.sheets: list[ReadSheet] = []
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
        constants = {**sheet.constants, **file.constants}
        match = recognise(sheet.headings, constants, self.by_hand)
        if isinstance(match, NoMatch) and match.nearest == "published" and (year := year_of(file.name)):
            constants = {"register_year": year, **constants}
            match = recognise(sheet.headings, constants, self.by_hand)
        register, records = None, sheet.rows
        if sheet.hidden:
            file_fault(self.connection, number, "hidden_sheet", sheet.sheet)
        elif isinstance(match, Match):
            register, records = self._matched(file, sheet, number, match, constants)
        elif not any(sheet.headings) and not sheet.rows:
            file_fault(self.connection, number, "empty_sheet", "")
        else:
            self._unknown(number, match)
            records = filled_rows(sheet)
        self.rows += records
        self._listed(number, file, sheet.sheet, register, records, ordinal, sheet.first, sheet.headings)
        for column, place in (match.places if isinstance(match, Match) else {}).items():
            heading = sheet.headings[place].strip()
            self.connection.execute("insert into heading values (?, ?, ?, ?)", [number, column, heading, place + 1])

    def _matched(
        self, file: RegisterFile, sheet: Sheet, number: int, match: Match, constants: dict[str, str]
    ) -> tuple[str | None, int]:
        said = {name: value for name, value in constants.items() if "." in name}  # of a column: income_per_person.none
        constants = {
            name: value for name, value in constants.items() if name in columns(match.register) and name not in match.places
        }
        try:
            sheet = self._records(file, sheet, number, match, constants, said)
            date_order.read_in_order(self.connection, sheet, number, match, constants, said)
        except (Unreadable, duckdb.Error) as failure:
            reason = failure if isinstance(failure, Unreadable) else Unreadable.of_last_words(str(failure).splitlines()[0])
            file_fault(self.connection, number, "unreadable_file", reason.reason, reason.detail)
            return None, 0
        for heading, closest in match.unknown.items():
            fault = "no_basis" if plain(heading).startswith(NO_BASIS) and closest == NONE_ALIKE else "unknown_heading"
            file_fault(self.connection, number, fault, heading, closest)
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

    def _records(
        self,
        file: RegisterFile,
        sheet: Sheet,
        number: int,
        match: Match,
        constants: dict[str, str],
        said: dict[str, str],
    ) -> Sheet:
        """Read one sheet; a CSV that does not give a record per line is read again by the careful reader."""
        orders = date_order.said_orders(said)
        if sheet.as_it_lies:
            with contextlib.suppress(duckdb.Error):
                lying = self._restored(sheet, number, match)
                if casts.read_sheet(self.connection, lying, number, match, constants, said, orders) == sheet.rows:
                    return lying
            sheet = careful(file.path, file.name, self.work)
        sheet = self._restored(sheet, number, match)
        read = casts.read_sheet(self.connection, sheet, number, match, constants, said, orders)
        if read != sheet.rows:
            raise Unreadable("rows_differ", f"{read:,} ≠ {sheet.rows:,}")
        return sheet

    def _restored(self, sheet: Sheet, number: int, match: Match) -> Sheet:
        """A sheet of corrections with what was hidden in it; any other as it is."""
        if "corrects" not in match.places:
            return sheet
        return restore_ids.restored(self.connection, sheet, number, match, {read.number: read.sheet for read in self.sheets})

    def _unknown(self, number: int, match: NoMatch) -> None:
        for heading in match.repeated:
            file_fault(self.connection, number, "repeated_heading", heading)
        if match.missing:
            nearest = definitions.names("registers", "register", "th")[match.nearest]
            file_fault(self.connection, number, "unknown_register", nearest, ", ".join(map(_wanted, match.missing)))

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


def year_of(name: str) -> str:
    """The Buddhist year that TPMAP's own files have in their names only (tpmap_2561_…, 61_province_…); "" for none."""
    found = re.search(r"(?<!\d)(25\d\d)(?!\d)|(?<!\d)(\d\d)_", name)
    return (found[1] or f"25{found[2]}") if found else ""


def _wanted(column: Column) -> str:
    """A missing column as an officer may say it, with the other ways to say the same."""
    others = {"village_code": "ตำบลและหมู่ที่", "household_id": "รหัสประจำบ้าน หรือบ้านเลขที่", "member_no": "ความสัมพันธ์กับหัวหน้าครัวเรือน"}
    return f"{column.name_th} (หรือ{others[column.name]})" if column.name in others else column.name_th


def file_fault(connection: duckdb.DuckDBPyConnection, number: int, fault: str, found: str, expected: str = "") -> None:
    """A fault of a whole sheet or file."""
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    connection.execute("insert into fault values (null, null, ?, '', ?, ?, ?, ?)", [number, fault, severity, found, expected])
