"""What the headings of a sheet leave open, as faults: what is only likely, what must be asked, what is unknown or said nowhere."""

import duckdb

import definitions
from etl.headings.columns import Column, columns
from etl.headings.recognise import Match, NoMatch
from etl.headings.understand import DOUBLED, MARKS, Heading
from etl.typing.faults import file_fault

NONE_ALIKE = "–"
UNSAID = {"register_year": "unsaid_register_year", "source": "unsaid_source"}  # of columns that a file may leave unsaid
OTHERS = {  # a column that may be said in other ways -> these ways
    "village_code": "ตำบลและหมู่ที่",
    "household_id": "รหัสประจำบ้าน หรือบ้านเลขที่",
    "member_no": "ความสัมพันธ์กับหัวหน้าครัวเรือน",
}


def of_sheet(connection: duckdb.DuckDBPyConnection, number: int, match: Match | NoMatch) -> None:
    """What is not sure in a sheet; of one that is no register what the nearest cannot do without, and what must be asked in it."""
    if isinstance(match, Match):
        for heading in match.headings:
            _of_heading(connection, number, match.register, heading)
        return
    nearest = definitions.names("registers", "register", "th")[match.nearest]
    file_fault(connection, number, "unknown_register", nearest, ", ".join(map(_wanted, match.missing)))
    for heading in match.asked:
        _of_heading(connection, number, match.nearest, heading)


def unsaid(connection: duckdb.DuckDBPyConnection, number: int, column: Column, suggested: str) -> None:
    """A column that neither the sheet nor anybody says: a question with the exact words for a shell."""
    file_fault(connection, number, UNSAID[column.name], column.name_th, f"{column.name}={suggested}")


def _of_heading(connection: duckdb.DuckDBPyConnection, number: int, register: str, heading: Heading) -> None:
    if heading.degree == "likely" and heading.column:
        file_fault(connection, number, "likely_heading", heading.key, columns(register)[heading.column].name_th)
    elif heading.degree == "asked":
        file_fault(connection, number, _question(heading), heading.key, _meanings(register, heading))
    elif heading.degree == "unknown" and not heading.left_out:
        closest = columns(register)[heading.candidates[0]].name_th if heading.candidates else NONE_ALIKE
        file_fault(connection, number, "unknown_heading", heading.key, closest)


def _question(heading: Heading) -> str:
    """The fault that asks what a heading is."""
    if heading.why == MARKS:
        return "asked_marks"
    if heading.why == DOUBLED:
        return "repeated_heading"
    return "no_basis" if all(name.startswith("income_") for name in heading.candidates) else "asked_heading"


def _meanings(register: str, heading: Heading) -> str:
    return " | ".join(columns(register)[name].name_th for name in heading.candidates[:6])


def _wanted(column: Column) -> str:
    """A missing column as an officer may say it, with the other ways to say the same."""
    return f"{column.name_th} (หรือ{OTHERS[column.name]})" if column.name in OTHERS else column.name_th
