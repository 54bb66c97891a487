"""Registers with canaries: in every column that carries personal data, in free text, in a faulty cell and in a refused row.

What is drawn here by hand stands in a place that matters; every other personal column of every register gets its canary by itself,
so a column or a register that nobody thought of here is planted all the same.
"""

import hashlib
import uuid
from pathlib import Path

import pytest

import definitions
from definitions.registers import Register, registers
from etl.headings.columns import Column, columns
from journal.kinds import Field, kinds
from queries import DESK
from queries.columns import OPEN
from queries.record import address_of, record
from tests.drawn import NEUTRAL, drawn
from tests.journal.recorded import picture, stored

RECORDER = "กานารีผู้บันทึก"  # who recorded the planted entries: a name to their readers, and in the audit log who did what
CANARIES = {
    "name": ("กานารีชื่อ", "กานารีสกุล", "กานารีสมาชิก", "กานารีผู้ให้", "กานารีคนอื่น", RECORDER), "address": ("99/8877", "กานารีรหัส", "00001234567"),
    "phone": ("0812345678",), "citizen_id": ("1000041187812",),
}  # fmt: skip
FAULTY = "กานารีผิด"  # a name that stands in a faulty cell, which only whoever loads may see
REFUSED = "กานารีค้าง"  # a household that was not loaded and waits to be corrected
HOUSEHOLD = "กานารีรหัส"
DRAWN = {
    "household": """
    household_id  | village_code | head_first_name | head_last_name | house_no | house_code  | phone      | certification | certified_date | indicator_8 | latitude | longitude | members   | head_citizen_id | meeting           | register_year | education_flag
    กานารีรหัส      | 34210601 | กานารีชื่อ         | กานารีสกุล        | 99/8877  | 00001234567 | 0812345678 | certified     | 2022-01-01     | 0           | 15.7     | 105.3     | กานารีผิด  |                 | เลข 1000041187812 | 2565 | 0
    other         | 34210602 |                 |                |          |             |            |               |                | 1           |          |           | 1         |                 |                   | 2564 |
    other         | 34210602 |                 |                |          |             |            |               |                | 0           |          |           | 1         |                 |                   | 2565 |
    1000041187812 | 34210602 | 1000041187812   |                |          |             |            |               |                |             |          |           | 1         |                 |                   | 2565 |
    stepless      | 34210603 | กานารีชื่อ         | กานารีสกุล        | 99/8877  |             | 0812345678 | certified     | 2022-01-01     |             |          |           | 1         |                 |                   | 2565 |
    กานารีค้าง      | 99999901 | กานารีชื่อ         | กานารีสกุล        | 99/8877  |             | 0812345678 |               |                |             |          |           |           | 1000041187812   |                   | 2565 |
    """,
    "person": "household_id | member_no | citizen_id | first_name | last_name | schooling | health_status | welfare_card\nกานารีรหัส | 1 | 1000041187812 | กานารีสมาชิก | กานารีสกุล"
    " | ป.4 นางกานารีคนอื่น เลข 1000041187812 | พิการ นางกานารีคนอื่น โทร 0812345678 เลข 1000041187812 | validated"
    "\nother | 1 | 1000041187812 | กานารีสมาชิก | กานารีสกุล | | | ",
    "plan": "household_id | due_date | activity | status | reply\nกานารีรหัส | 2022-01-02 | นางกานารีคนอื่น สอนทอผ้า | planned | นางกานารีคนอื่น เลข 1000041187812"
    "\nother | 2022-01-02 | นางกานารีคนอื่น สอนจักสาน เลขที่ 1000041187812 | done | นางกานารีคนอื่น เลข 1000041187812",  # helped in the same
    "step": "household_id | step | started_date | note\nกานารีรหัส | 1 | 2022-02-02 | กานารีชื่อมาเอง",
    "need": "household_id | item | unit\nกานารีรหัส | เตียงของกานารีสมาชิก | เตียงของ 1000041187812",
    "contribution": "household_id | giver | given_date\nกานารีรหัส | กานารีผู้ให้ 1000041187812 | 2022-09-01",
    "visit": "household_id | finding | visitor\nกานารีรหัส | พบกานารีชื่อนอนป่วย ฝากนายกานารีคนอื่น กานารีสกุล โทร 0812345678 เลข 1000041187812 | กานารีสมาชิก",
    "village": "village_code | village_name | latitude | longitude\n34210601 | บ้านสมมุติ | 15.7 | 105.3\n34210602 | บ้านสมมุติสอง | 15.72 | 105.31",
    "fund_instalment": "project_no | instalment_due | instalment_amount\n1 | 2022-06-20 | 5000",  # 19 days after what was paid
    # who learned is the planted one, who knows and teaches, too: their names stand beside each
    "staff": "staff_no | post\n1 | officer\n2 | head",  # the second teaches in what is recorded
    "staff_skill": "staff_no | skill\n1 | finance",
    "lesson": "lesson_no | lesson_title | known_by | lesson_need\n1 | ทอผ้า | 1 | education",
    "learning_path": "path_no | learner | learning_subject | learned_skill\n1 | 1 | | finance",
    "learning_meeting": "path_no | met_date | learning_step | teacher | drawn_lesson\n1 | 2022-08-25 | use | 1 | 1",
    "published": "area_code | households\n342106 | 12",
    "village_assessment": "instrument | assessment_round | village_code\nsufficiency_23 | once | 34210601\ngvh | before | 34210601",
    "village_score": "instrument | assessment_round | village_code | item | item_main | item_score\ngvh | before | 34210601 | 1 | | 3"
    + "".join(f"\nsufficiency_23 | once | 34210601 | {n} | {'main' if n <= 10 else 'other'} | 1" for n in range(1, 24)),
}
BY_CLASS = {  # class of personal data -> what a column of it holds, as people write it
    "name": "กานารีอื่น", "address": "กานารีที่อยู่", "phone": "0812345678", "citizen_id": "1000041187812",
    "health": "ป่วย นางกานารีคนอื่น", "text": "นางกานารีคนอื่น เลข 1000041187812",
}  # fmt: skip
BY_TYPE = {"date": "1951-03-04", "digits:11": "00001234567", "key": HOUSEHOLD, "number": "", "integer": ""}
UNPLANTED = {"member_list", "carried"}  # a list is households and persons, both planted; the other is made by the loader itself


def personal_columns(register: str) -> dict[Column, str]:
    """The columns of a register that carry personal data and keep it -> their class."""
    classes = {
        r["column"]: r["personal"] for r in definitions.table("register_columns") if register in r["register"].split("|")
    }
    return {c: classes[c.name] for c in columns(register).values() if classes.get(c.name, OPEN) != OPEN and not c.gives}


def canary(column: Column, personal: str) -> str:
    """What stands in a personal column of the planted household."""
    return BY_TYPE.get(column.type, BY_CLASS.get(personal, "กานารีไม่รู้จัก"))


def bare(register: Register) -> str:
    """One record of a register, its key alone: of the planted household, or of the village in which that one lives."""
    if register.of_household:
        return f"household_id\n{HOUSEHOLD}"
    row = {column: NEUTRAL.get(column, "1").replace("#", "1") for column in register.key}
    row |= {register.place: "34210601"[: 4 if register.place == "district_code" else 8]} if register.place else {}
    return " | ".join(row) + "\n" + " | ".join(row.values())


def planted(register: Register) -> str:
    """The drawn table of one register with a canary in every personal column, the first row the planted household's."""
    rows = drawn(DRAWN.get(register.name) or bare(register))
    for column, personal in personal_columns(register.name).items():
        text = canary(column, personal)
        if text and not any(row.get(column.name) for row in rows):
            rows = [row | {column.name: text if number == 0 else ""} for number, row in enumerate(rows)]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return "\n".join(" | ".join(line) for line in [heads, *([row.get(head, "") for head in heads] for row in rows)])


PLANTED = {register.name: planted(register) for register in registers().values() if register.name not in UNPLANTED}

ENDS = {"closed", "certification"}  # kinds that would end the planted case; they are recorded of another household
PICTURE = picture()
MEETING, OUTCOME = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("a meeting", "outcome"))
THINGS = {
    "plan": "plan/1", "step": "step/house_build/1", "meeting": f"meeting/{MEETING}", "item": f"meeting/{MEETING}/item/{MEETING}",
    "action": f"action/{OUTCOME}", "forum": f"forum/{MEETING}", "forum_item": f"forum/{MEETING}/item/1", "loan": "loan/2565/1", "debt": "debt/2565", "learning": "learning/2022-09-02/1",
}  # fmt: skip
ABOUT = {"household": {"year": 2565, "household_id": HOUSEHOLD}, "village": {"village": "34210601"}, "area": {"area": "342106"},
         "learning": {"area": "3421"}}  # fmt: skip
NAMED = {"teacher": "2", "drawn_lesson": "1"}  # by the numbers that the registers have
VALUES = {"number": 1, "date": "2022-01-03", "degrees": 15.7, "meeting": MEETING, "digest": "0" * 64}


def filled(field: Field) -> object:
    """What stands in one field of a planted entry: a canary where it is personal, else any value that it takes."""
    kind = field.type.partition(":")[0]
    if kind == "household":
        return address_of(2565, HOUSEHOLD)
    if field.name in NAMED:
        return NAMED[field.name]
    if kind in ("pick", "picks"):
        value = {"status": "planned", "outcome": "action", "action_kind": "repaid"}.get(field.name) or sorted(field.values)[0]
        return [value] if kind == "picks" else value
    return VALUES.get(kind) or BY_CLASS.get(field.personal, "กานารีไม่รู้จัก" if field.personal else "ครั้งที่ 1")


def planted_events() -> list[dict]:
    """An event of every kind with all its fields filled in; one withdraws a note; and what makes the forum whole."""
    events: list[dict] = []
    for kind in kinds().values():
        of = {"year": 2565, "household_id": "other" if kind.name in ENDS else HOUSEHOLD}
        about = of if "household" in kind.about else ABOUT.get(kind.of) or ABOUT[min(kind.about)]
        event = {
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, kind.name)), "kind": kind.name, "about": about, "occurred_on": "2022-09-02",
            "body": {field.name: filled(field) for field in kind.fields.values()},
        }  # fmt: skip
        if kind.of in THINGS:
            event["thing"] = THINGS[kind.of]
        if kind.photos:
            event["photos"] = [hashlib.sha256(PICTURE).hexdigest()]
        if kind.of in ("entry", "same"):
            note = {
                **events[0],
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"named by {kind.name}")),
                "kind": "note",
                "photos": [],
                "body": {"note": BY_CLASS["text"]},
            }
            events.append(note)
            event["thing"] = note["id"]
        events.append(event)
    return events + whole_forum(events)


def whole_forum(events: list[dict]) -> list[dict]:
    """The other items of the planted forum, so that it counts."""
    opened, scored = (next(e for e in events if e["kind"] == kind) for kind in ("forum_opened", "forum_scored"))
    items = [r["item"] for r in definitions.table("instrument_items") if r["instrument"] == opened["body"]["instrument"]]
    return [
        {
            **scored, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"item {item}")), "thing": f"forum/{MEETING}/item/{item}",
            "body": {**scored["body"], "item": item},
        }
        for item in items if item != THINGS["forum_item"].rpartition("/")[2]
    ]  # fmt: skip


def record_canaries(folder: Path) -> None:
    """Record them all in a data folder that has a build of the planted registers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(folder))
        stored(folder, PICTURE)
        verdicts = record(planted_events(), DESK, RECORDER)
    assert {verdict["verdict"] for verdict in verdicts} == {"kept"}, verdicts
