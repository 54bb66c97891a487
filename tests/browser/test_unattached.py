"""Numbers of two families are swapped while a tablet is in the village: its visit goes to nobody's door until an officer says whose it is."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from queries.waiting import unattached
from tests.browser.app import Screen, reader_of, serving
from tests.browser.test_field import go, visited
from tests.journal.test_attach import HERE, HOUSEHOLD, PERSON, SWAPPED

SAYS = "หลังคารั่วทั้งหลัง"


def opened(chromium: Browser, address: str, path: str) -> Screen:
    screen = Screen(reader_of(chromium, "tablet").new_page(), address)
    screen.open(path)
    return screen


def test_a_visit_to_a_family_whose_number_another_one_has_by_now(
    chromium: Browser, warehouse: Callable, tmp_path: Path
) -> None:
    w = warehouse(household=HOUSEHOLD, person=PERSON)
    w.folder.chmod(0o700)
    somchai = w.ref("A1")
    with serving(w.folder, tmp_path) as address:
        tablet = reader_of(chromium, "tablet")
        page = tablet.new_page()
        page.goto(f"{address}/field/")
        expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
        page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
        tablet.set_offline(True)
        go(page, address, somchai)
        visited(page, SAYS)
        now = warehouse(household=SWAPPED, person=PERSON.replace("A1", "A2"))
        assert now.ref("A1") == somchai  # the number that the tablet knows is Mani's
        tablet.set_offline(False)
        expect(page.locator("#outbox")).not_to_contain_text("รอส่ง")
        tablet.close()

        both = [opened(chromium, address, f"/household?year=2565&household={now.ref(number)}") for number in ("A1", "A2")]
        for home in both:
            expect(home.page.get_by_text(SAYS)).to_have_count(0)
        review = opened(chromium, address, "/review")
        entry = review.page.locator("[class*='st-key-unattached_']")
        expect(entry).to_have_count(1)
        expect(entry).to_contain_text("เยี่ยมบ้าน")
        expect(entry.get_by_role("button", name="ครัวเรือนนี้")).to_have_count(2)  # by the number, and by the head
        entry.locator(f"[class*='{now.ref('A2')}']").get_by_role("button", name="ครัวเรือนนี้").click()
        expect(entry).to_have_count(0)
        expect(both[1].page.get_by_text(SAYS).first).to_be_visible()  # nobody touched that screen
        expect(both[0].page.get_by_text(SAYS)).to_have_count(0)
        assert unattached(HERE) == [] and all(screen.complaints == [] for screen in (review, *both))
        for screen in (review, *both):
            screen.page.context.close()
