"""What a file says of a sheet's cells beside their values: errors, formulas without a value, fonts, formats, what is hidden.

The library that reads values gives an empty text for an error and for a formula that was never calculated, the letter ü for a
tick of Wingdings, and no word of rows that a filter hides. One room reads that of each kind of file; page.py uses it alike.
"""

from dataclasses import dataclass, field

Mark = tuple[str, str]  # (kind, detail)
Merged = tuple[tuple[int, int], tuple[int, int]]  # its first and its last cell, each (row, column)

ERROR = "error"  # detail: what the cell shows, #N/A
FORMULA = "formula"  # a formula whose value nobody stored
FONT = "font"  # detail: the font, in which a letter is a picture
FORMAT = "format"  # detail: what the number format shows of a day, of number_formats.py
TEXT = "text"  # detail: what the cell says, its symbols as the signs that they show

ERRORS = frozenset(
    "#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA #BLOCKED! #UNKNOWN! #FIELD! #ERROR!".split()  # noqa: SIM905
    + ["Loading...", "กำลังโหลด..."]  # Google Sheets
    + [f"Err:{number}" for number in range(501, 541)]  # LibreOffice
)
RANGES = 70  # letters, of the 80 that a message quotes
MARKS = 5_000_000  # of a sheet: more than any register has cells with something to say


@dataclass
class Said:
    """Rows and columns from 0, as on paper. `since_1904`: the workbook counts its days from 1904."""

    marks: dict[int, dict[int, Mark]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    since_1904: bool = False

    def mark(self, row: int, column: int, kind: str, detail: str = "") -> None:
        """Say something of one cell."""
        self.marks.setdefault(row, {})[column] = (kind, detail)


@dataclass(frozen=True)
class Fact:
    """What is to be told of a sheet: a fault of faults.csv, the row on paper (None: of the whole sheet) and the column's place."""

    fault: str
    row: int | None
    place: int | None
    found: str
    expected: str = ""


def ranges(numbers: list[int]) -> str:
    """Sorted numbers as people write them, 3, 5–9; of many the first and the last, so that a message stays one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [str(a) if a == b else f"{a}–{b}" for a, b in runs]
    while len(", ".join(said)) > RANGES:
        said = [*said[: len(said) * 2 // 3 - 1], f"… {said[-1].removeprefix('… ')}"]
    return ", ".join(said)
