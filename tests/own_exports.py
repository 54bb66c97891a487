"""Every export of ours that is no register, as headings: made by the code that exports, so that a new one is not forgotten.

`python -m tests.own_exports` writes definitions/own_exports.csv anew, where the words of rows that are there stay.
"""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import definitions
from audit.__main__ import COLUMNS
from queries import DESK, Filters, ask, questions
from tests.drawn import whole

FIELDS = ("export", "headings_are", "headings", "name_th", "name_en", "source")
READ = {"report"}  # answers that are registers


def answers(a_household: str) -> dict[str, pd.DataFrame]:
    """Every question that can be asked in a shell -> its answer as it leaves."""
    filters, found = Filters(), {}
    for name, question in questions().items():
        known = {"household": a_household, "within": "3421", "by": "tambon", "level": "tambon", "measure": "income"}
        given = {k: v for k, v in known.items() if k in question.parameters}
        try:
            found[name] = ask(name, filters, DESK, **whole(name) | given)
        except (ValueError, TypeError):
            continue  # one that only the map asks, with its own measures: it leaves as no file
    return found


def rows(a_household: str) -> list[dict[str, str]]:
    """What own_exports.csv must have."""
    fixed: list[tuple[str, str, Sequence[str]]] = [
        ("own_areas", "some", ["รหัส", "พื้นที่", "Area", "ร้อยละ"]),
        ("own_log", "all", COLUMNS),
    ]
    listed = ask("problems", Filters(), DESK, limit=1).drop(columns="total")
    fixed += [("own_problems", "all", [c for c in listed if c != f"message_{other}"]) for other in ("en", "th")]
    fixed += [("own_answer", "all", list(frame)) for name, frame in sorted(answers(a_household).items()) if name not in READ]
    return [{"export": export, "headings_are": how, "headings": "|".join(map(str, names))} for export, how, names in fixed]


if __name__ == "__main__":
    from etl.load import ensure
    from etl.store import Store

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", folder)
        with Store(Path(folder)).lock():
            ensure(Store(Path(folder)))
        ref = ask("households", Filters(), DESK, limit=1)["ref"][0]
        with open(definitions.FOLDER / "own_exports.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, FIELDS[:3], lineterminator="\n")
            out.writeheader()
            out.writerows({tuple(row.values()): row for row in rows(ref)}.values())
