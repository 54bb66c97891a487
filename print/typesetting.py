"""Facts to PDF/A-2a by typst: a template of this folder, Sarabun alone, tags, and the same bytes for the same facts."""

import json
from datetime import date
from pathlib import Path
from typing import Literal

import typst

from print.glyphs import FONTS, drawable

FOLDER = Path(__file__).parent
STANDARD: Literal["a-2a"] = "a-2a"  # ISO 19005-2 with tags: an archive opens it, a screen reader reads it
SECONDS = 86_400  # of a day


def pdf(template: str, words: dict) -> bytes:
    """One paper: `words` (texts as they stand on it) set by `<template>.typ`; `words["as_of"]`, ISO or None, dates the file.

    Raises typst.TypstError where the template cannot be set, which is a fault of ours, never of the data.
    """
    return typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(drawable(words), ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=_moment(words.get("as_of")),
    )


def _moment(day: str | None) -> int:
    """The date of the data as the file's own, in seconds since 1970: a clock's would make other bytes every time."""
    return (date.fromisoformat(day[:10]).toordinal() - date(1970, 1, 1).toordinal()) * SECONDS if day else 0
