"""Running numbers under any heading, person lists in any order: what is a key and what only counts rows."""

from tests.registers.case import case, cells, one
from tests.registers.files import text

BESIDE = """ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
2565 | 34210000141 | 34210606 | ใน TPMAP | กอ
2565 | 34210000142 | 34210606 | ใน TPMAP | ขอ
2565 | 34210000143 | 34210606 | ใน TPMAP | คอ"""
SERIAL = """ครัวเรือนที่ | ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
1 | 2565 | 34210000141 | 34210606 | นอก TPMAP | กอ
2 | 2565 | 34210000142 | 34210606 | นอก TPMAP | ขอ
3 | 2565 | 34210000143 | 34210606 | นอก TPMAP | คอ"""
BY_VILLAGE = """ครัวเรือนที่ | ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
1 | 2565 | 141 | 34210611 | ใน TPMAP | กอ
2 | 2565 | 142 | 34210611 | ใน TPMAP | ขอ
4 | 2565 | 143 | 34210611 | ใน TPMAP | คอ
1 | 2565 | 151 | 34210612 | ใน TPMAP | งอ
2 | 2565 | 152 | 34210612 | ใน TPMAP | จอ"""
REAL = """ครัวเรือนที่ | ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
2 | 2565 | 34210000161 | 34210606 | ใน TPMAP | สอง
1 | 2565 | 34210000161 | 34210606 | ใน TPMAP | หนึ่ง
3 | 2565 | 34210000161 | 34210606 | ใน TPMAP | สาม
1 | 2565 | 34210000162 | 34210606 | ใน TPMAP | อื่น"""
SECONDS = """ครัวเรือนที่ | ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
2 | 2565 | 34210000171 | 34210606 | ใน TPMAP | แยกหนึ่ง
2 | 2565 | 34210000172 | 34210606 | ใน TPMAP | แยกสอง
2 | 2565 | 34210000173 | 34210606 | ใน TPMAP | แยกสาม"""
AS_ID = """รหัสครัวเรือน | ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
2 | 2565 | 34210000182 | 34210606 | ใน TPMAP | ขอ
1 | 2565 | 34210000181 | 34210606 | ใน TPMAP | กอ
3 | 2565 | 34210000183 | 34210606 | ใน TPMAP | คอ"""
OWN_IDS = """รหัสครัวเรือน | ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา
1 | 2565 | 191 | 34210606 | ใน TPMAP
2 | 2565 | 192 | 34210606 | ใน TPMAP
3 | 2565 | 193 | 34210606 | ใน TPMAP"""
OWN_PLAN = "ปีทะเบียน | รหัสครัวเรือน | ลำดับ | ด้าน | กิจกรรม | สถานะ\n2565 | 3 | 1 | ทักษะ | เลี้ยงไก่ | วางแผน"
NOTHING_ELSE = "รหัสครัวเรือน | ปีทะเบียน | รหัสหมู่บ้าน | แหล่งที่มา\n" + "\n".join(
    f"{n} | 2565 | 3421060{n} | ใน TPMAP" for n in (1, 2, 3)
)
AS_HOUSE = """รหัสบ้าน | ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา
1 | 2565 | 1/1 | 34210613 | ใน TPMAP
๒ | 2565 | 1/2 | 34210613 | ใน TPMAP
3 | 2565 | 1/3 | 34210613 | ใน TPMAP"""
MEMBERS = """คนที่ | ปีทะเบียน | รหัสประจำบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อ | ความสัมพันธ์
1 | 2565 | 34210000201 | 34210614 | ใน TPMAP | แก้ว | หัวหน้าครัวเรือน
2 | 2565 | 34210000201 | 34210614 | ใน TPMAP | ขวัญ | บุตร
3 | 2565 | 34210000202 | 34210614 | ใน TPMAP | คำ | บุตร
4 | 2565 | 34210000202 | 34210614 | ใน TPMAP | งาม | หัวหน้าครัวเรือน
5 | 2565 | 34210000203 | 34210614 | ใน TPMAP | จันทร์ | หัวหน้าครัวเรือน"""
HEAD_LATER = """ปีทะเบียน | รหัสประจำบ้าน | คนที่ | ชื่อ-สกุล | ความสัมพันธ์ | รหัสหมู่บ้าน | แหล่งที่มา
2565 | 34210000211 | 2 | นางกานดา สมมติสุข | คู่สมรส | 34210606 | ใน TPMAP
2565 | 34210000211 | 1 | นายขจร สมมติสุข | หัวหน้าครัวเรือน | 34210606 | ใน TPMAP
2565 | 34210000211 | 3 | ด.ช.คมกริช สมมติสุข | บุตร | 34210606 | ใน TPMAP"""

STATES = """ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา | มิติสุขภาพ | มิติความเป็นอยู่ | มิติการศึกษา
2565 | OR1 | 34210606 | ใน TPMAP | ขาดแคลน | ไม่ขาดแคลน | Deprived
2565 | OR2 | 34210607 | ใน TPMAP | ไม่ขาดแคลน | ไม่มีข้อมูล | not_deprived"""

CASES = [
    one("the words of our own reports for a dimension", "flags", "คำของรายงาน.csv", lambda: text(cells(STATES)), 2,
        values="household_id | health | living | education\nOR1 | deprived | not_deprived | deprived\nOR2 | not_deprived | no_data | not_deprived"),
    case("a running number called household number", "keys",
         lambda: {"บ้านตามเลข TPMAP.csv": text(cells(BESIDE)), "บ้านตามเลข Re X-ray.csv": text(cells(SERIAL))},
         "บ้านตามเลข TPMAP.csv | | household | 3 | 0\nบ้านตามเลข Re X-ray.csv | | household | 3 | 0",
         problems="running_number | | ", says=("ครัวเรือนที่",),
         values="household_id | source\n34210000141 | both\n34210000142 | both\n34210000143 | both"),
    one("a running number that begins again in each village, one left out", "keys", "ลำดับรายหมู่.csv", lambda: text(cells(BY_VILLAGE)), 5,
        problems="running_number | | ", values="household_id | head_first_name\n34210611/143 | คอ\n34210612/152 | จอ"),
    one("the households of one house numbered in it", "keys", "หลายครัวเรือนจริง.csv", lambda: text(cells(REAL)), 4,
        problems="several_in_house | 2 | \nseveral_in_house | 4 | ",
        values="household_id | head_first_name\n34210000161 | หนึ่ง\n34210000161-2 | สอง\n34210000161-3 | สาม\n34210000162 | อื่น"),
    one("a list of second households only", "keys", "ครัวเรือนที่สอง.csv", lambda: text(cells(SECONDS)), 3,
        values="household_id | head_first_name\n34210000171-2 | แยกหนึ่ง\n34210000173-2 | แยกสาม"),
    one("a running number called household id", "keys", "เลขลำดับเป็นรหัส.csv", lambda: text(cells(AS_ID)), 3, problems="running_number | | ",
        values="household_id | head_first_name\n34210000181 | กอ\n34210000183 | คอ", alone=True),
    case("an office's own short ids, by which its plan names a household", "keys",
         lambda: {"รหัสของสำนักงาน.csv": text(cells(OWN_IDS)), "แผนของสำนักงาน.csv": text(cells(OWN_PLAN))},
         "รหัสของสำนักงาน.csv | | household | 3 | 0\nแผนของสำนักงาน.csv | | plan | 1 | 0",
         values="household_id | house_no | plan_items\n3 | 193 | 1", alone=True),
    one("ids 1, 2, 3 and nothing else to name a household by", "keys", "มีแต่เลขลำดับ.csv", lambda: text(cells(NOTHING_ELSE)), 3,
        values="household_id | village_code\n3 | 34210603", alone=True),
    one("a running number called house code", "keys", "เลขลำดับเป็นรหัสบ้าน.csv", lambda: text(cells(AS_HOUSE)), 3, problems="running_number | | ",
        values="household_id | house_code\n34210613/1/2 | "),
    one("a running number called member number", "person lists", "เลขลำดับเป็นคนที่.csv", lambda: text(cells(MEMBERS)), 5, register="member_list",
        problems="running_number | | ",
        values="household_id | people | head_first_name\n34210000201 | 2 | แก้ว\n34210000202 | 2 | งาม\n34210000203 | 1 | จันทร์",
        people="household_id | member_no | first_name\n34210000202 | 1 | งาม\n34210000203 | 1 | จันทร์"),
    one("a list of persons whose head is not the first", "person lists", "หัวหน้าอยู่แถวหลัง.csv", lambda: text(cells(HEAD_LATER)), 3,
        register="member_list", values="household_id | people | head_first_name\n34210000211 | 3 | ขจร",
        people="household_id | member_no | first_name\n34210000211 | 1 | ขจร\n34210000211 | 2 | กานดา"),
]  # fmt: skip
