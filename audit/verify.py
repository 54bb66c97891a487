"""Verify the hash chain: every line against the one before, the first against what was pruned, the last against the head."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from audit import chain
from audit.chain import Entry

SAYS = {  # kind -> Thai, English
    "edited": ("แถวนี้ถูกแก้ไขหรือไม่ใช่ของระบบ", "this line was changed, or is not the system's own"),
    "missing": ("รายการ {a} ถึง {b} หายไป", "entries {a} to {b} are missing"),
    "moved": ("รายการ {a} อยู่ผิดที่หรือซ้ำ", "entry {a} stands in the wrong place, or twice"),
    "broken": ("รายการ {a} ไม่ต่อจากรายการก่อนหน้า", "entry {a} does not follow the one before"),
    "cut": ("ท้ายบันทึกถูกตัด รายการ {a} ถึง {b} หายไป", "the end was cut off: entries {a} to {b} are missing"),
    "beginning": ("ต้นบันทึกก่อนรายการ {a} หายไปโดยไม่มีการลบตามระเบียบ", "what stood before entry {a} is gone, and no entry says it was removed"),
    "headless": ("ก่อนรายการ {a} ไฟล์ audit.head หายไปหรือถูกแก้", "audit.head was gone or changed before entry {a}"),
    "no_head": ("ไฟล์ audit.head หายไปหรือถูกแก้", "audit.head is gone or was changed"),
    "unseen": ("ไม่พบรายการ {a} ที่เคยจดไว้", "entry {a}, written down earlier, is not in this log"),
    "torn": ("มีแถวที่เขียนไม่จบเมื่อไฟดับ ({a} ไบต์) ไม่นับเป็นรายการ", "a line left unfinished by a power cut ({a} bytes), no entry"),
    "no_log": ("ยังไม่มีรายการ", "no entry yet"),
}  # fmt: skip
HARMLESS = {"torn", "no_log"}


@dataclass(frozen=True)
class Finding:
    """One fault of the chain: where (file and line, empty for the whole log) and what, in both languages."""

    kind: str
    where: str = ""
    a: int = 0
    b: int = 0

    def says(self, lang: str) -> str:
        """In words."""
        text = SAYS[self.kind][lang == "en"].format(a=self.a, b=self.b)
        return f"{self.where}: {text}" if self.where else text


@dataclass
class Verdict:
    """Result of a verification: how many entries, from when to when, and every finding in the order of the log."""

    checked_at: datetime
    entries: int = 0
    first: Entry | None = None
    last: Entry | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, moved, put in or taken out."""
        return all(finding.kind in HARMLESS for finding in self.findings)

    @property
    def seal(self) -> str:
        """Number and hash of the last entry: kept elsewhere, it shows later that this log was not replaced as a whole."""
        return f"{self.last['n']}:{self.last['hash'][:16]}" if self.last else ""


def verify(folder: Path, seal: str = "") -> Verdict:
    """Check the whole chain; `seal` is a `Verdict.seal` written down before, "" for none."""
    head = chain.head(folder)  # first: entries may be added meanwhile, and are then beyond it
    verdict = Verdict(datetime.now(UTC))
    add, anchors, hashes = verdict.findings.append, {(0, chain.FIRST)}, {}
    wanted = {head["n"] if head else 0, _number(seal)}
    for where, entry in _read(folder):
        if entry is None:
            add(Finding("edited", where))
            continue
        _follows(verdict, entry, where)
        if entry.get("torn"):
            add(Finding("torn", where, entry["torn"]))
        if entry.get("headless"):
            add(Finding("headless", where, entry["n"]))
        if entry["action"] == "log_pruned":
            anchors |= {(number, hash_) for _, number, hash_ in entry["facts"]["removed"]}
        if entry["n"] in wanted:
            hashes[entry["n"]] = entry["hash"]
        verdict.entries += 1
    _ends(verdict, folder, head, hashes)
    if verdict.first and (verdict.first["n"] - 1, verdict.first["previous"]) not in anchors:
        add(Finding("beginning", "", verdict.first["n"]))
    if seal and not hashes.get(_number(seal), "").startswith(seal.partition(":")[2] or "-"):
        add(Finding("unseen", "", _number(seal)))
    return verdict


def _number(seal: str) -> int:
    number = seal.partition(":")[0]
    return int(number) if number.isdecimal() else 0


def _read(folder: Path) -> Iterator[tuple[str, Entry | None]]:
    """(where, entry) in file order, None for a line that is none; the unfinished end of the last file is left out."""
    files = chain.months(folder)
    key = chain.key(folder) if files else b""
    for path in files:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n") or path != files[-1]:
                    yield f"{path.name} {number}", chain.authentic(key, line.removesuffix(b"\n"))


def _follows(verdict: Verdict, entry: Entry, where: str) -> None:
    """Hold an entry against the one before it."""
    last = verdict.last
    if last is None:
        verdict.first = verdict.last = entry
        return
    if entry["n"] <= last["n"]:
        verdict.findings.append(Finding("moved", where, entry["n"]))
        return
    if entry["n"] > last["n"] + 1:
        verdict.findings.append(Finding("missing", where, last["n"] + 1, entry["n"] - 1))
    elif entry["previous"] != last["hash"]:
        verdict.findings.append(Finding("broken", where, entry["n"]))
    verdict.last = entry


def _ends(verdict: Verdict, folder: Path, head: Entry | None, hashes: dict[int, str]) -> None:
    """Hold the end of the log against the head."""
    reached = verdict.last["n"] if verdict.last else 0
    if head and head["n"] > reached:
        verdict.findings.append(Finding("cut", "", reached + 1, head["n"]))
        return
    if head and hashes.get(head["n"]) != head["at"]:
        verdict.findings.append(Finding("broken", "", head["n"]))
    if head is None and (reached > 1 or (folder / "audit.head").exists()):  # the first entry may stand before its head does
        verdict.findings.append(Finding("no_head"))
    for path in chain.months(folder)[-1:]:
        if rest := chain.unfinished(path):
            verdict.findings.append(Finding("torn", path.name, len(rest)))
    if not verdict.entries and not verdict.findings:
        verdict.findings.append(Finding("no_log"))
