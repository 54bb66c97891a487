"""The verbs of the journal: record FILE.json, and journal export | import | verify | unattached | prune | registers.

Exit 0 when all was kept or is known, 1 when some was not, 2 when nothing was taken.
"""

import argparse
import contextlib
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import definitions
from audit import log
from installation import secret
from installation.paths import data_folder
from journal import envelope, frozen, parcel, photos, place, retention, store, verify
from journal.claim import claim_of, seen
from journal.event import SHA256, VILLAGE
from journal.kinds import kinds
from journal.place import Entry
from queries import NATION, Filters, NoBuild, NotAllowed, Reader, ask, build
from queries.record import MOST, TooMany, Verdict, record
from queries.register_file import write
from queries.waiting import candidates, unattached
from queries.warehouse import open_anew

BESIDE = ("about", "sealed")  # of an event that comes in, sealed by a tablet perhaps
CONTRACT = ("id", "kind", "thing", "base", "occurred_on", "body", "photos", "meeting")


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py record` and `manage.py journal`."""
    made = argparse.ArgumentParser(prog="manage.py", description="Record events, and look after the journal.")
    verbs = made.add_subparsers(dest="verb", required=True)
    recorded = verbs.add_parser("record", help="record the events of a file (a list of JSON; - is standard input)")
    recorded.add_argument("file")
    exported = verbs.add_parser("export", help="every entry, a line of JSON each")
    exported.add_argument(
        "--to",
        required=True,
        metavar="FOLDER|FILE.zip|FILE.jsonl",
        help="pictures and what meetings froze come along but to .jsonl",
    )
    imported = verbs.add_parser("import", help="record the entries of an export")
    imported.add_argument("file", metavar="FOLDER|FILE.zip|FILE.jsonl")
    pruned = verbs.add_parser("prune", help="take away the content of entries past their time, and pictures that nothing shows")
    pruned.add_argument("--preview", action="store_true", help="say what would go, and change nothing")
    pruned.add_argument("--faulty-too", action="store_true", help="although the journal has faults; the log says how many")
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
    except place.Unreachable as fault:
        return _nothing(f"อ่านสมุดบันทึกไม่ได้ · the journal cannot be reached: {fault}")
    except (*store.FAULTS, log.Unwritable) as fault:
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
    beside = None if chosen.file == "-" else Path(chosen.file).parent
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))

    def take(some: list[object]) -> list[Verdict]:
        if beside:
            _pictures(some, beside)
        return record(some, reader, "console")

    if beside:
        _unsealed(events, beside)
    verdicts = envelope.through(data_folder(), events, take)
    print(json.dumps(verdicts, ensure_ascii=False))
    return _code(verdicts)


def _unsealed(events: list[object], beside: Path) -> None:
    """Take the sealed pictures that lie beside a file, <SHA-256>.sealed, of whoever sealed the entry that names them."""
    for event in events:
        if not isinstance(event, dict) or not envelope.is_envelope(event):
            continue
        with contextlib.suppress(envelope.Shut):  # the entry's own verdict says it
            named = envelope.opened(data_folder(), event).get("photos")
            for digest in named if isinstance(named, list) else ():
                _unsealed_one(digest, beside, event["sealed"].get("of"))


def _unsealed_one(digest: object, beside: Path, who: object) -> None:
    if not (isinstance(digest, str) and SHA256.fullmatch(digest)):
        return
    path = beside / f"{digest}{envelope.SUFFIX}"
    if path.is_file():
        try:
            photos.take(data_folder(), digest, envelope.picture(data_folder(), digest, path.read_bytes(), who))
        except (photos.Unfit, envelope.Shut) as unfit:
            print(f"{path.name}: {' · '.join(unfit.reason)}", file=sys.stderr)


def _pictures(events: list[object], beside: Path) -> None:
    """Take the pictures that lie beside a file as a tablet saves them, <SHA-256>.jpg; an unfit one is named, no more."""
    named = [event.get("photos") for event in events if isinstance(event, dict)]
    for digest in sorted({one for several in named if isinstance(several, list) for one in several if isinstance(one, str)}):
        path = beside / f"{digest}.jpg"
        if SHA256.fullmatch(digest) and path.is_file():
            _picture(digest, path.read_bytes())


def _picture(digest: str, body: bytes) -> None:
    try:
        photos.take(data_folder(), digest, body)
    except photos.Unfit as unfit:
        print(f"{digest}.jpg: {' · '.join(unfit.reason)}", file=sys.stderr)


def _text(file: str) -> str:
    """What stands in a file; raises ValueError that says what to do where it cannot be read."""
    try:
        return parcel.entries(Path(file))
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
    folder, to = data_folder(), Path(chosen.to)
    journal = store.store(folder) if place.exists(folder) else None
    gone = journal.pruned() if journal else {}
    entries = [entry for entry in journal.after(0) if entry["seq"] not in gone] if journal else []
    contents = frozen.of_entries(folder, entries) if parcel.has_pictures(to) else {}
    written, pictures = parcel.write(to, map(event_of, entries), folder, contents)
    print(f"{written} บันทึก {pictures} ภาพ → {to} · entries, pictures")
    if contents:
        print(f"{len(contents)} สิ่งที่ที่ประชุมเห็นหรือรายงานการประชุม · what meetings saw, and minutes")
    named = {one for entry in entries for one in json.loads(entry["photos"])}
    if parcel.has_pictures(to) and len(named) > pictures:
        print(f"{len(named) - pictures} ภาพไม่อยู่ในเครื่องนี้ · pictures are not on this machine", file=sys.stderr)
    return 0


def event_of(entry: Entry) -> dict[str, object]:
    """An entry as an event of the contract, with who recorded it and when beside it."""
    unpacked = {
        name: json.loads(entry[name]) if name in ("base", "body", "photos") else entry[name] or None
        for name in CONTRACT
        if name != "meeting"
    } | {"meeting": json.loads(entry["device"]).get("meeting")}
    own_thing = entry["kind"] in ("plan_new", "need", "closed", "certification")
    household = (
        {"year": int(entry["year"]), "household_id": entry["household_id"]} if entry["year"] else {"household": entry["ref"]}
    )
    head = claim_of(entry).head
    seen_then = {"seen": seen(secret.key(data_folder(), "head"), head)} if head else {}
    of_place = {"village" if VILLAGE.fullmatch(entry["village"]) else "area": entry["village"]}
    about = household | seen_then if entry["ref"] else of_place
    return {**unpacked, "thing": None if own_thing else unpacked["thing"], "about": about, "recorded_by": entry["who"]} | {
        name: entry[name] for name in ("seq", "role", "received_at")
    }


def _import(chosen: argparse.Namespace) -> int:
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
    verdicts: list[Verdict] = []
    batches = list(_batches(Path(chosen.file)))
    for digest, body in parcel.pictures(Path(chosen.file)):
        _picture(digest, body)
    _contents(Path(chosen.file), batches)
    for events in batches:  # all of it is read before any of it is taken
        verdicts += envelope.through(data_folder(), events, lambda some: record(some, reader, "console"))
    for verdict in verdicts:
        if verdict["verdict"] not in ("kept", "known"):
            print(json.dumps(verdict, ensure_ascii=False))
    words = ("kept", "known", "held", "differs", "refused", "sealed")
    counted = {word: sum(v["verdict"] == word for v in verdicts) for word in words}
    print(json.dumps(counted))
    return _code(verdicts)


def _contents(path: Path, batches: list[list[object]]) -> None:
    """Keep what the entries of a parcel froze; what is not what it is called, or what no entry names, stays out."""
    events = [event for batch in batches for event in batch if isinstance(event, dict)]
    bodies = [(str(event.get("kind")), event["body"]) for event in events if isinstance(event.get("body"), dict)]
    wanted = {digest for kind, body in bodies for digest in frozen.named(kind, body)}
    for digest, content in parcel.contents(path):
        if digest not in wanted:
            continue
        if hashlib.sha256(content).hexdigest() == digest:
            frozen.keep(data_folder(), content)
        else:
            print(f"{digest}{parcel.FROZEN}: เนื้อหาไม่ตรงกับชื่อ · is not what it is called", file=sys.stderr)


def _batches(path: Path) -> Iterator[list[object]]:
    """The events of an export, as many as one batch may have at a time; what is beside the contract stays behind."""
    batch: list[object] = []
    for number, line in enumerate(_text(str(path)).splitlines(), 1):
        if line.strip():
            entry = _parsed(line, f"{path.name} แถว {number} · line {number}")
            if not isinstance(entry, dict):
                raise ValueError(f"{path.name} แถว {number}: ต้องเป็นวัตถุ JSON · line {number}: must be a JSON object")
            batch.append({name: entry[name] for name in (*CONTRACT, *BESIDE) if entry.get(name) is not None})
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
    journal = store.store(data_folder())
    count, gone = journal.position(), len(journal.pruned())
    if gone:
        print(f"{gone} บันทึกพ้นกำหนดเก็บ เนื้อหาถูกลบแล้ว · the content of {gone} entries is gone, their time was over")
    print(f"{count} บันทึก {'ตรงตามที่บันทึกไว้' if not faults else 'มีข้อผิด'} · {count} entries, {len(faults)} faults")
    return 1 if faults else 0


def _prune(chosen: argparse.Namespace) -> int:
    folder = data_folder()
    if not place.exists(folder):
        print("ยังไม่มีบันทึก · nothing is recorded")
        return 0
    try:
        what = retention.due(folder) if chosen.preview else retention.prune(folder, "console", chosen.faulty_too)
    except retention.Faulty:
        return _nothing(
            "สมุดบันทึกไม่ครบถ้วน จึงไม่ลบ ดู journal verify ก่อน · the journal is not whole, nothing was removed: see journal verify"
        )
    does = "จะลบ · would go" if chosen.preview else "ลบแล้ว · gone"
    for name, count in what.by_kind.items():
        print(f"{does}: {kinds()[name].name_th} {count} · {count} {name}")
    print(f"{does}: {len(what.entries)} บันทึก {len(what.pictures)} ภาพ · entries, pictures")
    if what.entries and not chosen.preview:
        open_anew()
    return 0


def _unattached(chosen: argparse.Namespace) -> int:
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
    rows = [{**row, "candidates": _candidates(row["id"], reader)} for row in unattached(reader)]
    print(json.dumps(rows, ensure_ascii=False))
    return 0


def _candidates(id_: str, reader: Reader) -> list[dict[str, Any]]:
    """The households that an entry may be of, as the role may see them; `household` is what `about` of a same_household names."""
    shown = ("register_year", "household_id", "head_first_name", "head_last_name", "house_no", "village_code")
    found = []
    for ref in candidates(id_, reader):
        row = json.loads(ask("household", Filters(), reader, household=ref)[list(shown)].to_json(orient="records"))[0]
        found.append({"household": ref, **row})
    return found


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
    "record": _record,
    "export": _export,
    "import": _import,
    "verify": _verify,
    "unattached": _unattached,
    "prune": _prune,
    "registers": _registers,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
