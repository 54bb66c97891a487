"""A weak network said in the reader's words: a late answer, a lost connection, what was shown before veiled meanwhile."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.app import READY, Screen, free_port, reader_of, serving
from tests.patience import patience

FAMILY = "/household?year=2565&district=3421"
BAR = "#connection"
WAITS, LOST = "กำลังรอคำตอบ", "เครือข่ายขาด กำลังต่อใหม่"
ENGLISH = "Connection|Connecting|Running|Streamlit|server|Error"


class Held:
    """A websocket whose answers can be held back, as a network does that has stalled."""

    def __init__(self) -> None:
        self.holding = False
        self.held: list[str | bytes] = []
        self.browser: WebSocketRoute | None = None

    def connected(self, socket: WebSocketRoute) -> None:
        """Carry every message; those of the server wait while it holds."""
        self.browser = socket
        server = socket.connect_to_server()
        server.on_message(lambda message: self.held.append(message) if self.holding else socket.send(message))

    def release(self) -> None:
        """What was held arrives now."""
        self.holding = False
        assert self.browser
        for message in self.held:
            self.browser.send(message)
        self.held.clear()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own: what happens to its connection happens to nobody else's."""
    profile = reader_of(chromium, "tablet")
    yield profile.new_page()
    profile.close()


@pytest.fixture
def served(data: Path, tmp_path: Path) -> Iterator[Callable[[], ExitStack]]:
    """`served()` starts a dashboard, always at the same address `served.base`; closing what it gives kills it."""
    port = free_port()
    with ExitStack() as all_of_them:

        def start() -> ExitStack:
            one = all_of_them.enter_context(ExitStack())
            one.enter_context(serving(data, tmp_path, port))
            return one

        start.base = f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
        yield start


SEEN = """() => [...document.querySelectorAll("[data-testid=stMain] :is(p, h2, h3, td, th, pre, li, button, img)")]
  .filter(e => !e.closest(".st-key-heading, .st-key-filters, .age"))
  .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true})).map(e => e.innerText)"""


def seen(page: Page) -> list[str]:
    """The words below the frame that can be seen: of a family, all that is personal."""
    return page.evaluate(SEEN)


def test_before_anything_is_drawn_the_page_says_that_it_is_being_opened(page: Page, server: str) -> None:
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(server + FAMILY, wait_until="domcontentloaded")
    expect(page.locator(BAR)).to_have_text("กำลังเปิดบ้านสุข…")
    assert page.locator(BAR).is_visible()


@pytest.mark.parametrize(("lang", "says"), [("", WAITS), ("&lang=en", "Still waiting")])
def test_a_late_answer_is_said_after_two_seconds_and_the_family_before_is_veiled(
    page: Page, server: str, lang: str, says: str
) -> None:
    network = Held()
    page.route_web_socket("**/_stcore/stream", network.connected)
    screen = Screen(page, server).open(FAMILY + lang)
    assert len(seen(page)) > 20 and page.locator(BAR).inner_text() == ""
    network.holding = True
    page.get_by_role("link", name="Next" if lang else "ถัดไป").click()
    begin = time.monotonic()
    expect(page.locator(BAR)).to_contain_text(says, timeout=patience(3) * 1000)
    assert time.monotonic() - begin > 1.5  # what comes within two seconds is no stall
    assert seen(page) == []
    assert page.locator(".st-key-heading").is_visible()  # the frame tells of nobody
    network.release()
    expect(page.locator(BAR)).to_be_hidden()
    screen.idle()
    assert len(seen(page)) > 20


def test_a_lost_connection_is_said_veiled_and_found_again_without_a_reload(page: Page, served) -> None:
    first = served()
    screen = Screen(page, served.base).open(FAMILY)
    page.evaluate("window.kept = true")
    first.close()
    expect(page.locator(BAR)).to_contain_text(LOST, timeout=patience(4) * 1000)
    assert seen(page) == []
    assert page.evaluate("document.getElementById('root').inert")  # nothing can be pressed that would be lost
    box = page.locator("[role=dialog]")  # Streamlit's own, at the sixth try: some ten seconds
    box.wait_for(state="attached")
    assert not box.is_visible()
    assert not page.locator("body").evaluate(f"e => /{ENGLISH}/.test(e.innerText)")
    second = served()
    expect(page.locator(BAR)).to_be_hidden(timeout=patience(30) * 1000)
    page.wait_for_selector(READY)
    assert len(seen(page)) > 20 and page.evaluate("window.kept")
    shown = page.locator("h3").first.inner_text()
    page.get_by_role("link", name="ถัดไป").click()
    expect(page.locator("h3").first).not_to_have_text(shown)
    screen.idle()
    assert len(seen(page)) > 20
    second.close()


def test_a_tap_that_was_lost_is_said_so_that_it_is_pressed_again(page: Page, server: str) -> None:
    network = Held()
    page.route_web_socket("**/_stcore/stream", network.connected)
    screen = Screen(page, server).open(FAMILY)
    shown = page.locator("h3").first.inner_text()
    network.holding = True
    page.get_by_role("link", name="ถัดไป").click()
    expect(page.locator(BAR)).to_contain_text(WAITS, timeout=patience(4) * 1000)
    network.holding = False
    network.held.clear()
    assert network.browser
    network.browser.close(code=1011)
    expect(page.locator(BAR)).to_contain_text("กดอีกครั้ง", timeout=patience(30) * 1000)
    assert len(seen(page)) > 20
    page.get_by_role("link", name="ถัดไป").click()
    expect(page.locator("h3").first).not_to_have_text(shown)
    screen.idle()


@pytest.mark.parametrize(
    "path", ["/household?year=2565&district=3421", "/households?year=2565&district=3421", "/load", "/audit"]
)
def test_streamlits_own_words_are_in_the_readers_language(page: Page, server: str, path: str) -> None:
    Screen(page, server).open(path)
    said = page.evaluate(
        """() => [...document.querySelectorAll("#root *")].flatMap(e =>
        ["aria-label", "placeholder", "title"].map(name => e.getAttribute(name))).filter(text => text)"""
    )
    page.locator("[data-testid=stIconMaterial]").evaluate_all("icons => icons.forEach(icon => icon.remove())")
    said += page.locator("button, label, [data-testid=stSkipToContent]").all_inner_texts()
    english = {text.strip() for text in said if re.search("[A-Za-z]{4}", text) and not re.search("[ก-๙]", text)}
    assert english - {"English", "Enter"} == set()
