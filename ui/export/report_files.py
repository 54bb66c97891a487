"""The provincial report as files: CSV with Thai headings, its XLSX twin, and a tidy CSV with English ones.

Formula injection: text that a spreadsheet would run as a formula is made harmless; numbers, negative ones too, stay.
"""

import io
import json
from datetime import date

import numpy as np
import pandas as pd
import xlsxwriter

import definitions
from queries import Filters
from queries.csv_export import harmless, written
from ui.filters.sentence import sentence
from ui.i18n import BUDDHIST_ERA, number, t
from ui.map.choropleth import chosen_places, tenths
from ui.view import labels

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
    """The report with Thai headings, picklist names, Buddhist-era dates and formula-safe text; one row per household."""
    worded = frame.copy()
    for column, picklist in CODED.items():
        worded[column] = worded[column].map(definitions.picklist(picklist, "th"))
    for column in DATES:
        day = pd.to_datetime(worded[column])
        worded[column] = day.dt.strftime("%d/%m/") + (day.dt.year + BUDDHIST_ERA).astype("Int64").astype("string")
    names = headings(worded, "th")
    return harmless(worded[list(names)]).rename(columns=names)


def csv(frame: pd.DataFrame) -> bytes:
    """CSV for Excel on Windows: UTF-8 with BOM, CRLF."""
    return written(thai(frame), "\r\n").encode("utf-8-sig")


def tidy(frame: pd.DataFrame) -> bytes:
    """Tidy CSV for the open-data portal: English keys, codes, ISO dates; UTF-8, LF."""
    wanted = harmless(frame[list(headings(frame, "en"))])
    return written(wanted, "\n").encode()


OPEN_ID = {"name_th": "เลขประจำตัวประชาชน", "says_th": "สมาชิกคนที่ 1 เลขเต็ม 13 หลัก"}  # where the report's own column masks it


def xlsx(frame: pd.DataFrame, filters: Filters, as_of: str, open_ids: bool = False) -> bytes:
    """The report as XLSX with a data dictionary sheet; codes are text cells, so leading zeros stay."""
    buffer = io.BytesIO()
    rows = [row for row in definitions.table("report_columns") if row["column"] in frame]
    rows = [row | OPEN_ID if open_ids and row["column"] == "citizen_id" else row for row in rows]
    table = thai(frame).set_axis([row["name_th"] for row in rows], axis="columns")
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
        _sheet(book.add_worksheet("รายงาน"), table, head, cell)
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
        longest = max([len(name), *(len(str(v)) for v in values[:200] if not labels.missing(v))])
        sheet.set_column(x, x, min(40, longest + 2), cell)
        for y, value in enumerate(values, 1):
            if labels.missing(value):
                continue
            sheet.write_number(y, x, float(value), cell) if numeric else sheet.write_string(y, x, str(value), cell)


def areas_csv(frame: pd.DataFrame, measure: dict[str, str]) -> bytes:
    """CSV of a map's figures, suppressed: one row per area with code, names, part, whole and percent (empty without data, or of
    a suppressed part or base)."""
    figures, less = coarse(frame), "น้อยกว่า {n} ราย" if of_money(frame) else "น้อยกว่า {n}"
    names = pd.DataFrame(
        {"รหัส": frame.index, "พื้นที่": frame["name_th"].to_numpy(), "Area": frame["name_en"].to_numpy()},
    )
    numbers = {
        f"{measure['name_th']} ({measure['unit_th']})": [suppressed(v, less) for v in figures["part"]],
        f"จาก ({measure['whole_th']})": [suppressed(v, less) for v in figures["whole"]],
    }
    table = pd.concat([harmless(names), pd.DataFrame(numbers, dtype=object)], axis="columns").assign(ร้อยละ=percents(figures))
    return written(table, "\r\n").encode("utf-8-sig")


def areas_geojson(outlines: dict, frame: pd.DataFrame, about: dict[str, object]) -> bytes:
    """GeoJSON of a map: outlines with suppressed figures as properties, and metadata as `about`."""
    rows, less = coarse(frame), "of <{n}" if of_money(frame) else "<{n}"
    percent = percents(rows)
    figures = {
        code: {"part": suppressed(part, less), "whole": suppressed(whole, less), "percent": None if np.isnan(share) else share}
        for code, part, whole, share in zip(rows.index, rows["part"], rows["whole"], percent, strict=True)
    }
    for feature in outlines["features"]:
        feature["properties"] |= figures[feature["properties"]["code"]]
    return json.dumps({**outlines, "about": about}, ensure_ascii=False).encode()


SMALL = -np.inf  # stands for a number that is below the suppression threshold


def of_money(frame: pd.DataFrame) -> bool:
    """Whether part and whole are baht, which are suppressed by how many loans or households stand behind them."""
    return "part_units" in frame


def coarse(frame: pd.DataFrame) -> pd.DataFrame:
    """Small-cell suppression of part and whole: numbers below the base are suppressed, others rounded to it, changes by size; baht
    of fewer units than the base, or of nobody knows how many, are suppressed, others rounded to thousands.

    Shares are taken of the rounded numbers: an exact share beside a rounded whole would disclose the part again.
    """
    base = definitions.rule("small_cell")
    size = frame[["part", "whole"]].astype("float64")
    step, few = base, size.abs() < base
    if of_money(frame):
        step = definitions.rule("money_rounded")
        few = (frame[["part_units", "whole_units"]].astype("float64").fillna(0) < base).set_axis(size.columns, axis="columns")
    steps = np.floor((size.abs() + step / 2) / step).mask(size != 0, lambda n: np.maximum(n, 1))  # some is never nothing
    return (np.sign(size) * steps * step).mask((size != 0) & size.notna() & few, SMALL)


def coarse_in_words(frame: pd.DataFrame) -> str:
    """What `coarse` does, for whoever takes the file."""
    n = definitions.rule("small_cell")
    if not of_money(frame):
        return t("Files may leave the district: numbers under {n} are not told in them, others are rounded to it.", n=n)
    return t(
        "Files may leave the district: amounts of fewer than {n} loans or households are not told in them, others are rounded "
        "to {baht} baht.",
        n=n,
        baht=number(definitions.rule("money_rounded")),
    )


def suppressed(value: float, less: str) -> int | str | None:
    """A number of `coarse` as a cell: `less` ("<5") where it is suppressed, none without data."""
    if value == SMALL:
        return less.format(n=definitions.rule("small_cell"))
    return None if np.isnan(value) else int(value)


def percents(frame: pd.DataFrame) -> np.ndarray:
    """Percent of coarse numbers to one decimal; NaN without data, of a suppressed part, or on a base too small for a share."""
    publishable = (frame["whole"] >= definitions.rule("small_base")) & frame["part"].notna() & (frame["part"] != SMALL)
    share = tenths(frame["part"].where(publishable, 0).to_numpy(), frame["whole"].where(publishable, 1).to_numpy()) / 10
    return np.where(publishable, share, np.nan)


def reason_for_none() -> str:
    """Why an empty report is not made."""
    return t(
        "No household matches these filters, so there is nothing to report. An empty file could be read as “no poor households”."
    )
