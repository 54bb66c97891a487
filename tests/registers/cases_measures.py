"""What a whole column tells: which of day and month stands first, which dates it can mean, and what stands for nought."""

from datetime import date, datetime

from tests.registers.case import case, households, one
from tests.registers.cases_values import FAIL, NONE, PASS, SURVEY
from tests.registers.files import Formula, Shown, text, xlsx

CERTIFIED = "วันที่รับรอง"
INCOME = "รายได้เฉลี่ยต่อคนต่อปี"


def dated(prefix: str, days: list[str], heading: str = CERTIFIED) -> bytes:
    """Households with one date each."""
    return text(households(prefix, [[heading], *([day] for day in days)]))


def says(prefix: str, days: list[str], column: str = "certified_date") -> str:
    """What must come of these dates."""
    return "\n".join([f"household_id | {column}", *(f"{prefix}{n} | {day}" for n, day in enumerate(days, 1))])


TIMES = ["15/03/2565 10:30", "15/03/2565 10.30 น.", "2022-03-15T10:30:00.000Z", "15/3/2022 1:05:00 PM", "44635.4375", "15 มี.ค. 65 เวลา 10:30 น.",
         "วันอังคารที่ 15 มีนาคม พ.ศ. 2565", "242962"]  # fmt: skip
AMERICAN = ["03/15/2565", "3/4/2565", "12/31/2564", "15 มี.ค. 2565"]
SLIP = [*(f"{day}/{month}/2565" for month in (3, 5) for day in range(12, 32)), "3/14/2565", "3/4/2565"]
MIXED = ["03/15/2565", "15/03/2565", "3/4/2565", "4/4/2565"]
TWO_COLUMNS = f"{CERTIFIED} | วันที่สำรวจ\n3/15/2565 | 3/4/2565\n3/16/2565 | 5/4/2565"
FAR = ["15/03/2656", "15/03/2508", "15/03/2465", "15/03/65", "15/03/22", "43173", "14/03/2561"]
FAR_SAYS = ["", "2022-03-15", "", "2022-03-15", "2022-03-15", "", "2018-03-14"]

PLAN = [["ปีทะเบียน", "รหัสครัวเรือน", "ลำดับ", "ด้าน 4ท", "กิจกรรม", "กำหนดเสร็จ", "สถานะ"],
        [2565.0, "SHY1", 1.0, "ทักษะ", "เลี้ยงไก่", Shown(date(1965, 9, 30), "dd/mm/yyyy"), "วางแผนแล้ว"],
        [2565.0, "SHY1", 2.0, "ทักษะ", "เลี้ยงเป็ด", Shown(date(2022, 9, 30), "dd/mm/yyyy"), "วางแผนแล้ว"]]  # fmt: skip
VISITS = [["ปีทะเบียน", "รหัสครัวเรือน", "เยี่ยมครั้งที่", "วันที่เยี่ยม", "มิติที่ตรวจ", "ผลตรวจมิติ"],
          [2565.0, "TOD1", 1.0, Shown(datetime(2022, 5, 10, 9, 30), "dd/mm/yyyy"), "สุขภาพ", "ไม่ผ่าน"],
          [2565.0, "TOD2", 1.0, Shown(date(2022, 5, 11), "dd/mm/yyyy"), "สุขภาพ", "ไม่ผ่าน"]]  # fmt: skip

TWELVE = Formula(
    "=SUM(3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.67,3166.63)", 37999.99999999999
)
AT_THE_LINE = [[SURVEY, INCOME], [2564.0, 38000.0], [2564.0, TWELVE], [2564.0, 37999.99]]
BY_MONTH = [[SURVEY, "รายได้ต่อคนต่อเดือน"], [2564.0, 38000 / 12], [2564.0, 3166.66]]
NOUGHTS = [[SURVEY, INCOME], ["2564", " 52,000.00 "], ["2564", " -   "], ["2564", "0"], ["2564", "0.00"], ["2564", "ไม่มีรายได้"],
           ["2564", "ไม่มี"], ["2564", "-"], ["2564", " ฿-   "]]  # fmt: skip
NO_YEAR = [[INCOME, "ข้อ 8"], ["20000", ""], ["", "0"], ["", ""]]
RATED = [PASS, FAIL, FAIL, FAIL, FAIL, NONE, NONE, FAIL]

CASES = [
    one("a time of day behind a date, in any form", "dates", "มีเวลา.csv", lambda: dated("TIM", TIMES), 8, values=says("TIM", ["2022-03-15"] * 8)),
    case("a time of day in a cell of a workbook", "dates",
         lambda: {"มีเวลา บ้าน.csv": text(households("TOD")), "มีเวลา เยี่ยม.xlsx": xlsx({"ก": VISITS})},
         "มีเวลา บ้าน.csv | | household | 2 | 0\nมีเวลา เยี่ยม.xlsx | ก | visit | 2 | 0",
         values=f"household_id | health\nTOD1 | {FAIL}\nTOD2 | {FAIL}"),
    one("one date that can only begin with a month turns its column", "dates", "เดือนก่อน.csv", lambda: dated("USA", AMERICAN), 4,
        values=says("USA", ["2022-03-15", "2022-03-04", "2021-12-31", "2022-03-15"]), problems=f"month_first | | {CERTIFIED}"),
    one("one slip in a column of days stays a slip", "dates", "พลาดหนึ่งช่อง.csv", lambda: dated("SLP", SLIP), 42,
        values=says("SLP", ["2022-03-12"]) + "\nSLP41 |\nSLP42 | 2022-04-03", problems=f"not_a_date | 42 | {CERTIFIED}"),
    one("a column in both orders is asked", "dates", "สองแบบ.csv", lambda: dated("MIX", MIXED), 4,
        values=says("MIX", ["2022-03-15", "2022-03-15", "", "2022-04-04"]),
        problems=f"mixed_dates | | {CERTIFIED}\nunclear_date | 4 | {CERTIFIED}"),
    one("a column that tells nothing follows the others of its sheet", "dates", "ตามคอลัมน์อื่น.csv",
        lambda: text(households("FOL", TWO_COLUMNS)), 2, values="household_id | certified_date | survey_date\n"
        "FOL1 | 2022-03-15 | 2022-03-04\nFOL2 | 2022-03-16 | 2022-05-04",
        problems=f"month_first | | {CERTIFIED}\nassumed_month_first | | วันที่สำรวจ"),
    one("dates far from what their column can mean", "dates", "วันที่ไกล.csv", lambda: dated("FAR", FAR), 7, values=says("FAR", FAR_SAYS),
        problems=f"implausible_date | 2 | {CERTIFIED}\nrestored_year | 3 | {CERTIFIED}\nimplausible_date | 4 | {CERTIFIED}\n"
                 f"short_year | | {CERTIFIED}\nunclear_day_number | 7 | {CERTIFIED}"),
    case("a due date whose Buddhist year a spreadsheet took for 19xx", "dates",
         lambda: {"ปีสองหลัก บ้าน.csv": text(households("SHY")), "ปีสองหลัก แผน.xlsx": xlsx({"ก": PLAN})},
         "ปีสองหลัก บ้าน.csv | | household | 2 | 0\nปีสองหลัก แผน.xlsx | ก | plan | 2 | 0",
         problems="restored_year | 2 | กำหนดเสร็จ", says=("30/09/2508", "30/09/2565")),
    one("an income at the line as people see it", "income", "พอดีเกณฑ์.xlsx", lambda: xlsx({"ก": households("LIN", AT_THE_LINE)}), 3, sheet="ก",
        values=f"household_id | income_per_person | income\nLIN1 | 38000 | {PASS}\nLIN2 | 38000 | {PASS}\nLIN3 | 37999.99 | {FAIL}"),
    one("a month's income at the line", "income", "พอดีเกณฑ์ต่อเดือน.xlsx", lambda: xlsx({"ก": households("MLN", BY_MONTH)}), 2, sheet="ก",
        values=f"household_id | income\nMLN1 | {PASS}\nMLN2 | {FAIL}"),
    one("a written nought is a nought, and “none” is asked", "income", "ศูนย์บาท.csv", lambda: text(households("NGH", NOUGHTS)), 8,
        values="household_id | income\n" + "\n".join(f"NGH{n} | {state}" for n, state in enumerate(RATED, 1)),
        problems=f"none_or_nought | | {INCOME}", says=("ไม่มีข้อมูล",)),
    one("an income without a survey year is remarked on", "income", "ไม่มีปีสำรวจ.csv", lambda: text(households("NYR", NO_YEAR)), 3,
        values=f"household_id | income | living\nNYR1 | {NONE} | {NONE}\nNYR2 | {NONE} | {NONE}", problems="no_survey_year | |",
        says=("2 แถว",)),
]  # fmt: skip
