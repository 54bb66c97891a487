"""One thing spelled in two ways: keys, house numbers, words and places that look alike, dressed by a spreadsheet or typed otherwise."""

from tests.registers.case import Case, case, cells, households, one
from tests.registers.files import text, xlsx

HOUSES = """ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน | นามสกุลหัวหน้าครัวเรือน
2565 | 12/3 | 34210606 | ใน TPMAP | ไข่มุก | สมมติหนึ่ง
2565 | 45 | 34210606 | ใน TPMAP | ใบบัว | สมมติสอง
2565 | 7/1ก | 34210606 | ใน TPMAP | ใบตอง | สมมติสาม"""
HOUSES_AGAIN = """ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน | นามสกุลหัวหน้าครัวเรือน
๒๕๖๕ | ๑๒/๓ | ๓๔๒๑๐๖๐๖ | นอก TPMAP | ไข่มุก | สมมติหนึ่ง
๒๕๖๕ | บ้านเลขที่ 45 | 34,210,606 | นอก TPMAP | ใบบัว | สมมติสอง
2565 | 7 / 1ก | 3421-06-06 | นอก\u200b TPMAP | ใบตอง\ufeff | สมมติสาม"""
HOUSES_SAY = "household_id | house_no | source\n" + "\n".join(
    f"34210606/{number} | {number} | both" for number in ("12/3", "45", "7/1ก")
)

KEYS = ["34210000017", "34210000018", "34210000019", "ABC-1", "34210606-001"]
DRESSED = ['="34210000017"', "'34210000018", "34,210,000,019", "abc-1", "34210606 – ๐๐๑"]
KEYS_SAY = "household_id | source\n" + "\n".join(f"{key} | both" for key in KEYS)

NOUGHTS = """รหัสประจำบ้าน
2267811
00002267812
3421000001"""

WORDS = """ผลการรับรอง | แหล่งที่มา
รับรองแล้ว | ใน TPMAP
รับรองเเล้ว | ในTPMAP
รับรอง\u200bแล้ว | ใน\u00a0TPMAP
รับรองแล้ว\u2069 | ใน tpmap\u200b
รัับรองแล้้ว | ใน  TPMAP
รับรองแล้ว | ใน ＴＰＭＡＰ"""

PLACES = """ปีทะเบียน | รหัสครัวเรือน | ตำบล | อำเภอ | จังหวัด | หมู่ที่ | แหล่งที่มา
2565 | LIKE1 | คำน้ำแซบ | วารินชำราบ | อุบลราชธานี | 1 | ใน TPMAP
2565 | LIKE2 | คำนำ้แซบ | วารินชําราบ | อุบลราชธานี | 1 | ใน TPMAP
2565 | LIKE3 | ข้ีเหล็ก | เมืองอุบลราชธานี | อุบลราช\u200bธานี | ม. ๑ | ใน TPMAP
2565 | LIKE4 | ขี\uf70bเหล็ก | เมืองอุบลราชธานีี | อุบลราชธานี | 01 | ใน TPMAP"""
PLACES_SAY = "household_id | village_code\nLIKE1 | 34151001\nLIKE2 | 34151001\nLIKE3 | 34011901\nLIKE4 | 34011901"

DAY_NUMBERS = """บ้านเลขที่
44588
27/1/2565
1/27/2022
44531
12345
45"""

TICKS = """ขาดแคลนด้านสุขภาพ | ขาดแคลนด้านรายได้
ü | û
✔\ufe0f | ✗
P | \uf0fc"""
NO_WORD = "\u200b"


def twice(what: str, line: str, prefix: str, first: bytes, second: bytes, rows: int, values: str) -> Case:
    """Two lists of the same households, from TPMAP and from outside, which have to be found to be the same."""
    names = f"{prefix} tpmap.csv", f"{prefix} นอก.csv"
    sheets = "\n".join(f"{name} | | household | {rows} | 0" for name in names)
    return case(what, line, lambda: dict(zip(names, (first, second), strict=True)), sheets, values=values)


def keyed(keys: list[str], source: str) -> bytes:
    """Households by their keys alone."""
    return text([["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา"], *(["2565", key, "34210606", source] for key in keys)])


CASES = [
    twice("a house number in either digits is one house", "spelling", "บ้าน", text(cells(HOUSES)), text(cells(HOUSES_AGAIN)), 3, HOUSES_SAY),
    twice("a key is the same however it is dressed", "spelling", "รหัส", keyed(KEYS, "ใน TPMAP"), keyed(DRESSED, "นอก TPMAP"), 5, KEYS_SAY),
    one("a house code that lost its noughts, and one that lacks a digit", "spelling", "รหัสบ้านสั้น.csv", lambda: text(households("NGT", NOUGHTS)), 3,
        problems="restored_noughts | 2 | รหัสประจำบ้าน\nnot_that_many_digits | 4 | รหัสประจำบ้าน",
        values="household_id | house_code\nNGT1 | 00002267811\nNGT2 | 00002267812\nNGT3 |"),
    one("words that look alike are one word", "spelling", "คำเหมือน.csv",
        lambda: text([["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", *cells(WORDS)[0]],
                      *(["2565", f"WRD{n}", "34210606", *row] for n, row in enumerate(cells(WORDS)[1:], 1))]), 6,
        values="household_id | certification | source\n" + "\n".join(f"WRD{n} | certified | tpmap" for n in range(1, 7))),
    one("places whose marks were typed in another order", "spelling", "ตำบลเหมือน.csv", lambda: text(cells(PLACES)), 4, values=PLACES_SAY),
    one("a house number that is a day number in a text file", "house numbers", "บ้านเลขวัน.csv", lambda: text(households("HDN", DAY_NUMBERS)), 6,
        values="household_id | house_no\nHDN1 | 27/1\nHDN2 | 27/1\nHDN3 | 1/27\nHDN4 |\nHDN5 | 12345\nHDN6 | 45",
        problems="\n".join([*(f"restored_house_no | {row} | บ้านเลขที่" for row in (2, 3, 4)), "house_no_lost | 5 | บ้านเลขที่"])),
    one("ticks of a symbol font whose font is lost", "flags", "ติ๊กสัญลักษณ์.csv", lambda: text(households("SYM", TICKS)), 3,
        problems="symbol_tick | 4 | ขาดแคลนด้านสุขภาพ",
        values="household_id | health | income\nSYM1 | deprived | not_deprived\nSYM2 | deprived | not_deprived\nSYM3 | no_data | deprived"),
    one("cells in which nothing is seen are empty", "spelling", "ช่องที่มองไม่เห็น.csv",
        lambda: text(households("NUL", [["บ้านเลขที่", "วันที่รับรอง", "จำนวนสมาชิก"], [NO_WORD, "\u00a0", "\t"], ["\ufeff5", "15/03/2565\u200b", "\u20674"]])), 2,
        values="household_id | house_no | certified_date | people\nNUL1 | | |\nNUL2 | 5 | 2022-03-15 | 4"),
    one("a dressed workbook", "spelling", "แต่งตัว.xlsx",
        lambda: xlsx({"ก": households("DRS", [["รหัสประจำบ้าน", "บ้านเลขที่"], ['="34210000055"', "'12/3"]])}), 1, sheet="ก",
        values="household_id | house_code | house_no\nDRS1 | 34210000055 | 12/3"),
]  # fmt: skip
