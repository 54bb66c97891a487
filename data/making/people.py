"""The members of a household: invented names, ids of an office that does not exist, lives that fit the indicators."""

import random
from datetime import date, timedelta

from making.household import Household, Member, Row, dice
from making.story import AS_OF

CARD_AGE = 18  # years: nobody younger holds a welfare card
CARDS = ("ผ่านการตรวจสอบ", "ลงทะเบียนแล้ว", "ไม่มีบัตร")
MALE = ["เมฆขาว", "ฟ้าคราม", "ภูผา", "ธารน้ำ", "ตะวันแก้ว", "ไม้มงคล", "ต้นกล้า", "รุ่งแจ้ง", "แสงทอง", "ดินดี", "ข้าวใหม่", "ใบไผ่", "ลมเย็น", "เพชรน้ำ", "ขุนเขา", "มั่นใจ", "กล้าคิด", "ซื่อตรง", "ขยันดี", "พอใจ", "อดทน", "ร่วมแรง", "เพียรทำ", "ใจสู้", "ยิ้มแย้ม", "ต้นสัก", "หินแกร่ง", "ธงชัยดี", "ปลาทอง", "รักถิ่น"]  # fmt: skip
FEMALE = ["ดอกแก้ว", "บัวขาว", "จำปาหอม", "มะลิลา", "ฟ้าใส", "ใบเตย", "น้ำค้าง", "รวงข้าว", "แสงดาว", "จันทร์ยิ้ม", "ไพลิน", "กุหลาบงาม", "ลำดวน", "พวงชมพู", "เฟื่องฟ้า", "เอื้องคำ", "บานชื่น", "ชมจันทร์", "ขวัญข้าว", "สีรุ้ง", "ใจงาม", "อ่อนหวาน", "เมตตา", "กรุณาดี", "อิ่มบุญ", "พอเพียง", "ร่มเย็น", "ปรานี", "สดชื่น", "งามตา"]  # fmt: skip
FAMILY = [first + last for first in ("ตัวอย่าง", "สมมุติ", "ทดสอบ", "จำลอง", "แบบร่าง", "นามแฝง")
          for last in ("ดี", "สุข", "ทรัพย์", "งาม", "เจริญ", "รุ่งเรือง", "มั่นคง", "ใจดี", "ร่มเย็น", "พัฒนา")]  # fmt: skip


def people(household: Household) -> list[Row]:
    """Rows of the member register for one household."""
    h = household
    chance = dice("people", h.village[:4], h.no)
    last_name = chance.choice(FAMILY)
    men, women = chance.sample(MALE, 6), chance.sample(FEMALE, 6)
    return [
        {
            "household_id": h.key,
            "register_year": h.year,
            "member_no": no,
            "citizen_id": citizen_id(f"{chance.randrange(10**7):07}"),
            "title": _title(m),
            "first_name": (men if m.sex == "m" else women)[no - 1],
            "last_name": last_name,
            "sex": "ชาย" if m.sex == "m" else "หญิง",
            "birth_date": _birthday(m.age, chance),
            "age": m.age,
            "relation": _relation(m, h.family[0], no),
            "occupation": _occupation(m, h, chance),
            "education": _education(m, h),
            "health": {"*": "พิการทางการเคลื่อนไหว", "^": "ป่วยเรื้อรัง"}.get(m.mark, "แข็งแรง"),
            "welfare_card": _card(m, chance),
        }
        for no, m in enumerate(h.family, 1)
    ]


def citizen_id(number: str) -> str:
    """13 digits of office 0000, which issues no cards: 1 0000 and seven digits, then a valid check digit."""
    digits = f"10000{number}"
    return digits + str((11 - sum(w * int(d) for w, d in zip(range(13, 1, -1), digits, strict=True)) % 11) % 10)


def _birthday(age: int, chance: random.Random) -> date:
    """A day on which somebody was born who is `age` on the data's date."""
    return date(AS_OF.year - age, AS_OF.month, AS_OF.day) - timedelta(chance.randrange(1, 364))


def _title(m: Member) -> str:
    if m.age < 15:
        return "ด.ช." if m.sex == "m" else "ด.ญ."
    return "นาย" if m.sex == "m" else "นาง" if m.age >= 25 else "นางสาว"


def _relation(m: Member, head: Member, no: int) -> str:
    if no == 1:
        return "หัวหน้าครัวเรือน"
    younger = head.age - m.age
    return "คู่สมรส" if abs(younger) < 15 and m.sex != head.sex else "บุตร" if younger < 43 else "หลาน"


def _occupation(m: Member, h: Household, chance: random.Random) -> str:
    if m.age < 6 or m.mark == "*":
        return "ไม่ได้ทำงาน"
    if m.age <= 16:
        return "ไม่ได้ทำงาน" if (16 if m.age < 15 else 17) in h.fails else "นักเรียน"
    if (20 if m.age < 60 else 21) in h.fails:
        return "ไม่มีงานทำ"
    return chance.choice(("ทำนา", "รับจ้างทั่วไป", "ทำไร่มันสำปะหลัง", "หาปลา", "เลี้ยงสัตว์", "ค้าขาย"))


def _education(m: Member, h: Household) -> str:
    if m.age < 3:
        return "ยังไม่ถึงวัยเรียน"
    if m.age <= 5:
        return "ยังไม่เข้าศูนย์พัฒนาเด็ก" if 15 in h.fails else "ศูนย์พัฒนาเด็กเล็ก"
    if m.age <= 14:
        level = f"ป.{m.age - 6}" if 7 <= m.age <= 12 else f"ม.{max(1, m.age - 12)}"
        return f"ออกกลางคัน {level}" if 16 in h.fails else f"กำลังเรียน {level}"
    if m.age <= 16:
        return "จบ ม.3 ไม่ได้เรียนต่อ" if 17 in h.fails else "กำลังเรียน ม.4"
    if m.age < 60 and 19 in h.fails:
        return "อ่านเขียนไม่คล่อง"
    return "ป.4" if m.age >= 55 else "ป.6" if m.age >= 40 else "ม.3"


def _card(m: Member, chance: random.Random) -> str:
    drawn = chance.choices(CARDS, (45, 20, 35))[0]
    return drawn if m.age >= CARD_AGE else CARDS[2]
