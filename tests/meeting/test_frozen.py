"""What a meeting saw: masked before it is frozen, the same whatever is loaded since, and a changed byte is found."""

import gzip
import json
import shutil

import pytest
import sqlalchemy as sql

import definitions
from backup import archive
from backup.restore import restore
from backup.take import take
from journal import frozen
from journal.__main__ import main as journal_verb
from journal.store import FROZEN, store
from journal.verify import faults
from queries import DESK, Filters
from queries.deck import facts, packed, projected
from queries.moments import now
from queries.why import why
from tests.backup.quiet import QUIET
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep
from tests.meeting.held import AREA, closed, item, new_id, of, outcome, prepared
from tests.queries.matrix import build_planted
from tests.queries.planted import CANARIES, MEETING
from ui.meeting import minutes
from ui.meeting.held import held

HOUSEHOLD = """
household_id | village_code | head_first_name | certification | certified_date
H1           | 34210601     | สมชาย           | proposed      |
H2           | 34210602     | สมหญิง          | proposed      |
"""
KINDS = [row["agenda"] for row in definitions.table("agenda")]


def whole(agenda: list[str]) -> str:
    """A prepared meeting with these items."""
    meeting = new_id()
    keep(prepared(meeting), *(item(meeting, new_id(), kind, place) for place, kind in enumerate(agenda, 1)))
    return meeting


def freeze(w: Warehouse, meeting: str) -> str:
    """Open it as the page does; the digest."""
    digest = frozen.keep(w.folder, packed(facts(meeting, AREA["area"])))
    keep(of(meeting, "meeting_opened", frozen=digest))
    return digest


def test_what_a_meeting_saw_opens_as_it_was_seen_whatever_is_loaded_since(warehouse) -> None:
    w = warehouse(household=HOUSEHOLD)
    meeting = whole(["informed", "proposed"])
    digest = freeze(w, meeting)
    before = frozen.content(w.folder, digest)
    loaded(
        w.folder,
        write_csv(w.folder.parent / "new.csv", register("household", HOUSEHOLD.replace("proposed      ", "refused       "))),
    )
    assert w.ask("road")[0]["refused"] == 2
    row = w.ask("meetings", meeting=meeting)[0]
    assert row["frozen"] == digest and frozen.content(w.folder, digest) == before
    seen = json.loads(before)
    (part,) = [part for part in seen["items"][1]["parts"] if part["as"] == "list"]
    assert part["total"] == 2 and {seen["build"], seen["definitions"]} == {seen["build"], definitions.fingerprint()}
    assert seen["build"] != json.loads(packed(facts(meeting, AREA["area"])))["build"]


@pytest.mark.parametrize("harm", ["changed", "garbage", "gone"])
def test_a_changed_byte_of_what_was_frozen_is_found(warehouse, harm: str) -> None:
    w = warehouse(household=HOUSEHOLD)
    digest = freeze(w, whole(["proposed"]))
    assert list(faults(w.folder)) == []
    other = gzip.compress(frozen.content(w.folder, digest).replace(b'"total":2', b'"total":3'), mtime=0)
    with store(w.folder).writing() as connection:
        at = FROZEN.c.digest == digest
        if harm == "gone":
            connection.execute(sql.delete(FROZEN).where(at))
        else:
            connection.execute(
                sql.update(FROZEN).where(at).values(content=other if harm == "changed" else b"\x1f\x8b not gzip")
            )
    with pytest.raises(frozen.Changed):
        frozen.content(w.folder, digest)
    assert "frozen" in next(english for _, english in faults(w.folder))


def test_the_same_facts_are_kept_once(warehouse) -> None:
    w = warehouse(household=HOUSEHOLD)
    assert frozen.keep(w.folder, b"{}") == frozen.keep(w.folder, b"{}")


def test_who_may_not_be_named_is_not_on_the_wall_whoever_projects_it(tmp_path, monkeypatch) -> None:
    """Every kind of item over registers and entries that hold a canary in each personal column."""
    w = build_planted(tmp_path)
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    meeting, one = new_id(), new_id()
    keep(prepared(meeting, on="2022-09-21"), *(item(meeting, new_id(), kind, place, note="นางกานารีคนอื่น อายุ 72 ปี โทร 0812345678 เลข 1000041187812 ผู้สูงอายุ 81 ปี")
                                              for place, kind in enumerate(KINDS, 1)), item(meeting, one, "considered", 99))  # fmt: skip
    told = packed(facts(meeting, AREA["area"])).decode()
    assert [canary for several in CANARIES.values() for canary in several if canary in told] == []
    assert "72 ปี" not in told and "81 ปี" not in told and "xxxxx" not in told and "xxx-xxx" not in told
    assert "อายุ …" in told and any(
        part["rows"] for one in json.loads(told)["items"] for part in one["parts"] if part["as"] == "list"
    )
    assert MEETING in str(w.ask("meetings"))


def test_an_organisation_stays_on_the_wall(warehouse) -> None:
    w = warehouse(household=HOUSEHOLD)
    meeting = whole(["carried"])
    freeze(w, meeting)
    (row,) = w.ask("meeting", meeting=meeting)
    keep(outcome(meeting, row["item_id"], told="สมชายซ่อมหลังคา", household=w.ref("H1"), owner="อบต.เหล่างาม"), closed(meeting))
    then = new_id()
    keep(prepared(then, "2/2565", "2022-10-20"), item(then, new_id()))
    told = packed(facts(then, AREA["area"])).decode()
    assert "อบต.เหล่างาม" in told and "สมชาย" not in told


def test_an_item_kind_is_a_row(warehouse, monkeypatch) -> None:
    """A kind that nobody wrote code for draws what its row says."""
    row = dict(definitions.table("agenda")[0], agenda="all", list="households", figures="", filters="", position="10")
    monkeypatch.setattr(definitions, "table", _with(definitions.table, row))
    definitions.spellings.cache_clear()
    warehouse(household=HOUSEHOLD)
    from journal.kinds import kinds

    kinds.cache_clear()
    try:
        meeting = whole(["all"])
        (seen,) = facts(meeting, AREA["area"])["items"]
        assert [(part["question"], part["total"]) for part in seen["parts"]] == [("households", 2)]
    finally:
        definitions.spellings.cache_clear()
        kinds.cache_clear()


def _with(table, row: dict[str, str]):
    return lambda name: (*table(name), row) if name == "agenda" else table(name)


@pytest.mark.parametrize("to", ["all.zip", "all"])
def test_an_export_brings_what_meetings_saw_and_an_import_keeps_it(warehouse, tmp_path, monkeypatch, to: str) -> None:
    w = warehouse(household=HOUSEHOLD)
    meeting = whole(["proposed"])
    digest = freeze(w, meeting)
    minutes = frozen.keep(w.folder, b'{"minutes":1}')
    keep(of(meeting, "meeting_closed", minutes=minutes))
    frozen.keep(w.folder, b"that no entry names")
    path = tmp_path / to
    assert journal_verb(["export", "--to", str(path)]) == 0
    if path.is_dir():
        (path / f"{'1' * 64}.json").write_bytes(b"of no entry")
    other = tmp_path / "other"
    shutil.copytree(w.folder, other, ignore=lambda *_: ["journal", "audit"])
    monkeypatch.setenv("BAAN_SUK_DATA", str(other))
    assert journal_verb(["import", str(path)]) == 0
    assert [frozen.content(other, one) for one in (digest, minutes)] == [frozen.content(w.folder, digest), b'{"minutes":1}']
    assert list(faults(other)) == []
    with store(other).engine.connect() as connection:
        assert {row.digest for row in connection.execute(sql.select(FROZEN.c.digest))} == {digest, minutes}


def test_a_content_that_is_not_what_it_is_called_is_not_taken(warehouse, tmp_path, monkeypatch, capsys) -> None:
    w = warehouse(household=HOUSEHOLD)
    digest = freeze(w, whole(["proposed"]))
    path = tmp_path / "all"
    assert journal_verb(["export", "--to", str(path)]) == 0
    (path / f"{digest}.json").write_bytes(b"{}")
    other = tmp_path / "other"
    shutil.copytree(w.folder, other, ignore=lambda *_: ["journal", "audit"])
    monkeypatch.setenv("BAAN_SUK_DATA", str(other))
    journal_verb(["import", str(path)])
    assert "is not what it is called" in capsys.readouterr().err
    with pytest.raises(frozen.Changed):
        frozen.content(other, digest)


def test_a_backup_brings_it_along_and_a_restore_back(warehouse, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archive, "COST", 2)
    w = warehouse(household=HOUSEHOLD)
    digest = freeze(w, whole(["proposed"]))
    take(w.folder, tmp_path / "all.backup", b"a passphrase that is long", QUIET)
    restore(tmp_path / "all.backup", tmp_path / "back", b"a passphrase that is long", QUIET)
    assert frozen.content(tmp_path / "back", digest) == frozen.content(w.folder, digest)


def test_a_meeting_says_why_its_figures_changed_since_the_one_before(warehouse) -> None:
    w = warehouse(household=HOUSEHOLD)
    first = whole(["informed"])
    freeze(w, first)
    certified = event("certification", "H1", certification="certified", meeting="1/2565", on="2022-09-20")
    keep({**certified, "meeting": first}, closed(first))
    loaded(
        w.folder,
        write_csv(w.folder.parent / "new.csv", register("household", HOUSEHOLD + "H3 | 34210603 | สมศรี | proposed |")),
    )
    then = new_id()
    keep(prepared(then, "2/2565", "2022-10-20"), item(then, new_id(), "informed", 1))
    told = facts(then, AREA["area"])
    assert told["since"]["serial"] == "1/2565"
    said = {one["measure"]: one["th"] for one in told["since"]["measures"]}
    assert said["listed"] == "2 → 3: พบใหม่ (ใน TPMAP) +1" and said["certified"].startswith("0 → 1: ")
    assert "สม" not in json.dumps(told["since"], ensure_ascii=False)
    assert facts(first, AREA["area"])["since"] is None  # there was none before it


def test_a_figure_of_the_wall_is_the_headline_that_explains_it(sample) -> None:
    """What the wall calls the cause of a change moves the very number that stands there."""
    filters, reader = Filters.of({"year": ["2565"], "district": ["3421"]}), projected("3421")
    moment = now()
    numbers = {one.measure: one.after for one in why(moment, moment, filters, reader)}
    drawn = [row for row in definitions.table("agenda_columns") if row["headline"]]
    assert len(drawn) > 8
    for row in drawn:
        assert sample.ask(row["question"], filters)[0][row["column"]] == numbers[row["headline"]], row


@pytest.mark.parametrize(("rule", "thai"), [(1, False), (2, True)])
def test_minutes_have_the_digits_that_the_office_sets(warehouse, monkeypatch, rule, thai) -> None:
    w = warehouse(household=HOUSEHOLD)
    meeting = whole(["informed"])
    freeze(w, meeting)
    said = definitions.rule
    monkeypatch.setattr(definitions, "rule", lambda name: rule if name == "digits_on_paper" else said(name))
    seen = held(meeting, DESK)
    closing = {"ended": "11.30 น.", "taker": "นางสาวสมหญิง รักงาน, พัฒนากร", "checker": ""}
    assert minutes.facts(seen, closing, DESK)["thai_digits"] is thai
