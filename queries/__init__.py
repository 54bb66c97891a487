"""The query API of the warehouse: `ask(question, filters, reader)`. Recording is `queries.record`, what waits `queries.waiting`."""

from journal.place import Unreachable
from queries.ask import as_of, ask
from queries.decisions import decide
from queries.filters import Filters
from queries.probing import probe
from queries.questions import UnknownQuestion, questions, twins
from queries.reader import DESK, NATION, NOBODY, Reader
from queries.rights import NotAllowed, may_ask
from queries.unmasked import reasons, report_with_ids, reveal
from queries.warehouse import Build, NoBuild, build, state

__all__ = [
    "DESK", "NATION", "NOBODY", "Build", "Filters", "NoBuild", "NotAllowed", "Reader", "UnknownQuestion", "Unreachable", "as_of", "ask", "build", "decide",
    "may_ask", "probe", "questions", "reasons", "report_with_ids", "reveal", "state", "twins",
]  # fmt: skip
