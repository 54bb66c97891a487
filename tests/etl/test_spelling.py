"""One spelling: what looks alike is alike, in SQL and in Python the same."""

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl import spelling, stages
from etl.headings.columns import plain

CONNECTION = duckdb.connect()
CONNECTION.execute(stages.SCRIPTS["spelling"].read_text(encoding="utf-8"))
SIGNS = [
    *"กนมรเแาำํๅฤฯ",
    *spelling.MARKS,
    *" 09๑/.-='\"\u200b\ufeff\u00a0\u00ad\u202e\u2067\t\n\u3000１ＡÉe\u0301\uf70a\uf710✓\ufe0f",
]
texts = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


def sql(expression: str, *values: object) -> object:
    return CONNECTION.execute(f"select {expression}", values).fetchone()[0]


@settings(max_examples=1500)
@given(texts)
@example("น้ํา")
@example("ฤา\u200b")
@example("ํํา่")
@example('="34210000017"')
@example("'34210000018")
def test_sql_and_python_spell_the_same(text):
    assert sql("tidied(?)", text) == spelling.tidied(text)
    assert sql("alike(?)", text) == spelling.alike(text)


@given(texts)
def test_a_tidied_text_has_no_unseen_sign_and_no_space_at_its_ends(text):
    tidy = spelling.tidied(text)
    assert not spelling.UNSEEN.search(tidy) and tidy == tidy.strip() and "  " not in tidy


@given(st.text("กนมรเาะ 0123456789abcXYZ/.-", max_size=12).map(str.strip).map(lambda t: " ".join(t.split())))
def test_what_was_typed_plainly_stays_as_it_is(text):
    assert spelling.tidied(text.replace("เเ", "แ")) == text.replace("เเ", "แ")


LOOK_ALIKE = {
    "คำน้ำแซบ": ["คำนำ้แซบ", "คํานํ้าแซบ", "คำน้ํา\u200bเเซบ", "คำน้้ำแซบ", " คำน้ำแซบ\u00a0", "คำน้ำแซบ\ufeff", "คำ\u00adน้ำแซบ"],
    "ขี้เหล็ก": ["ข้ีเหล็ก", "ขี้้เหล็ก", "ขีี้เหล็ก", "ขี\uf70bเหล็ก", "\u202aขี้เหล็ก\u202c"],
    "รับรองแล้ว": ["รับรองเเล้ว", "รับรอง\u200bแล้ว", "รับรองแล้ว\r\n", "รัับรองแล้ว", "\u2067รับรองแล้ว\u2069"],
    "34210000017": [
        '="34210000017"',
        "'34210000017",
        '"34210000017"',
        "３４２１００００๐17".replace("๐", "0"),
        "34210\u200b000017",
    ],
    "กันยายน": ["กนัยายน".replace("นั", "ั\u200bน"), "กัันยายน"],
    "พันธุ์": ["พันธ์ุ", "พันธุ์์"],
    "นาม": ["นๅม"],
    "ฤๅษี": ["ฤๅษี ", "ฤๅษีี"],
}


@pytest.mark.parametrize(("meant", "typed"), [(meant, t) for meant, all_ in LOOK_ALIKE.items() for t in all_])
def test_what_looks_alike_is_one_spelling(meant, typed):
    assert spelling.tidied(typed) == sql("tidied(?)", typed) == meant


def test_words_are_compared_without_case_spaces_and_thai_digits():
    assert spelling.alike(" Re  X-Ray\u200b๑๒ ") == sql("alike(?)", " Re  X-Ray\u200b๑๒ ") == "rex-ray12"
    assert sql("spelled('กรุงเทพมหานคร') = spelled('กรุงเทพฯ')")
    assert plain("รหัสประจำ\u2067บ้าน (๑๑ หลัก)") == plain("รหัสประจําบ้าน 11หลัก")
