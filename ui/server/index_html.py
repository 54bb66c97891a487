"""Rewrite of Streamlit's index.html (language, title, styles, what to fetch first, no inline script), and the 404 page."""

import re
from functools import cache
from html import escape

from ui.i18n import t
from ui.server.streamlit_words import words
from ui.static.static_routes import address
from ui.static.streamlit_chunks import lazy
from ui.static.streamlit_style import NAME, original

STYLES = ("style.css", "panel.css", "charts.css", "component.css", "connection.css", "deck.css")
EVERYWHERE = ("Checkbox", "Html", "Button")  # chunks of the frame, which the entry does not name
ON_PAGE = {  # chunks that stand on one page's first screen; one that is missing here is fetched a round trip later
    "households": ("TextInput", "ButtonGroup", "Pagination"),
    "map": ("ButtonGroup", "BidiComponent", "PageLink"),
    "audit": ("TextInput", "Selectbox", "DateInput"),
    "load": ("FileUploader",),
    "progress": ("Selectbox",),
    "report": ("Radio", "TextInput"),
}


def localised_index(html: str, lang: str, page: str = "") -> str:
    """Streamlit's index.html in the reader's language, with our styles and favicon and without its inline script.

    Without the inline script (a flag for search engines) the content-security policy needs no exception for it. Our own script
    stands before Streamlit's, since it tells Streamlit where its server is.
    """
    noscript = t("This dashboard needs JavaScript. Please allow it in the browser.", lang)
    script = f'<script defer fetchpriority="high" src="{address("connection.js")}"></script>'
    changes = {
        r'<html lang="en">': f'<html lang="{lang}">',
        r"<title>.*?</title>": f"<title>{t('Baan Suk', lang)}</title>",
        r'(?<=<link rel="shortcut icon" href=")[^"]*': address("mark.svg"),
        r'<link\s+rel="preload"\s+href="\./static/media/SourceSans.*?/>': _asked(),
        r'<link rel="service-desc".*?/>': "",
        r"<script>.*?</script>": script,
        r"<noscript>.*?</noscript>": f"<noscript><p>{noscript}</p></noscript>",
        r'<div id="root">': f'{_bar(lang)}{_later(page)}<div id="root">',
        re.escape(f'".{original()}"'): f'"{address(NAME)}"',
        r"</head>": f"{_style()}{_modules()}</head>",
        r"</body>": f"{_last(lang)}</body>",
    }
    for pattern, text in changes.items():
        html = re.sub(pattern, text, html, flags=re.DOTALL)
    return html


def _asked() -> str:
    """The two questions that Streamlit's script puts to the server before it connects, asked at once: a round trip less."""
    return "".join(f'<link rel="preload" as="fetch" crossorigin href="/_stcore/{name}">' for name in ("health", "host-config"))


@cache
def _later(page: str) -> str:
    """Chunks that the page will need, for connection.js to ask for once the entry runs: while Streamlit connects the link is idle.

    Asked for beside the entry they would take 62 kB of its turn, and Chromium starts the entry only when they are there.
    """
    found = lazy((*EVERYWHERE, *ON_PAGE.get(page, ())))
    links = "".join(f'<link rel="modulepreload" crossorigin href="{path}">' for path in found)
    return f'<template id="later">{links}</template>'


def _bar(lang: str) -> str:
    """Says that the page is being opened, before any script has arrived; connection.js says the other things in its place."""
    says = {
        "opening": t("Opening Baan Suk…", lang),
        "waiting": t("Still waiting for the answer, please wait a moment.", lang),
        "lost": t("Connection lost, trying again. Please wait.", lang),
        "ended": t("The connection has ended. Please open this page again.", lang),
        "again": t("Connected again. If what you pressed last has not happened, press it once more.", lang),
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in says.items())
    return f'<div id="connection" role="status" data-live-announcer="true"{data}>{says["opening"]}</div>'


def _last(lang: str) -> str:
    """Scripts that nothing waits for: the button of a text to copy, and Streamlit's own English in the reader's words."""
    said = words(lang)
    copy = f'<script defer src="{address("copy.js")}"></script>'
    copy += f'<script defer src="{address("deck.js")}"></script>'
    return copy + (f'<script defer src="{address("streamlit_words.js")}" data-words="{escape(said)}"></script>' if said else "")


def not_found_page(lang: str) -> str:
    """The 404 page; Streamlit would open the first page under an English message."""
    says, way = t("There is no such page.", lang), t("To the overview", lang)
    front = "/" if lang == "th" else f"/?lang={lang}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{says}</title>{_style()}'
    body = f'<main class="missing"><h1>{says}</h1><p><a class="language" href="{front}">{way}</a></p></main>'
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def _modules() -> str:
    return "".join(f'<script type="module" src="{address(name)}"></script>' for name in ("links.js", "print.js"))


def _style() -> str:
    screen = "".join(f'<link rel="stylesheet" href="{address(name)}">' for name in STYLES)
    return f'{screen}<link rel="stylesheet" media="print" href="{address("print.css")}">'
