"""Persons who may be one: what brings two records into the queue, what keeps them out, and a verdict that outlives builds."""

from itertools import combinations
from threading import Thread

import pytest

from queries import Reader, decide
from queries.decisions import decided
from tests.drawn import Warehouse


def pairs(w: Warehouse, **asked: str) -> dict[tuple[str, str], str]:
    """(household, other household) by the names of their heads or members -> why."""
    found = w.ask("duplicates", limit=100, **asked)
    return {tuple(sorted((r["first_name"] or "", r["other_first_name"] or ""))): r["why"] for r in found}


def test_an_equal_citizen_id_is_found_wherever_the_two_live(warehouse):
    w = warehouse(
        household="""
        household_id | village_code | head_first_name | head_last_name | head_citizen_id
        A            | 34210601     | สมชาย           | ใจดี           | 1000041187812
        B            | 34150203     | บุญมี           | ทองคำ          | 1000041187812
        C            | 34210601     | แก้วตา          | ศรีสุข         |
        """
    )
    assert pairs(w) == {("บุญมี", "สมชาย"): "equal_citizen_id"}


def test_the_surer_reason_of_two_is_told(warehouse):
    """One citizen ID and alike names in one village: it is the ID that says so."""
    w = warehouse(
        household="""
        household_id | village_code | head_first_name | head_last_name | head_citizen_id
        A            | 34210601     | สมชาย           | ใจดี           | 1000041187812
        B            | 34210601     | สมชาย           | ใจดี           | 1000041187812
        """
    )
    assert pairs(w) == {("สมชาย", "สมชาย"): "equal_citizen_id"}


def test_names_as_two_officers_write_them_are_alike_in_one_village_only(warehouse):
    w = warehouse(
        household="""
        household_id | village_code | head_first_name | head_last_name
        A            | 34210601     | ณัฐวุฒิ         | ศรีสวัสดิ์
        B            | 34210601     | นัฐวุฒิ          | ศรีสวัสดิ
        C            | 34210602     | ณัฐวุฒิ         | ศรีสวัสดิ์
        D            | 34210601     | ประยูร          | ศรีสวัสดิ์
        E            | 34210601     | ณัฐวุฒิ         | แก้วมณี
        """
    )
    assert pairs(w) == {("ณัฐวุฒิ", "นัฐวุฒิ"): "alike_in_village"}


def test_sex_year_of_birth_and_another_citizen_id_keep_people_apart(warehouse):
    w = warehouse(
        household="household_id | house_no\nA | 1\nB | 2\nC | 3\nD | 4\nE | 5",
        person="""
        household_id | member_no | first_name | last_name | sex  | birth_date | citizen_id
        A            | 1         | สมพร       | บุญมา     | ชาย  | 1960-05-01 | 1000041187812
        B            | 1         | สมพร       | บุญมา     | หญิง | 1960-05-01 |
        C            | 1         | สมพร       | บุญมา     | ชาย  | 1985-05-01 |
        D            | 1         | สมพร       | บุญมา     | ชาย  | 1961-01-01 |
        E            | 1         | สมพร       | บุญมา     | ชาย  | 1960-05-01 | 1000000000017
        """,
    )
    found = {(r["ref"], r["other_ref"]) for r in w.ask("duplicates", limit=100)}
    assert found == {
        tuple(sorted(p, key=[w.ref(h) for h in "ABCDE"].index)) for p in [(w.ref("A"), w.ref("D")), (w.ref("D"), w.ref("E"))]
    }


def test_two_families_of_one_house_are_not_one_for_their_surname(warehouse):
    w = warehouse(
        household="""
        household_id | village_code | house_no | head_first_name | head_last_name
        A            | 34210601     | 12       | บุญมี           | ทองคำ
        B            | 34210601     | 12       | สายใจ           | ทองคำ
        C            | 34210601     | 12       | บุนมี            | ทองคำ
        """
    )
    assert pairs(w) == {("บุญมี", "บุนมี"): "alike_in_house"}


def test_a_name_that_half_a_village_bears_costs_no_pair_of_all(warehouse):
    same = "\n".join(f"H{n} | 34210601 | สมมุติ | ตัวอย่าง" for n in range(320))
    w = warehouse(household=f"household_id | village_code | head_first_name | head_last_name\n{same}")
    assert w.ask("duplicates", limit=1)[0]["total"] == 319


def test_years_are_compared_apart(warehouse):
    w = warehouse(
        household="""
        household_id | register_year | head_first_name | head_last_name | head_citizen_id
        A            | 2564          | สมชาย           | ใจดี           | 1000041187812
        A            | 2565          | สมชาย           | ใจดี           | 1000041187812
        """
    )
    assert pairs(w) == {}


def people(w: Warehouse) -> set[tuple[str, str]]:
    """Pairs of household ids, each in its order."""
    ids = {w.ref(name): name for name in w.households()}
    return {tuple(sorted((ids[r["ref"]], ids[r["other_ref"]]))) for r in w.ask("duplicates", limit=100)}


def test_titles_ranks_and_nicknames_in_the_cell_of_a_name_are_no_part_of_it(warehouse):
    w = warehouse(
        household="""
        household_id | house_no | head_first_name            | head_last_name
        A            | 1        | สมชาย                      | ใจดี
        A1           | 2        | นายสมชาย (เปี๊ยก)          | ใจดี
        A2           | 3        | ว่าที่ ร.ต. สมชาย          | ใจดี/แดง
        A3           | 4        | จ.ส.อ.สมชาย                | ใจดี [อ้วน]
        B            | 5        | คุณากร                     | แสนสุข
        B1           | 6        | กร                         | แสนสุข
        C            | 7        | ว่าที่ ร.ต.ธนพร            | ทองคำ
        C1           | 8        | ว่าที่ ร.ต.ประยูร          | ทองคำ
        D            | 9        | มานะ (น้อย)                | ศรีสุข
        D1           | 10       | วิไล (น้อย)                | ศรีสุข
        """
    )
    assert people(w) == {("A", "A1"), ("A", "A2"), ("A", "A3"), ("A1", "A2"), ("A1", "A3"), ("A2", "A3")}


def test_a_rank_that_stands_alone_in_front_of_one_cell_is_not_the_first_name(warehouse):
    w = warehouse(
        household="household_id | house_no\nA | 1\nB | 2\nC | 3",
        person="""
        household_id | full_name
        A            | พิศักดิ์ คำแสง
        B            | ว่าที่ พ.ต. พิศักดิ์ คำแสง (อ้วน)
        C            | ว่าที่ พ.ต. ประยูร คำแสง (อ้วน)
        """,
    )
    assert people(w) == {("A", "B")}


def test_a_name_read_alike_is_alike_however_it_is_spelled(warehouse):
    """Silent letters, ร and ล, รร, ใ and ไ, ทร and ศร, ending consonants, marks doubled, in another order or not to be seen."""
    spelled = {
        "วรรณา จันทร์เพ็ญ": "วัณา จันเพ็น",
        "รัตนพร แสนสุข": "ลัตนพล แสนสุก",
        "ทรงศักดิ์ ใจศรี": "ซงศัก ไจสี",
        "บุญเลิศ พันธุ์ไชย": "บุนเลิด พันชัย",
        "อำไพ ทรัพย์มี": "อัมไพ ซับมี",
        "มณีพร บุตรดี": "มณีีพร บุตรดี\u2060",
        "กิ่งแก้ว น้อยนาม": "ก่ิงเเก้ว นอยนาม",
        "เกียรติ วงศ์ราช": "เกียรติ์ วงษ์ราช",
    }
    rows = [
        f"{side}{n} | {n} | {name.replace(' ', ' | ')}"
        for n, names in enumerate(spelled.items())
        for side, name in zip("PQ", names, strict=True)
    ]
    w = warehouse(household="household_id | house_no | head_first_name | head_last_name\n" + "\n".join(rows))
    assert people(w) == {(f"P{n}", f"Q{n}") for n in range(len(spelled))}


def test_a_surname_that_changed_or_is_missing_is_no_other_person_where_the_birth_date_is_one(warehouse):
    """1 January is what is written for a day that nobody knows: half a village has it."""
    w = warehouse(
        household="household_id | house_no\n" + "\n".join(f"{name} | {n}" for n, name in enumerate("ABCDEFGH")),
        person="""
        household_id | first_name | last_name | sex  | birth_date
        A            | วิไลพร     | ทองคำ     | หญิง | 1980-05-17
        B            | วิไลพร     | แสนสุข    | หญิง | 1980-05-17
        C            | วิไลพร     |           | หญิง | 1980-05-17
        D            | วิไลพร     | แก้วมณี   | หญิง | 1980-06-17
        E            | วิไลพร     | บุตรดี    | ชาย  | 1980-05-17
        F            | สายใจ      | หาญกล้า   | หญิง | 1980-05-17
        G            | บุญมี      | ทองคำ     | ชาย  | 1960-01-01
        H            | บุญมี      | แสนสุข    | ชาย  | 1960-01-01
        """,
    )
    assert people(w) == {("A", "B"), ("A", "C"), ("B", "C")}


def test_a_birth_date_keeps_namesakes_apart_unless_two_of_its_parts_agree(warehouse):
    """A slip of the hand changes the day, the month or the year; in one house it is one person all the same."""
    w = warehouse(
        household="household_id | house_no\nA | 1\nB | 2\nC | 3\nD | 4\nE | 1",
        person="""
        household_id | first_name | last_name | birth_date
        A            | สมพร       | บุญมา     | 1960-05-17
        B            | สมพร       | บุญมา     | 1961-05-17
        C            | สมพร       | บุญมา     | 1961-09-02
        D            | สมพร       | บุญมา     | 1961-01-01
        E            | สมพร       | บุญมา     | 1961-11-20
        """,
    )
    assert people(w) == {("A", "B"), ("A", "D"), ("B", "D"), ("C", "D"), ("D", "E"), ("A", "E")}


def test_twins_and_brothers_whose_names_begin_alike_are_two(warehouse):
    """Twins in two households of a house, and twins whom two registers list: each is one with itself alone."""
    w = warehouse(
        household="household_id | house_no\nA | 1\nB | 1\nC | 2\nD | 3\nE | 4\nF | 5",
        person="""
        household_id | member_no | first_name    | last_name | sex | birth_date
        A            | 1         | กิตติพงษ์     | ใจราช     | ชาย | 1990-03-09
        B            | 1         | กิตติศักดิ์   | ใจราช     | ชาย | 1990-03-09
        C            | 1         | อรุณชัย       | ทองงาม    | ชาย | 2001-07-12
        C            | 2         | อรุณเดช       | ทองงาม    | ชาย | 2001-07-12
        D            | 1         | อรุณชัย       | ทองงาม    | ชาย | 2001-07-12
        D            | 2         | อรุณเดช       | ทองงาม    | ชาย | 2001-07-12
        E            | 1         | ปรีดาชัย      | สุขแสน    | ชาย |
        F            | 1         | ปรีดาศักดิ์   | สุขแสน    | ชาย | 1964-02-04
        """,
    )
    found = {(r["first_name"], r["other_first_name"]) for r in w.ask("duplicates", limit=100)}
    assert found == {("อรุณชัย", "อรุณชัย"), ("อรุณเดช", "อรุณเดช")}


def reasons(w: Warehouse) -> list[tuple[str, ...]]:
    """All reasons of each pair on the page, in its order."""
    rows = w.ask("duplicates", limit=100)
    assert len({row["pair"] for row in rows}) == len(rows) == (rows[0]["total"] if rows else 0), "a pair stands twice"
    return [tuple(row["reasons"]) for row in rows]


def test_a_pair_found_by_id_and_by_name_is_one_pair_with_both_reasons(warehouse):
    w = warehouse(
        household="""
        household_id | house_no | head_first_name | head_last_name | head_citizen_id
        A            | 5        | สมชาย           | ใจดี           | 1000041187812
        B            | 5        | สมชาย           | ใจดี           | 1000041187812
        C            | 6        | บุญมี           | ทองคำ          | 1000041187812
        """
    )
    assert reasons(w) == [("equal_citizen_id", "alike_in_house"), ("equal_citizen_id",)]
    assert [row["likeness"] for row in w.ask("duplicates", limit=9)] == [100, None]


def test_a_pair_of_two_register_years_is_one_and_one_verdict_is_for_both(warehouse):
    rows = "\n".join(f"{h} | {year} | สมชาย | ใจดี" for year in (2564, 2565) for h in "AB")
    w = warehouse(household=f"household_id | register_year | head_first_name | head_last_name\n{rows}")
    (row,) = w.ask("duplicates", limit=9)
    assert (list(row["register_years"]), row["register_year"], row["total"]) == ([2564, 2565], 2565, 1)
    decide(row["pair"], "different")
    assert (reasons(w), len(w.ask("duplicates", state="decided", limit=9))) == ([], 1)


def test_alike_names_with_two_right_ids_in_one_house_are_offered_and_told(warehouse):
    """In the next house they are two people, as they were; brothers of one house stay two."""
    w = warehouse(
        household="""
        household_id | house_no | head_first_name | head_last_name | head_citizen_id
        A            | 5        | มานะ            | ดีใจ           | 1000041187812
        B            | 5        | มานะ            | ดีใจ           | 1000000000017
        C            | 6        | มานะ            | ดีใจ           | 3000000123450
        D            | 7        | อรุณชัย         | ทองงาม         | 1000000678901
        E            | 7        | อรุณเดช         | ทองงาม         | 3000000543211
        """
    )
    assert (people(w), reasons(w)) == ({("A", "B")}, [("alike_in_house", "two_citizen_ids")])


def test_a_title_in_the_column_of_the_first_name_neither_hides_nor_makes_a_pair(warehouse):
    """Case F23: two pairs, one written "นางใบบัว" in the column of the first name."""
    w = warehouse(
        household="""
        household_id | house_no | head_title | head_first_name | head_last_name
        DP1          | 12       | นาง        | ใบบัว           | สมมติสุข
        DP2          | 99       |            | นางใบบัว        | สมมติสุข
        DP3          | 14       | นาย        | ทดลอง           | ตัวอย่างงาม
        DP4          | 97       | นาย        | ทดลอง (ลอง)     | ตัวอย่างงาม
        N1           | 20       | นาง        | นางใบเงิน       | ทดสอบดี
        N2           | 21       | นาง        | นางกานดา        | ทดสอบดี
        R1           | 30       | ส.อ.       | ประสิทธิ์        | แสนสมมติ
        R2           | 31       |            | ร.ต. ประสิทธิ์    | แสนสมมติ
        R3           | 32       |            | พระประสิทธิ์      | แสนสมมติ
        """
    )
    assert people(w) == {("DP1", "DP2"), ("DP3", "DP4"), ("R1", "R2"), ("R1", "R3"), ("R2", "R3")}


TWICE = """
household_id | village_code | head_first_name | head_last_name | phone
A            | 34210601     | สมชาย           | ใจดี           | {}
B            | 34210601     | สมชาย           | ใจดี           |
"""


def test_not_the_same_is_remembered_over_builds_and_can_be_taken_back(warehouse):
    w = warehouse(household=TWICE.format("0812345678"))
    (row,) = w.ask("duplicates")
    decide(row["pair"], "different")
    assert pairs(w) == {} and pairs(w, state="decided") == {("สมชาย", "สมชาย"): "alike_in_village"}
    again = warehouse(household=TWICE.format("0898765432"))
    assert again.report["build"] != w.report["build"] and pairs(again) == {}
    decide(row["pair"], "open")
    assert pairs(again) and pairs(again, state="decided") == {}
    with pytest.raises(ValueError, match="perhaps"):
        decide(row["pair"], "perhaps")


def test_verdicts_given_at_once_and_a_line_that_a_power_cut_tore_lose_no_other(warehouse):
    w = warehouse(household=TWICE.format(""))
    path = w.folder / "decisions.jsonl"
    path.write_text('{"pair": "torn", "verd', encoding="utf-8")
    path.chmod(0o600)
    workers = [Thread(target=decide, args=(f"{n:016x}", "different")) for n in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert decided() == {f"{n:016x}" for n in range(20)}
    assert path.stat().st_mode & 0o077 == 0 and "สมชาย" not in path.read_text(encoding="utf-8")


def test_a_reader_sees_pairs_of_its_own_area_only(warehouse):
    w = warehouse(
        household="""
        household_id | village_code | head_first_name | head_last_name | head_citizen_id
        A            | 34210601     | สมชาย           | ใจดี           | 1000041187812
        B            | 34150203     | สมชาย           | ใจดี           | 1000041187812
        C            | 34210605     | สมชาย           | ใจดี           | 1000041187812
        """
    )
    seen = {
        area: len(w.ask("duplicates", reader=Reader("data_officer", (area,)), limit=100))
        for area in ("3421", "3415", "34", "342106")
    }
    assert seen == {"3421": 1, "3415": 0, "34": 2, "342106": 1}


def test_every_pair_that_a_child_would_find_is_found(warehouse):
    """All pairs of a village by plain comparison of written names, without any blocking."""
    names = [
        "ก้องเกียรติ มีทรัพย์",
        "ก้องเกียรติ์ มีทรัพย์",
        "วิไล จันทร์เพ็ญ",
        "วิไลย์ จันเพ็ญ",
        "บุญเลิศ แสนสุข",
        "บุญเลิด แสนสุข",
        "มานะ ทองดี",
        "สายชล น้อยนาม",
    ]
    rows = "\n".join(f"N{n} | 34210601 | {name.replace(' ', ' | ')}" for n, name in enumerate(names))
    w = warehouse(household=f"household_id | village_code | head_first_name | head_last_name\n{rows}")
    firsts = [name.split()[0] for name in names]
    wanted = {tuple(sorted(p)) for p in combinations(firsts, 2) if firsts.index(p[0]) // 2 == firsts.index(p[1]) // 2 < 3}
    assert set(pairs(w)) == wanted
