"""Minutes in the form แบบที่ 11: whole with everything and with nothing, PDF and DOCX from one JSON, read back by LibreOffice."""

import copy
import io
import re
from pathlib import Path

import docx as python_docx
import fontpkg_sarabun
import pytest
from hypothesis import given
from hypothesis import strategies as st

from print import minutes
from print.glyphs import LACKING, drawn
from tests.print.on_paper import faults, text
from tests.system import NO_WRITER, converted, writer

PERSON = {"name": "นางสาวสมหญิง รักงาน", "position": "พัฒนาการอำเภอ"}
FACTS: dict = {
    "body": "คณะกรรมการศูนย์ขจัดความยากจน อำเภอโพธิ์ไทร",
    "number": "3/2565",
    "date": "2022-09-14",
    "place": "ห้องประชุมที่ว่าการอำเภอโพธิ์ไทร",
    "began": "09:30",
    "ended": "11:45",
    "present": [{"name": "นายสมชาย ใจดี", "position": "นายอำเภอ ประธาน"}, PERSON],
    "absent": [{"name": "นายวิชัย น้ำใส", "position": "สาธารณสุขอำเภอ"}],
    "attending": [{"name": "นายคำ ปุ้ย", "position": "ปลัดอำเภอ"}],
    "items": [
        {
            "number": 1,
            "kind": "inform",
            "title": "เรื่องแจ้งให้ที่ประชุมทราบ",
            "said": ["ประธานแจ้งว่าน้ำท่วมทำให้ครัวเรือนย้ายออกชั่วคราว จึงขอให้ทุกหน่วยงานบันทึกความก้าวหน้าให้เป็นปัจจุบัน"],
            "figures": [{"title": "ครัวเรือนรายตำบล", "columns": ["ตำบล", "ครัวเรือน"], "rows": [["เหล่างาม", "14"], ["ม่วงใหญ่"]]}],
            "outcomes": [{"kind": "information", "text": "ตามที่แจ้ง", "subject": "", "who": "", "due": None}],
        },
        {
            "number": 2,
            "kind": "decide",
            "title": "เรื่องพิจารณา",
            "said": [],
            "figures": [],
            "outcomes": [
                {"kind": "decision", "text": "เห็นชอบ", "subject": "", "who": "", "due": None},
                {"kind": "action", "text": "ซ่อมหลังคา", "subject": "บ้านเลขที่ 7", "who": "อบต.เหล่างาม", "due": "2022-10-12"},
                {"kind": "certification", "text": "เป็นเป้าหมาย", "subject": "ครัวเรือนที่ 4", "who": "", "due": None},
            ],
        },
    ],
    "taker": PERSON,
    "checker": {"name": "", "position": ""},
    "corrections": ["หน้า 2 แก้ 13 เป็น 14"],
    "source": {"build": "1ab2", "position": 17, "digest": "ab12cd34", "data_as_of": "2022-09-15", "filters": "ปี 2565"},
    "sample": True,
    "thai_digits": False,
}
SAID = (  # every part of the form, in its order
    "รายงานการประชุมคณะกรรมการศูนย์ขจัดความยากจน", "ครั้งที่3/2565", "เมื่อวันที่14กันยายน2565", "ณห้องประชุมที่ว่าการอำเภอโพธิ์ไทร",
    "ผู้มาประชุม", "ผู้ไม่มาประชุม", "นายวิชัยน้ำใส", "ผู้เข้าร่วมประชุม", "เริ่มประชุมเวลา09.30น.", "ระเบียบวาระที่1", "น้ำท่วมทำให้", "ระเบียบวาระที่2",
    "มติที่ประชุม", "อบต.เหล่างาม", "ภายในวันที่12ตุลาคม2565", "เลิกประชุมเวลา11.45น.", "ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม",
)  # fmt: skip


def without(*path: str | int) -> dict:
    """The facts without one part, wherever it lies."""
    facts = copy.deepcopy(FACTS)
    inner = facts
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    del inner[path[-1]]  # type: ignore[arg-type]
    return facts


def drafted(facts: dict) -> str:
    """The text of the draft without blanks, tables where they stand."""
    body = python_docx.Document(io.BytesIO(minutes.docx(facts))).element.body
    return re.sub(r"\s", "", "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


def test_the_record_is_whole_and_says_every_part_in_its_order() -> None:
    paper = minutes.pdf(FACTS)
    assert faults(paper) == []
    said, place = text(paper), 0
    for part in SAID:
        assert part in said[place:], part
        place = said.index(part, place) + len(part)
    assert "ข้อมูลณวันที่15กันยายน2565" in said and "ข้อมูลตัวอย่าง" in said and "ab12cd34" in said


def test_the_draft_says_what_the_record_says() -> None:
    said = drafted(FACTS)
    assert [part for part in SAID if part not in said] == []


def test_real_data_have_no_mark_of_sample_data() -> None:
    facts = FACTS | {"sample": False}
    assert "ข้อมูลตัวอย่าง" not in text(minutes.pdf(facts))
    heads = [s.header for s in python_docx.Document(io.BytesIO(minutes.docx(facts))).sections]
    assert "".join(p.text for head in heads for p in head.paragraphs) == ""


def test_thai_digits_where_the_office_writes_them_but_never_in_a_code() -> None:
    facts = FACTS | {"thai_digits": True}
    for said in (text(minutes.pdf(facts)), drafted(facts)):
        assert "ครั้งที่๓/๒๕๖๕" in said and "๐๙.๓๐น." in said and "ระเบียบวาระที่๑" in said and "ab12cd34" in said
        assert not re.search(r"(?<![a-z])[0-9](?![a-z])", said.split("ที่มาของตัวเลข")[0].split("รุ่นข้อมูล")[0])


@pytest.mark.parametrize("facts", [{}, *(without(part) for part in FACTS), without("items", 0, "title"), without("items", 1, "outcomes", 1, "who")])  # fmt: skip
def test_any_part_may_be_missing(facts: dict) -> None:
    assert faults(minutes.pdf(facts)) == []
    assert python_docx.Document(io.BytesIO(minutes.docx(facts))).paragraphs


def test_the_same_facts_are_the_same_bytes() -> None:
    assert minutes.pdf(FACTS) == minutes.pdf(copy.deepcopy(FACTS))
    assert minutes.docx(FACTS) == minutes.docx(copy.deepcopy(FACTS))


def test_a_long_meeting_runs_over_pages_with_heads_and_numbers() -> None:
    rows = [[f"ครัวเรือนที่ {n}", str(n)] for n in range(120)]
    item = FACTS["items"][0] | {"figures": [{"title": "รายชื่อ", "columns": ["ครัวเรือน", "ลำดับ"], "rows": rows}]}
    paper = minutes.pdf(FACTS | {"items": [item]})
    said = text(paper)
    assert faults(paper) == [] and said.count("ครัวเรือนลำดับ") >= 3  # the head again on each page
    assert "หน้า1/" in said and "ครัวเรือนที่119" in said


def test_every_letter_of_the_typeface_is_drawn() -> None:
    letters = " ".join(chr(code) for code in sorted(drawn()) if chr(code).isprintable() and code < 0xE000)
    paper = minutes.pdf(FACTS | {"corrections": [letters]})
    assert faults(paper) == []


@given(st.text(max_size=30))
def test_no_text_keeps_minutes_from_being_made(name: str) -> None:
    name = "".join(c for c in name if c.isprintable())
    facts = FACTS | {"present": [{"name": name, "position": "#let x = 1"}], "items": []}
    paper = minutes.pdf(facts)
    assert "#letx=1" in text(paper)  # what is written is never code
    minutes.docx(facts)


def test_a_letter_without_a_picture_is_seen_to_be_missing() -> None:
    facts = FACTS | {"place": "ห้อง 漢"}
    assert f"ห้อง{LACKING}" in text(minutes.pdf(facts))
    assert "ห้อง漢" in drafted(facts)  # in a draft the machine's other typefaces have it


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """The draft as LibreOffice Writer has it: flat OpenDocument, and as PDF, with Sarabun at hand."""
    if not (binary := writer()):
        pytest.skip(NO_WRITER)
    folder = tmp_path_factory.mktemp("writer")
    (folder / "data").mkdir()
    (folder / "data" / "fonts").symlink_to(Path(fontpkg_sarabun.ROOT) / "files")
    (file := folder / "minutes.docx").write_bytes(minutes.docx(FACTS | {"thai_digits": True}))
    made = [
        converted(binary, [file], folder / "profile", form, XDG_DATA_HOME=str(folder / "data"))[0] for form in ("fodt", "pdf")
    ]
    return made[0].read_text("utf-8"), made[1].read_bytes()


def test_libreoffice_opens_the_draft_as_thai_in_sarabun(opened: tuple[str, bytes]) -> None:
    document, _ = opened
    default = re.search(r'<style:style style:name="Standard".*?</style:style>', document, re.S)
    assert default
    assert 'style:font-name-complex="Sarabun' in default[0] and 'style:font-size-complex="12pt"' in default[0]
    assert 'style:language-complex="th" style:country-complex="TH"' in document


def test_libreoffice_sets_it_as_it_was_meant(opened: tuple[str, bytes]) -> None:
    _, paper = opened
    said = text(paper)
    assert "ครั้งที่๓/๒๕๖๕" in said and "หน้า" in said and "ผู้ตรวจรายงานการประชุม" in said
