"""Plans, case steps, needs, gifts and visits: the tables of the story spelled out as register rows."""

import random
from datetime import date, timedelta

from making.casework_story import (
    ACTIVITIES,
    ASPECTS,
    CASES,
    FINDINGS,
    GIFT_KINDS,
    GIFTS,
    LAO_NGAM_STEPS,
    NEEDS,
    PROGRESS,
    REPLIES,
    STEP_DAYS,
    STEP_OWNERS,
    VISITS,
)
from making.household import DIMENSION_NAMES, Household, Row, day_of, dice, flags, lines
from making.story import AS_OF, CERTIFIED


def last_movement(row: dict[str, str]) -> date | None:
    """The day of the latest event of one line of the table of 34."""
    return AS_OF - timedelta(int(row["quiet"])) if row["quiet"] else None


def lacks(household: Household) -> str:
    """The dimension that a plan starts from: the house before the rest, income when nothing else fails."""
    failing = [d for d, flag in flags(household).items() if flag == "0"]
    return next((d for d in ("living", "education", "access", "health") if d in failing), "income")


def plan_items(households: list[Household]) -> list[Row]:
    """Rows of the 4ท plan, spelled out from the four letters of each household's plan."""
    by_no = {h.no: h for h in households}
    items = []
    for row in lines(CERTIFIED):
        states = [(aspect, state) for aspect, state in zip(ASPECTS, row["plan"], strict=True) if state != "-"]
        states += [("resource", "d")] if row["plan"][2] == "i" else []  # part of it has already arrived
        last = last_movement(row) or AS_OF
        items += [_item(by_no[int(row["no"])], no, *s, last) for no, s in enumerate(states, 1)]
    return items


def _item(h: Household, no: int, aspect: str, state: str, last: date) -> Row:
    what = next(a for a in lines(ACTIVITIES) if a["lacks"] == lacks(h) and a["aspect"] == aspect)
    chance = dice("plan", h.no, no)
    days = (last - h.met).days - (14 if h.closed else 7)
    share = chance.uniform(0.1, 0.5) if state in "pP" else chance.uniform(0.5, 1)
    updated = h.met + timedelta(7 + int(days * share))
    return {
        "household_id": h.key,
        "register_year": h.year,
        "item_no": no,
        "aspect": ASPECTS[aspect],
        "activity": what["activity"],
        "owner": what["owner"].format(tambon=h.tambon),
        "due_date": _due(state, updated, chance),
        "status": PROGRESS[state.lower()],
        "updated_date": updated,
        "reply": REPLIES[state.lower()] if chance.random() < 0.8 else "",
    }


def _due(state: str, updated: date, chance: random.Random) -> date:
    if state == "d":
        return updated + timedelta(chance.randrange(20))
    if state.isupper():
        return date(2022, 7, 29) + timedelta(7 * chance.randrange(5))
    return date(2022, 9, 30) + timedelta(30 * chance.randrange(4))


def steps(households: list[Household]) -> list[Row]:
    """Rows of the five house-build cases."""
    by_no = {h.no: h for h in households}
    told = [(1, *_step(s)) for s in lines(LAO_NGAM_STEPS)]
    other = [(int(case["no"]), *step) for case in lines(CASES) for step in _paced(case)]
    return [
        {
            "household_id": by_no[no].key,
            "register_year": 2565,
            "template": "สร้างบ้าน",
            "step": step,
            "started_date": started,
            "finished_date": finished,
            "due_date": due,
            "owner": STEP_OWNERS[step - 1].format(tambon=by_no[no].tambon),
            "note": note,
        }
        for no, step, started, finished, due, note in told + other
    ]


Step = tuple[int, date | None, date | None, date, str]  # step, started, finished, due, note


def _step(row: dict[str, str]) -> Step:
    finished = day_of(row["finished"]) if row["finished"] else None
    return int(row["step"]), day_of(row["started"]), finished, day_of(row["due"]), row["note"]


def _paced(case: dict[str, str]) -> list[Step]:
    """Steps of a case at the usual pace: those finished, those running, and the next one still to start."""
    first, finished = day_of(case["first"]), int(case["finished"])
    running = [int(step) for step in case["running"].split(",") if step]
    found: list[Step] = []
    for step, (start, end) in enumerate(STEP_DAYS, 1):
        started, ended = first + timedelta(start), first + timedelta(end)
        if step <= finished:
            found.append((step, started, ended, ended + timedelta(3), ""))
        elif step in running:
            found.append((step, started, None, day_of(case["due"]), ""))
        elif running and step == running[-1] + 1:
            found.append((step, None, None, date(2022, 11, 30), ""))
    return found


def needs(households: list[Household]) -> list[Row]:
    """Rows of what the cases need."""
    key = {str(h.no): h.key for h in households}
    return [
        {"household_id": key[n.pop("no")], "register_year": 2565, **n, "quantity": int(n["quantity"])} for n in lines(NEEDS)
    ]


def gifts(households: list[Household]) -> list[Row]:
    """Rows of what was given, numbered within the household."""
    key = {str(h.no): h.key for h in households}
    count: dict[str, int] = {}
    found = []
    for g in lines(GIFTS):
        no = g.pop("no")
        count[no] = count.get(no, 0) + 1
        numbers = {name: int(g[name]) if g[name] else None for name in ("quantity", "value")}
        given = {"given_date": day_of(g.pop("given")), "kind": GIFT_KINDS[g.pop("kind")]}
        found.append({"household_id": key[no], "register_year": 2565, "entry_no": count[no], **given, **g, **numbers})
    return found


def visits(households: list[Household]) -> list[Row]:
    """Rows of the visits: those that tell something, and one to three of the usual kind, the last on the last movement."""
    by_no = {h.no: h for h in households}
    told: dict[int, list[tuple[date, str, str, str]]] = {}
    for v in lines(VISITS):
        told.setdefault(int(v["no"]), []).append((day_of(v["day"]), v["dimension"], v["result"], v["finding"]))
    found = []
    for row in lines(CERTIFIED):
        h, last = by_no[int(row["no"])], last_movement(row)
        mine = told.get(h.no, [])
        if last and h.no != 1:
            mine = sorted({v[0]: v for v in _usual_visits(h, last) + mine}.values())
        found += [_visit(h, no, *v) for no, v in enumerate(mine, 1)]
    return found


def _usual_visits(h: Household, last: date) -> list[tuple[date, str, str, str]]:
    chance = dice("visits", h.no)
    latest = h.closed - timedelta(6) if h.closed else last
    span = (latest - h.met).days
    days = {latest, *(h.met + timedelta(int(span * chance.uniform(0.1, 0.8))) for _ in range(chance.randrange(3)))}
    return [(day, "", "", chance.choice(FINDINGS)) for day in sorted(days)]


def _visit(h: Household, no: int, day: date, dimension: str, result: str, finding: str) -> Row:
    return {
        "household_id": h.key,
        "register_year": 2565,
        "entry_no": no,
        "visit_date": day,
        "visitor": f"ทีมพี่เลี้ยงตำบล{h.tambon}",
        "finding": finding,
        "checked_dimension": DIMENSION_NAMES.get(dimension, ""),
        "check_result": result,
    }


def plan_2564(households: list[Household]) -> list[Row]:
    """A small plan of the year before: the first twelve certified then that are still listed, most of it done."""
    items = []
    for h in [h for h in households if h.certified and not h.closed][:12]:
        chance = dice("plan 2564", h.no)
        for no, aspect in enumerate(chance.sample(list(ASPECTS), chance.choice((1, 2))), 1):
            item = _item(h, no, aspect, "i" if no == 2 and chance.random() < 0.4 else "d", date(2021, 9, 22))
            items.append(item | {"due_date": date(2021, 9, 15) if item["status"] == PROGRESS["i"] else item["due_date"]})
    return items
