"""What every paper says of itself: filters in words, date of the data, build, whether it is the sample, which digits."""

from datetime import date

import definitions
from print.filter_words import sentence
from print.thai_forms import long_day
from queries import Filters, Reader, as_of, build, may_ask

THAI = 2  # of the rule digits_on_paper
SAMPLE = "ข้อมูลตัวอย่าง"


def about(paper: str, filters: Filters, reader: Reader, thai_digits: bool | None = None) -> dict:
    """The part of the facts that papers have in common; digits are the office's (rules.csv) where nobody says otherwise."""
    when: date | None = as_of(filters, reader) if may_ask("scope", reader) else None
    said = sentence(filters)
    dated = f"ข้อมูล ณ วันที่ {long_day(when)}" if when else "ไม่มีข้อมูลที่ลงวันที่"
    return {
        "paper": paper,
        "title": definitions.names("papers", "paper", "th")[paper],
        "office": "ศูนย์ขจัดความยากจน",
        "filters": said,
        "as_of": when.isoformat() if when else None,
        "dated": dated,
        "build": build().id,
        "footer": f"{said} · {dated}",
        "sample": build().sample,
        "watermark": SAMPLE,
        "thai_digits": definitions.rule("digits_on_paper") == THAI if thai_digits is None else thai_digits,
    }
