"""What recorded entries would become under another build, said before a load is accepted; or became, said after one.

    python -m queries.becoming BUILD.duckdb [--since BUILD.duckdb] [--report FILE.json] [--role ROLE] [--areas CODES]

Each is counted for readers whose areas it is of. Nothing is changed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from installation.paths import data_folder
from journal import place
from journal.claim import REASONS, Attached, Claim, claim_of
from journal.kinds import kinds
from journal.place import Entry
from queries.reader import DESK, NATION, Reader
from queries.record import areas_of
from queries.waiting import told
from queries.warehouse import attached_now, foreseen, state

NAMED = 20  # entries that a shell names
RULES = {
    "ref": ("ตามรหัส", "by the number"),
    "head": ("ตามหัวหน้าครัวเรือน", "by the head"),
    "same": ("ตามที่เจ้าหน้าที่ระบุ", "by an officer's word"),
}


@dataclass(frozen=True)
class Becoming:
    """Of the entries of households: how many stay with theirs, how many would come to one anew by which rule (ref, head, same), which would
    have none any more (as `queries.waiting` tells them), how many have none either way, and of how many the new registers would decide
    the field, which they do not now."""

    stay: int
    anew: Mapping[str, int]
    unattached: Sequence[dict[str, str]]
    still: int
    overruled: int

    @property
    def recorded(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.stay or self.anew or self.unattached or self.still)


def becoming(path: Path, reader: Reader, since: Path | None = None) -> Becoming:
    """What the entries of a reader's areas would become under the build of a file, against `since` or the current one."""
    if not place.exists(data_folder()):
        return Becoming(0, {}, [], 0, 0)
    entries, (now, decides_now), (then, decides_then) = _both(path, since, path.stat().st_mtime_ns, state())
    mine = [entry for entry in entries if all(reader.covers(area) for area in areas_of(entry))]
    moves = [(entry, now[claim_of(entry)], then[claim_of(entry)]) for entry in mine]
    lost = [(entry, after) for entry, before, after in moves if before.ref and not after.ref]
    return Becoming(
        stay=sum(bool(after.ref) and after.ref == before.ref for _, before, after in moves),
        anew=Counter(after.by for _, before, after in moves if after.ref and after.ref != before.ref),
        unattached=[told(entry, reader, after.why, [REASONS[after.why]]) for entry, after in lost],
        still=sum(not before.ref and not after.ref for _, before, after in moves),
        overruled=len({entry["id"] for entry in mine} & decides_then - decides_now),
    )


Answer = tuple[dict[Claim, Attached], set[str]]


@lru_cache(maxsize=2)
def _both(path: Path, since: Path | None, _changed: int, _state: str) -> tuple[list[Entry], Answer, Answer]:
    """The entries of households, and where they belong now and then: looked up once while somebody looks at a load."""
    from journal import store  # brings SQLAlchemy, which nobody waits for where nothing is recorded
    from journal.retention import as_counted

    journal = store.store(data_folder())
    entries = as_counted(journal.after(0), journal.pruned())
    of_households = [entry for entry in entries if entry["ref"]]
    return of_households, foreseen(since, entries) if since else attached_now(), foreseen(path, entries)


def lines(made: Becoming, happened: bool = False) -> list[str]:
    """What somebody in a shell is told: what would become of them, or what has."""
    if not made.recorded:
        return []
    rules = [(RULES[rule], count) for rule, count in sorted(made.anew.items())]
    thai, english = ("".join(f", {names[n]} {count}" for names, count in rules) for n in (0, 1))
    said = [
        f"บันทึกที่มีอยู่: อยู่กับครัวเรือนเดิม {made.stay}, พบครัวเรือนใหม่ {sum(made.anew.values())}{thai}, "
        f"{'' if happened else 'จะ'}ไม่แน่ว่าเป็นของใคร {len(made.unattached)}, ทะเบียนใหม่มีผลแทน {made.overruled} · "
        f"entries: {made.stay} stay with their household, {sum(made.anew.values())} come to another{english}, "
        f"{len(made.unattached)} {'have' if happened else 'would have'} none, the new register decides {made.overruled}"
    ]
    for row in made.unattached[:NAMED]:
        about = " ".join(filter(None, [row["year"], row["household_id"] or row["ref"], row["village"], row["occurred_on"]]))
        said.append(f"  {kinds()[row['kind']].name_th} {about}: {row['why']} · {row['why_en']}")
    return said


def main(arguments: list[str]) -> int:
    """Print it; returns 0."""
    parser = argparse.ArgumentParser(prog="queries.becoming")
    parser.add_argument("build", type=Path)
    parser.add_argument("--since", type=Path)
    parser.add_argument("--report", type=Path, help="the report of the load: what becomes of entries is added to it")
    parser.add_argument("--role", default=DESK.role)
    parser.add_argument("--areas", default=NATION)
    chosen = parser.parse_args(arguments)
    made = becoming(chosen.build, Reader(chosen.role, tuple(chosen.areas.split(","))), chosen.since)
    print(*lines(made, happened=chosen.since is not None), sep="\n", end="\n" if made.recorded else "")
    if chosen.report and chosen.report.exists():
        report = json.loads(chosen.report.read_text(encoding="utf-8"))
        text = json.dumps({**report, "entries": vars(made)}, ensure_ascii=False, indent=1)
        chosen.report.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
