"""Who sees what: rows by area, columns by role, addresses that tell nothing."""

import itertools
import json

import pytest

import definitions
from queries import DESK, NATION, Filters, NotAllowed, Reader, ask, may_ask, questions
from queries.ask import forget
from queries.columns import OPEN, class_of, classes
from queries.reader import CLASSES
from queries.rights import answering
from queries.warehouse import current
from tests.drawn import loaded, whole
from tests.journal.recorded import event, keep
from tests.queries.matrix import build_planted
from tests.queries.planted import CANARIES, FAULTY

ROLES = [row["role"] for row in definitions.table("roles")]
OF_NOBODY = {
    q for q, question in questions().items() if question.tells == {"words"}
}  # outlines are no secret, points in them blurred
OF_FILES = {q for q, question in questions().items() if question.tells == {"files"}}  # about files, not areas
COMMITTEE = Reader("committee", (NATION,))


@pytest.fixture(scope="module")
def planted_once(tmp_path_factory):
    return build_planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def planted(planted_once, monkeypatch):
    """A household full of canaries, in every register that carries personal data, and a fault that quotes one."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(planted_once.folder))
    return planted_once


def everything(w, reader: Reader) -> dict[str, str]:
    """Question -> its whole answer as text."""
    ref = w.ref("กานารีรหัส")
    chosen = {
        q: {"household": ref} if "household" in questions()[q].parameters else {} for q in questions() if may_ask(q, reader)
    }
    return {q: json.dumps(w.ask(q, reader=reader, **more), ensure_ascii=False, default=str) for q, more in chosen.items()}


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_shows_what_the_role_may_not_see(planted, role):
    answers = everything(planted, Reader(role, (NATION,)))
    reader = Reader(role, (NATION,))
    for kind, words in CANARIES.items():
        for word in words:
            shown = [q for q, text in answers.items() if word in text]
            assert bool(shown) == (reader.sees(kind) == "open"), (kind, word, shown)
    assert any(FAULTY in text for text in answers.values()) == reader.may("loads")


def test_a_name_that_is_masked_cannot_be_searched_or_sorted_by(planted):
    committee = Reader("committee", (NATION,))
    named = {planted.ref("กานารีรหัส"), planted.ref("stepless")}
    assert {home["ref"] for home in planted.ask("households", search="กานารีชื่อ")} == named
    assert planted.ask("households", reader=committee, search="กานารีชื่อ") == []
    assert planted.ask("households", reader=committee, search="99/8877") == []


def test_masks_keep_the_thai_way(planted):
    committee = Reader("committee", (NATION,))
    (member,) = planted.ask("members", reader=committee, household=planted.ref("กานารีรหัส"))
    assert (member["citizen_id"], member["first_name"]) == ("x-xxxx-xxxxx-81-2", "ก…")
    home = next(r for r in planted.ask("report", reader=committee) if r["head_first_name"])
    assert (home["house_no"], home["head_first_name"], home["citizen_id"]) == ("xxx", "ก…", "x-xxxx-xxxxx-81-2")
    assert planted.ask("household", reader=committee, household=planted.ref("กานารีรหัส"))[0]["phone"] == "xxx-xxx-xx78"


def test_what_somebody_wrote_keeps_its_facts_and_loses_its_names(planted):
    visits = [r for r in planted.ask("timeline", reader=COMMITTEE, household=planted.ref("กานารีรหัส")) if r["kind"] == "visit"]
    (visit,) = [r for r in visits if not r["entry"]]
    assert visit["finding"] == "พบก…นอนป่วย ฝากนายก… โทร xxx-xxx-xx78 เลข x-xxxx-xxxxx-81-2"
    visits = [r for r in planted.ask("timeline", household=planted.ref("กานารีรหัส")) if r["kind"] == "visit"]
    (visit,) = [r for r in visits if not r["entry"]]
    assert visit["finding"].endswith("ฝากนายกานารีคนอื่น กานารีสกุล โทร 0812345678 เลข x-xxxx-xxxxx-81-2")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("นายสมชาย ใจดี ป่วยติดเตียง", "นายส… ป่วยติดเตียง"),
        ("ฝากนางสาวเอื้อ แสนดี", "ฝากนางสาวเอ…"),
        ("ด.ช.โอม กับ น.ส.มุก", "ด.ช.โอ… น.ส.ม…"),
        ("นายอำเภอมอบบ้าน นายก อบต.เหล่างาม และนายกเทศมนตรี", "นายอำเภอมอบบ้าน นายก อบต.เหล่างาม และนายกเทศมนตรี"),
        ("นายกมล", "นายก…"),
        ("โทร 081-234-5678", "โทร xxx-xxx-xx78"),
        ("เลข๑๒๓๔๕๖๗๘๙๐๑๒๓", "เลขx-xxxx-xxxxx-๑๒-๓"),
        ("1-2345-67890-12-3,1234567890123", "x-xxxx-xxxxx-12-3,x-xxxx-xxxxx-12-3"),
        ("ปูน 80 ถุง เงิน 50000 บาท วันที่ 15/03/2565", "ปูน 80 ถุง เงิน 50000 บาท วันที่ 15/03/2565"),
        (None, None),
    ],
)
def test_free_text_is_masked_by_what_identifies(planted, written, shown):
    assert current()[0].cursor().execute("select mask_text(?)", [written]).fetchone() == (shown,)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1000041187812", "x-xxxx-xxxxx-81-2"),
        ("10000 4118 7812", "x-xxxx-xxxxx-81-2"),
        ("1-0000-4118-781-2", "x-xxxx-xxxxx-81-2"),
        ("1.0000.41187.81.2", "x-xxxx-xxxxx-81-2"),
        ("1 0000 41187 81 2, ๑–๐๐๐๐–๔๑๑๘๗–๘๑–๒", "x-xxxx-xxxxx-81-2, x-xxxx-xxxxx-๘๑-๒"),
        ("1  0000 41187 81 2", "x-xxxx-xxxxx-81-2"),
        ("ปูน 80 ถุง 50000 บาท 15-03-2565 โทร 081-234-5678", "ปูน 80 ถุง 50000 บาท 15-03-2565 โทร 081-234-5678"),
        ("12345678901 2", "12345678901 2"),
    ],
)
def test_an_id_is_hidden_however_it_is_spaced(planted, written, shown):
    assert current()[0].cursor().execute("select without_ids(?)", [written]).fetchone() == (shown,)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("1000041187812", "x-xxxx-xxxxx-81-2"),
        ("1000041187812-2", "x-xxxx-xxxxx-81-2-2"),
        ("34210602/1000041187812", "34210602/x-xxxx-xxxxx-81-2"),
        ("2565-1000041187812", "2565-x-xxxx-xxxxx-81-2"),
        ("๑-๐๐๐๐-๔๑๑๘๗-๘๑-๒", "x-xxxx-xxxxx-๘๑-๒"),
        ("20a75e36dbd1234567890125462a3f67", "20a75e36dbd1234567890125462a3f67"),
        ("34210602/99", "34210602/99"),
    ],
)
def test_a_code_that_is_an_id_is_masked_like_one(planted, code, shown):
    assert current()[0].cursor().execute("select code_without_id(?)", [code]).fetchone() == (shown,)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("นาย", "นาย"),
        ("น.ส.", "น.ส."),
        (" ด.ญ. ", " ด.ญ. "),
        ("ส.ต.อ.หญิง", "ส.ต.อ.หญิง"),
        ("นาย สมชาย ใจดี", "น…"),
        ("เอมอร", "เอ…"),
        (None, None),
    ],
)
def test_a_title_stands_and_a_name_in_its_place_does_not(planted, title, shown):
    assert current()[0].cursor().execute("select mask_title(?)", [title]).fetchone() == (shown,)


def test_what_is_written_of_a_person_or_a_meeting_does_not_name_the_family_to_the_committee(warehouse):
    w = warehouse(
        household="household_id | head_title | head_first_name | meeting\nH1 | นายสมชาย ใจดี | สมชาย | พิจารณา สมชาย ครั้งที่ 1",
        person="""
        household_id | member_no | title         | first_name | relation      | occupation  | schooling  | health_status
        H1           | 1         | นาย           | สมชาย      | หัวหน้า         | ลูกจ้าง สมศรี | สอนโดยสมศรี | สมศรี ดูแล
        H1           | 2         | นางสมศรี ใจดี  | สมศรี       | แม่ของ สมชาย   |             |            |
        """,
        need="household_id | item | unit\nH1 | เตียง | เตียงของสมชาย",
    )
    for question in ("household", "members", "report", "shortages"):
        more = {"household": w.ref("H1")} if "household" in questions()[question].parameters else {}
        assert "สมชาย" in str(w.ask(question, **more)) and not {"สมชาย", "สมศรี"} & set(
            str(w.ask(question, reader=COMMITTEE, **more))
        )
        assert "สมชาย" not in str(w.ask(question, reader=COMMITTEE, **more)) and "สมศรี" not in str(
            w.ask(question, reader=COMMITTEE, **more)
        )


def test_an_id_in_a_village_s_name_or_in_what_a_problem_expects_is_told_to_nobody(warehouse):
    w = warehouse(
        household="household_id | village_name\nH1 | 1000041187812",
        village="village_code | village_name\n34210602 | บ้าน 1-0000-41187-81-2",
    )
    assert [r["name_th"] for code in ("34210601", "34210602") for r in w.ask("place", within=code)] == [
        "x-xxxx-xxxxx-81-2", "บ้าน x-xxxx-xxxxx-81-2",
    ]  # fmt: skip


def test_whoever_may_not_see_homes_cannot_find_one_by_narrowing_the_view(planted):
    """A view of some metres that answers is a coordinate, whatever its columns say."""
    view = "105.299,15.699,105.301,15.701"
    assert len(planted.ask("spots", view=view)) == 1 == planted.ask("hexagons", view=view)[0]["households"]
    assert planted.ask("spots", reader=COMMITTEE, view=view) == planted.ask("hexagons", reader=COMMITTEE, view=view) == []


def test_the_order_of_a_list_does_not_tell_house_numbers_to_whoever_may_not_see_them(warehouse):
    w = warehouse(household="household_id | house_no\n" + "\n".join(f"H{n} | {n}" for n in range(1, 9)))
    places = [r["ref"] for r in w.ask("households")]
    masked = [r["ref"] for r in w.ask("households", reader=COMMITTEE)]
    assert places == [w.ref(f"H{n}") for n in range(1, 9)] and masked == sorted(places)
    first = w.ask("neighbours", reader=COMMITTEE, household=masked[0])[0]
    assert (first["position"], first["after"], first["first"]) == (1, masked[1], masked[0])


@pytest.mark.parametrize("role", ROLES)
def test_a_masked_column_is_masked_and_a_hidden_one_is_null(planted, monkeypatch, role):
    """Whatever class a column has: with the role's right set to hidden the column comes empty."""
    reader, by_definition = Reader(role, (NATION,)), classes(current()[0].cursor())
    for question in (q for q in questions() if may_ask(q, reader)):
        frame = ask(question, Filters(), reader, **of_planted(planted, question))
        for column, kind in ((c, class_of(c, answering(question, reader), by_definition)) for c in frame.columns):
            assert kind == OPEN or reader.sees(kind) != "hidden" or frame[column].isna().all(), (question, column)


def of_planted(w, question: str) -> dict[str, str]:
    return whole(question) | ({"household": w.ref("กานารีรหัส")} if "household" in questions()[question].parameters else {})


def test_hidden_columns_come_empty_from_questions_that_a_role_may_ask(planted, monkeypatch):
    """No role of today hides a class of a question it may ask; the next one might."""
    committee = {r["role"]: r for r in definitions.table("roles")}["committee"]
    monkeypatch.setattr("queries.reader._role", lambda name: {**committee, **dict.fromkeys(CLASSES, "hidden")})
    forget()
    ref = planted.ref("กานารีรหัส")
    (home,) = planted.ask("household", reader=Reader("strict", (NATION,)), household=ref)
    assert all(
        home[c] is None for c in ("head_first_name", "house_no", "phone", "head_citizen_id", "circumstances", "latitude")
    )
    assert home["ref"] == ref and home["living"] == "deprived"
    forget()


def test_two_readers_never_share_an_answer(planted):
    """Asked in any order, each gets its own: the keys of what is kept are role and areas."""
    readers = [
        Reader(role, areas)
        for role in ("desk", "committee", "field")
        for areas in ((NATION,), ("3421",), ("342106",), ("3415",))
    ]
    ref = planted.ref("กานารีรหัส")
    alone = {}
    for reader in readers:
        forget()
        alone[reader] = planted.ask("members", reader=reader, household=ref)
    forget()
    for _ in range(2):
        for reader in readers + readers[::-1]:
            assert planted.ask("members", reader=reader, household=ref) == alone[reader]
    assert len({str(a) for a in alone.values()}) == 3  # names, masked names, nobody
    viewer, desk = (Reader(role, (NATION,)) for role in ("viewer", "desk"))
    assert (
        planted.ask("scope", reader=desk)[0]["households"] == 5
        and planted.ask("scope", reader=viewer)[0]["households"] == "≈ 5"
    )
    assert planted.ask("scope", reader=desk)[0]["households"] == 5


@pytest.mark.parametrize("area", ["", "3", "342", "๓๔", "th", "34210601x", "3421060101", "' or 1=1", "34,35"])
def test_what_is_no_area_code_is_refused(area):
    with pytest.raises(ValueError, match="must be TH or 2, 4, 6 or 8 digits"):
        Reader("desk", (area,))


def test_areas_that_do_not_exist_are_refused_not_answered_with_nothing(sample):
    for areas in (("99",), ("3421", "342199"), ("34210699",)):
        with pytest.raises(ValueError, match=f"area: {areas[-1]} is no place of this data"):
            ask("summary", Filters(), Reader("field", areas))
    assert len(ask("summary", Filters(), Reader("field", ("50",)))) == 0  # a province without a register is a place


def test_an_address_is_keyed_and_differs_between_installations(planted):
    refs = {r["ref"] for r in planted.ask("households")}
    drawn = {planted.ref(h) for h in ("กานารีรหัส", "other", "1000041187812", "stepless")} | {planted.ref("other", 2564)}
    assert refs == drawn and all(len(r) == 16 for r in refs)


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
    assert sample.ask(question, household=ref) or question in (
        "plan",
        "timeline",
        "shortages",
        "steps",
        "heads",
        "disagreements",
        "debt_of_household",  # no village of that district has a ledger; tests/ui/test_debts.py has one that does
        "model_families",  # nor a model family; tests/ui/test_sufficiency.py has one that does
    )
    rows = sample.ask(question, reader=Reader("desk", (AREA,)), household=ref)
    assert rows == [] or (
        question in ("neighbours", "beside", "between")
        and not any(rows[0][column] for column in ("position", "before", "after"))
    )


def test_what_differs_at_a_household_of_another_area_does_not_open(warehouse):
    """The sample has nothing recorded, so nothing that differs."""
    w = warehouse(
        household="household_id | village_code | certification\nH1 | 34210601 | certified",
        plan="household_id | item_no | activity | status\nH1 | 1 | สอนทอผ้า | planned",
    )
    keep(event("plan_status", "H1", thing="plan/1", status="done"))
    for more in ({"household": w.ref("H1")}, {}):
        assert len(w.ask("disagreements", reader=Reader("desk", (AREA,)), **more)) == 1
        assert w.ask("disagreements", reader=Reader("desk", ("3415",)), **more) == []


MIXED = ("34", "3421", "3415", "342106", "342101", "341502", "34210606", "34210101", "50")  # of every level, one within another


@pytest.mark.parametrize("areas", [*itertools.combinations(MIXED, 1), *itertools.combinations(MIXED, 2), MIXED[1:], ()])
def test_areas_of_any_level_hold_the_households_that_begin_with_them(sample, areas):
    """Counted without SQL: a village's code begins with its subdistrict's, district's and province's."""
    whole = sample.ask("report", Filters(), reader=DESK)
    rows = sample.ask("report", Filters(), reader=Reader("desk", areas))
    assert [r["household_id"] for r in rows] == [r["household_id"] for r in whole if r["village_code"].startswith(areas)]


@pytest.mark.parametrize("level", ["province", "district", "tambon", "village"])
def test_several_places_of_one_level_are_all_kept(sample, level):
    whole = sample.ask("report", Filters(), reader=DESK)
    codes = sorted({r[f"{level}_code"] for r in whole})
    for some in [(codes[0],), (codes[-1],), (codes[0], codes[-1]), tuple(codes)]:
        rows = sample.ask("report", Filters(**{level: some}), reader=DESK)
        assert [r["household_id"] for r in rows] == [r["household_id"] for r in whole if r[f"{level}_code"] in some]


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


HEADINGS = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,จำนวนสมาชิก,ตำบล,หมู่ที่"
FILES = {  # two districts of one province (3421, 3405), and what is wrong with them
    "สองอำเภอ.csv": [
        HEADINGS, "2565,A,34210601,tpmap,ผิดเอ,,", "2565,B,34050101,tpmap,ผิดบี,,", "2565,C,34050102,tpmap,2,,", "2565,D,,tpmap,3,ไม่มีตำบลนี้,1",
    ],
    "โพธิ์ไทร.csv": [HEADINGS, "2565,E,34210602,tpmap,4,,", "2565,F,99999901,tpmap,4,,", "2565,F,34210603,ที่ไหน,4,,"],
    "เยี่ยม.csv": ["ปีทะเบียน,รหัสครัวเรือน,ครั้งที่,วันที่เยี่ยม,สิ่งที่พบ", "2565,C,1,ผิดซี,ทั่วไป", "2565,E,1,ผิดอี,ทั่วไป", "2565,ไร้บ้าน,1,2022-01-01,ทั่วไป", "2565,C,2,2022-01-01,ทั่วไป", "2565,E,2,2022-01-01,ทั่วไป"],
}  # fmt: skip

FOUND = {"ผิดเอ", "ผิดบี", "ผิดซี", "ผิดอี", "ไม่มีตำบลนี้", "99999901", "ที่ไหน", "ไร้บ้าน"}


@pytest.fixture(scope="module")
def faulty_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faulty")
    for name, lines in FILES.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return loaded(folder / "data", *(folder / name for name in FILES))


@pytest.mark.parametrize(
    ("areas", "values", "files"),
    [
        ((NATION,), FOUND, set(FILES)),
        (("34",), FOUND, set(FILES)),
        (("3421",), {"ผิดเอ", "ผิดอี", "99999901", "ที่ไหน"}, set(FILES)),
        (("342106",), {"ผิดเอ", "ผิดอี", "99999901", "ที่ไหน"}, set(FILES)),
        (("34210602",), {"ผิดอี"}, set(FILES)),
        (("3405",), {"ผิดบี", "ผิดซี"}, {"สองอำเภอ.csv", "เยี่ยม.csv"}),
        (("3405", "34210602"), {"ผิดบี", "ผิดซี", "ผิดอี"}, set(FILES)),
        (("3401",), set(), {"สองอำเภอ.csv", "เยี่ยม.csv"}),
        (("33",), set(), set()),
        ((), set(), set()),
    ],
)
def test_faults_are_told_to_whoever_answers_for_where_they_lie(faulty_once, monkeypatch, areas, values, files):
    """A fault lies with its record's household; one without a resolved place where all of its file's records do."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(faulty_once.folder))
    officer = Reader("data_officer", areas)
    problems = faulty_once.ask("problems", reader=officer, limit=1000)
    quoted = {word for word in FOUND for row in problems if word in row["found"]}
    assert quoted == values
    assert {row["file"] for row in faulty_once.ask("loads", reader=officer)} == files


def test_a_role_that_does_not_load_is_told_of_no_faults(sample):
    assert sample.ask("problems", reader=Reader("data_officer", ())) == []
    assert len(sample.ask("problems")) == 3
    with pytest.raises(NotAllowed, match=r'The role "field" may not ask "problems": it tells of loaded files'):
        sample.ask("problems", reader=Reader("field", (NATION,)))


def test_every_class_of_personal_data_has_a_rule_for_every_role():
    used = {r["personal"] for r in definitions.table("register_columns")} - {""}
    assert used <= set(CLASSES) and all(Reader(role, ()).sees(kind) for role in ROLES for kind in CLASSES)
