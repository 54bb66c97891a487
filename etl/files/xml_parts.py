"""XML of office files to calls of handlers, as it streams by: no document type, no entity of its own, no tree in memory."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
PIECE = 1 << 20  # bytes


class Doctype(ValueError):
    """The XML declares a document type: no office program does, and entities are made there."""


def bare(name: str) -> str:
    """A name without its prefix: programs call the same element c or x:c."""
    return name.rpartition(":")[2]


def parse(pieces: Iterable[bytes], start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Call the handlers with bare names of elements; attributes keep theirs. Raises ExpatError and Doctype."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(bare(name), attributes)
    parser.EndElementHandler = lambda name: end(bare(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise Doctype("a document type")


def pieces(stream: object) -> Iterable[bytes]:
    """What a stream holds, a piece at a time."""
    return iter(lambda: stream.read(PIECE), b"")  # type: ignore[attr-defined]


def nothing(*_: object) -> None:
    """A handler of what is of no interest."""
