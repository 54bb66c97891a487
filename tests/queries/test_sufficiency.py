"""Levels of assessed villages against a count in plain Python, at every boundary; forums that are held on the screen."""

import uuid
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import DESK, NATION, Filters, Reader
from tests.definitions.test_editing import answers, load, rooms  # noqa: F401
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep, words
from ui.meeting.forum_screen import score_of

ITEMS, MAINS = range(1, 24), 10
FIRST = frozenset(range(1, MAINS + 1))  # the main items of most tests
VILLAGES = [f"342106{n:02}" for n in range(1, 10)]
NUMBERS = count(1)
OF = {"instrument": "sufficiency_23"}


def built(folder: Path, assessments: list[dict]) -> Warehouse:
    """One build of drawn assessments, each of a village and year of its own."""
    head = "assessed_year | village_code | instrument | assessment_round"
    whole, scores = [f"{head} | stated_level | assessed_date"], [f"{head} | item | item_main | item_score"]
    for one, (year, village) in zip(assessments, places(), strict=False):
        key = f"{year} | {village} | sufficiency_23 | once"
        whole.append(f"{key} | {one.get('stated', '')} | {one.get('on', '')}")
        main = one.get("main", FIRST)
        for item in one.get("items", ITEMS):
            scores.append(f"{key} | {item} | {'main' if item in main else 'other'} | {int(item in one['passed'])}")
    texts = {"household": "household_id\nH1", "village_assessment": "\n".join(whole), "village_score": "\n".join(scores)}
    return loaded(folder / "data", *(write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items()))


def places():
    """A year and village for each of many assessments."""
    return ((year, village) for year in range(2555, 2566) for village in VILLAGES)


def reckoned(one: dict) -> tuple[str, str | None]:
    """(verdict, level) as a child counts: 10 to 16 of 23, and all ten main ones."""
    items, main = set(one.get("items", ITEMS)), set(one.get("main", FIRST))
    passed = len(items & set(one["passed"]))
    if len(items) < 23:
        return "incomplete", None
    if passed < 10:
        return "below", "below"
    if len(main) != MAINS:
        return "main_unknown", None
    if not main <= set(one["passed"]):
        return "below", "below"
    return ("level", "subsistence") if passed <= 16 else ("beyond", None)


def asked(w: Warehouse) -> dict[tuple[int, str], dict]:
    return {(row["assessed_year"], row["village_code"]): row for row in w.ask("village_levels", **OF)}


def check(w: Warehouse, assessments: list[dict]) -> None:
    rows = asked(w)
    for one, place in zip(assessments, places(), strict=False):
        row = rows[place]
        assert (row["verdict"], row["reckoned"]) == reckoned(one), (one, row)
        items, main = set(one.get("items", ITEMS)), set(one.get("main", FIRST))
        assert (row["scored"], row["passed"]) == (len(items), len(items & set(one["passed"])))
        if len(items) == 23:
            missing = sorted(main - set(one["passed"]))
            assert [int(n) for n in (row["main_missing"] or "").split(", ") if n] == missing
        said, known = one.get("stated"), row["verdict"] in ("level", "below")
        assert row["agrees"] == ((said == row["reckoned"]) if said and known else None)


PASSED = st.frozensets(st.sampled_from(list(ITEMS)), max_size=23)
DRAWN = st.fixed_dictionaries(
    {"passed": st.one_of(PASSED, PASSED.map(lambda some: some | FIRST))},
    optional={
        "main": st.frozensets(st.sampled_from(list(ITEMS)), min_size=9, max_size=11),
        "items": st.frozensets(st.sampled_from(list(ITEMS)), min_size=22, max_size=23),
        "stated": st.sampled_from(["below", "subsistence", "comfort"]),
    },
)


@given(assessments=st.lists(DRAWN, min_size=30, max_size=60))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_a_level_is_what_its_items_come_to(tmp_path_factory, assessments) -> None:
    w = built(tmp_path_factory.mktemp("levels"), assessments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", str(w.folder))
        check(w, assessments)


def test_the_boundaries_9_10_16_17_and_each_main_item_missing(tmp_path, monkeypatch) -> None:
    at = [set(range(1, n + 1)) for n in (0, 9, 10, 16, 17, 23)]
    without = [set(range(1, 17)) - {main} for main in FIRST] + [set(ITEMS) - {main} for main in FIRST]
    assessments = [{"passed": passed, "stated": "subsistence"} for passed in at + without]
    w = built(tmp_path, assessments)
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    check(w, assessments)
    rows = list(asked(w).values())
    by_passed = {row["passed"]: row["verdict"] for row in rows if not row["main_missing"]}
    assert by_passed == {10: "level", 16: "level", 17: "beyond", 23: "beyond"}
    lacking = [row for row in rows if row["passed"] in (15, 22)]
    assert len(lacking) == 20 and {row["verdict"] for row in lacking} == {"below"}
    assert sorted(int(row["main_missing"]) for row in lacking) == sorted([*FIRST, *FIRST])


def test_the_next_level_says_what_is_missing_and_that_a_rule_is_not_known(tmp_path, monkeypatch) -> None:
    w = built(tmp_path, [{"passed": set(range(1, 8))}, {"passed": set(range(1, 13))}])
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    below, first = (asked(w)[place] for place, _ in zip(places(), range(2), strict=False))
    assert (below["next_aim"], below["next_more"], below["main_missing"]) == ("subsistence", 3, "8, 9, 10")
    assert (first["next_aim"], first["next_known"], first["next_more"]) == ("comfort", False, None)


def test_a_rule_that_an_officer_fills_in_is_a_row(rooms) -> None:  # noqa: F811
    rules = rooms / "definitions" / "level_rules.csv"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("comfort,sufficiency_23,2,,,,", "comfort,sufficiency_23,2,17,22,yes,"), encoding="utf-8")
    key = "ปีที่ประเมิน,รหัสหมู่บ้าน,แบบประเมินหมู่บ้าน,ครั้งการประเมิน"
    (rooms / "whole.csv").write_text(
        f"{key}\n" + "".join(f"{year},34210601,sufficiency_23,once\n" for year in (2564, 2565)), "utf-8"
    )
    rows = [
        f"{year},34210601,sufficiency_23,once,{item},{'main' if item <= 10 else 'other'},{int(item <= passed)}"
        for year, passed in ((2564, 17), (2565, 23))
        for item in ITEMS
    ]
    load(rooms, "whole.csv", (rooms / "whole.csv").read_text("utf-8"))
    load(rooms, "scores.csv", f"{key},ตัวชี้วัดข้อที่,ตัวชี้วัดหลัก,คะแนนรายข้อ\n" + "\n".join(rows) + "\n")
    levels = {row["assessed_year"]: row for row in answers(rooms, "village_levels", "--instrument", "sufficiency_23")}
    assert (levels[2564]["verdict"], levels[2564]["reckoned"]) == ("level", "comfort")
    assert levels[2565]["verdict"] == "beyond"


def test_a_score_without_its_assessment_is_refused_by_name(warehouse) -> None:
    key = "assessed_year | village_code | instrument | assessment_round"
    w = warehouse(
        household="household_id\nH1",
        village_assessment=f"{key}\n2565 | 34210601 | sufficiency_23 | once",
        village_score=f"{key} | item | item_score\n2565 | 34210601 | sufficiency_23 | once | 1 | 1\n2565 | 34210602 | gvh | once | 1 | 3",
    )
    assert "unknown_village_assessment" in w.faults()
    assert [row["scored"] for row in w.ask("village_levels", **OF)] == [1]


@pytest.mark.parametrize(
    ("hands", "way", "score"),
    [({0: 3, 1: 21}, "most", 1), ({0: 12, 1: 12}, "most", 0), ({1: 1, 2: 5, 3: 5}, "most", 2), ({0: 0, 1: 0}, "most", None),
     ({1: 1, 2: 0, 5: 2}, "mean", 3.67), ({1: 0, 2: 0}, "mean", None)],
)  # fmt: skip
def test_raised_hands_come_to_a_score(hands, way, score) -> None:
    assert score_of(hands, way) == score


# Forums on the screen.


def new_forum(village: str = VILLAGES[0], on: str = "2022-09-10", **more) -> tuple[str, dict]:
    id_ = str(uuid.UUID(int=(2 << 64) + next(NUMBERS)))
    body = {"instrument": "sufficiency_23", "assessment_round": "once", "held_on": on, "people": 40} | more
    return id_, event("forum_opened", about={"village": village}, thing=f"forum/{id_}", **body)


def scored(id_: str, item: int, score: float, village: str = VILLAGES[0], **more) -> dict:
    thing = f"forum/{id_}/item/{item}"
    return event("forum_scored", about={"village": village}, thing=thing, item=str(item), score=score, hands="0:1|1:39", **more)


@pytest.fixture
def w(tmp_path, monkeypatch) -> Warehouse:
    """A register that has the first village of 2565 as below, assessed on 1 September."""
    first = [{"passed": ()}] * 90 + [{"passed": set(range(1, 6)), "stated": "below", "on": "2022-09-01"}]
    w = built(tmp_path, first)
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    return w


def now(w: Warehouse) -> dict:
    return asked(w)[(2565, VILLAGES[0])]


def test_a_forum_counts_once_every_item_is_scored_and_then_in_place_of_an_older_assessment(w) -> None:
    id_, opened = new_forum()
    keep(opened, *(scored(id_, item, 1) for item in list(ITEMS)[:-1]))
    assert (now(w)["forum"], now(w)["passed"]) == (None, 5)
    forum = w.ask("village_forums", forum=id_)[0]
    assert (forum["scored"], forum["items"], forum["forum_people"]) == (22, 23, 40)
    keep(scored(id_, 23, 0))
    assert (now(w)["forum"], now(w)["scored"], now(w)["passed"], now(w)["stated_level"]) == (id_, 23, 22, None)
    assert now(w)["verdict"] == "main_unknown"  # nobody has said which are the main ones of the form that was used
    assert {
        row["item_score"] for row in w.ask("village_items", filters=Filters(village=(VILLAGES[0],), year=("2565",)), **OF)
    } == {0, 1}


@pytest.mark.parametrize(
    ("passed", "verdict"), [(9, "below"), (10, "level"), (16, "level"), (17, "beyond"), (-10, "below"), (-16, "below")]
)
def test_a_forum_has_a_level_by_the_main_items_of_its_form(w, passed, verdict) -> None:
    """A number below nought: as many pass, and the first main item is not among them."""
    id_, opened = new_forum(main_items="1,2,3,4,5,6,7,8,9,10")
    first = 1 if passed > 0 else 2
    keep(opened, *(scored(id_, item, int(first <= item < first + abs(passed))) for item in ITEMS))
    assert (now(w)["forum"], now(w)["passed"], now(w)["verdict"]) == (id_, abs(passed), verdict)


def test_an_older_forum_leaves_the_register_alone(w) -> None:
    id_, opened = new_forum(on="2022-08-01")
    keep(opened, *(scored(id_, item, 1) for item in ITEMS))
    assert now(w)["forum"] is None


def test_an_item_is_scored_again_on_what_stands_and_a_forum_is_taken_back(w) -> None:
    id_, opened = new_forum()
    first = scored(id_, 1, 0)
    keep(opened, first)
    keep(scored(id_, 1, 1, base=[first["id"]]))
    item = w.ask("forum_items", forum=id_)[0]
    assert (item["score"], item["hands"], bool(item["forked"])) == (1, "0:1|1:39", False)
    keep(event("withdrawn", about={"village": VILLAGES[0]}, thing=opened["id"], reason="เปิดผิดหมู่บ้าน"))
    assert w.ask("village_forums", forum=id_) == [] and w.ask("forum_items", forum=id_) == []


def test_two_who_score_one_item_apart_are_a_fork_and_neither_counts_until_it_is_settled(w) -> None:
    id_, opened = new_forum()
    keep(opened, scored(id_, 1, 0), scored(id_, 1, 1))
    assert w.ask("forum_items", forum=id_)[0]["score"] is None


def test_whoever_may_not_record_or_is_of_another_area_opens_no_forum(w) -> None:
    _, opened = new_forum()
    assert words([opened], Reader("committee", (NATION,))) == ["refused"]
    assert words([opened], Reader("field", ("342101",))) == ["refused"]
    assert words([opened], Reader("field", ("342106",))) == ["kept"]
    assert len(w.ask("village_forums", reader=Reader("field", ("342106",)))) == 1
    assert w.ask("village_forums", reader=Reader("field", ("342101",))) == []


@pytest.mark.parametrize(
    "wrong",
    [{"thing": "forum/1"}, {"thing": "forum/x/item/1"}, {"about": {"household": "0" * 16}}, {"about": {"area": "3421"}}, {"people": -1},
     {"instrument": "another"}, {"held_on": "10/9/2565"}],
)  # fmt: skip
def test_what_is_no_forum_is_refused(w, wrong) -> None:
    _, opened = new_forum()
    whole = {**opened, **{k: v for k, v in wrong.items() if k in opened}}
    whole["body"] = opened["body"] | {k: v for k, v in wrong.items() if k not in opened}
    assert words([whole], DESK) == ["refused"]


def test_a_model_family_leads_to_its_household_where_it_is_the_readers_to_see(warehouse) -> None:
    w = warehouse(
        household="household_id | village_code\nH1 | 34210601",
        model_family="chosen_year | village_code | family_no | family_head | household_id\n"
        "2565 | 34210601 | 1 | ขยันดี | H1\n2565 | 34210602 | 1 | ร่มเย็น | H9",
    )
    (known, unknown) = w.ask("model_families")
    assert (known["ref"], unknown["ref"]) == (w.ref("H1"), None)
    masked = w.ask("model_families", reader=Reader("committee", (NATION,)))
    assert [row["family_head"] for row in masked] == ["ข…", "ร…"]
