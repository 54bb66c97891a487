"""Fixtures of the rooms below the pages: drawn registers through the production build, and the sample built once."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from etl.load import ensure
from etl.store import Store
from queries.ask import forget
from tests import build_cache
from tests.drawn import Warehouse, loaded, register, write_csv

pytest_plugins = ("tests.reporting",)
settings.register_profile("here", deadline=None, database=None)  # a slow office machine is no fault
settings.load_profile("here")
os.environ.setdefault("BAAN_SUK_CACHE", str(Path(__file__).parent.parent / ".static_cache"))  # nothing lands in anybody's home


@pytest.fixture(scope="session", autouse=True)
def cached_builds() -> Iterator[None]:
    """Builds are made once for all tests, workers and runs (tests/build_cache.py)."""
    with build_cache.caching():
        yield
    build_cache.prune()


@pytest.fixture(autouse=True)
def real_builds(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test marked `builds` has each build made, probed, and keyed by a secret of its own."""
    with build_cache.building() if request.node.get_closest_marker("builds") else contextlib.nullcontext():
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object], Path], object]:
    """`built(what, how, folder)`: `folder` as `how` leaves it; what was made so before is copied, since each build takes a second.

    Returns what `how` returned the first time, so that must not name the folder.
    """
    made: dict[str, tuple[Path, object]] = {}

    def copied(what: str, how: Callable[[Path], object], folder: Path) -> object:
        if what not in made:
            first = tmp_path_factory.mktemp("built") / "data"
            made[what] = first, how(first)
        first, said = made[what]
        shutil.copytree(first, folder)
        forget()  # the copies are one build to whoever keeps answers
        return said

    return copied


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: Callable) -> Callable[..., Warehouse]:
    """`warehouse(household="…", plan="…")`: the drawn registers as files, loaded; each further call loads more."""
    folder = tmp_path / "data"
    monkeypatch.setenv("BAAN_SUK_DATA", str(folder))

    def made(**tables: str) -> Warehouse:
        files = [write_csv(tmp_path / f"{name}.csv", register(name, text)) for name, text in tables.items()]
        if folder.exists():
            return loaded(folder, *files)
        return Warehouse(folder, built(repr(tables), lambda first: loaded(first, *files).report, folder))

    return made


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a build of the sample registers."""
    folder = tmp_path_factory.mktemp("sample")
    store = Store(folder)
    with store.lock():
        ensure(store)
    return folder


@pytest.fixture
def sample(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """The sample, open to questions."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(sample_folder))
    return Warehouse(sample_folder, {})
