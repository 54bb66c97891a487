"""What was filled in outlives the connection, the page, the server and the browser, for whoever filled it in and for nobody else."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from access import users
from journal import store
from tests import provider as openid
from tests.browser.app import READY, ROOT, Screen, _wait, free_port, reader_of, sample_copy, serving

FAMILY = "/household?year=2565&district=3421&tambon=342106&certification=certified&dimension=living"
OFFER, TYPED = ".drafts.offers", "หลังคารั่วสองจุด รอช่างมาดู"
KEPT = "() => Object.entries(localStorage).filter(([name]) => name.startsWith('baansuk-draft/'))"


class Server:
    """A dashboard that a test kills and starts again, always at one address, over one data folder."""

    def __init__(self, data: Path, elsewhere: Path) -> None:
        self.data, self.elsewhere, self.port = data, elsewhere, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(self.port)]
        environment = {**os.environ, "BAAN_SUK_DATA": str(self.data)}
        with open(self.elsewhere / "log", "wb") as log:
            self.process = subprocess.Popen(command, cwd=self.elsewhere, env=environment, stdout=log, stderr=log)
        _wait(self.base, self.process, self.elsewhere / "log")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def entries(self) -> list[dict]:
        return store.Store(self.data).after(0) if (self.data / "journal").exists() else []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(sample_copy(tmp_path / "data"), tmp_path)
    yield running
    running.kill()


@pytest.fixture
def screen(chromium: Browser, server: Server) -> Iterator[Screen]:
    profile = reader_of(chromium, "tablet")
    yield Screen(profile.new_page(), server.base)
    profile.close()


def visit(screen: Screen, typed: str = TYPED) -> None:
    """A visit, filled in: the words stand in their field and were not sent."""
    screen.open(FAMILY).press("บันทึกงานของครอบครัวนี้").tap("radio", "เยี่ยมบ้าน").tap("radio", "ความเป็นอยู่")
    screen.page.get_by_role("radio", name="ไม่ผ่าน", exact=True).click()
    screen.idle()
    screen.page.get_by_label("สิ่งที่พบ").fill(typed)
    screen.until(lambda: screen.page.evaluate(KEPT))


def save(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()


def test_what_was_typed_outlives_a_killed_server_and_a_reload_and_is_recorded_once(screen: Screen, server: Server) -> None:
    visit(screen)
    server.kill()
    save_without_answer(screen.page)
    server.start()
    screen.open(FAMILY)
    expect(screen.page.locator(OFFER)).to_contain_text(TYPED)
    screen.page.get_by_role("button", name="ใส่กลับในแบบ").click()
    expect(screen.page.get_by_label("สิ่งที่พบ")).to_have_value(TYPED)
    expect(screen.page.get_by_role("radio", name="ไม่ผ่าน", exact=True)).to_be_checked()
    expect(screen.page.locator(OFFER)).to_have_count(0)
    save(screen.page)
    expect(screen.page.get_by_text("บันทึกแล้ว: เยี่ยมบ้าน")).to_be_visible()
    screen.until(lambda: not screen.page.evaluate(KEPT))
    (entry,) = server.entries()
    assert json.loads(entry["body"]) == {"checked_dimension": "living", "check_result": "0", "finding": TYPED}
    assert screen.open(FAMILY).page.locator(OFFER).count() == 0


def save_without_answer(page: Page) -> None:
    """A tap at the very moment at which the server went."""
    page.evaluate("document.querySelector('[class*=_save] button').click()")


def test_an_entry_whose_reply_was_lost_is_not_offered_and_not_recorded_twice(screen: Screen, server: Server) -> None:
    """The server kept it and died before it could say so: in the browser it still stands as not recorded."""
    visit(screen)
    before = screen.page.evaluate(KEPT)
    save(screen.page)
    expect(screen.page.get_by_text("บันทึกแล้ว: เยี่ยมบ้าน")).to_be_visible()
    screen.until(lambda: not screen.page.evaluate(KEPT))
    screen.page.evaluate("kept => kept.forEach(([name, value]) => localStorage.setItem(name, value))", before)
    screen.open(FAMILY)
    screen.until(lambda: not screen.page.evaluate(KEPT))
    assert screen.page.locator(OFFER).count() == 0 and len(server.entries()) == 1


def test_after_a_restart_the_form_that_still_stands_there_is_the_same_entry(screen: Screen, server: Server) -> None:
    visit(screen)
    id_ = screen.page.locator(".draft").get_attribute("data-id")
    server.kill()
    expect(screen.page.locator("#connection")).to_contain_text("เครือข่ายขาด")
    server.start()
    expect(screen.page.locator("#connection")).to_be_hidden()
    screen.page.wait_for_selector(READY)
    expect(screen.page.locator(f".draft[data-id='{id_}']")).to_have_count(1)
    expect(screen.page.get_by_label("สิ่งที่พบ")).to_have_value(TYPED)
    save(screen.page)
    expect(screen.page.get_by_text("บันทึกแล้ว: เยี่ยมบ้าน")).to_be_visible()
    assert [entry["id"] for entry in server.entries()] == [id_]


def test_what_is_thrown_away_or_emptied_is_gone(screen: Screen) -> None:
    visit(screen)
    screen.open(FAMILY)
    expect(screen.page.locator(OFFER)).to_contain_text(TYPED)
    screen.page.get_by_role("button", name="ทิ้ง").click()
    expect(screen.page.locator(OFFER)).to_have_count(0)
    assert screen.page.evaluate(KEPT) == []
    screen.press("บันทึกงานของครอบครัวนี้").tap("radio", "บันทึก")
    note = screen.page.get_by_label("บันทึก", exact=False).locator("visible=true").last
    note.fill("x")
    screen.until(lambda: screen.page.evaluate(KEPT))
    note.fill("")
    screen.until(lambda: not screen.page.evaluate(KEPT))


def test_what_is_kept_in_the_browser_cannot_be_read_there_and_goes_after_its_days(screen: Screen) -> None:
    visit(screen)
    ((name, value),) = screen.page.evaluate(KEPT)
    assert "หลังคา" not in name + value and set(json.loads(value)) == {"until", "iv", "sealed"}
    late = json.dumps(json.loads(value) | {"until": 1})
    screen.page.evaluate("([name, value]) => localStorage.setItem(name, value)", [name, late])
    screen.open(FAMILY)
    assert screen.page.evaluate(KEPT) == [] and screen.page.locator(OFFER).count() == 0


def test_a_row_of_the_promise_board_is_put_back_where_it_was(screen: Screen, server: Server) -> None:
    screen.open("/promises?year=2565&district=3421")
    screen.page.get_by_role("button", name="บันทึก", exact=True).first.click()
    screen.idle()
    screen.tap("radio", "คำตอบของหน่วยงาน")
    screen.page.locator("textarea:visible").fill("จะส่งของวันจันทร์")
    screen.until(lambda: screen.page.evaluate(KEPT))
    server.kill()
    server.start()
    screen.open("/promises?year=2565&district=3421")
    screen.page.get_by_role("button", name="ใส่กลับในแบบ").click()
    field = screen.page.locator("textarea:visible")
    expect(field).to_have_value("จะส่งของวันจันทร์")
    screen.idle()
    screen.page.locator("[class*=_save] button").click()
    expect(screen.page.get_by_text("บันทึกแล้ว: คำตอบของหน่วยงาน")).to_be_visible()
    assert [json.loads(entry["body"])["reply"] for entry in server.entries()] == ["จะส่งของวันจันทร์"]


@pytest.fixture
def provider() -> Iterator[openid.Provider]:
    with openid.running() as running:
        yield running


@pytest.fixture
def site(data: Path, provider: openid.Provider, tmp_path: Path) -> Iterator[str]:
    """The dashboard with sign-in, and two people who may record."""
    shutil.copytree(data, folder := tmp_path / "data")
    folder.chmod(0o700)
    for email in ("malee@example.go.th", "somchai@example.go.th"):
        assert users.main(["add", email, "field", "3421", "--name", email.split("@")[0], "--data", str(folder)]) == 0
    port = free_port()
    settings = {
        "REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
        "COOKIE_SECRET": secrets.token_hex(32),
        "TEST__CLIENT_ID": openid.CLIENT,
        "TEST__CLIENT_SECRET": openid.SECRET,
        "TEST__SERVER_METADATA_URL": f"{provider.issuer}/.well-known/openid-configuration",
        "TEST__LABEL": "บัญชีทดสอบ",
    }
    with serving(folder, tmp_path, port, **{f"BAAN_SUK_AUTH__{name}": value for name, value in settings.items()}) as address:
        yield address


def signed_in(page: Page, site: str, email: str) -> Screen:
    page.context.clear_cookies()
    screen = Screen(page, site)
    page.goto(site + FAMILY)
    page.get_by_role("link", name="ลงชื่อเข้าใช้ด้วย บัญชีทดสอบ").click()
    page.get_by_label("e-mail").fill(email)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_selector(READY)
    return screen.idle()


def test_nobody_else_at_the_same_browser_sees_it_and_signing_out_takes_it_away(chromium: Browser, site: str) -> None:
    profile = reader_of(chromium, "tablet")
    page = profile.new_page()
    visit(signed_in(page, site, "malee@example.go.th"))
    other = signed_in(page, site, "somchai@example.go.th").open(FAMILY)
    assert other.page.locator(".drafts").count() == 1 and other.page.locator(OFFER).count() == 0
    assert TYPED not in page.content()
    mine = signed_in(page, site, "malee@example.go.th").open(FAMILY)  # her sign-in had ended, no more
    expect(mine.page.locator(OFFER)).to_contain_text(TYPED)
    page.get_by_role("button", name="malee").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url(lambda url: "household" not in url)
    assert page.evaluate(KEPT) == []
    profile.close()
