"""A labelled set of what officers write into a name cell besides the name, and of surnames that changed."""

from benchmarks.linkage.people import District, Labelled, Person
from benchmarks.names import SURNAME, SURNAMED

FAMILIES = 5_000
CASES = 250  # of a kind
TITLES = {"ชาย": ["นาย", "นาย ", "คุณ", "ลุง", "ตา"], "หญิง": ["นาง", "นาง ", "นางสาว", "น.ส.", "น.ส. ", "คุณ", "ป้า", "ยาย"]}
CHILD = {"ชาย": ["ด.ช.", "ด.ช. ", "เด็กชาย", "เด็กชาย "], "หญิง": ["ด.ญ.", "ด.ญ. ", "เด็กหญิง"]}
RANKS = [
    "ว่าที่ ร.ต.", "ว่าที่ร.ต.", "ว่าที่ร้อยตรี", "ว่าที่ พ.ต.", "ส.อ.", "ส.ต.ท.", "จ.ส.อ.", "จ.ส.ต.", "ด.ต.", "ร.ต.", "ร.ต.อ.", "ร.ท.", "พ.ต.ท.", "พ.อ.",
    "สิบเอก", "จ่าสิบเอก", "ดาบตำรวจ", "ร้อยเอก", "พ.จ.อ.", "อส.", "ดร.", "ผศ.", "นพ.", "พระ", "พระครู", "หลวงพ่อ", "กำนัน", "ผู้ใหญ่", "ครู", "อ.",
]  # fmt: skip
NICKNAMES = ["เปี๊ยก", "แดง", "ดำ", "อ้วน", "เล็ก", "น้อย", "ต้อย", "แมว", "หนู", "ตุ๊ก", "นก", "ไก่", "จ่อย", "หล้า", "ตู่", "แอ๊ด"]
BRACKETS = ["({})", " ({})", "( {} )", " [{}]", ' "{}"', " (ชื่อเล่น {})", "/{}"]


def labelled(seed: int = 2566) -> Labelled:
    """29,125 records, 2,000 labelled pairs that are one person, 1,250 that are two."""
    district, made = District(seed), Labelled()
    for family in district.families(FAMILIES):
        made.add(*family)
    for _ in range(CASES):
        written_again(district, made)
        surnames(district, made)
        near_misses(district, made)
    return made


def title_of(district: District, person: Person) -> str:
    """The word before this person's name, a child's where it is one."""
    young = person.born is not None and person.born[2] > 2550
    return district.chance.choice((CHILD if young else TITLES)[person.sex])


def nicknamed(district: District, name: str) -> str:
    return name + district.chance.choice(BRACKETS).format(district.chance.choice(NICKNAMES))


def written_again(district: District, made: Labelled) -> None:
    """Somebody of a new family in a second register, once for each way of filling the cell."""
    for kind in (
        "title",
        "rank",
        "nickname behind the first name",
        "nickname behind the surname",
        "title and nickname",
        "one cell",
    ):
        person, *family = district.family()
        made.add(person, *family)
        other = district.again(person)
        if kind in ("title", "title and nickname"):
            other = other._replace(first=title_of(district, person) + other.first)
        if kind in ("rank", "one cell"):
            space = " " if district.chance.random() < 0.3 else ""
            other = other._replace(first=district.chance.choice(RANKS) + space + other.first, one_cell=kind == "one cell")
        if kind in ("nickname behind the first name", "title and nickname"):
            other = other._replace(first=nicknamed(district, other.first))
        if kind in ("nickname behind the surname",) or (kind == "one cell" and district.chance.random() < 0.5):
            other = other._replace(last=nicknamed(district, other.last))
        made.add(other)
        made.one(kind, person, other)


def surnames(district: District, made: Labelled) -> None:
    """A woman under her maiden name, and a record without any surname: birth date and first name are what is left."""
    for kind in ("maiden name", "no surname"):
        family = district.family()
        made.add(*family)
        woman = family[1]
        last = another_surname(district, woman.last) if kind == "maiden name" else ""
        other = district.again(woman, last=last, born=woman.born)
        made.add(other)
        made.one(kind, woman, other)


def another_surname(district: District, last: str) -> str:
    """A surname of the village or of elsewhere that is not this one."""
    other = last
    while other[:3] == last[:3]:
        other = district.chance.choice(SURNAME) + district.chance.choice(SURNAMED)
    return other


def near_misses(district: District, made: Labelled) -> None:
    """Two people who share the title, the nickname, the first name or the surname, and are two all the same."""
    chance = district.chance
    for kind in (
        "one rank",
        "one nickname",
        "one first name",
        "one first name, both on 1 January",
        "one first name, born on one day",
    ):
        a = district.family()[0]
        year = a.born[2] if a.born else 2500
        b = district.family(village=a.village, last=a.last)[0]._replace(
            born=district.day(year + chance.randint(-1, 1)), sex=a.sex
        )
        while b.first[:4] == a.first[:4]:
            b = b._replace(first=chance.choice(district.firsts))
        if kind == "one rank":
            rank = chance.choice(RANKS)
            a, b = a._replace(first=rank + a.first), b._replace(first=rank + b.first)
        elif kind == "one nickname":
            nickname = f" ({chance.choice(NICKNAMES)})"
            a, b = a._replace(first=a.first + nickname), b._replace(first=b.first + nickname)
        else:
            b = b._replace(first=a.first, last=another_surname(district, a.last), born=(29, 6, year))
            if kind == "one first name, both on 1 January":
                a, b = a._replace(born=(1, 1, year)), b._replace(born=(1, 1, year))
            if kind == "one first name, born on one day":
                b = b._replace(sex="หญิง" if a.sex == "ชาย" else "ชาย", born=a.born)
        made.add(a, b)
        made.two(kind, a, b)
