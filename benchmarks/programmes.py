"""Registers of the office's other work for a province, made in DuckDB as those of its households are (register.py).

The women's fund: 192 villages × 10 fiscal years × 4 projects (Warin Chamrap tells of 31 in a year: 25 such districts have 775, these
768), with instalments, repayments and steps of the ป ต ท model. Village funds: 82 villages and 2,800 debtors in each of the districts.
Assessments: every village of the province, in three years by the 23 items and in one by each other instrument. A learning office a
district. Nobody in them is anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

import definitions
from benchmarks import register
from benchmarks.names import FIRST, LAST, SURNAME, SURNAMED, in_sql

VILLAGES = 108  # of a district: Ubon's 25 have some 2,700
FUND = {"villages": 192, "years": 10, "projects": 4}
DEBTS = {"villages": 82, "debtors": 2_800}  # of a district, as in Phibun Mangsahan
STAFF, LESSONS, PATHS = 12, 30, 12  # of an office
LAST_YEAR = 2565
DAY = "date '2022-09-15'"  # nothing is told of a later day
NAME = f"concat({in_sql(FIRST, LAST, 'i')}, ' ', {in_sql(SURNAME, SURNAMED, '5 * i')})"


class Made(NamedTuple):
    """A register as SQL: its cells by column, the rows they are of."""

    cells: Mapping[str, str]
    rows: str


def village(n: str) -> str:
    """SQL of the code of village `n` of the district `d`, 8 digits."""
    return f"concat({tambon(n)}.code, lpad({moo(n)}::varchar, 2, '0'))"


def tambon(n: str) -> str:
    """SQL of the subdistrict in which it lies: the villages of a district are dealt out to them in turn."""
    return f"d.tambons[1 + {n} % len(d.tambons)]"


def moo(n: str) -> str:
    """SQL of its number there."""
    return f"(1 + {n} // len(d.tambons))"


def day(date: str) -> str:
    """SQL of a day as offices write it, none behind the last one that is told of."""
    return f"if({date} <= {DAY}, concat(strftime({date}, '%d/%m/'), year({date}) + 543), null)"


def ahead(date: str) -> str:
    """SQL of a day that may lie ahead."""
    return f"concat(strftime({date}, '%d/%m/'), year({date}) + 543)"


def registers() -> dict[str, Made]:
    """Register -> how it is made, in the order of the definitions."""
    return {"village": villages(), **fund(), **debts(), **learning(), **assessments()}


def villages() -> Made:
    """Every village of the province."""
    return Made(
        {"village_code": village("n"), "village_name": f"concat('บ้านสมมุติ', {tambon('n')}.name, {moo('n')})"},
        f"district d, range({VILLAGES}) village(n)",
    )


def fund() -> dict[str, Made]:
    """Projects two of three of which are loans, repaid in four instalments three months apart, most of them in time."""
    every = f"""(select *, date '{LAST_YEAR - 544}-11-01' - to_years(y::int) + to_days((i * 37 % 330)::int) as got, i % 3 < 2 as lent,
                   10000 + i % 19 * 10000 as amount, {LAST_YEAR} - y as fiscal
            from (select d, y, p, v, (v * {FUND["years"]} + y) * {FUND["projects"]} + p as i
                  from range({FUND["villages"]}) village(v), range({FUND["years"]}) year(y), range({FUND["projects"]}) project(p)
                  join district d on d.at = v % 25))"""
    key = {"fiscal_year": "fiscal", "project_no": "concat('W', i)"}
    loans = f"(select * from {every} where lent), range(1, 5) instalment(n)"
    due = "got + to_months((3 * n)::int)"
    paid = f"{due} + to_days((hash(i, n) % 30)::int - 20)"
    done = "got + to_days((n * 23 - 150)::int)"
    steps = [row["value"] for row in definitions.table("picklists") if row["picklist"] == "fund_step"]
    return {
        "fund_project": Made(
            key
            | {
                "village_code": village("v // 25"),
                "group_name": "concat('กลุ่มสมมุติ', v, '-', p)",
                "group_members": "5 + i % 9",
                "fund_kind": "if(lent, 'revolving', 'grant')",
                "project_name": "concat('ทอผ้า', i % 40)",
                "approved_amount": "amount",
                "contract_no": "if(lent, concat(i, '/', fiscal), null)",
                "received_date": day("got"),
                "guardian": in_sql(FIRST, LAST, "v"),
            },
            every,
        ),
        "fund_instalment": Made(
            key | {"instalment_no": "n", "instalment_due": ahead(due), "instalment_amount": "amount // 4"}, loans
        ),
        "fund_repayment": Made(
            key | {"receipt_no": "concat(i, '/', n)", "paid_date": day(paid), "paid_amount": "amount // 4"},
            f"{loans} where {paid} <= {DAY} and (i + n) % 23 > 0",
        ),
        "fund_check": Made(
            key
            | {
                "check_no": "n",
                "checked_date": day(done),
                "fund_step": f"{steps}[n::int]",
                "fund_result": "if(n % 5 = 0, 'เรียบร้อย', null)",
            },
            f"(select * from {every} where lent), range(1, {len(steps) + 1}) step(n) where {done} <= {DAY} and (i + n) % 4 > 0",
        ),
    }


def debts() -> dict[str, Made]:
    """A fund a village in two years' reports, every fourth with a problem, some settled; a ledger of the debtors in the latest."""
    funds = f"district d, range({DEBTS['villages']}) village(n)"
    years = f"(select d, n, y, n + 100 * d.at as i from {funds}, range({LAST_YEAR - 1}, {LAST_YEAR + 1}) year(y))"
    problems = f"(select d, n, {LAST_YEAR} as y, n + 100 * d.at as i from {funds} where n % 4 = 0)"
    debtors = f"""(select d, i, i % {DEBTS["villages"]} as n, {LAST_YEAR} as y
            from district d, range({DEBTS["debtors"]}) debtor(i))"""
    key = {"fiscal_year": "y", "village_code": village("n")}
    causes = [row["value"] for row in definitions.table("picklists") if row["picklist"] == "debt_cause"]
    return {
        "debt_fund": Made(
            key
            | {
                "grant_year": "2540",
                "fund_capital": "280000 + i % 9 * 1000",
                "households_all": "80 + i % 40",
                "households_target": "40 + i % 20",
                "households_lent": "30 + i % 8",
                "with_households": "200000 + i % 7 * 1000",
                "in_bank": "70000 + i % 5 * 1000",
                "in_cash": "if(i % 11 = 0, null, 10000)",
                "repaid_in_year": "i % 9 * 1000",
                **{
                    f"book_{book}": "['current', 'current', 'behind'][1 + i % 3]"
                    for book in ("targets", "status", "bank", "debtors")
                },
            },
            years,
        ),
        "debt_problem": Made(
            key
            | {
                "debt_cause": f"{causes}[1 + i % {len(causes)}]",
                "amount_to_follow": "50000 + i % 13 * 10000",
                "debt_remedy": "'ประชุมกรรมการและลูกหนี้'",
                "point_no": "1 + n % 5",
            },
            problems,
        ),
        "debt_action": Made(
            key
            | {
                "action_no": "k",
                "action_date": day("date '2022-01-10' + to_days((k * 40 + i % 20)::int)"),
                "action_kind": "if(k = 5 and i % 2 = 0, 'settled', ['mobile', 'visit', 'repaid'][1 + k::int % 3])",
                "action_amount": "if(k % 3 = 2, 5000, null)",
                "action_team": "'ทีมอำเภอ'",
                "action_result": "'รับรู้ปัญหาร่วมกัน'",
            },
            f"{problems}, range(1, 6) action(k)",
        ),
        "debt_loan": Made(
            key
            | {
                "contract_no": "concat('Y', i)",
                "poverty_order": "1 + i // 82",
                "borrower": NAME,
                "loan_purpose": "'เลี้ยงวัว'",
                "loan_amount": "6000 + i % 5 * 1000",
                "loan_date": day("date '2021-06-01' + to_days((i % 200)::int)"),
                "loan_due": ahead("date '2022-06-01' + to_days((i % 400)::int)"),
                "loan_repaid": "i % 4 * 2000",
                "last_repaid_date": f"if(i % 4 = 0, null, {day('date ' + repr('2022-02-01') + ' + to_days((i % 200)::int)')})",
            },
            debtors,
        ),
        "debt_point": Made(
            key
            | {
                "point_no": "1 + n",
                "point_date": ahead("date '2022-06-01' + to_days((n * 30)::int)"),
                "point_team": "'ทีมอำเภอ'",
            },
            f"(select d, n, {LAST_YEAR} as y from district d, range(5) point(n))",
        ),
    }


def learning() -> dict[str, Made]:
    """An office a district: staff with skills, lessons, and subjects that go through the steps month by month."""
    steps = [row["value"] for row in definitions.table("picklists") if row["picklist"] == "learning_step"]
    skills = [row["value"] for row in definitions.table("picklists") if row["picklist"] == "staff_skill"]
    needs = [row["dimension"] for row in definitions.table("dimensions")]
    key = {"district_code": "d.code"}
    return {
        "staff": Made(
            key
            | {
                "staff_no": "1 + n",
                "staff_name": NAME,
                "post": "if(n = 0, 'head', ['officer', 'volunteer', 'fund_clerk'][1 + n::int % 3])",
                "sex": "['male', 'female'][1 + n::int % 2]",
            },
            f"(select d, n, n + 20 * d.at as i from district d, range({STAFF}) staff(n))",
        ),
        "staff_skill": Made(
            key | {"staff_no": "1 + n", "skill": f"{skills}[1 + (n * 5 + d.at + k * 3) % {len(skills)}]"},
            f"district d, range({STAFF}) staff(n), range(3) skill(k)",
        ),
        "lesson": Made(
            key
            | {
                "lesson_no": "concat(1 + n // 10, '.', 1 + n % 10)",
                "lesson_title": "concat(['การเลี้ยงไก่', 'การซ่อมบ้าน', 'การทำปุ๋ย', 'การทอผ้า', 'การออม'][1 + n::int % 5], ' รุ่น ', d.at)",
                "known_by": f"1 + n % {STAFF}",
                "lesson_need": f"{needs}[1 + n % {len(needs)}]",
                "lesson_text": "'เริ่มจากของที่มีในครัวเรือน แล้วรวมกลุ่มขายตลาดนัดชุมชน'",
                "drawn_date": day("date '2021-10-05' + to_days((n * 11)::int)"),
            },
            f"district d, range({LESSONS}) lesson(n)",
        ),
        "learning_path": Made(
            key
            | {
                "path_no": "1 + n",
                "learner": f"1 + n % {STAFF}",
                "learning_subject": "concat('เรื่องสมมุติ ', n)",
                "learned_skill": f"{skills}[1 + n % {len(skills)}]",
            },
            f"district d, range({PATHS}) path(n)",
        ),
        "learning_meeting": Made(
            key
            | {
                "path_no": "1 + n",
                "met_date": day("date '2021-10-15' + to_months(m::int)"),
                "learning_step": f"{steps}[1 + least(4, (m + n % 3) // 2)::int]",
                "teacher": f"if((m + n) % 3 = 0, 1 + (n + 1) % {STAFF}, null)",
                "learning_source": "['colleague', 'work', 'self'][1 + (m + n)::int % 3]",
                "drawn_lesson": "if(m = 9, concat(1 + n // 10, '.', 1 + n % 10), null)",
            },
            f"district d, range({PATHS}) path(n), range(12) month(m)",
        ),
    }


def assessments() -> dict[str, Made]:
    """Each village by the 23 items in three years, happiness before and after, the 6 × 2 once; forums and model families."""
    of = f"""(select d, n, n + {VILLAGES} * d.at as i, unnest([
               {{'of': 'sufficiency_23', 'y': 2563, 'round': 'once'}}, {{'of': 'sufficiency_23', 'y': 2564, 'round': 'once'}},
               {{'of': 'sufficiency_23', 'y': 2565, 'round': 'once'}}, {{'of': 'gvh', 'y': 2565, 'round': 'before'}},
               {{'of': 'gvh', 'y': 2565, 'round': 'after'}}, {{'of': 'sufficiency_6x2', 'y': 2563, 'round': 'once'}}]) as a
             from district d, range({VILLAGES}) village(n))"""
    items = {
        name: [row["item"] for row in definitions.table("instrument_items") if row["instrument"] == name]
        for name in (row["instrument"] for row in definitions.table("instruments"))
    }
    every = " union all ".join(f"select '{name}' as instrument, unnest({numbers}) as item" for name, numbers in items.items())
    key = {"assessed_year": "a.y", "village_code": village("n"), "instrument": "a.of", "assessment_round": "a.round"}
    a_village = f"(select d, n, n + {VILLAGES} * d.at as i from district d, range({VILLAGES}) village(n))"
    return {
        "village_assessment": Made(
            key
            | {
                "assessed_date": day("make_date((a.y - 543)::int, 8, (1 + n % 20)::int)"),
                "assessed_households": "80 + i % 90",
                "stated_level": "if(a.of = 'sufficiency_23' and i % 2 = 0, if(i % 3 = 0, 'subsistence', 'below'), null)",
            },
            of,
        ),
        "village_score": Made(
            key
            | {
                "item": "item",
                "item_main": "if(a.of = 'sufficiency_23', if(item::int <= 10, 'main', 'other'), null)",
                "item_score": "case a.of when 'sufficiency_23' then (hash(i, item, a.y) % 100 < 40 + i % 60)::int"
                " when 'gvh' then 1 + hash(i, item, a.round) % 4 else 1 + hash(i, item) % 3 end",
                "item_households": "if(a.of = 'sufficiency_6x2', 20 + i % 60, null)",
            },
            f"{of} join ({every}) on instrument = a.of",
        ),
        "village_forum": Made(
            {
                "assessed_year": str(LAST_YEAR),
                "village_code": village("n"),
                "forum_no": "1",
                "forum_date": day("make_date(2022, 8, (1 + n % 20)::int)"),
                "forum_people": "40 + i % 50",
                "forum_note": "'ประชาคมเห็นชอบ'",
            },
            f"{a_village} where n % 4 = 0",
        ),
        "model_family": Made(
            {
                "chosen_year": str(LAST_YEAR),
                "village_code": village("n"),
                "family_no": "1",
                "family_head": NAME,
                "household_id": "if(i % 2 = 0, md5(i::varchar), null)",
                "family_practice": "'เกษตรผสมผสาน'",
            },
            f"{a_village} where n % 4 = 0",
        ),
    }


def headings(name: str) -> Iterator[tuple[str, str]]:
    """(column, heading in Thai) of a register, as its template has them."""
    for row in definitions.table("register_columns"):
        if name in row["register"].split("|"):
            yield row["column"], row["name_th"]


def make(folder: Path, within: Sequence[str] = ("34",)) -> list[Path]:
    """Write each register as CSV, of the districts `within`; returns the files."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set variable tambons = $tambons", {"tambons": register.subdistricts(within)})
        connection.execute("""create table district as select *, row_number() over (order by code) - 1 as at from (
            select t.code[1:4] as code, list({'code': t.code, 'name': t."name"} order by t.code) as tambons
            from (select unnest(getvariable('tambons')) as t) group by all)""")
        for name, made in registers().items():
            thai = dict(headings(name))
            cells = ", ".join(f'{sql} as "{thai[column]}"' for column, sql in made.cells.items())
            connection.execute(f"copy (select {cells} from {made.rows}) to '{folder / name}.csv' (header)")
    return [folder / f"{name}.csv" for name in registers()]
