"""What an address means, what the bar offers and writes, and how the choice is said."""

from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from queries import DESK, Filters, Reader
from ui.filters import parse_url, place_options
from ui.filters.parse_url import understood
from ui.filters.sentence import sentence

OPENING = Filters(year=("2565",), district=("3421",), certification=("certified",))
CHOICES = """
    filter    code      name_th   name_en     parent  households  certified
    year      2564      -         -           -       90          0
    year      2565      -         -           -       100         34
    district  3421      โพธิ์ไทร    Pho_Sai     -       60          34
    district  3403      เขมราฐ     Khemarat    -       400         2
    tambon    342105    เหล่างาม    Lao_Ngam    3421    20          4
    tambon    342106    โพธิ์ไทร    Pho_Sai     3421    20          9
    tambon    340301    เขมราฐ     Khemarat    3403    30          1
    village   34210501  นาขาม     Na_Kham     342105  10          2
    village   34210503  นาขาม     Na_Kham     342105  10          2
    village   34210601  ดอนใหญ่    Don_Yai     342106  10          2
"""


@pytest.fixture(autouse=True)
def choices(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register above, as the question `choices` answers it: villages only of the chosen tambons."""
    header, *lines = [line.split() for line in CHOICES.strip().splitlines()]
    rows = [[None if cell == "-" else cell.replace("_", " ") for cell in line] for line in lines]
    whole = pd.DataFrame(rows, columns=header).astype({"households": int, "certified": int})

    def ask(question: str, filters: Filters, reader: Reader, within: str = "") -> pd.DataFrame:
        if question == "place":
            return whole[whole["code"] == within]
        return whole[(whole["filter"] != "village") | whole["parent"].isin(filters.tambon)]

    monkeypatch.setattr(place_options, "ask", ask)
    for module in (place_options, parse_url):
        monkeypatch.setattr(module, "build", lambda: SimpleNamespace(id="test"))
    for kept in (place_options._listed, place_options._offered, place_options._name_of, parse_url._understood):
        kept.cache_clear()


def meant(**address: str) -> Filters:
    return understood({name: text.split(",") for name, text in address.items()}, DESK)[0]


def test_an_address_without_filters_opens_where_most_is_certified_in_the_latest_year() -> None:
    assert meant() == OPENING
    assert meant(lang="en", household="abc") == OPENING


def test_everything_is_a_choice_of_its_own_and_does_not_fall_back() -> None:
    assert meant(all="1") == Filters(year=("2565",))


def test_the_screen_shows_one_register_year_so_that_no_family_counts_twice() -> None:
    assert meant(district="3421").year == ("2565",)
    assert meant(year="2564,2565").year == ("2565",)
    assert meant(year="2564").year == ("2564",)


def test_clearing_one_filter_leaves_it_cleared() -> None:
    assert meant(year="2565", district="3421") == Filters(year=("2565",), district=("3421",))


def test_a_place_brings_its_parents_along() -> None:
    assert meant(village="34210501") == Filters(year=("2565",), district=("3421",), tambon=("342105",), village=("34210501",))


def test_a_tambon_of_a_district_that_is_not_chosen_drops_out() -> None:
    assert meant(district="3403", tambon="342105,340301") == Filters(year=("2565",), district=("3403",), tambon=("340301",))


def test_what_is_not_known_is_named_and_the_rest_is_kept() -> None:
    filters, faults = understood(
        {"year": ["2565", "25"], "district": ["9999"], "plan": ["done", "<script>"], "village": ["34210599"]}, DESK
    )
    assert filters == Filters(year=("2565",), district=("3421",), tambon=("342105",), plan=("done",))
    assert faults == ["25", "9999", "34210599", "script"]


def test_villages_of_one_name_are_told_apart() -> None:
    offered = place_options.offered(Filters(district=("3421",), tambon=("342105",)), DESK, "th")["village"]
    assert offered == {"34210501": "นาขาม ม.1", "34210503": "นาขาม ม.3"}


def test_tambons_are_offered_only_of_chosen_districts() -> None:
    assert list(place_options.offered(Filters(), DESK, "th")["tambon"]) == []
    assert list(place_options.offered(Filters(district=("3403",)), DESK, "en")["tambon"].values()) == ["Khemarat"]


def test_labels_that_would_be_the_same_carry_their_code() -> None:
    both = Filters(district=("3403", "3421"))
    assert len(set(place_options.offered(both, DESK, "th")["tambon"].values())) == 3


@pytest.mark.parametrize(
    ("filters", "thai", "english"),
    [
        (OPENING, "ปี 2565 · อ.โพธิ์ไทร · รับรองแล้ว", "Year 2565 · Pho Sai district · Certified"),
        (Filters(), "ทุกปี · ทุกพื้นที่", "All years · All areas"),
        (
            Filters(year=("2565",), tambon=("342105",), dimension=("living", "income"), case=("stalled",)),
            "ปี 2565 · ต.เหล่างาม · ขาดแคลนด้านความเป็นอยู่, รายได้ · กรณี: ไม่เคลื่อนไหว",
            "Year 2565 · Lao Ngam subdistrict · Deprived in Living conditions, Income · Case: Stalled",
        ),
    ],
)
def test_filters_read_as_a_sentence(filters: Filters, thai: str, english: str) -> None:
    assert sentence(filters, "th") == thai
    assert sentence(filters, "en") == english


def page() -> None:
    """A page with the bar and what a page is given."""
    import streamlit as st

    from ui.filters.controls import bar, chosen, link
    from ui.filters.url import settle

    settle()
    bar()
    filters, reader = chosen()
    st.text(reader.role)
    st.text(link("household", filters, household="abc"))


def opened(**address: str | list[str]) -> AppTest:
    app = AppTest.from_function(page)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def chips(app: AppTest, label: str):
    return next(group for group in app.get("pills") or app.button_group if group.label == label)


def test_the_bar_shows_the_address_and_a_tap_writes_it() -> None:
    app = opened(lang="en")
    assert chips(app, "District").value == ["3421"]
    chips(app, "Subdistrict").set_value(["342105"]).run()
    assert not app.exception
    assert {name: app.query_params[name] for name in ("tambon", "certification", "lang")} == {
        "tambon": "342105",
        "certification": "certified",
        "lang": "en",
    }


def test_a_filter_that_is_not_drawn_is_kept() -> None:
    app = opened(lang="en", year="2565", plan="done")
    chips(app, "Year").set_value("2564").run()
    assert app.text[-1].value == "household?year=2564&plan=done&lang=en&household=abc"


def test_taking_the_district_away_takes_its_tambons_along() -> None:
    app = opened(lang="en", district="3421", tambon="342105")
    chips(app, "District").set_value([]).run()
    assert app.text[-1].value == "household?year=2565&lang=en&household=abc"


def test_show_everything_stays_shown() -> None:
    app = opened(lang="en")
    app.button(key="show_everything").click().run()
    app.run()
    assert app.text[-1].value == "household?year=2565&lang=en&household=abc"


def test_meeting_mode_makes_the_reader_the_committee() -> None:
    assert opened().text[0].value == "desk"
    assert opened(meeting="1").text[0].value == "committee"


def test_a_strange_address_is_answered_kindly() -> None:
    app = opened(year="abc")
    assert not app.exception
    assert "abc" in app.info[0].value
