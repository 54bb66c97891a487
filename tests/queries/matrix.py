"""The role x question table of docs/access.md, computed by asking: `python -m tests.queries.matrix` writes it anew."""

import os
import sys
import tempfile
from pathlib import Path

import definitions
from queries import NATION, NotAllowed, Reader, questions
from queries.reader import CLASSES
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.queries.planted import PLANTED, record_canaries

DOC = Path(__file__).parent.parent.parent / "docs" / "access.md"
BEGIN, END = "<!-- made by python -m tests.queries.matrix -->", "<!-- end -->"
ROLES = [row["role"] for row in definitions.table("roles")]
REFUSED, ALL, MASKED, COARSE, NOTHING = "–", "all", "masked", "rounded", "nothing"


def build_planted(folder: Path) -> Warehouse:
    """A build whose households have something of everything that a role may or may not see."""
    w = loaded(folder / "data", *(write_csv(folder / f"{n}.csv", register(n, text)) for n, text in PLANTED.items()))
    record_canaries(w.folder)
    return w


def cell(w: Warehouse, question: str, role: str, areas: tuple[str, ...] = (NATION,)) -> str:
    """What one role gets for one question: everything, with masks, as rounded figures, no rows, or a refusal."""
    chosen = {"household": w.ref("กานารีรหัส")} if "household" in questions()[question].parameters else {}
    try:
        rows = w.ask(question, reader=Reader(role, areas), **chosen)
    except NotAllowed:
        return REFUSED
    whole = w.ask(question, **chosen)
    if str(rows) == str(whole):
        return ALL
    return NOTHING if not rows else COARSE if Reader(role, areas).counts == "coarse" else MASKED


def table(w: Warehouse) -> str:
    """Both tables as Markdown: questions by what they tell of, then the classes of personal data."""
    lines = [f"| question | tells | {' | '.join(ROLES)} |", "|---" * (2 + len(ROLES)) + "|"]
    for question in sorted(questions().values(), key=lambda q: (sorted(q.tells), q.name)):
        cells = [cell(w, question.name, role) for role in ROLES]
        lines.append(f"| {question.name} | {', '.join(sorted(question.tells))} | {' | '.join(cells)} |")
    lines += ["", f"| class of personal data | {' | '.join(ROLES)} |", "|---" * (1 + len(ROLES)) + "|"]
    lines += [f"| {kind} | {' | '.join(Reader(role, ()).sees(kind) for role in ROLES)} |" for kind in CLASSES]
    return "\n".join(lines)


def written(text: str) -> str:
    """The part of the document that this module makes."""
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def main() -> int:
    """Write the tables into the document."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BAAN_SUK_DATA"] = str(Path(folder) / "data")
        text = DOC.read_text("utf-8")
        before, _, rest = text.partition(BEGIN)
        DOC.write_text(f"{before}{BEGIN}\n\n{table(build_planted(Path(folder)))}\n\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
