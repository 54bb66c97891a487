"""What the columns of a register mean, in the words in which an officer is told: headings, what they hold, examples."""

from functools import cache

import definitions
from etl.typing.casts import FAULTS, FLAGS
from etl.typing.headings import ALTERNATIVES, Column, columns

NO_TEMPLATE = {"published"}  # TPMAP's own files: nobody fills them in
WORDS = {
    "file": ("แบบกรอก {name}", "Template {name}"),
    "yes": ("ต้องกรอก", "Required"),
    "derived": ("ต้องกรอก หรือกรอกแทนด้วย {instead}", "Required, or instead: {instead}"),
    "or": (" หรือ ", " or "),
    "": ("ไม่บังคับ", "Optional"),
    "pick": ("เลือกจากรายการ: {list}", "One of the list: {list}"),
    "key": ("รหัสที่ไม่ซ้ำกันและใช้รหัสเดิมทุกปี", "A code of its own, the same each year"),
    "phone": ("หมายเลขโทรศัพท์ ขึ้นต้นด้วย 0", "Telephone number, beginning with 0"),
    "house_no": ("บ้านเลขที่ เช่น 27/1", "House number, such as 27/1"),
    "moo": ("เลขหมู่ที่ 1–99", "Number of the moo, 1–99"),
    "text": ("ข้อความ", "Text"),
    "personal": ("ข้อมูลส่วนบุคคล", "Personal data"),
    "gives": ("ใช้แทน {names} ได้ เมื่อไม่มีคอลัมน์นั้น", "Stands in for {names} where that column is missing"),
    "example": ("ตัวอย่าง: {text}", "Example: {text}"),
    "unit": ("หน่วย: {text}", "Unit: {text}"),
    "source": ("ที่มา: {text}", "Source: {text}"),
    "banner": (
        "ตัวอย่างการกรอก แผ่นนี้ไม่ถูกนำเข้าระบบ ชื่อและเลขในตัวอย่างเป็นข้อมูลสมมุติ",
        "How to fill it in. This sheet is not loaded; names and numbers in it are invented.",
    ),
}
SHOWN: dict[str, str | tuple[str, str]] = {  # column -> what the two example rows hold; a picklist by its value
    "register_year": "2565", "household_id": ("34210606-001", "34210601-001"), "house_code": ("00002267811", "00002267822"),
    "household_no": "1", "village_code": ("34210606", "34210601"), "tambon_code": "342106", "district_code": "3421",
    "province_code": "34", "moo": ("6", "1"), "village_name": ("บ้านเหล่างาม", "บ้านปากห้วยม่วง"), "tambon_name": "เหล่างาม",
    "district_name": "โพธิ์ไทร", "province_name": "อุบลราชธานี", "village_name_en": ("Ban Lao Ngam", "Ban Pak Huai Muang"),
    "house_no": ("27/1", "5"), "head_title": ("นาย", "นาง"), "head_first_name": ("ขยันดี", "ร่มเย็น"),
    "head_last_name": ("ตัวอย่างใจดี", "ทดสอบพัฒนา"), "head_citizen_id": ("3000000123450", "3000000543211"),
    "phone": ("000-185-8663", "000-185-8664"), "members": ("2", "4"), "survey_year": "2564", "survey_date": "15/02/2564",
    "source": ("both", "outside"), "verification": "confirmed", "certification": ("certified", "proposed"),
    "certified_date": ("21/04/2565", ""), "meeting": ("2/2565", ""), "mentor": "ทีมพี่เลี้ยงตำบลเหล่างาม", "closed_date": "",
    "close_reason": "", "circumstances": ("บ้านชำรุดไม่มั่นคง", "รายได้น้อยไม่แน่นอน"), "income_per_person": ("45000", "30000"),
    "indicator_1": "-", "indicator_8": ("0", "1"), "indicator_22": ("1", "0"), "living_flag": ("0", "1"),
    "income_flag": ("1", "0"), "latitude": ("15.7601", "15.7655"), "longitude": ("105.374", "105.3702"),
    "citizen_id": ("3000000123450", "1000000678901"), "title": ("นาย", "ด.ช."), "first_name": ("ขยันดี", "ตั้งใจ"),
    "last_name": "ตัวอย่างใจดี", "sex": "male", "birth_date": ("15/03/2510", "20/08/2554"), "age": ("55", "11"),
    "relation": ("หัวหน้าครัวเรือน", "หลาน"), "occupation": ("ทำนา", "นักเรียน"), "schooling": ("ประถมศึกษา", "กำลังเรียนชั้น ป.5"),
    "health_status": "แข็งแรง", "welfare_card": ("validated", "none"), "aspect": ("skill", "resource"),
    "activity": ("เลี้ยงไก่พื้นเมือง", "ซ่อมห้องน้ำ"), "owner": ("ปศุสัตว์อำเภอ", "อบต.เหล่างาม"), "due_date": ("30/09/2565", "31/08/2565"),
    "status": ("in_progress", "done"), "updated_date": ("15/08/2565", "31/08/2565"), "reply": ("มอบไก่แล้ว 20 ตัว", "ซ่อมเสร็จแล้ว"),
    "started_date": ("01/06/2565", "10/06/2565"), "finished_date": ("05/06/2565", ""), "note": "", "value": ("5600", "3000"),
    "item": ("ปูนซีเมนต์", "กระเบื้องหลังคา"), "quantity": ("40", "120"), "unit": ("ถุง", "แผ่น"), "kind": "material",
    "given_date": ("20/06/2565", "25/06/2565"), "giver": ("ร้านวัสดุตัวอย่าง", "กลุ่มจิตอาสาตัวอย่าง"),
    "visit_date": ("01/09/2565", "15/09/2565"), "visitor": "ทีมพี่เลี้ยงตำบลเหล่างาม", "finding": ("หลังคารั่ว", "มุงหลังคาใหม่แล้ว"),
    "checked_dimension": ("living", ""), "check_result": ("0", ""),
}  # fmt: skip
BY_TYPE = {
    "integer": ("1", "2"),
    "number": ("1", "2"),
    "flag": "1",
    "result": "1",
    "lack": "1",
    "date": "15/03/2565",
    "year": "2565",
}


def word(name: str, language: str, /, **parts: str) -> str:
    """One of WORDS, its parts filled in."""
    return WORDS[name][language == "en"].format_map(parts)


def offered(register: str) -> list[Column]:
    """The columns of a template: those with a value of their own, what must be filled first."""
    own = [c for c in columns(register).values() if not (c.gives or c.type == "aside")]
    return sorted(own, key=lambda c: not c.required)


@cache
def said(register: str, language: str) -> dict[str, dict[str, str]]:
    """Column -> its row of register_columns.csv as it reads for that column, and `means`: of an indicator, in every round."""
    found: dict[str, dict[str, str]] = {}
    for row in definitions.table("register_columns"):
        if not {register, "*"} & set(row["register"].split("|")):
            continue
        for meaning in _meanings(row["column"]):
            parts = {**meaning, "name": meaning.get(f"name_{language}", "")}
            filled = {k: v.format_map(parts) if v and "{" in v else v or "" for k, v in row.items()}
            means = f"{meaning['survey_round']}: {parts['name']}" if "survey_round" in meaning else filled[f"name_{language}"]
            earlier = found.setdefault(filled["column"], {**filled, "means": ""})
            earlier["means"] += f"\n{means}" if earlier["means"] else means
    return found


def _meanings(pattern: str) -> list[dict[str, str]]:
    if "{n}" in pattern:
        return [{"n": row["number"], **row} for row in definitions.table("indicators")]
    return list(definitions.table("dimensions")) if "{dimension}" in pattern else [{}]


def heading(register: str, column: str, language: str) -> str:
    """The heading that a column is written under: the first of its registered spellings."""
    first = said(register, language)[column][f"headings_{language}"].split("|")[0]
    return first[:1].upper() + first[1:]


def choices(column: Column, language: str) -> dict[str, str]:
    """Value -> name for a column that is chosen from a list, "-" too where a question may not apply; empty for others."""
    kind, _, detail = column.type.partition(":")
    if kind in FLAGS:
        return {**definitions.picklist(FLAGS[kind][0], language), "-": "-"}
    if detail in {"aspect", "dimension"}:
        return definitions.names(f"{detail}s", detail, language)
    return definitions.picklist(detail, language) if kind == "pick" else {}


def holds(column: Column, language: str) -> str:
    """What a cell of the column may hold, in the words in which a fault would ask for it."""
    kind, _, detail = column.type.partition(":")
    if listed := choices(column, language):
        return word("pick", language, list=" | ".join(listed.values()))
    fault = next((f for f in definitions.table("faults") if f["fault"] == FAULTS.get(kind)), None)
    if kind in WORDS or fault is None:
        return word(kind if kind in WORDS else "text", language)
    years = f"{definitions.rule('first_register_year')}–{definitions.rule('last_register_year')}"
    return fault[f"expected_{language}"].replace("{expected}", years if kind == "year" else detail)


def must(register: str, column: Column, language: str) -> str:
    """Whether the column has to be filled, and what may be filled in its place."""
    known = columns(register)
    ways = [[c for c in known if c in way] for way in ALTERNATIVES.get(column.name, ()) if way <= known.keys()]
    if column.required != "derived" or not ways:
        return word("yes" if column.required else "", language)
    instead = word("or", language).join(" + ".join(heading(register, c, language) for c in way) for way in ways)
    return word("derived", language, instead=instead)


def examples(register: str, language: str) -> list[dict[str, str]]:
    """Two rows, column -> cell. In a register of what belongs to a household both rows are of the same one."""
    key = next(r["key"] for r in definitions.table("registers") if r["register"] == register).split("|")
    shared = set(columns("household")) if "household_id" in key[:-1] else set()
    return [{c.name: _example(c, 0 if c.name in shared else row, language) for c in offered(register)} for row in (0, 1)]


def _example(column: Column, row: int, language: str) -> str:
    listed = choices(column, language)
    fallback = tuple(listed)[:2] or (("ตัวอย่าง 1", "ตัวอย่าง 2") if column.required else "")
    shown = SHOWN.get(column.name, BY_TYPE.get(column.type, fallback))
    value = shown if isinstance(shown, str) else shown[min(row, len(shown) - 1)]
    return listed.get(value, value)


def set_of_registers() -> list[str]:
    """Every register that somebody fills in by hand."""
    return [row["register"] for row in definitions.table("registers") if row["register"] not in NO_TEMPLATE]
