"""Startup checks: serve loopback only, or with valid sign-in and private secret files; else list all that is missing and exit.

python -m ui.server.preflight --address ADDRESS --data DIR   before anything is built; exit 0 may serve, 2 may not
"""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from access import grants
from installation.paths import data_folder
from ui.auth.auth_settings import Misconfigured, SignIn, loopback, secret_files, sign_in
from ui.streamlit_internals import option, set_option

REFUSED = 2
LINES = """auth.redirect_uri = "https://ชื่อเครื่อง.go.th/oauth2callback"
auth.cookie_secret = "…"    # {command}
auth.google = {{client_id = "…", client_secret = "…", server_metadata_url = "https://accounts.google.com/.well-known/openid-configuration"}}"""
COMMAND = "python3 -c 'import secrets; print(secrets.token_hex(32))'"


def ready() -> SignIn | None:
    """The sign-in settings, none at the single-user desk; exits with every reason why the server may not serve."""
    try:
        settings = sign_in()
    except Misconfigured as fault:
        refuse("ตั้งค่าการลงชื่อเข้าใช้ยังไม่ครบ", "sign-in is not configured right", [*fault.faults, *readable()])
    address = option("server.address") or "0.0.0.0"
    if settings is None:
        if not loopback(address):
            refuse(*without_sign_in(address))
        return None
    if exposed := readable():
        refuse("ไฟล์ลับเปิดให้ผู้อื่นอ่านได้", "secret files can be read by others", exposed)
    grants.users(data_folder())  # says on the console now, not at the first sign-in, why nobody could come in
    set_option("server.allowedHosts", [urlsplit(settings.redirect_uri).hostname])
    return settings


def readable() -> list[str]:
    """Secret files whose permissions let others on this machine read them."""
    own = data_folder()
    paths = [*secret_files(), own, own / grants.NAME, own / "secret.key"]
    return [says for path in paths if (says := grants.exposed(path))]


def without_sign_in(address: str) -> tuple[str, str, list[str]]:
    """Thai and English message why a server without sign-in does not listen to a network, and the lines to add."""
    return (
        f"ไม่เปิดที่ {address} เพราะยังไม่ได้ตั้งค่าการลงชื่อเข้าใช้ ใครในเครือข่ายก็จะเห็นข้อมูลครัวเรือน เพิ่มใน .streamlit/secrets.toml (ดู docs/signin.md)",
        f"not serving on {address}: without sign-in everybody on the network would see the data; add to .streamlit/secrets.toml (docs/signin.md)",
        LINES.format(command=COMMAND).splitlines(),
    )


def refuse(thai: str, english: str, lines: list[str]) -> NoReturn:
    """Print the message on standard error and exit with 2."""
    print(f"{thai} · {english}:", *lines, sep="\n  ", file=sys.stderr, flush=True)
    sys.exit(REFUSED)


def main(arguments: list[str]) -> int:
    """Check an address that the server does not listen on yet."""
    parser = argparse.ArgumentParser(prog="ui.server.preflight")
    parser.add_argument("--address", required=True)
    parser.add_argument("--data", required=True)
    chosen = parser.parse_args(arguments)
    os.environ["BAAN_SUK_DATA"] = str(Path(chosen.data).resolve())
    set_option("server.address", chosen.address)
    ready()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
