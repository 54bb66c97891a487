"""The query API: every question for every role, and how invalid parameters are refused."""

import threading
from collections import Counter

import pytest

import definitions
from definitions.registers import registers
from queries import DESK, NATION, Filters, NoBuild, Reader, UnknownQuestion, ask, build, may_ask, questions, twins
from queries.ask import ALL, BREAKDOWNS, DEFAULTS, REQUIRED, _columns
from queries.columns import OPEN, UNCLASSED, class_of, classes
from queries.filters import CHOICES
from queries.questions import FOLDER, KINDS, TABLE, UNGUARDED, Question, _read, without_comments
from queries.warehouse import current
from tests.drawn import loaded, register, whole, write_csv

ROLES = [row["role"] for row in definitions.table("roles")]
NO_QUESTION = Question("", "", frozenset(), "", frozenset())
FILES = sorted(FOLDER.rglob("*.sql"))
NAMES = [p.relative_to(FOLDER).as_posix() for p in FILES]
HOSTILE = ["' or 1=1 --", "'; drop table warehouse.household; --", "%", "_", "\\", '"', "$1", "{x}", "\0", "x" * 10_000, "'||'"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("question", questions())
def test_every_question_has_an_answer_for_every_role_that_may_ask_it(sample, question, role):
    reader = Reader(role, ("3421",))
    if not may_ask(question, reader):
        return
    ref = sample.ask("attention")[0]["ref"]
    chosen = {"household": ref} if "household" in questions()[question].parameters else {}
    frame = ask(question, Filters(year=("2565",), district=("3421",), tambon=("342106",)), reader, **chosen, **whole(question))
    assert len(set(frame.columns)) == len(frame.columns) > 0
    assert questions()[question].says.endswith((".", ":")) or len(questions()[question].says) > 20


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_question_reads_people_but_through_the_doors(path):
    sql = without_comments(path.read_text(encoding="utf-8"))
    assert set(TABLE.findall(sql)) <= UNGUARDED
    assert sql.count(";") == 0 and path.read_text(encoding="utf-8").startswith("-- ")


def test_every_table_of_a_build_is_guarded_but_those_that_tell_of_no_household(sample):
    """A table that nobody thought of is guarded: only a name in UNGUARDED opens one, and none stands there for nothing."""
    rows = (
        current()[0]
        .cursor()
        .execute("select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'main'")
    )
    tables = {name for (name,) in rows.fetchall()}
    assert UNGUARDED - {"definition"} <= tables
    of_households = {r.table for r in registers().values() if r.of_household} - {""}
    assert of_households <= tables - UNGUARDED and {"tally", "coarse", "address", "duplicate"} <= tables - UNGUARDED


def test_a_question_that_reads_a_table_past_the_doors_is_no_question(tmp_path):
    (tmp_path / "peep.sql").write_text("-- All.\n-- Tells: counts\nfrom WAREHOUSE.brand_new, warehouse.place", encoding="utf-8")
    with pytest.raises(ValueError, match="peep.sql: reads warehouse.brand_new past the doors"):
        _read(tmp_path, False)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_parameters_of_a_question_are_known(path):
    question = (twins() if path.parent != FOLDER else questions())[path.stem]
    assert question.parameters <= {"filters", "reader", "decided", *DEFAULTS, *REQUIRED}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_question_says_what_it_tells_of(path):
    """Twins of coarse counts tell of counts alone, and stand beside an exact question of the same name."""
    question = (twins() if path.parent != FOLDER else questions())[path.stem]
    assert question.tells and question.tells <= KINDS.keys()
    assert not question.coarse or (question.tells == {"counts"} == questions()[question.name].tells)


def test_a_question_that_does_not_say_what_it_tells_is_no_question(tmp_path, monkeypatch):
    (tmp_path / "silent.sql").write_text("-- Everything.\nselect * from visible_households($reader)", encoding="utf-8")
    with pytest.raises(ValueError, match="silent.sql: the second line must be -- Tells: cases or counts"):
        _read(tmp_path, False)


def test_an_unknown_question_names_those_that_exist(sample):
    with pytest.raises(UnknownQuestion, match=r'"sumary" is not one of: .*summary'):
        ask("sumary", Filters(), DESK)
    for path in ("../macros", "/etc/passwd", "summary.sql", ""):
        with pytest.raises(ValueError):
            ask(path, Filters(), DESK)


@pytest.mark.parametrize("by", ["", "house_no", "household_id", "total; drop", "register_year", "TAMBON", "head_first_name"])
def test_only_listed_breakdowns_exist(sample, by):
    with pytest.raises(ValueError, match="is not one of total, year"):
        ask("summary", Filters(), DESK, by=by)


def test_breakdowns_are_columns_that_name_nobody(sample):
    by_definition = classes(current()[0].cursor())
    assert {class_of(column, NO_QUESTION, by_definition) for column in set(BREAKDOWNS.values()) - {"total"}} == {OPEN}


@pytest.mark.parametrize(
    "question", [*questions().values(), *twins().values()], ids=lambda q: f"{q.name}{' coarse' if q.coarse else ''}"
)
def test_every_column_of_an_answer_has_a_class_and_no_question_claims_one_that_it_does_not_have(sample, question):
    """A column that nobody classed comes empty to everybody: it has to be stated in a register, as derived, or by its question."""
    connection, now = current()
    bound = {**DEFAULTS, "limit": 1, "by": "tambon_code", "decided": "", "filters": Filters().struct(), "reader": DESK.struct()}
    columns = _columns(now.id, connection.cursor(), question, {name: bound[name] for name in question.parameters})
    assert [name for name, (_, kind) in columns.items() if kind == UNCLASSED] == []
    assert [pattern.pattern for pattern in question.computes if not any(pattern.fullmatch(name) for name in columns)] == []


@pytest.mark.parametrize("question", [name for name, question in questions().items() if "limit" in question.parameters])
def test_a_list_that_can_be_cut_says_how_many_there_are_and_is_never_cut_by_itself(sample, question):
    with pytest.raises(ValueError, match=f"{question} needs limit"):
        ask(question, Filters(), DESK)
    rows = sample.ask(question)
    one = sample.ask(question, limit=1)
    assert all("total" in row for row in rows) and [row["total"] for row in one] == [row["total"] for row in rows[: len(one)]]
    of_steps = {
        "steps": ("ref",),
        "fund_steps": ("fiscal_year", "project_no"),
        "village_items": ("village_code",),
        "village_happiness": ("assessed_year", "village_code"),
    }.get(question)  # cases and loans, each with its steps; villages, each with its items
    grain = {tuple(row[name] for name in of_steps) for row in rows} if of_steps else rows
    assert {row["total"] for row in rows} <= {len(grain)}


def test_a_parameter_that_a_question_does_not_have_is_refused(sample):
    with pytest.raises(ValueError, match="road has no limit, search"):
        ask("road", Filters(), DESK, search="x", limit=1)


def test_all_wrong_filters_are_named_at_once():
    with pytest.raises(ValueError) as refusal:
        Filters.of({"year": ["65", "2565"], "plan": ["finished"], "tambon": ["๓๔๒๑๐๖", "342106"], "dimension": ["wealth"]})
    assert str(refusal.value).split("; ") == [
        'year: "65" must be 4 digits', 'tambon: "๓๔๒๑๐๖" must be 6 digits',
        'dimension: "wealth" is not one of health, living, education, income, access',
        'plan: "finished" is not one of none, planned, in_progress, done, not_kept',
    ]  # fmt: skip


def test_filters_are_one_value_whatever_the_order_and_go_to_the_address_and_back():
    one, other = (
        Filters.of({"tambon": ["342106", "342101"]}),
        Filters.of({"tambon": ["342101", "342106", "342106"], "year": []}),
    )
    assert one == other and hash(one) == hash(other) and Filters.of(one.address()) == one
    assert one.address() == {"tambon": ["342101", "342106"]}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_filter_or_a_search_never_becomes_sql(sample, text):
    every = len(ask("report", Filters(), DESK))
    for name in (*CHOICES, "year", "district", "tambon", "village"):
        with pytest.raises(ValueError):
            Filters.of({name: [text]})
    assert len(ask("households", Filters(), DESK, search=text, limit=ALL)) == 0
    assert len(ask("members", Filters(), DESK, household=text)) == 0
    assert len(ask("households", Filters(), DESK, sort=text, limit=1000)) == every
    assert len(ask("report", Filters(tambon=(text,)), DESK)) == 0
    with pytest.raises(ValueError, match="must be TH or 2, 4, 6 or 8 digits"):
        Reader("desk", (text,))
    assert len(ask("report", Filters(), DESK)) == every


def test_the_connection_can_reach_nothing_but_the_build(sample):
    from queries.warehouse import current

    cursor = current()[0].cursor()
    for sql in ("from read_csv('/etc/passwd')", "copy (select 1) to '/tmp/x.csv'", "set enable_external_access = true",
                "delete from warehouse.household", "create table warehouse.x (a int)", "install httpfs"):  # fmt: skip
        with pytest.raises(Exception, match=r"(?i)disabled|read-only|lock|cannot"):
            cursor.execute(sql)


def test_eight_threads_get_their_own_answers(sample):
    codes = [r["code"] for r in sample.ask("summary", by="village")][:32]
    expected = {code: ask("summary", Filters(village=(code,)), DESK)["households"][0] for code in codes}
    wrong: list[object] = []

    def asks(start: int) -> None:
        for code in codes[start:] + codes[:start]:
            limit = 500 + start  # another key: nobody is served from what somebody else has kept
            try:
                rows = Counter(ask("households", Filters(village=(code,)), DESK, limit=limit)["village_code"])
                if rows != {code: expected[code]}:
                    wrong.append((code, rows))
            except Exception as fault:
                wrong.append(fault)

    threads = [threading.Thread(target=asks, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(set(codes)) == 32


def test_a_new_build_is_followed_without_a_restart(tmp_path, monkeypatch):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    with pytest.raises(NoBuild):
        ask("road", Filters(), DESK)
    for number in (1, 2, 1):
        text = "household_id\n" + "\n".join(f"H{n}" for n in range(number))
        w = loaded(tmp_path / "data", write_csv(tmp_path / "r.csv", register("household", text)))
        assert (w.ask("road")[0]["listed"], build().id, build().sample) == (number, w.report["build"], False)


def test_what_a_caller_does_to_a_frame_stays_with_the_caller(sample):
    first = ask("dimensions", Filters(), DESK)
    before = first.to_dict()
    first.loc[:, "deprived"] = -1
    first["new"] = 1
    scope = ask("scope", Filters(), DESK)
    years = list(scope["register_years"][0])
    with pytest.raises(ValueError):
        scope["register_years"][0][0] = 1
    assert ask("dimensions", Filters(), DESK).to_dict() == before
    assert list(ask("scope", Filters(), DESK)["register_years"][0]) == years


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match='role: "minister" is not one of desk'):
        Reader("minister", (NATION,))
