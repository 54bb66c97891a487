"""The verb `ask`: command line of the query API, with the filters of the pages' URLs.

Answers as the named role and areas would see it. Exit 0 answered, 2 when the question or a filter does not exist, the role may not
ask it, or there is no build yet.
"""

import argparse
import io
import json
import signal
import sys

import pandas as pd

from queries import NoBuild, NotAllowed, Unreachable, as_of, ask, build, may_ask, questions
from queries import arguments as arguments_of
from queries.ask import ALL, BREAKDOWNS, DEFAULTS, REQUIRED
from queries.csv_export import harmless, written
from queries.rights import answering

OTHERWISE = {"by", "size", "offset", "rows"}  # parameters that are no plain text


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py ask`."""
    made = argparse.ArgumentParser(prog="manage.py ask", description="Ask a question; without one, list them.")
    made.add_argument("question", nargs="?", metavar="QUESTION")
    made.add_argument("--by", choices=BREAKDOWNS, help="the breakdown of summary")
    for name in [name for name in DEFAULTS if name not in OTHERWISE]:
        made.add_argument(f"--{name}")
    made.add_argument("--size", type=float)
    for name in ("limit", "offset", "rows"):
        made.add_argument(f"--{name}", type=int)
    made.add_argument("--format", default="table", choices=("table", "csv", "json"))
    arguments_of.add(made)
    return made


def main(arguments: list[str]) -> int:
    """Answer one question on standard output."""
    chosen = parser().parse_args(arguments)
    arguments_of.look_in(chosen)
    if not chosen.question:
        listed = [{"question": q.name, "says": q.says} for q in questions().values()]
        return write(pd.DataFrame(listed), chosen.format, {"question": None, "filters": {}, "as_of": None, "build": None})
    try:
        reader = arguments_of.reader(chosen)
        answering(chosen.question, reader)  # a refusal comes before anything is looked up
        filters = arguments_of.filters(chosen)
        fiscal = answering(chosen.question, reader).fiscal
        if chosen.by != "year" and not fiscal:
            filters = arguments_of.of_latest_year(filters, reader)
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
