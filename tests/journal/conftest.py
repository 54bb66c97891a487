"""Where the journal of a test lies: in its data folder, or in a database of its own on a PostgreSQL of the run."""

from collections.abc import Iterator

import pytest

from journal import store
from queries import reach
from tests import postgres
from tests.postgres import QUICK, Server
from tests.system import NO_POSTGRES


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """One PostgreSQL for all tests of this process; without one the test is skipped, with what to install."""
    if not postgres.BINARY:
        pytest.skip(NO_POSTGRES)
    with postgres.running(*QUICK) as server:
        yield server


@pytest.fixture(autouse=True)
def answers_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a verb does: a page that another test drew has told this process to read on without the journal."""
    monkeypatch.setattr(reach, "_reading_on", False)


@pytest.fixture
def shared(database_server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, named to this process and its children as that of the journal."""
    address = database_server.database()
    monkeypatch.setenv(store.ADDRESS, address)
    yield address
    for (_, of), opened in store._stores.items():
        if of == address:
            opened.engine.dispose()  # a server has a hundred connections for all tests


@pytest.fixture
def kept_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """`sqlite` unless a test is parametrised (tests.postgres.BOTH): then also `postgresql`."""
    engine: str = getattr(request, "param", "sqlite")
    if engine == "postgresql":
        request.getfixturevalue("shared")
    else:
        monkeypatch.delenv(store.ADDRESS, raising=False)
    return engine
