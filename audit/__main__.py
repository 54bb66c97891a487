"""The verb `audit`: verify the audit log, list it, prune what is older than the rule allows.

Exit 0 done and whole, 1 the log is not whole, 2 it cannot be done.
"""

import argparse
import csv
import io
import itertools
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from audit import log, prune
from audit.chain import Entry
from audit.formula_injection import harmless
from audit.verify import verify
from installation.paths import data_folder

COLUMNS = ("n", "when", "who", "role", "action", "build", "facts")


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py audit`."""
    made = argparse.ArgumentParser(prog="manage.py audit")
    verbs = made.add_subparsers(dest="verb", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR")
    verbs.add_parser("verify", parents=[common]).add_argument(
        "--seen", default="", metavar="N:HASH", help="the seal that an earlier verification printed"
    )
    listed = verbs.add_parser("list", parents=[common])
    listed.add_argument("--who", default="", help="part of an e-mail")
    listed.add_argument("--action", default="", choices=log.ACTIONS)
    listed.add_argument("--from", dest="begin", type=date.fromisoformat, metavar="YYYY-MM-DD")
    listed.add_argument("--to", dest="end", type=date.fromisoformat, metavar="YYYY-MM-DD")
    listed.add_argument("--limit", type=int, help="the latest so many")
    listed.add_argument("--format", default="table", choices=("table", "csv", "json"))
    pruned = verbs.add_parser("prune", parents=[common])
    pruned.add_argument("--months", type=int, help="the rule log_kept when left out")
    pruned.add_argument("--faulty-too", action="store_true", help="although the chain has faults; the entry says how many")
    return made


def row(entry: Entry) -> dict[str, str]:
    """An entry as cells, its facts as words."""
    facts = "; ".join(f"{name}={_text(value)}" for name, value in entry["facts"].items())
    return {name: str(entry[name]) for name in COLUMNS[:-1]} | {"facts": facts}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def as_csv(entries: Iterable[Entry]) -> str:
    """Entries as CSV, every cell quoted and none of them a formula."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row(entry).values()] for entry in entries)
    return made.getvalue()


def show(folder: Path, chosen: argparse.Namespace) -> int:
    """The verb `list`: the latest entry first."""
    entries = itertools.islice(log.entries(folder, chosen.begin, chosen.end, chosen.who, chosen.action), chosen.limit)
    if chosen.format == "csv":
        print(as_csv(entries), end="")
    elif chosen.format == "json":
        for entry in entries:
            print(json.dumps({name: entry[name] for name in COLUMNS}, ensure_ascii=False))
    else:
        for entry in entries:
            print("  ".join(cell for cell in row(entry).values() if cell))
    return 0


def check(folder: Path, seal: str) -> int:
    """The verb `verify`."""
    verdict = verify(folder, seal)
    print(f"{verdict.entries:,} รายการ · entries; {verdict.checked_at:%Y-%m-%d %H:%M:%S} UTC")
    for finding in verdict.findings:
        print(f"- {finding.says('th')} · {finding.says('en')}")
    if verdict.whole and verdict.last:
        print(f"ครบถ้วน จดเลขนี้ไว้นอกเครื่อง · whole; write this down elsewhere: {verdict.seal}")
    return 0 if verdict.whole else 1


def shorten(folder: Path, months: int | None, faulty_too: bool) -> int:
    """The verb `prune`."""
    removed = prune.prune(folder, "desk", months, faulty_too)
    print(*[f"ลบแล้ว · removed {path.name}" for path in removed] or ["ไม่มีส่วนที่เก่าพอ · nothing is old enough"], sep="\n")
    return 0


def main(arguments: list[str]) -> int:
    """Run one verb; returns its exit code."""
    chosen = parser().parse_args(arguments)
    folder = (chosen.data or data_folder()).resolve()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        if chosen.verb == "verify":
            return check(folder, chosen.seen)
        return show(folder, chosen) if chosen.verb == "list" else shorten(folder, chosen.months, chosen.faulty_too)
    except prune.Faulty:
        print("บันทึกไม่ครบถ้วน ดู audit verify ก่อน · the log is not whole, see audit verify first", file=sys.stderr)
    except log.Unwritable as fault:
        print(f"เขียนบันทึกไม่ได้ จึงไม่ลบ · the log cannot be written, so nothing was removed: {fault}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
