"""Sums kept beside the households are those of the households, and how one was a year before is shown where it stood in the area."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from queries import DESK, NATION, Filters, Reader
from queries.warehouse import current
from tests.drawn import Row, Warehouse, loaded, records, write_csv
from tests.drawn import register as rows
from tests.recount import ENGLISH

SUMS = ("households", "people", "target_people", "card_known", "people_known", "verified", "unverified", "located", "counted")
SUMS += ("moved", "near", "later")
STATES = tuple(ENGLISH.values())
VILLAGES = ("34210601", "34210602", "34210101", "34150203", "34151101")
AREAS = [(NATION,), ("34",), ("3421",), ("3415", "342106"), ("342106",), ("34210602",), ("34210601", "34150203")]


def table(name: str) -> list[Row]:
    return records(current()[0].cursor().execute(f"from warehouse.{name}").df())


def sums(homes: list[Row]) -> dict[str, int]:
    """What households add up to: a null adds 0, which the numbers of households with data tell apart."""
    with_card = [h for h in homes if h["target_people"] is not None]
    return {
        "households": len(homes),
        "people": sum(h["people"] or 0 for h in homes),
        "target_people": sum(h["target_people"] for h in with_card),
        "card_known": len(with_card),
        "people_known": sum(h["listed_members"] or 0 for h in with_card),
        "verified": sum(h["verification"] == "confirmed" for h in homes),
        "unverified": sum(h["verification"] in (None, "unverified") for h in homes if h["verification_kept"]),
        "counted": sum(h["people"] is not None for h in homes),
        "moved": sum(h["last_movement"] is not None for h in homes),
        "near": sum((h["as_of"] - h["last_movement"]).days <= 30 for h in homes if h["as_of"] and h["last_movement"]),
        "later": sum(h["last_movement"] > h["as_of"] for h in homes if h["as_of"] and h["last_movement"]),
        "located": sum(h["latitude"] is not None and h["longitude"] is not None for h in homes),
    }


def drawn_by_chance(seed: int) -> dict[str, str]:
    """Three years of some forty households, of whom every third stands in another village than the year before."""
    chance = random.Random(seed)
    homes, people = [], []
    for number in range(40):
        village = chance.choice(VILLAGES)
        for year in sorted(chance.sample((2563, 2564, 2565), chance.choice((1, 2, 3)))):
            village = chance.choice(VILLAGES) if chance.random() < 1 / 3 else village
            answers = [chance.choice(("0", "1", "1", "-")) for _ in range(3)]
            certified = chance.choice(("certified", "certified", "proposed", ""))
            verification = chance.choice(("confirmed", "unverified", "not_poor", ""))
            point = chance.choice((("15.7", "105.3"), ("15.7", ""), ("", "")))
            homes.append((f"H{number}", year, village, chance.choice(("", 2, 5)), *answers, certified, verification, *point))
            people += [
                (f"H{number}", year, n, chance.choice(("validated", "registered", "none", "")))
                for n in range(chance.choice((0, 0, 1, 3)))
            ]
    headings = "household_id | register_year | village_code | members | indicator_1 | indicator_8 | indicator_15"
    return {
        "household": as_text(f"{headings} | certification | verification | latitude | longitude", homes),
        "person": as_text("household_id | register_year | member_no | welfare_card", people),
    }


def as_text(headings: str, cells: list[tuple]) -> str:
    return "\n".join([headings, *(" | ".join(map(str, row)) for row in cells)])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, dict[str, str]], Warehouse]:
    """Drawn registers through the production build, each once for all tests here."""
    made: dict[str, Warehouse] = {}

    def of(name: str, tables: dict[str, str]) -> Warehouse:
        if name not in made:
            folder = tmp_path_factory.mktemp("drawn")
            files = [write_csv(folder / f"{table}.csv", rows(table, text)) for table, text in tables.items()]
            made[name] = loaded(folder / "data", *files)
        return made[name]

    return of


@pytest.fixture(params=["the sample", "chance 1", "chance 2"])
def register(request: pytest.FixtureRequest, built, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """The sample, or a register that nobody has looked at."""
    if request.param == "the sample":
        return request.getfixturevalue("sample")
    w = built(request.param, drawn_by_chance(int(request.param[-1])))
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    return w


def test_the_sums_of_each_village_and_year_are_those_of_its_households(register):
    homes, tallies = table("household"), table("tally")
    places = {(h["register_year"], h["village_code"]) for h in homes}
    assert {(t["register_year"], t["village_code"]) for t in tallies} == places
    for year, village in places:
        of_place = [h for h in homes if (h["register_year"], h["village_code"]) == (year, village)]
        kept = [t for t in tallies if (t["register_year"], t["village_code"]) == (year, village)]
        assert {name: sum(t[name] or 0 for t in kept) for name in SUMS} == sums(of_place), (year, village)


def test_each_tally_is_of_all_households_alike_in_everything_that_is_counted_by(register):
    homes, tallies = table("household"), table("tally")
    was = {(h["register_year"], h["household_id"]): h for h in homes}
    alike = [name for name in tallies[0] if name in homes[0] and name not in (*SUMS, "as_of")]
    groups = defaultdict(list)
    for h in homes:
        before = was.get((h["register_year"] - 1, h["household_id"]), {})
        groups[(*(h[n] for n in alike), before.get("village_code"), *(before.get(d) for d in STATES))].append(h)
    by_key = {(*(t[n] for n in alike), t["was_village"], *(t[f"{d}_was"] for d in STATES)): t for t in tallies}
    assert len(by_key) == len(tallies) and by_key.keys() == groups.keys()
    for key, homes_alike in groups.items():
        assert {name: by_key[key][name] or 0 for name in SUMS} == sums(homes_alike), key
        assert {by_key[key]["as_of"]} == {h["as_of"] for h in homes_alike}, key


@pytest.mark.parametrize("areas", AREAS, ids="+".join)
def test_change_is_told_of_what_the_reader_sees_in_both_years(register, areas):
    """Counted again from the rows of the report that this reader may see, and no others."""
    reader = Reader(DESK.role, areas)
    report = register.ask("report", reader=reader)
    was = {(h["register_year"], h["household_id"]): h for h in report}
    both = [(was[key], h) for h in report if (key := (h["register_year"] - 1, h["household_id"])) in was]
    for row in register.ask("change", reader=reader):
        moved = Counter((before[row["dimension"]], now[row["dimension"]]) for before, now in both)
        assert (row["better"], row["worse"], row["still_deprived"], row["still_not_deprived"]) == (
            moved["deprived", "not_deprived"], moved["not_deprived", "deprived"],
            moved["deprived", "deprived"], moved["not_deprived", "not_deprived"],
        )  # fmt: skip
        assert row["not_comparable"] == sum(n for states, n in moved.items() if "no_data" in states)
        assert (row["households"], row["chosen"]) == (len(both), len(report))
    comparable = [pair for pair in both if all({home[d] for d in STATES} != {"no_data"} for home in pair)]
    for by, place in (("district", slice(0, 4)), ("village", slice(0, 8))):
        counted = defaultdict(lambda: [0, 0, 0])
        for before, now in comparable:
            figures = counted[now["register_year"], now["village_code"][place]]
            for i, more in enumerate((1, "deprived" in {before[d] for d in STATES}, "deprived" in {now[d] for d in STATES})):
                figures[i] += more
        rows = register.ask("area_change", reader=reader, by=by)
        assert {(r["register_year"], r["code"]): [r["compared"], r["was"], r["now"]] for r in rows} == counted
        assert all(r["change"] == r["now"] - r["was"] for r in rows)


MOVED = """
    household_id | register_year | village_code | indicator_8
    stayed       | 2564          | 34210601     | 0
    stayed       | 2565          | 34210601     | 1
    from_afar    | 2564          | 34150203     | 0
    from_afar    | 2565          | 34210601     | 0
    next_door    | 2564          | 34210602     | 1
    next_door    | 2565          | 34210601     | 0
    new          | 2565          | 34210601     | 0
    away_a_year  | 2563          | 34210601     | 0
    away_a_year  | 2565          | 34210601     | 1
    """


@pytest.fixture
def moved(built, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    w = built("moved", {"household": MOVED})
    monkeypatch.setenv("BAAN_SUK_DATA", str(w.folder))
    return w


@pytest.mark.parametrize(
    ("areas", "better", "worse", "still", "compared", "was", "now"),
    [
        ((NATION,), 1, 1, 1, 3, 2, 2),
        (("3415", "3421"), 1, 1, 1, 3, 2, 2),
        (("3421",), 1, 1, 0, 2, 1, 1),  # from_afar was in no register of this district
        (("342106",), 1, 1, 0, 2, 1, 1),
        (("34210601",), 1, 0, 0, 1, 1, 0),  # next_door stood in the next village
        (("34210601", "34150203"), 1, 0, 1, 2, 2, 1),
    ],
)
def test_a_household_that_came_from_outside_the_area_was_not_listed_before(
    moved, areas, better, worse, still, compared, was, now
):
    reader, year = Reader(DESK.role, areas), Filters(year=("2565",))
    living = next(row for row in moved.ask("change", year, reader) if row["dimension"] == "living")
    assert (living["better"], living["worse"], living["still_deprived"]) == (better, worse, still)
    assert (living["households"], living["chosen"], living["not_comparable"]) == (compared, 5, 0)
    (village,) = moved.ask("area_change", year, reader, by="village")
    assert [village[name] for name in ("code", "compared", "was", "now", "change")] == [
        "34210601", compared, was, now, now - was,
    ]  # fmt: skip


def test_nothing_of_a_household_elsewhere_stands_behind_the_door(moved):
    """Not where it was, and not how: hidden before any question counts."""
    reader = Reader(DESK.role, ("34210601",)).struct()
    frame = current()[0].cursor().execute("from visible_tallies($reader) where register_year = 2565", {"reader": reader}).df()
    rows = records(frame)
    assert "was_village" not in rows[0] and {row["village_code"] for row in rows} == {"34210601"}
    assert [(row["living_was"], row["living"]) for row in rows if row["was_listed"]] == [("deprived", "not_deprived")]
    assert all(row[f"{d}_was"] is None for row in rows if not row["was_listed"] for d in STATES)


def test_whoever_sees_only_where_it_came_from_compares_nothing(moved):
    reader = Reader(DESK.role, ("3415",))
    assert {(r["households"], r["chosen"]) for r in moved.ask("change", Filters(year=("2565",)), reader)} == {(0, 0)}
    assert moved.ask("area_change", reader=reader, by="village") == []
