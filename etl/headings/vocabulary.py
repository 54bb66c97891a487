"""A heading cut into the concepts that it names: by the words of definitions/heading_words.csv, which say each thing as offices
write it. What no word explains is kept as `rest`, for a heading with a rest is never sure."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

import definitions
from etl.headings.columns import plain
from etl.spelling import tidied, western

SHORT = 2  # letters: a word no longer than this (ปี ผล คร.) begins or ends a piece; one letter (ต. ม.) is a piece
FOLLOWS = re.compile("[ะ-ฺๅ็-๎]")  # a letter that none begins with: no word ends before it
LEADS = re.compile("[เ-ไ]")  # a vowel that is written before its consonant: no word ends with it
MISTYPED = {4: 1, 9: 2}  # letters from which so many may be wrong in a piece that is a word all the same
NUMBERED = re.compile(r"^\s*[(\[]?\d{1,2}(?:\.\d{1,2})*(?:[.)\]:]+|\s+-)\s*(?=\D)|^\s*\d{1,2}\s+(?=[ก-๙A-Za-z]{3})")
OF_INDICATOR = re.compile(
    r"(?:^|[\s(.,])(?:จปฐ\.?\s*)?(?:ตัวชี้วัดที่|ตัวชี้วัด|ตชว|ข้อที่|ข้อ|จปฐ|kpi|indicator|ind)\.?\s*(?:ที่|ข้อที่|ข้อ|no\.?)?[\s.:_]*(\d{1,2})(?!\d)",
    re.I,
)
DENIED = re.compile(r"[(\[]ไม่(?:ต้อง|รวม|นับ|ใส่|เอา)[^()\[\]]*[)\]]")  # what a heading says that it is not
IN_BRACKETS = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
PIECE = re.compile(r"[ก-ฺเ-๎]+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[#✓✔฿]")
COUNT = re.compile(r"(?<![ก-๙])จน\.")  # the full stop tells it from จน, which is poor
UNITS = {"per_person", "per_year", "year"}
NUMBER = re.compile(r"n\d+")
DIMENSIONS = ("health", "living", "education", "income", "access")


@dataclass(frozen=True)
class Concept:
    """One row of heading_words.csv: `weight` is what it costs in points where only one of two headings names it; a register of
    which it is the `context` tells of it anyway."""

    name: str
    kind: str
    weight: int
    context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """What a heading names: its concepts, those of them that only a near word or a mistyped one says, and what is left over."""

    concepts: frozenset[str]
    near: frozenset[str]
    rest: str

    @property
    def other(self) -> bool:
        """Whether it names something that no register has: another person, a debt, a fiscal year."""
        return any(concept(name).kind == "other" for name in self.concepts)


@cache
def _rows() -> dict[str, Concept]:
    rows = definitions.table("heading_words")
    return {
        row["concept"]: Concept(row["concept"], row["kind"], int(row["weight"]), tuple(row["context"].split("|")))
        for row in rows
    }


def concept(name: str) -> Concept:
    """A concept by name; a number of a heading ("n8") is one, too."""
    return _rows().get(name) or Concept(name, "content", 40)


@cache
def words() -> dict[str, tuple[str, bool]]:
    """Every word as it is compared -> its concept, and whether it is only near to it."""
    near = {plain(w): (r["concept"], True) for r in definitions.table("heading_words") for w in r["near"].split("|") if w}
    said = {plain(w): (r["concept"], False) for r in definitions.table("heading_words") for w in r["words"].split("|") if w}
    return {word: meant for word, meant in (near | said).items() if word}


@cache
def _longest() -> int:
    return max(map(len, words()))


def pieces(heading: str) -> list[str]:
    """The runs of letters or digits of a heading, ThatAreJoined apart."""
    return PIECE.findall(COUNT.sub("จำนวน ", western(tidied(heading))))


def _pieces(heading: str) -> tuple[str, frozenset[int]]:
    """The heading as it is compared, and the places in it at which a piece begins or ends."""
    text, edges = "", {0}
    for piece in pieces(heading):
        text += plain(piece) or piece
        edges.add(len(text))
    return text, frozenset(edges)


def _is_word(text: str, begin: int, end: int, edges: frozenset[int]) -> bool:
    word = text[begin:end]
    if word not in words() or FOLLOWS.match(text, end) or LEADS.match(text, end - 1):
        return False
    if len(word) == 1 or word.isdigit():
        return begin in edges and end in edges
    return begin in edges or end in edges or not (word.isascii() or len(word) <= SHORT)


def _cut(text: str, edges: frozenset[int]) -> list[tuple[str, bool]]:
    """The text in words (text, known), so that as few letters as can be are left over, in as few words as can be."""
    best: list[tuple[int, int, int, bool]] = [(0, 0, 0, True)]
    for end in range(1, len(text) + 1):
        ways = [(best[end - 1][0] + 1, best[end - 1][1] + 1, end - 1, False)]
        for begin in range(max(0, end - _longest()), end):
            if _is_word(text, begin, end, edges):
                ways.append((best[begin][0], best[begin][1] + 1, begin, True))
        best.append(min(ways))
    parts: list[tuple[str, bool]] = []
    end = len(text)
    while end:
        begin, known = best[end][2], best[end][3]
        if not known and parts and not parts[-1][1] and end not in edges:
            parts[-1] = (text[begin:end] + parts[-1][0], False)
        else:
            parts.append((text[begin:end], known))
        end = begin
    return parts[::-1]


@lru_cache(maxsize=1 << 14)
def cut(heading: str) -> Meaning:
    """What a heading names, no letter of it mistyped; a third of the time of `meaning`, which looks for slips."""
    return _meaning(NUMBERED.sub("", heading), slips=False)


@lru_cache(maxsize=4096)
def meaning(heading: str, slips: bool = True) -> Meaning:
    """What a heading names, its numbering and units in brackets aside; without `slips` no letter of it may be mistyped."""
    unnumbered = DENIED.sub(" ", NUMBERED.sub("", heading))
    full = _meaning(unnumbered, slips)
    without = IN_BRACKETS.sub(" ", unnumbered)
    if without != unnumbered and "income" not in full.concepts and plain(without):
        inside = [_meaning(part, slips) for part in IN_BRACKETS.findall(unnumbered)]
        if all(not m.rest and all(name in UNITS or NUMBER.fullmatch(name) for name in m.concepts) for m in inside):
            return _meaning(without, slips)
    return full


@lru_cache(maxsize=1 << 14)
def undressed(heading: str) -> str:
    """A heading without its numbering and without brackets that say nothing of it ("18) มิติความเป็นอยู่ (จำเป็น)")."""
    bare = NUMBERED.sub("", heading)
    empty = [part for part in IN_BRACKETS.findall(bare) if not (meant := cut(part)).concepts and not meant.rest]
    for part in empty:
        bare = bare.replace(part, " ")
    return bare.strip() or heading


def without_brackets(heading: str) -> str:
    """A heading without what stands in brackets, "" where nothing does or nothing is left, or it names another thing there."""
    bare = IN_BRACKETS.sub(" ", heading).strip()
    inside = IN_BRACKETS.findall(heading)
    return bare if inside and plain(bare) and not any(meaning(part).other for part in inside if part != heading) else ""


def indicator_number(heading: str) -> int | None:
    """The number of the indicator that a heading names ("ข้อ 8", "ตชว.ที่ 11 …", "จปฐ.22 …"), None for none."""
    found = OF_INDICATOR.search(western(heading))
    return int(found[1]) if found and "ปี" not in heading[: found.start()] else None


def _meaning(heading: str, slips: bool = True) -> Meaning:
    text, edges = _pieces(heading)
    said: set[str] = set()
    near: set[str] = set()
    rest: list[str] = []
    for part, known in _cut(text, edges):
        if part.isdigit() and not known:
            said.add(f"n{int(part)}")
            continue
        word = part if known else _mistyped(part) if slips else ""
        if not word:
            rest.append(part)
            continue
        name, nearly = words()[word]
        if concept(name).kind != "filler":
            (near if nearly or not known else said).update(name.split("+"))
    near -= said
    concepts = said | near
    if {"lack", "pass"} <= concepts:  # "ผ่านเกณฑ์/ตกเกณฑ์" says how it is answered
        concepts -= {"lack", "pass"}
    _numbered_dimension(concepts, near)
    return Meaning(frozenset(concepts), frozenset(near), "".join(rest))


def _mistyped(part: str) -> str:
    """The word that a piece is when a letter of it is wrong, "" for none."""
    wrong = may_be_wrong(part)
    if not wrong:
        return ""
    alike = process.extractOne(part, words().keys(), scorer=OSA.distance, score_cutoff=wrong)
    return alike[0] if alike and len(alike[0]) >= min(MISTYPED) else ""


def may_be_wrong(text: str) -> int:
    """How many letters of a text may be mistyped."""
    return max((wrong for letters, wrong in MISTYPED.items() if len(text) >= letters), default=0)


def _numbered_dimension(concepts: set[str], near: set[str]) -> None:
    """ "มิติที่ 4 รายได้" numbers what it names; "มิติที่ 4" alone is the fourth in the order of dimensions.csv, which is nearly that."""
    numbers = {name for name in concepts if re.fullmatch(r"n[1-5]", name)}
    if "dimension" not in concepts or len(numbers) != 1:
        return
    if not concepts & set(DIMENSIONS):
        position = next(iter(numbers))[1:]
        name = next(r["dimension"] for r in definitions.table("dimensions") if r["position"] == position)
        concepts.update((name, "by_number"))
        near.add(name)
    concepts -= numbers
