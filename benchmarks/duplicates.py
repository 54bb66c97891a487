"""Possible duplicates: precision and recall on a labelled set, and how long a province takes.

The people are put together from parts of Thai names, so nobody is anybody; every tenth is written down twice, the second
time as another officer would.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks import register
from benchmarks.build import whole_build
from benchmarks.measure import Figure, below
from benchmarks.names import FIRST, LAST, SURNAME, SURNAMED
from etl import stages
from etl.duplicates import pairing
from etl.engine import set_key
from etl.store import Store
from etl.typing import titles

PEOPLE = 40_000
TWICE = 10  # one in so many is written down twice
VILLAGES = 400
SLIPS = [("ณ", "น"), ("ศ", "ส"), ("ษ", "ส"), ("ร", "ล"), ("ฐ", "ถ"), ("ธ", "ท"), ("์", ""), ("่", ""), ("้", ""), ("ี", "ิ"), ("ู", "ุ"), ("ใ", "ไ"), ("รร", "ร"), ("พ", "ภ")]  # fmt: skip
SECONDS = 60


def figures() -> Iterator[Figure]:
    """Precision and recall on the labelled people, with and without citizen ids; then a province's persons in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for with_ids in (False, True):
            linked, same = labelled(folder / str(with_ids), with_ids)
            evidence = "with every second citizen id" if with_ids else "by name, sex, birth date and place alone"
            yield Figure(f"duplicates, {evidence}, precision", percent(len(linked & same), len(linked)), "%")
            yield Figure(f"duplicates, {evidence}, recall", percent(len(linked & same), len(same)), "%")
        files = register.make(folder, people=True)
        whole_build(folder / "data", files)
        yield below("duplicates of a province, 1.16 million people", again(folder / "data"), "s", SECONDS)


def labelled(folder: Path, with_ids: bool) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of households that the build links, and those that are one person."""
    folder.mkdir()
    rows, same = written(with_ids)
    household = folder / "households.csv"
    head = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,บ้านเลขที่,แหล่งที่มา\n"
    household.write_text(head + "".join(f"2565,{r[0]},{r[1]},{r[2]},ใน TPMAP\n" for r in rows), encoding="utf-8")
    person = folder / "people.csv"
    head = "ปีทะเบียน,รหัสครัวเรือน,คนที่,ชื่อ,นามสกุล,เพศ,วันเกิด,เลขประจำตัวประชาชน\n"
    person.write_text(head + "".join(f"2565,{r[0]},1,{','.join(r[3:])}\n" for r in rows), encoding="utf-8")
    whole_build(folder / "data", [household, person])
    store = Store(folder / "data")
    with duckdb.connect(str(store.build_path(store.current() or "")), read_only=True) as connection:
        linked = connection.execute("select household_id, other_household_id from duplicate").fetchall()
    return {(min(pair), max(pair)) for pair in linked}, same


def written(with_ids: bool) -> tuple[list[tuple[str, ...]], set[tuple[str, str]]]:
    """Rows (household, village, house, first name, last name, sex, birth date, citizen id) and the pairs that are one."""
    chance = random.Random(2565)
    rows: list[tuple[str, ...]] = []
    same = set()
    for n in range(PEOPLE):
        village = (
            f"342106{1 + n % 9:02}" if n % VILLAGES < 9 else f"3421{1 + n % VILLAGES % 6:02}{1 + n % VILLAGES // 6 % 99:02}"
        )
        first = "".join(chance.sample(FIRST, 1) + chance.sample(LAST, 1))
        last = "".join(chance.sample(SURNAME, 1) + chance.sample(SURNAMED, 1))
        sex, year = chance.choice(["ชาย", "หญิง"]), chance.randint(2470, 2555)
        house, born = str(chance.randint(1, 300)), f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{year}"
        number = citizen_id(n) if with_ids and n // TWICE % 2 else ""
        rows.append((f"P{n}", village, house, first, last, sex, born, number))
        if n % TWICE == 0:
            house = house if chance.random() < 0.5 else str(chance.randint(1, 300))
            born = born if chance.random() < 0.7 else ""
            rows.append((f"Q{n}", village, house, slipped(first, chance), slipped(last, chance), sex, born, number))
            same.add((f"P{n}", f"Q{n}"))
    return rows, same


def slipped(name: str, chance: random.Random) -> str:
    """The name as somebody writes it who heard it: as it is, a letter that sounds alike, one left out, or two in the wrong order."""
    kind = chance.random()
    if kind < 0.4:
        return name
    possible = [(old, new) for old, new in SLIPS if old in name]
    if kind < 0.8 and possible:
        return name.replace(*chance.choice(possible), 1)
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :] if kind < 0.9 else name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def citizen_id(n: int) -> str:
    """A number of an office that does not exist."""
    digits = f"10000{n:07}"
    return digits + str((11 - sum((13 - i) * int(d) for i, d in enumerate(digits)) % 11) % 10)


def again(data: Path) -> float:
    """Seconds that the search alone takes over a finished build."""
    store = Store(data)
    path = store.build_path(store.current() or "")
    copy = path.with_name("again.duckdb")
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o600)
    with duckdb.connect() as connection:
        set_key(connection, bytes(32))
        for name in stages.MACROS:
            connection.execute(stages.SCRIPTS[name].read_text(encoding="utf-8"))
        titles.make(connection)
        connection.execute(f"attach '{copy}' as out; drop table out.duplicate")
        begin = time.perf_counter()
        pairing.find(connection)
        return time.perf_counter() - begin


def percent(part: int, whole: int) -> float:
    """To one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0
