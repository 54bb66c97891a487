"""Rewrite of Streamlit's index.html (language, title, styles, no inline script), and the 404 page."""

import re

from ui.i18n import t
from ui.static.static_routes import address

STYLES = ("style.css", "panel.css", "charts.css", "component.css")


def localised_index(html: str, lang: str) -> str:
    """Streamlit's index.html in the reader's language, with our styles and favicon and without its inline script.

    Without the inline script (a flag for search engines) the content-security policy needs no exception for it.
    """
    noscript = t("This dashboard needs JavaScript. Please allow it in the browser.", lang)
    changes = {
        r'<html lang="en">': f'<html lang="{lang}">',
        r"<title>.*?</title>": f"<title>{t('Baan Suk', lang)}</title>",
        r'(?<=<link rel="shortcut icon" href=")[^"]*': address("mark.svg"),
        r'<link\s+rel="preload"\s+href="\./static/media/SourceSans.*?/>': "",
        r'<link rel="service-desc".*?/>': "",
        r"<script>.*?</script>": "",
        r"<noscript>.*?</noscript>": f"<noscript><p>{noscript}</p></noscript>",
        r"</head>": f'{_style()}<script type="module" src="{address("links.js")}"></script></head>',
    }
    for pattern, text in changes.items():
        html = re.sub(pattern, text, html, flags=re.DOTALL)
    return html


def not_found_page(lang: str) -> str:
    """The 404 page; Streamlit would open the first page under an English message."""
    says, way = t("There is no such page.", lang), t("To the overview", lang)
    front = "/" if lang == "th" else f"/?lang={lang}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{says}</title>{_style()}'
    body = f'<main class="missing"><h1>{says}</h1><p><a class="language" href="{front}">{way}</a></p></main>'
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def _style() -> str:
    return "".join(f'<link rel="stylesheet" href="{address(name)}">' for name in STYLES)
