"""Minutes of a meeting in the form แบบที่ 11: PDF/A as the record, DOCX as the secretary's draft, of the same facts.

`facts` is what a meeting kept as JSON: body, number, date, place, began, ended, present, absent, attending, items (number, title,
said, figures, outcomes), taker, checker, corrections, source, sample, thai_digits. Any part may be empty or missing; days are ISO,
times HH:MM. Names are masked before: what stands in the facts stands on the paper.
"""

from collections.abc import Mapping

from print import minutes_draft, typesetting
from print.minutes_words import words


def pdf(facts: Mapping) -> bytes:
    """The record: PDF/A-2a, the same bytes for the same facts."""
    return typesetting.pdf("minutes", words(facts))


def docx(facts: Mapping) -> bytes:
    """The draft to edit: DOCX for Word and LibreOffice, the same bytes for the same facts."""
    return minutes_draft.docx(words(facts))
