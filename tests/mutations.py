"""Faults of one line, each put into a copy of the project: the test file beside it must fail, and passes without it.

python -m tests.mutations [WORD…]   those whose file or test holds a word; exit 1 when one was not caught, 2 when a text is gone
python -m tests.mutations --texts   only whether every text still stands where it is said to stand, exactly once
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.project_copy import copied, run_tests

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Mutation:
    """One fault: in `file`, `old` (which stands there once) becomes `new`, and `test` must fail."""

    file: str
    old: str
    new: str
    test: str


MUTATIONS = (
    # access, audit, installation: who comes in, what is written down, what lies open
    Mutation("access/grants.py", "self.people.get(email.casefold())", "self.people.get(email)", "tests/access/test_grants.py"),
    Mutation("access/grants.py", "OTHERS = 0o077", "OTHERS = 0o007", "tests/access/test_grants.py"),
    Mutation(
        "access/grants.py", 'if row.cells["status"] == "active"]', 'if row.cells["status"]]', "tests/access/test_grants.py"
    ),
    Mutation("access/signed_out.py", "< oldest", "> oldest", "tests/access/test_signed_out.py"),
    Mutation("audit/chain.py", "rest, _hash(key, before", "rest, rest or _hash(key, before", "tests/audit/test_log.py"),
    Mutation("audit/verify.py", 'if entry["n"] > last["n"] + 1:', 'if entry["n"] > last["n"] + 2:', "tests/audit/test_log.py"),
    Mutation("audit/prune.py", "if path.stem < oldest]", "if path.stem <= oldest]", "tests/audit/test_log.py"),
    Mutation("audit/formula_injection.py", "＝＋－＠]", "]", "tests/ui/test_spreadsheets.py"),
    Mutation("installation/private_files.py", "OTHERS = 0o077", "OTHERS = 0o007", "tests/installation/test_private_files.py"),
    # journal: what is recorded, by whom, and what it makes of a build
    Mutation(
        "journal/event.py",
        "elif when is not None and (day := _day(when)) and day > today():",
        "elif False:",
        "tests/journal/test_record.py",
    ),
    Mutation("journal/store.py", 'same = digest == entry["digest"]', "same = True", "tests/journal/test_record.py"),
    Mutation("journal/store.py", 'text = json.dumps([row["seq"], *', "text = json.dumps([*", "tests/journal/test_record.py"),
    Mutation("journal/verify.py", "if number > 1 and entry", "if number > 9 and entry", "tests/journal/test_record.py"),
    Mutation(
        "queries/record.py", "if not reader.may(kind.right):", "if not reader.may('cases'):", "tests/journal/test_record.py"
    ),
    Mutation("queries/record.py", 'not reader.covers(where["village"])', "False", "tests/journal/test_record.py"),
    Mutation("journal/projection/entries.sql", "and list_has_all(ids, base)", "", "tests/journal/test_projection.py"),
    Mutation("journal/projection/entries.sql", "from head where not forked", "from head", "tests/journal/test_projection.py"),
    Mutation("journal/projection/entries.sql", "from voice where not carried", "from voice", "tests/journal/test_registers.py"),
    Mutation(
        "journal/projection/records.sql",
        "where kind = 'visit' and not carried",
        "where kind = 'visit'",
        "tests/journal/test_registers.py",
    ),
    Mutation("etl/clean/recorded_rows.py", "where key <> stands", "where key < ''", "tests/journal/test_registers.py"),
    Mutation("etl/clean/recorded_rows.py", "'r.')} >= {_day", "'r.')} < {_day", "tests/journal/test_registers.py"),
    Mutation("etl/load.py", "if recorded != other_recorded:", "if False:", "tests/journal/test_registers.py"),
    Mutation(
        "queries/register_file.py",
        '~frame["hidden"].fillna(False).astype(bool)',
        "[True] * len(frame)",
        "tests/journal/test_registers.py",
    ),
    Mutation(
        "journal/projection/records.sql",
        "said_on >= register_day",
        "said_on <> register_day",
        "tests/journal/test_projection.py",
    ),
    Mutation(
        "journal/projection/household.sql",
        "having min(check_result) = max(check_result)",
        "",
        "tests/journal/test_projection.py",
    ),
    Mutation("ui/session/live.py", "seq > watcher.shows and", "", "tests/ui/test_live.py"),
    # definitions: what a word means
    Mutation(
        "definitions/masks.sql", "'xxx-xxx-xx' || right(t, 2)", "'xxx-xxx-xx' || right(t, 4)", "tests/queries/test_access.py"
    ),
    Mutation(
        "definitions/masks.sql",
        "mask_address(t) as if(t is null, null, 'xxx')",
        "mask_address(t) as t",
        "tests/queries/test_matrix.py",
    ),
    Mutation(
        "definitions/tags.sql",
        "when measured < threshold then 0",
        "when measured <= threshold then 0",
        "tests/etl/test_tags.py",
    ),
    Mutation(
        "definitions/tags.sql",
        "case coalesce(checked, worst, flag)",
        "case coalesce(worst, checked, flag)",
        "tests/etl/test_tags.py",
    ),
    Mutation("definitions/rules.csv", "stalled_after,30,days", "stalled_after,29,days", "tests/queries/test_cases.py"),
    Mutation("definitions/roles.csv", "ผู้ดูตัวเลข,Viewer,hidden", "ผู้ดูตัวเลข,Viewer,open", "tests/queries/test_matrix.py"),
    # queries: who may ask what, and what is answered
    Mutation(
        "queries/reader.py",
        "None if NATION in self.areas else list",
        "None if NATION in (self.areas or (NATION,)) else list",
        "tests/queries/test_access.py",
    ),
    Mutation("queries/reader.py", '{c: self.sees(c) == "open"', '{c: self.sees(c) != "hidden"', "tests/queries/test_access.py"),
    Mutation(
        "queries/rights.py",
        "if question.coarse and finer:",
        "if question.coarse and not finer:",
        "tests/queries/test_coarse.py",
    ),
    Mutation(
        "queries/rights.py",
        "if kind in question.tells and not _has_right",
        "if kind in question.tells and _has_right",
        "tests/queries/test_access.py",
    ),
    Mutation("queries/filters.py", 'max((f"{place}~" for', 'max((f"{place}" for', "tests/queries/test_numbers.py"),
    Mutation("queries/csv_export.py", 'where(~runs, "\'" + text)', "where(~runs, text)", "tests/ui/test_spreadsheets.py"),
    Mutation(
        "queries/warehouse.py",
        "enable_external_access = false",
        "enable_external_access = true",
        "tests/queries/test_locked.py",
    ),
    Mutation("queries/doors.py", 'reader["areas"] is not None', 'reader["areas"] is None', "tests/queries/test_doors.py"),
    # ui: what reaches a browser
    Mutation("ui/server/middleware.py", "LOOPBACK.fullmatch(host)", "LOOPBACK.match(host)", "tests/ui/test_middleware.py"),
    Mutation(
        "ui/server/middleware.py",
        '"frame-ancestors": "\'none\'"',
        '"frame-ancestors": "\'self\'"',
        "tests/ui/test_middleware.py",
    ),
    Mutation(
        "ui/map/classes.py",
        "lows = [int(positive.min()), *(end + 1 for",
        "lows = [int(positive.min()), *(end for",
        "tests/ui/test_classes.py",
    ),
    Mutation(
        "ui/auth/identity.py",
        'if meeting() and asks.may("cases")',
        'if meeting() and not asks.may("cases")',
        "tests/ui/test_pages.py",
    ),
    Mutation(
        "ui/session/page_access.py",
        'return bool(row["question"]) and may_ask(row["question"], reader)',
        'return bool(row["question"])',
        "tests/ui/test_pages.py",
    ),
    # etl: nothing is lost and nothing is half done
    Mutation(
        "etl/store.py", 'set(self.registers.glob("*")) - kept', 'set(self.registers.glob("*"))', "tests/etl/test_atomic.py"
    ),
    # manage.py: what a shell sees
    Mutation(
        "manage.py", "if chosen.address != OWN and (refused", "if chosen.address == OWN and (refused", "tests/test_manage.py"
    ),
    Mutation("manage.py", "path.read_bytes() == expected.encode()", "bool(expected)", "tests/test_manage.py"),
    Mutation(
        "manage.py", 'if "--quick" in rest else system()', 'if "--quick" not in rest else system()', "tests/test_manage.py"
    ),
    Mutation("manage.py", "- self.begun >= STEADY", "- self.begun < STEADY", "tests/test_manage.py"),
)


def missing() -> list[str]:
    """Mutations whose text does not stand exactly once in its file, or whose test is gone."""
    found = []
    for mutation in MUTATIONS:
        path = ROOT / mutation.file
        times = path.read_text("utf-8").count(mutation.old) if path.exists() else 0
        if times != 1:
            found.append(f"{mutation.file}: {times} times instead of once: {mutation.old}")
        if not (ROOT / mutation.test).exists():
            found.append(f"{mutation.test} is gone")
    return found


def passes(project: Path, test: str) -> bool:
    """Whether a test file passes in a copy of the project."""
    return run_tests(project, "-x", test).returncode == 0


def caught(project: Path, mutation: Mutation) -> bool:
    """Whether the test fails while the fault is in the copy."""
    path = project / mutation.file
    whole = path.read_bytes()
    try:
        path.write_bytes(whole.replace(mutation.old.encode(), mutation.new.encode()))
        return not passes(project, mutation.test)
    finally:
        path.write_bytes(whole)


def main(arguments: list[str]) -> int:
    """Try those that were asked for, all where no word was given."""
    if gone := missing():
        print("\n".join(gone))
        return 2
    words = [word for word in arguments if word != "--texts"]
    chosen = [m for m in MUTATIONS if not words or any(word in f"{m.file} {m.test}" for word in words)]
    if "--texts" in arguments:
        return 0
    verdicts = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        project = copied(Path(folder) / "project")
        for test in dict.fromkeys(mutation.test for mutation in chosen):
            sound = passes(project, test)
            for mutation in (m for m in chosen if m.test == test):
                verdicts.append("fails anyway" if not sound else "caught" if caught(project, mutation) else "NOT CAUGHT")
                print(f"{verdicts[-1]:12}  {test}  {mutation.file}: {mutation.old}  ->  {mutation.new}", flush=True)
    print(f"{verdicts.count('caught')} of {len(verdicts)} caught")
    return int(set(verdicts) != {"caught"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
