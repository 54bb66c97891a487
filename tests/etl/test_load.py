"""Loading as a whole: what cannot be read leaves everything as it was, a corrected file replaces, the report's shape."""

import json
import zipfile

import pytest
import xlsxwriter

from etl import __main__ as verbs
from etl import load as loader
from etl import report
from etl.store import Store
from tests.drawn import loaded

HEAD = "register_year,household_id,village_code,source"
GOOD = f"{HEAD}\n2565,A,34210601,tpmap\n".encode()
FILE = {"file", "sheet", "register", "register_year", "rows_in", "rows_kept", "rows_refused", "problems", "columns"}
PROBLEM = {"fault", "row", "column", "found", "expected", "severity", "message"}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A data folder that holds one good register, and where the files lie."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))
    (tmp_path / "good.csv").write_bytes(GOOD)
    loaded(tmp_path / "data", tmp_path / "good.csv")
    return tmp_path


def load(desk, *names: str) -> tuple[int, dict]:
    """Exit code and report of the verb."""
    named = [name if name.startswith("--") else str(desk / name) for name in names]
    arguments = ["load", *named, "--data", str(desk / "data"), "--report", str(desk / "report.json")]
    code = verbs.main(arguments)
    return code, json.loads((desk / "report.json").read_text(encoding="utf-8"))


def truncated(desk) -> bytes:
    with xlsxwriter.Workbook(desk / "whole.xlsx") as book:
        book.add_worksheet("ครัวเรือน").write_row(0, 0, HEAD.split(","))
    whole = (desk / "whole.xlsx").read_bytes()
    return whole[: len(whole) // 2]


def bomb(desk) -> bytes:
    with zipfile.ZipFile(desk / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"\0" * (201 << 20))
    return (desk / "bomb.zip").read_bytes()


UNREADABLE = {
    "binary.csv": lambda desk: bytes(range(256)) * 20,
    "cp874.csv": lambda desk: "ปีทะเบียน,รหัสครัวเรือน\n2565,ก\n".encode("cp874"),
    "late.csv": lambda desk: GOOD * 9 + "2565,ข,34210601,tpmap\n".encode() * 2000 + b"2565,\xff,34210601,tpmap\n",
    "empty.csv": lambda desk: b"",
    "headings.csv": lambda desk: f"{HEAD}\n".encode(),
    "letter.csv": lambda desk: "เรียน นายอำเภอ\nด้วยความเคารพ\n".encode(),
    "all refused.csv": lambda desk: f"{HEAD}\n1,A,2,x\n".encode(),
    "open quote.csv": lambda desk: GOOD + b'2565,"B,34210601,tpmap\n',
    "truncated.xlsx": truncated,
    "picture.xlsx": lambda desk: b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "bomb.xlsx": bomb,
    "empty.xlsx": lambda desk: b"",
    "old.xls": lambda desk: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


def everything(store: Store) -> tuple:
    return store.current(), store.accepted(), sorted(p.name for p in store.warehouse.iterdir())


@pytest.mark.parametrize(
    "names",
    [["binary.csv"], ["truncated.xlsx"], ["headings.csv"], list(UNREADABLE)],
    ids=lambda n: n[0] if len(n) == 1 else "all",
)
def test_a_file_that_gives_nothing_leaves_the_earlier_build_in_place(desk, names):
    for name in names:
        (desk / name).write_bytes(UNREADABLE[name](desk))
    (desk / "also good.csv").write_bytes(GOOD.replace(b"A", b"B"))
    store = Store(desk / "data")
    before = everything(store)
    code, said = load(desk, "also good.csv", *names)
    assert (code, said["outcome"], said["build"]) == (2, "refused", before[0])
    for name in names:
        sheets = [f for f in said["files"] if f["file"] == name]
        problems = [p for f in sheets for p in f["problems"]]
        assert problems and all(set(p) == PROBLEM and p["message"].startswith(name) for p in problems), name
        assert not any(f["rows_kept"] for f in sheets) and all(f["rows_in"] == f["rows_refused"] for f in sheets), name
    assert everything(store) == before


@pytest.mark.parametrize("name", ["nowhere.csv", "folder.csv"])
def test_a_missing_file_or_a_folder_is_refused(desk, name):
    (desk / "folder.csv").mkdir()
    code, said = load(desk, "good.csv", name)
    (problem,) = said["files"][0]["problems"]
    assert (code, said["outcome"], problem["row"], said["files"][0]["file"]) == (2, "refused", None, name)
    assert set(said["files"][0]) == FILE and set(problem) == PROBLEM


def test_the_report_has_the_shape_that_was_promised(desk):
    (desk / "more.csv").write_text(
        f"{HEAD},income per person per year\n2564,B,34210601,tpmap,x\n2564,C,34210601,nowhere,\n", encoding="utf-8"
    )
    code, said = load(desk, "more.csv")
    assert (code, set(said), said["outcome"]) == (1, {"outcome", "build", "files"}, "built")
    (file,) = said["files"]
    assert set(file) == FILE and {frozenset(p) for p in file["problems"]} == {frozenset(PROBLEM)}
    assert [(p["row"], p["severity"]) for p in file["problems"]] == [(2, "warning"), (3, "error")]
    assert (file["register"], file["register_year"], file["rows_in"], file["rows_kept"], file["rows_refused"]) == (
        "household", 2564, 2, 1, 1,
    )  # fmt: skip


def test_exit_codes_are_0_kept_1_some_refused_2_nothing_changed(desk):
    (desk / "kept.csv").write_bytes(GOOD.replace(b"A", b"K"))
    assert load(desk, "kept.csv")[0] == 0
    (desk / "part.csv").write_bytes(GOOD.replace(b"A", b"P") + b"2565,Q,34210601,nowhere\n")
    assert load(desk, "part.csv")[0] == 1
    assert load(desk, "part.csv")[0] == 2


def test_the_same_file_twice_changes_nothing(desk):
    store = Store(desk / "data")
    before = store.current(), store.build_path(store.current()).stat().st_mtime_ns
    code, said = load(desk, "good.csv")
    assert (code, said) == (2, {"outcome": "unchanged", "build": before[0], "files": []})
    assert (store.current(), store.build_path(store.current()).stat().st_mtime_ns) == before


def test_a_corrected_file_of_the_same_name_replaces_and_another_name_adds(desk):
    (desk / "good.csv").write_bytes(GOOD.replace(b"A", b"corrected"))
    assert load(desk, "good.csv")[0] == 0
    (desk / "other.csv").write_bytes(GOOD.replace(b"A", b"other"))
    w = loaded(desk / "data", desk / "other.csv")
    assert list(w.households()) == ["corrected", "other"]
    assert [f.name for f in Store(desk / "data").accepted()] == ["good.csv", "other.csv"]


def test_two_files_of_one_name_given_together_are_two_and_every_row_is_counted(desk):
    for folder, rows in (("a", 3), ("b", 4)):
        (desk / folder).mkdir()
        lines = "".join(f"2565,{folder}{n},34210601,tpmap\n" for n in range(rows))
        (desk / folder / "r.csv").write_text(f"{HEAD}\n{lines}")
    code, said = load(desk, "a/r.csv", "b/r.csv")
    assert (code, said["kept_apart"]) == (0, {"r (2).csv": "r.csv"})
    assert [(s["file"], s["rows_in"], s["rows_kept"]) for s in said["files"]] == [("r.csv", 3, 3), ("r (2).csv", 4, 4)]
    assert load(desk, "b/r.csv")[1]["outcome"] == "unchanged"
    assert len({f.path for f in Store(desk / "data").accepted()}) == 3


def test_going_back_to_an_earlier_file_never_touches_a_file_that_somebody_may_have_open(desk):
    store = Store(desk / "data")
    first = store.build_path(store.current())
    before = first.stat().st_ino
    (desk / "good.csv").write_bytes(GOOD.replace(b"A", b"B"))
    assert load(desk, "good.csv")[0] == 0
    (desk / "good.csv").write_bytes(GOOD)
    assert load(desk, "good.csv")[0] == 0
    assert (store.build_path(store.current()), first.stat().st_ino) == (first, before)


def test_a_lost_build_file_is_built_again(desk):
    store = Store(desk / "data")
    store.build_path(store.current()).unlink()
    assert load(desk, "good.csv")[1]["outcome"] == "built"
    assert store.build_path(store.current()).exists()


def test_a_failure_on_the_way_changes_nothing_and_says_so(desk, monkeypatch, capsys):
    (desk / "more.csv").write_bytes(GOOD.replace(b"A", b"B"))
    store = Store(desk / "data")
    before = store.current(), store.accepted()

    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loader, "probe", full)
    assert verbs.main(["load", str(desk / "more.csv"), "--data", str(desk / "data")]) == 2
    assert "the disk is full" in capsys.readouterr().err
    assert (store.current(), store.accepted()) == before


def test_exit_codes_follow_the_report():
    sheets = [{"rows_refused": 0}, {"rows_refused": 2}]
    assert [
        report.exit_code({"outcome": o, "files": f}) for o, f in [("built", sheets[:1]), ("built", sheets), ("refused", [])]
    ] == [0, 1, 2]


def test_accepted_registers_are_for_their_owner_only(desk):
    folder = desk / "data" / "registers"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in folder.iterdir())
    assert (desk / "data" / "secret.key").stat().st_mode & 0o077 == 0


def test_strict_refuses_a_file_of_which_a_heading_is_not_sure(desk):
    unsure = GOOD.decode().replace("source", "source,รายได้", 1)
    lines = unsure.splitlines()
    (desk / "unsure.csv").write_text("\n".join([lines[0], *(f"{line},3000" for line in lines[1:])]) + "\n", encoding="utf-8")
    code, said = load(desk, "unsure.csv", "--strict")
    asked = [p for s in said["files"] for p in s["problems"] if p["fault"] == "no_basis"]
    assert (code, said["outcome"]) == (2, "refused") and asked[0]["answer"].startswith('--match "รายได้=income_')
    code, said = load(desk, "unsure.csv")
    assert (code, said["outcome"]) == (0, "built")
