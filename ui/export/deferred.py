"""A file that is made when the browser asks for it, after the run that drew its button is over: there is nobody to ask then who asks."""

from collections.abc import Callable
from dataclasses import dataclass

from queries import Reader
from ui.filters import controls
from ui.session import identity
from ui.view.i18n import language


@dataclass(frozen=True)
class Requester:
    """For whom a run draws: the e-mail or "desk", what they may see, and "th" or "en"."""

    who: str
    reader: Reader
    language: str


def requester() -> Requester:
    """Who asks in this run."""
    return Requester(identity.who(), controls.chosen()[1], language())


def deferred(make: Callable[[Requester], bytes]) -> Callable[[], bytes]:
    """A file for whoever this run draws for, made when they take it; raises identity.Refused where they may no longer."""
    of = requester()

    def made() -> bytes:
        if not identity.still_authorised(of.who, of.reader):
            raise identity.Refused("unknown", of.who)
        return make(of)

    return made
