"""Which places a paper tells of, and by what it breaks them down."""

from print.filter_words import of_code
from queries import Filters

BELOW = {0: "province", 2: "district", 4: "tambon", 6: "village", 8: "village"}  # digits of the place -> what its parts are
NAMED = {"province": "จังหวัด", "district": "อำเภอ", "tambon": "ตำบล", "village": "หมู่บ้าน"}


def codes(filters: Filters) -> tuple[str, ...]:
    """The finest places chosen; none is everywhere."""
    return filters.village or filters.tambon or filters.district or filters.province


def common(filters: Filters) -> str:
    """The one place that holds all chosen: its code, "" for the country."""
    chosen = codes(filters)
    shared = ({code[:digits] for code in chosen} for digits in (8, 6, 4, 2) if all(len(c) >= digits for c in chosen))
    return next((found.pop() for found in shared if len(found) == 1), "") if chosen else ""


def by(filters: Filters) -> str:
    """The level of its parts."""
    return BELOW[len(common(filters))]


def title(filters: Filters) -> str:
    """ "ตำบลเหล่างาม อำเภอโพธิ์ไทร จังหวัดอุบลราชธานี"."""
    code = common(filters)
    return " ".join(of_code(code[:digits]) for digits in (8, 6, 4, 2) if digits <= len(code)) or of_code("")
