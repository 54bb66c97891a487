"""Dates in every spelling, house numbers that became dates, formulas, and incomes per whom and per what time."""

from datetime import date

from tests.registers.case import Case, cells, households, one
from tests.registers.cases_values import FAIL, NONE, PASS, SURVEY
from tests.registers.files import Formula, Shown, ods, text, xls, xlsx

DATES = """วันที่รับรอง\n15/03/2565\n15 มี.ค. 65\n๑๕ มีนาคม ๒๕๖๕\n2022-03-15\n44635\n15-03-2565\n15/3/2022\n15 มีนาคม พ.ศ. 2565\n2565-03-15
1 ม.ค. 2563\n29/02/2563\n5 มิถุนายน 2565"""
DATES_SAY = "household_id | certified_date\n" + "\n".join(
    f"DAT{n} | {day}" for n, day in enumerate([*["2022-03-15"] * 9, "2020-01-01", "2020-02-29", "2022-06-05"], 1)
)
IMPOSSIBLE = "วันที่รับรอง\n31/02/2565\n๓๗ กรกฎาคม ๒๕๖๕\n15/03/2300\n15/03/65\n29/02/2565\n15/13/2565\nเร็ว ๆ นี้\n15/03/2565"

DATE_CELLS = [["วันที่รับรอง"], [Shown(date(2022, 3, 15), "dd/mm/yyyy")], [Shown(date(2565, 3, 15), "dd/mm/yyyy")], [44635.0]]
YEARS = "ปีทะเบียน | รหัสครัวเรือน | รหัสหมู่บ้าน | แหล่งที่มา\n2565 | YEA1 | 34210601 | ใน TPMAP\nปี 2565 | YEA2 | 34210601 | ใน TPMAP\n65 | YEA3 | 34210601 | ใน TPMAP\n2300 | YEA4 | 34210601 | ใน TPMAP\nปีนี้ | YEA5 | 34210601 | ใน TPMAP\n | YEA6 | 34210601 | ใน TPMAP"

HOUSES: list[list[object]] = [
    ["บ้านเลขที่"],
    [Shown(date(2022, 1, 27), "d-mmm")],
    ["27-ม.ค."],
    ["27-Jan"],
    [12.0],
    ["1-ธ.ค."],
    ["45/2 ก."],
]
HOUSES_SAY = "household_id | house_no\n{0}1 | 27/1\n{0}2 | 27/1\n{0}3 | 27/1\n{0}4 | 12\n{0}5 | 1/12\n{0}6 | 45/2 ก."
RESTORED = "\n".join(f"restored_house_no | {row} | บ้านเลขที่" for row in (2, 3, 4, 6))

INCOMES = f"""{SURVEY} | {{}} | จำนวนสมาชิก\n2564 | 3,000 | 4\n2564 | 4000 |"""
BARE = f"{SURVEY} | รายได้ | จำนวนสมาชิก\n2564 | 9,000 | 4\n2564 | 90000 | 2"

FORMULAS = [["รหัสประจำบ้าน", "รายได้เฉลี่ยต่อคนต่อปี", "จำนวนสมาชิก", "วันที่รับรอง"],
            [Formula('="3421"&"0000031"', "34210000031"), Formula("=3000*12", 36000), Formula("=1+2", 3), Formula("=TODAY()", 44635)],
            [Formula("=A2", "34210000032"), Formula("=1/0", "#DIV/0!"), Formula('=""', ""), ""]]  # fmt: skip


def income(heading: str, prefix: str, first: str, second: str, state: str = FAIL) -> Case:
    """A register whose incomes stand per `heading`; what they are per person and year."""
    return one(f"{heading} is converted", "income", f"{heading}.csv", lambda: text(households(prefix, INCOMES.format(heading))), 2,
               values=f"household_id | income_per_person | income\n{prefix}1 | {first} | {state}\n{prefix}2 | {second} | "
                      + (NONE if not second else PASS))  # fmt: skip


CASES = [
    one("dates in every spelling", "dates", "วันที่หลายแบบ.csv", lambda: text(households("DAT", DATES)), 12, values=DATES_SAY),
    one("impossible and unclear dates", "dates", "วันที่ไม่จริง.csv", lambda: text(households("IMP", IMPOSSIBLE)), 8,
        problems="\n".join(f"not_a_date | {row} | วันที่รับรอง" for row in (2, 3, 4, 6, 7, 8)),
        values="household_id | certified_date\nIMP1 |\nIMP4 | 2022-03-15\nIMP8 | 2022-03-15", says=("๓๗ กรกฎาคม ๒๕๖๕",)),
    one("date cells of either era and a bare day number", "dates", "เซลล์วันที่.xlsx", lambda: xlsx({"ก": households("DCE", DATE_CELLS)}), 3,
        sheet="ก", values="household_id | certified_date\nDCE1 | 2022-03-15\nDCE2 | 2022-03-15\nDCE3 | 2022-03-15"),
    one("register years", "dates", "ปีทะเบียน.csv", lambda: text(cells(YEARS)), 2, 4,
        problems="\n".join([*(f"not_a_year | {row} | ปีทะเบียน" for row in (4, 5, 6)), "missing_value | 7 | ปีทะเบียน"])),
    one("house numbers that became dates, xlsx", "house numbers", "บ้านเลขที่เป็นวันที่.xlsx", lambda: xlsx({"ก": households("HOX", HOUSES)}), 6,
        sheet="ก", values=HOUSES_SAY.format("HOX"), problems=RESTORED),
    one("house numbers that became dates, xls", "house numbers", "บ้านเลขที่เป็นวันที่.xls", lambda: xls({"ก": households("HOS", HOUSES)}), 6,
        sheet="ก", values=HOUSES_SAY.format("HOS"), problems=RESTORED),
    one("house numbers that became dates, ods", "house numbers", "บ้านเลขที่เป็นวันที่.ods",
        lambda: ods({"ก": households("HOO", [["บ้านเลขที่"], [date(2022, 1, 27)], ["27-ม.ค."]])}), 2, sheet="ก",
        values="household_id | house_no\nHOO1 | 27/1\nHOO2 | 27/1",
        problems="restored_house_no | 2 | บ้านเลขที่\nrestored_house_no | 3 | บ้านเลขที่"),
    one("a house number on the first of a month cannot be told", "house numbers", "บ้านเลขที่วันที่หนึ่ง.xlsx",
        lambda: xlsx({"ก": households("FIR", [["บ้านเลขที่"], [Shown(date(2020, 12, 1), "dd/mm/yyyy")]])}), 1, sheet="ก",
        values="household_id | house_no\nFIR1 |", problems="house_no_lost | 2 | บ้านเลขที่", says=("1/12", "12/20")),
    one("formulas give their stored values", "formulas", "สูตร.xlsx",
        lambda: xlsx({"ก": [["ปีทะเบียน", "รหัสหมู่บ้าน", "แหล่งที่มา", *FORMULAS[0]], *([2565.0, 34210606.0, "ใน TPMAP", *r] for r in FORMULAS[1:])]}), 2,
        sheet="ก", values="household_id | income_per_person | people | certified_date\n34210000031 | 36000 | 3 | 2022-03-15\n34210000032 | | |",
        problems="error_cell | 3 | รายได้เฉลี่ยต่อคนต่อปี\nnot_calculated | 3 | จำนวนสมาชิก"),
    income("รายได้ต่อคนต่อเดือน", "IPM", "36000", "48000"),
    income("รายได้ครัวเรือนต่อเดือน", "IHM", "9000", ""),
    income("รายได้ครัวเรือนต่อปี", "IHY", "750", ""),
    one("an income without a basis is never compared", "income", "รายได้เปล่า.csv", lambda: text(households("BAR", BARE)), 2,
        problems="no_basis | |", values=f"household_id | income_per_person | income\nBAR1 | | {NONE}\nBAR2 | | {NONE}", says=("รายได้",)),
]  # fmt: skip
