"""The verbs as scripts call them: what they print and how they end."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from queries import questions

ROOT = Path(__file__).parent.parent


def run(room: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", room, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")


def test_ask_as_json_says_what_the_numbers_are_about(sample_folder):
    done = run(
        "queries",
        "summary",
        "--tambon",
        "342106",
        "--certification",
        "certified",
        "--year",
        "2565",
        "--format",
        "json",
        "--data",
        sample_folder,
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, list(answer)) == (0, ["question", "filters", "as_of", "build", "rows"])
    assert (answer["question"], answer["as_of"]) == ("summary", "2022-09-15")
    assert answer["filters"] == {"year": ["2565"], "tambon": ["342106"], "certification": ["certified"]}
    assert answer["build"] == (sample_folder / "warehouse" / "CURRENT").read_text()
    (row,) = answer["rows"]
    assert {"households": 4, "target_households": 4}.items() <= row.items() and {"people", "target_people"} <= set(row)


def test_ask_as_csv_and_as_a_table_give_the_same_rows(sample_folder):
    question = ("summary", "--by", "tambon", "--data", sample_folder)
    rows = list(csv.DictReader(io.StringIO(run("queries", *question, "--format", "csv").stdout)))
    table = run("queries", *question).stdout
    assert {r["code"] for r in rows} >= {f"34210{n}" for n in range(1, 7)}
    assert all(r["code"] in table and r["households"] for r in rows) and "as of 2022-09-15" in table


def test_ask_dimensions_has_the_promised_columns(sample_folder):
    rows = json.loads(run("queries", "dimensions", "--format", "json", "--data", sample_folder).stdout)["rows"]
    assert [r["dimension"] for r in rows] == ["health", "living", "education", "income", "access"]
    assert {"deprived", "not_deprived", "no_data", "deprived_people"} <= set(rows[0])


def test_ask_without_a_question_lists_them_also_without_a_build(tmp_path):
    done = run("queries", "--format", "json", "--data", tmp_path)
    rows = json.loads(done.stdout)["rows"]
    assert done.returncode == 0 and [r["question"] for r in rows] == list(questions()) and all(r["says"] for r in rows)


def test_a_role_and_an_area_limit_the_answer(sample_folder):
    question = ("report", "--format", "json", "--data", sample_folder, "--role", "committee", "--area", "342106")
    rows = json.loads(run("queries", *question).stdout)["rows"]
    assert {r["tambon_code"] for r in rows} == {"342106"} and {r["household_id"] for r in rows} == {"xxx"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("sumary",), "is not one of"),
        (("summary", "--year", "65"), "must be 4 digits"),
        (("summary", "--dimension", "wealth"), "is not one of health"),
        (("summary", "--by", "house_no"), "invalid choice"),
        (("summary", "--role", "minister"), "invalid choice"),
        (("road", "--search", "x"), "road has no search"),
        (("summary", "--tambon", "' or 1=1 --"), "must be 6 digits"),
    ],
)
def test_a_wrong_question_ends_with_2_and_one_sentence(sample_folder, arguments, sentence):
    done = run("queries", *arguments, "--data", sample_folder)
    assert (done.returncode, done.stdout) == (2, "") and sentence in done.stderr and "Traceback" not in done.stderr


def test_without_a_build_ask_says_what_to_do(tmp_path):
    done = run("queries", "summary", "--data", tmp_path)
    assert done.returncode == 2 and "no build yet" in done.stderr


def test_an_empty_answer_is_no_error(sample_folder):
    done = run("queries", "households", "--tambon", "999999", "--data", sample_folder)
    assert done.returncode == 0 and "no rows" in done.stdout


def test_load_writes_its_report_and_ends_with_its_code(tmp_path):
    (tmp_path / "ทะเบียน 2566.csv").write_text(
        "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา\n2566,ก1,34210601,นอกระบบ\n2566,ก2,3421,นอกระบบ\n", encoding="utf-8-sig"
    )
    command = ("load", tmp_path / "ทะเบียน 2566.csv", "--data", tmp_path / "ข้อมูล ก", "--report", tmp_path / "r.json")
    done = run("etl", *command)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert done.returncode == 1 and "2 = 1 + 1" in done.stdout and report["outcome"] == "built"
    assert report["files"][0]["problems"][0]["message"] in done.stdout
    assert run("etl", *command).returncode == 2
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == {
        "outcome": "unchanged",
        "build": report["build"],
        "files": [],
    }
    missing = run("etl", "load", tmp_path / "nowhere.csv", "--data", tmp_path / "ข้อมูล ก")
    assert missing.returncode == 2 and "nowhere.csv" in missing.stdout and "Traceback" not in missing.stderr


def test_ensure_builds_the_sample_once(sample_folder):
    before = (sample_folder / "warehouse" / "CURRENT").stat().st_mtime_ns
    done = run("etl", "ensure", "--data", sample_folder)
    assert (done.returncode, done.stderr, (sample_folder / "warehouse" / "CURRENT").stat().st_mtime_ns) == (0, "", before)
