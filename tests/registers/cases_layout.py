"""Workbooks as offices lay them out: titles, headings over two rows, merged cells, totals, printed pages, notes."""

import io
import zipfile

from tests.registers.case import case, cells, households, one
from tests.registers.files import Page, html, ods, replaced, text, xls, xlsx

TITLED = "ลำดับ | รหัสครัวเรือน | ตำบล | หมู่ที่ | แหล่งที่มา"
MACROS = (b"spreadsheetml.sheet.main+xml", b"spreadsheetml.sheet.macroEnabled.main+xml")


def table(prefix: str, head: str = TITLED) -> list[list[object]]:
    """Two households of ต.เหล่างาม whose year and district have to be told by something else."""
    rows = [["1", f"{prefix}1", "เหล่างาม", "6", "ใน TPMAP"], ["2", f"{prefix}2", "เหล่างาม", "7", "นอก TPMAP"]]
    return [*cells(head), *rows]


def villages(prefix: str) -> str:
    """Where these two live."""
    return f"household_id | register_year | village_code\n{prefix}1 | 2565 | 34210606\n{prefix}2 | 2565 | 34210607"


def with_macros(pages: dict) -> bytes:
    """The same workbook as one that may hold macros."""
    book = xlsx(pages)
    part = "[Content_Types].xml"
    return replaced(book, {part: zipfile.ZipFile(io.BytesIO(book)).read(part).replace(*MACROS)})


TITLES = cells("บัญชีครัวเรือนเป้าหมาย ประจำปี พ.ศ. 2565\nอำเภอโพธิ์ไทร จังหวัดอุบลราชธานี")
SHORT_TITLES = cells("ทะเบียนครัวเรือนยากจน ปี ๒๕๖๕\nศจพ.อ.โพธิ์ไทร จ.อุบลราชธานี ต.เหล่างาม")
FISCAL = cells("รายงานผล ปีงบประมาณ พ.ศ. 2565\nอำเภอโพธิ์ไทร จังหวัดอุบลราชธานี")
FROM_TITLE = "from_title | |"

PARENTS = cells(
    """ลำดับ | ทะเบียน | | ที่อยู่ | | | | ขาดแคลนด้าน | |
 | ปีทะเบียน | รหัสครัวเรือน | บ้านเลขที่ | หมู่ที่ | ตำบล | อำเภอ | สุขภาพ | การศึกษา | แหล่งที่มา
1 | 2565 | TWO1 | 12 | 6 | เหล่างาม | โพธิ์ไทร | ✓ | | ใน TPMAP
2 | 2565 | TWO2 | 13/1 | 7 | เหล่างาม | โพธิ์ไทร | | ✓ | ใน TPMAP"""
)
MERGED = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 6), (0, 7, 0, 8))

DOWN = """ปีทะเบียน | ตำบล | หมู่ที่ | อำเภอ | รหัสครัวเรือน | แหล่งที่มา
2565 | เหล่างาม | 6 | โพธิ์ไทร | {0}1 | ใน TPMAP
2565 | | | โพธิ์ไทร | {0}2 | ใน TPMAP
2565 | | 7 | โพธิ์ไทร | {0}3 | ใน TPMAP
2565 | | | โพธิ์ไทร | {0}4 | ใน TPMAP
2565 | สารภี | 1 | โพธิ์ไทร | {0}5 | ใน TPMAP
2565 | | | โพธิ์ไทร | {0}6 | ใน TPMAP"""
DOWN_SAYS = """household_id | village_code\n{0}1 | 34210606\n{0}2 | 34210606\n{0}3 | 34210607\n{0}4 | 34210607\n{0}5 | 34210501\n{0}6 | 34210501"""

TOTALS = """ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา | จำนวนสมาชิก
2565 | TOT1 | 34210606 | ใน TPMAP | 3
2565 | TOT2 | 34210606 | ใน TPMAP | 2
รวมหมู่ที่ 6 | | | | 5
2565 | รวมใจ | 34210607 | ใน TPMAP | 4
รวม | | | | 9
รวมทั้งสิ้น 3 ครัวเรือน | | | | 9"""

SERIALS = """ลำดับ | ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา
(1) | (2) | (3) | (4) | (5)
1 | 2565 | SER1 | 34210606 | ใน TPMAP
2 | 2565 | SER2 | 34210607 | ใน TPMAP
3 | | | |
4 | | | |
5 | | | |"""

PRINTED = """ลำดับ | ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา
1 | 2565 | PRI1 | 34210606 | ใน TPMAP
หน้า 1 จาก 2 | | | |
ลำดับ | ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา
2 | 2565 | PRI2 | 34210607 | ใน TPMAP
 | | | |
หมายเหตุ: ข้อมูล ณ วันที่ 30 กันยายน 2565 | | | |
 | | | ลงชื่อ ................ ผู้รายงาน |
 | | | (นายสมมุติ ทดสอบ) |"""

ALL_AT_ONCE = """บัญชีครัวเรือนเป้าหมาย ประจำปี พ.ศ. ๒๕๖๕ | | | | | | |
อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี | | | | | | |
 | | | | | | |
ที่ | ที่อยู่ | | | หัวหน้าครัวเรือน | ขาดแคลนด้าน | | แหล่งที่มา
 | บ้านเลขที่ | หมู่ที่ | ตำบล | ชื่อ-สกุล | ความเป็นอยู่ | รายได้ |
๑ | 12 | ๖ | เหล่างาม | นายสมชาย ใจดี | ✓ | | ใน TPMAP
๒ | 13/1 | | | นางสาวสมหญิง ใจงาม | | ✓ | นอก TPMAP
รวม | | | | 2 ครัวเรือน | 1 | 1 |
หมายเหตุ ✓ หมายถึงขาดแคลน | | | | | | |"""
ONCE_MERGED = ((0, 0, 0, 7), (1, 0, 1, 7), (3, 0, 4, 0), (3, 1, 3, 3), (3, 5, 3, 6), (3, 7, 4, 7), (5, 2, 6, 2), (5, 3, 6, 3))

CASES = [
    one("xlsx", "workbooks", "สมุดงาน.xlsx", lambda: xlsx({"ครัวเรือน": households("XLX")}), 2, sheet="ครัวเรือน"),
    one("xlsm", "workbooks", "สมุดงานมาโคร.xlsm", lambda: with_macros({"ครัวเรือน": households("XLM")}), 2, sheet="ครัวเรือน"),
    one("xls", "workbooks", "สมุดงานรุ่นเก่า.xls", lambda: xls({"ครัวเรือน": households("XLS")}), 2, sheet="ครัวเรือน"),
    one("ods", "workbooks", "สมุดงานเปิด.ods", lambda: ods({"ครัวเรือน": households("ODS")}), 2, sheet="ครัวเรือน"),
    one("an html table called xls, with a title", "workbooks", "ส่งออกจากระบบ.xls",
        lambda: html(table("HTM"), "ข้อมูลครัวเรือน ประจำปี พ.ศ. 2565 อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"), 2, values=villages("HTM")),
    one("an html table whose label says another encoding", "encodings", "ส่งออกรุ่นเก่า.xls",
        lambda: html(households("HTW", "ชื่อหัวหน้าครัวเรือน\nสมชาย"), encoding="cp874", label="utf-8"), 1,
        values="household_id | head_first_name\nHTW1 | สมชาย"),
    case("several sheets of different registers", "many",
         lambda: {"หลายแผ่น.xlsx": xlsx({
             "แผน": cells("ปีทะเบียน | รหัสครัวเรือน | ลำดับ | ด้าน | กิจกรรม | สถานะ\n2565 | SHE1 | 1 | ทักษะ | ทอผ้า | แล้วเสร็จ"),
             "ครัวเรือน": households("SHE"),
             "สมาชิก": cells("ปีทะเบียน | รหัสครัวเรือน | คนที่ | ชื่อ\n2565 | SHE1 | 1 | สมชาย\n2565 | SHE1 | 2 | สมหญิง")})},
         "หลายแผ่น.xlsx | แผน | plan | 1 | 0\nหลายแผ่น.xlsx | ครัวเรือน | household | 2 | 0\nหลายแผ่น.xlsx | สมาชิก | person | 2 | 0",
         values="household_id | people | plan_done\nSHE1 | 2 | 1"),
    one("titles say year, district and province", "titles", "มีหัวกระดาษ.xlsx",
        lambda: xlsx({"ก": Page([*TITLES, [], *table("TIT")], ((0, 0, 0, 4), (1, 0, 1, 4)))}), 2, sheet="ก", values=villages("TIT"), problems=FROM_TITLE,
        says=("2565", "โพธิ์ไทร", "อุบลราชธานี")),
    one("titles in short forms and Thai digits", "titles", "หัวกระดาษย่อ.csv",
        lambda: text([*SHORT_TITLES, *[[r[0], r[1], r[3], r[4]] for r in table("SHO")]]), 2, values=villages("SHO"), problems=FROM_TITLE),
    one("a fiscal year is no register year", "titles", "ปีงบประมาณ.xlsx", lambda: xlsx({"ก": [*FISCAL, *table("FIS")]}), 0, 2,
        sheet="ก", register=None, outcome="refused", problems="unsaid_register_year | |", says=("ปีทะเบียน",), alone=True),
    one("headings over two rows, merged", "two rows", "หัวสองชั้น.xlsx", lambda: xlsx({"ก": Page(PARENTS, MERGED)}), 2, sheet="ก",
        values="household_id | house_no | village_code | health | education\nTWO1 | 12 | 34210606 | deprived | no_data\n"
               "TWO2 | 13/1 | 34210607 | no_data | deprived"),
    one("headings over two rows in a csv", "two rows", "หัวสองชั้น.csv",
        lambda: text([[c.replace("TWO", "TWC") if isinstance(c, str) else c for c in row] for row in PARENTS]), 2,
        values="household_id | house_no | health\nTWC1 | 12 | deprived"),
    one("places written once for many rows", "filled down", "เว้นว่างใต้ตำบล.csv", lambda: text(cells(DOWN.format("DOW"))), 6,
        values=DOWN_SAYS.format("DOW"), problems="filled_down | |"),
    one("places in cells merged downwards", "filled down", "ผสานเซลล์ลงล่าง.xlsx",
        lambda: xlsx({"ก": Page(cells(DOWN.format("MER")), ((1, 1, 4, 1), (1, 2, 2, 2), (3, 2, 4, 2), (5, 1, 6, 1), (5, 2, 6, 2)))}), 6,
        sheet="ก", values=DOWN_SAYS.format("MER"), problems="filled_down | |"),
    one("a cell forgotten in an ordinary list is not filled", "filled down", "ลืมหนึ่งช่อง.csv",
        lambda: text(cells(DOWN.format("FOR").replace("2565 | |", "2565 | เหล่างาม |").replace("งาม | |", "งาม | 8 |", 1))), 4, 2, problems="missing_moo | 5 | หมู่ที่\nmissing_moo | 7 | หมู่ที่"),
    one("total rows are no households", "no records", "แถวรวม.xlsx", lambda: xlsx({"ก": cells(TOTALS)}), 3, sheet="ก",
        values="household_id | people\nTOT1 | 3\nรวมใจ | 4", problems="not_a_record | 4 |\nnot_a_record | 6 |\nnot_a_record | 7 |"),
    one("numbers of columns and of lines not filled in", "no records", "ลำดับเปล่า.xlsx", lambda: xlsx({"ก": cells(SERIALS)}), 2,
        sheet="ก", problems="not_a_record | 2 |"),
    one("headings on each printed page, notes and a signature", "no records", "หลายหน้า.csv", lambda: text(cells(PRINTED)), 2,
        problems="not_a_record | 3 |\nnot_a_record | 4 |\nnot_a_record | 7 |\nnot_a_record | 8 |\nnot_a_record | 9 |"),
    one("empty columns and rows around the table", "empty", "เริ่มกลางหน้า.xlsx",
        lambda: xlsx({"ก": Page([[*row, "", "", ""] for row in [*households("GAP")[:2], [], *households("GAP")[2:], [], []]], at=(3, 2))}),
        2, sheet="ก"),
    one("empty trailing columns in a csv", "empty", "คอลัมน์ว่าง.csv", lambda: text([[*row, "", "", "", "", "", ""] for row in households("TRA")]), 2),
    case("hidden and empty sheets", "empty",
         lambda: {"แผ่นซ่อน.xlsx": xlsx({"ครัวเรือน": households("HID"), "ฉบับร่าง": Page(households("DRA"), hidden=True), "Sheet3": []})},
         "แผ่นซ่อน.xlsx | ครัวเรือน | household | 2 | 0\nแผ่นซ่อน.xlsx | ฉบับร่าง | | 0 | 0\nแผ่นซ่อน.xlsx | Sheet3 | | 0 | 0",
         problems="hidden_sheet | |\nempty_sheet | |"),
    case("a sheet beside that is no register", "empty",
         lambda: {"มีบันทึก.xlsx": xlsx({"ครัวเรือน": households("NOT"), "ผู้จัดทำ": cells("ชื่อผู้จัดทำ | ลงวันที่\nสมชาย | วันนี้")})},
         "มีบันทึก.xlsx | ครัวเรือน | household | 2 | 0\nมีบันทึก.xlsx | ผู้จัดทำ | | 0 | 1", problems="unknown_register | |"),
    one("everything at once", "titles", "บัญชีครัวเรือนเป้าหมาย.xlsx", lambda: xlsx({"ก": Page(cells(ALL_AT_ONCE), ONCE_MERGED)}), 2,
        sheet="ก", problems="from_title | |\nfilled_down | |\nnot_a_record | 8 |\nnot_a_record | 9 |",
        values="household_id | register_year | village_code | head_title | head_first_name | head_last_name | living | income | source\n"
               "34210606/12 | 2565 | 34210606 | นาย | สมชาย | ใจดี | deprived | no_data | tpmap\n"
               "34210606/13/1 | 2565 | 34210606 | นางสาว | สมหญิง | ใจงาม | no_data | deprived | outside"),
]  # fmt: skip
