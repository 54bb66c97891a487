"""The authenticated user, resolved on every script run: the signed cookie identifies, the users file authorises.

Session state never authorises: it only holds which of the user's own roles is active.
"""

import time
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any, NoReturn

import streamlit as st

from access import grants
from access.grants import Person
from installation.paths import data_folder
from queries import DESK, Reader
from ui.auth.auth_settings import SignIn, loopback, sign_in
from ui.i18n import t
from ui.streamlit_internals import option

ROLE = "identity_role"  # session: the role that a person with several would like to act in
SKEW = 300  # seconds that the provider's clock may be ahead of ours


class Refused(Exception):
    """Access denied: `why` is "sign_in" (not or no longer signed in), "unverified" or "unknown"; `email` where there is one."""

    def __init__(self, why: str, email: str = "") -> None:
        super().__init__(why)
        self.why, self.email = why, email


def admitted(claims: Mapping[str, Any], settings: SignIn, now: float | None = None) -> Person:
    """Validate ID token claims (provider, issuer, audience, age, verified e-mail) and look up present grants; raises Refused.

    The token's own `exp` is not the end of a sign-in: providers set it from five minutes to an hour, and it was checked when the
    token came. The end is the working day after `iat`.
    """
    now = time.time() if now is None else now
    provider = settings.providers.get(str(claims.get("provider")))
    issued, audience = claims.get("iat"), claims.get("aud")
    if claims.get("is_logged_in") is not True or provider is None or not isinstance(issued, int):
        raise Refused("sign_in")
    if not now - settings.hours * 3600 < issued <= now + SKEW or str(claims.get("iss")).rstrip("/") != provider.issuer:
        raise Refused("sign_in")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise Refused("sign_in")
    email = str(claims.get("email") or "").casefold()
    if not email or not (
        claims.get("email_verified") is True or (provider.email_trusted_because and "email_verified" not in claims)
    ):
        raise Refused("unverified", email)
    person = grants.users(data_folder()).person(email)
    if person is None:
        raise Refused("unknown", email)
    return person


def person() -> Person | None:
    """The user of this run, none at the single-user desk; stops the run with a message when access is denied."""
    settings = sign_in()
    if settings is None:
        if not on_loopback():  # however it was started: data is not shown to a network without sign-in
            _stop(t("Sign-in is not configured, so this dashboard answers on its own machine only."))
        return None
    try:
        return admitted(st.user.to_dict(), settings)
    except Refused as refused:
        _stop(t("Please sign in again.") if refused.why == "sign_in" else t("You hold no right to see this dashboard."))


def reader() -> Reader:
    """The reader (role and areas) of this run. Meeting mode only narrows: roles with cases read as a committee."""
    who = person()
    if who is None:
        asks = DESK
    else:
        role = acting(who)
        asks = Reader(role, who.grants[role])
    return Reader("committee", asks.areas) if meeting() and asks.may("cases") else asks


def who() -> str:
    """The user's e-mail, or "desk"; for the audit log."""
    user = person()
    return user.email if user else "desk"


def still_authorised(email: str, reader: Reader) -> bool:
    """Whether a user still holds this reader's role and areas; meeting mode reads as a committee in any role's areas."""
    if sign_in() is None:
        return True
    user = grants.users(data_folder()).person(email)
    held = {Reader(role, areas) for role, areas in (user.grants if user else {}).items()}
    return reader in held or (reader.role == "committee" and any(r.areas == reader.areas and r.may("cases") for r in held))


def meeting() -> bool:
    """Whether meeting mode is on, as the URL has it."""
    return bool(st.query_params.get("meeting"))


def acting(of: Person) -> str:
    """The active role: the selected one if it is held, else the first held one in the order of roles.csv."""
    wished = st.session_state.get(ROLE)
    return wished if wished in of.grants else next(iter(of.grants))


@cache
def on_loopback() -> bool:
    """Whether the server listens on loopback only."""
    return loopback(option("server.address") or "")


def _stop(says: str) -> NoReturn:
    st.error(says)
    st.html(f'<a class="language" href="/" target="_self">{escape(t("To sign-in"))}</a>')
    st.stop()
    raise Refused("sign_in")  # outside a run `st.stop` returns
