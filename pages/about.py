"""Data quality and provenance: the files, what was refused and why, the rules, and what nobody has confirmed."""

import pandas as pd
import streamlit as st

from queries import NATION, ask, build, csv_export, may_ask
from ui.export import downloads
from ui.export.deferred import Requester, deferred
from ui.filters.controls import chosen, parameters
from ui.i18n import language, number, t, thai_date
from ui.session import audit_trail
from ui.view import labels, lists, widgets

PROBLEMS, PUBLISHED = 20, 90  # rows on the screen; the list to download has all problems

filters, reader = chosen()
lang = language()
now = build()


def files() -> None:
    st.subheader(t("Files and rows"))
    loads = ask("loads", filters, reader)
    registers = labels.registers()
    st.markdown(
        t(
            "Rows in **{rows_in}** = kept **{kept}** + refused **{refused}**, from {files} files.",
            rows_in=number(loads["rows_in"].sum()),
            kept=number(loads["rows_kept"].sum()),
            refused=number(loads["rows_refused"].sum()),
            files=loads["file"].nunique(),
        )
    )
    st.table(
        {
            t("File"): [
                labels.plain(f) + (f" · {labels.plain(s)}" if s else "")
                for f, s in zip(loads["file"], loads["sheet"], strict=True)
            ],
            t("Register"): [registers.get(r, t("Not recognised")) for r in loads["register"]],
            t("Register year"): [
                ", ".join(map(str, y)) if isinstance(y, list) or hasattr(y, "__len__") else "–" for y in loads["register_years"]
            ],
            t("Rows in"): [number(n) for n in loads["rows_in"]],
            t("Kept"): [number(n) for n in loads["rows_kept"]],
            t("Refused"): [number(n) for n in loads["rows_refused"]],
        },
        border="horizontal",
        alt=t("Files with their rows"),
    )
    if NATION not in reader.areas:
        st.caption(t("Files are counted whole; the problems below are those of your area."))


def problems() -> None:
    first = ask("problems", filters, reader, limit=PROBLEMS)
    total = widgets.total(first)
    shown_to = audit_trail.log_before_names(reader, "list", page="about", filters=filters, found=total) if total else reader
    if shown_to != reader:  # a faulty cell may hold a name
        return
    st.subheader(t("Problems found while loading: {n}", n=number(total)))
    if total:
        severities = {"error": t("Row refused"), "warning": t("Cell left empty"), "notice": t("Kept, please look")}
        st.table(
            {
                t("What was done"): [severities[s] for s in first["severity"]],
                t("Problem"): [labels.plain(m) for m in first[f"message_{lang}"]],
            },
            border="horizontal",
            alt=t("Problems found while loading"),
        )
        lists.of_all(len(first), total)

        def all_problems(of: Requester) -> bytes:
            other = "en" if of.language == "th" else "th"
            frame = ask("problems", filters, of.reader, limit=total).drop(columns=["total", f"message_{other}"])
            text = csv_export.written(csv_export.harmless(frame), "\r\n").encode("utf-8-sig")
            return downloads.noted(downloads.Content(text, len(frame), len(frame.columns)), "problems.csv", of)

        st.download_button(
            t("Download all problems"),
            deferred(all_problems),
            f"baansuk_problems_{now.id[:8]}_{total}.csv",
            "text/csv",
            on_click="ignore",
        )
    else:
        st.info(t("Nothing was found wrong."))


def beside_published() -> None:
    published = ask("published", filters, reader, limit=PUBLISHED)
    if len(published):
        st.subheader(t("Beside TPMAP's published figures"))
        st.table(
            {
                t("Area"): [row[f"name_{lang}"] for row in published.to_dict("records")],
                t("Register year"): published["register_year"].astype(str),
                t("Figure"): published["figure"].map(labels.figures()),
                t("Published"): [number(n) for n in published["published"]],
                t("In the registers"): ["–" if pd.isna(n) else number(n) for n in published["here"]],
                t("Subdistricts with households here"): [
                    t("{n} of {total}", n=number(n), total=number(of))
                    for n, of in zip(published["covered"], published["tambons"], strict=True)
                ],
            },
            border="horizontal",
            alt=t("Published figures and those of the registers, same area and year"),
        )
        lists.of_all(len(published), widgets.total(published))
        st.caption(t("A register of some subdistricts cannot add up to the published figure of the whole area."))


if may_ask("loads", reader):
    files()
    problems()
if may_ask("published", reader):
    beside_published()
st.subheader(t("What the words mean"))
with st.expander(t("Glossary")):
    st.markdown("\n".join(f"- **{term}** — {says}" for term, says in labels.glossary()))
rules = ask("rules", filters, reader)
with st.expander(t("Indicators, thresholds and dimensions")):
    indicators = rules[(rules["kind"] == "indicator") & (rules["value"].fillna("") != "")]
    units = labels.listed("threshold_unit")
    st.table(
        {
            t("Survey round"): indicators["list"],
            t("No."): indicators["code"],
            t("Indicator"): indicators[f"name_{lang}"].map(labels.plain),
            t("Dimension"): indicators["value"].map(labels.dimensions()),
            t("Threshold"): [
                f"{number(float(v))} {units.get(unit, unit)}" if v else "–"
                for v, unit in zip(indicators["threshold"].fillna(""), indicators["threshold_unit"], strict=True)
            ],
        },
        border="horizontal",
        alt=t("Indicators that decide a dimension"),
    )
    st.caption(
        t(
            "A dimension is deprived when any of its indicators fails. A field check overrides both indicators and the register's flag."
        )
    )
with st.expander(t("What no source has confirmed yet")):
    lines = [
        t(
            "{n} indicators of round {round}: which dimension they belong to is not published.",
            n=int(row["indicators"]),
            round=row["list"],
        )
        if row["kind"] == "indicator"
        else f"{row[f'name_{lang}']} {row['value']}".strip()
        for row in ask("unconfirmed", filters, reader).to_dict("records")
    ]
    st.markdown("\n".join(f"- {labels.plain(line)}" for line in lines))

if reader.may("audit"):
    st.page_link("../pages/audit.py", label=t("Audit log"), query_params=parameters(filters), icon=":material/chevron_right:")
made = thai_date(pd.Timestamp(now.made_at, tz="UTC").tz_convert("Asia/Bangkok"))
st.caption(t("Build {id}, made on {date} from the files above and the definitions beside the program.", id=now.id, date=made))
st.caption(t("Areas: DOPA codes through geothai. Typeface: Sarabun, SIL Open Font License."))
