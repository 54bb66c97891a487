"""The background job of a load: progress from the loader's messages, and its end, whatever it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.load import jobs
from ui.load.jobs import Job

READING = {"step": "read", "file": "ก.csv", "rows": 10}


def job(*messages: dict[str, Any], then: str = "") -> Job:
    """A job whose process writes these messages, one a line, runs `then` and ends; listened to until its end."""
    lines = "\n".join(json.dumps(message) for message in messages)
    code = f"import sys; print({lines!r}); {then}"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    made = Job("token", "uploads", process)
    jobs._listen(made)
    return made


@pytest.mark.parametrize(
    ("progress", "part"),
    [
        ({}, 0.0),
        ({"step": "unpack", "percent": 50}, 0.01),
        ({"step": "read", "bytes": 50, "of": 100}, 0.31),
        ({"step": "check", "percent": 100}, 0.75),
        ({"step": "tag", "percent": 0}, 0.75),
        ({"step": "report", "percent": 50}, 0.99),  # a step without a share of its own comes last
    ],
)
def test_progress_is_the_share_of_the_steps_before_and_of_this_one(progress: dict, part: float) -> None:
    assert Job("t", "u", None, progress=progress).part == pytest.approx(part)  # type: ignore[arg-type]


def test_steps_follow_each_other_without_a_gap() -> None:
    ends = [0.0, *(end for _, end in jobs.SHARE.values())]
    assert [begin for begin, _ in jobs.SHARE.values()] == ends[:-1]


def test_a_finished_job_has_its_report_and_its_last_message() -> None:
    made = job(READING, {"step": "done", "report": {"outcome": "built"}, "seconds": 2})
    assert (made.report, made.error, made.running) == ({"outcome": "built"}, "", False) and made.progress["seconds"] == 2


def test_a_job_that_dies_says_its_last_line_and_nothing_else_happens() -> None:
    made = job(READING, then="sys.exit('เปิดไม่ได้ · cannot be opened')")
    assert (made.report, made.error, made.running) == (None, "เปิดไม่ได้ · cannot be opened", False)


def test_a_job_that_ends_without_a_word_has_an_error_all_the_same() -> None:
    made = job(READING, then="import os; sys.stdout.flush(); os._exit(1)")
    assert (made.report, made.error, made.running) == (None, "–", False)


def test_a_token_of_another_server_names_no_job() -> None:
    assert jobs.job("0" * 32) is None and jobs.job(None) is None


class Dropped:
    """A file as the browser gives it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self._content = name, content

    def getbuffer(self) -> memoryview:
        return memoryview(self._content)


def test_files_of_one_name_that_are_dropped_together_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path))
    name = jobs.upload([Dropped("ทะเบียน.csv", b"1"), Dropped("ทะเบียน.csv", b"2"), Dropped("a\\ทะเบียน.csv", b"3")])
    kept = [path for path in (tmp_path / "staging" / name).rglob("*") if path.is_file()]
    assert {path.name for path in kept} == {"ทะเบียน.csv"} and {path.read_bytes() for path in kept} == {b"1", b"2", b"3"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "staging" / name).rglob("*") if path.is_dir())
