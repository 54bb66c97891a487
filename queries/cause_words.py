"""Causes in words that a committee understands: the moves of a headline in groups, each with how many it moved the number by."""

import definitions
from queries.why import Move, MovedMeasure

MINUS = "−"
OTHERS = {"th": "อื่น ๆ", "en": "others"}
STAGES = ("certification", "verification")  # columns of the household register that a district keeps or does not


def label(move: Move, language: str) -> str:
    """What happened, by definitions/causes.csv."""
    source = move.source
    columns = {
        row["column"]: row[f"name_{language}"] for row in definitions.table("register_columns") if row["column"] in STAGES
    }
    named = definitions.names("registers", "register", language) | columns
    words = {
        "register": named.get(source.get("register", ""), source.get("register", "")),
        "event": definitions.names("events", "kind", language).get(source.get("kind", ""), ""),
    }
    said = definitions.names("causes", "cause", language)[_row(move)]
    found = definitions.picklist("source", language).get(source.get("list", ""), "") if source.get("what") == "came" else ""
    return said.format(**words) + (f" ({found})" if found else "")


def _row(move: Move) -> str:
    """The row of causes.csv that says it."""
    if move.cause != "file":
        return move.cause
    of_household = move.source["register"] == "household"
    return f"{move.source['what']}_household" if of_household else str(move.source["what"])


def groups(measure: MovedMeasure, language: str) -> list[tuple[str, int, list[Move]]]:
    """What happened, by how many that moved the number, and whom; what moved most first."""
    by: dict[tuple[str, bool], list[Move]] = {}
    for move in measure.moved:
        by.setdefault((label(move, language), move.direction > 0), []).append(move)
    told = [(said, sum(move.direction for move in moves), moves) for (said, _), moves in by.items()]
    return sorted(told, key=lambda group: (-abs(group[1]), -group[1], group[0]))


def signed(number: int) -> str:
    """A number with its sign."""
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}" if number < 0 else "0"


def sentence(measure: MovedMeasure, language: str, most: int | None = None) -> str:
    """`34 → 37: พบใหม่ (นอก TPMAP) +4, ปิดกรณี −1`; causes after the first `most` as one number."""
    told = [(said, by) for said, by, _ in groups(measure, language)]
    if most is not None and len(told) > most:
        told = [*told[:most], (OTHERS[language], sum(by for _, by in told[most:]))]
    why = ", ".join(f"{said} {signed(by)}" for said, by in told)
    return f"{measure.before} → {measure.after}" + (f": {why}" if why else "")
