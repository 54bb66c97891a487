"""Which slide a meeting shows: shared by its screens, in the database that all servers share; nobody's record."""

from pathlib import Path

import sqlalchemy as sql

from journal import place
from journal.store import DECK, store


def slide(folder: Path, meeting: str) -> int:
    """The number of the slide, 0 where nobody has turned one."""
    if not place.exists(folder):
        return 0
    with store(folder).engine.connect() as connection:
        row = connection.execute(sql.select(DECK.c.slide).where(DECK.c.meeting == meeting)).first()
    return int(row.slide) if row else 0


def slides(folder: Path) -> dict[str, int]:
    """Meeting -> its slide, of all."""
    if not place.exists(folder):
        return {}
    with store(folder).engine.connect() as connection:
        return {row.meeting: row.slide for row in connection.execute(sql.select(DECK))}


def turn(folder: Path, meeting: str, to: int) -> None:
    """Show another slide."""
    with store(folder).writing() as connection:
        changed = connection.execute(sql.update(DECK).where(DECK.c.meeting == meeting).values(slide=to))
        if not changed.rowcount:
            connection.execute(sql.insert(DECK), {"meeting": meeting, "slide": to})
