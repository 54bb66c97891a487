"""Thai cut into words: nothing is lost, nothing is cut within a letter, and common texts are cut as PyThaiNLP's newmm cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.thai_words import CLUSTER, LONGEST, cut, dictionary, function_words, parts, words

THAI = st.text("กขคงจชดตทนบปพมยรลวสหอะาิีุูเแโไ่้์ัำ", min_size=1, max_size=40)
NEWMM = {  # as PyThaiNLP 5.4.0 cuts them
    "เลี้ยงไก่พื้นเมือง": "เลี้ยง|ไก่|พื้นเมือง",
    "ซ่อมห้องน้ำ": "ซ่อม|ห้องน้ำ",
    "ตากลม": "ตากลม",
    "การบริหารจัดการทรัพยากรน้ำบาดาลโดยใช้เครื่องสูบน้ำพลังงานแสงอาทิตย์สองประเภท":
        "การบริหาร|จัดการ|ทรัพยากร|น้ำบาดาล|โดย|ใช้|เครื่องสูบน้ำ|พลังงานแสงอาทิตย์|สอง|ประเภท",
    "การใช้ต้นกล้วยเพื่อเพิ่มความอุดมสมบูรณ์ของหน้าดิน": "การ|ใช้|ต้นกล้วย|เพื่อ|เพิ่ม|ความอุดมสมบูรณ์|ของ|หน้า|ดิน",
}  # fmt: skip


@pytest.mark.parametrize("text", NEWMM)
def test_a_text_is_cut_as_newmm_cuts_it(text: str) -> None:
    assert "|".join(cut(text)) == NEWMM[text]


@given(THAI)
def test_nothing_is_lost_and_no_letter_is_cut_in_two(text: str) -> None:
    pieces = cut(text)
    assert "".join(pieces) == text
    ends, at = set(), 0
    for cluster in CLUSTER.findall(text):
        at += len(cluster)
        ends.add(at)
    cuts = {sum(map(len, pieces[:n])) for n in range(1, len(pieces) + 1)}
    assert cuts <= ends and at == len(text)


@given(st.lists(st.sampled_from(sorted(dictionary())[::97]), min_size=1, max_size=5))
def test_what_is_made_of_known_words_is_cut_into_no_more_of_them(known: list[str]) -> None:
    pieces = cut("".join(known))
    whole = all(sum(map(len, CLUSTER.findall(word))) == len(word) for word in known)
    assert whole and (len(pieces) <= len(known) or any(piece not in dictionary() for piece in pieces))


@given(THAI | st.text(max_size=60))
def test_words_are_searchable_and_of_the_text(text: str) -> None:
    for word in words(text):
        assert len(word) >= 2 and word not in function_words()


def test_a_long_word_is_found_by_what_it_is_made_of_and_digits_are_one() -> None:
    assert "อุดมสมบูรณ์" in words("ความอุดมสมบูรณ์") and parts("ไก่") == ()
    assert words("OTOP ๒๕๖๕") == words("otop 2565") == ["otop", "2565"]


def test_the_dictionary_is_a_list_of_words_without_blanks() -> None:
    assert len(dictionary()) > 60_000 and max(map(len, dictionary())) <= LONGEST
    assert all(word == word.strip() for word in dictionary())
