"""Whether a CSV that reads as one plain table says more than that: its headings again further down, a row that says nothing but a
place, errors of a spreadsheet.

A few searches through the bytes as they lie in memory; only a file that shows something is read row by row.
"""

import mmap
import re
from pathlib import Path

from etl.files.cell_marks import ERRORS
from etl.files.title_rows import SECTION

LEAST = 12  # bytes of a line of headings that are sought again
ERROR = re.compile(b"|".join(re.escape(error.encode()) for error in sorted(ERRORS)))
PLACE = re.compile(rb'\n[",;\t| ]*(?:%s)[^,;\t|\n]*[",;\t| ]*\r?\n' % b"|".join(re.escape(word.encode()) for word in SECTION))
STRANGE = re.compile(b"\xef[\x82\x83]")  # with which the letters U+F080 to U+F0FF begin in UTF-8


def telling(path: Path, headings: int) -> bool:
    """Whether the table, whose headings end in line `headings`, has something to say that only a reading row by row tells."""
    if not path.stat().st_size:
        return False
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        for _ in range(headings - 1):
            at = data.find(b"\n", at) + 1
        end = data.find(b"\n", at)
        line = data[at : end if end >= 0 else len(data)].rstrip(b"\r").removeprefix(b"\xef\xbb\xbf")
        again = len(line) >= LEAST and end >= 0 and data.find(b"\n" + line, end) >= 0
        again = again or (end >= 0 and PLACE.search(data, end) is not None)
        errors = (data.find(b"#", end) >= 0 or data.find(b"Err:5", end) >= 0) and ERROR.search(data, max(end, 0)) is not None
        return again or errors or (data.find(b"\xef", 3) >= 0 and STRANGE.search(data, 3) is not None)
