"""The density view as its readers use it: columns that can be seen and touched, whole names, one finger, and no WebGL at all."""

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.app import Screen, launched, on_a_tablet, on_both, reader_of
from tests.browser.test_access import CUT, FINGER, SMALL, WIDER, violations
from tests.drawn import Warehouse

DISTRICT = "/map?year=2565&district=3421&by=density"
WASM = "WebAssembly.instantiate()"  # deck.gl's reader of compressed models, which no view here has, asks for more than we allow
GROUND = (0xF3, 0xED, 0xE0)
FALLEN = "Failed to create WebGL context"


def opened(screen: Screen, path: str = DISTRICT) -> Screen:
    """Once the columns are painted: deck.gl draws when its turn comes, and no element says so."""
    screen.open(path)
    screen.page.locator("#deckgl-overlay").scroll_into_view_if_needed()
    screen.until(lambda: len(columns(screen)) > 500)
    assert all(text.startswith(WASM) for text in screen.complaints)
    screen.complaints.clear()
    return screen


def stage(screen: Screen) -> np.ndarray:
    """The picture of the stage without its names, row by row."""
    screen.page.evaluate("document.querySelector('.density-over').style.opacity = 0")
    png = screen.page.locator("#deckgl-overlay").screenshot()
    screen.page.evaluate("document.querySelector('.density-over').style.opacity = ''")
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def columns(screen: Screen) -> np.ndarray:
    """Where columns are painted, as (down, right): all classes are of one hue, in which red is the least by far."""
    red, green, blue = np.moveaxis(stage(screen), 2, 0)
    return np.argwhere((green - red > 25) & (blue - red > 15))


def tip(screen: Screen) -> str:
    """What is said of the column that was touched."""
    return screen.page.locator(".density-tip").inner_text().replace("\n", " ")


def pointed(screen: Screen, at: np.ndarray) -> Screen:
    """Point at a pixel of the stage."""
    screen.page.locator("#deckgl-overlay").hover(position={"x": int(at[1]), "y": int(at[0])})
    return screen


@on_both
def test_columns_are_painted_over_our_own_outlines_and_nothing_outside_is_asked(screen: Screen, size: str) -> None:
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    opened(screen)
    picture = stage(screen)
    assert (picture == GROUND).all(2).sum() > 20_000  # the subdistricts
    assert {"province", "district-34", "tambon-3421"} <= {url.split("/")[-1].split(".")[0] for url in asked if "/geo/" in url}
    assert screen.outside == [] and screen.page.locator("#deckgl-overlay").count() == 1


@on_both
def test_names_are_whole_and_never_touch(screen: Screen) -> None:
    opened(screen)
    names = screen.page.locator(".density-over span").evaluate_all(
        """all => all.filter(name => getComputedStyle(name).visibility === "visible").map(name => {
          const box = name.getBoundingClientRect(), stage = name.parentElement.getBoundingClientRect()
          return [name.textContent, name.getClientRects().length, box.left, box.top, box.right, box.bottom,
                  box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom]
        })"""
    )
    assert {name for name, *_ in names} >= {"โพธิ์ไทร", "เหล่างาม", "สำโรง"}
    assert all(lines == 1 and within for _, lines, *_, within in names)
    for i, (_, _, left, top, right, bottom, _) in enumerate(names):
        for _, _, x, y, u, v, _ in names[i + 1 :]:
            assert right <= x or u <= left or bottom <= y or v <= top


@on_both
def test_everyone_can_use_it(screen: Screen, size: str) -> None:
    opened(screen)
    assert violations(screen) == []
    for question, given in ((SMALL, FINGER), (CUT, None), (WIDER, None)):
        assert screen.page.evaluate(question, given) == []


def test_a_name_stands_where_the_camera_puts_its_subdistrict(screen: Screen) -> None:
    """The middle of the southernmost subdistrict lies on its ground, some way above its southern corner."""
    opened(screen)
    ground = np.argwhere((stage(screen) == GROUND).all(2))
    name, box = (
        screen.page.locator(".density-over span", has_text="สำโรง").bounding_box(),
        screen.page.locator("#deckgl-overlay").bounding_box(),
    )
    assert name and box
    x, y = name["x"] + name["width"] / 2 - box["x"], name["y"] + name["height"] / 2 - box["y"]
    lowest = ground[ground[:, 0].argmax()]
    assert 0 < lowest[0] - y < 260 and abs(lowest[1] - x) < 260
    assert (np.abs(ground - (y, x)).sum(1) < 40).any()


@on_both
def test_a_touched_column_tells_its_number_and_of_how_many(screen: Screen, size: str) -> None:
    opened(screen)
    painted = columns(screen)
    if size == "tablet":
        box = screen.page.locator("#deckgl-overlay").bounding_box()
        assert box
        y, x = painted[len(painted) // 2]
        screen.page.touchscreen.tap(box["x"] + int(x), box["y"] + int(y))
    else:
        pointed(screen, painted[len(painted) // 2])
    screen.page.wait_for_selector(".density-tip")
    assert re.fullmatch(r"(\d+) ครัวเรือน \(100%\) จาก \1 ครัวเรือนในทะเบียน \d+ หมู่บ้าน", tip(screen)), tip(screen)
    covered = screen.page.locator(".density-over span").first.evaluate("name => getComputedStyle(name).opacity")
    assert covered == "0"  # the names make room


def test_what_the_page_says_in_words_is_what_the_questions_answer(screen: Screen, sample: Warehouse) -> None:
    from queries import Filters

    opened(screen, f"{DISTRICT}&measure=living")
    (row,) = sample.ask("areas", Filters.of({"year": ["2565"], "district": ["3421"]}))
    legend = screen.page.locator(".st-key-density li").all_inner_texts()
    rest = [r for r in sample.ask("density", Filters.of({"year": ["2565"], "district": ["3421"]}), size=0.01) if r["x"] is None]
    here = [row[name] - sum(r[name] for r in rest) for name in ("living", "living_known")]
    caption = screen.page.locator(".st-key-density [data-testid=stCaptionContainer]").inner_text()
    assert f"รวมทุกแท่ง {here[0]} จาก {here[1]} ครัวเรือนที่มีข้อมูล" in caption and "ข้อมูล ณ 15 ก.ย. 2565" in caption
    assert "ไม่มีตำแหน่งบนแผนที่" in caption and "CC BY" in caption
    assert legend and all(re.search(r"\d+ แท่ง", text) for text in legend)
    alt = screen.page.get_by_test_id("stDeckGlJsonChart").get_attribute("aria-label") or ""
    assert "ความเป็นอยู่" in alt and "โพธิ์ไทร" in alt


def test_an_address_opened_again_shows_the_same_and_a_tap_another(screen: Screen) -> None:
    opened(screen, "/map?year=2565&province=34&by=density&measure=income")
    before, legend = stage(screen), screen.page.locator(".st-key-density ul").inner_text()
    screen.page.locator(".st-key-map_choices").get_by_role("radio", name="ร้อยละ", exact=True).click()
    screen.idle()
    screen.until(lambda: (stage(screen) != before).any(2).sum() > 300)
    assert "as=share" in screen.address and "by=density" in screen.address
    assert "%" in screen.page.locator(".st-key-density ul").inner_text()
    screen.page.go_back()
    screen.idle()
    screen.until(lambda: (abs(stage(screen) - before) > 8).any(2).sum() < 300)
    assert screen.page.locator(".st-key-density ul").inner_text() == legend


def test_a_filter_changes_the_columns_and_sends_little(screen: Screen) -> None:
    opened(screen, "/map?year=2565&province=34&by=density")
    screen.sent.clear()
    screen.page.locator(".st-key-map_choices").get_by_role("radio", name="ร้อยละ", exact=True).click()
    screen.idle()
    assert 1_000 < sum(map(len, screen.sent)) < 100_000


@on_a_tablet
def test_one_finger_scrolls_the_page(screen: Screen) -> None:
    opened(screen)
    screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")
    box = screen.page.locator("#deckgl-overlay").bounding_box()
    assert box
    tool, x, y = screen.page.context.new_cdp_session(screen.page), box["x"] + 200, box["y"] + 250
    for kind, fingers in [("touchStart", [(x, y)]), *(("touchMove", [(x, y - 20 * s)]) for s in range(1, 9)), ("touchEnd", [])]:
        tool.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b, "id": 0} for a, b in fingers]})
    tool.detach()
    screen.page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 60")


def test_before_the_committee_the_columns_are_the_same(screen: Screen) -> None:
    """They stand in their villages for everybody, so a meeting hides nothing of them."""
    opened(screen)
    legend = screen.page.locator(".st-key-density ul").inner_text()
    opened(screen, f"{DISTRICT}&meeting=1")
    assert screen.page.locator(".st-key-density ul").inner_text() == legend


def test_a_viewer_sees_rounded_columns_and_no_exact_number(named, look) -> None:
    named.seen_by("viewer")
    screen = opened(look("projector", named.address), "/map?year=2565&all=1&by=density")
    assert "ประมาณ" in screen.page.locator(".st-key-density").inner_text()
    assert "113" not in screen.page.locator(".st-key-density").inner_text()  # of all four districts, shown as about 115
    pointed(screen, columns(screen)[len(columns(screen)) // 2])
    screen.page.wait_for_selector(".density-tip")
    assert tip(screen).startswith(("ประมาณ", "น้อยกว่า")) and "ตำบล" in tip(screen) and "%" not in tip(screen)


@pytest.fixture
def without_webgl(chromium: Browser, server: str) -> Iterator[Screen]:
    """A reader whose machine draws nothing in three dimensions."""
    browser = launched(chromium.browser_type, "--disable-3d-apis")
    yield Screen(reader_of(browser, "projector").new_page(), server)
    browser.close()


def test_without_webgl_it_says_so_and_offers_the_map_of_areas(without_webgl: Screen) -> None:
    screen = without_webgl
    screen.open(f"{DISTRICT}&measure=living")
    word = screen.page.locator(".density-blind")
    assert "วาดภาพสามมิติ (WebGL) ไม่ได้" in word.inner_text() and "รวมทุกแท่ง" in screen.words
    assert all(text.startswith(WASM) or FALLEN in text for text in screen.complaints)
    word.get_by_role("link", name="เปิดแผนที่แบบพื้นที่").click()
    screen.page.wait_for_selector(".atlas[data-drawn]")
    assert "measure=living" in screen.idle().address and "density" not in screen.address and screen.outside == []
