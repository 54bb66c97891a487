"""Every figure of the overview opens as many households, or people, as it says."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup

from queries import DESK, Filters, Reader, ask
from tests.ui.test_pages import opened, panels
from ui.filters.url import NAMES

LINK = re.compile(r'<a class="go small" href="(figure\?[^"]*)">(.*?)</a>')
ADDRESSES = {
    "a district": {"year": "2565", "district": "3421"},
    "a subdistrict": {"year": "2565", "tambon": "342106"},
    "certified": {"year": "2565", "district": "3421", "certification": "certified"},
    "one dimension": {"year": "2565", "dimension": "income"},
    "the year before": {"year": "2564", "all": "1"},
}
OPENED = {  # kinds of figures, of which the sample has each
    "listed", "certified", "target_people", "overdue", "stalled", "without_plan", "health_deprived", "access_no_data", "lacks_1", "skill_none",
    "income|living",
}  # fmt: skip


def figures(**address: str) -> list[tuple[str, Filters, int]]:
    """What the figures of the overview open: words, filters, and the number that stands there; ways to why are none."""
    found = []
    for href, html in LINK.findall(panels(opened("overview", **address))):
        asked = parse_qs(urlsplit(unescape(href)).query)
        if "since" not in asked:
            said = Markup(html).striptags()  # a number, a pair of dimensions with its number, or the name of a place
            number = re.findall(r"[\d,]+$", said) if "|" in asked["words"][0] else re.findall(r"^[\d,]+$", said)
            found.append((asked["words"][0], Filters.of({n: asked.get(n, []) for n in NAMES}), number))
    return [(words, filters, int(number[-1].replace(",", "")) if number else -1) for words, filters, number in found]


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_each_opens_as_many_as_it_says(sample, address: dict[str, str]) -> None:
    told = figures(**address)
    for words, filters, number in told:
        rows = ask("behind", filters, DESK, words=words, limit=1000)
        if number >= 0:  # the name of a place opens it; its number stands beside
            assert (rows["target_people"].sum() if words == "target_people" else len(rows)) == number, (words, filters)
    assert {words for words, _, _ in told} >= OPENED or address != ADDRESSES["a district"]


def test_a_place_opens_its_target_households(sample) -> None:
    places = {
        filters.tambon: filters
        for words, filters, number in figures(year="2565", district="3421")
        if words == "certified" and number < 0
    }
    for tambon, filters in places.items():
        (row,) = [
            r for r in sample.ask("summary", Filters(year=("2565",), district=("3421",)), by="tambon") if (r["code"],) == tambon
        ]
        assert len(ask("behind", filters, DESK, words="certified", limit=1000)) == row["target_households"]
    assert len(places) > 3


def test_the_page_lists_them_and_a_viewer_gets_the_definition(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("figure", year="2565", district="3421", words="target_people")
    assert "58 คน · 47 ครัวเรือน" in " ".join(m.value for m in page.markdown)
    assert panels(page).count("household=") == 20 and "บัตรสวัสดิการแห่งรัฐ" in panels(page)
    monkeypatch.setattr("ui.auth.identity.reader", lambda: Reader("viewer", DESK.areas))
    page = opened("figure", year="2565", district="3421", words="target_people")
    assert "household=" not in panels(page) and "บัตรสวัสดิการแห่งรัฐ" in panels(page)


def test_a_figure_that_is_none_is_said(sample) -> None:
    page = opened("figure", year="2565", words="wealth'--")
    assert [one.value for one in page.info] == ["ไม่มีตัวเลขนี้ ให้แตะตัวเลขจากหน้าภาพรวมหรือหน้าอื่น"]


def test_the_next_family_is_the_next_of_the_list(sample) -> None:
    filters = Filters(year=("2565",), district=("3421",))
    listed = [row["ref"] for row in sample.ask("behind", filters, words="target_people")]
    for at, ref in enumerate(listed):
        (row,) = sample.ask("beside", filters, household=ref, words="target_people")
        around = listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None
        assert (row["position"], row["total"], (row["before"], row["after"])) == (at + 1, len(listed), around)
    (nobody,) = sample.ask("beside", filters, household="0" * 16, words="target_people")
    assert nobody == {"total": 0, "position": 0, "before": None, "after": None}
    page = opened("household", year="2565", district="3421", household=listed[1], words="target_people")
    assert [f"household={ref}&amp;words=target_people" in panels(page) for ref in (listed[0], listed[2])] == [True, True]
