"""What came out is looked at: every seal of the journal, the chain of the audit log, and that no register is missing or changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audit import log
from audit.verify import verify
from backup import shared_journal
from journal import place, store
from journal import verify as journal

Fault = tuple[str, str]  # in Thai, in English


@dataclass(frozen=True)
class Found:
    """How many entries the journal, lines the audit log, and registers there are, and everything that is wrong."""

    entries: int
    lines: int
    registers: int
    faults: tuple[Fault, ...]


def look(folder: Path, digests: Mapping[str, str], shared: bool = False) -> Found:
    """Look at an installation whose files have these digests; at its own journal unless it is the `shared` one that counts."""
    if shared:
        entries, faults = _journal(folder)
    else:
        with shared_journal.own_journal():
            entries, faults = _journal(folder)
    chain = verify(folder)
    faults += [] if chain.whole else [(finding.says("th"), finding.says("en")) for finding in chain.findings]
    files = [name for name in digests if name.startswith("registers/") and name != "registers/index.json"]
    faults += [*_registers(folder, digests)]
    return Found(entries, chain.entries, len(files), tuple(faults))


def _journal(folder: Path) -> tuple[int, list[Fault]]:
    """Entries of the journal, and its faults."""
    if place.exists(folder):
        faults = list(journal.faults(folder))
        count = len(store.store(folder).after(0))
        store.store(folder).engine.dispose()  # the copy is about to be removed
        return count, faults
    if next(log.entries(folder, action="recorded"), None):
        return 0, [("ไม่มีสมุดบันทึก ทั้งที่บันทึกการใช้งานมีรายการ", "there is no journal, though the audit log tells of entries")]
    return 0, []


def _registers(folder: Path, digests: Mapping[str, str]) -> Iterator[Fault]:
    """Registers are named by their content, so one that a disk has changed gives itself away."""
    there = {name.removeprefix("registers/").partition(".")[0]: (name, sha) for name, sha in digests.items()}
    for sum_, (name, sha) in there.items():
        if name.startswith("registers/") and sum_ not in (sha, "index"):
            yield f"ทะเบียน {name} ถูกแก้ไขหรือเสียหาย", f"register {name} was changed or is damaged"
    for name in sorted(named(folder) - set(there)):
        yield f"ไม่มีไฟล์ทะเบียน {name}", f"register {name} is missing"


def named(folder: Path) -> set[str]:
    """Checksums of the registers that the present build, or an earlier one, was made of."""
    lists = [path for path in (folder / "registers" / "index.json",) if path.exists()]
    rows = [row for path in lists for row in json.loads(path.read_text("utf-8"))]
    rows += [row for path in (folder / "warehouse").glob("*.json") for row in json.loads(path.read_text("utf-8"))["files"]]
    return {row["checksum"] for row in rows}
