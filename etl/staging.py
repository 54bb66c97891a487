"""Stage a load (all but the last step; nothing changes), then accept or leave it: for the page that loads."""

import json
import secrets
import shutil
import time
from pathlib import Path

from etl import report
from etl.compare import diff, heading_preview
from etl.compare.area_guard import Outside, hold
from etl.load import Candidate, Refused, attempts, silent
from etl.load_log import write_check, write_load
from etl.outlines.official import forget
from etl.progress import Tell
from etl.store import RegisterFile, Store, checksum
from etl.wish import DESK, NOTHING_MORE, Officer, Wish

BUILD = "build.duckdb"  # in the folder of a staged load
STAGED_FOR = 24 * 3600  # seconds that a staged load waits for an answer


class Stale(Exception):
    """Another load was accepted since this one was staged, or it was staged for other areas."""


def new_token() -> str:
    """A name for a staged load that nobody guesses."""
    return secrets.token_hex(16)


def stage(
    store: Store,
    paths: list[Path],
    token: str,
    language: str,
    wish: Wish = NOTHING_MORE,
    tell: Tell = silent,
    officer: Officer = DESK,
) -> report.Report:
    """Do all that a load does but the last step; the report says what would change, and waits under `token`.

    Raises Outside where it would change what lies outside the officer's areas. Either is in the log before it is told: from
    what a load would change one can learn who is listed.
    """
    folder = store.staged(token)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    outcome = ""
    try:
        made = attempts(store, paths, folder, language, wish, tell, _keep, officer.areas, officer.role)
        outcome = made["outcome"]
    except Outside:
        outcome = "outside"
        raise
    finally:
        if outcome != "built":
            leave(store, token)
        if outcome:
            write_check(store, officer, [checksum(path) for path in paths if path.is_file()], outcome)
    return made


def _keep(candidate: Candidate, finished: Path) -> report.Report:
    """Keep a finished build in its folder, with what would change; raises Outside, and Refused with the headings to be asked."""
    areas, files = candidate.areas, candidate.plan.files()
    new = {file.name for file in candidate.plan.named()}
    recognised = heading_preview.preview(candidate.understood, new, candidate.language, candidate.role)
    try:
        made = {**candidate.report(finished, hides=True), "recognised": recognised}
    except Refused as refusal:
        raise Refused({**refusal.report, "recognised": recognised}) from refusal
    hold(candidate.present, finished, areas)
    made["change"] = diff.builds(candidate.present, finished, areas)
    shutil.move(finished, candidate.folder / BUILD)
    staged = {
        "before": candidate.store.current(),
        "report": made,
        "files": [{"name": f.name, "checksum": f.checksum, "path": str(f.path), "said": dict(f.constants)} for f in files],
        "matched": dict(candidate.wish.matched),
        "areas": Officer(areas=areas).area_codes(),
    }
    (candidate.folder / "staged.json").write_text(json.dumps(staged, ensure_ascii=False), encoding="utf-8")
    return made


def accept(store: Store, token: str, officer: Officer = DESK) -> report.Report:
    """Make a staged load current; raises Stale when another was accepted in between, or it was looked at for other areas."""
    folder, staged = store.staged(token), _staged(store, token, officer)
    if staged["before"] != store.current():
        raise Stale
    files = [RegisterFile(f["name"], f["checksum"], Path(f["path"]), f["said"]) for f in staged["files"]]
    write_load(store, officer, staged["report"]["build"], files, staged["matched"])
    store.remember(staged["matched"])
    store.accept(files)
    about = {"who": officer.name, **report.counts(folder / BUILD)}
    store.publish(staged["report"]["build"], folder / BUILD, files, store.by_hand(), about)
    leave(store, token)
    forget(store.shapes, store.accepted())
    return staged["report"]


def build_of(store: Store, token: str, officer: Officer) -> Path:
    """The file of a staged load; raises Stale where there is none, or it was looked at for other areas."""
    _staged(store, token, officer)
    return store.staged(token) / BUILD


def _staged(store: Store, token: str, officer: Officer) -> dict:
    """What was written down of a staged load."""
    try:
        staged = json.loads((store.staged(token) / "staged.json").read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise Stale from fault
    if staged["areas"] != officer.area_codes():
        raise Stale
    return staged


def leave(store: Store, token: str) -> None:
    """Throw a staged load away."""
    shutil.rmtree(store.staged(token), ignore_errors=True)


def sweep(store: Store) -> None:
    """Remove staged loads that nobody answered: they hold people's data."""
    for folder in store.folder.glob("staging/*"):
        if time.time() - folder.stat().st_mtime > STAGED_FOR:
            shutil.rmtree(folder, ignore_errors=True)
