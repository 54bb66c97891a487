"""The households of each register: those told of in the story, those like them, and the same ones a year before."""

import hashlib
import random
from dataclasses import replace
from datetime import date, timedelta

from making.household import DIMENSION_OF, SEED, Household, answers, dice, family_of, lines
from making.story import AS_OF, CERTIFIED, CLOSED, GONE_SINCE_2564, LISTED, PLANTED, WRITTEN


def certified_households() -> list[Household]:
    """The 34 of the table."""
    return [_told(row) for row in lines(CERTIFIED)]


def _told(row: dict[str, str]) -> Household:
    no = int(row["no"])
    fails = row["fails"].split(",") if row["fails"] else []
    closed = AS_OF - timedelta(int(row["quiet"])) if no in CLOSED else None
    return Household(
        no, 2565, row["village"], row["source"], family_of(row["family"]),
        int(row["income"]) if row["income"] else None,
        frozenset(int(f) for f in fails if f.isdigit()),
        frozenset(f for f in fails if not f.isdigit()),
        frozenset(row["silent"].split(",")) - {""},
        "confirmed", "certified", int(row["meeting"]), closed, CLOSED.get(no, ""), written=WRITTEN.get(no, {}),
    )  # fmt: skip


def listed_households(district: str, table: str, first: int, villages: list[str]) -> list[Household]:
    """Households of a table of counts: each is like one of the 34 in its family and its troubles, a little changed."""
    like, found = certified_households(), []
    one_each = [row for row in lines(table) for _ in range(int(row["count"]))]
    for no, row in enumerate(one_each, first):
        chance = dice(district, no)
        model = chance.choice(like)
        well, written = row["verification"] == "not_poor", PLANTED.get((district, no), {})
        income = 39_000 + 500 * chance.randrange(60) if well else (model.income or 30_000) + 250 * chance.randrange(-9, 9)
        meeting = chance.choice((1, 2, 3)) if row["certification"] in ("certified", "refused") else 0
        found.append(
            Household(
                no,
                2565,
                villages[no % len(villages)],
                row["source"],
                tuple(replace(m, age=_other_age(m.age, chance)) for m in model.family),
                None if "income" in model.silent or "income" in written else income,
                frozenset(sorted(model.fails)[:1]) if well else model.fails,
                frozenset() if well else model.flagged,
                model.silent,
                row["verification"],
                row["certification"],
                meeting,
                written=written,
            )
        )
    return found


def _other_age(age: int, chance: random.Random) -> int:
    """An age near `age` in the same group: a child at school stays one, an elder stays one."""
    near = 3 if 26 <= age <= 55 or age >= 65 else 1 if 8 <= age <= 13 else 0
    return age + chance.randint(-near, near)


def with_keys(households: list[Household]) -> list[Household]:
    """Each household's id: 32 hex digits as TPMAP gives, or a running number per tambon of Re X-ray."""
    count: dict[str, int] = {}
    keyed = []
    for h in households:
        if h.source == "outside":
            count[h.village[:6]] = count.get(h.village[:6], 0) + 1
            key = f"RX-{h.village[:6]}-{count[h.village[:6]]:04}"
        else:
            key = hashlib.sha256(f"{SEED} {h.village[:4]} {h.no}".encode()).hexdigest()[:32]
        keyed.append(replace(h, key=key))
    return keyed


def in_2564(households: list[Household], villages: list[str]) -> list[Household]:
    """The register of the year before: those of today that stood in it then, and those gone since."""
    then = [row["in 2564"] for row in lines(CERTIFIED)]
    for row in lines(LISTED):
        was = ["~,c"] * int(row["in 2564"] or 0) + (["~"] if row["in 2564"] else [""]) * int(row["count"])
        then += was[: int(row["count"])]
    return [_as_it_was(h, words) for h, words in zip(households, then, strict=True) if words] + _gone(villages)


def _drift(household: Household) -> str:
    """How a listed household fared between the years, in the words of the table."""
    chance = dice("drift", household.no)
    passed = sorted(n for n, answer in answers(household).items() if answer == "1" and n in DIMENSION_OF and n != 22)
    more, fewer = chance.sample(passed, min(3, len(passed))), sorted(household.fails)
    return chance.choice(["=", "=", "i30000", *(f"+{n}" for n in more), *(f"-{n}" for n in fewer)])


def _as_it_was(household: Household, words: str) -> Household:
    fails, income, certification = household.fails, household.income, ""
    for word in words.replace("~", _drift(household)).split(","):
        if word[0] == "+":
            fails = fails | {int(word[1:])}
        elif word[0] == "-":
            fails = fails - {int(word[1:])}
        elif word[0] == "i" and household.income is not None:
            income = int(word[1:])
        elif word == "c":
            certification = "certified"
    return replace(
        household, year=2564, fails=fails, income=income, source="tpmap", certification=certification,
        verification="confirmed" if certification else "not_poor", meeting=dice("2564", household.no).choice((1, 2)),
        closed=None, reason="", written={},
    )  # fmt: skip


def _gone(villages: list[str]) -> list[Household]:
    table = f"count  source  verification  certification\n{len(GONE_SINCE_2564)}  tpmap  confirmed  -"
    gone = with_keys(listed_households("3421", table, 201, villages))
    then = [_as_it_was(h, "=,c" if reason else "=") for h, reason in zip(gone, GONE_SINCE_2564, strict=True)]
    first_closed = date(2021, 8, 2)
    return [
        replace(h, closed=first_closed + timedelta(6 * i), reason=reason) if reason else h
        for i, (h, reason) in enumerate(zip(then, GONE_SINCE_2564, strict=True))
    ]
