"""The lint that `manage.py check` runs finds what it is there for, and every script of the project passes it."""

from pathlib import Path

import pytest

from tests.javascript import ROOT, check, scripts


def test_every_script_of_the_project_is_found_and_passes() -> None:
    assert ROOT / "ui" / "map" / "component.js" in scripts()
    assert check(scripts()) == 0


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("export const area = (row) => rows.get(row);\n", "no-undef"),
        ("const spare = 1;\nexport const one = 1;\n", "no-unused-vars"),
        ("export const outer = (row) => [1].map((row) => row);\n", "no-shadow"),
        ("export const same = (a, b) => a == b;\n", "eqeqeq"),
        ("export const broken = (;\n", "error"),
        ("export const   spaced = 1;\n", "Format issues"),
    ],
)
def test_a_fault_is_named_and_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, rule: str) -> None:
    (tmp_path / "planted.js").write_text(text)
    assert check(scripts(tmp_path)) != 0
    printed = capfd.readouterr()
    assert rule in printed.out + printed.err
