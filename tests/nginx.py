"""The nginx configuration of docs/nginx, started on a free port with a certificate made for the test."""

import datetime
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.patience import patience
from tests.system import nginx

CONF = Path(__file__).parent.parent / "docs" / "nginx" / "baansuk.conf"
BINARY = nginx()
START = 30  # seconds until it must answer; it takes 0.1


def certificate(folder: Path) -> None:
    """A key and a certificate for 127.0.0.1 that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(days=1)
    )
    signed = made.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(pem))
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))


def with_second_worker(text: str) -> str:
    """The configuration as somebody changes it for `--workers 2`: without the # before the lines with 8502."""
    changed, times = re.subn(r"(?m)^    # (?=\S.*8502)", "    ", text)
    assert times == 2
    return changed


def adapted(folder: Path, port: int, *behind: int, http2: bool = False) -> str:
    """The committed configuration, for a test's ports, files and an older nginx (Debian 12 has 1.22, without `http2 on`).

    `behind` are the ports of one worker, or of two. With `http2` as that older nginx says it; urllib, which most tests ask with, does not
    speak it.
    """
    text = CONF.read_text("utf-8")
    workers = dict(zip(("8501", "8502"), map(str, behind), strict=False))
    changes = {
        r"listen \[::\]:\d+( ssl)?;": "",
        r"listen 80;": f"listen 127.0.0.1:{port + 1};",
        r"listen 443 ssl;": f"listen 127.0.0.1:{port} ssl{' http2' if http2 else ''};",
        r"http2 on;": "",
        r"baansuk\.example\.go\.th": "127.0.0.1",
        r"/etc/ssl/baansuk": str(folder),
        r"/var/log/nginx": str(folder),
    }
    text = (
        re.sub(r"\b850[12]\b", lambda found: workers[found[0]], with_second_worker(text))
        if len(behind) > 1
        else text.replace("8501", workers["8501"])
    )
    for pattern, new in changes.items():
        text, times = re.subn(pattern, new, text)
        assert times, pattern
    head = f"pid {folder}/pid;\nerror_log {folder}/start.log;\ndaemon off;\nevents {{}}\nhttp {{\n"
    return head + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in TEMPORARY) + text + "}\n"


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def proxying(folder: Path, port: int, *behind: int, http2: bool = False) -> Iterator[str]:
    """The https address of an nginx in front of a dashboard, or of two workers of one."""
    certificate(folder)
    (folder / "nginx.conf").write_text(adapted(folder, port, *behind, http2=http2), "utf-8")
    command = [str(BINARY), "-p", str(folder), "-e", f"{folder}/start.log", "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        _wait(f"https://127.0.0.1:{port}/_stcore/health", folder / "start.log")
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(patience(10))


def _wait(address: str, log: Path) -> None:
    """Until it answers over TLS, whatever the dashboard behind it says."""
    end, anybody = time.monotonic() + patience(START), ssl._create_unverified_context()
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=patience(1), context=anybody).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nginx did not start:\n{log.read_text('utf-8', 'replace')}")
