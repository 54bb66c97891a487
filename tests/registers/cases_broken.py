"""Files that are damaged, hostile or something else than their names say: the load says what happened and stays whole."""

from tests.registers import damaged
from tests.registers.case import Case, case, cells, households, one, unreadable
from tests.registers.files import gzipped, replaced, text, xls, xlsx, zipped

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(range(256)) * 4 + b"\xff\xd9"
PROSE = "เรียน นายอำเภอโพธิ์ไทร\n\nตามที่ได้มอบหมายให้สำรวจครัวเรือนยากจน ขอรายงานว่า\nดำเนินการแล้วเสร็จ\n"
BOMB_GZ = gzipped(b"2565,A,34210601,tpmap\n" * 40_000)


def bad(what: str, name: str, content: object, *says: str, line: str = "broken", said: str = "") -> Case:
    """A file that is refused whole."""
    return unreadable(what, line, name, content, *says, said=said)  # type: ignore[arg-type]


def mutated() -> bytes:
    """A workbook with a stretch of noughts in its middle."""
    whole = bytearray(damaged.workbook())
    whole[len(whole) // 3 : len(whole) // 3 + 600] = bytes(600)
    return bytes(whole)


CASES = [
    bad("a truncated workbook", "ตัดท้าย.xlsx", lambda: damaged.workbook()[:3000]),
    bad("a truncated old workbook", "ตัดท้าย.xls", lambda: xls({"ก": households("TRU")})[:2500]),
    bad("a workbook damaged in its middle", "เสียกลางไฟล์.xlsx", mutated),
    bad("a workbook without its parts", "ไม่มีส่วนใน.xlsx", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/nothing.xml": b"<x/>"})),
    bad("a sheet that is no xml", "แผ่นงานเสีย.xlsx", lambda: damaged.with_sheet(b"<sheetData><row r='1'><c r='A1'")),
    bad("a workbook with a password", "มีรหัสผ่าน.xlsx", damaged.encrypted, "รหัสผ่าน"),
    bad("a pdf called xlsx", "เอกสาร.xlsx", lambda: PDF, "PDF"),
    bad("a photograph called csv", "ภาพถ่าย.csv", lambda: JPEG, "JPEG"),
    bad("a text document called xlsx", "หนังสือราชการ.xlsx", lambda: zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "Word"),
    bad("bytes that are no text", "ไม่ใช่ข้อความ.csv", lambda: b"\x00\x01\x02\xfe" * 500),
    bad("a truncated gzip", "บีบอัดขาด.csv.gz", lambda: gzipped(text(households("TGZ")))[:60]),
    bad("a truncated zip", "บีบอัดขาด.zip", lambda: zipped({"ก.csv": text(households("TZI"))})[:90]),
    one("prose called csv", "broken", "หนังสือ.csv", lambda: PROSE.encode(), 0, 2, register=None, outcome="refused",
        problems="unknown_register | |", alone=True),
    one("an empty file", "empty", "ว่างเปล่า.csv", lambda: b"", 0, register=None, outcome="refused", problems="empty_sheet | |", alone=True,
        says=("ว่างเปล่า.csv",)),
    one("only headings", "empty", "มีแต่หัว.csv", lambda: text(households("ONL")[:1]), 0, outcome="refused", problems="empty_sheet | |", alone=True),
    one("only headings in a workbook", "empty", "มีแต่หัว.xlsx", lambda: xlsx({"ก": households("ONX")[:1]}), 0, sheet="ก", outcome="refused",
        problems="empty_sheet | |", alone=True),
    one("every row refused", "broken", "ผิดทุกแถว.csv", lambda: text(cells("ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา\nปีนี้ | ALL1 | 34210606 | ใน TPMAP\n2565 | ALL2 | 3421 | ใน TPMAP")),
        0, 2, outcome="refused", problems="not_a_year | 2 | ปีทะเบียน\nnot_that_many_digits | 3 | รหัสหมู่บ้าน", alone=True),
    case("one bad file refuses the load, both are told", "broken",
         lambda: {"ดี.csv": text(households("GOO")), "ไม่ดี.xlsx": PDF},
         "ดี.csv | | household | 2 | 0\nไม่ดี.xlsx | | | 0 | 0", outcome="refused", problems="unreadable_file | |", says=("ไม่ดี.xlsx", "PDF"), alone=True),
    one("a csv called xlsx is read as what it is", "broken", "ที่จริงเป็น.csv.xlsx", lambda: text(households("CAX")), 2),
    one("an old workbook called csv is read as what it is", "broken", "ที่จริงเป็น xls.csv", lambda: xls({"ก": households("XAC")}), 2, sheet="ก"),
    bad("a zip bomb", "ระเบิด.zip", damaged.bomb_zip, "MB", line="bombs"),
    bad("a gzip bomb", "ระเบิด.csv.gz", lambda: BOMB_GZ * 60, "MB", line="bombs"),
    bad("a workbook bomb", "ระเบิด.xlsx", damaged.big_sheet, line="bombs"),
    bad("a workbook bomb that lies about its size", "ระเบิดซ่อนขนาด.xlsx", damaged.lying_sheet, line="bombs"),
    bad("an archive of a thousand files and one", "พันหนึ่งไฟล์.zip", damaged.many_files, "1000", line="bombs"),
    case("an archive within an archive", "bombs", lambda: {"ซ้อน.zip": zipped({"ใน.zip": damaged.bomb_zip()})},
         "ซ้อน.zip/ใน.zip | | | 0 | 0", outcome="refused", problems="unreadable_file | |", says=("ซ้อน.zip",), alone=True),
    bad("a sheet that claims a million columns", "ล้านคอลัมน์.xlsx", damaged.far_cell, line="bombs"),
    one("a million empty rows", "bombs", "ล้านแถวว่าง.xlsx", damaged.empty_rows, 2, sheet="ครัวเรือน", alone=True),
    one("a hundred thousand rows of commas", "bombs", "แถวจุลภาค.csv", lambda: text(households("COR")) + b",,,\n" * 100_000, 2),
    case("a path of Thai letters, digits, spaces and brackets", "paths",
         lambda: {"ศจพ.อ. โพธิ์ไทร/ปี ๒๕๖๕/ทะเบียน (แก้ไข ครั้งที่ ๒)'s #1.xlsx": xlsx({"แผ่น 'ก' (๑)": households("PAT")})},
         "ทะเบียน (แก้ไข ครั้งที่ ๒)'s #1.xlsx | แผ่น 'ก' (๑) | household | 2 | 0"),
    one("parts of a workbook that nobody asked for", "broken", "มีส่วนเกิน.xlsx",
        lambda: replaced(damaged.workbook(), {"xl/../../evil.txt": b"x", "customXml/item1.xml": b"<x/>"}), 2, sheet="ครัวเรือน"),
]  # fmt: skip
