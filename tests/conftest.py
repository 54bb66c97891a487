"""Fixtures of the rooms below the pages: drawn registers through the production build, and the sample built once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from etl.load import ensure
from etl.store import Store
from tests.drawn import Warehouse, loaded, register, write_csv

settings.register_profile("here", deadline=None, database=None)  # a slow office machine is no fault
settings.load_profile("here")


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Warehouse]:
    """`warehouse(household="…", plan="…")`: the drawn registers as files, loaded; each further call loads more."""
    monkeypatch.setenv("BAAN_SUK_DATA", str(tmp_path / "data"))

    def made(**tables: str) -> Warehouse:
        files = [write_csv(tmp_path / f"{name}.csv", register(name, text)) for name, text in tables.items()]
        return loaded(tmp_path / "data", *files)

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
