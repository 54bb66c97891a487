"""Every page as every role, with planted names and numbers searched for in all that reaches the browser or is written down."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

import definitions
from queries import NATION, Reader
from tests.browser.app import Screen, reader_of, serving
from tests.drawn import Warehouse, loaded, register, write_csv
from tests.queries.planted import CANARIES, FAULTY, PLANTED, REFUSED
from ui.session.page_access import QUESTIONS, RIGHTS, may_open

ROLES = [row["role"] for row in definitions.table("roles")]
PAGES = (*QUESTIONS, *RIGHTS)
WHERE = "year=2565&district=3421&tambon=342106"
PATHS = "all => all.map(a => new URL(a.href).pathname.slice(1))"
WRITTEN = "กานารีจด"  # stands in free text beside a name: facts of a case


@dataclass
class House:
    """A running app over the planted registers, whoever looks at it."""

    address: str
    warehouse: Warehouse
    reader: Path
    log: Path
    browser: Browser

    def seen_by(self, role: str, *areas: str) -> Screen:
        self.reader.write_text(" ".join([role, *(areas or (NATION,))]), "utf-8")
        return Screen(reader_of(self.browser, "projector").new_page(), self.address)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("planted")
    texts = {**PLANTED, "visit": PLANTED["visit"].replace("พบ", f"{WRITTEN} พบ")}
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in texts.items()]
    warehouse = loaded(folder / "data", *files)
    (folder / "reader").write_text(f"desk {NATION}", "utf-8")
    with serving(folder / "data", folder, reader=folder / "reader") as address:
        yield House(address, warehouse, folder / "reader", folder / "log", chromium)


@dataclass
class Crawl:
    """What one role met on all pages: everything that reached its browser, the words of each page, the menu's links, complaints."""

    everything: str
    words: dict[str, str]
    links: set[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def crawl(house: House) -> Callable[..., Crawl]:
    """`crawl(role, *areas)`: all pages as that reader, walked once for all tests."""
    return cache(lambda role, *areas: crawled(house, role, *areas))


def crawled(house: House, role: str, *areas: str) -> Crawl:
    """Everything that all pages of the app send to this role's browser, show in it or give it to keep."""
    screen = house.seen_by(role, *areas)
    ref = house.warehouse.ref("กานารีรหัส")
    addresses = [f"{page}?{WHERE}" for page in PAGES] + [f"household?{WHERE}&household={ref}"]
    addresses += [
        f"map?{WHERE}&homes=yes",
        f"map?{WHERE}&homes=yes&by=village",
        "map?year=2565&district=3421&by=tambon&homes=yes",
    ]
    kept: list[str] = []
    words: dict[str, str] = {}
    links: set[str] = set()
    for address in addresses:
        screen.open(f"/{address}")
        words.setdefault(address.split("?")[0], screen.words)
        links = links or set(screen.page.locator(".st-key-heading a[href]:not(.language)").evaluate_all(PATHS))
        kept += [screen.page.title(), screen.page.url, screen.page.content()]
        for tip in screen.page.locator("svg [data-code], svg .point").all()[:2]:  # what the map says of an area and of a home
            tip.hover(force=True)
            kept.append(screen.page.content())
        for button in filter(Locator.is_visible, screen.page.get_by_test_id("stDownloadButton").all()):
            with screen.page.expect_download() as given:
                button.click()
            kept += [given.value.suggested_filename, text_of(given.value.path())]
    kept += [frame.decode("utf-8", "replace") for frame in screen.sent]
    screen.page.context.close()
    return Crawl("\n".join(kept), words, links - {""}, screen.outside + screen.complaints)


def text_of(path: Path) -> str:
    """The words of a file that was given, of a workbook those of all its parts."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as book:
        return "\n".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())


@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_a_role_may_not_see_reaches_its_browser(crawl: Callable[..., Crawl], role: str) -> None:
    reader = Reader(role, (NATION,))
    seen = crawl(role)
    for kind, words in CANARIES.items():
        for word in words:
            assert reader.sees(kind) == "open" or word not in seen.everything, (kind, word)
    assert "1000041187812" not in seen.everything  # a whole citizen ID goes to nobody's screen
    assert (WRITTEN in seen.everything) == reader.may("cases")
    assert (FAULTY in seen.everything) == (REFUSED in seen.everything) == reader.may("loads")
    if reader.sees("name") == "open":  # the search above can find what is there
        assert all(word in seen.everything for word in CANARIES["name"])
    assert seen.complaints == []


@pytest.mark.parametrize("role", ROLES)
def test_another_area_shows_nothing_of_this_one(crawl: Callable[..., Crawl], role: str) -> None:
    seen = crawl(role, "50")
    words = [*(word for words in CANARIES.values() for word in words), WRITTEN, FAULTY, REFUSED]
    assert [word for word in words if word in seen.everything] == []
    assert seen.complaints == []


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_shows_what_the_role_may_open_and_an_address_alone_opens_nothing_more(
    crawl: Callable[..., Crawl], role: str
) -> None:
    reader = Reader(role, (NATION,))
    seen = crawl(role)
    for page in PAGES:
        refused = "หน้านี้ไม่ได้เปิดให้บทบาทของท่าน" in seen.words[page]
        assert refused == (not may_open(page, reader)), page
        if refused:
            assert definitions.names("roles", "role", "th")[role] in seen.words[page]
    aside = {"duplicates", *(["audit"] if reader.may("cases") else [])}  # reached from other pages
    assert seen.links == {page for page in PAGES if may_open(page, reader)} - aside


def test_a_viewer_reads_rounded_numbers_with_their_wholes(house: House) -> None:
    screen = house.seen_by("viewer").open("/overview?year=2565&district=3421")
    assert "น้อยกว่า 5" in screen.words and "จาก น้อยกว่า 5" in screen.words and "ข้อมูล ณ" in screen.says
    assert not re.search(r"(?<!น้อยกว่า )(?<![\d,])[1-4](?![\d,.]) (ครัวเรือน|คน)", screen.words)
    screen.open("/map?year=2565&district=3421&by=tambon")
    assert "น้อยกว่า 5" in screen.words and screen.page.get_by_test_id("stDownloadButton").count() == 0
    screen.page.context.close()


def test_what_was_searched_for_stands_neither_in_the_address_nor_in_the_log(house: House) -> None:
    screen = house.seen_by("desk").open(f"/households?{WHERE}")
    field = screen.page.get_by_role("textbox")
    field.fill("กานารีชื่อ")
    field.press("Enter")
    screen.idle()
    assert "กานารีชื่อ" in screen.words and "กานารี" not in screen.page.url and "%E0" not in screen.page.url
    assert "กานารี" not in screen.page.title()
    screen.page.context.close()
    written = house.log.read_text("utf-8", "replace")
    words = {word for words in CANARIES.values() for word in words} | {FAULTY, WRITTEN}
    assert [word for word in words if word in written] == []


def test_only_tests_can_name_a_reader() -> None:
    """The way in above exists in tests/ alone."""
    root = Path(__file__).parent.parent.parent
    files = [p for room in ("ui", "pages", "queries", "etl") for p in (root / room).rglob("*.py")]
    assert not [p for p in (*files, root / "dashboard.py", root / "manage.py") if "TEST_READER" in p.read_text("utf-8")]
