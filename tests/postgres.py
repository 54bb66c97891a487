"""A PostgreSQL of the tests' own: a process on a free port of this machine that ends with the tests, however they end."""

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sql

from tests.patience import patience
from tests.system import postgres
from tests.workers import two_ports

BINARY = postgres()
START = 30  # seconds until it must answer; it takes 0.3
NOBODY = "nobody"  # whom it runs as where the tests are root's, whom it refuses
# What is acknowledged is written out before, as always (synchronous_commit stays on): so it outlives every process, which is what
# the tests kill. It need not outlive the machine, and waiting for the disk is most of what a new database costs.
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=16MB", "autovacuum=off", "max_wal_senders=0")
# A shell between us and it: when our end of its input is closed, also by a kill, it takes the database and its folder away.
KEEPER = '"$@" </dev/null & read -r _; kill -QUIT $!; wait $!; rm -rf "$0"'

GROUP = pytest.mark.xdist_group("postgres")  # one process has the server; a second one would be started for nothing
BOTH = pytest.mark.parametrize("kept_in", ["sqlite", pytest.param("postgresql", marks=GROUP)], indirect=True)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL."""

    port: int

    def address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"t{uuid.uuid4().hex}"
        self.does("postgres", f"create database {name}")
        return self.address(name)

    def does(self, database: str, statement: str) -> None:
        """One statement of the superuser, outside of any transaction."""
        engine = sql.create_engine(self.address(database), isolation_level="AUTOCOMMIT", poolclass=sql.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def drop_connections(self, address: str) -> None:
        """End every connection to a database, as a restart of the server does."""
        name = sql.make_url(address).database
        self.does("postgres", f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """A server with these settings, in a folder of its own that is gone afterwards."""
    assert BINARY
    folder, port = Path(tempfile.mkdtemp(prefix="baansuk-postgres-")), two_ports()
    whose = {"user": NOBODY} if hasattr(os, "geteuid") and os.geteuid() == 0 else {}
    if whose:
        shutil.chown(folder, NOBODY)
    data, log = folder / "data", folder / "log"
    form = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    initdb = [str(Path(BINARY).with_name("initdb")), "-D", str(data), *form]
    options = (f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *settings)
    command = [BINARY, "-D", str(data), *(part for option in options for part in ("-c", option))]
    try:
        subprocess.run(initdb, check=True, cwd=folder, capture_output=True, timeout=patience(60), **whose)
        with open(log, "wb") as said:
            keeper = subprocess.Popen(
                ["sh", "-c", KEEPER, str(folder), *command],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                **whose,
            )
        try:
            _wait(server := Server(port), keeper, log)
            yield server
        finally:
            assert keeper.stdin
            keeper.stdin.close()
            keeper.wait(patience(20))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, keeper: subprocess.Popen, log: Path) -> None:
    """Until it answers."""
    end = time.monotonic() + patience(START)
    while True:
        try:
            return server.does("postgres", "select 1")
        except sql.exc.OperationalError as fault:
            if keeper.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text('utf-8', 'replace')}") from fault
            time.sleep(0.05)
