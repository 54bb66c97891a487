"""Correction workbook: one per source file with only the rows that were refused or of which a cell was left empty, each fault
marked in its cell, which holds what it held.

Corrected and loaded again, a row takes the place of the one it refers to.
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

import definitions
from etl import stages
from etl.areas import Areas, limit
from etl.headings.columns import columns, plain
from etl.templates.blank_workbook import FONT, GUIDE, LAST_ROW, LONGEST_SHEET_NAME, TEXT, heading, sheet_name

ENDING = {"th": "แถวที่ไม่รับ", "en": "refused rows"}
COMMENTED = 2_000  # rows of a sheet whose cells carry comments: a spreadsheet chokes on more, and the reason column has it too
AT_ONCE = 2_000  # rows fetched: some 2 MB
SENTENCES = {
    "th": (
        'ไฟล์นี้มีเฉพาะแถวของไฟล์ "{file}" ที่ระบบยังไม่รับ หรือรับแล้วแต่ไม่ใช้ค่าในบางช่อง จำนวน {rows} แถว',
        "ช่องพื้นแดงตัวหนา คือช่องที่ทำให้ไม่รับแถวนั้น ช่องพื้นเหลืองตัวเอียง คือช่องที่ไม่ใช้ค่าหรือควรตรวจ วางเมาส์ที่ช่องเพื่ออ่านเหตุผล",
        'แก้ค่าในช่องตามคอลัมน์ "{reason}" (คอลัมน์นี้ไม่ต้องแก้และไม่ต้องลบ ระบบไม่อ่าน) แล้วบันทึกเป็น XLSX',
        'อย่าแก้หรือลบคอลัมน์ "{corrects}" และหัวคอลัมน์ เพราะใช้จับคู่กับแถวเดิม',
        "โหลดไฟล์นี้โดยไม่ต้องโหลดไฟล์เดิมซ้ำ แถวที่แก้แล้วจะเข้าแทนแถวเดิม ไม่นับซ้ำ แถวที่ยังแก้ไม่ได้ปล่อยไว้หรือลบออกได้",
        "เลขประจำตัวประชาชนที่เห็นเป็น x-xxxx-xxxxx ถูกปิดไว้ ถ้าไม่แก้ ระบบจะใช้เลขเดิม ถ้าต้องแก้ให้พิมพ์ครบ 13 หลัก",
        "ไฟล์นี้มีข้อมูลส่วนบุคคล ส่งให้เฉพาะผู้ที่ต้องแก้ไข และลบเมื่อใช้เสร็จ",
    ),
    "en": (
        'This file holds only the rows of "{file}" that were not loaded, or loaded with a cell left empty, {rows} in all.',
        "A red cell in bold is why its row was refused; a yellow cell in italics was left empty, or should be checked. "
        "Rest the pointer on it to read why.",
        'Correct the cells as the column "{reason}" says (leave that column as it is, it is not read) and save as XLSX.',
        'Do not change or remove the column "{corrects}" or the headings: they tell which row is meant.',
        "Load this file, not the first one again: a corrected row takes the place of the old one. "
        "What cannot be corrected may stay or go.",
        "A citizen ID shown as x-xxxx-xxxxx is hidden: left as it is, it stays the number that it was; "
        "to correct it, write all 13 digits.",
        "This file holds personal data: pass it only to whoever corrects it, and delete it afterwards.",
    ),
}
FORMATS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#D3E6E2", "valign": "top"},
    "cell": {"num_format": TEXT, "valign": "top"},
    "error": {"num_format": TEXT, "valign": "top", "text_wrap": True, "bold": True, "bg_color": "#F8C9C4", "border": 1},
    "other": {"num_format": TEXT, "valign": "top", "italic": True, "bg_color": "#FFF1B8", "border": 1},
    "reason": {"num_format": TEXT, "valign": "top", "text_wrap": True},
    "reference": {"num_format": TEXT, "valign": "top", "font_color": "#6B6B6B", "bg_color": "#F2F2F2"},
}
# a text between these marks the writing library takes for markup of its own: a space behind it, which no reader keeps, helps
HARMLESS = "if(starts_with(c, '<r>') and ends_with(c, '</r>'), concat(c, ' '), c)"
# masked for whoever corrects; etl/typing/restore_ids.py brings the IDs back
HIDDEN = f"list_transform(list_transform(r.cells, lambda c: without_ids(c)), lambda c: {HARMLESS})"
SHEETS = """select h.sheet_no, h.sheet, h.register, list_transform(h.headings, lambda c: {harmless}) as headings,
       coalesce({constants}, map {{}}) as constants
from sheet_heading h
where h.file = $file and h.sheet_no in (select sheet_no from mine where file = $file) order by h.sheet_no"""
ROWS = """-- One row per refused record in file order: its cells, and (column, is error, what is wrong) of every fault in it.
with fault as (
  select "row", list(row("column", severity = 'error',
    without_ids(case when starts_with(message, place) then message[len(place) + 1:] else message end))
    order by severity <> 'error', "column") as faults
  from (select *, message_{language} as message, concat(file,
          if(sheet = '', '', concat(if($thai, ' แผ่น "', ' sheet "'), sheet, '"')), if($thai, ' แถว ', ' row '), "row",
          if("column" = '', ': ', concat(if($thai, ' คอลัมน์ "', ' column "'), "column", '": '))) as place
        from problem where file = $file and sheet = $sheet and "row" is not null)
  group by "row")
select r.reference, {cells} as cells, coalesce(fault.faults, []) as faults
from mine r left join fault using ("row") where r.file = $file and r.sheet_no = $sheet_no order by r."row" """


Formats = dict[str, Format]
Fault = tuple[str, bool, str]  # heading, whether it refuses the row, what is wrong


class _Source(NamedTuple):
    """A sheet that lost rows: its headings in file order, and what its titles say for every row (column -> value)."""

    sheet_no: int
    sheet: str
    register: str
    headings: list[str]
    constants: dict[str, str]


class _Layout(NamedTuple):
    """What stands where in a worksheet of ours: which cells of the source, under which headings, said for every row.

    `places` is the column of each heading; `width` counts the source's own headings.
    """

    kept: list[int]
    heads: list[str]
    constants: list[str]
    places: dict[str, int]
    width: int

    @property
    def reason(self) -> int:
        """The column of the reason; the reference stands beside it."""
        return len(self.heads) - 2


def bad_rows_name(file: str, language: str = "th", taken: Collection[str] = ()) -> str:
    """What the workbook of a file's refused rows is called: a name that is not `taken`, numbered on where it must be.

    A loaded file is replaced by one of its name, so corrections still to come must not be called as those that came.
    """
    stem = str(PurePosixPath(file).with_suffix("")).replace("/", " ")
    name = re.sub(rf" (?:{'|'.join(ENDING.values())})(?: \d+)?$", "", stem)
    numbers = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    return next(free for n in numbers if (free := f"{name} {ENDING[language]}{n}.xlsx") not in taken and free != file)


def loaded(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the files in a build."""
    return {file for (file,) in connection.execute("select distinct file from sheet_heading").fetchall()}


def workbooks(build_path: Path, folder: Path, language: str = "th", only: str | None = None, areas: Areas = None) -> list[Path]:
    """A workbook in `folder` for every source file of a build that lost rows of the areas, or for one; returns them by name."""
    with duckdb.connect(str(build_path), read_only=True) as connection:
        _limited(connection, areas)
        files = [f for (f,) in connection.execute("select distinct file from mine order by file").fetchall()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        taken, made = loaded(connection), []
        for file in [f for f in files if only in (None, f)]:
            made.append(folder / bad_rows_name(file, language, taken))
            taken.add(made[-1].name)
            _workbook(connection, file, made[-1], language)
    return made


def _limited(connection: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Make `mine`, the rows to correct that lie in the areas, and the masks: for this connection, a cursor of it has neither."""
    limit(connection, areas)
    made = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    rows = " union all ".join(f"from {table}" for table in ("refused", "blanked") if table in made)
    connection.execute(f"create or replace temp view mine as from ({rows}){'' if areas is None else ' where within(area)'}")
    stages.masks(connection)


def workbook(connection: duckdb.DuckDBPyConnection, file: str, out: Path, language: str = "th", areas: Areas = None) -> int:
    """Write the refused rows of one source file that lie in the areas to `out`, a worksheet for each of its sheets; returns how
    many there were.

    `out` appears whole or not at all, readable by its owner only; rows on the way to it lie beside it, in a folder that goes.
    """
    _limited(connection, areas)
    return _workbook(connection, file, out, language)


def _workbook(connection: duckdb.DuckDBPyConnection, file: str, out: Path, language: str) -> int:
    part = out.with_name(f"{out.name}.tmp")
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(part.unlink, missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        work = on_failure.enter_context(tempfile.TemporaryDirectory(dir=out.parent))
        options = {"constant_memory": True, "tmpdir": work, "default_format_properties": dict(FONT)}
        with xlsxwriter.Workbook(part, options) as book:
            formats = {name: book.add_format(made) for name, made in FORMATS.items()}
            count = sum(_write(book, formats, connection, file, source, language) for source in _sources(connection, file))
            _guide(book, file, count, language)
        os.replace(part, out)
    return count


def _sources(connection: duckdb.DuckDBPyConnection, file: str) -> list[_Source]:
    """The sheets of a file that lost rows. A build that keeps what titles say has it in `sheet_heading.said`."""
    has_constants = "said" in [row[0] for row in connection.execute("describe sheet_heading").fetchall()]
    sql = SHEETS.format(harmless=HARMLESS, constants="h.said" if has_constants else "null::map(varchar, varchar)")
    return [_Source(*row) for row in connection.execute(sql, {"file": file}).fetchall()]


def _write(
    book: xlsxwriter.Workbook,
    formats: Formats,
    connection: duckdb.DuckDBPyConnection,
    file: str,
    source: _Source,
    language: str,
) -> int:
    """The refused rows of one sheet, on one worksheet or as many as they fill; returns how many there were."""
    layout = _layout(source, language)
    name = sheet_name(source.sheet or definitions.names("registers", "register", language)[source.register])
    count = 0
    for reference, cells, faults in _rows(connection, file, source, language):
        if count % LAST_ROW == 0:
            sheet = _begin(book.add_worksheet(_free(book, name)), layout.heads, formats)
        count += 1
        y = (count - 1) % LAST_ROW + 1
        _record(sheet, y, layout, cells, faults, formats)
        sheet.write_string(y, layout.reason + 1, reference)
    return count


def _layout(source: _Source, language: str) -> _Layout:
    """The source's headings in their order without ours of an earlier round, what its titles say, then ours."""
    of_register = columns(source.register)
    ours = {*of_register["reason"].headings, *of_register["corrects"].headings}
    kept = [place for place, head in enumerate(source.headings) if plain(head) not in ours]
    heads = [source.headings[place] for place in kept]
    heads += [heading(source.register, column, language) for column in source.constants]
    places = {head.strip(): x for x, head in reversed(list(enumerate(heads)))}
    heads += [heading(source.register, column, language) for column in ("reason", "corrects")]
    return _Layout(kept, heads, list(source.constants.values()), places, len(source.headings))


def _rows(
    connection: duckdb.DuckDBPyConnection, file: str, source: _Source, language: str
) -> Iterator[tuple[str, list[str | None], list[Fault]]]:
    """(reference, cells, faults) of every refused record of a sheet, a piece at a time."""
    asked = {"file": file, "sheet": source.sheet, "sheet_no": source.sheet_no, "thai": language == "th"}
    result = connection.execute(ROWS.format(language=language, cells=HIDDEN), asked)
    while piece := result.fetchmany(AT_ONCE):
        yield from piece


def _begin(sheet: Worksheet, heads: list[str], formats: dict[str, Format]) -> Worksheet:
    sheet.freeze_panes(1, 0)
    for x, head in enumerate(heads):
        kind, width = {len(heads) - 2: ("reason", 70), len(heads) - 1: ("reference", 26)}.get(
            x, ("cell", min(len(head) + 4, 30))
        )
        sheet.set_column(x, x, width, formats[kind])
        sheet.write_string(0, x, head, formats["head"])
    return sheet


def _record(sheet: Worksheet, y: int, layout: _Layout, cells: list[str | None], faults: list[Fault], formats: Formats) -> None:
    """One row: its cells, each faulty one marked and explained, and why it was refused. Cells beyond the source's headings
    stand beyond ours: while they are there the row is refused again. What no cell shows marks the reason."""
    marked: dict[int, list[str]] = {}
    wrong = {layout.places[column] for column, error, _ in faults if error and column in layout.places}
    for column, _, text in faults:
        if column in layout.places:
            marked.setdefault(layout.places[column], []).append(text)
    for x, cell in enumerate([*(cells[place] for place in layout.kept), *layout.constants]):
        if x in marked:
            sheet.write_string(y, x, cell or "", formats["error" if x in wrong else "other"])
            if y <= COMMENTED:
                sheet.write_comment(y, x, "\n".join(marked[x]), {"x_scale": 2})
        elif cell:
            sheet.write_string(y, x, cell)
    refused = any(error for _, error, _ in faults)  # else the row is kept, and its reasons are those of its cells
    reasons = [f"{column}: {text}" if column else text for column, error, text in faults if error or not refused]
    elsewhere = any(error and column not in layout.places for column, error, _ in faults)
    sheet.write_string(y, layout.reason, "\n".join(reasons), formats["error" if elsewhere else "reason"])
    for x, cell in enumerate(filter(None, cells[layout.width :]), layout.reason + 2):
        sheet.write_string(y, x, cell, formats["error"])


def _free(book: xlsxwriter.Workbook, name: str) -> str:
    """The name with a number behind it where a worksheet has it already; capitals and small letters are the same."""
    taken = {sheet.name.lower() for sheet in book.worksheets()}
    numbered = (f"{name[: LONGEST_SHEET_NAME - 6]} ({number})" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free.lower() not in taken)


def _guide(book: xlsxwriter.Workbook, file: str, rows: int, language: str) -> None:
    sheet = book.add_worksheet(GUIDE[language])
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    ours = {column: heading("household", column, language) for column in ("reason", "corrects")}
    for y, sentence in enumerate(SENTENCES[language]):
        sheet.write_string(y, 0, f"{y + 1}. {sentence.format(file=file, rows=f'{rows:,}', **ours)}")
