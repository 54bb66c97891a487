"""Pictures in a real browser: taken without a network, small and bare on the server, shown to whoever sees the family."""

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from journal import envelope
from tests.browser import test_field
from tests.browser.test_field import family, go, happened, opened, until

base, folder, site, tablet = test_field.base, test_field.folder, test_field.site, test_field.tablet  # its fixtures
PHOTOS = "**/field/photos/*"
GPS, MODEL, ORIENTATION = 0x8825, 0x0110, 0x0112


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of 12 MP as a telephone writes it: held upright, with its model and the place where it stood."""
    noise = Image.frombytes("RGB", (500, 375), os.urandom(500 * 375 * 3)).resize((4000, 3000), Image.Resampling.BICUBIC)
    picture = Image.blend(Image.linear_gradient("L").resize((4000, 3000)).convert("RGB"), noise, 0.2)
    told = Image.Exif()
    told[MODEL], told[ORIENTATION] = "Telephone 9", 6
    told.get_ifd(GPS).update({1: "N", 2: (15.0, 48.0, 26.2), 3: "E", 4: (105.0, 16.0, 28.4)})
    path = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    picture.save(path, "JPEG", quality=90, exif=told, comment=b"somebody's house")
    return path


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((folder / "journal" / "photos").glob("*.jpg"))]


def photographed(page: Page, camera: Path) -> None:
    """Take a picture in the form that is open."""
    page.get_by_label("ถ่ายภาพ").set_input_files(camera)
    expect(page.locator("form .thumb")).to_be_visible(timeout=60_000)


def save(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#said")).to_contain_text("บันทึกแล้ว")


def shown(page: Page, selector: str) -> Any:
    """Width of the first picture as it is, once it is drawn."""
    page.wait_for_function("s => document.querySelector(s)?.naturalWidth > 0", arg=selector)
    return page.locator(selector).first.evaluate("one => [one.naturalWidth, one.naturalHeight]")


def test_a_picture_taken_without_a_network_arrives_small_and_bare(
    tablet: BrowserContext, base: str, folder: Path, camera: Path
) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("หลังคารั่ว")
    photographed(page, camera)
    page.wait_for_timeout(500)  # longer than a draft takes to be kept
    page.reload()
    expect(page.locator("form .thumb")).to_be_visible()
    save(page)
    expect(page.locator("li", has_text="หลังคารั่ว").locator(".thumb")).to_be_visible()
    page.locator("main").get_by_role("button", name="ภาพถ่าย", exact=True).click()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".faults")).to_contain_text("ต้องมีภาพอย่างน้อยหนึ่งภาพ")
    photographed(page, camera)
    page.get_by_label("คำบรรยายภาพ").fill("หลังคาด้านหลัง")
    save(page)
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 2 รายการ")
    page.reload()
    expect(page.locator(".thumb")).to_have_count(2)
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: len(happened(ref)) == 2)
    (body,) = kept(folder)  # the same picture twice is one
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.size == (960, 1280) and not picture.getexif() and not set(picture.info) & {"exif", "xmp", "comment"}
    assert b"Telephone" not in body and b"somebody" not in body and len(body) < 500_000
    print(f"{camera.stat().st_size} -> {len(body)} bytes")
    expect(page.locator(".thumb")).to_have_count(0)
    page.goto(f"{base}/household?household={ref}")
    expect(page.locator(".pictures img")).to_have_count(2)
    page.locator(".pictures img").first.scroll_into_view_if_needed()
    assert shown(page, ".pictures img") == [960, 1280]
    assert page.locator(".pictures img").first.bounding_box().items() >= {"width": 128, "height": 96}.items()
    assert page.locator(".pictures img").first.get_attribute("alt").startswith("ภาพที่ 1 เมื่อ")


def test_what_is_written_never_waits_for_a_picture_and_a_lost_answer_doubles_nothing(
    tablet: BrowserContext, base: str, folder: Path, camera: Path
) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.route(PHOTOS, lambda route: route.abort(), times=1)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="ภาพถ่าย", exact=True).click()
    photographed(page, camera)
    save(page)
    until(page, lambda: "รอส่ง 1" in page.locator("#outbox").inner_text())
    tablet.route(PHOTOS, lambda route: (route.fetch(), route.abort()), times=1)
    test_field.visited(page, "มาก่อนภาพ")
    until(page, lambda: [row["finding"] for row in happened(ref)] == ["มาก่อนภาพ"])
    page.get_by_role("button", name="ส่งเดี๋ยวนี้").click()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert sorted(row["kind"] for row in happened(ref)) == ["photo", "visit"] and len(kept(folder)) == 1


def test_an_entry_of_which_the_picture_is_refused_keeps_it_and_says_why(
    tablet: BrowserContext, base: str, folder: Path, camera: Path
) -> None:
    ref, page, events = family()["ref"], opened(tablet, base), []
    tablet.route(PHOTOS, lambda route: route.fulfill(status=422, json={"reason": "อ่านภาพไม่ได้"}), times=1)
    page.on("request", lambda request: events.append(request.url) if request.url.endswith("/events") else None)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="ภาพถ่าย", exact=True).click()
    photographed(page, camera)
    save(page)
    expect(page.locator("#outbox")).to_contain_text("ไม่รับ 1")
    assert events == []
    page.locator("#outbox").click()
    expect(page.get_by_text("ไม่รับ: อ่านภาพไม่ได้")).to_be_visible()
    expect(page.locator(".thumb")).to_be_visible()
    page.get_by_role("button", name="แก้ไขแล้วส่งใหม่").click()
    expect(page.locator("form .thumb")).to_be_visible()
    save(page)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [row["kind"] for row in happened(ref)] == ["photo"] and len(kept(folder)) == 1


def test_where_there_is_no_room_it_says_so_and_loses_nothing(tablet: BrowserContext, base: str, camera: Path) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    test_field.visited(page, "อยู่ก่อนแล้ว")
    page.evaluate(  # as a full disk ends a transaction; a quota that is set from outside is looked at when the browser likes
        """() => { const plain = IDBObjectStore.prototype.put, full = new WeakSet()
             const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "error").get
             Object.defineProperty(IDBTransaction.prototype, "error", { get() {
               return full.has(this) ? new DOMException("full", "QuotaExceededError") : error.call(this) } })
             IDBObjectStore.prototype.put = function (value, ...key) {
               if (!value?.pictures?.length) { return plain.call(this, value, ...key) }
               full.add(this.transaction)
               this.transaction.abort() } }"""
    )
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("กับภาพ")
    photographed(page, camera)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".faults")).to_contain_text("ที่เก็บข้อมูลของเครื่องนี้เต็ม")
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    page.get_by_role("button", name="นำภาพที่ 1 ออก").click()
    save(page)
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 2 รายการ")
    expect(page.get_by_text("อยู่ก่อนแล้ว")).to_be_visible()
    tablet.set_offline(False)
    until(page, lambda: sorted(row["finding"] for row in happened(ref)) == ["กับภาพ", "อยู่ก่อนแล้ว"])


def test_what_is_no_picture_is_named_and_what_cannot_be_read_keeps_the_form(
    tablet: BrowserContext, base: str, tmp_path: Path
) -> None:
    page = opened(tablet, base)
    go(page, base, family()["ref"])
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("ยังอยู่")
    (broken := tmp_path / "IMG.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(60))
    page.get_by_label("ถ่ายภาพ").set_input_files(broken)
    expect(page.get_by_text("อ่านภาพนี้ไม่ได้")).to_be_visible()
    expect(page.get_by_label("สิ่งที่พบ")).to_have_value("ยังอยู่")


def test_exif_that_a_browser_writes_itself_is_taken_out(tablet: BrowserContext, base: str) -> None:
    """As Safari does; said to the module itself, since this browser writes none."""
    page, made = opened(tablet, base), io.BytesIO()
    told = Image.Exif()
    told[MODEL] = "Safari"
    Image.new("RGB", (40, 30)).save(made, "JPEG", exif=told, comment=b"x", icc_profile=b"y" * 300)
    bare = page.evaluate(
        """async bytes => { const { bare } = await import("/field/photos.js")
             return [...new Uint8Array(await bare(new Uint8Array(bytes)).arrayBuffer())] }""",
        list(made.getvalue()),
    )
    with Image.open(io.BytesIO(bytes(bare))) as picture:
        assert picture.size == (40, 30) and set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_file_of_the_outbox_has_its_pictures_beside_it(tablet: BrowserContext, base: str, folder: Path, camera: Path) -> None:
    page = opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, family()["ref"])
    page.locator("main").get_by_role("button", name="ภาพถ่าย", exact=True).click()
    photographed(page, camera)
    save(page)
    page.locator("#outbox").click()
    files: list[Any] = []
    page.on("download", lambda one: files.append(one))  # playwright marks what it is given
    page.get_by_role("button", name="เก็บรายการเป็นไฟล์").click()
    until(page, lambda: len(files) == 2)
    (one,) = json.loads(Path(files[0].path()).read_text("utf-8"))
    (digest,) = envelope.opened(folder, one, "desk")["photos"]
    assert files[1].suggested_filename == f"{digest}.sealed"
    body = Path(files[1].path()).read_bytes()
    assert hashlib.sha256(envelope.picture(folder, digest, body, "desk")).hexdigest() == digest
