"""What rows without records say: the year, province, district, subdistrict and village of the rows below them."""

import re

from etl.files.header_row import Top, top

TITLE_CELLS = 3  # filled cells of a title row at most
BELOW = {  # what another place makes void
    "province_name": ("district_name", "tambon_name", "moo"),
    "district_name": ("tambon_name", "moo"),
    "tambon_name": ("moo",),
}
MOO = re.compile(
    r"(?:หมู่ที่|หมู่|(?<![ก-๙])ม\.)\s*([0-9๐-๙]{1,2})(?![0-9๐-๙]|\s*(?:[-–,/]|ถึง|และ))"
)  # one, and not from one to another
PLACE_WORDS = {
    "province_name": ("จังหวัด", "จ."),
    "district_name": ("อำเภอ", "อ."),
    "tambon_name": ("ตำบล", "ต."),
    "moo": ("หมู่ที่",),
}
SECTION = (
    "จังหวัด",
    "จ.",
    "อำเภอ",
    "อ.",
    "ตำบล",
    "ต.",
    "หมู่",
    "ม.",
    "บ้าน",
    "ปี",
    "พ.ศ.",
    "ทะเบียน",
    "บัญชี",
    "รายชื่อ",
    "ครัวเรือน",
)  # how it begins
TOLD_BY = {  # what a title says -> columns of which any tells it for each record
    "moo": ("moo", "village_code", "village_name"),
    "tambon_name": ("tambon_name", "tambon_code", "village_code"),
    "district_name": ("district_name", "district_code", "tambon_code", "village_code"),
    "province_name": ("province_name", "province_code", "district_code", "tambon_code", "village_code"),
    "register_year": ("register_year",),
}

Row = list[str]


def with_moo(head: Top, begin: list[Row]) -> Top:
    """The top with the village's number, where the titles above the headings say one."""
    moo = _moo([row for row in begin[: head.rows] if 0 < filled(row) <= TITLE_CELLS])
    return Top(head.headings, head.rows, head.constants | moo, head.matched) if head.matched else head


def _moo(rows: list[Row]) -> dict[str, str]:
    found = {number for row in rows for number in MOO.findall(" ".join(row))}
    return {"moo": found.pop()} if len(found) == 1 else {}


def named(titles: list[Row]) -> set[str]:
    """Places of which titles speak, be it of several: what was said further up of such a place holds no longer."""
    words = " ".join(cell for row in titles if filled(row) <= TITLE_CELLS for cell in row)
    return {name for name, of_place in PLACE_WORDS.items() if any(word in words for word in of_place)}


def said(row: Row) -> dict[str, str]:
    """What one title row says of place and year."""
    return top([row, [], ["ตำบล", "หมู่ที่", "อำเภอ"]]).constants | _moo([row])


def inherited(above: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """What holds for a table: what its titles say, and what those above said and nothing unsays: another district's name ends
    the subdistrict's."""
    void = {below for name in own if own[name] != above.get(name) for below in BELOW.get(name, ())}
    return {name: value for name, value in above.items() if name not in void} | own


def may_be_title(row: Row) -> bool:
    """A blank row, a row with one filled cell, or with few that say a place or a year; a total or a count is none."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if not cells:
        return True
    if len(cells) == 1:
        return not cells[0].startswith(("รวม", "ยอดรวม", "หมายเหตุ", "ลงชื่อ", "ที่มา", "total"))
    return len(cells) <= TITLE_CELLS and bool(said(row))


def filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row)
