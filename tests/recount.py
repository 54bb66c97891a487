"""The sample registers read and counted in plain Python, without the project's own reading, typing or tagging."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path

from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "sample"
CASES = "โพธิ์ไทร 2565 ทะเบียนกรณี.xlsx"
PLANS = "โพธิ์ไทร 2564 แผน 4ท.csv"
HOUSEHOLDS = (
    "โพธิ์ไทร 2565 รายชื่อ TPMAP.csv",
    "โพธิ์ไทร 2565 Re X-ray.csv",
    "โพธิ์ไทร 2564.csv",
    "ทุ่งศรีอุดม 2565.csv",
    "พิบูลมังสาหาร 2565.csv",
)
COLUMNS = ("certification", "verification")
WARIN = "วารินชำราบ 2565.xlsx"
DIMENSIONS = {
    "สุขภาพ": (1, 4, 5, 7),
    "ความเป็นอยู่": (8, 9, 10, 11),
    "การศึกษา": (15, 16, 17, 19),
    "รายได้": (20, 21, 22),
    "การเข้าถึงบริการรัฐ": (27, 28),
}
ENGLISH = dict(zip(DIMENSIONS, ("health", "living", "education", "income", "access"), strict=True))
MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
FAIL, PASS = ("0", "ไม่ผ่าน", "fail"), ("1", "ผ่าน", "pass")
WORDS = {  # what the sample's officers write -> the warehouse's value
    "tpmap": ("ใน TPMAP", "In TPMAP"), "outside": ("นอกระบบ", "นอก TPMAP (Re X-ray)", "Outside TPMAP (Re X-ray)"),
    "both": ("พบทั้งสองทาง", "In both"), "certified": ("รับรองแล้ว", "รับรอง", "Certified"),
    "proposed": ("เสนอรับรอง", "เสนอ", "Proposed"), "refused": ("ไม่รับรอง", "ไม่ผ่านการรับรอง", "Refused"),
    "confirmed": ("ตรวจสอบแล้วเดือดร้อนจริง", "เดือดร้อนจริง", "Verified as in need"),
    "unverified": ("ยังไม่ได้ตรวจสอบ", "รอตรวจสอบ", "Not verified yet"),
    "planned": ("วางแผนแล้ว",), "in_progress": ("กำลังดำเนินการ",), "done": ("แล้วเสร็จ",),
    "attitude": ("ทัศนคติ",), "skill": ("ทักษะ",), "resource": ("ทรัพยากร",), "way_out": ("ทางออก",),
}  # fmt: skip
MEANING = {word: value for value, words in WORDS.items() for word in words}

Cells = dict[str, object]


def western(text: str) -> str:
    return text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


def csv_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((SAMPLE / name).read_text(encoding="utf-8-sig"))))


def sheet_rows(file: str, sheet: str) -> list[Cells]:
    head, *rows = CalamineWorkbook.from_path(SAMPLE / file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [dict(zip(head, row, strict=True)) for row in rows]


def a_date(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if not cell or isinstance(cell, date):
        return cell or None
    if cell[4] == "-":
        return date.fromisoformat(cell)
    day, month, year = western(cell).replace("/", " ").split()
    return date(int(year) - 543, MONTHS.index(month) + 1 if month in MONTHS else int(month), int(day))


def of(row: Cells, *headings: str) -> object:
    """The cell under whichever of these headings the row has."""
    return next((row[h] for h in headings if h in row), "")


def whole(cell: object) -> int | None:
    text = western(str(cell)).replace(",", "").removesuffix(".0")
    return int(text) if text.isdigit() else None


def state(row: Cells, dimension: str) -> str:
    """Deprived, not deprived or no data: indicators first, a measured income before its answer, the flag where none was answered."""
    by_number = {h.split()[1]: str(cell) for h, cell in row.items() if h.startswith(("ข้อ ", "indicator "))}
    income = whole(of(row, "รายได้เฉลี่ย (บาท/คน/ปี)", "รายได้ต่อคนต่อปี", "income"))
    if income is not None:
        by_number["22"] = "1" if income >= 38_000 else "0"
    answers = [by_number.get(str(n), "-") for n in DIMENSIONS[dimension]]
    answers = [a for a in answers if a in FAIL + PASS] or [str(row.get(f"มิติ{dimension}", "-"))]
    if any(a in FAIL for a in answers):
        return "deprived"
    return "not_deprived" if any(a in PASS for a in answers) else "no_data"


@dataclass
class Household:
    """One household of one register year with everything that hangs on it."""

    year: int
    id: str
    village: str
    source: str
    verification: str
    certification: str
    people: int | None
    states: dict[str, str]
    certified_on: date | None
    closed_on: date | None
    items: list[Cells] = field(default_factory=list)
    steps: list[Cells] = field(default_factory=list)
    needs: list[Cells] = field(default_factory=list)
    gifts: list[Cells] = field(default_factory=list)
    visits: list[Cells] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    as_of: date | None = None
    file: str = ""
    kept: frozenset[str] = frozenset()  # what its district keeps in its year, of the names of the lists above and columns

    @property
    def lacking(self) -> list[str]:
        return [d for d, s in self.states.items() if s == "deprived"]

    @property
    def lacked(self) -> int | None:
        """In how many dimensions it is deprived; None where it has data in none."""
        return None if set(self.states.values()) == {"no_data"} else len(self.lacking)

    def plan(self, aspect: str | None = None) -> str:
        progress = [MEANING[i["สถานะ"]] for i in self.items if aspect in (None, MEANING[i["ด้าน 4ท"]])]
        if "items" not in self.kept:
            return "not_kept"
        if not progress:
            return "none"
        return "done" if set(progress) == {"done"} else "planned" if set(progress) == {"planned"} else "in_progress"

    def news(self) -> list[tuple[str, date]]:
        """(file, day) of everything dated that happened to it."""
        plans = CASES if self.year == 2565 else PLANS
        cells = [(plans, i["วันที่ปรับปรุง"]) for i in self.items]
        cells += [(CASES, s[c]) for s in self.steps for c in ("started", "finished")]
        cells += [(CASES, g["วันที่รับ"]) for g in self.gifts] + [(CASES, v["visit date"]) for v in self.visits]
        cells += [(self.file, self.certified_on), (self.file, self.closed_on)]
        return [(file, d) for file, cell in cells if (d := a_date(cell))]

    def days(self) -> list[date]:
        return [day for _, day in self.news()]

    def overdue_items(self) -> list[Cells]:
        return [
            i for i in self.items if MEANING[i["สถานะ"]] != "done" and i["กำหนดเสร็จ"] and a_date(i["กำหนดเสร็จ"]) < self.as_of
        ]

    def overdue(self) -> bool | None:
        if not self.kept & {"items", "steps"}:
            return None
        late = [s for s in self.steps if not s["finished"] and s["due date"] and a_date(s["due date"]) < self.as_of]
        return bool(late or self.overdue_items()) and not self.closed_on

    def case(self) -> str:
        if self.certification != "certified":
            return "none"
        if self.closed_on:
            return "closed"
        if not self.kept & {"items", "steps", "gifts", "visits"}:
            return "not_kept"
        return "stalled" if (self.as_of - max(self.days())).days > 30 else "in_progress"

    def helped(self) -> bool | None:
        if not self.kept & {"items", "gifts"}:
            return None
        return bool(self.gifts) or any(MEANING[i["สถานะ"]] == "done" for i in self.items)

    def target_people(self) -> int | None:
        return (sum(card == "ผ่านการตรวจสอบ" for card in self.cards) if self.lacking else 0) if self.cards else None


def _household(row: Cells) -> Household:
    return Household(
        year=whole(of(row, "ปีทะเบียน", "register year")),
        id=str(of(row, "รหัสครัวเรือน", "household id")),
        village=str(of(row, "รหัสหมู่บ้าน", "village code")).removesuffix(".0"),
        source=MEANING[of(row, "แหล่งที่มา", "source")],
        verification=MEANING.get(of(row, "ผลการตรวจสอบ", "verification"), "other"),
        certification=MEANING.get(of(row, "ผลการรับรอง", "certification"), ""),
        people=whole(of(row, "จำนวนสมาชิก", "members")),
        states={ENGLISH[d]: state(row, d) for d in DIMENSIONS},
        certified_on=a_date(of(row, "วันที่รับรอง", "certified date")),
        closed_on=a_date(of(row, "วันที่ปิดกรณี", "closed date")),
    )


def households() -> list[Household]:
    """Every household of the sample with its plan, case and cards."""
    files = {name: csv_rows(name) for name in HOUSEHOLDS} | {WARIN: sheet_rows(WARIN, "ครัวเรือน")}
    rows = chain(*files.values())
    homes = {(h.year, h.id): h for h in map(_household, rows)}
    for name, own in files.items():
        for home in map(_household, own):
            homes[home.year, home.id].file = homes[home.year, home.id].file or name
    hanging = {"items": "แผน 4ท", "steps": "ขั้นตอน", "needs": "ความต้องการ", "gifts": "สิ่งที่ได้รับ", "visits": "เยี่ยมบ้าน"}
    lists = [(name, sheet_rows(CASES, sheet)) for name, sheet in hanging.items()]
    lists.append(("items", csv_rows(PLANS)))
    lists += [("cards", sheet_rows(CASES, "สมาชิก")), ("cards", sheet_rows(WARIN, "สมาชิก"))]
    for name, cells in lists:
        for row in cells:
            home = homes[whole(of(row, "ปีทะเบียน", "register year")), str(of(row, "รหัสครัวเรือน", "household id"))]
            getattr(home, name).append(of(row, "บัตรสวัสดิการแห่งรัฐ", "welfare card") if name == "cards" else row)
    for home in homes.values():
        for visit in sorted((v for v in home.visits if v["checked dimension"]), key=lambda v: v["visit date"]):
            home.states[ENGLISH[visit["checked dimension"]]] = "not_deprived" if visit["check result"] in PASS else "deprived"
    for year, district in {(h.year, h.village[:4]) for h in homes.values()}:
        same = [h for h in homes.values() if (h.year, h.village[:4]) == (year, district)]
        date_the_data(same)
        for home in same:
            home.kept = frozenset(name for name in (*hanging, "cards", *COLUMNS) if any(getattr(h, name) for h in same))
    return list(homes.values())


def date_the_data(district: list[Household]) -> None:
    """`as_of` of the households of one district's year, by decision 76: files that tell of half of them together, others alone."""
    told: dict[str, dict[str, list[date]]] = {}
    for home in district:
        for file, day in home.news():
            told.setdefault(file, {}).setdefault(home.id, []).append(day)
    every = {home for file in told.values() for home in file}
    speaking = [f for f in told if 2 * len(told[f]) >= len(every)] or list(told)
    together: dict[str, list[date]] = {}
    for file in speaking:
        for home, days in told[file].items():
            together.setdefault(home, []).extend(days)
    closed = {h.id for h in district if h.closed_on}
    whole = date_of(together, closed)
    own = {file: date_of(homes, closed) for file, homes in told.items() if file not in speaking}
    for home in district:
        dates = [day for file, day in own.items() if home.id in told[file]] + ([whole] if whole else [])
        home.as_of = max(dates, default=None)


def date_of(news: dict[str, list[date]], closed: set[str]) -> date | None:
    """The latest day within thirty days of which, or after it, a third of the open households (two at least of three) have news."""
    if not news:
        return None
    latest = sorted((max(days) for days in news.values()), reverse=True)
    still_open = len(news.keys() - closed) or len(news)
    needed = max(1, min(2, len(news) - 1), -(-still_open * 33 // 100))
    return max(day for days in news.values() for day in days if day <= latest[needed - 1] + timedelta(days=30))
