"""A household register of Ubon's size, made in DuckDB: 375,000 households in 219 tambons, the widths of the sample's columns."""

from pathlib import Path

import duckdb
import geothai

import definitions

HOUSEHOLDS = 375_000  # Ubon Ratchathani in TPMAP 2561: 374,925
CERTIFIED = 200  # one in so many, as in a district that certifies 34 of several thousand

COLUMNS = """
    2565 as "ปีทะเบียน", md5(i::varchar) as "รหัสครัวเรือน", '0000' || lpad(i::varchar, 7, '0') as "รหัสประจำบ้าน",
    codes[1 + i % len(codes)] || '0' || (1 + i // 7 % 9)::varchar as "รหัสหมู่บ้าน", 1 + i // 7 % 9 as "หมู่ที่",
    'อุบลราชธานี' as "จังหวัด", (1 + i % 300) || '/' || (i % 7) as "บ้านเลขที่", 'นาย' as "คำนำหน้าหัวหน้าครัวเรือน",
    'สมมุติ' || (i % 977) as "ชื่อหัวหน้าครัวเรือน", 'ตัวอย่าง' || (i % 991) as "นามสกุลหัวหน้าครัวเรือน",
    '000' || lpad((i % 10000000)::varchar, 7, '0') as "เบอร์โทรศัพท์", 1 + i % 6 as "จำนวนสมาชิก", 2564 as "ปีสำรวจ จปฐ.",
    (1 + i % 28) || '/03/2565' as "วันที่สำรวจ", ['ใน TPMAP', 'นอก TPMAP (Re X-ray)', 'พบทั้งสองทาง'][1 + i % 3] as "แหล่งที่มา",
    if(i % 3 = 0, 'ตรวจสอบแล้วเดือดร้อนจริง', null) as "ผลการตรวจสอบ", if(i % {certified} = 0, 'รับรองแล้ว', null) as "ผลการรับรอง",
    if(i % {certified} = 0, '24/03/2565', null) as "วันที่รับรอง", 15000 + hash(i) % 90000 as "รายได้เฉลี่ยต่อคนต่อปี",
    {answers}, 15.2 + i % 900 / 1000 as "ละติจูด", 104.5 + i % 1100 / 1000 as "ลองจิจูด"
"""
PLAN = """
    2565 as "ปีทะเบียน", md5(i::varchar) as "รหัสครัวเรือน", n as "ลำดับ", ['ทัศนคติ', 'ทักษะ', 'ทรัพยากร', 'ทางออก'][n] as "ด้าน",
    'กิจกรรม' || n as "กิจกรรม", 'หน่วยงาน' || (i % 40) as "หน่วยงานรับผิดชอบ", (1 + i % 28) || '/0' || (6 + i % 4) || '/2565' as "กำหนดเสร็จ",
    ['วางแผนแล้ว', 'กำลังดำเนินการ', 'แล้วเสร็จ'][1 + (i // {certified} + n) % 3] as "สถานะ", (1 + i % 28) || '/07/2565' as "วันที่ปรับปรุง"
"""


def make(folder: Path, households: int = HOUSEHOLDS) -> list[Path]:
    """Write the household register and the plans of its certified households; returns the files."""
    codes = [t.code for d in geothai.districts("34") for t in geothai.subdistricts(d.code)]
    numbers = [r["number"] for r in definitions.table("indicators") if r["survey_round"] == "2560-2564" and not r["measure"]]
    # five in a hundred fail, fifteen do not apply
    answers = ", ".join(
        f"""[{"'0', '-', '-', '-', " + "'1', " * 15 + "'1'"}][cast(1 + hash(i + {n}) % 20 as int)] as "ข้อ {n}\""""
        for n in numbers
    )
    household, plan = folder / "households.csv", folder / "plans.csv"
    with duckdb.connect() as connection:
        connection.execute("set variable codes = $codes", {"codes": codes})
        columns = COLUMNS.format(certified=CERTIFIED, answers=answers).replace("codes", "getvariable('codes')")
        connection.execute(f"copy (select {columns} from range({households}) r(i)) to '{household}' (header)")
        columns = PLAN.format(certified=CERTIFIED)
        rows = f"range(0, {households}, {CERTIFIED}) r(i), range(1, 5) p(n)"
        connection.execute(f"copy (select {columns} from {rows}) to '{plan}' (header)")
    return [household, plan]
