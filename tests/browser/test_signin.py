"""Signing in from a real browser at a real OpenID provider on loopback: who comes in, who does not, and how long."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from access import users
from audit import log
from tests import provider as openid
from tests.browser.app import READY, Screen, free_port, reader_of, serving

OFFICER, BOTH, LOADS, ADMIN, STRANGER = (f"{name}@example.go.th" for name in ("officer", "both", "loads", "admin", "stranger"))


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own, owner only, with five people in its users file."""
    folder = tmp_path_factory.mktemp("signin") / "data"
    shutil.copytree(data, folder)
    folder.chmod(0o700)
    add(folder, OFFICER, "field", "3421")
    add(folder, BOTH, "committee", "3421")
    add(folder, BOTH, "data_officer", "3421")
    add(folder, LOADS, "data_officer", "3421")
    add(folder, ADMIN, "admin", "TH")
    return folder


def add(folder: Path, *arguments: str) -> None:
    assert users.main(["add", *arguments, "--name", arguments[0].split("@")[0], "--data", str(folder)]) == 0


@pytest.fixture(scope="module")
def provider() -> Iterator[openid.Provider]:
    with openid.running() as running:
        yield running


@pytest.fixture(scope="module")
def site(folder: Path, provider: openid.Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with sign-in at that provider, its settings in the environment."""
    port = free_port()
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
    with serving(folder, tmp_path_factory.mktemp("elsewhere"), port, **given) as address:
        yield address


@pytest.fixture(scope="module")
def tab(chromium: Browser, site: str) -> Iterator[Page]:
    """One page for all: each new profile would load and compile Streamlit anew, 3 CPU-seconds."""
    profile = reader_of(chromium, "tablet")
    yield profile.new_page()
    profile.close()


@pytest.fixture
def page(tab: Page, site: str, provider: openid.Provider) -> Page:
    """A browser in which nobody has signed in yet, at a provider that has not been asked anything."""
    tab.goto(
        f"{site}/_stcore/health"
    )  # whoever was signed in is gone before their cookie is; after about:blank all is compiled anew
    tab.context.clear_cookies()
    provider.claims = {}
    for heard in (provider.asked, provider.exchanged, provider.ended):
        heard.clear()
    return tab


def sign_in(page: Page, site: str, email: str, to: str = "/") -> None:
    """From the door through the provider's form and back."""
    assert page.goto(site + to).status == 401
    page.get_by_role("link", name="ลงชื่อเข้าใช้ด้วย บัญชีทดสอบ").click()
    page.get_by_label("e-mail").fill(email)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def expect_app(page: Page) -> None:
    page.wait_for_selector(READY)
    expect(page.locator(".age")).to_be_visible()


def menu(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_the_door_shows_nothing_of_the_app(page: Page, site: str) -> None:
    asked = []
    hear = lambda request: asked.append(request.url)  # noqa: E731  # a name, to be taken off again
    page.on("request", hear)
    assert page.goto(site).status == 401
    expect(page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")
    assert page.evaluate("document.scripts.length") == 0
    assert page.request.get(f"{site}/_stcore/health").text() == "ok"
    assert not [url for url in asked if "/static/" in url or "_stcore" in url]
    for link in page.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 44
    page.remove_listener("request", hear)


def test_signing_in_by_code_and_pkce_leads_to_the_page_one_wanted_in_the_granted_role(
    page: Page, site: str, provider: openid.Provider
) -> None:
    sign_in(page, site, OFFICER.upper(), "/households?year=2565&district=3421")
    expect_app(page)
    assert page.url.startswith(f"{site}/households?year=2565&district=3421")
    asked, exchanged = provider.asked[0], provider.exchanged[0]
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256") and asked["state"] and asked["nonce"]
    assert len(exchanged["code_verifier"]) >= 43
    menu(page, "officer")
    expect(page.get_by_text("ทีมปฏิบัติการ")).to_be_visible()
    expect(page.get_by_text(OFFICER)).to_be_visible()


def test_the_cookie_lives_a_working_day_and_scripts_cannot_read_it(page: Page, site: str) -> None:
    sign_in(page, site, OFFICER)
    expect_app(page)
    now = page.evaluate("Date.now() / 1000")
    cookies = {c["name"]: c for c in page.context.cookies()}
    user = cookies["_streamlit_user"]
    assert user["httpOnly"] and user["sameSite"] == "Lax" and 7.9 * 3600 < user["expires"] - now <= 8 * 3600 + 5
    assert all(c["expires"] - now <= 8 * 3600 + 5 for c in cookies.values())
    assert "_streamlit_user" not in page.evaluate("document.cookie")


def test_signing_out_ends_it_here_at_the_provider_and_in_every_copy_of_the_cookie(
    page: Page, site: str, provider: openid.Provider
) -> None:
    sign_in(page, site, OFFICER)
    expect_app(page)
    other = Screen(page.context.new_page(), site).open()
    copy = page.context.cookies()
    menu(page, "officer")
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")
    assert len(provider.ended) == 1 and provider.ended[0]["id_token_hint"]
    page.context.add_cookies(copy)
    assert page.goto(site).status == 401
    other.page.get_by_text("ซ่อนชื่อ (จอประชุม)").first.click()
    expect(other.page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")
    other.page.close()


def test_an_unknown_user_is_told_whom_to_ask_and_can_sign_out(page: Page, site: str) -> None:
    sign_in(page, site, STRANGER)
    expect(page.locator("main > h1")).to_have_text("ยังไม่มีสิทธิ")
    assert STRANGER in page.inner_text("main") and "ผู้ดูแลผู้ใช้" in page.inner_text("main")
    assert page.goto(site).status == 403
    page.get_by_role("link", name="ออกจากระบบ").click()
    expect(page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")


@pytest.mark.parametrize("said", [False, None, "true"])
def test_an_email_that_the_provider_has_not_verified_does_not_count(page: Page, site: str, provider, said) -> None:
    provider.claims = {"email_verified": said}
    sign_in(page, site, OFFICER)
    expect(page.locator("main > h1")).to_have_text("ยังไม่มีสิทธิ")
    assert "ยังไม่ได้ยืนยันอีเมล" in page.inner_text("main")


@pytest.mark.parametrize("claims", [{"aud": ["another-app"]}, {"iss": "https://evil.example"}, {"exp": 1_700_000_000}])
def test_a_token_for_another_app_of_another_issuer_or_too_old_does_not_sign_in(page: Page, site: str, provider, claims) -> None:
    provider.claims = claims
    sign_in(page, site, OFFICER)
    expect(page.locator("main > h1")).to_have_text("ลงชื่อเข้าใช้")
    assert page.goto(site).status == 401


def test_a_disabled_user_is_out_at_the_next_tap(page: Page, site: str, folder: Path) -> None:
    add(folder, "leaving@example.go.th", "field", "3421")
    sign_in(page, site, "leaving@example.go.th")
    expect_app(page)
    assert users.main(["disable", "leaving@example.go.th", "--data", str(folder)]) == 0
    page.get_by_text("ซ่อนชื่อ (จอประชุม)").first.click()
    expect(page.locator("main > h1")).to_have_text("ยังไม่มีสิทธิ")
    assert page.goto(f"{site}/households").status == 403


def test_a_person_with_two_roles_acts_in_one_at_a_time(page: Page, site: str) -> None:
    sign_in(page, site, BOTH)
    expect_app(page)
    menu(page, "both")
    committee, officer = (page.get_by_role("radio", name=name) for name in ("คณะกรรมการ", "เจ้าหน้าที่ข้อมูล"))
    expect(committee).to_have_attribute("aria-checked", "true")
    officer.click()
    expect(officer).to_have_attribute("aria-checked", "true")
    page.wait_for_selector(READY)
    page.get_by_text("เพิ่มเติม").click()  # a tablet's menu keeps what is seldom needed behind it
    page.get_by_role("link", name="รายงาน").click()
    expect(page.locator("h3").first).to_be_visible()
    menu(page, "both")
    expect(page.get_by_role("radio", name="เจ้าหน้าที่ข้อมูล")).to_have_attribute("aria-checked", "true")


def test_who_has_signed_in_gets_files_that_are_made_when_they_are_taken(page: Page, site: str, folder: Path) -> None:
    """They are made after the run is over, when nobody can be asked who asks: for whom the button was drawn, and who still may."""
    sign_in(page, site, LOADS, "/load")
    page.wait_for_selector(READY)
    page.get_by_text("แบบกรอกทะเบียน").click()
    template = page.get_by_role("button", name="ทะเบียนสมาชิก")
    with page.expect_download() as download:
        template.click()
    assert CalamineWorkbook.from_path(str(download.value.path())).sheet_names
    screen = Screen(page, site).open("/about")
    problems = page.get_by_role("button", name="ดาวน์โหลดข้อที่พบทั้งหมด")
    with page.expect_download() as download:
        problems.click()
    assert Path(download.value.path()).read_text("utf-8-sig").startswith('"file","sheet"')
    entry = next(log.entries(folder, action="export"))
    assert (entry["who"], entry["role"], entry["facts"]["file"]) == (LOADS, "data_officer", "problems.csv")
    count = len(list(log.entries(folder, action="export")))
    kept = (folder / "access.csv").read_bytes()
    try:
        add(folder, LOADS, "viewer", "3421")
        text = (
            (folder / "access.csv")
            .read_text("utf-8-sig")
            .replace(f"{LOADS},loads,data_officer,3421,active", f"{LOADS},loads,data_officer,3421,disabled")
        )
        (folder / "access.csv").write_text(text, "utf-8-sig", newline="")
        problems.click()
        screen.until(lambda: any(message.backend_operation_response.error_msg for message in screen.messages()))
        assert len(list(log.entries(folder, action="export"))) == count, "the role was taken away since the button was drawn"
    finally:
        (folder / "access.csv").write_bytes(kept)


def test_a_faulty_users_file_lets_nobody_in_and_only_its_admin_reads_why(page: Page, site: str, folder: Path) -> None:
    path = folder / "access.csv"
    kept = path.read_bytes()
    try:
        path.write_bytes(kept + b"x@example.go.th,,boss,TH,active,\r\n")
        sign_in(page, site, ADMIN)
        expect(page.locator("main > h1")).to_have_text("ยังไม่มีสิทธิ")
        assert 'found "boss"' in page.inner_text("main")
        page.get_by_role("link", name="ออกจากระบบ").click()
        sign_in(page, site, OFFICER)
        expect(page.locator("main > h1")).to_have_text("ยังไม่มีสิทธิ")
        assert "boss" not in page.inner_text("main")
    finally:
        path.write_bytes(kept)
