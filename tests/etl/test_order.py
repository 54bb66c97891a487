"""Order does not matter: the same rows in any order are the same build. What is bound to order is named here.

A cell that stands for those below it (merged, or written once) is bound to the order of its rows; so is whose members they are where a
list without numbers of households has several heads in one house, and which of two rows of one key is refused as the second.
"""

import csv
import random
from pathlib import Path

import duckdb
import pytest

from etl.files.sheets import sheets
from etl.typing.casts import source
from installation.paths import SAMPLE
from tests.drawn import loaded

OF_PAPER = {  # columns that say where a row stood in its file, or what file it was
    "problem": {"row", "message_th", "message_en"}, "load": {"checksum"}, "sheet_heading": {"checksum"},
    "refused": {"row", "reference"}, "build": {"build", "made_at"}, "origin": {"row", "checksum"},
}  # fmt: skip
PEOPLE = """ปีทะเบียน,รหัสประจำบ้าน,คนที่,ชื่อ-สกุล,ความสัมพันธ์,รหัสหมู่บ้าน,แหล่งที่มา,วันเกิด
2565,34210000041,2,นางกานดา สมมติสุข,คู่สมรส,34210606,ใน TPMAP,01/02/2520
2565,34210000041,1,นายขจร สมมติสุข,หัวหน้าครัวเรือน,34210606,ใน TPMAP,01/02/2510
2565,34210000041,3,ด.ช.คมกริช สมมติสุข,บุตร,34210606,ใน TPMAP,01/02/2555
2565,34210000042,,นางงาม สมมติดี,มารดา,34210607,นอก TPMAP,01/02/2490
2565,34210000042,,นายจอม สมมติดี,หัวหน้าครัวเรือน,34210607,นอก TPMAP,01/02/2515
2565,34210000042,,นางสาวฉวี สมมติดี,บุตร,34210607,นอก TPMAP,
2565,34210000042,,นางสาวชวน สมมติดี,บุตร,34210607,นอก TPMAP,
"""
IN_ONE_HOUSE = """ปีทะเบียน,รหัสประจำบ้าน,รหัสหมู่บ้าน,แหล่งที่มา,ชื่อหัวหน้าครัวเรือน,จำนวนสมาชิก
2565,34210000062,34210606,ใน TPMAP,สี่,4
2565,34210000062,34210606,ใน TPMAP,สาม,3
2565,34210000062,34210606,ใน TPMAP,หนึ่ง,1
2565,34210000063,34210606,ใน TPMAP,หก,6
"""


def as_text(paths: list[Path], work: Path) -> dict[str, list[list[str]]]:
    """Every sheet of the files as rows of text, headings first."""
    work.mkdir()
    tables = {}
    for path in paths:
        for sheet in sheets(path, path.name, work):
            rows = duckdb.sql(f"from {source(sheet)}").fetchall()
            width = len(sheet.headings)
            tables[f"{path.stem} {sheet.sheet}.csv"] = [sheet.headings, *([c or "" for c in row[:width]] for row in rows)]
    return tables


def written(tables: dict[str, list[list[str]]], folder: Path, seed: int | None) -> list[Path]:
    """The tables as CSV files, their rows in an order of this seed."""
    folder.mkdir()
    for name, (head, *rows) in tables.items():
        if seed is not None:
            random.Random(seed).shuffle(rows)
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
    return sorted(folder.iterdir())


def content(folder: Path) -> dict[str, list[str]]:
    """Table -> its rows as sorted text, without what is said of paper."""
    (build,) = (folder / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        found = {}
        for (table,) in tables:
            columns = [c for c, *_ in connection.execute(f"describe {table}").fetchall() if c not in OF_PAPER.get(table, ())]
            kept = ", ".join(f'"{c}"' for c in columns)
            found[table] = sorted(str(row) for row in connection.execute(f"select {kept} from {table}").fetchall())
    return found


def same_in_any_order(tables: dict[str, list[list[str]]], folder: Path, seeds: range) -> dict[str, list[str]]:
    loaded(folder / "as it lies", *written(tables, folder / "files", None))
    first = content(folder / "as it lies")
    for seed in seeds:
        other = folder / f"shuffled {seed}"
        other.mkdir(mode=0o700)
        (other / "secret.key").write_bytes((folder / "as it lies" / "secret.key").read_bytes())
        (other / "secret.key").chmod(0o600)
        loaded(other, *written(tables, folder / f"files {seed}", seed))
        for table, rows in content(other).items():
            assert rows == first[table], (seed, table)
    return first


def test_every_register_of_the_sample_in_any_order_is_the_same_build(tmp_path):
    tables = as_text([p for p in sorted(SAMPLE.iterdir()) if p.suffix in {".csv", ".xlsx"}], tmp_path / "work")
    assert len(tables) >= 12
    first = same_in_any_order(tables, tmp_path, range(2))
    assert len(first["household"]) > 60 and len(first["person"]) > 60


@pytest.mark.parametrize("text", [PEOPLE, IN_ONE_HOUSE], ids=["persons, the head not first", "several in one house"])
def test_persons_and_households_of_one_house_are_the_same_in_any_order(tmp_path, text):
    tables = {"list.csv": [line.split(",") for line in text.strip().splitlines()]}
    first = same_in_any_order(tables, tmp_path, range(4))
    assert len(first["household"]) == (2 if text == PEOPLE else 4)
    if text == PEOPLE:
        assert sum("'ขจร'" in row for row in first["household"]) == sum("'จอม'" in row for row in first["household"]) == 1
        assert len(first["person"]) == 7
