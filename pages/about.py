"""Data quality and provenance: the files, what was refused and why, the rules, and what nobody has confirmed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from queries import NATION, Filters, Reader, ask, build, csv_export, may_ask
from ui.export import downloads
from ui.export.deferred import Requester, deferred
from ui.filters.controls import chosen, parameters
from ui.i18n import language, number, t, thai_date
from ui.session import audit_trail
from ui.view import labels, lists, markup, widgets
from ui.view.markup import rich
from ui.view.panel import panel

PROBLEMS, PUBLISHED = 20, 90  # rows on the screen; the list to download has all problems


def files(filters: Filters, reader: Reader) -> Markup:
    """The files of this build with their rows."""
    loads, registers = ask("loads", filters, reader), labels.registers()
    sums = {name: number(loads[name].sum()) for name in ("rows_in", "rows_kept", "rows_refused")}
    balance = rich(
        "Rows in **{rows_in}** = kept **{kept}** + refused **{refused}**, from {files} files.",
        rows_in=sums["rows_in"],
        kept=sums["rows_kept"],
        refused=sums["rows_refused"],
        files=loads["file"].nunique(),
    )
    columns = {
        t("File"): [markup.dotted([f, markup.words(s)]) for f, s in zip(loads["file"], loads["sheet"], strict=True)],
        t("Register"): [registers.get(r, t("Not recognised")) for r in loads["register"]],
        t("Register year"): [", ".join(map(str, y)) if hasattr(y, "__len__") else "–" for y in loads["register_years"]],
        t("Rows in"): [number(n) for n in loads["rows_in"]],
        t("Kept"): [number(n) for n in loads["rows_kept"]],
        t("Refused"): [number(n) for n in loads["rows_refused"]],
    }
    whole = rich("Files are counted whole; the problems below are those of your area.")
    return (
        markup.heading(t("Files and rows"))
        + markup.text(balance)
        + markup.table(columns, t("Files with their rows"))
        + markup.folded(t("Columns of the files, with their cells"), columns_read(filters, reader))
        + (markup.text(whole, "caption") if NATION not in reader.areas else "")
    )


def columns_read(filters: Filters, reader: Reader) -> Markup:
    """What became of each column of the files, those that were read least before the others."""
    read = ask("columns", filters, reader, limit=PROBLEMS)
    degrees = {
        "sure": t("Sure"),
        "likely": t("Likely"),
        "asked": t("Not decided, left out"),
        "unknown": t("Not known, left out"),
        "by hand": t("Chosen by the office"),
    }
    columns = {
        t("File"): [markup.dotted([f, markup.words(s)]) for f, s in zip(read["file"], read["sheet"], strict=True)],
        t("Heading in the file"): read["heading"],
        t("Read as"): [means if isinstance(means, str) else "–" for means in read[f"means_{language()}"]],
        t("How sure"): [degrees[degree] for degree in read["degree"]],
        t("Filled cells"): [number(n) for n in read["filled"]],
        t("Understood"): [number(n) for n in read["understood"]],
        t("Refused"): [number(n) for n in read["refused"]],
        t("Blank by rule"): [number(n) for n in read["blank"]],
    }
    part = lists.part(len(read), widgets.total(read))
    return markup.table(columns, t("Columns of the files, with their cells")) + (markup.text(part, "caption") if part else "")


def first_problems(filters: Filters, reader: Reader) -> Markup:
    """The first problems of the load, in words."""
    first = ask("problems", filters, reader, limit=PROBLEMS)
    severities = {"error": t("Row refused"), "warning": t("Cell left empty"), "notice": t("Kept, please look")}
    columns = {
        t("What was done"): [severities[s] for s in first["severity"]],
        t("Problem"): first[f"message_{language()}"],
    }
    part = lists.part(len(first), widgets.total(first))
    return markup.table(columns, t("Problems found while loading")) + (markup.text(part, "caption") if part else "")


def problems() -> None:
    """What was found wrong while loading, and the whole list as a file."""
    total = widgets.total(ask("problems", filters, reader, limit=PROBLEMS))
    shown_to = audit_trail.log_before_names(reader, "list", page="about", filters=filters, found=total) if total else reader
    if shown_to != reader:  # a faulty cell may hold a name
        return
    st.subheader(t("Problems found while loading: {n}", n=number(total)))
    if not total:
        st.info(t("Nothing was found wrong."))
        return
    panel(first_problems, filters, reader)

    def all_problems(of: Requester) -> bytes:
        other = "en" if of.language == "th" else "th"
        frame = ask("problems", filters, of.reader, limit=total).drop(columns=["total", f"message_{other}"])
        text = csv_export.written(csv_export.harmless(frame), "\r\n").encode("utf-8-sig")
        return downloads.noted(downloads.Content(text, len(frame), len(frame.columns)), "problems.csv", of)

    name = f"baansuk_problems_{now.id[:8]}_{total}.csv"
    st.download_button(t("Download all problems"), deferred(all_problems), name, "text/csv", on_click="ignore")


def beside_published(filters: Filters, reader: Reader) -> Markup:
    """TPMAP's published figures and the registers' own, same area and year; nothing where none were loaded."""
    published = ask("published", filters, reader, limit=PUBLISHED)
    if not len(published):
        return Markup("")
    columns = {
        t("Area"): published[f"name_{language()}"],
        t("Register year"): published["register_year"],
        t("Figure"): published["figure"].map(labels.figures()),
        t("Published"): [number(n) for n in published["published"]],
        t("In the registers"): ["–" if pd.isna(n) else number(n) for n in published["here"]],
        t("Subdistricts with households here"): [
            t("{n} of {total}", n=number(n), total=number(of))
            for n, of in zip(published["covered"], published["tambons"], strict=True)
        ],
    }
    part = lists.part(len(published), widgets.total(published))
    some = t("A register of some subdistricts cannot add up to the published figure of the whole area.")
    return (
        markup.heading(t("Beside TPMAP's published figures"))
        + markup.table(columns, t("Published figures and those of the registers, same area and year"))
        + markup.text(markup.dotted([part, some]), "caption")
    )


def meanings(filters: Filters, reader: Reader) -> Markup:
    """What the words mean, which indicators decide, and what nobody has confirmed: folded, one tap each."""
    terms = (Markup("<b>{}</b> — {}").format(term, says) for term, says in labels.glossary())
    return (
        markup.heading(t("What the words mean"))
        + markup.folded(t("Glossary"), markup.listed(terms))
        + markup.folded(t("Indicators, thresholds and dimensions"), indicators(filters, reader))
        + markup.folded(t("What no source has confirmed yet"), unconfirmed(filters, reader))
    )


def indicators(filters: Filters, reader: Reader) -> Markup:
    """The indicators that decide a dimension, with their thresholds."""
    rules = ask("rules", filters, reader)
    rules = rules[(rules["kind"] == "indicator") & (rules["value"].fillna("") != "")]
    units = labels.listed("threshold_unit")
    thresholds = zip(rules["threshold"].fillna(""), rules["threshold_unit"], strict=True)
    columns = {
        t("Survey round"): rules["list"],
        t("No."): rules["code"],
        t("Indicator"): rules[f"name_{language()}"],
        t("Dimension"): rules["value"].map(labels.dimensions()),
        t("Threshold"): [f"{number(float(v))} {units.get(unit, unit)}" if v else "–" for v, unit in thresholds],
    }
    says = t(
        "A dimension is deprived when any of its indicators fails. A field check overrides both indicators and the register's flag."
    )
    return markup.table(columns, t("Indicators that decide a dimension")) + markup.text(says, "caption")


def unconfirmed(filters: Filters, reader: Reader) -> Markup:
    """What stands in the definitions without a source."""
    rows = ask("unconfirmed", filters, reader).to_dict("records")
    return markup.listed(map(unconfirmed_words, rows))


def unconfirmed_words(row: Mapping[str, Any]) -> str:
    """One of them in words."""
    name = row[f"name_{language()}"]
    if row["kind"] == "indicator":
        return t(
            "{n} indicators of round {round}: which dimension they belong to is not published.",
            n=int(row["indicators"]),
            round=row["list"],
        )
    if row["kind"] == "item":
        return t("{n} items of {instrument}: their names were found in no source.", n=row["value"], instrument=name)
    if row["kind"] == "level":
        return t("Level of villages “{level}”: how many items must be passed was found in no source.", level=name)
    return f"{name} {row['value']}".strip()


filters, reader = chosen()
now = build()
if may_ask("loads", reader):
    panel(files, filters, reader)
    problems()
if may_ask("published", reader):
    panel(beside_published, filters, reader)
panel(meanings, filters, reader)
if reader.may("audit"):
    st.page_link("../pages/audit.py", label=t("Audit log"), query_params=parameters(filters), icon=":material/chevron_right:")
made = thai_date(pd.Timestamp(now.made_at, tz="UTC").tz_convert("Asia/Bangkok"))
st.caption(t("Build {id}, made on {date} from the files above and the definitions beside the program.", id=now.id, date=made))
st.caption(t("Areas: DOPA codes through geothai. Typeface: Sarabun, SIL Open Font License."))
