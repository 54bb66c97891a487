"""Which household an entry belongs to when registers change: ids swapped, corrected, merged, heads replaced, names borne twice."""

import itertools
import json
import random
from collections.abc import Iterator

import duckdb
import pytest

import definitions
from installation import secret
from installation.paths import data_folder
from journal import store
from journal.__main__ import main
from journal.claim import Attached, Claim, Household, by_itself, claim_of, nearest, seen
from journal.project import Projection
from queries import DESK, Reader, build
from queries.record import record
from queries.waiting import unattached, waiting
from queries.warehouse import attached, located
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep, words

HERE, THERE = Reader("data_officer", ("34210601",)), Reader("data_officer", ("34210602",))
HOUSEHOLD = """
household_id | village_code | head_first_name | head_last_name
A1           | 34210601     | สมชาย           | ใจดี
A2           | 34210601     | มานี            | มีนา
A3           | 34210601     | ปิติ            | พอใจ
B1           | 34210602     | สมชาย           | ใจดี
"""
PERSON = """
household_id | member_no | first_name | last_name
A1 | 1 | สมชาย | ใจดี
A1 | 2 | สมศรี | ใจดี
A1 | 3 | สมหมาย | ใจดี
"""
SWAPPED = HOUSEHOLD.replace("A1  ", "A?  ").replace("A2  ", "A1  ").replace("A?  ", "A2  ")


@pytest.fixture
def w(warehouse) -> Warehouse:
    return warehouse(household=HOUSEHOLD, person=PERSON)


def notes(w: Warehouse, household_id: str, year: int = 2565) -> list[str]:
    """What is told of a household."""
    return sorted(row["told"] for row in w.ask("timeline", household=w.ref(household_id, year)) if row["kind"] == "note")


def same(w: Warehouse, household_id: str, thing: str, **more) -> dict:
    return event("same_household", household_id, thing=thing, reason="ครอบครัวเดียวกัน", **more)


def seen_of(w: Warehouse, household_id: str) -> str:
    """What a tablet is given of a household of the current build."""
    return seen(secret.key(data_folder(), "head"), located([w.ref(household_id)])[w.ref(household_id)].head)


def test_ids_swapped_between_two_families_attach_nothing_until_an_officer_says_whose_it_is(w, warehouse) -> None:
    first, other = keep(event("note", "A1", note="ของสมชาย"), event("note", "A2", note="ของมานี"))
    tablet = {"household": w.ref("A1"), "seen": seen_of(w, "A1")}
    now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    assert notes(now, "A1") == notes(now, "A2") == []
    assert [(row["id"], row["lost"]) for row in unattached(HERE)] == [(first, "head_elsewhere"), (other, "head_elsewhere")]
    assert unattached(THERE) == [] and len(waiting(HERE)) == 2
    keep(same(now, "A2", first))
    assert notes(now, "A2") == ["ของสมชาย"] and [row["id"] for row in unattached(HERE)] == [other]
    # a tablet that had its list before goes on sending the old number: it means the family that it saw
    assert words([event("note", note="จากแท็บเล็ต", about=tablet)], HERE) == ["kept"]
    assert "จากแท็บเล็ต" in notes(now, "A2")
    assert words([event("note", note="อีกครั้ง", about=tablet)], HERE) == ["kept"]
    keep(event("note", "A1", note="ใหม่"))  # the desk, which sees the register as it is now
    assert notes(now, "A2") == ["ของสมชาย", "จากแท็บเล็ต", "อีกครั้ง"] and notes(now, "A1") == ["ใหม่"]


def test_a_tablet_that_saw_another_family_is_not_believed_by_the_number(w, warehouse) -> None:
    tablet = {"household": w.ref("A1"), "seen": seen_of(w, "A1")}
    now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    (verdict,) = record([event("note", note="x", about=tablet)], HERE, "x")
    assert verdict["verdict"] == "held" and "another household" in verdict["reason_en"]
    assert notes(now, "A1") == [] and len(unattached(HERE)) == 1


def test_a_word_is_taken_back_and_then_said_anew(w, warehouse) -> None:
    (first,) = keep(event("note", "A1", note="ของสมชาย"))
    now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    (wrong,) = keep(same(now, "A3", first))
    assert notes(now, "A3") == ["ของสมชาย"]
    keep(event("withdrawn", "A3", thing=wrong, reason="ผิดบ้าน"))
    assert notes(now, "A3") == [] and [row["id"] for row in unattached(HERE)] == [first]
    keep(same(now, "A2", first))
    assert notes(now, "A2") == ["ของสมชาย"] and unattached(HERE) == []


def test_words_that_contradict_each_other_are_believed_by_nobody(w, warehouse) -> None:
    (first,) = keep(event("note", "A1", note="ของสมชาย"))
    now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    keep(same(now, "A2", first), same(now, "A3", first))
    assert [row["lost"] for row in unattached(HERE)] == ["several"] and notes(now, "A2") == notes(now, "A3") == []


def test_a_corrected_id_is_found_by_its_head_and_what_builds_on_it_goes_along(w, warehouse) -> None:
    new = event("plan_new", "A3", aspect="skill", activity="เลี้ยงปลา")
    (first, _) = keep(new, event("note", "A3", note="ก่อน"))
    now = warehouse(household=HOUSEHOLD.replace("A3 ", "C3 "))
    assert notes(now, "C3") == ["ก่อน"] and unattached(DESK) == []
    keep(event("plan_status", "C3", thing=f"plan/{first}", status="done"))
    assert [row["status"] for row in now.ask("plan", household=now.ref("C3"))] == ["done"]
    assert words([event("note", note="ตามรหัสเดิม", about={"household": w.ref("A3")})]) == ["kept"]
    assert notes(now, "C3") == ["ก่อน", "ตามรหัสเดิม"]
    keep(event("withdrawn", "C3", thing=first, reason="ผิด"))
    assert now.ask("plan", household=now.ref("C3")) == []


def test_a_head_who_is_followed_by_one_of_the_family_is_the_same_household(w, warehouse) -> None:
    keep(event("note", "A1", note="ของสมชาย"), event("note", "A2", note="ของมานี"))
    heads = HOUSEHOLD.replace("A1           | 34210601     | สมชาย ", "A1           | 34210601     | สมศรี ")
    now = warehouse(household=heads.replace("มานี ", "ชูใจ "), person=PERSON.replace("A1 | 1 | สมชาย | ใจดี\n", ""))
    assert notes(now, "A1") == ["ของสมชาย"]  # of the people of that time two are still there
    assert [row["lost"] for row in unattached(HERE)] == ["other_family"]  # nobody else of มานี's is known


def test_a_name_that_two_heads_of_a_village_bear_finds_nobody(warehouse) -> None:
    twice = HOUSEHOLD.replace("ปิติ            | พอใจ", "มานี            | มีนา")
    warehouse(household=twice)
    keep(event("note", "A2", note="คนแรก"), event("note", "A3", note="คนที่สอง"))
    now = warehouse(household=twice.replace("A2  ", "C2  ").replace("A3  ", "C3  "))
    assert [row["lost"] for row in unattached(DESK)] == ["several", "several"]
    gone = warehouse(household="\n".join(line for line in twice.replace("A2  ", "C2  ").splitlines() if "A3" not in line))
    assert notes(gone, "C2") == [] and len(unattached(DESK)) == 2  # one is left of the name: nobody knows which
    assert notes(now, "C2") == []


def test_another_year_is_another_register(w, warehouse) -> None:
    keep(event("note", "A2", note="ของมานี"))
    now = warehouse(
        household="household_id | village_code | head_first_name | head_last_name | register_year\nA2 | 34210601 | มานี | มีนา | 2566"
    )
    assert notes(now, "A2", 2566) == []
    assert notes(now, "A2") == ["ของมานี"] and unattached(DESK) == []
    (entry,) = store.store(w.folder).after(0)
    other = Claim("0" * 16, "2564", "A2", "34210601", entry["head"], "")  # of a year that is listed no more
    assert attached([other]) == {other: Attached("", why="absent")}


def test_of_two_households_that_are_one_the_entries_follow_the_one_that_stays(w, warehouse) -> None:
    keep(event("note", "A2", note="สอง"), event("note", "A3", note="สาม"))
    keep(same(w, "A2", f"{w.ref('A3')}/{located([w.ref('A3')])[w.ref('A3')].head}"))
    assert (notes(w, "A2"), notes(w, "A3")) == (["สอง"], ["สาม"])  # as long as the register has both
    lines = HOUSEHOLD.strip().splitlines()
    one = warehouse(household="\n".join(line for line in lines if not line.startswith("A3")))
    assert notes(one, "A2") == ["สอง", "สาม"] and unattached(DESK) == []
    other = warehouse(household="\n".join(line for line in lines if not line.startswith("A2")))
    assert notes(other, "A3") == ["สอง", "สาม"] and unattached(DESK) == []


def test_who_may_say_so_looks_after_both(w) -> None:
    (of_b,) = keep(event("note", "B1", note="x"))
    for reader, said in ((HERE, "refused"), (THERE, "refused"), (Reader("data_officer", ("342106",)), "kept"),
                         (Reader("committee", ("342106",)), "refused")):  # fmt: skip
        assert words([same(w, "A1", of_b)], reader) == [said], reader
    assert words([same(w, "A1", w.ref("B1"))], HERE) == ["refused"]
    assert words([same(w, "A1", w.ref("A1")), same(w, "A1", "0" * 16)], HERE) == ["refused"] * 2


def test_who_could_not_be_asked_for_the_area_writes_nothing_outside_it(w, warehouse) -> None:
    """A household that was in no register when it was recorded of, and lies elsewhere when it comes."""
    note = event("note", "B9", note="x")
    assert words([note], HERE) == ["held"]
    now = warehouse(household=HOUSEHOLD + "B9 | 34210602 | แก้ว | ใส\n")
    assert notes(now, "B9") == [] and [row["lost"] for row in unattached(HERE)] == ["outside"]


def test_the_shell_prints_enough_to_settle(w, warehouse, capsys) -> None:
    (first,) = keep(event("note", "A1", note="ของสมชาย"))
    warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    assert main(["unattached"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    likeliest = row["candidates"][0]
    assert (likeliest["household_id"], likeliest["head_first_name"]) == ("A2", "สมชาย")
    assert words([event("same_household", thing=row["id"], reason="x", about={"household": likeliest["household"]})]) == [
        "kept"
    ]
    assert main(["unattached", "--role", "committee"]) == 0 and json.loads(capsys.readouterr().out) == []
    assert row["id"] == first


def orders(w: Warehouse, entries: list[dict]) -> Iterator[str]:
    """What each order of arrival makes."""
    for number, order in enumerate(itertools.permutations(entries)):
        connection = duckdb.connect()
        connection.execute(f"attach '{w.folder / 'warehouse' / f'{build().id}.duckdb'}' as warehouse (read_only)")
        connection.execute(definitions.script("masks"))
        projection, parted = Projection(connection), random.Random(number).randrange(len(order))
        numbered = [entry | {"seq": place} for place, entry in enumerate(order, 1)]
        for batch in (numbered[:parted], numbered[parted:]):
            projection.follow(batch)
        tables = ["household", "contribution", "record", "tally"]
        held = sorted(map(str, projection.waiting()))
        yield str([*(sorted(map(str, connection.execute(f"from delta.{one}").fetchall())) for one in tables), held])


def test_120_orders_of_arrival_make_one_projection_with_words_of_officers_among_them(w, warehouse) -> None:
    (first,) = keep(event("gift", "A1", gift="money", item="เงิน", quantity=500, unit="บาท"))
    now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
    (wrong,) = keep(same(now, "A3", first))
    keep(event("withdrawn", "A3", thing=wrong, reason="x"))
    (right,) = keep(same(now, "A2", first))
    assert words([event("withdrawn", "A2", thing=first, reason="x")]) == ["kept"]
    entries = store.store(w.folder).after(0)
    assert len(entries) == 5 and len(set(orders(now, entries))) == 1 and right


SHAPES = ("same", "swapped", "corrected", "new_head", "other_family", "gone")


def test_a_naive_recount_by_names_says_the_same_of_a_village_in_which_everything_happens(warehouse) -> None:
    """Sixty families, each with something of its own between two registers; where each belongs, said from the names alone."""
    dice = random.Random(7)
    names = [f"คนที่{chr(0xE01 + n // 40)}{chr(0xE01 + n % 40)}" for n in range(400)]
    before = {f"H{n}": [names.pop() for _ in range(dice.choice((1, 3, 4)))] for n in range(60)}
    after, expected = dict(before), {}
    for number, (id_, people) in enumerate(before.items()):
        shape = SHAPES[number // 2 % len(SHAPES)]
        expected[id_] = id_
        if shape == "swapped" and number % 2:
            after[f"H{number - 1}"], after[id_] = after[id_], after[f"H{number - 1}"]
            expected[id_] = expected[f"H{number - 1}"] = None
        elif shape == "corrected":
            after[f"C{number}"] = after.pop(id_)
            expected[id_] = f"C{number}"
        elif shape == "new_head":
            after[id_] = people[1:] or [names.pop()]
            expected[id_] = id_ if len(people) > 1 else None
        elif shape == "other_family":
            after[id_] = [names.pop(), names.pop()]
            expected[id_] = None
        elif shape == "gone":
            del after[id_]
            expected[id_] = None
    w = warehouse(**as_registers(before))
    keep(*(event("note", id_, note=id_) for id_ in before))
    now = warehouse(**as_registers(after))
    claims = {entry["household_id"]: claim_of(entry) for entry in store.store(w.folder).after(0)}
    found = attached(claims.values())
    assert {id_: found[claim].ref for id_, claim in claims.items()} == {
        id_: now.ref(home) if home else "" for id_, home in expected.items()
    }
    assert {home: notes(now, home) for home in after} == {
        home: [id_ for id_, found_at in expected.items() if found_at == home] for home in after
    }


def as_registers(families: dict[str, list[str]]) -> dict[str, str]:
    heads = [f"{id_} | 34210601 | {people[0]} | ก" for id_, people in families.items()]
    people = [f"{id_} | {n} | {name} | ก" for id_, all_ in families.items() for n, name in enumerate(all_, 1)]
    return {
        "household": "\n".join(["household_id | village_code | head_first_name | head_last_name", *heads]),
        "person": "\n".join(["household_id | member_no | first_name | last_name", *people]),
    }


def lives(ref: str, head: str, *others: str, village: str = "34210601") -> Household:
    return Household(ref, "2565", ref, village, head, frozenset(filter(None, (head, *others))), "", ())


@pytest.mark.parametrize(
    ("marks", "here", "headed", "found"),
    [
        ("a b c", lives("r", "a", "b"), [], Attached("r", "ref")),
        ("", lives("r", "x"), [], Attached("r", "ref")),  # nobody knows who it was: the number counts
        ("a", lives("r", ""), [], Attached("r", "ref")),  # nor who it is
        ("a", lives("r", "b", "a"), [], Attached("r", "ref")),  # no head any more, and still there
        ("a b c", lives("r", "b"), [], Attached("r", "ref")),  # followed by one of the family
        ("a b c d e", lives("r", "x", "b", "c"), [], Attached("r", "ref")),  # half of them stayed
        ("a b c d e", lives("r", "x", "b"), [], Attached("", why="other_family")),
        ("a b c", lives("r", "b", "c"), [lives("s", "a")], Attached("", why="head_elsewhere")),
        ("a", lives("r", "x"), [lives("s", "a")], Attached("", why="head_elsewhere")),  # nobody is sent there by the head alone
        ("a", lives("r", "x", "a"), [lives("s", "a")], Attached("", why="head_elsewhere")),  # a list of people may be older
        ("a~ b", lives("r", "a", "c"), [], Attached("", why="other_family")),  # a name borne twice, and nobody else the same
        ("a b", None, [lives("s", "a", "b")], Attached("s", "head")),
        ("a b", None, [lives("s", "a", "c")], Attached("", why="absent")),  # another family of that name
        ("a b", None, [lives("s", "a", "b"), lives("t", "a", "c")], Attached("", why="several")),
        ("a~", None, [lives("s", "a")], Attached("", why="several")),
        ("- b", None, [], Attached("", why="absent")),
    ],
)
def test_the_rules_one_by_one(marks: str, here: Household | None, headed: list[Household], found: Attached) -> None:
    assert by_itself(Claim("r", "2565", "r", "34210601", marks, ""), here, headed) == found


def test_words_are_followed_along_chains_to_the_nearest_household_and_circles_end() -> None:
    def node(name: str) -> tuple[str, str]:
        return name, ""

    edges = {
        node(a): {node(b) for b in to}
        for a, to in {"a": "b", "b": "ac", "c": "bd", "d": "ca", "x": "yz", "y": "x", "z": "x"}.items()
    }
    assert nearest(node("a"), edges, {node("d"): {"D"}}) == {"D"}
    assert nearest(node("a"), edges, {node("c"): {"C"}, node("d"): {"D"}}) == {"C"}
    assert nearest(node("x"), edges, {node("y"): {"Y"}, node("z"): {"Z"}}) == {"Y", "Z"}
    assert nearest(node("a"), edges, {}) == nearest(node("q"), edges, {node("d"): {"D"}}) == set()
