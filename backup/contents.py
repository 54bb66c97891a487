"""What belongs to an installation: what of a data folder a backup keeps, and what it leaves out; anything else is unknown.

Closed by default: a name that stands in neither table is never left out in silence (tests/backup/test_contents.py names it, and
a backup says it), and is never written from an archive.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

WORK = "backup.work"  # the copy of a backup that is being taken, in the data folder: as private as what it was made of
LOCK = "backup.lock"
RESTORING = "restore.work"  # what a restore has written and not yet put in its place

KEPT = {  # pattern of a path below the data folder -> what it is
    r"secret\.key": "the installation's secret: without it no seal, no address of a household, no build is the same",
    r"secret\.former": "former secrets: what tablets sealed to them is still to come",
    r"access\.csv": "who may sign in",
    r"decisions\.jsonl": "verdicts on possible duplicates",
    r"headings\.json": "headings matched by hand",
    r"audit/\d{4}-\d{2}\.jsonl": "the audit log",
    r"audit\.head": "how far the audit log goes",
    r"registers/index\.json": "which registers are accepted",
    r"registers/[0-9a-f]{64}(\.[^/\\\x00-\x1f]*)?": "registers, by content",
    r"warehouse/[0-9a-f]{16}\.json": "what each build was made of",
    r"warehouse/CURRENT": "which build is current",
    r"signed_out/[0-9a-f]{64}": "sign-ins that ended: a restored installation must not take them again",
    r"journal/journal\.db": "what people recorded",
    r"journal/photos/([\w-]+/){0,2}[\w-]+(\.\w+)*": "photos, by content",
}
LEFT = {  # pattern -> why it is left out
    r"warehouse/[0-9a-f]{16}\.duckdb": "a build is made again from the registers, the same one",
    r"shapes/.*": "prepared from outlines among the registers",
    r"staging/.*": "waits a day for somebody's answer, and is given again",
    r"(secret|users|decisions|backup)\.lock": "a lock is of the processes that run",
    r"(audit|warehouse|journal)/lock": "a lock",
    r"journal/journal\.db-(wal|shm|journal)": "is in the copy of the journal, which is not one of files",
    r"(registers/|warehouse/|journal/(photos/([\w-]+/)*)?)?[^/]*\.(tmp|wal)": "half a file that a killed process left",
    r"warehouse/work-[^/]*/.*": "of a load that is under way",
    r"\.access\.csv\.\d+": "half a users file",
    rf"({re.escape(WORK)}|{re.escape(RESTORING)})/.*": "of a backup or restore that was killed",
}
FOLDERS = {"audit", "registers", "warehouse", "signed_out", "journal", "journal/photos"}  # which may be there and empty


def kept(name: str) -> bool:
    """Whether a path below the data folder, with / between its parts, is what a backup keeps."""
    return not left(name) and any(re.fullmatch(pattern, name) for pattern in KEPT)


def left(name: str) -> bool:
    """Whether a path is left out on purpose; a folder, ending in /, with all that lies in it."""
    return any(re.fullmatch(pattern, name) for pattern in LEFT)


def names(folder: Path) -> Iterator[str]:
    """Paths below a data folder in order: of its files, and of folders that are empty (ending in /). Follows links, since a part may
    lie on another disk."""
    for place, folders, files in os.walk(folder, followlinks=True):
        here = Path(place).relative_to(folder)
        folders[:] = sorted(one for one in folders if not left(f"{(here / one).as_posix()}/"))
        for name in sorted(files):
            yield (here / name).as_posix()
        if not files and not folders and here.parts:
            yield f"{here.as_posix()}/"


def unknown(folder: Path) -> list[str]:
    """What lies in a data folder and nobody taught this table."""
    return [name for name in names(folder) if not (kept(name) or left(name) or name.rstrip("/") in FOLDERS)]
