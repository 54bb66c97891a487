"""What the parts beside the sheets of an XLSX say: which sheet is which part, since when days are counted, which styles matter."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from etl.files.cell_marks import FONT, FORMAT, Mark
from etl.files.number_formats import DATE, shows, unseen
from etl.files.symbol_fonts import is_symbols, signs
from etl.files.xml_parts import Doctype, nothing, parse, pieces

SYMBOL_FONTS = (b"ingdings", b"ebdings", b"Marlett", b"Symbol", b"symbol")


@dataclass
class Book:
    """`parts`: sheet -> part. `styles`: number of a style -> what it marks. `strings`: number of a text with symbols -> as seen.
    `counts_anew`: whoever opens it is told to calculate all formulas, so that a stored nought may be no value."""

    parts: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Mark] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)
    since_1904: bool = False
    counts_anew: bool = False


MAIN, STYLES, STRINGS = "officeDocument", "styles", "sharedStrings"  # how the types of relations end


def book(archive: zipfile.ZipFile) -> Book:
    """What the workbook says of itself; a part that is damaged or missing says nothing, and values are read all the same."""
    about = Book()
    found = {STYLES: "xl/styles.xml", STRINGS: "xl/sharedStrings.xml"}
    for read in (_workbook, _styles, _strings):
        try:
            read(archive, about, found)
        except (ExpatError, Doctype, KeyError, ValueError, IndexError, zipfile.BadZipFile):
            continue
    return about


def part(archive: zipfile.ZipFile, name: str) -> str:
    """The part of that name, in whichever case it is written; raises KeyError."""
    return name if name in archive.NameToInfo else {known.lower(): known for known in archive.namelist()}[name.lower()]


def _events(archive: zipfile.ZipFile, name: str, start: object, end: object = nothing, text: object = nothing) -> None:
    with archive.open(part(archive, name)) as stream:
        parse(pieces(stream), start, end, text)  # type: ignore[arg-type]


def _relations(archive: zipfile.ZipFile, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Of a part's relations: key -> part, and the last word of the type -> part."""
    folder, file = posixpath.split(name)
    keys: dict[str, str] = {}
    types: dict[str, str] = {}

    def relation(element: str, a: dict[str, str]) -> None:
        if element == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, a.get("Target", ""))).lstrip("/")
            keys[a.get("Id", "")] = target
            types[a.get("Type", "").rpartition("/")[2]] = target

    _events(archive, posixpath.join(folder, "_rels", f"{file}.rels"), relation)
    return keys, types


def _workbook(archive: zipfile.ZipFile, about: Book, found: dict[str, str]) -> None:
    sheets: list[tuple[str, str]] = []

    def element(name: str, a: dict[str, str]) -> None:
        if name == "sheet":
            sheets.append((a.get("name", ""), next((v for k, v in a.items() if k.endswith(":id")), "")))
        elif name == "workbookPr":
            about.since_1904 = a.get("date1904", "0") in ("1", "true", "on")
        elif name == "calcPr":
            about.counts_anew = a.get("fullCalcOnLoad", "0") in ("1", "true", "on")

    _, types = _relations(archive, "")
    main = types.get(MAIN, "xl/workbook.xml")
    keys, types = _relations(archive, main)
    found |= types
    _events(archive, main, element)
    about.parts = {name: part(archive, keys[key]) for name, key in sheets if key in keys}


def _styles(archive: zipfile.ZipFile, about: Book, found: dict[str, str]) -> None:
    fonts: list[str] = []
    codes: dict[int, str] = {}
    formats: list[tuple[int, int]] = []
    inside: list[str] = []

    def start(name: str, a: dict[str, str]) -> None:
        inside.append(name)
        if name == "font" and "fonts" in inside:
            fonts.append("")
        elif name in ("name", "rFont") and inside[-2:-1] == ["font"] and "fonts" in inside:
            fonts[-1] = a.get("val", "")
        elif name == "numFmt" and "numFmts" in inside:
            codes[int(a["numFmtId"])] = a.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            formats.append((int(a.get("numFmtId", 0)), int(a.get("fontId", 0))))

    _events(archive, found[STYLES], start, lambda _: inside.pop())
    for number, (code, font) in enumerate(formats):
        if is_symbols(fonts[font] if font < len(fonts) else ""):
            about.styles[str(number)] = (FONT, fonts[font])
        elif (shown := shows(code, codes.get(code, ""))) and (shown != DATE or unseen(code, codes.get(code, ""))):
            about.styles[str(number)] = (FORMAT, shown)


def _strings(archive: zipfile.ZipFile, about: Book, found: dict[str, str]) -> None:
    """Texts of which a part stands in a symbol font; they are looked for only where such a font is named at all."""
    with archive.open(part(archive, found[STRINGS])) as stream:
        if not any(font in piece for piece in pieces(stream) for font in SYMBOL_FONTS):
            return
    number, font, words, seen, inside = -1, "", [""], [False], [""]

    def start(name: str, a: dict[str, str]) -> None:
        nonlocal number, font
        inside[0] = name
        if name == "si":
            number, font, words[0], seen[0] = number + 1, "", "", False
        elif name == "r":
            font = ""
        elif name == "rFont":
            font = a.get("val", "")

    def text(letters: str) -> None:
        if inside[0] == "t":
            seen[0] = seen[0] or is_symbols(font)
            words[0] += signs(letters, font) if is_symbols(font) else letters

    def end(name: str) -> None:
        inside[0] = ""
        if name == "si" and seen[0]:
            about.strings[str(number)] = words[0]

    _events(archive, found[STRINGS], start, end, text)
