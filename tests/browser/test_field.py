"""The field page in a real browser: opened once, used without a network, killed, and everything on the server exactly once."""

import contextlib
import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from access import users
from journal import envelope, store
from queries import DESK, Filters, ask
from tests import provider as openid
from tests.browser.app import FLAGS, SIZES, executable, free_port, reader_of, serving
from tests.drawn import records
from tests.patience import patience

PHO_SAI = Filters(district=("3421",))
API, EVENTS = "**/field/api/bundle*", "**/field/api/events"
ANYWHERE = {"tablet": SIZES["tablet"], "phone": (360, 740)}
TEAM = "team@example.go.th"
WAITS = "รอส่ง 1 รายการ เก่าสุด วันนี้"


@pytest.fixture
def folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample as a data folder of its own, in which nothing is recorded yet."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("journal"))
    folder.chmod(0o700)
    store.store(folder)  # an empty journal: server and test do not make it at the same moment
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    return folder


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One server for the tests of this file, and the link that it takes for its data folder."""
    elsewhere = tmp_path_factory.mktemp("field")
    (elsewhere / "link").symlink_to(data)
    with serving(elsewhere / "link", elsewhere) as address:
        yield address, elsewhere / "link"


@pytest.fixture
def base(site: tuple[str, Path], folder: Path) -> str:
    """Its address, over this test's folder."""
    address, link = site
    (new := link.with_name("new")).symlink_to(folder)
    new.replace(link)
    return address


@pytest.fixture
def tablet(chromium: Browser) -> Iterator[BrowserContext]:
    """A tablet that has never been here; nothing may be complained of, but what a lost network is."""
    complaints: list[str] = []
    profile = reader_of(chromium, "tablet")
    profile.on("weberror", lambda fault: complaints.append(str(fault.error)))
    yield profile
    profile.close()
    assert complaints == []


def opened(tablet: BrowserContext, base: str) -> Page:
    """The page, with its shell kept and its area fetched."""
    page = tablet.new_page()
    page.goto(f"{base}/field/")
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
    return page


def family() -> dict[str, Any]:
    """A family of the sample with open steps."""
    steps = records(ask("steps", PHO_SAI, DESK, limit=50))
    return next(row for row in steps if row["started_date"] and not row["finished_date"])


def happened(ref: str) -> list[dict[str, Any]]:
    """What was recorded of a family since the registers came."""
    return [row for row in records(ask("timeline", Filters(), DESK, household=ref)) if row["entry"]]


def visited(page: Page, says: str) -> None:
    """Record a visit from the family's page."""
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill(says)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#said")).to_contain_text("บันทึกแล้ว")


def go(page: Page, base: str, ref: str) -> None:
    page.goto(f"{base}/field/#{ref}")
    expect(page.get_by_role("heading", name="บันทึกล่าสุด")).to_be_visible()


def until(page: Page, happens: Callable[[], object]) -> None:
    """Wait for what the page does not show."""
    for _ in range(int(patience(30) * 20)):
        if happens():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def test_a_day_without_a_network_arrives_exactly_once(tablet: BrowserContext, base: str) -> None:
    step, page = family(), opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, step["ref"])
    expect(page.locator("#state")).to_contain_text("ไม่มีเครือข่าย")
    visited(page, "บ้านเสร็จไปครึ่งหนึ่ง")
    row = page.locator("li", has_text=f"ขั้นที่ {step['step']} ").first
    row.get_by_text("บันทึกความก้าวหน้า").click()
    row.get_by_role("button", name="ขั้นตอนเสร็จ").click()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(row).to_contain_text("เสร็จ")
    expect(row).to_contain_text("รอส่ง")
    page.locator("main").get_by_role("button", name="สิ่งที่ได้รับ", exact=True).click()
    page.get_by_text("วัสดุ", exact=True).click()
    page.get_by_role("button", name="ปูนซีเมนต์ (ถุง)").click()
    page.get_by_label("จำนวนที่ให้").fill("๑๒")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 3 รายการ เก่าสุด วันนี้")
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 3 รายการ")
    expect(page.locator("li", has_text="ข้อความผนึกแล้ว").first).to_contain_text("รอส่ง")
    expect(row).to_contain_text("เสร็จ")  # what lists count with is still known
    assert "บ้านเสร็จไปครึ่งหนึ่ง" not in page.content()
    assert happened(step["ref"]) == []
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: len(happened(step["ref"])) == 3)
    told = {row["kind"]: row for row in happened(step["ref"])}
    assert told["visit"]["finding"] == "บ้านเสร็จไปครึ่งหนึ่ง" and told["step"]["until"] is not None
    assert (told["material"]["quantity"], told["material"]["unit"], told["material"]["item"]) == (12, "ถุง", "ปูนซีเมนต์")
    expect(page.get_by_text("บ้านเสร็จไปครึ่งหนึ่ง")).to_have_count(1)


def killed(profile: Path) -> None:
    """End the browser of a profile as a battery does."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if f"--user-data-dir={profile}".encode() in place.read_bytes().split(b"\0"):
                os.kill(int(place.parent.name), signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_tablet_that_dies_without_a_network_has_kept_what_it_said_it_kept(
    chromium: Browser, base: str, tmp_path: Path
) -> None:
    ref, profile = family()["ref"], tmp_path / "profile"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []

    def started() -> BrowserContext:
        flags = [*FLAGS, *root]
        return chromium.browser_type.launch_persistent_context(
            profile, executable_path=executable(), args=flags, locale="th-TH", handle_sigint=False
        )

    tablet = started()
    page = opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "ก่อนแบตเตอรี่หมด")
    killed(profile)
    with contextlib.suppress(Error):
        tablet.close()
    tablet = started()
    tablet.set_offline(True)
    page = tablet.new_page()
    page.goto(f"{base}/field/#{ref}")
    expect(page.locator("#outbox")).to_contain_text(WAITS)
    expect(page.locator("li", has_text="ข้อความผนึกแล้ว")).to_contain_text("รอส่ง")
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [row["finding"] for row in happened(ref)] == ["ก่อนแบตเตอรี่หมด"]
    tablet.close()


def test_an_answer_that_is_lost_and_a_second_tab_double_nothing(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    tablet.route(EVENTS, lose, times=1)
    go(page, base, ref)
    visited(page, "คำตอบหาย")
    until(page, lambda: lost)
    expect(page.locator("#outbox")).to_contain_text(WAITS)
    other = tablet.new_page()
    other.goto(f"{base}/field/#{ref}")
    for tab in (page, other):
        with contextlib.suppress(Error):
            tab.get_by_role("button", name="ส่งเดี๋ยวนี้").click(timeout=1000)
    for tab in (page, other):
        expect(tab.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [row["finding"] for row in happened(ref)] == ["คำตอบหาย"]


def test_what_is_taken_back_before_it_was_sent_is_taken_back_on_the_server(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "เยี่ยมผิดบ้าน")
    page.get_by_role("button", name="ถอนบันทึกนี้").first.click()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.get_by_text("ต้องกรอก “เหตุผลที่ถอน”").first).to_be_visible()
    page.get_by_label("เหตุผลที่ถอน").fill("ผิดบ้าน")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.get_by_text("ถอนแล้ว รอส่ง")).to_be_visible()
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: "visit" not in {row["kind"] for row in happened(ref)})
    expect(page.get_by_text("เยี่ยมผิดบ้าน")).to_have_count(0)


def planned() -> tuple[str, dict[str, Any]]:
    """A family of the sample and an item of its plan that nobody has begun."""
    refs = [row["ref"] for row in records(ask("households", PHO_SAI, DESK, limit=99))]
    items = [(ref, row) for ref in refs for row in records(ask("plan", PHO_SAI, DESK, household=ref))]
    return next((ref, row) for ref, row in items if row["status"] == "planned")


def states_said(page: Page, activity: str, *states: str) -> None:
    """Record one state of a plan item after the other."""
    row = page.locator("li", has_text=activity).first
    for state in states:
        if not row.get_by_role("button", name="สถานะของรายการแผน").is_visible():
            row.get_by_text("บันทึกความก้าวหน้า").click()
        row.get_by_role("button", name="สถานะของรายการแผน").click()
        page.locator("form").get_by_text(state, exact=True).click()
        page.get_by_role("button", name="บันทึก", exact=True).click()
        expect(row).to_contain_text(state)


def status(ref: str, thing: str) -> str:
    return next(row["status"] for row in records(ask("plan", PHO_SAI, DESK, household=ref)) if row["thing"] == thing)


def test_one_who_says_two_things_of_one_item_offline_makes_no_fork(tablet: BrowserContext, base: str) -> None:
    (ref, item), page = planned(), opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    states_said(page, item["activity"], "กำลังดำเนินการ", "แล้วเสร็จ")
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    heads = records(ask("heads", Filters(), DESK, household=ref))
    assert [(head["said"], head["forked"]) for head in heads] == [("done", False)]
    assert status(ref, item["thing"]) == "done"


def test_what_builds_on_a_refused_entry_is_sent_on_what_that_one_had_seen(tablet: BrowserContext, base: str) -> None:
    (ref, item), page = planned(), opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    states_said(page, item["activity"], "กำลังดำเนินการ", "แล้วเสร็จ")
    tablet.route(EVENTS, refused, times=1)
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ไม่รับ 1")
    until(page, lambda: status(ref, item["thing"]) == "done")
    assert [head["forked"] for head in records(ask("heads", Filters(), DESK, household=ref))] == [False]


def refused(route: Route) -> None:
    """An answer that takes nothing of a batch."""
    ids = [event["id"] for event in json.loads(route.request.post_data or "[]")]
    said = [{"id": id_, "verdict": "refused", "seq": None, "reason": "อยู่นอกพื้นที่ของท่าน", "reason_en": "x"} for id_ in ids]
    route.fulfill(json=said)


def test_what_is_refused_stays_with_its_reason_until_it_is_corrected(tablet: BrowserContext, base: str, folder: Path) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.route(EVENTS, refused, times=1)
    go(page, base, ref)
    visited(page, "ไม่ถูก")
    expect(page.locator("#outbox")).to_contain_text("ไม่รับ 1")
    page.locator("#outbox").click()
    expect(page.get_by_text("ไม่รับ: อยู่นอกพื้นที่ของท่าน")).to_be_visible()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("button", name="เก็บรายการเป็นไฟล์").click()
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert [envelope.opened(folder, event, "desk")["body"] for event in saved] == [{"finding": "ไม่ถูก"}]
    assert "ไม่ถูก" not in Path(download.value.path()).read_text("utf-8")
    page.get_by_role("button", name="แก้ไขแล้วส่งใหม่").click()
    expect(page.get_by_label("สิ่งที่พบ")).to_have_value("ไม่ถูก")  # the server has opened it for who sealed it
    page.get_by_label("สิ่งที่พบ").fill("ถูกแล้ว")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    told = happened(ref)
    assert [row["finding"] for row in told] == ["ถูกแล้ว"] and told[0]["entry"] != saved[0]["id"]


@pytest.mark.parametrize(("status", "says"), [(401, "ต้องลงชื่อเข้าใช้อีกครั้ง"), (403, "ไม่มีสิทธิ์ใช้หน้าภาคสนามแล้ว")])
def test_a_right_that_ends_takes_the_names_and_leaves_the_outbox(
    tablet: BrowserContext, base: str, status: int, says: str
) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    name = page.locator(".list a span").first.inner_text()
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "ก่อนหมดสิทธิ์")
    tablet.route("**/field/api/**", lambda route: route.fulfill(status=status, json={}))
    tablet.set_offline(False)
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    kept = page.evaluate(
        """() => new Promise(done => { const asked = indexedDB.open("baansuk-field", 1); asked.onsuccess = () => {
             const t = asked.result.transaction(["kept", "outbox"]); const b = t.objectStore("kept").get("bundle");
             const o = t.objectStore("outbox").count(); t.oncomplete = () => done([b.result === undefined, o.result]) } })"""
    )
    assert kept == [True, 1]
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    assert "ก่อนหมดสิทธิ์" not in page.content() and name.split(" · ")[0] not in page.content()
    page.locator("#outbox").click()
    expect(page.get_by_text("จะส่งเมื่อผู้บันทึกลงชื่อเข้าใช้")).to_be_visible()
    assert "ก่อนหมดสิทธิ์" not in page.content()
    tablet.unroute("**/field/api/**")
    page.reload()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [row["finding"] for row in happened(ref)] == ["ก่อนหมดสิทธิ์"]


def test_another_person_on_the_tablet_sees_only_that_something_waits(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "ของคนแรก")
    posts: list[str] = []

    def of_another(route: Route) -> None:
        answer = route.fetch(headers={k: v for k, v in route.request.headers.items() if k != "if-none-match"})
        route.fulfill(headers={"etag": '"another"'}, json={**answer.json(), "who": "other@x.go.th"})

    tablet.route(API, of_another)
    tablet.route(EVENTS, lambda route: (posts.append(route.request.headers["x-outbox-of"]), route.fulfill(status=409, json={})))
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_contain_text("ของผู้อื่นรอส่ง 1")
    assert "ของคนแรก" not in page.content()
    page.locator("#outbox").click()
    expect(page.get_by_text("มีรายการของผู้อื่นรอส่งในเครื่องนี้ 1 รายการ")).to_be_visible()
    assert "ของคนแรก" not in page.content() and set(posts) <= {"desk"} and not happened(ref)
    tablet.unroute(API)
    tablet.unroute(EVENTS)
    page.reload()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [row["finding"] for row in happened(ref)] == ["ของคนแรก"]


def test_after_seven_days_the_names_are_gone_also_without_a_network(tablet: BrowserContext, base: str) -> None:
    page = opened(tablet, base)
    tablet.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    tablet.add_init_script("{ const now = Date.now; Date.now = () => now() + 8 * 86_400_000 }")
    page.reload()
    expect(page.get_by_role("heading", name="ข้อมูลเก่าเกิน 7 วัน")).to_be_visible()
    tablet.set_offline(False)
    page.get_by_role("button", name="รับข้อมูลอีกครั้ง").click()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()


def test_a_form_half_filled_survives_a_reload(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").press_sequentially("กำลังเขียน")
    page.wait_for_timeout(400)  # longer than a draft takes to be kept
    page.reload()
    expect(page.get_by_label("สิ่งที่พบ")).to_have_value("กำลังเขียน")
    page.get_by_role("button", name="ยกเลิก").click()
    expect(page.get_by_role("heading", name="บันทึกล่าสุด")).to_be_visible()


def test_what_the_tablet_cannot_keep_is_not_said_to_be_kept(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    go(page, base, ref)
    page.evaluate(
        """() => { const plain = IDBDatabase.prototype.transaction
             IDBDatabase.prototype.transaction = function (names, mode, more) {
               if (mode === "readwrite") { throw new DOMException("full", "QuotaExceededError") }
               return plain.call(this, names, mode, more) } }"""
    )
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("เต็ม")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".faults")).to_contain_text("ยังไม่ได้บันทึก")
    expect(page.get_by_label("สิ่งที่พบ")).to_have_value("เต็ม")
    expect(page.get_by_role("button", name="บันทึก", exact=True)).to_be_enabled()


@pytest.mark.parametrize("size", ANYWHERE)
def test_targets_are_large_and_nothing_is_wider_than_the_screen(chromium: Browser, base: str, size: str) -> None:
    width, height = ANYWHERE[size]
    tablet = chromium.new_context(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, locale="th-TH")
    outside: list[str] = []
    tablet.on("request", lambda request: outside.append(request.url) if not request.url.startswith((base, "blob:")) else None)
    page = opened(tablet, base)
    ref = family()["ref"]
    small = """() => [...document.querySelectorAll("button, .button, summary, select, input, textarea, .list a, .choices label, header a")]
      .filter(one => one.checkVisibility() && !one.matches(".choices input")).map(one => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 47.5 || box.width < 47.5).map(([text]) => text)"""
    for place in ("", "34210101", ref, "outbox"):
        page.goto(f"{base}/field/#{place}")
        page.wait_for_timeout(100)
        assert page.evaluate(small) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    go(page, base, ref)
    for kind in page.locator("main > .actions").first.get_by_role("button").all_inner_texts():
        page.locator("main > .actions").first.get_by_role("button", name=kind, exact=True).click()
        expect(page.locator("form")).to_be_visible()
        assert page.evaluate(small) == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("input[type=date]").count() == 0
        page.get_by_role("button", name="ยกเลิก").click()
        expect(page.get_by_role("heading", name="บันทึกล่าสุด")).to_be_visible()
    assert outside == []
    tablet.close()


def test_the_address_tells_nothing_and_a_day_that_is_none_is_named(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="เพิ่มรายการแผน 4ท").click()
    assert page.url == f"{base}/field/#{ref}"
    page.locator("form").get_by_text("ทักษะ", exact=True).click()
    page.get_by_label("กิจกรรม").fill("เลี้ยงเป็ด")
    page.get_by_label("กำหนดเสร็จ วัน").select_option("31")
    page.get_by_label("กำหนดเสร็จ เดือน").select_option("2")
    page.get_by_label("กำหนดเสร็จ ปี พ.ศ.").select_option("2570")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".faults")).to_have_text("ไม่มีวันที่ 31 กุมภาพันธ์ 2570")
    page.get_by_label("กำหนดเสร็จ วัน").select_option("28")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    until(page, lambda: happened(ref))
    item = next(row for row in records(ask("plan", PHO_SAI, DESK, household=ref)) if row["activity"] == "เลี้ยงเป็ด")
    assert item["due_date"].isoformat() == "2027-02-28"


def test_of_an_area_that_is_too_large_the_tablet_asks_for_a_part_and_remembers_it(tablet: BrowserContext, base: str) -> None:
    asked: list[str] = []

    def only_parts(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        if asked[-1]:
            return route.continue_()
        said = {"who": "desk", "role": "desk", "role_th": "ผู้ใช้", "areas": ["TH"], "forms": {}, "total": 9000}
        times = {"made_at": "2022-09-14T00:00:00+00:00", "expires_at": "2022-09-21T00:00:00+00:00"}
        return route.fulfill(json={**said, **times, "choose": [["342106", "เหล่างาม", 4000], ["342101", "โพธิ์ไทร", 5000]]})

    tablet.route(API, only_parts)
    page = tablet.new_page()
    page.goto(f"{base}/field/")
    page.get_by_role("button", name="เหล่างาม · 4,000 ครัวเรือน").click()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    villages = page.locator(".list a").filter(has_text="ตำบล")
    expect(villages.first).to_contain_text("ตำบลเหล่างาม")
    expect(villages.filter(has_text="ตำบลโพธิ์ไทร")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    until(page, lambda: len(asked) > 2)
    assert asked[1:] == ["area=342106"] * (len(asked) - 1)
    page.get_by_role("button", name="เลือกพื้นที่อื่น").click()
    expect(page.get_by_role("heading", name="เลือกพื้นที่ที่จะทำงาน")).to_be_visible()


def test_a_new_family_is_found_with_its_position(tablet: BrowserContext, base: str, folder: Path) -> None:
    tablet.grant_permissions(["geolocation"])
    tablet.set_geolocation({"latitude": 15.80729, "longitude": 105.27456})
    page = opened(tablet, base)
    page.goto(f"{base}/field/#34210101")
    page.get_by_role("button", name="พบครอบครัวใหม่").click()
    page.get_by_text("ความเป็นอยู่").click()
    page.get_by_role("button", name="ใช้ตำแหน่งของเครื่องนี้").click()
    expect(page.get_by_label("ลองจิจูด")).to_have_value("105.27456")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    until(page, lambda: store.store(folder).after(0))
    (entry,) = store.store(folder).after(0)
    assert (entry["kind"], entry["village"]) == ("found", "34210101")
    assert json.loads(entry["body"]) == {"lacks": ["living"], "latitude": 15.80729, "longitude": 105.27456}


@pytest.fixture
def guarded(data: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server with sign-in, and its folder, in which one field team may record in Pho Sai."""
    folder = tmp_path / "guarded"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("journal"))
    folder.chmod(0o700)
    store.store(folder)
    users.main(["add", TEAM, "field", "3421", "--name", "team", "--data", str(folder)])
    users.main(["add", "admin@example.go.th", "admin", "TH", "--name", "admin", "--data", str(folder)])
    port = free_port()
    with openid.running() as provider:
        settings = {
            "REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
            "COOKIE_SECRET": secrets.token_hex(32),
            "LIFETIME_HOURS": "8",
            "TEST__CLIENT_ID": openid.CLIENT,
            "TEST__CLIENT_SECRET": openid.SECRET,
            "TEST__SERVER_METADATA_URL": f"{provider.issuer}/.well-known/openid-configuration",
            "TEST__LABEL": "บัญชีทดสอบ",
        }
        given = {f"BAAN_SUK_AUTH__{name}": value for name, value in settings.items()}
        with serving(folder, tmp_path, port, **given) as address:
            yield address, folder


def sign_in(page: Page, email: str) -> None:
    """From the gate's page through the provider's form and back."""
    page.get_by_role("link", name="ลงชื่อเข้าใช้ด้วย บัญชีทดสอบ").click()
    page.get_by_label("e-mail").fill(email)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def test_a_field_team_signs_in_records_signs_out_and_loses_its_right(
    tablet: BrowserContext, guarded: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    base, folder = guarded
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))
    page = tablet.new_page()
    assert page.goto(f"{base}/field/").status == 401
    sign_in(page, TEAM)
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    assert page.url.split("#")[0] == f"{base}/field/"
    expect(page.locator("footer")).to_contain_text(TEAM)
    page.wait_for_function("async () => (await caches.keys()).length === 1 && navigator.serviceWorker.controller")
    ref = family()["ref"]
    go(page, base, ref)
    visited(page, "ของทีม")
    until(page, lambda: [row["recorded_by"] for row in happened(ref)] == [TEAM])
    tablet.set_offline(True)
    visited(page, "ก่อนออก")
    tablet.set_offline(False)
    until(page, lambda: len(happened(ref)) == 2)
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")
    page.goto(f"{base}/field/")
    expect(page.get_by_role("heading", name="ต้องลงชื่อเข้าใช้อีกครั้ง")).to_be_visible()
    page.get_by_role("link", name="ลงชื่อเข้าใช้").click()
    sign_in(page, TEAM)
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    assert page.url.split("#")[0] == f"{base}/field/"
    users.main(["disable", TEAM, "--data", str(folder)])
    page.get_by_role("button", name="รับข้อมูลล่าสุด").click()
    expect(page.get_by_role("heading", name="ไม่มีสิทธิ์ใช้หน้าภาคสนามแล้ว")).to_be_visible()


def test_what_is_done_of_a_loan_is_recorded_in_its_village_without_a_network(tablet: BrowserContext, base: str) -> None:
    loan = records(ask("fund_loans", Filters(), DESK, limit=1))[0]
    page = opened(tablet, base)
    tablet.set_offline(True)
    page.goto(f"{base}/field/#{loan['village_code']}")
    row = page.locator("li", has_text=loan["group_name"]).first
    row.get_by_role("button", name="ดำเนินงานกองทุน (ป ต ท)").click()
    expect(page.locator("main")).to_contain_text(loan["group_name"])
    page.get_by_text("เยี่ยมให้กำลังใจสมาชิกกลุ่ม", exact=True).click()
    page.get_by_label("ผลการดำเนินการ ปตท.").fill("กลุ่มยังผลิตต่อเนื่อง")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#outbox")).to_contain_text(WAITS)
    expect(page.locator("li", has_text="ดำเนินงานกองทุน").last).to_contain_text(loan["group_name"])
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    done = records(ask("fund_done", Filters(village=(loan["village_code"],)), DESK, day="2099-01-01", limit=200))
    (mine,) = (one for one in done if one["entry"])
    assert (mine["fund_result"], mine["project_no"]) == ("กลุ่มยังผลิตต่อเนื่อง", loan["project_no"])


def test_a_repayment_to_a_village_fund_is_recorded_in_its_village_without_a_network(tablet: BrowserContext, base: str) -> None:
    fund = next(row for row in records(ask("debt_funds", Filters(), DESK, limit=100)) if (row["still_to_follow"] or 0) > 100)
    here = Filters(village=(fund["village_code"],))
    page = opened(tablet, base)
    tablet.set_offline(True)
    page.goto(f"{base}/field/#{fund['village_code']}")
    row = page.locator("li", has_text=f"เหลือต้องติดตาม {fund['still_to_follow']:,.0f} บาท").first
    row.get_by_role("button", name="แก้ไขปัญหาหนี้ กข.คจ.").click()
    amount = page.get_by_label("จำนวนเงินที่รับคืน")
    expect(amount).to_be_hidden()
    page.get_by_text("รับชำระคืน", exact=True).click()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("main")).to_contain_text("ต้องกรอก “จำนวนเงินที่รับคืน”")
    amount.fill("๑๐๐")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("#outbox")).to_contain_text(WAITS)
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    (mine,) = (one for one in records(ask("debt_actions", here, DESK, limit=200)) if one["entry"])
    assert (mine["action_kind"], mine["action_amount"]) == ("repaid", 100)
    assert records(ask("debt_funds", here, DESK, limit=1))[0]["still_to_follow"] == fund["still_to_follow"] - 100
