"""What a number format shows of a day."""

import pytest

from etl.files.number_formats import DATE, DAY_MONTH, MONTH_YEAR, shows, unseen


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", DATE),
        ("[$-41E]d mmmm yyyy", DATE),
        ("[$-D07041E]d mmmm bbbb", DATE),
        ("[$-187041E]d/m/yy;@", DATE),
        ("ว ดดด ปปปป", DATE),
        ("bbbb", DATE),
        ("B2yyyy-mm-dd", DATE),
        ("d/m/yy h:mm", DATE),
        ("d-mmm", DAY_MONTH),
        ("[$-41E]ว-ดดด", DAY_MONTH),
        ("mmm-yy", MONTH_YEAR),
        ("ดดด-ปป", "month year buddhist"),
        ("h:mm", ""),
        ("[h]:mm:ss", ""),
        ("mm:ss.0", ""),
        ("0.00", ""),
        ("General", ""),
        ("@", ""),
        ("#,##0.00_-;-#,##0.00_-", ""),
        ('0 "บาท"', ""),
        ('"วันที่" 0', ""),
        ('"ปี" General', ""),
        ("[Red]0", ""),
    ],
)
def test_a_code_shows_day_month_and_year_or_less(code, shown):
    assert shows(164, code) == shown


def test_built_in_formats_of_thai_are_dates_that_the_library_does_not_see():
    assert [shows(number) for number in (14, 16, 17, 71, 73, 74, 75, 81, 0, 59)] == [
        DATE, DAY_MONTH, MONTH_YEAR, DATE, DAY_MONTH, "month year buddhist", "", DATE, "", "",
    ]  # fmt: skip
    assert [unseen(number) for number in (14, 16, 71, 81)] == [False, False, True, True]
    assert unseen(164, "ว/ด/ปป") and not unseen(164, "d/m/yy")
