"""Open screens follow what is recorded: whose area it is in, once, and never in the middle of a tap."""

import pytest

from queries import Reader
from tests.journal.recorded import event, keep
from ui.session import live

HERE, ELSEWHERE, EVERYWHERE = Reader("field", ("342106",)), Reader("field", ("342101",)), Reader("committee", ("TH",))


@pytest.fixture
def screens(warehouse, monkeypatch):
    """Three sessions, and which of them were run again."""
    warehouse(household="household_id | village_code\nH1 | 34210601\nH2 | 34210101")
    sessions = {"here": live.Watcher(HERE), "elsewhere": live.Watcher(ELSEWHERE), "everywhere": live.Watcher(EVERYWHERE)}
    ran: list[str] = []
    answers = dict.fromkeys(sessions, True)

    def run_again(session: str) -> bool | None:
        if answers[session]:
            ran.append(session)
        return answers[session]

    monkeypatch.setattr(live, "_watchers", sessions)
    monkeypatch.setattr(live, "run_again", run_again)
    return sessions, ran, answers


def test_who_may_see_it_is_run_again_and_nobody_else(screens) -> None:
    _, ran, _ = screens
    keep(event("note", "H1", note="x"))
    assert live.look(0) == 1
    assert sorted(ran) == ["everywhere", "here"]
    live.look(1)
    assert len(ran) == 2


def test_who_has_it_on_the_screen_already_is_left_alone(screens) -> None:
    sessions, ran, _ = screens
    keep(event("note", "H1", note="x"))
    sessions["here"].shows = 1
    live.look(0)
    assert ran == ["everywhere"]


def test_who_is_being_answered_is_run_afterwards_and_who_is_gone_is_forgotten(screens) -> None:
    sessions, ran, answers = screens
    answers["here"], answers["everywhere"] = False, None
    keep(event("note", "H1", note="x"))
    live.look(0)
    assert ran == [] and set(sessions) == {"here", "elsewhere"}
    answers["here"] = True
    live.look(1)
    assert ran == ["here"]


def test_the_more_screens_are_open_the_longer_each_rests(screens, monkeypatch) -> None:
    sessions, ran, _ = screens
    for number in range(5):
        keep(event("note", "H1", note=str(number)))
        live.look(number)
    assert ran.count("here") == 1
    at = sessions["here"].ran
    for number, (open_, after, times) in enumerate(((3, 0.5, 1), (3, 0.7, 2), (1000, 2.9, 2), (1000, 3.1, 3)), 5):
        sessions |= {f"more {n}": live.Watcher(ELSEWHERE) for n in range(open_ - 3)}
        keep(event("note", "H1", note="y"))
        monkeypatch.setattr(live.time, "monotonic", lambda at=sessions["here"].ran + after: at)
        live.look(number)
        assert ran.count("here") == times, (open_, after)  # what came meanwhile is shown then
    assert sessions["here"].ran > at
