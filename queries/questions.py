"""Catalogue of queries (questions): one .sql file each, whose header states grain, rights needed and computed columns.

-- <grain>                       the first line
-- Tells: cases, files           which rights a role needs to ask it
-- Computes: total, code         columns that stand in no register and tell nothing personal; others of no register are hidden
-- Years: fiscal                 where the years of the filter are fiscal ones; all of them where none is chosen
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import definitions

FOLDER = Path(__file__).parent / "sql"
TELLS = re.compile(r"-- Tells: ([a-z, ]+)")
COMPUTES = re.compile(r"^-- Computes: (.+)$", re.MULTILINE)
FISCAL = "\n-- Years: fiscal\n"
TABLE = re.compile(r"\bwarehouse\.(\w+)", re.IGNORECASE)
# tables that tell of no household
UNGUARDED = {"build", "column_account", "definition", "kept", "load", "place", "problem", "published", "refused", "shape"}
BREAKDOWNS = {  # what `by` may name -> the household column it slices by
    "total": "total",
    "year": "register_year",
    "province": "province_code",
    "district": "district_code",
    "tambon": "tambon_code",
    "village": "village_code",
    "source": "source",
    "certification": "certification",
    "plan": "plan",
    "case": "case",
}
KINDS = {  # what a question may tell of: in Thai and in English, for the sentence of a refusal
    "cases": ("รายครัวเรือน", "of single households"),
    "counts": ("จำนวนครัวเรือนหรือคน", "how many households or people there are"),
    "files": ("แฟ้มที่โหลดและแถวที่ผิด", "of loaded files and their faulty rows"),
    "reviews": ("บันทึกที่ต้องตรวจ", "of entries to review"),
    "words": ("ความหมายของคำ ชื่อและแนวเขตพื้นที่", "what words mean, names and outlines of places"),
}


@dataclass(frozen=True)
class Question:
    """One .sql file: what it says in its first line and tells of in its second, its text, the parameters that stand in it."""

    name: str
    says: str
    tells: frozenset[str]
    sql: str
    parameters: frozenset[str]
    computes: tuple[re.Pattern[str], ...] = ()
    coarse: bool = False
    fiscal: bool = False


class UnknownQuestion(ValueError):
    """No .sql file has this name; the text lists those that exist."""


@cache
def questions() -> dict[str, Question]:
    """Every question by name."""
    return _read(FOLDER, False)


@cache
def twins() -> dict[str, Question]:
    """The questions that have a coarse answer too, by the name of the exact one: made of published figures only."""
    return _read(FOLDER / "coarse", True)


def _read(folder: Path, coarse: bool) -> dict[str, Question]:
    return {path.stem: read(path, coarse) for path in sorted(folder.glob("*.sql"))}


def read(path: Path, coarse: bool) -> Question:
    """One question; raises ValueError for a file that does not say what it tells of, or reads past the doors."""
    sql = path.read_text(encoding="utf-8")
    says, tells = sql.splitlines()[:2]
    match = TELLS.fullmatch(tells)
    kinds = frozenset(match[1].split(", ")) if match else frozenset()
    if not kinds or kinds - KINDS.keys():  # a question that says nothing of itself must not exist, least of all be open
        raise ValueError(f"{path.name}: the second line must be -- Tells: {' or '.join(KINDS)}, found: {tells}")
    if guarded := set(TABLE.findall(without_comments(sql))) - UNGUARDED:
        raise ValueError(
            f"{path.name}: reads warehouse.{', warehouse.'.join(sorted(guarded))} past the doors of queries/macros.sql"
        )
    parameters = frozenset(re.findall(r"\$(\w+)", sql))
    computes = tuple(_pattern(name) for line in COMPUTES.findall(sql) for name in line.split(", "))
    return Question(path.stem, says.removeprefix("--").strip(), kinds, sql, parameters, computes, coarse, FISCAL in sql)


def without_comments(sql: str) -> str:
    """A statement as the engine reads it."""
    return re.sub(r"--.*", "", sql)


def _pattern(name: str) -> re.Pattern[str]:
    """The names that a word of a `Computes` line stands for: `{dimension}_known` is one for each dimension."""
    dimensions = "|".join(row["dimension"] for row in definitions.table("dimensions"))
    return re.compile(re.escape(name.strip()).replace(r"\{dimension\}", f"({dimensions})"))
