"""Between journal and registers: what is recorded and in no register yet, and where the two differ."""

from collections.abc import Mapping

import streamlit as st

from queries import Filters, Reader, ask
from ui.i18n import number, t
from ui.record.review_parts import heading
from ui.view import labels, recorded, review_text, widgets
from ui.view.labels import missing, plain

PARTS = 8  # of a screen


def totals(reader: Reader) -> tuple[int, int]:
    """How many entries are in no register, and of how many a register says something else."""
    return tuple(widgets.total(ask(name, Filters(), reader, limit=1)) for name in ("unentered", "disagreements"))  # type: ignore[return-value]


def unentered(filters: Filters, reader: Reader, total: int) -> bool:
    """What is recorded and in no register yet; whether any of it is ready to be written into one."""
    says = t(
        "It counts already. The file has it in the shapes of the registers: load it beside the registers you have, nothing counts twice."
    )
    heading(t("Recorded and in no register yet"), total, says)
    offset = widgets.turned_to(total, PARTS, f"unentered_{total}")
    rows = ask("unentered", Filters(), reader, limit=PARTS, offset=offset)
    for row in rows.to_dict("records"):
        entry(filters, row)
    ready = int(rows["total_ready"].iloc[0]) if len(rows) else 0
    st.caption(t("Ready for the registers: {n} of {total}", n=number(ready), total=number(total)))
    return ready > 0


def of_places(reader: Reader) -> int:
    """How much is recorded of funds, debts, the office and forums that is in no register, or was taken back and is still in one."""
    return widgets.total(ask("place_entries", Filters(), reader, state="unentered", limit=1))


def unentered_of_places(total: int, reader: Reader) -> bool:
    """The same of what is of a place; whether any of it is ready to be written into a register."""
    says = t("It counts already and goes into the same file, each in the shape of its programme's register.")
    heading(t("Of funds, debts, the office and forums, and in no register yet"), total, says)
    offset = widgets.turned_to(total, PARTS, f"places_{total}")
    rows = ask("place_entries", Filters(), reader, state="unentered", limit=PARTS, offset=offset)
    for row in rows.to_dict("records"):
        with st.container(border=True, key=f"places_{row['entry']}"):
            value = number(row["amount"]) if not missing(row["amount"]) else ""
            told = "" if missing(row["told"]) else str(row["told"])
            parts = [recorded.kind(row["kind"]), labels.day(row["happened_on"]), recorded.place(row)]
            what = " · ".join(filter(None, [*parts, recorded.said(row["kind"], row["said"]), value, told]))
            st.markdown(f"**{plain(what)}**  \n{plain(recorded.by_whom(row))}")
            if row["filing"] != "ready":
                st.caption((waits() | of_a_place())[row["filing"]])
    ready = int(rows["total_ready"].iloc[0]) if len(rows) else 0
    st.caption(t("Ready for the registers: {n} of {total}", n=number(ready), total=number(total)))
    return ready > 0


def entry(filters: Filters, row: Mapping) -> None:
    """One entry, and why it waits where a file would not bring it."""
    with st.container(border=True, key=f"unentered_{row['entry']}"):
        what = " · ".join(filter(None, [recorded.kind(row["kind"]), _of_what(row), review_text.value(row)]))
        st.markdown(f"**{plain(what)}**  \n{plain(recorded.by_whom(row))}")
        if row["filing"] != "ready":
            st.caption(waits()[row["filing"]])
        widgets.household_link(filters, row["ref"], labels.place(row))


def _of_what(row: Mapping) -> str:
    """The item or step that it is of; a need says its own."""
    return "" if row["kind"] == "need" else review_text.of_what(row)


def waits() -> dict[str, str]:
    """Why an entry is not written into a register yet, and what to do."""
    return {
        "forked": t("Waits: another entry says something else. Choose one above."),
        "contradicted": t("Waits: another check of this day says the opposite. Take one of the two back."),
        "overruled": t("Waits: the register says something else and counts. See below."),
        "withdrawn": todo()["withdrawn"],
    }


def of_a_place() -> dict[str, str]:
    """The same of what is of a place."""
    return {
        "forked": t("Waits: another entry of this day says something else. Record the right step again, or take one back."),
        "overruled": t("Waits: a later assessment counts."),
        "unfinished": t("Waits: not every item of the forum is scored yet."),
        "orphan": t("Waits and does not count: no register has the project, the fund or the subject any more."),
    }


def disagreements(filters: Filters, reader: Reader, total: int) -> None:
    """Where a record and a register say different things."""
    says = t(
        "Neither takes the place of the other without a word: here is what counts, and what to do. Those where the register counts first."
    )
    heading(t("Record and register differ"), total, says)
    offset = widgets.turned_to(total, PARTS, f"disagreements_{total}")
    for row in ask("disagreements", Filters(), reader, limit=PARTS, offset=offset).to_dict("records"):
        with st.container(border=True, key=f"apart_{row['entry']}_{row['field']}"):
            difference(row)
            widgets.household_link(filters, row["ref"], labels.place(row))


def difference(row: Mapping) -> None:
    """What both say of one thing, which counts and why."""
    of_what = [review_text.of_what(row)]
    if row["why"] == "withdrawn":  # neither value is there to tell what it was
        of_what = [
            "" if missing(row["item"]) else str(row["item"]),
            "" if missing(row["happened_on"]) else labels.day(row["happened_on"]),
        ]
    what = " · ".join(filter(None, [recorded.kind(row["kind"]), *of_what]))
    lines = [f"**{plain(line)}** {t('(counts)')}" if counts else plain(line) for line, counts in both(row)]
    if row["why"] == "withdrawn":
        lines = []
    st.markdown("  \n".join([f"**{plain(what)}**", *lines, plain(recorded.by_whom(row))]))
    st.caption(todo()[row["why"]])


def both(row: Mapping) -> list[tuple[str, bool]]:
    """What the record says and what the register says, in words, and which of the two counts."""
    recorded_ = t("Recorded: {value}", value=said(row, row["said"], row["told"], row["happened_on"]))
    register = t("Register: {value}", value=said(row, row["register_said"], row["register_told"], row["register_on"]))
    return [(recorded_, row["counts"] == "entry"), (register, row["counts"] == "register")]


def beside(row: Mapping) -> str:
    """Both in one line, for beside the field."""
    if row["why"] == "withdrawn":
        return todo()["withdrawn"]
    return " · ".join(f"{line} {t('(counts)')}" if counts else line for line, counts in both(row))


def said(row: Mapping, value: object, words: object, day: object) -> str:
    """One of the two values in words, and its day."""
    if not missing(words):
        text = str(words)
    elif row["field"] == "quantity" and not missing(value):
        text = number(float(str(value)))
    elif row["field"] in labels.dimensions() and not missing(value):
        text = f"{labels.dimensions()[str(row['field'])]}: {labels.listed('state')[str(value)]}"
    else:
        text = recorded.said(row["kind"], value)
    is_day = str(row["field"]).endswith("_date") and row["field"] != "due_date"  # the value is its day
    return text if missing(day) or is_day else f"{text} ({labels.day(day)})"


def todo() -> dict[str, str]:
    """Why one of the two counts, and what to do."""
    return {
        "withdrawn": t(
            "It was taken back, and a row of a register still has it and counts. Remove that row from the file and load it again."
        ),
        "edited": t(
            "The row in the register was changed after it was recorded. If that is right, there is nothing to do; else record it again."
        ),
        "register_later": t(
            "The register is newer and counts. If the record is right, record it again with its day; else take the record back."
        ),
        "register_stands": t(
            "What the register has stays. If the record is right, correct the register file; else take the record back."
        ),
        "later": t("The record is newer and counts. The file for the registers brings it there."),
        "undated": t("The register says no day, so the record counts. The file for the registers brings it there."),
    }
