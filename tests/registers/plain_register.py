"""A plain household register with known truth: cells by column, and beside each row what the build must say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from stdnum.th import pin

from etl.headings.columns import columns

Row = Mapping[str, object]
DIMENSIONS = ("health", "living", "education", "access")
PLACES = ("province_name", "district_name", "tambon_name", "moo")
COLUMNS = (
    "register_year", "house_code", *PLACES, "house_no", "head_full_name", "head_citizen_id", "phone", "members",
    "source", "certification", "certified_date", "survey_year", "income_per_person", *(f"{d}_flag" for d in DIMENSIONS),
)  # fmt: skip
TAMBONS = {
    "เหล่างาม": ("342106", 9),
    "สำโรง": ("342103", 11),
    "สารภี": ("342105", 10),
    "ม่วงใหญ่": ("342102", 15),
}  # code, villages
TITLES = {
    "นาย": ("คำพันธ์", "บุญเลิศ", "จำรัส", "แสวง", "ณรงค์"),
    "นาง": ("จำปา", "แก้ว", "บัวคำ", "หนูแดง"),
    "นางสาว": ("น้ำฝน", "แพรว", "ขวัญ"),
}
LAST = ("ตัวอย่างดี", "สมมุติงาม", "ทดสอบทำ", "ตัวอย่างเเก้ว".replace("เเ", "แ"), "สมมุติบุญ")
WRITTEN = {"tpmap": "ใน TPMAP", "outside": "นอก TPMAP", "certified": "รับรองแล้ว", "proposed": "เสนอรับรอง", "refused": "ไม่รับรอง"}
FLAGS = {"deprived": "0", "not_deprived": "1", "no_data": ""}
LINE = 38_000  # baht per person per year, จปฐ. 2560–2564


@dataclass(frozen=True)
class Table:
    """Some of the rows under titles of their own."""

    titles: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """A register on its way to a file: what stands in which column, and how the sheet is laid out.

    `rows` and `truth` go together. `above` is the group's heading of a column, `tables` the parts that stand under titles of
    their own (on sheets of their own where `apart`), `once` the columns whose value is written only where it changes
    (`merged` over the cells below it), `beside` cells of columns that mean nothing, `tail` the lines under each table,
    `page` the rows after which the headings stand again, `margin` empty rows above and columns before.
    """

    columns: tuple[str, ...]
    headings: Mapping[str, str]
    rows: tuple[Row, ...]
    truth: tuple[Row, ...]
    tables: tuple[Table, ...]
    above: Mapping[str, str] = field(default_factory=dict)
    apart: bool = False
    once: tuple[str, ...] = ()
    merged: bool = False
    beside: tuple[tuple[str, Callable[[int], object]], ...] = ()
    totals: bool = False
    tail: tuple[str, ...] = ()
    page: int = 0
    margin: tuple[int, int] = (0, 0)

    def cells(self, chosen: tuple[str, ...], change: Callable[[object, Row], object]) -> "Draft":
        """With the filled cells of some columns changed, each by what stands there and by the truth of its row."""
        here = [c for c in self.columns if c in chosen]
        rows = tuple(
            {**row, **{c: change(row[c], truth) for c in here if row[c] != ""}}
            for row, truth in zip(self.rows, self.truth, strict=True)
        )
        return replace(self, rows=rows)

    def headed(self, change: Callable[[str], str]) -> "Draft":
        """With every heading changed."""
        return replace(self, headings={c: change(text) for c, text in self.headings.items()})

    def without(self, *gone: str) -> "Draft":
        """Without some columns, whose values are said elsewhere."""
        return replace(self, columns=tuple(c for c in self.columns if c not in gone))

    def ordered(self, order: list[int]) -> "Draft":
        """With its rows in another order, in one table under the titles of the first."""
        rows, truth = (tuple(kept[i] for i in order) for kept in (self.rows, self.truth))
        return replace(self, rows=rows, truth=truth, tables=(Table(self.tables[0].titles, tuple(range(len(rows)))),))


def plain(prefix: int, size: int, random: Random) -> Draft:
    """`size` households, each of a house of its own; the house codes begin with `prefix`, so that several files fit one build."""
    truth = tuple(_household(f"3421{prefix:04}{number:03}", number, random) for number in range(size))
    headings = {name: column.name_th for name, column in columns("household").items() if name in COLUMNS}
    return Draft(COLUMNS, headings, tuple(map(_row, truth)), truth, (Table((), tuple(range(size))),))


def _household(house_code: str, number: int, random: Random) -> Row:
    tambon = random.choice(list(TAMBONS))
    code, villages = TAMBONS[tambon]
    moo, title = random.randint(1, villages), random.choice(list(TITLES))
    income = random.choice([9_600, 24_000, 37_999, 38_000, 45_500, 120_000])
    certification = random.choice(["certified", "certified", "proposed", "refused"])
    certified = date(2022, 1, 3) + timedelta(days=13 * number + random.randint(0, 12))  # some days behind the 12th of a month
    return {
        "register_year": 2565,
        "house_code": house_code,
        "tambon_name": tambon,
        "moo": moo,
        "village_code": f"{code}{moo:02}",
        "house_no": f"{number + 1}" if random.random() < 0.5 else f"{number + 1}/{random.randint(1, 9)}",
        "head_title": title,
        "head_first_name": random.choice(TITLES[title]),
        "head_last_name": random.choice(LAST),
        "head_citizen_id": _citizen_id(random),
        "phone": f"000{random.randint(0, 9_999_999):07}",
        "members": random.randint(1, 8),
        "source": random.choice(["tpmap", "outside"]),
        "certification": certification,
        "certified_date": certified if certification == "certified" else None,
        "survey_year": 2564,
        "income_per_person": income,
        "income": "deprived" if income < LINE else "not_deprived",
        **{dimension: random.choice(list(FLAGS)) for dimension in DIMENSIONS},
    }


def _citizen_id(random: Random) -> str:
    """Of an office that issues none."""
    twelve = f"{random.randint(1, 8)}0000{random.randint(0, 9_999_999):07}"
    return twelve + pin.calc_check_digit(twelve)


def _row(truth: Row) -> Row:
    said = {c: str(truth.get(c, "")) for c in COLUMNS}
    return said | {
        "province_name": "อุบลราชธานี",
        "district_name": "โพธิ์ไทร",
        "head_full_name": f"{truth['head_title']}{truth['head_first_name']} {truth['head_last_name']}",
        "source": WRITTEN[str(truth["source"])],
        "certification": WRITTEN[str(truth["certification"])],
        "certified_date": thai(truth["certified_date"]),
        **{f"{d}_flag": FLAGS[str(truth[d])] for d in DIMENSIONS},
    }


def thai(day: object) -> str:
    """A date as a register writes it, 15/03/2565."""
    return f"{day:%d/%m}/{day.year + 543}" if isinstance(day, date) else ""
