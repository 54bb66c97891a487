"""Every export of ours that is no register, as headings: made by the code that exports, so that a new one is not forgotten.

`python -m tests.own_exports` writes definitions/own_exports.csv anew, and own_lists.csv: the lists that load again as registers.
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
from ui.export import board_file, programme_file
from ui.programmes import debt_reports, learning_parts

NAMES = {
    "own_areas": ("ตัวเลขรายพื้นที่ของแผนที่", "figures of the map by area"),
    "own_log": ("บันทึกการใช้งาน", "the log"),
    "own_board": ("ตารางใครรับปากอะไร", "the list of who promised what"),
    "own_form": ("แบบรายงาน กข.คจ.", "a form of the village funds"),
    "own_problems": ("รายการปัญหาที่พบ", "the list of problems"),
    "own_answer": ("คำตอบของคำสั่ง ask", "an answer of ask"),
}
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
        *(("own_board", "all", board_file.headings(language)) for language in ("th", "en")),
    ]
    fixed += [("own_form", "all", list(debt_reports.columns(form, "th").values())) for form in debt_reports.names()]
    listed = ask("problems", Filters(), DESK, limit=1).drop(columns="total")
    fixed += [("own_problems", "all", [c for c in listed if c != f"message_{other}"]) for other in ("en", "th")]
    fixed += [("own_answer", "all", list(frame)) for name, frame in sorted(answers(a_household).items()) if name not in READ]
    return [{"export": export, "headings_are": how, "headings": "|".join(map(str, names))} for export, how, names in fixed]


LISTED = {  # list on offer -> its rows, of all places
    "fund": lambda: ask("fund_projects", Filters(), DESK, limit=1000),
    "debts": lambda: ask("debt_villages", Filters(), DESK, limit=1000),
    "skills": lambda: learning_parts.held(Filters(), DESK),
    "lessons": lambda: ask("lessons", Filters(), DESK, limit=1000),
    "sufficiency": lambda: ask("village_levels", Filters(), DESK, limit=1000),
}


def list_rows() -> list[dict[str, str]]:
    """What own_lists.csv must have: two rows a list, as it is written in Thai and tidy."""
    named = {row["register"]: {key: row[key] for key in ("name_th", "name_en")} for row in definitions.table("registers")}
    return [
        {"register": register, "headings": "|".join(headings), **named[register]}
        for name, frame in LISTED.items()
        for register in [programme_file.REGISTERS[name]]
        for headings in programme_file.written_headings(name, frame())
    ]


if __name__ == "__main__":
    from etl.load import ensure
    from etl.store import Store

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAAN_SUK_DATA", folder)
        with Store(Path(folder)).lock():
            ensure(Store(Path(folder)))
        ref = ask("households", Filters(), DESK, limit=1)["ref"][0]
        with open(definitions.FOLDER / "own_exports.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, ("export", "headings_are", "headings", "name_th", "name_en"), lineterminator="\n")
            out.writeheader()
            for row in {tuple(row.values()): row for row in rows(ref)}.values():
                out.writerow(row | dict(zip(("name_th", "name_en"), NAMES[row["export"]], strict=True)))
        with open(definitions.FOLDER / "own_lists.csv", "w", encoding="utf-8", newline="") as file:
            lists = csv.DictWriter(file, ("register", "headings", "name_th", "name_en"), lineterminator="\n")
            lists.writeheader()
            lists.writerows(list_rows())
