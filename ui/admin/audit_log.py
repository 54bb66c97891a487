"""Audit log view: search, table, CSV export and integrity check."""

from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pandas as pd

import definitions
from audit import chain, log, verify
from audit.__main__ import COLUMNS, as_csv
from audit.chain import Entry
from audit.verify import Verdict
from installation.paths import data_folder
from queries import reasons
from ui.export.downloads import Content
from ui.i18n import language, t
from ui.view import labels

ROWS = 500  # on one screen; the CSV has all


def actions() -> dict[str, str]:
    """Action -> its name on screen."""
    return definitions.names("audit_actions", "action", language())


def today() -> date:
    """Today in the office's time zone, in which entries are dated."""
    return log.today()


def search(begin: date, end: date, who: str, action: str, most: int | None = ROWS) -> list[Entry]:
    """The latest matching entries, newest first, at most `most` of them (None is all)."""
    return list(islice(log.entries(data_folder(), begin, end, who, action), most))


def total(begin: date, end: date, who: str, action: str) -> int:
    """How many entries match: counted again whenever a file of the log has changed, some 50,000 a second."""
    return _total(_state(), begin, end, who, action)


@lru_cache(maxsize=64)
def _total(_files: tuple, begin: date, end: date, who: str, action: str) -> int:
    return sum(1 for _ in log.entries(data_folder(), begin, end, who, action))


def table(entries: list[Entry]) -> pd.DataFrame:
    """Entries as rows of a table in the reader's language."""
    names, roles = actions(), definitions.names("roles", "role", language())
    rows = [
        (
            e["n"],
            labels.moment(e["when"]),
            e["who"],
            roles.get(e["role"], e["role"]),
            names.get(e["action"], e["action"]),
            _facts(e),
            e["build"],
        )
        for e in entries
    ]
    return pd.DataFrame(rows, columns=[t("No."), t("When"), t("Who"), t("Role"), t("Action"), t("What"), t("Build")])


def _facts(entry: Entry) -> str:
    """The facts of an entry as one text, common ones with localised names."""
    words = {
        "household": t("Household"),
        "reason": t("Why"),
        "rows": t("Rows"),
        "columns": t("Columns"),
        "sha256": "SHA-256",
        "file": t("File"),
        "filter": t("Filter"),
        "found": t("How many found"),
        "length": t("Letters searched for"),
        "page": t("Page"),
        "areas": t("Area"),
        "files": t("Files"),
        "matched": t("Headings matched by hand"),
        "outcome": t("Outcome"),
        "pair": t("Pair"),
        "verdict": t("Verdict"),
    }
    values = {
        "households": t("Households"),
        "progress": t("Progress"),
        "report": t("Report"),
        "about": t("About the data"),
        "duplicates": t("Possible duplicates"),
        "built": t("could be accepted"),
        "refused": t("nothing could be taken"),
        "unchanged": t("nothing would change"),
        "outside": t("would change what lies outside the areas"),
        "different": t("Not the same"),
        "open": t("Look again"),
        **reasons(language()),
    }
    facts = (
        (words.get(name, name), ", ".join(map(str, value)) if isinstance(value, list) else value)
        for name, value in entry["facts"].items()
    )
    return " · ".join(f"{name} {values.get(value, value)}" for name, value in facts)


def file(begin: date, end: date, who: str, action: str) -> Content:
    """All matching entries as CSV for Excel, free of formula injection."""
    entries = search(begin, end, who, action, None)
    return Content(as_csv(entries).encode("utf-8-sig"), len(entries), len(COLUMNS))


def verdict() -> Verdict:
    """Integrity of the hash chain; cached until a file of the log changes, some 50,000 entries a second."""
    return _verdict(data_folder(), _state())


@lru_cache(maxsize=1)
def _verdict(place: Path, stamps: tuple) -> Verdict:
    return verify.verify(place)


def _state() -> tuple:
    """Name, size and time of every file of the log."""
    return tuple(_stamp(path) for path in [*chain.months(data_folder()), data_folder() / "audit.head"])


def _stamp(path: Path) -> tuple[str, int, int]:
    stat = path.stat() if path.exists() else None
    return path.name, stat.st_size if stat else 0, stat.st_mtime_ns if stat else 0
