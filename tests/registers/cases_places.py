"""Headings as people spell them, and places by code or by names."""

from tests.registers.case import Cells, case, cells, households, one
from tests.registers.files import text, xlsx

SPELLED = [
    ["ปี\nทะเบียน", "รหัส ครัวเรือน", "รหัสหมู่บ้าน\u200b", "เเหล่งที่มา", "จํานวนสมาชิก ", "เบอร์ โทร.", "รายได้เฉลี่ย (บาท / คน / ปี)"],
    ["2565", "SPE1", "34210606", "ใน TPMAP", "4", "0812345678", "30000"],
]
ENGLISH = cells(
    """Register Year | HOUSEHOLD ID | village_code | Source | House No. | Members
2565 | ENG1 | 34210606 | In TPMAP | 12/3 | 4"""
)
SYNONYMS = cells(
    """ปีข้อมูล | รหัสครัวเรือน | หมู่บ้าน (รหัส) | แหล่งข้อมูล | เลขที่บ้าน | ชื่อ-สกุลหัวหน้าครัวเรือน | โทรศัพท์ | จำนวนคน
2565 | SYN1 | 34210606 | Re X-ray | 12/3 | นายสมชาย ใจดี | 0812345678 | 4"""
)
UNKNOWN = "รายได้เฉลี่ยต่อคนตอปี | สีหลังคา\n30000 | แดง"
TWICE = "แหล่งที่มา | แหล่งข้อมูล\nใน TPMAP | ใน TPMAP"
HAND = "บ้านที่ของเรา\n77/1"

BY = "ปีทะเบียน | รหัสครัวเรือน | แหล่งที่มา"


def places(head: str, *rows: str, prefix: str) -> Cells:
    """Households whose place is said in the columns `head`."""
    base = [f"2565 | {prefix}{number} | ใน TPMAP | {row}" for number, row in enumerate(rows, 1)]
    return cells("\n".join([f"{BY} | {head}", *base]))


def all_in(code: str, prefix: str, count: int) -> str:
    """All of them live in one village."""
    return "household_id | village_code\n" + "\n".join(f"{prefix}{n} | {code}" for n in range(1, count + 1))


NAMES = "ตำบล | อำเภอ | จังหวัด | หมู่ที่"
LAO_NGAM = ("เหล่างาม | โพธิ์ไทร | อุบลราชธานี | 6", "ต.เหล่างาม | อ.โพธิ์ไทร | จ.อุบลราชธานี | หมู่ 6", "ตำบล เหล่างาม | อำเภอโพธิ์ไทร | | ม.6",
            "เหล่างาม | | อุบลราชธานี | ๖", "เหล่างาม | โพธิ์ไทร | | หมู่ที่ 06")  # fmt: skip
VILLAGES = "รหัสหมู่บ้าน | ชื่อหมู่บ้าน\n34210101 | บ้านนาขาม\n34210304 | บ้านนาขาม\n34210606 | บ้านเหล่างาม\n34210607 | บ้านเกาะโรง"

CASES = [
    one("headings spelled in every way", "headings", "หัวสะกดต่างกัน.xlsx", lambda: xlsx({"ก": SPELLED}), 1, sheet="ก",
        values="household_id | people | phone | income_per_person\nSPE1 | 4 | 0812345678 | 30000"),
    one("headings in English", "headings", "english.csv", lambda: text(ENGLISH), 1,
        values="household_id | house_no | people | source\nENG1 | 12/3 | 4 | tpmap"),
    one("registered synonyms", "headings", "คำพ้อง.csv", lambda: text(SYNONYMS), 1,
        values="household_id | house_no | head_last_name | source | people\nSYN1 | 12/3 | ใจดี | outside | 4"),
    one("an unknown heading is kept aside with the closest known one", "headings", "หัวไม่รู้จัก.csv",
        lambda: text(households("UNH", UNKNOWN)), 1, problems="unknown_heading | |", says=("สีหลังคา", "รายได้เฉลี่ยต่อคนต่อปี"),
        values="household_id | income_per_person\nUNH1 | 30000"),
    one("all missing headings are said at once", "headings", "ขาดหัวคอลัมน์.csv",
        lambda: text([[row[1], row[2]] for row in households("MIS", "")]), 0, 2, register=None, outcome="refused", problems="unsaid_register_year | |",
        says=("ปีทะเบียน",), alone=True),
    one("one column under two headings", "headings", "หัวซ้ำ.csv", lambda: text([row[:3] + row[4:] for row in households("TWI", TWICE)]), 1,
        problems="repeated_heading | |", says=("แหล่งข้อมูล",), alone=True),
    one("a heading matched by hand once is remembered", "headings", "จับคู่แล้ว.csv", lambda: text(households("HAN", HAND)), 1,
        earlier=lambda: {"จับคู่ครั้งแรก.csv": text(households("HAF", HAND))}, matched={"บ้านที่ของเรา": "house_no"}, alone=True,
        values="household_id | house_no\nHAN1 | 77/1\nHAF1 | 77/1"),
    one("the code of the village", "places", "รหัสหมู่บ้าน.csv", lambda: text(places("รหัสหมู่บ้าน", "34210606", "34210606.0", prefix="VIC")), 2,
        values=all_in("34210606", "VIC", 2)),
    one("the code of the subdistrict and the moo", "places", "รหัสตำบลและหมู่.csv",
        lambda: text(places("รหัสตำบล | หมู่ที่", "342106 | 6", "342106 | หมู่ 6", "๓๔๒๑๐๖ | ม.6", prefix="TAC")), 3, values=all_in("34210606", "TAC", 3)),
    one("names with and without their rank", "places", "ชื่อพื้นที่.csv", lambda: text(places(NAMES, *LAO_NGAM, prefix="NAM")), 5,
        values=all_in("34210606", "NAM", 5)),
    one("codes and names in combination", "places", "รหัสผสมชื่อ.csv",
        lambda: text(places("รหัสอำเภอ | ตำบล | หมู่ที่", "3421 | โพธิ์ไทร | 2", "3419 | โพธิ์ไทร | 2", prefix="MIX")), 2,
        values="household_id | village_code\nMIX1 | 34210102\nMIX2 | 34190902"),
    one("one name in several districts is listed with its candidates", "places", "ชื่อซ้ำ.csv",
        lambda: text(places(NAMES, "โพธิ์ไทร | | | 1", "โพธิ์ไทร | พิบูลมังสาหาร | อุบลราชธานี | 1", "โพธิ์ไทร | | อุบลราชธานี | 1", prefix="AMB")), 1, 2,
        problems="ambiguous_place | 2 | ตำบล\nambiguous_place | 4 | ตำบล", says=("342101", "341909"),
        values="household_id | village_code\nAMB2 | 34190901"),
    one("an unknown name is listed with the closest ones", "places", "ชื่อผิด.csv",
        lambda: text(places(NAMES, "เหล่างม | โพธิ์ไทร | อุบลราชธานี | 6", "เหล่างาม | วารินชำราบ | อุบลราชธานี | 6", "เหล่างาม | โพธิ์ไทร | อุบลราชธานี | 6",
                            prefix="UNP")), 1, 2, problems="unknown_place | 2 | ตำบล\nunknown_place | 3 | ตำบล", says=("342106",)),
    one("a village needs its moo", "places", "ไม่มีหมู่.csv",
        lambda: text(places(NAMES, "เหล่างาม | โพธิ์ไทร | อุบลราชธานี | ", "เหล่างาม | โพธิ์ไทร | อุบลราชธานี | หก", "เหล่างาม | โพธิ์ไทร | | 6", prefix="MOO")),
        1, 2, problems="missing_moo | 2 | หมู่ที่\nnot_an_integer | 3 | หมู่ที่\nmissing_moo | 3 | หมู่ที่"),
    case("a village by its name where the subdistrict has one of it", "places",
         lambda: {"ทำเนียบหมู่บ้าน.csv": text(cells(VILLAGES)), "ชื่อหมู่บ้าน.csv": text(places(
             "หมู่บ้าน | ตำบล | อำเภอ", "บ้านนาขาม | โพธิ์ไทร | โพธิ์ไทร", "นาขาม | สำโรง | โพธิ์ไทร", "บ้านเหล่างาม | เหล่างาม | โพธิ์ไทร",
             "บ้านไม่มีจริง | เหล่างาม | โพธิ์ไทร", prefix="VIN"))},
         "ทำเนียบหมู่บ้าน.csv | | village | 4 | 0\nชื่อหมู่บ้าน.csv | | household | 3 | 1", problems="unknown_place | 5 | หมู่บ้าน", says=("34210606",),
         values="household_id | village_code\nVIN1 | 34210101\nVIN2 | 34210304\nVIN3 | 34210606"),
    one("a code that no subdistrict has", "places", "รหัสไม่มีจริง.csv",
        lambda: text(places("รหัสหมู่บ้าน", "99999901", "3421", "34210606", prefix="UNV")), 1, 2,
        problems="unknown_village | 2 | รหัสหมู่บ้าน\nnot_that_many_digits | 3 | รหัสหมู่บ้าน"),
    one("a name that disagrees with its code is said, the code is used", "places", "รหัสไม่ตรงชื่อ.csv",
        lambda: text(places("รหัสหมู่บ้าน | ตำบล", "34210606 | โพธิ์ไทร", "34210606 | เหล่างาม", prefix="DIS")), 2,
        problems="place_disagrees | 2 | ตำบล", values=all_in("34210606", "DIS", 2)),
    one("a capital's khwaeng and khet", "places", "กรุงเทพ.csv",
        lambda: text(places("แขวง | เขต | จังหวัด | หมู่ที่", "พระบรมมหาราชวัง | พระนคร | กรุงเทพมหานคร | 1", "แขวงศิริราช | เขตบางกอกน้อย | กทม. | 1", prefix="BKK")), 2,
        values="household_id | village_code\nBKK1 | 10010101\nBKK2 | 10200401"),
]  # fmt: skip
