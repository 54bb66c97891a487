"""How far a plan and a case are, as of the data's date."""

from datetime import date


def test_a_plan_is_none_planned_in_progress_or_done_per_aspect_and_overall(warehouse):
    w = warehouse(
        household="household_id\nnone\nplanned\nbegun\nhalf\ndone",
        plan="""
        household_id | aspect   | status
        planned      | skill    | planned
        planned      | ทัศนคติ    | วางแผนแล้ว
        begun        | skill    | in_progress
        begun        | skill    | planned
        half         | resource | done
        half         | resource | planned
        half         | way_out  | done
        done         | skill    | แล้วเสร็จ
        """,
    )
    rows = w.households()
    said = {h: tuple(r[f"plan_{a}"] for a in ("attitude", "skill", "resource", "way_out")) for h, r in rows.items()}
    assert said == {
        "none": ("none", "none", "none", "none"),
        "planned": ("planned", "planned", "none", "none"),
        "begun": ("none", "in_progress", "none", "none"),
        "half": ("none", "none", "in_progress", "done"),
        "done": ("none", "done", "none", "none"),
    }
    assert w.column("plan") == {
        "none": "none",
        "planned": "planned",
        "begun": "in_progress",
        "half": "in_progress",
        "done": "done",
    }
    assert w.column("plan_items") == {"none": 0, "planned": 2, "begun": 2, "half": 3, "done": 1}


def test_an_item_is_overdue_the_day_after_its_due_date_unless_done(warehouse):
    w = warehouse(
        household="household_id | certification | certified_date\nA | certified | 15/09/2565",
        plan="""
        household_id | activity | due_date   | status
        A            | on time  | 15/09/2565 | planned
        A            | late     | 14/09/2565 | in_progress
        A            | was late | 01/01/2565 | done
        A            | no date  |            | planned
        """,
    )
    items = w.ask("plan", household=w.ref("A"))
    assert [i["activity"] for i in items if i["overdue"]] == ["late"]
    assert (w.household("A")["plan_overdue"], w.household("A")["overdue"]) == (1, True)


def test_a_closed_case_is_not_overdue(warehouse):
    w = warehouse(
        household="household_id | certification | certified_date | closed_date\nA | certified | 2022-01-01 | 2022-09-15",
        plan="household_id | due_date\nA | 2022-02-01",
    )
    assert (w.household("A")["overdue"], w.household("A")["case"]) == (False, "closed")
    assert (w.ask("attention"), w.ask("promises"), w.ask("summary")[0]["overdue"]) == ([], [], 0)


def test_as_of_is_the_latest_event_per_district_and_year(warehouse):
    w = warehouse(
        household="""
        household_id | register_year | village_code | certified_date
        A            | 2565          | 34210601     | 2022-01-10
        B            | 2565          | 34210101     | 2022-03-10
        other        | 2565          | 34260301     | 2022-02-10
        before       | 2564          | 34210601     | 2021-05-10
        silent       | 2565          | 34150101     |
        """,
        visit="household_id | register_year | visit_date\nA | 2565 | 2022-04-10\nbefore | 2564 | 2021-06-10",
    )
    assert w.column("as_of") == {
        "A": date(2022, 4, 10), "B": date(2022, 4, 10), "other": date(2022, 2, 10), "before": date(2021, 6, 10), "silent": None,
    }  # fmt: skip


def test_a_due_date_never_moves_the_date_of_the_data(warehouse):
    w = warehouse(
        household="household_id | certified_date | survey_date\nA | 2022-01-10 | 2022-12-01",
        plan="household_id | due_date | updated_date\nA | 2023-01-01 | 2022-02-01",
        step="household_id | step | started_date | due_date\nA | 1 | 2022-03-01 | 2024-01-01",
    )
    assert w.column("as_of") == {"A": date(2022, 3, 1)}


def test_every_dated_event_moves_the_date_of_the_data(warehouse):
    w = warehouse(
        household="""
        household_id | village_code | certified_date | closed_date
        closed       | 10010101     | 2022-01-01     | 2022-02-01
        plan         | 34150101     | 2022-01-01     |
        started      | 34260301     | 2022-01-01     |
        finished     | 34210101     | 2022-01-01     |
        gift         | 34030101     | 2022-01-01     |
        """,
        plan="household_id | updated_date\nplan | 2022-02-01",
        step="household_id | step | started_date | finished_date\nstarted | 1 | 2022-02-01 |\nfinished | 1 | 2022-01-02 | 2022-02-01",
        contribution="household_id | given_date\ngift | 2022-02-01",
    )
    assert w.column("as_of") == dict.fromkeys(("closed", "plan", "started", "finished", "gift"), date(2022, 2, 1))


def test_a_case_stalls_after_30_days_without_a_movement(warehouse):
    w = warehouse(
        household="""
        household_id | certification | certified_date | closed_date
        now          | certified     | 2022-09-30     |
        DAY30        | certified     | 2022-08-31     |
        DAY31        | certified     | 2022-08-30     |
        closed       | รับรองแล้ว      | 2022-01-01     | 2022-01-31
        proposed     | proposed      | 2022-01-01     |
        unasked      |               | 2022-01-01     |
        """,
        visit="household_id | visit_date\nproposed | 2022-01-01",  # without any such register nobody could tell
    )
    assert w.column("case") == {
        "now": "in_progress", "DAY30": "in_progress", "DAY31": "stalled", "closed": "closed", "proposed": "none", "unasked": "none",
    }  # fmt: skip
    assert (w.household("DAY30")["days_still"], w.household("DAY31")["days_still"]) == (30, 31)


def test_steps_are_done_current_or_waiting_also_when_nobody_wrote_them_down(warehouse):
    w = warehouse(
        household="household_id | certification | certified_date\nA | certified | 2022-09-15\nB | certified |",
        step="""
        household_id | step | started_date | finished_date | due_date
        A            | 1    | 2022-08-01   | 2022-08-05    | 2022-08-01
        A            | 6    | 2022-08-01   |               | 2022-09-14
        A            | 7    | 2022-08-01   |               | 2022-09-15
        A            | 9    |              |               | 2022-09-01
        """,
    )
    steps = {s["step"]: (s["state"], s["overdue"]) for s in w.ask("steps")}
    written = {1: ("done", False), 6: ("current", True), 7: ("current", False), 9: ("waiting", True)}
    assert steps == {n: written.get(n, ("waiting", False)) for n in range(1, 13)}
    a, b = w.household("A"), w.household("B")
    assert (a["steps"], a["steps_done"], list(a["steps_current"]), a["steps_overdue"]) == (12, 1, [6, 7], 2)
    assert (b["steps"], b["steps_overdue"]) == (None, 0)


def test_what_is_short_is_matched_by_item_and_unit_and_never_below_zero(warehouse):
    w = warehouse(
        household="household_id\nA\nB",
        need="""
        household_id | item      | quantity | unit
        A            | ปูนซีเมนต์   | 80       | ถุง
        A            | ทราย       | 4        | คิว
        A            | เงิน        | 1,000.50 | บาท
        B            | ปูนซีเมนต์   | 5        | ถุง
        """,
        contribution="""
        household_id | item      | quantity | unit
        A            | ปูนซีเมนต์   | 60       | ถุง
        A            | ปูนซีเมนต์   | 8        | ถุง
        A            | ปูนซีเมนต์   | 99       | กก.
        A            | ทราย       | 9        | คิว
        A            | เงิน        |          | บาท
        """,
    )
    short = {(s["ref"], s["item"]): (s["needed"], s["given"], s["short"]) for s in w.ask("shortages")}
    assert short == {
        (w.ref("A"), "ปูนซีเมนต์"): (80, 68, 12),
        (w.ref("A"), "ทราย"): (4, 9, 0),
        (w.ref("A"), "เงิน"): (1000.5, 0, 1000.5),
        (w.ref("B"), "ปูนซีเมนต์"): (5, 0, 5),
    }
    assert len(w.ask("shortages", household=w.ref("B"))) == 1


def test_help_is_a_done_item_or_a_gift(warehouse):
    w = warehouse(
        household="household_id\nnothing\npromised\ndone\ngiven",
        plan="household_id | status\npromised | in_progress\ndone | done",
        contribution="household_id\ngiven",
    )
    assert {h: w.household(h)["helped"] for h in w.households()} == {
        "nothing": False, "promised": False, "done": True, "given": True,
    }  # fmt: skip


def test_the_committees_eye_falls_on_the_overdue_the_unplanned_and_the_stalled(warehouse):
    w = warehouse(
        household="""
        household_id | certification | certified_date
        late         | certified     | 2022-09-15
        unplanned    | certified     | 2022-09-15
        stalled      | certified     | 2022-07-01
        fine         | certified     | 2022-09-15
        uncertified  |               | 2022-07-01
        """,
        plan="household_id | due_date\nlate | 2022-09-01\nstalled |\nfine | 2022-10-01\nuncertified | 2022-01-01",
    )
    assert [(a["household_id"], a["overdue_items"], a["without_plan"], a["stalled"]) for a in w.ask("attention")] == [
        ("late", 1, False, False), ("unplanned", 0, True, False), ("stalled", 0, False, True),
    ]  # fmt: skip
