"""Register declarations: each register is one row of registers.csv, read by the loader, the questions, the log and the screen.

A new register is a row here, its columns in register_columns.csv, and nothing else: its table, its door, its template and its
place in every list follow from the row.
"""

from dataclasses import dataclass
from functools import cache

from definitions import table

HOUSEHOLD = "household"
WITHOUT_TABLE = {"member_list", "carried"}  # their records become households and persons
FLAGS = {
    "names_removed": ("", "build", "question"),
    "repeated": ("refused", "first"),
    "keeps_blank": ("", "yes"),
    "template": ("", "yes"),
}


@dataclass(frozen=True)
class Register:
    """One kind of file that an office keeps.

    `table` is where its records stand in a build ("" where they become records of others); `parent` the register whose records
    they hang on, by its whole key, with which their own begins; `key` what tells two of them apart; `place` the column that says where one lies ("" where its household does);
    `events` the columns with a day on which something happened; `names_removed` whether names are taken out of its free text in
    the build or by the questions; `repeated` what becomes of a second record of one key; `keeps_blank` whether a blank cell of a
    newer file keeps the older one's value; `template` whether there is a workbook to fill in.
    """

    name: str
    table: str
    parent: str
    key: tuple[str, ...]
    place: str
    events: tuple[str, ...]
    names_removed: str
    repeated: str
    keeps_blank: bool
    template: bool

    @property
    def of_household(self) -> bool:
        """Whether its records tell of one household."""
        return HOUSEHOLD in (self.name, self.parent)

    @property
    def year(self) -> str:
        """The column of its key by which it is of a year, "" where it is of none."""
        return next((column for column in self.key if column.endswith("_year")), "")

    @property
    def lies(self) -> str:
        """The column of its table that says where a record lies: its own, else that of what it hangs on."""
        return self.place or (registers()[self.parent].place if self.parent else "")


class Misdeclared(ValueError):
    """registers.csv or register_columns.csv say something that cannot be; the text has all of it, a line each."""


@cache
def registers() -> dict[str, Register]:
    """Every register by name, in file order; raises Misdeclared with all faults of both tables."""
    faults = _faults()
    if faults:
        raise Misdeclared("\n".join(faults))
    return {row["register"]: _register(row) for row in table("registers")}


def children(parent: str = HOUSEHOLD) -> list[Register]:
    """The registers whose records hang on those of `parent`."""
    return [register for register in registers().values() if register.parent == parent]


def _register(row: dict[str, str]) -> Register:
    return Register(
        row["register"],
        row["table"],
        row["parent"],
        tuple(row["key"].split("|")),
        row["place"],
        tuple(filter(None, row["events"].split("|"))),
        row["names_removed"],
        row["repeated"],
        row["keeps_blank"] == "yes",
        row["template"] == "yes",
    )


def _columns(row: dict[str, str]) -> set[str]:
    """The columns of one register as register_columns.csv names them; those of "*" where its records have a year."""
    wanted = {row["register"]} | ({"*"} if "register_year" in row["key"] else set())
    return {column["column"] for column in table("register_columns") if wanted & set(column["register"].split("|"))}


def _faults() -> list[str]:
    """Schema faults: a register without columns, a column that is none of its own, an unknown parent, a table used twice."""
    rows = table("registers")
    names = [row["register"] for row in rows]
    faults = [f"registers.csv: {name}: มีสองแถว · stands twice" for name in {n for n in names if names.count(n) > 1}]
    for row in rows:
        name = row["register"]
        where = f"registers.csv: {name}"
        columns, own = _columns(row), {c["column"] for c in table("register_columns") if name in c["register"].split("|")}
        if not own:
            faults.append(f"{where}: ไม่มีคอลัมน์ใน register_columns.csv · has no column in register_columns.csv")
        named = {*row["key"].split("|"), *row["events"].split("|"), row["place"]} - {""}
        faults += [f"{where}: {c}: ไม่ใช่คอลัมน์ของทะเบียนนี้ · is no column of this register" for c in sorted(named - columns)]
        if row["parent"] not in ("", *names):
            faults.append(f"{where}: parent {row['parent']}: ไม่มีทะเบียนนี้ · is no register")
        elif row["parent"] and (of := rows[names.index(row["parent"])]) and of["parent"]:
            faults.append(f"{where}: parent {row['parent']}: ผูกกับทะเบียนอื่นอยู่แล้ว · hangs on another itself")
        elif row["parent"] and row["key"].split("|")[: of["key"].count("|") + 1] != of["key"].split("|"):
            faults.append(f"{where}: key: ต้องขึ้นต้นด้วย {of['key']} · must begin with {of['key']}")
        faults += [f"{where}: {flag}: {row[flag]!r} ≠ {' | '.join(v)}" for flag, v in FLAGS.items() if row[flag] not in v]
        if not row["table"] and name not in WITHOUT_TABLE:
            faults.append(f"{where}: ไม่มีตารางปลายทาง แถวจะหายไป · has no table, its rows would be lost")
    tables = [row["table"] for row in rows if row["table"]]
    faults += [f"registers.csv: table {t}: มีสองทะเบียน · of two registers" for t in {t for t in tables if tables.count(t) > 1}]
    strange = {n for row in table("register_columns") for n in row["register"].split("|")} - {*names, "*"}
    return faults + [f"register_columns.csv: {name}: ไม่มีทะเบียนนี้ · is no register" for name in sorted(strange)]
