"""Options of the year and place filters, and the default view; cached per build."""

from functools import lru_cache

from queries import NOBODY, Filters, Reader, ask, build, may_ask
from queries.coarse_figures import amount

PARENT = {"tambon": "district", "village": "tambon"}  # what a place lies in; its code begins with the parent's
Row = dict[str, str | int]


def listed(filters: Filters, reader: Reader) -> dict[str, dict[str, Row]]:
    """Filter -> code -> its row; villages only of the chosen tambons, so the answer stays small in a register of millions."""
    return _listed(build().id, filters.tambon, reader)


@lru_cache(maxsize=256)
def _listed(build_id: str, tambons: tuple[str, ...], reader: Reader) -> dict[str, dict[str, Row]]:
    if not may_ask("choices", reader):  # a role without counts has no place filter
        return {name: {} for name in ("year", "province", "district", "tambon", "village")}
    answer = ask("choices", Filters(tambon=tambons), reader)
    rows = answer.astype(object).where(answer.notna(), "").to_dict("records")  # a year has no name
    return {
        name: {str(r["code"]): r for r in rows if r["filter"] == name}
        for name in ("year", "province", "district", "tambon", "village")
    }


def opening(reader: Reader) -> Filters:
    """The default view: the latest year, the district with most certified households, its certified households."""
    places = listed(Filters(), reader)
    if not places["year"] or not places["district"]:
        return Filters()
    district = max(places["district"].values(), key=lambda row: (amount(row["certified"]), amount(row["households"])))
    certified = ("certified",) if reader.counts == "exact" else ()  # coarse figures are cut by year and place only
    return Filters(year=(max(places["year"]),), district=(str(district["code"]),), certification=certified)


def within(filters: Filters) -> Filters:
    """Drop places outside their chosen parents: no tambon of a district that is not chosen.

    A province gives way to districts: they say more, and addresses stay short.
    """
    district = filters.district
    tambon = tuple(code for code in filters.tambon if code[:4] in district)
    village = tuple(code for code in filters.village if code[:6] in tambon)
    province = () if district else filters.province
    return Filters.of({**filters.address(), "province": province, "tambon": tambon, "village": village})


def offered(filters: Filters, reader: Reader, lang: str) -> dict[str, dict[str, str]]:
    """Filter -> code -> option label: all years and districts, of other levels what lies in the chosen parents."""
    where = Filters(province=filters.province, district=filters.district, tambon=filters.tambon)
    return dict(_offered(build().id, where, reader, lang))


@lru_cache(maxsize=1024)
def _offered(build_id: str, filters: Filters, reader: Reader, lang: str) -> dict[str, dict[str, str]]:
    places = listed(filters, reader)
    return {name: _labels(name, places, filters, lang) for name in places}


def _labels(name: str, places: dict[str, dict[str, Row]], filters: Filters, lang: str) -> dict[str, str]:
    rows = places[name]
    if name == "district" and filters.province:
        rows = {code: row for code, row in rows.items() if row["parent"] in filters.province}
    if name in PARENT:
        parents = getattr(filters, PARENT[name]) or _only(places[PARENT[name]])
        rows = {code: row for code, row in rows.items() if row["parent"] in parents}
    labels = {code: label(name, row, lang) for code, row in rows.items()}
    same = {text for text in labels.values() if list(labels.values()).count(text) > 1}  # a label must be one place only
    return {code: f"{text} ({code})" if text in same else text for code, text in labels.items()}


def label(name: str, row: Row, lang: str) -> str:
    """Option label of a place: a village with its moo, which distinguishes two of one name."""
    text = called(row, lang)
    moo = int(str(row["code"])[-2:]) if name == "village" else 0
    return f"{text} ม.{moo}" if moo and lang == "th" else f"{text} (Moo {moo})" if moo else text


def called(row: Row, lang: str) -> str:
    """Localised name of a place, falling back to Thai, then to its code."""
    return str(row[f"name_{lang}"] or row["name_th"] or row["code"])


def name_of(code: str, lang: str) -> str:
    """The name of any place, for every role: names of places are nobody's secret."""
    return _name_of(build().id, code, lang)


@lru_cache(maxsize=4096)
def _name_of(build_id: str, code: str, lang: str) -> str:
    rows = ask("place", Filters(), NOBODY, within=code).to_dict("records")
    return called(rows[0], lang) if rows else code


def _only(rows: dict[str, Row]) -> tuple[str, ...]:
    return tuple(rows) if len(rows) == 1 else ()
