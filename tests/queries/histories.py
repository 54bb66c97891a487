"""Random histories: registers that come in turns, entries between them, and what the screens said at each moment.

Fifty at once, each a district of its own with a few households: what is kept and as of when is a district's own, so that none has to do
with another, and one installation shows them all.
"""

import csv
import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.load import load
from etl.store import Store
from journal import store
from queries import DESK, Filters, build
from queries.moments import Moment, now
from queries.record import record
from queries.warehouse import current
from tests.drawn import register, write_csv
from tests.journal.recorded import event

AT_ONCE = 50  # histories of one run
DAYS = [f"2022-{month:02}-{day:02}" for month in (5, 6, 7, 8, 9) for day in (1, 9, 20)]
NUMBERS = range(1, 8)  # of the households of a district

Rows = dict[str, dict[str, Any]]  # ref -> the household as its door shows it


@dataclass
class Seen:
    """One moment of a history, and what the screens said then."""

    moment: Moment
    rows: Rows


def district(chance: random.Random, tambon: str) -> dict[str, list[list[str]]]:
    """What the registers of one load say of one district."""
    pick = chance.choice
    homes = [f"{tambon[:4]}H{number}" for number in NUMBERS if chance.random() < 0.8]
    rows = {
        "household": [
            [home, f"{tambon}0{pick('12')}", pick(["certified", "certified", "proposed", "refused", ""]),
             pick(["tpmap", "outside", "both"]), pick("01"), pick(["21000", "60000", ""]), pick("1234"),
             pick(["", "", "", "2022-09-01"]), pick(["confirmed", "unverified", ""])]
            for home in homes
        ]
    }  # fmt: skip
    more = {
        "plan": lambda home: [
            home,
            pick("123"),
            pick(["skill", "resource"]),
            pick([*DAYS, ""]),
            pick(["planned", "done"]),
            pick(DAYS),
        ],
        "visit": lambda home: [
            home,
            pick("12"),
            pick(DAYS),
            *pick([["", ""], ["living", "0"], ["health", "1"], ["health", "0"]]),
        ],
        "person": lambda home: [home, pick("12"), "สมชาย", pick(["validated", "none", "registered"])],
        "contribution": lambda home: [home, pick("12"), pick(DAYS), "material", "ปูน", "3", "ถุง"],
        "step": lambda home: [home, pick("123"), pick(DAYS), pick([*DAYS, ""])],
    }
    return rows | {
        name: [row(home) for home in homes if chance.random() < 0.6] if chance.random() < 0.7 else []
        for name, row in more.items()
    }


HEADINGS = {
    "household": "household_id | village_code | certification | source | indicator_8 | income_per_person | members | closed_date | verification",
    "plan": "household_id | item_no | aspect | due_date | status | updated_date",
    "visit": "household_id | entry_no | visit_date | checked_dimension | check_result",
    "person": "household_id | member_no | first_name | welfare_card",
    "contribution": "household_id | entry_no | given_date | kind | item | quantity | unit",
    "step": "household_id | step | started_date | due_date",
}  # fmt: skip


def drawn_registers(chance: random.Random, tambons: list[str]) -> dict[str, str]:
    """The registers of one load, as drawn tables."""
    rows: dict[str, list[list[str]]] = {}
    for tambon in tambons:
        for name, told in district(chance, tambon).items():
            rows.setdefault(name, []).extend(told)
    return {name: "\n".join([HEADINGS[name], *(" | ".join(row) for row in told)]) for name, told in rows.items() if told}


@dataclass
class Pool:
    """Some builds of one installation, each with the files it was made of: name -> lines, as a spreadsheet shows them."""

    folder: Path
    builds: list[str]
    stash: Path
    lines: dict[str, dict[str, list[list[str]]]]
    tambons: list[str]


def pool(folder: Path, builds: int, chance: random.Random, tambons: list[str]) -> Pool:
    """Load drawn registers one after another, and keep every build that came of it."""
    made = Pool(folder, [], folder / "stash", {}, tambons)
    made.stash.mkdir(parents=True)
    data = folder / "data"
    for _ in range(builds):
        registers = Store(data)
        files = [
            write_csv(folder / f"{name}.csv", register(name, text)) for name, text in drawn_registers(chance, tambons).items()
        ]
        with registers.lock():
            load(registers, files, "en")
        name = registers.current()
        assert name
        if name not in made.builds:
            made.builds.append(name)
            os.link(registers.build_path(name), made.stash / f"{name}.duckdb")
            made.lines[name] = {f.name: list(csv.reader(f.path.open(encoding="utf-8"))) for f in registers.accepted()}
    return made


def installed(of: Pool, folder: Path) -> None:
    """A data folder with every build of the pool and nothing recorded."""
    (folder / "warehouse").mkdir(parents=True)
    shutil.copy(of.folder / "data" / "secret.key", folder / "secret.key")
    for path in of.stash.glob("*.duckdb"):
        os.link(path, folder / "warehouse" / path.name)


def use(of: Pool, folder: Path, name: str, moment: str) -> None:
    """Make one build of the pool the current one, as the loader would."""
    entry = {"build": name, "made_at": moment, "files": [], "by_hand": {}}
    path = folder / "warehouse" / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(entry), encoding="utf-8")
    pointer = folder / "warehouse" / "CURRENT.new"
    pointer.write_text(name, encoding="ascii")
    os.replace(pointer, folder / "warehouse" / "CURRENT")


def an_event(chance: random.Random, tambon: str, kept: list[tuple[str, str]]) -> dict[str, Any]:
    """Something that somebody records in a district; what was recorded there before may be taken back."""
    home, day = f"{tambon[:4]}H{chance.choice(NUMBERS)}", chance.choice(DAYS)
    if kept and chance.random() < 0.15:
        home, entry = chance.choice(kept)
        return event("withdrawn", home, on=day, thing=entry, reason="ผิด")
    kind = chance.choice(
        ["visit", "visit", "plan_new", "plan_status", "gift", "closed", "certification", "note", "step_started", "step_due"]
    )
    more: dict[str, Any] = {
        "visit": chance.choice([{}, {"checked_dimension": "living", "check_result": "0"}, {"checked_dimension": "living", "check_result": "1"},
                                {"checked_dimension": "income", "check_result": "0"}]),
        "plan_new": {"aspect": "skill", "activity": "เลี้ยงไก่", "due_date": chance.choice(DAYS)},
        "plan_status": {"thing": f"plan/{chance.choice('123')}", "status": chance.choice(["planned", "done"])},
        "gift": {"gift": "material", "item": "ปูน", "quantity": "2", "unit": "ถุง"},
        "closed": {"close_reason": "better"},
        "certification": {"certification": chance.choice(["certified", "refused"])},
        "note": {"note": "แวะไป"},
        "step_started": {"thing": f"step/house_build/{chance.choice('1234')}"},
        "step_due": {"thing": f"step/house_build/{chance.choice('1234')}", "due_date": chance.choice(DAYS)},
    }[kind]  # fmt: skip
    if kind == "plan_new":
        more["thing"] = ""
    return event(kind, home, on=day, **{name: value for name, value in more.items() if value != ""})


def shown() -> Rows:
    """Every household as the door of the questions shows it now."""
    cursor = current()[0].cursor()
    now()  # what was recorded meanwhile counts
    bound = {"f": Filters().struct(), "r": DESK.struct()}
    rows = cursor.sql("select * from chosen_households($f, $r)", params=bound).to_arrow_table()
    return {row["ref"]: row for row in rows.to_pylist()}


def history(of: Pool, folder: Path, chance: random.Random) -> Iterator[Seen]:
    """What the screens say again and again while builds come and people record; BAAN_SUK_DATA names `folder`."""
    installed(of, folder)
    kept: dict[str, list[tuple[str, str]]] = {tambon: [] for tambon in of.tambons}
    for name in chance.sample(of.builds, chance.choice([1, 2, 2, 3])):
        use(of, folder, name, datetime.now(UTC).isoformat())
        assert build().id == name
        yield Seen(now(), shown())
        for _ in range(chance.choice([1, 2])):
            work(chance, kept)
            yield Seen(now(), shown())


def work(chance: random.Random, kept: dict[str, list[tuple[str, str]]]) -> None:
    """Up to four entries in each district."""
    made = [(tambon, an_event(chance, tambon, own)) for tambon, own in kept.items() for _ in range(chance.randrange(5))]
    verdicts = record([one for _, one in made], DESK, "field@example.go.th")
    for (tambon, one), verdict in zip(made, verdicts, strict=True):
        if verdict["verdict"] in ("kept", "held"):
            kept[tambon].append((one["about"]["household_id"], one["id"]))


def closed(folder: Path) -> None:
    """Let the journal of a history go."""
    for key in [key for key in store._stores if key[0] == folder.resolve()]:
        opened = store._stores.pop(key)
        opened._watch.close()
        opened.engine.dispose()
