"""Template workbooks: one register to fill in, examples and a reading guide beside it, all from the definitions.

What such a workbook yields loads without a problem, so it offers only columns that hold values of their own; headings that
may stand in for them (`gives`) are told in the guide.
"""

import re
from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

import definitions
from etl.headings.columns import Column, columns
from etl.templates.column_guide import choices, examples, heading, holds, meanings, must, offered, set_of_registers, word
from etl.typing.casts import FLAGS

GUIDE, EXAMPLES, LISTS = {"th": "คู่มือ", "en": "Guide"}, {"th": "ตัวอย่าง", "en": "Example"}, {"th": "รายการ", "en": "Lists"}
NUMERIC = {
    "integer",
    "year",
    "number",
    "degrees",
    "moo",
}  # everything else is text: a spreadsheet makes 1 May of a house number 1/5
FONT = {"font_name": "TH Sarabun New", "font_size": 14, "font_scheme": "none"}  # else the theme's own font would be shown
TEXT = 49  # the built-in format "@": what is typed stays as it was typed
LAST_ROW, LONGEST_SHEET_NAME = 1_048_575, 31  # of a worksheet, counted from 0; characters
COLUMN_HEADS = {
    "th": ("หัวคอลัมน์", "ต้องกรอกหรือไม่", "กรอกอะไรได้", "หน่วย", "ตัวอย่าง", "ความหมาย", "หัวคอลัมน์อื่นที่ใช้ได้", "ที่มา"),
    "en": ("Heading", "Required", "May hold", "Unit", "Example", "Meaning", "Other headings accepted", "Source"),
}
LIST_HEADS = {
    "th": ("รายการของคอลัมน์", "ค่า (ไทย)", "ค่า (อังกฤษ)", "รหัส", "คำอื่นที่รับ"),
    "en": ("List of the column", "Value (Thai)", "Value (English)", "Code", "Other words accepted"),
}
GUIDANCE = {
    "th": (
        'กรอกข้อมูลในแผ่น "{sheet}" ตั้งแต่แถวที่ 2 ({grain}) อย่าแก้หัวคอลัมน์',
        "หัวคอลัมน์ที่ต้องกรอกเป็นตัวหนา มีพื้นสีและเส้นหนาด้านล่าง คอลัมน์ที่ไม่บังคับเว้นว่างหรือลบทั้งคอลัมน์ได้",
        "ไม่มีข้อมูลให้เว้นว่าง ข้อที่ไม่เกี่ยวข้องกับครัวเรือนให้ใส่ - ระบบไม่นับว่าเป็นผ่านหรือไม่ผ่าน",
        "รหัส เลขประจำตัว บ้านเลขที่ โทรศัพท์ และวันที่ พิมพ์เป็นข้อความ วันที่พิมพ์ วัน/เดือน/ปี พ.ศ. เช่น 15/03/2565",
        "บันทึกด้วยชื่อที่บอกพื้นที่และปี เช่น โพธิ์ไทร 2565.xlsx ให้ผู้อื่นแยกไฟล์ออก ระบบดูเนื้อหา ไม่ดูชื่อไฟล์",
        'แผ่น "{example}" "{guide}" และ "{lists}" ไม่ถูกนำเข้าระบบ อย่าเปลี่ยนชื่อแผ่น',
    ),
    "en": (
        'Fill in the sheet "{sheet}" from row 2 on ({grain}); leave the headings as they are.',
        "Headings that must be filled are bold, shaded and underlined by a thick line; "
        "other columns may be left empty or deleted.",
        "Leave a cell empty where there is no data; write - where a question does not apply: "
        "it counts as neither pass nor fail.",
        "Codes, ids, house numbers, telephones and dates are text; write dates as day/month/Buddhist year, such as 15/03/2565.",
        "Save it under a name that tells place and year, so that others can tell files apart; what counts is what is in it.",
        'The sheets "{example}", "{guide}" and "{lists}" are not loaded; do not rename them.',
    ),
}


def templates(folder: Path, registers: list[str], language: str = "th", place: str = "") -> list[Path]:
    """A template file of each of `registers` in `folder`, of all where none is named; returns the files.

    The name of a `place` stands in theirs: files that are called alike everywhere are told apart by nobody.
    """
    names = definitions.names("registers", "register", language)
    where = f" {sheet_name(place)}" if place else ""
    made = {r: folder / f"{word('file', language, name=names[r])}{where}.xlsx" for r in registers or set_of_registers()}
    folder.mkdir(parents=True, exist_ok=True)
    for register, path in made.items():
        write(register, path, language)
    return list(made.values())


def write(register: str, path_or_file: Path | IO[bytes], language: str = "th", filled: bool = False) -> None:
    """The template of one register; `filled` puts the example rows into the register's own sheet as well."""
    name = sheet_name(definitions.names("registers", "register", language)[register])
    with xlsxwriter.Workbook(path_or_file, {"in_memory": True, "default_format_properties": dict(FONT)}) as book:
        sheet = book.add_worksheet(name)
        _register(book, sheet, register, language)
        if filled:
            _rows(sheet, 1, register, language, {})
        _examples(book, book.add_worksheet(EXAMPLES[language]), register, language)
        _guide(book, book.add_worksheet(GUIDE[language]), name, register, language)
        if _in_lists(register):
            _lists(book.add_worksheet(LISTS[language]), register, language)


def sheet_name(name: str) -> str:
    """A name as a worksheet may have it."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_SHEET_NAME].strip(" '")


def _register(book: xlsxwriter.Workbook, sheet: Worksheet, register: str, language: str) -> None:
    head = {"text_wrap": True, "border": 1, "num_format": TEXT}
    optional = book.add_format({**head, "bg_color": "#F2F2F2"})
    required = book.add_format({**head, "bold": True, "bg_color": "#CFE5E0", "bottom": 5})
    text, number = book.add_format({"num_format": TEXT}), book.add_format()
    example = examples(register, language)[0]
    for x, column in enumerate(offered(register)):
        title = heading(register, column.name, language)
        longest = max(len(title), *map(len, choices(column, language).values()), len(example[column.name]), 10)
        sheet.set_column(x, x, min(longest, 30) + 2, number if column.type in NUMERIC else text)
        sheet.write_string(0, x, title, required if column.required else optional)
        note = _note(register, column, example[column.name], language)
        sheet.write_comment(0, x, note, {"x_scale": 2.5, "y_scale": 2, "font_size": 10})
        if rule := _validation(column, x, register, language):
            sheet.data_validation(1, x, LAST_ROW, x, rule)
    sheet.set_default_row(21)
    sheet.set_row(0, 60)
    sheet.freeze_panes(1, 0)


def _note(register: str, column: Column, example: str, language: str) -> str:
    """What is said of a column where the pointer rests on its heading."""
    row = meanings(register, language)[column.name]
    lines = [must(register, column, language), row["means"], holds(column, language)]
    lines += [word("unit", language, text=row["unit"])] if row["unit"] else []
    lines += [word("example", language, text=example)] if example else []
    lines += [word("personal", language)] if row["personal"] else []
    return "\n".join([*lines, word("source", language, text=row["source"])])


def _validation(column: Column, x: int, register: str, language: str) -> dict[str, object]:
    """What the spreadsheet itself checks while the officer types; nothing for free text."""
    kind, _, detail = column.type.partition(":")
    message = {"error_title": heading(register, column.name, language)[:32], "error_message": holds(column, language)[:255]}
    between = {"validate": "integer", "criteria": "between", **message}
    if listed := choices(column, language):
        at = xlsxwriter.utility.xl_col_to_name(list(_in_lists(register)).index(_list_of(column)))
        return {"validate": "list", "source": f"='{LISTS[language]}'!${at}$2:${at}${len(listed) + 1}", **message}
    if kind == "year":
        return {
            **between,
            "minimum": definitions.rule("first_register_year"),
            "maximum": definitions.rule("last_register_year"),
        }
    if kind in {"integer", "moo"}:
        return {**between, "minimum": 0, "maximum": 99 if kind == "moo" else 65535}
    if kind in {"number", "degrees"}:
        return {**between, "validate": "decimal", "minimum": -1e9, "maximum": 1e9}
    if kind == "digits":
        return {"validate": "length", "criteria": "==", "value": int(detail), **message}
    return {}


def _list_of(column: Column) -> str:
    """Columns of one list share it: the picklist's name, or the kind of flag."""
    return column.type.partition(":")[2] or column.type


def _in_lists(register: str) -> dict[str, list[Column]]:
    """List -> the columns that choose from it."""
    lists: dict[str, list[Column]] = {}
    for column in offered(register):
        if choices(column, "th"):
            lists.setdefault(_list_of(column), []).append(column)
    return lists


def _lists(sheet: Worksheet, register: str, language: str) -> None:
    """What the drop-down lists hold, one column each."""
    for x, (name, of) in enumerate(_in_lists(register).items()):
        for y, value in enumerate([name, *choices(of[0], language).values()]):
            sheet.write_string(y, x, value)
    sheet.hide()


def _rows(sheet: Worksheet, y: int, register: str, language: str, marked: dict[str, Format]) -> None:
    kept = offered(register)
    for down, row in enumerate(examples(register, language), y):
        for x, column in enumerate(kept):
            if column.type in NUMERIC and row[column.name]:
                sheet.write_number(down, x, float(row[column.name]), *marked.values())
            else:
                sheet.write_string(down, x, row[column.name], *marked.values())


def _examples(book: xlsxwriter.Workbook, sheet: Worksheet, register: str, language: str) -> None:
    italic = book.add_format({"italic": True, "bg_color": "#F2F2F2", "border": 1})
    sheet.write_string(0, 0, word("banner", language), book.add_format({"bold": True, "valign": "vcenter"}))
    sheet.set_row(0, 30)
    for x, column in enumerate(offered(register)):
        title = heading(register, column.name, language)
        sheet.write_string(1, x, title, book.add_format({"bold": bool(column.required), "border": 1}))
        sheet.set_column(x, x, min(max(len(title), 12), 30) + 2)
    _rows(sheet, 2, register, language, {"cell": italic})
    sheet.freeze_panes(2, 0)


def _guide(book: xlsxwriter.Workbook, sheet: Worksheet, name: str, register: str, language: str) -> None:
    """Sentences, then every column, then headings that may stand in for some, then what the lists hold."""
    plain, bold = book.add_format({"text_wrap": True}), book.add_format({"bold": True, "bottom": 1})
    about = next(r for r in definitions.table("registers") if r["register"] == register)
    sheets = {"example": EXAMPLES[language], "guide": GUIDE[language], "lists": LISTS[language]}
    y = 0
    sheet.write_string(y, 0, about[f"name_{language}"], book.add_format({"bold": True, "font_size": 18}))
    for y, sentence in enumerate(GUIDANCE[language], 1):
        sheet.write_string(y, 0, sentence.format(sheet=name, grain=about[f"says_{language}"], **sheets), book.add_format())
    for heads, rows in ((COLUMN_HEADS, _column_rows(register, language)), (LIST_HEADS, _list_rows(register, language))):
        y += 2
        sheet.write_row(y, 0, heads[language], bold)
        for row in rows:
            y += 1
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell, plain)
    for x, width in enumerate((32, 30, 44, 16, 24, 44, 44, 24)):
        sheet.set_column(x, x, width)


def _column_rows(register: str, language: str) -> list[tuple[str, ...]]:
    example = examples(register, language)[0]
    names = {c: heading(register, c, language) for c in columns(register)}
    own = offered(register)
    stand_ins = [c for c in columns(register).values() if c.gives]
    rows: list[tuple[str, ...]] = []
    for column in [*own, *stand_ins]:
        row = meanings(register, language)[column.name]
        given = [names[part.split(" = ")[0].strip()] for part in column.gives.split("|") if part]
        required = word("gives", language, names=", ".join(given)) if given else must(register, column, language)
        means = "\n".join([row["means"], *([word("personal", language)] if row["personal"] else [])])
        others = ", ".join(row[f"headings_{language}"].split("|")[1:])
        shown = example.get(column.name, "")
        rows.append((names[column.name], required, holds(column, language), row["unit"], shown, means, others, row["source"]))
    return rows


def _list_rows(register: str, language: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for of in _in_lists(register).values():
        titles = [heading(register, c.name, language) for c in of]
        used = ", ".join(titles) if len(titles) < 4 else f"{titles[0]} … {titles[-1]}"
        thai, english = choices(of[0], "th"), choices(of[0], "en")
        kind, _, detail = of[0].type.partition(":")
        accepted = {w: v for name in FLAGS.get(kind, (detail,)) for w, v in definitions.spellings(name).items()}
        for value in thai:
            synonyms = [w for w, v in accepted.items() if v == value and w not in (value, thai[value], english[value])]
            rows.append((used, thai[value], english[value], value, ", ".join(synonyms)))
    if "step" in columns(register):  # numbers of which each has a name
        title = heading(register, "step", language)
        rows += [
            (title, r["name_th"], r["name_en"], f"{r['template']} {r['step']}", "") for r in definitions.table("case_steps")
        ]
    return rows
