"""The labelled headings are what they say: real columns, one meaning a sheet, valid ids, new spellings, two disjoint files."""

import re
from collections import Counter

import pytest
from stdnum.th import pin

from definitions.registers import registers
from etl.headings.columns import columns, plain
from tests.registers.labelled import Labelled, score, scored, sheets, tuning, verdict
from tests.registers.spellings import generated

OF_PROGRAMMES = ("fund_", "debt_", "learning_", "staff", "lesson", "village_", "model_family")
PROGRAMMES = {name for name in registers() if name.startswith(OF_PROGRAMMES)}  # of which no office's own list was seen yet
WRITTEN_BY_OFFICES = set(registers()) - {"carried"} - PROGRAMMES  # "carried" is the project's own file; nobody else writes one
FILES = pytest.mark.parametrize("headings", [tuning(), scored()], ids=["tuning", "scored"])


def whole(heading: Labelled) -> str:
    return plain(f"{heading.above} {heading.heading}")


def known(heading: Labelled) -> bool:
    """Whether the list of headings has it, alone or with the group's heading above."""
    there = {h for column in columns(heading.register).values() for h in column.headings}
    return bool({whole(heading), plain(heading.heading)} & there)


@FILES
def test_a_heading_means_columns_of_its_register(headings):
    strange = [(h.sheet, h.heading) for h in headings if set(h.candidates) - {"", *columns(h.register)}]
    assert strange == []


@FILES
def test_a_sheet_is_of_one_register_and_has_one_heading_for_one_column(headings):
    for name, together in sheets(headings):
        meant = Counter(h.column for h in together if h.column and not h.asked)
        assert {h.register for h in together} <= {together[0].register}, name
        assert {len(h.values) for h in together} <= {len(together[0].values)} and 3 <= len(together[0].values) <= 6, name
        assert [column for column, times in meant.items() if times > 1] == [], name
    assert len({h.sheet for h in headings}) == sum(1 for _ in sheets(headings))


@FILES
def test_citizen_ids_are_valid_and_of_the_office_that_issues_none(headings):
    ids = [v.replace("-", "") for h in headings if "citizen_id" in h.column for v in h.values]
    western = [i.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) for i in ids]
    assert ids and [i for i in western if not pin.is_valid(i) or i[1:5] != "0000"] == []


@FILES
def test_every_row_says_where_it_was_seen_or_that_it_was_imagined(headings):
    assert [h.heading for h in headings if not h.source] == []


def test_no_heading_that_scores_is_one_that_was_tuned_on():
    seen = {whole(h) for h in tuning()}
    assert [(h.sheet, h.above, h.heading) for h in scored() if whole(h) in seen and not known(h)] == []
    assert {h.sheet for h in scored()} & {h.sheet for h in tuning()} == set()


def test_what_scores_is_large_and_new_and_of_every_register():
    headings = scored()
    listed = [h for h in headings if known(h)]
    one = [h for h in headings if h.column and not h.asked]
    print(f"{len(headings)} headings of {len({h.sheet for h in headings})} sheets score: {len(one)} with one meaning, "
          f"{sum(h.asked for h in headings)} to be asked, {sum(not h.column for h in headings)} of no column; {len(listed)} listed")  # fmt: skip
    assert len(headings) >= 200 and len({h.sheet for h in headings}) >= 20 and len(headings) + len(tuning()) >= 1500
    assert {h.register for h in tuning()} == WRITTEN_BY_OFFICES
    assert {h.register for h in headings} == WRITTEN_BY_OFFICES - {"published"}  # TPMAP itself writes that
    assert sum(not known(h) for h in one) >= 150  # of the others only the sheet that they stand on is new
    assert sum(not h.column for h in headings) >= 30 and sum(h.asked for h in headings) >= 10
    assert sum(h.source != "imagined" for h in tuning()) >= 50


def test_slips_are_made_without_end_and_never_of_a_number():
    once, again, other = generated(1), generated(1), generated(2)
    assert once == again != other and len(once) >= 300
    assert {h.register for h in once} == WRITTEN_BY_OFFICES | PROGRAMMES
    numbers = [h for h in once if h.column.startswith(("indicator_", "failing_", "applies_"))]
    assert numbers and [h.heading for h in numbers if h.column.rpartition("_")[2] not in re.findall(r"\d+", h.heading)] == []
    test_a_heading_means_columns_of_its_register(once)
    test_a_sheet_is_of_one_register_and_has_one_heading_for_one_column(once)


def labelled(column: str) -> Labelled:
    return Labelled("household", "", "", "", column, (), "")


def test_a_used_answer_is_right_only_for_the_one_column_that_was_meant():
    assert verdict(labelled("house_no"), "sure", "house_no") == verdict(labelled("house_no"), "likely", "house_no") == "right"
    assert verdict(labelled("house_no"), "sure", "moo") == verdict(labelled(""), "sure", "moo") == "sure and wrong"
    assert verdict(labelled("?house_no|moo"), "sure", "moo") == "sure and wrong"
    assert verdict(labelled("?moo|"), "likely", "moo") == "likely and wrong"
    assert verdict(labelled("row_full_name"), "sure", "head_full_name") == "right"


def test_what_is_to_be_asked_is_asked_or_left_aside_where_it_may_be_no_column():
    assert verdict(labelled("?house_no|moo"), "asked", "") == verdict(labelled("?moo|"), "unknown", "") == "right"
    assert verdict(labelled("?house_no|moo"), "unknown", "") == verdict(labelled("moo"), "unknown", "") == "missed"
    assert verdict(labelled("moo"), "asked", "") == verdict(labelled(""), "asked", "") == "asked too much"
    assert verdict(labelled(""), "unknown", "") == "right"


def test_the_share_understood_is_of_headings_with_one_meaning():
    headings = [labelled("moo"), labelled("moo"), labelled(""), labelled("?moo|house_no")]
    said = score(headings, [("likely", "moo"), ("asked", ""), ("unknown", ""), ("sure", "moo")])
    assert said == {"right": 2, "asked too much": 1, "sure and wrong": 1, "understood": 0.5}
