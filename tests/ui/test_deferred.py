"""A deferred download: user, role and language of the run that drew its button, and the right as it is at the click."""

from collections.abc import Callable
from pathlib import Path

import pytest

from access import users
from access.grants import Person
from queries import Filters, Reader
from ui.auth import identity
from ui.auth.identity import Refused
from ui.export import deferred

EMAIL = "officer@example.go.th"
READER = Reader("data_officer", ("3421",))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Callable[[], bytes]]:
    """`drawn()`: what a run of an officer of one district gives its download button; `drawn(Reader(…))` in another role."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path))
    assert users.main(["add", EMAIL, "data_officer", "3421", "--data", str(tmp_path)]) == 0
    monkeypatch.setattr(identity, "sign_in", lambda: object())  # this server has a sign-in

    def draw(reader: Reader = READER) -> Callable[[], bytes]:
        with monkeypatch.context() as run:
            run.setattr(identity, "person", lambda: Person(EMAIL, "", {reader.role: reader.areas}))
            run.setattr("ui.filters.controls.chosen", lambda: (Filters(), reader))
            run.setattr(deferred, "language", lambda: "en")
            return deferred.deferred(lambda of: f"{of.who} {of.reader.role} {of.reader.areas} {of.language}".encode())

    return draw


def test_the_file_is_made_for_the_user_of_the_run_after_it_is_over(drawn) -> None:
    assert drawn()() == f"{EMAIL} data_officer ('3421',) en".encode()


def test_meeting_mode_downloads_as_a_committee_in_the_same_areas(drawn) -> None:
    assert b"committee" in drawn(Reader("committee", ("3421",)))()


def test_a_right_withdrawn_between_drawing_and_click_refuses_the_file(drawn, tmp_path: Path) -> None:
    download = drawn()
    users.main(["disable", EMAIL, "--data", str(tmp_path)])
    with pytest.raises(Refused):
        download()


@pytest.mark.parametrize(
    "reader", [Reader("data_officer", ("3415",)), Reader("committee", ("34",)), Reader("auditor", ("3421",))]
)
def test_other_areas_or_another_role_than_those_held_are_refused(drawn, reader: Reader) -> None:
    with pytest.raises(Refused):
        drawn(reader)()
