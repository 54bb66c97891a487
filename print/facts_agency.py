"""Facts of a letter to an agency: what it has promised and not done in time."""

from collections.abc import Mapping

import definitions
from print import places_chosen
from print.about import about
from print.case_words import code, count, day, owed, place, rows
from print.thai_forms import kept_together, short_day
from queries import Filters, Reader, ask
from queries.ask import ALL


class NoPromise(ValueError):
    """Nobody of this name owes the chosen households anything, or nobody was named."""


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None, owner: str = "") -> dict:
    """The facts; raises NoPromise with the names there are where `owner` is none of them."""
    named = [str(name) for name in ask("board_owners", filters, reader)["owner"] if name]
    if owner not in named:
        raise NoPromise(f"ระบุหน่วยงานด้วย --owner: {', '.join(named) or 'ไม่มี'} · name an agency with --owner")
    every = rows(ask("board", filters, reader, sort="due", owner=owner, limit=ALL))
    late = [row for row in every if row["overdue"]]
    return {
        **about("agency", filters, reader, thai_digits),
        "heading": f"หนังสือถึง {owner}",
        "owner": owner,
        "place": places_chosen.title(filters),
        "subject": "ขอทราบผลการช่วยเหลือครัวเรือนเป้าหมายที่เกินกำหนด",
        "late": kept_together(f"{count(len(late))} รายการ"),
        "all": kept_together(f"{count(len(every))} รายการ"),
        "households": kept_together(f"{count(len({row['ref'] for row in late}))} ครัวเรือน"),
        "head": ["ที่", "เรื่องที่รับไว้", "ครัวเรือน (รหัสในระบบ)", "กำหนดเสร็จ", "เกินมาแล้ว", "ที่แจ้งไว้", "ผลการดำเนินงาน"],
        "rows": [_row(n, row) for n, row in enumerate(late, 1)],
    }


def _row(n: int, row: Mapping) -> list[str]:
    aspects = definitions.names("aspects", "aspect", "th")
    what = f"{owed(row)} ({aspects[row['aspect']]})" if row["aspect"] in aspects else owed(row)
    where = f"{place(row)} ({code(row['ref'])})"
    return [str(n), what, where, short_day(day(row["due_date"])), f"{count(row['days_late'])} วัน", row["reply"] or "–", ""]
