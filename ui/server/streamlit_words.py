"""Streamlit's own English in the reader's language: what its interface says for which its functions take no words of ours."""

import json
from functools import cache

from ui.i18n import t


@cache
def words(lang: str) -> str:
    """English -> the reader's words as JSON, empty in English; ui/static/streamlit_words.js puts them in place.

    Where a text goes on with what nobody knows before (a number, an address) it ends with "…"; so do our words if they keep that.
    """
    if lang == "en":
        return ""
    return json.dumps(dict(zip(_said("en"), _said(lang), strict=True)), ensure_ascii=False, separators=(",", ":"))


def _said(lang: str) -> list[str]:
    return [
        t("Skip to main content", lang),
        t("Link to heading", lang),
        t("Help", lang),
        t("Pagination", lang),
        t("Page …", lang),
        t("Previous page", lang),
        t("Next page", lang),
        t("Clear entry", lang),
        t("Clear value", lang),
        t("Clear all", lang),
        t("Select all", lang),
        t("No results", lang),
        t("Open", lang),
        t("Press Enter to apply", lang),
        t("Add files", lang),
        t("Upload", lang),
        t("file upload", lang),
        t("Choose date", lang),
        t("Choose date range", lang),
        t("Clear date", lang),
        t("Clear dates", lang),
        t("Select...", lang),
        t("Choose an option", lang),
        t("Choose options", lang),
        t("Calendar", lang),
        t("Show/hide columns", lang),
        t("Search", lang),
        t("Type to search", lang),
        t("Close Search", lang),
        t("Fullscreen", lang),
        t("Close fullscreen", lang),
        t("Scrollable table", lang),
        t("Network issue", lang),
        t("Network Error", lang),
        t("Download failed", lang),
        t("Cannot load Streamlit frontend code…", lang),
        t("Failed to fetch dynamically imported module…", lang),
        t("Request failed with status code…", lang),
    ]
