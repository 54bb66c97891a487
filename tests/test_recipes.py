"""The recipes of CONTRIBUTING.md, followed in a copy of the project: what they name is enough, and what they forget is called by name.

A register with its question and its page: rows, one .sql file, one page, one test, and nothing else. One of each that nobody taught the
guards: a register, a question, a page, an action and a role, each of which a test calls by its name.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installation.paths import PROJECT
from tests.project_copy import copied, run_tests

LEFT_OUT = ("screenshots", "คู่มือ", "golden")
ROWS = {  # table -> rows that a recipe adds to it
    "registers": [
        'loan,loan,household,register_year|household_id|entry_no,,loan_date,build,refused,,yes,เงินกู้,Loans,หนึ่งแถวต่อเงินกู้หนึ่งครั้ง,"One row per loan of a household"',
    ],
    "register_columns": [
        "loan,household_id,key,derived,รหัสครัวเรือน,household id|household_id,รหัสครัวเรือน,Household id,,address,a test,,H1",
        "loan,entry_no,integer,yes,ครั้งที่,entry no|entry_no,ครั้งที่,Entry no,,,a test,,1",
        "loan,loan_date,date,,วันที่กู้,loan date|loan_date,วันที่กู้,Loan date,,,a test,,01/09/2565",
        "loan,borrower,text,,ผู้กู้,borrower,ผู้กู้,Borrower,,name,a test,,ขยันดี",
        "loan,purpose,text,,วัตถุประสงค์,purpose,วัตถุประสงค์,Purpose,,text,a test,,ซื้อปุ๋ย",
        "loan,amount,number,,จำนวนเงินกู้,amount,จำนวนเงินกู้,Amount,บาท,,a test,,5000",
        "loan,house_code,digits:11,,รหัสประจำบ้าน,house code|house_code,รหัสประจำบ้าน,House code,,address,a test,,",
        "loan,household_no,integer,,ครัวเรือนที่,household no|household_no,ครัวเรือนที่,Household no,,,a test,,",
        "loan,head_citizen_id,citizen_id,,เลขประจำตัวหัวหน้าครัวเรือน,head citizen id|head_citizen_id,เลขประจำตัวหัวหน้าครัวเรือน,Head citizen id,,citizen_id,a test,,",
    ],
    "pages": ["loans,main,loans,,เงินกู้,Loans,"],
}
FILES = {
    "queries/sql/loans.sql": """-- Loans of the chosen households, the latest first: one row per loan, `total` in all.
-- Tells: cases
-- Computes: total
select ref, entry_no, loan_date, borrower, purpose, amount, count(*) over () as total
from chosen_loans($filters, $reader) order by loan_date desc nulls last, ref, entry_no limit $limit
""",
    "pages/loans.py": '''"""Who has borrowed? The latest loans first."""

import streamlit as st

from queries import ask
from ui.filters.controls import chosen
from ui.session import audit_trail, page_access
from ui.view import labels, lists, widgets
from ui.i18n import number

ROWS = 20

filters, reader = chosen()
st.subheader(page_access.title("loans"))
loans = ask("loans", filters, reader, limit=ROWS)
shown_to = audit_trail.log_before_names(reader, "list", page="loans", filters=filters, found=widgets.total(loans))
for row in ask("loans", filters, shown_to, limit=ROWS).to_dict("records"):
    widgets.household_link(filters, row["ref"], f"{labels.plain(row['borrower'])} · {number(row['amount'])}")
lists.of_all(len(loans), widgets.total(loans))
st.info(labels.plain(len(loans)))
''',
    "tests/test_loans.py": '''"""Loans: counted, linked, masked, offered as a template, and held by every guard."""

from etl.templates.column_guide import set_of_registers
from queries import NATION, Reader
from tests.queries.planted import PLANTED
from tests.test_manage import MANAGE


def test_a_loan_is_kept_linked_and_masked(warehouse):
    w = warehouse(
        household="household_id | head_first_name | certification\\nH1 | สมชาย | certified\\nH2 | ก | certified",
        loan="""
        household_id | entry_no | loan_date  | borrower | purpose             | amount
        H1           | 1        | 2022-09-01 | สมชาย    | ซื้อปุ๋ยให้สมชาย        | 5000
        H1           | 2        | 2022-09-15 | สมชาย    | ปลูกผัก               | 700
        H1           | 2        | 2022-09-15 | ซ้ำ       | ซ้ำ                   | 1
        nobody       | 1        | 2022-09-16 | ใคร      | ไม่มีครัวเรือนนี้         | 2
        """,
    )
    (sheet,) = [sheet for sheet in w.ask("loads") if sheet["register"] == "loan"]
    assert (sheet["rows_in"], sheet["rows_kept"], sheet["rows_refused"]) == (4, 2, 2)
    assert {"repeated_key", "unknown_household"} <= w.faults()
    rows = w.ask("loans")
    assert [(r["entry_no"], r["borrower"], r["amount"], r["total"]) for r in rows] == [(2, "สมชาย", 700, 2), (1, "สมชาย", 5000, 2)]
    assert str(w.household("H1")["last_movement"]) == "2022-09-15"  # a loan is something that happened
    masked = w.ask("loans", reader=Reader("committee", (NATION,)))
    assert [(r["borrower"], r["purpose"]) for r in masked] == [("ส…", "ปลูกผัก"), ("ส…", "ซื้อปุ๋ยให้ส…")]
    assert w.ask("loans", reader=Reader("desk", ("3415",))) == []
    assert "loan" in set_of_registers() and "borrower" in PLANTED["loan"] and MANAGE.exists()
''',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, without what is installed, live, or made."""
    return copied(tmp_path / "โครงการ", *LEFT_OUT)


def add(project: Path, rows: dict[str, list[str]], files: dict[str, str]) -> None:
    for table, lines in rows.items():
        with open(project / "definitions" / f"{table}.csv", "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    for name, text in files.items():
        (project / name).write_text(text, encoding="utf-8")


def test_a_register_is_rows_a_question_a_page_and_a_test_and_nothing_else_is_touched(project: Path) -> None:
    add(project, ROWS, FILES)
    held = ("tests/test_loans.py", "tests/test_guards.py", "tests/definitions/test_tables.py", "tests/test_rooms.py")
    done = run_tests(project, *held)
    assert done.returncode == 0, done.stdout[-4000:]
    of_loans = (
        "tests/queries/test_ask.py",
        "tests/queries/test_matrix.py",
        "tests/queries/test_access.py",
        "tests/ui/test_pages.py",
    )
    done = run_tests(project, "-k", "loan", *of_loans)
    assert done.returncode == 0, done.stdout[-4000:]


UNTAUGHT = {  # what somebody adds -> rows, files, and the name by which a guard calls it
    "a register without columns": (
        {"registers": ["orphan,orphan,household,register_year|household_id|entry_no,,,,refused,,,ก,O,ก,O"]},
        {},
        "orphan",
    ),
    "a question of a column that nobody classed": (
        {},
        {
            "queries/sql/nosy.sql": "-- Who leads: one row per household.\n-- Tells: cases\nselect head_first_name as leader from chosen_households($filters, $reader)\n"
        },
        "leader",
    ),
    "a page without a row": ({}, {"pages/secret_page.py": '"""Nobody knows."""\n'}, "secret_page"),
    "an action without a name": (
        {},
        {
            "ui/session/extra.py": '"""Extra."""\nfrom ui.session.audit_trail import note\n\n\ndef act(reader):\n    note("unheard_of", reader)\n'
        },
        "unheard_of",
    ),
    "a role that says nothing of a class": (
        {"roles": ["minister,รัฐมนตรี,Minister,open,open,,open,open,open,open,yes,exact,,,,,,เห็น,Sees"]},
        {},
        "minister",
    ),
}


def test_what_nobody_taught_the_guards_is_called_by_its_name(project: Path) -> None:
    for rows, files, _ in UNTAUGHT.values():
        add(project, rows, files)
    (project / "definitions" / "registers.csv").write_bytes((PROJECT / "definitions" / "registers.csv").read_bytes())
    done = run_tests(
        project, "tests/test_guards.py", "tests/queries/test_ask.py", "-k", "page or action or role or nosy or class"
    )
    names = [name for what, (_, _, name) in UNTAUGHT.items() if what != "a register without columns"]
    assert done.returncode == 1 and [name for name in names if name not in done.stdout] == [], done.stdout[-4000:]
    rows, _, name = UNTAUGHT["a register without columns"]
    add(project, rows, {})
    done = subprocess.run(
        [sys.executable, "-P", "-m", "etl", "ensure", "--data", str(project / "data" / "live")],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2 and name in done.stderr and not (project / "data" / "live" / "warehouse" / "CURRENT").exists()
