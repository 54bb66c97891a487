"""A small OpenID provider on loopback, on Authlib's own server side: code flow, PKCE, client secret, discovery, sign-out.

What its tokens say is the test's to set: `claims` are added to every token, so that an audience can be wrong, an e-mail not verified.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from flask import Flask, jsonify, redirect, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "baan-suk-test", "only-for-tests-0f3a9c"
KEY = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """The running provider: its address, what the next token says besides, and what it was asked."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)  # parameters of every authorisation request
    exchanged: list[dict[str, str]] = field(default_factory=list)  # of every token request
    ended: list[dict[str, str]] = field(default_factory=list)  # of every sign-out


class Client(ClientMixin):
    """The one client: this dashboard."""

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str | None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(s for s in scope.split() if s in {"openid", "email", "profile"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.startswith(("http://127.0.0.1:", "https://127.0.0.1:")) and redirect_uri.endswith("/oauth2callback")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """One authorisation code, good once and for a minute."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    email: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time


def application(provider: Provider) -> Flask:
    """The endpoints of one provider."""
    app = Flask(__name__)
    codes: dict[str, Code] = {}

    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

        def save_authorization_code(self, code: str, asked: Any) -> None:
            said = asked.payload.data
            codes[code] = Code(
                code,
                CLIENT,
                said["redirect_uri"],
                said["scope"],
                said["nonce"],
                said["code_challenge"],
                said["code_challenge_method"],
                asked.user,
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            found = codes.get(code)
            return found if found and time.time() - found.auth_time < 60 else None

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> str:
            return authorization_code.email

    class Identity(OpenIDCode):
        def exists_nonce(self, nonce: str, asked: Any) -> bool:
            return any(code.nonce == nonce for code in codes.values())

        def resolve_client_private_key(self, client: Client) -> RSAKey:
            return KEY

        def get_client_algorithm(self, client: Client) -> str:
            return "RS256"

        def get_encode_header(self, client: Client) -> dict[str, str]:
            return {"alg": "RS256", "kid": "test"}

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            return {"iss": provider.issuer, "aud": [CLIENT], "exp": int(time.time()) + 300}

        def generate_user_info(self, user: str, scope: str) -> UserInfo:
            said = {"sub": f"sub-{user}", "email": user, "email_verified": True} | provider.claims
            return UserInfo({k: v for k, v in said.items() if v is not None})

    server = AuthorizationServer(app, query_client=lambda id: Client() if id == CLIENT else None, save_token=lambda *a: None)
    server.register_grant(Grant, [Identity(require_nonce=True), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        return jsonify(
            issuer=provider.issuer,
            authorization_endpoint=f"{provider.issuer}/authorize",
            token_endpoint=f"{provider.issuer}/token",
            jwks_uri=f"{provider.issuer}/keys",
            end_session_endpoint=f"{provider.issuer}/logout",
            code_challenge_methods_supported=["S256"],
            id_token_signing_alg_values_supported=["RS256"],
            response_types_supported=["code"],
            subject_types_supported=["public"],
        )

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[KEY.as_dict(private=False)])

    @app.get("/authorize")
    def form() -> Any:
        provider.asked.append(dict(request.args))
        return (
            '<form method="post"><label>e-mail <input name="email"></label><button>เข้าสู่ระบบ</button></form>',
            {"content-type": "text/html; charset=utf-8"},
        )

    @app.post("/authorize")
    def authorise() -> Any:
        email = request.form["email"]
        grant = server.get_consent_grant(end_user=email)
        return server.create_authorization_response(grant=grant, grant_user=email)

    @app.post("/token")
    def token() -> Any:
        provider.exchanged.append(dict(request.form))
        return server.create_token_response()

    @app.get("/logout")
    def logout() -> Any:
        provider.ended.append(dict(request.args))
        return redirect(request.args["post_logout_redirect_uri"])

    return app


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port until the block ends."""
    provider = Provider("")
    server = make_server("127.0.0.1", 0, application(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
