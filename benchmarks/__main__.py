"""The verb `bench`: all figures, or those named; a table on the screen, `--json` and `--markdown` for files."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import (
    atlas,
    builds,
    duplicates,
    headings,
    journal,
    kills,
    nation,
    network,
    questions,
    replicas,
    server,
    signed,
    tablet,
    taps,
    why,
)
from benchmarks.linkage import compare as linkage
from benchmarks.measure import Figure, machine
from benchmarks.peers import compared as peers

NAMED = {
    "atlas": atlas.figures,
    "build": builds.figures,
    "duplicates": duplicates.figures,
    "field": tablet.figures,
    "headings": headings.figures,
    "journal": journal.figures,
    "kills": kills.figures,
    "linkage": linkage.figures,
    "nation": nation.figures,
    "network": network.figures,
    "peers": peers.figures,
    "questions": questions.figures,
    "replicas": replicas.figures,
    "server": server.figures,
    "signed": signed.figures,
    "taps": taps.figures,
    "why": why.figures,
}


LONG = {"nation", "peers", "replicas"}  # measured when named; peers are fetched from a registry, replicas need PostgreSQL
ALSO = {"map": "atlas"}  # other names of them


def main(arguments: list[str]) -> int:
    """Measure and print; exit 0 whatever the figures say, since a machine may be busy."""
    parser = argparse.ArgumentParser(prog="manage.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join([*NAMED, *ALSO])}")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    chosen = parser.parse_args(arguments)
    chosen.names = [ALSO.get(name, name) for name in chosen.names]
    if strange := set(chosen.names) - set(NAMED):
        parser.error(f"{', '.join(sorted(strange))}: not one of {', '.join(NAMED)}")
    figures = []
    print(" · ".join(f"{name} {value}" for name, value in machine().items()))
    for name in chosen.names or [name for name in NAMED if name not in LONG]:
        for figure in NAMED[name]():
            figures.append(figure)
            print(line(figure), flush=True)
    if chosen.json:
        rows = [figure.row() | ({"machine": machine()} if not number else {}) for number, figure in enumerate(figures)]
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    if chosen.markdown:
        chosen.markdown.write_text(
            page(figures, " ".join([*chosen.names, "--markdown", str(chosen.markdown)])), encoding="utf-8"
        )
    return 0


def line(figure: Figure) -> str:
    """One figure for the screen."""
    mark = {True: "holds", False: "MISSES", None: ""}[figure.holds]
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} × {figure.baseline}"
    return f"{figure.name:<48} {figure.value:>9} {figure.unit:<3} {ratio:<48} {figure.aim:<10} {mark}"


def page(figures: list[Figure], arguments: str) -> str:
    """A page of docs/benchmarks/: the command that wrote it, the machine once, then a table."""
    about = " · ".join(f"{name} {value}" for name, value in machine().items())
    head = f"# Measurements\n\n`python3 manage.py bench {arguments}` wrote this.\n\nMachine: {about}\n\n"
    rows = [
        f"| {f.name} | {f.value} {f.unit} | {f.baseline} | {'' if f.ratio is None else f'{f.ratio:.2f} ×'} | {f.aim} | "
        f"{ {True: 'yes', False: '**no**', None: ''}[f.holds] } |"
        for f in figures
    ]
    return head + "\n".join(["| what | median | baseline | ratio | aim | holds |", "|---|---|---|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
