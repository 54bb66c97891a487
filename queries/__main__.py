"""The verb `ask`: command line of the query API, with the filters of the pages' URLs.

Answers as the named role and areas would see it. Exit 0 answered, 2 when the question or a filter does not exist, the role may not
ask it, or there is no build yet.
"""

import argparse
import io
import json
import os
import signal
import sys
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd

import definitions
from queries import NATION, Filters, NoBuild, NotAllowed, Reader, Unreachable, as_of, ask, build, may_ask, questions
from queries.ask import ALL, BREAKDOWNS, DEFAULTS, REQUIRED
from queries.csv_export import harmless, written
from queries.rights import answering


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py ask`."""
    made = argparse.ArgumentParser(prog="manage.py ask", description="Ask a question; without one, list them.")
    made.add_argument("question", nargs="?", metavar="QUESTION")
    for field in fields(Filters):
        made.add_argument(f"--{field.name}", action="append", default=[], metavar="VALUE")
    made.add_argument("--by", choices=BREAKDOWNS, help="the breakdown of summary")
    for name in (
        "search",
        "sort",
        "household",
        "view",
        "level",
        "within",
        "state",
        "owner",
        "team",
        "template",
        "queue",
        "words",
        "meeting",
        "every",
        "day",
    ):
        made.add_argument(f"--{name}")
    made.add_argument("--size", type=float)
    for name in ("limit", "offset", "rows"):
        made.add_argument(f"--{name}", type=int)
    made.add_argument("--role", default="desk", choices=[row["role"] for row in definitions.table("roles")])
    made.add_argument(
        "--area", action="append", default=[], metavar="CODE", help="areas of the reader, the nation when left out"
    )
    made.add_argument("--format", default="table", choices=("table", "csv", "json"))
    made.add_argument("--data", type=Path)
    return made


def main(arguments: list[str]) -> int:
    """Answer one question on standard output."""
    chosen = parser().parse_args(arguments)
    if chosen.data:
        os.environ["BAAN_SUK_DATA"] = str(chosen.data.resolve())
    if not chosen.question:
        listed = [{"question": q.name, "says": q.says} for q in questions().values()]
        return write(pd.DataFrame(listed), chosen.format, {"question": None, "filters": {}, "as_of": None, "build": None})
    try:
        reader = Reader(chosen.role, tuple(chosen.area) or (NATION,))
        answering(chosen.question, reader)  # a refusal comes before anything is looked up
        filters = Filters.of({f.name: getattr(chosen, f.name) for f in fields(Filters)})
        fiscal = answering(chosen.question, reader).fiscal
        if not filters.year and chosen.by != "year" and not fiscal and may_ask("choices", reader):
            filters = replace(filters, year=latest_year(reader))
        given = {name: value for name in (*DEFAULTS, *REQUIRED) if (value := getattr(chosen, name)) is not None}
        given |= dict.fromkeys(REQUIRED & answering(chosen.question, reader).parameters - set(given), ALL)
        frame = ask(chosen.question, filters, reader, **given)
        when = as_of(filters, reader) if may_ask("scope", reader) else None
    except NoBuild:
        print("ยังไม่มีคลังข้อมูล ใช้ manage.py serve หรือ load ก่อน · no build yet, use manage.py serve or load first", file=sys.stderr)
        return 2
    except Unreachable:
        print(
            "อ่านสมุดบันทึกไม่ได้ จึงไม่ตอบ เพราะจะขาดสิ่งที่บันทึกไว้ ลองใหม่เมื่อฐานข้อมูลหรือดิสก์กลับมา · the journal cannot be reached; an answer "
            "would lack what was recorded, try again when its database or disk is back",
            file=sys.stderr,
        )
        return 2
    except (ValueError, NotAllowed) as fault:
        print(fault, file=sys.stderr)
        return 2
    about = {"question": chosen.question, "filters": filters.address(), "as_of": when and when.isoformat(), "build": build().id}
    return write(frame, chosen.format, about)


def latest_year(reader: Reader) -> tuple[str, ...]:
    """The latest register year, which the screen shows too: one family stands in several years and must not count twice."""
    choices = ask("choices", Filters(), reader)
    return tuple(choices.loc[choices["filter"] == "year", "code"].sort_values().tail(1))


def write(frame: pd.DataFrame, form: str, about: dict) -> int:
    """Serialise one answer in the given format; JSON carries what the numbers are about beside the rows."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if form == "json":
        rows = json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False))
        print(json.dumps({**about, "rows": rows}, ensure_ascii=False))
    elif form == "csv":
        sys.stdout.write(written(harmless(frame), "\n"))
    else:
        print(frame.to_string(index=False) if len(frame) else "(ไม่มีแถว · no rows)")
        if about["build"]:
            print(f"\nข้อมูล ณ · as of {about['as_of']} · build {about['build']}")
    return 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `ask … | head` ends in peace
    sys.exit(main(sys.argv[1:]))
