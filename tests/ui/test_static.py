"""Files are compressed once, kept by content, and sent as a browser offers to take them."""

import gzip
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg

from installation.paths import PROJECT
from ui.server import index_html
from ui.server.streamlit_static import CompressedStatic
from ui.static import compressed, static_routes, streamlit_chunks, streamlit_style
from ui.static.make_icons import HERE, ours, source

BODY = b"const words = 1;\n" * 200
VERSION = sha256(BODY).hexdigest()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and nothing in memory."""
    monkeypatch.setenv("BAAN_SUK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compressed, "_kept", {})
    yield tmp_path / "cache"


def asked(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


@pytest.mark.parametrize(
    ("offer", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip; q=0", ""),
        ("zstd, deflate", ""),
        ("", ""),
    ],
)
def test_the_best_coding_that_the_browser_takes(offer: str, coding: str) -> None:
    assert compressed.offered({"accept-encoding": offer}) == coding


def test_what_is_sent_is_the_same_in_every_coding_and_each_has_its_own_tag() -> None:
    sent = {
        offer: compressed.answer(asked(accept_encoding=offer), BODY, "text/javascript", "kept") for offer in ("br", "gzip", "")
    }
    assert brotli.decompress(sent["br"].body) == gzip.decompress(sent["gzip"].body) == sent[""].body == BODY
    assert [sent[offer].headers.get("content-encoding") for offer in sent] == ["br", "gzip", None]
    assert len({answer.headers["etag"] for answer in sent.values()}) == 3
    assert {answer.headers["vary"] for answer in sent.values()} == {"Accept-Encoding"}
    again = compressed.answer(
        asked(accept_encoding="br", if_none_match=sent["br"].headers["etag"]), BODY, "text/javascript", "kept"
    )
    assert (again.status_code, again.body, again.headers["cache-control"]) == (304, b"", "kept")


def test_what_does_not_become_smaller_is_sent_as_it_is() -> None:
    assert "content-encoding" not in compressed.answer(asked(accept_encoding="br"), b"x", "text/css", "kept").headers


def test_a_variant_outlives_the_process_and_is_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = compressed.variant(BODY, VERSION, "br", on_disk=True)
    assert [file.name for file in folder.iterdir()] == [f"{VERSION}.br"]
    monkeypatch.setattr(compressed, "_kept", {})
    monkeypatch.setattr(compressed, "MAKE", {})  # nothing can be made any more
    assert compressed.variant(BODY, VERSION, "br", on_disk=True) == made


@pytest.mark.parametrize("planted", [b"", b"torn", brotli.compress(b"alert(1)")])
def test_a_torn_or_planted_file_is_made_anew(folder: Path, planted: bytes) -> None:
    folder.mkdir()
    (folder / f"{VERSION}.br").write_bytes(planted)
    assert brotli.decompress(compressed.variant(BODY, VERSION, "br", on_disk=True)) == BODY
    assert brotli.decompress((folder / f"{VERSION}.br").read_bytes()) == BODY


def test_a_folder_that_takes_nothing_is_no_fault(folder: Path) -> None:
    folder.write_text("a file where the folder would be", "utf-8")
    assert gzip.decompress(compressed.variant(BODY, VERSION, "gzip", on_disk=True)) == BODY


def test_what_a_register_holds_is_never_kept_on_disk(folder: Path) -> None:
    compressed.answer(asked(accept_encoding="br"), BODY, "application/geo+json", "no-store")
    assert not folder.exists()


async def beyond(scope, receive, send) -> None:
    """What Streamlit would answer."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"by", b"streamlit")]})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr("ui.server.streamlit_static.warm", lambda: None)
    return TestClient(CompressedStatic(beyond))


def test_streamlits_files_come_compressed_and_may_be_kept_for_ever(client: TestClient) -> None:
    script = next(address for address in streamlit_chunks.entry() if "/rolldown" in address)
    answer = client.get(script, headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br" and "immutable" in answer.headers["cache-control"]
    assert answer.content == streamlit_chunks.files()[script].read_bytes()
    assert client.get(script, headers={"accept-encoding": "br", "if-none-match": answer.headers["etag"]}).status_code == 304
    head = client.head(script, headers={"accept-encoding": "br"})
    assert head.content == b"" and head.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/index.html",
        "/static/js/../../app.py",
        "/static/js/%2e%2e/secret.js",
        "/static/media/flake.png",
        "/media/a.js",
    ],
)
def test_everything_else_is_passed_on(client: TestClient, path: str) -> None:
    assert client.get(path).headers["by"] == "streamlit"


def test_the_typeface_and_our_own_files_are_compressed_once_too() -> None:
    client = TestClient(Starlette(routes=static_routes.routes()))
    for path in (static_routes.address("style.css"), static_routes.address(streamlit_style.NAME), static_routes.REGULAR):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert client.get("/fonts/../__init__.py").status_code == 404


def test_every_chunk_that_is_asked_for_early_is_there() -> None:
    """A part that an upgrade of Streamlit renamed would be fetched a round trip later, without a word."""
    parts = {*index_html.EVERYWHERE, *(part for parts in index_html.ON_PAGE.values() for part in parts)}
    assert [part for part in sorted(parts) if not streamlit_chunks.lazy([part])] == []
    assert len(streamlit_chunks.entry()) > 20 and set(streamlit_chunks.entry()) <= streamlit_chunks.files().keys()


def test_streamlits_stylesheet_fetches_our_icons_and_our_typeface() -> None:
    style = streamlit_style.text("/look/1/icons.woff2", "/fonts/ours.ttf")
    assert style.count("/look/1/icons.woff2") == 1 and style.count("/fonts/ours.ttf") == 1
    assert "MaterialSymbols" not in style and "SourceSansVF-Upright" not in style and "../media" not in style


def test_every_icon_that_is_used_is_in_our_font() -> None:
    """Else run `python -m ui.static.make_icons`: an icon that is not in it shows its English name."""
    head, *names = (HERE / "icons.txt").read_text("utf-8").splitlines()
    assert head.split()[0] == sha256(source().read_bytes()).hexdigest()  # made from the installed Streamlit's
    used = ours([path.read_text("utf-8") for room in ("pages", "ui") for path in (PROJECT / room).rglob("*.py")])
    assert used - {"x"} <= set(names)


def test_streamlits_page_has_what_connection_js_relies_on() -> None:
    """Two attributes of its root, the name under which it looks for its server, and the first byte of a rerun's message."""
    scripts = "".join(streamlit_chunks.files()[address].read_text("utf-8") for address in streamlit_chunks.entry())
    for name in (
        "data-test-script-state",
        "data-test-connection-state",
        "window.__streamlit",
        "BACKEND_BASE_URL",
        "data-stale",
    ):
        assert name in scripts, name
    ours = static_routes.FILES["connection.js"].read_text("utf-8")
    assert f"({BackMsg.DESCRIPTOR.fields_by_name['rerun_script'].number} << 3)" in ours
