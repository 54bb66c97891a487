"""The verb `print`: a paper as PDF/A from the shell, with the filters of the pages' URLs, masked as the named role sees it.

Exit 0 written, 2 when the paper, a filter or a household does not exist, the role may not have it, or there is no build yet.
"""

import argparse
import hashlib
import json
import os
import sys
from dataclasses import fields
from pathlib import Path

import definitions
from audit import log
from installation.paths import data_folder
from print import minutes, papers
from print.filter_words import sentence
from queries import NATION, Filters, NoBuild, NotAllowed, Reader, ask, build, may_ask

CONSOLE = "console"  # who it is in the audit log


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py print`."""
    made = argparse.ArgumentParser(prog="manage.py print", description="A paper as PDF/A.", allow_abbrev=False)
    made.add_argument("paper", choices=[*papers.GATHER, "minutes"])
    made.add_argument("--to", type=Path, required=True, metavar="FILE.pdf", help="minutes: FILE.docx for the draft, too")
    made.add_argument("--json", type=Path, metavar="FILE.json", help="what stands on it, as JSON beside")
    for field in fields(Filters):
        made.add_argument(f"--{field.name}", action="append", default=[], metavar="VALUE")
    made.add_argument("--household", metavar="ADDRESS", help="of family")
    made.add_argument("--team", metavar="NAME", help="of visits: one mentor team")
    made.add_argument("--owner", metavar="NAME", help="of agency")
    made.add_argument("--state", choices=("proposed", "certified", "refused"), help="of certification")
    made.add_argument("--facts", type=Path, metavar="FILE.json", help="of minutes: what a meeting kept")
    made.add_argument("--thai-digits", action=argparse.BooleanOptionalAction, default=None)
    made.add_argument("--role", default="desk", choices=[row["role"] for row in definitions.table("roles")])
    made.add_argument(
        "--area", action="append", default=[], metavar="CODE", help="areas of the reader, the nation when left out"
    )
    made.add_argument("--data", type=Path)
    return made


def main(arguments: list[str]) -> int:
    """Write one paper."""
    chosen = parser().parse_args(arguments)
    if chosen.data:
        os.environ["BAAN_SUK_DATA"] = str(chosen.data.resolve())
    try:
        return _minutes(chosen) if chosen.paper == "minutes" else _paper(chosen)
    except NoBuild:
        print("ยังไม่มีคลังข้อมูล ใช้ manage.py serve หรือ load ก่อน · no build yet, use manage.py serve or load first", file=sys.stderr)
    except (ValueError, NotAllowed, OSError, log.Unwritable) as fault:
        print(fault, file=sys.stderr)
    return 2


def _paper(chosen: argparse.Namespace) -> int:
    reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
    filters = Filters.of(
        {f.name: getattr(chosen, f.name) for f in fields(Filters)} | {"year": chosen.year or latest_year(reader)}
    )
    of = {name: value for name in ("household", "team", "owner", "state") if (value := getattr(chosen, name)) is not None}
    made = papers.paper(chosen.paper, filters, reader, chosen.thai_digits, **of)
    told = {"role": reader.role, "build": build().id, "filter": sentence(filters), "rows": made.rows}
    log.write(data_folder(), CONSOLE, "export", **told, sha256=hashlib.sha256(made.pdf).hexdigest(), file=chosen.to.name)
    return _written(chosen, made.pdf, made.facts)


def latest_year(reader: Reader) -> list[str]:
    """The latest register year, which the screen shows, too: one family stands in several years and must not count twice."""
    if not may_ask("choices", reader):
        return []
    choices = ask("choices", Filters(), reader)
    return sorted(choices.loc[choices["filter"] == "year", "code"])[-1:]


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
