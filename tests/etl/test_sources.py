"""A household whose source nobody knows is its own state: never TPMAP, never outside, until a list states it."""

import pytest

from queries import Filters
from tests.drawn import loaded, register, write_csv

STATES = """
household_id | source
A            | tpmap
B            | outside
C            | both
D            |
E            | ไม่ทราบ
F            | ไม่ระบุแหล่ง
"""


def test_not_stated_is_counted_by_itself_and_chosen_by_itself(warehouse):
    w = warehouse(household=STATES)
    assert w.column("source") == dict(zip("ABCDEF", ("tpmap", "outside", "both", *["unstated"] * 3), strict=True))
    (road,) = w.ask("road")
    assert [road[s] for s in ("listed", "tpmap", "outside", "both", "unstated")] == [6, 1, 1, 1, 3]
    (area,) = w.ask("areas", by="tambon")
    assert (area["outside"], area["source_known"], area["households"]) == (1, 3, 6)
    assert {row["code"] for row in w.ask("summary", by="source")} == {"tpmap", "outside", "both", "unstated"}
    assert {r["household_id"] for r in w.ask("report", Filters(source=("unstated",)))} == {"D", "E", "F"}


def test_a_list_without_any_column_of_the_source_loads(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    rows = [["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน"], ["2565", "A", "34210601"], ["2565", "B", "34210601"]]
    w = loaded(tmp_path / "data", write_csv(tmp_path / "ครัวเรือน.csv", rows))
    assert (set(w.column("source").values()), w.faults()) == ({"unstated"}, {"unsaid_source"})


def test_a_word_that_nobody_can_read_comes_back_instead_of_being_called_not_stated(warehouse):
    w = warehouse(household="household_id | source\nA | tpmap\nB | ที่ไหนสักแห่ง")
    assert (set(w.households()), w.faults()) == ({"A"}, {"not_in_list"})


@pytest.mark.parametrize(
    ("first", "second", "source", "fault"),
    [
        ("", "tpmap", "tpmap", "in_two_lists"),
        ("outside", "", "outside", "in_two_lists"),
        ("ไม่ระบุ", "both", "both", "in_two_lists"),
        ("tpmap", "outside", "both", "in_both"),
    ],
)
def test_of_two_lists_what_is_known_wins(tmp_path, monkeypatch, first, second, source, fault):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    files = [
        write_csv(
            tmp_path / f"{n}.csv", register("household", f"household_id | source | members\nA | {said} | {n}\n{n} | tpmap |")
        )
        for n, said in ((1, first), (2, second))
    ]
    w = loaded(tmp_path / "data", *files)
    (listed,) = [p for p in w.problems() if p["fault"] in ("in_two_lists", "in_both")]
    people = 2 if second == "tpmap" else 1  # what TPMAP says stands, whichever list came first
    assert (w.column("source")["A"], w.column("people")["A"], listed["fault"]) == (source, people, fault)


def test_a_newer_file_that_leaves_the_source_blank_keeps_what_was_known(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    path = tmp_path / "household.csv"
    loaded(tmp_path / "data", write_csv(path, register("household", "household_id | source\nA | outside\nB | ")))
    for blank in ("", "ไม่ระบุ"):
        w = loaded(tmp_path / "data", write_csv(path, register("household", f"household_id | source\nA | {blank}\nB | ")))
        assert w.column("source") == {"A": "outside", "B": "unstated"}, blank
