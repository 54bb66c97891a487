"""The women's fund of ต.เมืองศรีไค: invented groups and people, the seed's own sums to the baht, nothing overdue on the data's date."""

from collections.abc import Iterator
from datetime import date, timedelta

from making.files import Table
from making.household import dice
from making.people import FAMILY, FEMALE
from making.spelling import buddhist
from making.story import AS_OF

TAMBON = "341522"
# Fiscal year -> what each project got, in baht: 20 revolving loans of 1,934,422 and 11 grants of 326,590 (KM Challenge 2565).
REVOLVING = {
    2560: (120_000, 80_000, 100_000),
    2561: (95_000, 60_000, 150_000, 90_000),
    2562: (110_000, 85_000, 70_000, 130_000),
    2563: (100_000, 75_000, 140_000, 98_500),
    2564: (88_000, 92_000, 105_922, 65_000, 80_000),
}
GRANTS = {
    2560: (30_000, 25_000),
    2561: (28_000, 35_000),
    2562: (30_000, 27_500),
    2563: (32_000, 29_090),
    2564: (31_000, 29_000, 30_000),
}
TRADES = ("ทอผ้าฝ้าย", "เลี้ยงไก่ไข่", "แปรรูปกล้วย", "ปลูกผักปลอดสาร", "จักสานไม้ไผ่", "เพาะเห็ด", "ทำขนมไทย", "เย็บผ้า", "เลี้ยงโค", "ทำปลาร้า",
          "น้ำพริกสมุนไพร", "ดอกไม้จันทน์")  # fmt: skip
TRAININGS = ("อบรมการตลาดออนไลน์", "อบรมบัญชีครัวเรือน", "อบรมการแปรรูปผลผลิต", "ศึกษาดูงานกลุ่มต้นแบบ", "อบรมบทบาทสตรีกับชุมชน")
COMMITTEE = 9  # members of the working committee, one of them the guardian of each group
INSTALMENTS, MONTHS = 4, 6  # of two years
# Days of the data's date until the third instalment of each loan of 2564: in the last week, fortnight, month, and later.
THEN = (5, 12, 26, 40, 75)
BEFORE = ("สร้างความเข้าใจกับสมาชิกก่อนการกู้ยืมเงิน", "ตรวจสอบความถูกต้องของโครงการที่ยื่นกู้", "ลงพื้นที่กลุ่มที่ขอกู้เพื่อวิเคราะห์ความเป็นไปได้",
          "สอบถามข้อมูลเพิ่มเติมจากผู้นำหมู่บ้าน/ชุมชน", "ประเมินความเสี่ยงที่อาจทำให้ชำระคืนไม่ได้", "ประชุมสมาชิกกลุ่มเพื่อการันตีความเชื่อมั่น")  # fmt: skip
TOLD = {30: "แจ้งก่อนครบกำหนด 1 เดือน", 15: "แจ้งก่อนครบกำหนด 15 วัน", 7: "แจ้งก่อนครบกำหนด 7 วัน"}
VISIT, EXPLAIN = "เยี่ยมให้กำลังใจสมาชิกกลุ่ม", "สร้างความเข้าใจเรื่องการชำระคืนเงินกู้"
Project = dict[str, object]


def sheets(villages: list[str]) -> dict[str, Table]:
    """The four registers as sheets of one workbook; `villages` are those of the tambon."""
    projects = [*_projects(villages)]
    due = [(p, n, day, amount) for p in projects if p["kind"] == "เงินทุนหมุนเวียน" for n, day, amount in _instalments(p)]
    paid = [
        (p, n, day - timedelta(days=dice("fund paid", p["no"], n).randrange(8)), amount)
        for p, n, day, amount in due
        if day <= AS_OF
    ]
    return {
        "โครงการ": table_of(
            ("ปีงบประมาณ", "เลขที่โครงการ", "รหัสหมู่บ้าน", "ชื่อกลุ่ม", "จำนวนสมาชิกกลุ่ม", "ประเภทเงิน", "ชื่อโครงการ",
             "จำนวนเงินที่อนุมัติ", "เลขที่สัญญา", "วันที่รับเงิน", "กรรมการผู้รับผิดชอบ"),
            [(p["year"], p["no"], p["village"], p["group"], p["members"], p["kind"], p["name"], p["amount"], p["contract"],
              p["received"], p["guardian"]) for p in projects],
        ),
        "งวดชำระ": table_of(
            ("ปีงบประมาณ", "เลขที่โครงการ", "งวดที่", "วันครบกำหนดชำระ", "จำนวนเงินงวด"),
            [(p["year"], p["no"], n, day, amount) for p, n, day, amount in due],
        ),
        "การชำระคืน": table_of(
            ("ปีงบประมาณ", "เลขที่โครงการ", "เลขที่ใบเสร็จ", "วันที่ชำระ", "จำนวนเงินที่ชำระ"),
            [(p["year"], p["no"], f"ส {p['no']}-{n}", day, amount) for p, n, day, amount in paid],
        ),
        "ปตท": table_of(
            ("ปีงบประมาณ", "เลขที่โครงการ", "ดำเนินการครั้งที่", "วันที่ดำเนินการ", "การดำเนินการ ปตท."),
            [(p["year"], p["no"], n, day, what) for p in projects for n, (day, what) in enumerate(sorted(_checks(p)), 1)],
        ),
    }  # fmt: skip


def _projects(villages: list[str]) -> Iterator[Project]:
    groups = [(f"กลุ่ม{trade}", villages[n % len(villages)]) for n, trade in enumerate(TRADES)]
    for year in REVOLVING:
        loans = [("เงินทุนหมุนเวียน", amount, n) for n, amount in enumerate(REVOLVING[year])]
        grants = [("เงินอุดหนุน", amount, n) for n, amount in enumerate(GRANTS[year])]
        for number, (kind, amount, nth) in enumerate(loans + grants, 1):
            chance = dice("fund", year, number)
            place = (year * 5 + number) % len(groups)
            group, village = groups[place]
            grant = kind == "เงินอุดหนุน"
            yield {
                "year": year, "no": f"{number}/{year}", "village": village, "group": group, "kind": kind, "amount": amount,
                "members": chance.randrange(5, 9), "name": TRAININGS[nth % len(TRAININGS)] if grant else f"ส่งเสริมอาชีพ{group[5:]}",
                "contract": None if grant else f"{number}/{year}", "received": _received(year, nth), "guardian": _guardian(place),
            }  # fmt: skip


def _received(year: int, nth: int) -> date:
    """The day on which a project got its money; those of the last year so that their third instalment is due soon."""
    if year == 2564:
        return _months(AS_OF + timedelta(days=THEN[nth % len(THEN)]), -3 * MONTHS)
    return date(year - 543, 2 + nth, 3 + 5 * nth)


def _guardian(group: int) -> str:
    chance = dice("fund committee", group % COMMITTEE)
    return f"นาง{chance.choice(FEMALE)} {chance.choice(FAMILY)}"


def _instalments(project: Project) -> Iterator[tuple[int, date, int]]:
    amount, part = project["amount"], project["amount"] // INSTALMENTS
    for n in range(1, INSTALMENTS + 1):
        yield n, _months(project["received"], n * MONTHS), part if n < INSTALMENTS else amount - part * (INSTALMENTS - 1)


def _checks(project: Project) -> Iterator[tuple[date, str]]:
    """What was done before the loan, while it runs, and who was told in time; one instalment that is near is still to be told."""
    chance = dice("fund checks", project["no"])
    if project["kind"] == "เงินอุดหนุน":
        yield project["received"] - timedelta(days=20), BEFORE[1]
        return
    for n, what in enumerate(BEFORE if chance.random() < 0.8 else BEFORE[:-1]):
        yield project["received"] - timedelta(days=40 - 5 * n), what
    for _, due, _ in _instalments(project):
        for days, told in TOLD.items():
            day = due - timedelta(days=days - 1)
            if day <= AS_OF and due - AS_OF != timedelta(days=THEN[0]):
                yield day, told
        if (visit := due - timedelta(days=60)) <= AS_OF:
            yield visit, chance.choice((VISIT, EXPLAIN))


def _months(day: date, months: int) -> date:
    """The same day some months on; a day that the month does not have is its 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))


def table_of(headings: tuple[str, ...], rows: list[tuple]) -> Table:
    """Headings and rows as a sheet, days as an office types them."""
    return list(headings), [[buddhist(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]
