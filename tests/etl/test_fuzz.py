"""Whatever a file holds, a load ends in a report: no traceback, no row unaccounted for, the earlier build in place or a new one."""

import csv
import io
import random
import tempfile
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.headings.columns import columns
from etl.load import load
from etl.store import Store

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
HEADINGS = [c.name_th for c in columns("household").values() if c.type != "aside"]
NEEDED = ["ปีทะเบียน", "รหัสครัวเรือน", "รหัสหมู่บ้าน", "แหล่งที่มา"]
cells = st.one_of(
    st.sampled_from(
        ["", "-", "ไม่มี", "2565", "๒๕๖๕", "34210606", "342106.0", "3.42E+12", "tpmap", "นอก TPMAP", "✓", "รวม", "ปีทะเบียน"]
    ),
    st.sampled_from(
        ["27-ม.ค.", "15 มี.ค. 65", "31/02/2565", "38,000 บาท", "812345678", "เหล่างาม", "หมู่ 6", '"', "'", "\n", "\0", "=1+1"]
    ),
    st.text(max_size=12),
    st.integers(-(10**15), 10**15).map(str),
)


@st.composite
def sheets(draw) -> list[list[str]]:
    """Title rows, headings of a register among others, and rows of any width."""
    headings = draw(st.permutations([*NEEDED, *draw(st.lists(st.sampled_from(HEADINGS), max_size=8, unique=True))]))
    headings = list(dict.fromkeys(headings)) + draw(st.lists(st.text(max_size=6), max_size=2))
    titles = draw(st.lists(st.lists(cells, max_size=3), max_size=3))
    body = draw(st.lists(st.lists(cells, max_size=len(headings) + 2), max_size=8))
    return [*titles, headings, *body]


def outcome(content: bytes, name: str) -> dict:
    """The report of one load into an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        store = Store(Path(folder) / "data")
        with store.lock():
            said = load(store, [path], "th")
        left = [p.name for p in store.warehouse.iterdir() if p.name.endswith((".tmp", ".wal")) or p.name.startswith("work-")]
        assert left == [] and (said["outcome"] == "built") == (store.current() is not None)
    for sheet in said["files"]:
        assert sheet["rows_in"] == sheet["rows_kept"] + sheet["rows_refused"], sheet
        assert all("Traceback" not in p["message"] and p["message"] for p in sheet["problems"])
    assert said["outcome"] == "unchanged" or (
        said["files"] and (said["outcome"] == "built" or any(s["problems"] for s in said["files"]))
    )
    return said


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def as_workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("แผ่น")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, "".join(c for c in cell if c >= " ")[:100])
    return out.getvalue()


@QUICK
@given(sheets(), st.sampled_from([as_csv, as_workbook]))
def test_every_filled_row_is_counted_or_named(rows, write):
    said = outcome(write(rows), "ทะเบียน.csv" if write is as_csv else "ทะเบียน.xlsx")
    (sheet,) = said["files"]
    if sheet["register"]:
        begin = next(y for y, row in enumerate(rows) if set(NEEDED) <= {cell.strip() for cell in row}) + 1
        blank = {"", "\0"} if write is as_csv else {""}
        filled = sum(
            any("".join(c for c in cell if c >= " ") not in blank or (write is as_csv and cell not in blank) for cell in row)
            for row in rows[begin:]
        )
        named = [p for p in sheet["problems"] if p["fault"] == "not_a_record"]
        numbered = sum(int(p["found"].split("× ")[1]) - 1 for p in named if "× " in p["found"])
        assert sheet["rows_in"] + len(named) + numbered == filled, (sheet, rows)


@cache
def real_files() -> dict[str, bytes]:
    sample = Path(__file__).parent.parent.parent / "data" / "sample"
    return {p.name: p.read_bytes() for p in sample.iterdir() if p.suffix in (".xlsx", ".csv")}


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_broken_bytes_is_read_or_refused_with_a_reason(seed):
    chance = random.Random(seed)
    name = chance.choice(sorted(real_files()))
    data = bytearray(real_files()[name])
    for _ in range(chance.choice([1, 3, 30])):
        at = chance.randrange(len(data))
        change = chance.choice(["flip", "cut", "double", "zero"])
        if change == "flip":
            data[at] ^= 1 << chance.randrange(8)
        elif change == "cut":
            del data[at : at + chance.randrange(1, 2000)]
        elif change == "double":
            data[at:at] = data[at : at + chance.randrange(1, 200)]
        else:
            data[at : at + 8] = bytes(8)
        if not data:
            data = bytearray(b"x")
    outcome(bytes(data), name)
