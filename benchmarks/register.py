"""Registers of Ubon's size, made in DuckDB: 375,000 households in 219 tambons, headed and filled as the sample's files are.

Nobody in them is anybody: names are put together from parts, citizen ids are of offices 0000 to 0006, telephones begin with 000.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import geothai

import definitions
from benchmarks.names import FIRST, LAST, SURNAME, SURNAMED, in_sql

DISTRICTS = Path(__file__).parent.parent / "data" / "geo" / "district.geojson"
HOUSEHOLDS = 375_000  # Ubon Ratchathani in TPMAP 2561: 374,925
CERTIFIED = 200  # one in so many, as in a district that certifies 34 of several thousand
MEMBERS = [1, 2, 2, 3, 3, 3, 3, 4, 5, 5]  # in turn: 3.1 a household, 1.16 million people

PLACE = "tambons[1 + i % len(tambons)]"
VILLAGE = "1 + i // 7 % 9"
AGENCY = "concat('หน่วยงาน', i // {certified} % 40)"
INCOME = "15000 + hash(i) % 900 * 100"
ONE_OF_THEM = "i % {certified} = 0"  # is certified

HOUSEHOLD = {
    "ปีทะเบียน": "2565",
    "รหัสครัวเรือน": "md5(i::varchar)",
    "รหัสหมู่บ้าน": f"concat({PLACE}.code, '0', {VILLAGE})",
    "หมู่ที่": VILLAGE,
    "หมู่บ้าน": f"concat('บ้านสมมุติ', {PLACE}.name, {VILLAGE})",
    "ตำบล": f"{PLACE}.name",
    "อำเภอ": f"{PLACE}.district",
    "จังหวัด": f"{PLACE}.province",
    "บ้านเลขที่": "concat(1 + i % 300, if(i % 5 = 0, concat('/', i % 7), ''))",
    "รหัสประจำบ้าน": "concat('0000', lpad(i::varchar, 7, '0'))",
    "คำนำหน้าหัวหน้าครัวเรือน": "['นาย', 'นาง'][1 + i % 2]",
    "ชื่อหัวหน้าครัวเรือน": in_sql(FIRST, LAST, "3 * i"),
    "นามสกุลหัวหน้าครัวเรือน": in_sql(SURNAME, SURNAMED, "5 * i"),
    "เบอร์โทรศัพท์": "if(i % 10 < 7, concat('000-', lpad((i % 1000)::varchar, 3, '0'), '-', lpad((i % 9973)::varchar, 4, '0')), null)",
    "จำนวนสมาชิก": f"{MEMBERS}[1 + i % {len(MEMBERS)}]",
    "ปีสำรวจ จปฐ.": "2564",
    "วันที่สำรวจ": "concat(lpad((1 + i % 28)::varchar, 2, '0'), '/03/2564')",
    "แหล่งที่มา": "['ใน TPMAP', 'นอก TPMAP (Re X-ray)', 'พบทั้งสองทาง'][1 + i % 3]",
    "ผลการตรวจสอบ": "['ตรวจสอบแล้วเดือดร้อนจริง', 'ตรวจสอบแล้วไม่เดือดร้อน', 'ยังไม่ได้ตรวจสอบ'][1 + i // 3 % 3]",
    "ผลการรับรอง": f"if({ONE_OF_THEM}, 'รับรองแล้ว', null)",
    "วันที่รับรอง": f"if({ONE_OF_THEM}, '24/03/2565', null)",
    "การประชุมครั้งที่": f"if({ONE_OF_THEM}, '1/2565', null)",
    "ทีมพี่เลี้ยง": f"if({ONE_OF_THEM}, concat('ทีมพี่เลี้ยงตำบล', {PLACE}.name), null)",
    "รายได้เฉลี่ย (บาท/คน/ปี)": INCOME,
    "ละติจูด": f"if(i % 10 < 9, round({PLACE}.y + hash(i) % 200 / 2000 - 0.05, 5), null)",
    "ลองจิจูด": f"if(i % 10 < 9, round({PLACE}.x + hash(i + 1) % 200 / 2000 - 0.05, 5), null)",
    "ข้อเท็จจริงโดยย่อ": "['รายได้น้อยไม่แน่นอน', 'บ้านชำรุดไม่มั่นคง', 'ผู้สูงอายุไม่มีรายได้', null, null][1 + i % 5]",
}
PLAN = {
    "ปีทะเบียน": "2565",
    "รหัสครัวเรือน": "md5(i::varchar)",
    "ลำดับ": "n",
    "ด้าน": "['ทัศนคติ', 'ทักษะ', 'ทรัพยากร', 'ทางออก'][n]",
    "กิจกรรม": "concat('กิจกรรม', n)",
    "หน่วยงานรับผิดชอบ": AGENCY,
    "กำหนดเสร็จ": "concat(1 + i % 28, '/0', 6 + i % 4, '/2565')",
    "สถานะ": "['วางแผนแล้ว', 'กำลังดำเนินการ', 'แล้วเสร็จ'][1 + (i // {certified} + n) % 3]",
    "วันที่ปรับปรุง": "concat(1 + i % 28, '/07/2565')",
}
STEP = {
    "ปีทะเบียน": "2565",
    "รหัสครัวเรือน": "md5(i::varchar)",
    "ประเภทกรณี": "'สร้างบ้าน'",
    "ขั้นตอนที่": "n",
    "วันที่เริ่ม": "concat(n, '/05/2565')",
    "วันที่เสร็จ": "if(n < 6, concat(n, '/06/2565'), null)",
    "กำหนดเสร็จ": "concat(1 + i % 28, '/0', 6 + i % 4, '/2565')",
    "หน่วยงานรับผิดชอบ": AGENCY,
}
VISIT = {
    "ปีทะเบียน": "2565",
    "รหัสครัวเรือน": "md5(i::varchar)",
    "เยี่ยมครั้งที่": "n",
    "วันที่เยี่ยม": "concat(1 + i % 28, '/0', 3 + n, '/2565')",
    "ผู้เยี่ยม": f"concat('ทีมพี่เลี้ยงตำบล', {PLACE}.name)",
    "ผลการเยี่ยม": "'เยี่ยมบ้านและติดตามแผน'",
}
PERSON = {
    "ปีทะเบียน": "2565",
    "รหัสครัวเรือน": "md5(i::varchar)",
    "คนที่": "n",
    "เลขประจำตัวประชาชน": "concat(citizen, (11 - list_sum([(14 - k) * citizen[k]::int for k in range(1, 13)]) % 11) % 10)",
    "คำนำหน้า": "['นาย', 'นาง'][1 + n % 2]",
    "ชื่อ": in_sql(FIRST, LAST, "3 * i + 7 * (n - 1)"),
    "นามสกุล": in_sql(SURNAME, SURNAMED, "5 * i"),
    "เพศ": "['ชาย', 'หญิง'][1 + n % 2]",
    "วันเกิด": "concat(1 + i % 28, '/0', 1 + n, '/', 2480 + (i + 13 * n) % 80)",
    "ความสัมพันธ์": "if(n = 1, 'หัวหน้าครัวเรือน', 'สมาชิก')",
    "อาชีพ": "['ทำนา', 'รับจ้าง', 'เลี้ยงสัตว์'][1 + i % 3]",
    "บัตรสวัสดิการแห่งรัฐ": "['ผ่านการตรวจสอบ', 'ลงทะเบียน', 'ไม่มี'][1 + (i + n) % 3]",
}


def subdistricts(within: Sequence[str] = ("34",)) -> list[dict[str, object]]:
    """The subdistricts of provinces or districts, with the middle of their district: there the households have their points."""
    features = json.loads(DISTRICTS.read_text(encoding="utf-8"))["features"]
    middle = {f["properties"]["code"]: f["properties"] for f in features}
    return [
        {
            "code": t.code,
            "name": t.name_th,
            "district": d.name_th,
            "province": p.name_th,
            "x": middle[d.code]["x"],
            "y": middle[d.code]["y"],
        }
        for p in geothai.provinces()
        for d in geothai.districts(p.code)
        if d.code.startswith(tuple(within))
        for t in geothai.subdistricts(d.code)
    ]


def make(
    folder: Path, households: int = HOUSEHOLDS, people: bool = False, within: Sequence[str] = ("34",), first: int = 0
) -> list[Path]:
    """Write the household register, the plans, house-build steps and visits of its certified households, and on request
    the people; returns the files in this order. Households are numbered from `first`, in the places `within`."""
    certified = f"range({first}, {first + households}, {CERTIFIED}) household(i)"
    person = f"""(select i, n, concat('1', lpad((i * {max(MEMBERS)} + n)::varchar, 11, '0')) as citizen
                  from range({first}, {first + households}) household(i), range(1, {max(MEMBERS) + 1}) member(n)
                  where n <= {MEMBERS}[1 + i % {len(MEMBERS)}])"""
    wanted = {
        "households": (HOUSEHOLD | answers(), f"range({first}, {first + households}) household(i)"),
        "plans": (PLAN, f"{certified}, range(1, 5) item(n)"),
        "steps": (STEP, f"{certified}, range(1, 13) step(n) where i % {10 * CERTIFIED} = 0"),
        "visits": (VISIT, f"{certified}, range(1, 3) visit(n)"),
    }
    if people:
        wanted["people"] = (PERSON, person)
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set variable tambons = $tambons", {"tambons": subdistricts(within)})
        for name, (columns, rows) in wanted.items():
            cells = ", ".join(f'{sql} as "{heading}"' for heading, sql in columns.items())
            cells = cells.replace("{certified}", str(CERTIFIED)).replace("tambons", "getvariable('tambons')")
            connection.execute(f"copy (select {cells} from {rows}) to '{folder / name}.csv' (header)")
    return [folder / f"{name}.csv" for name in wanted]


def answers() -> dict[str, str]:
    """The indicators of the round of 2560-2564: five in a hundred fail, fifteen do not apply; the flags say what they say."""
    rows = [r for r in definitions.table("indicators") if r["survey_round"] == "2560-2564"]
    dash, passed = ", ".join(["'-'"] * 3), ", ".join(["'1'"] * 16)
    answer = {r["number"]: f"['0', {dash}, {passed}][cast(1 + hash(i + {r['number']}) % 20 as int)]" for r in rows}
    answer |= {r["number"]: f"if({INCOME} < {r['threshold']}, '0', '1')" for r in rows if r["measure"]}
    flags = {}
    for dimension in definitions.table("dimensions"):
        own = [answer[r["number"]] for r in rows if r["dimension"] == dimension["dimension"]]
        flags[f"มิติ{dimension['name_th']}"] = f"if('0' in ({', '.join(own)}), '0', '1')"
    return {f"ข้อ {number}": sql for number, sql in answer.items()} | flags
