"""A text to copy, with its button: `st.code` would fetch a syntax highlighter of 1.6 MB for it, and says "Copy to clipboard"."""

from html import escape

import streamlit as st

from ui.i18n import t


def copy_text(text: str) -> None:
    """Show plain text as it is, its lines wrapped, and a button that copies it (ui/static/copy.js)."""
    button = (
        f'<button type="button" class="copy" data-done="{escape(t("Copied"))}" aria-live="polite">{escape(t("Copy"))}</button>'
    )
    st.html(f'<div class="copy">{button}<pre>{escape(text, quote=False)}</pre></div>')
