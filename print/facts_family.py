"""Facts of the family sheet: what a team takes along to one house."""

from collections.abc import Mapping
from itertools import groupby

import definitions
from print.about import about
from print.case_words import STATES, case, certification, code, count, cut, day, head, house, owed, place, reason, rows
from print.thai_forms import short_day
from queries import Filters, Reader, ask

MEMBERS, OWED, PLAN, HAPPENED = 6, 4, 6, 2  # lines of one page; of how many is said where there are more
TOLD, CELL, NAME, LINE = 200, 40, 30, 90  # letters of a story, of a cell, of a name in one, of a line


class NoHousehold(ValueError):
    """No household stands at this address, or the reader may not see it."""


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None, household: str = "") -> dict:
    """The facts of one household, whatever is chosen; raises NoHousehold."""

    def asked(question: str) -> list[dict]:
        return rows(ask(question, Filters(), reader, household=household))

    found = asked("household")
    if not found:
        raise NoHousehold("ไม่มีครัวเรือนที่รหัสนี้ หรืออยู่นอกพื้นที่ของผู้ใช้ · no household at this address in these areas")
    home = found[0]
    here = Filters.of({"year": [str(home["register_year"])], "village": [home["village_code"]] if home["village_code"] else []})
    plan, needs = asked("plan"), asked("shortages")
    return {
        **about("family", here, reader, thai_digits),
        "heading": f"แบบเยี่ยมครัวเรือน {head(home) or 'ไม่มีชื่อ'}",
        "code": code(household),
        "who": _who(home),
        "told": cut(home["circumstances"], TOLD),
        "lights": _lights(asked("lights")),
        "members": _members(asked("members")),
        "plan": _plan(plan),
        "owed": _owed(plan, needs),
        "happened": _happened(asked("timeline")),
    }


def _who(home: Mapping) -> list[list[str]]:
    """Where it is, the way there, who answers for it: name and value, a value that nobody knows is a line to write on."""
    point = (
        f"{home['latitude']:.5f}, {home['longitude']:.5f}"
        if home["latitude"] is not None and home["longitude"] is not None
        else ""
    )
    certified = f"{certification(home)} {short_day(day(home['certified_date']))}".strip()
    meeting = f" (ประชุมครั้งที่ {home['meeting']})" if home["meeting"] else ""
    moved = short_day(day(home["last_movement"]))
    return [
        ["ที่อยู่", " ".join(part for part in (house(home), place(home), f"อ.{home['district_th']}") if part)],
        ["โทรศัพท์", home["phone"] or ""],
        ["พิกัด", point],
        ["ทางไปบ้าน", ""],
        ["ทีมพี่เลี้ยง", home["mentor"] or ""],
        ["สถานะ", f"{certified}{meeting} · {case(home)}{f' · เคลื่อนไหวล่าสุด {moved}' if moved else ''}"],
    ]


def _lights(lights: list[dict]) -> list[dict[str, str]]:
    """The five dimensions, each with its state and what it rests on."""
    named = {row["dimension"]: row for row in definitions.table("dimensions")}
    parts = [(d, list(part)) for d, part in groupby(lights, key=lambda row: row["dimension"])]
    return [
        {
            "letter": named[d]["letter_th"],
            "name": named[d]["name_th"],
            "sign": part[0]["state"],
            "state": STATES[part[0]["state"]],
            "reason": reason(part),
        }
        for d, part in parts
    ]


def _members(members: list[dict]) -> dict:
    lines = [
        [
            str(row["member_no"]),
            cut(f"{row['title'] or ''}{' '.join(filter(None, (row['first_name'], row['last_name'])))}", NAME) or "–",
            count(row["age"]),
            row["relation"] or "–",
            cut(" · ".join(filter(None, (row["occupation"], row["schooling"], row["health_status"]))), CELL) or "–",
        ]
        for row in members[:MEMBERS]
    ]
    return {"head": ["ที่", "ชื่อ", "อายุ", "เกี่ยวข้องเป็น", "อาชีพ · การศึกษา · สุขภาพ"], "rows": lines, "more": _more(members, MEMBERS)}


def _more(every: list, shown: int) -> str:
    return f"และอีก {count(len(every) - shown)} รายการในระบบ" if len(every) > shown else ""


def _plan(plan: list[dict]) -> dict:
    aspects, states = definitions.names("aspects", "aspect", "th"), definitions.picklist("progress", "th")
    ordered = sorted(plan, key=lambda row: list(aspects).index(row["aspect"]) if row["aspect"] in aspects else len(aspects))
    lines = [
        [
            aspects.get(row["aspect"], "–"),
            cut(row["activity"], CELL) or "–",
            cut(row["owner"], NAME) or "ยังไม่มีผู้รับผิดชอบ",
            f"{short_day(day(row['due_date'])) or '–'}{' (เกินกำหนด)' if row['overdue'] else ''}",
            states.get(row["status"], "–"),
        ]
        for row in ordered[:PLAN]
    ]
    return {"head": ["ด้าน", "กิจกรรม", "ผู้รับผิดชอบ", "กำหนด", "สถานะ"], "rows": lines, "more": _more(plan, PLAN)}


def _owed(plan: list[dict], needs: list[dict]) -> dict:
    """What is late and what is still short."""
    late = [f"เกินกำหนด: {row['activity'] or '–'} ({row['owner'] or 'ยังไม่มีผู้รับผิดชอบ'})" for row in plan if row["overdue"]]
    short = [
        f"{owed(row | {'kind': 'need'})} (ได้ {count(row['given'])} จาก {count(row['needed'])})" for row in needs if row["short"]
    ]
    return {"lines": [cut(line, LINE) for line in (*late, *short)][:OWED], "more": _more([*late, *short], OWED)}


def _happened(timeline: list[dict]) -> list[str]:
    """The latest visits, so that nobody asks the same again."""
    visits = [row for row in timeline if row["kind"] == "visit"][:HAPPENED]
    told = [": ".join(filter(None, (row["giver"], row["finding"]))) or "–" for row in visits]
    return [cut(f"{short_day(day(row['happened_on']))} {words}", LINE) for row, words in zip(visits, told, strict=True)]
