"""Makes icons.woff2: Streamlit's icon font (Material Symbols Rounded, Google, Apache License 2.0) with the icons that are used.

python -m pip install fonttools brotli, then python -m ui.static.make_icons   writes icons.woff2 and icons.txt, 10 kB of 375
To be run again after an upgrade of Streamlit or a new icon in the code; tests/ui/test_static.py says when. Not needed to serve.
"""

import re
from hashlib import sha256
from pathlib import Path

from installation.paths import PROJECT
from ui.static.streamlit_chunks import files
from ui.streamlit_internals import static_folder

HERE = Path(__file__).parent
LETTERS = "abcdefghijklmnopqrstuvwxyz_0123456789"  # an icon is drawn for its name, as a ligature of these
BY_STREAMLIT = re.compile(r"material/([a-z_0-9]+)")
BY_US = re.compile(r":material/([a-z_0-9]+):")


def used() -> set[str]:
    """Names of icons in Streamlit's JavaScript and in this project's pages; a few of the former are no icons."""
    scripts = [path.read_text("utf-8", "replace") for path in files().values() if path.suffix == ".js"]
    pages = [path.read_text("utf-8") for room in ("pages", "ui") for path in (PROJECT / room).rglob("*.py")]
    return {name for text in scripts for name in BY_STREAMLIT.findall(text)} | ours(pages)


def ours(pages: list[str]) -> set[str]:
    """Names of icons in the text of pages."""
    return {name for text in pages for name in BY_US.findall(text)}


def source() -> Path:
    """Streamlit's icon font."""
    return next((static_folder() / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2"))


def main() -> None:
    """Write the font, and beside it whose it is and which icons it has."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source())
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items() if chr(code) in LETTERS}
    named = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for one in ligatures:
                    named["".join(letters.get(part, "?") for part in (first, *one.Component))] = one.LigGlyph
    names = sorted(used() & named.keys())
    options = Options(layout_features=["*"], layout_closure=False, glyph_names=False, flavor="woff2")
    subset = Subsetter(options)
    subset.populate(glyphs=[named[name] for name in names], unicodes=[ord(letter) for letter in LETTERS])
    subset.subset(font)
    font.flavor = "woff2"
    font.save(HERE / "icons.woff2")
    head = f"{sha256(source().read_bytes()).hexdigest()} of {source().name}"
    (HERE / "icons.txt").write_text("\n".join([head, *names]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
