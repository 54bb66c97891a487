"""Registers with canaries: in every column that carries personal data, in free text, in a faulty cell and in a refused row."""

CANARIES = {
    "name": ("กานารีชื่อ", "กานารีสกุล", "กานารีสมาชิก", "กานารีผู้ให้", "กานารีคนอื่น"), "address": ("99/8877", "กานารีรหัส", "00001234567"),
    "phone": ("0812345678",), "citizen_id": ("1000041187812",),
}  # fmt: skip
FAULTY = "กานารีผิด"  # a name that stands in a faulty cell, which only whoever loads is told
REFUSED = "กานารีค้าง"  # a household that was not loaded and waits to be corrected
PLANTED = {
    "household": """
    household_id  | village_code | head_first_name | head_last_name | house_no | house_code  | phone      | certification | certified_date | indicator_8 | latitude | longitude | members   | head_citizen_id | meeting
    กานารีรหัส      | 34210601 | กานารีชื่อ         | กานารีสกุล        | 99/8877  | 00001234567 | 0812345678 | certified     | 2022-01-01     | 0           | 15.7     | 105.3     | กานารีผิด  |                 | เลข 1000041187812
    other         | 34210602 |                 |                |          |             |            |               |                |             |          |           | 1         |                 |
    1000041187812 | 34210602 | 1000041187812   |                |          |             |            |               |                |             |          |           | 1         |                 |
    กานารีค้าง      | 99999901 | กานารีชื่อ         | กานารีสกุล        | 99/8877  |             | 0812345678 |               |                |             |          |           |           | 1000041187812   |
    """,
    "person": "household_id | member_no | citizen_id | first_name | last_name | schooling | health_status\nกานารีรหัส | 1 | 1000041187812 | กานารีสมาชิก | กานารีสกุล"
    " | ป.4 นางกานารีคนอื่น เลข 1000041187812 | พิการ นางกานารีคนอื่น โทร 0812345678 เลข 1000041187812",
    "plan": "household_id | due_date | activity\nกานารีรหัส | 2022-01-02 | นางกานารีคนอื่น สอนทอผ้า",
    "step": "household_id | step | started_date | note\nกานารีรหัส | 1 | 2022-02-02 | กานารีชื่อมาเอง",
    "need": "household_id | item | unit\nกานารีรหัส | เตียงของกานารีสมาชิก | เตียงของ 1000041187812",
    "contribution": "household_id | giver | given_date\nกานารีรหัส | กานารีผู้ให้ 1000041187812 | 2022-09-01",
    "visit": "household_id | finding | visitor\nกานารีรหัส | พบกานารีชื่อนอนป่วย ฝากนายกานารีคนอื่น กานารีสกุล โทร 0812345678 เลข 1000041187812 | กานารีสมาชิก",
}
