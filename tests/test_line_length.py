"""Lines of SQL, scripts and styles end where those of Python do: at 128 columns."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COLUMNS = 128
ENDINGS = (".sql", ".js", ".css")


def files() -> list[Path]:
    """Every file of these kinds; nothing in hidden folders, so none of .venv."""
    kept = []
    for place, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept += [Path(place) / name for name in sorted(names) if name.endswith(ENDINGS)]
    return kept


def test_there_are_files_of_each_kind() -> None:
    assert {path.suffix for path in files()} == set(ENDINGS)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_line_is_longer(path: Path) -> None:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    assert [f"{number}: {len(line)} columns" for number, line in lines if len(line) > COLUMNS] == []
