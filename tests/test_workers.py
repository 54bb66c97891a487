"""Two server processes over one data folder are one dashboard: who may see, what is shown, what is written down.

Every request names the process that is asked; behind nginx a cookie does (tests/browser/test_nginx.py).
"""

import asyncio
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from access import users
from audit import log
from audit.verify import verify
from benchmarks.session import Session, Visitor
from benchmarks.signed import CLIENT, ISSUER, signed_in
from tests.fresh_thread import awaited
from tests.patience import patience
from tests.workers import ROOT, Workers, serving_two

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
REGISTER = "รหัสบ้าน,หมู่ที่,ตำบล,อำเภอ,จังหวัด,ปีทะเบียน,แหล่งข้อมูล\n34210000001,6,เหล่างาม,โพธิ์ไทร,อุบลราชธานี,2565,TPMAP\n"
PLACE = "year=2565&district=3421&all=1"
OFFICER, OUT, GONE = (f"{name}@example.go.th" for name in ("officer", "out", "gone"))


@dataclass(frozen=True)
class Office:
    """Two workers with sign-in, the data folder behind them, and the cookie of anybody."""

    workers: Workers
    folder: Path
    site: str
    secret: str

    def visitor(self, email: str) -> Visitor:
        """Somebody who has signed in."""
        return signed_in(email, self.site, self.secret)

    def asks(self, port: int, path: str, visitor: Visitor) -> int:
        """The status of one request to one worker."""
        headers = {"Host": self.site.split("://")[1], "Cookie": visitor.cookie}
        try:
            opener = urllib.request.build_opener(NoRedirect)
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
            return opener.open(request, timeout=patience(20)).status
        except urllib.error.HTTPError as refused:
            return refused.code

    def tab(self, port: int, visitor: Visitor, page: str = "overview") -> Session:
        """A tab whose websocket is with one worker."""
        return Session(self.site, page, visitor, port)

    def shown(self, port: int, visitor: Visitor) -> str:
        """The words of the overview as one worker tells them."""
        return awaited(shown(self.tab(port, visitor)))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


async def shown(tab: Session) -> str:
    async with tab:
        await tab.tap(PLACE)
    return words(tab)


def words(tab: Session) -> str:
    """All that the last tap showed, in the order in which it stands on the page."""
    deltas = [message for message in tab.heard if message.WhichOneof("type") == "delta"]
    placed = {tuple(message.metadata.delta_path): message.delta.SerializeToString() for message in deltas}
    return b"\n".join(placed[path] for path in sorted(placed)).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def office(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = shutil.copytree(sample_folder, tmp_path_factory.mktemp("workers") / "data")
    folder.chmod(0o700)
    for email, *grant in (
        (OFFICER, "field", "3421"),
        (OUT, "viewer", "34"),
        (GONE, "field", "3421"),
    ):
        assert users.main(["add", email, *grant, "--data", str(folder)]) == 0
    secret, site = secrets.token_hex(32), "http://127.0.0.1:8400"  # of nobody: each request says which worker it goes to
    settings = {
        "REDIRECT_URI": f"{site}/oauth2callback",
        "COOKIE_SECRET": secret,
        "TEST__CLIENT_ID": CLIENT,
        "TEST__CLIENT_SECRET": secrets.token_hex(32),
        "TEST__SERVER_METADATA_URL": f"{ISSUER}/.well-known/openid-configuration",
    }
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with serving_two(folder, elsewhere, **{f"BAAN_SUK_AUTH__{name}": value for name, value in settings.items()}) as workers:
        yield Office(workers, folder, site, secret)


def until(happened: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + patience(seconds)
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_both_show_the_same_numbers(office: Office) -> None:
    one, other = (office.shown(port, office.visitor(OFFICER)) for port in office.workers.ports)
    assert one == other and "78" in one


def test_who_signs_out_in_one_is_out_of_the_other(office: Office) -> None:
    one, other = office.workers.ports
    visitor = office.visitor(OUT)

    async def tapped_after_sign_out() -> None:
        async with office.tab(other, visitor) as tab:
            await tab.tap(PLACE)
            assert await asyncio.to_thread(office.asks, one, "/auth/logout", visitor) == 302
            with pytest.raises((WebSocketException, TimeoutError)):
                await tab.tap(f"{PLACE}&tambon=342106")

    assert [office.asks(port, "/_stcore/host-config", visitor) for port in (one, other)] == [200, 200]
    awaited(tapped_after_sign_out())
    assert [office.asks(port, "/_stcore/host-config", visitor) for port in (one, other)] == [401, 401]
    assert office.asks(other, "/_stcore/host-config", office.visitor(OFFICER)) == 200


def test_who_is_disabled_is_out_of_both(office: Office) -> None:
    visitor = office.visitor(GONE)
    assert [office.asks(port, "/_stcore/host-config", visitor) for port in office.workers.ports] == [200, 200]
    assert users.main(["disable", GONE, "--data", str(office.folder)]) == 0
    assert [office.asks(port, "/_stcore/host-config", visitor) for port in office.workers.ports] == [403, 403]


def test_both_write_one_log_whose_chain_holds(office: Office) -> None:
    """Twelve people open lists of families at once, six in each process: each opening is written down before a name is sent."""
    before = verify(office.folder).entries

    async def opened(port: int) -> None:
        async with office.tab(port, office.visitor(OFFICER), "households") as tab:
            await tab.tap(PLACE)

    async def all_at_once() -> None:
        await asyncio.gather(*(opened(port) for port in office.workers.ports for _ in range(6)))

    awaited(all_at_once())
    verdict = verify(office.folder)
    assert verdict.whole and verdict.entries >= before + 12
    assert len(list(log.entries(office.folder, action="list"))) >= 12


def test_a_build_that_one_publishes_is_shown_by_the_other(office: Office, tmp_path: Path) -> None:
    """As the page Load does it in a process's child; tests/browser/test_nginx.py taps it."""
    visitor = office.visitor(OFFICER)
    before = {port: office.shown(port, visitor) for port in office.workers.ports}
    file = tmp_path / "household.csv"
    file.write_text(REGISTER, "utf-8")
    command = [sys.executable, "-m", "etl", "load", str(file), "--data", str(office.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    after = {port: office.shown(port, visitor) for port in office.workers.ports}
    assert len(set(after.values())) == 1 and len(set(before.values())) == 1 and after != before


def test_a_worker_that_is_killed_is_started_again_and_the_address_holds_the_state(office: Office) -> None:
    one, other = office.workers.ports
    visitor = office.visitor(OFFICER)
    before = office.shown(one, visitor)
    killed = office.workers.pid(one)
    os.kill(killed, signal.SIGKILL)
    assert office.shown(other, visitor) == before, "whoever is handed to the other sees the same"
    until(lambda: f"worker {one} ended (signal 9), starting again in 1 s" in office.workers.log.read_text("utf-8"))
    office.workers.wait(one)
    assert office.workers.pid(one) != killed
    assert office.shown(one, visitor) == before
    said = re.findall(r"worker \d+ ended.*", office.workers.log.read_text("utf-8"))
    assert len(said) == 1, "one line for one death"
