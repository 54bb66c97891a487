"""Codes to words, and what strangers wrote into a register stays what they wrote: letters."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.view import labels

ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~:$&])")
TRICKS = ["[x](http://evil)", "![](http://evil/i.png)", ":red[x]", ":material/home:", "$x^2$", "<b>x</b>", "*x*", "`x`", "a|b", "~~x~~", "# x", "1. x", "&lt;"]  # fmt: skip


def unmarked(markdown: str) -> str:
    """Unescape: the inverse of `plain`, as Markdown reads it."""
    return ESCAPED.sub(r"\1", markdown.replace(labels.JOINER, ""))


@pytest.mark.parametrize("trick", TRICKS)
def test_no_mark_of_markdown_works_in_data(trick: str) -> None:
    escaped = labels.plain(trick)
    assert not set(ESCAPED.sub("", escaped)) & set("[]()*`$<>!:|~#&_") and unmarked(escaped) == trick


@pytest.mark.parametrize("address", ["http://evil.example", "HTTPS://evil.example", "www.evil.example", "me@evil.example"])
def test_a_bare_address_does_not_become_a_link(address: str) -> None:
    becomes_one = r"(?i)https?://|www\.|\w@\w"  # what Markdown looks for after escapes are gone
    assert re.search(becomes_one, address) and not re.search(becomes_one, ESCAPED.sub(r"\1", labels.plain(address)))


@given(st.text(st.characters(exclude_characters=labels.JOINER)))
def test_whatever_was_written_is_read_again(text: str) -> None:
    assert unmarked(labels.plain(text)) == text.replace("\n", " ")


def test_what_is_missing_is_empty_and_zero_is_not_missing() -> None:
    assert [labels.plain(value) for value in (None, float("nan"), pd.NaT, pd.NA, "")] == [""] * 5
    assert labels.plain(0) == "0" and not labels.missing(0) and not labels.missing(False)


def test_a_household_without_a_name_has_no_half_name() -> None:
    assert labels.head({"head_title": "นาย", "head_first_name": "ธงชัยดี", "head_last_name": "สมมุติ"}) == "นายธงชัยดี สมมุติ"
    assert labels.head({"head_title": "นาง", "head_first_name": "ดอกแก้ว", "head_last_name": None}) == "นางดอกแก้ว"
    assert labels.head({"head_title": None, "head_first_name": pd.NA, "head_last_name": None}) == ""


def test_a_place_is_said_from_the_village_up() -> None:
    row = {"village_code": "34210606", "village_th": "บ้านเหล่างาม", "tambon_th": "เหล่างาม"}
    assert labels.place(row) == "ม.6 บ้านเหล่างาม ต.เหล่างาม"
    assert labels.place({"village_code": "34210606", "village_th": None, "tambon_th": pd.NA}) == "ม.6"
