"""The filters as one Thai sentence, the same that the screen shows (ui/filters/sentence.py), for every paper."""

import definitions
from queries import NOBODY, Filters, ask

RANKS = {2: "จ.{}", 4: "อ.{}", 6: "ต.{}", 8: "{}"}
CLOSED = {"dimension": "ขาดแคลนด้าน{}", "plan": "แผน 4ท: {}", "case": "กรณี: {}", "source": "แหล่งที่มา: {}", "certification": "{}"}


def sentence(filters: Filters) -> str:
    """ "ปี 2565 · อ.โพธิ์ไทร · ต.เหล่างาม · รับรองแล้ว"."""
    year = f"ปี {', '.join(filters.year)}" if filters.year else "ทุกปี"
    return " · ".join([year, *(_places(filters) or ["ทุกพื้นที่"]), *(_closed(name, filters) for name in CLOSED if getattr(filters, name))])  # fmt: skip


def name_of(code: str) -> str:
    """The Thai name of a place, its code where it has none."""
    rows = ask("place", Filters(), NOBODY, within=code)
    return str(rows["name_th"].iloc[0]) if len(rows) else code


def of_code(code: str) -> str:
    """The Thai name of a place with its rank in full; the country for an empty code."""
    full = {0: "ประเทศไทย", 2: "จังหวัด{}", 4: "อำเภอ{}", 6: "ตำบล{}", 8: "{}"}
    return full[len(code)].format(name_of(code)) if code else full[0]


def _places(filters: Filters) -> list[str]:
    levels = (filters.province, filters.district, filters.tambon, filters.village)
    return [RANKS[len(codes[0])].format(", ".join(map(name_of, codes))) for codes in levels if codes]


def _closed(name: str, filters: Filters) -> str:
    named = definitions.names("dimensions", "dimension", "th") if name == "dimension" else definitions.picklist(name, "th")
    return CLOSED[name].format(", ".join(named[value] for value in getattr(filters, name)))
