"""A tap on a number opens the households behind it, and says why it changed; a load says before it is accepted."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from queries import DESK
from queries.record import record
from tests.browser.app import Screen, on_a_tablet
from tests.browser.conftest import App, Named
from tests.browser.test_load import checked
from tests.drawn import loaded, register, write_csv
from tests.journal.recorded import event

DISTRICT = "year=2565&district=3421"
HOUSEHOLD = "household_id | head_first_name | head_last_name | certification\nA | สมชาย | ทดลอง | certified\nB | สมหญิง | ทดลอง | certified"


@on_a_tablet
def test_a_number_opens_those_that_it_counts(screen: Screen) -> None:
    screen.go(f"/overview?{DISTRICT}")
    figure = screen.page.locator(".figures a.small", has_text="34").first
    figure.click()
    screen.idle()
    assert "words=certified" in screen.address and "34 ครัวเรือน" in screen.words
    screen.page.locator("a.go[href*='household=']").first.click()
    screen.idle()
    assert screen.address.startswith("/household?")
    screen.page.go_back()
    screen.idle()
    assert "34 ครัวเรือน" in screen.words


def test_a_part_of_a_bar_opens_its_households(screen: Screen) -> None:
    screen.go(f"/overview?{DISTRICT}")
    screen.page.locator(".chart.dimensions .part a", has_text="12").first.click()
    assert "12 ครัวเรือน" in screen.idle().words and "words=access_deprived" in screen.address


# Page and address -> a number or cell of each kind on it, as a tap finds it.
TAPPED = {
    f"/overview?{DISTRICT}": [".chart.dimensions .part a", ".chart.upright b a", ".chart.places .track b a", ".chart.change .side b a", ".figures a"],
    f"/progress?{DISTRICT}": ["table a[data-counted]", "table a[data-households]", "p b + a, p a[data-counted]", "h3 a[data-counted]"],
    f"/promises?{DISTRICT}": ["p b a[data-counted]", "h3 a[data-counted]"],
    f"/map?{DISTRICT}&measure=income": [".atlas tbody td:nth-child(2) a", ".atlas tbody td:nth-child(3) a"],
}  # fmt: skip


@on_a_tablet
@pytest.mark.parametrize("address", TAPPED)
def test_a_tap_on_each_kind_of_number_opens_those_that_it_counts(screen: Screen, address: str) -> None:
    for kind in TAPPED[address]:
        screen.go(address)
        tapped = screen.page.locator(f"{kind}:visible").first
        claimed = tapped.get_attribute("data-counted") or tapped.get_attribute("data-households")
        tapped.click()
        screen.idle()
        assert screen.address.startswith("/figure?"), kind
        said = screen.page.locator("h3", has_text=re.compile(r"\d+ ครัวเรือน")).first.inner_text()
        assert claimed and re.search(rf"(^|\D){claimed} (คน|รายการ|ครัวเรือน)", said), (kind, claimed, said)


@on_a_tablet
def test_a_cell_of_cases_by_step_opens_its_case(screen: Screen) -> None:
    for kind in (".chart.matrix .part a", ".chart.matrix b a", ".chart.gantt .part a"):
        screen.go(f"/progress?{DISTRICT}")
        screen.page.locator(kind).first.click()
        assert screen.idle().address.startswith("/household?") and "household=" in screen.address, kind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    loaded(data, write_csv(tmp_path / "household.csv", register("household", HOUSEHOLD)))
    return data


def test_why_is_told_with_day_and_person_and_masked_for_the_committee(
    folder: Path, named: Named, look: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    (verdict,) = record([event("closed", "A", on="2022-09-20", close_reason="better")], DESK, "somsri@example.go.th")
    assert verdict["verdict"] == "kept"
    with named.over(folder) as address:
        screen = look("projector", address)
        named.seen_by("secretary")
        screen.open("/overview?year=2565&all=1")
        screen.page.locator(".figures a.small[href*='words=closed'][href*='since=']").click()
        screen.idle()
        expect(screen.page.get_by_text("0 → 1")).to_be_visible()
        assert "+1 · ปิดกรณี" in screen.words and "สมชาย ทดลอง" in screen.words and "somsri@example.go.th" in screen.words
        named.seen_by("committee")
        screen.open("/figure?year=2565&all=1&words=closed&since=before")
        assert "+1 · ปิดกรณี" in screen.words and "สมชาย" not in screen.words and "somsri" not in screen.words
        named.seen_by("viewer")
        screen.open("/figure?year=2565&all=1&words=closed&since=before")
        assert "ปิดกรณี" in screen.words and screen.page.locator("a[href*='household=']").count() == 0


def test_a_load_says_who_comes_and_goes_before_it_is_accepted(
    folder: Path, app: App, look: Callable[..., Screen], tmp_path: Path
) -> None:
    (newer := tmp_path / "newer").mkdir()
    changed = HOUSEHOLD.replace("B | สมหญิง | ทดลอง", "C | สมศรี | ทดลอง").replace(
        "A | สมชาย | ทดลอง | certified", "A | สมชาย | ทดลอง | proposed"
    )
    file = write_csv(newer / "household.csv", register("household", changed))
    with app.over(folder) as address:
        screen = look("projector", address)
        screen.open("/load")
        checked(screen, file)
        table = screen.page.get_by_role("table", name="ตัวเลขจะเปลี่ยนเพราะอะไร")
        certified = table.get_by_role("row").filter(has_text="ครัวเรือนเป้าหมาย (รับรองแล้ว)").inner_text()
        assert (
            "2 → 1" in certified
            and "1: สมศรี ทดลอง" in certified
            and "2: " in certified
            and "สมชาย ทดลอง" in certified
            and "สมหญิง ทดลอง" in certified
        )
        screen.tap("button", "คงข้อมูลเดิมไว้")
