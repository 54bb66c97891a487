"""Points of households and villages: swapped, abroad, in metres, in degrees and minutes, both in one cell."""

from tests.registers.case import Cells, case, cells, one
from tests.registers.files import text

HOMES = """ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา
2565 | VL1 | 34210606 | ใน TPMAP
2565 | VL2 | 34210607 | ใน TPMAP
2565 | VL3 | 34210608 | ใน TPMAP"""
VILLAGES = """รหัสหมู่บ้าน | ชื่อหมู่บ้าน | ละติจูด | ลองจิจูด
34210606 | บ้านทดสอบหก | 105.37057 | 15.7475
34210607 | บ้านทดสอบเจ็ด | 15.75 | 105.38
34210608 | บ้านทดสอบแปด | 0 | 0"""
IN_METRES = """รหัสหมู่บ้าน | ชื่อหมู่บ้าน | พิกัด X | พิกัด Y
34210615 | บ้านเมตรหนึ่ง | 540714 | 1741090
34210616 | บ้านเมตรสอง | 1741090 | 540714
34210617 | บ้านเมตรไกล | 561000 | 1941000"""
WAYS = """ละติจูด | ลองจิจูด
15°44'51"N | 105°22'14"E
15 44 51 | 105 22 14
15,7475 | 105,37057
15.7475° N | 105.37057° E
15° 44.85' | 105° 22.234'
๑๕.๗๔๗๕ | ๑๐๕.๓๗๐๕๗
540714 | 1741090
15.76, 105.37 |"""
IN_ONE = """พิกัด
15.7475, 105.37057
105.37057 15.7475
15.7475N 105.37057E
540714 1741090
หลังวัด"""


def homes(prefix: str, drawn: str) -> Cells:
    """Households in villages of one subdistrict, with what is drawn beside them."""
    head, *rows = cells(drawn)
    base = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา"]
    return [[*base, *head], *(["2565", f"{prefix}{n}", "34210606", "ใน TPMAP", *row] for n, row in enumerate(rows, 1))]


CASES = [
    case("points of villages are checked as those of households", "places",
         lambda: {"บ้านมีจุด.csv": text(cells(HOMES)), "จุดหมู่บ้าน.csv": text(cells(VILLAGES))},
         "บ้านมีจุด.csv | | household | 3 | 0\nจุดหมู่บ้าน.csv | | village | 3 | 0",
         problems="swapped_coordinates | 2 | ละติจูด\noutside_thailand | 4 | ละติจูด"),
    one("points of villages in metres", "places", "จุดเป็นเมตร.csv", lambda: text(cells(IN_METRES)), 3, register="village",
        problems="read_as_utm | | \nutm_or_what | 4 | พิกัด Y", says=("UTM", "โซน 47 หรือ 48")),
    one("points in every way that they are written", "places", "พิกัดหลายแบบ.csv", lambda: text(homes("PTS", WAYS)), 8,
        problems="read_as_utm | | \nnot_degrees | 9 | ละติจูด",
        values="household_id | latitude | longitude\nPTS1 | 15.7475 | 105.370556\nPTS2 | 15.7475 | 105.370556\nPTS3 | 15.7475 | 105.37057\n"
               "PTS4 | 15.7475 | 105.37057\nPTS5 | 15.7475 | 105.370567\nPTS6 | 15.7475 | 105.37057\nPTS8 |  | "),
    one("both numbers of a point in one cell", "places", "พิกัดช่องเดียว.csv", lambda: text(homes("ONE", IN_ONE)), 5,
        problems="read_as_utm | | \nnot_degrees | 6 | พิกัด",
        values="household_id | latitude | longitude\nONE1 | 15.7475 | 105.37057\nONE2 | 15.7475 | 105.37057\nONE3 | 15.7475 | 105.37057\nONE5 |  | "),
]  # fmt: skip
