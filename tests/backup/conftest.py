"""A passphrase that costs nothing to try, and an installation that holds something of everything."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from access import signed_out, users
from backup import archive
from etl.load import load
from etl.store import Store
from etl.wish import Wish
from installation.private_files import replace
from queries import DESK, decisions
from queries.record import record
from tests.drawn import Warehouse, register, write_csv
from tests.journal.recorded import event, keep


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess takes 0.3 s in production, on purpose."""
    monkeypatch.setattr(archive, "COST", 2)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Warehouse]:
    """`office()`: two loads with a heading matched by hand, users, verdicts, entries, a photo, a sign-in that ended."""
    folder = tmp_path / "data"
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))

    def made() -> Warehouse:
        households = register("household", "household_id | village_code | ชื่อแปลก\nH1 | 34210601 | สมชาย\nH2 | 34210101 | สมหญิง")
        files = write_csv(tmp_path / "a.csv", households), write_csv(tmp_path / "b.csv", register("plan", "household_id\nH1"))
        for file in files:
            with Store(folder).lock():
                done = load(Store(folder), [file], "en", Wish(matched={"ชื่อแปลก": "head_first_name"}))
                assert done["outcome"] == "built", done
        assert users.add(folder, "x", "a@example.go.th", "viewer", ["34"]) == ()
        decisions.decide("0" * 16, "different")
        (note,) = keep(event("note", "H1", note="ฝนตก"))
        keep(event("plan_new", "H1", aspect="skill", activity="เลี้ยงปลา"))
        record([event("note", "H1", id=note, note="แดดออก")], DESK, "x")  # another of the same id is put aside
        (folder / "journal" / "photos").mkdir(mode=0o700)
        (folder / "journal" / "photos" / f"{'ab' * 32}.jpg").write_bytes(bytes(range(256)) * 4)
        signed_out.end(folder, "c" * 64, time.time())
        replace(folder / "secret.former", b"0" * 64)
        return Warehouse(folder, done)

    return made
