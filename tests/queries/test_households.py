"""The list of households and the way from one to the next: every order against a plain sort of what was drawn."""

import pytest

from queries import DESK, Filters
from tests.queries.test_access import COMMITTEE

VILLAGES = ["34210602", "34210601", "34210502"]
NAMES = ["สมชาย", "เกษม", "แก้ว", "ไพร", "อรุณ"]
SCREEN = 4  # rows


class Drawn:
    """Twenty-four households in three villages, as they were drawn."""

    def __init__(self, number: int) -> None:
        self.name, self.village, self.house = f"H{number}", VILLAGES[number % 3], (number * 7) % 11 + 1
        self.head, self.lacks = NAMES[number % 5], number % 4
        self.moved = f"2022-0{1 + number % 6}-15" if number % 3 else ""
        self.late = number % 5 if number % 2 else 0

    def row(self) -> str:
        flags = " | ".join("0" if self.lacks > place else "1" for place in range(3))
        return f"{self.name} | {self.village} | {self.house}/{self.name[1:]} | {self.head} | {flags} | {self.moved}"


DRAWN = [Drawn(number) for number in range(24)]
ORDERS = {  # as the page names them -> what comes first, before the place
    "place": lambda h: (),
    "deprived": lambda h: (-h.lacks,),
    "overdue": lambda h: (-h.late,),
    "movement": lambda h: (h.moved or "9",),
    "name": lambda h: (["เกษม", "แก้ว", "ไพร", "สมชาย", "อรุณ"].index(h.head),),  # as a dictionary has them
}


@pytest.fixture
def walked(warehouse):
    head = (
        "household_id | village_code | house_no | head_first_name | health_flag | living_flag | education_flag | certified_date"
    )
    plan = ["household_id | due_date | status | item_no"]
    plan += [f"{h.name} | 2021-12-31 | planned | {item + 1}" for h in DRAWN for item in range(h.late)]
    return warehouse(household="\n".join([head, *(h.row() for h in DRAWN)]), plan="\n".join(plan))


def in_order(w, order: str, households: list[Drawn]) -> list[str]:
    key = ORDERS[order]
    return [w.ref(h.name) for h in sorted(households, key=lambda h: (*key(h), h.village, h.house, w.ref(h.name)))]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("filters", "chosen"),
    [(Filters(), lambda h: True), (Filters(village=("34210601", "34210502")), lambda h: h.village != "34210602")],
)
def test_every_order_of_the_list_is_what_it_says_screen_by_screen(walked, order, filters, chosen):
    wanted = in_order(walked, order, [h for h in DRAWN if chosen(h)])
    screens = [
        walked.ask("households", filters, sort=order, limit=SCREEN, offset=at) for at in range(0, len(wanted) + SCREEN, SCREEN)
    ]
    assert [row["ref"] for screen in screens for row in screen] == wanted and screens[-1] == []
    assert {row["total"] for screen in screens for row in screen} == {len(wanted)}


def test_a_search_keeps_the_order_and_counts_what_it_found(walked):
    matches = walked.ask("households", search="แก้ว", sort="deprived", limit=2)
    wanted = in_order(walked, "deprived", [h for h in DRAWN if h.head == "แก้ว"])
    assert [row["ref"] for row in matches] == wanted[:2] and matches[0]["total"] == len(wanted)


@pytest.mark.parametrize("reader", [DESK, COMMITTEE], ids=lambda r: r.role)
def test_previous_and_next_walk_the_list_of_the_same_reader_from_end_to_end(walked, reader):
    filters = Filters(dimension=("health",))
    listed = [row["ref"] for row in walked.ask("households", filters, reader=reader, limit=100)]
    assert len(listed) == sum(h.lacks > 0 for h in DRAWN)
    for position, ref in enumerate(listed):
        neighbours = walked.ask("neighbours", filters, reader=reader, household=ref)[0]
        before, after = [None, *listed, None][position : position + 3 : 2]
        assert (neighbours["total"], neighbours["position"], neighbours["before"], neighbours["after"], neighbours["first"]) == (
            len(listed), position + 1, before, after, listed[0]
        )  # fmt: skip


def test_who_is_not_among_the_chosen_has_no_place_there_and_the_first_is_told(walked):
    filters = Filters(village=("34210502",))
    first = in_order(walked, "place", [h for h in DRAWN if h.village == "34210502"])[0]
    for ref in (walked.ref("H0"), "", "nobody"):
        neighbours = walked.ask("neighbours", filters, household=ref)[0]
        assert neighbours == {"total": 8, "position": 0, "before": None, "after": None, "first": first}
    assert walked.ask("neighbours", Filters(village=("34990101",)))[0]["first"] is None


@pytest.mark.parametrize("reader", [DESK, COMMITTEE], ids=lambda r: r.role)
@pytest.mark.parametrize(("order", "search"), [(order, "") for order in ORDERS] + [("overdue", "แก้ว"), ("place", "แก้ว")])
def test_previous_and_next_follow_the_order_and_the_search_of_the_list(walked, reader, order, search):
    filters = Filters(dimension=("health",))
    listed = [r["ref"] for r in walked.ask("households", filters, reader=reader, search=search, sort=order, limit=100)]
    for position, ref in enumerate(listed):
        (among,) = walked.ask("between", filters, reader=reader, household=ref, search=search, sort=order)
        before, after = [None, *listed, None][position : position + 3 : 2]
        assert among == {"total": len(listed), "position": position + 1, "before": before, "after": after}
    (nobody,) = walked.ask("between", filters, reader=reader, household="0" * 16, search=search, sort=order)
    assert nobody == {"total": 0, "position": 0, "before": None, "after": None}
