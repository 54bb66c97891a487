"""A load: stage (read, check, tag, compare; nothing changes), then accept or leave. `load` does all of it at once.

Readers see the earlier build until the new one is whole, and an earlier build can be made current again.
"""

import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

import definitions
from audit import log
from etl import report
from etl.build import Inputs, build
from etl.clean import carry_forward
from etl.compare import diff
from etl.compare.area_guard import Areas, Outside, hold
from etl.files.filetype import Unreadable, plain_files
from etl.outlines.build_shapes import forget, is_outlines
from etl.progress import Tell
from etl.store import RegisterFile, Store, checksum
from installation.paths import SAMPLE
from queries import probe

NOT_KEPT = (
    "ไม่มีคลังข้อมูลชุดนี้เก็บไว้แล้ว จึงบอกไม่ได้ว่าจะเปลี่ยนข้อมูลนอกพื้นที่ของท่านหรือไม่ ให้ผู้ดูแลข้อมูลทั้งหมดทำแทน · "
    "the file of this build is kept no longer, so nobody can tell whether it would change what lies outside your areas: ask who looks after all of them"
)
OTHER_HEADINGS = (
    "หัวคอลัมน์ที่จับคู่ไว้ให้ทุกคนต่างจากตอนนั้น ให้ผู้ดูแลข้อมูลทั้งหมดทำแทน · "
    "headings were matched by hand for everybody in another way then: ask who looks after all areas"
)
STAGED_FOR = 24 * 3600  # seconds that a staged load waits for an answer


@dataclass(frozen=True)
class Wish:
    """What the officer says beside the files: values for all rows of a file (by file name, "" for each file), headings
    matched by hand, whether older files of the same register stay beside the new ones, and whether a blank cell of a newer
    file takes away what the older one said."""

    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    matched: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False
    blank_clears: bool = False


class Officer(NamedTuple):
    """Whoever loads: the name and role that the audit log is told, and the areas in which something may change (None: all)."""

    name: str = "desk"  # where nobody has signed in
    role: str = ""
    areas: Areas = None


DESK = Officer()


class Refused(Exception):
    """Nothing of a load can be taken; carries the report."""

    def __init__(self, said: report.Report) -> None:
        self.report = said


class Stale(Exception):
    """Another load was accepted since this one was staged, or it was staged for other areas."""


def silent(_: dict) -> None:
    """Tell nobody."""


def inputs(store: Store, accepted: list[RegisterFile], by_hand: Mapping[str, str]) -> Inputs:
    """What a build is made of: the accepted files, with the sample registers where none of them is a register."""
    if any(not is_outlines(file) for file in accepted):
        return Inputs(accepted, False, by_hand)
    sample = [RegisterFile(p.name, checksum(p), p) for p in sorted(SAMPLE.iterdir()) if p.suffix in {".csv", ".xlsx"}]
    return Inputs([*sample, *accepted], True, by_hand)


def ensure(store: Store, tell: Tell = silent) -> None:
    """Build when there is no build of the present inputs: the accepted registers, or the sample where there are none."""
    wanted = inputs(store, store.accepted(), store.by_hand())
    name = wanted.identity(store.secret())
    if store.current() == name and store.build_path(name).exists():
        return
    print("กำลังสร้างคลังข้อมูล… · building the warehouse…", file=sys.stderr, flush=True)

    def finish(finished: Path) -> None:
        probe(finished)
        store.publish(name, finished, store.accepted(), wanted.by_hand)

    build(store, wanted, finish, tell)
    forget(store.shapes, wanted.files)


def load(store: Store, paths: list[Path], language: str, wish: Wish = Wish(), tell: Tell = silent) -> report.Report:
    """Add files to the accepted registers (an older one of the same register is replaced) and build; returns the report."""
    with tempfile.TemporaryDirectory(prefix="work-", dir=store.warehouse) as work:
        return _load(store, paths, Path(work), language, wish, tell, _publish, None)


def stage(
    store: Store,
    paths: list[Path],
    token: str,
    language: str,
    wish: Wish = Wish(),
    tell: Tell = silent,
    officer: Officer = DESK,
) -> report.Report:
    """Do all that a load does but the last step; the report says what would change, and waits under `token`.

    Raises Outside where it would change what lies outside the officer's areas. Either is in the log before it is told: from what
    a load would change one can learn who is listed.
    """
    folder = store.staged(token)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    outcome = ""
    try:
        said = _load(store, paths, folder, language, wish, tell, _keep_staged, officer.areas)
        outcome = said["outcome"]
    except Outside:
        outcome = "outside"
        raise
    finally:
        if outcome != "built":
            leave(store, token)
        if outcome:
            _write_down(store, officer, "load_checked", [checksum(path) for path in paths if path.is_file()], outcome=outcome)
    return said


def accept(store: Store, token: str, officer: Officer = DESK) -> report.Report:
    """Make a staged load current; raises Stale when another was accepted in between, or it was looked at for other areas."""
    folder = store.staged(token)
    try:
        staged = json.loads((folder / "staged.json").read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise Stale from fault
    if staged["before"] != store.current() or staged["areas"] != _listed(officer.areas):
        raise Stale
    files = [RegisterFile(f["name"], f["checksum"], Path(f["path"]), f["said"]) for f in staged["files"]]
    _write_down_load(store, officer, staged["report"]["build"], files, staged["matched"])
    store.remember(staged["matched"])
    store.accept(files)
    store.publish(staged["report"]["build"], folder / "build.duckdb", files, store.by_hand())
    leave(store, token)
    forget(store.shapes, store.accepted())
    return staged["report"]


def _write_down_load(
    store: Store, officer: Officer, build: str, files: list[RegisterFile], matched: Mapping[str, str] | None = None
) -> None:
    """Say in the log whose load becomes current, before it does, and which columns were matched by hand.

    Raises log.Unwritable; then the earlier build stays.
    """
    by_hand = sorted(set((matched or {}).values())) or None
    _write_down(store, officer, "load", [f.checksum for f in files], build=build, before=store.current(), matched=by_hand)


def _write_down(store: Store, officer: Officer, action: str, checksums: list[str], **facts: Any) -> None:
    """One entry: files by checksum, for a file's name may name a family."""
    sums = [checksum[:16] for checksum in checksums]
    log.write(store.folder, officer.name, action, role=officer.role, areas=_listed(officer.areas), files=sums, **facts)


def _listed(areas: Areas) -> list[str] | None:
    return None if areas is None else sorted(areas)


def leave(store: Store, token: str) -> None:
    """Throw a staged load away."""
    shutil.rmtree(store.staged(token), ignore_errors=True)


def new_token() -> str:
    """A name for a staged load that nobody guesses."""
    return secrets.token_hex(16)


def sweep_staged(store: Store) -> None:
    """Remove staged loads that nobody answered: they hold people's data."""
    for folder in store.folder.glob("staging/*"):
        if time.time() - folder.stat().st_mtime > STAGED_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def use(store: Store, name: str, tell: Tell = silent, officer: Officer = DESK) -> None:
    """Make an earlier build current again, from its own inputs; raises StopIteration when nothing is known of it.

    Raises Outside where that would change what lies outside the officer's areas, or where its file is gone and nobody can tell.
    """
    earlier = next(entry for entry in store.history() if entry["build"] == name)
    if officer.areas is not None and not store.build_path(name).exists():
        raise Outside(NOT_KEPT)
    if officer.areas is not None and earlier["by_hand"] != store.by_hand():
        raise Outside(OTHER_HEADINGS)
    hold(store.build_path(store.current() or ""), store.build_path(name), officer.areas)
    files = store.files_of(earlier)
    _write_down_load(store, officer, name, files)
    store.replace_by_hand(earlier["by_hand"])
    store.accept(files)
    if store.build_path(name).exists():
        store.publish(name, store.build_path(name), files, earlier["by_hand"])
    else:
        ensure(store, tell)


@dataclass(frozen=True)
class _Candidate:
    """A load under way: the files after it, and what is new among them."""

    store: Store
    folder: Path
    language: str
    after: list[RegisterFile]
    new: dict[str, RegisterFile]
    wanted: Inputs
    name: str
    matched: Mapping[str, str]
    replaced: list[str]
    carries: bool
    refused_before: dict[tuple[str, str], int]
    areas: Areas

    def report(self, finished: Path, hides: bool = False) -> report.Report:
        """What this load did, or would do; for a screen it `hides` citizen IDs."""
        said = report.of_build(finished, self.name, set(self.new), self.refused_before, self.language, self.areas, hides)
        if said["outcome"] == "refused":
            raise Refused({**said, "build": self.store.current()})
        return {**said, "replaced": self.replaced} if self.replaced else said


def _load(
    store: Store,
    paths: list[Path],
    folder: Path,
    language: str,
    wish: Wish,
    tell: Tell,
    finish: Callable[[_Candidate, Path], report.Report],
    areas: Areas,
) -> report.Report:
    tell({"step": "unpack"})
    try:
        new = _given(paths, folder, wish)
    except Unreadable as fault:
        return report.of_unreadable(fault.file, fault.reason, fault.detail, language, store.current())
    before = [file for file in store.accepted() if file.name != carry_forward.NAME]
    kept = [file for file in store.accepted() if file.name == carry_forward.NAME]
    there = {_content(file) for file in before}
    fresh = {name: file for name, file in new.items() if _content(file) not in there}
    new = fresh or new
    by_hand = store.by_hand() | dict(wish.matched)
    older: set[str] = set()
    fresh_kept = False  # former values are worked out anew where a file is replaced
    while True:
        after = [new.get(f.name, f) for f in before if f.name not in older]
        after += [f for name, f in new.items() if name not in {f.name for f in after}] if fresh else []
        replaced = sorted(older | ({f.name for f in before} & fresh.keys()))
        after += [] if replaced and not fresh_kept else kept
        wanted = inputs(store, after, by_hand)
        name = wanted.identity(store.secret())
        if name == store.current() and store.build_path(name).exists():
            return {"outcome": "unchanged", "build": name, "files": []}
        refused = report.refused_before(store.build_path(store.current() or ""))
        candidate = _Candidate(
            store, folder, language, after, new, wanted, name, wish.matched, replaced, fresh_kept, refused, areas
        )
        try:
            said = _attempt(candidate, finish, tell, wish)
        except Refused as whole:
            return whole.report
        finally:
            forget(store.shapes, store.accepted())
        if isinstance(said, set):
            older |= said
        elif isinstance(said, RegisterFile):
            kept, fresh_kept = [said], True
        else:
            return said


def _given(paths: list[Path], folder: Path, wish: Wish) -> dict[str, RegisterFile]:
    """The files of a load by name, archives unpacked into `folder`; raises Unreadable with a name before the reason."""
    new: dict[str, RegisterFile] = {}
    for path in paths:
        if not path.exists() or (path.is_dir() and not any(f.is_file() for f in path.rglob("*"))):
            raise Unreadable("no_such_file", "", path.name)
    for name, path in plain_files(paths, folder):
        file = RegisterFile(name, checksum(path), path, {**wish.said.get("", {}), **wish.said.get(name, {})})
        if name in new and new[name].checksum != file.checksum:
            raise Unreadable("same_name", "", name)
        new[name] = file
    return new


def _content(file: RegisterFile) -> tuple[str, str]:
    """What a file brings, whatever it is called."""
    return file.checksum, json.dumps(dict(file.said), sort_keys=True)


def _attempt(
    candidate: _Candidate, finish: Callable[[_Candidate, Path], report.Report], tell: Tell, wish: Wish
) -> report.Report | set[str] | RegisterFile:
    """Build; the report, or the older versions of the new files that have to go first, or the values that the new files
    left blank and that have to come along. Raises Refused."""
    found: list[report.Report | set[str] | RegisterFile] = []

    def settle(finished: Path) -> None:
        older = set() if wish.beside else _older(finished, set(candidate.new))
        blank = None
        before = candidate.store.build_path(candidate.store.current() or "")
        if candidate.replaced and not wish.blank_clears and not candidate.carries and before.exists():
            blank = carry_forward.left_blank(before, finished, candidate.folder)
        if older:
            found.append(older)
            return
        if blank:
            found.append(blank)
            return
        probe(finished)
        tell({"step": "report"})
        found.append(finish(candidate, finished))

    build(candidate.store, candidate.wanted, settle, tell)
    return found[0]


def _older(finished: Path, new: set[str]) -> set[str]:
    """Files that a new one is a newer version of: it has at least so large a part of their records, from the same source."""
    with duckdb.connect(str(finished), read_only=True) as connection:
        pairs = connection.execute(
            "select file, other from overlap where same * 100 >= $part * of_other", {"part": definitions.rule("newer_version")}
        ).fetchall()
    return {other for file, other in pairs if file in new and other not in new}


def _publish(candidate: _Candidate, finished: Path) -> report.Report:
    said = candidate.report(finished)
    store = candidate.store
    _write_down_load(store, DESK, candidate.name, candidate.after, candidate.matched)
    store.remember(candidate.matched)
    store.accept(candidate.after)
    store.publish(candidate.name, finished, candidate.after, candidate.wanted.by_hand)
    return said


def _keep_staged(candidate: _Candidate, finished: Path) -> report.Report:
    store, folder = candidate.store, candidate.folder
    said = candidate.report(finished, hides=True)
    before = store.build_path(store.current() or "")
    hold(before, finished, candidate.areas)
    said["change"] = diff.builds(before, finished, candidate.areas)
    said["recognised"] = diff.recognised(finished, set(candidate.new), candidate.language)
    shutil.move(finished, folder / "build.duckdb")
    files = [{"name": f.name, "checksum": f.checksum, "path": str(f.path), "said": dict(f.said)} for f in candidate.after]
    staged = {
        "before": store.current(),
        "report": said,
        "files": files,
        "matched": dict(candidate.matched),
        "areas": _listed(candidate.areas),
    }
    (folder / "staged.json").write_text(json.dumps(staged, ensure_ascii=False), encoding="utf-8")
    return said
