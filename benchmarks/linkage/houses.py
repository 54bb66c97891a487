"""A labelled set of spelling variants of Thai names among people who are hard to tell apart: twins, families, namesakes."""

from benchmarks.linkage.people import SEXES, District, Labelled, Person
from benchmarks.linkage.spelling import KINDS, varied
from benchmarks.names import FIRST, LAST

FAMILIES = 5_000
CASES = 120  # of a kind
ENDINGS = [*LAST, "พล", "พัฒน์", "พิศ"]  # พร and พล are two names, though ร and ล are one to many ears
HOMOPHONES = {("พร", "ภรณ์"), ("ภรณ์", "พร")}


def labelled(seed: int = 2567) -> Labelled:
    """30,271 records, 2,280 labelled pairs that are one person, 840 that are two."""
    district, made = District(seed), Labelled()
    for family in district.families(FAMILIES):
        made.add(*family)
    for _ in range(CASES):
        for kind in KINDS:
            respelled(district, made, kind)
        several(district, made)
        dates(district, made)
        twins(district, made)
        twins_again(district, made)
        namesakes(district, made)
        families_of_a_house(district, made)
    return made


def respelled(district: District, made: Labelled, kind: str) -> None:
    """Somebody in a second register whose name has a place for this kind of variant: in either name, or in both."""
    while True:
        person, *family = district.family()
        first, last = (varied(name, kind, district.chance) for name in (person.first, person.last))
        if first != person.first or last != person.last:
            break
    made.add(person, *family)
    other = district.again(person, first=first, last=last)
    made.add(other)
    made.one(kind, person, other)


def several(district: District, made: Labelled) -> None:
    """Two kinds of variants in one name."""
    person, *family = district.family()
    first, last = person.first, person.last
    for kind in district.chance.sample(list(KINDS), 2):
        first, last = varied(first, kind, district.chance), varied(last, kind, district.chance)
    made.add(person, *family)
    other = district.again(person, first=first, last=last)
    made.add(other)
    made.one("two kinds at once", person, other)


def dates(district: District, made: Labelled) -> None:
    """The name as it is, the birth date a year off."""
    person, *family = district.family()
    assert person.born
    day, month, year = person.born
    other = district.again(person, born=(day, month, year + district.chance.choice((-1, 1))))
    made.add(person, *family, other)
    made.one("year of birth one off", person, other)


def names_of_twins(district: District) -> tuple[str, str]:
    """Two names that begin or end alike, as parents like them for twins."""
    while True:
        kept, one, two = district.chance.choice(FIRST), *district.chance.sample(ENDINGS, 2)
        if (one, two) in HOMOPHONES or kept in (one, two):
            continue
        if district.chance.random() < 0.7:
            return kept + one, kept + two
        first, second = district.chance.sample(FIRST, 2)
        return first + one, second + one


def born_together(district: District) -> tuple[list[Person], Person, Person]:
    """A family and its twins, who are the last two of its members."""
    family = district.family()[:2]
    parent = family[0]
    year = (parent.born[2] if parent.born else 2510) + 25
    born, sex = district.day(year), district.chance.choice(SEXES)
    one, two = (
        parent._replace(number=3 + n, first=first, sex=sex, born=born) for n, first in enumerate(names_of_twins(district))
    )
    return family, one, two


def twins(district: District, made: Labelled) -> None:
    """Twins in one household, and twins of whom one founded a household in the same house."""
    family, one, two = born_together(district)
    made.add(*family, one, two)
    made.two("twins in one household", one, two)
    family, one, two = born_together(district)
    two = two._replace(household=district.household(), number=1)
    made.add(*family, one, two)
    made.two("twins in two households of one house", one, two)


def twins_again(district: District, made: Labelled) -> None:
    """Twins whom a second register lists, too: each is one with itself and two with the other."""
    family, one, two = born_together(district)
    household, house = district.household(), district.again(one).house
    once_more = [twin._replace(household=household, house=house, number=n + 1) for n, twin in enumerate((one, two))]
    made.add(*family, one, two, *once_more)
    made.one("twins listed twice", one, once_more[0])
    made.one("twins listed twice", two, once_more[1])
    made.two("a twin and the other's second record", one, once_more[1])
    made.two("a twin and the other's second record", two, once_more[0])


def namesakes(district: District, made: Labelled) -> None:
    """One name borne by a father and his son in one house, by neighbours, by people of one year in two villages."""
    father, *family = district.family()
    assert father.born
    son = district.again(father, house=father.house, born=district.day(father.born[2] + district.chance.randint(18, 40)))
    made.add(father, *family, son)
    made.two("father and son of one name", father, son)
    one, *family = district.family()
    assert one.born
    other = district.again(
        one, born=district.day(one.born[2] + district.chance.choice((-1, 1)) * district.chance.randint(3, 15))
    )
    made.add(one, *family, other)
    made.two("neighbours of one name, three years apart or more", one, other)


def families_of_a_house(district: District, made: Labelled) -> None:
    """Two families of one surname in one house: brothers or sisters of nearly one age with names that begin alike."""
    family = district.family()
    other = district.family(family[0].village, family[0].house, family[0].last)
    assert family[0].born
    one, two = names_of_twins(district)
    family[0] = family[0]._replace(first=one)
    other[0] = other[0]._replace(first=two, born=district.day(family[0].born[2] + district.chance.randint(1, 2)))
    made.add(*family, *other)
    made.two("families of one house", family[0], other[0])
