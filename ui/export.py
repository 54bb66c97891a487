"""The provincial report as files: CSV with Thai headings, its XLSX twin, and a tidy CSV with English ones.

Text that a spreadsheet would run as a formula is made harmless; numbers, negative ones too, are left alone.
"""

import io
import json
from datetime import date

import numpy as np
import pandas as pd
import xlsxwriter

import definitions
from queries import Filters
from ui import shown
from ui.areas import chosen_places, tenths
from ui.sentence import sentence
from ui.words import BUDDHIST_ERA, t

RUNS = ("=", "+", "-", "@", "\t", "\r")  # first characters of a text that a spreadsheet takes for a formula
CODED = {  # report column -> picklist that names its values
    **{row["dimension"]: "state" for row in definitions.table("dimensions")},
    **{f"plan_{row['aspect']}": "plan" for row in definitions.table("aspects")},
    **{name: name for name in ("source", "verification", "certification", "plan", "case", "close_reason")},
}
DATES = ("certified_date", "last_movement", "closed_date", "as_of")


def file_name(filters: Filters, rows: int, as_of: pd.Timestamp | None, ending: str) -> str:
    """baansuk_3421_2565-09_34.csv: district code (or "all"), B.E. year and month of the data, number of rows."""
    place = "-".join(filters.district) or "all"
    month = "unknown" if as_of is None or pd.isna(as_of) else f"{as_of.year + BUDDHIST_ERA}-{as_of.month:02d}"
    return f"baansuk_{place}_{month}_{rows}.{ending}"


def map_name(filters: Filters, measure: str, as_of: date | None, ending: str) -> str:
    """baansuk_map_living_3421_2565-09.png: measure, place, B.E. year and month of the data."""
    place = "-".join(chosen_places(filters)) or "all"
    month = f"{as_of.year + BUDDHIST_ERA}-{as_of.month:02d}" if as_of else "unknown"
    return f"baansuk_map_{measure}_{place}_{month}.{ending}"


def headings(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Report column -> its heading, from definitions/report_columns.csv, in the fixed order."""
    return {row["column"]: row[f"name_{lang}"] for row in definitions.table("report_columns") if row["column"] in frame}


def thai(frame: pd.DataFrame) -> pd.DataFrame:
    """The report as an office reads it: Thai headings, picklists in words, Buddhist-era dates, safe text."""
    said = frame.copy()
    for column, picklist in CODED.items():
        said[column] = said[column].map(definitions.picklist(picklist, "th"))
    for column in DATES:
        day = pd.to_datetime(said[column])
        said[column] = day.dt.strftime("%d/%m/") + (day.dt.year + BUDDHIST_ERA).astype("Int64").astype("string")
    names = headings(said, "th")
    return harmless(said[list(names)]).rename(columns=names)


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """A ' before text that a spreadsheet would run; columns of numbers are untouched."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            text = safe[column].astype("string")
            text = text.where(~text.str.startswith(RUNS).fillna(False), "'" + text)
            safe[column] = text.str.replace("\r\n?", "\n", regex=True)  # a lone CR ends a row in some readers
    return safe


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM and CRLF: what Excel on an office machine opens rightly."""
    return thai(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def tidy(frame: pd.DataFrame) -> bytes:
    """English keys, codes and ISO dates, as the open-data portal asks: UTF-8, LF."""
    wanted = harmless(frame[list(headings(frame, "en"))])
    return wanted.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode()


def xlsx(frame: pd.DataFrame, filters: Filters, as_of: str) -> bytes:
    """The same report as a workbook, text cells only for codes, with a sheet that explains columns and filter."""
    buffer = io.BytesIO()
    said = thai(frame)
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "bg_color": "#D3E6E2",
                "border": 1,
                "font_name": "TH Sarabun New",
                "font_size": 14,
            }
        )
        cell = book.add_format({"font_name": "TH Sarabun New", "font_size": 14})
        _sheet(book.add_worksheet("รายงาน"), said, head, cell)
        rows = [row for row in definitions.table("report_columns") if row["column"] in frame]
        about = pd.DataFrame({"คอลัมน์": [r["name_th"] for r in rows], "ความหมาย": [r["says_th"] for r in rows]})
        top = pd.DataFrame(
            {"คอลัมน์": ["ตัวกรอง", "ข้อมูล ณ", "จำนวนแถว"], "ความหมาย": [sentence(filters, "th"), as_of, str(len(frame))]}
        )
        _sheet(book.add_worksheet("คำอธิบาย"), pd.concat([top, about]), head, cell)
    return buffer.getvalue()


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, frame: pd.DataFrame, head: object, cell: object) -> None:
    sheet.freeze_panes(1, 0)
    for x, name in enumerate(frame.columns):
        sheet.write_string(0, x, name, head)
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        values = frame[name].tolist()
        longest = max([len(name), *(len(str(v)) for v in values[:200] if not shown.missing(v))])
        sheet.set_column(x, x, min(40, longest + 2), cell)
        for y, value in enumerate(values, 1):
            if shown.missing(value):
                continue
            sheet.write_number(y, x, float(value), cell) if numeric else sheet.write_string(y, x, str(value), cell)


def areas_csv(frame: pd.DataFrame, measure: dict[str, str]) -> bytes:
    """The figures of a map by area: code, names, part, whole and percent (empty where there is no data or too small a base)."""
    said = pd.DataFrame(
        {
            "รหัส": frame.index,
            "พื้นที่": frame["name_th"].to_numpy(),
            "Area": frame["name_en"].to_numpy(),
            f"{measure['name_th']} ({measure['unit_th']})": frame["part"].astype("Int64").to_numpy(),
            f"จาก ({measure['whole_th']})": frame["whole"].astype("Int64").to_numpy(),
            "ร้อยละ": percents(frame),
        }
    )
    return harmless(said).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def areas_geojson(outlines: dict, frame: pd.DataFrame, about: dict[str, object]) -> bytes:
    """The outlines of a map with its figures as properties, and what it is about beside them."""
    rows = frame.assign(percent=percents(frame))[["part", "whole", "percent"]]
    figures = rows.astype(object).where(rows.notna(), None).to_dict("index")
    for feature in outlines["features"]:
        feature["properties"] |= figures[feature["properties"]["code"]]
    return json.dumps({**outlines, "about": about}, ensure_ascii=False).encode()


def percents(frame: pd.DataFrame) -> np.ndarray:
    """Percent to one decimal; none without data or with too small a base."""
    share = tenths(frame["part"].to_numpy(), frame["whole"].to_numpy()) / 10
    small = frame["whole"].fillna(0).to_numpy() < definitions.rule("small_base")
    return np.where(small | frame["part"].isna().to_numpy(), np.nan, share)


def reason_for_none() -> str:
    """Why an empty report is not made."""
    return t(
        "No household matches these filters, so there is nothing to report. An empty file could be read as “no poor households”."
    )
