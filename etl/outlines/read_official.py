"""Official outlines of subdistricts to one regular table, run as a child process: a hostile file ends the child, not the load.

python -m etl.outlines FILE OUT.parquet   prints {"fault", "found", "layer", "records"}, a fault where it wrote no table

Read are GeoJSON, GeoPackage and zipped shapefiles, laid out as the HDX COD-AB files (`ADM3_PCODE` = "TH" + code) or with a
plain `code`. Written is a row per feature: `feature` (its number), `layer` and `property` (where the code stood), `said` (what
stood there), `code` (6 digits or null), `state` (ok, repaired, empty, far), `lon` and `lat` (for a label) and `geometry`
(GeoJSON), simplified with shared borders kept.
"""

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pyogrio.raw
import shapely

from etl.files.worksheets import limit_memory
from etl.outlines.geometry import label_points, repaired, rounded

MEMORY = 2 << 30  # bytes of address space: the nation's 58 MB of GeoJSON need less than half
UNPACKED = 600 << 20  # bytes of a zipped file once unpacked
FIGURES = {"part", "whole", "percent"}  # of a map of ours that was saved as GeoJSON: its areas may be approximate cells
CODES = ("adm3_pcode", "tambon_code", "tam_code", "code")  # properties that hold the code, in any case, the surest first
DEGREES = {"EPSG:4326", "EPSG:4979", "OGC:CRS84"}  # longitude and latitude of WGS 84
FINE = 0.0003  # degrees, some 30 m: finer than a finger on a tablet at any zoom of the map
THAILAND = shapely.box(97, 5, 106, 21)  # degrees, with a margin


def main(file: str, out: str) -> None:
    """Write the table of one file; exits with a reason for a file that cannot be read."""
    limit_memory(MEMORY)
    try:
        print(json.dumps(prepare(file, Path(out))))
    except Exception as fault:  # whatever a stranger's file brings about is one sentence to the officer
        raise SystemExit(f"{type(fault).__name__}: {fault}".replace(file, Path(file).suffix)) from None


def prepare(file: str, out: Path) -> dict[str, object]:
    """The table of the layer that holds subdistricts, or the fault that says why there is none."""
    layers = [layer for dataset in datasets(file) for layer in layers_of(dataset)]
    records = sum(max(0, layer["features"]) for layer in layers)
    if not layers:
        return file_fault("", "unreadable_outlines", "outlines_kind")
    if not records:
        return file_fault("", "empty_sheet")
    if any(set(layer["fields"]) >= FIGURES for layer in layers):
        return file_fault("", "own_export", "own_map", records)
    coded = [layer for layer in layers if code_of(layer["fields"])]
    if not coded:
        properties = ", ".join(dict.fromkeys(name for layer in layers for name in layer["fields"]))
        return file_fault("", "no_code_property", properties, records)
    layer = min(coded, key=lambda one: (CODES.index(code_of(one["fields"]).lower()), not_areas(one["geometry_type"])))
    name, records = layer["layer_name"], max(0, layer["features"])
    if layer["crs"] and not in_degrees(layer["crs"]):
        return file_fault(name, "other_coordinates", spoken(layer["crs"]), records)
    coded_by = code_of(layer["fields"])
    _, _, geometry, (raw_codes,) = pyogrio.raw.read(
        layer["dataset"], layer=name, columns=[coded_by], force_2d=True, encoding=layer["read_as"]
    )
    table(geometry, raw_codes).assign(layer=name, property=coded_by).to_parquet(out)
    return file_fault(name, None, "", len(geometry))


def file_fault(layer: str, fault: str | None, found: str = "", records: int = 0) -> dict[str, object]:
    """What the parent is told of a file: the fault for which there is no table, or none."""
    return {"fault": fault, "found": found[:200], "layer": layer, "records": records}


def datasets(file: str) -> list[str]:
    """What to open in a file, as GDAL calls it. Some of GDAL's other formats are told by content alone, too, and fetch whatever
    files and addresses they name; so only what begins like one of ours is opened."""
    if Path(file).suffix.lower() == ".shp":
        raise SystemExit("bare_shapefile|")
    if not zipfile.is_zipfile(file):
        with open(file, "rb") as head:
            return opened(file, head.read(100))
    found = []
    with zipfile.ZipFile(file) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > UNPACKED:
            raise SystemExit(f"unpacks_too_large|{UNPACKED >> 20}")
        for part in archive.infolist():
            with archive.open(part) as head:
                found += opened(f"/vsizip/{{{file}}}/{part.filename}", head.read(100))
    return found


def opened(path: str, head: bytes) -> list[str]:
    """One file by its name and its first bytes: nothing where it is none of ours."""
    suffix = Path(path).suffix.lower()
    if suffix in {".geojson", ".json"} and head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return [f"GeoJSON:{path}"]
    if suffix == ".gpkg" and head.startswith(b"SQLite format 3\0") and head[68:70] == b"GP":
        return [path]
    return [path] if suffix == ".shp" and head.startswith(b"\0\0\x27\x0a") else []


def layers_of(dataset: str) -> list[dict]:
    """Name, properties, coordinate system and kind of each layer; a file that misstates its encoding is read byte for byte."""
    found = []
    for layer, _ in pyogrio.list_layers(dataset):
        for encoding in (None, "ISO-8859-1"):  # a Thai heading of a shapefile is cut at 10 bytes, amid a letter
            with contextlib.suppress(UnicodeDecodeError):
                about = pyogrio.read_info(dataset, layer=layer, encoding=encoding)
                found.append({**about, "dataset": dataset, "read_as": encoding})
                break
    return found


def code_of(fields: Sequence[str]) -> str:
    """The property that holds the code; empty where none does."""
    held = {name.lower(): str(name) for name in reversed(list(fields))}
    return next((held[name] for name in CODES if name in held), "")


def not_areas(kind: str | None) -> bool:
    """Whether a layer is of points or lines: HDX gives labels and borders the same properties as the areas."""
    return "Point" in (kind or "") or "Line" in (kind or "")


def in_degrees(crs: str) -> bool:
    """Whether a coordinate system is longitude and latitude of WGS 84, by its number or by the name in its definition."""
    return crs in DEGREES or bool(re.match(r'GEOG(CS|CRS)\["(WGS 84|GCS_WGS_1984|WGS 84 \(CRS84\))"', crs))


def spoken(crs: str) -> str:
    """A coordinate system by its name: some have no number, only a long definition."""
    return crs.split('"')[1] if '"' in crs else crs


def table(geometry: np.ndarray, raw_codes: np.ndarray) -> pd.DataFrame:
    """One row per feature, its outline checked, simplified and rounded."""
    shapes = shapely.from_wkb(geometry, on_invalid="ignore")
    crossing = ~shapely.is_valid(shapes)
    shapes = repaired(shapes)
    far = ~shapely.within(shapes, THAILAND)
    good = ~shapely.is_empty(shapes) & ~far
    if good.any():
        shapes[good] = rounded(shapely.coverage_simplify(shapes[good], FINE))
    empty = shapely.is_empty(shapes)
    good &= ~empty
    frame = pd.DataFrame(
        {"feature": range(1, len(shapes) + 1), "said": pd.Series(raw_codes).astype("string").fillna("").str.strip()}
    )
    frame["code"] = frame["said"].str.extract(r"^(?:TH)?(\d{6})(?:\.0)?$", expand=False)
    frame["state"] = np.select([empty, far, crossing], ["empty", "far", "repaired"], "ok")
    frame.loc[good, "lon"], frame.loc[good, "lat"] = (
        label_points(shapes[good], np.zeros(good.sum(), bool)) if good.any() else (None, None)
    )
    frame.loc[good, "geometry"] = shapely.to_geojson(shapes[good])
    return frame.astype({"lon": "float64", "lat": "float64", "geometry": "string"})


if __name__ == "__main__":
    main(*sys.argv[1:])
