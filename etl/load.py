"""A load: build, look at what came out, build again where files are newer versions or left values blank, then publish or stage.

Readers see the earlier build until the new one is whole.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

import definitions
from etl import report
from etl.areas import Areas
from etl.build import Enough, Inputs, build
from etl.clean import carry_forward
from etl.clean.shared_records import stem
from etl.compare import diff
from etl.file_plan import FilePlan, given
from etl.files.filetype import Unreadable
from etl.load_log import write_load
from etl.outlines.official import forget, is_outlines
from etl.progress import Tell
from etl.report import Report
from etl.store import RegisterFile, Store, checksum
from etl.typing.casts import literal
from etl.typing.ingest import Understood
from etl.wish import DESK, NOTHING_MORE, Wish
from installation.paths import SAMPLE
from queries import probe


class Refused(Exception):
    """Nothing of a load can be taken; carries the report."""

    def __init__(self, refusal: Report) -> None:
        self.report = refusal


@dataclass(frozen=True)
class Candidate:
    """A build that may become current: its files and inputs, and what the report needs to know of the present one."""

    store: Store
    folder: Path
    language: str
    plan: FilePlan
    inputs: Inputs
    name: str
    wish: Wish
    areas: Areas
    role: str = ""
    understood: Sequence[Understood] = ()

    @property
    def present(self) -> Path:
        """The file of the build that readers see now; it need not exist."""
        return self.store.build_path(self.store.current() or "")

    def report(self, finished: Path, hides: bool = False) -> Report:
        """What this load did, or would do; for a screen it `hides` citizen IDs. Raises Refused."""
        before, plan = report.refused_before(self.present), self.plan
        files = {file.name for file in plan.named()}
        made = report.of_build(finished, self.name, files, before, self.language, self.areas, hides)
        if self.wish.strict and report.is_unsure(made):
            made["outcome"] = "refused"
        if made["outcome"] == "refused":
            raise Refused({**made, "build": self.store.current(), "kept_apart": plan.kept_apart})
        more = {"replaced": plan.replaced, "kept_apart": plan.kept_apart, **self._lost(finished)}
        return {**made, **{name: value for name, value in more.items() if value}}

    def _lost(self, finished: Path) -> Report:
        """What is no longer there afterwards: the sample, or households of replaced files."""
        if not self.present.exists():
            return {}
        if diff.is_sample(self.present) and not self.inputs.sample:
            return {"sample_goes": True}
        return {"leaving": diff.leaving(self.present, finished, self.areas, self.role) if self.plan.replaced else []}


@dataclass(frozen=True)
class Attempt:
    """What became of one build: its report, or (one of two) why another has to be made of other files."""

    report: Report | None = None
    superseded: frozenset[str] = frozenset()
    former: RegisterFile | None = None

    def next(self, plan: FilePlan) -> FilePlan:
        """The files of the build to be made next."""
        return plan.carrying(self.former) if self.former else plan.without(self.superseded)


Finish = Callable[[Candidate, Path], Report]


def silent(_: dict) -> None:
    """Tell nobody."""


def load(store: Store, paths: list[Path], language: str, wish: Wish = NOTHING_MORE, tell: Tell = silent) -> Report:
    """Add files to the accepted registers (an older one of the same register is replaced) and build; returns the report."""
    with tempfile.TemporaryDirectory(prefix="work-", dir=store.warehouse) as work:
        return attempts(store, paths, Path(work), language, wish, tell, _publish, None)


def attempts(
    store: Store,
    paths: list[Path],
    folder: Path,
    language: str,
    wish: Wish,
    tell: Tell,
    finish: Finish,
    areas: Areas,
    role: str = "",
) -> Report:
    """Build of the accepted files and the given ones until nothing is to be done otherwise, and `finish`; returns the report.

    Where files are replaced two builds are left half way: that with both versions, and that without the values that stay.
    """
    tell({"step": "unpack"})
    try:
        plan = FilePlan.of(store.accepted(), given(paths, folder, wish))
    except Unreadable as fault:
        return report.of_unreadable(fault.file, fault.reason, fault.detail, language, store.current())
    by_hand = store.by_hand() | dict(wish.matched)
    while True:
        wanted = inputs(store, plan.files(), by_hand)
        name = wanted.identity(store.secret())
        if name == store.current() and store.build_path(name).exists():
            return {"outcome": "unchanged", "build": name, "files": []}
        try:
            made = _attempt(Candidate(store, folder, language, plan, wanted, name, wish, areas, role), finish, tell)
        except Refused as refusal:
            return refusal.report
        finally:
            forget(store.shapes, store.accepted())
        if made.report:
            return made.report
        plan = made.next(plan)


def _attempt(candidate: Candidate, finish: Finish, tell: Tell) -> Attempt:
    """One build; it is finished where its files are the right ones, and left as soon as it is known that they are not."""
    other: list[Attempt] = []

    def look(connection: duckdb.DuckDBPyConnection, finished: str = "") -> None:
        if otherwise := _otherwise(candidate, connection, finished):
            other.append(otherwise)
            raise Enough

    made: list[Report] = []

    def settle(finished: Path, understood: list[Understood]) -> None:
        with duckdb.connect() as connection:  # a build that was kept from before was not asked on its way
            connection.execute(f"attach {literal(str(finished))} as now (read_only)")
            look(connection, "now.")
        probe(finished)
        tell({"step": "report"})
        made.append(finish(replace(candidate, understood=understood), finished))

    try:
        build(candidate.store, candidate.inputs, settle, tell, look)
    except Enough:
        return other[0]
    return Attempt(report=made[0])


def _otherwise(candidate: Candidate, connection: duckdb.DuckDBPyConnection, finished: str) -> Attempt | None:
    """Why a build has to be made of other files, of one under way or one that lies `finished` in a schema; None where not."""
    if superseded := _superseded(candidate, connection, finished or "out."):
        return Attempt(superseded=superseded)
    former = _former_values(candidate, connection, finished)
    return Attempt(former=former) if former else None


def _superseded(candidate: Candidate, connection: duckdb.DuckDBPyConnection, schema: str) -> frozenset[str]:
    """Files that a new one is a newer version of: it has at least so large a part of their records, from the same source.

    A file of the same name is that, too, where it tells of all places that the older one told of, in the same year.
    """
    if candidate.wish.beside or not candidate.plan.fresh:
        return frozenset()
    rows = connection.execute(
        f"""select file, other, same * 100 >= $part * of_other or placed = of_other, recorded, other_recorded, has_all
        from {schema}overlap""",
        {"part": definitions.rule("newer_version")},
    ).fetchall()
    pairs = [(file, other) for file, other, *said in rows if _is_newer(stem(file) == stem(other), *said)]
    new = {file.name for file in candidate.plan.named()}
    return frozenset(other for file, other in pairs if file in new and other not in new)


def _is_newer(one_name: bool, repeats: bool, recorded: bool, other_recorded: bool, has_all: bool) -> bool:
    """Whether a file takes the place of another, where either may carry what the journal recorded: such a file is a part of a list, which
    amends the list and never takes its place, nor the list its; a newer one takes its place under its name, or where it has all of it."""
    if recorded != other_recorded:
        return other_recorded and one_name and repeats
    return has_all or (one_name and repeats) if recorded else repeats


def _former_values(candidate: Candidate, connection: duckdb.DuckDBPyConnection, finished: str) -> RegisterFile | None:
    """What the replaced files said and the new ones leave blank, unless that is known or not wanted."""
    plan = candidate.plan
    if not plan.replaced or plan.former or candidate.wish.blank_clears or not candidate.present.exists():
        return None
    return carry_forward.left_blank(connection, candidate.present, candidate.folder, finished)


def _publish(candidate: Candidate, finished: Path) -> Report:
    made, store, files = candidate.report(finished), candidate.store, candidate.plan.files()
    write_load(store, DESK, candidate.name, files, candidate.wish.matched)
    store.remember(candidate.wish.matched)
    store.accept(files)
    store.publish(candidate.name, finished, files, candidate.inputs.by_hand, {"who": DESK.name, **report.counts(finished)})
    return made


def inputs(store: Store, accepted: list[RegisterFile], by_hand: Mapping[str, str]) -> Inputs:
    """What a build is made of: the accepted files, with the sample registers where none of them is a register."""
    if any(not is_outlines(file) for file in accepted):
        return Inputs(accepted, False, by_hand)
    sample = [RegisterFile(p.name, checksum(p), p) for p in sorted(SAMPLE.iterdir()) if p.suffix in {".csv", ".xlsx"}]
    return Inputs([*sample, *accepted], True, by_hand)


def ensure(store: Store, tell: Tell = silent) -> None:
    """Build when there is no build of the present inputs: the accepted registers, or the sample where there are none."""
    wanted = inputs(store, store.accepted(), store.by_hand())
    name = wanted.identity(store.secret())
    if store.current() == name and store.build_path(name).exists():
        return
    print("กำลังสร้างคลังข้อมูล… · building the warehouse…", file=sys.stderr, flush=True)

    def finish(finished: Path, _: list[Understood]) -> None:
        probe(finished)
        store.publish(name, finished, store.accepted(), wanted.by_hand, report.counts(finished))

    build(store, wanted, finish, tell)
    forget(store.shapes, wanted.files)
