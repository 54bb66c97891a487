"""What is recorded about the debts of village funds: it means what a row of the register means, on every day around it, and once."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from queries import DESK, Filters, Reader
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.journal.recorded import event, keep, words
from tests.queries.test_debts import VILLAGE as VILLAGES
from tests.queries.test_debts import built, code, day

DONE = st.lists(
    st.one_of(
        st.tuples(st.just("repaid"), st.integers(0, 90), st.integers(1, 700)),
        st.tuples(st.sampled_from(["visit", "mobile", "settled"]), st.integers(0, 90), st.just(None)),
    ),
    min_size=1,
    max_size=4,
)
QUESTIONS = (
    "debt_totals",
    "debt_villages",
    "debt_causes",
    "debt_actions",
    "debt_round",
    "debt_districts",
    "debt_places",
    "debt_funds",
)
OWN = {"entry", "recorded_by", "recorded_at", "action_no"}  # what the two ways name apart


def step(number: int, kind: str, on: int, amount: int | None = None, **more) -> dict:
    """Something done in a village, as an event."""
    about, thing = more.pop("about", {"village": code(number)}), more.pop("thing", "debt/2565")
    body = {"action_kind": kind} | ({} if amount is None else {"action_amount": amount}) | more
    return event("debt_step", about=about, thing=thing, on=str(day(on)), **body)


def answers(w: Warehouse, on: str) -> dict[str, list]:
    """What is said of debts on a day, without what tells a row of the register from an entry."""
    said = {name: w.ask(name, **({"day": on} if name not in ("debt_places", "debt_funds") else {})) for name in QUESTIONS}
    return {name: sorted(str({k: v for k, v in row.items() if k not in OWN}) for row in rows) for name, rows in said.items()}


def with_rows(folder, villages: list[dict], done: list[tuple]) -> Warehouse:
    """The same registers with what was done as rows of the one."""
    w = built(folder, villages)
    rows = [
        f"2565 | {code(n)} | {place} | {day(on)} | {kind} | {amount or ''}"
        for place, (n, kind, on, amount) in enumerate(done, 50)
    ]
    text = "\n".join(["fiscal_year | village_code | action_no | action_date | action_kind | action_amount", *rows])
    return loaded(w.folder, write_csv(folder / "more.csv", register("debt_action", text)))


@given(villages=st.lists(VILLAGES, min_size=1, max_size=3), done=st.lists(DONE, min_size=1, max_size=3))
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
def test_what_is_recorded_of_a_debt_means_what_a_row_of_the_register_means(tmp_path_factory, villages, done) -> None:
    folder = tmp_path_factory.mktemp("debt")
    happened = [(n, *one) for n, of in enumerate(done[: len(villages)], 1) for one in of]
    days = ["", *(str(day(on + more)) for on in {on for _, _, on, _ in happened} for more in (-1, 0, 1))]
    said = []
    for name in ("rows", "entries"):
        (folder / name).mkdir()
        w = with_rows(folder / name, villages, happened) if name == "rows" else built(folder / name, villages)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BAAN_SUK_DATA", str(w.folder))
            if name == "entries":
                keep(*(step(*one) for one in happened))
            said.append({on: answers(w, on) for on in days})
    for on in days:
        assert {q: (rows, said[1][on][q]) for q, rows in said[0][on].items() if rows != said[1][on][q]} == {}, on


ONE = {
    "capital": 900, "parts": (500, 300, 100), "balanced": True, "problem": ("records", 600), "repaid": [(5, 100)], "settled": [],
    "loans": [],
}  # fmt: skip


@pytest.fixture
def w(tmp_path, monkeypatch) -> Warehouse:
    """Two villages: of the first 500 of 600 baht are left to follow; the second has no problem."""
    made = built(tmp_path, [ONE, ONE | {"problem": None, "repaid": []}])
    monkeypatch.setenv("BAAN_SUK_DATA", str(made.folder))
    return made


def left(w: Warehouse, on: int | None = None) -> tuple:
    """Of the first village: what came back, what was settled otherwise, what is left."""
    rows = w.ask("debt_villages", **({} if on is None else {"day": str(day(on))}))
    (row,) = (row for row in rows if row["village_code"] == code(1))
    return row["by_repayment"], row["by_settling"], row["still_to_follow"]


def test_a_repayment_counts_at_once_settled_takes_the_rest_and_both_are_taken_back(w) -> None:
    assert left(w) == (100, 0, 500)
    (repaid,) = keep(step(1, "repaid", 10, 150))
    assert left(w) == (250, 0, 350) and left(w, 9) == (100, 0, 500)
    (settled,) = keep(step(1, "settled", 20))
    assert left(w) == (250, 350, 0) and left(w, 19) == (250, 0, 350)
    assert w.ask("debt_totals")[0]["settled"] == 1
    keep(event("withdrawn", about={"village": code(1)}, thing=settled, reason="ยังไม่เสร็จ"))
    keep(event("withdrawn", about={"village": code(1)}, thing=repaid, reason="ผิดหมู่บ้าน"))
    assert left(w) == (100, 0, 500) and w.ask("debt_totals")[0]["settled"] == 0


def test_two_repayments_of_a_day_are_two_and_one_sent_twice_is_one(w) -> None:
    once = step(1, "repaid", 10, 50)
    assert words([once, step(1, "repaid", 10, 50)]) == ["kept", "kept"] and words([once]) == ["known"]
    assert left(w) == (200, 0, 400)
    rows = [row for row in w.ask("debt_actions") if row["entry"]]
    assert len({row["action_no"] for row in rows}) == 2 and [row["alike"] for row in rows] == [2, 2]
    assert [row["alike"] for row in w.ask("debt_actions") if not row["entry"]] == [1]


@pytest.mark.parametrize(
    ("made", "reader"),
    [
        (step(1, "repaid", 10), DESK), (step(1, "visit", 10, 50), DESK), (step(1, "repaid", 10, -5), DESK),
        (step(1, "lost", 10), DESK), (step(1, "visit", 10, thing="debt/2560"), DESK), (step(1, "visit", 10, thing="debt/x"), DESK),
        (step(1, "visit", 10, about={"village": "34210109"}), DESK), (step(1, "visit", 10, about={"area": "3421"}), DESK),
        (step(1, "visit", 10), Reader("field", ("342202",))), (step(1, "visit", 10), Reader("committee", ("3421",))),
        (step(1, "visit", 10) | {"occurred_on": None}, DESK),
    ],
)  # fmt: skip
def test_what_is_of_no_fund_or_lacks_its_amount_or_is_by_whoever_may_not_is_refused(w, made, reader) -> None:
    assert words([made], reader) == ["refused"]
    assert words([step(1, "visit", 10)], Reader("field", (code(1)[:6],))) == ["kept"]


def test_whoever_looks_elsewhere_sees_nothing_of_it_and_a_name_in_it_is_masked(w) -> None:
    keep(step(1, "visit", 10, action_result="พบนายสมชาย"))
    assert w.ask("debt_actions", Filters(), Reader("data_officer", ("3415",))) == []
    masked = w.ask("debt_actions", Filters(), Reader("committee", ("3421",)))
    assert "สมชาย" not in str(masked)


def test_it_survives_a_load_of_the_register(w, tmp_path) -> None:
    keep(step(1, "repaid", 10, 150))
    text = f"fiscal_year | village_code | fund_capital\n2566 | {code(2)} | 5"
    w = loaded(w.folder, write_csv(tmp_path / "later.csv", register("debt_fund", text)))
    assert left(w) == (250, 0, 350)
