"""A register is rows of two tables: it loads, is counted, linked and kept without a line of code, or is refused before anything changes."""

import csv
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import definitions
from definitions.registers import Misdeclared, registers
from etl import __main__ as verbs
from etl import stages
from etl.compare import area_guard
from etl.load import load
from etl.rejects.correction_workbook import workbooks
from etl.staging import accept, new_token, stage
from etl.store import Store
from etl.tables.balance import Unaccounted
from etl.templates import blank_workbook
from etl.wish import Officer, Wish
from tests.drawn import register, write_csv
from tests.etl.test_stage import Desk

COLUMNS = """
register | column | type | required | headings_th | name_th | personal | examples
loan | household_id | key | derived | รหัสครัวเรือน | รหัสครัวเรือน | address |
loan | entry_no | integer | yes | เงินกู้ที่ | เงินกู้ที่ | |
loan | lent_date | date | | วันที่กู้ | วันที่กู้ | |
loan | lender | text | | ผู้ให้กู้ | ผู้ให้กู้ | text | กองทุนหมู่บ้าน|สหกรณ์
loan | head_citizen_id | citizen_id | | เลขประจำตัวประชาชนหัวหน้าครัวเรือน | เลขหัวหน้า | citizen_id |
well | village_code | digits:8 | yes | รหัสหมู่บ้าน | รหัสหมู่บ้าน | |
well | well_no | integer | yes | บ่อที่ | บ่อที่ | |
well | depth | number | | ลึก (เมตร) | ลึก | |
fund | fund_name | text | yes | ชื่อกองทุนกลาง | ชื่อกองทุนกลาง | |
fund | capital | number | yes | ทุนตั้งต้น | ทุนตั้งต้น | |
"""
ROWS = """
register | table | parent | key | place | events | names_removed | repeated | keeps_blank | template
loan | loan | household | register_year;household_id;entry_no | | lent_date | build | refused | yes | yes
well | water_well | | register_year;village_code;well_no | village_code | | | refused | | yes
fund | fund | | fund_name | | | | first | | yes
"""


def drawn(text: str) -> list[dict[str, str]]:
    head, *rows = [[cell.strip() for cell in line.split(" |")] for line in text.strip().splitlines()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def forget() -> None:
    """Empty what the rooms remember of the definitions."""
    for name in [n for n in sys.modules if n.split(".")[0] in ("definitions", "etl", "queries")]:
        for thing in vars(sys.modules[name]).values():
            if callable(getattr(thing, "cache_clear", None)):
                thing.cache_clear()


@pytest.fixture
def declare(tmp_path, monkeypatch) -> Callable[..., None]:
    """`declare(registers, columns)` adds rows to a copy of the definitions, which every room reads from then on."""
    folder = tmp_path / "definitions"
    shutil.copytree(definitions.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def add(**tables: list[dict[str, str]]) -> None:
        for name, more in tables.items():
            with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            labels = {"name_en": "Own", "says_th": "หนึ่งแถว", "says_en": "One row", "name_th": "ของเรา", "source": "test"}
            known = {row["register"] for row in more}
            kept = [row for row in rows if name != "registers" or row["register"] not in known]
            with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
                writer.writeheader()
                writer.writerows(kept)
                fields = rows[0].keys()
                writer.writerows({f: {**labels, **row}.get(f, "").replace(";", "|") for f in fields} for row in more)
        forget()

    monkeypatch.setattr(definitions, "FOLDER", folder)
    forget()
    yield add
    monkeypatch.undo()
    forget()


@pytest.fixture
def three(declare) -> None:
    """Three registers that are only rows: of households, of villages, of nothing."""
    declare(registers=drawn(ROWS), register_columns=drawn(COLUMNS))


def files(folder: Path, **tables: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    return [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in tables.items()]


def asked(store: Store, sql: str) -> list[tuple]:
    with duckdb.connect(str(store.build_path(store.current())), read_only=True) as connection:
        return connection.execute(sql).fetchall()


HOUSEHOLD = "household_id | head_citizen_id | head_first_name\nH1 | 1101700230708 | สมชาย\nH2 | |"
LOAN = """household_id | head_citizen_id | entry_no | lent_date | lender
H1 | | 1 | 2022-05-01 | ป้าสมชายให้ยืม
 | 1101700230708 | 2 | |
H1 | | 2 | |
H9 | | 1 | |"""
WELL = "village_code | well_no | depth\n34210601 | 1 | 30\n34210601 | 1 | 40\n99999901 | 1 | 50"
FUND = "fund_name | capital\nก | 100\nก | 200\nข | x"


def test_a_register_that_is_only_rows_is_loaded_linked_counted_and_kept(three, tmp_path):
    store = Store(tmp_path / "data")
    with store.lock():
        said = load(store, files(tmp_path / "in", household=HOUSEHOLD, loan=LOAN, well=WELL, fund=FUND), "en")
    assert {s["file"]: (s["register"], s["rows_in"], s["rows_kept"]) for s in said["files"]} == {
        "household.csv": ("household", 2, 2),
        "loan.csv": ("loan", 4, 2),
        "well.csv": ("well", 3, 1),
        "fund.csv": ("fund", 3, 2),
    }
    faults = {(p["fault"], p["row"]) for s in said["files"] for p in s["problems"] if p["severity"] == "error"}
    assert faults >= {("repeated_key", 4), ("unknown_household", 5), ("repeated_key", 3), ("unknown_place", 4)}
    loans = asked(store, "select household_id, entry_no, lender, lender_masked from loan order by entry_no")
    assert loans == [("H1", 1, "ป้าสมชายให้ยืม", "ป้าส…ให้ยืม"), ("H1", 2, None, None)]
    assert asked(store, "select village_code, well_no, depth from water_well") == [("34210601", 1, 30)]
    assert asked(store, "from fund") == [("ก", 100)]
    assert asked(store, "select last_movement::varchar from household where household_id = 'H1'") == [("2022-05-01",)]
    assert asked(store, "select file, area from problem where fault = 'repeated_key' order by file")[0] == (
        "loan.csv",
        "34210601",
    )
    assert len(asked(store, "from refused where file = 'loan.csv'")) == 2
    made = workbooks(store.build_path(store.current()), tmp_path / "refused", "en")
    assert {path.name.split(" ")[0] for path in made} == {"loan", "well", "fund"}


def test_it_has_a_template_with_its_examples(three, tmp_path):
    made = blank_workbook.templates(tmp_path, ["loan", "well", "fund"], "en")
    assert len(made) == 3
    assert [row["lender"] for row in blank_workbook.examples("loan", "en")] == ["กองทุนหมู่บ้าน", "สหกรณ์"]


def test_what_a_newer_file_left_blank_is_kept_where_the_row_says_so(three, tmp_path):
    store = Store(tmp_path / "data")
    with store.lock():
        load(store, files(tmp_path / "in", household=HOUSEHOLD, loan=LOAN), "en")
        newer = "household_id | entry_no | lent_date | lender\nH1 | 1 | 2022-06-01 |\nH1 | 2 | | ใหม่"
        load(store, files(tmp_path / "in", loan=newer), "en")
    kept = asked(store, "select entry_no, lent_date::varchar, lender from loan order by entry_no")
    assert kept == [(1, "2022-06-01", "ป้าสมชายให้ยืม"), (2, None, "ใหม่")]


@pytest.mark.parametrize(
    ("changed", "outside"), [("loan", True), ("well", True), ("fund", True), ("", False)], ids=lambda v: str(v)
)
def test_who_loads_for_other_areas_changes_none_of_it(three, tmp_path, changed, outside):
    before = {
        "loan": "household_id | entry_no\nH1 | 1",
        "well": "village_code | well_no\n34210601 | 1",
        "fund": "fund_name | capital\nก | 1",
    }
    after = {
        "loan": "household_id | entry_no | lender\nH1 | 1 | ก",
        "well": "village_code | well_no | depth\n34210601 | 1 | 9",
        "fund": "fund_name | capital\nก | 2",
    }
    store = Store(tmp_path / "data")
    with store.lock():
        load(store, files(tmp_path / "in", household=HOUSEHOLD, **before), "en")
        given = files(tmp_path / "in", **({changed: after[changed]} if changed else {"village": "village_code\n33010101"}))
        officer = Officer("b", "officer", ("33",))
        if outside:
            with pytest.raises(area_guard.Outside):
                stage(store, given, new_token(), "en", Wish(), officer=officer)
        else:
            token = new_token()
            assert stage(store, given, token, "en", Wish(), officer=officer)["outcome"] == "built"
            accept(store, token, officer)


WRONG = {
    "no table": ({"table": ""}, "has no table"),
    "strange parent": ({"parent": "well"}, "must begin with register_year"),
    "event that is no date": ({"events": "lender"}, "must be of type date"),
    "flag": ({"repeated": "twice"}, "repeated"),
    "key": ({"key": "register_year;nowhere"}, "nowhere"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_register_with_rows_and_no_place_for_them_changes_nothing(three, declare, tmp_path, capsys, wrong):
    store = Store(tmp_path / "data")
    with store.lock():
        load(store, files(tmp_path / "in", household=HOUSEHOLD), "en")
        rest = files(tmp_path / "in", loan=LOAN)
    before = {p: p.stat().st_mtime_ns for p in sorted(store.folder.rglob("*"))}
    change, says = WRONG[wrong]
    declare(registers=[{**drawn(ROWS)[0], **change}])
    wish = write_wish(tmp_path)
    for verb in (
        ["load", *map(str, rest)],
        ["stage", *map(str, rest), "--token", new_token(), "--wish", wish],
        ["ensure"],
        ["template", "--to", str(tmp_path / "out")],
    ):
        assert verbs.main([*verb, "--data", str(store.folder)]) == 2, verb
        told = capsys.readouterr().err
        assert "loan" in told and says in told and "ยังไม่มีอะไรเปลี่ยน" in told
    assert {p: p.stat().st_mtime_ns for p in sorted(store.folder.rglob("*"))} == before and not (tmp_path / "out").exists()
    with store.lock(), pytest.raises(Misdeclared):
        load(store, rest, "en")


def write_wish(folder: Path) -> str:
    (folder / "wish.json").write_text("{}", encoding="utf-8")
    return str(folder / "wish.json")


@pytest.mark.builds
@pytest.mark.parametrize(
    "name", ["loan", "well", "fund", "household", "person", "village", "plan", "step", "published", "member_list"]
)
def test_a_build_whose_table_lost_records_is_not_published(three, tmp_path, monkeypatch, name):
    tables = {
        "loan": "household_id | entry_no\nH1 | 1",
        "well": "village_code | well_no\n34210601 | 1",
        "fund": "fund_name | capital\nก | 1",
        "household": "household_id\nH1",
        "person": "household_id | member_no\nH1 | 1",
        "village": "village_code | village_name\n34210699 | ก",
        "plan": "household_id | item_no\nH1 | 1",
        "step": "household_id | step\nH1 | 1",
        "published": "area_code | households\n3421 | 5",
        "member_list": "household_id | first_name\nH8 | ก",
    }
    table = {"plan": "plan_item", "step": "case_step", "village": "place", "member_list": "person", "well": "water_well"}
    run = stages.run

    def losing(
        connection: duckdb.DuckDBPyConnection, script: str, parameters: dict | None = None, /, **spelled: object
    ) -> None:
        run(connection, script, parameters, **spelled)
        made = connection.execute("select table_name from duckdb_tables() where database_name = 'out'").fetchall()
        if script == "account":
            which = "code = '34210699'" if name == "village" else "true"
            lost = table.get(name, name)
            assert (lost,) in made
            connection.execute(f"delete from out.{lost} where {which}")

    monkeypatch.setattr(stages, "run", losing)
    store = Store(tmp_path / "data")
    given = {"household": tables["household"], name: tables[name]}
    with store.lock(), pytest.raises(Unaccounted, match=rf"{name}: .*[12] records were kept and 0 stand"):
        load(store, files(tmp_path / "in", **given), "en")
    assert store.current() is None and not list(store.warehouse.glob("*.duckdb*"))


def test_every_register_is_read_from_its_row(three):
    assert {"loan", "well", "fund"} <= registers().keys() and Desk
