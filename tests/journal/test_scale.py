"""docs/compose.yaml against the program and nginx's configuration, and its parts as processes: two replicas, one journal."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sql

import manage
from installation import paths
from journal import place, store
from tests import nginx
from tests.patience import patience
from tests.postgres import GROUP
from tests.workers import ROOT, START, two_ports

COMPOSE = ROOT / "docs" / "compose.yaml"
TEXT = COMPOSE.read_text("utf-8")
SCALE = (ROOT / "docs" / "scale.md").read_text("utf-8")
PORTS = (8501, 8502)
SEEN = 2  # seconds until the other replica shows an entry


def block(name: str, within: str = TEXT) -> str:
    """What stands under a key of the file, by its indentation; as much of YAML as this file needs."""
    found = re.search(rf"^( *){re.escape(name)}:.*\n((?:\1 .*\n|\n)*)", within, re.M)
    assert found, name
    return found[2]


def value(name: str, within: str) -> str:
    """What stands behind a key."""
    found = re.search(rf"^ *{re.escape(name)}: (.+)$", within, re.M)
    assert found, name
    return found[1].split("  #")[0]


def command(port: int) -> list[str]:
    """How the file starts the worker of a port."""
    return value("command", block(f"worker-{port}")).split()


def test_the_workers_are_those_of_nginx_and_start_as_manage_py_starts_them() -> None:
    assert re.findall(r"^  ([\w-]+):$", block("services"), re.M) == ["nginx", "postgres", *(f"worker-{port}" for port in PORTS)]
    upstream = re.search(r"upstream baansuk \{(.*?)\}", nginx.with_second_worker(nginx.CONF.read_text("utf-8")), re.S)[1]
    assert re.findall(r"^ +server 127\.0\.0\.1:(\d+);", upstream, re.M) == [str(port) for port in PORTS]
    for port in PORTS:
        assert command(port) == ["python3", "-m", *manage.dashboard("127.0.0.1", str(port))]
        assert "<<: *worker" in block(f"worker-{port}")


def test_nginx_is_given_its_committed_configuration_with_both_workers(tmp_path: Path) -> None:
    script = re.search(r"- \|\n +(sed .*) > \S+ && exec", block("nginx"))[1].replace("/baansuk.conf", str(nginx.CONF))
    if shutil.which("sed"):
        changed = subprocess.run(["sh", "-c", script], check=True, capture_output=True, encoding="utf-8").stdout
        assert changed == nginx.with_second_worker(nginx.CONF.read_text("utf-8"))
    mounted = re.findall(r"^ +- (\.\S*?):/", TEXT, re.M)
    assert mounted and [path for path in mounted if not (COMPOSE.parent / path).exists()] == []
    keys = re.findall(r"ssl_certificate\S* +(\S+)/", nginx.CONF.read_text("utf-8"))
    assert {f"- {folder}:{folder}:ro" in TEXT for folder in keys} == {True}


def test_the_journal_of_the_workers_is_the_database_that_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By the words of the file: user, database, and an address on which it listens."""
    own, workers = block("postgres"), block("x-worker")
    address = re.sub(r"\$\{JOURNAL_PASSWORD[^}]*\}", "secret", value(store.ADDRESS, workers))
    monkeypatch.setenv(store.ADDRESS, address)
    url = store._engine(tmp_path).url
    assert (url.username, url.database) == (value("POSTGRES_USER", own), value("POSTGRES_DB", own))
    assert url.port == 5432 and f"listen_addresses={url.host}" in value("command", own)
    assert block("volumes", TEXT[TEXT.rindex("\nvolumes:") :]).strip() == "journal:" and "- journal:/" in own


def test_what_the_file_sets_and_asks_for_is_known() -> None:
    set_here = re.findall(r"^    (BAAN_SUK_\w+): ", block("x-worker"), re.M)
    code = Path(paths.__file__).read_text("utf-8") + Path(place.__file__).read_text("utf-8")
    assert len(set_here) == 3 and [name for name in set_here if f'"{name}"' not in code] == []
    assert {name for name in re.findall(r"\$\{(\w+)", TEXT) if f"`{name}`" not in SCALE} == set()
    image = value("FROM python", TEXT.replace("FROM python:", "FROM python: ")).split("-")[0]
    assert tuple(map(int, image.split("."))) >= (3, 11) and (ROOT / "requirements.txt").exists()
    assert "psycopg==" in (ROOT / "requirements.txt").read_text("utf-8")


@contextmanager
def replica(port: int, own: int, folder: Path, address: str, log: Path) -> Iterator[str]:
    """The worker of a port of the file, on another port, over a data folder; its address."""
    started = [sys.executable, *command(port)[1:-1], str(own)]
    environment = {
        **os.environ,
        "BAAN_SUK_DATA": str(folder),
        store.ADDRESS: address,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    with open(log, "wb") as said:
        process = subprocess.Popen(started, cwd=ROOT, env=environment, stdout=said, stderr=said)
    try:
        yield f"http://127.0.0.1:{own}"
    finally:
        process.terminate()
        process.wait(patience(20))


def answers(address: str, path: str, body: object = None) -> str:
    """What a replica says to its own page."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"origin": address, "sec-fetch-site": "same-origin", "content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=patience(20)) as answer:
        return answer.read().decode("utf-8")


def until_up(address: str, log: Path) -> None:
    end = time.monotonic() + patience(START)
    while True:
        with suppress(OSError):
            answers(address, "/_stcore/health")
            return
        assert time.monotonic() < end, log.read_text("utf-8", "replace")
        time.sleep(0.1)


def copied(folder: Path, to: Path) -> Path:
    """What a replica on another machine is given: the builds, and the secret under which they and the entries name a household."""
    to.mkdir(mode=0o700)
    shutil.copytree(folder / "warehouse", to / "warehouse")
    shutil.copy2(folder / "secret.key", to)
    return to


@GROUP
def test_what_one_replica_records_the_other_shows_in_time(sample_folder: Path, shared: str, tmp_path: Path) -> None:
    """Two replicas as the file starts them, on two machines: a data folder each with the same build, and one database."""
    folders = [copied(sample_folder, tmp_path / name) for name in ("one", "other")]
    own, logs, area = two_ports(), [tmp_path / "log1", tmp_path / "log2"], "/field/api/bundle?area=342106"
    with (
        replica(PORTS[0], own, folders[0], shared, logs[0]) as one,
        replica(PORTS[1], own + 1, folders[1], shared, logs[1]) as other,
    ):
        for address, log in zip((one, other), logs, strict=True):
            until_up(address, log)
        families = json.loads(answers(one, area))["households"]
        household = families["rows"][0][families["columns"].index("ref")]
        for recording, showing in ((one, other), (other, one)):
            said = f"ทดลอง {uuid.uuid4()}"
            about = {"household": household}
            note = {
                "id": str(uuid.uuid4()),
                "kind": "note",
                "about": about,
                "occurred_on": "2022-09-14",
                "body": {"note": said},
            }
            assert said not in answers(showing, area)
            assert [verdict["verdict"] for verdict in json.loads(answers(recording, "/field/api/events", [note]))] == ["kept"]
            begin = time.monotonic()
            assert said in answers(recording, area), "at once where it was recorded"
            while said not in answers(showing, area):
                assert time.monotonic() - begin < patience(SEEN / 2)  # which is never less than SEEN
                time.sleep(0.05)
    with sql.create_engine(store._engine(tmp_path).url).connect() as connection:
        assert connection.execute(sql.select(store.ENTRY.c.seq).order_by(store.ENTRY.c.seq)).scalars().all() == [1, 2]
