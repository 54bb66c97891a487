"""Which household of a build each entry belongs to: looked up for many at once, kept as long as the build, entries never rewritten.

By itself an entry goes by its number, else by its head (journal/claim.py); what goes nowhere by itself follows the word of an officer
(kind `same_household`): that one family is another. Such words are a graph without a direction, so a register may drop either of two
households, chains are followed and circles end; where they lead to several households nobody is believed.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from installation import secret
from installation.paths import data_folder
from journal.claim import (
    SHORT,
    Attached,
    Claim,
    Household,
    by_itself,
    claim_of,
    contradicted,
    household,
    is_within,
    mark,
    nearest,
)
from journal.event import UUID
from journal.place import Entry

FOLDER = Path(__file__).parent / "projection"
KEPT = 50_000  # households that are looked up once, some 500 bytes each
SAME = "same_household"

Node = tuple[str, str]


class Words(NamedTuple):
    """What officers said: which families are one, what is known of them by the words alone, and which claims are named."""

    edges: dict[Node, set[Node]]
    said: set[Claim]
    named: set[Claim]


class Attachments:
    """The households of one build, as entries find them; several threads may ask, one at a time learns."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._lock = threading.RLock()
        self._key = b""  # that the marks are made with
        self._located: dict[str, Household | None] = {}
        self._headed: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._alone: dict[Claim, Attached] = {}
        self.by_ref: dict[str, set[Claim]] = {}  # number -> what all entries say of it
        self.words: dict[str, tuple[Claim, str]] = {}  # id of a same_household -> its household, and what it names
        self.withdrawn: set[str] = set()  # ids of what was taken back

    def located(self, refs: Iterable[str]) -> dict[str, Household]:
        """Address -> its household in this build, of those that it has: looked up once, since a build never changes."""
        with self._lock:
            wanted = set(refs) - {""}
            key = self._made_with() if wanted else b""
            known = {ref: self._located[ref] for ref in wanted if ref in self._located}
            if strange := sorted(wanted - known.keys()):
                rows = {row["ref"]: household(key, row) for row in self.rows("located", {"refs": strange})}
                if len(self._located) > KEPT:
                    self._located.clear()
                known |= {ref: rows.get(ref) for ref in strange}
                self._located.update({ref: known[ref] for ref in strange})
            return {ref: one for ref, one in known.items() if one}

    def alone(self, claims: Iterable[Claim]) -> dict[Claim, Attached]:
        """Where entries belong by themselves."""
        with self._lock:
            if wanted := set(claims):
                self._made_with()
            known = {claim: self._alone[claim] for claim in wanted if claim in self._alone}
            strange = sorted(wanted - known.keys(), key=str)
            here = self.located(claim.ref for claim in strange)
            lost = [claim for claim in strange if _needs_head(claim, here.get(claim.ref))]
            headed = self.headed(lost)
            known |= {claim: by_itself(claim, here.get(claim.ref), headed.get(claim, [])) for claim in strange}
            if len(self._alone) > KEPT:
                self._alone.clear()
            self._alone.update({claim: known[claim] for claim in strange})
            return known

    def _made_with(self) -> bytes:
        """The key that marks are made with. Marks of a secret that was replaced meanwhile would contradict every entry: forgotten."""
        if (key := secret.key(data_folder(), "head")) != self._key:
            self._key = key
            for made in (self._located, self._headed, self._alone):
                made.clear()
        return key

    def headed(self, claims: list[Claim]) -> dict[Claim, list[Household]]:
        """The households of the village and year of each that have a head of that name."""
        with self._lock:
            key = self._made_with() if claims else b""
            if strange := sorted({claim.village for claim in claims if (claim.village, claim.year) not in self._headed}):
                self._headed.update({(claim.village, claim.year): {} for claim in claims if claim.village in strange})
                for row in self.rows("headed", {"villages": strange}):
                    of_village = self._headed.setdefault((row["village_code"], str(row["register_year"])), {})
                    of_village.setdefault(mark(key, row["head"])[:SHORT], []).append(row["ref"])
            refs = {claim: self._headed[claim.village, claim.year].get(claim.head, []) for claim in claims}
            here = self.located(ref for several in refs.values() for ref in several)
            return {claim: [here[ref] for ref in several] for claim, several in refs.items()}

    def learn(self, entries: Iterable[Entry], claims: Iterable[Claim]) -> None:
        """Take in what entries say of their households (`claims`), what officers said of those, and what was taken back."""
        for claim in set(claims):
            if claim.ref:
                self.by_ref.setdefault(claim.ref, set()).add(claim)
        for entry in entries:
            if entry["kind"] == SAME:
                self.words[entry["id"]] = claim_of(entry), entry["thing"]
            elif entry["kind"] == "withdrawn":
                self.withdrawn.add(entry["thing"])

    def named(self) -> list[str]:
        """The entries that officers' words name."""
        return sorted({thing for _, thing in self.words.values() if UUID.fullmatch(thing)})

    def are_one(self, ref: str, other: str) -> bool:
        """Whether somebody said that two households of the register are one, and did not take it back."""
        said = [
            {right.ref, thing.partition("/")[0]}
            for id_, (right, thing) in list(self.words.items())
            if id_ not in self.withdrawn
        ]
        return {ref, other} in said

    def all_of(self, claims: Iterable[Claim], named: Mapping[str, Claim]) -> dict[Claim, Attached]:
        """Where entries belong, by themselves or by the word of an officer; `named` are the entries that words name, those that are
        here."""
        found = self.alone(claims)
        if all(one.ref for one in found.values()):
            return found
        words = self._words(named)
        homes: dict[Node, set[str]] = {}
        for claim, attached in self.alone(self._beside(found, words.said)).items():
            if attached.ref:
                homes.setdefault(claim.node, set()).add(attached.ref)
        return {claim: one if one.ref else self._said(claim, one, words, homes) for claim, one in found.items()}

    def _beside(self, found: Mapping[Claim, Attached], said: Iterable[Claim]) -> set[Claim]:
        """All that is known of the families that are looked for, and of those that words name."""
        refs = {claim.ref for claim, one in found.items() if not one.ref} | {claim.ref for claim in said}
        return {*said, *(claim for ref in refs for claim in self.by_ref.get(ref, ()))}

    def _said(self, claim: Claim, alone: Attached, words: Words, homes: Mapping[Node, set[str]]) -> Attached:
        """Where others of its family, or officers' words, lead an entry that goes nowhere by itself. One that names nobody goes where all
        families of its number go, and what is said of a number alone is said of all of them. Nobody's entry goes outside his areas,
        unless it is named itself."""
        nodes = [claim.node] if claim.head else sorted({one.node for one in self.by_ref.get(claim.ref, ())} | {claim.node})
        found = set().union(*(nearest(node, words.edges, homes) for node in nodes))
        found = found or nearest((claim.ref, ""), words.edges, homes)
        if len(found) != 1:
            return Attached("", why="several") if found else alone
        (ref,) = found
        inside = claim in words.named or is_within(claim, self.located(found)[ref].village)
        return Attached(ref, "same") if inside else Attached("", why="outside")

    def _words(self, named: Mapping[str, Claim]) -> Words:
        """The words that stand: families both ways, and what those say that no entry does."""
        words = Words({}, set(), set())
        for id_, (right, thing) in self.words.items():
            old = named.get(thing) if UUID.fullmatch(thing) else _called(thing)
            if old is None or id_ in self.withdrawn:
                continue
            words.said.update((right, old))
            words.named.add(old)
            words.edges.setdefault(old.node, set()).add(right.node)
            words.edges.setdefault(right.node, set()).add(old.node)
        return words

    def rows(self, script: str, bound: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of one script of one statement."""
        text = re.sub(r"--.*", "", (FOLDER / f"{script}.sql").read_text(encoding="utf-8"))
        cursor = self.connection.cursor()
        try:
            found = cursor.execute(text, bound)
            names = [column for column, *_ in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            cursor.close()


def _needs_head(claim: Claim, here: Household | None) -> bool:
    """Whether the heads of its village have to be looked at."""
    return bool(claim.head and claim.village) and (here is None or contradicted(claim, here))


def _called(thing: str) -> Claim:
    """The family that is called by its number, and by the mark of its head where it is given."""
    ref, _, marks = thing.partition("/")
    return Claim(ref, "", "", "", marks, "")
