"""The verb `why`: why the headlines changed between two builds, each at a position of the journal, with the filters of the pages.

Answers as the named role and areas would see it. Exit 0 answered, 2 when a build is not kept, a filter does not exist, the role may not
ask it, or there is no build yet.
"""

import argparse
import io
import json
import sys
from dataclasses import asdict

from queries import NoBuild, NotAllowed
from queries import arguments as arguments_of
from queries.cause_words import groups, sentence, signed
from queries.headlines import names
from queries.moments import Moment, at, before_now, now
from queries.why import MovedMeasure, why


def parser() -> argparse.ArgumentParser:
    """The arguments of `manage.py why`."""
    made = argparse.ArgumentParser(prog="manage.py why", description="Why the headlines changed; builds are those of `builds`.")
    made.add_argument("--from", dest="before", metavar="BUILD[@SEQ]", help="the build before when left out")
    made.add_argument("--to", dest="after", metavar="BUILD[@SEQ]", help="now when left out")
    made.add_argument("--format", default="text", choices=("text", "json"))
    made.add_argument("--language", default="th", choices=("th", "en"))
    arguments_of.add(made)
    return made


def main(arguments: list[str]) -> int:
    """Answer on standard output."""
    chosen = parser().parse_args(arguments)
    arguments_of.look_in(chosen)
    try:
        reader = arguments_of.reader(chosen)
        filters = arguments_of.of_latest_year(arguments_of.filters(chosen), reader)
        after = at(chosen.after) if chosen.after else now()
        before = at(chosen.before) if chosen.before else before_now() or after
        measures = why(before, after, filters, reader)
    except NoBuild:
        print(
            "ยังไม่มีคลังข้อมูล หรือชุดนั้นสร้างด้วยโปรแกรมรุ่นก่อน · no build yet, or that one was made by an earlier version",
            file=sys.stderr,
        )
        return 2
    except (ValueError, NotAllowed) as fault:
        print(fault, file=sys.stderr)
        return 2
    return write(measures, before, after, chosen.format, chosen.language)


def write(measures: list[MovedMeasure], before: Moment, after: Moment, form: str, language: str) -> int:
    """The answer as JSON, or as lines that people read: what moved, in groups, with the households of each."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if form == "json":
        print(json.dumps({"measures": [asdict(measure) for measure in measures]}, ensure_ascii=False))
        return 0
    print(f"{before} → {after}")
    for measure in measures:
        print(f"{names(language)[measure.measure]}: {sentence(measure, language)}")
        for said, by, moves in groups(measure, language):
            print(f"  {signed(by)} {said}: {', '.join(move.household for move in moves)}")
        if measure.remainder:
            print(f"  {signed(measure.remainder)} ?")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
