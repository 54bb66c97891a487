"""Registers to files whose bytes depend on nothing but their content."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from making.household import Row
from making.spelling import HEADINGS, as_text

Table = tuple[list[str], list[list[object]]]


def table(
    rows: list[Row],
    columns: list[str],
    heading: Callable[[str], str] = HEADINGS.__getitem__,
    cell: Callable[[str, object], object] = as_text,
) -> Table:
    """Headings and cells of one register."""
    return [heading(c) for c in columns], [[cell(c, row[c]) for c in columns] for row in rows]


def write_csv(path: Path, content: Table, encoding: str = "utf-8", line_end: str = "\n") -> None:
    """One register as a CSV file."""
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=line_end)
        writer.writerow(content[0])
        writer.writerows(content[1])


def write_workbook(path: Path, sheets: dict[str, Table]) -> None:
    """Registers as the sheets of a workbook, stored without compression: zlib's output differs between systems."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": datetime(2022, 9, 15)})
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings)
            for place, row in enumerate(rows, 1):
                _write_cells(sheet, place, row)
    with zipfile.ZipFile(packed) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for name in read.namelist():
            part = zipfile.ZipInfo(name)
            part.create_system = 3
            out.writestr(part, read.read(name))


def _write_cells(sheet: xlsxwriter.worksheet.Worksheet, place: int, row: list[object]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(place, column, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(place, column, cell)
        elif cell is not None:
            sheet.write_number(place, column, cell)
