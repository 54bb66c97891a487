"""The strange lists are what they say: their headings stand in their files, their truth is of real columns and places."""

import io
from collections.abc import Iterator

import pytest
from python_calamine import CalamineWorkbook

from etl.headings.columns import columns, plain, registered_headings
from tests.registers.labelled import scored
from tests.registers.plain_register import TAMBONS
from tests.registers.strange import LISTS, Strange

OF_HOUSEHOLD = {"household_id", "people", "health", "living", "education", "income", "access"}  # beside the register's columns
LIST = pytest.mark.parametrize("one", LISTS, ids=lambda one: one.what)


def written(one: Strange) -> Iterator[str]:
    """Every text of the files of a list, and the names of their sheets."""
    for name, content in one.files().items():
        if name.endswith((".xlsx", ".ods")):
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            for sheet in book.sheet_names:
                yield from (str(cell) for row in book.get_sheet_by_name(sheet).to_python() for cell in row)
        else:
            yield decoded(content)


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874")


def parts(heading: str) -> list[str]:
    return heading.split(" › ")


def headings(one: Strange) -> list[str]:
    return [*one.sure, *one.asked, *one.aside]


@LIST
def test_its_headings_stand_in_its_files(one: Strange) -> None:
    text = "\n".join(written(one))
    wanted = [*headings(one), *one.matched, *one.refused]
    assert [part for heading in wanted for part in parts(heading) if part not in text] == []
    assert len(headings(one)) == len(set(headings(one))) and set(one.matched) <= set(one.asked)


@LIST
def test_it_is_of_columns_that_its_register_has(one: Strange) -> None:
    there = columns(one.register)
    named = {
        *one.sure.values(),
        *(c for asked in one.asked.values() for c in asked),
        *one.unsaid,
        *one.answers,
        *one.matched.values(),
    }
    assert named - set(there) == set()
    assert set(one.unsaid) == set(one.answers), "what is not said is answered, and nothing else"
    assert all(one.matched[heading] in one.asked[heading] for heading in one.matched)


@LIST
def test_its_truth_is_of_households_in_real_villages(one: Strange) -> None:
    codes = dict(TAMBONS.values())
    ids = [row["household_id"] for row in one.households]
    assert len(ids) == len(set(ids)) > 0
    assert {name for row in one.households for name in row} - OF_HOUSEHOLD - set(columns("household")) == set()
    villages = [row["village_code"] for row in one.households if "village_code" in row]
    assert [v for v in villages if not 1 <= int(v[6:]) <= codes[v[:6]]] == []
    assert {row["household_id"] for row in one.people} <= set(ids)


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(LISTS) >= 12 and len({one.what for one in LISTS}) == len(LISTS)
    assert any(one.asked for one in LISTS) and any(one.people for one in LISTS) and any(one.refused for one in LISTS)


def test_they_give_away_no_heading_that_scores() -> None:
    """They may be looked at while weights are tuned; a heading that is in the list of headings gives nothing away."""
    scores = {plain(h.heading) for h in scored() if not h.above} - registered_headings()
    assert [heading for one in LISTS for heading in headings(one) if plain(parts(heading)[-1]) in scores] == []
