"""Authorization: the one place where a role meets a question, before anything is looked up."""

from queries.filters import Filters
from queries.questions import KINDS, Question, UnknownQuestion, questions, twins
from queries.reader import Reader

COARSE_FILTERS = ("year", "province", "district", "tambon")  # what coarse figures are kept by; any other would cut them smaller
COARSE_BREAKDOWNS = ("total", *COARSE_FILTERS)

NEEDS = {  # what a question tells of -> the rights of which one is needed; what a meeting decides, its secretary settles
    "cases": ("cases",),
    "files": ("loads",),
    "reviews": ("loads", "decides"),
}


class NotAllowed(PermissionError):
    """The role may not ask this; the text names both, in Thai and in English, and nothing of the data."""


def answering(name: str, reader: Reader) -> Question:
    """The question as this reader gets it answered: exact, or its coarse twin.

    Raises UnknownQuestion, or NotAllowed where the role may not ask it.
    """
    if name not in questions():
        raise UnknownQuestion(f'"{name}" is not one of: {", ".join(questions())}')
    question = questions()[name]
    refused = [kind for kind in KINDS if kind in question.tells and not _has_right(kind, reader)]
    if refused:
        thai, english = KINDS[refused[0]]
        raise NotAllowed(
            f'บทบาท "{reader.role}" ถาม "{name}" ไม่ได้ เพราะคำตอบบอกเรื่อง{thai} · '
            f'The role "{reader.role}" may not ask "{name}": it tells {english}.'
        )
    if "counts" not in question.tells or reader.counts == "exact":
        return question
    if name not in twins():
        raise NotAllowed(
            f'บทบาท "{reader.role}" ถาม "{name}" ไม่ได้ เพราะมีเฉพาะจำนวนจริง ไม่มีจำนวนโดยประมาณ · '
            f'The role "{reader.role}" may not ask "{name}": it has exact numbers only, no rounded ones.'
        )
    return twins()[name]


def _has_right(kind: str, reader: Reader) -> bool:
    if kind == "counts":
        return reader.counts != "none"
    return kind == "words" or any(map(reader.may, NEEDS[kind]))


def may_ask(name: str, reader: Reader) -> bool:
    """Whether the role may ask a question at all; raises UnknownQuestion."""
    try:
        return bool(answering(name, reader))
    except NotAllowed:
        return False


def hold_coarse(question: Question, filters: Filters, by: object, reader: Reader) -> None:
    """Coarse figures are cut by year and place, no finer; raises NotAllowed for any other filter or breakdown."""
    finer = sorted(filters.without(*COARSE_FILTERS).address()) + ([] if by in (None, *COARSE_BREAKDOWNS) else [str(by)])
    if question.coarse and finer:
        raise NotAllowed(
            f'บทบาท "{reader.role}" เลือกได้เฉพาะปีและพื้นที่ถึงตำบล ไม่ใช่ {", ".join(finer)} · '
            f'The role "{reader.role}" may choose years and places down to the subdistrict, not {", ".join(finer)}.'
        )
