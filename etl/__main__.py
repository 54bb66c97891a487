"""Verbs of the loader: `python -m etl load FILE…` and `python -m etl ensure`.

The one place of this room that knows `queries`: a finished build is probed with every question before it is published.
"""

import argparse
import json
import sys
from pathlib import Path

import duckdb

from etl import report
from etl.build import build, identity
from etl.shapes import forget, is_outlines
from etl.store import Busy, Register, Store, checksum
from queries import probe

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "sample"


class Refused(Exception):
    """The new files cannot be loaded as a whole; carries the report."""

    def __init__(self, said: report.Report) -> None:
        self.report = said


def ensure(store: Store) -> None:
    """Build when there is no build of the present inputs: the accepted registers, or the sample where there are none."""
    files, sample = inputs(store.accepted())
    current = store.current()
    if current != identity(files, store.secret()) or not store.build_path(current).exists():
        print("กำลังสร้างคลังข้อมูล… · building the warehouse…", file=sys.stderr, flush=True)
        build(store, files, sample, probe)
        forget(store.shapes, files)


def inputs(accepted: list[Register]) -> tuple[list[Register], bool]:
    """What a build is made of: the accepted files, with the sample registers where none of them is a register."""
    if any(not is_outlines(file.name) for file in accepted):
        return accepted, False
    sample = [Register(p.name, checksum(p), p) for p in sorted(SAMPLE.iterdir()) if p.suffix in {".csv", ".xlsx"}]
    return [*sample, *accepted], True


def load(store: Store, paths: list[Path], language: str) -> report.Report:
    """Add files to the accepted registers (one of the same name is replaced) and build; returns the report."""
    if absent := [p.name for p in paths if not p.is_file()]:
        return report.of_unreadable(absent, "ไม่พบไฟล์ · no such file", "ไฟล์ทะเบียน · a register file", store.current())
    new = {p.name: Register(p.name, checksum(p), p) for p in paths}
    if twice := [p.name for p in paths if checksum(p) != new[p.name].checksum]:
        found = "สองไฟล์ชื่อเดียวกัน · two files of one name"
        return report.of_unreadable(twice, found, "ชื่อไม่ซ้ำกัน · each name once", store.current())
    before = store.accepted()
    after = [new.get(f.name, f) for f in before] + [f for n, f in new.items() if n not in {b.name for b in before}]
    files, sample = inputs(after)
    name = identity(files, store.secret())
    if name == store.current() and store.build_path(name).exists():
        return {"outcome": "unchanged", "build": name, "files": []}

    refused = report.refused_before(store.build_path(store.current() or ""))

    def settle(finished: Path) -> None:
        probe(finished)
        said = report.of_build(finished, name, set(new), refused, language)
        if said["outcome"] == "refused":
            raise Refused({**said, "build": store.current()})
        store.accept(after)

    try:
        build(store, files, sample, settle)
    except Refused as whole:
        return whole.report
    finally:
        forget(store.shapes, store.accepted())
    return report.of_build(store.build_path(name), name, set(new), refused, language)


def main(arguments: list[str]) -> int:
    """Run one verb; returns its exit code."""
    parser = argparse.ArgumentParser(prog="manage.py")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("load", "ensure"):
        made = verbs.add_parser(verb)
        made.add_argument("--data", type=Path, default=ROOT / "data")
    made = verbs.choices["load"]
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--report", type=Path, metavar="FILE.json")
    made.add_argument("--language", choices=("th", "en"), default="th")
    chosen = parser.parse_args(arguments)
    store = Store(chosen.data.resolve())
    try:
        with store.lock():
            if chosen.verb == "ensure":
                ensure(store)
                return 0
            said = load(store, chosen.files, chosen.language)
    except Busy:
        print("มีการโหลดอื่นทำงานอยู่ รอให้เสร็จแล้วลองใหม่ · another load is running, try again when it is done", file=sys.stderr)
        return 2
    except (duckdb.Error, OSError) as fault:  # 1 would say "built, some rows refused"
        print(f"ไม่สำเร็จ คลังข้อมูลเดิมยังอยู่ · failed, the earlier build is still in place: {fault}", file=sys.stderr)
        return 2
    print(*report.lines(said), sep="\n")
    if chosen.report:
        chosen.report.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return report.exit_code(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
