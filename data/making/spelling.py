"""How each register file spells its headings and cells: Thai or English, Thai digits, Buddhist years, commas."""

from datetime import date

from making.household import DIMENSION_NAMES, DIMENSION_OF, DIMENSIONS, OTHER_INDICATORS, Row

HEADINGS = {
    "register_year": "ปีทะเบียน", "household_id": "รหัสครัวเรือน", "house_code": "รหัสประจำบ้าน", "village_code": "รหัสหมู่บ้าน",
    "moo": "หมู่ที่", "village_name": "หมู่บ้าน", "tambon_name": "ตำบล", "district_name": "อำเภอ", "province_name": "จังหวัด",
    "house_no": "บ้านเลขที่", "head_title": "คำนำหน้าหัวหน้าครัวเรือน", "head_first_name": "ชื่อหัวหน้าครัวเรือน",
    "head_last_name": "นามสกุลหัวหน้าครัวเรือน", "phone": "เบอร์โทรศัพท์", "members": "จำนวนสมาชิก", "survey_year": "ปีสำรวจ จปฐ.",
    "survey_date": "วันที่สำรวจ", "source": "แหล่งที่มา", "verification": "ผลการตรวจสอบ", "certification": "ผลการรับรอง",
    "certified_date": "วันที่รับรอง", "meeting": "การประชุมครั้งที่", "mentor": "ทีมพี่เลี้ยง", "closed_date": "วันที่ปิดกรณี",
    "close_reason": "เหตุผลที่ปิดกรณี", "circumstances": "ข้อเท็จจริงโดยย่อ", "income": "รายได้เฉลี่ย (บาท/คน/ปี)",
    "latitude": "ละติจูด", "longitude": "ลองจิจูด",
    "member_no": "คนที่", "citizen_id": "เลขประจำตัวประชาชน", "title": "คำนำหน้า", "first_name": "ชื่อ", "last_name": "นามสกุล",
    "sex": "เพศ", "birth_date": "วันเกิด", "age": "อายุ (ปี)", "relation": "ความสัมพันธ์", "occupation": "อาชีพ",
    "education": "การศึกษา", "health": "สุขภาพ", "welfare_card": "บัตรสวัสดิการแห่งรัฐ",
    "item_no": "ลำดับ", "aspect": "ด้าน 4ท", "activity": "กิจกรรม", "owner": "หน่วยงานรับผิดชอบ", "due_date": "กำหนดเสร็จ",
    "status": "สถานะ", "updated_date": "วันที่ปรับปรุง", "reply": "ผลการดำเนินงาน",
    "item": "รายการ", "quantity": "จำนวน", "unit": "หน่วย",
    "entry_no": "ลำดับที่รับ", "given_date": "วันที่รับ", "kind": "ประเภท", "value": "มูลค่า (บาท)", "giver": "ผู้ให้",
} | {f"{d}_flag": f"มิติ{name}" for d, name in DIMENSION_NAMES.items()} | {
    f"indicator_{n}": f"ข้อ {n}" for n in (*DIMENSION_OF, *OTHER_INDICATORS)
} | {"indicator_22": "ข้อ 22 รายได้เฉลี่ยครัวเรือนต่อคนต่อปี"}  # fmt: skip
ENGLISH = {"village_name": "village", "tambon_name": "tambon", "district_name": "district", "province_name": "province",
           "started_date": "started", "finished_date": "finished"}  # fmt: skip
PLACE = ["village_code", "moo", "village_name", "tambon_name", "district_name", "province_name", "house_no", "house_code"]
HEAD = ["head_title", "head_first_name", "head_last_name", "phone", "members"]
STATUS = ["source", "verification", "certification", "certified_date", "meeting", "mentor", "closed_date", "close_reason"]
INDICATORS = [f"indicator_{n}" for n in sorted((*DIMENSION_OF, *OTHER_INDICATORS))]
FLAGS = [f"{d}_flag" for d in DIMENSIONS]
POINT = ["latitude", "longitude"]
TPMAP_COLUMNS = ["register_year", "household_id", *PLACE, *HEAD, "survey_year", "survey_date", *STATUS, "income", *INDICATORS,
                 *FLAGS, *POINT, "circumstances"]  # fmt: skip
RE_X_RAY_COLUMNS = [*HEAD, *reversed(PLACE), "circumstances", *STATUS, *POINT, *FLAGS, *reversed(INDICATORS), "income",
                    "survey_date", "survey_year", "household_id", "register_year"]  # fmt: skip
ENGLISH_COLUMNS = ["household_id", "register_year", *PLACE, *HEAD, *STATUS, "survey_year", "income", *INDICATORS, *POINT]
WARIN_COLUMNS = ["household_id", "register_year", *PLACE, *HEAD, *STATUS, "survey_year", "income", "indicator_20",
                 "indicator_21", *FLAGS, *POINT]  # fmt: skip
WORDS = {  # value -> as TPMAP's list, as the Re X-ray form and as the English register write it
    "tpmap": ("ใน TPMAP", "ในระบบ", "In TPMAP"),
    "outside": ("นอก TPMAP (Re X-ray)", "นอกระบบ", "Outside TPMAP (Re X-ray)"),
    "both": ("พบทั้งสองทาง", "ทั้งสอง", "In both"),
    "confirmed": ("ตรวจสอบแล้วเดือดร้อนจริง", "เดือดร้อนจริง", "Verified as in need"),
    "not_poor": ("ตรวจสอบแล้วไม่เดือดร้อน", "ไม่เดือดร้อน", "Verified as not in need"),
    "moved": ("ย้ายออก", "ย้าย", "Moved away"),
    "deceased": ("เสียชีวิต", "เสียชีวิต", "Deceased"),
    "unverified": ("ยังไม่ได้ตรวจสอบ", "รอตรวจสอบ", "Not verified yet"),
    "proposed": ("เสนอรับรอง", "เสนอ", "Proposed"),
    "certified": ("รับรองแล้ว", "รับรอง", "Certified"),
    "refused": ("ไม่รับรอง", "ไม่ผ่านการรับรอง", "Refused"),
    "better": ("ชีวิตดีขึ้น พ้นเกณฑ์", "พ้นเกณฑ์", "Life is better"),
    "transferred": ("ส่งต่อหน่วยงานสงเคราะห์", "ส่งต่อ", "Passed on to welfare"),
}
MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def english(column: str) -> str:
    """The English heading of a column."""
    return ENGLISH.get(column, column.replace("_", " "))


def buddhist(day: date) -> str:
    """15/03/2565."""
    return f"{day:%d/%m}/{day.year + 543}"


def buddhist_words(day: date) -> str:
    """15 มี.ค. 2565."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def as_tpmap(column: str, value: object) -> object:
    """A cell as TPMAP's list writes it."""
    return buddhist(value) if isinstance(value, date) else WORDS[value][0] if value in WORDS else value


def as_re_x_ray(column: str, value: object) -> object:
    """A cell as the Re X-ray form writes it: Thai digits, commas, months in words, flags only where no indicator speaks."""
    if isinstance(value, date):
        return buddhist_words(value).translate(THAI_DIGITS)
    if column == "income" and value is not None:
        return f"{value:,}"
    if column in ("register_year", "survey_year", "moo", "members"):
        return str(value).translate(THAI_DIGITS)
    if column.startswith("indicator_"):
        return {"1": "ผ่าน", "0": "ไม่ผ่าน"}.get(str(value), value)
    return WORDS[value][1] if value in WORDS else value


def as_english(column: str, value: object) -> object:
    """A cell as the English register writes it."""
    if column.startswith("indicator_"):
        return {"1": "pass", "0": "fail"}.get(str(value), value)
    return WORDS[value][2] if value in WORDS else value


def as_excel(column: str, value: object) -> object:
    """A cell as a careless spreadsheet keeps it: codes and ids as numbers, dates as dates."""
    if column in ("village_code", "citizen_id"):
        return int(str(value))
    return WORDS[value][0] if value in WORDS else value


def as_text(column: str, value: object) -> object:
    """A cell of a spreadsheet whose dates were typed as text."""
    return buddhist(value) if isinstance(value, date) else value


def no_answer_flags(row: Row) -> Row:
    """The Re X-ray form fills a dimension's flag only where it failed without any indicator."""
    said = {d: any(row[f"indicator_{n}"] != "-" for n in numbers) for d, numbers in DIMENSIONS.items()}
    return row | {f"{d}_flag": "-" for d in DIMENSIONS if said[d] or row[f"{d}_flag"] == "1"}
