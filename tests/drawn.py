"""Registers drawn in a test as small text tables: `|` between cells, column names on top, only what the test is about.

Whatever else a register needs is filled in with neutral values, so a row of a test says one thing.
"""

import csv
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

import definitions
from etl import report
from etl.headings.columns import columns, plain
from etl.load import load
from etl.store import Store
from queries import DESK, Filters, Reader, ask, questions
from queries.ask import ALL

NEUTRAL = {  # "#" is the number of the row
    "household_id": "H#", "register_year": "2565", "village_code": "34210601", "source": "tpmap", "survey_year": "2564",
    "member_no": "#", "item_no": "#", "entry_no": "#", "aspect": "skill", "activity": "เลี้ยงไก่", "status": "planned",
    "template": "house_build", "step": "#", "kind": "material", "item": "ปูนซีเมนต์", "quantity": "1", "unit": "ถุง",
    "visit_date": "2022-09-01", "village_name": "บ้านสมมุติ",
    "fiscal_year": "2565", "project_no": "#", "group_name": "กลุ่มทอผ้า", "fund_kind": "revolving", "project_name": "ทอผ้า",
    "approved_amount": "1000", "instalment_no": "#", "instalment_due": "2022-06-30", "instalment_amount": "1000",
    "receipt_no": "#", "paid_date": "2022-06-01", "paid_amount": "1000", "check_no": "#", "checked_date": "2022-01-01",
    "fund_step": "follow_visited",
    "fund_capital": "1000", "debt_cause": "records", "amount_to_follow": "1000", "action_no": "#", "action_date": "2022-02-01",
    "action_kind": "visit", "contract_no": "#", "loan_amount": "1000", "point_no": "#", "point_date": "2022-01-18",
    "district_code": "3421", "staff_no": "#", "post": "officer", "skill": "finance", "lesson_no": "#", "lesson_title": "ปุ๋ยหมัก", "path_no": "#",
    "learner": "1", "learning_subject": "การพูดในที่ชุมชน", "met_date": "2022-08-25", "learning_step": "want",
    "assessed_year": "2565", "instrument": "sufficiency_23", "assessment_round": "once", "item_score": "1", "forum_no": "#",
    "forum_date": "2022-06-20", "chosen_year": "2565", "family_no": "#",
}  # fmt: skip
FILLED_TOO = {"household": {"source", "survey_year"}}  # not required; without the year no indicator speaks

Row = dict[str, Any]

EVERYTHING = Filters()


def drawn(text: str) -> list[dict[str, str]]:
    """The rows of a drawn table; a cell left out is empty."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in rows]


def register(name: str, text: str) -> list[list[str]]:
    """Headings and rows of one register as it would be kept in a file."""
    column_of = {heading: c.name for c in columns(name).values() for heading in c.headings}
    column_of |= {plain(column): column for column in columns(name)}
    rows = drawn(text)
    here = {column_of.get(plain(heading)): heading for heading in rows[0]}
    wanted = [c.name for c in columns(name).values() if c.required or c.name in FILLED_TOO.get(name, ())]
    missing = [column for column in wanted if column not in here]
    headings = [columns(name)[column].headings[0] for column in missing]
    headings += [columns(name)[c].headings[0] if (c := column_of.get(plain(h))) == h else h for h in rows[0]]
    filled = [[NEUTRAL[c].replace("#", str(number)) for c in missing] for number in range(1, len(rows) + 1)]
    return [headings, *(more + list(row.values()) for more, row in zip(filled, rows, strict=True))]


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    """Rows as a plain CSV file."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def records(frame: pd.DataFrame) -> list[Row]:
    """A frame as plain rows: None for what is missing, dates without a time of day."""

    def cell(value: Any) -> Any:
        if isinstance(value, pd.Timestamp):
            return value.date()
        return None if pd.api.types.is_scalar(value) and pd.isna(value) else value

    return [{name: cell(value) for name, value in row.items()} for row in frame.to_dict("records")]


def whole(question: str) -> dict[str, int]:
    """The parameter that a list cannot do without, for all of its rows."""
    return {"limit": ALL} if "limit" in questions()[question].parameters else {}


@dataclass(frozen=True)
class Warehouse:
    """A data folder with a build, and questions of it as plain rows."""

    folder: Path
    report: report.Report

    def ask(self, question: str, filters: Filters = EVERYTHING, reader: Reader = DESK, **parameters: Any) -> list[Row]:
        return records(ask(question, filters, reader, **whole(question) | parameters))

    def households(self) -> dict[str, Row]:
        """Household id -> its row of the report."""
        return {row["household_id"]: row for row in self.ask("report")}

    def column(self, name: str) -> dict[str, Any]:
        """Household id -> one column of the report."""
        return {household: row[name] for household, row in self.households().items()}

    def household(self, household_id: str, year: int = 2565) -> Row:
        return self.ask("household", household=self.ref(household_id, year))[0]

    def problems(self) -> list[Row]:
        return self.ask("problems", limit=10_000)

    def faults(self) -> set[str]:
        return {problem["fault"] for problem in self.problems()}

    def ref(self, household_id: str, year: int = 2565) -> str:
        """The opaque address, by Python's own HMAC."""
        secret = bytes.fromhex((self.folder / "secret.key").read_text())
        return hmac.new(secret, f"{year}/{household_id}".encode(), hashlib.sha256).hexdigest()[:16]


def loaded(folder: Path, *files: Path, language: str = "en") -> Warehouse:
    """Load files by the production code."""
    store = Store(folder)
    with store.lock():
        summary = load(store, list(files), language)
    assert summary["outcome"] == "built", summary
    return Warehouse(folder, summary)


def pick(picklist: str) -> list[str]:
    """The values of one picklist."""
    return list(definitions.picklist(picklist, "en"))


def day(text: str) -> date:
    return date.fromisoformat(text)
