"""The committed nginx configuration says what it must, and keeps a browser with its worker where nginx is installed.

tests/browser/test_nginx.py runs it with a browser and the dashboard behind it.
"""

import http.client
import re
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import nginx
from tests.browser.app import free_port
from tests.nginx import CONF
from tests.patience import patience
from tests.system import NO_NGINX
from tests.workers import two_ports

TEXT = "\n".join(line.split("#")[0].rstrip() for line in CONF.read_text("utf-8").splitlines())
BLOCKS = TEXT.split("\nserver {")


def directives(block: str) -> set[str]:
    return {" ".join(found.split()) for found in re.findall(r"^\s*([a-z_0-9]+ [^;{}]+);", block, re.MULTILINE)}


def test_the_log_holds_no_query_no_session_no_referrer_and_no_person() -> None:
    form = re.search(r"log_format baansuk '([^']*)'", TEXT)[1]
    assert set(re.findall(r"\$(\w+)", form)) == {
        "remote_addr",
        "time_iso8601",
        "request_method",
        "baansuk_where",
        "status",
        "body_bytes_sent",
        "request_time",
    }
    logs = [d for d in directives(TEXT) if d.startswith("access_log")]
    assert sorted(logs) == ["access_log /var/log/nginx/baansuk.log baansuk", "access_log off"]
    assert "error_log /var/log/nginx/baansuk.error.log crit" in directives(TEXT)


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/households", "/households"),
        ("/_stcore/upload_file/0b7c6f1e-session/1", "/_stcore"),
        ("/media/0123456789abcdef.csv", "/media"),
        ("/", "/"),
        ("/ก", "/"),
    ],
)
def test_of_an_address_the_log_keeps_the_first_part(path: str, logged: str) -> None:
    pattern = re.search(r"~(\^\S+)\s+\$first", TEXT)[1].replace("?<", "?P<")
    assert re.match(pattern, path)["first"] == logged


def test_nothing_is_served_without_tls_and_nothing_is_written_to_the_proxys_disk() -> None:
    _, plain, secure = BLOCKS
    assert "return 308 https://$host$request_uri" in directives(plain) and "proxy_pass" not in plain
    expected = {
        "listen 443 ssl",
        "ssl_protocols TLSv1.2 TLSv1.3",
        "proxy_request_buffering off",
        "proxy_max_temp_file_size 0",
        "proxy_buffering off",
        "client_max_body_size 301m",
    }
    assert expected <= directives(secure)


def test_websockets_pass_and_no_client_chooses_who_it_is() -> None:
    secure = directives(BLOCKS[2])
    assert {
        "proxy_http_version 1.1",
        "proxy_set_header Upgrade $http_upgrade",
        "proxy_set_header Connection $baansuk_connection",
        "proxy_set_header Host $http_host",
        "proxy_set_header X-Forwarded-For $remote_addr",
    } <= secure
    assert "proxy_read_timeout 1h" in secure


class Worker(ThreadingHTTPServer):
    """A stand-in for a server process: says its own port, switches protocols where a websocket is asked for."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = self.headers.get("Upgrade")
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b"" if asked else str(self.server.server_port).encode()
        self.send_response(101 if asked else 200)
        self.send_header("X-Worker", str(self.server.server_port))
        if asked:
            self.send_header("Upgrade", asked)
            self.send_header("Connection", "upgrade")
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = bool(asked)

    do_PUT = do_GET

    def log_message(self, *_: object) -> None:
        pass


class Browser:
    """Keeps the one cookie that nginx sets, as a browser does."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie, self.attributes = port, cookie, set()

    def asks(self, path: str, method: str = "GET", body: bytes | None = None) -> int:
        """The port of the worker that answered; a websocket is asked for at its path."""
        to = http.client.HTTPSConnection("127.0.0.1", self.port, context=ssl._create_unverified_context(), timeout=patience(10))
        headers = {"Cookie": f"_streamlit_xsrf=x; baansuk_worker={self.cookie}" if self.cookie else "_streamlit_xsrf=x"}
        headers |= {"Upgrade": "websocket", "Connection": "Upgrade"} if path.endswith("/_stcore/stream") else {}
        to.request(method, path, body, headers)
        answer = to.getresponse()
        if kept := answer.getheader("Set-Cookie"):
            name, *attributes = kept.split("; ")
            self.cookie, self.attributes = name.removeprefix("baansuk_worker="), set(attributes)
        to.close()
        return int(answer.getheader("X-Worker") or 0)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[int, list[Worker]]]:
    """The port of nginx, and the two workers behind it."""
    port, workers = two_ports(), [Worker(free_port()) for _ in range(2)]
    with nginx.proxying(tmp_path, port, *(worker.server_port for worker in workers)):
        yield port, workers
    for worker in workers:
        worker.stop()


with_nginx = pytest.mark.skipif(not nginx.BINARY, reason=f"{NO_NGINX}; the tests above read the same configuration everywhere")
PATHS = ("/households", "/_stcore/stream", "/media/0123.csv", "/_stcore/health", "/static/js/index.js")


@with_nginx
def test_a_browser_stays_with_the_worker_that_answered_it_first_however_many_share_one_address(two) -> None:
    port, workers = two
    tablets = [Browser(port) for _ in range(8)]
    first = [tablet.asks("/overview") for tablet in tablets]
    assert sorted(first) == sorted([worker.server_port for worker in workers] * 4), "in turn, though all come from one address"
    for tablet, worker in zip(tablets, first, strict=True):
        assert {tablet.asks(path) for path in PATHS} == {worker}
        assert tablet.asks("/_stcore/upload_file/session/file", "PUT", b"x" * 100_000) == worker
        assert tablet.attributes == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}


@with_nginx
def test_browsers_of_a_dead_worker_go_to_the_other_and_stay_there_when_it_is_back(two) -> None:
    port, (dies, lives) = two
    tablet = Browser(port, str(dies.server_port))
    assert tablet.asks("/overview") == dies.server_port
    dies.stop()
    assert tablet.asks("/media/0123.csv") == lives.server_port and tablet.cookie == str(dies.server_port), "a file moves nobody"
    assert tablet.asks("/_stcore/stream") == lives.server_port and tablet.cookie == str(lives.server_port)
    late = Browser(port, str(dies.server_port))
    assert late.asks("/_stcore/upload_file/session/file", "PUT", b"x" * 1_000_000) == 0, "an upload goes to nobody else"
    newcomers = [Browser(port) for _ in range(4)]
    assert {newcomer.asks("/overview") for newcomer in newcomers} == {lives.server_port}
    again = Worker(dies.server_port)
    try:
        assert {tablet.asks(path) for path in PATHS} == {lives.server_port}, "its websocket is there"
        assert Browser(port, str(again.server_port)).asks("/overview") == again.server_port
    finally:
        again.stop()


@with_nginx
def test_a_cookie_that_names_no_worker_is_replaced(two) -> None:
    port, workers = two
    for named in ("1", "22", "127.0.0.1:22", "baansuk", "x y"):
        stranger = Browser(port, named)
        answered = stranger.asks("/overview")
        assert answered in {worker.server_port for worker in workers} and stranger.cookie == str(answered)


@with_nginx
def test_as_committed_there_is_one_worker(tmp_path: Path) -> None:
    port, worker = two_ports(), Worker(free_port())
    with nginx.proxying(tmp_path, port, worker.server_port):
        tablet = Browser(port)
        assert {tablet.asks(path) for path in PATHS} == {worker.server_port} and tablet.cookie == str(worker.server_port)
        worker.stop()
        assert Browser(port).asks("/overview") == 0
    assert "8502" not in TEXT
