"""Report of a load, as the JSON of `load --report` and as lines for a person."""

from pathlib import Path
from typing import Any

import duckdb

import definitions
from etl import stages
from etl.areas import Areas, limit

Report = dict[str, Any]
QUESTIONS = {"likely_heading", "asked_heading", "asked_marks", "repeated_heading", "no_basis"}
OF_COLUMN = {  # problem of a whole column -> what an officer may say of it
    "none_or_nought": ("none=0", "none=unknown"),
    "mixed_dates": ("first=day", "first=month"),
    "assumed_month_first": ("first=day", "first=month"),
    "month_first": ("first=day", "first=month"),
}
SHOWN = 100  # problems on a terminal; the report file and the page About the data have all


def refused_before(path: Path) -> dict[tuple[str, str], int]:
    """Rows refused of each (file, sheet) of an earlier build; nothing where there is none."""
    if not path.exists():
        return {}
    with duckdb.connect(str(path), read_only=True) as connection:
        loads = rows(connection, "select file, sheet, rows_refused from load")
    return {(load["file"], load["sheet"]): load["rows_refused"] for load in loads}


def counts(build: Path) -> dict[str, int]:
    """Households of a build, and rows that its files gave: kept in the history, for the file of a build goes."""
    with duckdb.connect(str(build), read_only=True) as connection:
        households, rows = connection.execute(
            "select (select count(*) from household), (select coalesce(sum(rows_kept), 0)::bigint from load)"
        ).fetchall()[0]
    return {"households": households, "rows": rows}


def of_build(
    path: Path,
    name: str,
    files: set[str],
    before: dict[tuple[str, str], int],
    language: str,
    areas: Areas = None,
    hides: bool = False,
) -> Report:
    """The report over the sheets of `files` in a finished build, and over others that lost rows through them: of these only the
    problems that lie in `areas`. One that is for a screen hides citizen IDs: a correction brings those of earlier files back.

    Refused as a whole when a file gave no register, or none of its rows could be kept: nothing is half-loaded.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        limit(connection, areas)
        stages.masks(connection)
        in_language = {
            "found": "found" if language == "th" else "found_en",
            "expected": "expected",
            "message": f"message_{language}",
        }
        cells = ", ".join(f"{f'without_ids({column})' if hides else column} as {name}" for name, column in in_language.items())
        loads = rows(connection, "select file, sheet, register, register_years, rows_in, rows_kept, rows_refused from load")
        accounts = rows(
            connection,
            """select file, sheet, heading, "column", degree, candidates, filled, understood, refused, blank from column_account
            order by sheet_no, place""",
        )
        problems = rows(
            connection,
            f"""select file, sheet, fault, "row", "column", severity, {cells} from problem
            where list_contains($files, file) or within(area)""",
            {"files": list(files)},
        )
    sheets = [s for s in loads if s["file"] in files or s["rows_refused"] > before.get((s["file"], s["sheet"]), 0)]
    found, of_columns = _by_sheet(problems), _by_sheet(accounts)
    for sheet in sheets:
        years = sheet.pop("register_years") or []
        sheet["register_year"] = years[0] if len(years) == 1 else years or None
        sheet["problems"] = found.get((sheet["file"], sheet["sheet"]), [])
        sheet["columns"] = of_columns.get((sheet["file"], sheet["sheet"]), [])
        _answers(sheet["problems"], sheet["columns"])
    useless = [f for f in files if not any(s["rows_kept"] for s in sheets if s["file"] == f)]
    return {"outcome": "refused" if useless else "built", "build": name, "files": sheets}


def _line(problem: Report) -> str:
    """A problem on a terminal, with how it is answered where its message does not say that."""
    answer = problem.get("answer", "")
    return problem["message"] if answer in problem["message"] or "answers" in problem else f"{problem['message']} → {answer}"


def is_unsure(report: Report) -> bool:
    """Whether a heading of its files was used or left aside without being sure."""
    return any(problem["fault"] in QUESTIONS for sheet in report["files"] for problem in sheet["problems"])


def _by_sheet(rows_of_sheets: list[Report]) -> dict[tuple[str, str], list[Report]]:
    """Rows of all sheets by file and sheet, which the rows themselves then no longer say."""
    found: dict[tuple[str, str], list[Report]] = {}
    for row in rows_of_sheets:
        found.setdefault((row.pop("file"), row.pop("sheet")), []).append(row)
    return found


def _answers(problems: list[Report], accounts: list[Report]) -> None:
    """Beside each problem that is a question: how a shell answers it, `--match HEADING=COLUMN` with the likeliest column, or `--set`;
    `answers` where a page can offer all that may be said."""
    likeliest = {account["heading"]: (account["column"], *account.pop("candidates")) for account in accounts}
    for problem in problems:
        if problem["fault"].startswith("unsaid_"):
            problem["answer"] = f"--set {problem['expected']}"
        elif problem["fault"] in OF_COLUMN:
            problem["answers"] = [f"{problem['expected']}.{answer}" for answer in OF_COLUMN[problem["fault"]]]
            problem["answer"] = " | ".join(f"--set {answer}" for answer in problem["answers"])
        elif problem["fault"] in QUESTIONS and (names := [name for name in likeliest.get(problem["found"], ()) if name]):
            problem["answer"] = f'--match "{problem["found"]}={names[0]}"' + "".join(f" | {name}" for name in names[1:4])


def of_unreadable(file: str, reason: str, detail: str, language: str, build: str | None) -> Report:
    """The report for a file that cannot be taken at all: one problem with no row, worded as etl/tables/account.sql words it."""
    fault = next(row for row in definitions.table("faults") if row["fault"] == "unreadable_file")
    why = next(row for row in definitions.table("unreadable") if row["reason"] == reason)
    found, todo = (why[f"{part}_{language}"].replace("{detail}", detail) for part in ("says", "todo"))
    says, expected = fault[f"says_{language}"].replace("{found}", found), fault[f"expected_{language}"]
    message = f"{file}: {says} {expected} — {todo}" if language == "th" else f"{file}: {says}. Expected: {expected}. {todo}."
    problem = {"fault": "unreadable_file", "row": None, "column": "", "found": found, "expected": expected, "severity": "error"}
    sheet: Report = {
        "sheet": "",
        "register": None,
        "register_year": None,
        "rows_in": 0,
        "rows_kept": 0,
        "rows_refused": 0,
        "columns": [],
    }
    files = [{"file": file, **sheet, "problems": [{**problem, "message": message}]}]
    return {"outcome": "refused", "build": build, "files": files}


def exit_code(report: Report) -> int:
    """0 everything kept, 1 built but rows were refused, 2 nothing changed."""
    if report["outcome"] != "built":
        return 2
    return 1 if any(sheet["rows_refused"] for sheet in report["files"]) else 0


def lines(report: Report) -> list[str]:
    """The report for a terminal: what becomes of the earlier data, a sum per sheet, then every problem."""
    said = {
        "built": "สร้างคลังข้อมูลแล้ว · built" if "change" not in report else "ยังไม่เปลี่ยนอะไร · nothing changed yet",
        "unchanged": "ไม่มีอะไรเปลี่ยน · unchanged",
        "refused": "ไม่ได้โหลด คลังข้อมูลเดิมยังอยู่ · refused, the earlier build is still in place",
    }
    sums = [
        f"{s['file']} {s['sheet']} [{s['register'] or '?'}]: {s['rows_in']} = {s['rows_kept']} + {s['rows_refused']}"
        for s in report["files"]
    ]
    problems = [_line(problem) for sheet in report["files"] for problem in sheet["problems"]]
    more = f"… +{len(problems) - SHOWN} (--report FILE.json)"
    return [
        said[report["outcome"]],
        *_of_earlier(report),
        *sums,
        *problems[:SHOWN],
        *([more] if problems[SHOWN:] else []),
    ]


def _of_earlier(report: Report) -> list[str]:
    """What becomes of what was there before: of the sample, of files, of households."""
    sample = (
        ["ข้อมูลตัวอย่าง (บุคคลสมมติ) จะไม่อยู่ในระบบแล้ว · the sample data (invented people) goes"] if report.get("sample_goes") else []
    )
    replaced = [f"แทนที่ · replaced: {name}" for name in report.get("replaced", [])]
    apart = [
        f"มีไฟล์ชื่อนี้แล้วและเป็นคนละรายการ จึงเก็บเป็น · a different list of this name is there, so it is kept as: {given} → {name}"
        for name, given in report.get("kept_apart", {}).items()
    ]
    changed = [_change(report["change"])] if "change" in report else []
    return [*sample, *replaced, *apart, *changed, *_leaving(report.get("leaving", []))]


def _leaving(villages: list[Report]) -> list[str]:
    """Households that are no longer there, a line per village, with who they are."""
    if not villages:
        return []
    count = sum(village["households"] for village in villages)
    head = f"ครัวเรือนที่ไม่อยู่ในไฟล์ใหม่และหายไปจากระบบ · households that the new files lack and that go: {count}"
    return [head, *(f"  {village_line(village)}" for village in villages)]


def village_line(village: Report, language: str = "th") -> str:
    """A village of `leaving` in words: place, code, year, how many, and who where that may be told."""
    place = (
        f"{village[f'village_{language}'] or ''} {'ต.' if language == 'th' else ''}{village[f'tambon_{language}'] or ''}"
    ).strip()
    who, rest = village["who"], village["households"] - len(village["who"])
    named = f": {', '.join(who)}{f' … +{rest}' if rest else ''}" if who else ""
    return f"{place} ({village['village_code']}) {village['register_year']} — {village['households']}{named}"


def _change(change: Report) -> str:
    """What a staged load would change, on one line."""
    words = {"added": "+{} พบเพิ่ม · found", "gone": "−{} จะหายไปจากระบบ · gone", "moved": "{} ย้าย · moved"}
    words |= {"retagged": "{} มิติเปลี่ยน · other tags", "recertified": "{} การรับรองเปลี่ยน · other certification"}
    parts = [text.format(change[name]) for name, text in words.items() if change[name]]
    return f"ครัวเรือน · households {change['before']} → {change['after']}: {', '.join(parts) or '–'}"


def rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict | None = None) -> list[Report]:
    """The answer of a statement as plain rows."""
    result = connection.execute(sql, parameters)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
