"""The facts of a meeting as the words of its minutes: what PDF and DOCX both draw, so that they cannot differ."""

from collections.abc import Mapping, Sequence

from print.thai_forms import clock, in_thai_digits, kept_together, long_day

SAMPLE = "ข้อมูลตัวอย่าง"
OUTCOMES = {"information": "รับทราบ", "decision": "มติ", "action": "มอบหมาย", "certification": "รับรองครัวเรือน"}


def words(facts: Mapping) -> dict:
    """Every text of the minutes in its place; what nobody wrote is empty, and becomes a line to write on where the form has one."""
    told = {
        "title": f"รายงานการประชุม{facts.get('body') or ''} ครั้งที่ {facts.get('number') or ''}".strip(),
        "office": facts.get("body") or "",
        "body": facts.get("body") or "",
        "number": kept_together(facts.get("number") or ""),
        "date": long_day(facts.get("date")),
        "place": facts.get("place") or "",
        "began": clock(facts.get("began")),
        "ended": clock(facts.get("ended")),
        **{group: [_person(one) for one in facts.get(group) or ()] for group in ("present", "absent", "attending")},
        "items": [_item(n, one) for n, one in enumerate(facts.get("items") or (), 1)],
        "taker": _person(facts.get("taker")),
        "checker": _person(facts.get("checker")),
        "corrections": [str(one) for one in facts.get("corrections") or ()],
        "footer": _footer(facts),
        "watermark": SAMPLE,
    }
    written = in_thai_digits(told) if facts.get("thai_digits") else told
    kept = {"sample": bool(facts.get("sample")), "thai_digits": bool(facts.get("thai_digits")), "as_of": facts.get("date")}
    return {**written, **kept, "source": _source(facts.get("source") or {})}


def _person(one: Mapping | None) -> dict[str, str]:
    return {part: str((one or {}).get(part) or "") for part in ("name", "position")}


def _item(place: int, item: Mapping) -> dict:
    outcomes = item.get("outcomes") or ()
    return {
        "number": str(item.get("number") or place),
        "title": item.get("title") or "",
        "said": [str(one) for one in item.get("said") or ()],
        "figures": [_figure(one) for one in item.get("figures") or ()],
        "outcomes": [_outcome(n, one) for n, one in enumerate(outcomes, 1)],
    }


def _figure(figure: Mapping) -> dict:
    columns = [str(one) for one in figure.get("columns") or ()]
    rows = [_row(row, len(columns)) for row in figure.get("rows") or ()]
    return {"title": figure.get("title") or "", "columns": columns, "rows": rows}


def _row(row: Sequence, width: int) -> list[str]:
    """As many cells as the table has columns."""
    cells = ["" if cell is None else str(cell) for cell in row][:width]
    return cells + [""] * (width - len(cells))


def _outcome(n: int, outcome: Mapping) -> dict:
    """One outcome: its kind as a word, its text, and whom or what it concerns, who does it and by when, a line each."""
    subject = outcome.get("subject") or ""
    more = [
        f"เรื่อง {subject}" if subject else "",
        f"ผู้รับผิดชอบ {outcome['who']}" if outcome.get("who") else "",
        f"ภายในวันที่ {long_day(outcome['due'])}" if outcome.get("due") else "",
    ]
    word = OUTCOMES.get(outcome.get("kind") or "", "มติ")
    return {"n": n, "word": word, "text": outcome.get("text") or "", "more": [line for line in more if line]}


def _footer(facts: Mapping) -> str:
    source = facts.get("source") or {}
    as_of = long_day(source.get("data_as_of"))
    return " · ".join(part for part in (source.get("filters") or "", f"ข้อมูล ณ วันที่ {as_of}" if as_of else "") if part)


def _source(source: Mapping) -> list[str]:
    """Where the figures come from; codes keep their digits, whatever the office writes, or nobody could compare them."""
    build, position, digest = (source.get(part) for part in ("build", "position", "digest"))
    lines = [
        f"รุ่นข้อมูล {build}" if build else "",
        f"ลำดับการบันทึกล่าสุด {position}" if position not in (None, "") else "",
        f"รหัสตรวจสอบ SHA-256 {digest}" if digest else "",
    ]
    return [line for line in lines if line]
