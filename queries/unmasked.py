"""Unmasking: the only two ways to a full citizen ID, and where sealed questions are asked. Each logs who asks and why before it looks, and caches nothing.

The questions of `sealed/` are none of `ask`: no page, verb or role gets them answered by it.
"""

import re
from pathlib import Path

import pandas as pd

import definitions
from audit import log
from installation.paths import data_folder
from queries.ask import ask
from queries.filters import Filters
from queries.reader import Reader
from queries.warehouse import current

SEALED = Path(__file__).parent / "sealed"


def reasons(language: str) -> dict[str, str]:
    """Why an ID may be asked for, with the words of each."""
    return definitions.picklist("reveal_reason", language)


def reveal(household: str, reason: str, reader: Reader, who: str) -> pd.DataFrame:
    """The citizen IDs of one household: member_no (none for a head who is not listed), citizen_id.

    Raises PermissionError where the role has no such right or the household is outside its area, ValueError for a reason that
    is not of the list, log.Unwritable when it cannot be written down; then nothing was looked up.
    """
    _hold(reason, reader, who, reader.may("reveal"), household=household)
    if not len(ask("household", Filters(), reader, household=household)):
        _hold(reason, reader, who, False, household=household)
    log.write(data_folder(), who, "reveal", role=reader.role, build=current()[1].id, household=household, reason=reason)
    return sealed("reveal", Filters(), reader, household=household)


def report_with_ids(filters: Filters, reason: str, reader: Reader, who: str) -> pd.DataFrame:
    """The report with full citizen IDs, for a file that is locked with a password; raises as `reveal`."""
    _hold(reason, reader, who, reader.may("reveal") and reader.may("exports"), export="report")
    frame = ask("report", filters, reader)
    facts = {"reason": reason, "households": len(frame), "filters": list(map(str, filters.address().items()))}
    log.write(data_folder(), who, "reveal", role=reader.role, build=current()[1].id, **facts)
    identities = sealed("identities", filters, reader)
    return frame.assign(household_id=identities["household_id"], citizen_id=identities["citizen_id"])


def _hold(reason: str, reader: Reader, who: str, allowed: bool, **what: str) -> None:
    """Refuse, and log that it was tried."""
    if not allowed:
        log.write(data_folder(), who, "refused", role=reader.role, build=current()[1].id, what="reveal", **what)
        raise PermissionError("reveal")
    if reason not in reasons("en"):
        raise ValueError(f'reason: "{reason}" is not one of {", ".join(reasons("en"))}')


def sealed(name: str, filters: Filters, reader: Reader, **more: str | list[str]) -> pd.DataFrame:
    """Run one sealed question past every cache; the macros limit its rows to the reader's areas (row-level security)."""
    sql = (SEALED / f"{name}.sql").read_text(encoding="utf-8")
    bound = {"filters": filters.struct(), "reader": reader.struct(), **more}
    cursor = current()[0].cursor()
    try:
        return cursor.execute(sql, {p: bound[p] for p in set(re.findall(r"\$(\w+)", sql))}).df()
    finally:
        cursor.close()
