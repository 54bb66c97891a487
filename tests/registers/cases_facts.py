"""What a file says beside its values: errors, formulas, hidden rows, merged cells, fonts, formats, several tables on a sheet."""

import io
import re
import zipfile
from datetime import date

from tests.registers.case import case, cells, households, one
from tests.registers.files import Failed, Formula, Marked, Page, Shown, html, html_rows, ods, replaced, text, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
HEAD = "ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา"


def amended(workbook: bytes, *changes: tuple[str, str], part: str = SHEET) -> bytes:
    """A workbook with a part in which patterns are replaced, as another program would have written it."""
    content = zipfile.ZipFile(io.BytesIO(workbook)).read(part).decode()
    for pattern, new in changes:
        content, count = re.subn(pattern, new, content)
        assert count, pattern
    return replaced(workbook, {part: content.encode()})


FORMULAS = [["ผลการรับรอง", "จำนวนสมาชิก"], [Formula('=IF(1=1,"รับรองแล้ว","")', ""), Formula("=1+2", "")], ["รับรองแล้ว", 2.0]]
NEVER = "not_calculated | 2 | ผลการรับรอง\nnot_calculated | 2 | จำนวนสมาชิก"
NOUGHTS = [["จำนวนสมาชิก", "รายได้เฉลี่ยต่อคนต่อปี"], [Formula("=1+2", 0), Formula("=1000*3", 0)], [Formula("=2+2", 0), 40000.0]]
ERRORS = [["จำนวนสมาชิก", "ชื่อหัวหน้าครัวเรือน"], [Failed("#N/A"), "สมชาย"], [2.0, Failed("#REF!")]]
WRONG = "error_cell | 2 | จำนวนสมาชิก\nerror_cell | 3 | ชื่อหัวหน้าครัวเรือน"
SHOWN_ERRORS = "จำนวนสมาชิก | ชื่อหัวหน้าครัวเรือน\n#N/A | สมชาย\n2 | #REF!"


def errors_say(prefix: str) -> str:
    """What is left of two households with an error each."""
    return f"household_id | people | head_first_name\n{prefix}1 | | สมชาย\n{prefix}2 | 2 |"


def bare_days(prefix: str) -> list[list[object]]:
    """A date cell and a bare day number of the same day, counted from 1904."""
    return households(prefix, [["วันที่รับรอง"], [Shown(date(2022, 3, 15), "dd/mm/yyyy")], [43173.0]])


THAI_DAYS = [
    ["วันที่รับรอง"],
    *(
        [Shown(44635, pattern)]
        for pattern in (71, 72, 81, "ว ดดด ปปปป", "[$-D07041E]d mmmm bbbb", "bbbb-mm-dd", "[$-41E]d mmm yy")
    ),
]
HOUSES = [
    ["บ้านเลขที่"],
    [Shown(44588, 73)],
    [Shown(date(2022, 12, 1), "d-mmm")],
    [Shown(date(2020, 12, 1), "mmm-yy")],
    [Shown(44531, 74)],
    ["45/2"],
]
HOUSES_SAY = "household_id | house_no\n{0}1 | 27/1\n{0}2 | 1/12\n{0}3 | 12/20\n{0}4 | 12/64\n{0}5 | 45/2"
RESTORED = "\n".join(f"restored_house_no | {row} | บ้านเลขที่" for row in (2, 3, 4, 5))
TICKS = [
    ["ขาดแคลนด้านสุขภาพ", "ขาดแคลนด้านรายได้"],
    [Marked("ü", "Wingdings"), ""],
    ["", Marked("P", "Wingdings 2")],
    [Marked("û", "Wingdings"), Marked("a", "Webdings")],
]
TICKS_SAY = "household_id | health | income\n{0}1 | deprived | no_data\n{0}2 | no_data | deprived"
SYMBOLS = "symbol_font | | ขาดแคลนด้านสุขภาพ\nsymbol_font | | ขาดแคลนด้านรายได้"

TWO_TITLES = """ทะเบียนครัวเรือน ตำบลเหล่างาม ปี 2565 | | |
อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี | | |
ลำดับ | รหัสครัวเรือน | หมู่ที่ | แหล่งที่มา
1 | {0}1 | 6 | ใน TPMAP
2 | {0}2 | 7 | ใน TPMAP
รวม | 2 | |
 | | |
ทะเบียนครัวเรือน ตำบลสารภี ปี 2566 | | |
ลำดับ | รหัสครัวเรือน | หมู่ที่ | แหล่งที่มา
1 | {0}3 | 1 | นอก TPMAP"""
TWO_TITLES_SAY = """household_id | register_year | village_code
{0}1 | 2565 | 34210606\n{0}2 | 2565 | 34210607\n{0}3 | 2566 | 34210501"""
SECTIONS = """ทะเบียนครัวเรือน ปี 2565 อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี | |
ลำดับ | รหัสครัวเรือน | แหล่งที่มา
ตำบลเหล่างาม | |
หมู่ที่ 6 บ้านหนึ่ง | |
1 | {0}1 | ใน TPMAP
2 | {0}2 | ใน TPMAP
หมู่ที่ ๗ | |
1 | {0}3 | ใน TPMAP
รวม | 3 |
ตำบลสารภี หมู่ที่ 1 | |
1 | {0}4 | นอก TPMAP
หมายเหตุ: หมู่ที่ 2 ยังไม่ส่ง | |"""
SECTIONS_SAY = """household_id | village_code
{0}1 | 34210606\n{0}2 | 34210606\n{0}3 | 34210607\n{0}4 | 34210501"""
PLACED = """ปีทะเบียน | รหัสครัวเรือน | ตำบล | หมู่ที่ | อำเภอ | แหล่งที่มา
ตำบลเหล่างาม | | | | |
2565 | {0}1 | เหล่างาม | 6 | โพธิ์ไทร | ใน TPMAP
ตำบลสารภี | | | | |
2565 | {0}2 | สารภี | 1 | โพธิ์ไทร | ใน TPMAP"""
OTHER_HEADINGS = f"""{HEAD} |
2565 | {{0}}1 | 34210606 | ใน TPMAP |
2565 | {{0}}2 | 34210607 | ใน TPMAP |
 | | | |
รายชื่อสมาชิก | | | |
ปีทะเบียน | รหัสครัวเรือน | คนที่ | ชื่อ | นามสกุล
2565 | {{0}}1 | 1 | สมชาย | ใจดี
2565 | {{0}}1 | 2 | สมหญิง | ใจดี"""
TWO_ROWS = """ลำดับ | ทะเบียน | | ที่อยู่ | | แหล่งที่มา
 | ปีทะเบียน | รหัสครัวเรือน | ตำบล | หมู่ที่ |
1 | 2565 | {0}1 | เหล่างาม | 6 | ใน TPMAP
ตำบลสารภี อำเภอโพธิ์ไทร ปี 2566 | | | | |
ลำดับ | ทะเบียน | | ที่อยู่ | | แหล่งที่มา
 | ปีทะเบียน | รหัสครัวเรือน | ตำบล | หมู่ที่ |
1 | 2566 | {0}2 | สารภี | 1 | ใน TPMAP"""
PAGES = f"""{HEAD}
2565 | {{0}}1 | 34210606 | ใน TPMAP
รวมหน้านี้ | 1 | |
 | | |
{HEAD}
2565 | {{0}}2 | 34210607 | ใน TPMAP"""
BESIDE = f"""{HEAD} | | {HEAD}
2565 | {{0}}1 | 34210606 | ใน TPMAP | | 2565 | {{0}}3 | 34210607 | ใน TPMAP
2565 | {{0}}2 | 34210606 | ใน TPMAP | | 2565 | {{0}}4 | 34210607 | ใน TPMAP"""

CASES = [
    one("formulas that were never calculated", "formulas", "ไม่เคยคำนวณ.xlsx", lambda: xlsx({"ก": households("NEV", FORMULAS)}), 2, sheet="ก",
        problems=NEVER, values="household_id | people\nNEV1 |\nNEV2 | 2"),
    one("formulas never calculated, with spaces and prefixes as other programs write", "formulas", "ไม่เคยคำนวณแบบอื่น.xlsx",
        lambda: amended(xlsx({"ก": households("NEP", FORMULAS)}), ("<v></v>", "\n <v />"), ("<(/?)(?=[a-zA-Z])", r"<\1x:"), ("xmlns=", "xmlns:x=")), 2,
        sheet="ก", problems=NEVER),
    one("noughts of a workbook that has to be calculated first", "formulas", "ศูนย์ทุกสูตร.xlsx", lambda: xlsx({"ก": households("NOU", NOUGHTS)}), 2,
        sheet="ก", problems="not_calculated | 2 | จำนวนสมาชิก\nnot_calculated | 2 | รายได้เฉลี่ยต่อคนต่อปี\nnot_calculated | 3 | จำนวนสมาชิก"),
    one("an empty text that a formula gave is a value", "formulas", "สูตรให้ค่าว่าง.xlsx",
        lambda: amended(xlsx({"ก": households("EMP", [["จำนวนสมาชิก"], [Formula('=IF(1=2,1,"")', "")]])}), (r'(<c r="E2")(><f>)', r'\1 t="str"\2')), 1, sheet="ก",
        values="household_id | people\nEMP1 |"),
    one("formulas of an ods without a value", "formulas", "ไม่เคยคำนวณ.ods", lambda: ods({"ก": households("NEO", FORMULAS)}), 2, sheet="ก", problems=NEVER),
    one("error cells of an xlsx", "error cells", "ช่องผิดพลาด.xlsx", lambda: xlsx({"ก": households("ERX", ERRORS)}), 2, sheet="ก", problems=WRONG,
        values=errors_say("ERX"), says=("#N/A", "#REF!")),
    one("error cells of an xls", "error cells", "ช่องผิดพลาด.xls", lambda: xls({"ก": households("ERS", ERRORS)}), 2, sheet="ก", problems=WRONG,
        values=errors_say("ERS"), says=("#N/A", "#REF!")),
    one("error cells of an ods", "error cells", "ช่องผิดพลาด.ods", lambda: ods({"ก": households("ERO", ERRORS)}), 2, sheet="ก", problems=WRONG,
        values=errors_say("ERO"), says=("#N/A", "#REF!")),
    one("error cells of an html table", "error cells", "ช่องผิดพลาดเว็บ.xls", lambda: html(households("ERH", SHOWN_ERRORS)), 2, problems=WRONG,
        values=errors_say("ERH"), says=("#N/A", "#REF!")),
    one("error cells of a csv", "error cells", "ช่องผิดพลาด.csv", lambda: text(households("ERC", SHOWN_ERRORS)), 2, problems=WRONG,
        values=errors_say("ERC"), says=("#N/A", "#REF!")),
    one("errors of formulas that were dragged too far", "error cells", "ลากสูตรเกิน.xlsx",
        lambda: xlsx({"ก": [*households("DRG", [["จำนวนสมาชิก"], [3.0]]), *[["", "", "", "", Failed("#N/A")] for _ in range(30)]]}), 1, sheet="ก",
        problems="formula_rows | | จำนวนสมาชิก", says=("3–32",)),
    one("hidden rows of an xlsx", "hidden rows", "กรองไว้.xlsx", lambda: xlsx({"ก": Page(households("HIX"), hidden_rows=(2,))}), 2, sheet="ก",
        problems="hidden_rows | |", says=("แถว 3",)),
    one("hidden rows of an xls", "hidden rows", "กรองไว้.xls", lambda: xls({"ก": Page(households("HIS"), hidden_rows=(2,))}), 2, sheet="ก",
        problems="hidden_rows | |", says=("แถว 3",)),
    one("filtered rows of an ods", "hidden rows", "กรองไว้.ods", lambda: ods({"ก": Page(households("HIO"), hidden_rows=(2,))}), 2, sheet="ก",
        problems="hidden_rows | |", says=("แถว 3",)),
    one("hidden rows of an html table", "hidden rows", "กรองไว้เว็บ.xls", lambda: html(Page(households("HIH"), hidden_rows=(2,))), 2,
        problems="hidden_rows | |", says=("แถว 3",)),
    one("a hidden column", "hidden rows", "ซ่อนคอลัมน์.xlsx", lambda: xlsx({"ก": Page(households("HIC", "จำนวนสมาชิก\n3"), hidden_columns=(4,))}), 1, sheet="ก",
        problems="hidden_column | | จำนวนสมาชิก", values="household_id | people\nHIC1 | 3"),
    one("cells merged over columns of a record", "merged", "ผสานข้ามคอลัมน์.xlsx",
        lambda: xlsx({"ก": Page(households("MEA", "ชื่อหัวหน้าครัวเรือน | นามสกุลหัวหน้าครัวเรือน\nนายสมชาย ใจดี |"), ((1, 4, 1, 5),))}), 1, sheet="ก",
        problems="merged_cell | 2 | ชื่อหัวหน้าครัวเรือน"),
    one("cells merged downwards in an ods", "merged", "ผสานลงล่าง.ods",
        lambda: ods({"ก": Page(cells("ปีทะเบียน | ตำบล | หมู่ที่ | อำเภอ | รหัสครัวเรือน | แหล่งที่มา\n2565 | เหล่างาม | 6 | โพธิ์ไทร | MEO1 | ใน TPMAP\n"
                                     "2565 | | 7 | โพธิ์ไทร | MEO2 | ใน TPMAP"), ((1, 1, 2, 1),))}), 2, sheet="ก",
        problems="filled_down | |", values="household_id | village_code\nMEO1 | 34210606\nMEO2 | 34210607"),
    one("cells over several rows of an html table", "merged", "ผสานลงล่างเว็บ.xls",
        lambda: html_rows('<tr><td>ปีทะเบียน</td><td>ตำบล</td><td>หมู่ที่</td><td>อำเภอ</td><td>รหัสครัวเรือน</td><td>แหล่งที่มา</td></tr>'
                          '<tr><td>2565</td><td rowspan="2">เหล่างาม</td><td>6</td><td>โพธิ์ไทร</td><td>MEH1</td><td>ใน TPMAP</td></tr>'
                          '<tr><td>2565</td><td>7</td><td>โพธิ์ไทร</td><td>MEH2</td><td>ใน TPMAP</td></tr>'), 2,
        problems="filled_down | |", values="household_id | village_code\nMEH1 | 34210606\nMEH2 | 34210607"),
    one("days counted from 1904, xlsx", "number formats", "แมค.xlsx", lambda: xlsx({"ก": bare_days("MAX")}, since_1904=True), 2, sheet="ก",
        values="household_id | certified_date\nMAX1 | 2022-03-15\nMAX2 | 2022-03-15"),
    one("days counted from 1904, xls", "number formats", "แมค.xls", lambda: xls({"ก": bare_days("MAS")}, since_1904=True), 2, sheet="ก",
        values="household_id | certified_date\nMAS1 | 2022-03-15\nMAS2 | 2022-03-15"),
    one("Thai number formats are dates", "number formats", "รูปแบบวันที่ไทย.xlsx", lambda: xlsx({"ก": households("THF", THAI_DAYS)}), 7, sheet="ก",
        values="household_id | certified_date\n" + "\n".join(f"THF{n} | 2022-03-15" for n in range(1, 8))),
    one("house numbers by the format that shows them", "house numbers", "บ้านเลขที่ตามรูปแบบ.xlsx", lambda: xlsx({"ก": households("HOF", HOUSES)}), 5,
        sheet="ก", problems=RESTORED, values=HOUSES_SAY.format("HOF")),
    one("house numbers by the format that shows them, xls", "house numbers", "บ้านเลขที่ตามรูปแบบ.xls",
        lambda: xls({"ก": households("HOG", [*HOUSES[:1], *HOUSES[2:4]])}), 2, sheet="ก",
        problems="restored_house_no | 2 | บ้านเลขที่\nrestored_house_no | 3 | บ้านเลขที่", values="household_id | house_no\nHOG1 | 1/12\nHOG2 | 12/20"),
    one("ticks of symbol fonts", "symbol fonts", "วิงดิงส์.xlsx", lambda: xlsx({"ก": households("WIX", TICKS)}), 3, sheet="ก",
        problems=SYMBOLS, values=TICKS_SAY.format("WIX") + "\nWIX3 | not_deprived | deprived", says=("ü → ✓", "P → ✓")),
    one("ticks of symbol fonts in an xls", "symbol fonts", "วิงดิงส์.xls", lambda: xls({"ก": households("WIS", TICKS[:3])}), 2, sheet="ก",
        problems=SYMBOLS, values=TICKS_SAY.format("WIS")),
    one("ticks of symbol fonts in an ods", "symbol fonts", "วิงดิงส์.ods", lambda: ods({"ก": households("WIO", TICKS[:3])}), 2, sheet="ก",
        problems=SYMBOLS, values=TICKS_SAY.format("WIO")),
    one("a tick in a part of a text in a symbol font", "symbol fonts", "วิงดิงส์บางส่วน.xlsx",
        lambda: amended(xlsx({"ก": households("WIR", [["ขาดแคลนด้านสุขภาพ"], ["ติ๊ก"]])}),
                        ("<si><t>ติ๊ก</t></si>", '<si><r><rPr><rFont val="Wingdings"/></rPr><t>ü</t></r></si>'), part="xl/sharedStrings.xml"), 1, sheet="ก",
        problems="symbol_font | | ขาดแคลนด้านสุขภาพ", values="household_id | health\nWIR1 | deprived"),
    one("a tick of a symbol font in a csv", "symbol fonts", "วิงดิงส์.csv", lambda: text(households("WIC", "ขาดแคลนด้านสุขภาพ\n\uf0fc")), 1,
        values="household_id | health\nWIC1 | deprived"),
    one("ticks of symbol fonts in an html table", "symbol fonts", "วิงดิงส์เว็บ.xls",
        lambda: b"<html><style>.x1 {color: black; font-family: Wingdings, serif}</style>"
                + html(households("WIH", "ขาดแคลนด้านสุขภาพ | ขาดแคลนด้านรายได้\n@1 | \n | @2")).removeprefix(b"<html>")
                .replace(b"<td>@1", "<td class='x1'>ü".encode()).replace(b"@2", b'<font face="Wingdings 2">P</font>'), 2,
        problems=SYMBOLS, values=TICKS_SAY.format("WIH")),
    case("titles further down begin new tables", "several tables", lambda: {"สองตำบล.xlsx": xlsx({"ก": cells(TWO_TITLES.format("TTX"))})},
         "สองตำบล.xlsx | ก | household | 2 | 0\nสองตำบล.xlsx | ก [2] | household | 1 | 0", problems="several_tables | |\nfrom_title | |\nnot_a_record | 6 |",
         values=TWO_TITLES_SAY.format("TTX")),
    case("titles further down of a csv", "several tables", lambda: {"สองตำบล.csv": text(cells(TWO_TITLES.format("TTC")))},
         "สองตำบล.csv | | household | 2 | 0\nสองตำบล.csv | [2] | household | 1 | 0", problems="several_tables | |\nfrom_title | |",
         values=TWO_TITLES_SAY.format("TTC")),
    case("titles further down of an html page", "several tables", lambda: {"สองตำบลเว็บ.xls": html(cells(TWO_TITLES.format("TTH")))},
         "สองตำบลเว็บ.xls | | household | 2 | 0\nสองตำบลเว็บ.xls | [2] | household | 1 | 0", problems="several_tables | |\nfrom_title | |",
         values=TWO_TITLES_SAY.format("TTH")),
    case("places written once above their rows", "several tables", lambda: {"หัวข้อพื้นที่.xlsx": xlsx({"ก": cells(SECTIONS.format("SEC"))})},
         "หัวข้อพื้นที่.xlsx | ก | household | 2 | 0\nหัวข้อพื้นที่.xlsx | ก [2] | household | 1 | 0\nหัวข้อพื้นที่.xlsx | ก [3] | household | 1 | 0",
         problems="several_tables | |\nfrom_title | |\nnot_a_record | 9 |\nnot_a_record | 12 |", values=SECTIONS_SAY.format("SEC")),
    case("places written once above their rows, csv", "several tables", lambda: {"หัวข้อพื้นที่.csv": text(cells(SECTIONS.format("SEV")))},
         "หัวข้อพื้นที่.csv | | household | 2 | 0\nหัวข้อพื้นที่.csv | [2] | household | 1 | 0\nหัวข้อพื้นที่.csv | [3] | household | 1 | 0",
         problems="several_tables | |\nfrom_title | |", values=SECTIONS_SAY.format("SEV")),
    one("places above rows that say their places themselves", "several tables", "หัวข้อและคอลัมน์.xlsx", lambda: xlsx({"ก": cells(PLACED.format("PLC"))}), 2, sheet="ก",
        problems="not_a_record | 2 |\nnot_a_record | 4 |"),
    one("a village in the title of the whole sheet", "several tables", "หมู่ในหัวกระดาษ.xlsx",
        lambda: xlsx({"ก": cells("ทะเบียน ปี 2565 หมู่ที่ 6 ตำบลเหล่างาม อำเภอโพธิ์ไทร | |\nลำดับ | รหัสครัวเรือน | แหล่งที่มา\n1 | MOT1 | ใน TPMAP")}), 1, sheet="ก",
        problems="from_title | |", values="household_id | village_code\nMOT1 | 34210606"),
    one("a village in the title of a csv", "several tables", "หมู่ในหัวกระดาษ.csv",
        lambda: text(cells("ทะเบียน ปี 2565 หมู่ที่ 6 ตำบลเหล่างาม อำเภอโพธิ์ไทร | |\nลำดับ | รหัสครัวเรือน | แหล่งที่มา\n1 | MOC1 | ใน TPMAP")), 1,
        problems="from_title | |", values="household_id | village_code\nMOC1 | 34210606"),
    case("another register's headings further down", "several tables", lambda: {"สองทะเบียน.xlsx": xlsx({"ก": cells(OTHER_HEADINGS.format("OTH"))})},
         "สองทะเบียน.xlsx | ก | household | 2 | 0\nสองทะเบียน.xlsx | ก [2] | person | 2 | 0", problems="several_tables | |",
         values="household_id | people\nOTH1 | 2"),
    case("headings over two rows again under a title", "several tables", lambda: {"หัวสองชั้นสองครั้ง.xlsx": xlsx({"ก": cells(TWO_ROWS.format("TWR"))})},
         "หัวสองชั้นสองครั้ง.xlsx | ก | household | 1 | 0\nหัวสองชั้นสองครั้ง.xlsx | ก [2] | household | 1 | 0", problems="several_tables | |",
         values="household_id | register_year | village_code\nTWR1 | 2565 | 34210606\nTWR2 | 2566 | 34210501"),
    case("a copy of a sheet that holds two tables", "several tables",
         lambda: {"คัดลอกแผ่น.xlsx": xlsx({"ก": cells(TWO_TITLES.format("CPA")), "ก (2)": cells(TWO_TITLES.format("CPB"))})},
         "คัดลอกแผ่น.xlsx | ก | household | 2 | 0\nคัดลอกแผ่น.xlsx | ก [2] | household | 1 | 0\n"
         "คัดลอกแผ่น.xlsx | ก (2) | household | 2 | 0\nคัดลอกแผ่น.xlsx | ก (2) [2] | household | 1 | 0", problems="several_tables | |"),
    one("hidden rows of which there are many", "hidden rows", "กรองมาก.xlsx",
        lambda: xlsx({"ก": Page(households("HIM", [["จำนวนสมาชิก"], *([3.0] for _ in range(200))]), hidden_rows=range(2, 200, 2))}), 200, sheet="ก",
        problems="hidden_rows | |", says=("99 แถว", "3, 5, 7", "… 199")),
    one("rows merged over columns again and again", "merged", "ผสานทุกแถว.xlsx",
        lambda: xlsx({"ก": Page(households("MEM", [["ชื่อหัวหน้าครัวเรือน", "นามสกุลหัวหน้าครัวเรือน"], *(["สมชาย", ""] for _ in range(60))]),
                                tuple((row, 4, row, 5) for row in range(1, 61)))}), 60, sheet="ก", problems="merged_cells | | ชื่อหัวหน้าครัวเรือน", says=("2–61",)),
    one("a sum beside the register", "several tables", "สรุปด้านข้าง.xlsx",
        lambda: xlsx({"ก": cells(f"{HEAD} | | อายุของข้อมูล | จำนวนบ้าน\n2565 | SUM1 | 34210606 | ใน TPMAP | | 6 | 1\n2565 | SUM2 | 34210607 | ใน TPMAP | | |")}), 2,
        sheet="ก", problems="empty_column | |"),
    one("errors in columns that are not read", "error cells", "ผิดพลาดนอกคอลัมน์.xlsx",
        lambda: xlsx({"ก": households("EOC", [["ช่องทดของเจ้าหน้าที่", ""], [Failed("#REF!"), Failed("#N/A")]])}), 1, sheet="ก"),
    one("the same headings on a new page begin no table", "several tables", "ขึ้นหน้าใหม่.xlsx", lambda: xlsx({"ก": cells(PAGES.format("PAG"))}), 2, sheet="ก",
        problems="not_a_record | 3 |\nnot_a_record | 5 |"),
    case("two tables side by side", "several tables", lambda: {"เคียงกัน.xlsx": xlsx({"ก": cells(BESIDE.format("BES"))})},
         "เคียงกัน.xlsx | ก | household | 2 | 0\nเคียงกัน.xlsx | ก [2] | household | 2 | 0", problems="several_tables | |",
         values="household_id | village_code\nBES1 | 34210606\nBES4 | 34210607"),
]  # fmt: skip
