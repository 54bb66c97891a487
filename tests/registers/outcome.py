"""What a load says of cases, in the form in which cases say it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from etl.load import load
from etl.report import Report
from etl.store import Store
from etl.wish import Wish
from tests.drawn import Row, Warehouse
from tests.registers.case import Case


@contextmanager
def data_folder(folder: Path) -> Iterator[None]:
    """Questions go to this folder's build."""
    before = os.environ.get("BAAN_SUK_DATA")
    os.environ["BAAN_SUK_DATA"] = str(folder)
    try:
        yield
    finally:
        del os.environ["BAAN_SUK_DATA"]
        if before is not None:
            os.environ["BAAN_SUK_DATA"] = before


def written(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Files at their relative paths; returns what is given to the loader, the first part of each path once."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return list(dict.fromkeys(folder / Path(name).parts[0] for name in files))


def loaded(cases: Sequence[Case], folder: Path) -> Report:
    """The report of one load of the files of all these cases, into `folder`/data."""
    store = Store(folder / "data")
    with store.lock():
        for number, case in enumerate(cases):
            if case.earlier:
                earlier = written(case.earlier(), folder / f"earlier {number}")
                assert load(store, earlier, "th", Wish(matched=case.matched))["outcome"] == "built"
        given = [path for case in cases for path in written(case.files(), folder / "ทะเบียน ปี ๒๕๖๕")]
        return load(store, given, "th")


def of_case(case: Case, report: Report, folder: Path) -> dict[str, object]:
    """What the report and the build say of one case, as far as it asks."""
    names = {file for file, *_ in case.sheets}
    sheets = [sheet for sheet in report["files"] if sheet["file"] in names]
    assert all(sheet["rows_in"] == sheet["rows_kept"] + sheet["rows_refused"] for sheet in sheets)
    listed = [problem for sheet in sheets for problem in sheet["problems"]]
    grave = {place(p) for p in listed if p["severity"] != "notice"}
    said = "\n".join(p["message"] for p in listed)
    return {
        "outcome": report["outcome"],
        "sheets": sorted((s["file"], s["sheet"], s["register"] or "", s["rows_kept"], s["rows_refused"]) for s in sheets),
        "problems": sorted(map(str, grave | {place(p) for p in listed} & case.problems)),
        "said": [words for words in case.says if words in said],
        **(asked(case, Warehouse(folder / "data", report)) if report["outcome"] == "built" else {}),
    }


def wanted(case: Case) -> dict[str, object]:
    """The same of the case itself."""
    asks = {"values": case.values, "people": case.people, "published": case.published}
    return {
        "outcome": case.outcome,
        "sheets": sorted((file, sheet, register or "", kept, refused) for file, sheet, register, kept, refused in case.sheets),
        "problems": sorted(map(str, case.problems)),
        "said": list(case.says),
        **(asks if case.outcome == "built" else {}),
    }


def place(problem: Row) -> tuple[str, int | None, str]:
    """Which fault stands where."""
    return problem["fault"], problem["row"], problem["column"]


def asked(case: Case, build: Warehouse) -> dict[str, object]:
    """Values, people and published figures as far as the case names them, as text."""
    return {
        "values": tuple(household_of(build, wish) for wish in case.values),
        "people": tuple(person_of(build, wish) for wish in case.people),
        "published": tuple(_published(build, wish) for wish in case.published),
    }


def household_of(build: Warehouse, wish: Mapping[str, str]) -> Mapping[str, str]:
    year = int(wish.get("register_year", 2565))
    rows = build.ask("household", household=build.ref(wish["household_id"], year))
    return as_text(wish, [*rows, {}][0])


def person_of(build: Warehouse, wish: Mapping[str, str]) -> Mapping[str, str]:
    rows = build.ask("members", household=build.ref(wish["household_id"]))
    found = [row | {"household_id": wish["household_id"]} for row in rows if str(row["member_no"]) == wish["member_no"]]
    return as_text(wish, [*found, {}][0])


def _published(build: Warehouse, wish: Mapping[str, str]) -> Mapping[str, str]:
    found = [row for row in build.ask("published") if all(str(row[k]) == wish[k] for k in ("area_code", "figure"))]
    return as_text(wish, [*found, {}][0])


def as_text(wish: Mapping[str, str], row: Row) -> dict[str, str]:
    return {name: _text(row.get(name, "?")) for name in wish}


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def messages(case: Case, report: Report) -> str:
    """Every message about one case as an officer reads it, a line each."""
    names = {file for file, *_ in case.sheets}
    return "".join(f"{p['message']}\n" for s in report["files"] if s["file"] in names for p in s["problems"])
