"""Cells as Excel and people leave them: codes, numbers, marks and words."""

from tests.registers.case import Cells, cells, households, one
from tests.registers.files import text, xls, xlsx

SURVEY = "ปีสำรวจ จปฐ."

FLOATS: Cells = [["รหัสประจำบ้าน", "เลขประจำตัวประชาชนหัวหน้าครัวเรือน", "เบอร์โทรศัพท์", SURVEY, "จำนวนสมาชิก"]]
FLOATS += [[34210012345.0, 1000041187812.0, 812345678.0, 2564.0, 4.0]]

CODES = """ปีทะเบียน | รหัสครัวเรือน | รหัสตำบล | หมู่ที่ | แหล่งที่มา | รหัสประจำบ้าน | เลขประจำตัวประชาชนหัวหน้าครัวเรือน | เบอร์โทรศัพท์
2565.0 | 34210000017.0 | 342106.0 | 6.0 | ใน TPMAP | 34210000017.0 | 1-0000-41187-81-2 | 812345678
๒๕๖๕ | ๓๔๒๑๐๐๐๐๐๑๘ | ๓๔๒๑๐๖ | ๖ | ใน TPMAP | ๓๔๒๑๐๐๐๐๐๑๘ | ๑๐๐๐๐๔๑๑๘๗๘๑๒ | 45312345
พ.ศ. 2565 | COD3 | 342106 | 06 | ใน TPMAP | 3421000001 | 1000041187813 | 0812345678"""

LOST = """ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา | เลขประจำตัวประชาชนหัวหน้าครัวเรือน | รหัสประจำบ้าน
2565 | LOS1 | 34210606 | ใน TPMAP | 1.00004E+12 | 3.421E+10
2565 | 3.421E+10 | 34210606 | ใน TPMAP | 1000041187812 | 34210000021
2565 | LOS3 | 3.42E+07 | ใน TPMAP | | 34210000022"""

NUMBERS = """รายได้เฉลี่ยต่อคนต่อปี | จำนวนสมาชิก | วันที่รับรอง
38,000 บาท | ๔ | -
๒๑,๕๐๐ | 3 คน | ไม่มี
21500.50 | 4.0 | –
- | - | -
ไม่มี | ไม่มี | ไม่มี
– | – |
"""
NUMBERS_SAY = """household_id | income_per_person | certified_date\nNUM1 | 38000 |\nNUM2 | 21500 |\nNUM3 | 21500.5 |\nNUM4 | |\nNUM5 | |\nNUM6 | |"""

NOT_NUMBERS = """รายได้เฉลี่ยต่อคนต่อปี | จำนวนสมาชิก
สามหมื่น | สอง
12 หรือ 13 | -1
38,00 | 2.5
1e5 | 3"""

FLAGS = f"""{SURVEY} | ข้อ 8 | ข้อ 4
2564 | 1 | ผ่าน
2564 | 0 | ไม่ผ่าน
2564 | ✓ | ✗
2564 | ใช่ | ไม่ใช่
2564 | มี | ตก
2564 | ไม่มี | -
2564 | ๑ | ๐
2564 | อาจจะ | ไม่ผ่าน """
PASS, FAIL, NONE = "not_deprived", "deprived", "no_data"
FLAGS_SAY = f"""household_id | living | health\nFLA1 | {PASS} | {PASS}\nFLA2 | {FAIL} | {FAIL}\nFLA3 | {PASS} | {FAIL}\nFLA4 | {PASS} | {FAIL}
FLA5 | {PASS} | {FAIL}\nFLA6 | {FAIL} | {NONE}\nFLA7 | {PASS} | {FAIL}\nFLA8 | {NONE} | {FAIL}"""

LACKS = """ขาดแคลนด้านสุขภาพ | ตกเกณฑ์มิติการศึกษา
✓ | ใช่
1 | มี
 | -
0 | ไม่มี
✗ | ไม่ใช่"""
LACKS_SAY = f"""household_id | health | education\nLAC1 | {FAIL} | {FAIL}\nLAC2 | {FAIL} | {FAIL}\nLAC3 | {NONE} | {NONE}\nLAC4 | {PASS} | {PASS}\nLAC5 | {PASS} | {PASS}"""

UNCLEAR = """มิติสุขภาพ | มิติรายได้
ผ่าน | ไม่ผ่าน
ตกเกณฑ์ | 1
✓ | มี"""

WORDS = """ผลการรับรอง | ผลการตรวจสอบ
รับรองแล้ว | เดือดร้อนจริง
ไม่รับรอง | ไม่เดือดร้อน
ไม่ผ่านการรับรอง | ไม่พบปัญหา
ยังไม่รับรอง | ไม่ยืนยัน"""

POINTS = """ละติจูด | ลองจิจูด | ตำบล
15.76 | 105.374 | โพธิ์ไทร
105.374 | 15.76 | เหล่างาม
51 | 0 | เหล่างาม
15°45'36" | 105.374 | เหล่างาม"""


CASES = [
    one("ids that Excel keeps as numbers", "codes", "รหัสเป็นตัวเลข.xlsx",
        lambda: xlsx({"ก": [*households("FLO", FLOATS)[:1], [2565.0, 34210012345.0, 34210601.0, "ใน TPMAP", *FLOATS[1]]]}), 1, sheet="ก",
        problems="restored_zero | 2 | เบอร์โทรศัพท์",
        values="household_id | house_code | village_code | phone | people\n34210012345 | 34210012345 | 34210601 | 0812345678 | 4"),
    one("ids that an old workbook keeps as numbers", "codes", "รหัสเป็นตัวเลขรุ่นเก่า.xls",
        lambda: xls({"ก": [*households("FLS", FLOATS)[:1], [2565.0, 34210012346.0, 34210601.0, "ใน TPMAP", *FLOATS[1]]]}), 1, sheet="ก",
        problems="restored_zero | 2 | เบอร์โทรศัพท์", values="household_id | phone\n34210012346 | 0812345678"),
    one("codes as text with .0, dashes, Thai digits, lost noughts", "codes", "รหัสหลายแบบ.csv", lambda: text(cells(CODES)), 3,
        problems="restored_zero | 2 | เบอร์โทรศัพท์\nrestored_zero | 3 | เบอร์โทรศัพท์\nnot_that_many_digits | 4 | รหัสประจำบ้าน\n"
                 "not_a_citizen_id | 4 | เลขประจำตัวประชาชนหัวหน้าครัวเรือน",
        values="household_id | village_code | house_code | phone\n34210000017 | 34210606 | 34210000017 | 0812345678\n"
               "34210000018 | 34210606 | 34210000018 | 045312345\nCOD3 | 34210606 | | 0812345678", says=("xxxxxxxxxx813",)),
    one("digits lost to scientific notation", "codes", "เลขยกกำลัง.csv", lambda: text(cells(LOST)), 1, 2,
        problems="digits_lost | 2 | เลขประจำตัวประชาชนหัวหน้าครัวเรือน\ndigits_lost | 2 | รหัสประจำบ้าน\n"
        "digits_lost | 3 | รหัสครัวเรือน\ndigits_lost | 4 | รหัสหมู่บ้าน",
        values="household_id | house_code\nLOS1 |",
        says=("ยกกำลัง",)),
    one("numbers as people write them, and nothing", "numbers", "ตัวเลขหลายแบบ.csv", lambda: text(households("NUM", NUMBERS)), 6,
        values=NUMBERS_SAY, problems="none_or_nought | | รายได้เฉลี่ยต่อคนต่อปี"),
    one("what is no number is said and left out", "numbers", "ไม่ใช่ตัวเลข.csv", lambda: text(households("NAN", NOT_NUMBERS)), 4,
        problems="\n".join([*(f"not_a_number | {row} | รายได้เฉลี่ยต่อคนต่อปี" for row in (2, 3, 4, 5)),
                            *(f"not_an_integer | {row} | จำนวนสมาชิก" for row in (2, 3, 4))]),
        values="household_id | income_per_person\nNAN1 |\nNAN3 |", says=("สามหมื่น",)),
    one("marks and words of indicators mean passed", "flags", "ตัวชี้วัด.csv", lambda: text(households("FLA", FLAGS)), 8,
        values=FLAGS_SAY, problems="not_a_flag | 9 | ข้อ 8"),
    one("true and false of a workbook are flags", "flags", "ค่าตรรกะ.xlsx",
        lambda: xlsx({"ก": households("BOO", [[SURVEY, "ข้อ 8"], [2564.0, True], [2564.0, False], [2564.0, 1.0], [2564.0, 0.0]])}), 4, sheet="ก",
        values=f"household_id | living\nBOO1 | {PASS}\nBOO2 | {FAIL}\nBOO3 | {PASS}\nBOO4 | {FAIL}"),
    one("a mark in a column of what is lacking means deprived", "flags", "ขาดแคลน.csv", lambda: text(households("LAC", LACKS)), 5, values=LACKS_SAY),
    one("a mark under a mere dimension is not guessed", "flags", "มิติกำกวม.csv", lambda: text(households("UNC", UNCLEAR)), 3,
        problems="not_a_result | 4 | มิติสุขภาพ\nnot_a_result | 4 | มิติรายได้",
        values=f"household_id | health | income\nUNC1 | {PASS} | {FAIL}\nUNC2 | {FAIL} | {PASS}\nUNC3 | {NONE} | {NONE}"),
    one("words are compared whole", "whole words", "คำเต็ม.csv", lambda: text(households("WOR", WORDS)), 4,
        problems="not_in_list | 5 | ผลการรับรอง\nnot_in_list | 5 | ผลการตรวจสอบ",
        values="household_id | certification | verification\nWOR1 | certified | confirmed\nWOR2 | refused | not_poor\n"
               "WOR3 | refused | not_poor\nWOR4 | |"),
    one("points at the house, swapped, far away and in minutes", "numbers", "พิกัด.csv", lambda: text(households("POI", POINTS)), 4,
        problems="place_disagrees | 2 | ตำบล\nswapped_coordinates | 3 | ละติจูด\noutside_thailand | 4 | ละติจูด",
        values="household_id | latitude\nPOI1 | 15.76\nPOI4 | 15.76"),
]  # fmt: skip
