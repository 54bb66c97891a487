"""What counts as confirmed: only what names a document or a published figure; a word that nobody thought of is unconfirmed."""

import duckdb
import pytest

import definitions
from queries.warehouse import current


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        ("sources.md 1.2", True),
        ("design.md words 3", True),
        ("KM Challenge 2565 (Pho Sai) step 7", True),
        ("unconfirmed: no official list found", False),
        ("inferred from sources.md 1.2", False),
        ("the project's own", False),
        ("", False),
    ],
)
def test_a_source_is_cited_or_it_is_none(sample, source: str, cited: bool) -> None:
    assert current()[0].cursor().execute("select is_cited(?)", [source]).fetchone() == (cited,)


@pytest.mark.parametrize(
    ("confidence", "unconfirmed"), [("confirmed", 0), ("seen", 0), ("inferred", 1), ("second_hand", 1), ("a guess", 1)]
)
def test_an_indicator_is_confirmed_by_two_words_of_its_picklist_and_no_other(sample, confidence: str, unconfirmed: int) -> None:
    """ "inferred" looked confirmed as long as only "not found" made one unconfirmed."""
    for name in ("rules", "unconfirmed"):
        sql = (definitions.FOLDER.parent / "queries" / "sql" / f"{name}.sql").read_text("utf-8")
        with duckdb.connect() as connection:
            connection.execute(
                "attach ':memory:' as warehouse; create schema warehouse.definition; create macro is_cited(s) as true"
            )
            for table in ("indicators", "picklists", "rules", "case_steps", "instrument_items", "level_rules"):
                connection.execute(
                    f"create table warehouse.definition.{table} as from read_csv('{definitions.FOLDER}/{table}.csv', all_varchar = true)"
                )
            connection.execute("update warehouse.definition.indicators set confidence = 'seen'")
            connection.execute(
                "update warehouse.definition.indicators set confidence = ? where survey_round = '2560-2564' and number = '1'",
                [confidence],
            )
            counted = "sum(unconfirmed::int)" if name == "rules" else "coalesce(sum(indicators), 0)"
            assert connection.execute(f"select {counted} from ({sql})").fetchone()[0] == unconfirmed, name


def test_every_confidence_is_a_word_of_the_picklist_and_every_unit_has_a_name() -> None:
    assert {row["confidence"] for row in definitions.table("indicators")} <= set(definitions.picklist("confidence", "th"))
    assert {row["threshold_unit"] for row in definitions.table("indicators")} - {""} <= set(
        definitions.picklist("threshold_unit", "th")
    )
