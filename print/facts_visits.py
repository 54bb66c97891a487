"""Facts of a visit round: one row per family of a village or a mentor team whose case is open, overdue ones first."""

from collections.abc import Mapping

from print import places_chosen
from print.about import about
from print.case_words import certification, code, count, day, head, house, lacking, letters, place, rows
from print.thai_forms import short_day
from queries import Filters, Reader, ask
from queries.ask import ALL


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None, team: str = "") -> dict:
    """The facts; `team` is one mentor team, "" for all."""
    families = rows(ask("visit_round", filters, reader, search=team, limit=ALL))
    late = sum(1 for row in families if row["overdue_items"])
    return {
        **about("visits", filters, reader, thai_digits),
        "heading": f"แผนออกเยี่ยมบ้าน {places_chosen.title(filters)}",
        "team": team,
        "told": f"{count(len(families))} ครัวเรือนที่ยังไม่ปิดกรณี มีรายการเกินกำหนด {count(late)} ครัวเรือน",
        "letters": letters(),
        "head": [
            "ที่",
            "ครัวเรือน",
            "ที่อยู่ · โทรศัพท์",
            "ขาดแคลน",
            "เกินกำหนด",
            "กำหนดถัดไป",
            "เคลื่อนไหวล่าสุด",
            "วันที่เยี่ยม",
            "พบอะไร ทำอะไรต่อ",
        ],
        "rows": [_row(n, row, bool(team)) for n, row in enumerate(families, 1)],
        "number": len(families),
    }


def _row(n: int, row: Mapping, one_team: bool) -> list[str]:
    where = [part for part in (house(row), place(row), row["phone"]) if part]
    who = [head(row) or f"รหัส {code(row['ref'])}", certification(row), "" if one_team else row["mentor"] or ""]
    late = f"{count(row['overdue_items'])} รายการ" if row["overdue_items"] else "–"
    due, moved = short_day(day(row["next_due"])) or "–", short_day(day(row["last_movement"])) or "ไม่มี"
    return [str(n), "\n".join(filter(None, who)), "\n".join(where), lacking(row), late, due, moved, "", ""]
