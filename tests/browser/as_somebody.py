"""The app, dashboard.py itself, with a reader that a test names: `python -m tests.browser.as_somebody --server.port N`.

`BAAN_SUK_TEST_READER` is a file with one line, "role area area…"; the next rerun is that reader's. Nothing outside tests/ reads it.
"""

import os
import sys
from pathlib import Path

from streamlit.web.cli import main

from queries import Filters, Reader
from ui.filters import controls
from ui.filters.parse_url import understood
from ui.filters.url import current

ROOT = Path(__file__).parent.parent.parent


def named() -> Reader:
    role, *areas = Path(os.environ["BAAN_SUK_TEST_READER"]).read_text("utf-8").split()
    return Reader(role, tuple(areas))


def chosen() -> tuple[Filters, Reader]:
    return understood(current(), named())[0], named()


if __name__ == "__main__":
    controls.chosen = chosen
    sys.argv = ["streamlit", "run", str(ROOT / "dashboard.py"), *sys.argv[1:]]
    main()
