"""An installation of before, whose data lay in `data` itself, goes on with them: nothing is lost, and nothing is chosen for anybody."""

import ast
import subprocess
from pathlib import Path

import pytest

from installation import paths, private_files
from tests.test_manage import Office

OLD = {"warehouse/CURRENT": "abc", "secret.key": "00" * 32, "audit/2026-11.jsonl": "{}", "audit.head": "{}", "decisions.jsonl": "{}",
       "access.csv": "email", "registers/index.json": "[]", "headings.json": "{}"}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    for name, text in OLD.items():
        (made.root / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / "data" / name).write_text(text)
    (made.root / "data" / "sample").mkdir()
    return made


def lying(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_it_is_moved_whole_at_the_first_start_and_says_so(office: Office) -> None:
    result = office.manage("users", "list")
    assert result.returncode == 0 and "this installation's data were moved" in result.stderr
    assert lying(office.root / "data" / "live") == OLD and {p.name for p in (office.root / "data").iterdir()} == {
        "live",
        "sample",
    }
    assert (office.root / "data" / "live").stat().st_mode & 0o077 == 0
    assert "moved" not in office.manage("users", "list").stderr


def test_a_move_that_was_cut_short_is_gone_on_with(office: Office) -> None:
    (office.root / "data" / "live").mkdir()
    (office.root / "data" / "secret.key").rename(office.root / "data" / "live" / "secret.key")
    assert office.manage("builds").returncode == 0
    assert lying(office.root / "data" / "live") == OLD


def test_where_both_places_hold_something_nobody_chooses(office: Office) -> None:
    (office.root / "data" / "live" / "warehouse").mkdir(parents=True)
    before = lying(office.root / "data")
    result = office.manage("serve")
    assert (result.returncode, result.stdout) == (2, "") and "data and data/live both hold warehouse" in result.stderr
    assert lying(office.root / "data") == before and office.calls() == []


def test_another_folder_is_left_alone(office: Office) -> None:
    """`--data DIR` names one that never moved; the project's own is moved all the same, for the next start without it."""
    elsewhere = office.elsewhere / "ข้อมูล"
    (elsewhere / "warehouse").mkdir(parents=True)
    office.manage("builds", "--data", str(elsewhere))
    assert (elsewhere / "warehouse").is_dir() and not (elsewhere / "live").exists()


def test_what_is_private_is_what_was_moved() -> None:
    """Said once in manage.py, which imports nothing, and once where rights are looked at: a new part stands in both."""
    tree = ast.parse((paths.PROJECT / "manage.py").read_text("utf-8"))
    values = {t.id: n.value for n in ast.walk(tree) if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    moved = {name.split(".*")[0] for name in ast.literal_eval(values["MOVED"])}
    assert {name.replace(".jsonl", "") for name in private_files.PRIVATE} <= moved
    assert ast.unparse(values["LIVE"]) == "ROOT / 'data' / 'live'" and paths.LIVE == paths.PROJECT / "data" / "live"


def test_one_line_keeps_all_of_it_out_of_the_repository() -> None:
    lines = (paths.PROJECT / ".gitignore").read_text().split()
    assert [line for line in lines if line.startswith("data")] == ["data/live/"]
    asked = subprocess.run(
        ["git", "check-ignore", "data/live/warehouse/x.duckdb", "data/live/secret.key"], cwd=paths.PROJECT, capture_output=True
    )
    assert asked.returncode in (0, 128)  # 128: no repository, as in an unpacked archive
