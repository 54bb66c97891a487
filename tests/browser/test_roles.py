"""Every page as every role, with planted names and numbers searched for in all that reaches the browser or is written down."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Locator

import definitions
from queries import NATION, Reader
from tests.browser import wire
from tests.browser.app import Screen
from tests.browser.conftest import Named
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.queries.planted import CANARIES, FAULTY, PLANTED, RECORDER, REFUSED, record_canaries
from ui.session.page_access import may_open, pages

ROLES = [row["role"] for row in definitions.table("roles")]
PAGES = tuple(pages())
WHERE = "year=2565&district=3421&tambon=342106"
PATHS = "all => all.map(a => new URL(a.href).pathname.slice(1))"
WRITTEN = "กานารีจด"  # stands in free text beside a name: facts of a case


DRAWN = ("desk", "committee", "viewer")  # whose screens are looked at in Chromium, too: all, masked, rounded


@dataclass(frozen=True)
class House:
    """The app over the planted registers, for whoever looks at it."""

    app: Named
    address: str
    warehouse: Warehouse

    def addresses(self, pages: Sequence[str] = PAGES) -> list[str]:
        """Every page, one household, and the map as it shows homes."""
        more = [f"household?{WHERE}&household={self.warehouse.ref('กานารีรหัส')}"]
        more += [f"map?{WHERE}&homes=yes", f"map?{WHERE}&homes=yes&by=village"]
        return [f"{page}?{WHERE}" for page in pages] + more + ["map?year=2565&district=3421&by=tambon&homes=yes"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, named: Named) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("planted")
    texts = {**PLANTED, "visit": PLANTED["visit"].replace("พบ", f"{WRITTEN} พบ")}
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items()]
    warehouse = loaded(folder / "data", *files)
    record_canaries(warehouse.folder)
    with named.over(folder / "data") as address:
        yield House(named, address, warehouse)


@dataclass
class Crawl:
    """What one role was sent by all pages: everything that reached its machine, the words of each page, the menu's links, faults."""

    everything: str
    words: dict[str, str]
    links: set[str]
    faults: list[str]


@pytest.fixture(scope="module")
def crawl(house: House) -> Callable[..., Crawl]:
    """`crawl(role, *areas)`: all pages as that reader, walked once for all tests."""
    return cache(lambda role, *areas: crawled(house, role, *areas))


def crawled(house: House, role: str, *areas: str) -> Crawl:
    """Everything that all pages of the app send to this role, whatever a browser would make of it."""
    house.app.seen_by(role, *areas)
    seen = {address: wire.Page(house.address, f"/{address}") for address in house.addresses()}
    words: dict[str, str] = {}
    for address, page in seen.items():
        words.setdefault(address.split("?")[0], page.words())
    kept = [text for page in seen.values() for text in (page.text(), page.words(), *map(letters, page.files))]
    links = next(found for page in seen.values() if (found := page.links("heading")))
    return Crawl("\n".join(kept), words, links, [str(e) for page in seen.values() for _, e in page.elements("exception")])


def drawn(house: House, screen: Screen, role: str) -> Crawl:
    """Everything that this role's browser shows, says when the map is touched, or is given to keep: on all pages that open, on one
    that does not."""
    shut = [page for page in PAGES if not may_open(page, Reader(role, (NATION,)))]
    opens = [page for page in PAGES if page not in shut[1:]]
    kept: list[str] = []
    words: dict[str, str] = {}
    links: set[str] = set()
    screen.open()  # a reader of this role from the start
    for address in house.addresses(opens):
        screen.go(f"/{address}")
        words.setdefault(address.split("?")[0], screen.words)
        links = links or set(
            screen.page.locator(".st-key-heading a[href]:not(.language, [href^='/field'])").evaluate_all(PATHS)
        )
        kept += [screen.page.title(), screen.page.url, screen.page.content()]
        for tip in screen.page.locator("svg [data-code], svg .point").all()[:2]:  # what the map says of an area and of a home
            tip.hover(force=True)
            kept.append(screen.page.content())
        for button in filter(Locator.is_visible, screen.page.get_by_test_id("stDownloadButton").all()):
            with screen.page.expect_download() as given:
                button.click()
            kept += [given.value.suggested_filename, letters(given.value.path().read_bytes())]
    kept += [frame.decode("utf-8", "replace") for frame in screen.sent]
    return Crawl("\n".join(kept), words, links - {""}, screen.outside + screen.complaints)


def letters(file: bytes) -> str:
    """The words of a file that was given, of a workbook those of all its parts."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        return file.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        return "\n".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())


def assert_only_what_may_be_seen(role: str, seen: Crawl) -> None:
    reader = Reader(role, (NATION,))
    for kind, words in CANARIES.items():
        for word in words:
            told = word == RECORDER and reader.may("audit")  # whoever reads the log is told who did what
            assert told or reader.sees(kind) == "open" or word not in seen.everything, (kind, word)
    assert "1000041187812" not in seen.everything  # a whole citizen ID goes to nobody's screen
    assert (WRITTEN in seen.everything) == reader.may("cases")
    assert (FAULTY in seen.everything) == (REFUSED in seen.everything) == reader.may("loads")
    if reader.sees("name") == "open":  # the search above can find what is there
        assert all(word in seen.everything for word in CANARIES["name"])
    assert seen.faults == []


def assert_only_its_pages_open(role: str, seen: Crawl) -> None:
    reader = Reader(role, (NATION,))
    for page in seen.words:
        refused = "หน้านี้ไม่ได้เปิดให้บทบาทของท่าน" in seen.words[page]
        assert refused == (not may_open(page, reader)), page
        if refused:
            assert definitions.names("roles", "role", "th")[role] in seen.words[page]
    rows = {row["page"]: row["menu"] for row in definitions.table("pages")}
    aside = {page for page, menu in rows.items() if menu == "aside"} | ({"audit"} if reader.may("cases") else set())
    assert seen.links == {page for page in PAGES if may_open(page, reader)} - aside


@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_a_role_may_not_see_is_sent_to_it(crawl: Callable[..., Crawl], role: str) -> None:
    assert_only_what_may_be_seen(role, crawl(role))


@pytest.mark.parametrize("role", ROLES)
def test_another_area_shows_nothing_of_this_one(crawl: Callable[..., Crawl], role: str) -> None:
    seen = crawl(role, "50")
    words = [*(word for words in CANARIES.values() for word in words), WRITTEN, FAULTY, REFUSED]
    told = {RECORDER} if Reader(role, ("50",)).may("audit") else set()  # the log is of all areas
    assert [word for word in words if word in seen.everything and word not in told] == []
    assert seen.faults == []


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_shows_what_the_role_may_open_and_an_address_alone_opens_nothing_more(
    crawl: Callable[..., Crawl], role: str
) -> None:
    assert set(crawl(role).words) == set(PAGES)
    assert_only_its_pages_open(role, crawl(role))


@pytest.mark.parametrize("role", DRAWN)
def test_a_browser_shows_and_keeps_no_more_than_was_sent(house: House, look: Callable[..., Screen], role: str) -> None:
    """The same of what Chromium makes of it: the page as it is drawn, tips of the map, files, titles, addresses."""
    house.app.seen_by(role)
    seen = drawn(house, look("projector", house.address), role)
    assert_only_what_may_be_seen(role, seen)
    assert_only_its_pages_open(role, seen)


def test_a_viewer_reads_rounded_numbers_with_their_wholes(house: House, look: Callable[..., Screen]) -> None:
    house.app.seen_by("viewer")
    screen = look("projector", house.address).open("/overview?year=2565&district=3421")
    assert "น้อยกว่า 5" in screen.words and "จาก น้อยกว่า 5" in screen.words and "ข้อมูล ณ" in screen.says
    assert not re.search(r"(?<!น้อยกว่า )(?<![\d,])[1-4](?![\d,.]) (ครัวเรือน|คน)", screen.words)
    screen.open("/map?year=2565&district=3421&by=tambon")
    assert "น้อยกว่า 5" in screen.words and screen.page.get_by_test_id("stDownloadButton").count() == 0


def test_what_was_searched_for_stands_neither_in_the_address_nor_in_the_log(house: House, look: Callable[..., Screen]) -> None:
    house.app.seen_by("desk")
    screen = look("projector", house.address).open(f"/households?{WHERE}")
    field = screen.page.get_by_role("textbox")
    field.fill("กานารีชื่อ")
    field.press("Enter")
    screen.idle()
    assert "กานารีชื่อ" in screen.words and "กานารี" not in screen.page.url and "%E0" not in screen.page.url
    assert "กานารี" not in screen.page.title()
    written = house.app.log.read_text("utf-8", "replace")
    words = {word for words in CANARIES.values() for word in words} | {FAULTY, WRITTEN}
    assert [word for word in words if word in written] == []


def test_only_tests_can_name_a_reader() -> None:
    """The way in above exists in tests/ alone."""
    root = Path(__file__).parent.parent.parent
    files = [p for room in ("ui", "pages", "queries", "etl") for p in (root / room).rglob("*.py")]
    assert not [p for p in (*files, root / "dashboard.py", root / "manage.py") if "TEST_READER" in p.read_text("utf-8")]
