"""Make the tables of a build: events, plans, cases, tags, households and their records, tallies, duplicates, published figures.

Reads: <register>_10_kept
Writes: judged, tagged
"""

import duckdb

import definitions
from definitions import sums
from definitions.registers import registers
from etl import stages
from etl.clean import household_keys
from etl.clean.steps import Steps
from etl.duplicates import pairing
from etl.headings.columns import stored
from etl.tables import cut_texts, free_texts, kept, origins, records, tags

NOTHING = (
    "select '' as register, 0::bigint as row_id, 0 as sheet_no, '' as column_name, 0::int as register_year,"
    " '' as household_id, null::date as happened_on where false"
)
OVER = {  # rule of definitions/ -> what it is applied to
    "items_scored": {"assessed": "assessed", "scores": "scores"},
    "levels": {"assessed": "assessed", "items": "out.village_item"},
    "debt_standings": {"actions": "actions", "funds": "funds", "loans": "loans", "problems": "problems"},
}  # fmt: skip


def tables(connection: duckdb.DuckDBPyConnection, steps: Steps) -> None:
    """Every table of the build but outlines and the books, each of those before it."""
    aspects = [row["aspect"] for row in definitions.table("aspects")]
    happened = [
        f"select '{r.name}' as register, row_id, sheet_no, '{column}' as column_name, register_year, household_id,"
        f" {column} as happened_on from {r.name}_10_kept where {column} is not null"
        for r in registers().values()
        if r.name in steps.present()
        for column in r.events
    ]
    stages.run(
        connection,
        "events",
        happened=" union all ".join([*happened, NOTHING]),
        event_within=definitions.rule("event_within"),
        support=definitions.rule("event_support"),
        within_days=definitions.rule("stalled_after"),
    )
    stages.run(
        connection,
        "as_of",
        speaks=definitions.rule("file_speaks"),
        share=definitions.rule("as_of_share"),
        within_days=definitions.rule("stalled_after"),
    )
    stages.run(
        connection,
        "plans",
        columns=", ".join(f"p.{c.name}" for c in household_keys.own("plan")),
        aspects=sums.aspect_states(),
    )
    stages.run(connection, "cases")
    stages.run(connection, "members")
    kept.find(connection)
    stages.run(connection, "disagreements", round=tags.survey_round())
    connection.execute(f"create view judged as {tags.judged()}")
    for statement in (*tags.disagreements(), tags.without_year()):
        connection.execute(statement)
    connection.execute(f"create view tagged as {tags.tagged()}")
    masks = free_texts.find_names(connection, steps)
    stages.run(
        connection,
        "household",
        flags=", ".join(f"{d}_flag" for d in tags.dimension_names()),
        deprived=sums.deprived(),
        aspects=", ".join(f"if(k.plans, coalesce(p.plan_{a}, 'none'), 'not_kept') as plan_{a}" for a in aspects),
        stalled_after=definitions.rule("stalled_after"),
        masked=masks.of("household", "h"),
        names=masks.names,
    )
    stages.run(
        connection,
        "homes",
        person=", ".join(f"p.{c.name}" for c in household_keys.own("person")),
        masked_plan=masks.of("plan", "p"),
        masked_step=masks.of("step", "s"),
        names=masks.names,
    )
    records.keep(connection, masks)
    stages.run(connection, "fund")
    stages.run(connection, "debts", **_rules("debt_standings"))
    stages.run(connection, "levels", **_rules("items_scored", "levels"))
    cut_texts.keep(connection)
    origins.keep(connection, steps)
    stages.run(
        connection,
        "tally",
        tally=definitions.script("tally"),
        state="out.state",
        aspects=", ".join(f"plan_{a}" for a in aspects),
        within_days=definitions.rule("stalled_after"),
    )
    stages.run(connection, "coarse", small_cell=definitions.rule("small_cell"))
    pairing.find(connection)
    figures = [c.name for c in stored("published") if c.name not in ("register_year", "area_code")]
    stages.run(connection, "published", figures=", ".join(figures))


def _rules(*names: str) -> dict[str, str]:
    """Rules of definitions/ that doors to what was recorded apply, too, over the registers."""
    return {name: _over(name, OVER[name] | {"definition": "out.definition"}) for name in names}


def _over(name: str, words: dict[str, str]) -> str:
    sql = definitions.script(name)
    for word, text in words.items():
        sql = sql.replace(f"{{{word}}}", text)
    return sql
