"""Plan the files of a build: the accepted ones and the new ones, of one name the new one, newer versions without the older."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from etl.clean import carry_forward
from etl.files.filetype import Unreadable, plain_files
from etl.store import RegisterFile, checksum
from etl.wish import Wish


@dataclass(frozen=True)
class FilePlan:
    """Which files a build is made of. `new` are those of a load, `fresh` says whether they bring anything that is not accepted.

    `superseded` are accepted files of which new ones are newer versions; `former` the values of replaced files that stay, once
    they are worked out: until then a build that replaces files has none.
    """

    accepted: list[RegisterFile]
    new: dict[str, RegisterFile]
    fresh: bool
    superseded: frozenset[str] = frozenset()
    former: RegisterFile | None = None

    @classmethod
    def of(cls, accepted: list[RegisterFile], given: dict[str, RegisterFile]) -> "FilePlan":
        """The plan with which a load begins; of its files those count that bring something, all where none does."""
        contents = {_content(file) for file in accepted if file.name != carry_forward.NAME}
        fresh = {name: file for name, file in given.items() if _content(file) not in contents}
        return cls(accepted, fresh or given, bool(fresh))

    def without(self, superseded: frozenset[str]) -> "FilePlan":
        """The plan without older versions of the new files."""
        return replace(self, superseded=self.superseded | superseded)

    def carrying(self, former: RegisterFile) -> "FilePlan":
        """The plan with the values that stay."""
        return replace(self, former=former)

    @property
    def replaced(self) -> list[str]:
        """The names of accepted files whose place new ones take."""
        names = {file.name for file in self._registers()} & self.new.keys() if self.fresh else set()
        return sorted(self.superseded | names)

    def files(self) -> list[RegisterFile]:
        """All files of the build, in the order in which they first came."""
        after = [self.new.get(f.name, f) for f in self._registers() if f.name not in self.superseded]
        names = {file.name for file in after}
        after += [file for name, file in self.new.items() if name not in names] if self.fresh else []
        return after + self._carried()

    def _registers(self) -> list[RegisterFile]:
        return [file for file in self.accepted if file.name != carry_forward.NAME]

    def _carried(self) -> list[RegisterFile]:
        if self.former:
            return [self.former]
        return [] if self.replaced else [file for file in self.accepted if file.name == carry_forward.NAME]


def given(paths: list[Path], folder: Path, wish: Wish) -> dict[str, RegisterFile]:
    """The files of a load by name, archives unpacked into `folder`; raises Unreadable with a name before the reason."""
    new: dict[str, RegisterFile] = {}
    for path in paths:
        if not path.exists() or (path.is_dir() and not any(f.is_file() for f in path.rglob("*"))):
            raise Unreadable("no_such_file", "", path.name)
    for name, path in plain_files(paths, folder):
        file = RegisterFile(name, checksum(path), path, {**wish.constants.get("", {}), **wish.constants.get(name, {})})
        if name in new and new[name].checksum != file.checksum:
            raise Unreadable("same_name", "", name)
        new[name] = file
    return new


def _content(file: RegisterFile) -> tuple[str, str]:
    """What a file brings, whatever it is called."""
    return file.checksum, json.dumps(dict(file.constants), sort_keys=True)
