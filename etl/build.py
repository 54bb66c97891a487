"""One build: register files to a finished DuckDB file, all or nothing, a pure function of its inputs."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import geothai

import definitions
from definitions.registers import registers
from etl import declared, stages
from etl.clean import carry_forward, geocode, household_keys, merge_sources, non_records
from etl.duplicates import pairing
from etl.outlines import build_shapes
from etl.progress import Tell, ticking
from etl.rejects import fault_areas, refused_rows
from etl.store import RegisterFile, Store
from etl.tables import balance, records, tags
from etl.typing import casts
from etl.typing.headings import columns, stored
from etl.typing.ingest import Reading, file_fault

HERE = Path(__file__).parent
VILLAGES_CHECKED = {"household", "village", "member_list"}  # by checks.sql, a list as the households that it tells of
MEMORY = 6_000_000_000  # bytes that the engine holds at most


@dataclass(frozen=True)
class Inputs:
    """What a build is made of beside the definitions: the files, whether they are the sample, headings matched by hand."""

    files: list[RegisterFile]
    sample: bool
    by_hand: Mapping[str, str]

    def identity(self, secret: bytes) -> str:
        """The id of the build: the same inputs, definitions, rules and secret give the same build."""
        code = b"".join(p.read_bytes() for p in sorted(HERE.rglob("*")) if p.suffix in {".py", ".sql"})
        parts = [definitions.fingerprint(), hashlib.sha256(code + build_shapes.version() + secret).hexdigest()]
        parts += [json.dumps(dict(self.by_hand), sort_keys=True)]
        parts += [f"{f.name}\0{f.checksum}\0{json.dumps(dict(f.said), sort_keys=True)}" for f in self.files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build(store: Store, inputs: Inputs, finish: Callable[[Path], None], tell: Tell = lambda _: None) -> str:
    """Build `inputs` into a file and give it to `finish`, which checks it and puts it where it belongs; returns the build id.

    Whatever is raised on the way leaves the earlier build in place and no part of the new one behind.
    """
    declared.check()
    name = inputs.identity(store.secret())
    part = store.warehouse / f"{name}.duckdb.tmp"
    with tempfile.TemporaryDirectory(prefix="work-", dir=store.warehouse) as work, _discarded_on_failure(part):
        _write(part, inputs, name, store, Path(work), tell)
        if part.with_name(f"{part.name}.wal").exists():
            raise RuntimeError("a write-ahead log was left: the build was not closed properly")
        finish(part)
    return name


@contextlib.contextmanager
def _discarded_on_failure(part: Path) -> Iterator[None]:
    part.unlink(missing_ok=True)
    try:
        yield
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _write(part: Path, inputs: Inputs, name: str, store: Store, work: Path, tell: Tell) -> None:
    with (
        duckdb.connect(config={"temp_directory": str(work), "threads": os.cpu_count() or 1}) as connection,
        ticking(connection, tell) as told,
    ):
        # the nation is built beside a dashboard on an office machine: beyond this the engine works on the disk
        connection.execute(f"set memory_limit = '{min(MEMORY, _allowed(connection))}B'")
        connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")  # `ticking` asks for it
        # half the engine's own piece: a province's register is then enough pieces to share out among a question's threads
        connection.execute(f"attach {casts.literal(str(part))} as out (row_group_size 61440)")
        set_key(connection, store.secret())
        for script in (
            HERE / "typing" / "casts.sql",
            *(definitions.FOLDER / f"{name}.sql" for name in ("tags", "masks", "counts")),
        ):
            connection.execute(script.read_text(encoding="utf-8"))
        _definitions(connection)
        _places(connection)
        read = _read(connection, inputs, store, work, told)
        told({"step": "check"})
        _refuse(connection, read)
        build_shapes.check(connection)
        told({"step": "tag"})
        _tables(connection)
        build_shapes.make(connection)
        told({"step": "account"})
        fault_areas.find(connection)
        refused_rows.keep(connection, read.sheets)
        _account(connection, inputs.sample, name)
        connection.execute("checkpoint out")
        connection.execute("detach out")


def set_key(connection: duckdb.DuckDBPyConnection, secret: bytes) -> None:
    """Give the macro `keyed_address` the two padded halves of its key."""
    key = secret.ljust(64, b"\0")
    for pad, byte in (("inner_pad", 0x36), ("outer_pad", 0x5C)):
        connection.execute(f"set variable {pad} = $pad", {"pad": bytes(b ^ byte for b in key)})


def _allowed(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that the engine would use of this machine."""
    return connection.execute("select parse_formatted_bytes(current_setting('memory_limit'))").fetchone()[0]


def _definitions(connection: duckdb.DuckDBPyConnection) -> None:
    """Every definition table goes into the build: it can be read later with the rules it was made under."""
    connection.execute("create schema out.definition")
    for path in sorted(definitions.FOLDER.glob("*.csv")):
        connection.execute(
            f"create table out.definition.{path.stem} as from read_csv($path, all_varchar = true, header = true, delim = ',', quote = '\"', null_padding = true)",
            {"path": str(path)},
        )


def _places(connection: duckdb.DuckDBPyConnection) -> None:
    rows: list[tuple[str, str, str, str, str | None]] = [
        ("province", p.code, p.name_th, p.name_en, None) for p in geothai.provinces()
    ]
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            rows.append(("district", district.code, district.name_th, district.name_en, province.code))
            rows += [("tambon", t.code, t.name_th, t.name_en, district.code) for t in geothai.subdistricts(district.code)]
    fields = ("level", "code", "name_th", "name_en", "parent")
    connection.execute(
        f"create table place as select {', '.join(f'unnest(${field}) as {field}' for field in fields)}",
        dict(zip(fields, map(list, zip(*rows, strict=True)), strict=True)),
    )
    connection.execute(
        "create macro without_rank(t) as regexp_replace(trim(t), '^(บ้าน|ต\\.|ตำบล|อ\\.|อำเภอ|จ\\.|จังหวัด) *', '')"
    )


def _read(connection: duckdb.DuckDBPyConnection, inputs: Inputs, store: Store, work: Path, tell: Tell) -> Reading:
    """All sheets of all files into `<register>_sheets`; `sheet` says which rows came from where."""
    connection.execute(
        """create table sheet (sheet_no int, file varchar, sheet varchar, checksum varchar, register varchar, records bigint,
                               ordinal int, first int, headings varchar[]);
        create table heading (sheet_no int, column_name varchar, heading varchar, place int);
        create table dropped (row_id bigint);
        create table corrected_row (sheet_no int, "row" bigint);
        create table given_back (sheet_no int, reference varchar);
        create table overlap (register varchar, sheet_no int, other_sheet int, same bigint);
        create table fault (register varchar, row_id bigint, sheet_no int, column_name varchar, fault varchar,
                            severity varchar, found varchar, expected varchar)"""
    )
    build_shapes.begin(connection)
    read = Reading(connection, inputs.by_hand, work)
    whole = sum(file.path.stat().st_size for file in inputs.files)
    done = 0
    for file in inputs.files:
        tell({"step": "read", "file": file.name, "bytes": done, "of": whole, "rows": read.rows})
        done += file.path.stat().st_size
        if build_shapes.is_outlines(file):
            _read_outlines(connection, file, read.next_number(), store)
        else:
            read.file(file)
    _unite(connection)
    for sheet in read.sheets:
        if sheet.match.register in ("household", "member_list"):
            sheet.there = geocode.resolve(connection, sheet.number, sheet.match, sheet.there)
    household_keys.named(connection)
    _without_what_is_no_record(connection, read, of_households=False)
    return read


def _without_what_is_no_record(connection: duckdb.DuckDBPyConnection, read: Reading, of_households: bool) -> None:
    for sheet in read.sheets:
        if bool(registers()[sheet.match.register].parent) is of_households:
            non_records.find(connection, sheet.sheet, sheet.number, sheet.match.register)
            if "corrects" in sheet.match.places:
                non_records.corrected(connection, sheet.number, sheet.match.register)
    if connection.execute("select count(*) from dropped").fetchone()[0]:
        _unite(connection)


def _unite(connection: duckdb.DuckDBPyConnection) -> None:
    dropped = {n for (n,) in connection.execute(f"select distinct row_id >> {casts.ROW_BITS} from dropped").fetchall()}
    for register, numbers in household_keys.sheets(connection).items():
        casts.unite(connection, register, numbers, dropped)


def _read_outlines(connection: duckdb.DuckDBPyConnection, file: RegisterFile, number: int, store: Store) -> None:
    register = None
    try:
        layer, coded, records = build_shapes.read(connection, file, number, store.shapes)
    except build_shapes.NoOutlines as reason:
        layer, records = reason.layer, reason.records
        file_fault(connection, number, reason.fault, reason.found, reason.expected)
    else:
        register = "tambon_shape"
        connection.execute("insert into heading values (?, 'code', ?, null)", [number, coded])
    connection.execute(
        "insert into sheet values (?, ?, ?, ?, ?, ?, 1, 1, null)", [number, file.name, layer, file.checksum, register, records]
    )


def _refuse(connection: duckdb.DuckDBPyConnection, read: Reading) -> None:
    """Fill `fault`, and make `<register>_sound` the records without an error; later registers hang on households."""
    there = {register for register, numbers in household_keys.sheets(connection).items() if numbers}
    _faults_of(connection, "member_list", "member_list_sheets", there)
    if "member_list" in there:
        _repeated(connection, "member_list")
    household_keys.lists(connection)
    household_keys.linked(connection)
    _without_what_is_no_record(connection, read, of_households=True)
    if "member_list" in there:
        there |= {"household", "person"}
    for register in [r for r in registers() if r != "member_list"]:
        view = f"{register}_{'read' if register in ('household', 'person') else 'sheets'}"
        _faults_of(connection, register, view, there)
    stages.run(connection, "checks")
    for each in [r for r in registers().values() if r.place and r.name in there and r.name not in VILLAGES_CHECKED]:
        stages.run(connection, "unknown_place", register=each.name, place=each.place)
    merge_sources.merge(connection)
    carry_forward.apply(connection)
    for each in [r for r in registers().values() if r.table and r.name in there]:
        if each.repeated == "refused":
            _repeated(connection, each.name)
        if each.parent:
            connection.execute(
                f"""insert into fault
                select '{each.name}', row_id, sheet_no, 'household_id', 'unknown_household', 'error', household_id, ''
                from {each.name}_sound r anti join household_sound h using (register_year, household_id)"""
            )


def _faults_of(connection: duckdb.DuckDBPyConnection, register: str, view: str, there: set[str]) -> None:
    if register in there:
        connection.execute(
            f"""insert into fault select '{register}', row_id, sheet_no, unnest(faults, recursive := true)
            from {view} where len(faults) > 0"""
        )
    connection.execute(
        f"""create view {register}_sound as from {view}
        where (faults is null or len(faults) > 0)
          and row_id not in (select row_id from fault where register = '{register}' and severity = 'error' and row_id is not null)"""
    )


def _repeated(connection: duckdb.DuckDBPyConnection, register: str) -> None:
    """List records whose key another has already, and which sheets share how many keys."""
    key = ", ".join(registers()[register].key)
    connection.execute(
        f"create or replace table repeated as select {key} from {register}_sound group by {key} having count(*) > 1"
    )
    if not connection.execute("select count(*) from repeated").fetchone()[0]:
        return
    connection.execute(
        f"""create or replace table again as select {key}, row_id, sheet_no from {register}_sound semi join repeated using ({key});
        insert into overlap
        with each_once as (select distinct {key}, sheet_no from again)
        select '{register}', a.sheet_no, b.sheet_no, count(*) from each_once a join each_once b using ({key})
        where a.sheet_no <> b.sheet_no group by all;
        insert into fault
        select '{register}', row_id, sheet_no, '{registers()[register].key[-1]}', 'repeated_key', 'error', concat_ws(' / ', {key}), ''
        from again qualify row_number() over (partition by {key} order by row_id) > 1"""
    )


def _tables(connection: duckdb.DuckDBPyConnection) -> None:
    aspects = [row["aspect"] for row in definitions.table("aspects")]
    happened = [
        f"select '{r.name}' as register, row_id, sheet_no, '{column}' as column_name, register_year, household_id,"
        f" {column} as happened_on from {r.name}_sound where {column} is not null"
        for r in registers().values()
        for column in r.events
    ]
    stages.run(connection, "events", happened=" union all ".join(happened), event_within=definitions.rule("event_within"))
    stages.run(
        connection,
        "plans",
        columns=", ".join(f"p.{c.name}" for c in household_keys.own("plan")),
        aspects=", ".join(
            f"work_state(count(*) filter (aspect = '{a}'), count(*) filter (aspect = '{a}' and status <> 'planned'),"
            f" count(*) filter (aspect = '{a}' and status = 'done')) as plan_{a}"
            for a in aspects
        ),
    )
    stages.run(connection, "cases")
    stages.run(connection, "members")
    stages.run(connection, "disagreements", round=tags.survey_round())
    connection.execute(f"create view judged as {tags.judged()}")
    for statement in tags.disagreements():
        connection.execute(statement)
    connection.execute(f"create view tagged as {tags.tagged()}")
    stages.run(
        connection,
        "household",
        flags=", ".join(f"{d}_flag" for d in tags.dimension_names()),
        deprived=tags.deprived(),
        aspects=", ".join(f"coalesce(p.plan_{a}, 'none') as plan_{a}" for a in aspects),
        stalled_after=definitions.rule("stalled_after"),
    )
    stages.run(connection, "homes", person=", ".join(f"p.{c.name}" for c in household_keys.own("person")))
    records.keep(connection)
    stages.run(connection, "tally", aspects=", ".join(f"plan_{a}" for a in aspects))
    _texts(connection)
    stages.run(connection, "coarse", small_cell=definitions.rule("small_cell"))
    pairing.find(connection)
    figures = [c.name for c in stored("published") if c.name not in ("register_year", "area_code")]
    stages.run(connection, "published", figures=", ".join(figures))


def _free_texts() -> dict[str, list[str]]:
    """Table -> its columns that hold somebody's own words about a household, of registers whose names go in the build."""
    return {
        r.table: [c.name for c in household_keys.own(r.name) if c.personal == "text"]
        for r in registers().values()
        if r.names_removed == "build"
    }


def _texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Put beside every free text, where it differs, the text without the names of its household."""
    free = _free_texts()
    written = [
        f"select register_year, household_id, concat_ws(' ', {', '.join(texts)}) as text from out.{table}"
        f" where {' or '.join(f'{column} is not null' for column in texts)}"
        for table, texts in free.items()
        if texts
    ]
    stages.run(connection, "texts", written=" union all ".join(written))
    named = connection.execute("select count(*) from names_of").fetchone()[0]
    for table, texts in free.items():
        for column in texts:
            connection.execute(f"alter table out.{table} add column {column}_masked varchar")
            if named:
                connection.execute(
                    f"""update out.{table} t set {column}_masked = without_names({column}, names) from names_of s
                    where s.register_year = t.register_year and s.household_id = t.household_id
                      and {column} <> without_names({column}, names)"""
                )


def _account(connection: duckdb.DuckDBPyConnection, sample: bool, name: str) -> None:
    """The books: places, loads with rows in = kept + refused, problems, and the build itself."""
    years = "list(distinct register_year order by register_year)"
    counted = [
        f"select sheet_no, count(*) as rows_in, {years if 'register_year' in columns(r) else 'null'} as register_years "
        f"from {r}_sheets where faults is null or len(faults) > 0 group by sheet_no"
        for r in registers()
    ] + ["select sheet_no, count(*) as rows_in, null as register_years from official group by sheet_no"]
    stages.run(connection, "account", {"build": name, "sample": sample}, records=" union all ".join(counted))
    balance.strike(connection)
