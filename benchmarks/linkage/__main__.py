"""python -m benchmarks.linkage FILE: all contenders that are installed here on all sets, as Markdown tables."""

import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.linkage import contenders
from benchmarks.linkage.compare import Outcome, outcomes
from benchmarks.linkage.sets import SETS
from benchmarks.measure import machine

BY_KIND = (
    "ours",
    "pythainlp lk82",
    "pythainlp metasound",
    "splink, names as written",
    "splink, names as we sound them",
    "splink, names as we sound them, our rules",
)


def main(path: Path) -> None:
    """Measure all and write the tables."""
    done = []
    for one in outcomes(contenders.able()):
        done.append(one)
        print(
            f"{one.labelled:<8} {one.contender:<40} {one.precision:6.2f} {one.recall:6.2f} {one.f1:6.2f} {one.cpu:7.2f} s",
            flush=True,
        )
    about = " · ".join(f"{name} {value}" for name, value in machine().items())
    text = [f"# Record linkage, measured\n\n`python -m benchmarks.linkage {path.name}` wrote this.\n\nMachine: {about}\n"]
    missing = contenders.missing()
    text += [f"Not installed, so not measured: {', '.join(missing)}.\n"] if missing else []
    for label in SETS:
        of_set = [one for one in done if one.labelled == label]
        text += [
            f"## The set “{label}”\n",
            *in_all(of_set),
            "",
            *by_kind([one for one in of_set if one.contender in BY_KIND]),
            "",
        ]
    path.write_text("\n".join(text), encoding="utf-8")


def in_all(of_set: Iterable[Outcome]) -> list[str]:
    """One row per contender."""
    head = ["| contender | precision % | recall % | F1 % | threshold | CPU s | peak MB |", "|---|---|---|---|---|---|---|"]
    return head + [
        f"| {o.contender} | {o.precision:.2f} | {o.recall:.2f} | {o.f1:.2f} | {f'{o.threshold:.1f}' if o.threshold else '–'} "
        f"| {o.cpu:.2f} | {o.megabytes:.0f} |"
        for o in of_set
    ]


def by_kind(of_set: list[Outcome]) -> list[str]:
    """One row per kind of case: recall of what is one, number of those wrongly linked of what is two."""
    head = ["| kind | " + " | ".join(o.contender for o in of_set) + " |", "|---" * (len(of_set) + 1) + "|"]
    rows = [
        f"| one: {kind}, recall % | " + " | ".join(f"{o.recall_of[kind]:.1f}" for o in of_set) + " |"
        for kind in of_set[0].recall_of
    ]
    rows += [
        f"| two: {kind}, linked | " + " | ".join(str(o.wrong_of[kind]) for o in of_set) + " |" for kind in of_set[0].wrong_of
    ]
    return head + rows


if __name__ == "__main__":
    main(Path(sys.argv[1]))
