"""One build: register files to a finished DuckDB file, all or nothing, a pure function of its inputs."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import geothai

import definitions
from etl import shapes, tagging, typed
from etl.columns import Match, NoMatch, columns, recognise
from etl.read import Sheet, Unreadable, careful, sheets
from etl.store import Register, Store

HERE = Path(__file__).parent
REGISTERS = [row["register"] for row in definitions.table("registers")]


def identity(files: list[Register], secret: bytes) -> str:
    """The id of a build: the same registers, definitions, rules and secret give the same build."""
    code = b"".join(p.read_bytes() for p in sorted(HERE.rglob("*")) if p.suffix in {".py", ".sql"})
    parts = [definitions.fingerprint(), hashlib.sha256(code + shapes.version() + secret).hexdigest()]
    parts += [f"{f.name}\0{f.checksum}" for f in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build(store: Store, files: list[Register], sample: bool, check: Callable[[Path], None]) -> str:
    """Build `files` and make the result current; returns the build id. `check` sees the finished file first.

    Whatever is raised on the way leaves the earlier build in place and no part of the new one behind.
    """
    name = identity(files, store.secret())
    part = store.warehouse / f"{name}.duckdb.tmp"
    with tempfile.TemporaryDirectory(prefix="work-", dir=store.warehouse) as work, _discarded_on_failure(part):
        _write(part, files, sample, name, store, Path(work))
        check(part)
        if part.with_name(f"{part.name}.wal").exists():
            raise RuntimeError("a write-ahead log was left: the build was not closed properly")
        store.publish(name, part)
    return name


@contextlib.contextmanager
def _discarded_on_failure(part: Path) -> Iterator[None]:
    part.unlink(missing_ok=True)
    try:
        yield
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _write(part: Path, files: list[Register], sample: bool, name: str, store: Store, work: Path) -> None:
    with duckdb.connect(config={"temp_directory": str(work), "threads": os.cpu_count() or 1}) as connection:
        connection.execute("set enable_progress_bar = false")  # it would go among the lines that `load` prints
        # half the engine's own piece: a province's register is then enough pieces to share out among a question's threads
        connection.execute(f"attach {typed.literal(str(part))} as out (row_group_size 61440)")
        for script in (HERE / "typing.sql", definitions.FOLDER / "tags.sql"):
            connection.execute(script.read_text(encoding="utf-8"))
        _definitions(connection)
        _places(connection)
        _read(connection, files, store, work)
        _refuse(connection)
        shapes.check(connection)
        _tables(connection, store.secret())
        shapes.make(connection)
        _account(connection, sample, name)
        connection.execute("checkpoint out")
        connection.execute("detach out")


def _definitions(connection: duckdb.DuckDBPyConnection) -> None:
    """Every definition table goes into the build: it can be read later with the rules it was made under."""
    connection.execute("create schema out.definition")
    for path in sorted(definitions.FOLDER.glob("*.csv")):
        connection.execute(
            f"create table out.definition.{path.stem} as from read_csv($path, all_varchar = true, header = true, delim = ',', quote = '\"')",
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


def _read(connection: duckdb.DuckDBPyConnection, files: list[Register], store: Store, work: Path) -> None:
    """All sheets of all files into `<register>_read`; `sheet` says which rows came from where."""
    connection.execute(
        """create table sheet (sheet_no int, file varchar, sheet varchar, checksum varchar, register varchar, records bigint);
        create table heading (sheet_no int, column_name varchar, heading varchar);
        create table fault (register varchar, row_id bigint, sheet_no int, column_name varchar, fault varchar,
                            severity varchar, found varchar, expected varchar)"""
    )
    shapes.begin(connection)
    number = 0
    for file in files:
        if shapes.is_outlines(file.name):
            number += 1
            _read_outlines(connection, file, number, store)
            continue
        try:
            found = sheets(file.path, file.name, work)
        except Unreadable as reason:
            number += 1
            connection.execute("insert into sheet values (?, ?, '', ?, null, 0)", [number, file.name, file.checksum])
            _file_fault(connection, number, "unreadable_file", str(reason))
            continue
        for sheet in found:
            number += 1
            _read_sheet(connection, file, sheet, number, work)
    for register in REGISTERS:
        numbers = connection.execute("select sheet_no from sheet where register = ? order by all", [register]).fetchall()
        typed.unite(connection, register, [n for (n,) in numbers])


def _read_outlines(connection: duckdb.DuckDBPyConnection, file: Register, number: int, store: Store) -> None:
    register = None
    try:
        layer, coded, records = shapes.read(connection, file, number, store.shapes)
    except shapes.NoOutlines as reason:
        layer, records = reason.layer, reason.records
        _file_fault(connection, number, reason.fault, reason.found)
    else:
        register = "tambon_shape"
        connection.execute("insert into heading values (?, 'code', ?)", [number, coded])
    connection.execute(
        "insert into sheet values (?, ?, ?, ?, ?, ?)", [number, file.name, layer, file.checksum, register, records]
    )


def _read_sheet(connection: duckdb.DuckDBPyConnection, file: Register, sheet: Sheet, number: int, work: Path) -> None:
    match = recognise(sheet.headings)
    register = match.register if isinstance(match, Match) else None
    records = sheet.rows
    if isinstance(match, Match):
        for heading in match.unknown:
            _file_fault(connection, number, "unknown_heading", heading)
        try:
            records = _records(connection, file, sheet, number, match, work)
        except (Unreadable, duckdb.Error) as reason:
            register, records = None, 0
            _file_fault(connection, number, "unreadable_file", str(reason).splitlines()[0][:200])
        if register and not records:
            _file_fault(connection, number, "empty_sheet", "")
    elif not any(sheet.headings) and not sheet.rows:
        _file_fault(connection, number, "empty_sheet", "")
    else:
        _unknown(connection, number, match)
    connection.execute(
        "insert into sheet values (?, ?, ?, ?, ?, ?)",
        [number, file.name, sheet.sheet, file.checksum, register, records],
    )
    names = match.places if isinstance(match, Match) else {}
    for column, place in names.items():
        connection.execute("insert into heading values (?, ?, ?)", [number, column, sheet.headings[place].strip()])


def _records(connection: duckdb.DuckDBPyConnection, file: Register, sheet: Sheet, number: int, match: Match, work: Path) -> int:
    """Read one sheet; a CSV that does not give a record per line is read again by the careful reader."""
    if sheet.has_header:
        with contextlib.suppress(duckdb.Error):
            if typed.read_sheet(connection, sheet, number, match) == sheet.rows:
                return sheet.rows
        sheet = careful(file.path, file.name, sheet.delimiter, work)
    read = typed.read_sheet(connection, sheet, number, match)
    if read != sheet.rows:
        raise Unreadable(f"{read} ≠ {sheet.rows}")
    return read


def _file_fault(connection: duckdb.DuckDBPyConnection, number: int, fault: str, found: str, expected: str = "") -> None:
    severity = next(f["severity"] for f in definitions.table("faults") if f["fault"] == fault)
    connection.execute("insert into fault values (null, null, ?, '', ?, ?, ?, ?)", [number, fault, severity, found, expected])


def _unknown(connection: duckdb.DuckDBPyConnection, number: int, match: NoMatch) -> None:
    for heading in match.repeated:
        _file_fault(connection, number, "repeated_heading", heading)
    if match.missing:
        nearest = definitions.names("registers", "register", "th")[match.nearest]
        _file_fault(connection, number, "unknown_register", nearest, ", ".join(c.name_th for c in match.missing))


def _refuse(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `fault`, and make `<register>_sound` the records without an error; later registers hang on households."""
    for register in REGISTERS:
        connection.execute(
            f"""insert into fault select '{register}', row_id, sheet_no, unnest(faults, recursive := true)
            from {register}_read where len(faults) > 0;
            create view {register}_sound as from {register}_read
            where (faults is null or len(faults) > 0)
              and row_id not in (select row_id from fault where register = '{register}' and severity = 'error')"""
        )
    _script(connection, "checks")
    for row in definitions.table("registers"):
        name, key = row["register"], row["key"].replace("|", ", ")
        connection.execute(
            f"""insert into fault
            select '{name}', row_id, sheet_no, '{key.split(", ")[-1]}', 'repeated_key', 'error', concat_ws(' / ', {key}), ''
            from {name}_sound where ({key}) in (select ({key}) from {name}_sound group by {key} having count(*) > 1)
            qualify row_number() over (partition by {key} order by row_id) > 1"""
        )
        if name != "household" and "household_id" in key:
            connection.execute(
                f"""insert into fault
                select '{name}', row_id, sheet_no, 'household_id', 'unknown_household', 'error', household_id, ''
                from {name}_sound r anti join household_sound h using (register_year, household_id)"""
            )


def _script(connection: duckdb.DuckDBPyConnection, script: str, parameters: dict | None = None, **spelled: object) -> None:
    sql = (HERE / "sql" / f"{script}.sql").read_text(encoding="utf-8")
    for name, text in spelled.items():
        sql = sql.replace(f"{{{name}}}", str(text))
    connection.execute(sql, parameters) if parameters else connection.execute(sql)


def _tables(connection: duckdb.DuckDBPyConnection, secret: bytes) -> None:
    aspects = [row["aspect"] for row in definitions.table("aspects")]
    _script(connection, "events", event_within=definitions.rule("event_within"))
    _script(
        connection,
        "plans",
        aspects=", ".join(
            f"work_state(count(*) filter (aspect = '{a}'), count(*) filter (aspect = '{a}' and status <> 'planned'),"
            f" count(*) filter (aspect = '{a}' and status = 'done')) as plan_{a}"
            for a in aspects
        ),
    )
    _script(connection, "cases")
    _script(connection, "members")
    _script(connection, "disagreements", round=tagging.survey_round())
    connection.execute(f"create view judged as {tagging.judged()}")
    for statement in tagging.disagreements():
        connection.execute(statement)
    connection.execute(f"create view tagged as {tagging.tagged()}")
    key = secret.ljust(64, b"\0")
    _script(
        connection,
        "household",
        {"inner": bytes(b ^ 0x36 for b in key), "outer": bytes(b ^ 0x5C for b in key)},
        flags=", ".join(f"{d}_flag" for d in tagging.dimension_names()),
        deprived=tagging.deprived(),
        aspects=", ".join(f"coalesce(p.plan_{a}, 'none') as plan_{a}" for a in aspects),
        stalled_after=definitions.rule("stalled_after"),
    )
    _script(connection, "person")


def _account(connection: duckdb.DuckDBPyConnection, sample: bool, name: str) -> None:
    """The books: places, loads with rows in = kept + refused, problems, and the build itself."""
    years = "list(distinct register_year order by register_year)"
    records = [
        f"select sheet_no, count(*) as rows_in, {years if 'register_year' in columns(r) else 'null'} as register_years "
        f"from {r}_read where faults is null or len(faults) > 0 group by sheet_no"
        for r in REGISTERS
    ] + ["select sheet_no, count(*) as rows_in, null as register_years from official group by sheet_no"]
    _script(connection, "account", {"build": name, "sample": sample}, records=" union all ".join(records))
