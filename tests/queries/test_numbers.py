"""Every number that matters against a count of the sample files that a child could do."""

from collections import Counter
from itertools import combinations

import pytest

from queries import DESK, NATION, Filters, Reader, as_of
from queries.ask import BREAKDOWNS
from tests.recount import ENGLISH, MEANING, Household, a_date, households

FILTERS = [
    {},
    {"year": ["2565"], "district": ["3421"]},
    {"year": ["2565"], "district": ["3421"], "certification": ["certified"]},
    {"tambon": ["342106"], "certification": ["certified"], "year": ["2565"]},
    {"tambon": ["342106"], "dimension": ["living"], "certification": ["certified"], "year": ["2565"]},
    {"year": ["2564"]},
    {"district": ["3415", "3426"]},
    {"dimension": ["health", "income"], "source": ["outside", "both"]},
    {"plan": ["in_progress", "done"]},
    {"case": ["stalled"]},
    {"case": ["closed", "none"], "year": ["2565"]},
    {"village": ["34210606", "34210101"]},
    {"certification": ["proposed", "refused"]},
    {"tambon": ["999999"]},
]
ids = [" ".join(f"{k}={'+'.join(v)}" for k, v in f.items()) or "everything" for f in FILTERS]


@pytest.fixture(scope="module")
def counted() -> list[Household]:
    return households()


@pytest.fixture(params=FILTERS, ids=ids)
def choice(request, counted) -> tuple[Filters, list[Household]]:
    """One choice of filters, and the households it keeps by hand."""
    chosen = request.param
    values_of = {
        "year": lambda h: [str(h.year)], "district": lambda h: [h.village[:4]], "tambon": lambda h: [h.village[:6]],
        "village": lambda h: [h.village], "dimension": lambda h: h.lacking, "plan": lambda h: [h.plan()],
        "case": lambda h: [h.case()], "source": lambda h: [h.source], "certification": lambda h: [h.certification],
    }  # fmt: skip
    kept = [h for h in counted if all(set(values_of[name](h)) & set(values) for name, values in chosen.items())]
    return Filters.of(chosen), kept


def total(values) -> int | None:
    """A sum that is None when all values are None."""
    numbers = [v for v in values if v is not None]
    return sum(numbers) if numbers else None


def summary_of(homes: list[Household]) -> dict[str, int | None]:
    target = [h for h in homes if h.certification == "certified"]
    still_open = [h for h in target if not h.closed_on]
    return {
        "households": len(homes),
        "people": total(h.people for h in homes),
        "counted": sum(h.people is not None for h in homes),
        "target_households": len(target),
        "target_people": total(h.target_people() for h in homes),
        "card_known": sum(bool(h.cards) for h in homes),
        "target_household_people": total(h.people for h in target),
        "deprived_households": sum(bool(h.lacking) for h in homes),
        "planned": sum(bool(h.items) for h in target),
        "certification_known": sum("certification" in h.kept for h in homes),
        "plan_known": sum("items" in h.kept for h in target),
        "help_known": sum(h.helped() is not None for h in target),
        "open_planned": sum("items" in h.kept for h in still_open),
        "open_dated": sum(h.overdue() is not None for h in still_open),
        "open_followed": sum(h.case() != "not_kept" for h in still_open),
        "planned_all_aspects": sum(len({i["ด้าน 4ท"] for i in h.items}) == 4 for h in target),
        "helped": sum(bool(h.helped()) for h in target),
        "closed": sum(h.case() == "closed" for h in target),
        "without_plan": sum(h.plan() == "none" for h in still_open),
        "overdue": sum(bool(h.overdue()) for h in target),
        "stalled": sum(h.case() == "stalled" for h in homes),
    }


def test_pho_sai_34_lao_ngam_4_one_for_its_house(sample):
    def targets(**more) -> int:
        rows = sample.ask(
            "summary", Filters.of({"year": ["2565"], "district": ["3421"], "certification": ["certified"], **more})
        )
        return rows[0]["target_households"]

    assert (targets(), targets(tambon=["342106"]), targets(tambon=["342106"], dimension=["living"])) == (34, 4, 1)


def test_summary(sample, choice):
    filters, homes = choice
    rows = sample.ask("summary", filters)
    assert [{k: row[k] for k in summary_of(homes)} for row in rows] == ([summary_of(homes)] if homes else [])


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_every_breakdown_adds_up_to_the_whole(sample, counted, by):
    rows = sample.ask("summary", by=by)
    whole = summary_of(counted)
    assert len({r["code"] for r in rows}) == len(rows)
    assert {k: total(r[k] for r in rows) for k in whole} == whole


def test_a_slice_is_what_a_filter_on_it_gives(sample):
    for row in sample.ask("summary", by="tambon"):
        (alone,) = sample.ask("summary", Filters(tambon=(row["code"],)))
        measures = [k for k in row if k not in ("code", "name_th", "name_en")]
        assert [row[k] for k in measures] == [alone[k] for k in measures]


def test_dimensions(sample, choice):
    filters, homes = choice
    for row in sample.ask("dimensions", filters):
        states = Counter(h.states[row["dimension"]] for h in homes)
        assert (row["deprived"], row["not_deprived"], row["no_data"], row["households"]) == (
            states["deprived"], states["not_deprived"], states["no_data"], len(homes),
        )  # fmt: skip
        assert row["deprived_people"] == sum(h.people for h in homes if row["dimension"] in h.lacking)


def test_road(sample, choice):
    filters, homes = choice
    target = [h for h in homes if h.certification == "certified"]
    assert sample.ask("road", filters) == [
        {
            "listed": len(homes),
            **{s: sum(h.source == s for h in homes) for s in ("tpmap", "outside", "both", "unstated")},
            "verified": sum(h.verification == "confirmed" for h in homes),
            "unverified": sum(h.verification == "unverified" for h in homes),
            "verification_known": sum("verification" in h.kept for h in homes),
            "certification_known": sum("certification" in h.kept for h in homes),
            "proposed": sum(bool(h.certification) for h in homes),
            "refused": sum(h.certification == "refused" for h in homes),
            "certified": len(target),
            "planned": sum(bool(h.items) for h in target),
            "plan_known": sum("items" in h.kept for h in target),
            "helped": sum(bool(h.helped()) for h in target),
            "help_known": sum(h.helped() is not None for h in target),
            "closed": sum(h.case() == "closed" for h in target),
        }
    ]


def test_aspects(sample, choice):
    filters, homes = choice
    target = [h for h in homes if h.certification == "certified"]
    rows = sample.ask("aspects", filters)
    assert [r["aspect"] for r in rows] == ["attitude", "skill", "resource", "way_out"]
    for row in rows:
        states = Counter(h.plan(row["aspect"]) for h in target)
        assert {s: row[s] for s in ("none", "planned", "in_progress", "done", "not_kept")} == {
            s: states[s] for s in ("none", "planned", "in_progress", "done", "not_kept")
        }


def test_overlaps_and_pairs(sample, choice):
    filters, homes = choice
    lacking = Counter(h.lacked for h in homes)
    people = {n: sum(h.people for h in homes if h.lacked == n) for n in (*range(6), None)}
    assert [(r["number"], r["households"], r["people"]) for r in sample.ask("overlaps", filters)] == [
        (n, lacking[n], people[n]) for n in (*range(6), None)
    ]
    pairs = Counter(frozenset(p) for h in homes for p in combinations(h.lacking, 2))
    rows = sample.ask("pairs", filters)
    assert {frozenset((r["dimension"], r["other"])): r["households"] for r in rows} == pairs and len(rows) == len(pairs)


def test_change_against_the_year_before(sample, choice, counted):
    filters, homes = choice
    before = {(h.year, h.id): h for h in counted}
    for row in sample.ask("change", filters):
        d = row["dimension"]
        moved = Counter((before[h.year - 1, h.id].states[d], h.states[d]) for h in homes if (h.year - 1, h.id) in before)
        assert (row["better"], row["worse"], row["still_deprived"], row["still_not_deprived"]) == (
            moved["deprived", "not_deprived"], moved["not_deprived", "deprived"],
            moved["deprived", "deprived"], moved["not_deprived", "not_deprived"],
        )  # fmt: skip
        assert row["not_comparable"] == sum(n for states, n in moved.items() if "no_data" in states)
        assert (row["households"], row["chosen"]) == (sum(moved.values()), len(homes))


def test_shortages(sample, choice):
    filters, homes = choice
    expected = []
    for h in homes:
        for need in h.needs:
            same = [g for g in h.gifts if (g["รายการ"], g["หน่วย"]) == (need["รายการ"], need["หน่วย"])]
            given = sum(g["จำนวน"] or 0 for g in same)
            expected.append((sample.ref(h.id, h.year), need["รายการ"], need["จำนวน"], given, max(0, need["จำนวน"] - given)))
    rows = sample.ask("shortages", filters)
    assert sorted((r["ref"], r["item"], r["needed"], r["given"], r["short"]) for r in rows) == sorted(expected)
    assert [r["short"] > 0 for r in rows] == sorted((r["short"] > 0 for r in rows), reverse=True)


def test_shortfalls_are_what_the_shortages_add_up_to(sample, choice):
    filters, _ = choice
    short = [row for row in sample.ask("shortages", filters) if row["short"] > 0]
    things = sorted({(row["item"], row["unit"]) for row in short})
    expected = [
        (*thing, sum(r["short"] for r in own), len({r["ref"] for r in own}))
        for thing in things
        for own in [[r for r in short if (r["item"], r["unit"]) == thing]]
    ]
    shortfalls = [(r["item"], r["unit"], r["short"], r["cases"]) for r in sample.ask("shortfalls", filters)]
    assert sorted(shortfalls) == expected and len(shortfalls) == len(set(shortfalls))


def test_agencies(sample, choice):
    filters, homes = choice
    items = [(h, i) for h in homes for i in h.items]
    expected = {}
    for owner in {i["หน่วยงานรับผิดชอบ"] for _, i in items}:
        own = [(h, i) for h, i in items if i["หน่วยงานรับผิดชอบ"] == owner]
        late = [i for h, i in own if i in h.overdue_items()]
        states = Counter(MEANING[i["สถานะ"]] for _, i in own)
        oldest = min((a_date(i["กำหนดเสร็จ"]) for i in late), default=None)
        expected[owner] = (
            len(own),
            states["planned"],
            states["in_progress"],
            states["done"],
            len(late),
            len({(h.year, h.id) for h, _ in own}),
            oldest,
        )
    rows = sample.ask("agencies", filters, limit=1000)
    names = ("items", "planned", "in_progress", "done", "overdue", "households", "oldest_due")
    assert {r["owner"]: tuple(r[n] for n in names) for r in rows} == expected
    assert [r["overdue"] for r in rows] == sorted((r["overdue"] for r in rows), reverse=True)


def test_the_households_listed_are_those_chosen(sample, choice):
    filters, homes = choice
    refs = sorted(sample.ref(h.id, h.year) for h in homes)
    listed = sample.ask("households", filters, limit=1000)
    assert sorted(r["ref"] for r in listed) == refs and {r["total"] for r in listed} <= {len(homes)}
    assert len(sample.ask("report", filters)) == len(homes)
    (scope,) = sample.ask("scope", filters)
    assert (scope["households"], scope["as_of_last"]) == (len(homes), max((h.as_of for h in homes), default=None))
    assert as_of(filters, DESK) == scope["as_of_last"]


def test_a_screen_of_rows_at_a_time_gives_each_household_once(sample):
    screens = [sample.ask("households", limit=30, offset=n) for n in range(0, 200, 30)]
    refs = [row["ref"] for screen in screens for row in screen]
    assert len(refs) == len(set(refs)) == 179 and [len(s) for s in screens] == [30] * 5 + [29, 0]


def test_lifting_a_filter_and_combining_two(sample):
    both = Filters(tambon=("342106",), dimension=("income",))
    refs = [
        {r["ref"] for r in sample.ask("households", f, limit=1000)}
        for f in (both, both.without("dimension"), both.without("tambon"))
    ]
    assert refs[0] == refs[1] & refs[2] and refs[0] < refs[1] and refs[0] < refs[2]
    assert both.without("tambon", "dimension") == Filters()


def test_states_of_every_household_agree_with_the_recount(sample, counted):
    states = {(r["register_year"], r["household_id"]): {d: r[d] for d in ENGLISH.values()} for r in sample.ask("report")}
    assert states == {(h.year, h.id): h.states for h in counted}


def test_a_reader_of_the_nation_by_its_name_sees_all(sample):
    assert len(sample.ask("report", reader=Reader("field", (NATION,)))) == 179
