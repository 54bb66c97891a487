"""The verbs of the journal: record FILE.json, and journal export | import | verify | unattached | registers.

Exit 0 when all was kept or is known, 1 when some was not, 2 when nothing was taken.
"""

import argparse
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from sqlalchemy.exc import DBAPIError

import definitions
from audit import log
from installation.paths import data_folder
from journal import photos, place, store, verify
from journal.event import SHA256
from journal.place import Entry
from queries import NATION, Filters, NoBuild, NotAllowed, Reader, build
from queries.record import MOST, TooMany, Verdict, record
from queries.register_file import write
from queries.waiting import unattached

CONTRACT = ("id", "kind", "thing", "base", "occurred_on", "body", "photos")


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py record` and `manage.py journal`."""
    made = argparse.ArgumentParser(prog="manage.py", description="Record events, and look after the journal.")
    verbs = made.add_subparsers(dest="verb", required=True)
    recorded = verbs.add_parser("record", help="record the events of a file (a list of JSON; - is standard input)")
    recorded.add_argument("file")
    exported = verbs.add_parser("export", help="every entry, a line of JSON each")
    exported.add_argument("--to", required=True, metavar="FILE.jsonl")
    imported = verbs.add_parser("import", help="record the entries of an export")
    imported.add_argument("file", metavar="FILE.jsonl")
    verbs.add_parser("verify", help="whether anything was changed or is missing")
    waiting = verbs.add_parser("unattached", help="entries whose household is in no register")
    written = verbs.add_parser("registers", help="what is recorded and in no register yet, as a workbook of the registers")
    written.add_argument("--to", required=True, metavar="FILE.xlsx")
    written.add_argument("--every", action="store_true", help="all rows of these registers")
    for field in fields(Filters):
        written.add_argument(f"--{field.name}", action="append", default=[], metavar="VALUE")
    for verb in (recorded, imported, waiting, written):
        verb.add_argument("--role", default="desk", choices=[row["role"] for row in definitions.table("roles")])
        verb.add_argument("--area", action="append", default=[], metavar="CODE", help="areas, the nation when left out")
    for verb in verbs.choices.values():
        verb.add_argument("--data", type=Path)
    return made


def main(arguments: list[str]) -> int:
    """Run one verb."""
    chosen = parser().parse_args(arguments)
    if chosen.data:
        os.environ["BAAN_SUK_DATA"] = str(chosen.data.resolve())
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        return VERBS[chosen.verb](chosen)
    except NoBuild:
        return _nothing("ยังไม่มีคลังข้อมูล ใช้ manage.py serve หรือ load ก่อน · no build yet, use manage.py serve or load first")
    except (DBAPIError, log.Unwritable, OSError) as fault:
        return _nothing(f"เขียนสมุดบันทึกไม่ได้ ไม่มีบันทึกใดถูกรับ · the journal cannot be written, nothing was taken: {fault}")
    except (ValueError, NotAllowed) as fault:
        return _nothing(str(fault))


def _nothing(says: str) -> int:
    print(says, file=sys.stderr)
    return 2


def _record(chosen: argparse.Namespace) -> int:
    events = _parsed(sys.stdin.read() if chosen.file == "-" else _text(chosen.file), chosen.file)
    if not isinstance(events, list):
        raise ValueError("ไฟล์ต้องเป็นรายการของบันทึก [{…}, …] · the file must be a list of events [{…}, …]")
    if len(events) > MOST:
        raise TooMany(f"ส่งได้ครั้งละไม่เกิน {MOST} บันทึก · at most {MOST} events at once")
    if chosen.file != "-":
        _pictures(events, Path(chosen.file).parent)
    verdicts = record(events, Reader(chosen.role, tuple(chosen.area) or (NATION,)), "console")
    print(json.dumps(verdicts, ensure_ascii=False))
    return _code(verdicts)


def _pictures(events: list[object], beside: Path) -> None:
    """Take the pictures that lie beside a file as a tablet saves them, <SHA-256>.jpg; an unfit one is named, no more."""
    named = [event.get("photos") for event in events if isinstance(event, dict)]
    for digest in sorted({one for several in named if isinstance(several, list) for one in several if isinstance(one, str)}):
        path = beside / f"{digest}.jpg"
        if SHA256.fullmatch(digest) and path.is_file():
            try:
                photos.take(data_folder(), digest, path.read_bytes())
            except photos.Unfit as unfit:
                print(f"{path.name}: {' · '.join(unfit.reason)}", file=sys.stderr)


def _text(file: str) -> str:
    """What stands in a file; raises ValueError that says what to do where it cannot be read."""
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise ValueError(
            f"{file}: อ่านไม่ได้ ตรวจชื่อไฟล์ และให้เป็นข้อความ UTF-8 · cannot be read; check the name, and that it is UTF-8 text ({fault})"
        ) from fault


def _parsed(text: str, where: str) -> object:
    """A text as JSON; raises ValueError that says where it stops being any."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ValueError(f"{where}: ไม่ใช่ JSON · is no JSON: {fault}") from fault


def _code(verdicts: list[Verdict]) -> int:
    if all(verdict["verdict"] in ("kept", "known") for verdict in verdicts):
        return 0
    return 1 if any(verdict["verdict"] in ("kept", "known", "held") for verdict in verdicts) else 2


def _export(chosen: argparse.Namespace) -> int:
    entries = store.store(data_folder()).after(0) if place.exists(data_folder()) else []
    with open(os.open(chosen.to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(event_of(entry), ensure_ascii=False) + "\n")
    print(f"{len(entries)} บันทึก → {chosen.to} · entries")
    return 0


def event_of(entry: Entry) -> dict[str, object]:
    """An entry as an event of the contract, with who recorded it and when beside it."""
    unpacked = {
        name: json.loads(entry[name]) if name in ("base", "body", "photos") else entry[name] or None for name in CONTRACT
    }
    own_thing = entry["kind"] in ("plan_new", "need", "closed", "certification")
    household = (
        {"year": int(entry["year"]), "household_id": entry["household_id"]} if entry["year"] else {"household": entry["ref"]}
    )
    about = household if entry["ref"] else {"village": entry["village"]}
    return {**unpacked, "thing": None if own_thing else unpacked["thing"], "about": about, "recorded_by": entry["who"]} | {
        name: entry[name] for name in ("seq", "role", "received_at")
    }


def _import(chosen: argparse.Namespace) -> int:
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
    verdicts: list[Verdict] = []
    for events in list(_batches(Path(chosen.file))):  # all of it is read before any of it is taken
        verdicts += record(events, reader, "console")
    for verdict in verdicts:
        if verdict["verdict"] not in ("kept", "known"):
            print(json.dumps(verdict, ensure_ascii=False))
    counted = {word: sum(v["verdict"] == word for v in verdicts) for word in ("kept", "known", "held", "differs", "refused")}
    print(json.dumps(counted))
    return _code(verdicts)


def _batches(path: Path) -> Iterator[list[object]]:
    """The events of an export, as many as one batch may have at a time; what is beside the contract stays behind."""
    batch: list[object] = []
    for number, line in enumerate(_text(str(path)).splitlines(), 1):
        if line.strip():
            entry = _parsed(line, f"{path.name} แถว {number} · line {number}")
            if not isinstance(entry, dict):
                raise ValueError(f"{path.name} แถว {number}: ต้องเป็นวัตถุ JSON · line {number}: must be a JSON object")
            batch.append({name: entry[name] for name in (*CONTRACT, "about") if entry.get(name) is not None})
            if len(batch) == MOST:
                yield batch
                batch = []
    if batch:
        yield batch


def _verify(_: argparse.Namespace) -> int:
    if not place.exists(data_folder()):
        print("ยังไม่มีบันทึก · nothing is recorded")
        return 0
    faults = list(verify.faults(data_folder()))
    for thai, english in faults:
        print(f"{thai} · {english}")
    count = store.store(data_folder()).position()
    print(f"{count} บันทึก {'ตรงตามที่บันทึกไว้' if not faults else 'มีข้อผิด'} · {count} entries, {len(faults)} faults")
    return 1 if faults else 0


def _unattached(chosen: argparse.Namespace) -> int:
    print(json.dumps(unattached(Reader(chosen.role, tuple(chosen.area) or (NATION,))), ensure_ascii=False))
    return 0


def _registers(chosen: argparse.Namespace) -> int:
    """What is recorded, as a workbook that the loader takes; written down before it lies anywhere."""
    filters = Filters.of({field.name: getattr(chosen, field.name) for field in fields(Filters)})
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
    made = write(filters, reader, chosen.every)
    facts = {
        "rows": made.rows,
        "columns": made.columns,
        "sha256": hashlib.sha256(made.bytes).hexdigest(),
        "file": Path(chosen.to).name,
    }
    log.write(data_folder(), "console", "export", role=reader.role, build=build().id, **facts)
    with open(os.open(chosen.to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made.bytes)
    print(f"{made.rows} แถว → {chosen.to} · rows")
    if made.hidden:
        print(
            f"ไม่ได้เขียน {made.hidden} แถวที่มีเลขประจำตัวประชาชน · {made.hidden} rows hold citizen IDs and are not written",
            file=sys.stderr,
        )
    return 0


VERBS = {
    "record": _record, "export": _export, "import": _import, "verify": _verify, "unattached": _unattached, "registers": _registers
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
