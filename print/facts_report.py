"""Facts of the cover of the provincial report: whose it is, what it counts, what lies behind it."""

from print import places_chosen
from print.about import about
from print.case_words import count, rows
from print.facts_summary import of_kept
from queries import Filters, Reader, ask


def gather(filters: Filters, reader: Reader, thai_digits: bool | None = None) -> dict:
    """The facts; figures of the very households that the file has, each with its denominator."""
    now = rows(ask("summary", filters, reader))
    return {
        **about("report", filters, reader, thai_digits),
        "heading": f"รายงานครัวเรือนเป้าหมายขจัดความยากจน {places_chosen.title(filters)}",
        "place": places_chosen.title(filters),
        "year": f"ปีทะเบียน {', '.join(filters.year)}" if filters.year else "ทุกปีทะเบียน",
        "figures": _figures(now[0]) if now else [],
        "sent": ["เลขที่หนังสือนำส่ง", "ชื่อไฟล์", "รหัสตรวจสอบ (SHA-256) ตามใบรับไฟล์", "ผู้จัดทำ", "ผู้ตรวจสอบ", "วันที่ส่ง"],
    }


def _figures(now: dict) -> list[dict[str, str]]:
    households, certified = now["households"], now["target_households"]
    return [
        {"name": "ครัวเรือนในรายงาน", "value": count(households), "of": "ตามตัวกรอง"},
        {"name": "ขาดแคลนอย่างน้อยหนึ่งมิติ", "value": count(now["deprived_households"]), "of": f"จาก {count(households)}"},
        {"name": "รับรองเป็นเป้าหมาย", **of_kept(certified, now["certification_known"], households)},
        {"name": "มีแผน 4ท", **of_kept(now["planned"], now["plan_known"], certified)},
        {"name": "ได้รับความช่วยเหลือ", **of_kept(now["helped"], now["help_known"], certified)},
        {"name": "ปิดกรณีแล้ว", "value": count(now["closed"]), "of": f"จาก {count(certified)}"},
        {"name": "สมาชิก", "value": count(now["people"]), "of": f"คน ใน {count(now['counted'])} ครัวเรือน"},
    ]
