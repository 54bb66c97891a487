"""An event as a client sends it: read, checked against its kind, and reduced to one digest, before anything is asked or written.

The contract stands in docs/journal.md. What is wrong is said all at once, in both languages; what only looks wrong because a clock
counts Buddhist years is put right, and a date that no clock can mean is left out rather than guessed.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from audit.log import today
from definitions import table
from journal.kinds import Field, Kind, kinds

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REF = re.compile(r"[0-9a-f]{16}")
SEEN = re.compile(r"[0-9a-f]{12}")
VILLAGE = re.compile(r"[0-9]{8}")
PLACE = re.compile(r"[0-9]{4}|[0-9]{6}")  # a district or subdistrict, of which a meeting is
SHA256 = re.compile(r"[0-9a-f]{64}")
THING = {
    "plan": re.compile(rf"plan/([0-9]{{1,5}}|{UUID.pattern})"),
    "step": re.compile(r"step/[a-z_]{1,40}/[0-9]{1,3}"),
    "entry": UUID,
    "same": re.compile(rf"{UUID.pattern}|{REF.pattern}(/[0-9a-f]{{8}})?"),
    "meeting": re.compile(rf"meeting/{UUID.pattern}"),
    "item": re.compile(rf"meeting/{UUID.pattern}/item/{UUID.pattern}"),
    "action": re.compile(rf"action/{UUID.pattern}"),
    "loan": re.compile(r"loan/[0-9]{4}/\S([^\n]{0,58}\S)?"),
    "debt": re.compile(r"debt/[0-9]{4}"),
    "learning": re.compile(r"learning/[0-9]{4}-[0-9]{2}-[0-9]{2}/\S([^\n]{0,58}\S)?"),
    "forum": re.compile(rf"forum/{UUID.pattern}"),
    "forum_item": re.compile(rf"forum/{UUID.pattern}/item/[0-9]{{1,2}}([.][0-9]{{1,2}})?"),
}
FORMS = {
    "plan": "plan/<number> | plan/<UUID>",
    "meeting": "meeting/<UUID>",
    "item": "meeting/<UUID>/item/<UUID>",
    "action": "action/<UUID>",
    "loan": "loan/<fiscal year>/<project>",
    "debt": "debt/<fiscal year>",
    "learning": "learning/<day>/<path>",
    "forum": "forum/<UUID>",
    "forum_item": "forum/<UUID>/item/<item>",
}
NAMES = {
    "id",
    "kind",
    "about",
    "thing",
    "base",
    "occurred_on",
    "body",
    "photos",
    "device",
    "device_at",
    "device_n",
    "app",
    "meeting",
}
NAMED = {"household": REF, "meeting": UUID, "digest": SHA256}  # type of a field -> how what it names is written
LONGEST = 2_000  # characters of one text
MOST_BASES, MOST_PHOTOS = 50, 10
FIRST_DAY = date(2007, 1, 1)  # B.E. 2550, the first register year (rules.csv)
AHEAD = 30  # years until which something may fall due
AGES = 543  # years between the Buddhist and the common era

Reason = tuple[str, str]  # in Thai, in English


@dataclass(frozen=True)
class Event:
    """One event of the contract that its kind accepts."""

    id: str
    kind: str
    about: Mapping[str, Any]
    thing: str
    base: tuple[str, ...]
    occurred_on: date | None
    body: Mapping[str, Any]
    photos: tuple[str, ...]
    device: Mapping[str, Any] = field(default_factory=dict)


class Unacceptable(ValueError):
    """What is wrong with an event, all of it, each reason in Thai and in English."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(english for _, english in reasons))
        self.reasons = reasons


def read(given: object) -> Event:
    """One event of the contract; raises Unacceptable with every reason."""
    if not isinstance(given, dict):
        raise Unacceptable([("บันทึกต้องเป็นวัตถุ JSON", "an event must be a JSON object")])
    if not _writable(given):
        raise Unacceptable([("มีอักขระที่เก็บเป็นข้อความไม่ได้", "a character cannot be kept as text")])
    kind = kinds().get(str(given.get("kind")))
    if kind is None:
        raise Unacceptable(
            [
                (
                    f'ไม่มีบันทึกชนิด "{_short(given.get("kind"))}"',
                    f'kind "{_short(given.get("kind"))}" is not one of {", ".join(kinds())}',
                )
            ]
        )
    body = given.get("body", {})
    reasons = [*_frame(given, kind), *(_body(body, kind, given) if isinstance(body, dict) else [_wrong("body", body, "{…}")])]
    if reasons:
        raise Unacceptable(reasons)
    cleaned = {name: _cleaned(kind.fields[name], value) for name, value in body.items() if not blank(value)}
    return Event(
        given["id"],
        kind.name,
        given["about"],
        _thing(given, kind, cleaned),
        tuple(sorted(set(given.get("base") or ()))),
        _day(given.get("occurred_on")),
        cleaned,
        tuple(dict.fromkeys(given.get("photos") or ())),
        {name: given[name] for name in ("device", "device_at", "device_n", "app", "meeting") if given.get(name) is not None},
    )


def _writable(given: object) -> bool:
    """Whether every text can be stored and sent: no half of a pair of code units, no NUL."""
    try:
        return b"\\u0000" not in json.dumps(given, ensure_ascii=False).encode()
    except (UnicodeEncodeError, TypeError, ValueError, RecursionError):
        return False


def blank(value: object) -> bool:
    """Whether a field was left empty."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _cleaned(one: Field, value: Any) -> Any:
    """A field as it is kept: texts without blanks around them, days in the common era."""
    if one.type == "date":
        day = _day(value, today().replace(year=today().year + AHEAD, day=1))
        return day.isoformat() if day else value
    return value.strip() if isinstance(value, str) else value


def _thing(given: Mapping[str, Any], kind: Kind, body: Mapping[str, Any]) -> str:
    """What of the household it is: named by the client for items, steps and entries; for the rest it follows from the event."""
    if kind.name == "plan_new":
        return f"plan/{given['id']}"
    if kind.of == "need":
        return f"need/{body['item']}/{body['unit']}"
    if kind.of == "learning" and (day := _day(given["occurred_on"])):  # the day as it is put right
        return f"learning/{day.isoformat()}/{given['thing'].split('/', 2)[2]}"
    return given.get("thing") or kind.of


def _frame(given: Mapping[str, Any], kind: Kind) -> Iterator[Reason]:
    """What is wrong around the body."""
    if strange := sorted(set(map(str, given)) - NAMES):
        yield (f"ไม่มีส่วนชื่อ {_short(', '.join(strange))}", f"there is no {_short(', '.join(strange))} in an event")
    if not _is(given.get("id"), UUID):
        yield _wrong("id", given.get("id"), "UUID")
    yield from _about(given.get("about"), kind)
    wanted = THING.get(kind.of)
    if wanted and not _is(given.get("thing"), wanted):
        yield _wrong("thing", given.get("thing"), FORMS.get(kind.of, wanted.pattern))
    elif kind.of == "step" and given["thing"] not in _steps():
        yield (f"ไม่มีขั้นตอน {given['thing']}", f"{given['thing']} is no step of a case (case_steps.csv)")
    elif kind.of == "learning" and given["thing"].split("/")[1] != given.get("occurred_on"):
        yield _wrong("thing", given["thing"], f"learning/{given.get('occurred_on')}/<path>")
    if not wanted and not blank(given.get("thing")):
        yield _wrong("thing", given.get("thing"), '""')
    for name, pattern, most in (("base", UUID, MOST_BASES), ("photos", SHA256, MOST_PHOTOS)):
        several = given.get(name) or []
        if not isinstance(several, list) or len(several) > most or not all(_is(one, pattern) for one in several):
            yield _wrong(name, several, f"[≤ {most}]")
    if kind.photos == "must" and not given.get("photos"):
        yield ("ต้องมีภาพอย่างน้อยหนึ่งภาพ", "at least one picture is required")
    if not kind.photos and given.get("photos"):
        yield (f"“{kind.name_th}” แนบภาพไม่ได้", f'"{kind.name}" shows no pictures')
    when = given.get("occurred_on")
    if when is not None and _iso(when) is None:
        yield _wrong("occurred_on", when, "2022-09-14")
    elif when is not None and (day := _day(when)) and day > today():
        yield (f"วันที่ {_thai(day)} ยังมาไม่ถึง", f"{day.isoformat()} is still to come")
    if kind.moves and when is None:
        yield ("ต้องบอกวันที่ที่เกิดขึ้น", "occurred_on is required: the day on which it happened")
    for name, longest in (("device", 64), ("device_at", 40), ("app", 40), ("meeting", 64)):
        if given.get(name) is not None and not (isinstance(given[name], str) and len(given[name]) <= longest):
            yield _wrong(name, given[name], f"≤ {longest}")
    if given.get("device_n") is not None and not _whole(given["device_n"]):
        yield _wrong("device_n", given["device_n"], "0, 1, 2, …")


@cache
def _steps() -> frozenset[str]:
    return frozenset(f"step/{row['template']}/{row['step']}" for row in table("case_steps"))


def _about(about: object, kind: Kind) -> Iterator[Reason]:
    """What is wrong with the household or village that it is about."""
    names = set(about) - {"seen"} if isinstance(about, dict) else set()
    forms = {
        "household": isinstance(about, dict) and names == {"household"} and _is(about["household"], REF),
        "year": isinstance(about, dict)
        and names == {"year", "household_id"}
        and _whole(about["year"])
        and isinstance(about["household_id"], str)
        and 0 < len(about["household_id"]) <= 100,
        "village": isinstance(about, dict) and names == {"village"} and _is(about["village"], VILLAGE),
        "area": isinstance(about, dict) and names == {"area"} and _is(about["area"], PLACE),
    }
    if (
        isinstance(about, dict)
        and "seen" in about
        and not (_is(about["seen"], SEEN) and not forms["village"] and not forms["area"])
    ):
        yield _wrong("seen", about["seen"], SEEN.pattern)
    of = "household" if forms["year"] else next((name for name in ("household", "village", "area") if forms[name]), "")
    if of not in kind.about:
        yield _wrong("about", about, " | ".join(sorted(kind.about)))


def _body(body: Mapping[str, Any], kind: Kind, event: Mapping[str, Any]) -> Iterator[Reason]:
    """What is wrong with the fields; a picture says something, too."""
    if strange := sorted(set(map(str, body)) - set(kind.fields)):
        yield (f"บันทึกนี้ไม่มีช่อง {_short(', '.join(strange))}", f"{kind.name} has no field {_short(', '.join(strange))}")
    given = {name: body.get(name) for name in kind.fields if not blank(body.get(name))}
    if not given and not event.get("photos") and not any(one.required for one in kind.fields.values()) and kind.of != "step":
        yield ("ยังไม่ได้กรอกอะไร", "nothing is filled in")
    for one in kind.fields.values():
        if one.name not in given:
            if one.required or _goes_with(one, given):
                yield (f"ต้องกรอก “{one.name_th}”", f"{one.name} is required")
        elif "=" in one.together and not _goes_with(one, given):
            yield (f"ไม่ต้องกรอก “{one.name_th}”", f"{one.name} is filled in only where {one.together}")
        elif not _taken(one, given[one.name]):
            yield (
                f"“{one.name_th}” ใช้ “{_short(given[one.name])}” ไม่ได้ ต้องเป็น {_expected(one)}",
                f'{one.name}: found "{_short(given[one.name])}", expected {_expected(one)}',
            )


def _goes_with(one: Field, given: Mapping[str, Any]) -> bool:
    """Whether the field that this one goes with is filled in, with the value that is asked for where there is one."""
    name, _, value = one.together.partition("=")
    return name in given and value in ("", given[name])


def _taken(one: Field, value: object) -> bool:
    """Whether a field can hold a value."""
    kind = one.type.partition(":")[0]
    if kind == "text":
        return isinstance(value, str) and len(value) <= LONGEST
    if kind in NAMED:
        return _is(value, NAMED[kind])
    if kind in ("number", "degrees"):
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return number and (abs(value) <= 180 if kind == "degrees" else 0 <= value < 1e12)  # type: ignore[operator, arg-type]
    if kind == "date":
        return _iso(value) is not None
    if kind == "picks":
        return isinstance(value, list) and bool(value) and all(part in one.values for part in value)
    return isinstance(value, str) and value in one.values


def _expected(one: Field) -> str:
    kind = one.type.partition(":")[0]
    if kind in NAMED:
        return NAMED[kind].pattern
    forms = {"text": f"≤ {LONGEST:,}", "number": "0 …", "degrees": "-180 … 180", "date": "2022-09-14"}
    return forms.get(kind) or ", ".join(sorted(one.values))


def _day(text: object, latest: date | None = None) -> date | None:
    """The day that was meant, up to `latest` (today). A clock of the Buddhist era is 543 years ahead, and one set back by as much
    behind; a day that is neither is not known."""
    day = _iso(text)
    if day is None or abs(day.year - today().year) < 100:
        return day
    shifted = [meant for years in (-AGES, AGES) if (meant := _shifted(day, years))]
    return next((meant for meant in shifted if FIRST_DAY <= meant <= (latest or today())), None)


def _shifted(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, or a year that there is not
        return None


def _iso(text: object) -> date | None:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _thai(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + AGES}"


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _short(value: object) -> str:
    return str(value)[:80]


def _wrong(name: str, value: object, expected: str) -> Reason:
    if value is None:
        return (f"ไม่มี {name} ต้องเป็น {expected}", f"{name} is missing, expected {expected}")
    return (f"{name}: พบ “{_short(value)}” ต้องเป็น {expected}", f'{name}: found "{_short(value)}", expected {expected}')
