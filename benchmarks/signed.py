"""What sign-in costs: 40 sessions of mixed roles behind a signed cookie each, against the same taps at the single-user desk."""

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from access import grants, users
from benchmarks.measure import Figure, against, below
from benchmarks.server import ROOT, SESSIONS, many, p95, serving
from benchmarks.session import Visitor
from tests.browser.app import free_port

ISSUER, CLIENT = "https://id.example.go.th", "baansuk"
GRANTS = [("committee", "3421"), ("field", "342106"), ("data_officer", "3421"), ("viewer", "34")]
MOST = 1.2  # times the desk


def figures() -> Iterator[Figure]:
    """95 of 100 taps of 40 sessions: signed in (mixed roles), and at the desk; the aim is 1.2 ×."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        os.chmod(name, 0o700)
        command = [sys.executable, "-m", "etl", "ensure", "--data", name]
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        people = [(f"person{n}@example.go.th", *GRANTS[n % len(GRANTS)]) for n in range(SESSIONS)]
        for email, role, area in people:
            if faults := users.add(Path(name), "bench", email, role, [area]):
                raise ValueError(faults)
        port, secret = free_port(), secrets.token_hex(32)
        settings = {
            "REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
            "COOKIE_SECRET": secret,
            "TEST__CLIENT_ID": CLIENT,
            "TEST__CLIENT_SECRET": secrets.token_hex(32),
            "TEST__SERVER_METADATA_URL": f"{ISSUER}/.well-known/openid-configuration",
        }
        _, desk = stack.enter_context(serving(ROOT / "dashboard.py", name))
        _, app = stack.enter_context(
            serving(ROOT / "dashboard.py", name, port, **{f"BAAN_SUK_AUTH__{k}": v for k, v in settings.items()})
        )
        visitors = [signed_in(email, f"http://127.0.0.1:{port}", secret) for email, _, _ in people]
        for order in ("first", "before"):
            plain = p95(asyncio.run(many(desk, "overview")))
            signed = p95(asyncio.run(many(app, "overview", visitors)))
            what = f"{SESSIONS} sessions signed in, mixed roles, asked {order}, p95"
            yield against(what, signed, "ms", "at the single-user desk", plain, MOST)
        yield below("a look at the users file and the cookie", look(Path(name)), "ms", 1)


def signed_in(email: str, origin: str, secret: str) -> Visitor:
    """The cookies of somebody who has signed in at the provider."""
    claims = {"is_logged_in": True, "origin": origin, "provider": "test", "iss": ISSUER, "aud": CLIENT}
    claims |= {"iat": int(time.time()), "email": email, "email_verified": True}
    token = generate_xsrf_token_string()
    cookie = create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
    return Visitor(f"_streamlit_user={cookie}; _streamlit_xsrf={token}", token)


def look(folder: Path) -> float:
    """Milliseconds of one look into the users file as it is."""
    grants.users(folder)
    begin = time.perf_counter()
    for _ in range(1000):
        grants.users(folder).person("person1@example.go.th")
    return time.perf_counter() - begin
