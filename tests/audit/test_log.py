"""The log keeps one chain whoever writes, and whatever is done to its files afterwards is detected."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import __main__, chain, log, prune
from audit.verify import Verdict, verify

ROOT = Path(__file__).parent.parent.parent
Lines = list[bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with ten entries."""
    for number in range(10):
        log.write(tmp_path, "somying@example.go.th", "search", role="field", build="b1", length=number)
    return tmp_path


def only(folder: Path) -> Path:
    (path,) = chain.months(folder)
    return path


def changed(folder: Path, change: Callable[[Lines], Lines | None]) -> Verdict:
    """The verdict after something was done to the lines of the log."""
    lines = only(folder).read_bytes().splitlines(keepends=True)
    only(folder).write_bytes(b"".join(change(lines) or lines))
    return verify(folder)


def kinds(verdict: Verdict) -> list[str]:
    return [finding.kind for finding in verdict.findings]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`clock("2025-03-01")`: the log's clock stands at noon UTC of that day."""

    def stand(day: str) -> None:
        now = datetime.fromisoformat(f"{day}T12:00:00+00:00")

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return now.astimezone(tz)

        for module in (log, prune):
            monkeypatch.setattr(module, "datetime", Clock)

    return stand


def test_an_entry_says_who_did_what_when_and_on_which_build(folder: Path) -> None:
    entry = next(log.entries(folder))
    assert list(entry) == ["n", "when", "who", "role", "action", "build", "facts", "previous", "hash"]
    assert (entry["n"], entry["who"], entry["role"], entry["build"]) == (10, "somying@example.go.th", "field", "b1")
    assert (entry["action"], entry["facts"]) == ("search", {"length": 9})
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry["when"])).total_seconds() < 60


def test_a_log_that_nobody_touched_is_whole(folder: Path) -> None:
    verdict = verify(folder)
    assert (verdict.whole, verdict.entries, verdict.findings) == (True, 10, [])
    assert verify(folder, verdict.seal).whole


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda lines: [line.replace(b'"length":3', b'"length":4') for line in lines], "edited"),
        (lambda lines: [line.replace(b"somying", b"somchai") if n == 9 else line for n, line in enumerate(lines)], "edited"),
        (lambda lines: lines[:4] + lines[5:], "missing"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "moved"),
        (lambda lines: [*lines[:6], lines[2], *lines[6:]], "moved"),
        (lambda lines: [*lines, lines[-1]], "moved"),
        (lambda lines: [*lines[:6], b'{"n":7,"who":"nobody"}\n', *lines[6:]], "edited"),
        (lambda lines: [*lines, b'{"n":11,"who":"nobody"}\n'], "edited"),
        (lambda lines: lines[3:], "beginning"),
        (lambda lines: lines[:-1], "cut"),
        (lambda lines: lines[:2], "cut"),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], "cut"),
        (lambda lines: [b""], "cut"),
    ],
)  # fmt: skip
def test_every_change_is_found_and_stays_found(folder: Path, change: Callable[[Lines], Lines], kind: str) -> None:
    verdict = changed(folder, change)
    assert not verdict.whole and kind in kinds(verdict)
    log.write(folder, "desk", "search", length=1)
    log.write(folder, "desk", "search", length=2)
    assert not verify(folder).whole


def test_a_log_that_is_gone_altogether_is_missed(folder: Path) -> None:
    only(folder).unlink()
    assert kinds(verify(folder)) == ["cut"]


def test_a_head_that_is_gone_or_forged_is_found_and_stays_found(folder: Path) -> None:
    lines = only(folder).read_bytes().splitlines(keepends=True)
    for forged in (None, lines[3], b"{}"):
        (folder / "audit.head").unlink()
        if forged is not None:
            (folder / "audit.head").write_bytes(forged)
        only(folder).write_bytes(b"".join(lines[:4]))
        assert kinds(verify(folder)) == ["no_head"]
        log.write(folder, "desk", "search", length=1)
        assert "headless" in kinds(verify(folder))


def test_an_older_copy_of_log_and_head_together_is_found_by_the_seal_that_was_written_down(folder: Path) -> None:
    kept = {path: path.read_bytes() for path in (only(folder), folder / "audit.head")}
    log.write(folder, "desk", "export")
    seal = verify(folder).seal
    for path, content in kept.items():
        path.write_bytes(content)
    assert verify(folder).whole  # nothing on this disk knows better
    assert kinds(verify(folder, seal)) == ["unseen"]
    log.write(folder, "desk", "search")
    assert kinds(verify(folder, seal)) == ["unseen"]


@pytest.mark.builds
def test_another_secret_makes_no_valid_line(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    for _ in range(3):
        log.write(other, "desk", "export")
    verdict = changed(folder, lambda lines: [*lines, *only(other).read_bytes().splitlines(keepends=True)])
    assert kinds(verdict) == ["edited"] * 3


@given(st.data())
def test_any_byte_changed_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = tmp_path_factory.mktemp("bytes")
    for number in range(3):
        log.write(place, "desk", "search", length=number)
    raw = bytearray(only(place).read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255).filter(lambda b: b != raw[at]))
    only(place).write_bytes(raw)
    assert not verify(place).whole


@pytest.mark.parametrize("length", [1, 40, 200])
def test_a_line_torn_by_a_power_cut_is_said_and_the_chain_goes_on(folder: Path, length: int) -> None:
    line = only(folder).read_bytes().splitlines()[-1]
    with open(only(folder), "ab") as file:
        file.write(line[:length])
    assert (verify(folder).whole, kinds(verify(folder))) == (True, ["torn"])
    log.write(folder, "desk", "search", length=1)
    verdict = verify(folder)
    assert (verdict.whole, verdict.entries, kinds(verdict), verdict.findings[0].a) == (True, 11, ["torn"], length)


def test_a_power_cut_between_the_entry_and_the_head_loses_nothing(folder: Path) -> None:
    before = (folder / "audit.head").read_bytes()
    log.write(folder, "desk", "export")
    (folder / "audit.head").write_bytes(before)
    assert verify(folder).whole
    log.write(folder, "desk", "export")
    assert (verify(folder).whole, verify(folder).entries) == (True, 12)


WRITER = "import sys; from pathlib import Path; from audit import log\nfor n in range(40): log.write(Path(sys.argv[1]), sys.argv[2], 'search', length=n)"


def test_processes_and_threads_keep_one_chain(tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), f"process {n}"], cwd=ROOT) for n in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: log.write(tmp_path, f"thread {n % 8}", "search", length=n), range(80)))
    assert [other.wait(60) for other in others] == [0] * 4
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.entries) == (True, 4 * 40 + 80)
    lengths = [(entry["who"], entry["facts"]["length"]) for entry in log.entries(tmp_path)]
    for n in range(4):
        assert [length for who, length in lengths if who == f"process {n}"] == list(range(39, -1, -1))


def test_two_that_begin_at_once_make_one_secret(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from installation.secret import secret; print(secret(Path(sys.argv[1])).hex())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({one.communicate()[0] for one in started}) == 1


def test_months_are_files_and_one_chain(tmp_path: Path, clock: Callable[[str], None]) -> None:
    for day in ("2025-01-31", "2025-02-01", "2025-01-15", "2025-03-01"):  # the clock was set back once
        clock(day)
        log.write(tmp_path, "desk", "search")
    assert [path.stem for path in chain.months(tmp_path)] == ["2025-01", "2025-02", "2025-03"]
    assert (verify(tmp_path).whole, verify(tmp_path).entries) == (True, 4)


@pytest.fixture
def old(tmp_path: Path, clock: Callable[[str], None]) -> Path:
    """A log of two years, two entries a month, at the end of November 2026."""
    for year, month in [(2024, 12), *((2025, m) for m in range(1, 13)), *((2026, m) for m in range(1, 12))]:
        clock(f"{year}-{month:02}-27")
        for _ in range(2):
            log.write(tmp_path, "desk", "search")
    return tmp_path


def test_what_is_older_than_eighteen_months_is_removed_and_the_chain_stays_whole(old: Path) -> None:
    removed = prune.prune(old, "desk")
    assert [path.stem for path in removed] == ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04"]
    assert (chain.months(old)[0].stem, verify(old).whole, verify(old).first["n"]) == ("2025-05", True, 11)
    entry = next(log.entries(old, action="log_pruned"))
    assert [(month, number) for month, number, _ in entry["facts"]["removed"]] == [
        ("2024-12", 2), ("2025-01", 4), ("2025-02", 6), ("2025-03", 8), ("2025-04", 10),
    ]  # fmt: skip
    assert prune.prune(old, "desk") == []


def test_a_month_removed_by_hand_is_missed(old: Path) -> None:
    chain.months(old)[0].unlink()
    assert kinds(verify(old)) == ["beginning"]
    with pytest.raises(prune.Faulty):
        prune.prune(old, "desk")
    assert prune.prune(old, "desk", faulty_too=True)
    assert next(log.entries(old, action="log_pruned"))["facts"]["faults"] == 1


def test_a_removal_that_a_power_cut_stopped_is_no_fault(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[Path] = []

    def unlink(path: Path) -> None:
        if len(gone) == 2:
            raise KeyboardInterrupt
        os.unlink(path)
        gone.append(path)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(KeyboardInterrupt):
        prune.prune(old, "desk")
    monkeypatch.undo()
    assert verify(old).whole and chain.months(old)[0].stem == "2025-02"


def test_days_are_the_offices_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[str], None]) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        clock(day)
        log.write(tmp_path, "desk", "search", day=day)
    monkeypatch.undo()
    entries = log.entries(tmp_path, date(2026, 3, 2), date(2026, 3, 2))
    assert [entry["facts"]["day"] for entry in entries] == ["2026-03-02"]
    assert [e["facts"]["day"] for e in log.entries(tmp_path, who="DES", begin=date(2026, 3, 3))] == ["2026-03-03"]
    assert list(log.entries(tmp_path, action="export")) == []


def test_no_citizen_id_and_no_novel_gets_into_it(tmp_path: Path) -> None:
    log.write(tmp_path, "1-1000-00000-00-1", "refused", why="1100000000001 ก" * 500, more=["3100000000001"], none=None)
    entry = next(log.entries(tmp_path))
    text = json.dumps(entry, ensure_ascii=False)
    assert "1100000000001" not in text and "3100000000001" not in text and "1-1000" not in text and len(text) < 2500
    assert "none" not in entry["facts"]


def test_a_checksum_is_not_taken_for_a_citizen_id(tmp_path: Path) -> None:
    sums = [f"{random.Random(n).getrandbits(256):064x}" for n in range(200)] + ["a1234567890123f"]
    log.write(tmp_path, "desk", "export", sums=sums)
    assert next(log.entries(tmp_path))["facts"]["sums"] == sums


def test_a_line_end_in_a_fact_begins_no_new_line(tmp_path: Path) -> None:
    log.write(tmp_path, 'a"}\n{"n":9', "refused", why="x\r\ny\u2028z")
    assert (verify(tmp_path).whole, verify(tmp_path).entries) == (True, 1)


def test_what_is_no_action_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        log.write(tmp_path, "desk", "peek")


def test_a_disk_that_takes_nothing_is_said_and_leaves_no_half_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = only(folder).read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(log.Unwritable):
        log.write(folder, "desk", "reveal")
    monkeypatch.undo()
    assert only(folder).read_bytes() == before and verify(folder).whole


def test_a_folder_that_is_no_folder_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("")
    with pytest.raises(log.Unwritable):
        log.write(tmp_path, "desk", "reveal")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_its_files_are_their_owners(folder: Path) -> None:
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.rglob("*")}
    assert modes.pop("audit") == "0o700" and set(modes.values()) == {"0o600"}, modes


def test_the_verb_verifies_lists_and_says_what_it_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["verify", "--data", str(folder)]) == 0
    assert verify(folder).seal in capsys.readouterr().out
    log.write(folder, "=cmd|' /C calc'!A0", "refused", why="no such user")
    assert __main__.main(["list", "--data", str(folder), "--action", "refused", "--format", "csv"]) == 0
    assert "\"'=cmd|" in capsys.readouterr().out
    assert __main__.main(["list", "--data", str(folder), "--limit", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"] == {"why": "no such user"}
    assert __main__.main(["list", "--data", str(folder), "--who", "SOMYING"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 10
    changed(folder, lambda lines: lines[:-2])
    assert __main__.main(["verify", "--data", str(folder)]) == 1
    assert "entries 10 to 11 are missing" in capsys.readouterr().out
    assert __main__.main(["prune", "--data", str(folder)]) == 0


def test_looking_at_a_folder_without_a_log_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["list", "--data", str(tmp_path)]) == __main__.main(["verify", "--data", str(tmp_path)]) == 0
    assert "no entry yet" in capsys.readouterr().out and list(tmp_path.iterdir()) == []
