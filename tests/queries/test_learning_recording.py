"""Steps recorded on the learning path: on the board at once, as a row of the register would be, and corrected by naming what was said."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import DESK, Filters, Reader
from tests.drawn import Warehouse
from tests.journal.recorded import event, keep, words
from tests.queries.test_learning import STEPS, built, day

OFFICE = {"area": "3421"}
STAFF = "staff_no\n1\n2\n3"
PATHS = "path_no | learner\n1 | 1\n2 | 2\n7/2565 | 3"
MET = f"path_no | met_date | learning_step | teacher\n1 | {day(0)} | want | 2"
QUESTIONS = ("learning_board", "learning_months", "learning_taught", "learning_totals", "learning_tasks", "learning_subjects",
             "learning_skills")  # fmt: skip
OWN = {"entry", "recorded_by", "recorded_at"}


def met(path: str, step: str, on: int, teacher: str = "", **more) -> dict:
    """A step that somebody has reached, as an event."""
    about, thing = more.pop("about", OFFICE), more.pop("thing", f"learning/{day(on)}/{path}")
    base = {"base": more.pop("base")} if "base" in more else {}
    body = {"learning_step": step} | ({"teacher": teacher} if teacher else {}) | more
    return event("learning_step", about=about, thing=thing, on=str(day(on)), **base, **body)


def answers(w: Warehouse) -> dict[str, list]:
    said = {name: w.ask(name) for name in QUESTIONS}
    return {name: sorted(str({k: v for k, v in row.items() if k not in OWN}) for row in rows) for name, rows in said.items()}


@given(
    happened=st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "7/2565"]),
            st.integers(0, 90),
            st.sampled_from(STEPS),
            st.sampled_from(["", "1", "2", "3"]),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[:2],
    )
)
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_a_recorded_step_means_what_a_row_of_the_register_means(tmp_path_factory, happened) -> None:
    learner = {"1": "1", "2": "2", "7/2565": "3"}
    happened = [(path, on, step, "" if learner[path] == teacher else teacher) for path, on, step, teacher in happened]
    folder = tmp_path_factory.mktemp("learned")
    rows = [f"{path} | {day(on)} | {step} | {teacher}" for path, on, step, teacher in happened]
    kept = [
        line for line in MET.splitlines() if not any((path, on) == ("1", 0) for path, on, *_ in happened) or "want" not in line
    ]
    said = []
    for name, text in (("rows", "\n".join([*kept, *rows])), ("entries", MET)):
        (folder / name).mkdir()
        w = built(folder / name, staff=STAFF, learning_path=PATHS, learning_meeting=text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BAAN_SUK_DATA", str(w.folder))
            if name == "entries":
                keep(*(met(path, step, on, teacher) for path, on, step, teacher in happened))
            said.append(answers(w))
    assert {q: (rows, said[1][q]) for q, rows in said[0].items() if rows != said[1][q]} == {}


@pytest.fixture
def w(tmp_path, monkeypatch) -> Warehouse:
    made = built(tmp_path, staff=STAFF, learning_path=PATHS, learning_meeting=MET, lesson="lesson_no\n1.1")
    monkeypatch.setenv("BAAN_SUK_DATA", str(made.folder))
    return made


def board(w: Warehouse) -> dict[str, str]:
    return {row["path_no"]: row["learning_step"] for row in w.ask("learning_board")}


def test_it_is_on_the_board_at_once_with_who_taught_and_is_taken_back(w) -> None:
    assert board(w) == {"1": "want"}
    (entry,) = keep(met("7/2565", "learn", 10, "1", drawn_lesson="1.1", learning_note="ลงเลขรับเองได้"))
    assert board(w) == {"1": "want", "7/2565": "learn"}
    assert next((row["teacher"], row["learner"], row["drawn_lesson"]) for row in w.ask("learning_taught")) == ("1", "3", "1.1")
    keep(event("withdrawn", about=OFFICE, thing=entry, reason="ผิดคน"))
    assert board(w) == {"1": "want"}


def test_a_correction_names_what_it_corrects_and_two_who_know_nothing_of_each_other_wait(w) -> None:
    (first,) = keep(met("2", "learn", 10))
    keep(met("2", "use", 10, base=[first]))
    assert board(w)["2"] == "use"
    keep(met("2", "teach", 10, base=[first]))
    assert board(w)["2"] == "learn"  # what both had seen, until somebody settles it
    assert {row["filing"] for row in w.ask("place_entries", state="unentered")} == {"forked"}
    keep(met("1", "use", 0))  # of the day of the register's row: what is recorded counts
    assert board(w)["1"] == "use"


@pytest.mark.parametrize(
    ("made", "reader"),
    [
        (met("9", "learn", 10), DESK), (met("1", "learn", 10, "1"), DESK), (met("1", "learn", 10, "8"), DESK),
        (met("1", "learn", 10, drawn_lesson="9"), DESK), (met("1", "learn", 10, about={"area": "342106"}), DESK),
        (met("1", "learn", 10, about={"area": "3404"}), DESK), (met("1", "learn", 10, thing=f"learning/{day(9)}/1"), DESK),
        (met("1", "wish", 10), DESK), (met("1", "learn", 10), Reader("field", ("342106",))),
        (met("1", "learn", 10), Reader("committee", ("3421",))),
    ],
)  # fmt: skip
def test_what_the_office_does_not_have_or_by_whoever_may_not_is_refused(w, made, reader) -> None:
    assert words([made], reader) == ["refused"]
    assert words([met("1", "learn", 10)], Reader("data_officer", ("3421",))) == ["kept"]


def test_a_clock_of_the_buddhist_era_is_put_right_in_its_name_too(w) -> None:
    made = met("1", "learn", 10)
    later = made["occurred_on"].replace("2022", "2565")
    keep(made | {"occurred_on": later, "thing": f"learning/{later}/1"})
    assert w.ask("learning_board")[0]["met_date"] == day(10)


def test_an_office_elsewhere_sees_nothing_of_it_and_a_note_is_masked(w) -> None:
    keep(met("1", "learn", 10, "2", learning_note="นายสมชายสอน"))
    assert w.ask("learning_board", Filters(), Reader("data_officer", ("3404",))) == []
    assert w.ask("place_entries", Filters(), Reader("data_officer", ("3404",))) == []
    for question in ("learning_board", "place_entries"):
        assert "สมชาย" not in str(w.ask(question, Filters(), Reader("committee", ("3421",)))), question
