"""Cut Thai, which has no spaces, into words: the fewest words of a dictionary that a text can be made of (maximal matching).

The dictionary is PyThaiNLP's list of words (docs/sources.md 4.6), one a line in thai_words.txt; an officer may add to it. The package
itself is 67 MB on every machine for this one list (docs/decisions/0102).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import definitions

LONGEST = 40  # letters; the longest word of the list has 39
LEAST = 2  # letters: a single one is no word that anybody searches for
PARTS_FROM = 6  # letters: a shorter word is not looked into
CLUSTER = re.compile(  # what no word ends within: a vowel before its consonant, whatever hangs on one, a silent letter
    r"[เแโใไ]?[ก-ฮ][ัิีึืุู็่้๊๋์ํ๎]*(?:[ะาำๅ]|[ก-ฮ]์)?[่้๊๋]*ๆ?|."
)
RUN = re.compile(r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e]+|[a-z]+|[0-9]+")  # of one script
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@cache
def dictionary() -> frozenset[str]:
    """Every word that is known."""
    return frozenset((definitions.FOLDER / "thai_words.txt").read_text(encoding="utf-8").split("\n")) - {""}


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
def cut(run: str, but: str = "") -> tuple[str, ...]:
    """A run of letters as words, without the word `but`; letters that make none stand together as one.

    Of all ways the one with the fewest letters outside the dictionary, then the fewest words, then the longest first word.
    """
    ends = [0]
    for cluster in CLUSTER.findall(run):
        ends.append(ends[-1] + len(cluster))
    # end -> (letters outside, words, minus the length of the last word), where that one begins, whether it is known
    best: dict[int, tuple[tuple[int, int, int], int, bool]] = {0: ((0, 0, 0), 0, True)}
    for place, end in enumerate(ends[1:], 1):
        ways = []
        for start in reversed(ends[max(0, place - LONGEST) : place]):
            word, ((outside, count, _), _, _) = run[start:end], best[start]
            if word in dictionary() and word != but:
                ways.append(((outside, count + 1, start - end), start, True))
            elif start == ends[place - 1]:
                ways.append(((outside + end - start, count + 1, 0), start, False))
        best[end] = min(ways)
    return tuple(_joined(run, best))


def parts(word: str) -> tuple[str, ...]:
    """The words that a long word is made of, so that "ดินอุดมสมบูรณ์" finds "ความอุดมสมบูรณ์"; none where it is made of no others."""
    if len(word) < PARTS_FROM or word not in dictionary():
        return ()
    inside = cut(word, but=word)
    return inside if all(part in dictionary() for part in inside) else ()


def _joined(run: str, best: dict[int, tuple[tuple[int, int, int], int, bool]]) -> Iterator[str]:
    """The best way from its end back to its beginning, unknown letters beside each other as one."""
    pieces: list[tuple[int, int, bool]] = []
    end = len(run)
    while end:
        _, start, known = best[end]
        if pieces and not known and not pieces[-1][2]:
            pieces[-1] = (start, pieces[-1][1], False)
        else:
            pieces.append((start, end, known))
        end = start
    return (run[start:end] for start, end, _ in reversed(pieces))
