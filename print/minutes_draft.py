"""The minutes as DOCX for the secretary to edit: Sarabun for Thai text, too, Thai as its language, fields for the page numbers."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from print.thai_forms import THAI_DIGITS

FACE = "Sarabun"
SIZE = 12  # pt, of Sarabun: as tall as 16 pt of TH SarabunPSK
DOTS = "." * 40  # a line to write on
EDGE = {"left_margin": Cm(3), "right_margin": Cm(2), "top_margin": Cm(2), "bottom_margin": Cm(2), "page_width": Cm(21), "page_height": Cm(29.7)}  # fmt: skip
STAMP = (1980, 1, 1, 0, 0, 0)  # of every part of the zip: a clock's would make other bytes every time


def docx(words: dict) -> bytes:
    """The draft as bytes, the same for the same words (`minutes_words.words`)."""
    draft = python_docx.Document()
    thai_style(draft)
    _edges(draft, words)
    _head(draft, words)
    for name, group in (("ผู้มาประชุม", "present"), ("ผู้ไม่มาประชุม", "absent"), ("ผู้เข้าร่วมประชุม", "attending")):
        _people(draft, name, words[group], words)
    _told(draft, "เริ่มประชุมเวลา", words["began"])
    for item in words["items"]:
        _item(draft, item, words)
    _corrections(draft, words)
    _told(draft, "เลิกประชุมเวลา", words["ended"])
    for role, who in (("ผู้จดรายงานการประชุม", words["taker"]), ("ผู้ตรวจรายงานการประชุม", words["checker"])):
        _signature(draft, role, who)
    for line in words["source"]:
        _line(draft, line, size=8.5)
    return _bytes(draft)


def thai_style(draft: Any) -> None:
    """Sarabun, its size and the Thai language for complex scripts, too: Word sets Thai letters by those alone."""
    style = draft.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(SIZE)
    properties = style.element.get_or_add_rPr()
    for side in ("w:cs", "w:eastAsia", "w:hAnsi"):
        properties.rFonts.set(qn(side), FACE)
    _add(properties, "w:szCs", val=str(SIZE * 2))  # half points
    _add(properties, "w:lang", val="en-US", eastAsia="en-US", bidi="th-TH")
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(2), 1.15


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _written(paragraph: Any, text: str, bold: bool = False, size: float | None = None) -> Any:
    """A run whose weight and size hold for Thai letters, too."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.cs_bold = bold or None
    if size:
        run.font.size = Pt(size)
        _add(run._r.get_or_add_rPr(), "w:szCs", val=str(int(size * 2)))
    return run


def _line(draft: Any, text: str = "", bold: bool = False, align: Any = None, size: float | None = None) -> Any:
    paragraph = draft.add_paragraph()
    paragraph.alignment = align
    if text:
        _written(paragraph, text, bold, size)
    return paragraph


def _told(draft: Any, name: str, value: str) -> None:
    """ "เริ่มประชุมเวลา 09.30 น." with the first in bold."""
    paragraph = _line(draft, f"{name} ", bold=True)
    paragraph.paragraph_format.space_before = Pt(8)
    _written(paragraph, value or DOTS)


def _titled(draft: Any, text: str) -> Any:
    """A heading of the draft: bold, and never alone at the end of a page."""
    paragraph = _line(draft, text, bold=True)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(10), True
    return paragraph


def _head(draft: Any, words: dict) -> None:
    _line(draft, f"รายงานการประชุม{words['body']}", True, ALIGN.CENTER, 15)
    for name in (f"ครั้งที่ {words['number'] or DOTS}", f"เมื่อวันที่ {words['date'] or DOTS}", f"ณ {words['place'] or DOTS}"):
        _line(draft, name, True, ALIGN.CENTER)
    _line(draft, "_" * 12, align=ALIGN.CENTER)


def _digits(n: int, words: dict) -> str:
    return str(n).translate(THAI_DIGITS) if words["thai_digits"] else str(n)


def _people(draft: Any, name: str, people: list[dict], words: dict) -> None:
    """A list of people, numbered; nothing where it is empty, as the form says "ถ้ามี"."""
    if not people:
        return
    _titled(draft, name)
    table = draft.add_table(rows=0, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, (1, 6.5, 8.5), strict=True):
        column.width = Cm(width)
    for n, one in enumerate(people, 1):
        row = table.add_row().cells
        for cell, text, column in zip(row, (f"{_digits(n, words)}.", one["name"], one["position"]), table.columns, strict=True):
            cell.width = column.width
            _written(cell.paragraphs[0], text)


def _item(draft: Any, item: dict, words: dict) -> None:
    _titled(draft, f"ระเบียบวาระที่ {item['number']}  {item['title']}")
    for said in item["said"]:
        paragraph = _line(draft, said, align=ALIGN.THAI_JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
    for figure in item["figures"]:
        _figure(draft, figure)
    if item["outcomes"]:
        _titled(draft, "มติที่ประชุม")
    for one in item["outcomes"]:
        _outcome(draft, one, words)


def _figure(draft: Any, figure: dict) -> None:
    if figure["title"]:
        _titled(draft, figure["title"])
    if not figure["columns"]:
        return
    table = draft.add_table(rows=0, cols=len(figure["columns"]), style="Table Grid")
    for n, row in enumerate((figure["columns"], *figure["rows"])):
        made = table.add_row()
        if n == 0:
            _add(made._tr.get_or_add_trPr(), "w:tblHeader")  # comes again on the next page
        for cell, text in zip(made.cells, row, strict=True):
            _written(cell.paragraphs[0], text, bold=n == 0, size=10)
    _line(draft)


def _outcome(draft: Any, one: dict, words: dict) -> None:
    paragraph = draft.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.2), Cm(-1)
    _written(paragraph, f"({_digits(one['n'], words)}) ")
    _written(paragraph, one["word"], bold=True)
    _written(paragraph, f" {one['text']}")
    for line in one["more"]:
        paragraph.add_run().add_break()
        _written(paragraph, line)


def _corrections(draft: Any, words: dict) -> None:
    if words["corrections"]:
        _titled(draft, "การแก้ไขรายงานการประชุม")
    for n, one in enumerate(words["corrections"], 1):
        _line(draft, f"{_digits(n, words)}. {one}")


def _signature(draft: Any, role: str, who: dict) -> None:
    """The place to sign, kept on one page."""
    lines = [f"(ลงชื่อ) {DOTS}", f"({who['name'] or DOTS})", who["position"], role]
    written = [text for text in lines if text]
    for n, text in enumerate(written):
        paragraph = _line(draft, text, align=ALIGN.CENTER)
        paragraph.paragraph_format.left_indent = Cm(7)
        paragraph.paragraph_format.space_before = Pt(22 if n == 0 else 0)
        paragraph.paragraph_format.keep_with_next = n < len(written) - 1


def _edges(draft: Any, words: dict) -> None:
    """A4, the mark of sample data above, page numbers, filter sentence and date below, title and dates of the file."""
    section = draft.sections[0]
    for name, value in EDGE.items():
        setattr(section, name, value)
    if words["sample"]:
        above = section.header.paragraphs[0]
        above.alignment = ALIGN.CENTER
        _written(above, words["watermark"], bold=True, size=20)
    below = section.footer.paragraphs[0]
    _written(below, f"{words['footer']}  หน้า ".lstrip(), size=8.5)
    _field(below, "PAGE")
    if words["thai_digits"]:  # of the section: LibreOffice takes the field's own switch for Thai letters
        section._sectPr.find(qn("w:cols")).addprevious(_add(section._sectPr, "w:pgNumType", fmt="thaiNumbers"))
    about = draft.core_properties
    about.title, about.author, about.comments, about.language = words["title"], words["office"], "", "th-TH"
    day = datetime.fromisoformat(words["as_of"] or "2000-01-01").replace(tzinfo=UTC)
    about.created = about.modified = day


def _field(paragraph: Any, code: str) -> None:
    """A field that Word and LibreOffice count themselves."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = _written(paragraph, "1" if kind == "text" else "", size=8.5)
        if kind is None:
            _add(run._r, "w:instrText").text = f" {code} "
        elif kind != "text":
            _add(run._r, "w:fldChar", fldCharType=kind)


def _bytes(draft: Any) -> bytes:
    """Zipped anew with one date for all parts."""
    made, stamped = io.BytesIO(), io.BytesIO()
    draft.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in _parts(old):
            new.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return stamped.getvalue()


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in book.namelist():
        yield name, book.read(name)
