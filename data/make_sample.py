"""Make the sample registers of data/sample/: invented people in real villages.

  python data/make_sample.py [FOLDER]   writes into FOLDER, data/sample/ unless told

Every choice left to chance is drawn from a seed, so two runs give the same bytes. What the sample tells stands in the
tables of making/story.py and making/casework_story.py; the rest is filled in around it.
"""

import csv
import sys
from collections.abc import Set
from dataclasses import replace
from datetime import date
from pathlib import Path

from making import debts, fund, learning, sufficiency
from making.casework import gifts, needs, plan_2564, plan_items, steps, visits
from making.files import table, write_csv, write_workbook
from making.household import Household, Row, dice
from making.households import certified_households, in_2564, listed_households, with_keys
from making.people import people
from making.rows import rows_of
from making.spelling import (
    ENGLISH_COLUMNS,
    HEADINGS,
    RE_X_RAY_COLUMNS,
    TPMAP_COLUMNS,
    WARIN_COLUMNS,
    as_english,
    as_excel,
    as_re_x_ray,
    as_tpmap,
    buddhist_words,
    english,
    no_answer_flags,
)
from making.story import LISTED, OTHER_DISTRICTS, SAME_HOUSE, TAMBONS

SAMPLE = Path(__file__).parent / "sample"


def village_names() -> dict[str, str]:
    """Village code -> name, from the village register, which is an input here."""
    with open(SAMPLE / "หมู่บ้าน.csv", encoding="utf-8-sig", newline="") as file:
        return {row["รหัสหมู่บ้าน"]: row["ชื่อหมู่บ้าน"] for row in csv.DictReader(file)}


def shuffled_villages(names: dict[str, str], district: str, taken: Set[str] = frozenset()) -> list[str]:
    """Villages of the tambons used here in a drawn order, those not taken first."""
    mine = [code for code in names if code[:4] == district and code[:6] in TAMBONS]
    dice("villages", district).shuffle(mine)
    return sorted(mine, key=lambda code: code in taken)


def pho_sai(folder: Path, names: dict[str, str]) -> None:
    """The two household registers of 2565, the case workbook, and the registers of 2564."""
    certified = certified_households()
    villages = shuffled_villages(names, "3421", {h.village for h in certified})
    listed = listed_households("3421", LISTED, len(certified) + 1, villages)
    twin = {h.no: h for h in certified}
    listed = [replace(h, village=twin[SAME_HOUSE[h.no]].village) if h.no in SAME_HOUSE else h for h in listed]
    households = with_keys(certified + listed)

    tpmap = sorted((rows_of(h, names) for h in households if h.source != "outside"), key=lambda r: r["household_id"])
    outside = [no_answer_flags(rows_of(h, names)) for h in households if h.source == "outside"]
    write_csv(folder / "โพธิ์ไทร 2565 รายชื่อ TPMAP.csv", table(tpmap, TPMAP_COLUMNS, cell=as_tpmap), "utf-8-sig", "\r\n")
    plain = (HEADINGS | {"indicator_22": "ข้อ 22", "income": "รายได้ต่อคนต่อปี"}).__getitem__
    write_csv(folder / "โพธิ์ไทร 2565 Re X-ray.csv", table(outside, RE_X_RAY_COLUMNS, plain, as_re_x_ray))

    known = [h for h in households if h.certified or h.no % 6]  # members of some listed households are not yet known
    write_cases(folder / "โพธิ์ไทร 2565 ทะเบียนกรณี.xlsx", [p for h in known for p in people(h)], households)

    before = in_2564(households, villages)
    rows = sorted((rows_of(h, names) for h in before), key=lambda r: r["village_code"])
    write_csv(folder / "โพธิ์ไทร 2564.csv", table(rows, TPMAP_COLUMNS, cell=as_tpmap), "utf-8-sig", "\r\n")
    plan = plan_2564(before)
    write_csv(folder / "โพธิ์ไทร 2564 แผน 4ท.csv", table(plan, list(plan[0])), "utf-8-sig", "\r\n")


def write_cases(path: Path, members: list[Row], households: list[Household]) -> None:
    """The workbook of people, plans, cases and visits; steps and visits have English headings and real dates."""
    sheets = {}
    for name, rows in (("สมาชิก", members), ("แผน 4ท", plan_items(households)), ("ความต้องการ", needs(households))):
        sheets[name] = table(rows, list(rows[0]))
    given = gifts(households)
    sheets["สิ่งที่ได้รับ"] = table(given, list(given[0]), cell=lambda c, v: buddhist_words(v) if isinstance(v, date) else v)
    for name, rows in (("ขั้นตอน", steps(households)), ("เยี่ยมบ้าน", visits(households))):
        sheets[name] = table(rows, list(rows[0]), english, lambda c, v: v)
    write_workbook(path, sheets)


def other_districts(folder: Path, names: dict[str, str]) -> None:
    """The smaller registers of two more districts of the province."""
    district = {
        code: with_keys(listed_households(code, counts, 1, shuffled_villages(names, code)))
        for code, counts in OTHER_DISTRICTS.items()
        if code != debts.DISTRICT
    }
    rows = [rows_of(h, names) for h in district["3426"]]
    write_csv(folder / "ทุ่งศรีอุดม 2565.csv", table(rows, ENGLISH_COLUMNS, english, as_english))
    rows = [rows_of(h, names) for h in district["3415"]]
    members = [p for h in district["3415"] for p in people(h)]
    sheets = {
        "ครัวเรือน": table(rows, WARIN_COLUMNS, cell=as_excel),
        "สมาชิก": table(members, list(members[0]), english, as_excel),
    }
    write_workbook(folder / "วารินชำราบ 2565.xlsx", sheets)


def womens_fund(folder: Path, names: dict[str, str]) -> None:
    """The women's fund of one subdistrict: projects, instalments, repayments, and what was done of the ป ต ท model."""
    villages = [code for code in names if code[:6] == fund.TAMBON]
    write_workbook(folder / "วารินชำราบ กองทุนพัฒนาบทบาทสตรี.xlsx", fund.sheets(villages))


def village_funds(folder: Path, names: dict[str, str]) -> None:
    """The village funds of Phibun Mangsahan, and a few households of its poverty register, of whom some are debtors."""
    villages = debts.villages_of(names)[: debts.LEDGERS]
    poor = with_keys(listed_households(debts.DISTRICT, OTHER_DISTRICTS[debts.DISTRICT], 1, villages))
    rows = [rows_of(h, names) for h in poor]
    write_csv(folder / "พิบูลมังสาหาร 2565.csv", table(rows, TPMAP_COLUMNS, cell=as_tpmap), "utf-8-sig", "\r\n")
    write_workbook(folder / "พิบูลมังสาหาร กข.คจ.xlsx", debts.sheets(names, rows))


def learning_office(folder: Path) -> None:
    """The office of one district that learns: its staff, their skills, lessons, and what they learn month by month."""
    write_workbook(folder / "ตระการพืชผล สำนักงานแห่งการเรียนรู้.xlsx", learning.sheets())


def sufficiency_villages(folder: Path, names: dict[str, str]) -> None:
    """Assessments of villages by three instruments, their scores, forums and model families of one district."""
    households = with_keys(listed_households("3426", OTHER_DISTRICTS["3426"], 1, shuffled_villages(names, "3426")))
    rows = [rows_of(h, names) for h in households]
    write_workbook(folder / "ทุ่งศรีอุดม หมู่บ้านเศรษฐกิจพอเพียง.xlsx", sufficiency.sheets(rows))


def main(folder: Path = SAMPLE) -> None:
    """Write every file that is made here into `folder`."""
    names = village_names()
    folder.mkdir(parents=True, exist_ok=True)
    pho_sai(folder, names)
    other_districts(folder, names)
    womens_fund(folder, names)
    village_funds(folder, names)
    learning_office(folder)
    sufficiency_villages(folder, names)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
