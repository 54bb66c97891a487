"""Who sees what: rows by area, columns by role, addresses that tell nothing."""

import json

import pytest

import definitions
from queries import NATION, Filters, Reader, questions
from queries.reader import CLASSES
from tests.drawn import loaded, register, write_csv

ROLES = [row["role"] for row in definitions.table("roles")]
OF_NOBODY = {
    "build",
    "rules",
    "place",
    "shapes",
}  # say nothing of any household; outlines are no secret, points in them blurred
OF_FILES = {"loads", "problems"}  # about files, not areas
CANARIES = {
    "name": ("กานารีชื่อ", "กานารีสกุล", "กานารีสมาชิก", "กานารีผู้ให้", "กานารีผิด"), "address": ("99/8877", "กานารีรหัส", "00001234567"),
    "phone": ("0812345678",), "citizen_id": ("1000041187812",),
}  # fmt: skip


PLANTED = {
    "household": """
    household_id | head_first_name | head_last_name | house_no | house_code  | phone      | certification | certified_date | indicator_8 | latitude | longitude | members
    กานารีรหัส     | กานารีชื่อ         | กานารีสกุล        | 99/8877  | 00001234567 | 0812345678 | certified     | 2022-01-01     | 0           | 15.7     | 105.3     | กานารีผิด
    other        |                 |                |          |             |            |               |                |             |          |           | 1
    """,
    "person": "household_id | member_no | citizen_id | first_name | last_name\nกานารีรหัส | 1 | 1000041187812 | กานารีสมาชิก | กานารีสกุล",
    "plan": "household_id | due_date\nกานารีรหัส | 2022-01-02",
    "step": "household_id | step | started_date\nกานารีรหัส | 1 | 2022-02-02",
    "need": "household_id\nกานารีรหัส",
    "contribution": "household_id | giver | given_date\nกานารีรหัส | กานารีผู้ให้ | 2022-09-01",
    "visit": "household_id\nกานารีรหัส",
}


@pytest.fixture(scope="module")
def planted_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in PLANTED.items()]
    return loaded(folder / "data", *files)


@pytest.fixture
def planted(planted_once, monkeypatch):
    """A household full of canaries, in every register that carries personal data, and a fault that quotes one."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(planted_once.folder))
    return planted_once


def everything(w, reader: Reader) -> dict[str, str]:
    """Question -> its whole answer as text."""
    ref = w.ref("กานารีรหัส")
    chosen = {q: {"household": ref} if "household" in questions()[q].parameters else {} for q in questions()}
    return {q: json.dumps(w.ask(q, reader=reader, **chosen[q]), ensure_ascii=False, default=str) for q in questions()}


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_shows_what_the_role_may_not_see(planted, role):
    answers = everything(planted, Reader(role, (NATION,)))
    reader = Reader(role, (NATION,))
    for kind, words in CANARIES.items():
        for word in words:
            shown = [q for q, text in answers.items() if word in text]
            assert bool(shown) == (reader.sees(kind) == "open"), (kind, word, shown)


def test_a_name_that_is_masked_cannot_be_searched_or_sorted_by(planted):
    committee = Reader("committee", (NATION,))
    assert len(planted.ask("households", search="กานารีชื่อ")) == 1
    assert planted.ask("households", reader=committee, search="กานารีชื่อ") == []
    assert planted.ask("households", reader=committee, search="99/8877") == []


def test_masks_keep_the_thai_way(planted):
    committee = Reader("committee", (NATION,))
    (member,) = planted.ask("members", reader=committee, household=planted.ref("กานารีรหัส"))
    assert (member["citizen_id"], member["first_name"]) == ("x-xxxx-xxxxx-81-2", "ก…")
    home = next(r for r in planted.ask("report", reader=committee) if r["head_first_name"])
    assert (home["house_no"], home["head_first_name"], home["citizen_id"]) == ("xxx", "ก…", "x-xxxx-xxxxx-81-2")
    assert planted.ask("household", reader=committee, household=planted.ref("กานารีรหัส"))[0]["phone"] == "xxx-xxx-xx78"


def test_an_address_is_keyed_and_differs_between_installations(planted):
    refs = {r["ref"] for r in planted.ask("households")}
    assert refs == {planted.ref("กานารีรหัส"), planted.ref("other")} and all(len(r) == 16 for r in refs)


AREA = "342106"


@pytest.mark.parametrize("question", sorted(set(questions()) - OF_NOBODY - OF_FILES - {"choices", "change"}))
def test_a_reader_of_one_tambon_gets_what_a_filter_on_it_gives(sample, question):
    inside = sample.ask("report", Filters(tambon=(AREA,)))
    refs = {sample.ref(h["household_id"], h["register_year"]) for h in inside}
    for ref in [sorted(refs)[0], ""]:
        chosen = {"household": ref} if "household" in questions()[question].parameters else {}
        limited = sample.ask(question, reader=Reader("desk", (AREA,)), **chosen)
        filtered = sample.ask(question, Filters(tambon=(AREA,)), **chosen)
        assert str(limited) == str(filtered)
        assert {r["ref"] for r in limited if "ref" in r} <= refs


@pytest.mark.parametrize("question", [q for q in questions() if "household" in questions()[q].parameters])
def test_a_household_of_another_area_does_not_open(sample, question):
    ref = next(r["ref"] for r in sample.ask("households", limit=1000) if r["village_code"][:4] == "3415")
    assert sample.ask(question, household=ref) or question in ("plan", "timeline", "shortages", "steps")
    rows = sample.ask(question, reader=Reader("desk", (AREA,)), household=ref)
    assert rows == [] or (question == "neighbours" and not rows[0]["position"])


def test_choices_offer_only_places_of_the_reader(sample):
    rows = sample.ask("choices", Filters(tambon=(AREA, "342101")), Reader("desk", (AREA,)))
    assert {r["code"] for r in rows if r["filter"] in ("district", "tambon")} == {"3421", AREA}
    assert {r["code"] for r in rows if r["households"] and r["filter"] == "village"} <= {
        r["code"] for r in sample.ask("choices", Filters(tambon=(AREA,))) if r["filter"] == "village"
    }


def test_last_year_of_the_same_households_is_compared_within_the_area_only(sample):
    rows = sample.ask("change", reader=Reader("desk", (AREA,)))
    assert rows == sample.ask("change", Filters(tambon=(AREA,))) and all(r["chosen"] for r in rows)


@pytest.mark.parametrize("question", sorted(set(questions()) - OF_NOBODY - OF_FILES))
def test_forgotten_areas_show_nothing(sample, question):
    ref = sample.ask("attention")[0]["ref"]
    chosen = {"household": ref} if "household" in questions()[question].parameters else {}
    rows = sample.ask(question, Filters(), Reader("desk", ()), **chosen)
    assert not [r for r in rows if r.get("ref")]
    labels = ("number", "position")
    numbers = [v for r in rows for c, v in r.items() if c not in labels and isinstance(v, int | float) and v == v]
    assert not any(numbers)


def test_faults_of_files_quote_nothing_to_readers_of_one_area(sample):
    assert sample.ask("problems", reader=Reader("field", (AREA,))) == sample.ask("problems", reader=Reader("field", ())) == []
    assert len(sample.ask("problems")) == 3


def test_every_class_of_personal_data_has_a_rule_for_every_role():
    used = {r["personal"] for r in definitions.table("register_columns")} - {""}
    assert used <= set(CLASSES) and all(Reader(role, ()).sees(kind) for role in ROLES for kind in CLASSES)
