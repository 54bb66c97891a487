"""Spellings of the listed headings as hands and programs make them: labelled headings without end, the same for the same seed.

They measure how far the understanding bears slips; other words for the same are in headings_scored.csv.
"""

from collections.abc import Callable
from random import Random

import definitions
from definitions.registers import registers
from etl.headings.columns import Column, columns
from tests.registers.labelled import Labelled

Slip = Callable[[str, Random], str]
VALUES = {  # type, or name without row_ and head_ -> cells, where the definitions have no examples
    "year": "2565|2565|2565", "date": "15/03/2565|2/5/2565|30/09/2565", "number": "12000|24,000|37,500", "integer": "2|4|3",
    "flag": "1|0|-", "result": "ผ่าน|ไม่ผ่าน|ผ่าน", "lack": "✓||✓", "text": "ตัวอย่าง|สมมุติ|ทดสอบ", "area": "34|33|32",
    "citizen_id": "3000000123450|3000000543211|1000000678901", "full_name": "นายคำพันธ์ ตัวอย่างดี|นางจำปา สมมุติงาม|นางสาวแพรว ทดสอบทำ",
    "title": "นาย|นาง|นางสาว", "first_name": "คำพันธ์|จำปา|แพรว", "last_name": "ตัวอย่างดี|สมมุติงาม|ทดสอบทำ", "aside": "1|2|3",
    "pick:dimension": "สุขภาพ|รายได้|ความเป็นอยู่", "pick:aspect": "ทัศนคติ|ทักษะ|ทรัพยากร",
}  # fmt: skip
LEAST = 8  # letters of a heading that still tells what it was when one of them is wrong
LETTERS = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F)))  # never a digit: ข้อ 21 is not ข้อ 2
SAME = "row_", "head_"  # a list has the one or the other of these
NEXT_KEY = dict(zip("ดกัเาแสหทรนวบ", "เ้ีร่ทวากดยลป", strict=True))  # what the finger beside it hits on a Thai keyboard


def generated(seed: int = 0, sheets: int = 4, most: int = 14) -> list[Labelled]:
    """Some sheets of each register, of up to `most` of its columns, every heading with one slip or two."""
    random = Random(seed)
    return [
        heading
        for register in registers()
        if register != "carried"
        for number in range(sheets)
        for heading in _sheet(register, f"{register} {number + 1}", most, random)
    ]


def _sheet(register: str, name: str, most: int, random: Random) -> list[Labelled]:
    wanted = [
        c
        for c in columns(register).values()
        if c.name not in ("corrects", "reason") and not c.name.startswith(random.choice(SAME))
    ]
    chosen = random.sample(wanted, min(len(wanted), random.randint(6, most)))
    once = {c.name.removesuffix("_flag").removesuffix("_lack"): c for c in chosen}  # a dimension is passed or lacking, not both
    return [_heading(register, name, column, random) for column in once.values()]


def _heading(register: str, sheet: str, column: Column, random: Random) -> Labelled:
    listed = text = random.choice(_listed(register, column))
    made: list[str] = []
    while text == listed:
        made = []
        for slip in random.sample(SLIPS, random.choice([1, 1, 2])):
            text, before = slip(text, random), text
            made += [slip.__name__.removeprefix("_")] if text != before else []
    return Labelled(register, sheet, "", text, column.name, _values(column), f"slips: {', '.join(made)}")


def _listed(register: str, column: Column) -> list[str]:
    """The Thai headings of a column as the definitions have them; of a pattern, its name."""
    rows = [r for r in definitions.table("register_columns") if r["column"] == column.name]
    listed = [
        h for r in rows if register in r["register"].split("|") or r["register"] == "*" for h in r["headings_th"].split("|")
    ]
    return [h for h in listed if len(h) > 3] or [column.name_th]


def _values(column: Column) -> tuple[str, ...]:
    given = [r["examples"] for r in definitions.table("register_columns") if r["column"] == column.name and r["examples"]]
    known = [VALUES.get(column.name.removeprefix("row_").removeprefix("head_")), *given[:1], VALUES.get(column.type)]
    if column.type.startswith("pick:"):
        known = ["|".join(definitions.picklist(column.type.removeprefix("pick:"), "th").values()), VALUES.get(column.type)]
    cells = next(filter(None, known), "ข้อความ").split("|")  # a column that only gives others its value shows none
    return tuple((cells * 3)[:3])


def _numbered(text: str, random: Random) -> str:
    return random.choice(["{}. ", "({}) ", "{}) "]).format(random.randint(1, 12)) + text


def _marked(text: str, random: Random) -> str:
    return text + random.choice(["*", " *", " (จำเป็น)", " (ระบุ)", ":", " (ถ้ามี)"])


def _broken(text: str, random: Random) -> str:
    whole = [n for n in range(1, len(text)) if not text[n - 1 : n + 1].isdigit()]  # a number is not parted
    place = random.choice(whole)
    return text[:place] + random.choice(["\n", "  ", "\u200b", "\u00a0", "\t", "-"]) + text[place:]


def _looking_alike(text: str, _: Random) -> str:
    return text.replace("ำ", "ํา").replace("แ", "เเ")


def _letter_lost(text: str, random: Random) -> str:
    place = _place(text, random, LETTERS)
    return text[:place] + text[place + 1 :] if place else text


def _letter_twice(text: str, random: Random) -> str:
    place = _place(text, random, LETTERS)
    return text[:place] + text[place] + text[place:] if place else text


def _key_beside(text: str, random: Random) -> str:
    place = _place(text, random, "".join(NEXT_KEY))
    return text[:place] + NEXT_KEY[text[place]] + text[place + 1 :] if place else text


def _place(text: str, random: Random, letters: str) -> int:
    """Where a slip of the hand may fall, 0 where the heading is too short to bear one."""
    places = [place for place, letter in enumerate(text) if place and letter in letters]
    return random.choice(places) if places and len(text) >= LEAST else 0


SLIPS: list[Slip] = [_numbered, _marked, _broken, _looking_alike, _letter_lost, _letter_twice, _key_beside]
