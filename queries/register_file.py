"""Back to the registers: what is recorded as a workbook in the registers' own shapes, which the loader takes like any other.

Each row carries the ids of the entries in it; by them nothing counts twice when the file is loaded (etl/clean/recorded_rows.py).
"""

import io
from dataclasses import dataclass

import pandas as pd
import xlsxwriter

import definitions
from journal.project import FILED, FILED_OF_PLACES
from queries.ask import ask
from queries.filters import Filters
from queries.reader import Reader
from queries.rights import NotAllowed

OPEN_TO = (
    "name",
    "address",
    "text",
)  # classes that must be open to whoever writes a register: a masked cell would be loaded as it is
NUMERIC = {
    "register_year", "item_no", "step", "entry_no", "quantity", "value", "check_no", "action_no", "action_amount", "item_score",
    "item_households", "assessed_households", "forum_no", "forum_people",
}  # fmt: skip
BUDDHIST_ERA = 543
GUIDE = "คู่มือ"  # a sheet that the loader leaves out
SENTENCES = (
    "ไฟล์นี้คืองานที่บันทึกในระบบและยังไม่อยู่ในทะเบียน เขียนตามแบบของทะเบียน หนึ่งแผ่นต่อหนึ่งทะเบียน ทั้งหมด {rows} แถว",
    "โหลดไฟล์นี้คู่กับทะเบียนเดิมได้ทันที ไม่ต้องลบแถวเดิม แถวที่เป็นรายการเดียวกันจะเข้าแทนกัน และไม่นับซ้ำ",
    'อย่าแก้หรือลบคอลัมน์ "รหัสบันทึก" ถ้าลบ ระบบจะไม่รู้ว่าเป็นรายการเดียวกัน และอาจนับสองครั้ง แถวที่เพิ่มเองให้เว้นช่องนี้ว่าง',
    "แก้ค่าในแถวก่อนโหลดได้ ค่าที่แก้จะเป็นค่าของทะเบียน และระบบจะแสดงในหน้าบันทึกที่ต้องตรวจว่าต่างจากที่บันทึกไว้",
    "ไฟล์นี้มีข้อมูลส่วนบุคคล ส่งให้เฉพาะผู้ที่ต้องใช้ และลบเมื่อใช้เสร็จ",
)
HIDDEN = "ไม่ได้เขียน {n} แถว เพราะมีเลขประจำตัวประชาชนในแถวนั้น ให้บันทึกลงทะเบียนเองที่สำนักงาน"


@dataclass(frozen=True)
class Written:
    """A workbook: its bytes, how many rows and columns are in it, and how many rows it must not tell."""

    bytes: bytes
    rows: int
    columns: int
    hidden: int


class NothingToWrite(ValueError):
    """No row would be in the file; the text says how many must not be told."""


def write(filters: Filters, reader: Reader, every: bool = False) -> Written:
    """The workbook of what is recorded of the chosen households and places, of all rows of these registers with `every`.

    Raises NotAllowed for whoever exports nothing or sees masks, and NothingToWrite.
    """
    hold(reader)
    found = {
        name: ask(f"register_{name}", filters, reader, every="yes" if every else "") for name in (*FILED, *FILED_OF_PLACES)
    }
    told = {name: frame[~frame["hidden"].fillna(False).astype(bool)].drop(columns="hidden") for name, frame in found.items()}
    told = {name: frame for name, frame in told.items() if len(frame)}
    hidden = sum(map(len, found.values())) - sum(map(len, told.values()))
    if not told:
        raise NothingToWrite(_nothing(hidden))
    return Written(_workbook(told, hidden), sum(map(len, told.values())), max(len(f.columns) for f in told.values()), hidden)


def hold(reader: Reader) -> None:
    """Raise NotAllowed for a role that may not write a register."""
    if not reader.may("exports") or any(reader.sees(kind) != "open" for kind in OPEN_TO):
        raise NotAllowed(
            f'บทบาท "{reader.role}" ทำไฟล์ทะเบียนไม่ได้ ต้องส่งออกได้และเห็นชื่อ ที่อยู่ และข้อความโดยไม่ปิดบัง · '
            f'The role "{reader.role}" may not write registers: it must export, and see names, addresses and texts unmasked.'
        )


def _nothing(hidden: int) -> str:
    if hidden:
        return f"{HIDDEN.format(n=hidden)} · {hidden} rows hold a citizen ID and are not written; enter them into the register by hand"
    return "ไม่มีบันทึกที่รอเข้าทะเบียน · nothing that is recorded waits to be written into a register"


def heading(register: str, column: str) -> str:
    """The heading that the template of a register has for a column."""
    rows = [row for row in definitions.table("register_columns") if row["column"] == column]
    of_register = [row for row in rows if {register, "*"} & set(row["register"].split("|"))]
    return of_register[0]["headings_th"].split("|")[0]


def _cells(register: str, column: str, values: pd.Series) -> list[object]:
    """The values of a column as the template would have them: names of what is picked, days of the Buddhist era."""
    rows = [row for row in definitions.table("register_columns") if row["column"] == column]
    kind, _, detail = next(row["type"] for row in rows if {register, "*"} & set(row["register"].split("|"))).partition(":")
    if kind == "year" or column in NUMERIC:
        return [None if pd.isna(value) else float(value) for value in values]
    if kind == "date":
        return [None if pd.isna(value) else f"{value:%d/%m/}{value.year + BUDDHIST_ERA}" for value in pd.to_datetime(values)]
    if kind in ("pick", "flag"):
        names = _names(detail or "flag")
        return [None if pd.isna(value) else names[_code(value)] for value in values]
    return [None if pd.isna(value) else str(value) for value in values]


def _code(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def _names(picklist: str) -> dict[str, str]:
    if picklist in ("aspect", "dimension"):
        return definitions.names(f"{picklist}s", picklist, "th")
    return definitions.picklist(picklist, "th")


def _workbook(told: dict[str, pd.DataFrame], hidden: int) -> bytes:
    buffer = io.BytesIO()
    names = definitions.names("registers", "register", "th")
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#D3E6E2", "border": 1})
        text = book.add_format({"num_format": "@"})
        for register, frame in told.items():
            _sheet(book.add_worksheet(names[register]), register, frame, head, text)
        guide = book.add_worksheet(GUIDE)
        guide.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
        rows = f"{sum(map(len, told.values())):,}"
        sentences = [*(s.format(rows=rows) for s in SENTENCES), *([HIDDEN.format(n=f"{hidden:,}")] if hidden else [])]
        for y, sentence in enumerate(sentences):
            guide.write_string(y, 0, f"{y + 1}. {sentence}")
    return buffer.getvalue()


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, register: str, frame: pd.DataFrame, head: object, text: object) -> None:
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(frame.columns):
        title = heading(register, column)
        cells = _cells(register, column, frame[column])
        longest = max([len(title), *(len(str(cell)) for cell in cells[:200] if cell is not None)])
        sheet.set_column(x, x, min(40, longest + 2), None if column in NUMERIC else text)
        sheet.write_string(0, x, title, head)
        for y, cell in enumerate(cells, 1):
            if isinstance(cell, float):
                sheet.write_number(y, x, cell)
            elif cell is not None:
                sheet.write_string(y, x, _plain(str(cell)))


def _plain(text: str) -> str:
    """A text that the writing library takes for no markup of its own: a space behind it, which no reader keeps."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
