"""Every macro of casts.sql and titles.sql against a naive reading of the same text in plain Python."""

import hashlib
import hmac
import re
import unicodedata
from datetime import date

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import definitions
from etl import stages
from etl.engine import set_key
from etl.typing import titles

CONNECTION = duckdb.connect()
for name in stages.MACROS:
    CONNECTION.execute(stages.SCRIPTS[name].read_text(encoding="utf-8"))
titles.make(CONNECTION)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WESTERN = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
LONG = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]

cells = st.text(alphabet="0123456789๐๑๕๙.,-+eExn_ /ก'\"", max_size=12)
dressed = st.sampled_from([str, lambda t: t.translate(THAI), lambda t: f" {t} "])


def sql(expression: str, *values: object) -> object:
    return CONNECTION.execute(f"select {expression}", values).fetchone()[0]


def number(text: str) -> float | None:
    text = re.sub(r"(\d) *\.-$", r"\1", text.strip(" ").translate(WESTERN))  # "500.-" is a price without satang
    if re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", text):
        return float(text.replace(",", ""))
    return None


@given(st.none() | st.text(max_size=4) | st.sampled_from(["", "-", " - ", "–", "—", "--", "0"]))
def test_a_dash_and_nothing_are_blank(text):
    spaces = {c for c in text or "" if unicodedata.category(c) == "Zs"}
    assert sql("is_blank(?)", text) == (text is None or text.strip("".join(spaces) or " ") in ("", "-", "–", "—"))


@given(st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=2), st.booleans(), dressed)
def test_numbers_are_read_with_thai_digits_and_thousands_commas(value, commas, dress):
    assert sql("to_number(?)", dress(f"{value:,}" if commas else str(value))) == float(value)


@given(cells)
@example("1e5")
@example("3.42E+12")
@example("nan")
@example("NAN")
@example("0b1")
@example("inf")
@example("1,00")
@example("1,0000")
@example("0x1F")
@example("1_000")
@example("0.-")
@example("1,000 .-")
@example(".-")
def test_what_is_no_number_to_a_register_gives_null(text):
    mine = number(text)
    theirs = sql("to_number(?)", text)
    if mine is not None or theirs is None:
        assert theirs == mine
    else:  # what the engine reads beyond the rule is a number all the same: a sign, a bare point
        assert re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text.strip()) and theirs == float(text)


@given(cells | st.integers(0, 70_000).map(str))
@example("1e2")
@example("0x1")
@example("0X1")
@example("0b1")
@example("1_0")
@example("4.0")
@example("4.5")
@example("-1")
@example("65536")
def test_a_whole_number_is_plain_digits_from_0(text):
    mine = number(text)
    expected = int(mine) if mine is not None and 0 <= mine <= 65_535 and mine == int(mine) else None
    theirs = sql("to_integer(?)", text)
    if expected is not None or theirs is None:
        assert theirs == expected
    else:  # a sign, a bare point
        assert re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text.strip()) and theirs == float(text)


@given(st.integers(2540, 2610) | st.integers(0, 12_000), dressed, st.sampled_from(["", ".0", ".00", ".5"]))
def test_a_year_is_four_digits_between_the_first_and_the_last(year, dress, tail):
    expected = next((y for y in (year, year + 543) if 2550 <= y <= 2600 and tail != ".5"), None)
    assert sql("to_year(?, 2550, 2600)", dress(f"{year}{tail}")) == expected


@pytest.mark.parametrize("text", ["2.565e3", "2565e0", "25_65", "0xA05", "๒๕๖", "65", "2565/1"])
def test_a_year_in_another_spelling_is_refused(text):
    assert sql("to_year(?, 2550, 2600)", text) is None


@given(st.text("0123456789", min_size=1, max_size=13), st.sampled_from(["", ".0", ".00", ".5", "e3"]), dressed)
def test_a_code_keeps_its_digits_and_loses_a_spreadsheets_tail(digits, tail, dress):
    expected = digits if len(digits) == 8 and tail in ("", ".0", ".00") else None
    assert sql("to_digits(?, 8)", dress(digits + tail)) == expected


SPELLINGS = {
    "{d:02}/{m:02}/{y}": 0, "{d}/{m}/{y}": 0, "{d}-{m}-{y}": 0, "{d}.{m}.{y}": 0, "{y}-{m:02}-{d:02}": 0, "{y}-{m}-{d}": 0,
    "{y}-{m:02}-{d:02} 00:00:00": 0, "{y}-{m:02}-{d:02}T00:00:00": 0, "{d} {short} {y}": 0, "{d}{short}{y}": 0,
    "{d} {long} {y}": 0, "{d} {long} พ.ศ. {y}": 543,
}  # fmt: skip


@given(
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(1900, 2100),
    st.sampled_from([0, 543]),
    st.sampled_from(list(SPELLINGS)),
    dressed,
)
@example(29, 2, 2023, 543, "{d}/{m}/{y}", str)
@example(29, 2, 2024, 543, "{d} {short} {y}", str)
@example(31, 4, 2022, 0, "{y}-{m:02}-{d:02}", str)
def test_a_date_is_read_in_every_accepted_spelling_and_an_impossible_one_gives_null(d, m, y, era, spelling, dress):
    era = SPELLINGS[spelling] or era
    text = spelling.format(d=d, m=m, y=y + era, short=SHORT[m - 1], long=LONG[m - 1])
    try:
        expected = date(y, m, d)
    except ValueError:
        expected = None
    assert sql("to_date(?)", dress(text)) == expected


@given(cells)
@example("15/03/65")
@example("15/13/2565")
@example("00/03/2565")
@example("15 มาก 2565")
@example("2022-03-15 10:30:00")
@example("15/03/2e3 ")
@example("-1/03/2565")
def test_what_is_no_date_gives_null(text):
    found = sql("to_date(?)", text)
    assert found is None or re.search(r"\d{4}", text.translate(WESTERN))


def check_digit(twelve: str) -> int:
    return (11 - sum((13 - i) * int(c) for i, c in enumerate(twelve)) % 11) % 10


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 9), dressed, st.booleans())
def test_a_citizen_id_needs_its_check_digit(twelve, last, dress, separated):
    whole = f"{twelve}{last}"
    text = "-".join((whole[0], whole[1:5], whole[5:10], whole[10:12], whole[12])) if separated else whole
    assert sql("to_citizen_id(?)", dress(text)) == (whole if last == check_digit(twelve) else None)


@pytest.mark.parametrize("text", ["3.42E+12", "342000000000", "", "-", "1-0000-41187-81-2x"])
def test_what_is_no_citizen_id_gives_null(text):
    assert sql("to_citizen_id(?)", text) is None


@given(st.text(max_size=40), st.binary(min_size=32, max_size=32))
def test_an_address_is_an_hmac(message, secret):
    if "\0" not in message:
        expected = hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()[:16]
        set_key(CONNECTION, secret)
        assert sql("keyed_address(?)", message) == expected


NAMES = {  # one cell -> title, first name, last name
    "นายสมชาย ใจดี": ("นาย", "สมชาย", "ใจดี"),
    "น.ส.แก้ว ทดสอบ": ("น.ส.", "แก้ว", "ทดสอบ"),
    "น.ส แก้ว ทดสอบ": ("น.ส", "แก้ว", "ทดสอบ"),
    "ส.อ. สมชาย ใจดี": ("ส.อ.", "สมชาย", "ใจดี"),
    "จ.ส.อ.สมชาย ใจดี": ("จ.ส.อ.", "สมชาย", "ใจดี"),
    "ร.ต.อ.หญิง วิไล ใจดี": ("ร.ต.อ.หญิง", "วิไล", "ใจดี"),
    "ว่าที่ ร.ต. สมชาย ใจดี": ("ว่าที่ ร.ต.", "สมชาย", "ใจดี"),
    "ว่าที่ร้อยตรีหญิง วิไล ใจดี": ("ว่าที่ร้อยตรีหญิง", "วิไล", "ใจดี"),
    "พล.ต. ดร. สมชาย ใจดี": ("พล.ต. ดร.", "สมชาย", "ใจดี"),
    "พระครูสมชาย ใจดี": ("พระครู", "สมชาย", "ใจดี"),
    "คุณากร แสนสุข": (None, "คุณากร", "แสนสุข"),
    "ตาล ใจดี": (None, "ตาล", "ใจดี"),
    "ครูบุญมี ใจดี": (None, "ครูบุญมี", "ใจดี"),  # how a village calls somebody is no title of a register
    "ใบบัว สมมติสุข": (None, "ใบบัว", "สมมติสุข"),
    "Mr. Somchai Jaidee": ("Mr.", "Somchai", "Jaidee"),
    "Missy Jaidee": (None, "Missy", "Jaidee"),
    "นาย": ("นาย", None, None),
}


@pytest.mark.parametrize(("cell", "parts"), NAMES.items())
def test_a_full_name_is_parted_behind_its_titles_and_ranks(cell, parts):
    (found,) = CONNECTION.execute("select title_of($1), first_name_of($1), last_name_of($1)", [cell]).fetchall()
    assert found == parts


def test_every_title_of_the_definitions_is_no_part_of_a_name():
    for row in definitions.table("titles"):
        (bare, first) = CONNECTION.execute("select bare_name($1), first_name_of($1)", [f"{row['title']} บุญมี"]).fetchone()
        assert bare == "บุญมี" and (first == "บุญมี") == (row["parted"] == "yes"), row["title"]
