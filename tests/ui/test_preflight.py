"""A server starts on its own machine, or with a sign-in that works; else it says all that is missing and ends with 2."""

import os
import secrets
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
AUTH = {
    "BAAN_SUK_AUTH__REDIRECT_URI": "https://baansuk.example.go.th/oauth2callback",
    "BAAN_SUK_AUTH__COOKIE_SECRET": secrets.token_hex(32),
    "BAAN_SUK_AUTH__GOOGLE__CLIENT_ID": "abc.apps.googleusercontent.com",
    "BAAN_SUK_AUTH__GOOGLE__CLIENT_SECRET": "GOCSPX-0a1b2c3d4e5f",
    "BAAN_SUK_AUTH__GOOGLE__SERVER_METADATA_URL": "https://accounts.google.com/.well-known/openid-configuration",
}


def started(folder: Path, *flags: str, **environment: str) -> subprocess.CompletedProcess:
    """`streamlit run dashboard.py`, which must end by itself: what is asked of it here is refused before anything is served."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("BAAN_SUK_", "STREAMLIT_"))}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", "0", *flags]
    environment = {**inherited, "BAAN_SUK_DATA": str(folder), "PYTHONUTF8": "1", "HOME": str(folder), **environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60)


def test_without_sign_in_it_does_not_listen_to_a_network_and_says_which_three_lines_to_add(tmp_path: Path) -> None:
    result = started(tmp_path, "--server.address", "0.0.0.0")
    assert result.returncode == 2
    assert "ยังไม่ได้ตั้งค่าการลงชื่อเข้าใช้" in result.stderr and "without sign-in everybody on the network" in result.stderr
    lines = [line.strip() for line in result.stderr.splitlines() if line.strip().startswith("auth.")]
    assert len(lines) == 3
    shown = tomllib.loads("\n".join(lines))["auth"]
    assert shown.keys() == {"redirect_uri", "cookie_secret", "google"} and len(shown["google"]) == 3
    assert not list(tmp_path.glob("warehouse/*")), "nothing was built"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.2"])
def test_however_it_is_asked_to(tmp_path: Path, address: str) -> None:
    assert started(tmp_path, STREAMLIT_SERVER_ADDRESS=address).returncode == 2


def test_a_sign_in_with_faults_stops_the_start_with_all_of_them(tmp_path: Path) -> None:
    faulty = {k: v for k, v in AUTH.items() if "CLIENT_SECRET" not in k} | {"BAAN_SUK_AUTH__COOKIE_SECRET": "baansuk"}
    result = started(tmp_path, **faulty)
    assert result.returncode == 2
    assert "auth.cookie_secret:" in result.stderr and "auth.google.client_secret:" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_files_that_others_can_read_stop_the_start_with_what_to_type(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)  # whatever a load in this process set its umask to
    for name in ("access.csv", "secret.key"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text('some = "thing"')
    (folder / ".streamlit" / "secrets.toml").chmod(0o644)
    result = started(folder, **AUTH)
    assert result.returncode == 2
    for path, mode in (("", 700), ("/access.csv", 600), ("/secret.key", 600), ("/.streamlit/secrets.toml", 600)):
        assert f"chmod {mode} '{folder}{path}'" in result.stderr, path
