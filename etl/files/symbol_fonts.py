"""Letters of fonts that hold pictures, as the signs that people see: ü of Wingdings is a tick.

Source: the code charts of Wingdings, Wingdings 2, Webdings, Marlett and Symbol; only the marks that lists are ticked with.
"""

SIGNS = {
    "wingdings": {"ü": "✓", "û": "✗", "þ": "☑", "ý": "☒", "o": "☐", "¨": "☐", "q": "☐", "l": "●", "n": "■", "x": "☒"},
    "wingdings 2": {"P": "✓", "O": "✗", "R": "☑", "Q": "☒", "S": "☒", "T": "☒", "U": "☒", "V": "✗", "£": "☐", "*": "☐"},
    "webdings": {"a": "✓", "r": "✗", "c": "☐", "g": "■", "n": "●"},
    "marlett": {"a": "✓", "b": "✓", "r": "✗"},
    "symbol": {"Ö": "√", "´": "×", "·": "•"},
}
PRIVATE = 0xF000  # where programs that know Unicode keep the letters of such a font: U+F0FC is ü


def is_symbols(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return font.strip().lower() in SIGNS


def signs(text: str, font: str) -> str:
    """The text as it is seen; a picture that is no mark of a list stays the letter that it is stored as."""
    of_font = SIGNS[font.strip().lower()]
    letters = (chr(ord(c) - PRIVATE) if 0 <= ord(c) - PRIVATE < 256 else c for c in text)
    return "".join(of_font.get(letter, letter) for letter in letters)


SINGLE = {chr(PRIVATE + ord(letter)): sign for letter, sign in SIGNS["wingdings"].items()}  # a cell of which no font is told
