"""The office of อ.ตระการพืชผล that learns: invented people, the seed's own numbers of them and of their skills, its 25 lessons.

The subjects that they learn are the seed's eight examples. Which lesson serves which need, who knows it and the days are made up.
"""

from datetime import date

from making.files import Table
from making.household import dice
from making.people import FAMILY, FEMALE, MALE
from making.spelling import buddhist

DISTRICT = "3411"
POSTS = ("พัฒนาการอำเภอ", *["นักวิชาการพัฒนาชุมชน"] * 9, "อาสาพัฒนา", "เจ้าหน้าที่กองทุนหมู่บ้าน")
VOLUNTEER = 11
MEN = {1, 4, 7, 11}  # 4 of the 12
SKILLS = {  # how many of the 12 have it (KM Challenge 2565)
    "การเงิน การบัญชี การตลาด": 4, "ประสานงาน": 2, "การสื่อสาร": 5, "ส่งเสริมอาชีพ": 6, "ปรองดองสมานฉันท์": 5, "สารสนเทศ": 3, "ภาษาต่างประเทศ": 8,
    "สิ่งแวดล้อม": 6, "ประชาสัมพันธ์": 8, "วัฒนธรรม": 12, "ช่างเทคนิค": 4, "งานสารบัญ": 5, "กฎหมาย": 5, "ศิลปะและการออกแบบ": 3,
}  # fmt: skip
LESSONS = """
การบริหารจัดการทรัพยากรน้ำบาดาลโดยใช้เครื่องสูบน้ำพลังงานแสงอาทิตย์สองประเภท  รายได้  โซล่าเซลล์แผง Mono เก็บแสงแดดอ่อน ๆ ได้ดี แผง Poly เก็บแสงแดดจ้า ๆ ได้ดี
การบริหารจัดการความอุดมสมบูรณ์ของดินโดยการปลูกพืชหมุนเวียน  รายได้  -
ภูมิปัญญาการสูบน้ำเข้านาข้าวโดยใช้แรงดันสุญญากาศแทนเครื่องสูบน้ำ  รายได้  ผันน้ำเข้านาด้วยแรงดันสุญญากาศในท่อพีวีซีธรรมดา ทดลองใช้ในครัวเรือนแล้วเผยแพร่ให้ชาวบ้าน
การแก้ปัญหาหน้าแล้งน้ำท่วมโดยใช้หลักการทำธนาคารน้ำใต้ดิน  รายได้  -
การทำแซนวิชปลาจากฟางและมูลสัตว์เพื่อเป็นแหล่งอาหารให้สัตว์น้ำ  รายได้  -
การประยุกต์ใช้น้ำหมักจุลินทรีย์สังเคราะห์แสงเพื่อการบำรุงพืช  รายได้  -
การลดอัตราการซึมของบ่อน้ำด้วยการใช้มูลสัตว์ผสมฟางอัดก้นบ่อ  รายได้  -
การใช้พืชตระกูลถั่วเพิ่มความอุดมสมบูรณ์ของหน้าดิน  รายได้  -
การใช้ต้นกล้วยเพื่อเพิ่มความอุดมสมบูรณ์ของหน้าดิน  รายได้  -
การคำนวณความสูงของบ่อบาดาลเพื่อเลือกกำลังไฟที่จำเป็นต่อการสูบน้ำด้วยโซลาเซลล์  รายได้  -
การสืบทอดภูมิปัญญาผ้าไทยในอำเภอตระการพืชผล จังหวัดอุบลราชธานี  รายได้  -
การศึกษาแนวโน้มของการใช้กัญชาเป็นพืชสมุนไพรทางการแพทย์ของอำเภอตระการพืชผล  -  -
การสร้างรายได้จากแหนแดงของเกษตรกรอำเภอตระการพืชผล  รายได้  -
การศึกษาความสนใจในผลิตภัณฑ์จากผ้าไทยอำเภอตระการพืชผล  รายได้  -
การศึกษาผลกระทบทางเศรษฐกิจในสถานการณ์การก่อสงคราม รัสเซีย VS ยูเครน  -  -
การอ้างอิงวิชาโหราศาสตร์กับสนามแม่เหล็กดวงดาวในระบบสุริยะที่มีผลต่อสารเคมีในสมองมนุษย์อันส่งผลต่อพฤติกรรมและพันธุกรรมมนุษย์  -  -
การวิเคราะห์แนวโน้มในการลงทุนผ่านสกุลเงินดิจิทัล (Crypto Currency)  -  -
การเตรียมความพร้อมด้านวาทศิลป์สำหรับการพูดในที่ชุมชน  -  -
การวิเคราะห์ทักษะการเล่าเรื่องราวของปราชญ์ชุมชน  -  -
ภูมิปัญญาการทอเสื่อกก ตำบลบ้านแดง อำเภอตระการพืชผล  รายได้  -
ความแตกต่างทางภูมิศาสตร์ที่มีผลต่อความอุดมสมบูรณ์ของข้าวหอมมะลิอำเภอตระการพืชผล จังหวัดอุบลราชธานี  -  -
ความอุดมสมบูรณ์ของแร่ธาตุในชั้นหินดินดานที่มีผลต่อพืชผลทางการเกษตร  -  -
วิธีการรักษาพันธุ์กล้วยหลังจากการแตกหน่อเครือ  รายได้  -
ความแตกต่างด้านสารอาหารระหว่างเนื้อสุกกับเนื้อดิบ โดยอิงตามวัฒนธรรมการกินของคนอีสาน  สุขภาพ  -
แนวโน้มการบริโภคสมุนไพรเพื่อเสริมสร้างภูมิคุ้มกันเชื้อไวรัสโคโรนา-๒๐๑๙  สุขภาพ  -
"""
# The seed's examples, in its order: subject, skill, from whom or where, steps at the meetings from February on ("." not looked at),
# number of the lesson drawn at the last of them.
SUBJECTS = """
การสนทนาภาษาอังกฤษกับผู้มาติดต่อราชการ  ภาษาต่างประเทศ  บุคลากรในสำนักงาน  11.2.23  -
การล้างไวรัสเครื่องคอมพิวเตอร์  ช่างเทคนิค  บุคลากรในสำนักงาน  1233445  -
แผงโซล่าเซลล์สองประเภทสำหรับสูบน้ำบาดาล  สิ่งแวดล้อม  หน้างานของตนเอง  .123344  4.1
แนวทางใหม่ของการสร้างความปรองดองสมานฉันท์  ปรองดองสมานฉันท์  การอบรม  ..12233  -
การสูบน้ำเข้านาด้วยแรงดันสุญญากาศ  สิ่งแวดล้อม  เรียนรู้ด้วยตนเอง  .122334  4.3
การเกษียณหนังสือราชการ  งานสารบัญ  บุคลากรในสำนักงาน  1223344  -
การพูดในที่ชุมชน  การสื่อสาร  หน้างานของตนเอง  3344455  4.18
การจัดเก็บข้อมูลความจำเป็นพื้นฐาน (จปฐ.)  สารสนเทศ  บุคลากรในสำนักงาน  12.2233  -
"""
STEPS = ("เรียนได้เมื่ออยากเรียน", "อยากเรียนต้องได้เรียน", "เรียนแล้วต้องนำไปใช้", "ใช้ซ้ำจนใช้เก่ง", "เก่งแล้วต้องสอนได้")
MEETINGS = tuple(date(2022, month, day) for month, day in ((2, 24), (3, 31), (4, 28), (5, 26), (6, 30), (7, 28), (8, 25)))


def sheets() -> dict[str, Table]:
    """The five registers as sheets of one workbook."""
    skilled = {skill: sorted(dice("skill", skill).sample(range(1, 13), people)) for skill, people in SKILLS.items()}
    paths = [row.split("  ") for row in SUBJECTS.strip().splitlines()]
    learners = _learners(paths, skilled)
    return {
        "บุคลากร": (
            ["รหัสอำเภอ", "เลขที่บุคลากร", "ชื่อบุคลากร", "ตำแหน่ง", "เพศ"],
            [[DISTRICT, n, _name(n), post, "ชาย" if n in MEN else "หญิง"] for n, post in enumerate(POSTS, 1)],
        ),
        "ความเชี่ยวชาญ": (
            ["รหัสอำเภอ", "เลขที่บุคลากร", "ความเชี่ยวชาญ"],
            [[DISTRICT, n, skill] for skill, people in skilled.items() for n in people],
        ),
        "บทเรียน": (
            ["รหัสอำเภอ", "เลขที่บทเรียน", "ชื่อบทเรียน", "เลขที่บุคลากรผู้รู้", "ใช้กับความขาดแคลนด้าน", "เนื้อหาบทเรียน", "วันที่ถอดบทเรียน"],
            [_lesson(n, row.split("  ")) for n, row in enumerate(LESSONS.strip().splitlines(), 1)],
        ),
        "เรื่องที่เรียน": (
            ["รหัสอำเภอ", "เลขที่เรื่องที่เรียน", "เลขที่บุคลากรผู้เรียน", "เรื่องที่เรียน", "ความเชี่ยวชาญที่เรียน"],
            [[DISTRICT, n, learners[n - 1], subject, skill] for n, (subject, skill, *_) in enumerate(paths, 1)],
        ),
        "การพบปะ": (
            ["รหัสอำเภอ", "เลขที่เรื่องที่เรียน", "วันที่พบปะ", "ขั้นการเรียนรู้", "เลขที่บุคลากรผู้สอน", "แหล่งเรียนรู้", "เลขที่บทเรียนที่ถอดได้"],
            [row for n, path in enumerate(paths, 1) for row in _meetings(n, path, learners[n - 1], skilled)],
        ),
    }  # fmt: skip


def _name(number: int) -> str:
    chance = dice("office", number)
    return f"{'นาย' if number in MEN else 'นาง'}{chance.choice(MALE if number in MEN else FEMALE)} {chance.choice(FAMILY)}"


def _lesson(number: int, row: list[str]) -> list[object]:
    title, need, text = ("" if cell == "-" else cell for cell in row)
    chance = dice("lesson", number)
    return [DISTRICT, f"4.{number}", title, chance.randrange(1, 13), need, text, buddhist(chance.choice(MEETINGS))]


def _learners(paths: list[list[str]], skilled: dict[str, list[int]]) -> list[int]:
    """Who learns each subject: the volunteer the letters, as in the seed; else somebody who has not the skill yet, or who is getting
    good at speaking."""
    found: list[int] = []
    for number, (_, skill, *_) in enumerate(paths, 1):
        others = [n for n in range(2, 13) if (n in skilled[skill]) == (skill == "การสื่อสาร") and n not in (*found, VOLUNTEER)]
        found.append(VOLUNTEER if skill == "งานสารบัญ" else dice("learner", number).choice(others))
    return found


def _meetings(number: int, path: list[str], learner: int, skilled: dict[str, list[int]]) -> list[list[object]]:
    _, skill, source, steps, lesson = path
    teachers = [n for n in skilled[skill] if n != learner]
    teacher = dice("teacher", number).choice(teachers)
    looked_at = [(day, int(step)) for day, step in zip(MEETINGS, steps, strict=True) if step != "."]
    return [
        [
            DISTRICT, number, buddhist(day), STEPS[step - 1], teacher if source == "บุคลากรในสำนักงาน" and 1 < step < 5 else None,
            source if step > 1 else None, lesson if lesson != "-" and day == looked_at[-1][0] else None,
        ]
        for day, step in looked_at
    ]  # fmt: skip
