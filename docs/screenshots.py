"""All pictures of the READMEs and of docs/คู่มือ/, from the invented sample: docs/screenshots/<name>.png.

python docs/screenshots.py [NAME…]   all, or those named; needs a Chromium and says what to install when there is none
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pypdfium2
import xlsxwriter
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import definitions  # noqa: E402
from installation.private_files import replace  # noqa: E402
from print import minutes, papers  # noqa: E402
from queries import DESK, Filters, ask  # noqa: E402
from tests.browser.app import Screen, reader_of, sample_build, serving, started  # noqa: E402
from tests.print.test_minutes import FACTS  # noqa: E402

FOLDER = Path(__file__).parent / "screenshots"
LARGEST = 250_000  # bytes of a picture
KNOWN = b"00" * 32  # the secret of these pictures, so that addresses of households are the same in the next ones
CHECKED = 240_000  # milliseconds within which a few rows are checked; it takes some 3,000
TOP = "element => element.scrollIntoView({block: 'start'})"
TEAM = "ทีมพี่เลี้ยงตำบลโพธิ์ไทร"
PHO_SAI = "year=2565&district=3421"
LAO_NGAM = f"{PHO_SAI}&tambon=342106&certification=certified"

Taps = Callable[[Screen], object]


def seen(path: str, *taps: Taps) -> Taps:
    """Open an address, then tap what a reader would."""

    def go(screen: Screen) -> None:
        screen.open(f"/{path}")
        for tap in taps:
            tap(screen)

    return go


def press(name: str) -> Taps:
    """Press a button by its words."""
    return lambda screen: screen.tap("button", name)


def choose(name: str) -> Taps:
    """Choose one of a row of pills."""
    return lambda screen: screen.tap("radio", name)


def unfold(title: str) -> Taps:
    """Open what is folded up under a title, and bring it into sight."""
    return lambda screen: (screen.press(title), screen.page.get_by_text(title).first.evaluate(TOP), screen.idle())


def down_to(words: str) -> Taps:
    """Scroll until these words stand at the top."""
    return lambda screen: (screen.page.get_by_text(words).first.evaluate(TOP), screen.idle())


def write_into(label: str, words: str) -> Taps:
    """Type into a field and leave it."""

    def type_it(screen: Screen) -> None:
        field = screen.page.get_by_label(label).first
        field.fill(words)
        field.press("Enter")
        screen.idle()

    return type_it


def left_behind(screen: Screen) -> None:
    """Type at a form and open the page again before it is recorded."""
    screen.page.get_by_label("สิ่งที่พบ").fill("หลังคารั่วสองจุด รอช่างมาดูวันจันทร์")
    screen.page.wait_for_function("Object.keys(localStorage).some(name => name.startsWith('baansuk-draft/'))")
    screen.page.reload()
    screen.page.wait_for_selector(".drafts.offers")
    screen.idle()


def columns(screen: Screen) -> None:
    """Wait until columns are painted: no element says so, their green does."""
    stage = screen.page.locator("#deckgl-overlay")

    def green() -> int:
        colours = Image.open(io.BytesIO(stage.screenshot())).convert("RGB").getcolors(1 << 24) or []
        return sum(n for n, (red, one, blue) in colours if one - red > 25 and blue - red > 15)

    screen.until(lambda: green() > 500)


def at_the_house(screen: Screen) -> None:
    """The field page, which is none of Streamlit's."""
    screen.page.goto(f"{screen.base}/field/")
    expect(screen.page.get_by_text("วันนี้และเกินกำหนด")).to_be_visible()


def a_forum(screen: Screen) -> None:
    """A forum of บ้านกุดเรือ, one of its items with the hands that were raised."""
    screen.open("/sufficiency?year=2565&district=3426")
    screen.press("เปิดเวที: ประเมินหมู่บ้านด้วยการยกมือ")
    screen.page.get_by_label("หมู่บ้าน", exact=True).last.fill("บ้านกุดปลาตอง")
    screen.page.keyboard.press("Enter")
    screen.idle()
    write_into("จำนวนผู้เข้าร่วมเวที", "46")(screen)
    screen.tap("button", "เปิดเวที")
    write_into("ยกมือ: ผ่าน", "38")(screen)


WIDE = {  # picture -> what is done before it is taken, as a projector shows it
    "overview": seen("overview"),
    "overview-en": seen("overview?lang=en"),
    "map": seen(f"map?{PHO_SAI}&measure=income"),
    "map-en": seen(f"map?{PHO_SAI}&measure=income&lang=en"),
    "map-fund": seen("map?year=2565&district=3415&measure=fund_outstanding&by=village"),
    "fund-wide": seen("fund?year=2565&district=3415"),
    "debts-wide": seen("debts?year=2565&district=3419"),
    "learning-wide": seen("learning?year=2565&all=1&office=3411"),
    "sufficiency-wide": seen("sufficiency?year=2565&district=3426&assessed=2565"),
}
HEIGHTS = {  # pixels that are kept where below them only the upper half of a line would be seen
    "overview": 1040,
    "overview-en": 1040,
    "overview-top": 758,
    "first-screen": 758,
    "filters-subdistrict": 758,
    "filters-more": 758,
    "progress-agencies": 750,
    "household-top": 750,
    "load-accepted": 745,
    "users": 750,
}
SAMPLE = {  # as a tablet shows it, of the sample as it comes
    "first-screen": seen("", press("เครื่องนี้")),
    "overview-top": seen("overview"),
    "overview-attention": seen("overview", down_to("เรื่องที่ต้องพิจารณา")),
    "map-district": seen(f"map?{PHO_SAI}&measure=income"),
    "map-share": seen(f"map?{PHO_SAI}&tambon=342106&measure=living&as=share"),
    "map-density": seen(f"map?{PHO_SAI}&by=density", down_to("ครัวเรือนตามตัวกรอง · จำนวน"), columns),
    "progress-steps": seen("progress"),
    "progress-agencies": seen("progress", down_to("ตามหน่วยงานรับผิดชอบ")),
    "meeting": seen(f"households?{LAO_NGAM}&meeting=1"),
    "households-search": seen("households", write_into("ชื่อ บ้านเลขที่ หรือหมู่บ้าน", "เหล่างาม")),
    "household-top": seen(f"household?{LAO_NGAM}&dimension=living"),
    "household-below": seen(f"household?{LAO_NGAM}&dimension=living", down_to("สมาชิก: มีรายชื่อ")),
    "record": seen(
        f"household?{LAO_NGAM}&dimension=living", unfold("บันทึกงานของครอบครัวนี้"), choose("เยี่ยมบ้าน"), down_to("บันทึกเรื่องใด")
    ),
    "drafts": seen(f"household?{LAO_NGAM}&dimension=living", unfold("บันทึกงานของครอบครัวนี้"), choose("เยี่ยมบ้าน"), left_behind),
    "field": at_the_house,
    "promises": seen(f"promises?{PHO_SAI}&certification=certified"),
    "mywork": seen(f"mywork?{PHO_SAI}&team={sha256(TEAM.encode()).hexdigest()[:12]}"),
    "review": seen("review"),
    "fund": seen("fund?year=2565&district=3415"),
    "debts": seen("debts?year=2565&district=3419"),
    "debts-round": seen("debts?year=2565&district=3419", down_to("แผนลงพื้นที่รูปแบบ Mobile")),
    "solutions": seen(f"household?{LAO_NGAM}&dimension=living", down_to("คลังทางแก้")),
    "learning": seen("learning?year=2565&all=1&office=3411"),
    "sufficiency": seen("sufficiency?year=2565&district=3426&assessed=2565"),
    "sufficiency-forum": a_forum,
    "filters-subdistrict": seen("overview", press("ตำบล")),
    "filters-more": seen("overview", press("ตัวกรองอื่น")),
    "report": seen("report"),
    "report-receipt": seen("report", press("CSV หัวคอลัมน์ภาษาไทย")),
    "templates": seen("load", unfold("แบบกรอกทะเบียน")),
}
SHEETS = {  # picture -> paper and which of its sheets
    "paper-summary": ("summary", 0),
    "paper-summary-map": ("summary", 1),
    "paper-family": ("family", 0),
    "paper-visits": ("visits", 0),
    "paper-agency": ("agency", 0),
    "paper-agency-list": ("agency", 1),
    "paper-certification": ("certification", 0),
    "paper-report": ("report", 0),
    "paper-minutes": ("minutes", 0),
}
HEAD = ["ลำดับ", "รหัสบ้าน", "ม.", "ต.", "ชื่อ - สกุล หน.คร.", "แหล่งข้อมูล", "รายได้", "สีบ้าน"]
# as an office keeps it: its own spellings, an income of nobody knows whom, a heading nobody knows, somebody listed already, a
# subdistrict misspelled, a source that is none
ROWS = [
    ["1", "00002566001", "6", "เหล่างาม", "นายมะลิซ้อน ตัวอย่างใจดี", "TPMAP", "3000", "แดง"],
    ["2", "00002566002", "หมู่ 6", "เหล่างาม", "นายธงชัยดี สมมุตมั่นคง", "นอก TPMAP", "4100", ""],
    ["3", "00002566003", "7", "เหล่างาน", "นางบานชื่น สมมุติรักดี", "TPMAP", "2500", ""],
    ["4", "00002566004", "7", "เหล่างาม", "นายเขียวขจี ทดสอบรักดี", "ที่อื่น", "", ""],
    ["รวม", "4", "", "", "", "", "", ""],
]
TITLES = [["ทะเบียนครัวเรือนเป้าหมาย ปี 2565"], ["อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"]]


def registers_of(name: str) -> list[str]:
    """The sample's registers of one district: another load than the sample as it comes, so that it becomes current."""
    return [str(path) for path in sorted((ROOT / "data" / "sample").iterdir()) if path.name.startswith(name)]


def list_of_an_office(folder: Path) -> Path:
    """The workbook that is loaded in the pictures."""
    path = folder / "เหล่างาม เพิ่มเติม.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("ครัวเรือน")
        for place, row in enumerate([*TITLES, HEAD, *ROWS]):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    return path


def picture(png: bytes) -> Image.Image:
    """A screen in 256 colours: a third of the size, no difference to the eye."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)


def take(screen: Screen, name: str) -> None:
    """One picture, if it is wanted."""
    if sys.argv[1:] and name not in sys.argv[1:]:
        return
    if name.startswith("map") and name != "map-density":
        screen.page.wait_for_selector(".atlas[data-drawn]")  # a slow machine is idle before its outlines have come
    screen.page.mouse.move(0, 0)  # nothing is lit by a finger that rests on it
    path = FOLDER / f"{name}.png"
    size = screen.page.viewport_size or {}
    clip = {"x": 0, "y": 0, "width": size["width"], "height": HEIGHTS.get(name, size["height"])}
    picture(screen.page.screenshot(animations="disabled", clip=clip)).save(path, optimize=True)
    written = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {written // 1000} kB", flush=True)
    if written > LARGEST:
        raise RuntimeError(f"{path.name}: {written} bytes, at most {LARGEST}")


WAITS = {  # of a number that no register has any more, as two lists of one house leave it
    "id": "5f3c0b9e-8f0e-4a53-9b1e-0c2f7d7c1a11",
    "kind": "visit",
    "about": {"year": 2565, "household_id": "RX-342106-0001-2"},
    "occurred_on": "2022-09-14",
    "body": {"checked_dimension": "living", "check_result": "0", "finding": "หลังคารั่ว"},
}


def something_waits(folder: Path) -> None:
    """Record what the review page shows."""
    file = folder.parent / "waits.json"
    file.write_text(json.dumps([WAITS]), "utf-8")
    verb(folder, "journal", "record", str(file), held=1)


def of_the_sample(chromium: Browser, folder: Path) -> None:
    """What anybody sees who starts the dashboard for the first time."""
    with serving(folder, folder) as address:
        for size, pictures in (("projector", WIDE), ("tablet", SAMPLE)):
            for name, go in pictures.items():
                if not sys.argv[1:] or name in sys.argv[1:]:
                    with profile(chromium, size, address) as screen:
                        go(screen)
                        take(screen, name)


@contextmanager
def profile(chromium: Browser, size: str, address: str) -> Iterator[Screen]:
    """A reader who has opened nothing before."""
    context = reader_of(chromium, size)
    try:
        yield Screen(context.new_page(), address)
    finally:
        context.close()


def of_papers(folder: Path) -> None:
    """The first sheet of every paper over the sample, the second of what has one, and the minutes of an invented meeting."""
    os.environ["BAAN_SUK_DATA"] = str(folder)
    filters = Filters.of({"year": ["2565"], "district": ["3421"]})
    chosen = {name: made for name, made in SHEETS.items() if not sys.argv[1:] or name in sys.argv[1:]}
    for name, (paper, sheet) in chosen.items():
        of = {
            "family": lambda: {"household": ask("households", filters, DESK, limit=1, sort="overdue")["ref"].iloc[0]},
            "agency": lambda: {"owner": str(ask("board_owners", filters, DESK)["owner"].iloc[0])},
        }.get(paper, dict)()
        pdf = minutes.pdf(FACTS) if paper == "minutes" else papers.paper(paper, filters, DESK, None, **of).pdf
        grey = pypdfium2.PdfDocument(pdf)[sheet].render(scale=1.3).to_pil().convert("RGB")
        path = FOLDER / f"{name}.png"
        grey.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB", flush=True)


def of_a_load(chromium: Browser, folder: Path) -> None:
    """What a data officer sees who brings in a list of the office's own, and the administrator and the auditor afterwards."""
    verb(folder, "etl", "load", *registers_of("โพธิ์ไทร"), *registers_of("หมู่บ้าน"))
    for email, name, *right in (
        ("malee@example.go.th", "มาลี (ตัวอย่าง)", "admin", "TH"),
        ("somying@example.go.th", "สมหญิง (ตัวอย่าง)", "data_officer", "3421"),
        ("somchai@example.go.th", "สมชาย (ตัวอย่าง)", "field", "342105", "342106"),
    ):
        verb(folder, "access.users", "add", email, *right, "--name", name)
    reader = folder / "reader"
    reader.write_text("desk TH", "utf-8")
    with serving(folder, folder, reader=reader) as address, profile(chromium, "tablet", address) as screen:
        loaded(screen, list_of_an_office(folder))
        seen("duplicates", down_to("ทั้งหมดในพื้นที่ของท่าน"))(screen)
        take(screen, "duplicates")
        screen.open(f"/household?{LAO_NGAM}&dimension=living")  # one more entry of the log
        screen.open("/audit")
        take(screen, "audit")
        reader.write_text("admin TH", "utf-8")
        screen.open("/users")
        take(screen, "users")


def of_a_change(chromium: Browser, folder: Path) -> None:
    """Two cases that were closed since the load."""
    environment = {**os.environ, "BAAN_SUK_DATA": str(folder)}
    asked = [
        sys.executable,
        "-m",
        "queries",
        "behind",
        *("--year", "2565", "--district", "3421", "--words", "open"),
        "--format",
        "json",
    ]
    rows = json.loads(subprocess.run(asked, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)["rows"][:2]
    closings = [
        {"id": str(uuid.UUID(int=n)), "kind": "closed", "about": {"household": row["ref"]}, "occurred_on": "2022-09-20", "body": {"close_reason": "better"}}
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    (folder / "closings.json").write_text(json.dumps(closings), "utf-8")
    command = [sys.executable, "-m", "journal", "record", str(folder / "closings.json")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with serving(folder, folder) as address, profile(chromium, "tablet", address) as screen:
        seen(f"figure?{PHO_SAI}&words=closed&since=before")(screen)
        take(screen, "figure")


def of_a_meeting(chromium: Browser, folder: Path) -> None:
    """What a meeting sees, and its secretary beside it."""
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, "meeting"))
    about = {"about": {"area": "3421"}}
    said = {"serial": "1/2565", "held_on": "2022-09-20", "convenes": "คณะกรรมการศูนย์ขจัดความยากจนอำเภอโพธิ์ไทร"}
    events: list[dict[str, object]] = [
        {"id": id_, "kind": "meeting_prepared", "thing": f"meeting/{id_}", "body": said, **about}
    ]
    for row in definitions.table("agenda"):
        item = str(uuid.uuid5(uuid.NAMESPACE_URL, row["agenda"]))
        body = {"agenda": row["agenda"], "position": int(row["position"])}
        events.append({"id": item, "kind": "agenda_item", "thing": f"meeting/{id_}/item/{item}", "body": body, **about})
    (folder / "meeting.json").write_text(json.dumps(events), "utf-8")
    verb(folder, "journal", "record", str(folder / "meeting.json"))
    with (
        serving(folder, folder) as address,
        profile(chromium, "tablet", address) as desk,
        profile(chromium, "projector", address) as wall,
    ):
        desk.open(f"/meeting?{PHO_SAI}&of={id_}")
        desk.tap("button", "เปิดประชุมและเก็บตัวเลขไว้")
        desk.tap("button", "4. ครัวเรือนเสนอรับรอง")
        wall.open(f"/meeting?{PHO_SAI}&of={id_}&show=1")
        take(wall, "meeting-wall")
        take(desk, "meeting-desk")


RECORDED = [  # of a family of the sample, to be sent back to the registers
    ("visit", {"finding": "มุงหลังคาใหม่แล้ว", "checked_dimension": "living", "check_result": "1"}),
    ("plan_new", {"aspect": "skill", "activity": "เลี้ยงปลาในบ่อดิน", "owner": "ประมงอำเภอ"}),
    ("gift", {"gift": "material", "item": "ปูนซีเมนต์", "quantity": 12, "unit": "ถุง"}),
]


def of_what_is_recorded(chromium: Browser, folder: Path) -> None:
    """What a data officer sees who sends what was recorded back to the registers."""
    file = folder / "recorded.json"
    with open(ROOT / "data" / "sample" / "โพธิ์ไทร 2565 รายชื่อ TPMAP.csv", encoding="utf-8-sig") as listed:
        first = next(row for row in csv.DictReader(listed))
    about = {"year": 2565, "household_id": first["รหัสครัวเรือน"]}
    events = [
        {"id": str(uuid.UUID(int=place)), "kind": kind, "about": about, "occurred_on": "2022-09-14", "body": body}
        for place, (kind, body) in enumerate(RECORDED, 1)
    ]
    file.write_text(json.dumps(events), "utf-8")
    verb(folder, "journal", "record", str(file))
    with serving(folder, folder) as address, profile(chromium, "tablet", address) as screen:
        screen.open("/review")
        down_to("บันทึกที่ยังไม่อยู่ในทะเบียน: 3")(screen)
        take(screen, "review-registers")


def loaded(screen: Screen, file: Path) -> None:
    """Drop a file, look, accept; the faulty rows wait afterwards."""
    screen.open("/load")
    screen.page.locator("input[type=file]").set_input_files(str(file))
    expect(button(screen, "ตรวจไฟล์")).to_be_visible(timeout=CHECKED)
    screen.idle()
    take(screen, "load-files")
    screen.tap("button", "ตรวจไฟล์")
    expect(button(screen, "คงข้อมูลเดิมไว้")).to_be_visible(timeout=CHECKED)
    screen.idle()
    take(screen, "load-headings")
    down_to("สิ่งที่จะเปลี่ยน")(screen)
    take(screen, "load-change")
    down_to("ข้อสังเกต")(screen)
    take(screen, "load-problems")
    screen.tap("button", "ยืนยันและใช้")
    expect(screen.page.get_by_text("ใช้ข้อมูลชุดใหม่แล้ว")).to_be_visible(timeout=CHECKED)
    down_to("โหลดทะเบียน")(screen)
    take(screen, "load-accepted")
    screen.open("/load")
    unfold("การโหลดครั้งก่อน")(screen)
    take(screen, "load-earlier")


def button(screen: Screen, name: str) -> Locator:
    """A button by its words."""
    return screen.page.get_by_role("button", name=name)


def verb(folder: Path, module: str, *arguments: str, held: int = 0) -> None:
    """A verb of the shell over this data folder; `held` is how it ends."""
    surroundings = {**os.environ, "BAAN_SUK_DATA": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", module, *arguments, "--data", str(folder)], cwd=folder, env=surroundings)
    if done.returncode != held:
        raise RuntimeError(f"{module} {' '.join(arguments)}: {done.returncode}")


def main() -> None:
    """Serve the sample and photograph it, as it comes and after a load."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, started() as chromium:
        (Path(folder) / "sample").mkdir(mode=0o700)
        sample = Path(folder) / "sample"
        replace(sample / "secret.key", KNOWN)
        sample_build(sample)
        other = shutil.copytree(sample, Path(folder) / "loaded")
        other.chmod(0o700)
        if not sys.argv[1:] or "figure" in sys.argv[1:]:
            changed = shutil.copytree(sample, Path(folder) / "changed")
            changed.chmod(0o700)
            of_a_change(chromium, changed)
        if not sys.argv[1:] or "review-registers" in sys.argv[1:]:
            recorded = shutil.copytree(sample, Path(folder) / "recorded")
            recorded.chmod(0o700)
            of_what_is_recorded(chromium, recorded)
        something_waits(sample)
        of_papers(sample)
        of_the_sample(chromium, sample)
        of_a_load(chromium, other)
        of_a_meeting(chromium, sample)


if __name__ == "__main__":
    main()
