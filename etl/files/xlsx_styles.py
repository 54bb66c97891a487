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


def book(archive: zipfile.ZipFile) -> Book:
    """What the workbook says of itself; a part that is damaged or missing says nothing, and values are read all the same."""
    about = Book()
    for read in (_workbook, _styles, _strings):
        try:
            read(archive, about)
        except (ExpatError, Doctype, KeyError, ValueError, IndexError, zipfile.BadZipFile):
            continue
    return about


def _events(archive: zipfile.ZipFile, part: str, start: object, end: object = nothing, text: object = nothing) -> None:
    with archive.open(part) as stream:
        parse(pieces(stream), start, end, text)  # type: ignore[arg-type]


def _workbook(archive: zipfile.ZipFile, about: Book) -> None:
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, a: dict[str, str]) -> None:
        if name == "Relationship":
            targets[a.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", a.get("Target", ""))).lstrip("/")

    def element(name: str, a: dict[str, str]) -> None:
        if name == "sheet":
            sheets.append((a.get("name", ""), next((v for k, v in a.items() if k.endswith(":id")), "")))
        elif name == "workbookPr":
            about.since_1904 = a.get("date1904", "0") in ("1", "true", "on")
        elif name == "calcPr":
            about.counts_anew = a.get("fullCalcOnLoad", "0") in ("1", "true", "on")

    _events(archive, "xl/workbook.xml", element)
    _events(archive, "xl/_rels/workbook.xml.rels", relation)
    about.parts = {name: targets[key] for name, key in sheets if key in targets}


def _styles(archive: zipfile.ZipFile, about: Book) -> None:
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

    _events(archive, "xl/styles.xml", start, lambda _: inside.pop())
    for number, (code, font) in enumerate(formats):
        if is_symbols(fonts[font] if font < len(fonts) else ""):
            about.styles[str(number)] = (FONT, fonts[font])
        elif (shown := shows(code, codes.get(code, ""))) and (shown != DATE or unseen(code, codes.get(code, ""))):
            about.styles[str(number)] = (FORMAT, shown)


def _strings(archive: zipfile.ZipFile, about: Book) -> None:
    """Texts of which a part stands in a symbol font; they are looked for only where such a font is named at all."""
    with archive.open("xl/sharedStrings.xml") as stream:
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

    _events(archive, "xl/sharedStrings.xml", start, end, text)
