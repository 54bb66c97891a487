"""Back to the registers and in again: a file of what is recorded, loaded, changes no number; nor twice, beside old files, or edited."""

import uuid
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import definitions
from audit import log
from etl.load import load
from etl.store import Store
from journal.__main__ import main
from queries import DESK, Filters, Reader
from queries.register_file import NothingToWrite, write
from queries.rights import NotAllowed
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep
from tests.journal.test_projection import BASE, DAYS, FREE, HOMES, LAST, built_of
from tests.ui.test_pages import opened, panels

OF_RECORDING = ("entry", "recorded_by", "recorded_at")


def taken_in(w: Warehouse, *files: Path) -> dict:
    """Load files into a data folder that has registers."""
    with Store(w.folder).lock():
        made = load(Store(w.folder), list(files), "en")
    assert made["outcome"] in ("built", "unchanged"), made
    return made


def exported(w: Warehouse, name: str = "บันทึก.xlsx", every: bool = False) -> Path:
    """The file of what is recorded."""
    path = w.folder.parent / name
    path.write_bytes(write(Filters(), DESK, every).bytes)
    return path


def sheets(path: Path) -> dict[str, list[list]]:
    """Sheet -> its rows, headings first."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def edited(path: Path, sheet: str, change, to: str = "") -> Path:
    """The file after somebody worked in it: `change` is given each row of a sheet as heading -> cell, and may change it."""
    told = sheets(path)
    headings = list(told[sheet][0])
    changed = [dict(zip(headings, row, strict=True)) for row in told[sheet][1:]]
    for row in changed:
        change(row)
    told[sheet] = [list(changed[0]), *(list(row.values()) for row in changed)]
    path = path.with_name(to or path.name)
    with xlsxwriter.Workbook(path) as book:
        for name, lines in told.items():
            made = book.add_worksheet(name)
            for y, line in enumerate(lines):
                made.write_row(y, 0, line)
    return path


ITEMS = ["plan/1", "new"]
HAPPENED = st.lists(
    st.one_of(
        st.tuples(st.just("visit"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["living", "income", "health"]), st.sampled_from("01")),
        st.tuples(st.just("plan_new"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["skill", "way_out"]), st.sampled_from(["", "2022-08-01"])),
        st.tuples(st.just("plan_status"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(ITEMS), st.sampled_from(["planned", "in_progress", "done"])),
        st.tuples(st.just("plan_owner"), st.sampled_from(HOMES), st.sampled_from(["2022-02-01", *DAYS]), st.sampled_from(ITEMS), st.sampled_from(["อบต.", "พมจ."])),
        st.tuples(st.just("plan_due"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(ITEMS), st.sampled_from(["2022-07-01", "2022-12-01"])),
        st.tuples(st.just("plan_reply"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(ITEMS), st.sampled_from(["รับแล้ว", "ส่งแล้ว"])),
        st.tuples(st.just("step_started"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.integers(1, 4), st.just("")),
        st.tuples(st.just("step_finished"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.integers(1, 4), st.just("")),
        st.tuples(st.just("step_due"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.integers(1, 4), st.sampled_from(["2022-07-01", "2022-12-01"])),
        st.tuples(st.just("need"), st.sampled_from(HOMES), st.just(LAST), st.sampled_from(["ปูนซีเมนต์", "ไม้"]), st.integers(1, 9)),
        st.tuples(st.just("gift"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.sampled_from(["ปูนซีเมนต์", "ไม้"]), st.integers(1, 50)),
        st.tuples(st.just("closed"), st.sampled_from(HOMES), st.sampled_from(DAYS), st.just(""), st.sampled_from(["better", "moved"])),
        st.tuples(st.just("certification"), st.sampled_from(HOMES), st.sampled_from(["2022-01-05", *DAYS]), st.just(""), st.sampled_from(["certified", "rejected"])),
        st.tuples(st.just("withdrawn"), st.integers(0, 9), st.just(LAST), st.just(""), st.just("")),
    ),
    min_size=1, max_size=9,
)  # fmt: skip
FIELD = {"plan_status": "status", "plan_owner": "owner", "plan_due": "due_date", "plan_reply": "reply", "step_due": "due_date",
         "closed": "close_reason", "certification": "certification"}  # fmt: skip
SEEN = st.lists(st.booleans(), min_size=9, max_size=9)


def as_events(happened: list[tuple], seen: list[bool]) -> list[dict]:
    """What happened as events; whoever recorded one had seen the last of its thing, or had not."""
    events: list[dict] = []
    last: dict[tuple, str] = {}
    made: dict[str, str] = {}
    for (kind, home, day, what, value), knew in zip(happened, seen, strict=False):
        more: dict = {}
        if kind == "withdrawn":
            candidates = [e for e in events if e["kind"] not in ("withdrawn", "plan_new")]
            if candidates:
                of = candidates[home % len(candidates)]
                events.append(event("withdrawn", of["about"]["household_id"], on=day, thing=of["id"], reason="ผิด"))
            continue
        if kind.startswith("plan_") and kind != "plan_new":
            thing = "plan/1" if what == "plan/1" else f"plan/{made.get(home)}"
            if (what == "plan/1" and home not in ("H1", "H4")) or (what == "new" and home not in made):
                continue
            more = {"thing": thing}
        elif kind.startswith("step_"):
            more = {"thing": f"step/house_build/{what}"}
        if kind in FIELD:
            more[FIELD[kind]] = value
        elif kind == "visit":
            more = {"checked_dimension": what, "check_result": value}
        elif kind == "plan_new":
            more = {"aspect": what, "activity": "ปลูกผัก"} | ({"due_date": value} if value else {})
        elif kind == "need":
            more = {"item": what, "quantity": value, "unit": "ถุง"}
        elif kind == "gift":
            more = {"gift": "material", "item": what, "quantity": value, "unit": "ถุง"}
        key = (kind, home, more.get("thing") or more.get("item", ""))
        if knew and key in last and kind not in ("visit", "gift", "plan_new", "plan_reply"):
            more["base"] = [last[key]]
        events.append(event(kind, home, on=day, id=str(uuid.uuid4()), **more))
        last[key] = events[-1]["id"]
        made |= {home: events[-1]["id"]} if kind == "plan_new" else {}
    return events


def answers(w: Warehouse) -> dict[str, list]:
    """What is said of the households and of all, in no order, without what tells a record that is in no register yet from one that is."""
    of_each = {
        f"{q} {home}": w.ask(q, household=w.ref(home)) for q in ("lights", "plan", "shortages", "steps") for home in HOMES
    }
    of_all = {
        q: w.ask(q) for q in ("report", "summary", "dimensions", "aspects", "attention", "promises", "agencies", "shortfalls")
    }
    return {
        name: sorted(str({k: v for k, v in row.items() if k not in FREE - {"thing", "updated_date"}}) for row in rows)
        for name, rows in (of_each | of_all).items()
    }


@given(happened=HAPPENED, seen=SEEN)
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_a_file_of_what_is_recorded_changes_no_number_when_it_is_loaded(tmp_path_factory, happened, seen) -> None:
    with pytest.MonkeyPatch.context() as patch:
        w = built_of(tmp_path_factory.mktemp("back") / "w", BASE)
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        if events := as_events(happened, seen):
            keep(*events)
        before = answers(w)
        try:
            first = exported(w)
        except NothingToWrite:
            return
        assert not taken_in(w, first).get("replaced")
        assert differences(before, answers(w)) == {}
        assert [row for row in w.ask("unentered") if row["filing"] == "ready"] == []
        with pytest.raises(NothingToWrite):
            exported(w, "อีกครั้ง.xlsx")
        everything = exported(w, "ทั้งหมด.xlsx", every=True)
        assert not [name for name in taken_in(w, everything).get("replaced", []) if name != first.name]
        assert differences(before, answers(w)) == {}


def differences(before: dict[str, list], after: dict[str, list]) -> dict[str, tuple]:
    return {name: (said, after[name]) for name, said in before.items() if said != after[name]}


def of(w: Warehouse, household: str = "H1") -> list[tuple]:
    """The plan of a household: number, state and owner of each item."""
    return [(row["item_no"], row["status"], row["owner"]) for row in w.ask("plan", household=w.ref(household))]


def apart(w: Warehouse) -> list[tuple]:
    return [(row["kind"], row["field"], row["counts"], row["why"]) for row in w.ask("disagreements")]


def test_what_came_back_is_built_upon_by_its_id_and_by_its_number_and_a_withdrawal_of_it_is_listed(warehouse) -> None:
    w = warehouse(**BASE)
    new = event("plan_new", "H1", on="2022-09-10", aspect="skill", activity="เลี้ยงปลา")
    begun = event("plan_status", "H1", on="2022-09-11", thing=f"plan/{new['id']}", status="in_progress")
    visit = event("visit", "H2", on="2022-09-12", checked_dimension="living", check_result="0")
    keep(new, begun, visit)
    number = max(item for item, *_ in of(w))
    taken_in(w, exported(w))
    assert number >= 10_000 and (number, "in_progress", None) in of(w) and w.household("H2")["living"] == "deprived"
    assert [row["entry"] for row in w.ask("heads", household=w.ref("H1")) if row["kind"] == "plan_status"] == [begun["id"]]
    keep(event("plan_status", "H1", on="2022-09-20", thing=f"plan/{new['id']}", status="done", base=[begun["id"]]))
    keep(event("plan_owner", "H1", on="2022-09-20", thing=f"plan/{number}", owner="ประมง"))
    assert (number, "done", "ประมง") in of(w) and w.household("H1")["plan_items"] == 2
    keep(event("withdrawn", "H2", on=LAST, thing=visit["id"], reason="ผิดบ้าน"))
    assert w.household("H2")["living"] == "deprived"  # the row stands in the file
    assert ("visit", "withdrawn", "register", "withdrawn") in apart(w)
    taken_in(w, exported(w, "ต่อมา.xlsx"))
    assert of(w) == [(1, "planned", "กศน."), (number, "done", "ประมง")]
    assert apart(w) == [("visit", "withdrawn", "register", "withdrawn")] and not w.ask("review", queue="double")


def test_an_officer_edits_the_file_or_takes_the_ids_out(warehouse) -> None:
    w = warehouse(**BASE)
    keep(
        event("plan_status", "H1", on="2022-09-10", thing="plan/1", status="done"),
        event("visit", "H2", on="2022-09-12", checked_dimension="living", check_result="0"),
        event("need", "H1", on="2022-09-12", item="ทราย", quantity=3, unit="คิว"),
    )
    assert {row["filing"] for row in w.ask("unentered")} == {"ready"} and len(w.ask("unentered")) == 3
    path = exported(w)
    told = w.folder.parent / "shell.xlsx"
    assert main(["registers", "--to", str(told), "--year", "2565", "--tambon", "342106"]) == 0
    assert sheets(told) == sheets(path) and [e["facts"]["file"] for e in log.entries(w.folder, action="export")] == [told.name]
    assert main(["registers", "--to", str(told), "--role", "committee"]) == 2
    taken_in(w, path)
    status = definitions.picklist("progress", "th")["in_progress"]
    edited(path, "แผนครัวเรือน 4ท", lambda row: row.update({"สถานะ": status}))
    assert taken_in(w, path)["replaced"] == [path.name]
    assert of(w)[0][1] == "in_progress" and apart(w) == [("plan_status", "status", "register", "edited")]
    edited(path, "เยี่ยมบ้าน", lambda row: row.pop("รหัสบันทึก"))
    taken_in(w, path)
    double = w.ask("review", queue="double")
    assert [row["kind"] for row in double] == ["visit", "visit"] and sum(row["entry"] is None for row in double) == 1
    assert [row["kind"] for row in w.ask("unentered")] == ["visit"]


def test_what_is_not_settled_and_what_must_not_leave_is_not_written_and_said(warehouse) -> None:
    w = warehouse(**BASE | {"household": BASE["household"] + "1000041187812 | 34210602 | | | | | 1 | 2565\n"})
    keep(
        *(event("plan_status", "H1", on="2022-09-10", thing="plan/1", status=s) for s in ("done", "in_progress")),
        *(event("visit", "H2", on="2022-09-12", checked_dimension="living", check_result=r) for r in "01"),
        event("plan_owner", "H4", on="2022-01-01", thing="plan/1", owner="พมจ."),
        event("visit", "1000041187812", on="2022-09-12", finding="ป่วย"),
    )
    waits = sorted(row["filing"] for row in w.ask("unentered"))
    assert waits == ["contradicted", "contradicted", "forked", "forked", "overruled", "ready"]
    assert apart(w)[0] == ("plan_owner", "owner", "register", "register_later")
    with pytest.raises(NothingToWrite, match="1 rows"):
        write(Filters(), DESK)
    for role in ("committee", "field", "viewer"):
        with pytest.raises(NotAllowed):
            write(Filters(), Reader(role, ("3421",)))


def test_a_part_takes_the_place_of_no_list_and_a_copied_line_is_no_second_visit(warehouse) -> None:
    w = warehouse(**BASE)
    keep(
        *(event("plan_status", home, on="2022-09-10", thing="plan/1", status="in_progress") for home in ("H1", "H4")),
        event("visit", "H2", on="2022-09-12", finding="หลังคารั่ว"),
    )
    path = exported(w)
    copied = edited(path, "เยี่ยมบ้าน", lambda row: None, "สำเนา.xlsx")
    edited(copied, "เยี่ยมบ้าน", lambda row: row.update({"เยี่ยมครั้งที่": 7}))
    assert not taken_in(w, path).get("replaced")  # it has every item of the plan, and is a part of it all the same
    assert of(w, "H4") == [(1, "in_progress", "อบต.")] and w.ask("plan", household=w.ref("H4"))[0]["activity"] == "ซ่อมห้องน้ำ"
    taken_in(w, copied)
    assert len([row for row in w.ask("timeline", household=w.ref("H2")) if row["kind"] == "visit"]) == 2
    assert "copied_entry" in w.faults()


def test_the_review_page_and_the_household_say_what_differs_and_offer_the_file(warehouse) -> None:
    w = warehouse(**BASE)
    gift = event("gift", "H2", on="2022-09-10", gift="material", item="ไม้", quantity=5, unit="แผ่น")
    keep(gift)
    taken_in(w, exported(w))
    keep(
        event("plan_owner", "H1", on="2022-01-01", thing="plan/1", owner="พมจ."),
        event("plan_status", "H1", on="2022-09-10", thing="plan/1", status="done"),
        event("visit", "H1", on="2022-09-12", checked_dimension="living", check_result="1"),
        event("need", "H1", on=LAST, item="ปูนซีเมนต์", quantity=50, unit="ถุง"),
        event("step_started", "H1", on="2022-03-01", thing="step/house_build/2"),
        event("withdrawn", "H2", on=LAST, thing=gift["id"], reason="ผิด"),
    )
    reasons = {(row["kind"], row["counts"], row["why"]) for row in w.ask("disagreements")}
    assert reasons == {
        ("plan_owner", "register", "register_later"), ("plan_status", "entry", "later"), ("visit", "entry", "undated"),
        ("need", "entry", "undated"), ("step_started", "register", "register_stands"), ("gift", "register", "withdrawn"),
    }  # fmt: skip
    review = opened("review", lang="en")
    said = "\n".join(element.value for element in [*review.subheader, *review.markdown, *review.caption]).replace("\\", "")
    assert "Recorded and in no register yet: 5" in said and "Record and register differ: 6" in said
    assert "ไม้ 5 แผ่น · 10 Sep 2565" in said  # of what was taken back, what it was
    assert "Register: กศน. (1 Mar 2565)** (counts)" in said and "Ready for the registers: 3 of 5" in said
    review.button(key="make_xlsx").click().run()
    assert not review.exception and [e["facts"]["rows"] for e in log.entries(w.folder, action="export")] == [3]
    home = panels(opened("household", lang="en", household=w.ref("H1")))
    assert "≠ Recorded: พมจ. (1 Jan 2565) · Register: กศน. (1 Mar 2565) (counts)" in home
