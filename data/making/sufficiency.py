"""Sufficiency villages of ทุ่งศรีอุดม: invented scores of real villages by the three instruments, forums and model families.

Names of the 23 indicators, the scale of GVH and the items of 6×2 that no source has stay empty, as in an office that has not filled
them in; which ten of the 23 are main ones is made up here.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from making.files import Table
from making.household import Row, dice
from making.people import FAMILY, FEMALE, MALE
from making.spelling import buddhist
from making.story import AS_OF

FORM_23, FORM_6X2, GVH = "กระทรวงมหาดไทย 4 ด้าน 23 ตัวชี้วัด", "6×2 (6 ด้าน 12 ตัวชี้วัด)", "ความสุขมวลรวมของหมู่บ้าน (GVH)"
ONCE, BEFORE, AFTER = "ประเมินครั้งเดียว", "ก่อนพัฒนา", "หลังพัฒนา"
MAIN = (1, 3, 5, 7, 9, 11, 13, 15, 17, 21)  # made up
ITEMS = 23
# Of each village and year: how many of 23 pass, how many main ones of these, and the level as the office wrote it.
ASSESSED = """
village   2564       2565
34260201  8/6/-      12/10/พอ
34260207  10/10/พอ   14/10/พอ
34260209  9/9/-      10/9/พอ
34260302  11/10/พอ   16/10/พอ
34260305  7/5/-      10/10/พอ
34260310  13/10/พอ   17/10/ดี
34260401  6/4/-      9/8/-
34260408  12/9/-     15/10/พอ
34260501  10/8/-     11/10/พอ
34260502  15/10/พอ   20/10/ดี
34260507  -          8/7/-
34260607  9/7/-      13/9/-
"""
LEVELS = {"พอ": "พออยู่ พอกิน", "ดี": "อยู่ดี กินดี", "-": "ยังไม่ถึงพออยู่ พอกิน"}
HAPPIER = (
    "34260302",
    "34260305",
    "34260310",
    "34260408",
    "34260502",
    "34260607",
)  # assessed before and after, the last one less happy
OF_6X2 = ("34260302", "34260310", "34260502")
SHARES = {
    "1.1": (50, 75),
    "1.2": (50, 75),
    "2.1": (20, 30),
    "2.2": (30, 50),
    "3.1": (50, 75),
}  # percent of households: score 1, 2
ITEMS_6X2 = [f"{area}.{n}" for area in range(1, 7) for n in (1, 2)]
PRACTICES = ("ปลูกผักสวนครัวไว้กินเอง", "ทำบัญชีครัวเรือนทุกวัน", "เลี้ยงไก่พื้นเมืองและปลาในบ่อ", "ทำปุ๋ยหมักใช้เอง", "ออมเงินกับกลุ่มทุกเดือน")
Scores = dict[str, tuple[float, int | None]]  # item -> its score, households that meet it


def sheets(households: list[Row]) -> dict[str, Table]:
    """The four registers as sheets of one workbook; `households` are rows of the district's register, some of them of model families."""
    assessed = [*_assessed(), *_of_6x2(), *_happiness()]
    forums = [*_forums()]
    families = [*_families(households)]
    return {
        "การประเมิน": _table(
            ("ปีที่ประเมิน", "รหัสหมู่บ้าน", "แบบประเมินหมู่บ้าน", "ครั้งการประเมิน", "วันที่ประเมิน", "ครัวเรือนที่ประเมิน", "ระดับที่สรุปไว้"),
            [(year, village, form, which, day, size(village), level) for year, village, form, which, day, level, _ in assessed],
        ),
        "คะแนนรายข้อ": _table(
            ("ปีที่ประเมิน", "รหัสหมู่บ้าน", "แบบประเมินหมู่บ้าน", "ครั้งการประเมิน", "ตัวชี้วัดข้อที่", "ตัวชี้วัดหลัก", "คะแนนรายข้อ",
             "ครัวเรือนที่ผ่านข้อนี้"),
            [(year, village, form, which, item, _main(form, item), score, met)
             for year, village, form, which, _, _, scores in assessed for item, (score, met) in scores.items()],
        ),
        "เวที": _table(
            ("ปีที่ประเมิน", "รหัสหมู่บ้าน", "เวทีครั้งที่", "วันที่จัดเวที", "จำนวนผู้เข้าร่วมเวที", "สรุปผลเวที"), forums
        ),
        "ครอบครัวต้นแบบ": _table(
            ("ปีที่คัดเลือก", "รหัสหมู่บ้าน", "ครอบครัวที่", "ชื่อครอบครัวต้นแบบ", "รหัสครัวเรือน", "เรื่องที่เป็นต้นแบบ"), families
        ),
    }  # fmt: skip


def size(village: str) -> int:
    """Households of a village, invented."""
    return dice("sufficiency size", village).randrange(48, 131)


def day_of(year: int, village: str) -> date:
    """The day on which a village was assessed in a year: in the three months before the data's date, or a year before."""
    days = dice("sufficiency day", village).randrange(10, 90)
    return AS_OF.replace(year=AS_OF.year - (2565 - year)) - timedelta(days=days)


def _assessed() -> Iterator[tuple]:
    lines = [line.split() for line in ASSESSED.strip().splitlines()]
    for village, *of_years in lines[1:]:
        for year, cell in zip(map(int, lines[0][1:]), of_years, strict=True):
            if cell != "-":
                passed, main, level = cell.split("/")
                scores = _passed(year, village, int(passed), int(main))
                yield year, village, FORM_23, ONCE, day_of(year, village), LEVELS[level], scores


def _passed(year: int, village: str, passed: int, main: int) -> Scores:
    """Which of the 23 pass: `passed` of them, `main` of these main ones."""
    chance = dice("sufficiency", year, village)
    others = [n for n in range(1, ITEMS + 1) if n not in MAIN]
    yes = {*chance.sample(MAIN, main), *chance.sample(others, passed - main)}
    households = size(village)
    met = {n: round(households * chance.uniform(*((0.7, 1) if n in yes else (0.1, 0.6)))) for n in range(1, ITEMS + 1)}
    return {str(n): (int(n in yes), met[n]) for n in met}


def _of_6x2() -> Iterator[tuple]:
    for village in OF_6X2:
        chance, households, scores = dice("six by two", village), size(village), {}
        for item in ITEMS_6X2:
            met = chance.randrange(households // 8, households + 1) if item in SHARES else None
            score = (
                1 + sum(100 * met > most * households for most in SHARES[item]) if met is not None else chance.randrange(1, 4)
            )
            scores[item] = score, met
        yield 2565, village, FORM_6X2, ONCE, day_of(2565, village), None, scores


def _happiness() -> Iterator[tuple]:
    """Six components of 1 to 5, before and half a year after."""
    for village in HAPPIER:
        chance = dice("happiness", village)
        before = [round(chance.uniform(2.4, 3.9), 1) for _ in range(6)]
        step = -1 if village == HAPPIER[-1] else 1
        after = [round(min(5, was + step * chance.uniform(0.1, 0.8)), 1) for was in before]
        day = day_of(2565, village)
        for which, on, scores in ((BEFORE, day - timedelta(days=180), before), (AFTER, day, after)):
            yield 2565, village, GVH, which, on, None, {str(n): (score, None) for n, score in enumerate(scores, 1)}


def _main(form: str, item: str) -> str | None:
    return ("ข้อหลัก" if int(item) in MAIN else "ข้อทั่วไป") if form == FORM_23 else None


def _forums() -> Iterator[tuple]:
    for line in ASSESSED.strip().splitlines()[1:]:
        village, *of_years = line.split()
        for year, cell in zip((2564, 2565), of_years, strict=True):
            if cell != "-":
                people = dice("sufficiency forum", year, village).randrange(28, 80)
                yield year, village, 1, day_of(year, village), people, "ประเมินร่วมกันด้วยการยกมือรายข้อ"


def _families(households: list[Row]) -> Iterator[tuple]:
    """One family a village of 2565; where a household of the poverty register lives there, it is that one."""
    here = {row["village_code"]: row for row in reversed(households)}
    for n, line in enumerate(ASSESSED.strip().splitlines()[1:]):
        village = line.split()[0]
        row, chance = here.get(village), dice("model family", village)
        name = (
            f"{row['head_first_name']} {row['head_last_name']}"
            if row
            else f"{chance.choice(MALE + FEMALE)} {chance.choice(FAMILY)}"
        )
        yield 2565, village, 1, name, row["household_id"] if row else None, PRACTICES[n % len(PRACTICES)]


def _table(headings: tuple[str, ...], rows: list[tuple]) -> Table:
    return list(headings), [[buddhist(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]
