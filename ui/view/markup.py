"""Markup of panels: headings, figures, notes, links, badges. Words are escaped where they come in: data can be no tag and no link."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from queries import Filters
from ui.filters.url import link
from ui.i18n import template
from ui.view.labels import missing

BOLD = re.compile(r"\*\*(.+?)\*\*")
DOT = Markup(" · ")
Figure = tuple[str, str, str]  # label, number, and what the number is a part of


def rich(message: str, /, **values: object) -> Markup:
    """A message of the catalogue in the reader's language: its **bold** is bold, its {placeholders} are escaped."""
    text = BOLD.sub(r"<b>\1</b>", str(escape(template(message))))
    return Markup(text).format(**values) if values else Markup(text)


def words(value: object) -> Markup:
    """Data as letters; nothing for what is missing."""
    return Markup("") if missing(value) else escape(value)


def bold(text: object) -> Markup:
    """Bold words."""
    return Markup("<b>{}</b>").format(text)


def dotted(parts: Iterable[object]) -> Markup:
    """ "one · two": those that are not empty."""
    return DOT.join(escape(part) for part in parts if part)


def heading(text: object) -> Markup:
    """The heading of a part of a page."""
    return Markup("<h3>{}</h3>").format(text)


def text(words: object, kind: str = "") -> Markup:
    """A paragraph; `kind` is "caption" for what explains a figure, "note" for what a reader should see first."""
    return Markup('<p class="{}">{}</p>').format(kind, words) if kind else Markup("<p>{}</p>").format(words)


def figures(row: Sequence[Figure], kind: str = "") -> Markup:
    """Figures side by side, each with its denominator."""
    one = Markup('<div><dt>{}</dt><dd class="{}">{}</dd><dd>{}</dd></div>')
    inside = (one.format(label, _size(words_of(value)), value, of) for label, value, of in row)
    return Markup('<dl class="figures {}">{}</dl>').format(kind, Markup("").join(inside))


def _size(text: str) -> str:
    """What panel.css calls a figure by its length: an amount of money is smaller where its tile is narrow."""
    if not re.search(r"\d", text):
        return "words"
    return "longest" if len(text) > 8 else "long" if len(text) > 6 else ""


def words_of(value: str) -> str:
    """What stands on the screen of a text that may be a link."""
    return value.striptags() if isinstance(value, Markup) else value


def listed(rows: Iterable[object]) -> Markup:
    """A list with a mark before each row."""
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(row) for row in rows))


def columns(*parts: object, widths: str = "even") -> Markup:
    """Parts side by side where there is room; `widths` is a class of panel.css."""
    inside = Markup("").join(Markup("<div>{}</div>").format(part) for part in parts)
    return Markup('<div class="columns {}">{}</div>').format(widths, inside)


def wide(table: Markup, says: str) -> Markup:
    """A table with more columns than the screen has room for: it moves sideways by finger and by keyboard."""
    return Markup('<div class="wide" tabindex="0" role="region" aria-label="{}">{}</div>').format(says, table)


def framed(parts: Iterable[object]) -> Markup:
    """Parts side by side, each in a frame, as high as the highest."""
    return Markup('<div class="framed">{}</div>').format(
        Markup("").join(Markup("<div>{}</div>").format(part) for part in parts)
    )


def folded(says: object, part: object) -> Markup:
    """A part that is shown when somebody opens it."""
    return Markup("<details><summary>{}</summary>{}</details>").format(says, part)


def badge(colour: str, text: object) -> Markup:
    """A state in a frame of "red", "green" or "gray", with a sign or a word of its own: never by colour alone."""
    return Markup('<span class="badge {}">{}</span>').format(colour, text)


def go(page: str, filters: Filters, label: object, /, **more: str | None) -> Markup:
    """A link to a page of the app that keeps the filters (ui/static/links.js goes there without loading the app again)."""
    return Markup('<a class="go" href="{}"><span>{}</span></a>').format(link(page, filters, **more), label)


def small(page: str, filters: Filters, label: object, /, **more: str | None) -> Markup:
    """A link within a line or on a figure."""
    return Markup('<a class="go small" href="{}">{}</a>').format(link(page, filters, **more), label)


def household(filters: Filters, ref: str, label: object) -> Markup:
    """A link to one household."""
    return go("household", filters, label, household=ref)


def table(columns: dict[str, Sequence[object]], alt: str) -> Markup:
    """A table: heading -> cells of its column."""
    cell = Markup("<td>{}</td>")
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in columns)
    rows = (Markup("").join(cell.format(value) for value in row) for row in zip(*columns.values(), strict=True))
    body = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in rows)
    return Markup('<table aria-label="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(alt, head, body)
