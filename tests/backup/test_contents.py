"""Nothing can come into a data folder that a backup does not know: the folder, the lists of its parts and the code are looked through."""

import ast
import re
from pathlib import Path

import manage
from backup import contents
from installation.paths import PROJECT
from installation.private_files import PRIVATE

ROOMS = ("access", "audit", "definitions", "etl", "field", "installation", "journal", "pages", "queries", "ui")
FOLDERS = {"folder", "data_folder()", "self.folder", "self.store.folder", "store.folder", "candidate.folder"}
OF_A_LOAD = {"build.duckdb", "staged.json", "carried.csv"}  # `folder` is that of a load there, which goes with it


def known(part: str) -> bool:
    """Whether a part of a data folder, a file or a folder, stands in one of the tables."""
    patterns = [pattern.replace("\\", "") for pattern in (*contents.KEPT, *contents.LEFT)]
    return contents.kept(part) or contents.left(part) or any(p.startswith(f"{part}/") for p in patterns) or _alternative(part)


def _alternative(part: str) -> bool:
    return contents.left(f"{part}/") or contents.left(f"{part}/lock")


def parts_in_code() -> dict[str, str]:
    """Part of a data folder -> a file whose code names it, as in `folder / "audit"`."""
    found: dict[str, str] = {}
    for path in (p for room in ROOMS for p in sorted((PROJECT / room).rglob("*.py"))):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if part := _part(node, constants):
                found.setdefault(part, path.relative_to(PROJECT).as_posix())
    return found


def _part(node: ast.AST, constants: dict[str, object]) -> str | None:
    """The path below a data folder that an expression makes; "" for the folder itself, None for anything else."""
    if not isinstance(node, ast.BinOp):
        return "" if isinstance(node, ast.expr) and ast.unparse(node) in FOLDERS else None
    before, right = _part(node.left, constants), node.right
    named = right.value if isinstance(right, ast.Constant) else constants.get(getattr(right, "id", ""))
    if before is None or not isinstance(node.op, ast.Div) or not isinstance(named, str):
        return None
    return f"{before}/{named}".lstrip("/")


def test_what_code_puts_into_a_data_folder_is_kept_or_left_out_on_purpose() -> None:
    parts = parts_in_code()
    assert {"audit/lock", "secret.key", "decisions.jsonl", "journal/journal.db", "signed_out", "warehouse/CURRENT"} <= set(
        parts
    )
    assert {part: place for part, place in parts.items() if not known(part) and part not in OF_A_LOAD} == {}


def test_every_private_part_and_every_part_that_was_ever_moved_is_known() -> None:
    assert [part for part in PRIVATE if not known(part)] == []
    assert [part for part in manage.MOVED if not known(part.replace("*", "jsonl"))] == []


def test_an_installation_that_holds_something_of_everything_holds_nothing_unknown(office) -> None:
    w = office()
    assert contents.unknown(w.folder) == []
    there = [name for name in contents.names(w.folder) if contents.kept(name)]
    assert [pattern for pattern in contents.KEPT if not any(re.fullmatch(pattern, name) for name in there)] == []


def test_what_nobody_taught_is_said_by_its_name_and_not_written_from_an_archive(tmp_path: Path) -> None:
    for name in ("notes.txt", "audit/notes.txt", "keys/a/b", "journal/other.db", "warehouse/x.json", "empty/"):
        place = tmp_path / name
        (place if name.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            place.touch()
        assert not contents.kept(name)
    (tmp_path / "staging" / "x").mkdir(parents=True)
    (tmp_path / "registers").mkdir()
    expected = ["audit/notes.txt", "empty/", "journal/other.db", "keys/a/b", "notes.txt", "warehouse/x.json"]
    assert sorted(contents.unknown(tmp_path)) == expected


def test_no_name_that_leads_out_of_the_folder_is_kept() -> None:
    evil = ["..", "../secret.key", "/secret.key", "registers/../secret.key", "journal/photos/../../x", "journal/photos/.."]
    evil += [
        "journal\\journal.db",
        f"registers/{'a' * 64}.x/../../y",
        f"registers/{'a' * 64}.x\\..\\y",
        "secret.key\n",
        "C:secret.key",
        "",
    ]
    assert [name for name in evil if contents.kept(name)] == []
