"""Who may ask, what the browser is told it may do, and that the page speaks the reader's language."""

import gzip
from pathlib import Path

import pytest
import streamlit

from tests.fresh_thread import awaited
from ui.server.index_html import localised_index
from ui.server.middleware import Gate

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


async def streamlit_page(scope, receive, send) -> None:
    """Answers as Streamlit does: its index.html in two parts for any page, or plain text."""
    kind = b"text/html; charset=utf-8" if b"accept-encoding" not in dict(scope["headers"]) else b"text/plain"
    size = (b"content-length", str(len(INDEX.encode())).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind), size, (b"etag", b"1")]})
    await send({"type": "http.response.body", "body": INDEX[:500].encode(), "more_body": True})
    await send({"type": "http.response.body", "body": INDEX[500:].encode()})


def asked(
    path: str = "/",
    host: str = "127.0.0.1:8501",
    accept: str = "text/html",
    kind: str = "http",
    client: str = "127.0.0.1",
) -> tuple[int, dict[str, str], str]:
    """One request through the gate: status, headers, body."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    path, _, query = path.partition("?")
    headers = [(b"host", host.encode()), (b"accept", accept.encode()), (b"accept-encoding", b"gzip")]
    scope = {"type": kind, "method": "GET", "path": path, "query_string": query.encode(), "headers": headers}
    scope["client"] = (client, 50_000)
    awaited(Gate(streamlit_page)(scope, None, send))
    if kind == "websocket":
        return sent[0].get("code", 0), {}, ""
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    body = b"".join(m.get("body", b"") for m in sent[1:])
    assert "vary" not in headers or int(headers["content-length"]) == len(body)
    plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return sent[0]["status"], headers, plain.decode()


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "localhost:80", "[::1]:8501"])
def test_this_machine_may_ask(host: str) -> None:
    assert asked(host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8501", "192.168.1.5:8501", ""]
)
def test_another_name_for_this_machine_is_refused(host: str) -> None:
    status, headers, body = asked(host=host)
    assert (status, "DOCTYPE" in body) == (403, False)
    assert "content-security-policy" in headers
    assert asked(host=host, kind="websocket")[0] == 1008


@pytest.mark.parametrize("client", ["192.168.1.5", "10.0.0.2", "2001:db8::1", ""])
def test_without_sign_in_nobody_but_this_machine_is_answered_even_by_its_own_name(client: str) -> None:
    assert asked(client=client)[0] == 403
    assert asked(client=client, kind="websocket")[0] == 1008


def test_the_policy_names_no_outside_host_and_allows_no_inline_script() -> None:
    policy = asked()[1]["content-security-policy"]
    assert "http" not in policy and "*" not in policy and "unsafe-eval" not in policy
    assert "script-src 'self' blob:;" in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "lang", "title"), [("/", "th", "บ้านสุข"), ("/?lang=en&year=2565", "en", "Baan Suk"), ("/?lang=de", "th", "บ้านสุข")]
)
def test_the_page_says_its_language(path: str, lang: str, title: str) -> None:
    _, headers, body = asked(path)
    assert f'<html lang="{lang}">' in body and f"<title>{title}</title>" in body
    assert headers["content-encoding"] == "gzip" and int(headers["content-length"]) < len(body.encode()) / 2
    assert "etag" not in headers


def test_streamlit_still_serves_the_page_that_is_rewritten() -> None:
    page = localised_index(INDEX, "th")
    assert 'src="./static/js/index.' in page and '<div id="root">' in page
    for gone in ('lang="en"', "favicon.png", "<script>", "SourceSans", 'service-desc"', "need to enable JavaScript"):
        assert gone not in page, gone


def test_the_page_says_at_once_that_it_is_being_opened_and_holds_the_words_for_a_weak_network() -> None:
    for query, opening, lost in (("", "กำลังเปิดบ้านสุข", "เครือข่ายขาด"), ("?lang=en", "Opening Baan Suk", "Connection lost")):
        body = asked(f"/household{query}")[2]
        assert body.index(opening) < body.index('<div id="root">') and f'data-lost="{lost}' in body
        assert body.index("connection.js") < body.index('<script type="module"')  # it tells Streamlit where its server is
        assert "modulepreload" in body[body.index('<template id="later">') :]


def test_an_address_without_a_page_says_so_in_thai() -> None:
    status, _, body = asked("/nosuch")
    assert status == 404 and "ไม่มีหน้านี้" in body


def test_what_is_no_page_passes_unchanged_with_the_headers() -> None:
    _, headers, body = asked("/_stcore/health", accept="*/*")
    assert body == INDEX and headers["x-content-type-options"] == "nosniff"


def test_the_typeface_may_be_kept_for_a_year() -> None:
    assert "immutable" in asked("/fonts/Sarabun-Regular.ttf", accept="*/*")[1]["cache-control"]


def test_no_browser_keeps_a_file_that_a_page_made() -> None:
    _, headers, _ = asked("/media/0123456789abcdef.xlsx", accept="*/*")
    assert headers["cache-control"] == "no-store"
