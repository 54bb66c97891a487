"""Thai cut into words: nothing is lost, a word that is looked into stays known, searches find words and their parts."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from definitions.thai_words import cut, dictionary, function_words, parts, words

THAI = st.text("กขคงจชดตทนบปพมยรลวสหอะาิีุูเแโไ่้์ัำ", min_size=1, max_size=40)


@given(THAI)
def test_nothing_is_lost(text: str) -> None:
    assert "".join(cut(text)) == text


def test_many_at_once_find_what_one_finds() -> None:
    """A long word is out of the dictionary while it is looked into: nobody else may miss it meanwhile."""
    long = ["ความอุดมสมบูรณ์", "พลังงานแสงอาทิตย์", "เครื่องสูบน้ำ", "การบริหาร", "ทรัพยากร"] * 20
    alone = [(cut.__wrapped__(word), parts.__wrapped__(word)) for word in long]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: (cut.__wrapped__(word), parts.__wrapped__(word)), long)) == alone
    assert all(word in dictionary() for word in long)


@given(THAI | st.text(max_size=60))
def test_words_are_searchable_and_of_the_text(text: str) -> None:
    for word in words(text):
        assert len(word) >= 2 and word not in function_words()


def test_a_long_word_is_found_by_what_it_is_made_of_and_digits_are_one() -> None:
    assert "อุดมสมบูรณ์" in words("ความอุดมสมบูรณ์") and parts("ไก่") == ()
    assert words("OTOP ๒๕๖๕") == words("otop 2565") == ["otop", "2565"]


def test_cutting_leaves_nothing_in_anybodys_home(tmp_path: Path) -> None:
    code = "from definitions.thai_words import words; print(*words('ซ่อมห้องน้ำ'))"
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "PYTHONUTF8": "1", "PATH": os.environ["PATH"]}
    root = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=home | root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["ซ่อม", "ห้องน้ำ", "ห้อง", "น้ำ"] and list(tmp_path.iterdir()) == []
