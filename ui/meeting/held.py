"""A meeting that is held: what it is, what it sees (live until it is opened, then as it was frozen), and what it came to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from installation.paths import data_folder
from journal import deck as shown
from journal import frozen
from queries import Filters, Reader, ask, state
from queries.deck import facts, projected

Changed = frozen.Changed  # what a meeting saw is not what lies there


@dataclass(frozen=True)
class Held:
    """A meeting as one reader has it: its row, what it sees, its outcomes as the wall reads them, and the slide that it shows."""

    row: Mapping[str, Any]
    seen: Mapping[str, Any]
    outcomes: list[dict[str, Any]]
    slide: int

    @property
    def id(self) -> str:
        """Its UUID."""
        return str(self.row["meeting_id"])

    @property
    def open(self) -> bool:
        """Whether outcomes are recorded now."""
        return bool(self.row["state"] == "open")


def held(meeting: str, reader: Reader) -> Held | None:
    """A meeting of this reader's areas, none where it is none of them; raises frozen.Changed where what it saw was changed."""
    rows = ask("meetings", Filters(), reader, meeting=meeting, limit=1).to_dict("records") if meeting else []
    if not rows:
        return None
    row = rows[0]
    wall = ask("meetings", Filters(), projected(row["area"]), meeting=meeting, limit=1).to_dict("records")[0]
    seen = _frozen(row["frozen"]) if row["state"] != "prepared" else _live(meeting, row["area"], state())
    outcomes = ask("outcomes", Filters(), projected(row["area"]), meeting=meeting).to_dict("records")
    said = {name: wall[name] for name in ("serial", "convenes", "begins", "venue")}
    return Held({**row, "wall": {**row, **said}}, seen, outcomes, shown.slide(data_folder(), meeting))


@lru_cache(maxsize=16)
def _frozen(digest: str) -> Mapping[str, Any]:
    return dict(json.loads(frozen.content(data_folder(), digest)))


@lru_cache(maxsize=4)
def _live(meeting: str, area: str, of: str) -> Mapping[str, Any]:
    return facts(meeting, area, why_changed=False)
