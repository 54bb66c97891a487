"""Pictures of every page from the sample registers, as a projector and a tablet show them: docs/screenshots/<page>-<size>.png.

python docs/screenshots.py   needs a Chromium; says what to install when there is none
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.app import SIZES, Screen, reader_of, sample_build, serving, started  # noqa: E402

FOLDER = Path(__file__).parent / "screenshots"
LAO_NGAM = "year=2565&district=3421&tambon=342106&certification=certified"
PAGES = {  # picture -> page and what it is opened with; no filter is the opening view, the certified households of Pho Sai
    "overview": "",
    "map-country": "map?year=2565&all=1",
    "map-province": "map?year=2565&province=34",
    "map-district": "map?year=2565&district=3421&measure=income",
    "map-subdistrict": "map?year=2565&district=3421&tambon=342106",
    "map-percent": "map?year=2565&district=3421&measure=living&as=share",
    "households": "",
    "household": f"household?{LAO_NGAM}&dimension=living",  # the house-build household is the only one
    "progress": "",
    "report": "",
    "about": "",
}


def picture(png: bytes) -> Image.Image:
    """A screen in 256 colours: a third of the size, no difference to the eye."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)


def main() -> None:
    """Serve the sample and photograph it."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        started() as chromium,
        serving(sample_build(Path(folder)), Path(folder)) as address,
    ):
        for size in SIZES:
            screen = Screen(reader_of(chromium, size).new_page(), address)
            for page, query in PAGES.items():
                screen.open(f"/{query or page}")
                path = FOLDER / f"{page}-{'x'.join(map(str, SIZES[size]))}.png"
                picture(screen.page.screenshot()).save(path, optimize=True)
                print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
