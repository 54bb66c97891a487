"""Plan the files of a build: the accepted ones and the new ones, newer versions without the older.

A name alone never decides which file another one replaces: every office calls its list ทะเบียนครัวเรือน.xlsx. Two files of one name
stay beside each other, the later with a number, until their content says that one is the newer version of the other.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from etl.clean import carry_forward
from etl.clean.shared_records import stem
from etl.files.filetype import Unreadable, plain_files
from etl.store import RegisterFile, checksum
from etl.wish import Wish


@dataclass(frozen=True)
class FilePlan:
    """Which files a build is made of. `new` are those of a load as the officer calls them, `fresh` says whether they bring
    anything that is not accepted.

    `superseded` are accepted files of which new ones are newer versions; `former` the values of replaced files that stay, once
    they are worked out: until then a build that replaces files has none.
    """

    accepted: list[RegisterFile]
    new: tuple[RegisterFile, ...]
    fresh: bool
    superseded: frozenset[str] = frozenset()
    former: RegisterFile | None = None

    @classmethod
    def of(cls, accepted: list[RegisterFile], given: Sequence[RegisterFile]) -> "FilePlan":
        """The plan with which a load begins; of its files those count that bring something, all where none does."""
        contents = {_content(file) for file in accepted if file.name != carry_forward.NAME}
        fresh = tuple(file for file in given if _content(file) not in contents)
        return cls(accepted, fresh or tuple(given), bool(fresh))

    def without(self, superseded: frozenset[str]) -> "FilePlan":
        """The plan without older versions of the new files."""
        return replace(self, superseded=self.superseded | superseded)

    def carrying(self, former: RegisterFile) -> "FilePlan":
        """The plan with the values that stay."""
        return replace(self, former=former)

    @property
    def replaced(self) -> list[str]:
        """The names of accepted files whose place new ones take."""
        return sorted(self.superseded)

    @property
    def kept_apart(self) -> dict[str, str]:
        """The name that a new file got -> the name that it came with, which another file has."""
        if not self.fresh:
            return {}
        named = zip(self.named(), self.new, strict=True)
        return {file.name: given.name for file, given in named if file.name != given.name}

    def named(self) -> list[RegisterFile]:
        """The new files under the names that they get: their own, or with a number where another file has it."""
        if not self.fresh:
            contents = {_content(file) for file in self.new}
            return [file for file in self._registers() if _content(file) in contents]
        taken = {file.name for file in self._staying()}
        named = []
        for file in self.new:
            named.append(replace(file, name=_free(file.name, taken)))
            taken.add(named[-1].name)
        return named

    def files(self) -> list[RegisterFile]:
        """All files of the build, in the order in which they first came: a newer version where its older one was."""
        coming = {file.name: file for file in self.named()} if self.fresh else {}
        after = []
        for file in self._registers():
            if file.name not in self.superseded:
                after.append(file)
            elif file.name in coming:
                after.append(coming.pop(file.name))
        return [*after, *coming.values(), *self._carried()]

    def _registers(self) -> list[RegisterFile]:
        return [file for file in self.accepted if file.name != carry_forward.NAME]

    def _staying(self) -> list[RegisterFile]:
        return [file for file in self._registers() if file.name not in self.superseded]

    def _carried(self) -> list[RegisterFile]:
        if self.former:
            return [self.former]
        return [] if self.replaced else [file for file in self.accepted if file.name == carry_forward.NAME]


def given(paths: list[Path], folder: Path, wish: Wish) -> list[RegisterFile]:
    """The files of a load, archives unpacked into `folder`, each content of a name once; raises Unreadable with a name before
    the reason."""
    new: dict[tuple[str, tuple[str, str]], RegisterFile] = {}
    for path in paths:
        if not path.exists() or (path.is_dir() and not any(f.is_file() for f in path.rglob("*"))):
            raise Unreadable("no_such_file", "", path.name)
    for name, path in plain_files(paths, folder):
        file = RegisterFile(name, checksum(path), path, {**wish.constants.get("", {}), **wish.constants.get(name, {})})
        new.setdefault((name, _content(file)), file)
    return list(new.values())


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or it with the first number that no other file has."""
    if name not in taken:
        return name
    ending = PurePosixPath(name).suffix
    return next(free for n in range(2, len(taken) + 3) if (free := f"{stem(name)} ({n}){ending}") not in taken)


def _content(file: RegisterFile) -> tuple[str, str]:
    """What a file brings, whatever it is called."""
    return file.checksum, json.dumps(dict(file.constants), sort_keys=True)
