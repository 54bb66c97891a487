"""Builds of a district and a province against bare reads of the same files, and against the same work written in pandas."""

import csv
import itertools
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter

from benchmarks import register
from benchmarks.apart import Cost, costs
from benchmarks.measure import Figure, against, below

ROUNDS = 3
READ = "bare read_csv(all_varchar)"
DISTRICT = 13_000  # households, as Pho Sai has; the province's are in register.py
IN_A_WORKBOOK = 60_000  # households: writing more takes minutes, and reading costs the same a cell
OF_A_SHEET = 1_000_000  # rows; a worksheet ends at 1,048,576


def figures() -> Iterator[Figure]:
    """Aims: a province's CSV and its workbook ≤ 2 × the bare read, and a fifth of pandas' time at a third of its memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, households, within in (("district", DISTRICT, ("3421",)), ("province", register.HOUSEHOLDS, ("34",))):
            (folder / place).mkdir()
            files = register.make(folder / place, households, people=True, within=within)
            measured = costs({"build": ("build", files), "read": ("read", files)}, folder, ROUNDS)
            people = f"{households:,} households and their people"
            yield from of_csv(f"build a {place}, {people}, CSV", measured)
        (folder / "cells").mkdir()
        book = as_workbook(register.make(folder / "cells", IN_A_WORKBOOK, people=True), folder / "ทะเบียน.xlsx")
        works = {"build": ("build", [book]), "sheets": ("sheets", [book]), "read": ("cells", [book])}
        measured = costs(works, folder, ROUNDS)
        build, read = measured["build"], measured["read"]
        what = f"read {IN_A_WORKBOOK:,} households and their people, XLSX"
        yield against(what, measured["sheets"].seconds, "s", "calamine's bare read", read.seconds, 2)
        what = f"build {IN_A_WORKBOOK:,} households and their people, XLSX"
        yield against(what, build.seconds, "s", "calamine's bare read", read.seconds, 2)
        first = files[:1]
        measured = costs({"build": ("build", first), "pandas": ("pandas", first)}, folder, ROUNDS)
        build, pandas = measured["build"], measured["pandas"]
        what = f"build {households:,} households"
        yield against(what, build.seconds, "s", "the same work in pandas", pandas.seconds, 0.2)
        yield against(f"{what}, memory", build.megabytes, "MB", "the same work in pandas", pandas.megabytes, 1 / 3)


def of_csv(what: str, measured: dict[str, Cost], most: float = 2) -> Iterator[Figure]:
    """Seconds against the bare read, and the peak of memory."""
    yield against(what, measured["build"].seconds, "s", READ, measured["read"].seconds, most)
    yield below(f"{what}, peak memory", measured["build"].megabytes / 1024, "GiB", 8)


def as_workbook(files: list[Path], path: Path) -> Path:
    """The registers as one workbook as a spreadsheet program writes it: numbers as numbers, some registers over several sheets."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for file in files:
            with open(file, encoding="utf-8", newline="") as lines:
                rows = csv.reader(lines)
                heading = next(rows)
                number = 0
                while begin := list(itertools.islice(rows, 1)):
                    number += 1
                    below = itertools.chain(begin, itertools.islice(rows, OF_A_SHEET - 1))
                    fill(book.add_worksheet(f"{file.stem}{number}"), heading, below)
    return path


def fill(sheet: xlsxwriter.worksheet.Worksheet, heading: list[str], rows: Iterable[list[str]]) -> None:
    """One worksheet; what is short and all digits is a number, as it is where somebody typed it."""
    sheet.write_row(0, 0, heading)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell.isdecimal() and len(cell) < 4:
                sheet.write_number(at, column, int(cell))
            else:
                sheet.write_string(at, column, cell)
