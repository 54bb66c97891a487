"""Tables of an HTML page as rows of text: many systems save one and call it .xls."""

import re
from html.parser import HTMLParser

from etl.files.cell_marks import FONT, Said
from etl.files.symbol_fonts import is_symbols

FAMILY = re.compile(r"""font-family\s*:\s*["']?([^;"',}]+)""", re.I)
CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")

SPAN = 200  # columns or rows that one cell may stretch over


class Tables(HTMLParser):
    """Collects the rows of all tables, in order; a cell over several columns or rows stands in the first of them, and is told."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.said = Said()
        self._fonts: dict[str, str] = {}  # class -> font of pictures
        self._in_style = False
        self._cell: list[str] | None = None
        self._width = 1
        self._below: dict[int, int] = {}  # column -> rows that a cell above still reaches into

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or a cell begins."""
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
            if _unseen(dict(attrs)):
                self.said.hidden_rows.add(len(self.rows) - 1)
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            spans = {name: int(value) for name, value in attrs if value and value.isdecimal()}
            self._width = min(spans.get("colspan", 1), SPAN)
            self._skip_reached()
            if (height := min(spans.get("rowspan", 1), SPAN)) > 1:
                self._below |= {len(self.rows[-1]) + i: height for i in range(self._width)}
            if height > 1 or self._width > 1:
                at, column = len(self.rows) - 1, len(self.rows[-1])
                self.said.merged.append(((at, column), (at + height - 1, column + self._width - 1)))
            self._cell = []
            self._font(dict(attrs))
        elif tag in ("font", "span") and self._cell is not None:
            self._font(dict(attrs))
        elif tag == "style":
            self._in_style = True
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A row, a cell or a table ends."""
        self._in_style = self._in_style and tag != "style"
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "tr":
            self._below = {column: rows - 1 for column, rows in self._below.items() if rows > 1}

    def handle_data(self, data: str) -> None:
        """Text of the open cell, or the classes of the page."""
        if self._in_style:
            named = ((name, FAMILY.search(rules)) for name, rules in CLASS.findall(data))
            self._fonts |= {name: family[1] for name, family in named if family and is_symbols(family[1])}
        elif self._cell is not None:
            self._cell.append(data)

    def _font(self, attributes: dict[str, str | None]) -> None:
        """Mark the open cell where it, or an element in it, stands in a font of pictures."""
        family = FAMILY.search(attributes.get("style") or "")
        classed = (self._fonts[name] for name in (attributes.get("class") or "").split() if name in self._fonts)
        font = attributes.get("face") or (family[1] if family else next(classed, ""))
        if font and is_symbols(font):
            self.said.mark(len(self.rows) - 1, len(self.rows[-1]), FONT, font)

    def _skip_reached(self) -> None:
        while self._below.get(len(self.rows[-1]), 0) and self._cell is None:
            self.rows[-1].append("")

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = " ".join("".join(self._cell).replace("\xa0", " ").split())
            self.rows[-1] += [text, *[""] * (self._width - 1)]
            self._cell = None


def _unseen(attributes: dict[str, str | None]) -> bool:
    """Whether a page does not show a row."""
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()


def rows(text: str) -> tuple[list[list[str]], Said]:
    """All rows of all tables in an HTML text, each as long as the longest, and what is said of them."""
    page = Tables()
    page.feed(text)
    page.close()
    width = max((len(row) for row in page.rows), default=0)
    return [row + [""] * (width - len(row)) for row in page.rows], page.said
