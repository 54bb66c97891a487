"""Every page opens: in both languages, at the desk and before the committee, over full, thin and empty data."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from streamlit.testing.v1 import AppTest, element_tree

import definitions
from queries import DESK, Filters, Reader, ask
from tests.drawn import Warehouse
from tests.patience import patience
from ui.i18n import number, t
from ui.session.page_access import may_open, pages

ROOT = Path(__file__).parent.parent.parent
FRAME = ROOT / "ui" / "frame.py"
PAGES = sorted(page.stem for page in (ROOT / "pages").glob("*.py"))
SAYS = {  # page -> what stands on it, whoever reads it; on any other its own title, as pages.csv has it
    "overview": "From listed to closed",
    "map": "",  # the measure: see own()
    "households": "",  # whom one may look for: see own()
    "household": "4T plan",
    "progress": "By owner agency",
    "report": "How the CSV will look",
    "load": "Load registers",
    "duplicates": "Possible duplicates",
    "about": "What the words mean",
    "audit": "Audit log",
    "users": "Users and roles",
    "figure": "Listed",
}
NOBODY = "No household matches these filters. Take a filter away, or show everything."
KIND = {  # page -> what it says where the filters match nothing; the others do not ask for the filters
    "overview": NOBODY,
    "map": NOBODY,
    "households": "No household matches. Check the spelling, or take a filter away.",
    "household": NOBODY,
    "progress": "No plan items for the households chosen.",
    "promises": "Nothing is promised and open for the households chosen.",
    "mywork": "Nothing is promised and open for the households chosen.",
    "report": "No household matches these filters, so there is nothing to report. "
    "An empty file could be read as “no poor households”.",
}
ONE = """
    household_id | certification | members | income_per_person
    H1           | รับรอง        | 3       | 21000
"""
COMMITTEE = Reader("committee", DESK.areas)
every_page = pytest.mark.parametrize("page", PAGES)
both = pytest.mark.parametrize("also", [{}, {"lang": "en", "meeting": "1"}], ids=["desk-th", "committee-en"])


def opened(page: str, **address: str | list[str]) -> AppTest:
    """One page of the app at an address, as a reader's browser asks for it; it holds what that reader is to find on it."""
    app = AppTest.from_file(str(FRAME), default_timeout=patience(30))
    for name, value in address.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"../pages/{page}.py")
    app.run()
    assert not app.exception, [(e.message, e.stack_trace) for e in app.exception]
    return app


def panels(app: AppTest) -> str:
    """The panels of a page, as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def found(pattern: str, app: AppTest) -> list[str]:
    """What stands in the panels where a pattern says, without its tags."""
    return [Markup(html).striptags() for html in re.findall(pattern, panels(app))]


def said(app: AppTest) -> list[str]:
    """Headings, fields, and what is said in a frame."""
    fields = [field.label for field in app.text_input]
    headings = found("<h3>(.*?)</h3>", app)
    return [*headings, *(e.value for kind in (app.subheader, app.info, app.warning) for e in kind), *fields]


def holds(app: AppTest, page: str, lang: str, meeting: bool) -> None:
    """Its own heading in the reader's language, or a refusal with the role, as the role may open it."""
    reader = COMMITTEE if meeting else DESK
    if may_open(page, reader):
        text = SAYS[page] if page in SAYS else pages()[page][f"title_{lang}"]
        wanted = t(text, lang) if text else own(page, lang, meeting)
        assert any(text.startswith(wanted) for text in said(app)), (page, said(app))
        assert t("This page is not for your role", lang) not in said(app)
    else:
        role = definitions.names("roles", "role", lang)[reader.role]
        assert [e.value for e in app.subheader] == [t("This page is not for your role", lang)], page
        assert role in app.info[0].value


def own(page: str, lang: str, meeting: bool) -> str:
    """What stands in the definitions, or depends on the reader."""
    if page == "map":
        return next(m[f"name_{lang}"] for m in definitions.table("measures") if m["measure"] == "households")
    return t("Village (names are hidden in meeting mode)" if meeting else "Name, house number or village", lang)


def frame_says(app: AppTest) -> str:
    """The sentence of the filters, and how old the data is."""
    return found('<p class="age">(.*?)</p>', app)[0]


def narrowed(page: str) -> bool:
    """Whether the filters mean anything on a page: elsewhere only the date of the data is said."""
    return pages()[page]["filters"] != "none"


def test_every_page_is_one_that_roles_may_open() -> None:
    assert set(PAGES) == set(pages())


@every_page
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("meeting", [{}, {"meeting": "1"}], ids=["desk", "committee"])
def test_it_opens(sample: Warehouse, page: str, lang: str, meeting: dict[str, str]) -> None:
    app = opened(page, lang=lang, **meeting)
    holds(app, page, lang, bool(meeting))
    says = t("Year {years}", lang, years="2565") if narrowed(page) else t("data as of {date}", lang, date="")
    assert frame_says(app).startswith(says)


@every_page
@both
def test_it_opens_when_the_filters_match_nothing(sample: Warehouse, page: str, also: dict[str, str]) -> None:
    app, lang = opened(page, year="2565", plan="done", case="none", **also), also.get("lang", "th")
    if page in KIND:
        assert t(KIND[page], lang) in [e.value for e in (*app.info, *app.warning)]
        assert not app.get("download_button")  # no file of nobody
    else:
        holds(app, page, lang, bool(also))


@every_page
@both
def test_of_two_years_it_shows_the_later_and_it_opens_for_everything(
    sample: Warehouse, page: str, also: dict[str, str]
) -> None:
    lang = also.get("lang", "th")
    two = opened(page, year=["2564", "2565"], district="3421", **also)
    holds(two, page, lang, bool(also))
    said_of_two = frame_says(two).startswith(f"{t('Year {years}', lang, years='2565')} · ")
    assert said_of_two == narrowed(page) and "2564" not in frame_says(two)
    everything = opened(page, all="1", **also)
    holds(everything, page, lang, bool(also))
    assert (t("All areas", lang) in frame_says(everything)) == narrowed(page)


@pytest.mark.parametrize(
    "registers",
    [
        {"household": ONE},
        {"household": "household_id | house_no\n H1 | 5\n H2 |"},
        {"household": ONE, "step": "household_id | step\n H1 | 1\n H1 | 2", "plan": "household_id | owner\n H1 |"},
    ],
    ids=["one household", "no dates, members, plans", "a case begun without dates"],
)
@both
def test_every_page_opens_over_a_thin_register(warehouse, registers: dict[str, str], also: dict[str, str]) -> None:
    warehouse(**registers)
    for page in PAGES:
        app = opened(page, year="2565", **also)
        holds(app, page, also.get("lang", "th"), bool(also))


class Label(str):
    """An option as it stands on the screen."""


@every_page
def test_every_choice_that_a_page_offers_gives_a_page(sample: Warehouse, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    formatted = element_tree._format_value_for_widget
    monkeypatch.setattr(
        element_tree, "_format_value_for_widget", lambda f, v: str(v) if isinstance(v, Label) else formatted(f, v)
    )
    app = opened(page, year="2565")

    def controls() -> list:
        return [c for kind in ("pills", "segmented_control", "selectbox", "radio") for c in getattr(app, kind)]

    # what waits in a form has no key, and of filters any list is asked elsewhere
    for offered in [c for c in controls() if c.key and not isinstance(c.value, list)]:
        if offered.key not in {c.key for c in controls()}:
            app = opened(page, year="2565")  # what was chosen before has taken it away
        for option in offered.options:
            app.get_by_key(offered.key).set_value(Label(option)).run()
            assert not app.exception, (offered.key, option, app.exception[0].message)


def test_without_any_build_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path))
    app = AppTest.from_file(str(FRAME), default_timeout=patience(30)).run()
    assert not app.exception and "ยังไม่มีข้อมูล" in app.info[0].value


@pytest.mark.parametrize(
    "chosen",
    [
        {"year": ["2565"], "district": ["3421"], "certification": ["certified"]},
        {"year": ["2565"], "district": ["3421"], "tambon": ["342106"], "certification": ["certified"]},
        {"year": ["2564"]},
        {"year": ["2565"], "dimension": ["living"], "source": ["outside"]},
    ],
)
def test_the_tiles_say_what_the_questions_answer(sample: Warehouse, chosen: dict[str, list[str]]) -> None:
    tiles = found('</dt><dd class="[^"]*">(.*?)</dd>', opened("overview", **chosen))
    filters = Filters.of(chosen)
    road = ask("road", filters.without("certification"), DESK).iloc[0]
    now = ask("summary", filters, DESK).iloc[0]
    said = [road[n] for n in ("listed", "verified", "certified", "planned", "helped", "closed")]
    said += [now[n] for n in ("overdue", "without_plan", "stalled")]
    assert tiles == [number(n) for n in said]


def test_a_household_outside_the_address_is_said_kindly(sample: Warehouse) -> None:
    assert opened("household", household="0123456789abcdef").info


def test_meeting_mode_offers_no_search_by_name(sample: Warehouse) -> None:
    assert opened("households").text_input[0].label != opened("households", meeting="1").text_input[0].label


def test_cases_come_a_screen_at_a_time_and_all_are_counted(warehouse) -> None:
    homes = [f"H{n}" for n in range(25)]
    warehouse(
        household="\n".join(["household_id | head_first_name | certification", *(f"{h} | ชื่อ{h} | รับรอง" for h in homes)]),
        step="\n".join(["household_id | step | started_date", *(f"{h} | 1 | 2022-05-01" for h in homes)]),
    )
    app = opened("progress", year="2565")
    assert "25 กรณี" in re.sub("<[^>]+>", "", panels(app)) and len(app.selectbox[0].options) == 8
    shown = [*app.selectbox[0].options]
    for screen, more in ((2, 8), (3, 8), (4, 1)):
        app.pagination[0].set_value(screen).run()
        assert not app.exception and len(app.selectbox[0].options) == more
        shown += app.selectbox[0].options
    assert len(set(shown)) == 25


def test_the_overview_leads_to_who_waits_for_the_meeting_and_to_all_who_need_a_look(sample: Warehouse) -> None:
    html = panels(opened("overview", year="2565", district="3421"))
    chosen = {"year": ["2565"], "district": ["3421"]}
    waiting = int(ask("scope", Filters.of(chosen | {"certification": ["proposed"]}), DESK)["households"].iloc[0])
    link = re.search(r'<a class="go" href="households\?[^"]*certification=proposed[^"]*"><span>(.*?)</span>', html)
    assert waiting and link and f" {waiting} " in link[1]
    pressing = ask("attention", Filters.of(chosen), DESK, limit=1_000)
    assert len(pressing) > 6 and {ref for ref in pressing["ref"] if f"household={ref}" in html} == set(pressing["ref"])
    assert html.index("บ้านสุขแสดงว่า") < html.index("<h3>")  # what this is, before anything else


def test_a_household_shows_what_its_reader_may_see_of_telephone_work_health_and_the_way(sample: Warehouse) -> None:
    home = next(row for row in sample.ask("households") if row["house_no"] == "80/2")
    open_, masked = (
        panels(opened("household", household=home["ref"], **also))
        for also in ({"year": "2565"}, {"year": "2565", "meeting": "1"})
    )
    (one,) = sample.ask("household", household=home["ref"])
    assert one["phone"] in open_ and one["phone"] not in masked
    for words in ("ทีมพี่เลี้ยง", "อาชีพ", "การศึกษา", "สุขภาพ"):
        assert words in open_, words
    assert "ทางไปบ้าน" in open_ and "https://www.google.com/maps?q=" in open_
    assert "ทางไปบ้าน" not in masked and "maps?q=" not in masked and "80/2" not in masked
