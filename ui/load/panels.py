"""Panels of an import: progress, header mapping, diff against the current build, and grouped validation errors."""

import io
from collections import Counter
from collections.abc import Callable

import pandas as pd
import streamlit as st
from python_calamine import CalamineWorkbook

import definitions
from definitions.registers import registers
from queries import NATION, Filters, Reader, ask
from ui.export import downloads
from ui.export.deferred import deferred
from ui.filters import place_options
from ui.filters.url import parameters
from ui.i18n import language, number, t
from ui.load import jobs
from ui.load.jobs import Job
from ui.session import page_access
from ui.view import labels, widgets

ROWS_NAMED = 12  # of a group of problems; the list to download names all
GROUPS = 40
ASKED_ABOVE = {  # in matching.py
    "likely_heading",
    "asked_heading",
    "asked_marks",
    "repeated_heading",
    "no_basis",
    "unknown_heading",
}


def under_way(job: Job) -> None:
    """Progress bar with step, rows so far, rows a second and estimated time left."""
    steps = {
        "unpack": t("Opening the files"),
        "read": t("Reading"),
        "check": t("Checking"),
        "tag": t("Tagging"),
        "account": t("Adding up"),
        "report": t("Comparing"),
    }
    parts = [steps.get(job.progress.get("step", "unpack"), t("Comparing"))]
    if job.progress.get("file"):
        parts.append(labels.plain(job.progress["file"]))
    if rows := job.progress.get("rows"):
        parts.append(t("{n} rows, {per} a second", n=number(rows), per=number(rows / max(job.seconds, 0.1))))
    if job.part > 0.1 and job.seconds > 3:
        parts.append(t("about {n} seconds left", n=number(job.seconds * (1 - job.part) / job.part)))
    st.progress(job.part, " · ".join(parts))


def outcome(report: dict) -> None:
    """Outcome in one sentence: unchanged, refused, or rows in = kept + refused."""
    rows = [sum(sheet[name] for sheet in report["files"]) for name in ("rows_in", "rows_kept", "rows_refused")]
    if report["outcome"] == "unchanged":
        st.info(t("These files are already loaded as they are; nothing would change."))
    elif report["outcome"] == "refused" and _only_asks(report):
        st.info(t("These files can be read as soon as the questions below are answered. Nothing was changed."))
    elif report["outcome"] == "refused":
        st.error(t("These files cannot be loaded as they are. Nothing was changed; the reasons are below."))
    else:
        st.markdown(
            t(
                "Rows **{rows_in}** = kept **{kept}** + refused **{refused}**",
                rows_in=number(rows[0]),
                kept=number(rows[1]),
                refused=number(rows[2]),
            )
        )
        for name in report.get("replaced", []):
            st.info(t("“{file}” is replaced by the newer file.", file=labels.plain(name)))


def _only_asks(report: dict) -> bool:
    """Whether nothing but what a file leaves unsaid keeps it from being read."""
    errors = {p["fault"] for sheet in report["files"] for p in sheet["problems"] if p["severity"] == "error"}
    return bool(errors) and all(fault.startswith("unsaid_") for fault in errors)


def change(report: dict) -> None:
    """Diff against the current build: households, certification and deprived dimensions, before → after."""
    changes = report.get("change")
    if not changes:
        return
    st.markdown(f"#### {t('What would change')}")
    moves = [(t("found"), changes["added"], "+"), (t("gone"), changes["gone"], "−"), (t("moved village"), changes["moved"], "")]
    moves += [(t("other tags"), changes["retagged"], ""), (t("other certification"), changes["recertified"], "")]
    words = ", ".join(f"{sign}{number(n)} {word}" for word, n, sign in moves if n) or t("no household differs")
    st.markdown(
        t(
            "Households **{before} → {after}**: {words}",
            before=number(changes["before"]),
            after=number(changes["after"]),
            words=words,
        )
    )
    places = changes["places"]
    if places:
        st.table(
            {
                t("Register year"): [str(p["register_year"]) for p in places],
                t("District"): [p[f"name_{language()}"] or p["district_code"] for p in places],
                t("Households"): [_to(p["before"], p["after"]) for p in places],
                t("Found"): [number(p["added"]) for p in places],
                t("Gone"): [number(p["gone"]) for p in places],
                t("Certified"): [_to(p["certified_before"], p["certified_after"]) for p in places],
            },
            border="horizontal",
            alt=t("Households before and after, by year and district"),
        )
    names = labels.dimensions()
    st.table(
        {
            t("Dimension"): [names[d["dimension"]] for d in changes["dimensions"]],
            t("Deprived households"): [_to(d["before"], d["after"]) for d in changes["dimensions"]],
        },
        border="horizontal",
        alt=t("Deprived households before and after"),
    )


def reason(message: str) -> str:
    """The loader's error message in the reader's language; "ไทย · English" is split."""
    halves = message.split(" · ")
    return labels.plain(halves[language() == "en"] if len(halves) == 2 else message)


def _to(before: int, after: int) -> str:
    return f"{number(before)} → {number(after)}" if before != after else number(after)


def problems(report: dict) -> None:
    """Validation errors grouped by file, severity, kind and column, each group with its rows."""
    groups: dict[tuple, list[dict]] = {}
    for sheet in report["files"]:
        for problem in [p for p in sheet["problems"] if not p["fault"].startswith("unsaid_") and p["fault"] not in ASKED_ABOVE]:
            key = (sheet["file"], sheet["sheet"], problem["severity"], problem["fault"], problem["column"])
            key += () if problem["row"] else (problem["found"],)  # each of a whole sheet's own is a group
            groups.setdefault(key, []).append(problem)
    if not groups:
        return
    count = sum(map(len, groups.values()))
    st.markdown(f"#### {t('Problems: {n}', n=number(count))}")
    severities = {"error": t("Row refused"), "warning": t("Cell left empty"), "notice": t("Kept, please look")}
    order = list(severities)
    ranked = sorted(groups.items(), key=lambda g: (order.index(g[0][2]), g[0][0], g[0][1], -len(g[1])))
    st.table(
        {
            t("What was done"): [_done(severities, key, group) for key, group in ranked[:GROUPS]],
            t("Where"): [_where(key, group) for key, group in ranked[:GROUPS]],
            t("Problem"): [labels.plain(_says(group)) for _, group in ranked[:GROUPS]],
        },
        border="horizontal",
        alt=t("Problems by kind, with their rows"),
    )
    if len(ranked) > GROUPS:
        st.caption(t("and {n} more kinds; all stand in the list of the page About the data", n=number(len(ranked) - GROUPS)))


def _done(severities: dict[str, str], key: tuple, group: list[dict]) -> str:
    """What was done about a group: an error that names no row is of the whole file."""
    return t("File refused") if key[2] == "error" and not group[0]["row"] else severities[key[2]]


def _where(key: tuple, group: list[dict]) -> str:
    file, sheet, _, _, column, *_ = key
    rows = [str(p["row"]) for p in group if p["row"]]
    named = ", ".join(rows[:ROWS_NAMED]) + (t(" and {n} more", n=number(len(rows) - ROWS_NAMED)) if rows[ROWS_NAMED:] else "")
    places = [file, sheet, column and f"“{column}”", rows and t("rows {rows}", rows=named)]
    return " · ".join(labels.plain(part) for part in places if part)


def _says(group: list[dict]) -> str:
    """The message of a group, with its most frequent values."""
    row = next(r for r in definitions.table("faults") if r["fault"] == group[0]["fault"])
    lang = language()
    values = [value for value, _ in Counter(p["found"] for p in group).most_common(4)]
    text = f"{row[f'says_{lang}']} {row[f'expected_{lang}']} — {row[f'todo_{lang}']}"
    more = " …" if len({p["found"] for p in group}) > len(values) else ""
    expected = Counter(p["expected"] for p in group).most_common(1)[0][0]
    return text.replace("{found}", "”, “".join(values) + more).replace("{expected}", expected)


def waiting(loads: pd.DataFrame) -> dict[str, int]:
    """File -> how many of its refused rows lie in the reader's areas, of files that have some."""
    return loads[loads["waiting"] > 0].groupby("file")["waiting"].sum().to_dict()


def accepted(report: dict, filters: Filters, reader: Reader) -> None:
    """Confirmation of a published load, with downloads of its refused rows."""
    st.success(t("The new data is in place."))
    st.page_link("../pages/overview.py", label=t("To the overview"))
    refused = {sheet["file"] for sheet in report["files"] if sheet["rows_refused"]}
    for place, file in enumerate(sorted(refused & set(waiting(ask("loads", filters, reader))))):
        bad_rows(file, f"done_{place}")


def bad_rows(file: str, key: str) -> None:
    """Download of the refused rows of one file, to be corrected and loaded again."""
    st.download_button(
        t("Refused rows of {file} (XLSX)", file=labels.plain(file)),
        deferred(lambda of: downloads.noted(counted(jobs.refused_rows(file, of)), "refused_rows.xlsx", of)),
        f"{file.rsplit('.', 1)[0].replace('/', ' ')} {t('refused rows')}.xlsx",
        key=f"bad_{key}",
        on_click="ignore",
        icon=":material/download:",
    )


def counted(book: bytes) -> downloads.Content:
    """A workbook with its number of data rows: those below each heading, without the guide sheet."""
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    sheets = (read.get_sheet_by_index(place) for place in range(len(read.sheet_names) - 1))
    last = [sheet.end or (0, 0) for sheet in sheets]  # row and column, from 0
    return downloads.Content(book, sum(row for row, _ in last), max(column for _, column in last) + 1)


def _template(register: str, place: str) -> Callable[[], bytes]:
    return deferred(lambda of: jobs.template(register, of, place))


def _one_place(filters: Filters, reader: Reader) -> str:
    """The name of the one subdistrict or district that is chosen, or that the reader answers for; "" where there are more."""
    chosen = filters.tambon or filters.district or tuple(area for area in reader.areas if area != NATION)
    return place_options.name_of(chosen[0], language()) if len(chosen) == 1 else ""


def aids(filters: Filters, reader: Reader) -> None:
    """Beside the upload: refused rows still waiting, and templates."""
    loads = ask("loads", filters, reader)
    if lost := waiting(loads):
        st.markdown(f"#### {t('Rows waiting to be corrected: {n}', n=number(sum(lost.values())))}")
        st.caption(t("Correct them in the workbook and load it here; each row takes the place of the old one."))
        for number_, file in enumerate(lost):
            bad_rows(file, f"wait_{number_}")
    pairs = widgets.total(ask("duplicates", filters, reader, limit=1))
    label = t("Possible duplicates: {n} pairs", n=number(pairs))
    st.page_link("../pages/duplicates.py", label=label, query_params=parameters(filters), icon=":material/chevron_right:")
    label = page_access.title("review")
    st.page_link("../pages/review.py", label=label, query_params=parameters(filters), icon=":material/chevron_right:")
    place = _one_place(filters, reader)
    with st.expander(t("Templates to fill in"), key="templates"), st.container(horizontal=True, gap="small"):
        for register, name in definitions.names("registers", "register", language()).items():
            if registers()[register].template:
                file = f"{name} {place}.xlsx" if place else f"{name}.xlsx"
                st.download_button(name, _template(register, place), file, key=f"template_{register}", on_click="ignore")
