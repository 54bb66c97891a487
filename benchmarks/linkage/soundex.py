"""PyThaiNLP's soundex codes in the table of sounds: once per distinct written name, by Python, since they are no SQL."""

import sys
from importlib import import_module

import duckdb
import pandas as pd

CODES = ("lk82", "udom83", "metasound", "prayut_and_somchaip", "complete_soundex")


def replace(connection: duckdb.DuckDBPyConnection, code: str, only_blocks: bool) -> None:
    """Put the codes of all names into `name_sound`: as sound and key, or as key of the blocks alone."""
    function = getattr(import_module("pythainlp.soundex"), code)
    names = [name for (name,) in connection.execute("select distinct bare_name(name) from name_sound").fetchall()]
    codes, failed = [], 0
    for name in names:
        try:
            codes.append(function(name))
        except Exception:  # whatever a code raises for a name, the name has none
            codes.append("")
            failed += 1
    if failed:
        print(f"{code}: no code for {failed} of {len(names)} names", file=sys.stderr)
    coded = pd.DataFrame({"bare": names, "code": codes})
    connection.register("coded", coded)
    chosen = "sound" if only_blocks else "nullif(code, '')"
    connection.execute(
        f"""create or replace table name_sound as
            select name, {chosen} as sound, nullif(code, '') as consonants from name_sound join coded on bare = bare_name(name)"""
    )
    connection.unregister("coded")
