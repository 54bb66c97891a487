"""What LibreOffice makes of the files: no cell runs, no telephone and no negative number is lost. Skipped where it is not installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from audit.formula_injection import harmless
from etl.rejects.correction_workbook import workbooks
from queries import DESK, Filters, ask, csv_export
from ui.export import report_files

EVIL = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  +1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u200b=1+1",
    "\ufeff=1+1", "=cmd|'/C calc'!A0", '=DDE("cmd";"/C calc";"1")', '=HYPERLINK("http://evil.example";"x")', "x;=1+1", "x\t=1+1",
    'x","=1+1', 'x";"=1+1', '"=1+1"', "x\n=1+1", "x\r\n=1+1", "\u00a0=1+1",
]  # fmt: skip
COMMA, ANY = "44", "44/59/9"  # what separates cells: commas, or all that LibreOffice offers at first
FORMULA = re.compile(r'table:formula="([^"]*)"')
office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def opened(file: Path, separators: str = "", as_text: str = "false") -> str:
    """The file as LibreOffice understands it, formulas evaluated wherever it would."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    given = [f"--infilter=CSV:{separators},34,76,1,,0,{as_text},true,false,false,false,-1,true"] if separators else []
    command = [
        "soffice",
        "--headless",
        profile,
        *given,
        "--convert-to",
        "fods",
        "--outdir",
        str(file.parent / "out"),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (file.parent / "out" / f"{file.stem}.fods").read_text("utf-8")


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


@office
@pytest.mark.parametrize("separators", [COMMA, ANY])
def test_no_cell_of_a_csv_runs(report: pd.DataFrame, tmp_path: Path, separators: str) -> None:
    for form in (report_files.csv, report_files.tidy):
        (tmp_path / "report.csv").write_bytes(form(report))
        assert FORMULA.findall(opened(tmp_path / "report.csv", separators)) == []
    bare = pd.DataFrame({"text": EVIL}).to_csv(index=False)  # the same without our care, or the test could not fail
    (tmp_path / "bare.csv").write_text(bare, "utf-8-sig", newline="")
    assert len(FORMULA.findall(opened(tmp_path / "bare.csv", separators))) > 3


@office
def test_no_cell_of_a_workbook_runs(report: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(report_files.xlsx(report, Filters(), "-"))
    text = opened(tmp_path / "report.xlsx")
    assert FORMULA.findall(text) == [] and 'xlink:href="http' not in text and "=HYPERLINK" in text


@office
def test_a_telephone_and_a_negative_number_survive(tmp_path: Path) -> None:
    frame = pd.DataFrame({"phone": ["0812345678"], "change": [-1500.5]})
    (tmp_path / "few.csv").write_text(csv_export.written(csv_export.harmless(frame), "\r\n"), "utf-8-sig", newline="")
    text = opened(tmp_path / "few.csv", COMMA, as_text="true")
    assert "<text:p>0812345678</text:p>" in text and 'office:value="-1500.5"' in text


@office
def test_refused_rows_come_back_as_text(warehouse, tmp_path: Path) -> None:
    rows = "\n".join(f"H{n} | {text} | x" for n, text in enumerate(EVIL) if not set(text) & set("\t\r\n|"))
    made = warehouse(household=f"household_id | head_first_name | village_code\n ok | ก | 34210601\n{rows}")
    (book,) = workbooks(made.folder / "warehouse" / f"{made.report['build']}.duckdb", tmp_path / "refused")
    text = opened(book)
    assert FORMULA.findall(text) == [] and "=1+1" in text
