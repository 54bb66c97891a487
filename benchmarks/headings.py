"""Headings of offices understood: the labelled ones that score, apart from those that the vocabulary was tuned on."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.measure import Figure
from etl.headings import values
from etl.headings.columns import columns
from etl.headings.understand import Heading, understand
from tests.registers import labelled
from tests.registers.labelled import Labelled


def figures() -> Iterator[Figure]:
    """For each split: of the headings that mean a column the part that is sure or likely and right; those that are sure and wrong."""
    for split, headings in (("scored", labelled.scored()), ("tuned on", labelled.tuning())):
        counted = counts(headings)
        sheets = len({heading.sheet for heading in headings})
        name, scores = f"headings {split}, {len(headings)} on {sheets} sheets", split == "scored"
        right = 100 * counted["right"] / counted["known"]
        what = f"{name}: sure or likely and right, of {counted['known']} that mean a column"
        yield Figure(what, round(right, 1), "%", aim="≥ 97 %" if scores else "", holds=right >= 97 if scores else None)
        yield Figure(f"{name}: of them sure", round(100 * counted["sure and right"] / counted["known"], 1), "%")
        wrong = counted["sure and wrong"]
        yield Figure(f"{name}: sure and wrong", wrong, "", aim="0" if scores else "", holds=not wrong if scores else None)
        for kind, left in (("must be asked", "asked or left aside"), ("mean none", "left aside")):
            yield Figure(f"{name}: left aside, of {counted[kind]} that {kind.replace('none', 'no column')}", counted[left], "")


def counts(headings: list[Labelled]) -> Counter[str]:
    """How the headings of all sheets were understood, against their labels."""
    counted: Counter[str] = Counter()
    for _, rows in labelled.sheets(headings):
        texts = [f"{row.above} {row.heading}".strip() for row in rows]
        read = {h.place: h for h in understand(rows[0].register, texts, [values.filled(row.values) for row in rows], {})}
        for place, row in enumerate(rows):
            counted.update(_counts(row, read.get(place, Heading(place, "", None, "unknown"))))
    return counted


def _counts(row: Labelled, read: Heading) -> list[str]:
    """The names under which one heading counts."""
    right = read.used and any(is_same(row.register, read.column, one) for one in row.candidates if one and not row.asked)
    wrong = ["sure and wrong"] if read.degree == "sure" and not right else []
    if row.asked:
        return ["must be asked", *(["asked or left aside"] if not read.used else []), *wrong]
    if not row.column:
        return ["mean none", *(["left aside"] if not read.used else []), *wrong]
    return ["known", *(["right"] if right else []), *(["sure and right"] if right and read.degree == "sure" else []), *wrong]


def is_same(register: str, one: str | None, other: str) -> bool:
    """Whether two columns are the same fact: one only gives the other its value, or both give a third theirs in the same way."""
    if one is None:
        return False
    facts = [{part.replace(name, "…") for part in columns(register)[name].gives.split("|") if part} for name in (one, other)]
    gives = {f"{other} = {one}", f"{one} = {other}"} & {*columns(register)[one].gives.split("|"), *columns(register)[other].gives.split("|")}
    return one == other or bool(gives) or (bool(facts[0]) and facts[0] == facts[1])
