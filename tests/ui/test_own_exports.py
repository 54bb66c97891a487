"""What the product writes, it reads: a report gives the counts that it was made of, any other export says what it is.

Which exports there are is read from the code: every file on offer (`Choice`, `download_button`) has a case here, and every answer of a
question its row in definitions/own_exports.csv.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import definitions
from audit.__main__ import as_csv
from etl.headings.columns import columns
from etl.load import load
from etl.rejects.correction_workbook import workbooks
from etl.store import Store
from etl.templates import blank_workbook
from print import minutes, papers
from queries import DESK, Filters, ask, csv_export
from tests import own_exports
from tests.drawn import Warehouse, loaded
from tests.print.test_minutes import FACTS
from ui.export import board_file, programme_file, report_files
from ui.programmes import debt_reports, learning_parts

ROOT = Path(__file__).parent.parent.parent
COUNTED = (
    "register_year", "village_code", "source", "verification", "certification", "certified_date", "closed_date", "close_reason",
    "people", "income_per_person", "health", "living", "education", "income", "access", "deprived",
)  # fmt: skip
OFFERED = {  # where files are offered -> how many ways, and which test here has them
    "pages/report.py": (3, "report"), "ui/export/locked_report.py": (1, "password"), "pages/map.py": (2, "summaries"), "pages/promises.py": (1, "summaries"),
    "pages/audit.py": (1, "summaries"), "pages/about.py": (1, "summaries"), "ui/export/downloads.py": (2, "receipt and the file itself"),
    "ui/load/panels.py": (2, "refused rows and templates"), "ui/load/corrections.py": (1, "refused rows"),
    "ui/export/paper_files.py": (1, "a paper"), "ui/export/programme_file.py": (3, "a programme's list and form"),
    "ui/export/register_export.py": (2, "what is recorded, read back in tests/journal/test_registers.py"),
    "ui/meeting/paper.py": (4, "a meeting's files"),
}  # fmt: skip


def counts(frame) -> dict[str, dict[str, int]]:
    return {c: frame[c].astype("string").fillna("").value_counts().sort_index().to_dict() for c in COUNTED}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, bytes]], dict]:
    """Load files (name -> content) into an installation of its own; returns the report."""

    def made(files: dict[str, bytes]) -> dict:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "elsewhere"))
        store = Store(tmp_path / "elsewhere")
        with store.lock():
            return load(store, [tmp_path / name for name in files], "th")

    return made


FORMS = {
    "r.csv": report_files.csv,
    "r.tidy.csv": report_files.tidy,
    "r.xlsx": lambda frame: report_files.xlsx(frame, Filters(), "–"),
    "ask.csv": lambda frame: csv_export.written(csv_export.harmless(frame), "\n").encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_report_gives_the_counts_it_was_made_of_without_a_warning(sample: Warehouse, elsewhere, name):
    before = ask("report", Filters(), DESK)
    said = elsewhere({name: FORMS[name](before)})
    (sheet,) = said["files"]
    assert (said["outcome"], sheet["register"], sheet["rows_refused"]) == ("built", "household", 0)
    assert {(p["fault"], p["severity"]) for p in sheet["problems"]} == {("own_report", "notice")}
    after = ask("report", Filters(), DESK)
    assert len(after) == len(before) > 100 and counts(after) == counts(before)


def test_every_column_of_the_report_says_as_what_it_is_read():
    rows = definitions.table("report_columns")
    assert all(not row["read_as"] or row["read_as"] in columns("household") for row in rows)
    read = [row["read_as"] for row in rows if row["read_as"]]
    assert len(read) == len(set(read)) and {c.name for c in columns("household").values() if c.required == "yes"} <= set(read)


def summaries(a_household: str) -> dict[str, bytes]:
    """Exports that are no registers: file name -> content."""
    areas = ask("areas", Filters(), DESK, by="tambon").set_index("code").assign(part=7, whole=20)
    measure = {"name_th": "ครัวเรือนเป้าหมาย", "unit_th": "ครัวเรือน", "whole_th": "ครัวเรือน"}
    square = {"type": "Polygon", "coordinates": [[[105, 15], [105.1, 15], [105.1, 15.1], [105, 15]]]}
    feature = {"type": "Feature", "properties": {"code": areas.index[0]}, "geometry": square}
    outlines = {"type": "FeatureCollection", "features": [feature]}
    problems = ask("problems", Filters(), DESK, limit=20).drop(columns=["total", "message_en"])
    made = {
        "areas.csv": report_files.areas_csv(areas, measure),
        "map.geojson": report_files.areas_geojson(outlines, areas, {"measure": "x"}),
        "audit.csv": as_csv([]).encode("utf-8-sig") + b"1,2022-01-01,desk,desk,load,x,{}\r\n",
        "board.csv": board_file.csv(ask("board", Filters(), DESK, limit=20)),
        **{
            f"form {form}.csv": programme_file.csv(
                debt_reports.rows(form, Filters(), DESK, ""), debt_reports.columns(form, "th")
            )
            for form in debt_reports.names()
        },
        "problems.csv": csv_export.written(csv_export.harmless(problems), "\r\n").encode("utf-8-sig"),
        "receipt.txt": "ไฟล์: baansuk_3421_2565-09_34.csv\r\nแถว: 34\r\nSHA-256: 00".encode("utf-8-sig"),
    }
    answers = own_exports.answers(a_household)
    return made | {
        f"ask {name}.csv": csv_export.written(csv_export.harmless(frame), "\n").encode()
        for name, frame in answers.items()
        if name not in own_exports.READ and len(frame)
    }


def test_a_summary_says_what_it_is_and_what_to_load_instead(sample: Warehouse, elsewhere):
    made = summaries(sample.ask("households", limit=1)[0]["ref"])
    assert len(made) > 35
    said = elsewhere(made)
    faults = {
        name: [(p["fault"], p["message"]) for sheet in said["files"] if sheet["file"] == name for p in sheet["problems"]]
        for name in made
    }
    assert said["outcome"] == "refused"
    assert {name: [fault for fault, _ in of] for name, of in faults.items()} == {name: ["own_export"] for name in made}
    assert {name for name, of in faults.items() if "โหลด" not in of[0][1]} == set()


def test_a_paper_is_never_read_as_a_register(sample: Warehouse, elsewhere):
    paper = papers.paper("certification", Filters(year=("2565",), district=("3421",)), DESK)
    report = elsewhere({"list.pdf": paper.pdf})
    assert report["outcome"] == "refused" and all(sheet["problems"] for sheet in report["files"])


def offered(programme: str, frame, form: str) -> dict[str, bytes]:
    """A list as its page offers it, file name -> content."""
    choice = programme_file.choices(
        programme, lambda: frame, Filters(), "assessed_date" if programme == "sufficiency" else "on_day"
    )
    (made,) = (c for c in choice if c.name.endswith(".tidy.csv") == (form == "tidy"))
    return {made.name: made.make().bytes}


@pytest.mark.parametrize("form", ["csv", "tidy"])
def test_a_programme_s_list_gives_the_projects_it_was_made_of(sample: Warehouse, elsewhere, form):
    before = ask("fund_projects", Filters(), DESK, limit=100)
    said = elsewhere(offered("fund", before, form))
    (sheet,) = said["files"]
    assert (said["outcome"], sheet["register"], sheet["rows_refused"]) == ("built", "fund_project", 0)
    after = ask("fund_projects", Filters(), DESK, limit=100)
    told = [
        "fiscal_year",
        "project_no",
        "village_code",
        "group_name",
        "fund_kind",
        "approved_amount",
        "received_date",
        "contract_no",
    ]
    lists = [frame[told].sort_values("project_no").astype(str).to_dict("records") for frame in (before, after)]
    assert len(before) > 20 and lists[0] == lists[1]
    assert {(p["fault"], p["severity"]) for p in sheet["problems"]} == {("own_list", "notice")}


@pytest.mark.parametrize("form", ["csv", "tidy"])
def test_the_list_of_village_funds_gives_the_funds_it_was_made_of(sample: Warehouse, elsewhere, form):
    before = ask("debt_villages", Filters(), DESK, limit=100)
    said = elsewhere(offered("debts", before, form))
    (sheet,) = said["files"]
    assert (said["outcome"], sheet["register"], sheet["rows_refused"]) == ("built", "debt_fund", 0)
    after = ask("debt_villages", Filters(), DESK, limit=100)
    told = [
        "fiscal_year",
        "village_code",
        "fund_capital",
        "households_lent",
        "with_households",
        "in_bank",
        "in_cash",
        "book_bank",
    ]
    lists = [frame[told].sort_values("village_code").astype(str).to_dict("records") for frame in (before, after)]
    assert len(before) == 82 and lists[0] == lists[1]
    assert {(p["fault"], p["severity"]) for p in sheet["problems"]} == {("own_list", "notice")}


@pytest.mark.parametrize("form", ["csv", "tidy"])
@pytest.mark.parametrize("instrument", [row["instrument"] for row in definitions.table("instruments")])
def test_the_list_of_levels_gives_the_assessments_it_was_made_of(sample: Warehouse, elsewhere, form, instrument):
    before = ask("village_levels", Filters(), DESK, instrument=instrument, limit=100)
    said = elsewhere(offered("sufficiency", before, form))
    (sheet,) = said["files"]
    assert (said["outcome"], sheet["register"], sheet["rows_refused"]) == ("built", "village_assessment", 0)
    after = ask("village_levels", Filters(), DESK, instrument=instrument, limit=100)
    told = [
        "assessed_year",
        "village_code",
        "instrument",
        "assessment_round",
        "assessed_date",
        "assessed_households",
        "stated_level",
    ]
    lists = [frame[told].astype(str).sort_values(told).to_dict("records") for frame in (before, after)]
    assert len(before) > 2 and lists[0] == lists[1]
    assert {(p["fault"], p["severity"]) for p in sheet["problems"]} == {("own_list", "notice")}  # nobody is asked anything


@pytest.mark.parametrize("form", ["csv", "tidy"])
def test_an_office_s_lists_give_the_skills_and_lessons_they_were_made_of(sample: Warehouse, elsewhere, form):
    office = Filters.of({"district": ["3411"]})
    lists = {"staff_skill": learning_parts.held(office, DESK), "lesson": ask("lessons", office, DESK, limit=100)}
    staff = b"district_code,staff_no,post\n" + b"".join(b"3411,%d,officer\n" % n for n in range(1, 13))
    said = elsewhere(
        {
            f"{name}.csv": content
            for name, of in (("staff_skill", "skills"), ("lesson", "lessons"))
            for content in offered(of, lists[name], form).values()
        }
        | {"staff.csv": staff}
    )
    of_lists = [sheet["problems"] for sheet in said["files"] if sheet["file"] != "staff.csv"]
    assert [{(p["fault"], p["severity"]) for p in problems} for problems in of_lists] == [{("own_list", "notice")}] * 2
    read = {sheet["file"]: (sheet["register"], sheet["rows_in"], sheet["rows_refused"]) for sheet in said["files"]}
    assert read == {f"{n}.csv": (n, len(frame), 0) for n, frame in lists.items()} | {"staff.csv": ("staff", 12, 0)}
    after = learning_parts.held(office, DESK)
    assert sorted(zip(after["staff_no"], after["skill"], strict=True)) == sorted(
        zip(lists["staff_skill"]["staff_no"], lists["staff_skill"]["skill"], strict=True)
    )
    needs = ask("lessons", office, DESK, limit=100)
    assert (
        needs[["lesson_no", "lesson_title", "lesson_need"]]
        .astype(str)
        .equals(lists["lesson"][["lesson_no", "lesson_title", "lesson_need"]].astype(str))
    )


@pytest.mark.parametrize("form", ["json", "seen.json", "pdf", "docx"])
def test_a_meeting_s_files_are_never_read_as_a_register(sample: Warehouse, elsewhere, form):
    made = {
        "json": lambda: json.dumps(FACTS, ensure_ascii=False, indent=1).encode(),
        "seen.json": lambda: json.dumps({"items": [{"households": 4}]}).encode(),
        "pdf": lambda: minutes.pdf(FACTS),
        "docx": lambda: minutes.docx(FACTS),
    }
    report = elsewhere({f"meeting.{form}": made[form]()})
    assert report["outcome"] == "refused" and all(sheet["problems"] for sheet in report["files"])


def test_the_table_of_lists_is_that_of_the_code(sample: Warehouse):
    assert own_exports.list_rows() == list(definitions.table("own_lists")), "python -m tests.own_exports writes it anew"
    assert own_exports.LISTED.keys() == programme_file.REGISTERS.keys()


def test_a_list_with_a_column_that_somebody_added_or_took_out_is_still_read(sample: Warehouse, elsewhere):
    before = ask("village_levels", Filters(), DESK, limit=100)
    said = elsewhere({"more.csv": programme_file.tidy(before.assign(note="ดี"))})
    (sheet,) = said["files"]
    assert (said["outcome"], sheet["register"]) == ("built", "village_assessment")
    assert [(p["fault"], p["found"]) for p in sheet["problems"]] == [("unknown_heading", "note"), ("own_list", "")]


def test_the_table_of_exports_is_that_of_the_code(sample: Warehouse):
    made = {tuple(row.values()) for row in own_exports.rows(sample.ask("households", limit=1)[0]["ref"])}
    there = {(row["export"], row["headings_are"], row["headings"]) for row in definitions.table("own_exports")}
    assert made ^ there == set(), "python -m tests.own_exports writes definitions/own_exports.csv anew"
    assert {row["export"] for row in definitions.table("own_exports")} <= {
        row["reason"] for row in definitions.table("unreadable")
    }


def test_no_file_is_offered_that_nobody_taught_this():
    found: dict[str, int] = {}
    for path in [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        if count := len(re.findall(r"\bst\.download_button\(|\bChoice\(\s*(?:t\(|\"\")", path.read_text(encoding="utf-8"))):
            found[path.relative_to(ROOT).as_posix()] = count
    assert found == {where: count for where, (count, _) in OFFERED.items() if (ROOT / where).exists()}


def test_levels_of_villages_load_again_as_assessments(sample, elsewhere):
    before = ask("village_levels", Filters(), DESK, limit=100)
    said = elsewhere(offered("sufficiency", before, "csv"))
    (sheet,) = [sheet for sheet in said["files"] if sheet["register"]]
    assert (said["outcome"], sheet["register"], sheet["rows_refused"]) == ("built", "village_assessment", 0)
    after = ask("village_levels", Filters(), DESK, limit=100)
    told = ["assessed_year", "village_code", "instrument", "assessment_round", "stated_level", "assessed_households"]
    assert after[told].sort_values(told).to_csv(index=False) == before[told].sort_values(told).to_csv(index=False)


@pytest.mark.parametrize("language", ["th", "en"])
def test_templates_and_refused_rows_load(tmp_path: Path, monkeypatch, language):
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    blank_workbook.write("household", tmp_path / "แบบกรอก.xlsx", language, filled=True)
    w = loaded(tmp_path / "data", tmp_path / "แบบกรอก.xlsx")
    assert {p["severity"] for s in w.report["files"] for p in s["problems"]} <= {"notice"} and len(w.households()) == 2
    head = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา,จำนวนสมาชิก"
    bad = f"{head}\n2565,X,34210601,TPMAP,สาม\n2565,Y,34210601,TPMAP,2\n"
    (tmp_path / "bad.csv").write_text(bad, encoding="utf-8")
    w = loaded(tmp_path / "data", tmp_path / "bad.csv")
    (book,) = workbooks(Store(w.folder).build_path(w.report["build"]), tmp_path / "back", language)
    said = loaded(tmp_path / "data", book).report
    assert [(s["rows_in"], s["rows_refused"]) for s in said["files"] if s["file"] == book.name] == [(1, 0)]
    assert len(Warehouse(w.folder, {}).households()) == 4
