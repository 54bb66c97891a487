"""Every file of the corpus through the production loader: counts, faults, values and, where it refuses, every word."""

import difflib
import filecmp
import re
from pathlib import Path

import pytest

import definitions
from tests.registers.case import LINES, Case
from tests.registers.make import CASES, CHAPTERS, make
from tests.registers.outcome import data_folder, loaded, messages, of_case, wanted

NOTICES = {row["fault"] for row in definitions.table("faults") if row["severity"] == "notice"}
GOLDEN = Path(__file__).parent / "golden"
ENGLISH = re.compile(r"[A-Za-z_]*[a-z]{3,}")
NAMES = re.compile(r"Windows|Apple Numbers|OpenDocument Text|Word|Excel|Re X-ray|GeoJSON|GeoPackage|Shapefile|[.]\w+")


def found(cases: list[Case], folder: Path) -> dict[str, tuple[dict[str, object], str]]:
    """What each case came out as and its messages; all in one load, and each alone where that load was refused as a whole."""
    folder.mkdir()
    with data_folder(folder / "data"):
        report = loaded(cases, folder)
        if len(cases) == 1 or report["outcome"] == "built":
            return {case.what: (of_case(case, report, folder), messages(case, report)) for case in cases}
    each = [found([case], folder / str(number)) for number, case in enumerate(cases)]
    return {what: said for one in each for what, said in one.items()}


def groups() -> list[list[Case]]:
    """Cases that go into one load: a chapter's, but for those that would spoil it."""
    alone = [[case] for case in CASES if case.alone or case.outcome != "built"]
    return [*alone, *([c for c in cases if c.outcome == "built" and not c.alone] for cases in CHAPTERS.values())]


def foreign(case: Case, message: str) -> list[str]:
    """English words in a Thai message beside quoted cells and the names of files and formats: nothing an officer can act on."""
    for file, sheet, *_ in case.sheets:
        message = message.replace(file, "").replace(sheet, "")
    return ENGLISH.findall(NAMES.sub("", re.sub('"[^"]*"', "", message)))


def refuses(case: Case) -> bool:
    """Whether something of the case is not taken, so that its messages are in a golden file."""
    return case.outcome == "refused" or any(fault not in NOTICES for fault, _, _ in case.problems)


@pytest.mark.parametrize(
    "cases", groups(), ids=lambda cases: cases[0].what if len(cases) == 1 else f"{len(cases)} of {cases[0].line}"
)
def test_a_register_loads_or_says_exactly_why_not(cases, tmp_path):
    wrong = {}
    for what, (said, words) in found(cases, tmp_path / "load").items():
        case = next(case for case in cases if case.what == what)
        differences = [f"{k}: {said.get(k)} instead of {v}" for k, v in wanted(case).items() if said.get(k) != v]
        golden = GOLDEN / f"{what}.txt"
        if not differences and refuses(case):
            expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
            differences = list(
                difflib.unified_diff(expected.splitlines(), words.splitlines(), "golden", "now", lineterm="", n=0)
            )
        differences += [
            f"not for an officer, {strange}: {line}" for line in words.splitlines() if (strange := foreign(case, line))
        ]
        if differences:
            wrong[what] = differences
    assert not wrong, "\n".join(f"\n{what}\n  " + "\n  ".join(lines) for what, lines in wrong.items())


def test_the_corpus_is_made_byte_for_byte_the_same_twice(tmp_path):
    once, again = make(tmp_path / "once"), make(tmp_path / "again")
    files = [p.relative_to(tmp_path / "once") for p in (tmp_path / "once").rglob("*") if p.is_file()]
    same, different, missing = filecmp.cmpfiles(tmp_path / "once", tmp_path / "again", map(str, files), shallow=False)
    assert (len(same), different, missing, len(once)) == (len(files), [], [], len(again))
    assert len(files) >= 60 and len(CASES) == len({case.what for case in CASES})


def test_every_line_of_what_is_read_has_a_case():
    assert {case.line for case in CASES} == set(LINES)


def test_no_golden_file_is_left_of_a_case_that_is_gone():
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= {case.what for case in CASES}
