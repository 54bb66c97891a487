"""Lists as offices have them, whole files that fit no template, each with the truth that an officer would tell of it.

What is *sure* may be used without a question, what is *asked* may not; *unsaid* stands nowhere in the file and is asked once.
The truth is that of the load after the answers. A household without a house code is its village and house number, 34210606/12.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.registers.case import Cells, cells, drawn
from tests.registers.files import Page, html, ods, text, xlsx

LACKS = {
    "health": "health_lack",
    "living": "living_lack",
    "education": "education_lack",
    "income": "income_lack",
    "access": "access_lack",
}
DIMENSIONS = ("สุขภาพ", "ความเป็นอยู่", "การศึกษา", "รายได้", "การเข้าถึงบริการรัฐ")
SOURCE = {"source": "ใน TPMAP"}
YEAR = {"register_year": "2565"}


@dataclass(frozen=True)
class Strange:
    """One list: how the file is made, how its headings are meant, and what must come out.

    Headings are written as they stand, `group › child` where one stands above another. `sure` is heading -> column, `asked`
    heading -> the columns that it may be, `aside` those that are none; two that are sure of one column are its parts. `unsaid`
    are columns that the file does not tell; `answers` what the officer says of them for all rows, `matched` of the headings
    that were asked. `households` and `people` are drawn as tables of values as the questions `household` and `members` give
    them; `notes` rows on paper that are no record. `refused` is heading -> filled cells that cannot be understood and have to
    be listed. Where `or_listed`, a row that does not come out so may be listed with its reason instead.
    """

    what: str
    why: str
    register: str
    files: Callable[[], Mapping[str, bytes]]
    sure: Mapping[str, str]
    households: tuple[Mapping[str, str], ...]
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    matched: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Mapping[str, str], ...] = ()
    notes: tuple[int, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    or_listed: bool = False


def strange(
    what: str, why: str, register: str, files: Callable[[], Mapping[str, bytes]], households: str, **more: object
) -> Strange:
    """A list whose truth is drawn."""
    people = drawn(str(more.pop("people", "")))
    return Strange(what, why, register, files, households=drawn(households), people=people, **more)  # type: ignore[arg-type]


def under(group: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Headings of one group, with what they mean."""
    return {f"{group} › {child}": column for child, column in columns.items()}


TICKS = cells(
    """ครัวเรือนยากจน อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี | | | | | | | | |
ลำดับ | ชื่อ | บ้านเลขที่ | หมู่ | ตำบล | มิติที่มีปัญหา | | | |
 | | | | | สุขภาพ | ความเป็นอยู่ | การศึกษา | รายได้ | การเข้าถึงบริการรัฐ
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | ✓ | | | ✓ |
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | | ✓ | | |
3 | นายบุญเลิศ ทดสอบทำ | 8 | 1 | สารภี | | | ✓ | | ✓
รวม | 3 ครัวเรือน | | | | 1 | 1 | 1 | 1 | 1"""
)
TICKS_MERGED = ((0, 0, 0, 9), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 2, 4), (1, 5, 1, 9))
TICKS_SAY = """household_id | village_code | house_no | head_first_name | head_last_name | health | living | education | income | access
34210606/12 | 34210606 | 12 | คำพันธ์ | ตัวอย่างดี | deprived | no_data | no_data | deprived | no_data
34210607/45/1 | 34210607 | 45/1 | จำปา | สมมุติงาม | no_data | deprived | no_data | no_data | no_data
34210501/8 | 34210501 | 8 | บุญเลิศ | ทดสอบทำ | no_data | no_data | deprived | no_data | deprived"""
ADDRESS = {"ลำดับ": "serial", "บ้านเลขที่": "house_no", "หมู่": "moo", "ตำบล": "tambon_name"}


def ticks(head: str) -> Cells:
    """The list of ticks under another head."""
    return [[head if cell == "มิติที่มีปัญหา" else cell for cell in row] for row in TICKS]


PERSONS = """ที่ | เลขบัตรประชาชน | ชื่อ-นามสกุล | เกี่ยวข้องกับหัวหน้าครัวเรือนเป็น | อายุ (ปี) | เพศ | บ้านเลขที่ | หมู่ที่ | บ้าน | ตำบล | อำเภอ | จังหวัด
1 | 3000000123450 | นายคำพันธ์ ตัวอย่างดี | หัวหน้าครัวเรือน | 62 | ชาย | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี
2 | 3000000543211 | นางแก้ว ตัวอย่างดี | ภรรยา | 58 | หญิง | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี
3 | 1000000678901 | ด.ช.ต้น ตัวอย่างดี | หลาน | 11 | ชาย | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี
4 | | นางจำปา สมมุติงาม | หัวหน้าครัวเรือน | 70 | หญิง | 45/1 | 7 | เกาะโรง | เหล่างาม | โพธิ์ไทร | อุบลราชธานี
5 | | นางสาวน้ำฝน สมมุติงาม | บุตร | 41 | หญิง | 45/1 | 7 | เกาะโรง | เหล่างาม | โพธิ์ไทร | อุบลราชธานี"""
PERSONS_SAY = """household_id | village_code | people | head_first_name
34210606/12 | 34210606 | 3 | คำพันธ์\n34210607/45/1 | 34210607 | 2 | จำปา"""
PERSONS_ARE = """household_id | first_name | last_name | sex | age
34210606/12 | คำพันธ์ | ตัวอย่างดี | male | 62\n34210606/12 | แก้ว | ตัวอย่างดี | female | 58\n34210606/12 | ต้น | ตัวอย่างดี | male | 11
34210607/45/1 | จำปา | สมมุติงาม | female | 70\n34210607/45/1 | น้ำฝน | สมมุติงาม | female | 41"""

BY_HOUSE = """ครัวเรือนยากจนและสมาชิก อ.โพธิ์ไทร จ.อุบลราชธานี ปี 2565 | | | | | |
บ้าน | เลขที่บ้าน | ม. | ตำบล | รายชื่อสมาชิกในบ้าน | อายุ | อาชีพ
1 | 12 | 6 | เหล่างาม | นายคำพันธ์ ตัวอย่างดี | 62 | ทำนา
 | | | | นางแก้ว ตัวอย่างดี | 58 | ทำนา
 | | | | ด.ช.ต้น ตัวอย่างดี | 11 | นักเรียน
2 | 45/1 | 7 | เหล่างาม | นางจำปา สมมุติงาม | 70 | -
 | | | | นางสาวน้ำฝน สมมุติงาม | 41 | รับจ้าง"""

TWO_LISTS = """บัญชีครัวเรือนเป้าหมาย ตำบลเหล่างาม อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี ปี 2565 | | |
ก. ครัวเรือนในระบบ TPMAP | | |
ลำดับ | ชื่อ-สกุล | บ้านเลขที่ | หมู่ที่
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6
2 | นางจำปา สมมุติงาม | 45/1 | 7
 | | |
ข. ครัวเรือนนอกระบบ TPMAP (Re X-ray) | | |
ลำดับ | ชื่อ-สกุล | บ้านเลขที่ | หมู่ที่
1 | นายบุญเลิศ ทดสอบทำ | 8 | 6
2 | นางบัวคำ ทดสอบทำ | 9 | 1"""
TWO_LISTS_SAY = """household_id | source | register_year | head_first_name
34210606/12 | tpmap | 2565 | คำพันธ์\n34210607/45/1 | tpmap | 2565 | จำปา
34210606/8 | outside | 2565 | บุญเลิศ\n34210601/9 | outside | 2565 | บัวคำ"""

MEN_AND_WOMEN = """ที่ | ครัวเรือน | | | | สมาชิกที่อยู่จริง |
 | หัวหน้า | เลขที่ | หมู่ | ตำบล | ชาย | หญิง
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | 2 | 1
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | 0 | 2
3 | นายบุญเลิศ ทดสอบทำ | 8 | 1 | สารภี | 3 | 4"""
MEN_MERGED = ((0, 0, 1, 0), (0, 1, 0, 4), (0, 5, 0, 6))
MEMBERS_SAY = "household_id | people\n34210606/12 | 3\n34210607/45/1 | 2\n34210501/8 | 7"

JOBS = """ลำดับ | ชื่อ-สกุลหัวหน้าครัวเรือน | บ้านเลขที่ | หมู่ที่ | ตำบล | อำเภอ | จำนวนคน | รายได้อาชีพหลัก (บาท/ปี) | รายได้อาชีพเสริม (บาท/ปี) | รวมรายได้ (บาท/ปี)
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | โพธิ์ไทร | 3 | 60,000 | 12,000 | 72,000
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | โพธิ์ไทร | 2 | 90,000 | - | 90,000
3 | นายบุญเลิศ ทดสอบทำ | 8 | 1 | สารภี | โพธิ์ไทร | 4 | 80,000 | 20,000 | 100,000"""
JOBS_SAY = """household_id | people | income_per_person | income
34210606/12 | 3 | 24000 | deprived\n34210607/45/1 | 2 | 45000 | not_deprived\n34210501/8 | 4 | 25000 | deprived"""

TITLED = """บัญชีรายชื่อครัวเรือนยากจน หมู่ที่ ๖ บ้านเหล่างาม | | | |
ตำบลเหล่างาม อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี ประจำปี พ.ศ. ๒๕๖๕ | | | |
 | | | |
ที่ | ชื่อ-สกุล | บ้านเลขที่ | สมาชิก (คน) | ลายมือชื่อ
๑ | นายคำพันธ์ ตัวอย่างดี | ๑๒ | ๓ |
๒ | นางจำปา สมมุติงาม | ๔๕/๑ | ๒ |
 | รวม | | ๕ |
 | ลงชื่อ.............................ผู้ใหญ่บ้าน | | |"""
TITLED_SAY = """household_id | register_year | people | head_first_name\n34210606/12 | 2565 | 3 | คำพันธ์\n34210606/45/1 | 2565 | 2 | จำปา"""

SECTIONS = """ครัวเรือนเปราะบาง ต.เหล่างาม อ.โพธิ์ไทร จ.อุบลราชธานี ปี ๒๕๖๕ | | |
ลำดับ | ชื่อหัวหน้าครัวเรือน | นามสกุลหัวหน้าครัวเรือน | บ้านเลขที่
หมู่ที่ 6 บ้านเหล่างาม | | |
1 | คำพันธ์ | ตัวอย่างดี | 12
2 | จำปา | สมมุติงาม | 45/1
หมู่ที่ 7 บ้านเกาะโรง | | |
1 | บุญเลิศ | ทดสอบทำ | 8"""

NUMBERED = """ลำดับ | หัวหน้าครัวเรือน | บ้านเลขที่ | หมู่ที่ | ตำบล | อำเภอ | มิติที่ ๑ | มิติที่ ๒ | มิติที่ ๓ | มิติที่ ๔ | มิติที่ ๕
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | โพธิ์ไทร | ไม่ผ่าน | ผ่าน | ผ่าน | ไม่ผ่าน | ผ่าน
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | โพธิ์ไทร | ผ่าน | ไม่ผ่าน | - | ผ่าน | ผ่าน
หมายเหตุ มิติที่ ๑ สุขภาพ ๒ ความเป็นอยู่ ๓ การศึกษา ๔ รายได้ ๕ การเข้าถึงบริการรัฐ | | | | | | | | | |"""
NUMBERED_SAY = """household_id | health | living | education | income | access
34210606/12 | deprived | not_deprived | not_deprived | deprived | not_deprived
34210607/45/1 | not_deprived | deprived | no_data | not_deprived | not_deprived"""
FLAGS = tuple(f"{d}_flag" for d in LACKS)

TWO_ADDRESSES = """ที่ | ชื่อ-สกุลเจ้าของบ้าน (หัวหน้าครัวเรือน) | ตามทะเบียนบ้าน | | | อยู่จริง | | | แหล่งข้อมูล
 | | บ้านเลขที่ | หมู่ที่ | ตำบล | บ้านเลขที่ | หมู่ที่ | ตำบล |
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | 12 | 6 | เหล่างาม | ใน TPMAP
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | 3 | 1 | สารภี | นอก TPMAP"""
ADDRESSES_MERGED = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 0, 7), (0, 8, 1, 8))
ADDRESSES_SAY = """household_id | village_code | house_no | source
34210606/12 | 34210606 | 12 | tpmap\n34210607/45/1 | 34210607 | 45/1 | outside"""

THREE_NAMES = """ลำดับ | ปีทะเบียน | ครัวเรือนของ | เบอร์ครัวเรือน | ชื่อผู้ใหญ่บ้าน | เบอร์ผู้นำ | อสม. | หมู่ที่ | ตำบล | อำเภอ | เลขที่ | ที่มา
1 | 2565 | นายคำพันธ์ ตัวอย่างดี | 000-111-2222 | นายจำรัส ทดสอบมั่น | 000-999-0001 | นางแพรว ตัวอย่างทอง | 6 | เหล่างาม | โพธิ์ไทร | 12 | ในระบบ
2 | 2565 | นางจำปา สมมุติงาม | 000-111-3333 | นายณรงค์ ทดสอบมั่น | 000-999-0002 | นางขวัญ ตัวอย่างทอง | 7 | เหล่างาม | โพธิ์ไทร | 45/1 | นอกระบบ"""
THREE_NAMES_SAY = """household_id | head_first_name | head_last_name | source
34210606/12 | คำพันธ์ | ตัวอย่างดี | tpmap\n34210607/45/1 | จำปา | สมมุติงาม | outside"""

RUNNING = """ครัวเรือนที่ | ปีทะเบียน | รหัสบ้าน | ชื่อ-สกุล | บ้านเลขที่ | หมู่ที่ | ตำบล | อำเภอ | แหล่งข้อมูล
1 | 2565 | 34210000081 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | โพธิ์ไทร | ใน TPMAP
2 | 2565 | 34210000082 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | โพธิ์ไทร | ใน TPMAP
3 | 2565 | 34210000083 | นายบุญเลิศ ทดสอบทำ | 8 | 1 | สารภี | โพธิ์ไทร | ใน TPMAP"""
RUNNING_SAY = "household_id | village_code\n34210000081 | 34210606\n34210000082 | 34210607\n34210000083 | 34210501"

DECISIONS = """ลำดับ | ปีทะเบียน | ชื่อ-สกุล | บ้านเลขที่ | หมู่ที่ | ตำบล | อำเภอ | แหล่งที่มา | ผลการพิจารณารับรอง | วันที่พิจารณารับรอง
1 | 2565 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | โพธิ์ไทร | ใน TPMAP | รับรอง | 21/04/2565
2 | 2565 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | โพธิ์ไทร | ใน TPMAP | ไม่รับรอง | 21/04/2565
3 | 2565 | นายบุญเลิศ ทดสอบทำ | 8 | 1 | สารภี | โพธิ์ไทร | ใน TPMAP | เลื่อนไปคราวหน้า | -
4 | 2565 | นางบัวคำ ทดสอบทำ | 9 | 1 | สารภี | โพธิ์ไทร | ใน TPMAP | ขอเอกสารเพิ่ม | -"""
DECISIONS_SAY = """household_id | certification | certified_date
34210606/12 | certified | 2022-04-21\n34210607/45/1 | refused | 2022-04-21\n34210501/8 | | \n34210501/9 | | """

FISCAL = """รายงานครัวเรือนเป้าหมาย ปีงบประมาณ พ.ศ. 2566 อำเภอโพธิ์ไทร | | | | |
ลำดับ | ชื่อ-สกุล | บ้านเลขที่ | หมู่ที่ | ตำบล | แหล่งที่มา
1 | นายคำพันธ์ ตัวอย่างดี | 12 | 6 | เหล่างาม | ใน TPMAP
2 | นางจำปา สมมุติงาม | 45/1 | 7 | เหล่างาม | นอก TPMAP"""

BOTH_SHEETS = "ลำดับ | หัวหน้าครัวเรือน | บ้านเลขที่ | หมู่ที่ | ขาดแคลนด้านรายได้\n1 | {0} | {1} | {2} | ✓"
PLACE = {"บ้านเลขที่": "house_no", "หมู่ที่": "moo", "ตำบล": "tambon_name", "อำเภอ": "district_name"}
UNSAID = ("register_year", "source")

LISTS = [
    strange("ticks under a head that says what they mark", "✓ under มิติที่มีปัญหา is what the household lacks; nothing is asked of it",
            "household", lambda: {"ครัวเรือนยากจน.xlsx": xlsx({"Sheet1": Page(TICKS, TICKS_MERGED)})}, TICKS_SAY,
            sure=ADDRESS | {"ชื่อ": "row_full_name"} | under("มิติที่มีปัญหา", dict(zip(DIMENSIONS, LACKS.values(), strict=True))),
            unsaid=UNSAID, answers=YEAR | SOURCE, notes=(7,)),
    strange("ticks under a head that does not say what they mark", "✓ under มิติ may be passed or failed: one question for all five",
            "household", lambda: {"ครัวเรือนมิติ.csv": text(ticks("มิติ"))}, TICKS_SAY,
            sure=ADDRESS | {"ชื่อ": "row_full_name"},
            asked={f"มิติ › {name}": (f"{d}_flag", f"{d}_lack") for name, d in zip(DIMENSIONS, LACKS, strict=True)},
            matched=under("มิติ", dict(zip(DIMENSIONS, LACKS.values(), strict=True))), unsaid=UNSAID, answers=YEAR | SOURCE, notes=(7,)),
    strange("one row a person", "a household is its house; the head is who says so, not who stands first in another order",
            "member_list", lambda: {"รายชื่อคนจน.ods": ods({"รายชื่อ": cells(PERSONS)})}, PERSONS_SAY,
            sure=PLACE | {"ที่": "serial", "เลขบัตรประชาชน": "citizen_id", "ชื่อ-นามสกุล": "full_name", "เพศ": "sex", "อายุ (ปี)": "age",
                          "เกี่ยวข้องกับหัวหน้าครัวเรือนเป็น": "relation", "บ้าน": "village_name", "จังหวัด": "province_name"},
            unsaid=UNSAID, answers=YEAR | SOURCE, people=PERSONS_ARE),
    strange("persons under their house, written once", "house, moo and number stand in the first row of a house only",
            "member_list", lambda: {"สมาชิกรายบ้าน.csv": text(cells(BY_HOUSE))}, PERSONS_SAY,
            sure={"บ้าน": "serial", "เลขที่บ้าน": "house_no", "ม.": "moo", "ตำบล": "tambon_name", "รายชื่อสมาชิกในบ้าน": "full_name",
                  "อายุ": "age", "อาชีพ": "occupation"},
            unsaid=("source",), answers=SOURCE, people="\n".join(line.rsplit(" | ", 2)[0] for line in PERSONS_ARE.splitlines()), or_listed=True),
    strange("two lists under one title", "each list says above itself which source it is; a source for all rows would be wrong",
            "household", lambda: {"สองบัญชี.xlsx": xlsx({"รวม": cells(TWO_LISTS)})}, TWO_LISTS_SAY,
            sure={"ลำดับ": "serial", "ชื่อ-สกุล": "row_full_name", "บ้านเลขที่": "house_no", "หมู่ที่": "moo"}, or_listed=True),
    strange("men and women sum to members", "no column says how many there are, two say it together",
            "household", lambda: {"ชายหญิง.xlsx": xlsx({"Sheet1": Page(cells(MEN_AND_WOMEN), MEN_MERGED)})}, MEMBERS_SAY,
            sure={"ที่": "serial", "ครัวเรือน › หัวหน้า": "head_full_name", "ครัวเรือน › เลขที่": "house_no", "ครัวเรือน › หมู่": "moo",
                  "ครัวเรือน › ตำบล": "tambon_name", "สมาชิกที่อยู่จริง › ชาย": "members", "สมาชิกที่อยู่จริง › หญิง": "members"},
            unsaid=(*UNSAID, "district_name"), answers=YEAR | SOURCE | {"district_name": "โพธิ์ไทร"}),
    strange("main and second job sum to income", "the sum is the household's or each person's, which is asked; its parts are not income twice",
            "household", lambda: {"รายได้สองอาชีพ.xls": html(cells(JOBS))}, JOBS_SAY,
            sure=PLACE | {"ลำดับ": "serial", "ชื่อ-สกุลหัวหน้าครัวเรือน": "head_full_name", "จำนวนคน": "members"},
            asked={"รวมรายได้ (บาท/ปี)": ("income_household_year", "income_per_person")},
            aside=("รายได้อาชีพหลัก (บาท/ปี)", "รายได้อาชีพเสริม (บาท/ปี)"), matched={"รวมรายได้ (บาท/ปี)": "income_household_year"},
            unsaid=(*UNSAID, "survey_year"), answers=YEAR | SOURCE | {"survey_year": "2564"}),
    strange("place and year stand in the title alone", "village, year and Thai digits in titles of two lines; a total and a signature below",
            "household", lambda: {"บ้านเหล่างาม.csv": text(cells(TITLED), encoding="cp874")}, TITLED_SAY,
            sure={"ที่": "serial", "ชื่อ-สกุล": "row_full_name", "บ้านเลขที่": "house_no", "สมาชิก (คน)": "members"},
            aside=("ลายมือชื่อ",), unsaid=("source",), answers=SOURCE, notes=(7, 8)),
    strange("a line for each village between the rows", "หมู่ที่ 6 alone in a row is of the rows below it", "household",
            lambda: {"แยกหมู่.csv": text(cells(SECTIONS))},
            "household_id | village_code | head_first_name\n34210606/12 | 34210606 | คำพันธ์\n34210606/45/1 | 34210606 | จำปา\n34210607/8 | 34210607 | บุญเลิศ",
            sure={"ลำดับ": "serial", "ชื่อหัวหน้าครัวเรือน": "head_first_name", "นามสกุลหัวหน้าครัวเรือน": "head_last_name", "บ้านเลขที่": "house_no"},
            unsaid=("source",), answers=SOURCE, notes=(3, 6), or_listed=True),
    strange("dimensions by number alone", "an office may number them in another order; the note below says it to a person", "household",
            lambda: {"ห้ามิติ.csv": text(cells(NUMBERED))}, NUMBERED_SAY,
            sure=PLACE | {"ลำดับ": "serial", "หัวหน้าครัวเรือน": "head_full_name"},
            asked={f"มิติที่ {n}": FLAGS for n in "๑๒๓๔๕"}, matched={f"มิติที่ {n}": flag for n, flag in zip("๑๒๓๔๕", FLAGS, strict=True)},
            unsaid=UNSAID, answers=YEAR | SOURCE, notes=(4,)),
    strange("two addresses side by side", "registered or living there: which one counts is asked, once for all three", "household",
            lambda: {"สองที่อยู่.xlsx": xlsx({"Sheet1": Page(cells(TWO_ADDRESSES), ADDRESSES_MERGED)})}, ADDRESSES_SAY,
            sure={"ที่": "serial", "ชื่อ-สกุลเจ้าของบ้าน (หัวหน้าครัวเรือน)": "head_full_name", "แหล่งข้อมูล": "source"},
            asked={f"{group} › {child}": (PLACE[child],) for group in ("ตามทะเบียนบ้าน", "อยู่จริง") for child in ("บ้านเลขที่", "หมู่ที่", "ตำบล")},
            matched=under("ตามทะเบียนบ้าน", {child: PLACE[child] for child in ("บ้านเลขที่", "หมู่ที่", "ตำบล")}),
            unsaid=("register_year", "district_name"), answers=YEAR | {"district_name": "โพธิ์ไทร"}),
    strange("names and telephones of three people", "only one of them is the household's", "household",
            lambda: {"สามชื่อ.csv": text(cells(THREE_NAMES), encoding="utf-8-sig")}, THREE_NAMES_SAY,
            sure={"ลำดับ": "serial", "ปีทะเบียน": "register_year", "ครัวเรือนของ": "head_full_name", "เบอร์ครัวเรือน": "phone", "หมู่ที่": "moo",
                  "ตำบล": "tambon_name", "อำเภอ": "district_name", "เลขที่": "house_no", "ที่มา": "source"},
            aside=("ชื่อผู้ใหญ่บ้าน", "เบอร์ผู้นำ", "อสม.")),
    strange("a running number under ครัวเรือนที่", "1, 2, 3 down the list number the list, not the families of a house", "household",
            lambda: {"ลำดับเป็นครัวเรือน.csv": text(cells(RUNNING))}, RUNNING_SAY,
            sure=PLACE | {"ครัวเรือนที่": "serial", "ปีทะเบียน": "register_year", "รหัสบ้าน": "house_code", "ชื่อ-สกุล": "row_full_name",
                          "แหล่งข้อมูล": "source"}),
    strange("decisions of which some are none yet", "words that are in no list are counted and listed, never blank", "household",
            lambda: {"ผลพิจารณา.csv": text(cells(DECISIONS))}, DECISIONS_SAY,
            sure=PLACE | {"ลำดับ": "serial", "ปีทะเบียน": "register_year", "ชื่อ-สกุล": "row_full_name", "แหล่งที่มา": "source",
                          "ผลการพิจารณารับรอง": "certification", "วันที่พิจารณารับรอง": "certified_date"},
            refused={"ผลการพิจารณารับรอง": 2}),
    strange("a fiscal year in the title", "a fiscal year is no register year: it is asked", "household",
            lambda: {"รายงานครัวเรือน.csv": text(cells(FISCAL))},
            "household_id | register_year | source\n34210606/12 | 2565 | tpmap\n34210607/45/1 | 2565 | outside",
            sure={"ลำดับ": "serial", "ชื่อ-สกุล": "row_full_name", "บ้านเลขที่": "house_no", "หมู่ที่": "moo", "ตำบล": "tambon_name",
                  "แหล่งที่มา": "source"},
            unsaid=("register_year",), answers=YEAR),
    strange("a sheet for each subdistrict, named after it", "the name of the sheet is all that says where they live", "household",
            lambda: {"รายตำบล.xlsx": xlsx({"ต.เหล่างาม": cells(BOTH_SHEETS.format("นายคำพันธ์ ตัวอย่างดี", "12", "6")),
                                          "ต.สารภี": cells(BOTH_SHEETS.format("นายบุญเลิศ ทดสอบทำ", "8", "1"))})},
            "household_id | village_code | income\n34210606/12 | 34210606 | deprived\n34210501/8 | 34210501 | deprived",
            sure={"ลำดับ": "serial", "หัวหน้าครัวเรือน": "head_full_name", "บ้านเลขที่": "house_no", "หมู่ที่": "moo",
                  "ขาดแคลนด้านรายได้": "income_lack"},
            unsaid=(*UNSAID, "district_name"), answers=YEAR | SOURCE | {"district_name": "โพธิ์ไทร"}, or_listed=True),
]  # fmt: skip
