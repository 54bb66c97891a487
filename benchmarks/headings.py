"""Headings of offices understood: the labelled ones that score, apart from those that the vocabulary was tuned on."""

from collections.abc import Iterator

from benchmarks.measure import Figure
from etl.headings import values
from etl.headings.columns import listed, plain
from etl.headings.understand import understand
from tests.registers import labelled
from tests.registers.labelled import Labelled


def figures() -> Iterator[Figure]:
    """For each split: of the headings that mean a column the part that is sure or likely and right; those that are sure and wrong."""
    for split, headings in (("scored", labelled.scored()), ("tuned on", labelled.tuning())):
        said = answers(headings)
        scored, scores = labelled.score(headings, said), split == "scored"
        name = f"headings {split}, {len(headings)} on {len({heading.sheet for heading in headings})} sheets"
        right, wrong = 100 * scored["understood"], int(scored.get("sure and wrong", 0))
        yield Figure(
            f"{name}: sure or likely and right",
            round(right, 1),
            "%",
            aim="≥ 97 %" if scores else "",
            holds=right >= 97 if scores else None,
        )
        new = [(h, answer) for h, answer in zip(headings, said, strict=True) if not _is_listed(h)]
        of_new = labelled.score([h for h, _ in new], [answer for _, answer in new])["understood"]
        yield Figure(
            f"{name}, of {len(new)} not in the list of headings: sure or likely and right", round(100 * of_new, 1), "%"
        )
        yield Figure(f"{name}: sure and wrong", wrong, "", aim="0" if scores else "", holds=not wrong if scores else None)
        for verdict in ("likely and wrong", "missed", "asked too much"):
            yield Figure(f"{name}: {verdict}", int(scored.get(verdict, 0)), "")
        yield Figure(f"{name}: sure", sum(degree == "sure" for degree, _ in said), "")


def _is_listed(heading: Labelled) -> bool:
    return bool({plain(f"{heading.above} {heading.heading}"), plain(heading.heading)} & listed(heading.register).keys())


def answers(headings: list[Labelled]) -> list[tuple[str, str]]:
    """How each heading is understood on its sheet: (degree, column)."""
    found = []
    for _, rows in labelled.sheets(headings):
        texts = [f"{row.above} {row.heading}".strip() for row in rows]
        read = {h.place: h for h in understand(rows[0].register, texts, [values.filled(row.values) for row in rows], {})}
        found += [(h.degree, h.column or "") if (h := read.get(place)) else ("unknown", "") for place in range(len(rows))]
    return found
