"""What a number format shows of a day: Thai formats are dates, and a house number that became a date shows no year.

Source of the numbers: ECMA-376-1, 18.8.30 numFmt, the tables of all languages and of th-TH.
"""

import re

DATE, DAY_MONTH, MONTH_YEAR = "date", "day month", "month year"
BUDDHIST = " buddhist"  # behind MONTH_YEAR: the year that is shown is of that era
BUILT_IN = {
    14: DATE,
    15: DATE,
    16: DAY_MONTH,  # d-mmm
    17: MONTH_YEAR,  # mmm-yy
    22: DATE,
    71: DATE,  # th-TH: ว/ด/ปปปป
    72: DATE,  # ว-ดดด-ปป
    73: DAY_MONTH,  # ว-ดดด
    74: MONTH_YEAR + BUDDHIST,  # ดดด-ปป
    77: DATE,  # ว/ด/ปปปป ช:นน
    81: DATE,  # d/m/bb
}
WRITTEN = r'"[^"]*"|\\.|_.|\*.|\[(?![hmsชนท]+\])[^\]]*\]|general|am/pm|a/p|(?<![a-zก-ฮ])b[12](?=y)'  # no part of a day
SAID = re.compile(WRITTEN, re.I)
THAI = str.maketrans("วดปชนทb", "dmyhnsy")
UNSEEN = re.compile("[bวดปชนท]", re.I)  # letters of Thai formats, which the library that reads values takes for no date
NUMBER = re.compile("[0#?@]")


def shows(number: int, code: str = "") -> str:
    """DATE, DAY_MONTH or MONTH_YEAR of a built-in format's number or of a custom format's code; "" for all others."""
    return BUILT_IN.get(number, "") if not code else _of_code(code)


def _of_code(code: str) -> str:
    words = SAID.sub(" ", code.partition(";")[0]).lower()
    if NUMBER.search(words):
        return ""
    letters = set(words.translate(THAI))
    timed = {"h", "s"} & letters
    day, year = "d" in letters, "y" in letters
    month = "m" in letters and (day or not timed)  # beside hours it is minutes
    if day and month and not year and not timed:
        return DAY_MONTH
    if month and year and not day:
        return MONTH_YEAR + (BUDDHIST if {"b", "ป"} & set(words) else "")
    return DATE if day or month or year else ""


def unseen(number: int, code: str = "") -> bool:
    """Whether it is a date that the library that reads values gives as a bare number."""
    return bool(shows(number, code)) and ((number > 70 and not code) or bool(UNSEEN.search(SAID.sub(" ", code))))
