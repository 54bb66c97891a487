"""The whole app in a real browser: a sample warehouse, the server on a free port, Chromium that can reach nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from queries import DESK, NATION
from tests.browser.app import SIZES, Screen, reader_of, sample_copy, serving, started

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests go to one worker: one Chromium, and one server for all that only reads the same data."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class App:
    """A running app: its address, the log of its process, and the link that it takes for its data folder."""

    address: str
    log: Path
    link: Path

    @contextmanager
    def over(self, data: Path) -> Iterator[str]:
        """Its address while it shows another data folder: it follows a pointer that moves, which spares a start of 3 CPU-seconds."""
        before = self.link.readlink()
        self._follow(data)
        try:
            yield self.address
        finally:
            self._follow(before)

    def _follow(self, data: Path) -> None:
        (new := self.link.with_name("new")).symlink_to(data)
        new.replace(self.link)


@dataclass(frozen=True)
class Named(App):
    """An app that shows what the reader may see whom a test names."""

    reader: Path

    def seen_by(self, role: str, *areas: str) -> None:
        """From the next run on."""
        self.reader.write_text(" ".join([role, *(areas or (NATION,))]), "utf-8")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a build of the sample registers; never the real one."""
    return sample_copy(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def app(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, over the sample until somebody puts another folder there."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "link").symlink_to(data)
    with serving(folder / "link", folder) as address:
        yield App(address, folder / "log", folder / "link")


@pytest.fixture(scope="session")
def named(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Named]:
    """The app for a reader whom a test names."""
    folder = tmp_path_factory.mktemp("named")
    (folder / "link").symlink_to(data)
    (folder / "reader").write_text(f"{DESK.role} {NATION}", "utf-8")
    with serving(folder / "link", folder, reader=folder / "reader") as address:
        yield Named(address, folder / "log", folder / "link", folder / "reader")


@pytest.fixture(scope="session")
def server(app: App) -> str:
    """The address of the app over the sample."""
    return app.address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; a missing one is a failure that says what to install."""
    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> dict[str, BrowserContext]:
    """A browser profile per size, kept: its cache spares every test the loading of Streamlit."""
    return {size: reader_of(chromium, size) for size in SIZES}


@pytest.fixture(scope="session")
def screens(profiles: dict[str, BrowserContext]) -> Callable[[str, str], Screen]:
    """`screens(size, address)`: the one screen of a size, handed from test to test; a new one when a test has broken or closed it."""
    kept: dict[str, Screen] = {}

    def screen(size: str, address: str) -> Screen:
        if size not in kept or kept[size].page.is_closed():
            kept[size] = Screen(profiles[size].new_page(), address)
        return kept[size].handed(address)

    return screen


@pytest.fixture
def look(screens: Callable[[str, str], Screen], request: pytest.FixtureRequest) -> Iterator[Callable[..., Screen]]:
    """`look(size, address)`: a screen of that size; nothing outside may have been asked when the test ends, nothing complained."""
    seen: list[Screen] = []

    def looking(size: str, address: str) -> Screen:
        seen.append(screens(size, address))
        return seen[-1]

    failed = request.session.testsfailed
    yield looking
    if request.session.testsfailed > failed:
        for screen in seen:
            screen.page.close()  # nobody knows how it was left
    assert [screen.outside + screen.complaints for screen in seen] == [[] for _ in seen]


@pytest.fixture
def size() -> str:
    """The projector; a test of what depends on the size is `on_both`, one of what fingers do `on_a_tablet`."""
    return "projector"


@pytest.fixture
def screen(size: str, look: Callable[..., Screen], server: str) -> Screen:
    """The sample on a projector or a touch tablet."""
    return look(size, server)
