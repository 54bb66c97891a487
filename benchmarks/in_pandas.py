"""The same work on one household register in plain pandas with Arrow strings: type, check, tag, write. The baseline of `build`.

Vectorised throughout, as one who knows pandas would write it; what it leaves out (places, plans, addresses, the accounts of
other registers) makes it lighter than the build it is compared with.
"""

import tempfile
from pathlib import Path

import pandas as pd

import definitions
from etl.columns import Match, columns, recognise
from etl.typed import spellings


def work(file: Path) -> None:
    """Read, type, check, tag and write one register."""
    raw = pd.read_csv(file, dtype="string[pyarrow]", keep_default_na=False)
    match = recognise(list(raw.columns))
    if not isinstance(match, Match):
        raise ValueError("not a register")
    names = {raw.columns[place]: name for name, place in match.places.items()}
    raw = raw.rename(columns=names)
    typed = pd.DataFrame({name: typed_column(columns(match.register)[name].type, raw[name]) for name in names.values()})
    faults = sum(int((typed[name].isna() & ~raw[name].str.strip().isin(["", "-"])).sum()) for name in typed)
    repeated = int(typed.duplicated(["register_year", "household_id"]).sum())
    tagged = tag(typed)
    with tempfile.TemporaryDirectory() as folder:
        tagged.to_parquet(Path(folder) / "household.parquet")
    if faults or repeated:
        raise ValueError(f"{faults} faults, {repeated} repeated")


def typed_column(kind: str, cells: pd.Series) -> pd.Series:
    """One column of texts in its type."""
    kind, _, detail = kind.partition(":")
    text = cells.str.strip()
    if kind in {"number", "integer", "year"}:
        western = text.str.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")).str.replace(",", "")
        return pd.to_numeric(western.where(western != "-"), errors="coerce")
    if kind in {"flag", "pick"}:
        return text.map(spellings("flag" if kind == "flag" else detail))
    if kind == "date":
        parts = text.str.extract(r"^(\d{1,2})/(\d{1,2})/(\d{4})$").dropna().astype("int64")
        parts.columns = ["day", "month", "year"]
        return pd.to_datetime(parts.assign(year=parts["year"] - 543), errors="coerce").reindex(text.index)
    if kind == "digits":
        return text.where(text.str.fullmatch(rf"\d{{{detail}}}"))
    return text.where(text != "")


def tag(frame: pd.DataFrame) -> pd.DataFrame:
    """The union rule over the indicators of the round, the measured income first."""
    frame = frame.copy()
    for row in definitions.table("indicators"):
        column = f"indicator_{row['number']}"
        if row["survey_round"] == "2560-2564" and row["measure"] in frame:
            frame[column] = (
                (frame[row["measure"]] >= float(row["threshold"])).astype("int8").where(frame[row["measure"]].notna())
            )
    for dimension in definitions.names("dimensions", "dimension", "en"):
        members = [
            f"indicator_{r['number']}"
            for r in definitions.table("indicators")
            if r["survey_round"] == "2560-2564" and r["dimension"] == dimension
        ]
        worst = frame[members].dropna().astype("int64").min(axis=1)
        frame[dimension] = worst.map({0: "deprived", 1: "not_deprived"}).fillna("no_data")
    return frame
