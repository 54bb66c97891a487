"""Official outlines of subdistricts to one regular table, run as a child process: a hostile file ends the child, not the load.

python -m etl.outlines FILE OUT.parquet   prints {"layer", "property", "records", "properties", "crs"}

Read are GeoJSON, GeoPackage and zipped shapefiles, laid out as the HDX COD-AB files (`ADM3_PCODE` = "TH" + code) or with a plain
`code`. Written is a row per feature: `feature` (its number), `said` (what stood there), `code` (6 digits or null), `state` (ok,
repaired, empty, far) and `geometry` (WKB), simplified with shared borders kept.
"""

import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pyogrio.raw
import shapely

from etl.workbook import limit_memory

MEMORY = 4 << 30  # bytes: the nation's 7,425 subdistricts as published need some 1.5 GB
UNPACKED = 600 << 20  # bytes of a zipped shapefile once unpacked
CODES = ("adm3_pcode", "code", "tambon_code", "tam_code")  # properties that hold the code, in any case
DEGREES = ("EPSG:4326", "OGC:CRS84")  # longitude and latitude
FINE = 0.0003  # degrees, some 30 m: finer than a finger on a tablet at any zoom of the map
GRID = 1e-4  # degrees, some 11 m
BOX = shapely.box(97, 5, 106, 21)  # Thailand with a margin


def main(file: str, out: str) -> None:
    """Write the table of one file; exits with a reason for a file that cannot be read."""
    limit_memory(MEMORY)
    if file.endswith(".shp"):
        raise SystemExit("shapefile: .zip (.shp .shx .dbf .prj)")
    if zipfile.is_zipfile(file):
        size = sum(part.file_size for part in zipfile.ZipFile(file).infolist())
        if size > UNPACKED:
            raise SystemExit(f"{size} > {UNPACKED} bytes")
        file = f"/vsizip/{file}"
    properties: list[str] = []
    for layer, _ in pyogrio.list_layers(file):
        meta, _, geometry, fields = pyogrio.raw.read(file, layer=layer)
        properties = list(meta["fields"])
        held = {name.lower(): number for number, name in reversed(list(enumerate(properties)))}
        if found := next((name for name in CODES if name in held), None):
            if meta["crs"] in (None, *DEGREES):
                _write(geometry, fields[held[found]], Path(out))
            about = {"layer": layer, "property": properties[held[found]], "records": len(geometry), "crs": meta["crs"]}
            print(json.dumps({**about, "properties": properties, "degrees": meta["crs"] in (None, *DEGREES)}))
            return
    print(json.dumps({"layer": "", "property": None, "records": 0, "crs": None, "properties": properties, "degrees": True}))


def _write(geometry: object, said: object, out: Path) -> None:
    shapes = shapely.force_2d(shapely.from_wkb(geometry, on_invalid="ignore"))
    frame = pd.DataFrame({"said": pd.Series(said).astype("string").fillna("").str.strip(), "state": "ok"})
    frame.insert(0, "feature", range(1, len(frame) + 1))
    frame["code"] = frame["said"].str.extract(r"^(?:TH)?(\d{6})$", expand=False)
    invalid = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid])
    shapes = np.array(
        [shapely.MultiPolygon([p for p in shapely.get_parts(shapely.get_parts(s)) if p.geom_type == "Polygon"]) for s in shapes]
    )
    frame.loc[invalid, "state"] = "repaired"
    frame.loc[shapely.is_empty(shapes), "state"] = "empty"
    frame.loc[~shapely.is_empty(shapes) & ~shapely.intersects(shapes, BOX), "state"] = "far"
    good = frame["state"].isin(["ok", "repaired"]).to_numpy()
    shapes[good] = shapely.set_precision(shapely.coverage_simplify(shapes[good], FINE), GRID)
    frame["geometry"] = shapely.to_wkb(shapes)
    frame.to_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
