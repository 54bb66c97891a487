"""Facts of the certification list: households proposed, or certified already, for the committee to sign."""

from collections.abc import Mapping
from dataclasses import replace

import definitions
from print import places_chosen
from print.about import about
from print.case_words import count, day, head, lacking, letters, rows
from print.thai_forms import short_day
from queries import Filters, Reader, ask

STATES = {
    "proposed": "บัญชีรายชื่อครัวเรือนที่เสนอให้คณะกรรมการรับรอง",
    "certified": "บัญชีรายชื่อครัวเรือนเป้าหมายที่คณะกรรมการรับรองแล้ว",
    "refused": "บัญชีรายชื่อครัวเรือนที่คณะกรรมการไม่รับรอง",
}


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None, state: str = "") -> dict:
    """The facts; `state` is one of STATES, else the one chosen in the filters, else what is proposed."""
    state = state or (filters.certification[0] if len(filters.certification) == 1 else "proposed")
    if state not in STATES:
        raise ValueError(f'"{state}" ไม่ใช่ · is not one of {", ".join(STATES)}')
    chosen = replace(filters, certification=(state,))
    listed = rows(ask("report", chosen, reader))
    decided = ["วันที่รับรอง", "ประชุมครั้งที่"] if state == "certified" else ["มติ (รับรอง / ไม่รับรอง)", "เหตุผล"]
    return {
        **about("certification", chosen, reader, thai_digits),
        "heading": f"{STATES[state]} {places_chosen.title(filters)}",
        "told": f"{count(len(listed))} ครัวเรือน",
        "letters": letters(),
        "state": state,
        "head": ["ที่", "หัวหน้าครัวเรือน", "บ้านเลขที่", "หมู่บ้าน", "คน", "ขาดแคลน", "แหล่งที่มา", *decided],
        "rows": [_row(n, row, state) for n, row in enumerate(listed, 1)],
        "signs": ["ประธานกรรมการ", "กรรมการ", "กรรมการและเลขานุการ"],
    }


def _row(n: int, row: Mapping, state: str) -> list[str]:
    source = definitions.picklist("source", "th")[row["source"]]
    village = " ".join(filter(None, (f"ม.{int(row['village_moo'])}" if row["village_moo"] is not None else "", row["village"], f"ต.{row['tambon']}" if row["tambon"] else "")))  # fmt: skip
    decided = [short_day(day(row["certified_date"])), row["meeting"] or ""] if state == "certified" else ["", ""]
    who = head(row) or f"รหัส #{str(row['household_id'] or '')[:8]}"
    return [str(n), who, row["house_no"] or "–", village, count(row["people"]), lacking(row), source, *decided]
