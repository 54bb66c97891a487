"""Verbs of the loader: `python -m etl load FILE…`, `ensure`, and the steps of a load for the page that loads.

This room knows `queries` in one place: a finished build is probed with the questions before it is published.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from access.area import AREA, NATION
from audit.log import Unwritable
from definitions.registers import Misdeclared
from etl import declared, os_errors, report, staging
from etl.compare.area_guard import Outside
from etl.earlier_build import difference, use
from etl.load import ensure
from etl.load import load as load_files
from etl.rejects import correction_workbook
from etl.staging import Stale
from etl.store import Busy, Store
from etl.templates import blank_workbook
from etl.wish import DESK, Officer, Wish
from installation import private_files
from installation.paths import LIVE

STEPS = {
    "unpack": "เปิดไฟล์ · opening files",
    "read": "อ่าน · reading",
    "check": "ตรวจสอบ · checking",
    "tag": "จำแนก · tagging",
    "account": "สรุปบัญชี · accounting",
    "report": "สรุปผล · reporting",
}


def narrator(as_json: bool) -> Callable[[dict], None]:
    """Says what a load is doing: a line of JSON each for a program, a line that overwrites itself for a person."""
    begin = time.monotonic()

    def tell(result: dict) -> None:
        if as_json:
            print(json.dumps({**result, "seconds": round(time.monotonic() - begin, 1)}, ensure_ascii=False), flush=True)
        elif sys.stderr.isatty():
            rows = f" {result['rows']:,} · {result['file']}" if result.get("file") else ""
            percent = f" {result['percent']} %" if result.get("percent") else ""
            print(f"\r\033[K{STEPS[result['step']]}{rows}{percent}", end="", file=sys.stderr, flush=True)

    return tell


def pairs(given: list[str]) -> dict[str, str]:
    """NAME=VALUE as typed; raises argparse.ArgumentTypeError."""
    if wrong := [text for text in given if "=" not in text]:
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: ต้องเป็น NAME=VALUE · must be NAME=VALUE")
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}


def areas(given: str) -> tuple[str, ...] | None:
    """Area codes with commas between; None for the nation. Raises argparse.ArgumentTypeError for what is no area."""
    codes = tuple(filter(None, given.split(",")))
    if strange := [code for code in codes if not AREA.fullmatch(code)]:
        raise argparse.ArgumentTypeError(f"{', '.join(strange)}: {NATION}, 2, 4, 6, 8")
    return None if NATION in codes else codes


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The verb and its options."""
    parser = argparse.ArgumentParser(prog="manage.py")
    verbs = parser.add_subparsers(dest="verb", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, default=LIVE, metavar="DIR")
    common.add_argument("--language", choices=("th", "en"), default="th")
    about = "of whoever loads: nothing outside them changes or is shown"
    common.add_argument("--areas", type=areas, metavar="CODES", help=about)
    common.add_argument("--who", default=DESK.name, help="who loads, for the audit log")
    common.add_argument("--role", default=DESK.role, help="in which role, for the audit log")
    for verb in ("load", "stage"):
        made = verbs.add_parser(verb, parents=[common])
        made.add_argument("files", nargs="+", type=Path, metavar="FILE")
        made.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE", help="a value for every row")
        made.add_argument("--match", action="append", default=[], metavar="HEADING=COLUMN", help="remembered from now on")
        made.add_argument("--beside", action="store_true", help="keep an older file of the same register too")
        made.add_argument("--strict", action="store_true", help="a heading that is not sure refuses its file")
        made.add_argument("--blank-clears", action="store_true", help="a blank cell takes away what the older file said")
    verbs.choices["load"].add_argument("--report", type=Path, metavar="FILE.json")
    about = "write the rows to correct as workbooks, of a preview too"
    verbs.choices["load"].add_argument("--refused", type=Path, metavar="FOLDER", help=about)
    verbs.choices["load"].add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    about = "of a preview: keep its build under this name until somebody leaves it"
    verbs.choices["load"].add_argument("--token", default="", help=about)
    verbs.choices["stage"].add_argument("--token", required=True)
    verbs.choices["stage"].add_argument("--wish", type=Path, required=True)
    for verb in ("accept", "leave"):
        verbs.add_parser(verb, parents=[common]).add_argument("token")
    verbs.add_parser("ensure", parents=[common])
    verbs.add_parser("builds", parents=[common])
    verbs.add_parser("use", parents=[common]).add_argument("build")
    verbs.add_parser("compare", parents=[common]).add_argument("build")
    verbs.choices["builds"].add_argument("--json", action="store_true")
    made = verbs.add_parser("refused", parents=[common])
    made.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    made.add_argument("--file", metavar="NAME", help="of this source only")
    made.add_argument("--token", help="of a staged load that nobody accepted yet")
    made = verbs.add_parser("template", parents=[common])
    made.add_argument("registers", nargs="*", metavar="REGISTER")
    made.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
    made.add_argument("--place", default="", metavar="NAME", help="stands in the names of the files, so that they differ")
    return parser.parse_args(arguments)


def officer(chosen: argparse.Namespace) -> Officer:
    """Whoever the verb is for."""
    return Officer(chosen.who, chosen.role, chosen.areas)


def load(store: Store, chosen: argparse.Namespace) -> int:
    """The verb `load`."""
    wish = Wish({"": pairs(chosen.set)}, pairs(chosen.match), chosen.beside, chosen.blank_clears, chosen.strict)
    tell = narrator(as_json=False)
    if chosen.preview:
        token = chosen.token or staging.new_token()
        result = staging.stage(store, chosen.files, token, chosen.language, wish, tell)
        build = store.staged(token) / staging.BUILD
    else:
        result = load_files(store, chosen.files, chosen.language, wish, tell)
        build = store.build_path(result["build"] or "")
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    print(*report.lines(result), sep="\n")
    if chosen.report:
        chosen.report.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    if chosen.refused and result["outcome"] == "built":
        print(*correction_workbook.workbooks(build, chosen.refused, chosen.language), sep="\n")
    if chosen.preview and not chosen.token:
        staging.leave(store, token)
    return report.exit_code(result)


def stage(store: Store, chosen: argparse.Namespace) -> int:
    """The first step of the page that loads: progress, then the report, as lines of JSON."""
    asked = json.loads(chosen.wish.read_text(encoding="utf-8"))
    tell = narrator(as_json=True)
    wish = Wish(asked.get("said", {}), asked.get("matched", {}), asked.get("beside", False), asked.get("blank_clears", False))
    result = staging.stage(store, chosen.files, chosen.token, chosen.language, wish, tell, officer(chosen))
    tell({"step": "done", "report": result})
    return 0


def run(store: Store, chosen: argparse.Namespace) -> int:
    """One verb; returns its exit code."""
    if chosen.verb in ("load", "stage", "ensure", "use", "template"):
        declared.check()
    if chosen.verb == "template":
        if unknown := set(chosen.registers) - set(blank_workbook.set_of_registers()):
            raise ValueError(f"{', '.join(sorted(unknown))} · {', '.join(blank_workbook.set_of_registers())}")
        print(*blank_workbook.templates(chosen.to, chosen.registers, chosen.language, chosen.place), sep="\n")
        return 0
    if chosen.verb == "refused":
        build = (
            staging.build_of(store, chosen.token, officer(chosen)) if chosen.token else store.build_path(store.current() or "")
        )
        print(*correction_workbook.workbooks(build, chosen.to, chosen.language, chosen.file, chosen.areas), sep="\n")
        return 0
    if chosen.verb == "builds" and chosen.json:
        print(
            json.dumps(
                [{**entry, "current": entry["build"] == store.current()} for entry in store.history()], ensure_ascii=False
            )
        )
        return 0
    if chosen.verb == "builds":
        for entry in store.history():
            mark = "*" if entry["build"] == store.current() else " "
            files = ", ".join(f["name"] for f in entry["files"]) or "(sample)"
            counted = f"{entry.get('households', '?')} ครัวเรือน · households, {entry.get('rows', '?')} แถว · rows"
            print(mark, entry["build"], entry["made_at"][:19], f"{counted}, {entry.get('who') or '–'}: {files}")
        return 0
    if chosen.verb == "compare":
        print(json.dumps(difference(store, chosen.build, officer(chosen)), ensure_ascii=False))
        return 0
    private_files.hold_private(store.folder)
    private_files.keep_private()
    with store.lock():
        staging.sweep(store)
        if chosen.verb == "load":
            return load(store, chosen)
        if chosen.verb == "stage":
            return stage(store, chosen)
        if chosen.verb == "accept":
            staging.accept(store, chosen.token, officer(chosen))
        elif chosen.verb == "leave":
            staging.leave(store, chosen.token)
        elif chosen.verb == "use":
            use(store, chosen.build, officer=officer(chosen))
        else:
            ensure(store)
    return 0


def main(arguments: list[str]) -> int:
    """Run one verb; returns its exit code."""
    chosen = parsed(arguments)
    store = Store(chosen.data.resolve())
    try:
        return run(store, chosen)
    except Busy:
        print("มีการโหลดอื่นทำงานอยู่ รอให้เสร็จแล้วลองใหม่ · another load is running, try again when it is done", file=sys.stderr)
    except Stale:
        print("ข้อมูลเปลี่ยนไปแล้วตั้งแต่ตรวจไฟล์นี้ ให้ตรวจใหม่ · another load came in between, check the files again", file=sys.stderr)
    except (Outside, private_files.Exposed) as reason:
        print(reason, file=sys.stderr)
    except Unwritable:
        print(
            "เขียนบันทึกการใช้งานไม่ได้ จึงไม่โหลด ข้อมูลเดิมยังอยู่ · "
            "the audit log cannot be written, so nothing was loaded; the earlier data is still in place",
            file=sys.stderr,
        )
    except StopIteration:
        print("ไม่พบชุดข้อมูลนี้ · no such build", file=sys.stderr)
    except Misdeclared as faults:
        print(
            f"ประกาศทะเบียนไว้ผิด ยังไม่มีอะไรเปลี่ยน · registers are declared wrongly, nothing was changed:\n{faults}", file=sys.stderr
        )
    except (ValueError, argparse.ArgumentTypeError) as fault:  # 1 would say "built, some rows refused"
        print(f"ไม่สำเร็จ คลังข้อมูลเดิมยังอยู่ · failed, the earlier build is still in place: {fault}", file=sys.stderr)
    except (duckdb.Error, OSError, MemoryError) as fault:
        result = os_errors.words(fault, store.folder)
        print(f"ไม่สำเร็จ คลังข้อมูลเดิมยังอยู่ · failed, the earlier build is still in place: {result}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
