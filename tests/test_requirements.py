"""What is installed is what was pinned, all of it and nothing else: the part of a dependency audit that needs no network."""

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([0-9][0-9A-Za-z.+!]*)( ; [^#]+)?(\s+#.*)?")
OF_PYTHON = {"pip", "setuptools"}


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8").splitlines()
    return [line.strip() for line in text if line.strip() and not line.startswith(("#", "-r "))]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, Version]:
    found = [PIN.fullmatch(line) for name in FILES for line in lines(name)]
    return {plain(pin[1]): Version(pin[2]) for pin in found if pin}


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_to_one_version_of_the_registry(name: str) -> None:
    assert [line for line in lines(name) if not PIN.fullmatch(line)] == []
    names = [plain(line.split("==")[0]) for line in lines(name)]
    assert len(names) == len(set(names))


def test_what_is_installed_was_pinned() -> None:
    installed = {plain(d.metadata["Name"]): Version(d.version) for d in distributions()}
    strange = {name: version for name, version in installed.items() if name not in OF_PYTHON and pins().get(name) != version}
    assert strange == {}
