"""Merged cells of a table: what one says over several rows is filled into each, what it says over several columns is told."""

from collections.abc import Sequence

from etl.files.cell_marks import Fact, Merged, ranges
from etl.files.tables_on_sheet import Table

SINGLY = 50  # merged cells of one column that are told one by one


class Unmerged:
    """Fills what a cell merged over several rows of one column says into each; counts the filled cells per column."""

    def __init__(self, table: Table, merged: Sequence[Merged], filled: dict[int, int]) -> None:
        self.left, self.filled = table.left, filled
        self.kept: dict[tuple[int, int], str] = {}
        self.begins: dict[int, set[int]] = {}
        self.reached: dict[int, list[tuple[int, int]]] = {}
        for (r1, c1), (r2, c2) in merged:
            if r1 >= table.first and c1 == c2 and r2 > r1:
                self.begins.setdefault(r1, set()).add(c1 - table.left)
                for row in range(r1 + 1, r2 + 1):
                    self.reached.setdefault(row, []).append((c1 - table.left, r1))

    def concerns(self, number: int) -> bool:
        """Whether a row begins such a cell or is reached by one."""
        return number in self.begins or number in self.reached

    def fill(self, number: int, row: list[str]) -> None:
        """Write into one row what stands above."""
        for column, begin in self.reached.get(number, ()):
            if 0 <= column < len(row) and not row[column] and self.kept.get((begin, column)):
                row[column] = self.kept[begin, column]
                self.filled[column] = self.filled.get(column, 0) + 1
        for column in self.begins.get(number, ()):
            if 0 <= column < len(row):
                self.kept[number, column] = row[column]


def across(table: Table, last: int, merged: Sequence[Merged]) -> list[Fact]:
    """Cells of records that stretch over several columns: what they say stands in the first of these, the others are empty."""
    by_column: dict[tuple[int, int], list[int]] = {}
    for (row, first), (_, end) in merged:
        if end > first and table.first <= row <= last and 0 <= first - table.left < len(table.top.headings):
            by_column.setdefault((first - table.left, end - first + 1), []).append(row + 1)
    told = []
    for (at, width), rows in by_column.items():
        if len(rows) > SINGLY:
            told.append(Fact("merged_cells", None, at, str(width), ranges(sorted(rows))))
        else:
            told += [Fact("merged_cell", row, at, str(width)) for row in rows]
    return told
