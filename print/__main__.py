"""The verb `print`: a paper as PDF/A from the shell, with the filters of the pages' URLs, masked as the named role sees it.

Exit 0 written, 2 when the paper, a filter or a household does not exist, the role may not have it, or there is no build yet.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from audit import log
from installation.paths import data_folder
from print import minutes, papers
from print.filter_words import sentence
from queries import NoBuild, NotAllowed, build
from queries import arguments as arguments_of

CONSOLE = "console"  # who it is in the audit log


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py print`."""
    made = argparse.ArgumentParser(prog="manage.py print", description="A paper as PDF/A.", allow_abbrev=False)
    made.add_argument("paper", choices=[*papers.GATHER, "minutes"])
    made.add_argument("--to", type=Path, required=True, metavar="FILE.pdf", help="minutes: FILE.docx for the draft, too")
    made.add_argument("--json", type=Path, metavar="FILE.json", help="what stands on it, as JSON beside")
    made.add_argument("--household", metavar="ADDRESS", help="of family")
    made.add_argument("--team", metavar="NAME", help="of visits: one mentor team")
    made.add_argument("--owner", metavar="NAME", help="of agency")
    made.add_argument("--state", choices=("proposed", "certified", "refused"), help="of certification")
    made.add_argument("--facts", type=Path, metavar="FILE.json", help="of minutes: what a meeting kept")
    made.add_argument("--thai-digits", action=argparse.BooleanOptionalAction, default=None)
    arguments_of.add(made)
    return made


def main(arguments: list[str]) -> int:
    """Write one paper."""
    chosen = parser().parse_args(arguments)
    arguments_of.look_in(chosen)
    try:
        return _minutes(chosen) if chosen.paper == "minutes" else _paper(chosen)
    except NoBuild:
        print("ยังไม่มีคลังข้อมูล ใช้ manage.py serve หรือ load ก่อน · no build yet, use manage.py serve or load first", file=sys.stderr)
    except (ValueError, NotAllowed, OSError, log.Unwritable) as fault:
        print(fault, file=sys.stderr)
    return 2


def _paper(chosen: argparse.Namespace) -> int:
    reader = arguments_of.reader(chosen)
    filters = arguments_of.of_latest_year(arguments_of.filters(chosen), reader)
    of = {name: value for name in ("household", "team", "owner", "state") if (value := getattr(chosen, name)) is not None}
    made = papers.paper(chosen.paper, filters, reader, chosen.thai_digits, **of)
    told = {"role": reader.role, "build": build().id, "filter": sentence(filters), "rows": made.rows}
    log.write(data_folder(), CONSOLE, "export", **told, sha256=hashlib.sha256(made.pdf).hexdigest(), file=chosen.to.name)
    return _written(chosen, made.pdf, made.facts)


def _minutes(chosen: argparse.Namespace) -> int:
    if chosen.facts is None:
        raise ValueError("ระบุ --facts FILE.json ที่การประชุมเก็บไว้ · minutes need --facts FILE.json, as a meeting keeps it")
    facts = json.loads(chosen.facts.read_text("utf-8"))
    if chosen.thai_digits is not None:
        facts["thai_digits"] = chosen.thai_digits
    log.write(data_folder(), CONSOLE, "export", role=chosen.role, file=chosen.to.name)
    return _written(chosen, minutes.docx(facts) if chosen.to.suffix.lower() == ".docx" else minutes.pdf(facts), facts)


def _written(chosen: argparse.Namespace, content: bytes, facts: dict) -> int:
    chosen.to.write_bytes(content)
    if chosen.json:
        chosen.json.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    print(f"{chosen.to} SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
