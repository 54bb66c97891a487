"""กข.คจ. of Phibun Mangsahan in 2564: real villages, invented people and splits, the seed's own sums to the baht (KM Challenge 2565)."""

from collections.abc import Iterator
from datetime import date, timedelta

from making.files import Table
from making.fund import table_of
from making.household import Row, dice
from making.people import FAMILY, FEMALE, MALE
from making.story import AS_OF

YEAR, DISTRICT = 2564, "3419"
VILLAGES, CAPITAL, HOUSEHOLDS = 82, 23_951_565, 2_792
GRANT = 280_000  # baht a village, a usual grant of the time
# The 21 villages with a problem: cause, second cause, baht to follow, baht repaid since, whether it is settled. To follow 3,350,200,
# of which 2,485,236 in the 11 that were settled; of the other 864,964 baht 70,000 came back: 794,964 are left.
CAUSES = {
    "committee": "การเปลี่ยนแปลงคณะกรรมการ กข.คจ.",
    "handover": "ไม่มีการส่งมอบเอกสารของกรรมการชุดเก่ากับชุดใหม่",
    "records": "การจัดทำเอกสารไม่เป็นปัจจุบัน",
    "continuity": "กรรมการดำเนินการไม่ต่อเนื่อง",
    "died": "ครัวเรือนเป้าหมายที่ยืมเงินเสียชีวิต",
}
PROBLEMS = (
    ("committee", "handover", 248_000, 148_000, True), ("committee", "", 96_000, 12_000, False),
    ("handover", "", 262_400, 96_400, True), ("records", "", 240_336, 30_336, True),
    ("continuity", "records", 251_000, 180_000, True), ("died", "", 62_000, 5_000, False),
    ("committee", "", 231_500, 231_500, True), ("handover", "records", 88_500, 0, False),
    ("records", "", 198_000, 48_000, True), ("continuity", "", 105_000, 20_000, False),
    ("records", "continuity", 74_264, 10_000, False), ("died", "", 217_000, 87_000, True),
    ("committee", "records", 83_000, 8_000, False), ("handover", "", 205_000, 110_000, True),
    ("records", "", 226_000, 26_000, True), ("continuity", "", 90_000, 15_000, False),
    ("committee", "", 219_000, 119_000, True), ("died", "", 71_200, 0, False),
    ("records", "", 99_000, 0, False), ("continuity", "", 187_000, 137_000, True), ("handover", "committee", 96_000, 0, False),
)  # fmt: skip
REMEDY = {
    "committee": "ประชุมแต่งตั้งคณะกรรมการชุดใหม่และทบทวนหน้าที่", "handover": "ติดตามเอกสารจากกรรมการชุดเก่าและทำบันทึกส่งมอบ",
    "records": "จัดทำทะเบียนและบัญชีใหม่จากสัญญายืมเงิน", "continuity": "กำหนดวันประชุมและวันรับชำระคืนประจำเดือน",
    "died": "ประชุมทายาทและทำบันทึกรับสภาพหนี้",
}  # fmt: skip
SHORT = {5: 12_500, 10: 4_264, 17: 20_000}  # number of a problem -> baht of its capital that lie nowhere
POINTS = 5
POINT_DAYS = (date(2021, 12, 14), date(2021, 12, 21), date(2022, 1, 11), date(2022, 1, 18), date(2022, 1, 25))
PAPERS = "สมุดทั้ง 4 เล่ม สมุดบัญชีธนาคาร และสัญญายืมเงิน"
BOOKS = ("สมุดเล่ม 7 (ม่วง)", "สมุดเล่ม 6 (น้ำตาล)", "สมุดเล่ม 8 (เขียว)", "สมุดเล่ม 9 (เหลือง)")
STATES = ("เป็นปัจจุบัน", "ไม่เป็นปัจจุบัน", "ไม่พบสมุด")
TRADES = ("เลี้ยงโค", "เลี้ยงหมู", "ปลูกพริก", "ปลูกผัก", "ค้าขาย", "เลี้ยงไก่", "ทอผ้า", "จักสาน")
LEDGERS = 4  # villages of which the office keeps the household ledger, the first of those with a fund
ASTRAY = 4_000  # baht by which the last ledger differs from what the village says is with its households
Key = dict[str, object]


def villages_of(names: dict[str, str]) -> list[str]:
    """The 82 villages with a fund, in the order of their codes."""
    mine = [code for code in names if code[:4] == DISTRICT]
    return sorted(dice("debt villages").sample(mine, VILLAGES))


def sheets(names: dict[str, str], poor: list[Row]) -> dict[str, Table]:
    """The five registers as sheets of one workbook; `poor` are households of the district's poverty register, of whom some borrowed."""
    funds = _funds(villages_of(names))
    troubled = _troubled(funds)
    ledger = [row for number, fund in enumerate(funds[:LEDGERS], 1) for row in _ledger(fund, number == LEDGERS, poor)]
    return {
        "กองทุน": _sheet(funds),
        "หมู่บ้านที่มีปัญหา": _sheet([_problem(n, code) for n, code in troubled]),
        "การแก้ไขปัญหา": _sheet([row for n, code in troubled for row in _actions(n, code)]),
        "บัญชีลูกหนี้": _sheet(ledger),
        "จุด Mobile": _sheet([_point(point, troubled) for point in range(1, POINTS + 1)]),
    }


def _sheet(rows: list[Key]) -> Table:
    return table_of(tuple(rows[0]), [tuple(row.values()) for row in rows])


def _parts(about: str, total: int, least: int, most: int, number: int) -> list[int]:
    """Whole numbers that add up to a total, each drawn between two bounds as far as the total allows."""
    drawn = [dice(about, n).randint(least, most) for n in range(number)]
    over, at = sum(drawn) - total, 0
    while over:
        step = max(-abs(over), -1) if over > 0 else 1
        if least <= drawn[at % number] + step <= most:
            drawn[at % number] += step
            over += step
        at += 1
    return drawn


def _funds(villages: list[str]) -> list[Key]:
    """What each village has, and where its money lies."""
    capital = [GRANT + growth for growth in _parts("debt growth", CAPITAL - VILLAGES * GRANT, 4_000, 20_500, VILLAGES)]
    lent = _parts("debt households", HOUSEHOLDS, 24, 45, VILLAGES)
    problem = {code: n for n, code in enumerate(_with_problem(villages), 1)}
    return [_fund(code, *money, problem.get(code)) for code, *money in zip(villages, capital, lent, strict=True)]


def _fund(code: str, capital: int, lent: int, problem: int | None) -> Key:
    chance = dice("debt fund", code)
    owed = PROBLEMS[problem - 1][2] if problem else 0
    with_households = max(owed, round(capital * chance.uniform(0.72, 0.9), -2))
    cash = 100 * chance.randrange(0, 31) if capital - with_households > 6_000 else 0
    books = [STATES[0]] * 4
    if problem:
        books = [chance.choice(STATES) for _ in BOOKS]
    repaid = with_households * chance.randrange(2, 6)
    return {
        "ปีงบประมาณ": YEAR, "รหัสหมู่บ้าน": code, "ปีที่ได้รับเงินทุน": chance.randrange(2536, 2545), "เงินทุนที่ได้รับ": GRANT,
        "เงินทุนทั้งหมด": capital, "ครัวเรือนทั้งหมด": lent * 3 + chance.randrange(10, 60),
        "ครัวเรือนเป้าหมาย": lent + chance.randrange(0, 8), "ครัวเรือนที่ได้รับเงินยืม": lent, "เงินยืมสะสม": with_households + repaid,
        "เงินคืนสะสม": repaid, "ยืมรอบที่": chance.randrange(3, 9), "เงินทุนอยู่ที่ครัวเรือน": with_households,
        "เงินฝากธนาคาร": capital - with_households - cash - (SHORT.get(problem, 0) if problem else 0), "เงินสดในมือ": cash,
        "รับคืนในรอบปี": round(with_households * chance.uniform(0.05, 0.3), -2),
    } | dict(zip(BOOKS, books, strict=True))  # fmt: skip


def _with_problem(villages: list[str]) -> list[str]:
    """The villages with a problem, the second of the ledgers among them, in the order of their codes."""
    others = dice("debt problems").sample(villages[LEDGERS:], len(PROBLEMS) - 1)
    return sorted([villages[1], *others])


def _troubled(funds: list[Key]) -> list[tuple[int, str]]:
    return [*enumerate(_with_problem([str(fund["รหัสหมู่บ้าน"]) for fund in funds]), 1)]


def _point_of(number: int) -> int:
    """The mobile point of a problem: neighbours, in the order of their codes, go to the same one."""
    return (number - 1) * POINTS // len(PROBLEMS) + 1


def _problem(number: int, code: str) -> Key:
    cause, other, amount, _, _ = PROBLEMS[number - 1]
    return {
        "ปีงบประมาณ": YEAR, "รหัสหมู่บ้าน": code, "สาเหตุของปัญหา": CAUSES[cause], "สาเหตุรอง": CAUSES.get(other),
        "เงินทุนที่ต้องติดตาม": amount, "แนวทางแก้ไขปัญหา": REMEDY[cause], "จุดลงพื้นที่": _point_of(number),
    }  # fmt: skip


def _actions(number: int, code: str) -> Iterator[Key]:
    """The mobile point, a visit, what was repaid in two parts, and the day on which it was settled."""
    *_, repaid, settled = PROBLEMS[number - 1]
    chance = dice("debt actions", code)
    came = POINT_DAYS[_point_of(number) - 1]
    visited = came + timedelta(days=chance.randrange(20, 60))
    done = [(came, "ลงพื้นที่รูปแบบ Mobile", None, "ประธานและกรรมการรับรู้ปัญหาและทบทวนความรู้"),
            (visited, "พัฒนากรและเครือข่ายลงแก้ปัญหารายหมู่บ้าน", None, "ตรวจสอบเอกสารและให้คำแนะนำ")]  # fmt: skip
    first = repaid // 2
    parts = [(first, 25), (repaid - first, 70)] if repaid else []
    done += [(visited + timedelta(days=days), "รับชำระคืน", amount, None) for amount, days in parts]
    if settled:
        done.append(
            (visited + timedelta(days=75 + chance.randrange(20)), "แก้ไขปัญหาได้แล้ว", None, "ประชาคมรับรองยอดเงินทุนและเอกสารครบ")
        )
    for n, (day, kind, amount, result) in enumerate(done, 1):
        yield {
            "ปีงบประมาณ": YEAR, "รหัสหมู่บ้าน": code, "การแก้ไขครั้งที่": n, "วันที่แก้ไขปัญหา": min(day, AS_OF), "วิธีการแก้ไข": kind,
            "จำนวนเงินที่รับคืน": amount, "ทีมที่ลงพื้นที่": _team(code) if amount is None else None, "ผลการแก้ไขปัญหา": result,
        }  # fmt: skip


def _team(code: str) -> str:
    """The officer of a subdistrict with those who came along; four of them, as in the seed."""
    officer = dice("debt officer", int(code[4:6]) % 4)
    return f"นาง{officer.choice(FEMALE)} {officer.choice(FAMILY)} (พัฒนากร) และ อสพ."


def _point(point: int, troubled: list[tuple[int, str]]) -> Key:
    called = [code for number, code in troubled if _point_of(number) == point]
    return {
        "ปีงบประมาณ": YEAR, "จุดที่": point, "รหัสหมู่บ้าน": called[0], "วันที่นัดลงพื้นที่": POINT_DAYS[point - 1],
        "ทีมประจำจุด": f"พัฒนาการอำเภอ {_team(called[0])}", "เอกสารที่ต้องนำมา": PAPERS,
    }  # fmt: skip


def _ledger(fund: Key, astray: bool, poor: list[Row]) -> Iterator[Key]:
    """The loans of one village: what is still owed adds up to what lies with its households, but for the one that went astray."""
    code, number = str(fund["รหัสหมู่บ้าน"]), int(fund["ครัวเรือนที่ได้รับเงินยืม"])
    owed = int(fund["เงินทุนอยู่ที่ครัวเรือน"]) - (ASTRAY if astray else 0)
    parts = _parts(f"debt ledger {code}", owed, 1_500, 14_000, number)
    debtors = [row for row in poor if row["village_code"] == code]
    for n, left in enumerate(parts, 1):
        chance = dice("debt loan", code, n)
        repaid = 500 * chance.randrange(0, 9)
        lent = date(2019 + chance.randrange(3), 1 + chance.randrange(12), 1 + chance.randrange(28))
        yield {
            "ปีงบประมาณ": YEAR, "รหัสหมู่บ้าน": code, "เลขที่สัญญายืม": f"{n}/{lent.year + 543}", "ลำดับความยากจน": n,
            **_borrower(chance, debtors[n - 1] if n <= len(debtors) else None, n), "อาชีพที่ยืมไปประกอบ": chance.choice(TRADES),
            "จำนวนเงินที่ยืม": left + repaid, "วันที่รับเงินยืม": lent, "วันครบกำหนดคืนเงินยืม": lent.replace(year=lent.year + 3),
            "ชำระคืนแล้ว": repaid, "วันที่ชำระคืนล่าสุด": min(lent + timedelta(days=200), AS_OF) if repaid else None,
        }  # fmt: skip


def _borrower(chance: object, of: Row | None, number: int) -> Key:
    """Who borrowed: a household of the poverty register by its code or by its house, or somebody else."""
    if of is None:
        name = chance.choice(MALE if number % 2 else FEMALE)
        return {"ชื่อผู้ยืม": f"{name} {chance.choice(FAMILY)}", "รหัสครัวเรือนผู้ยืม": None, "รหัสประจำบ้านผู้ยืม": None}
    by_house = number % 2 == 0
    return {
        "ชื่อผู้ยืม": f"{of['head_first_name']} {of['head_last_name']}",
        "รหัสครัวเรือนผู้ยืม": None if by_house else of["household_id"],
        "รหัสประจำบ้านผู้ยืม": of["house_code"] if by_house else None,
    }
