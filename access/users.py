"""The verb `users`: list, add and disable grants of the access control list `DIR/access.csv`.

Exit 0 done, 2 when nothing was changed, with every reason at once.
"""

import argparse
import csv
import io
import os
import sys
from pathlib import Path

from filelock import FileLock

from access import grants
from audit.log import Unwritable
from audit.log import write as write_entry
from installation.paths import data_folder

NOBODY = "console"  # who changes roles from a shell: whoever has the machine, not somebody who signed in

Grants = list[dict[str, str]]


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py users`."""
    made = argparse.ArgumentParser(prog="manage.py users", description="Who may sign in, in which role, for which areas.")
    verbs = made.add_subparsers(dest="verb")
    shown = verbs.add_parser("list", help="every grant")
    added = verbs.add_parser("add", help="give a person a role for one area or several")
    added.add_argument("email")
    added.add_argument("role", choices=grants.roles())
    added.add_argument("area", nargs="+", help="TH, or a code of 2, 4 or 6 digits")
    added.add_argument("--name", default="", help="as it shall stand on the person's own screen")
    added.add_argument("--note", default="", help="why, or until when; shown to nobody but who opens the file")
    gone = verbs.add_parser("disable", help="shut a person out, from the next tap on")
    gone.add_argument("email")
    for verb in (made, shown, added, gone):
        verb.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR")
    return made


def main(arguments: list[str]) -> int:
    """Run one of the three."""
    chosen = parser().parse_args(arguments)
    folder = (getattr(chosen, "data", None) or data_folder()).resolve()
    path = folder / grants.NAME
    current = grants.read(path) if path.exists() else grants.Users()
    if current.faults:
        return _refused(current.faults)
    try:
        if chosen.verb == "add":
            email, role, areas = chosen.email.casefold(), chosen.role, list(chosen.area)
            faults = add(folder, NOBODY, email, role, areas, chosen.name, chosen.note)
        elif chosen.verb == "disable":
            faults = disable(folder, NOBODY, chosen.email.casefold())
        else:
            return _list(listed(folder))
    except Unwritable:
        return _refused(["เขียนบันทึกการใช้งานไม่ได้ · the audit log cannot be written"])
    if faults:
        return _refused(faults)
    print(f"บันทึกแล้ว {path} · written")
    return 0


def listed(folder: Path) -> Grants:
    """Every grant as it stands in the file, none where there is no file."""
    path = folder / grants.NAME
    if not path.exists():
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{c: (row.get(c) or "").strip() for c in grants.COLUMNS} for row in csv.DictReader(file) if any(row.values())]


def add(folder: Path, who: str, email: str, role: str, areas: list[str], name: str = "", note: str = "") -> tuple[str, ...]:
    """`who` gives a person a role for some areas; returns what is wrong, and then nothing is changed. Raises log.Unwritable."""
    with _alone(folder):
        rows = added(listed(folder), email, role, areas, name, note)
        return replace(folder, rows, who, change="add", email=email, role=role, areas=areas)


def disable(folder: Path, who: str, email: str) -> tuple[str, ...]:
    """`who` shuts a person out, from the next tap on; returns what is wrong, and then nothing is changed. Raises log.Unwritable."""
    with _alone(folder):
        rows = listed(folder)
        changed = [row | {"status": "disabled"} if row["email"].casefold() == email else row for row in rows]
        if changed == rows:
            return (f"{email}: ไม่มีสิทธิที่ใช้อยู่ · holds no active grant",)
        return replace(folder, changed, who, change="disable", email=email)


def _alone(folder: Path) -> FileLock:
    """One change of the file at a time, from any thread or process: the next one reads what this one wrote."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileLock(folder / "users.lock", mode=0o600)


def added(rows: Grants, email: str, role: str, areas: list[str], name: str, note: str) -> Grants:
    """The grants with some more; one that was disabled is active again."""
    person = {"name": name or next((row["name"] for row in rows if row["email"].casefold() == email), "")}
    kept = [row for row in rows if not (row["email"].casefold() == email and row["role"] == role and row["area"] in areas)]
    more = [
        {"email": email, **person, "role": role, "area": area, "status": "active", "note": note}
        for area in dict.fromkeys(areas)
    ]
    return kept + more


def replace(folder: Path, rows: Grants, who: str, **facts: object) -> tuple[str, ...]:
    """Put the new file in place of the old in one move, owner only, if nothing is wrong with it; returns what is."""
    text = io.StringIO()
    table = csv.DictWriter(text, grants.COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    part = folder / f".{grants.NAME}.{os.getpid()}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.getvalue().encode("utf-8-sig"))  # the mark, so that Excel reads Thai names right
        file.flush()
        os.fsync(file.fileno())
    try:
        if faults := grants.read(part).faults:
            return faults
        write_entry(folder, who, "roles_changed", **facts)  # first: a change of roles that cannot be recorded does not happen
        os.replace(part, folder / grants.NAME)
    finally:
        part.unlink(missing_ok=True)
    return ()


def _list(rows: Grants) -> int:
    widths = {c: max(len(c), *(len(row[c]) for row in rows)) if rows else len(c) for c in grants.COLUMNS}
    for row in [dict(zip(grants.COLUMNS, grants.COLUMNS, strict=True)), *rows]:
        print("  ".join(row[c].ljust(widths[c]) for c in grants.COLUMNS).rstrip())
    return 0


def _refused(faults: list[str] | tuple[str, ...]) -> int:
    print("ไม่ได้เปลี่ยนอะไร · nothing was changed:", *faults, sep="\n  ", file=sys.stderr)
    return 2


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
