"""A second opinion on citizen ids: `to_citizen_id` beside `stdnum.th.pin`, which somebody else wrote.

They part where the first digit is 0 or 9. The library refuses both. The macro asks for the check digit alone: 0 is on the cards of
persons without civil registration (บุคคลที่ไม่มีสถานะทางทะเบียน), whom a poverty register has reason to list; 9 is given to nobody
who would be in one, and a number of the right check digit is then no slip of the hand. Held is that they agree on all others.
"""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import pin

from etl import stages

OF_NOBODY = "09"  # first digits that the library refuses whatever follows
TWELVE = st.text("0123456789", min_size=12, max_size=12)
ID = st.one_of(
    TWELVE.map(lambda digits: digits + pin.calc_check_digit(digits)), st.text("0123456789", min_size=13, max_size=13)
)
IDS = st.lists(ID, min_size=1, max_size=40)


@pytest.fixture(scope="module")
def casts():
    with duckdb.connect() as connection:
        for name in stages.MACROS:
            connection.execute(stages.SCRIPTS[name].read_text(encoding="utf-8"))
        yield connection


def typed(casts: duckdb.DuckDBPyConnection, cells: list[str]) -> list[str | None]:
    """The cells as the build types them."""
    rows = casts.execute(
        "select to_citizen_id(t) from (select unnest($cells) as t, generate_subscripts($cells, 1) as n) order by n",
        {"cells": cells},
    )
    return [cell for (cell,) in rows.fetchall()]


@given(ids=IDS)
def test_the_library_and_the_macro_take_the_same_ids_of_a_first_digit_from_1_to_8(casts, ids):
    agreed = [one for one in ids if one[0] not in OF_NOBODY]
    assert typed(casts, agreed) == [one if pin.is_valid(one) else None for one in agreed]


@given(ids=IDS)
def test_of_a_first_digit_0_or_9_the_macro_asks_for_the_check_digit_alone_and_the_library_for_no_more(casts, ids):
    apart = [OF_NOBODY[int(one[1]) % 2] + one[1:12] for one in ids]
    valid = [one + pin.calc_check_digit(one) for one in apart]
    slipped = [one[:12] + str((int(one[12]) + 1) % 10) for one in valid]
    assert typed(casts, valid + slipped) == [*valid, *[None] * len(slipped)]
    assert not any(map(pin.is_valid, valid))


@given(ids=IDS, separator=st.sampled_from(["-", " "]))
def test_an_id_written_in_groups_is_the_same_to_both(casts, ids, separator):
    grouped = [pin.format(one).replace("-", separator) for one in ids if one[0] not in OF_NOBODY]
    assert typed(casts, grouped) == [pin.compact(one) if pin.is_valid(one) else None for one in grouped]


@given(cells=st.lists(st.text("0123456789", max_size=16).filter(lambda cell: len(cell) != 13), min_size=1))
def test_another_number_of_digits_is_an_id_to_neither(casts, cells):
    assert typed(casts, cells) == [None] * len(cells) and not any(map(pin.is_valid, cells))
