"""A plain register under office-made disguises, through the production load: its truth comes out, or each row says why not.

`BAAN_SUK_DISGUISES=200` draws so many chains, new ones each time; without it the same few are drawn, whose builds are kept.
"""

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.load import load
from etl.report import Report
from etl.store import Store
from tests.drawn import Warehouse
from tests.registers import outcome
from tests.registers.disguises import BY_NAME, LISTED, chains, dressed_in
from tests.registers.laid_out import TYPES, Written, written
from tests.registers.plain_register import DIMENSIONS, Draft, Row, plain

NOT_YET = frozenset(  # disguises under which rows are lost or changed without a word, each to be mended and taken out of here
    {
        "headings as offices spell them",  # one in a hundred is asked, and its file is refused until somebody says
    }
)
EXAMPLES = int(os.environ.get("BAAN_SUK_DISGUISES", 0))
OF_TABLE = re.compile(r" ?\[\d+\]$")  # behind the name of a sheet: its second table and so on
DRAWS = range(3)  # of what is not seen through yet: a single one may be lucky
SIZE = 9  # records of a register
COMPARED = (
    "village_code", "house_no", "head_title", "head_first_name", "head_last_name", "phone", "members", "source", "certification",
    "certified_date", "survey_year", "income_per_person", "income", "house_code", "register_year", *DIMENSIONS,
)  # fmt: skip
WAYS = (("house_code",), ("register_year", "village_code", "house_no"), ("village_code", "head_first_name", "head_last_name"))
SEEN = ("head_title", "head_first_name", "head_last_name", "phone")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
TONE_FIRST = re.compile("([่-๋])([ัิ-ฺ])")
TYPE_ALONE = {
    "dates as cells": "xlsx",
    "codes and numbers as floats": "xlsx",
    "places in merged cells": "xlsx",
    "codes as formulas": "xlsx",
}


@dataclass
class Counts:
    """What was tried in this run."""

    chains: int = 0
    rows: int = 0
    explained: int = 0
    disguises: Counter[str] = field(default_factory=Counter)


COUNTED = Counts()


def mask(citizen_id: object) -> str:
    return f"x-xxxx-xxxxx-{str(citizen_id)[10:12]}-{str(citizen_id)[12]}"


def loaded(files: Mapping[str, bytes], folder: Path) -> tuple[Report, Warehouse]:
    paths = outcome.written(files, folder / "ทะเบียน")
    store = Store(folder / "data")
    with store.lock():
        report = load(store, paths, "th")
    return report, Warehouse(folder / "data", report)


def lost(draft: Draft, file: Written, report: Report, build: Warehouse) -> list[str]:
    """What did not come out as it was and is not listed at its row: one line each."""
    if report["outcome"] != "built":
        return [f"refused as a whole: {[p['message'] for sheet in report['files'] for p in sheet['problems']][:3]}"]
    sheets = [sheet for sheet in report["files"] if sheet["file"] in file.names]
    wrong = [f"{name}: no word of it" for name in file.names - {sheet["file"] for sheet in sheets}]
    wrong += [f"{s['file']}: the sum of rows" for s in sheets if s["rows_in"] != s["rows_kept"] + s["rows_refused"]]
    listed = {
        (s["file"], OF_TABLE.sub("", s["sheet"]), p["row"]) for s in sheets for p in s["problems"] if p["row"] is not None
    }
    left = [
        row for row in build.households().values() if str(row["house_code"] or "").startswith(prefix(draft)) or unknown(row)
    ]
    for number, truth in enumerate(draft.truth):
        row = next((row for way in WAYS for row in left if [row[k] for k in way] == [truth[k] for k in way]), None)
        left = [other for other in left if other is not row]
        differences = compared(truth, build.household(row["household_id"], row["register_year"])) if row else ["not there"]
        explained = file.places[number] in listed
        COUNTED.rows += 1
        COUNTED.explained += bool(differences and explained)
        wrong += [f"{file.places[number]}: {d}" for d in differences if not explained or d.startswith("made ")]
    return wrong + [f"nobody's: {row['household_id']}" for row in left if not unknown(row)]


def prefix(draft: Draft) -> str:
    """How the house codes of one register begin."""
    return str(draft.truth[0]["house_code"])[:8]


def unknown(row: Row) -> bool:
    """Whether a household has lost its house code, so that it may be of any file of the load."""
    return not row["house_code"]


def compared(truth: Row, row: Row) -> list[str]:
    """Fields that differ: left empty, or (never excused) made something else."""
    wanted = {name: truth[name] for name in COMPARED} | {"head_citizen_id": mask(truth["head_citizen_id"])}
    return [
        f"{'no' if row[name] in (None, 'no_data') else 'made'} {name}: {row[name]!r} of {value!r}"
        for name, value in wanted.items()
        if (as_seen(row[name]) if name in SEEN else row[name]) != value
    ]


def as_seen(value: object) -> object:
    """A name or telephone number as one sees it: the same letters, whatever they are made of."""
    if not isinstance(value, str):
        return value
    text = TONE_FIRST.sub(r"\2\1", UNSEEN.sub("", value).replace("ํา", "ำ").replace("เเ", "แ")).translate(DIGITS)
    return text.strip() if not text[:1].isdecimal() else re.sub(r"[\s-]", "", text)


def disguised(names: tuple[str, ...], seed: int, prefix: int, type_of_file: str, stem: str) -> tuple[Draft, Written]:
    draft = dressed_in(plain(prefix, SIZE, Random(seed)), names, seed)
    return draft, written(draft, type_of_file, stem)


def failures(names: tuple[str, ...], seed: int, type_of_file: str, folder: Path) -> list[str]:
    """What a register in these disguises loses, loaded alone."""
    draft, file = disguised(names, seed, 1, type_of_file, "ทะเบียน")
    with outcome.data_folder(folder / "data"):
        return lost(draft, file, *loaded(file.files, folder))


def test_every_disguise_alone(tmp_path: Path) -> None:
    """All that hold, of three types of file in turn, in one load: each has houses of its own."""
    tried = [named.name for named in LISTED if named.name not in NOT_YET]
    made = {
        name: disguised(
            (name,), n, n + 1, TYPE_ALONE.get(name, ("csv", "xlsx", "html called xls")[n % 3]), f"ทะเบียน {n + 1:03}"
        )
        for n, name in enumerate(tried)
    }
    with outcome.data_folder(tmp_path / "data"):
        report, build = loaded({n: content for _, file in made.values() for n, content in file.files.items()}, tmp_path)
        wrong = {name: said for name, (draft, file) in made.items() if (said := lost(draft, file, report, build))}
    assert wrong == {}, "\n".join(f"{name}: {said[:4]}" for name, said in wrong.items())


def test_what_is_not_seen_through_yet_is_not(tmp_path: Path) -> None:
    """Fails as soon as one is: take it out of NOT_YET."""
    seen = [
        n
        for n in sorted(NOT_YET)
        if not any(failures((n,), seed, TYPE_ALONE.get(n, "csv"), tmp_path / n / f"{seed}") for seed in DRAWS)
    ]
    assert seen == []


@settings(
    max_examples=EXAMPLES or 12,
    derandomize=not EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(names=chains(7, NOT_YET), seed=st.integers(0, 999), type_of_file=st.sampled_from(TYPES))
def test_any_chain_of_disguises(tmp_path_factory, names: tuple[str, ...], seed: int, type_of_file: str) -> None:
    COUNTED.chains += 1
    COUNTED.disguises.update(names)
    assert failures(names, seed, type_of_file, tmp_path_factory.mktemp("chain")) == []


def test_the_names_of_what_fails_are_names_of_disguises() -> None:
    assert set(BY_NAME) >= NOT_YET
    print(
        f"{COUNTED.chains} chains of {len(COUNTED.disguises)} disguises, {COUNTED.rows} rows, {COUNTED.explained} of them explained"
    )
