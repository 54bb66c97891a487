"""Rows of answers as Thai words: who, where, what a household lacks and why, what is owed to it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

import definitions
from print.thai_forms import kept_together, long_day

STATES = {"deprived": "ขาดแคลน", "not_deprived": "ไม่ขาดแคลน", "no_data": "ไม่มีข้อมูล"}


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an answer with None for everything that is missing."""
    return [{k: None if _missing(v) else v for k, v in row.items()} for row in frame.astype(object).to_dict("records")]


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, (list, dict)) and not hasattr(value, "shape") and bool(pd.isna(value)))


def count(value: float | None) -> str:
    """1234 -> "1,234"; what nobody knows is a dash, never nought."""
    return "–" if value is None or pd.isna(value) else f"{value:,.0f}"


def day(value: Any) -> str | None:
    """A day as it stands in JSON."""
    return None if value is None or pd.isna(value) else value.date().isoformat()


def code(ref: str) -> str:
    """The beginning of a household's address in this system; its digits are never written in Thai."""
    return f"#{ref[:8]}"


def head(row: Mapping) -> str:
    """The head of a household as far as the reader may see."""
    title, first, last = (row.get(f"head_{part}") or "" for part in ("title", "first_name", "last_name"))
    return f"{title}{first} {last}".strip()


def place(row: Mapping) -> str:
    """ "ม.6 บ้านเหล่างาม ต.เหล่างาม"."""
    code = row.get("village_code") or ""
    parts = [
        f"ม.{int(code[6:])}" if code else "",
        row.get("village_th") or "",
        f"ต.{row['tambon_th']}" if row.get("tambon_th") else "",
    ]
    return " ".join(part for part in parts if part)


def house(row: Mapping) -> str:
    """ "เลขที่ 7/1", which no line breaks apart; "" where it may not be seen or is not known."""
    return kept_together(f"เลขที่ {row['house_no']}") if row.get("house_no") else ""


def cut(text: str | None, letters: int) -> str:
    """A text as long as there is room, with "…" where it goes on in the system."""
    text = text or ""
    return text if len(text) <= letters else f"{text[:letters].rstrip()}…"


def lacking(row: Mapping) -> str:
    """ "อ ร (?ส)": the letters of the dimensions that a household lacks, and those of which nobody knows."""
    letters = {r["dimension"]: r["letter_th"] for r in definitions.table("dimensions")}
    lacks = " ".join(letter for d, letter in letters.items() if row.get(d) == "deprived")
    unknown = " ".join(letter for d, letter in letters.items() if row.get(d) == "no_data")
    return kept_together(f"{lacks or '–'} (?{unknown})" if unknown else lacks or "–")


def letters() -> str:
    """What the letters mean, for below a table."""
    named = " · ".join(f"{r['letter_th']} {r['name_th']}" for r in definitions.table("dimensions"))
    return f"{named} · (?) ไม่มีข้อมูลของมิตินั้น"


def certification(row: Mapping) -> str:
    """Its certification in words; "not proposed" is said only where the district keeps certifications."""
    if row.get("certification"):
        return definitions.picklist("certification", "th")[row["certification"]]
    return "ยังไม่เสนอรับรอง" if row.get("certification_kept") else "การรับรองไม่ได้บันทึกในระบบนี้"


def case(row: Mapping) -> str:
    """Its case in words."""
    return definitions.picklist("case", "th")[row["case"]]


def reason(part: Sequence[Mapping]) -> str:
    """Why one dimension is as it is; `part` is its rows of the answer `lights`."""
    first = part[0]
    if first["basis"] == "check":
        return f"ผลตรวจในพื้นที่เมื่อ {long_day(day(first['checked_on']))} ใช้แทนทะเบียน"
    if first["basis"] == "flag":
        return "ตามที่ทะเบียนระบุไว้ ไม่มีคำตอบรายตัวชี้วัด"
    if first["basis"] != "indicator":
        return "ไม่มีคำตอบตัวชี้วัด ไม่มีค่าที่ทะเบียนระบุ และยังไม่มีผลตรวจในพื้นที่"
    answered = [row for row in part if row["result"] is not None]
    failed = [_failed(row) for row in answered if row["result"] == 0]
    return " · ".join(failed) or f"ผ่าน {len(answered)} จาก {len(part)} ตัวชี้วัด นอกนั้นไม่เข้าเกณฑ์หรือไม่มีคำตอบ"


def _failed(row: Mapping) -> str:
    number = kept_together(f"ข้อ {int(row['number'])}")
    name = f"{number} {row['name_th']}"
    if row["measured"] is None:
        return f"{name}: ไม่ผ่าน"
    unit = definitions.picklist("threshold_unit", "th").get(row["threshold_unit"], row["threshold_unit"])
    return f"{name} {count(row['measured'])} < {count(row['threshold'])} {unit}"


def owed(row: Mapping) -> str:
    """What is promised: the activity, the step, or the thing that is still short; a row of the answer `board`."""
    if row["kind"] == "plan":
        return row["activity"] or "–"
    if row["kind"] == "step":
        steps = {(r["template"], r["step"]): r["name_th"] for r in definitions.table("case_steps")}
        return f"ขั้นที่ {row['step']} {steps.get((row['template'], str(row['step'])), '')}"
    return f"{row['item']} ยังขาด {count(row['short'])} {row['unit'] or ''}".strip()
