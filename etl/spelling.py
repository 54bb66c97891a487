"""One spelling of whatever is compared; the twin of etl/typing/spelling.sql, where each pattern has its reason."""

import re
import unicodedata

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
ODD = re.compile("[^ -~ก-๛]|  |^[ ='\"]| $|เเ|ๅ|[ฤฦ]า|ํ[่-๋]*า|[าำ][่-๋]|[่-์][ัิ-ฺ]|" + "|".join(mark * 2 for mark in MARKS))
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
SPACES = re.compile("[\x09-\x0d \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
DOUBLE_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SHIFTED = dict(enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", 0xF700))
OTHER_WIDTH = DOUBLE_WIDTH | SHIFTED
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
DOUBLED = re.compile(f"([{MARKS}])\\1+")


def tidied(text: str) -> str:
    """A text as it should have been typed."""
    if not ODD.search(text):
        return text
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(OTHER_WIDTH)))
    return _in_thai_order(_undressed(SPACES.sub(" ", seen).strip(" ")))


def _undressed(text: str) -> str:
    """Without what a spreadsheet puts around a text to keep it one: ="…" and a leading apostrophe."""
    return re.sub("^'+", "", re.sub(r'^=?"([^"]*)"\Z', r"\1", text)).strip(" ")


def _in_thai_order(text: str) -> str:
    """Consonant, vowel, tone; each mark once; ำ and แ as one letter."""
    text = text.replace("เเ", "แ").replace("ๅ", "า").replace("ฤา", "ฤๅ").replace("ฦา", "ฦๅ")
    text = re.sub("([่-์]+)([ัิ-ฺ]+)", r"\2\1", DOUBLED.sub(r"\1", text))
    text = re.sub("([าำ])([่-๋]+)", r"\2\1", re.sub("ํ([่-๋]*)า", r"\1ำ", text))
    return DOUBLED.sub(r"\1", text)


def western(text: str) -> str:
    """Thai digits as Western ones."""
    return text.strip(" ").translate(THAI_DIGITS)


def alike(text: str) -> str:
    """How words are compared: tidied, without spaces and case, Thai digits as Western."""
    return western(tidied(text)).replace(" ", "").lower()
