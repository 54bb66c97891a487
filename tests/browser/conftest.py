"""The whole app in a real browser: a sample warehouse, the server on a free port, Chromium that can reach nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.app import SIZES, Screen, reader_of, sample_build, serving, started

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests go to one worker: one server, one Chromium."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a build of the sample registers; never the real one."""
    return sample_build(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running app's address."""
    with serving(data, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; a missing one is a failure that says what to install."""
    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> dict[str, BrowserContext]:
    """A browser profile per size, kept: its cache spares every test the loading of Streamlit."""
    return {size: reader_of(chromium, size) for size in SIZES}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Both screens; a test that needs only one says so by `parametrize("size", …)`."""
    return request.param


@pytest.fixture
def screen(size: str, profiles: dict[str, BrowserContext], server: str) -> Iterator[Screen]:
    """A fresh page, on a projector and on a touch tablet; nothing outside may have been asked when the test ends."""
    shown = Screen(profiles[size].new_page(), server)
    yield shown
    shown.page.close()
    assert shown.outside == []
    assert shown.complaints == []
