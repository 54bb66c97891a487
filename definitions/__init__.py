"""Reference tables: what words, tags, steps and columns mean, in small CSV files that an officer may edit.

Each file is one table with a header row, UTF-8; every row carries its source. Nothing here is code but this reader.
"""

import csv
import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
OWN_TABLE = {
    "aspect": "aspects",
    "dimension": "dimensions",
    "agenda": "agenda",
}  # lists whose values have more to say than a name


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """All rows of `definitions/<name>.csv` in file order; an empty cell is an empty text."""
    with open(FOLDER / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def script(name: str) -> str:
    """The text of `definitions/<name>.sql`: macros, or a statement with `{words}` to fill in, without its last line end."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8").rstrip()


def names(name: str, key: str, language: str) -> dict[str, str]:
    """Key -> name in `language` ("th" or "en") for one table, in file order."""
    return {row[key]: row[f"name_{language}"] for row in table(name)}


def picklist(name: str, language: str) -> dict[str, str]:
    """Value -> name in `language` for one list of picklists.csv, in its stated order."""
    rows = [row for row in table("picklists") if row["picklist"] == name]
    return {row["value"]: row[f"name_{language}"] for row in sorted(rows, key=lambda r: int(r["position"]))}


@cache
def spellings(name: str) -> dict[str, str]:
    """Every accepted spelling of a picklist -> its value. Some lists are tables of their own."""
    if name in OWN_TABLE:
        rows = [{**r, "value": r[name], "spellings": ""} for r in table(OWN_TABLE[name])]
    else:
        rows = [r for r in table("picklists") if r["picklist"] == name]
    return {
        spelling: r["value"]
        for r in rows
        for spelling in (r["value"], r["name_th"], r["name_en"], *filter(None, r["spellings"].split("|")))
    }


def rule(name: str) -> int:
    """The value of one named constant of rules.csv (its unit stands beside it there)."""
    return next(int(row["value"]) for row in table("rules") if row["rule"] == name)


@cache
def fingerprint() -> str:
    """Checksum over every definition file: a build made under other definitions is another build."""
    files = sorted(p for p in FOLDER.iterdir() if p.suffix in {".csv", ".sql", ".txt"})
    return hashlib.sha256(b"".join(p.name.encode() + p.read_bytes() for p in files)).hexdigest()
