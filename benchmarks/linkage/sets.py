"""The three labelled sets by name, and each as a finished build: every contender begins from the same typed rows of it."""

import csv
from collections.abc import Callable
from pathlib import Path

from benchmarks import duplicates
from benchmarks.build import whole_build
from benchmarks.linkage import houses, titles
from benchmarks.linkage.people import Labelled, Person
from etl.store import Store


def plain() -> Labelled:
    """The set of benchmarks/duplicates.py: 40,000 people alone in their households, every tenth written down twice."""
    made = Labelled()
    rows, same = duplicates.written(with_ids=False)
    for household, village, house, first, last, sex, born, number in rows:
        day = tuple(int(part) for part in born.split("/")) if born else None
        made.add(Person(household, 1, village, house, first, last, sex, day, number))  # type: ignore[arg-type]
    made.same["heard and written"] = {(f"{a}/1", f"{b}/1") for a, b in same}
    return made


SETS: dict[str, Callable[[], Labelled]] = {"plain": plain, "titles": titles.labelled, "houses": houses.labelled}


def built(labelled: Labelled, folder: Path) -> Path:
    """The set through the production build: CSV files as an office would have them; returns the build's file."""
    folder.mkdir(parents=True)
    homes = {person.household: person for person in reversed(labelled.people)}
    household = [["2565", p.household, p.village, p.house, "ใน TPMAP"] for p in homes.values()]
    files = [table(folder / "households.csv", "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,บ้านเลขที่,แหล่งที่มา", household)]
    for one_cell, heading in ((False, "ชื่อ,นามสกุล"), (True, "ชื่อ-สกุล")):
        rows = [row(person) for person in labelled.people if person.one_cell is one_cell]
        if rows:
            head = f"ปีทะเบียน,รหัสครัวเรือน,คนที่,{heading},เพศ,วันเกิด,เลขประจำตัวประชาชน"
            files.append(table(folder / f"people{len(files)}.csv", head, rows))
    whole_build(folder / "data", files)
    store = Store(folder / "data")
    return store.build_path(store.current() or "")


def row(person: Person) -> list[str]:
    """A person as a row of the member register."""
    names = [f"{person.first} {person.last}"] if person.one_cell else [person.first, person.last]
    born = "/".join(map(str, person.born)) if person.born else ""
    return ["2565", person.household, str(person.number), *names, person.sex, born, person.citizen_id]


def table(path: Path, heading: str, rows: list[list[str]]) -> Path:
    """A CSV file."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading.split(","), *rows])
    return path
