"""A paper looked at as a picture and read as an archive would: what must hold of every PDF that leaves."""

import ctypes
import re
from collections.abc import Callable

import pypdfium2
from PIL import Image
from pypdfium2 import raw

EDGE = 0.35  # inches at each side in which nothing stands: what an office printer cannot reach
SCALE = 2  # pixels per point


def pages(paper: bytes) -> list[Image.Image]:
    """Each page as a picture in shades of grey, 144 dots an inch."""
    return [page.render(scale=SCALE).to_pil().convert("L") for page in pypdfium2.PdfDocument(paper)]


def text(paper: bytes) -> str:
    """The letters of all pages without blanks, in the order in which they were set.

    Of Thai clusters what the file itself calls their text (ActualText): glyphs alone give marks twice or behind the wrong letter.
    """
    return "".join(re.sub(r"\s|\u00a0", "", words_of(page)) for page in pypdfium2.PdfDocument(paper))


def words_of(page: pypdfium2.PdfPage) -> str:
    """The letters of one page, blanks as they come."""
    letters, said, before = page.get_textpage(), "", ""
    for one in page.get_objects():
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            actual = _actual(one)
            if not (len(actual) > 2 and actual == before):  # the last of two marks is drawn by itself, and tells all again
                said += actual or _utf16(raw.FPDFTextObj_GetText, one, letters).removeprefix(before)
            before = actual
    return said


def _actual(one: pypdfium2.PdfObject) -> str:
    """What the file says that a cluster's text is; "" where it does not."""
    for place in range(raw.FPDFPageObj_CountMarks(one)):
        mark = raw.FPDFPageObj_GetMark(one, place)
        size, words = ctypes.c_ulong(), ctypes.create_string_buffer(400)
        into = ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort))
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", into, 400, size) and size.value > 2:
            # PDFium takes UTF-16 for UTF-8, drops its first two bytes and gives each other byte as a letter, of which some are no
            # letters; what is told in plain letters, as a picture of a symbol font is, it gives as it is
            given = words.raw[: size.value - 2].decode("utf-16-le")
            return given if given.isascii() and given.isprintable() else given.encode("latin-1").decode("utf-16-be")
    return ""


def _utf16(get: Callable, one: pypdfium2.PdfObject, letters: pypdfium2.PdfTextPage) -> str:
    size = get(one, letters, None, 0)
    words = ctypes.create_string_buffer(size)
    get(one, letters, ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort)), size)
    return words.raw[:size].decode("utf-16-le").rstrip("\0")


def faults(paper: bytes) -> list[str]:
    """What is wrong with it, as PDF/A-2a and as a sheet of paper; nothing when it is whole.

    Read by PDFium and in the file's metadata. Not a full validation: glyph widths, colour profiles and structure are typst's own,
    which refuses to write a PDF/A that breaks a rule it knows.
    """
    document = pypdfium2.PdfDocument(paper)
    xmp = dict(re.findall(rb"<pdfaid:(part|conformance)>(\w+)<", paper))
    found = [] if xmp == {b"part": b"2", b"conformance": b"A"} else [f"its metadata say {xmp}"]
    found += [] if raw.FPDFCatalog_IsTagged(document) else ["no tags"]
    found += [] if b"/OutputIntent" in paper and b"/GTS_PDFA1" in paper else ["no output intent"]
    found += [] if b"/Lang(th)" in paper else ["not said to be Thai"]
    found += ["JavaScript"] if raw.FPDFDoc_GetJavaScriptActionCount(document) else []
    found += [f"/{word.decode()}" for word in (b"Encrypt", b"EmbeddedFile", b"Launch", b"OpenAction") if b"/" + word in paper]
    for number, page in enumerate(document, 1):
        found += [f"page {number}: {fault}" for fault in _of_page(page)]
    return found


def _of_page(page: pypdfium2.PdfPage) -> list[str]:
    objects = list(page.get_objects())
    fonts = {_font(one) for one in objects if one.type == raw.FPDF_PAGEOBJ_TEXT}
    found = [f"{name} is not embedded" for name, embedded in fonts if not embedded]
    found += [f"a typeface {name}" for name, _ in fonts if "Sarabun" not in name]
    found += ["transparency"] if any(raw.FPDFPageObj_HasTransparency(one) for one in objects) else []
    picture = page.render(scale=SCALE).to_pil().convert("L").point(lambda shade: 255 * (shade < 140))
    ink = picture.getbbox()
    if ink is None:
        return [*found, "empty"]
    edge = EDGE * 72 * SCALE
    inside = ink[0] >= edge and ink[1] >= edge and ink[2] <= picture.width - edge and ink[3] <= picture.height - edge
    return found if inside else [*found, f"ink outside the margins: {ink} of {picture.size}"]


def _font(one: pypdfium2.PdfObject) -> tuple[str, bool]:
    font = raw.FPDFTextObj_GetFont(one)
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, 200)
    return name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1
