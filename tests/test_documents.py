"""The documents against what is there: links, pictures, cited sections, paths, and the words that the manual takes from the screen."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from babel.messages.pofile import read_po

import definitions

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MANUAL = DOCS / "คู่มือ"
PICTURES = DOCS / "screenshots"
OUTSIDE = {".venv", ".git", "live", "node_modules"}  # folders that are no part of the project's text
LARGEST = 250_000  # bytes of a picture
FIRST_SCREEN = 40  # lines of a README
THAI = re.compile(r"[\u0e00-\u0e7f]")
FENCED = re.compile(r"^ *```.*?^ *```", re.S | re.M)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
CITED = re.compile(r"sources\.md(?:\]\(sources\.md\))? (\d+\.\d+)")
WORDS_CITED = re.compile(r"design\.md words (\d+)")
SUFFIXES = (".py", ".sql", ".csv", ".md", ".js", ".css", ".po", ".toml")
# there once it runs, or named by who installs it; addresses of the app and the names of its files are none, either
OF_AN_INSTALLATION = ("DIR/", "data/live/", ".streamlit/secrets.toml")
FILES_OF_AN_INSTALLATION = {"access.csv", "secrets.toml"}
PROSE = {".py", ".sql", ".csv", ".md", ".js"}


@cache
def documents() -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    found = (path for path in ROOT.rglob("*.md") if not OUTSIDE & set(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in found if not any(part.endswith("_cache") for part in path.parts)))


@cache
def names() -> frozenset[str]:
    """The names of all files of the rooms."""
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in OUTSIDE]
    return frozenset(path.name for room in rooms for path in room.rglob("*")) | {path.name for path in ROOT.iterdir()}


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """A document without its blocks of code."""
    return FENCED.sub("", path.read_text("utf-8"))


def pictures_of(path: Path) -> list[Path]:
    return [(path.parent / unquote(to)).resolve() for mark, to in LINK.findall(text_of(path)) if mark]


def anchors(path: Path) -> set[str]:
    """The addresses of a document's headings, as the repository's pages write them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", documents(), ids=shown)
def test_every_link_and_picture_of_a_document_is_there(path: Path) -> None:
    lost = []
    for _, to in LINK.findall(text_of(path)):
        if re.match(r"[a-z]+:", to):
            continue
        file, _, anchor = unquote(to).partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(to)
    assert lost == []


def written() -> list[Path]:
    """Everything of the rooms in which a document may be cited."""
    rooms = (
        "access",
        "audit",
        "benchmarks",
        "data",
        "definitions",
        "docs",
        "etl",
        "installation",
        "journal",
        "queries",
        "tests",
        "ui",
        "pages",
    )
    return [p for room in rooms for p in (ROOT / room).rglob("*") if p.suffix in PROSE and not OUTSIDE & set(p.parts)]


def citing(pattern: re.Pattern) -> dict[str, set[str]]:
    """Each number that is cited, with the files that do."""
    found: dict[str, set[str]] = {}
    for path in written():
        if path != Path(__file__):
            for number in pattern.findall(path.read_text("utf-8")):
                found.setdefault(number, set()).add(shown(path))
    return found


def test_every_cited_section_of_the_sources_is_a_heading() -> None:
    there = set(re.findall(r"^(?:- |#+ )\**(\d+\.\d+)\b", (DOCS / "sources.md").read_text("utf-8"), re.M))
    cited = citing(CITED)
    assert {number: files for number, files in cited.items() if number not in there} == {} and len(cited) > 10


def test_every_cited_rule_of_the_words_is_one_of_the_design() -> None:
    there = set(re.findall(r"^(\d+)\. ", (DOCS / "design.md").read_text("utf-8"), re.M))
    cited = citing(WORDS_CITED)
    assert {number: files for number, files in cited.items() if number not in there} == {} and len(cited) > 5


def missing(token: str) -> bool:
    """Whether a word in backticks looks like a path of the repository, and is none."""
    if (
        token.startswith((*OF_AN_INSTALLATION, "/", "baansuk_"))
        or token in SUFFIXES
        or re.search(r"[\s<>{}…*|=()$\"']|://", token)
    ):
        return False
    if "/" in token and (ROOT / token.split("/")[0]).exists():
        module = re.sub(r"\.\w+$", ".py", token)  # a name of a module, as in audit/log.ACTIONS
        return not (ROOT / token.rstrip("/")).exists() and not (module != token and (ROOT / module).exists())
    return token.endswith(SUFFIXES) and Path(token).name not in names() | FILES_OF_AN_INSTALLATION


@pytest.mark.parametrize("path", [p for p in documents() if p.name != "CHANGELOG.md"], ids=shown)  # which tells what was, too
def test_every_path_that_a_document_names_is_there(path: Path) -> None:
    assert sorted({token for token in re.findall(r"`([^`\n]+)`", text_of(path)) if missing(token)}) == []


def test_a_lost_path_is_seen() -> None:
    assert missing("etl/nothing.py") and missing("nothing.csv") and missing("docs/nothing/")
    assert not missing("etl/load.py") and not missing("rules.csv") and not missing("DIR/access.csv") and not missing("etl")


@pytest.mark.parametrize("name", ["README.md", "README.th.md"])
def test_a_readme_comes_to_its_picture_at_once_and_names_the_other_first(name: str) -> None:
    first, *rest = (ROOT / name).read_text("utf-8").splitlines()
    other = {"README.md": "README.th.md", "README.th.md": "README.md"}[name]
    assert f"({other})" in first
    assert any(line.startswith("![") for line in rest[: FIRST_SCREEN - 1])


def test_the_readmes_keep_their_languages_apart() -> None:
    english = FENCED.sub("", (ROOT / "README.md").read_text("utf-8")).split("\n", 1)[1]
    assert not THAI.search(LINK.sub("", english))
    thai = FENCED.sub("", (ROOT / "README.th.md").read_text("utf-8")).split("\n", 1)[1]
    prose = [line for line in thai.splitlines() if len(line) > 60]
    assert prose and not [line for line in prose if len(THAI.findall(line)) < 15]


PAGES = sorted(MANUAL.glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_of_the_manual_is_thai_and_has_a_picture(path: Path) -> None:
    text = text_of(path)
    assert pictures_of(path) and len(THAI.findall(text)) > 300
    assert path.stem == "README" or "](README.md)" in text


def test_every_page_of_the_manual_is_found_from_its_index() -> None:
    linked = {unquote(to) for _, to in LINK.findall(text_of(MANUAL / "README.md"))}
    assert {path.name for path in PAGES} - linked == {"README.md"}


def test_every_picture_is_small_and_shown_somewhere_and_made_by_the_script() -> None:
    used = {picture for path in documents() for picture in pictures_of(path)}
    there = set(PICTURES.glob("*.png"))
    script = (DOCS / "screenshots.py").read_text("utf-8")
    assert there - used == set()
    assert {path.name for path in there if path.stat().st_size > LARGEST} == set()
    assert {path.stem for path in there if f'"{path.stem}"' not in script} == set()


LITERAL = re.compile(r'["`]([^"`\n]*[ก-๛][^"`\n]*)["`]')


@cache
def on_screen() -> tuple[re.Pattern, ...]:
    """Everything that the screen says in Thai: messages with places for {words}, and the definitions."""
    with open(ROOT / "locale" / "th" / "LC_MESSAGES" / "baansuk.po", "rb") as file:
        said = [str(message.string).replace("**", "") for message in read_po(file) if message.id]
    for script in sorted((ROOT / "field" / "static").glob("*.js")):  # what the field page says stands in its scripts
        said += [part for literal in LITERAL.findall(script.read_text("utf-8")) for part in re.split(r"\$\{[^}]*\}", literal)]
    for table in sorted(path.stem for path in definitions.FOLDER.glob("*.csv")):
        said += [cell for row in definitions.table(table) for column, cell in row.items() if column.endswith("_th")]
    return tuple(pattern_of(text) for text in said if len(THAI.findall(re.sub(r"\{\w+\}", "", text))) > 2)


def pattern_of(message: str) -> re.Pattern:
    """A message with something in each of its places."""
    return re.compile(".{1,40}".join(map(re.escape, re.split(r"\{\w+\}", message.strip()))))


UPLOAD = {"เลือกไฟล์"}  # what Streamlit's own control says


def is_on_screen(words: str) -> bool:
    if words in UPLOAD:
        return True
    return any(pattern.fullmatch(words) or re.escape(words) in pattern.pattern for pattern in on_screen())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_the_manual_writes_bold_stands_on_the_screen(path: Path) -> None:
    bold = re.findall(r"\*\*([^*\n]+)\*\*", text_of(path))
    assert [words for words in bold if not is_on_screen(words)] == []


def test_words_that_no_screen_says_are_seen() -> None:
    assert not is_on_screen("กดปุ่มที่ไม่มี") and is_on_screen("ตรวจไฟล์") and is_on_screen("แถวที่รอแก้ไข 2 แถว")


def test_the_decisions_are_numbered_listed_and_whole() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    index = {to for _, to in LINK.findall((DOCS / "decisions" / "README.md").read_text("utf-8"))}
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    assert {path.name for path in pages} <= index
    parts = ("Date: 20", "Status: ", "## Context", "## Decision", "## What was tried", "## Consequences")
    assert {path.name: [part for part in parts if part not in path.read_text("utf-8")] for path in pages} == {
        path.name: [] for path in pages
    }


SEES = {"open": "เห็น", "masked": "ปิดบัง", "hidden": "ไม่เห็น"}
CLASSES = ("name", "address", "phone", "citizen_id", "health", "text", "coordinates")


def test_the_thai_table_of_classes_says_what_the_roles_say() -> None:
    roles = definitions.table("roles")
    rows = re.findall(r"^\| (.+) \|$", (DOCS / "access.th.md").read_text("utf-8"), re.M)
    assert rows[0].split(" | ")[1:] == [role["name_th"] for role in roles]
    said = [row.split(" | ")[1:] for row in rows[1 : 1 + len(CLASSES)]]
    assert said == [[SEES[role[kind]] for role in roles] for kind in CLASSES]
