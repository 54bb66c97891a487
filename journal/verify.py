"""Verify the journal: every seal, no number missing, and every entry as the audit log says that it was recorded."""

from collections.abc import Iterator
from pathlib import Path

from audit import log
from installation import secret
from journal import frozen
from journal.place import Entry
from journal.store import LEFT, seal, seal_of_rest, store
from journal.writer import digest_of

__all__ = ["digest_of", "faults"]


def faults(folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong, in Thai and in English; nothing where all is as it was recorded, under the secret of now or a former one.

    Lines of the log that were pruned (audit/prune.py) cannot speak any more: only what the log has is compared.
    """
    journal = store(folder)
    entries, gone, keys = journal.after(0), journal.pruned(), [*secret.keys(folder, "journal")]
    by_number = {entry["seq"]: entry for entry in entries}
    for number, entry in enumerate(entries, 1):
        if not any(_sealed(key, entry, gone) for key in keys):
            yield (f"บันทึกที่ {entry['seq']} ถูกแก้ไข", f"entry {entry['seq']} was changed")
        if number == 1 and entry["seq"] != 1:
            yield ("บันทึกแรก ๆ หายไป", f"entries before {entry['seq']} are missing")
        if number > 1 and entry["seq"] - 1 not in by_number:
            yield (f"บันทึกก่อนที่ {entry['seq']} หายไป", f"the entry before {entry['seq']} is missing")
    for number in sorted(gone.keys() - by_number.keys()):
        yield (f"บันทึกที่ {number} ที่ลบเนื้อหาแล้วหายไป", f"entry {number}, whose content was removed, is missing")
    yield from frozen.faults(folder, entries)
    for line in log.entries(folder, action="recorded"):
        yield from _compared(line["facts"], by_number)


def _sealed(key: bytes, entry: Entry, gone: dict[int, str]) -> bool:
    """Whether an entry is as it was recorded; of one whose time was over, what is left of it, with the seal that it had."""
    if entry["seq"] in gone:
        return gone[entry["seq"]] == seal_of_rest(key, entry) and all(entry[name] == left for name, left in LEFT.items())
    return bool(entry["seal"] == seal(key, entry))


def _compared(said: dict, by_number: dict[int, Entry]) -> Iterator[tuple[str, str]]:
    """Whether the entries of one line of the log are there, and are those."""
    numbers = range(said["first"], said["last"] + 1)
    missing = [number for number in numbers if number not in by_number]
    if missing:
        yield (
            f"บันทึกที่ {missing[0]}–{missing[-1]} อยู่ในบันทึกการใช้งานแต่ไม่อยู่ในสมุดบันทึก",
            f"entries {missing[0]}-{missing[-1]} stand in the audit log, not in the journal",
        )
    elif digest_of([by_number[number]["seal"] for number in numbers]) != said["seals"]:
        yield (
            f"บันทึกที่ {said['first']}–{said['last']} ไม่ตรงกับบันทึกการใช้งาน",
            f"entries {said['first']}-{said['last']} are not those of the audit log",
        )
