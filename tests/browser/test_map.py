"""The map as its readers use it: tapping down and back, labels that can be read, hands, pictures, and nothing asked outside."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image

import definitions
from tests.browser.app import SIZES, Screen, on_a_tablet, on_both
from tests.drawn import Warehouse

DISTRICT = "/map?year=2565&district=3421&certification=certified"
TAMBON = "/map?year=2565&district=3421&tambon=342106"
LEVELS = {  # place -> an address of each level
    "": "/map?year=2565&all=1",
    "country by district": "/map?year=2565&all=1&by=district",
    "34": "/map?year=2565&province=34",
    "34 by tambon": "/map?year=2565&province=34&by=tambon",
    "3421": DISTRICT,
    "3421 by village": f"{DISTRICT}&by=village",
    "342106": TAMBON,
}
LABELS = """() => [...document.querySelectorAll(".atlas .labels text")].map(label => {
  const box = label.getBoundingClientRect(), path = document.querySelector(`.atlas .areas path[data-code="${label.dataset.code}"]`)
  const whole = path?.getBoundingClientRect()
  return {code: label.dataset.code, text: label.textContent, box: [box.left, box.top, box.right, box.bottom],
          inside: !whole || (box.left >= whole.left - 1 && box.right <= whole.right + 1 && box.top >= whole.top - 1 && box.bottom <= whole.bottom + 1)}
})"""


def tapped(screen: Screen, code: str) -> Screen:
    """Press the middle of an area, as a finger does."""
    spot = screen.page.evaluate(
        """code => {
          const path = document.querySelector(`.atlas .areas path[data-code="${code}"]`), box = path.getBoundingClientRect()
          for (let i = 1; i < 400; i++) {  // some point of it that nothing covers
            const [x, y] = [box.left + box.width * ((i * 0.618034) % 1), box.top + box.height * ((i * 0.414214) % 1)]
            if (document.elementFromPoint(x, y) === path) return [x, y]
          }
        }""",
        code,
    )
    assert spot, f"nothing of {code} can be tapped"
    screen.page.mouse.click(*spot)
    return screen.idle()


def settled(screen: Screen) -> Screen:
    """Once the map stands where a hand or a button has moved it: while it moves, the finished picture is moved."""
    screen.page.wait_for_function("() => document.querySelector('.atlas .world').ownerSVGElement.style.transform === ''")
    return screen


def figures(screen: Screen) -> dict[str, str]:
    """Code -> what the table beside the map says."""
    rows = screen.page.locator(".atlas tbody tr").evaluate_all(
        "rows => rows.map(r => [r.dataset.code, r.querySelector('.atlas-figure').innerText.trim() + ' / ' + r.children[2].innerText.trim()])"
    )
    return dict(rows)


def chips(screen: Screen, name: str) -> Screen:
    screen.page.locator(".st-key-map_choices").get_by_role("radio", name=name, exact=True).click()
    return screen.idle()


@on_a_tablet
def test_tapping_goes_down_to_a_village_and_the_way_back_stands_above(screen: Screen) -> None:
    screen.open("/map?year=2565&all=1&certification=certified")
    seen = [screen.address]
    for code, named in (
        ("34", "province=34"),
        ("3421", "district=3421"),
        ("342106", "tambon=342106"),
        ("34210601", "village=34210601"),
    ):
        if not screen.page.locator(f'.atlas .areas path[data-code="{code}"]').count():
            code = screen.page.locator(".atlas .areas path").first.get_attribute("data-code") or ""
            named = f"village={code}"
        tapped(screen, code)
        assert named in screen.address and "certification=certified" in screen.address and "year=2565" in screen.address
        seen.append(screen.address)
    screen.page.go_back()
    screen.idle()
    assert "village" not in screen.address and "tambon=342106" in screen.address
    assert set(figures(screen)) <= {c for c in figures(screen) if c.startswith("342106")}
    screen.tap("link", "จ.อุบลราชธานี")
    assert (
        "province=34" in screen.address
        and "342106" not in screen.address
        and set(figures(screen)) == {"3415", "3419", "3421", "3426"}
    )
    screen.tap("link", "ประเทศไทย")
    assert "province" not in screen.address and set(figures(screen)) == {"34"}


def test_an_address_opened_again_shows_the_same_view(screen: Screen) -> None:
    address = f"{DISTRICT}&measure=living&as=share&by=tambon&classes=equal"
    screen.open(address)
    first = (figures(screen), screen.page.locator(".atlas-keys").inner_text(), screen.page.locator("h3").inner_text())
    assert "ความเป็นอยู่" in first[2] and "ร้อยละ" in first[2] and "เท่ากัน" in first[1]
    screen.open(screen.address)
    assert (figures(screen), screen.page.locator(".atlas-keys").inner_text(), screen.page.locator("h3").inner_text()) == first


def test_the_map_says_what_the_questions_answer(screen: Screen, sample: Warehouse) -> None:
    screen.open(DISTRICT)
    rows = sample.ask("areas", filters_of("3421"), by="tambon")
    assert figures(screen) == {r["code"]: f"{r['households']} / {r['listed']}" for r in rows}
    assert figures(screen)["342106"] == "4 / 9"
    chips(screen, "ร้อยละ")
    assert figures(screen)["342106"] == "44.4% / 9"


def filters_of(district: str):
    from queries import Filters

    return Filters.of({"year": ["2565"], "district": [district], "certification": ["certified"]})


def test_outlines_are_sent_once_and_a_filter_moves_figures_only(screen: Screen) -> None:
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.open("/map?year=2565&all=1&by=district")
    assert sum("/geo/" in url for url in asked) >= 2
    asked.clear(), screen.sent.clear()
    chips(screen, "ร้อยละ")
    assert [url for url in asked if not url.startswith("data:") and "/static/" not in url and "favicon" not in url] == []
    # the names of pages and measures come again, some 300 bytes each; outlines would be hundreds of thousands
    assert sum(map(len, screen.sent)) < 25_000 + 300 * (
        len(definitions.table("pages")) + len(definitions.table("measures")) - 32
    )
    assert screen.page.locator(".atlas .areas path").count() == 928


@on_both
@pytest.mark.parametrize("level", LEVELS)
def test_labels_stand_inside_their_areas_and_never_touch(screen: Screen, level: str) -> None:
    screen.open(LEVELS[level])
    labels = screen.page.evaluate(LABELS)
    assert [label["text"] for label in labels if not label["inside"]] == []
    boxes = [(label["text"], label["box"]) for label in labels]
    for i, (name, a) in enumerate(boxes):
        for other, b in boxes[i + 1 :]:
            overlap = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert min(overlap) <= 6, f"{name} over {other}"  # a line of Thai leaves room for marks that are seldom there
    if level == "3421":
        assert {"342101", "342106"} <= {label["code"] for label in labels}


def test_labels_come_back_when_zoomed_in(screen: Screen) -> None:
    screen.open("/map?year=2565&province=34&by=district")
    before = {label["code"] for label in screen.page.evaluate(LABELS)}
    for _ in range(2):
        screen.page.get_by_role("button", name="ขยาย").click()
        settled(screen)
    centre = {label["code"] for label in screen.page.evaluate(LABELS)}
    assert centre - before


def test_a_thai_label_is_drawn_as_the_browser_draws_that_text(screen: Screen) -> None:
    screen.open(TAMBON.replace("&tambon=342106", ""))
    screen.page.add_style_tag(
        content=".atlas .areas path, .atlas .under path { fill: #FFFDF8 !important; stroke: none !important } .atlas .labels text { stroke: none !important; fill: #000 !important } .atlas { font-size: 44px !important }"
    )
    screen.page.get_by_role("button", name="แสดงทั้งพื้นที่").click()
    for code in ("342106", "342101", "342102"):
        span = screen.page.locator(f'.atlas .labels text[data-code="{code}"] tspan').first
        box = span.bounding_box()
        assert box
        around = {
            "x": box["x"] - 4,
            "y": box["y"] - 10,
            "width": box["width"] + 8,
            "height": box["height"] + 15,
        }  # marks stand out
        label = ink(screen.page.screenshot(clip=around))
        span.evaluate(
            """span => {
              const style = getComputedStyle(span), twin = document.body.appendChild(document.createElement("div"))
              twin.id = "twin", twin.textContent = span.textContent
              twin.style.cssText = `position:fixed;inset:0;z-index:9999;background:#FFFDF8;color:#000;padding:40px;font:${style.fontWeight} ${style.fontSize}/2 ${style.fontFamily}`
            }"""
        )
        assert likeness(label, ink(screen.page.screenshot())) > 0.7, span.text_content()
        screen.page.evaluate("document.getElementById('twin').textContent = 'สำโรง'")
        assert likeness(label, ink(screen.page.screenshot())) < 0.5  # the comparison can fail
        screen.page.evaluate("document.getElementById('twin').remove()")


def ink(png: bytes) -> np.ndarray:
    """The dark pixels of a picture, cut to what is there."""
    dark = np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 110
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    """Shared over all dark pixels at the best of a few shifts."""
    best = 0.0
    h, w = max(a.shape[0], b.shape[0]) + 4, max(a.shape[1], b.shape[1]) + 4
    for dy in range(5):
        for dx in range(5):
            one, two = np.zeros((h, w), bool), np.zeros((h, w), bool)
            one[2 : 2 + a.shape[0], 2 : 2 + a.shape[1]] = a
            two[dy : dy + b.shape[0], dx : dx + b.shape[1]] = b
            best = max(best, float((one & two).sum() / (one | two).sum()))
    return best


@on_both
def test_choosing_in_the_table_lights_the_map_and_the_other_way_round(screen: Screen) -> None:
    screen.open(DISTRICT)
    row = screen.page.locator('.atlas tr[data-code="342106"]')
    row.get_by_role("button", name="เหล่างาม", exact=True).click()
    assert row.get_by_role("button", name="เหล่างาม", exact=True).get_attribute("aria-pressed") == "true"
    shape = screen.page.locator('.atlas .areas path[data-code="342106"]').get_attribute("d")
    assert screen.page.locator(".atlas .lit").get_attribute("d") == shape
    assert "4 จาก 9" in screen.page.locator(".atlas-tip").inner_text()
    screen.page.locator('.atlas .areas path[data-code="342101"]').hover()
    assert "on" in (screen.page.locator('.atlas tr[data-code="342101"]').get_attribute("class") or "")


@on_a_tablet
def test_the_table_sorts_and_opens_as_the_map_does(screen: Screen) -> None:
    screen.open(DISTRICT)
    assert [int(v.split(" / ")[0]) for v in figures(screen).values()] == [9, 6, 6, 5, 4, 4]
    screen.page.get_by_role("button", name=re.compile("^พื้นที่")).click()
    names = screen.page.locator(".atlas tbody th").all_inner_texts()
    assert len(names) == 6 and screen.page.locator(".atlas th[aria-sort=ascending]").count() == 1
    screen.page.get_by_role("button", name="เปิดแผนที่เหล่างาม").click()
    assert "tambon=342106" in screen.idle().address


def test_legend_tells_ranges_areas_no_data_and_small_bases_apart(screen: Screen) -> None:
    screen.open("/map?year=2565&province=34&by=district&measure=planned&as=share")
    legend = screen.page.locator(".atlas-keys li").all_inner_texts()
    counted = [int(found[1]) for text in legend if (found := re.search(r"(\d+) พื้นที่", text))]
    assert sum(counted) == 25 and any("ไม่มีข้อมูล" in text for text in legend)
    swatches = screen.page.locator(".atlas-swatch").evaluate_all("all => all.map(e => getComputedStyle(e).background)")
    assert len(set(swatches)) == len(swatches) and sum("url(" in s for s in swatches) >= 1


def test_no_class_is_listed_that_no_area_has(screen: Screen) -> None:
    """The classes are of all years: of 2564 the nation has one of 66 households, which 2565 does not."""
    for address in ("/map?year=2565&all=1", "/map?year=2565&district=3421&by=village", DISTRICT):
        screen.go(address)
        legend = screen.page.locator(".atlas-keys li").all_inner_texts()
        assert legend and [text for text in legend if not re.search(r"[1-9][\d,]* (พื้นที่|ครัวเรือน)", text)] == []


@on_both
def test_the_nation_names_the_province_that_has_data(screen: Screen, size: str) -> None:
    screen.open(LEVELS[""])
    label = screen.page.locator(".atlas .labels text[data-beside='34'], .atlas .labels text[data-code='34']")
    area, box = screen.page.locator('.atlas .areas path[data-code="34"]').bounding_box(), label.bounding_box()
    assert label.text_content() == "อุบลราชธานี113" and area and box
    apart = max(area["x"] - box["x"] - box["width"], box["x"] - area["x"] - area["width"], 0)
    assert screen.page.locator(".atlas .labels text[data-beside]").count() <= 1
    assert apart < 20 and area["y"] - 40 < box["y"] < area["y"] + area["height"] + 40


def test_no_name_stands_in_another_area_that_has_data(screen: Screen) -> None:
    """Of five villages side by side the smallest cannot hold its name, and beside it is another's ground."""
    screen.open(TAMBON)
    assert screen.page.locator(".atlas .labels text").count() >= 4
    assert screen.page.locator(".atlas .labels text[data-beside]").count() == 0


@on_both
def test_a_name_in_the_table_is_not_broken(screen: Screen, size: str) -> None:
    screen.open("/map?year=2565&district=3421&by=village")
    lines = screen.page.locator(".atlas tbody th button").evaluate_all(
        "all => all.map(name => { const text = document.createRange(); text.selectNodeContents(name); return text.getClientRects().length })"
    )
    assert len(lines) > 20 and set(lines) == {1}
    side = screen.page.locator(".atlas-side").evaluate("side => side.scrollWidth - side.clientWidth")
    assert side <= 0


def test_points_have_a_legend_with_their_number(screen: Screen) -> None:
    screen.open("/map?year=2565&district=3421&by=village&homes=yes")
    keys = dict(
        screen.page.locator(".atlas-keys li:has(.atlas-dot)").evaluate_all(
            "all => all.map(li => [li.querySelector('.atlas-dot').dataset.mark, li.innerText.trim().replace('\\n', ' ')])"
        )
    )
    late = screen.page.locator(".atlas .home.late").count()
    assert late and keys == {
        "home": f"ครัวเรือน {screen.page.locator('.atlas .home').count() - late} ครัวเรือน",
        "late": f"ครัวเรือนที่มีงานเกินกำหนด {late} ครัวเรือน",
    }
    for mark, drawn in (("home", ".home:not(.late)"), ("late", ".home.late")):
        key = screen.page.locator(f".atlas-dot[data-mark={mark}]").evaluate("dot => getComputedStyle(dot).backgroundColor")
        assert key == screen.page.locator(f".atlas {drawn}").first.evaluate("home => getComputedStyle(home).stroke")
    screen.open("/map?year=2565&district=3421&homes=yes&meeting=1")
    assert "หมู่บ้าน" in screen.page.locator(".atlas-keys li:has([data-mark=village])").inner_text()


@on_a_tablet
def test_points_open_their_household(screen: Screen) -> None:
    screen.open(TAMBON)
    assert (
        screen.page.locator(".atlas .home").count() == 7 and "มีพิกัด 7 จาก 9" in screen.page.locator(".atlas-keys").inner_text()
    )
    screen.page.locator(".atlas .home").first.dispatch_event("click")
    assert screen.idle().address.startswith("/household?") and "household=" in screen.address and "ม." in screen.words


def test_before_the_committee_homes_stay_in_their_village(screen: Screen, sample: Warehouse) -> None:
    points = {f"{row['longitude']:.3f}"[:7] for row in sample.ask("spots", limit=500)}
    screen.open(f"{TAMBON}&meeting=1")
    assert screen.page.locator(".atlas .home").count() == 0
    screen.open("/map?year=2565&district=3421&homes=yes&meeting=1")
    assert (
        screen.page.locator(".atlas .village").count() > 10
        and screen.page.locator(".atlas .hexagon, .atlas .home").count() == 0
    )
    sent = b"\n".join(screen.sent).decode("utf-8", "replace")
    refs = {row["ref"] for row in sample.ask("spots", limit=500)}
    assert len(points) > 20 and not [ref for ref in refs if ref in sent]


def test_many_homes_are_hexagons_that_add_up_and_follow_the_zoom(screen: Screen, sample: Warehouse) -> None:
    screen.open("/map?year=2565&district=3421&by=tambon&homes=yes")
    assert screen.page.locator(".atlas .home").count() == sample.ask("scope", filters_all("3421"))[0]["located"]  # few enough
    before = screen.page.locator(".atlas .spots").inner_html()
    for _ in range(3):
        screen.page.get_by_role("button", name="ขยาย").click()
    settled(screen)
    assert screen.idle().page.locator(".atlas .home").count() < before.count("<path") - 1  # only what is in view


def filters_all(district: str):
    from queries import Filters

    return Filters.of({"year": ["2565"], "district": [district]})


def test_one_key_fills_the_screen_with_large_type(screen: Screen) -> None:
    screen.open(DISTRICT)
    small = screen.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.atlas')).fontSize)")
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("() => document.fullscreenElement?.matches('.atlas')")
    screen.page.wait_for_function(
        "least => parseFloat(getComputedStyle(document.querySelector('.atlas')).fontSize) > least", arg=1.25 * small
    )
    assert "อ.โพธิ์ไทร" in screen.page.locator(".atlas-head").inner_text()
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("() => !document.fullscreenElement")


@on_a_tablet
def test_one_finger_scrolls_the_page_and_two_move_the_map(screen: Screen) -> None:
    screen.open(DISTRICT)
    box = screen.page.locator(".atlas-stage").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tool = screen.page.context.new_cdp_session(screen.page)

    def world() -> str:
        return settled(screen).page.locator(".atlas .world").get_attribute("transform") or ""

    def touch(kind: str, *fingers: tuple[float, float]) -> None:
        tool.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": a, "y": b, "id": i} for i, (a, b) in enumerate(fingers)]},
        )

    before, top = world(), screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 20 * step))
    touch("touchEnd")
    screen.page.wait_for_function("top => document.querySelector('[data-testid=stMain]').scrollTop > top", arg=top)
    assert world() == before
    screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")
    touch("touchStart", (x - 40, y), (x + 40, y))
    for step in range(1, 9):
        touch("touchMove", (x - 40 - 10 * step, y), (x + 40 + 10 * step, y))
    touch("touchEnd")
    scale = [float(re.findall(r"scale\(([\d.]+)", text)[0]) for text in (before, world())]
    assert scale[1] > 2 * scale[0]
    tool.detach()


@on_both
def test_controls_stand_low_where_a_thumb_is(screen: Screen, size: str) -> None:
    screen.open(DISTRICT)
    height = SIZES[size][1]
    for name in ("ขยาย", "ย่อ", "แสดงทั้งพื้นที่", "เต็มจอ (ปุ่ม F)", "บันทึกเป็นภาพ (PNG)"):
        box = screen.page.get_by_role("button", name=name).bounding_box()
        assert box and height / 3 < box["y"] and box["y"] + box["height"] <= height and min(box["width"], box["height"]) >= 44


def test_a_meeting_takes_no_picture_and_no_file_of_the_map_along(screen: Screen) -> None:
    screen.open(DISTRICT)
    kept = ("บันทึกเป็นภาพ (PNG)", "ไฟล์")
    assert [screen.page.get_by_role("button", name=name).count() for name in kept] == [1, 1]
    screen.press("ซ่อนชื่อ (จอประชุม)")
    assert [screen.page.get_by_role("button", name=name).count() for name in kept] == [0, 0]
    screen.press("ซ่อนชื่อ (จอประชุม)")
    assert [screen.page.get_by_role("button", name=name).count() for name in kept] == [1, 1]


def test_the_picture_has_map_title_legend_date_and_credit(screen: Screen) -> None:
    screen.open(DISTRICT)
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="บันทึกเป็นภาพ (PNG)").click()
    assert waiting.value.suggested_filename == "baansuk_map_households_3421_2565-09.png"
    picture = Image.open(waiting.value.path()).convert("RGB")
    stage = screen.page.locator(".atlas-stage").bounding_box()
    assert stage and abs(picture.width - 2 * stage["width"]) < 6 and picture.height > 2 * stage["height"] + 200
    pixels = np.asarray(picture).reshape(-1, 3)
    for colour in ("#A8D1C8", "#68AB9F", "#2E7F73", "#0F463F"):  # the classes that are on the map
        wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert (pixels == wanted).all(1).sum() > 5_000, colour
    whole = np.asarray(picture.convert("L"))
    assert (whole[:160] < 90).sum() > 1_000 and (whole[-120:] < 90).sum() > 1_000  # words above and below


WRITES = """() => {  // every text that is written on a canvas from now on, with its size in pixels of the picture
  window.written = []
  const write = CanvasRenderingContext2D.prototype.fillText
  CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
    const { a, b } = this.getTransform()
    window.written.push([text, parseFloat(this.font.match(/([0-9.]+)px/)[1]) * Math.hypot(a, b)])
    return write.call(this, text, ...more)
  }
}"""


def test_the_picture_of_the_sample_says_that_it_is_one(screen: Screen) -> None:
    screen.open(DISTRICT)
    screen.page.evaluate(WRITES)
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="บันทึกเป็นภาพ (PNG)").click()
    picture = Image.open(waiting.value.path())
    marks = [size for text, size in screen.page.evaluate("window.written") if text == "ข้อมูลตัวอย่าง"]
    assert len(marks) == 1 and marks[0] > picture.height / 12  # across the map, not a note in its corner


def test_the_picture_has_the_points_as_the_screen_has_them(screen: Screen) -> None:
    screen.open("/map?year=2565&district=3421&by=village&homes=yes")
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="บันทึกเป็นภาพ (PNG)").click()
    pixels = np.asarray(Image.open(waiting.value.path()).convert("RGB")).reshape(-1, 3)
    late = screen.page.locator(".atlas .home.late").count()
    on_time = screen.page.locator(".atlas .home").count() - late
    for colour, drawn in (("#124B8A", on_time), ("#B5382A", late)):  # each some 700 pixels where no other covers it
        wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert (pixels == wanted).all(1).sum() > 300 * drawn + 800, colour


def test_figures_leave_as_csv_and_geojson_with_what_they_are_about(screen: Screen) -> None:
    screen.open(f"{DISTRICT}&measure=living")
    screen.tap("button", "ไฟล์").tap("button", "ตัวเลขเป็น CSV")
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="บันทึก baansuk").click()
    rows = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert rows[0].startswith('"รหัส","พื้นที่","Area","ขาดแคลนด้านความเป็นอยู่ (ครัวเรือน)",') and len(rows) == 7
    assert any(row.startswith('"342106","เหล่างาม","Lao Ngam","น้อยกว่า 5","น้อยกว่า 5"') for row in rows)  # 1 of 4
    screen.tap("button", "แผนที่เป็น GeoJSON")
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="บันทึก baansuk").click()
    file = json.loads(waiting.value.path().read_text())
    here = {f["properties"]["code"]: f["properties"] for f in file["features"]}
    assert (here["342106"]["part"], here["342106"]["whole"], here["342106"]["percent"]) == ("<5", "<5", None)
    assert file["about"]["as_of"] == "2022-09-15" and "CC BY" in file["about"]["credit"] and file["features"][0]["geometry"]


def test_english_is_one_click_away(screen: Screen) -> None:
    screen.open(DISTRICT).tap("link", "English")
    assert "district=3421" in screen.address and "Households chosen" in screen.page.locator("h3").inner_text()
    assert "Lao Ngam" in screen.page.locator(".atlas tbody").inner_text()
    assert "Lao Ngam4" in {label["text"] for label in screen.page.evaluate(LABELS)}


def test_change_is_told_apart_by_sign_and_hatching(screen: Screen) -> None:
    screen.open("/map?year=2565&district=3421&measure=change")
    legend = screen.page.locator(".atlas-keys li").all_inner_texts()
    assert any(text.startswith("ลดลง") for text in legend) and any(text.startswith("เพิ่มขึ้น") for text in legend)
    assert screen.page.locator(".atlas .areas path[fill^='url(#atlas-class']").count() >= 1  # hatched: more than last year


def test_lost_outlines_are_said_and_come_back(screen: Screen) -> None:
    screen.page.route("**/geo/**", lambda route: route.abort())
    screen.open("/map?year=2565&district=3426&by=village")
    assert "โหลดแนวเขตไม่สำเร็จ" in screen.page.locator(".atlas").inner_text()
    screen.page.unroute("**/geo/**")
    chips(screen, "ร้อยละ")
    screen.page.wait_for_selector(".atlas[data-drawn]")
    screen.complaints.clear()  # the browser's own word for the requests that were cut
