"""The nation: 12.9 million households and their 40 million people, made, built once and queried; some 40 minutes and 40 GB of disk."""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import register
from benchmarks.apart import costs
from benchmarks.builds import of_csv
from benchmarks.measure import Figure, below, in_turns
from benchmarks.questions import ROOT, VIEWS, asked_by, page
from queries import DESK, ask

HOUSEHOLDS = 12_900_000
PROVINCES = [f"{code:02}" for code in range(10, 97)]
AIMS = {"the year": 400, "one district": 100}  # ms for the questions of a page together


def figures() -> Iterator[Figure]:
    """Aims: ≤ 2.5 × the bare read in less than 8 GiB; each page's questions ≤ 400 ms for all, ≤ 100 ms for one district."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = register.make(folder, HOUSEHOLDS, people=True, within=PROVINCES)
        measured = costs({"read": ("read", files), "build": ("build", files)}, folder, 1)
        yield from of_csv(f"build the nation, {HOUSEHOLDS:,} households and their people, CSV", measured, 2.5)
        for file in files:
            file.unlink()
        os.environ["BAAN_SUK_DATA"] = str(folder / "data")
        try:
            yield from page_figures()
        finally:
            del os.environ["BAAN_SUK_DATA"]


def page_figures() -> Iterator[Figure]:
    """Milliseconds of each page's questions over the nation, and over one district of it."""
    household = ask("attention", VIEWS["one district"], DESK, limit=1)["ref"].iloc[0]
    for view, most in AIMS.items():
        works = {
            path.stem: partial(page, asked_by(path, household), VIEWS[view]) for path in sorted((ROOT / "pages").glob("*.py"))
        }
        for label, seconds in in_turns(works, 3).items():
            yield below(f"the nation: questions of {label}, {view}", seconds * 1000, "ms", most)
