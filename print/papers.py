"""The papers by name: who may have one, its facts, and the facts as PDF/A."""

from collections.abc import Callable
from dataclasses import dataclass

import definitions
from print import (
    facts_agency,
    facts_certification,
    facts_family,
    facts_report,
    facts_summary,
    facts_visits,
    typesetting,
)
from print.thai_forms import in_thai_digits
from queries import Filters, NotAllowed, Reader

GATHER: dict[str, Callable[..., dict]] = {
    "summary": facts_summary.gather,
    "family": facts_family.gather,
    "visits": facts_visits.gather,
    "agency": facts_agency.gather,
    "certification": facts_certification.gather,
    "report": facts_report.gather,
}
CODES = ("build", "code", "as_of", "watermark", "paper")  # what nobody writes in Thai digits


@dataclass(frozen=True)
class Paper:
    """A paper that is set: its facts, and the file."""

    facts: dict
    pdf: bytes

    @property
    def rows(self) -> int:
        """How many records it lists, for the receipt."""
        return len(self.facts.get("rows") or ()) or 1


def may_have(name: str, reader: Reader) -> bool:
    """Whether a role may have this paper made: one of the rights of definitions/papers.csv, or whoever may ask its questions."""
    rights = next(row["rights"] for row in definitions.table("papers") if row["paper"] == name)
    return any(reader.may(right) for right in rights.split("|")) if rights else reader.may("cases")


def facts(name: str, filters: Filters, reader: Reader, thai_digits: bool | None = None, **of: str) -> dict:
    """What stands on a paper, masked as the reader sees it; `of` is what single papers ask for (household, team, owner, state).

    Raises NotAllowed for a role that may not have it, and ValueError for what is not there.
    """
    if not may_have(name, reader):
        raise NotAllowed(
            f'บทบาท "{reader.role}" ทำเอกสาร "{name}" ไม่ได้ · The role "{reader.role}" may not have the paper "{name}".'
        )
    return GATHER[name](filters, reader, thai_digits, **of)


def pdf(told: dict) -> bytes:
    """Facts as PDF/A-2a, the same bytes for the same facts."""
    kept = {name: told[name] for name in CODES if name in told}
    return typesetting.pdf(told["paper"], {**in_thai_digits(told), **kept} if told["thai_digits"] else told)


def paper(name: str, filters: Filters, reader: Reader, thai_digits: bool | None = None, **of: str) -> Paper:
    """A paper with the facts that it was made of."""
    told = facts(name, filters, reader, thai_digits, **of)
    return Paper(told, pdf(told))
