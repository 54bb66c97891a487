"""Who is compared: each takes a connection with a labelled set's build attached as `out` and gives scored pairs of records.

All begin from the same typed rows of the build; reading registers is nobody's part here.
"""

from collections.abc import Callable
from importlib.util import find_spec

import duckdb

from benchmarks.linkage import soundex, splinked
from etl.duplicates import pairing

Scored = splinked.Scored

PAIRS = """select concat(household_id, '/', member_no), concat(other_household_id, '/', other_member_no), likeness
           from out.duplicate where why <> 'equal_citizen_id'"""


def ours(connection: duckdb.DuckDBPyConnection) -> Scored:
    """What the build does."""
    pairing.find(connection)
    return connection.execute(PAIRS).fetchall()


def sounding(code: str, only_blocks: bool) -> Callable[[duckdb.DuckDBPyConnection], Scored]:
    """The build's stages with a soundex code of PyThaiNLP in the place of `sounded()`, or of the keys of its blocks alone."""

    def work(connection: duckdb.DuckDBPyConnection) -> Scored:
        for stage in pairing.STAGES:
            pairing.run(connection, stage)
            if stage == pairing.SOUNDS[-1]:
                soundex.replace(connection, code, only_blocks)
        return connection.execute(PAIRS).fetchall()

    return work


CONTENDERS: dict[str, Callable[[duckdb.DuckDBPyConnection], Scored]] = {
    "ours": ours,
    **{f"pythainlp {code}": sounding(code, only_blocks=False) for code in soundex.CODES},
    **{f"pythainlp {code}, blocks only": sounding(code, only_blocks=True) for code in soundex.CODES},
    "splink, names as written": splinked.linked("name"),
    "splink, names bared of titles": splinked.linked("bare"),
    "splink, names as we sound them": splinked.linked("sound"),
    "splink, names as we sound them, our rules": splinked.linked("sound", with_our_rules=True),
}


def package(contender: str) -> str:
    """The library that it needs; empty for ours."""
    return next((name for name in ("pythainlp", "splink") if contender.startswith(name)), "")


def missing() -> list[str]:
    """Libraries that are not installed here."""
    return [name for name in ("pythainlp", "splink") if find_spec(name) is None]


def able() -> list[str]:
    """Contenders whose library is installed."""
    return [name for name in CONTENDERS if package(name) not in missing()]
