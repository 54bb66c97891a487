"""Searching the list as people type: Thai digits, a moo beside a place, a house number, a code, a name as it is heard; as the role may."""

import pytest

from queries import DESK, NATION, Reader

COMMITTEE, FIELD = Reader("committee", (NATION,)), Reader("field", ("342106",))
HOMES = """
    household_id | village_code | head_title | head_first_name | head_last_name | house_no
    A            | 34210606     | นาย        | ธงชัย            | สมมุติมั่นคง       | 80/2
    B            | 34210606     | นาง        | มะลิ             | ทดสอบรักดี       | 12
    C            | 34210106     | นางสาว     | พรทิพย์           | จันทร์เพ็ญ        | 8
    D            | 34210607     | นาย        | ธงไชย            | ทดสอบรักดี       | 80/21
"""
VILLAGES = """
    village_code | village_name
    34210606     | บ้านเหล่างาม
    34210607     | บ้านเกาะโรง
    34210106     | บ้านหินดาน
"""


@pytest.fixture(scope="module")
def w(tmp_path_factory: pytest.TempPathFactory):
    from tests.drawn import loaded, register, write_csv

    folder = tmp_path_factory.mktemp("search")
    files = [write_csv(folder / f"{n}.csv", register(n, text)) for n, text in (("household", HOMES), ("village", VILLAGES))]
    return loaded(folder / "data", *files)


@pytest.fixture(autouse=True)
def of_this_build(w, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))


def found(w, typed: str, reader: Reader = DESK) -> str:
    """The households that are found, in their order; those that only sound alike in small letters."""
    names = {w.ref(home): home for home in "ABCD"}
    rows = w.ask("households", search=typed, reader=reader)
    assert {row["total"] for row in rows} <= {len(rows)}
    return "".join(names[row["ref"]].lower() if row["alike"] else names[row["ref"]] for row in rows)


@pytest.mark.parametrize(
    ("typed", "homes"),
    [
        ("ม.6 เหล่างาม", "AB"), ("ม.๖ เหล่างาม", "AB"), ("หมู่ 6", "CBA"), ("หมู่ที่ ๖ ต.เหล่างาม", "AB"), ("เหล่างาม ม. 6", "AB"),
        ("Moo 6 Lao Ngam", "AB"), ("บ้านเกาะโรง", "D"), ("ตำบลเหล่างาม", "ABD"), ("หมู่ 66", ""), ("หมู่ 9", ""),
        ("80/2", "AD"), ("๘๐/๒", "AD"), ("บ้านเลขที่ 80/2", "AD"), ("80/2 ม.6 เหล่างาม", "A"), ("8", "CAD"), ("12 หมู่ 6", "B"),
        ("ธงชัย", "Ad"), ("นายธงชัย", "Ad"), ("ธงไชย", "Da"), ("นายธงชัย สมมุติมั่นคง", "A"), ("พรทิพ", "C"), ("พอรทิพ", ""), ("พรทิพ จันเพ็น", "c"),
        ("ธงไชย สมมุติมั่นคง", "a"), ("ไม่มีคนนี้", ""), ("%", ""), ("'", ""), ("[0-9", ""),
    ],
)  # fmt: skip
def test_it_finds_what_people_type(w, typed: str, homes: str) -> None:
    in_order = {"AB": "BA", "ABD": "BAD", "CAD": "CAD"}  # by village, then by house number
    assert found(w, typed) == in_order.get(homes, homes)


def test_the_code_of_the_line_text_finds_its_household_for_every_role(w) -> None:
    code = w.ref("A")[:8]
    for reader in (DESK, COMMITTEE, FIELD):
        for typed in (code, w.ref("A"), f"ครัวเรือน {code} · ม.6 บ้านเหล่างาม", code.upper()):
            assert found(w, typed, reader) == "A", (reader.role, typed)
    assert found(w, w.ref("C")[:8], FIELD) == "", "not outside the reader's areas"
    assert found(w, code[:6]) != "A", "a code is eight letters at least: fewer are a number that people type"


@pytest.mark.parametrize("typed", ["ธงชัย", "ธงไชย", "นายธงชัย สมมุติมั่นคง", "80/2", "๘๐/๒", "พรทิพ", "80/2 ม.6 เหล่างาม", "12 หมู่ 6"])
def test_who_may_not_see_names_and_house_numbers_finds_nobody_by_them(w, typed: str) -> None:
    assert found(w, typed) and found(w, typed, COMMITTEE) == ""


def test_who_may_not_see_names_still_finds_places(w) -> None:
    assert sorted(found(w, "ม.๖ เหล่างาม", COMMITTEE)) == ["A", "B"]


def test_a_screen_of_finds_goes_on_where_the_one_before_ended(w) -> None:
    pages = [w.ask("households", search="ธงไชย", limit=1, offset=at)[0] for at in (0, 1)]
    assert [(row["ref"], row["alike"]) for row in pages] == [(w.ref("D"), False), (w.ref("A"), True)]
    by_name = w.ask("households", search="ธงไชย", sort="name")
    assert [row["alike"] for row in by_name] == [False, True]
