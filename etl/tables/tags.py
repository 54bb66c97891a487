"""The tags of every household in one set-based statement, spelled out from the indicators and dimensions on file.

The rules themselves are macros of definitions/tags.sql; here only the names of columns are put in.

Reads: <source>, fault, field_check, household_10_kept, judged
Appends: fault
"""

import definitions
from etl.typing.casts import fault_as, where_so


def survey_round() -> str:
    """SQL: the survey round of a household's survey year, null where no round is defined."""
    rounds = definitions.table("survey_rounds")
    when = [f"when survey_year between {r['first_year']} and {r['last_year']} then '{r['survey_round']}'" for r in rounds]
    return f"case {' '.join(when)} end"


def dimension_names() -> list[str]:
    """The five dimensions in their stated order."""
    return [row["dimension"] for row in definitions.table("dimensions")]


def measured() -> list[dict[str, str]]:
    """Indicators that a value of the register decides: they name a measure and a threshold."""
    return [row for row in definitions.table("indicators") if row["measure"] and row["threshold"]]


def judged() -> str:
    """SQL: `household_10_kept` with its survey round, each measured indicator decided by its value."""
    by_column: dict[str, list[str]] = {}
    for row in measured():
        result = f"indicator_result(indicator_{row['number']}, {row['measure']}, {row['threshold']})"
        by_column.setdefault(f"indicator_{row['number']}", []).append(f"when '{row['survey_round']}' then {result}")
    replaced = [f"case {survey_round()} {' '.join(when)} else {name} end as {name}" for name, when in by_column.items()]
    replace = f"replace ({', '.join(replaced)})" if replaced else ""
    return f"select * {replace}, {survey_round()} as survey_round from household_10_kept"


def worst(dimension: str) -> str:
    """SQL: the worst answer among the indicators of a dimension in the household's round; null without any."""
    members: dict[str, list[str]] = {}
    for row in definitions.table("indicators"):
        if row["dimension"] == dimension:
            members.setdefault(row["survey_round"], []).append(f"indicator_{row['number']}")
    when = [f"when '{key}' then least({', '.join(columns)}, null)" for key, columns in members.items()]
    return f"case survey_round {' '.join(when)} end" if when else "null"


def tagged() -> str:
    """SQL: `judged` with each dimension's state and basis, and the field checks that overrode it."""
    checks = ", ".join(
        f"max(checked) filter (dimension = '{d}') as {d}_check, max(checked_on) filter (dimension = '{d}') as {d}_checked_on"
        for d in dimension_names()
    )
    tags = ", ".join(
        f"dimension_{part}({d}_worst, {d}_flag, {d}_check) as {d}{suffix}"
        for d in dimension_names()
        for part, suffix in (("state", ""), ("basis", "_basis"))
    )
    worsts = ", ".join(f"{worst(d)} as {d}_worst" for d in dimension_names())
    leftovers = ", ".join(f"{d}_worst, {d}_check" for d in dimension_names())
    return f"""
        select * exclude ({leftovers}), {tags}
        from (select j.*, {worsts} from judged j)
        left join (select register_year, household_id, {checks} from field_check group by all)
          using (register_year, household_id)"""


def disagreements() -> list[str]:
    """SQL inserts into `fault`: register flags against indicators, register answers against measured values."""
    words = "case when {} = 0 then 'ไม่ผ่าน' else 'ผ่าน' end"
    flags = [
        (f"{d}_flag <> {worst(d)}", f"{d}_flag", "flag_disagrees", words.format(f"{d}_flag"), words.format(worst(d)))
        for d in dimension_names()
    ]
    values = [
        (
            f"{survey_round()} = '{r['survey_round']}'"
            f" and indicator_{r['number']} <> indicator_result(null, {r['measure']}, {r['threshold']})",
            f"indicator_{r['number']}",
            "measure_disagrees",
            f"cast({r['measure']} as varchar)",
            f"'{r['threshold']}'",
        )
        for r in measured()
    ]
    return [_listed(source, checks) for source, checks in (("judged", flags), ("household_10_kept", values)) if checks]


def without_year() -> str:
    """SQL insert into `fault`: how many rows of a sheet say an income or an answer, and no survey year by which to judge it. In a
    report of ours the states stand beside it."""
    judged_by = [r["measure"] for r in measured()]
    judged_by += [f"indicator_{r['number']}" for r in definitions.table("indicators") if r["dimension"]]
    says = " or ".join(f"{column} is not null" for column in dict.fromkeys(judged_by))
    return (
        "insert into fault select 'household', null, sheet_no, 'survey_year', 'no_survey_year', 'notice', count(*)::varchar, ''"
        f" from household_10_kept where survey_year is null and ({says})"
        " and sheet_no not in (select sheet_no from fault where fault = 'own_report') group by sheet_no"
    )


def _listed(source: str, checks: list[tuple[str, str, str, str, str]]) -> str:
    """SQL: one pass over `source`, a fault for each condition that holds: (condition, column, fault, found, expected)."""
    each = where_so(
        (condition, fault_as(column, fault, False, found, expected)) for condition, column, fault, found, expected in checks
    )
    any_of = " or ".join(f"({condition})" for condition, *_ in checks)
    return (
        f"insert into fault select 'household', row_id, sheet_no, unnest({each}, recursive := true)"
        f" from {source} where {any_of}"
    )
