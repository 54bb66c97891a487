"""What offices do to a plain register, each as a pure function: (draft, random) -> draft, under a name, and chains of them.

A disguise changes how the register is written, never what it says; where it cannot do so without a doubt, it leaves a cell alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from random import Random

from hypothesis import strategies as st

import definitions
from etl.headings.columns import columns
from tests.registers.files import Formula, Shown
from tests.registers.labelled import tuning
from tests.registers.plain_register import DIMENSIONS, FLAGS, PLACES, Draft, Row, Table, thai

Disguise = Callable[[Draft, Random], Draft]
FLAG_COLUMNS = tuple(f"{d}_flag" for d in DIMENSIONS)
CODES = ("house_code", "head_citizen_id")
NUMBERS = ("register_year", "survey_year", "moo", "members", "income_per_person")
NAMES = ("head_full_name", "head_first_name", "head_last_name", "province_name", "district_name", "tambon_name")
TEXTS = (*NAMES, "source", "certification")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
INVISIBLE = ("\u200b", "\ufeff", "\u200e", "\u2060", "\u00ad")
GROUPS = {
    "ที่อยู่": ("house_no", "moo", "tambon_name", "district_name", "province_name"),
    "ขาดแคลนด้าน": tuple(f"{d}_lack" for d in DIMENSIONS),
    "หัวหน้าครัวเรือน": ("head_full_name", "head_citizen_id", "phone"),
}
CHILDREN = {"head_full_name": "ชื่อ-สกุล", "head_citizen_id": "เลขประจำตัวประชาชน", "phone": "เบอร์โทรศัพท์"}


@dataclass(frozen=True)
class Named:
    """A disguise; of one `kind` a chain has at most one, and the order of the list is that in which they are put on."""

    name: str
    kind: str
    put_on: Disguise


LISTED: list[Named] = []


def disguise(name: str, kind: str = "") -> Callable[[Disguise], Disguise]:
    """List a function under the name by which a chain and a failure call it."""

    def listed(put_on: Disguise) -> Disguise:
        LISTED.append(Named(name, kind or name, put_on))
        return put_on

    return listed


@disguise("rows in another order")
def rows_shuffled(draft: Draft, random: Random) -> Draft:
    order = list(range(len(draft.rows)))
    random.shuffle(order)
    return draft.ordered(order)


@disguise("other words of the lists")
def other_words(draft: Draft, random: Random) -> Draft:
    spellings = {(r["picklist"], r["value"]): [r["name_th"], *filter(None, r["spellings"].split("|"))] for r in _picks()}
    for column in ("source", "certification"):
        draft = draft.cells((column,), lambda _, truth, of=column: random.choice(spellings[of, str(truth[of])]))
    return draft


def _picks() -> list[dict[str, str]]:
    return definitions.table("picklists")


@disguise("dimensions as words", "dimensions")
def words_of_dimensions(draft: Draft, random: Random) -> Draft:
    passed, failed = random.choice([("ผ่าน", "ไม่ผ่าน"), ("ผ่านเกณฑ์", "ตกเกณฑ์")])
    return draft.cells(FLAG_COLUMNS, lambda cell, _: passed if cell == FLAGS["not_deprived"] else failed)


@disguise("dimensions as ticks of what is lacking", "dimensions")
def ticks(draft: Draft, random: Random) -> Draft:
    lacks, has = random.choice([("✓", "✗"), ("ขาด", "ไม่ขาด"), ("/", "×")])
    marked = draft.cells(FLAG_COLUMNS, lambda cell, _: lacks if cell == FLAGS["deprived"] else has)
    names = {f"{d}_flag": f"{d}_lack" for d in DIMENSIONS}
    rows = tuple({names.get(c, c): cell for c, cell in row.items()} for row in marked.rows)
    headings = dict(draft.headings) | {lack: columns("household")[lack].name_th for lack in names.values()}
    return replace(draft, columns=tuple(names.get(c, c) for c in draft.columns), rows=rows, headings=headings)


@disguise("names in three columns")
def names_in_parts(draft: Draft, _: Random) -> Draft:
    parts = ("head_title", "head_first_name", "head_last_name")
    place = draft.columns.index("head_full_name")
    rows = tuple({**row, **{p: str(truth[p]) for p in parts}} for row, truth in zip(draft.rows, draft.truth, strict=True))
    headings = dict(draft.headings) | {p: columns("household")[p].name_th for p in parts}
    return replace(draft, columns=(*draft.columns[:place], *parts, *draft.columns[place + 1 :]), rows=rows, headings=headings)


@disguise("moo in words")
def moo_in_words(draft: Draft, random: Random) -> Draft:
    written = random.choice(["หมู่ที่ {}", "หมู่ {}", "ม.{}", "ม. {}", "{:02}"])
    return draft.cells(("moo",), lambda _, truth: written.format(truth["moo"]))


@disguise("places with their short forms")
def short_forms(draft: Draft, _: Random) -> Draft:
    for column, short in (("tambon_name", "ต."), ("district_name", "อ."), ("province_name", "จ.")):
        draft = draft.cells((column,), lambda cell, _, short=short: f"{short}{cell}")
    return draft


@disguise("dates with months in words", "dates")
def months_in_words(draft: Draft, random: Random) -> Draft:
    months = random.choice([MONTHS, SHORT])
    return _dated(draft, lambda day: f"{day.day} {months[day.month - 1]} {day.year + 543}")


@disguise("dates with short years", "dates")
def short_years(draft: Draft, random: Random) -> Draft:
    between = random.choice([" ", "-"])
    return _dated(draft, lambda day: between.join([str(day.day), SHORT[day.month - 1], f"{day.year + 543 - 2500:02}"]))


@disguise("dates in figures with two-digit years", "dates")
def two_digit_years(draft: Draft, _: Random) -> Draft:
    return _dated(draft, lambda day: f"{day:%d/%m}/{day.year + 543 - 2500:02}")


@disguise("dates of the common era, year first", "dates")
def year_first(draft: Draft, _: Random) -> Draft:
    return _dated(draft, date.isoformat)


@disguise("dates with a time of day", "dates")
def time_of_day(draft: Draft, random: Random) -> Draft:
    time = random.choice([" 00:00", " 08:30", " 13:45:10", " 9:05 น."])
    return _dated(draft, lambda day: f"{thai(day)}{time}")


@disguise("dates as cells", "dates")
def date_cells(draft: Draft, random: Random) -> Draft:
    pattern = random.choice(
        ["dd/mm/yyyy", "d mmm yyyy", "[$-41E]d mmmm yyyy", "[$-107041E]d mmm yy;@", "[$-1070000]d/m/yyyy;@"]
    )
    return _dated(draft, lambda day: Shown(day, pattern))


@disguise("dates as day numbers", "dates")
def day_numbers(draft: Draft, _: Random) -> Draft:
    return _dated(draft, lambda day: (day - date(1899, 12, 30)).days)


def _dated(draft: Draft, written: Callable[[date], object]) -> Draft:
    def change(cell: object, truth: Row) -> object:
        day = truth["certified_date"]
        return written(day) if isinstance(day, date) else cell

    return draft.cells(("certified_date",), change)


@disguise("house numbers that became dates")
def house_numbers_as_dates(draft: Draft, random: Random) -> Draft:
    """27/1 is taken for the 27th of January; where the first part is 1, nobody can tell it back."""
    as_cell = random.random() < 0.5

    def change(cell: object, _: Row) -> object:
        day, _, month = str(cell).partition("/")
        if not month or not 1 < int(day) <= 28 or int(month) > 12:
            return cell
        return Shown(date(2022, int(month), int(day)), "d-mmm") if as_cell else f"{day}-{SHORT[int(month) - 1]}"

    return draft.cells(("house_no",), change)


@disguise("thousands and baht")
def thousands(draft: Draft, random: Random) -> Draft:
    written = random.choice(["{:,}", "{:,} บาท", "{:,.2f}", "{:,}.-", "฿{:,}"])
    return draft.cells(("income_per_person",), lambda _, truth: written.format(truth["income_per_person"]))


@disguise("ids with dashes and spaces")
def dashes(draft: Draft, random: Random) -> Draft:
    sign = random.choice(["-", " "])
    draft = draft.cells(("head_citizen_id",), lambda c, _: sign.join([c[:1], c[1:5], c[5:10], c[10:12], c[12:]]))  # type: ignore[index]
    return draft.cells(("phone",), lambda c, _: sign.join([c[:3], c[3:6], c[6:]]))  # type: ignore[index]


@disguise("codes dressed for a spreadsheet", "codes")
def dressed(draft: Draft, random: Random) -> Draft:
    worn = random.choice(['="{}"', "'{}", '"{}"'])
    return draft.cells((*CODES, "phone", "house_no"), lambda cell, _: worn.format(cell) if isinstance(cell, str) else cell)


@disguise("codes and numbers as floats", "codes")
def floats(draft: Draft, _: Random) -> Draft:
    def change(cell: object, _: Row) -> object:
        return float(cell) if isinstance(cell, str) and cell.isascii() and cell.isdigit() else cell

    return draft.cells((*CODES, *NUMBERS), change)


@disguise("codes in scientific notation", "codes")
def scientific(draft: Draft, _: Random) -> Draft:
    """The digits are gone: the rows have to be listed."""
    return draft.cells(("head_citizen_id",), lambda cell, _: f"{int(str(cell)):.5E}" if str(cell).isdigit() else cell)


@disguise("codes as formulas", "codes")
def formulas(draft: Draft, _: Random) -> Draft:
    """As a register that looks its codes up: the program stored what they give."""
    return draft.cells(CODES, lambda cell, _: Formula(f'="{cell}"', cell) if isinstance(cell, str) else cell)


@disguise("a dash where nothing stands")
def dash_for_nothing(draft: Draft, random: Random) -> Draft:
    sign = random.choice(["-", "–", " - "])
    rows = tuple({c: sign if cell == "" else cell for c, cell in row.items()} for row in draft.rows)
    return replace(draft, rows=rows)


@disguise("digits in Thai")
def thai_digits(draft: Draft, _: Random) -> Draft:
    return draft.cells(draft.columns, lambda cell, _: cell.translate(THAI_DIGITS) if isinstance(cell, str) else cell)


@disguise("Thai letters as they look")
def look_alike(draft: Draft, _: Random) -> Draft:
    """ํ and า for ำ, two เ for แ, a tone mark before its vowel: the same on screen."""
    return draft.cells(TEXTS, lambda cell, _: _looks(str(cell)))


def _looks(text: str) -> str:
    for vowel in "ัิีึืฺุู":
        for tone in "่้๊๋":
            text = text.replace(vowel + tone, tone + vowel)
    return text.replace("ำ", "ํา").replace("แ", "เเ")


@disguise("invisible characters in cells")
def invisible(draft: Draft, random: Random) -> Draft:
    return draft.cells(draft.columns, lambda cell, _: _veiled(cell, random) if isinstance(cell, str) else cell)


def _veiled(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(INVISIBLE) + text[place:]


@disguise("spaces and line breaks in cells")
def spaced(draft: Draft, random: Random) -> Draft:
    blank = random.choice(["  ", "\u00a0", "\t", "\n", "\u3000"])
    return draft.cells(
        TEXTS, lambda cell, _: random.choice([f"{blank}{cell}", f"{cell}{blank}", str(cell).replace(" ", blank)])
    )


@disguise("headings as offices spell them", "headings")
def office_headings(draft: Draft, random: Random) -> Draft:
    """Of the headings that weights were tuned on, never of those that score."""
    known: dict[str, list[str]] = {}
    for h in tuning():
        if h.register == "household" and not h.above and h.column in draft.columns and not h.asked:
            known.setdefault(h.column, []).append(h.heading)
    if not _in_words(draft):
        known = {c: spelled for c, spelled in known.items() if c not in FLAG_COLUMNS}
    return replace(draft, headings=dict(draft.headings) | {c: random.choice(spelled) for c, spelled in known.items()})


def _in_words(draft: Draft) -> bool:
    """Whether dimensions are passed and failed in words, so that no heading has to say what a mark means."""
    return any("ผ่าน" in str(row.get(c, "")) for row in draft.rows for c in FLAG_COLUMNS)


@disguise("headings in English", "headings")
def english_headings(draft: Draft, random: Random) -> Draft:
    known = {r["column"]: r["headings_en"].split("|") for r in definitions.table("register_columns") if _of_household(r)}
    chosen = {c: random.choice(known[c]) for c in draft.columns if known.get(c, [""])[0]}
    return replace(draft, headings=dict(draft.headings) | chosen)


def _of_household(row: dict[str, str]) -> bool:
    return bool({"household", "*"} & set(row["register"].split("|"))) and "{" not in row["column"]


@disguise("headings numbered and marked")
def numbered(draft: Draft, random: Random) -> Draft:
    written = random.choice(["{n}. {h}", "({n}) {h}", "{h} *", "{n}) {h} (จำเป็น)"])
    return replace(
        draft,
        headings=dict(draft.headings) | {c: written.format(n=n, h=draft.headings[c]) for n, c in enumerate(draft.columns, 1)},
    )


@disguise("headings over several lines")
def broken_headings(draft: Draft, random: Random) -> Draft:
    sign = random.choice(["\n", "\r\n", "\u00a0", "  ", "\u200b"])
    return draft.headed(lambda text: f"{text[: len(text) // 2]}{sign}{text[len(text) // 2 :]}" if len(text) > 3 else text)


@disguise("headings in Thai letters as they look")
def look_alike_headings(draft: Draft, _: Random) -> Draft:
    return draft.headed(_looks)


@disguise("columns in another order")
def columns_shuffled(draft: Draft, random: Random) -> Draft:
    order = list(draft.columns)
    random.shuffle(order)
    return replace(draft, columns=tuple(order))


@disguise("columns that mean nothing here")
def strange_columns(draft: Draft, random: Random) -> Draft:
    beside: list[tuple[str, Callable[[int], object]]] = [
        ("ลำดับที่", lambda n: n),
        ("ศาสนา", lambda n: ("พุทธ", "คริสต์")[n % 2]),
        ("ผู้บันทึกข้อมูล", lambda _: "นางวิไล ทดสอบมั่น"),
        ("หมายเหตุ", lambda n: "" if n % 3 else "ย้ายกลับมา"),
        ("รายจ่ายต่อเดือน", lambda n: 1_000 * n),
    ]
    return replace(draft, beside=(beside[0], *random.sample(beside[1:], 2)))


@disguise("year and place in the titles", "tables")
def titled(draft: Draft, random: Random) -> Draft:
    titles = random.choice(
        [
            ("บัญชีครัวเรือนเป้าหมาย ประจำปี พ.ศ. 2565", "อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"),
            ("ทะเบียนครัวเรือนยากจน ปี ๒๕๖๕ ศจพ.อ.โพธิ์ไทร จ.อุบลราชธานี",),
            ("แบบสรุปครัวเรือน", "อ.โพธิ์ไทร   จ.อุบลราชธานี", "ข้อมูลปี พ.ศ.๒๕๖๕"),
        ]
    )
    whole = replace(draft, tables=(Table(titles, tuple(range(len(draft.rows)))),))
    return whole.without("register_year", "province_name", "district_name")


@disguise("a table for each subdistrict", "tables")
def tables_of_tambons(draft: Draft, _: Random) -> Draft:
    return _by_tambon(draft)


@disguise("a sheet for each subdistrict", "tables")
def sheets_of_tambons(draft: Draft, _: Random) -> Draft:
    return replace(_by_tambon(draft), apart=True)


def _by_tambon(draft: Draft) -> Draft:
    tables = [
        Table((f"ตำบล{tambon} อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี ประจำปี พ.ศ. 2565",), rows)
        for tambon, rows in _grouped(draft, "tambon_name")
    ]
    return replace(draft, tables=tuple(tables)).without("register_year", "province_name", "district_name", "tambon_name")


def _grouped(draft: Draft, name: str) -> list[tuple[object, tuple[int, ...]]]:
    """Values of the truth, and the rows of each."""
    places = sorted(range(len(draft.rows)), key=lambda i: str(draft.truth[i][name]))
    return [(value, tuple(rows)) for value, rows in groupby(places, key=lambda i: draft.truth[i][name])]


@disguise("a table for each year", "tables")
def tables_of_years(draft: Draft, random: Random) -> Draft:
    truth = tuple({**t, "register_year": random.choice([2565, 2566])} for t in draft.truth)
    dated = replace(draft, truth=truth)
    tables = [Table((f"ครัวเรือนเป้าหมาย ปี {year}",), rows) for year, rows in _grouped(dated, "register_year")]
    return replace(dated, tables=tuple(tables)).without("register_year")


@disguise("dates with the month first", "dates")
def month_first(draft: Draft, _: Random) -> Draft:
    """Only where every table has a day behind the 12th, which is what tells the order."""

    def tells(table: Table) -> bool:
        days = [day for i in table.rows if isinstance(day := draft.truth[i]["certified_date"], date)]
        return not days or any(day.day > 12 for day in days)

    told = all(map(tells, draft.tables))
    return _dated(draft, lambda day: f"{day:%m/%d}/{day.year + 543}") if told else draft


@disguise("headings over two rows", "two rows")
def two_rows(draft: Draft, _: Random) -> Draft:
    """Columns of one group side by side under its heading; dimensions only where they say what they lack."""
    groups = {name: [c for c in members if c in draft.columns] for name, members in GROUPS.items()}
    above = {c: name for name, members in groups.items() if len(members) > 1 for c in members}
    names = {r["dimension"]: r["name_th"] for r in definitions.table("dimensions")}
    children = {f"{d}_lack": names[d] for d in DIMENSIONS} | CHILDREN
    headings = {c: children.get(c, text) if c in above else text for c, text in draft.headings.items()}
    free = [c for c in draft.columns if c not in above]
    return replace(draft, columns=(*free[:1], *above, *free[1:]), above=above, headings=headings)


@disguise("totals, notes and a signature")
def totals(draft: Draft, _: Random) -> Draft:
    tail = ("หมายเหตุ: ข้อมูล ณ วันที่ 30 กันยายน 2565", "ลงชื่อ ................................ ผู้รายงาน", "(นางวิไล ทดสอบมั่น)")
    return replace(draft, totals=True, tail=tail)


@disguise("headings on each page")
def pages(draft: Draft, random: Random) -> Draft:
    return replace(draft, page=random.randint(2, 5))


@disguise("places written once", "once")
def once(draft: Draft, random: Random) -> Draft:
    return replace(_sorted_by_place(draft), once=PLACES[:3], merged=False)


@disguise("places in merged cells", "once")
def merged(draft: Draft, random: Random) -> Draft:
    return replace(_sorted_by_place(draft), once=PLACES[:3], merged=True)


def _sorted_by_place(draft: Draft) -> Draft:
    """The rows of each table by subdistrict."""
    tables = [Table(t.titles, tuple(sorted(t.rows, key=lambda i: str(draft.truth[i]["tambon_name"])))) for t in draft.tables]
    return replace(draft, tables=tuple(tables))


@disguise("empty rows and columns around")
def margin(draft: Draft, random: Random) -> Draft:
    return replace(draft, margin=(random.randint(1, 4), random.randint(0, 2)))


BY_NAME = {named.name: named for named in LISTED}


def dressed_in(draft: Draft, names: tuple[str, ...], seed: int) -> Draft:
    """The draft in a chain of disguises, put on in the order of the list whatever the order of the names."""
    for place, named in enumerate(LISTED):
        if named.name in names:
            draft = named.put_on(draft, Random(seed * 1_000 + place))
    return draft


def chains(most: int, without: frozenset[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Chains of one to `most` disguises, of one kind at most one; `without` some. The length is drawn first: lists alone stay short."""
    names = [named.name for named in LISTED if named.name not in without]

    def of_length(length: int) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(names), min_size=length, max_size=length, unique_by=lambda name: BY_NAME[name].kind)

    return st.integers(1, most).flatmap(of_length).map(tuple)
