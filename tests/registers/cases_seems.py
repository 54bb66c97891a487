"""Files that are not what they seem, and workbooks that another program wrote otherwise: read, or one message with what to do."""

import io
import zipfile
from datetime import date

from tests.registers import damaged
from tests.registers.case import case, cells, households, one
from tests.registers.cases_broken import bad
from tests.registers.cases_facts import ERRORS, HEAD, WRONG, errors_say
from tests.registers.files import Page, fods, spreadsheet_xml, text, zipped

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
IWA = {
    "Index/Document.iwa": b"\0x",
    "Index/Tables/DataList.iwa": b"\0y",
    "Metadata/Properties.plist": b"bplist",
    "preview.jpg": b"x",
}
WEB = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<table><tr><td>a</td></tr></table>\r\n--x--\r\n"
SAVED = (
    b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.go.th/\r\nSubject: a\r\nDate: Mon, 1 Jan 2024\r\n"
    + WEB
)
DRIVE = b'{"url": "https://docs.example/spreadsheets/d/x/edit", "doc_id": "x", "email": "a@example.go.th"}'
LINK = b"[InternetShortcut]\r\nURL=https://docs.example/spreadsheets/d/x/edit\r\n"
ZIPPED_TEXT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}
LOCKED = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"\x01\x02",
          "META-INF/manifest.xml": b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"}  # fmt: skip
CR = f"{HEAD} | ข้อเท็จจริงโดยย่อ"


def rewritten(how: str) -> bytes:
    """The good workbook with backslashes in its names, or with the namespaces of the strict dialect."""
    with zipfile.ZipFile(io.BytesIO(damaged.workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    if how == "names":
        return zipped({name.replace("/", "\\"): content for name, content in parts.items()})
    for plain, strict in STRICT.items():
        parts = {name: content.replace(plain, strict) for name, content in parts.items()}
    return zipped(parts)


def broken_lines(prefix: str, inside: str, between: str) -> bytes:
    """Two households, the first with a line break inside a cell; \n is `inside` there and `between` records."""
    head, first, second = (
        ",".join(map(str, row))
        for row in cells(f"{CR}\n2565 | {prefix}1 | 34210606 | ใน TPMAP | x\n2565 | {prefix}2 | 34210607 | ใน TPMAP | ปกติ")
    )
    return between.join([head, first.removesuffix("x") + f'"บ้านผุ{inside}หลังคารั่ว"', second, ""]).encode()


CASES = [
    bad("an old workbook with a password", "รหัสผ่านเก่า.xls", damaged.old_encrypted, "รหัสผ่าน", line="seems"),
    case("an old workbook with a password in an archive", "seems", lambda: {"รหัสผ่าน.zip": zipped({"ก.xls": damaged.old_encrypted()})},
         "รหัสผ่าน.zip/ก.xls | | | 0 | 0", outcome="refused", problems="unreadable_file | |", says=("รหัสผ่าน",), alone=True),
    bad("an ods with a password", "รหัสผ่าน.ods", lambda: zipped(LOCKED), "รหัสผ่าน", line="seems"),
    bad("a file of Apple Numbers", "ไอแพด.numbers", lambda: zipped(IWA), "Numbers", line="seems"),
    bad("a package of Apple Numbers", "แมค.xlsx", lambda: zipped({"แมค.numbers/Index.zip": b"PK", "แมค.numbers/preview.jpg": b"x"}), "Numbers", line="seems"),
    bad("a web archive called xls", "เว็บเพจ.xls", lambda: WEB, "MHTML", line="seems"),
    bad("a web archive of a browser", "เว็บเพจ.csv", lambda: SAVED, "MHTML", line="seems"),
    bad("a shortcut to a table on the web", "ตาราง.gsheet", lambda: DRIVE, "ทางลัด", line="seems"),
    bad("a link called xlsx", "ตาราง.xlsx", lambda: LINK, "ทางลัด", line="seems"),
    bad("a photograph of an iPad", "ภาพ.xlsx", lambda: b"\0\0\0\x18ftypheic" + bytes(60), "HEIC", line="seems"),
    bad("an OpenDocument text called ods", "หนังสือ.ods", lambda: zipped(ZIPPED_TEXT), "OpenDocument", line="seems"),
    bad("an old Word document called xls", "หนังสือ.xls", lambda: damaged.compound("WordDocument"), "Word", line="seems"),
    bad("a table of dBase", "ตาราง.dbf", lambda: bytes([3, 122, 1, 1, 2, 0, 0, 0, 65, 0, 10, 0]) + bytes(20) + b"A" * 32 + b"\r" + b" 123456789" * 2, "DBF", line="seems"),
    bad("a letter of a mail program", "จดหมาย.xls", lambda: b"Received: from x\r\n by y\r\n" + SAVED, "MHTML", line="seems"),
    case("what systems leave in an archive", "seems",
         lambda: {"จากแมค.zip": zipped({"ก/ก.csv": text(households("LIT")), "__MACOSX/ก/._ก.csv": b"\0\5", "ก/.DS_Store": b"\0", "ก/~$ก.xlsx": b"\5user", "ก/Thumbs.db": b"\0"})},
         "จากแมค.zip/ก/ก.csv | | household | 2 | 0"),
    bad("some other XML", "ข้อมูล.xml", lambda: b'<?xml version="1.0"?><rss><channel/></rss>', "XML", line="seems"),
    one("a workbook with backslashes in its names", "seems", "ส่งออก.xlsx", lambda: rewritten("names"), 2, sheet="ครัวเรือน"),
    one("a workbook of the strict dialect", "seems", "เข้มงวด.xlsx", lambda: rewritten("strict"), 2, sheet="ครัวเรือน"),
    one("a csv with carriage returns inside its first record", "seems", "ขึ้นบรรทัดในช่อง.csv", lambda: broken_lines("CRA", "\r\n", "\n"), 2,
        values="household_id | village_code\nCRA1 | 34210606\nCRA2 | 34210607"),
    one("a csv with a lone carriage return in a cell", "seems", "ขึ้นบรรทัดเดี่ยวในช่อง.csv", lambda: broken_lines("CRB", "\r", "\n"), 2),
    one("a csv with as many carriage returns in a cell as lines", "seems", "ขึ้นบรรทัดเท่ากัน.csv", lambda: broken_lines("CRC", "\r\r\r", "\n"), 2),
    one("a csv of carriage returns alone", "seems", "แมคเก่า.csv", lambda: broken_lines("CRD", "\n", "\r"), 2),
    one("a workbook with carriage returns inside its first record", "seems", "ขึ้นบรรทัดในช่อง.xlsx",
        lambda: damaged.with_text("x", "บ้านผุ_x000D_\nหลังคารั่ว", households("CRX", "ข้อเท็จจริงโดยย่อ\nx\nปกติ")), 2, sheet="ก"),
    one("a flat OpenDocument spreadsheet", "seems", "แบน.fods", lambda: fods({"ก": Page(households("FOD", ERRORS), hidden_rows=(2,))}), 2, sheet="ก",
        problems=WRONG + "\nhidden_rows | |", values=errors_say("FOD")),
    one("a workbook in XML of 2003", "seems", "ระบบเก่า.xls", lambda: spreadsheet_xml({"ก": Page(households("XML", ERRORS), hidden_rows=(2,))}), 2, sheet="ก",
        problems=WRONG + "\nhidden_rows | |", values=errors_say("XML")),
    one("dates of a workbook in XML of 2003", "seems", "ระบบเก่า.xml", lambda: spreadsheet_xml({"ก": households("XMD", [["วันที่รับรอง", "จำนวนสมาชิก"], [date(2022, 3, 15), 3.0]])}), 1, sheet="ก",
        values="household_id | certified_date | people\nXMD1 | 2022-03-15 | 3"),
    one("UTF-16 called xls", "seems", "ยูนิโค้ด.xls", lambda: text(households("UTS"), "\t", "utf-16"), 2),
]  # fmt: skip
