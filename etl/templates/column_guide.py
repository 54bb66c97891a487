"""Column guide of the templates: headings, meanings, allowed values and examples of a register's columns."""

from functools import cache

import definitions
from definitions.registers import HOUSEHOLD, registers
from etl.headings.columns import ALTERNATIVES, ENTRIES, Column, columns
from etl.typing.casts import FAULTS, FLAGS

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
BY_TYPE = {  # type -> example cells of the two rows where register_columns.csv gives none
    "integer": "1|2",
    "number": "1|2",
    "flag": "1|1",
    "result": "1|1",
    "lack": "1|1",
    "date": "15/03/2565|15/03/2565",
    "year": "2565|2565",
}


def word(name: str, language: str, /, **parts: str) -> str:
    """One of WORDS, its parts filled in."""
    return WORDS[name][language == "en"].format_map(parts)


def offered(register: str) -> list[Column]:
    """The columns of a template: those with a value of their own that somebody fills in, what must be filled first."""
    own = [c for c in columns(register).values() if not (c.gives or c.type == "aside" or c.name == ENTRIES)]
    return sorted(own, key=lambda c: not c.required)


@cache
def meanings(register: str, language: str) -> dict[str, dict[str, str]]:
    """Column -> its row of register_columns.csv as it reads for that column, and `means`: of an indicator, in every round."""
    by_column: dict[str, dict[str, str]] = {}
    for row in definitions.table("register_columns"):
        if not {register, "*"} & set(row["register"].split("|")):
            continue
        for meaning in _meanings(row["column"]):
            parts = {**meaning, "name": meaning.get(f"name_{language}", "")}
            filled = {k: v.format_map(parts) if v and "{" in v else v or "" for k, v in row.items()}
            means = f"{meaning['survey_round']}: {parts['name']}" if "survey_round" in meaning else filled[f"name_{language}"]
            pattern = row["column"] if "{" in row["column"] else ""
            earlier = by_column.setdefault(filled["column"], {**filled, "means": "", "pattern": pattern})
            earlier["means"] += f"\n{means}" if earlier["means"] else means
    return by_column


def _meanings(pattern: str) -> list[dict[str, str]]:
    if "{n}" in pattern:
        return [{"n": row["number"], **row} for row in definitions.table("indicators")]
    return list(definitions.table("dimensions")) if "{dimension}" in pattern else [{}]


def heading(register: str, column: str, language: str) -> str:
    """The heading that a column is written under: the first of its registered spellings."""
    first = meanings(register, language)[column][f"headings_{language}"].split("|")[0]
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
    of_register = columns(register)
    ways = [[c for c in of_register if c in way] for way in ALTERNATIVES.get(column.name, ()) if way <= of_register.keys()]
    if column.required != "derived" or not ways:
        return word("yes" if column.required else "", language)
    instead = word("or", language).join(" + ".join(heading(register, c, language) for c in way) for way in ways)
    return word("derived", language, instead=instead)


def examples(register: str, language: str) -> list[dict[str, str]]:
    """Two rows, column -> cell. In a register of what belongs to a household both rows are of the same one."""
    shared = set(columns(HOUSEHOLD)) if "household_id" in registers()[register].key[:-1] else set()
    cells = {c.name: _examples(register, c, language) for c in offered(register)}
    return [{name: pair[0 if name in shared else row] for name, pair in cells.items()} for row in (0, 1)]


def _examples(register: str, column: Column, language: str) -> tuple[str, str]:
    """What a column holds in the two rows: as register_columns.csv says, else by its type."""
    listed = choices(column, language)
    values = list(listed)
    fallback = f"{values[0]}|{values[:2][-1]}" if values else "ตัวอย่าง 1|ตัวอย่าง 2" if column.required else ""
    first, _, second = (_declared(register, column, language) or BY_TYPE.get(column.type, fallback)).partition("|")
    return listed.get(first, first), listed.get(second, second)


def _declared(register: str, column: Column, language: str) -> str:
    """Two values with | between, or one for both rows; a row of many columns says them as column=values, with ; between."""
    text = meanings(register, language)[column.name]["examples"]
    if meanings(register, language)[column.name]["pattern"]:
        text = dict(each.split("=", 1) for each in text.split(";") if each).get(column.name, "")
    return text if "|" in text else f"{text}|{text}" if text else ""


def set_of_registers() -> list[str]:
    """Every register that somebody fills in by hand."""
    return [r.name for r in registers().values() if r.template]
