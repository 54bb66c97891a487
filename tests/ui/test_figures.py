"""Every number of a page opens as many households, people or items as it says; one that opens nothing fails here by name."""

import inspect
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

import definitions
from queries import DESK, Filters, Reader, ask
from queries.ask import ALL
from queries.figure_words import rows
from queries.headlines import headlines
from tests.ui.test_pages import opened, panels
from ui.filters.url import NAMES
from ui.view import charts, figure_text, labels

DISTRICT = {"year": "2565", "district": "3421"}
ADDRESSES = {  # page and address -> what is tapped
    "overview": DISTRICT,
    "overview of a subdistrict": {"year": "2565", "tambon": "342106"},
    "overview of certified": {**DISTRICT, "certification": "certified"},
    "overview of one dimension": {"year": "2565", "dimension": "income"},
    "overview of the year before": {"year": "2564", "all": "1"},
    "progress": DISTRICT,
    "progress of a subdistrict": {"year": "2565", "tambon": "342106"},
    "promises": DISTRICT,
    "promises before the committee": {**DISTRICT, "meeting": "1"},
    "progress before the committee": {**DISTRICT, "meeting": "1"},
    "mywork": DISTRICT,
}
OPENED = {  # kinds of figures, of which the sample has each
    "listed", "certified", "target_people", "people", "counted", "card_known", "overdue", "stalled", "without_plan", "health_deprived",
    "access_no_data", "lacks_1", "skill_none", "income|living", "source_outside", "before", "before|income_better", "before|income_worse",
    "people|income_deprived",
}  # fmt: skip
# Where a number stands that counts: a new page or chart that draws one there has it open something, or says here why it does not.
COUNTING = {"chart", "figures", "table", "h3"}
NOT_OPENED = {  # (page, what it stands in) -> why it opens nothing
    ("overview", "of"): "what a figure is a part of: a figure of its own beside it",
    ("overview", "label"): "how many dimensions: what a bar is of, not how many",
    ("progress", "month"): "the year under a month",
}
NUMBER = re.compile(r"(จาก )?[\d,]+(\.\d+)?%?( จาก [\d,]+)?")  # as numbers are written that count; not "ม.6" or a day


VOID = {"br", "img", "hr", "input"}  # elements without an end


class Taps(HTMLParser):
    """What can be tapped of panels, with what it says and claims; and the numbers that stand where a figure stands and cannot."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.links: list[tuple[str, dict[str, str], str]] = []
        self.idle: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in VOID:
            self.open.append((tag, {k: v or "" for k, v in attrs}))
        if tag == "a":
            self.links.append((dict(attrs)["href"], {k: v or "" for k, v in attrs}, ""))

    def handle_endtag(self, tag) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data) -> None:
        tags = [tag for tag, _ in self.open]
        if "a" in tags:
            href, attrs, said = self.links[-1]
            self.links[-1] = href, attrs, said + data
        elif NUMBER.fullmatch(data.strip()) and (within := self.within()):
            self.idle.append((within, data.strip()))

    def within(self) -> str:
        """In what a number stands that should open something; "" elsewhere."""
        classes = {name for _, attrs in self.open for name in attrs.get("class", "").split()}
        tags = [tag for tag, _ in self.open]
        if not COUNTING & {*classes, *tags}:
            return ""
        named = next((one for one in ("label", "month") if one in classes), "")
        of = "of" if "figures" in classes and tags[-1] == "dd" and not self.open[-1][1] else ""
        chart = next((attrs["class"] for _, attrs in self.open if attrs.get("class", "").startswith("chart ")), "")
        return named or of or chart or next(tag for tag in reversed(tags) if tag in ("h3", "td", "th", "dd", "dt"))


def taps(page: str, address: dict[str, str]) -> Taps:
    if page == "mywork":
        team = ask("work_teams", Filters.of({"year": ["2565"], "district": ["3421"]}), DESK)["team"].iloc[0]
        address = {**address, "team": team}
    return Taps(panels(opened(page, **address)))


def claims(of: Taps) -> list[tuple[str, Filters, str, int, str]]:
    """Words and filters of each figure, what of the answer it counts, how many it claims, and what stands there."""
    found = []
    for href, attrs, said in of.links:
        asked = parse_qs(urlsplit(href).query)
        kind = next((kind for kind in ("counted", "households") if f"data-{kind}" in attrs), "")
        if kind:
            filters = Filters.of({n: asked.get(n, []) for n in NAMES})
            found.append((asked["words"][0], filters, kind, int(attrs[f"data-{kind}"]), said))
    return found


def behind(words: str, filters: Filters, reader: Reader) -> dict[str, int]:
    """How many households, and how much in all, a figure opens."""
    found = ask("behind", filters, reader, words=words, limit=ALL)
    return {
        "households": len(found),
        "counted": int(found["counted"].sum()) + (int(found["of_none"].iloc[0]) if len(found) else 0),
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_number_opens_as_many_as_it_says(sample, address: str) -> None:
    page = address.partition(" ")[0]
    reader = Reader("committee", DESK.areas) if "meeting" in ADDRESSES[address] else DESK
    told = claims(taps(page, ADDRESSES[address]))
    wrong = [
        (words, filters.address(), kind, n, opens)
        for words, filters, kind, n, _ in told
        if (opens := behind(words, filters, reader)[kind]) != n
    ]
    assert not wrong
    assert not [(n, said) for *_, n, said in told if NUMBER.fullmatch(said) and f"{abs(n):,}" != said]  # claims what it shows
    assert not [words for words, *_ in told if not figure_text.known(words)]
    assert len(told) > 3
    if address == "overview":
        assert {words for words, *_ in told} >= OPENED


@pytest.mark.parametrize("page", ["overview", "progress", "promises", "mywork"])
def test_a_number_that_opens_nothing_is_named(sample, page: str) -> None:
    idle = [(within, said) for within, said in taps(page, DISTRICT).idle if (page, within) not in NOT_OPENED]
    assert not idle, "draw it with figure_text.opens, or say in NOT_OPENED why not"


def test_every_chart_is_told_what_it_opens() -> None:
    for name, draw in inspect.getmembers(charts, inspect.isfunction):
        given = inspect.signature(draw).parameters
        if draw.__module__ == charts.__name__ and not name.startswith("_") and name != "drawn":
            assert "opens" in given and given["opens"].default is inspect.Parameter.empty, name


def test_every_word_of_a_figure_has_a_name_in_both_languages(sample) -> None:
    for word in {*headlines(), *rows()}:
        assert figure_text.known(word) and "{" not in figure_text.title(word, Filters(), DESK), word


def test_owners_and_things_are_named_by_the_page_and_not_by_its_address(sample) -> None:
    filters = Filters.of({"year": ["2565"], "district": ["3421"]})
    told = {
        words: said for words, _, _, _, said in claims(taps("progress", DISTRICT)) if "owner_" in words or "short_" in words
    }
    for words in told:
        assert figure_text.title(words, filters, DESK).split(" · ")[1] not in ("", "–"), words
    one = next(words for words in told if "owner_" in words)
    assert opened("figure", **DISTRICT, words=one).subheader[0].value == figure_text.title(one, filters, DESK)
    assert any("short_" in words for words in told)


@pytest.mark.parametrize("measure", [row["measure"] for row in definitions.table("measures") if not row["page"]])
def test_each_number_of_the_map_opens_as_many_as_it_says(sample, measure: str) -> None:
    """Those of other registers open rows of their programme's page: tests/ui/test_programme_map.py."""
    (row,) = [row for row in definitions.table("measures") if row["measure"] == measure]
    filters = Filters.of({"year": ["2565"], "district": ["3421"], "dimension": ["income"]})
    for area in ask(row["question"], filters, DESK, by="tambon").to_dict("records"):
        there = Filters.of(filters.address() | {"tambon": [area["code"]]})
        for part in (part for part in ("part", "whole") if not labels.missing(area[row[part]])):
            words, of = figure_text.of_measure(row, part, there)
            assert behind(words, of, DESK)["counted"] == area[row[part]], (words, of, area["code"])


def test_the_page_lists_them_and_a_viewer_gets_the_definition(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("figure", year="2565", district="3421", words="target_people")
    assert "58 คน · 47 ครัวเรือน" in " ".join(m.value for m in page.markdown)
    assert panels(page).count("household=") == 20 and "บัตรสวัสดิการแห่งรัฐ" in panels(page)
    monkeypatch.setattr("ui.auth.identity.reader", lambda: Reader("viewer", DESK.areas))
    page = opened("figure", year="2565", district="3421", words="target_people")
    assert "household=" not in panels(page) and "บัตรสวัสดิการแห่งรัฐ" in panels(page)


def test_the_page_says_of_how_many_it_is_a_part(sample) -> None:
    told = claims(Taps(panels(opened("figure", **DISTRICT, words="planned"))))
    assert [(words, n) for words, _, _, n, _ in told] == [("plan_known", 34)]


def test_a_figure_that_is_none_is_said(sample) -> None:
    page = opened("figure", year="2565", words="wealth'--")
    assert [one.value for one in page.info] == ["ไม่มีตัวเลขนี้ ให้แตะตัวเลขจากหน้าภาพรวมหรือหน้าอื่น"]


@pytest.mark.parametrize("words", ["target_people", "owed|owed_late", "before|income_better"])
def test_the_next_family_is_the_next_of_the_list(sample, words: str) -> None:
    filters = Filters(year=("2565",), district=("3421",))
    listed = [row["ref"] for row in sample.ask("behind", filters, words=words)]
    for at, ref in enumerate(listed):
        (row,) = sample.ask("beside", filters, household=ref, words=words)
        around = listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None
        assert (row["position"], row["total"], (row["before"], row["after"])) == (at + 1, len(listed), around)
    (nobody,) = sample.ask("beside", filters, household="0" * 16, words=words)
    assert nobody == {"total": 0, "position": 0, "before": None, "after": None}
    page = opened("household", year="2565", district="3421", household=listed[1], words=words)
    to = words.replace("|", "%7C")
    assert [f"household={ref}&amp;words={to}" in panels(page) for ref in (listed[0], listed[2])] == [True, True]
