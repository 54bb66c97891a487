"""The questions there are: one .sql file each, what it says, what it tells of, and its coarse twin where it has one."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"
TELLS = re.compile(r"-- Tells: ([a-z, ]+)")
KINDS = {  # what a question may tell of: in Thai and in English, for the sentence of a refusal
    "cases": ("รายครัวเรือน", "of single households"),
    "counts": ("จำนวนครัวเรือนหรือคน", "how many households or people there are"),
    "files": ("แฟ้มที่โหลดและแถวที่ผิด", "of loaded files and their faulty rows"),
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
    coarse: bool = False


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
    found = {}
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        says, tells = sql.splitlines()[:2]
        told = TELLS.fullmatch(tells)
        kinds = frozenset(told[1].split(", ")) if told else frozenset()
        if not kinds or kinds - KINDS.keys():  # a question that says nothing of itself must not exist, least of all be open
            raise ValueError(f"{path.name}: the second line must be -- Tells: {' or '.join(KINDS)}, found: {tells}")
        parameters = frozenset(re.findall(r"\$(\w+)", sql))
        found[path.stem] = Question(path.stem, says.removeprefix("--").strip(), kinds, sql, parameters, coarse)
    return found
