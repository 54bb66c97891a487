"""What a tablet keeps of entries: sealed, migrated from before, kept where the key is gone, withdrawn after it was sent; and its clock."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from journal import envelope, store
from tests.browser import test_field, test_photos
from tests.browser.test_field import EVENTS, family, go, happened, opened, planned, states_said, status, until, visited
from tests.field import sealing

base, folder, site, tablet, camera = (
    test_field.base,
    test_field.folder,
    test_field.site,
    test_field.tablet,
    test_photos.camera,
)  # fixtures
STORES = """async () => { const base = await new Promise(done => { const asked = indexedDB.open("baansuk-field", 1)
    asked.onsuccess = () => done(asked.result) })
  const all = name => new Promise(done => { const asked = base.transaction(name).objectStore(name).getAll()
    asked.onsuccess = () => done(asked.result) })
  const found = { outbox: await all("outbox"), drafts: await all("drafts") }
  for (const { pictures } of found.outbox) {
    for (const one of pictures) { one.text = new TextDecoder("latin1").decode(await (one.sealed ?? one.blob).arrayBuffer()) } }
  base.close()
  return JSON.stringify(found) }"""
PUT = """async row => { const base = await new Promise(done => { const asked = indexedDB.open("baansuk-field", 1)
    asked.onsuccess = () => done(asked.result) })
  await new Promise(done => { const change = base.transaction("outbox", "readwrite"); change.objectStore("outbox").put(row)
    change.oncomplete = done })
  base.close() }"""
CLOCK = """{ const Plain = Date
  globalThis.Date = class extends Plain {
    constructor(...given) { super(...given); if (!given.length) { this.setFullYear(this.getFullYear() + YEARS) } }
    static now() { return new Date().getTime() } } }"""


def kept(page: Page) -> dict[str, list[dict[str, Any]]]:
    return json.loads(page.evaluate(STORES))


def test_what_was_saved_is_readable_nowhere_on_the_tablet(
    tablet: BrowserContext, base: str, folder: Path, camera: Path
) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    page.locator("main").get_by_role("button", name="เยี่ยมบ้าน", exact=True).click()
    page.get_by_label("สิ่งที่พบ").fill("ลูกสาวป่วย")
    test_photos.photographed(page, camera)
    page.wait_for_timeout(500)  # longer than a draft takes to be kept
    test_photos.save(page)
    found = kept(page)
    (row,) = found["outbox"]
    assert found["drafts"] == [] and "ลูกสาวป่วย" not in json.dumps(found, ensure_ascii=False)
    assert row["event"]["body"] == {} and set(row) == {"id", "who", "state", "reason", "event", "sealed", "pictures"}
    assert "JFIF" not in row["pictures"][0]["text"][:400]
    assert envelope.opened(folder, {"id": row["id"], "sealed": row["sealed"]}, "desk")["body"] == {"finding": "ลูกสาวป่วย"}
    expect(page.get_by_text("ลูกสาวป่วย")).to_be_visible()  # the page that recorded it still knows
    page.reload()
    expect(page.get_by_text("ภาพที่ 1 ผนึกแล้ว")).to_be_visible()
    page.get_by_role("button", name="ถอนบันทึกนี้").first.click()
    page.get_by_label("เหตุผลที่ถอน").fill("ผิดบ้าน")
    test_photos.save(page)
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: sorted(entry["kind"] for entry in store.store(folder).after(0)) == ["visit", "withdrawn"])
    assert "visit" not in {row["kind"] for row in happened(ref)}


def test_an_outbox_from_before_there_were_seals_is_sealed_and_sent(tablet: BrowserContext, base: str, folder: Path) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    event = {
        "id": "5f3c0b9e-8f0e-4a53-9b1e-0c2f7d7c1a11",
        "kind": "visit",
        "about": {"household": ref},
        "base": [],
        "photos": [],
    }
    event |= {"occurred_on": "2022-09-14", "body": {"finding": "จากรุ่นก่อน"}, "device": "d", "device_n": 1, "app": "field/0"}
    event["device_at"] = "2022-09-14T03:00:00.000Z"
    old = {"id": event["id"], "who": "desk", "state": "waiting", "reason": "", "title": "นางสมหญิง", "event": event}
    page.evaluate(PUT, {**old, "pictures": []})
    page.reload()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    until(page, lambda: "sealed" in kept(page)["outbox"][0])
    text = json.dumps(kept(page), ensure_ascii=False)
    assert "จากรุ่นก่อน" not in text and "สมหญิง" not in text
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    assert [(row["finding"], row["entry"]) for row in happened(ref)] == [("จากรุ่นก่อน", event["id"])]


def test_a_server_that_lost_its_key_takes_nothing_from_the_tablet(tablet: BrowserContext, base: str, folder: Path) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "ก่อนกุญแจหาย")
    former = sealing.another_secret(folder)
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("เปิดผนึกไม่ได้ 1")
    page.locator("#outbox").click()
    expect(page.get_by_text("เครื่องแม่ข่ายนี้เปิดผนึกไม่ได้").first).to_be_visible()
    go(page, base, ref)
    visited(page, "ด้วยกุญแจใหม่")
    until(page, lambda: [row["finding"] for row in happened(ref)] == ["ด้วยกุญแจใหม่"])
    (folder / "secret.former").write_text(former, "ascii")
    page.reload()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: {row["finding"] for row in happened(ref)} == {"ก่อนกุญแจหาย", "ด้วยกุญแจใหม่"})


def test_a_family_found_by_mistake_is_withdrawn_after_it_was_sent(tablet: BrowserContext, base: str, folder: Path) -> None:
    page = opened(tablet, base)
    page.goto(f"{base}/field/#34210101")
    page.get_by_role("button", name="พบครอบครัวใหม่").click()
    page.get_by_text("ความเป็นอยู่").click()
    test_photos.save(page)
    until(page, lambda: store.store(folder).after(0))
    until(page, lambda: [row["state"] for row in kept(page)["outbox"]] == ["past"])
    page.reload()
    page.get_by_role("button", name="ถอนบันทึกนี้").click()
    page.get_by_label("เหตุผลที่ถอน").fill("อยู่ในทะเบียนแล้ว")
    test_photos.save(page)
    until(page, lambda: len(store.store(folder).after(0)) == 2)
    found, back = store.store(folder).after(0)
    assert (found["kind"], back["kind"], back["thing"]) == ("found", "withdrawn", found["id"])
    until(page, lambda: kept(page)["outbox"] == [])
    expect(page.get_by_role("button", name="ถอนบันทึกนี้")).to_have_count(0)


def test_whatever_was_sent_from_here_is_withdrawn_from_the_list_of_what_was_sent(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    go(page, base, ref)
    visited(page, "ส่งผิด")
    until(page, lambda: [row["state"] for row in kept(page)["outbox"]] == ["past"])
    page.locator("#outbox").click()
    expect(page.get_by_role("heading", name="ส่งแล้วใน 7 วัน")).to_be_visible()
    assert "ส่งผิด" not in page.content()
    page.get_by_role("button", name="ถอนบันทึกนี้").click()
    page.get_by_label("เหตุผลที่ถอน").fill("ผิดบ้าน")
    test_photos.save(page)
    until(page, lambda: "visit" not in {row["kind"] for row in happened(ref)})
    until(page, lambda: kept(page)["outbox"] == [])


@pytest.mark.parametrize("years", [543, -543])
def test_a_clock_of_another_era_dates_nothing_wrong(tablet: BrowserContext, base: str, folder: Path, years: int) -> None:
    tablet.add_init_script(CLOCK.replace("YEARS", str(years)))
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "นาฬิกาผิด")
    page.reload()  # the clock, as wrong as before, throws nothing away
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    tablet.set_offline(False)
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: happened(ref))
    (entry,) = store.store(folder).after(0)
    assert abs((date.fromisoformat(entry["occurred_on"]) - date.today()).days) <= 1
    assert [row["finding"] for row in happened(ref)] == ["นาฬิกาผิด"]


def test_a_clock_that_is_put_right_loses_nothing(tablet: BrowserContext, base: str) -> None:
    ref, page = family()["ref"], opened(tablet, base)
    tablet.set_offline(True)
    go(page, base, ref)
    visited(page, "ก่อนตั้งนาฬิกา")
    tablet.add_init_script(CLOCK.replace("YEARS", "543"))
    page.reload()
    expect(page.get_by_role("heading", name="ข้อมูลเก่าเกิน 7 วัน")).to_be_visible()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    tablet.set_offline(False)
    page.get_by_role("button", name="รับข้อมูลอีกครั้ง").click()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: [row["finding"] for row in happened(ref)] == ["ก่อนตั้งนาฬิกา"])


def test_a_sign_in_that_ends_between_two_batches_loses_and_doubles_nothing(tablet: BrowserContext, base: str) -> None:
    (ref, item), page, asked = planned(), opened(tablet, base), []

    def ends(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            return route.continue_()
        return route.fulfill(status=401, json={})

    tablet.set_offline(True)
    go(page, base, ref)
    states_said(page, item["activity"], "กำลังดำเนินการ", "แล้วเสร็จ")  # the second builds on the first, and is sent after it
    tablet.route(EVENTS, ends)
    tablet.set_offline(False)
    expect(page.get_by_role("heading", name="ต้องลงชื่อเข้าใช้อีกครั้ง")).to_be_visible()
    assert status(ref, item["thing"]) == "in_progress" and item["activity"] not in page.content()
    expect(page.locator("#outbox")).to_contain_text("รอส่ง 1 รายการ")
    tablet.unroute(EVENTS)
    page.reload()
    expect(page.locator("#outbox")).to_have_text("ส่งครบแล้ว")
    until(page, lambda: status(ref, item["thing"]) == "done")
    assert len(happened(ref)) == 2
