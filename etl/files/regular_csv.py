"""Rows of cells as regular CSV: every cell quoted, every row as wide as the headings and a few cells more."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

SPARE = 4  # cells beyond the last heading that are read, so that a stray comma is reported with its row
WIDEST = 2000  # cells of a row: a register has some 60


def write(rows: Iterable[list[str]], headings: int, path: Path) -> int:
    """Rows below the headings as regular CSV, each `headings` + SPARE cells wide; returns how many there were."""
    width = headings + SPARE
    count = 0

    def fitting() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row if len(row) == width else fitted(row, width)

    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(_Unreturned(file), lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(fitting())
    return count


class _Unreturned:
    """A file whose lines have no carriage returns: inside a cell, in the first record, DuckDB takes one for the end of a line."""

    def __init__(self, file: TextIO) -> None:
        self._write = file.write

    def write(self, line: str) -> int:
        """One record."""
        return self._write(line.replace("\r\n", "\n").replace("\r", "\n") if "\r" in line else line)


def fitted(row: list[str], width: int) -> list[str]:
    """The row in exactly `width` cells: filled up, or what is too much said in its last cell."""
    if len(row) > width:
        row = [*row[: width - 1], ", ".join(cell for cell in row[width - 1 :] if cell.strip())]
    return row + [""] * (width - len(row))
