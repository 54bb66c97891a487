"""Days, hours and digits as an official Thai paper has them."""

import re
from datetime import date
from typing import Any

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
BUDDHIST_ERA = 543  # years ahead of the common era
KEPT = "\u00a0"  # a space at which no line ends
AS_TYPED = re.compile(r"#\w+|[A-Za-z]\w+|\d+\.\d{5}|[0-9]", re.ASCII)  # a code, a word, a coordinate; else one digit
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def long_day(day: str | date | None) -> str:
    """2022-09-14 -> "14 กันยายน 2565", which no line breaks apart; "" where there is none."""
    return _day(day, MONTHS)


def short_day(day: str | date | None) -> str:
    """2022-09-14 -> "14 ก.ย. 2565", for tables; "" where there is none."""
    return _day(day, SHORT_MONTHS)


def _day(day: str | date | None, months: tuple[str, ...]) -> str:
    if not day:
        return ""
    of = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return KEPT.join((str(of.day), months[of.month - 1], str(of.year + BUDDHIST_ERA)))


def clock(time: str | None) -> str:
    """09:30 -> "09.30 น."; "" where there is none."""
    return f"{time[:5].replace(':', '.')}{KEPT}น." if time else ""


def kept_together(text: str) -> str:
    """A number with what it belongs to: no line ends inside it."""
    return text.replace(" ", KEPT)


def in_thai_digits(words: Any) -> Any:
    """Every text of facts, however deep, in Thai digits, but for codes and coordinates, which somebody types again somewhere."""
    if isinstance(words, str):
        return AS_TYPED.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].translate(THAI_DIGITS), words)
    if isinstance(words, dict):
        return {name: in_thai_digits(value) for name, value in words.items()}
    return [in_thai_digits(one) for one in words] if isinstance(words, list) else words
