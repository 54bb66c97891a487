"""The users file: a table an officer edits; whatever is wrong with it is reported at once and lets nobody in."""

import logging
import os
from pathlib import Path

import pytest

from access import grants
from access.grants import users

HEADING = "email,name,role,area,status,note"


def written(folder: Path, *rows: str, heading: str = HEADING, mode: int = 0o600) -> grants.Users:
    """The users of a file with these rows."""
    path = folder / grants.NAME
    path.write_text("\n".join([heading, *rows]), encoding="utf-8-sig")
    path.chmod(mode)
    return users(folder)


def test_the_file_reads_as_a_table(tmp_path: Path) -> None:
    access = written(
        tmp_path,
        "Somchai@Example.go.th,สมชาย,field,342105,active,",
        "somchai@example.go.th,,field,342106,active,ช่วยราชการ",
        "somchai@example.go.th,,committee,3421,active,",
        "malee@example.go.th,มาลี,viewer,34,disabled,ย้าย",
        "boss@example.go.th,,auditor,34,active,",
        "boss@example.go.th,,auditor,TH,active,",
    )
    somchai = access.person("SOMCHAI@example.go.th")
    assert access.faults == () and somchai and somchai.name == "สมชาย"
    assert list(somchai.grants.items()) == [
        ("committee", ("3421",)),
        ("field", ("342105", "342106")),
    ]  # the narrower role first
    assert access.person("malee@example.go.th") is None, "disabled"
    assert access.person("boss@example.go.th").grants == {"auditor": ("TH",)}, "the nation holds every other area"
    assert access.person("stranger@example.go.th") is None


def test_all_faults_are_said_at_once_with_row_column_found_expected_and_what_to_do(tmp_path: Path) -> None:
    access = written(
        tmp_path,
        "somchai,สมชาย,field,342105,active,",
        "a@example.go.th,,boss,3421,active,",
        "b@example.go.th,,field,9999,active,",
        "c@example.go.th,,field,3421,yes,",
        "d@example.go.th,,desk,TH,active,",
        "e@example.go.th,,field,3421,active,,,",
    )
    text = "\n".join(access.faults)
    for fault in (
        'แถว 2 คอลัมน์ "email": พบ "somchai"',
        'row 3, column "role": found "boss"',
        'คอลัมน์ "area": พบ "9999"',
        'column "status": found "yes", expected active, disabled',
        'แถว 6 คอลัมน์ "role": พบ "desk"',
        "too many cells",
    ):
        assert fault in text
    assert len(access.faults) == 6


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (("a@example.go.th,,admin,TH,active,", "a@example.go.th,,admin,TH,disabled,"), HEADING),
        (("a@example.go.th,,admin,TH,active,", '"b@example.go.th,,admin,TH,active,'), HEADING),
        (("a@example.go.th;;admin;TH;active;",), HEADING.replace(",", ";")),
        (("аdmin@example.go.th,,admin,TH,active,",), HEADING),  # its first letter is Cyrillic
        (("a@example.go.th,,admin,TH,,",), HEADING),
    ],
)
def test_one_fault_lets_nobody_in(tmp_path: Path, rows: tuple[str, ...], heading: str) -> None:
    access = written(tmp_path, "good@example.go.th,,viewer,34,active,", *rows, heading=heading)
    assert access.faults and access.person("good@example.go.th") is None and access.person("a@example.go.th") is None


def test_an_admin_may_be_told_what_is_wrong_and_nobody_else(tmp_path: Path) -> None:
    access = written(
        tmp_path, "a@example.go.th,,admin,TH,active,", "v@example.go.th,,viewer,TH,active,", "x@example.go.th,,boss,TH,active,"
    )
    assert access.administrators == {"a@example.go.th"}


def test_a_missing_file_lets_nobody_in_and_says_how_to_begin(tmp_path: Path) -> None:
    access = users(tmp_path)
    assert access.person("a@example.go.th") is None and "manage.py users add" in access.faults[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o602])
def test_a_file_that_others_can_open_lets_nobody_in_until_its_mode_is_right(tmp_path: Path, mode: int) -> None:
    access = written(tmp_path, "a@example.go.th,,admin,TH,active,", mode=mode)
    assert access.person("a@example.go.th") is None and f"chmod 600 '{tmp_path / grants.NAME}'" in access.faults[0]
    (tmp_path / grants.NAME).chmod(0o600)
    assert users(tmp_path).person("a@example.go.th")


def test_a_change_counts_at_the_next_look_and_no_change_costs_no_reading(tmp_path: Path, monkeypatch) -> None:
    assert written(tmp_path, "a@example.go.th,,admin,TH,active,").person("a@example.go.th")
    read = grants.read
    monkeypatch.setattr(grants, "read", lambda path: pytest.fail("read again"))
    assert users(tmp_path).person("a@example.go.th")
    monkeypatch.setattr(grants, "read", read)
    assert written(tmp_path, "a@example.go.th,,admin,TH,disabled,").person("a@example.go.th") is None
    (tmp_path / grants.NAME).unlink()
    assert users(tmp_path).person("a@example.go.th") is None


def test_the_console_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "baansuk.access"):
        written(tmp_path, "x,,boss,TH,active,")
        users(tmp_path)
    assert len(caplog.records) == 1 and 'found "boss"' in caplog.text
