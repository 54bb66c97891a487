"""Which register a sheet is, from its headings alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import definitions
from etl.headings.columns import columns, plain
from etl.headings.recognise import Match, recognise

REGISTERS = [row["register"] for row in definitions.table("registers")]


def dressed(heading: str, how: int) -> str:
    """The same heading as another officer would write it."""
    return [heading, heading.upper(), f"  {heading} ", heading.replace(" ", "_"), heading.replace(" ", ""), "\ufeff" + heading][
        how
    ]


@given(st.data())
def test_any_order_and_any_accepted_heading_will_do(data):
    register = data.draw(st.sampled_from(REGISTERS))
    wanted = data.draw(st.permutations(list(columns(register).values())))
    headings = [dressed(data.draw(st.sampled_from(c.headings)), data.draw(st.integers(0, 5))) for c in wanted]
    match = recognise(headings)
    assert isinstance(match, Match) and match.register == register and not match.unknown
    assert [list(match.places).index(c.name) for c in wanted] == list(range(len(wanted)))


def test_headings_are_compared_without_case_spaces_dots_and_thai_digits():
    assert {plain(h) for h in ("ปี พ.ศ. ทะเบียน", "ปีพศทะเบียน", " ปี พ.ศ.\nทะเบียน")} == {plain("ปี พ.ศ. ทะเบียน")}
    assert plain("ข้อ ๒๒") == plain("ข้อ 22") == plain("ข้อ22.")
    assert plain("Household_ID") == plain("household id")


def test_an_indicator_answers_to_its_number_and_name_of_either_round():
    known = columns("household")["indicator_22"].headings
    names = [r for r in definitions.table("indicators") if r["number"] == "22"]
    assert {plain(f"ข้อ 22 {r['name_th']}") for r in names} | {"indicator22"} <= set(known)


def test_the_register_with_the_most_columns_is_meant():
    headings = ["รหัสครัวเรือน", "ปีทะเบียน", "ลำดับ", "ประเภท", "รายการ", "จำนวน", "หน่วย"]
    assert recognise(headings).register == "contribution"
    assert recognise([h for h in headings if h not in ("ลำดับ", "ประเภท")]).register == "need"


def test_unknown_headings_are_kept_aside_and_named():
    match = recognise(["รหัสหมู่บ้าน", "ชื่อหมู่บ้าน", "สีที่ชอบ", "", " "])
    assert (match.register, [h.key for h in match.unknown]) == ("village", ["สีที่ชอบ"])


def test_what_an_officer_matched_by_hand_fills_unknown_headings_and_unsays_no_known_one():
    """Matches hold for every later file of everybody: a heading of citizen IDs would come into a column that all may read."""
    headings = ["รหัสครัวเรือน", "ปีทะเบียน", "คนที่", "เลขประจำตัวประชาชน", "ความเป็นอยู่"]
    match = recognise(headings, by_hand={"เลขประจำตัวประชาชน": "schooling", "ความเป็นอยู่": "health_status", "คนที่": "strange"})
    assert (match.register, match.unknown) == ("person", [])
    assert {name: headings[place] for name, place in match.places.items() if name in ("citizen_id", "schooling", "health_status")} == {
        "citizen_id": "เลขประจำตัวประชาชน", "health_status": "ความเป็นอยู่",
    }  # fmt: skip


def test_a_heading_matched_in_one_register_says_nothing_of_another():
    by_hand = {"household\tคนดูแล": "mentor", "visit\tคนดูแล": "visitor"}
    household = recognise(["รหัสครัวเรือน", "ปีทะเบียน", "รหัสหมู่บ้าน", "แหล่งที่มา", "คนดูแล"], by_hand=by_hand)
    visit = recognise(["รหัสครัวเรือน", "ปีทะเบียน", "เยี่ยมครั้งที่", "วันที่เยี่ยม", "คนดูแล"], by_hand=by_hand)
    assert ("mentor" in household.places, "visitor" in visit.places) == (True, True)


@pytest.mark.parametrize("second", ["ปีทะเบียน", "register year"])
def test_which_of_two_columns_for_one_thing_counts_is_asked(second):
    match = recognise(["รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา", "ปีทะเบียน", second])
    assert isinstance(match, Match) and "register_year" not in match.places
    assert [(h.why, h.candidates) for h in match.asked] == [("doubled", ("register_year",))] * 2
    assert [column.name for column in match.unsaid] == ["register_year"]
    one = match.asked[1].key
    chosen = recognise(["รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา", "ปีทะเบียน", second], by_hand={one: "register_year"})
    assert chosen.places["register_year"] == 4 and [h.key for h in chosen.headings if h.left_out] == ["ปีทะเบียน"]


def test_what_keeps_a_sheet_from_being_a_register_is_said():
    no = recognise(["รหัสครัวเรือน", "ปีทะเบียน", "แหล่งที่มา"])
    assert (no.nearest, [c.name for c in no.missing]) == ("household", ["village_code"]) or len(no.missing) == 1
