"""Deferred download: capture user, role and language now, re-check the right at click.

The file is made when the browser fetches it; the script run that drew the button is over then, and with it `identity`."""

from collections.abc import Callable
from dataclasses import dataclass

from queries import Reader
from ui.auth import identity
from ui.filters import controls
from ui.i18n import language


@dataclass(frozen=True)
class Requester:
    """The user of a script run: e-mail or "desk", role with areas, and language, "th" or "en"."""

    who: str
    reader: Reader
    language: str


def requester() -> Requester:
    """The user of this script run."""
    return Requester(identity.who(), controls.chosen()[1], language())


def deferred(make: Callable[[Requester], bytes]) -> Callable[[], bytes]:
    """A callable for `st.download_button` that makes the file for this run's user at click; it raises identity.Refused
    where the right has been withdrawn since."""
    of = requester()

    def made() -> bytes:
        if not identity.still_authorised(of.who, of.reader):
            raise identity.Refused("unknown", of.who)
        return make(of)

    return made
