"""Access control list: `DIR/access.csv`, one row per grant, as an officer edits it. Any fault in it lets nobody in."""

import csv
import logging
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

import geothai

import definitions
from access.area import NATION

NAME = "access.csv"
COLUMNS = ("email", "name", "role", "area", "status", "note")
STATUS = ("active", "disabled")
EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")  # no letters that only look like these
OTHERS = 0o077  # what group and world may do; a file of names and rights is its owner's alone
LIMIT = 1_000_000  # bytes; some 10,000 grants, a province has a few hundred

log = logging.getLogger("baansuk.access")


@dataclass(frozen=True)
class Person:
    """One person who may come in: e-mail in small letters, name, and per role the area codes it covers."""

    email: str
    name: str
    grants: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Users:
    """Everybody who may come in now; nobody when the file has a fault, which only `administrators` may read."""

    people: Mapping[str, Person] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    administrators: frozenset[str] = frozenset()

    def person(self, email: str) -> Person | None:
        """Who has this e-mail, whatever its case; none for a stranger, a disabled person or a faulty file."""
        return None if self.faults else self.people.get(email.casefold())


def users(folder: Path) -> Users:
    """The users file of a data folder as it is now: looked at on every request, read again when it changed."""
    path = folder / NAME
    try:
        file = os.stat(path)
    except OSError:
        key: tuple = ()
    else:
        key = (file.st_mtime_ns, file.st_ctime_ns, file.st_ino, file.st_size, file.st_mode)
    cached = _cached.get(path)
    if cached is None or cached[0] != key:
        with _lock:
            cached = _cached.get(path)
            if cached is None or cached[0] != key:
                cached = _cached[path] = (key, read(path))
                _log_faults(cached[1])
    return cached[1]


_lock = threading.Lock()
_cached: dict[Path, tuple[tuple, Users]] = {}


def _log_faults(loaded: Users) -> None:
    """Faults go to the server's console; a stranger at the door learns nothing of them."""
    if loaded.faults:
        lines = "\n".join(f"  {fault}" for fault in loaded.faults)
        log.error("ไม่มีใครเข้าได้จนกว่าจะแก้ไขรายชื่อผู้ใช้ · nobody can come in until the users file is corrected:\n%s", lines)


def read(path: Path) -> Users:
    """The users of one file, or all its faults at once."""
    wrong = unreadable(path)
    if wrong:
        return Users(faults=(wrong,))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Users(faults=(f"{NAME}: อ่านไม่ได้ ต้องเป็นไฟล์ CSV แบบ UTF-8 · cannot be read; save it as CSV UTF-8",))
    rows, faults = _rows(text)
    clean = [row for row in rows if not row.faults]
    faults += [fault for row in rows for fault in row.faults] + _twice(clean)
    people = _people(clean)
    administrators = frozenset(p.email for p in people.values() if any(_role(r)["users"] == "yes" for r in p.grants))
    return Users(MappingProxyType({} if faults else people), tuple(faults), administrators)


def unreadable(path: Path) -> str | None:
    """Why a users file is not even looked into: it is missing, too large, or others than its owner can read or write it."""
    if not path.is_file():
        return (
            f"{NAME}: ไม่มีไฟล์นี้ เพิ่มผู้ใช้คนแรกด้วย python3 manage.py users add อีเมล admin TH · "
            "missing; add the first person with: python3 manage.py users add EMAIL admin TH"
        )
    if path.stat().st_size > LIMIT:
        return f"{NAME}: ใหญ่เกิน {LIMIT:,} ไบต์ · larger than {LIMIT:,} bytes"
    return exposed(path)


def exposed(path: Path) -> str | None:
    """What to type when others than its owner can read or change a file or folder; Windows keeps rights elsewhere."""
    if os.name == "nt" or not path.exists() or not path.stat().st_mode & OTHERS:
        return None
    mode = "700" if path.is_dir() else "600"
    return (
        f"{path.name}: ผู้ใช้อื่นของเครื่องเปิดได้ ต้องเป็นของเจ้าของเท่านั้น พิมพ์ chmod {mode} '{path}' · "
        f"others on this machine can open it; type: chmod {mode} '{path}'"
    )


@dataclass(frozen=True)
class Row:
    """One grant as it stands in the file, with what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[str, ...]


def _rows(text: str) -> tuple[list[Row], list[str]]:
    """Every row that is not blank, numbered as a spreadsheet does, and the faults of the heading."""
    lines = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        table = [(lines.line_num, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as fault:
        return [], [f"{NAME} แถว {lines.line_num}: เครื่องหมายคำพูดไม่ครบ · row {lines.line_num}: {fault}"]
    heading = [cell.strip() for cell in table[0][1]] if table else []
    if tuple(heading) != COLUMNS:
        return [], [_fault(1, "", ",".join(heading), ",".join(COLUMNS), "แก้หัวคอลัมน์แถวแรก", "correct the heading")]
    return [_row(number, cells) for number, cells in table[1:]], []


def _row(number: int, cells: list[str]) -> Row:
    record = dict(zip(COLUMNS, [cell.strip() for cell in cells] + [""] * len(COLUMNS), strict=False))
    record["email"] = record["email"].casefold()
    faults = list(_wrong(number, record))
    if len(cells) > len(COLUMNS):
        faults.append(_fault(number, "", ",".join(cells), ",".join(COLUMNS), "มีช่องเกิน", "too many cells"))
    return Row(number, record, tuple(faults))


def _wrong(number: int, row: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the cells of one row."""
    if not EMAIL.fullmatch(row["email"]):
        yield _fault(
            number, "email", row["email"], "name@example.go.th", "ใส่อีเมลที่ใช้ลงชื่อเข้าใช้", "give the e-mail of the sign-in"
        )
    if row["role"] not in roles():
        yield _fault(number, "role", row["role"], ", ".join(roles()), "เลือกบทบาทหนึ่งอย่าง", "choose one role")
    if row["area"] not in areas():
        expected = "TH หรือรหัส 2, 4, 6 หลัก · TH or a code of 2, 4 or 6 digits"
        yield _fault(number, "area", row["area"], expected, "ใส่รหัสพื้นที่ของกรมการปกครอง", "give the area's DOPA code")
    if row["status"] not in STATUS:
        yield _fault(number, "status", row["status"], ", ".join(STATUS), "ใส่ active หรือ disabled", "write active or disabled")


def _fault(row: int, column: str, value: str, expected: str, thai: str, english: str) -> str:
    where = f' คอลัมน์ "{column}"' if column else ""
    there = f', column "{column}"' if column else ""
    return (
        f'{NAME} แถว {row}{where}: พบ "{value}" ต้องเป็น {expected} ({thai}) · '
        f'row {row}{there}: found "{value}", expected {expected} ({english})'
    )


def _twice(rows: list[Row]) -> list[str]:
    """Grants that stand twice: one could be disabled while the other still lets the person in."""
    counts = Counter((row.cells["email"], row.cells["role"], row.cells["area"]) for row in rows)
    faults = []
    for grant in (grant for grant, times in counts.items() if times > 1):
        numbers = ", ".join(str(r.number) for r in rows if (r.cells["email"], r.cells["role"], r.cells["area"]) == grant)
        same = " ".join(grant)
        faults.append(
            f"{NAME} แถว {numbers}: {same} ซ้ำกัน ให้เหลือแถวเดียว · rows {numbers}: {same} stands more than once, leave one"
        )
    return faults


def _people(rows: list[Row]) -> dict[str, Person]:
    """The active grants, one person per e-mail, areas of one role together, roles in the order of roles.csv."""
    active = [row.cells for row in rows if row.cells["status"] == "active"]
    people = {}
    for email in {row["email"]: None for row in active}:
        own = [row for row in active if row["email"] == email]
        held = {role: tuple(sorted({row["area"] for row in own if row["role"] == role})) for role in roles()}
        grants = {role: (NATION,) if NATION in codes else codes for role, codes in held.items() if codes}
        people[email] = Person(email, next((row["name"] for row in own if row["name"]), email), MappingProxyType(grants))
    return people


@cache
def roles() -> tuple[str, ...]:
    """The roles that a person can hold; the desk is nobody's, it is what stands there without sign-in."""
    return tuple(row["role"] for row in definitions.table("roles") if row["role"] != "desk")


def _role(name: str) -> Mapping[str, str]:
    return next(row for row in definitions.table("roles") if row["role"] == name)


@cache
def areas() -> Mapping[str, tuple[str, str]]:
    """The nation and every province, district and subdistrict: DOPA code -> name in Thai and in English."""
    places: list[geothai.Province | geothai.District | geothai.Subdistrict] = []
    for province in geothai.provinces():
        places.append(province)
        for district in geothai.districts(province.code):
            places += [district, *geothai.subdistricts(district.code)]
    return {NATION: ("ทั้งประเทศ", "the whole nation"), **{place.code: (place.name_th, place.name_en) for place in places}}
