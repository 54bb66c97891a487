"""Text files: what stands between cells, which characters the bytes mean, archives and folders."""

from tests.registers.case import Case, Cells, case, cells, households, one, unreadable
from tests.registers.files import gzipped, text, xlsx, zipped

NAMED = "ชื่อหัวหน้าครัวเรือน | บ้านเลขที่\nสมชาย | 12/3\nสมหญิง | 45"


def named(prefix: str) -> Cells:
    """Two households with Thai names."""
    return households(prefix, NAMED)


def thai(prefix: str) -> str:
    """What must come out of them."""
    return (
        f"household_id | head_first_name | house_no | source\n{prefix}1 | สมชาย | 12/3 | tpmap\n{prefix}2 | สมหญิง | 45 | tpmap"
    )


def plan(prefix: str) -> Cells:
    """A plan item for the first of them."""
    return cells(f"ปีทะเบียน | รหัสครัวเรือน | ลำดับ | ด้าน | กิจกรรม | สถานะ\n2565 | {prefix}1 | 1 | ทักษะ | เลี้ยงไก่ | วางแผนแล้ว")


def as_it_came(name: str, prefix: str, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> Case:
    """Two households in a text file, all kept and legible."""
    line = "delimiters" if encoding == "utf-8" else "encodings"
    what = f"{prefix} in {name.rsplit('.')[-1]}"
    return one(what, line, name, lambda: text(named(prefix), delimiter, encoding, end), 2, values=thai(prefix))


def one_broken_byte() -> bytes:
    """UTF-8 in which the third letter of a name lost its last byte."""
    whole = text(named("BRK"))
    at = whole.index("สมชาย".encode())
    return whole[: at + 8] + whole[at + 9 :]


QUOTED = 'บ้านเลขที่ | ข้อเท็จจริงโดยย่อ\n12, หมู่บ้านใหม่ | พูดว่า "ไม่มีจะกิน"\n7 | บ้านผุ\n8 | ปกติ'


def quoted() -> bytes:
    """Commas, quotes and a line break inside cells, and Windows line ends."""
    rows = households("QUO", QUOTED)
    rows[2][5] = "บ้านผุ\nหลังคารั่ว"
    rows[3][3] = "ที่ไหนสักแห่ง"
    return text(rows, end="\r\n")


STRAY = b"2565,STR1,34210601,tpmap\n2565,STR2,34210602,tpmap,\n2565,STR3,34210603,tpmap,,x\n"
STRAY_HEAD = "ปีทะเบียน,รหัสครัวเรือน,รหัสหมู่บ้าน,แหล่งที่มา\n".encode()
OPEN_QUOTE = STRAY_HEAD + b'2565,OPN1,34210601,tpmap\n2565,"OPN2,34210602,tpmap\n2565,OPN3,34210603,tpmap\n'

CASES = [
    as_it_came("จุลภาค.csv", "COM"),
    as_it_came("อัฒภาค.csv", "SEM", ";"),
    as_it_came("แท็บ.tsv", "TAB", "\t"),
    as_it_came("แท็บ.txt", "TXT", "\t", end="\r\n"),
    as_it_came("ขีดตั้ง.csv", "PIP", "|"),
    one("separator said in the first line", "delimiters", "บอกตัวคั่น.csv",
        lambda: b"sep=;\r\n" + text(named("SEP"), ";", end="\r\n"), 2, values=thai("SEP")),
    one("quotes, commas and line breaks in cells", "delimiters", "เครื่องหมายคำพูด.csv", quoted, 2, 1,
        problems="not_in_list | 4 | แหล่งที่มา", values="household_id | house_no\nQUO1 | 12, หมู่บ้านใหม่\nQUO2 | 7"),
    one("a stray comma refuses its row only", "delimiters", "จุลภาคเกิน.csv", lambda: STRAY_HEAD + STRAY, 2, 1,
        problems="extra_cells | 4 |"),
    unreadable("a quote that nobody closes", "delimiters", "คำพูดไม่ปิด.csv", lambda: OPEN_QUOTE, "แถว 3"),
    as_it_came("Windows-874 ตามชื่อ แต่เป็น UTF-8.csv", "BOM", encoding="utf-8-sig"),
    as_it_came("UTF-8 ตามชื่อ แต่เป็น Windows-874.csv", "WIN", encoding="cp874"),
    as_it_came("ข้อความ Windows-874.txt", "WTX", "\t", "cp874", "\r\n"),
    one("utf-16 with its mark, as Excel saves Unicode text", "encodings", "ยูนิโค้ด.txt",
        lambda: "\ufeff".encode("utf-16-le") + text(named("ULE"), "\t", "utf-16-le", "\r\n"), 2, values=thai("ULE")),
    one("utf-16 big-endian with its mark", "encodings", "ยูนิโค้ดใหญ่ก่อน.csv",
        lambda: "\ufeff".encode("utf-16-be") + text(named("UBE"), encoding="utf-16-be"), 2, values=thai("UBE")),
    as_it_came("ยูนิโค้ดไม่มีเครื่องหมายนำ.csv", "UNM", encoding="utf-16-le"),
    unreadable("one broken byte in utf-8", "encodings", "ไบต์เสีย.csv", one_broken_byte,
               str(text(named("BRK")).index("สมชาย".encode()) + 7)),
    case("gzip of a text and of a workbook", "many",
         lambda: {"บีบอัด.csv.gz": gzipped(text(named("GZT"))), "สมุดงานบีบอัด.xlsx.gz": gzipped(xlsx({"ก": named("GZX")}))},
         "บีบอัด.csv | | household | 2 | 0\nสมุดงานบีบอัด.xlsx | ก | household | 2 | 0",
         values=thai("GZT") + thai("GZX").partition("source")[2]),
    case("zip of registers", "many",
         lambda: {"อำเภอโพธิ์ไทร.zip": zipped({"ครัวเรือน.csv": text(named("ZIP")), "แผน/แผน 4ท.xlsx": xlsx({"แผน": plan("ZIP")})})},
         "อำเภอโพธิ์ไทร.zip/ครัวเรือน.csv | | household | 2 | 0\nอำเภอโพธิ์ไทร.zip/แผน/แผน 4ท.xlsx | แผน | plan | 1 | 0",
         values="household_id | plan_items\nZIP1 | 1\nZIP2 | 0"),
    case("a folder and what is in its folders", "many",
         lambda: {"แฟ้มตำบล/ครัวเรือน.csv": text(named("FOL")), "แฟ้มตำบล/ปี 2565/แผนในแฟ้ม.tsv": text(plan("FOL"), "\t")},
         "ครัวเรือน.csv | | household | 2 | 0\nแผนในแฟ้ม.tsv | | plan | 1 | 0", values="household_id | plan_items\nFOL1 | 1"),
    case("several files at once, the plan before its households", "many",
         lambda: {"ก แผน.csv": text(plan("SEV")), "ข ครัวเรือน.csv": text(named("SEV"))},
         "ก แผน.csv | | plan | 1 | 0\nข ครัวเรือน.csv | | household | 2 | 0", values="household_id | plan_items\nSEV1 | 1"),
    one("a text that begins like a formula stays a text", "formulas", "สูตรในข้อความ.csv",
        lambda: text(households("TXF", "ชื่อหัวหน้าครัวเรือน\n=HYPERLINK(1)")), 1,
        values="household_id | head_first_name\nTXF1 | =HYPERLINK(1)"),
]  # fmt: skip
