"""Write the golden messages anew, of cases that come out as they should and speak Thai: python -m tests.registers.golden [CASE…]

What changed is then read by a person, as an officer would read it.
"""

import sys
import tempfile
from pathlib import Path

from tests.registers.outcome import wanted
from tests.registers.test_corpus import GOLDEN, foreign, found, groups, refuses


def write(chosen: set[str]) -> list[str]:
    """Write the golden files of `chosen` cases, all where none is named; returns those that do not."""
    left = []
    for number, cases in enumerate(groups()):
        if chosen and not chosen & {case.what for case in cases}:
            continue
        with tempfile.TemporaryDirectory() as folder:
            said = found(cases, Path(folder) / str(number))
        for case in cases:
            if said[case.what][0] != wanted(case) or any(foreign(case, line) for line in said[case.what][1].splitlines()):
                left.append(case.what)
            elif refuses(case):
                (GOLDEN / f"{case.what}.txt").write_text(said[case.what][1], encoding="utf-8")
    return left


if __name__ == "__main__":
    print(*write(set(sys.argv[1:])), sep="\n")
