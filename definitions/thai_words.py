"""Cut Thai, which has no spaces, into words: PyThaiNLP's newmm, the fewest words of its dictionary that a text can be made of."""

import gc
import os
import re
import threading
from functools import cache, lru_cache
from typing import Any

import definitions

LEAST = 2  # letters: a single one is no word that anybody searches for
PARTS_FROM = 6  # letters: a shorter word is not looked into
RUN = re.compile(r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e]+|[a-z]+|[0-9]+")  # of one script
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
os.environ.setdefault(
    "PYTHAINLP_READ_ONLY", "1"
)  # it makes a folder in the home of whoever runs it, and may fetch what it misses
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
_lock = threading.Lock()  # one word is out of the dictionary while it is cut into others


@cache
def dictionary() -> Any:
    """Every word that is known, as PyThaiNLP's tree of letters: 0.3 CPU-seconds, which nobody waits for who searches for nothing.

    The collector of garbage, which would look through its quarter of a million nodes again and again, waits as long: it took half.
    """
    from pythainlp.corpus import thai_words
    from pythainlp.util import Trie

    collects = gc.isenabled()
    gc.disable()
    try:
        return Trie(thai_words())
    finally:
        if collects:
            gc.enable()


@cache
def function_words() -> frozenset[str]:
    """Words that say nothing of what a text is about."""
    return frozenset(row["word"] for row in definitions.table("function_words"))


def words(text: str) -> list[str]:
    """The words of a text by which it is found, in their order: long ones and what they are made of, none that says nothing."""
    found = []
    for run in RUN.findall(text.lower().translate(DIGITS)):
        for word in cut(run):
            found += [word, *parts(word)]
    return [word for word in found if len(word) >= LEAST and word not in function_words()]


@lru_cache(maxsize=20_000)
def cut(run: str) -> tuple[str, ...]:
    """A run of letters as words; letters that make none stand together as one."""
    with _lock:
        return _cut(run)


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """The words that a long word is made of, so that "ดินอุดมสมบูรณ์" finds "ความอุดมสมบูรณ์"; none where it is made of no others."""
    known = dictionary()
    if len(word) < PARTS_FROM or word not in known:
        return ()
    with _lock:
        known.remove(word)
        try:
            inside = _cut(word)
        finally:
            known.add(word)
        return inside if all(part in known for part in inside) else ()


def _cut(run: str) -> tuple[str, ...]:
    from pythainlp.tokenize.newmm import segment

    return tuple(segment(run, dictionary()))
