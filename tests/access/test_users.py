"""The verb `users`: the file it writes is one it would accept, is its owner's alone, and changes in one move or not at all."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from access import grants, users
from audit import log


def parts(folder: Path) -> list[str]:
    """The users file and whatever of it was left beside."""
    return [p.name for p in folder.glob(f"*{grants.NAME}*")]


def run(folder: Path, *arguments: str) -> int:
    return users.main([*arguments, "--data", str(folder)])


def test_people_are_added_listed_and_disabled(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(tmp_path / "new", "add", "Somchai@Example.go.th", "field", "342105", "342106", "--name", "สมชาย") == 0
    assert run(tmp_path / "new", "add", "somchai@example.go.th", "committee", "3421") == 0
    person = grants.users(tmp_path / "new").person("somchai@example.go.th")
    assert person.name == "สมชาย" and dict(person.grants) == {"committee": ("3421",), "field": ("342105", "342106")}
    assert run(tmp_path / "new", "disable", "SOMCHAI@example.go.th") == 0
    assert grants.users(tmp_path / "new").person("somchai@example.go.th") is None
    assert run(tmp_path / "new", "add", "somchai@example.go.th", "field", "342105") == 0
    assert dict(grants.users(tmp_path / "new").person("somchai@example.go.th").grants) == {"field": ("342105",)}
    capsys.readouterr()
    assert run(tmp_path / "new", "list") == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0].split() == list(grants.COLUMNS) and len(listed) == 4
    assert parts(tmp_path / "new") == [grants.NAME]
    assert [e["facts"]["change"] for e in log.entries(tmp_path / "new")] == ["add", "disable", "add", "add"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_the_file_and_a_folder_made_for_it_are_their_owners_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        run(tmp_path / "new", "add", "a@example.go.th", "admin", "TH")
    finally:
        os.umask(old)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "new", tmp_path / "new" / grants.NAME)]
    assert modes == [0o700, 0o600]


@pytest.mark.parametrize(
    "arguments",
    [("add", "nobody", "admin", "TH"), ("add", "a@example.go.th", "admin", "99"), ("disable", "stranger@example.go.th")],
)
def test_what_is_wrong_changes_nothing_and_says_why(tmp_path: Path, capsys, arguments: tuple[str, ...]) -> None:
    run(tmp_path, "add", "a@example.go.th", "viewer", "34")
    before = (tmp_path / grants.NAME).read_bytes()
    assert run(tmp_path, *arguments) == 2
    assert arguments[1 if arguments[0] == "disable" or "@" not in arguments[1] else -1] in capsys.readouterr().err
    assert (tmp_path / grants.NAME).read_bytes() == before and parts(tmp_path) == [grants.NAME]


def test_a_faulty_file_is_not_written_over(tmp_path: Path, capsys) -> None:
    path = tmp_path / grants.NAME
    path.write_text("email,name\nx,y\n")
    path.chmod(0o600)
    assert run(tmp_path, "add", "a@example.go.th", "admin", "TH") == 2
    assert path.read_text() == "email,name\nx,y\n" and "heading" in capsys.readouterr().err


def test_a_change_that_cannot_be_written_down_does_not_happen(tmp_path: Path, monkeypatch, capsys) -> None:
    run(tmp_path, "add", "a@example.go.th", "viewer", "34")
    before = (tmp_path / grants.NAME).read_bytes()

    def lost(*arguments: object, **facts: object) -> None:
        raise log.Unwritable("the disk is gone")

    monkeypatch.setattr(users, "write_entry", lost)
    assert run(tmp_path, "add", "a@example.go.th", "admin", "TH") == 2 and "audit log" in capsys.readouterr().err
    assert (tmp_path / grants.NAME).read_bytes() == before
    assert parts(tmp_path) == [grants.NAME]


def test_changes_at_the_same_moment_are_all_made(tmp_path: Path) -> None:
    """Whoever is shut out stays so, whatever else is written then, and the log says no more than was done."""
    run(tmp_path, "add", "gone@example.go.th", "viewer", "34")
    people = [f"p{number}@example.go.th" for number in range(12)]
    with ThreadPoolExecutor(6) as many:
        done = [many.submit(users.add, tmp_path, "test", email, "viewer", ["34"]) for email in people]
        done.append(many.submit(users.disable, tmp_path, "test", "gone@example.go.th"))
        assert [change.result() for change in done] == [()] * 13
    access = grants.users(tmp_path)
    assert access.person("gone@example.go.th") is None and all(access.person(email) for email in people)
    assert len(list(log.entries(tmp_path))) == 14 and parts(tmp_path) == [grants.NAME]
