"""Lists of persons, what hangs on households, several in one house, two sources, last year's, published figures."""

from tests.registers.case import case, cells, households, one
from tests.registers.files import Formula, text, xlsx

LIST = """ลำดับ | ปีทะเบียน | รหัสบ้าน | คนที่ | คำนำหน้า | ชื่อ | นามสกุล | บ้านเลขที่ | หมู่ที่ | หมู่บ้าน | ตำบล | อำเภอ | จังหวัด | แหล่งที่มา | รายได้ครัวเรือนต่อปี
1 | 2565 | 34210000041 | 1 | นาย | สมชาย | ใจดี | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี | ใน TPMAP | 60,000
2 | 2565 | 34210000041 | 2 | นาง | สมหญิง | ใจดี | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี | ใน TPMAP | 60,000
3 | 2565 | 34210000041 | 3 | ด.ช. | สมบูรณ์ | ใจดี | 12 | 6 | เหล่างาม | เหล่างาม | โพธิ์ไทร | อุบลราชธานี | ใน TPMAP | 60,000
4 | 2565 | 34210000042 | 1 | นางสาว | สมศรี | ใจงาม | 13/1 | 7 | เกาะโรง | เหล่างาม | โพธิ์ไทร | อุบลราชธานี | นอก TPMAP | 40,000"""
# A list of target persons need not name everybody of a house: a household's income is shared by nobody but counted members.
LIST_SAYS = """household_id | people | village_code | head_first_name | source | income_per_person
34210000041 | 3 | 34210606 | สมชาย | tpmap |\n34210000042 | 1 | 34210607 | สมศรี | outside |"""
LIST_PEOPLE = """household_id | member_no | title | first_name | last_name\n34210000041 | 2 | นาง | สมหญิง | ใจดี\n34210000041 | 3 | ด.ช. | สมบูรณ์ | ใจดี
34210000042 | 1 | นางสาว | สมศรี | ใจงาม"""
NO_SOURCE = "\n".join(" | ".join(c for i, c in enumerate(line.split(" | ")) if i != 13) for line in LIST.splitlines())
NO_SOURCE = NO_SOURCE.replace("3421000004", "3421000009")

RANKS = """ลำดับ | ปีทะเบียน | รหัสประจำบ้าน | ชื่อ-สกุล | รหัสหมู่บ้าน | แหล่งที่มา
1 | 2565 | 34210000081 | ส.อ. สมมติ ทดสอบ | 34210606 | ใน TPMAP
2 | 2565 | 34210000082 | ว่าที่ร้อยตรี สมมุติ ตัวอย่าง | 34210606 | ใน TPMAP
3 | 2565 | 34210000083 | ดร.ทดลอง ตัวอย่าง | 34210606 | ใน TPMAP
4 | 2565 | 34210000084 | พระทดลอง | 34210606 | ใน TPMAP"""

PLAIN = """ลำดับสมาชิก | รหัสประจำบ้าน | ชื่อ-สกุล | รหัสหมู่บ้าน | ปีทะเบียน | แหล่งที่มา
1 | 34210000051 | นายก้อง ทดสอบ | 34210606 | 2565 | ใน TPMAP
2 | 34210000051 | น.ส.แก้ว ทดสอบ | 34210606 | 2565 | ใน TPMAP
สอง | 34210000052 | นางนวล ตัวอย่าง | 34210606 | 2565 | ใน TPMAP
1 | 34210000053 | นางพร ตัวอย่าง | 34210606 | 2565 | ที่ไหนสักแห่ง"""

IN_HOUSE = """ปีทะเบียน | รหัสประจำบ้าน | ลำดับครัวเรือนในบ้าน | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน
2565 | 34210000061 | 1 | 34210606 | ใน TPMAP | หนึ่ง
2565 | 34210000061 | 2 | 34210606 | ใน TPMAP | สอง
2565 | 34210000062 | | 34210606 | ใน TPMAP | สาม
2565 | 34210000062 | | 34210606 | ใน TPMAP | สี่"""
IN_HOUSE_SAYS = (
    """household_id | head_first_name\n34210000061 | หนึ่ง\n34210000061-2 | สอง\n34210000062 | สาม\n34210000062-2 | สี่"""
)

NO_CODE = """ปีทะเบียน | บ้านเลขที่ | รหัสหมู่บ้าน | แหล่งที่มา | ชื่อหัวหน้าครัวเรือน\n2565 | 12/3 | 34210606 | ใน TPMAP | ก\n2565 | 12/3 | 34210607 | ใน TPMAP | ข"""

HOUSES = """รหัสประจำบ้าน | จำนวนสมาชิก\n34210000071 | 3\n34210000072 | 1"""
MEMBERS = """ปีทะเบียน | รหัสประจำบ้าน | คนที่ | ชื่อ | บัตรสวัสดิการแห่งรัฐ
2565 | 34210000071 | 1 | ก | ได้รับสิทธิ
2565 | 34210000071 | 2 | ข | ไม่ได้รับสิทธิ
2565 | 34210000072 | 1 | ค | ไม่ผ่านการตรวจสอบ
2565 | 34210000099 | 1 | ง | ไม่มี"""
ORPHANS = "ปีทะเบียน | รหัสครัวเรือน | คนที่ | ชื่อ\n2565 | ORP1 | 1 | ก\n2565 | ORP1 | 1 | ข\n2565 | ORP9 | 1 | ค\n2564 | ORP1 | 1 | ง"

OUTSIDE = """ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา | จำนวนสมาชิก | เบอร์โทรศัพท์
2565 | BOT1 | 34210601 | นอก TPMAP | 5 | 0812345678\n2565 | BOT9 | 34210609 | นอก TPMAP | 2 | """
SAME = "ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา\n2565 | SAM1 | 34210601 | ใน TPMAP\n2565 | SAM1 | 34210601 | ใน TPMAP\n2565 | SAM2 | 34210601 | ใน TPMAP"

COMMON = """province_ID | household.CNT | HOUSEMEMBER_CNT | MOF_REG_CNT | MOF_VAL_CNT | ELDERLY_CNT | DISABLED_CNT | CHRONICPATIENT_CNT | happiness | indicator1.ALL | indicator1.CNT
34 | 358034 | 1162927 | 451862 | 389450 | 181205 | 11208 | 19873 | 8.53 | 4211 | 77"""
POOR = """province_ID | poor.household.CNT | poor.JPT.CNT | poor.JPT.MOFreg.CNT | poor.JPT.MOFval.CNT | poor.JPT.MOFval.health | poor.JPT.MOFval.living | JPT.MOFval.pov.rate | poor.JPT.MOFval.ind1.CNT
34 | 28783 | 67271 | 31021 | 27879 | 2385 | 1832 | 2.397313 | 8"""

CASES = [
    one("a province's list of persons", "person lists", "บัญชีคนจนเป้าหมาย.xlsx",
        lambda: xlsx({"ก": [[Formula(f'="{c}"', c) if i and j == 2 else c for j, c in enumerate(row)] for i, row in enumerate(cells(LIST))]}), 4,
        sheet="ก", register="member_list", values=LIST_SAYS, people=LIST_PEOPLE),
    one("a list of persons that says no source", "person lists", "บัญชีไม่มีที่มา.csv", lambda: text(cells(NO_SOURCE)), 4,
        register="member_list", values="household_id | people | source\n34210000091 | 3 | unstated\n34210000092 | 1 | unstated"),
    one("a bad row of a list of persons", "person lists", "บัญชีรายชื่อ.csv", lambda: text(cells(PLAIN)), 2, 2, register="member_list",
        problems="not_an_integer | 4 | ลำดับสมาชิก\nnot_in_list | 5 | แหล่งที่มา",
        values="household_id | people | head_first_name\n34210000051 | 2 | ก้อง",
        people="household_id | member_no | title | first_name\n34210000051 | 2 | น.ส. | แก้ว"),
    one("a rank before a full name is a title", "person lists", "ครัวเรือนทหาร.csv", lambda: text(cells(RANKS)), 4,
        values="household_id | head_title | head_first_name | head_last_name\n34210000081 | ส.อ. | สมมติ | ทดสอบ\n"
               "34210000082 | ว่าที่ร้อยตรี | สมมุติ | ตัวอย่าง\n34210000083 | ดร. | ทดลอง | ตัวอย่าง\n34210000084 | พระ | ทดลอง | "),
    one("several households of one house stay several", "keys", "หลายครัวเรือนในบ้าน.csv", lambda: text(cells(IN_HOUSE)), 4,
        values=IN_HOUSE_SAYS, problems="several_in_house | 3 | \nseveral_in_house | 5 | "),
    one("a household without a house code", "keys", "ไม่มีรหัสบ้าน.csv", lambda: text(cells(NO_CODE)), 2,
        values="household_id | head_first_name\n34210606/12/3 | ก\n34210607/12/3 | ข"),
    case("members by the house code, orphans refused", "keys",
         lambda: {"บ้าน.csv": text(households("MEM", HOUSES)), "สมาชิกตามรหัสบ้าน.csv": text(cells(MEMBERS))},
         "บ้าน.csv | | household | 2 | 0\nสมาชิกตามรหัสบ้าน.csv | | person | 3 | 1",
         problems="unknown_household | 5 | รหัสประจำบ้าน\nmembers_disagree | 2 | จำนวนสมาชิก\n"
                  "not_in_list | 3 | บัตรสวัสดิการแห่งรัฐ\nnot_in_list | 4 | บัตรสวัสดิการแห่งรัฐ",
         people="household_id | member_no | welfare_card\nMEM1 | 1 | validated\nMEM1 | 2 | \nMEM2 | 1 | "),
    case("members repeated, unknown and of another year", "keys",
         lambda: {"ครัวเรือนของสมาชิก.csv": text(households("ORP", "")), "สมาชิกซ้ำ.csv": text(cells(ORPHANS))},
         "ครัวเรือนของสมาชิก.csv | | household | 2 | 0\nสมาชิกซ้ำ.csv | | person | 1 | 3",
         problems="repeated_key | 3 | คนที่\nunknown_household | 4 | รหัสครัวเรือน\nunknown_household | 5 | รหัสครัวเรือน"),
    case("a household in TPMAP and outside becomes both", "keys",
         lambda: {"ก TPMAP.csv": text(households("BOT", "จำนวนสมาชิก\n4\n3")), "ข Re X-ray.csv": text(cells(OUTSIDE))},
         "ก TPMAP.csv | | household | 2 | 0\nข Re X-ray.csv | | household | 2 | 0", problems="in_both | 2 | แหล่งที่มา",
         values="household_id | source | people | phone\nBOT1 | both | 4 | 0812345678\nBOT2 | tpmap | 3 | \nBOT9 | outside | 2 | "),
    one("the same household twice in one list", "keys", "ครัวเรือนซ้ำ.csv", lambda: text(cells(SAME)), 2, 1, problems="repeated_key | 3 | รหัสครัวเรือน"),
    case("last year's households stay beside this year's", "keys",
         lambda: {"ปีก่อน.csv": text([[c.replace("2565", "2564") if isinstance(c, str) else c for c in row] for row in households("LAS", "")]),
                  "ปีนี้.csv": text(households("LAS", ""))},
         "ปีก่อน.csv | | household | 2 | 0\nปีนี้.csv | | household | 2 | 0",
         values="household_id | register_year\nLAS1 | 2564\nLAS1 | 2565\nLAS2 | 2565"),
    case("tpmap's public files are published figures", "published",
         lambda: {"tpmap_2561_province_common.csv": text(cells(COMMON)), "61_province_11111.csv": text(cells(POOR)),
                  "ครัวเรือน 2561.csv": text([[c.replace("2565", "2561") if isinstance(c, str) else c for c in row] for row in households("PUB", "")])},
         "tpmap_2561_province_common.csv | | published | 1 | 0\n61_province_11111.csv | | published | 1 | 0\nครัวเรือน 2561.csv | | household | 2 | 0",
         published="area_code | figure | register_year | published | here\n34 | people | 2561 | 1162927 |\n34 | households | 2561 | 358034 | 2\n"
                   "34 | poor_households | 2561 | 28783 | "),
]  # fmt: skip
