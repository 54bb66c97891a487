"""Make an earlier build current again, from its own inputs."""

from pathlib import Path

import duckdb

from etl import load
from etl.compare import diff
from etl.compare.area_guard import Outside, hold
from etl.load import ensure, silent
from etl.load_log import write_load
from etl.progress import Tell
from etl.report import Report
from etl.store import Store
from etl.wish import DESK, Officer

NOT_KEPT = (
    "ไม่มีคลังข้อมูลชุดนี้เก็บไว้แล้ว จึงบอกไม่ได้ว่าจะเปลี่ยนข้อมูลนอกพื้นที่ของท่านหรือไม่ ให้ผู้ดูแลข้อมูลทั้งหมดทำแทน · "
    "the file of this build is kept no longer, so nobody can tell whether it would change what lies outside your areas: "
    "ask who looks after all of them"
)
OTHER_HEADINGS = (
    "หัวคอลัมน์ที่จับคู่ไว้ให้ทุกคนต่างจากตอนนั้น ให้ผู้ดูแลข้อมูลทั้งหมดทำแทน · "
    "headings were matched by hand for everybody in another way then: ask who looks after all areas"
)


def use(store: Store, name: str, tell: Tell = silent, officer: Officer = DESK) -> None:
    """Make an earlier build current again; raises StopIteration when nothing is known of it.

    Raises Outside where that would change what lies outside the officer's areas, or where its file is gone and nobody can tell.
    """
    earlier = next(entry for entry in store.history() if entry["build"] == name)
    if officer.areas is not None and not store.build_path(name).exists():
        raise Outside(NOT_KEPT)
    if officer.areas is not None and earlier["by_hand"] != store.by_hand():
        raise Outside(OTHER_HEADINGS)
    hold(store.build_path(store.current() or ""), store.build_path(name), officer.areas)
    files = store.files_of(earlier)
    write_load(store, officer, name, files)
    store.replace_by_hand(earlier["by_hand"])
    store.accept(files)
    kept = store.build_path(name)
    if kept.exists() and _answers(kept):
        store.publish(name, kept, files, earlier["by_hand"])
    else:
        ensure(store, tell)


def _answers(build: Path) -> bool:
    """Whether a build can be asked what is asked today; one that an earlier version made may lack a table."""
    try:
        load.probe(build)
    except duckdb.Error:
        return False
    return True


def difference(store: Store, name: str, officer: Officer = DESK) -> Report:
    """What would change if an earlier build came back, of the officer's areas: `change` and `leaving` as a staged load says them.

    `kept` is false, and nothing else there, where its file is gone; raises StopIteration when nothing is known of it.
    """
    next(entry for entry in store.history() if entry["build"] == name)
    now, then = store.build_path(store.current() or ""), store.build_path(name)
    if not then.exists() or not now.exists():
        return {"kept": False}
    leaving = diff.leaving(now, then, officer.areas, officer.role)
    return {"kept": True, "change": diff.builds(now, then, officer.areas), "leaving": leaving}
