"""One row of a household register, column -> value."""

from datetime import date, timedelta

from making.household import Household, Row, answers, dice, flags
from making.people import people
from making.story import CIRCUMSTANCES, DISTRICTS, SAME_HOUSE, TAMBONS, TROUBLE


def rows_of(household: Household, names: dict[str, str]) -> Row:
    """One row of a household register, column -> value; `names` are the villages' by code."""
    h, chance = household, dice("row", household.village[:4], SAME_HOUSE.get(household.no, household.no))
    head = people(h)[0]
    longitude, latitude = _point(h)
    street, part = chance.randrange(1, 180), chance.choice(("", "", "", "/1", "/2"))
    survey = date(h.year - 544, 2, 8) if h.source != "outside" else date(h.year - 543, 2, 14)
    row: Row = {
        "register_year": h.year,
        "household_id": h.key,
        "house_code": f"0000{chance.randrange(10**7):07}",
        "village_code": h.village,
        "moo": int(h.village[6:]),
        "village_name": names[h.village],
        "tambon_name": h.tambon,
        "district_name": DISTRICTS[h.village[:4]],
        "province_name": "อุบลราชธานี",
        "house_no": f"{street}{part}",
        "head_title": head["title"],
        "head_first_name": head["first_name"],
        "head_last_name": head["last_name"],
        "phone": f"000-{chance.randrange(1000):03}-{chance.randrange(10_000):04}" if chance.random() < 0.7 else "",
        "members": len(h.family),
        "survey_year": h.year - 1,
        "survey_date": survey + timedelta(dice("survey", h.no).randrange(45)),
        "source": h.source,
        "verification": h.verification,
        "certification": h.certification,
        "certified_date": h.certified,
        "meeting": f"{h.meeting}/{h.year}" if h.certification in ("certified", "refused") else "",
        "mentor": f"ทีมพี่เลี้ยงตำบล{h.tambon}" if h.certified else "",
        "closed_date": h.closed,
        "close_reason": h.reason,
        "circumstances": _circumstances(h),
        "income": h.income,
        "latitude": latitude,
        "longitude": longitude,
    }
    row |= {f"indicator_{n}": answer for n, answer in answers(h).items()}
    row |= {f"{dimension}_flag": flag for dimension, flag in flags(h).items()}
    return row | h.written


def _circumstances(h: Household) -> str:
    if h.year == 2565 and h.village[:4] == "3421" and h.no in CIRCUMSTANCES:
        return CIRCUMSTANCES[h.no]
    return " ".join(TROUBLE[n] for n, answer in answers(h).items() if answer == "0" and n in TROUBLE)


def _point(household: Household) -> tuple[float | None, float | None]:
    """Within some two kilometres of the tambon's centroid, the houses of a village near each other."""
    if household.no % 9 == 4:
        return None, None
    _, longitude, latitude = TAMBONS[household.village[:6]]
    village, house = dice("village", household.village), dice("house", SAME_HOUSE.get(household.no, household.no))
    return (
        round(longitude + village.uniform(-0.009, 0.009) + house.uniform(-0.003, 0.003), 5),
        round(latitude + village.uniform(-0.009, 0.009) + house.uniform(-0.003, 0.003), 5),
    )
