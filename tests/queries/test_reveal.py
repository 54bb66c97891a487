"""A full citizen ID is revealed by two functions only, to who may, for a reason of the list, after it was written down."""

import json
import os
import re
from pathlib import Path

import pytest

import definitions
from audit import log
from queries import DESK, NATION, Filters, Reader, UnknownQuestion, ask, questions, reasons, report_with_ids, reveal
from queries.ask import _answers
from queries.unmasked import SEALED

ROLES = [row["role"] for row in definitions.table("roles")]
MAY = [role for role in ROLES if Reader(role, ()).may("reveal")]
FULL = re.compile(r"\b\d{13}\b")
MASKED = re.compile(r"x-xxxx-xxxxx-\d\d-\d")
HOUSEHOLDS = """
    household_id | head_citizen_id | certification | village_code
    H1           | 3100000000004   | certified     | 34210601
    H2           | 3100000000012   | certified     | 34210101
"""
PEOPLE = """
    household_id | member_no | citizen_id    | first_name
    H1           | 1         | 1000041187812 | ก
    H1           | 2         |               | ข
"""


@pytest.fixture
def homes(warehouse):
    return warehouse(household=HOUSEHOLDS, person=PEOPLE)


def entries(homes) -> list[dict]:
    """What was written down since the registers were loaded."""
    return [entry for entry in log.entries(homes.folder) if entry["action"] != "load"]


def test_both_roles_with_the_right_see_the_ids_of_one_household(homes):
    assert MAY == ["desk", "data_officer"]
    for role in MAY:
        ids = reveal(homes.ref("H1"), "welfare", Reader(role, ("3421",)), "a@b")
        assert next(iter(ids.itertuples(index=False, name=None))) == (1, "1000041187812")
        assert list(ids["citizen_id"]) == ["1000041187812", "3100000000004"] and ids["member_no"].isna()[1]


def test_it_is_written_down_before_it_is_looked_up(homes, monkeypatch):
    reveal(homes.ref("H1"), "refer", Reader("data_officer", ("3421",)), "a@b")
    (entry,) = entries(homes)
    assert (entry["who"], entry["role"], entry["action"]) == ("a@b", "data_officer", "reveal")
    assert entry["facts"] == {"household": homes.ref("H1"), "reason": "refer"}
    assert not FULL.search(json.dumps(entry, ensure_ascii=False))

    def full(_: int) -> None:
        raise OSError

    calls = []
    monkeypatch.setattr("queries.unmasked.sealed", lambda *_, **__: calls.append(1))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(log.Unwritable):
        reveal(homes.ref("H1"), "refer", DESK, "desk")
    with pytest.raises(log.Unwritable):
        report_with_ids(Filters(), "refer", DESK, "desk")
    assert calls == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MAY])
def test_no_other_role_is_told_and_the_attempt_is_written_down(homes, role):
    for attempt in (
        lambda: reveal(homes.ref("H1"), "welfare", Reader(role, (NATION,)), "c@d"),
        lambda: report_with_ids(Filters(), "welfare", Reader(role, (NATION,)), "c@d"),
    ):
        with pytest.raises(PermissionError):
            attempt()
    assert [(entry["action"], entry["role"]) for entry in entries(homes)] == [("refused", role)] * 2


def test_a_household_of_another_area_and_one_that_is_none_are_refused_alike(homes):
    for ref, areas in ((homes.ref("H2"), ("342106",)), ("0" * 16, (NATION,)), ("", (NATION,)), (homes.ref("H1"), ())):
        with pytest.raises(PermissionError):
            reveal(ref, "welfare", Reader("data_officer", areas), "a@b")
    assert {entry["action"] for entry in entries(homes)} == {"refused"}


@pytest.mark.parametrize("reason", ["", "because", "welfare "])
def test_a_reason_is_one_of_the_list(homes, reason):
    with pytest.raises(ValueError, match="is not one of same_person"):
        reveal(homes.ref("H1"), reason, DESK, "desk")
    assert entries(homes) == [] and len(reasons("th")) == 4


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("sealed", sorted(path.stem for path in SEALED.glob("*.sql")))
def test_nobody_gets_a_sealed_question_answered_by_asking(homes, sealed, role):
    with pytest.raises(UnknownQuestion):
        ask(sealed, Filters(), Reader(role, (NATION,)), household=homes.ref("H1"))


def test_every_other_answer_still_masks_every_citizen_id(homes):
    reveal(homes.ref("H1"), "welfare", DESK, "desk")
    report_with_ids(Filters(), "welfare", DESK, "desk")
    for role in ROLES:
        for question in questions():
            given = {"household": homes.ref("H1")} if "household" in questions()[question].parameters else {}
            try:
                answer = json.dumps(homes.ask(question, reader=Reader(role, (NATION,)), **given), default=str)
            except PermissionError:
                continue
            assert not FULL.search(answer), (role, question)


def test_nothing_of_it_is_kept(homes):
    reveal(homes.ref("H1"), "welfare", DESK, "desk")
    report_with_ids(Filters(), "welfare", DESK, "desk")
    kept = [frame.to_csv(float_format="%.6f") for frame in _answers.values()]  # a point has more decimals than an ID digits
    assert not [text for text in kept if FULL.search(text)]
    assert MASKED.fullmatch(homes.ask("report")[0]["citizen_id"] or homes.ask("report")[1]["citizen_id"])


def test_the_report_with_ids_is_the_report_with_ids(homes):
    plain, full = ask("report", Filters(), DESK), report_with_ids(Filters(), "welfare", DESK, "desk")
    assert dict(zip(full["household_id"], full["citizen_id"].fillna(""), strict=True)) == {"H1": "1000041187812", "H2": ""}
    assert plain.drop(columns="citizen_id").equals(full.drop(columns="citizen_id"))
    area = report_with_ids(Filters(), "welfare", Reader("data_officer", ("342101",)), "a@b")
    assert list(area["household_id"]) == ["H2"]
    assert [e["facts"]["households"] for e in entries(homes)] == [1, 2]


def test_a_household_that_is_named_by_its_heads_id_is_so_in_the_locked_report_only(warehouse):
    lines = [f"{number:013} | 34210601 | 1" for number in range(1, 40)]  # every tenth or so ends alike: masked, they are one
    w = warehouse(
        household="household_id | village_code | members\n" + "\n".join(lines),
        person="household_id | member_no | citizen_id\n0000000000007 | 1 | 1000041187812",
    )
    assert not [row for row in w.ask("report") if FULL.search(str(row))]
    full = report_with_ids(Filters(), "welfare", DESK, "desk")
    assert sorted(full["household_id"]) == [line[:13] for line in lines]
    assert dict(zip(full["household_id"], full["citizen_id"], strict=True))["0000000000007"] == "1000041187812"
    assert full["citizen_id"].notna().sum() == 1


@pytest.mark.parametrize("path", sorted(SEALED.glob("*.sql")), ids=lambda p: p.stem)
def test_a_sealed_question_reads_people_through_the_doors_too(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ") and ";" not in text and "warehouse." not in text and len(text.splitlines()) <= 30
