"""The same work on one household register in plain pandas with Arrow strings: type, check, tag, address, write.

The baseline of `build`, vectorised as one who knows pandas would write it. What it leaves out (plans and cases, village
names, the accounts, asking every question of the result) makes it lighter than the build it is compared with.
"""

import hmac
import tempfile
from collections.abc import Iterator
from pathlib import Path

import geothai
import pandas as pd

import definitions
from etl.headings.columns import columns
from etl.headings.recognise import Match, recognise
from etl.typing.casts import FLAGS, accepted_words

SECRET = bytes(32)


def work(file: Path) -> None:
    """Read, type, check, tag, address and write one register; raises ValueError for a fault, of which there are none."""
    raw = pd.read_csv(file, dtype="string[pyarrow]", keep_default_na=False, engine="pyarrow")
    match = recognise(list(raw.columns))
    if not isinstance(match, Match):
        raise ValueError("not a register")
    names = {raw.columns[place]: name for name, place in match.places.items()}
    raw = raw.rename(columns=names)
    typed = pd.DataFrame({name: typed_column(columns(match.register)[name].type, raw[name]) for name in names.values()})
    unread = [typed[name].isna() & ~raw[name].str.strip().isin(["", "-"]) for name in typed]
    tagged = tag(typed)
    problems = sum(int(faults.sum()) for faults in (*unread, *misplaced(typed), *disagreeing(typed, tagged)))
    repeated = int(typed.duplicated(["register_year", "household_id"]).sum())
    keys = typed["register_year"].astype(str) + "/" + typed["household_id"].astype(str)
    tagged["ref"] = [hmac.digest(SECRET, key.encode(), "sha256")[:8].hex() for key in keys]
    with tempfile.TemporaryDirectory() as folder:
        tagged.to_parquet(Path(folder) / "household.parquet")
    if problems or repeated:
        raise ValueError(f"{problems} problems, {repeated} repeated")


def misplaced(typed: pd.DataFrame) -> Iterator[pd.Series]:
    """Which rows lie in no tambon, say a name that is not their code's, or lie outside Thailand."""
    tambons = {t.code: t.name_th for d in geothai.districts("34") for t in geothai.subdistricts(d.code)}
    districts = {d.code: d.name_th for d in geothai.districts("34")}
    codes = typed["village_code"]
    yield ~codes.str[:6].isin(tambons)
    yield typed["tambon_name"].str.replace("^ตำบล *", "", regex=True) != codes.str[:6].map(tambons)
    yield typed["district_name"].str.replace("^อำเภอ *", "", regex=True) != codes.str[:4].map(districts)
    yield ~(typed["latitude"].between(5.5, 20.6) & typed["longitude"].between(97.3, 105.7)) & typed["latitude"].notna()


def disagreeing(typed: pd.DataFrame, tagged: pd.DataFrame) -> Iterator[pd.Series]:
    """Which rows have a flag that says something else than their indicators."""
    for dimension in definitions.names("dimensions", "dimension", "en"):
        comparable = (tagged[dimension] != "no_data") & typed[f"{dimension}_flag"].notna()
        yield comparable & ((tagged[dimension] == "deprived") != (typed[f"{dimension}_flag"] == 0))


def typed_column(kind: str, cells: pd.Series) -> pd.Series:
    """One column of texts in its type."""
    kind, _, detail = kind.partition(":")
    text = cells.str.strip()
    if kind in {"number", "integer", "year", "moo"}:
        western = text.str.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")).str.replace(",", "")
        return pd.to_numeric(western.where(western != "-"), errors="coerce")
    if kind in FLAGS:
        return text.map({word: int(value) for word, value in accepted_words(FLAGS[kind]).items()})
    if kind == "pick":
        return text.map(definitions.spellings(detail))
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
        worst = frame[members].min(axis=1)
        frame[dimension] = worst.map({0: "deprived", 1: "not_deprived"}).fillna("no_data")
    return frame
