"""The settings of sign-in: none has a default that lets anybody in, and all that is wrong is said at once."""

import hashlib
import secrets
from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from ui.auth import auth_settings
from ui.auth.auth_settings import Misconfigured, loopback, sign_in, weak

GOOD = {
    "REDIRECT_URI": "https://baansuk.example.go.th/oauth2callback",
    "COOKIE_SECRET": secrets.token_hex(32),
    "GOOGLE__CLIENT_ID": "abc.apps.googleusercontent.com",
    "GOOGLE__CLIENT_SECRET": "GOCSPX-0a1b2c3d4e5f",
    "GOOGLE__SERVER_METADATA_URL": "https://accounts.google.com/.well-known/openid-configuration",
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[None]:
    """No secrets of this machine, and none kept from one test to the next."""
    kept = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    sign_in.cache_clear()
    yield
    config.set_option("secrets.files", kept)
    secrets_singleton._reset()
    secrets_singleton.__dict__["_programmatic_secrets"] = None
    sign_in.cache_clear()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Settings in the environment; None takes one away."""

    def give(**changed: str | None) -> None:
        for name, value in (GOOD | changed).items():
            if value is not None:
                monkeypatch.setenv(f"{auth_settings.ENVIRONMENT}{name}", value)

    return give


def faults() -> str:
    with pytest.raises(Misconfigured) as caught:
        sign_in()
    return "\n".join(caught.value.faults)


def test_nothing_said_is_the_single_user_desk() -> None:
    assert sign_in() is None


def test_the_environment_is_enough(given) -> None:
    given(LIFETIME_HOURS="4", ASK="โทร 045-000000")
    made = sign_in()
    assert (made.host, made.origin, made.secure, made.hours) == (
        "baansuk.example.go.th",
        "https://baansuk.example.go.th",
        True,
        4,
    )
    assert made.providers["google"].issuer == "https://accounts.google.com" and made.providers["google"].label == "Google"
    assert secrets_singleton["auth"]["google"]["client_secret"] == GOOD["GOOGLE__CLIENT_SECRET"], "Streamlit signs in with it"


def test_the_file_is_read_and_the_environment_stands_above_it(given, tmp_path) -> None:
    (tmp_path / "secrets.toml").write_text(
        f'auth.redirect_uri = "{GOOD["REDIRECT_URI"]}"\nauth.cookie_secret = "changeme"\n'
        'auth.keycloak = {client_id = "a", client_secret = "bcdefgh", '
        'server_metadata_url = "https://id.example.go.th/realms/x/.well-known/openid-configuration"}\n'
    )
    given(**{name: None for name in GOOD if name != "COOKIE_SECRET"})
    assert list(sign_in().providers) == ["keycloak"]


def test_a_file_that_cannot_be_read_is_no_single_user_desk(tmp_path) -> None:
    (tmp_path / "secrets.toml").write_text("[auth\nredirect_uri = ")
    assert "secrets.toml" in faults()


def test_all_faults_are_said_at_once(given) -> None:
    given(
        REDIRECT_URI="http://baansuk.example.go.th/oauth2callback",
        COOKIE_SECRET="changeme",
        GOOGLE__CLIENT_SECRET=None,
        GOOGLE__SERVER_METADATA_URL="http://accounts.google.com/.well-known/openid-configuration",
        LIFETIME_HOURS="720",
        ENTRA__CLIENT_ID="<your id>",
    )
    listed = faults()
    for name in (
        "auth.redirect_uri",
        "auth.cookie_secret",
        "auth.google.client_secret",
        "auth.google.server_metadata_url",
        "auth.lifetime_hours",
        "auth.entra.client_id",
        "auth.entra.client_secret",
        "auth.entra.server_metadata_url",
    ):
        assert f"{name}:" in listed, name
    assert "changeme" not in listed, "a secret is never repeated"


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "a" * 64,
        "changeme" * 8,
        hashlib.sha256(b"short").hexdigest()[:30],
        "0123456789abcdef" * 4,
        "Xk29fLpQ" * 5,
        "password" + hashlib.sha256(b"long").hexdigest(),
    ],
)
def test_a_cookie_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    assert weak(secret)


def test_random_ones_are_taken() -> None:
    for _ in range(200):
        assert not weak(secrets.token_hex(32)) and not weak(secrets.token_hex(16)) and not weak(secrets.token_urlsafe(32))


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers"])
def test_entra_must_name_its_tenant(given, tenant: str) -> None:
    given(GOOGLE__SERVER_METADATA_URL=f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration")
    assert "tenant" in faults()


def test_unverified_emails_count_only_for_a_written_reason(given) -> None:
    given(GOOGLE__EMAIL_TRUSTED_BECAUSE="yes")
    assert "email_trusted_because" in faults()
    sign_in.cache_clear()
    given(GOOGLE__EMAIL_TRUSTED_BECAUSE="The tenant gives out every address itself, nobody else can.")
    assert sign_in().providers["google"].email_trusted_because.startswith("The tenant")


def test_headers_that_would_override_the_cookie_are_refused(given) -> None:
    given()
    config.set_option("server.trustedUserHeaders", {"X-User": "email"})
    try:
        assert "trustedUserHeaders" in faults()
    finally:
        config.set_option("server.trustedUserHeaders", {})


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
    ],
)
def test_this_machine_is_told_from_every_other(host: str, own: bool) -> None:
    assert loopback(host) is own
