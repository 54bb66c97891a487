"""What LibreOffice makes of the files: no cell runs, no telephone and no negative number is lost. Skipped where there is none with Calc."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from audit.formula_injection import harmless
from etl.rejects.correction_workbook import workbooks
from queries import DESK, Filters, ask, csv_export
from tests.system import NO_OFFICE, convert, office
from ui.export import report_files

EVIL = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  +1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u200b=1+1",
    "\ufeff=1+1", "=cmd|'/C calc'!A0", '=DDE("cmd";"/C calc";"1")', '=HYPERLINK("http://evil.example";"x")', "x;=1+1", "x\t=1+1",
    'x","=1+1', 'x";"=1+1', '"=1+1"', "x\n=1+1", "x\r\n=1+1", "\u00a0=1+1",
]  # fmt: skip
COMMA, ANY = "44", "44/59/9"  # what separates cells: commas, or all that LibreOffice offers at first
FORMULA = re.compile(r'table:formula="([^"]*)"')
TELEPHONE = f"--infilter=CSV:{COMMA},34,76,1,,0,true,true,false,false,false,-1,true"  # every cell as the text it is
Opened = Callable[..., list[str]]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`opened(file, …, options)`: the files as LibreOffice understands them, formulas evaluated wherever it would.

    One start for all files of a call and one profile for all calls: either costs two CPU-seconds.
    """
    if not (binary := office()):
        pytest.skip(NO_OFFICE)
    profile = tmp_path_factory.mktemp("office")
    return lambda *files, options=(): convert(binary, files, profile, *options)


def separated(separators: str) -> tuple[str]:
    """The option by which a CSV is read with these separators."""
    return (TELEPHONE.replace(f":{COMMA},", f":{separators},").replace(",0,true,", ",0,false,"),)


@pytest.fixture
def report(sample) -> pd.DataFrame:
    """A report with a hostile name in every row."""
    frame = ask("report", Filters(year=("2565",)), DESK)
    frame["head_first_name"] = [EVIL[n % len(EVIL)] for n in range(len(frame))]
    assert len(frame) >= len(EVIL)
    return frame


@pytest.mark.parametrize("text", [text for text in EVIL if not text.startswith(("x", '"'))])
def test_what_runs_is_put_behind_a_quote(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["0812345678", "081-234-5678", "ก=ข", "นาง-เอก", "", "'=1", "(+) บวก", "ม.1", "1/2-3"])
def test_what_does_not_run_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("separators", [COMMA, ANY])
def test_no_cell_of_a_csv_runs(report: pd.DataFrame, tmp_path: Path, opened: Opened, separators: str) -> None:
    files = [tmp_path / f"{name}.csv" for name in ("report", "tidy", "bare")]
    files[0].write_bytes(report_files.csv(report))
    files[1].write_bytes(report_files.tidy(report))
    bare = pd.DataFrame({"text": EVIL}).to_csv(index=False)  # the same without our care, or the test could not fail
    files[2].write_text(bare, "utf-8-sig", newline="")
    as_given, as_tidy, uncared = opened(*files, options=separated(separators))
    assert FORMULA.findall(as_given) == [] and FORMULA.findall(as_tidy) == []
    assert len(FORMULA.findall(uncared)) > 3


def test_no_cell_of_a_workbook_runs(report: pd.DataFrame, tmp_path: Path, opened: Opened, warehouse) -> None:
    """Neither in the report nor in the refused rows that come back, where what looks like a formula stays as text."""
    (tmp_path / "report.xlsx").write_bytes(report_files.xlsx(report, Filters(), "-"))
    rows = "\n".join(f"H{n} | {text} | x" for n, text in enumerate(EVIL) if not set(text) & set("\t\r\n|"))
    made = warehouse(household=f"household_id | head_first_name | village_code\n ok | ก | 34210601\n{rows}")
    (book,) = workbooks(made.folder / "warehouse" / f"{made.report['build']}.duckdb", tmp_path / "refused")
    refused = tmp_path / "refused.xlsx"
    refused.write_bytes(book.read_bytes())
    given, back = opened(tmp_path / "report.xlsx", refused)
    assert FORMULA.findall(given) == [] and 'xlink:href="http' not in given and "=HYPERLINK" in given
    assert FORMULA.findall(back) == [] and "=1+1" in back


def test_a_telephone_and_a_negative_number_survive(tmp_path: Path, opened: Opened) -> None:
    frame = pd.DataFrame({"phone": ["0812345678"], "change": [-1500.5]})
    (tmp_path / "few.csv").write_text(csv_export.written(csv_export.harmless(frame), "\r\n"), "utf-8-sig", newline="")
    [text] = opened(tmp_path / "few.csv", options=(TELEPHONE,))
    assert "<text:p>0812345678</text:p>" in text and 'office:value="-1500.5"' in text
