"""A register written by somebody who means harm: on the screen its words are letters, and the browser asks nobody outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.app import Screen
from tests.browser.conftest import App
from tests.drawn import loaded, register, write_csv
from ui.view.labels import JOINER

EVIL = 'ก[x](http://evil.example) ![](http://evil.example/i.png) :red[y] $z^2$ <a href="http://evil.example">w</a> *v*'
REGISTERS = {
    "household": f"""
        household_id | certification | house_no | head_first_name | head_last_name | circumstances | meeting | village_name
        H1           | รับรอง        | {EVIL}   | {EVIL}          | {EVIL}         | {EVIL}        | {EVIL}  | {EVIL}""",
    "village": f"village_code | village_name | village_name_en\n 34210601 | {EVIL} | {EVIL}",
    "person": f"household_id | title | first_name | last_name | relation | citizen_id\n H1 | {EVIL} | {EVIL} | {EVIL} | {EVIL} | {EVIL}",
    "plan": f"household_id | activity | owner | reply | due_date\n H1 | {EVIL} | {EVIL} | {EVIL} | 2022-01-01",
    "step": f"household_id | step | owner | note | started_date\n H1 | 1 | {EVIL} | {EVIL} | 2022-02-01",
    "need": f"household_id | item | unit | quantity\n H1 | {EVIL} | {EVIL} | 5",
    "contribution": f"household_id | item | unit | giver | given_date\n H1 | {EVIL} | {EVIL} | {EVIL} | 2022-02-02",
    "visit": f"household_id | visitor | finding\n H1 | {EVIL} | {EVIL}",
}
HARM = "[*|href*='//evil'], [src*=evil], .katex"


@pytest.fixture(scope="module")
def server(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over that register."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    files = [write_csv(folder / f"{name}.csv", register(name, text)) for name, text in REGISTERS.items()]
    loaded(folder / "data", *files)
    with app.over(folder / "data") as address:
        yield address


def test_its_words_stay_letters_on_every_page(screen: Screen) -> None:
    seen = {}
    for page in ("overview", "map", "households", "household", "progress", "report", "about"):
        screen.go(f"/{page}?year=2565&tambon=342106")
        for closed in screen.page.locator("details:not(.fold) > summary").all():  # not the menu's own, of a tablet
            closed.click()
        screen.idle()
        assert screen.page.locator(HARM).evaluate_all("all => all.map(e => e.parentElement.outerHTML)") == [], page
        seen[page] = screen.page.locator("body").inner_text() + "".join(screen.page.locator("svg text").all_text_contents())
        seen[page] = seen[page].replace(JOINER, "")
    assert seen["households"].count(EVIL) >= 2 and seen["household"].count(EVIL) >= 10 and EVIL in seen["progress"]
