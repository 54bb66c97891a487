"""What readers do on the pages stands in the log; what cannot be written down does not happen; unmasking fades."""

import ast
import json
import os
import re
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit import log, verify
from etl.__main__ import main as etl
from queries import DESK
from tests.ui.test_pages import found, opened
from ui.export import downloads, reveal_panel

FULL = re.compile(r"\d-\d{4}-\d{5}-\d{2}-\d|\b\d{13}\b")
PLANS = "household_id | activity\nH1 | ซ่อมบ้าน สมหญิง ใจดี"
HOUSEHOLDS = """
    household_id | head_first_name | head_last_name | certification | members
    H1           | สมหญิง           | ใจดี            | certified     | 2
    H2           | สมชาย            | ใจงาม           | certified     | 1
"""
PEOPLE = "household_id | member_no | citizen_id | first_name | last_name\nH1 | 1 | 1000041187812 | สมหญิง | ใจดี"


@pytest.fixture
def homes(warehouse):
    return warehouse(household=HOUSEHOLDS, person=PEOPLE, plan=PLANS)


def written(homes, action: str = "") -> list[dict]:
    """The facts of the entries of one action, the earliest first."""
    return [entry["facts"] for entry in log.entries(homes.folder, action=action)][::-1]


def at(homes, household: str, **address: str) -> AppTest:
    return opened("household", year="2565", household=homes.ref(household), **address)


def words(app: AppTest) -> str:
    """All that the page sends to be read."""
    return "\n".join(str(part.proto) for part in app.main)


def visible_text(app: AppTest) -> str:
    return " ".join([e.value for e in (*app.markdown, *app.error, *app.warning, *app.info, *app.caption, *app.success)])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`full_disk()`: from now on nothing reaches the disk."""

    def fill() -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)

    return fill


def test_opening_a_household_is_written_once_by_its_opaque_address(homes) -> None:
    app = at(homes, "H1")
    app.run()
    assert written(homes, "open_household") == [{"household": homes.ref("H1")}]
    at(homes, "H2")
    assert written(homes, "open_household") == [{"household": homes.ref("H1")}, {"household": homes.ref("H2")}]


def test_a_search_is_written_without_what_was_searched(homes) -> None:
    app = opened("households", year="2565")
    app.text_input(key="search").input("สมหญิง").run()
    app.run()
    assert written(homes, "search") == [{"length": 6, "fields": ["name", "house_no", "village", "code"], "found": 1}]
    assert "สมหญิง" not in json.dumps(list(log.entries(homes.folder)), ensure_ascii=False)


def test_another_search_of_as_many_letters_and_hits_is_another_entry(homes) -> None:
    app = opened("households", year="2565")
    for name in ("สมหญิง", "ไม่มี0", "สมหญิง"):
        app.text_input(key="search").input(name).run()
    assert [facts["found"] for facts in written(homes, "search")] == [1, 0, 1]
    for name in ("ไม่มี1", "ไม่มี2"):
        app.text_input(key="search").input(name).run()
    assert len(written(homes, "search")) == 5


def test_a_list_of_names_is_written_down_once_for_each_filter(homes) -> None:
    app = opened("households", year="2565")
    app.run()
    app.query_params["village"] = "34210601"
    app.run()
    opened("households", year="2565", meeting="1")  # shows no names
    opened("report", year="2565")
    place = "ปี 2565 · หมู่ 1 ต.เหล่างาม"
    assert [(f["page"], f["found"]) for f in written(homes, "list")] == [("households", 2), ("households", 2), ("report", 2)]
    assert written(homes, "list")[0]["filter"] == "ปี 2565 · ทุกพื้นที่" != written(homes, "list")[1]["filter"], place


def test_without_the_log_no_list_shows_names_and_none_is_found_by_one(homes, full_disk: Callable[[], None]) -> None:
    full_disk()
    app = opened("households", year="2565")
    assert not app.exception and "สมหญิง" not in words(app) and "ส…" in words(app) and "ปิดบังชื่อ" in visible_text(app)
    app.text_input(key="search").input("สมหญิง").run()
    assert "สมหญิง" not in visible_text(app) and "ส…" not in visible_text(app) and not app.exception
    assert "สมหญิง" not in words(opened("report", year="2565"))
    for page in ("progress", "duplicates", "about"):
        shown = opened(page, year="2565")
        assert not shown.exception and "สมหญิง" not in words(shown) and "ปิดบังชื่อ" in visible_text(shown), page


PAGES = sorted((Path(__file__).parent.parent.parent / "pages").glob("*.py"))


@pytest.mark.parametrize("page", [path.stem for path in PAGES])
def test_no_page_shows_a_name_that_is_not_in_the_log(homes, full_disk: Callable[[], None], page: str) -> None:
    app = opened(page, year="2565", household=homes.ref("H1"))
    assert "สมหญิง" not in words(app) or written(homes, "list") or written(homes, "open_household")
    full_disk()
    app = opened(page, year="2565", household=homes.ref("H1"))
    assert not app.exception and "สมหญิง" not in words(app)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_log_in_one_way_before_they_show_names(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    used = [n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "audit_trail"]
    assert set(used) <= {"log_before_names", "once", "unwritable"}, "once is for what is done, not for what is shown"
    bound = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign)]
    calls = [ast.unparse(value) for value in bound if "log_before_names" in ast.unparse(value)]
    assert len(calls) == used.count("log_before_names"), "its reader is the one to go on with"


def logging_page() -> None:
    """A page of one line for each action; says the role to ask with."""
    import streamlit as st

    from queries import DESK, Filters, Reader
    from ui.session import audit_trail

    viewer = Reader("viewer", ("34",))
    for reader in (DESK, viewer):
        one = audit_trail.log_before_names(reader, "open_household", household="0" * 16)
        sought = audit_trail.log_before_names(reader, "search", about=st.query_params["q"], length=3, fields=["name"], found=1)
        names = audit_trail.log_before_names(reader, "list", page="report", filters=Filters(), found=2)
        st.write(" ".join(f"{r.role}:{r.areas == reader.areas}" for r in (one, sought, names)))


def test_the_reader_to_ask_with_is_the_same_once_it_is_written_and_each_change_is_written_once(homes) -> None:
    app = AppTest.from_function(logging_page)
    app.query_params["q"] = "abc"
    first = [m.value for m in app.run().markdown]
    roles = [DESK.role, "viewer"]
    assert first == [" ".join([f"{role}:True"] * 3) for role in roles] == [m.value for m in app.run().markdown]
    assert len(written(homes, "open_household")) == 4, "two readers take turns, so each of two runs writes both"
    assert written(homes, "list")[0] == {"page": "report", "filter": "ทุกปี · ทุกพื้นที่", "found": 2}
    assert len(written(homes, "list")) == 1, "the viewer is shown no names, so that list is not logged"
    assert [entry.keys() for entry in written(homes, "search")] == [{"length", "fields", "found"}] * 4, "never what was sought"


def test_where_it_cannot_be_written_the_reader_to_ask_with_is_a_committee(homes, full_disk: Callable[[], None]) -> None:
    full_disk()
    app = AppTest.from_function(logging_page)
    app.query_params["q"] = "abc"
    desk, viewer = [m.value for m in app.run().markdown]
    assert desk == "committee:True committee:True committee:True" and "ปิดบังชื่อ" in app.warning[0].value
    assert viewer == "viewer:True viewer:True viewer:True", "who sees no names at all does not get a committee's masks"


def test_a_page_that_is_refused_and_a_household_that_is_not_there_are_written_down(homes) -> None:
    opened("load", year="2565", meeting="1")
    opened("household", year="2565", household="0123456789abcdef")
    assert written(homes, "refused") == [{"what": "page"}, {"what": "household", "household": "0123456789abcdef"}]


def unmask(app: AppTest, reason: str = "welfare") -> AppTest:
    app.radio(key="reveal_reason").set_value(reason).run()
    return app.button(key="reveal").click().run()


def test_ids_show_for_a_reason_and_fade_after_ten_minutes(homes, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(reveal_panel, "now", lambda: clock[0])
    app = at(homes, "H1")
    assert app.button(key="reveal").disabled and not FULL.search(words(app))
    unmask(app)
    assert "1\\-0000\\-41187\\-81\\-2" in visible_text(app)
    assert written(homes, "reveal") == [{"household": homes.ref("H1"), "reason": "welfare"}]
    clock[0] += reveal_panel.FADES - 1
    assert "41187" in visible_text(app.run())
    clock[0] += 2
    assert "41187" not in words(app.run()) and reveal_panel.KEPT not in app.session_state


def test_ids_go_with_another_household_a_meeting_or_a_tap(homes) -> None:
    app = unmask(at(homes, "H1"))
    app.query_params["household"] = homes.ref("H2")
    assert "41187" not in words(app.run())
    app.query_params["household"] = homes.ref("H1")
    assert "41187" not in words(app.run())
    assert "41187" in visible_text(unmask(app))
    assert "41187" not in words(app.button(key="hide_revealed").click().run())
    app = unmask(at(homes, "H1"))
    app.query_params["meeting"] = "1"
    app.run()
    assert "41187" not in words(app) and "reveal" not in [b.key for b in app.button]


def test_a_meeting_offers_no_unmasking(homes) -> None:
    app = at(homes, "H1", meeting="1")
    assert "reveal" not in [button.key for button in app.button] and not [r.key for r in app.radio]


def test_what_somebody_else_unmasked_in_this_session_is_not_shown(homes, monkeypatch: pytest.MonkeyPatch) -> None:
    app = unmask(at(homes, "H1"))
    monkeypatch.setattr("ui.session.audit_trail.who", lambda: "other@example.go.th")
    assert "41187" not in words(app.run())


def test_without_the_log_no_id_is_shown(homes, full_disk: Callable[[], None]) -> None:
    app = at(homes, "H1")
    app.radio(key="reveal_reason").set_value("refer").run()
    full_disk()
    app.button(key="reveal").click().run()
    assert not app.exception and "41187" not in words(app) and "เขียนบันทึกการใช้งานไม่ได้" in visible_text(app)


def test_without_the_log_a_household_shows_what_the_committee_sees_and_counts_go_on(homes, full_disk) -> None:
    assert "สมหญิง" in words(at(homes, "H1"))
    full_disk()
    app = at(homes, "H1")
    assert "สมหญิง" not in words(app) and "ส…" in found("<h3>(.*?)</h3>", app)[0] and "ปิดบังชื่อ" in visible_text(app)
    assert found('</dt><dd class="[^"]*">(.*?)</dd>', opened("overview", year="2565"))[0] == "2"


def test_a_file_is_written_down_before_it_is_offered_and_brings_a_receipt(homes) -> None:
    app = opened("report", year="2565")
    assert downloads.READY not in app.session_state
    app.button(key="make_csv").click().run()
    ready = app.session_state[downloads.READY]
    (entry,) = written(homes, "export")
    assert entry["sha256"] == ready.receipt.checksum == sha256(ready.receipt.content.bytes).hexdigest()
    assert (entry["rows"], entry["columns"], entry["filter"]) == (
        2,
        len(ready.receipt.content.bytes.split(b"\r\n")[0].split(b",")),
        "ปี 2565 · ทุกพื้นที่",
    )
    assert entry["sha256"] in visible_text(app) and entry["sha256"].encode() in ready.receipt.text()
    assert "สมหญิง".encode() in ready.receipt.content.bytes and b"1000041187812" not in ready.receipt.content.bytes
    app.query_params["village"] = "34210601"
    assert downloads.READY not in app.run().session_state


def test_without_the_log_no_file_is_offered(homes, full_disk: Callable[[], None]) -> None:
    app = opened("report", year="2565")
    full_disk()
    app.button(key="make_csv").click().run()
    assert downloads.READY not in app.session_state and "เขียนบันทึกการใช้งานไม่ได้" in visible_text(app)


def test_a_meeting_makes_no_files_of_households(homes) -> None:
    app = opened("report", year="2565", meeting="1")
    assert [b.key for b in app.button if (b.key or "").startswith("make_")] == [] and "สมหญิง" not in words(app)


def test_the_auditor_reads_filters_and_sees_that_it_is_whole(homes) -> None:
    at(homes, "H1")
    opened("report", year="2565").button(key="make_csv").click().run()
    app = opened("audit")
    assert len(app.dataframe[0].value) == 4 and "ครบถ้วน 4 รายการ" in app.success[0].value  # with the load and the report's list
    app.selectbox(key="audit_action").select("export").run()
    assert list(app.dataframe[0].value["การกระทำ"]) == ["ทำไฟล์ส่งออก"]
    app.text_input(key="audit_who").input("nobody").run()
    assert app.info and not app.dataframe
    assert "สมหญิง" not in words(app)


@pytest.mark.parametrize("clock", ["UTC+12", "UTC-14"])  # at any hour one of these has another day than the office
def test_the_auditor_sees_todays_entries_whatever_zone_the_machine_is_in(homes, monkeypatch, clock) -> None:
    monkeypatch.setenv("TZ", clock)
    time.tzset()
    try:
        assert len(opened("audit").dataframe[0].value) == 1  # the load
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_auditor_sees_that_it_is_not_whole(homes) -> None:
    at(homes, "H1")
    assert opened("audit").success
    (path,) = (homes.folder / "audit").glob("*.jsonl")
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert not verify.verify(homes.folder).whole
    app = opened("audit")
    assert "ไม่ครบถ้วน" in app.error[0].value and "ท้ายบันทึกถูกตัด" in visible_text(app)


def test_the_log_is_not_for_a_meeting(homes) -> None:
    app = opened("audit", meeting="1")
    assert app.info and not app.dataframe


def test_a_load_is_written_down_by_checksum_or_does_not_happen(homes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (facts,) = written(homes, "load")
    assert len(facts["files"]) == 3 and all(re.fullmatch("[0-9a-f]{16}", part) for part in facts["files"])
    before = (homes.folder / "warehouse" / "CURRENT").read_text()
    assert next(log.entries(homes.folder, action="load"))["build"] == before

    def full(*_: object, **__: object) -> None:
        raise log.Unwritable

    monkeypatch.setattr(log, "write", full)
    (tmp_path / "more.csv").write_text("ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา\n2565,Z,34210602,tpmap\n", "utf-8")
    assert etl(["load", str(tmp_path / "more.csv"), "--data", str(homes.folder)]) == 2
    assert (homes.folder / "warehouse" / "CURRENT").read_text() == before
