"""The matching step of an import: each heading, what it is read as, three values below it, how sure that is; the doubtful first.

A tap answers; what is answered holds for this load at once, and for later files of the office when the load is accepted.
"""

from collections.abc import Mapping

import streamlit as st

import definitions
from ui.i18n import language, number, t
from ui.view import labels

LEAVE_OUT = "-"
NAMED = 4  # candidates that stand as buttons; the others are in the list behind them
YEARS = 3  # register years that stand as buttons: the suggested one and those before it
MARKS = "marks"  # why a heading is asked: its marks may mean either
Answers = dict[str, str]  # heading key -> column


def headings(report: dict) -> Answers:
    """Every sheet's headings with a choice for those that are not sure; returns what the officer says of them."""
    said: Answers = {}
    for place, sheet in enumerate(report.get("recognised", [])):
        open_ones = [h for h in sheet["headings"] if h["degree"] in ("asked", "likely", "unknown")]
        known = [h for h in sheet["headings"] if h["degree"] in ("sure", "by hand")]
        st.markdown(f"##### {_title(sheet)}")
        st.caption(_sum(sheet, len(known)))
        said |= _marks([h for h in open_ones if h["why"] == MARKS], f"{place}")
        for number_, heading in enumerate(h for h in open_ones if h["why"] != MARKS):
            said |= _choice(heading, sheet["free"], f"{place}_{number_}")
        if known:
            with st.expander(t("Headings that are sure: {n}", n=number(len(known))), key=f"sheet_{place}"):
                _table(known, _title(sheet))
    return said


def _title(sheet: dict) -> str:
    return labels.plain(sheet["file"] + (f" · {sheet['sheet']}" if sheet["sheet"] else ""))


def _sum(sheet: dict, known: int) -> str:
    """What the sheet is, in one sentence."""
    words = t("{register}, {n} of {all} headings are sure", register=sheet["name"], n=known, all=len(sheet["headings"]))
    return words if sheet["is_register"] else t("Nearest to: {words}", words=words)


def _table(known: list[dict], title: str) -> None:
    st.table(
        {
            t("Heading in the file"): [labels.plain(h["heading"]) for h in known],
            t("Read as"): [h["means"] or t("Leave it out") for h in known],
            t("Values"): [_values(h) for h in known],
        },
        border="horizontal",
        alt=t("Headings of {file}", file=title),
    )


def _values(heading: dict) -> str:
    return " · ".join(labels.plain(value) for value in heading["values"]) or "–"


def _marks(asked: list[dict], key: str) -> Answers:
    """One question for all columns of marks on a sheet: what a mark means."""
    if not asked:
        return {}
    names = ", ".join(f"“{labels.plain(h['heading'])}”" for h in asked)
    meanings = {"_lack": t("A mark means deprived"), "_passed": t("A mark means it passes"), LEAVE_OUT: t("Leave it out")}
    label = t("{headings} hold marks only ({values}). What does a mark mean?", headings=names, values=_values(asked[0]))
    chosen = st.pills(label, list(meanings), format_func=meanings.get, key=f"marks_{key}")
    if chosen not in meanings:
        return {}
    return {h["key"]: next((c for c in h["candidates"] if c.endswith(chosen)), LEAVE_OUT) for h in asked}


def _choice(heading: dict, free: Mapping[str, str], key: str) -> Answers:
    """One heading that is not sure: its likeliest meanings as buttons, all others in a list. Nothing said leaves it as it is."""
    likeliest = dict(list(heading["candidates"].items())[:NAMED])
    others = {name: name_ for name, name_ in free.items() if name not in likeliest}
    about, answer = st.columns([1, 2], vertical_alignment="center")
    with about:
        st.markdown(f"**{labels.plain(heading['heading'])}** · {_degree(heading)}")
        st.caption(_values(heading))
    with answer:
        buttons = {**likeliest, LEAVE_OUT: t("Leave it out")}
        label = t("Meaning of {heading}", heading=labels.plain(heading["heading"]))
        column = heading["column"]
        named = st.pills(
            label, list(buttons), default=column if column in buttons else None, format_func=buttons.get, key=f"mean_{key}",
            label_visibility="collapsed",
        )  # fmt: skip
        listed = st.selectbox(
            label, list(others), index=None, format_func=others.get, key=f"match_{key}", placeholder=t("Another meaning"),
            label_visibility="collapsed",
        )  # fmt: skip
    chosen = listed if listed in others else named  # a browser may send any word
    return {heading["key"]: chosen} if chosen in {**others, **buttons} and chosen != column else {}


def _degree(heading: dict) -> str:
    degrees = {"likely": t("likely, please look"), "asked": t("please choose"), "unknown": t("not known, left out")}
    if heading["why"] == "doubled":
        return t("two columns say the same: which counts?")
    return degrees[heading["degree"]]


def stated(report: dict) -> dict[str, dict[str, str]]:
    """What the officer says for whole files and columns: file -> column, or column.question -> value."""
    of_files, of_columns = _unsaid(report), _columns(report)
    said = {file: of_files.get(file, {}) | of_columns.get(file, {}) for file in of_files | of_columns}
    came_as = report.get("kept_apart", {})  # the name under which an answer finds its file again
    return {came_as.get(file, file): values for file, values in said.items() if values}


def _columns(report: dict) -> dict[str, dict[str, str]]:
    """What a word means in a column, and what its dates begin with, asked once per column: file -> column.question -> value."""
    said: dict[str, dict[str, str]] = {}
    asked: dict[tuple[str, tuple[str, ...]], list[dict]] = {}  # a file may have the column in several sheets
    for sheet in report["files"]:
        for problem in (p for p in sheet["problems"] if p.get("answers")):
            asked.setdefault((sheet["file"], tuple(problem["answers"])), []).append(problem)
    for place, ((file, may_be), problems) in enumerate(asked.items()):
        label, meanings = _question(file, problems)
        answers = {answer: meanings[answer.rpartition(".")[2]] for answer in may_be}
        chosen = st.pills(label, list(answers), format_func=answers.get, key=f"column_{place}")
        if chosen in answers:
            name, _, value = chosen.partition("=")
            said.setdefault(file, {})[name] = value
    return said


def _question(file: str, problems: list[dict]) -> tuple[str, dict[str, str]]:
    """What is asked of a column, and what its answers mean."""
    about = {"file": labels.plain(file), "heading": labels.plain(problems[0]["column"])}
    if ".none=" in problems[0]["answers"][0]:
        cells = number(sum(int(problem["found"]) for problem in problems))
        label = t("{file} · “{heading}”: {n} cells say “none”. What does it mean?", n=cells, **about)
        return label, {"none=0": t("No income (0 baht)"), "none=unknown": t("No data")}
    label = t("{file} · “{heading}”: what do its dates begin with?", **about)
    return label, {"first=day": t("Day first (31/12/2565)"), "first=month": t("Month first (12/31/2565)")}


def _unsaid(report: dict) -> dict[str, dict[str, str]]:
    """Years and source of each file that does not say them, asked once per file: file -> column -> value."""
    stated: dict[str, dict[str, str]] = {}
    for place, (file, asked) in enumerate(_suggestions(report).items()):
        with st.container(border=True, key=f"unsaid_{place}"):
            st.markdown(t("“{file}” does not say everything. It holds for all of its rows:", file=labels.plain(file)))
            stated[file] = {}
            if "register_year" in asked:
                year = _year(t("Register year"), t("Another register year"), asked["register_year"], f"{place}")
                stated[file] |= {"register_year": year} if year else {}
            if "survey_year" in asked:
                year = _year(t("Survey year"), t("Another survey year"), asked["survey_year"], f"survey_{place}")
                stated[file] |= {"survey_year": year} if year else {}
            if "source" in asked:
                sources = definitions.picklist("source", language())
                source = st.pills(t("Source"), list(sources), format_func=sources.get, key=f"source_{place}")
                stated[file] |= {"source": source} if source in sources else {}
    return stated


def _suggestions(report: dict) -> dict[str, dict[str, str]]:
    """File -> column that it leaves unsaid -> the suggested value."""
    found: dict[str, dict[str, str]] = {}
    for sheet in report["files"]:
        for problem in sheet["problems"]:
            if problem["fault"].startswith("unsaid_"):
                column, _, suggested = problem["expected"].partition("=")
                found.setdefault(sheet["file"], {})[column] = suggested
            elif problem["fault"] == "no_survey_year" and all(c["column"] != "survey_year" for c in sheet["columns"]):
                found.setdefault(sheet["file"], {})["survey_year"] = f"{sheet['register_year']}"
    return found


def _year(label: str, another: str, suggested: str, key: str) -> str:
    """A year by a tap or typed, "" for none."""
    years = [str(int(suggested) - back) for back in range(YEARS)] if suggested.isdigit() else []
    chosen = st.pills(label, years, key=f"year_{key}")
    typed = st.text_input(another, key=f"typed_{key}", placeholder="2565", autocomplete="off").strip()
    return typed or chosen or ""


def poorly_read(report: dict) -> None:
    """The columns of which less than nine in ten filled cells were understood, above everything else."""
    lines = [
        t(
            "{file} · “{heading}”: {n} of {all} cells could be read",
            file=labels.plain(sheet["file"]),
            heading=labels.plain(column["heading"]),
            n=number(column["understood"]),
            all=number(column["filled"] - column["blank"]),
        )
        for sheet in report["files"]
        for column in sheet["columns"]
        if sheet["register"] and column["column"] and column["understood"] * 10 < (column["filled"] - column["blank"]) * 9
    ]
    if lines:
        st.warning("\n".join(f"- {line}" for line in lines))
