"""The committed nginx configuration says what it must; tests/browser/test_nginx.py runs it where nginx is installed."""

import re

import pytest

from tests.nginx import CONF

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
