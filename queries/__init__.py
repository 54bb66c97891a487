"""Everything that may be asked of the warehouse: `ask(question, filters, reader)`."""

from queries.ask import UnknownQuestion, as_of, ask, probe, questions
from queries.decisions import decide
from queries.filters import Filters
from queries.reader import DESK, NATION, Reader
from queries.unmasked import reasons, report_with_ids, reveal
from queries.warehouse import Build, NoBuild, build

__all__ = [
    "DESK", "NATION", "Build", "Filters", "NoBuild", "Reader", "UnknownQuestion", "as_of", "ask", "build", "decide", "probe", "questions", "reasons",
    "report_with_ids", "reveal",
]  # fmt: skip
