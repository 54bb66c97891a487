"""Facts of the summary of an area: the road, dimensions by place, target people, map, 4T plan, what needs deciding."""

from collections.abc import Mapping

import definitions
from print import outline_map, places_chosen
from print.about import about
from print.case_words import code, count, place, rows
from queries import Filters, Reader, ask

WORST = 8  # households of the list, of how many is said
PLACES = 16  # rows of the table; what does not find room is said


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None) -> dict:
    """The facts; figures as texts with the denominator beside each."""
    whole = filters.without("certification")  # the road begins before anybody is certified
    road, now = rows(ask("road", whole, reader))[0], rows(ask("summary", whole, reader))
    by = places_chosen.by(filters)
    parts = rows(ask("areas", whole, reader, by=by))
    common = about("summary", whole, reader, thai_digits)
    heading = f"สรุปสถานการณ์ครัวเรือนยากจน {places_chosen.title(filters)}"
    return {
        **common,
        "heading": heading,
        "year": f"ปี {', '.join(filters.year)}" if filters.year else "ทุกปีทะเบียน",
        "road": _road(road),
        "sources": _sources(road),
        "people": _people(now[0]) if now else "",
        "places": _places(parts, by, rows(ask("dimensions", whole, reader))),
        "map": _map(parts, by, filters),
        "aspects": _aspects(rows(ask("aspects", whole, reader))),
        "decide": _decide(road, now[0]) if now else [],
        "worst": _worst(rows(ask("attention", whole, reader, limit=WORST))),
    }


def of_kept(part: int, known: int, whole: int) -> dict[str, str]:
    """A figure and its denominator; where nobody keeps it, that instead of a nought."""
    if whole and not known:
        return {"value": "–", "of": f"ไม่ได้บันทึกในระบบนี้ ({count(whole)})"}
    rest = f" · ไม่ได้บันทึก {count(whole - known)}" if known < whole else ""
    return {"value": count(part), "of": f"จาก {count(known)}{rest}"}


def _road(road: Mapping) -> list[dict[str, str]]:
    """Six stages, each with its denominator."""
    listed, certified = road["listed"], road["certified"]
    return [
        {"name": "มีรายชื่อ", "value": count(listed), "of": "ครัวเรือน"},
        {"name": "ตรวจสอบแล้ว", **of_kept(road["verified"], road["verification_known"], listed)},
        {"name": "รับรองเป็นเป้าหมาย", **of_kept(certified, road["certification_known"], listed)},
        {"name": "มีแผน 4ท", **of_kept(road["planned"], road["plan_known"], certified)},
        {"name": "ได้รับความช่วยเหลือ", **of_kept(road["helped"], road["help_known"], certified)},
        {"name": "ปิดกรณีแล้ว", "value": count(road["closed"]), "of": f"จาก {count(certified)}"},
    ]


def _sources(road: Mapping) -> str:
    told = f"เฉพาะใน TPMAP {count(road['tpmap'])} · เฉพาะนอก TPMAP {count(road['outside'])} · พบทั้งสองทาง {count(road['both'])}"
    unstated = f" · ไม่ระบุแหล่ง {count(road['unstated'])}" if road["unstated"] else ""
    return f"ที่มาของรายชื่อ: {told}{unstated}"


def _people(now: Mapping) -> str:
    lives = f"มีสมาชิก {count(now['people'])} คน ใน {count(now['counted'])} จาก {count(now['households'])} ครัวเรือน"
    known = f"คนจนเป้าหมาย {count(now['target_people'])} คน (มีบัตรสวัสดิการที่ผ่านการตรวจสอบ ใน {count(now['card_known'])} ครัวเรือนที่มีข้อมูลบัตร)"
    return f"{lives} · {known if now['card_known'] else 'จำนวนคนจนเป้าหมายยังไม่ทราบ เพราะไม่มีข้อมูลบัตรสวัสดิการ'}"


def _places(parts: list[dict], by: str, total: list[dict]) -> dict:
    """Households deprived in each dimension, of those with data, by place; those with most listed first where not all find room."""
    names = definitions.names("dimensions", "dimension", "th")
    shown = sorted(parts, key=lambda row: -row["listed"])[:PLACES] if len(parts) > PLACES else parts
    lines = [
        [
            _named(row, by),
            count(row["listed"]),
            *(f"{count(row[d])} / {count(row[f'{d}_known'])}" for d in names),
            _certified(row),
        ]
        for row in shown
    ]
    known = {row["dimension"]: f"{count(row['deprived'])} / {count(row['deprived'] + row['not_deprived'])}" for row in total}
    listed = sum(row["listed"] for row in parts)
    kept = sum(row["certification_known"] for row in parts)
    whole = [
        "รวม",
        count(listed),
        *(known[d] for d in names),
        f"{count(sum(r['certified'] or 0 for r in parts))} / {count(kept)}",
    ]
    return {
        "head": [places_chosen.NAMED[by], "มีรายชื่อ", *names.values(), "รับรองแล้ว"],
        "rows": [*lines, whole] if lines else [],
        "note": f"แสดง {len(lines)} จาก {len(parts)} แห่งที่มีรายชื่อมากที่สุด" if len(lines) < len(parts) else "",
    }


def _named(row: Mapping, by: str) -> str:
    name = row["name_th"] or row["code"] or "ไม่ทราบ"
    return f"ม.{int(row['code'][6:])} {name}" if by == "village" and row["code"] else name


def _certified(row: Mapping) -> str:
    return f"{count(row['certified'] or 0)} / {count(row['certification_known'])}" if row["certification_known"] else "–"


def _map(parts: list[dict], by: str, filters: Filters) -> dict | None:
    numbers = {row["code"]: (_named(row, by), row["certified"] or 0) for row in parts if row["code"]}
    place_code = places_chosen.common(filters)
    return outline_map.drawn(place_code[: {"village": 6, "tambon": 4, "district": 2}.get(by, 0)], by, numbers)


def _aspects(aspects: list[dict]) -> dict:
    """Households by state of each aspect of the plan, of the certified ones."""
    names, states = definitions.names("aspects", "aspect", "th"), ("none", "planned", "in_progress", "done", "not_kept")
    kept = [s for s in states if s != "not_kept" or any(row["not_kept"] for row in aspects)]
    words = definitions.picklist("plan", "th")
    lines = [[names[row["aspect"]], *(count(row[s]) for s in kept), count(row["households"])] for row in aspects]
    return {"head": ["ด้าน", *(words[s] for s in kept), "ครัวเรือนที่รับรองแล้ว"], "rows": lines}


def _decide(road: Mapping, now: Mapping) -> list[dict[str, str]]:
    """What waits for a decision, each of how many."""
    still = now["target_households"] - now["closed"]
    waits = road["proposed"] - road["certified"] - road["refused"]
    days = definitions.rule("stalled_after")
    return [
        {"name": "เสนอรับรอง รอมติ", "value": count(waits), "of": f"จากที่เสนอทั้งหมด {count(road['proposed'])}"},
        {"name": "มีงานเกินกำหนด", **of_kept(now["overdue"], now["open_dated"], still)},
        {"name": "ยังไม่มีแผน", **of_kept(now["without_plan"], now["open_planned"], still)},
        {"name": f"ไม่เคลื่อนไหว {days} วันขึ้นไป", **of_kept(now["stalled"], now["open_followed"], still)},
    ]


def _worst(worst: list[dict]) -> dict:
    """The most pressing households by place alone, of how many."""
    lines = [[str(n), place(row), code(row["ref"]), _why(row)] for n, row in enumerate(worst, 1)]
    total = worst[0]["total"] if worst else 0
    return {"head": ["ที่", "ครัวเรือนที่", "รหัส", "เพราะ"], "rows": lines, "note": f"แสดง {len(lines)} จาก {count(total)} ครัวเรือนที่ต้องพิจารณา" if lines else ""}  # fmt: skip


def _why(row: Mapping) -> str:
    still = "ไม่มีเหตุการณ์บันทึกไว้" if row["days_still"] is None else f"ไม่เคลื่อนไหว {count(row['days_still'])} วัน"
    parts = [
        f"เกินกำหนด {count(row['overdue_items'])} รายการ" if row["overdue_items"] else "",
        "ยังไม่มีแผน" if row["without_plan"] else "",
        still if row["stalled"] else "",
    ]
    return " · ".join(part for part in parts if part)
