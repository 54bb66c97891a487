"""What the claims of a signed cookie must say before a person of the users file is let in."""

from pathlib import Path

import pytest

from access import users
from ui.auth.auth_settings import Provider, SignIn
from ui.auth.identity import Refused, admitted

NOW, HOUR = 1_800_000_000, 3600
GOOGLE = Provider("google", "Google", "me", "https://accounts.google.com", "")
ENTRA = Provider(
    "entra", "Entra", "me", "https://login.microsoftonline.com/t/v2.0", "The tenant gives out every address itself."
)
SETTINGS = SignIn("https://baansuk.example.go.th/oauth2callback", 8, {"google": GOOGLE, "entra": ENTRA})
CLAIMS = {
    "is_logged_in": True,
    "provider": "google",
    "iss": "https://accounts.google.com",
    "aud": "me",
    "iat": NOW - HOUR,
    "exp": NOW - 1,
    "email": "A@example.go.th",
    "email_verified": True,
}
ENTRAS = {"provider": "entra", "iss": ENTRA.issuer}


@pytest.fixture(autouse=True)
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path))
    users.main(["add", "a@example.go.th", "viewer", "34", "--data", str(tmp_path)])


def refused(**changed: object) -> str:
    claims = {k: v for k, v in (CLAIMS | changed).items() if v is not None}
    with pytest.raises(Refused) as caught:
        admitted(claims, SETTINGS, NOW)
    return caught.value.why


def test_a_known_person_with_a_verified_email_comes_in_whatever_its_case() -> None:
    assert dict(admitted(CLAIMS, SETTINGS, NOW).grants) == {"viewer": ("34",)}
    assert admitted(CLAIMS | {"aud": ["me", "other"]}, SETTINGS, NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"provider": "facebook"},
        {"provider": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"iat": NOW - 8 * HOUR},
        {"iat": NOW + HOUR},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"provider": "entra"},
    ],
)
def test_what_is_no_sign_in_here_or_too_old_has_to_sign_in_again(changed: dict[str, object]) -> None:
    assert refused(**changed) == "sign_in"


@pytest.mark.parametrize("claim", [False, None, "true", 1])
def test_an_email_counts_only_when_the_provider_says_that_it_verified_it(claim: object) -> None:
    assert refused(email_verified=claim) == "unverified"


def test_or_when_it_never_says_so_and_a_reason_is_written_down() -> None:
    silent = {k: v for k, v in (CLAIMS | ENTRAS).items() if k != "email_verified"}
    assert admitted(silent, SETTINGS, NOW)
    assert refused(**ENTRAS, email_verified=False) == "unverified", "it did say so"
    assert refused(**ENTRAS, email_verified=None, email=None) == "unverified"


def test_who_is_not_in_the_users_file_is_unknown(tmp_path: Path) -> None:
    assert refused(email="b@example.go.th") == "unknown"
    users.main(["disable", "a@example.go.th", "--data", str(tmp_path)])
    assert refused() == "unknown"
