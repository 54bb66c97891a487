"""What the values of a column look like: the part of them that is of each kind of definitions/heading_values.csv.

Only a sample is looked at, some two hundred filled cells of a column; nothing is read of them but their form.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

import geothai

import definitions
from etl.headings.columns import Column, plain
from etl.spelling import western

BLANK = {"", "-", "–", "—"}
ENOUGH = 0.9  # part of the values from which they are of a kind
TELLING = 20  # points of a kind of values that hardly anything else looks like
NOT_ITS_VALUES = -40  # points where less than TOO_FEW of the values are of a kind
NONE_FITS = -50  # points where numbers stand for words
SOME = 2  # cells that are no slip
SAME_IN_ALL = {
    "tambon",
    "district",
    "province",
    "tambon_code",
    "district_code",
    "village_code",
    "contains",
}  # a list may be of one place
FREE, MANY = {"contains", "matches"}, 0.6  # kinds of free text, and the part of it that is enough
TOO_FEW = 0.5  # part below which they are not
WEIGHTS = range(13, 1, -1)
DRESSING = re.compile(r"""^=?["'‘’]?|["]$|[\u200b-\u200f\ufeff\u2060]""")


def filled(cells: Sequence[str]) -> list[str]:
    """The filled cells of a column as they are looked at: Western digits, no spaces around, no dressing."""
    said = (DRESSING.sub("", western(cell).strip()).strip() for cell in cells)
    return [cell for cell in said if cell not in BLANK]


def part(column: Column, cells: Sequence[str]) -> float | None:
    """The part of filled cells that are as the column's should be; None where that cannot be told."""
    row = expected(column)
    if not cells or row is None:
        return None
    kind = row["kind"]
    if kind == "household_ref" and not any(map(KINDS[kind], cells)):
        return None  # an office may number its households in any way
    if kind == "pick":
        known = _pick_words(column.type.partition(":")[2])
        return _share(lambda cell: plain(cell) in known, cells)
    if kind == "words":
        known = frozenset(map(plain, row["words"].split("|")))
        return _share(lambda cell: plain(cell) in known, cells)
    if kind == "contains":
        return _share(lambda cell: any(word in cell.lower() for word in row["words"].split("|")), cells)
    if kind == "matches":
        return _share(re.compile(row["words"]).fullmatch, cells)
    return _share(KINDS[kind], cells)


@cache
def _expectations() -> dict[str, dict[str, str]]:
    return {row["of"]: row for row in definitions.table("heading_values")}


def expected(column: Column) -> dict[str, str] | None:
    """The row of heading_values.csv for a column: by its name, else by its type."""
    rows = _expectations()
    return rows.get(column.name) or rows.get(column.type) or rows.get(column.type.partition(":")[0])


def agreement(column: Column, cells: Sequence[str]) -> int:
    """Points for a column's values: what heading_values.csv gives where they are of its kind, and less than nothing where not."""
    share = part(column, cells)
    if share is None:
        return 0
    row = expected(column) or {"kind": "", "agrees": "0"}
    if column.type.startswith(("text", "pick")) and not share and len(cells) >= SOME and not _share(KINDS["text"], cells):
        return NONE_FITS  # numbers where words are asked for: "หมู่บ้าน" may be its number
    if row["kind"] in FREE:  # its words are examples: others are no fault
        return int(row["agrees"]) if share >= MANY else 0
    if share >= ENOUGH:
        return int(row["agrees"])
    return 0 if share >= TOO_FEW else NOT_ITS_VALUES


def are_numbers_of_villages(cells: Sequence[str], of_register: dict[str, Column]) -> bool:
    """Whether numbers of villages stand where their names might."""
    return "moo" in of_register and (part(of_register["moo"], cells) or 0) >= ENOUGH


def are_names_of_villages(cells: Sequence[str], of_register: dict[str, Column]) -> bool:
    """Whether names of villages stand where their numbers might."""
    return "village_name" in of_register and bool(cells) and _share(re.compile("บ้าน[ก-๙]+.*").fullmatch, cells) >= ENOUGH


def tell(column: Column, cells: Sequence[str]) -> bool:
    """Whether the values are such as only this column's would be: two different ones at least, all of a telling kind."""
    row = expected(column)
    if (
        row is None
        or int(row["agrees"]) < TELLING
        or len(cells) < 2
        or (len(set(cells)) == 1 and row["kind"] not in SAME_IN_ALL)
    ):
        return False
    return (part(column, cells) or 0) >= (MANY if row["kind"] in FREE else ENOUGH)


def are_another_code(column: Column, cells: Sequence[str]) -> bool:
    """Whether the values are citizen ids or house codes, which tell what they are, and the column's are not; a household's own id
    may be the code of its house."""
    kinds = {"citizen_id": {"citizen_id"}, "house_code": {"digits:11", "key"}}
    return any(column.type not in types and cells and _share(KINDS[kind], cells) >= ENOUGH for kind, types in kinds.items())


def are_citizen_ids(cells: Sequence[str]) -> bool:
    """Whether most of the values are citizen ids by their check digit."""
    return bool(cells) and _share(_is_citizen_id, cells) >= TOO_FEW


def only_ticks(cells: Sequence[str]) -> bool:
    """Whether a column holds marks alone, of which only its heading can say what they mean; a number may sum them up."""
    rows = [r for r in definitions.table("picklists") if r["picklist"] == "tick"]
    marks = {word for row in rows for word in row["spellings"].split("|")} - {"มี", "ไม่มี", "true", "false"} | {"x"}
    others = [cell for cell in cells if cell.lower() not in marks]
    return bool(cells) and len(others) * 2 <= len(cells) and all(cell.isdigit() for cell in others)


def only_bits(cells: Sequence[str]) -> bool:
    """Whether a column holds 1 and 0 alone."""
    return bool(cells) and set(cells) <= {"0", "1"}


def is_running_number(cells: Sequence[str], least: int) -> bool:
    """Whether filled cells, `least` or more, count 1, 2, 3 … down the list."""
    return len(cells) >= least and all(cell.rstrip(".") == str(n) for n, cell in enumerate(cells, 1))


def _share(fits: Callable[[str], object], cells: Sequence[str]) -> float:
    return sum(bool(fits(cell)) for cell in cells) / len(cells)


def _digits(cell: str) -> str:
    bare = re.sub(r"[\s,\-]", "", re.sub(r"\.0+$", "", cell))
    return bare if bare.isdigit() else ""


def _is_citizen_id(cell: str) -> bool:
    bare = _digits(cell)
    return len(bare) == 13 and (11 - sum(w * int(d) for w, d in zip(WEIGHTS, bare, strict=False)) % 11) % 10 == int(bare[-1])


@cache
def _pick_words(*picklists: str) -> frozenset[str]:
    return frozenset(plain(word) for picklist in picklists for word in definitions.spellings(picklist))


@cache
def _titles() -> re.Pattern[str]:
    """Titles before a name, with or without their full stops and spaces; several may stand there ("ว่าที่ ร.ต.")."""
    titles = sorted((row["title"].lower() for row in definitions.table("titles")), key=len, reverse=True)
    spelled = "|".join(re.escape(title).replace(r"\.", r"\.? ?") for title in titles)
    return re.compile(rf"(?:(?:{spelled})[.\s]*)+")


def _without_title(cell: str) -> str:
    text = cell.lower()
    found = _titles().match(text)
    return text[found.end() :] if found else text


@cache
def _places() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Names by level as they are compared, and the codes of all levels."""
    provinces = list(geothai.provinces())
    districts = [d for p in provinces for d in geothai.districts(p.code)]
    tambons = [t for d in districts for t in geothai.subdistricts(d.code)]
    levels: dict[str, list] = {"province": provinces, "district": districts, "tambon": tambons}
    names = {level: frozenset(plain(place.name_th) for place in places) for level, places in levels.items()}
    return names, frozenset(str(place.code) for places in levels.values() for place in places)


def _place(level: str, prefix: str) -> Callable[[str], bool]:
    begins = re.compile(rf"^(?:{prefix})\s*")
    return lambda cell: plain(begins.sub("", cell)) in _places()[0][level]


def _coded(length: int) -> Callable[[str], bool]:
    return lambda cell: len(_digits(cell)) == length and _digits(cell)[: min(length, 6)] in _places()[1]


def _between(low: float, high: float) -> Callable[[str], bool]:
    return lambda cell: bool(re.fullmatch(r"\d{1,3}\.\d+", cell)) and low <= float(cell) <= high


MONTH = "ม\\.?ค|ก\\.?พ|มี\\.?ค|เม\\.?ย|พ\\.?ค|มิ\\.?ย|ก\\.?ค|ส\\.?ค|ก\\.?ย|ต\\.?ค|พ\\.?ย|ธ\\.?ค|มกรา|กุมภา|มีนา|เมษา|พฤษ|มิถุ|กรกฎ|สิงหา|กันยา|ตุลา|ธันวา|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE = re.compile(
    rf"\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{2,4}}.*|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}.*|.*\d{{1,2}}[\s-]*(?:{MONTH}).*\d{{2,4}}",
    re.I,
)
KINDS: dict[str, Callable[[str], object]] = {
    "citizen_id": _is_citizen_id,
    "house_code": lambda cell: len(_digits(cell)) == 11,
    "village_code": _coded(8),
    "tambon_code": _coded(6),
    "district_code": _coded(4),
    "province_code": _coded(2),
    "area_code": lambda cell: _digits(cell) in _places()[1],
    "moo": re.compile(r"(?:หมู่บ้าน|หมู่|ม\.?|moo)?\s*(?:ที่)?\s*\d{1,2}(?:\s+บ้าน.*)?", re.I).fullmatch,
    "year": re.compile(r"(?:ปี|พ\.?ศ\.?|ค\.?ศ\.?|\s)*(?:25\d\d|19\d\d|20\d\d)(?:\.0+)?").fullmatch,
    "date": DATE.fullmatch,
    "number": re.compile(r"-?[฿\s]*[\d,]+(?:\.\d+)?\s*(?:บาท|คน|ปี|\.-|฿)?").fullmatch,
    "integer": re.compile(r"\d{1,5}(?:\.0+)?\s*(?:คน|ปี)?").fullmatch,
    "phone": re.compile(r"\(?0[\d\s\-().]{8,13}|[689]\d{8}").fullmatch,
    "house_no": re.compile(r"\d+(?:/\d+)?|\d+\s*/\s*\d+|\d{4}-\d\d-\d\d|\d{1,2}-[ก-๎.]+").fullmatch,
    "flag": lambda cell: plain(cell) in _pick_words("flag", "lack", "tick"),
    "lack": lambda cell: plain(cell) in _pick_words("flag", "lack", "tick") or cell in "/xX✓✔",
    "household_ref": lambda cell: bool(re.fullmatch(r"\d{8}[-/]\d{1,4}", cell)) and cell[:6] in _places()[1],
    "pair": lambda cell: len(re.findall(r"\d{1,3}(?:[.]\d{3,}|°)", cell)) == 2,
    "latitude": _between(5, 21),
    "longitude": _between(97, 106),
    "tambon": _place("tambon", r"ตำบล|แขวง|ต\."),
    "district": _place("district", r"อำเภอ|เขต|อ\."),
    "province": _place("province", r"จังหวัด|จ\."),
    "title": lambda cell: bool(_titles().fullmatch(cell.lower())),
    "given_name": lambda cell: len(_without_title(cell).split()) == 1 and not re.search(r"\d", cell),
    "full_name": lambda cell: len(_without_title(cell).split()) > 1 and not re.search(r"\d", cell),
    "text": re.compile(r"(?![\d,.]+$).*", re.S).fullmatch,
}
