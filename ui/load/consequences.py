"""What a load does to what is there: the sample goes, a file of the same name stays beside, households leave the system."""

import streamlit as st

from queries import Reader
from ui.i18n import number, t
from ui.view import labels

VILLAGES = 40  # listed; the sum above counts all


def before(report: dict, reader: Reader) -> None:
    """Said before anything is accepted."""
    if report.get("sample_goes"):
        st.info(t("The sample data (invented people) goes when you accept: from then on there are only your own registers."))
    for name, given in report.get("kept_apart", {}).items():
        file, kept = labels.plain(given), labels.plain(name)
        st.info(t("There is another list called “{file}”. Both stay; this one is kept as “{kept}”.", file=file, kept=kept))
    leaving(report.get("leaving", []), reader)


def leaving(villages: list[dict], reader: Reader) -> None:
    """The households that go, by year and village; who they are for a reader who sees names."""
    if not villages:
        return
    households = sum(village["households"] for village in villages)
    st.warning(
        t("{n} households are not in the new files and leave the system: check that this is meant.", n=number(households))
    )
    columns: dict[str, list[str]] = {
        t("Register year"): [str(village["register_year"]) for village in villages[:VILLAGES]],
        t("Village"): [labels.plain(labels.place(village)) for village in villages[:VILLAGES]],
        t("Households"): [number(village["households"]) for village in villages[:VILLAGES]],
    }
    if reader.sees("name") == reader.sees("address") == "open":
        columns[t("Who they are")] = [_who(village) for village in villages[:VILLAGES]]
    st.table(columns, border="horizontal", alt=t("Households that leave the system"))
    if len(villages) > VILLAGES:
        st.caption(t("and {n} more villages", n=number(len(villages) - VILLAGES)))


def _who(village: dict) -> str:
    more = village["households"] - len(village["who"])
    named = ", ".join(map(labels.plain, village["who"])) or "–"
    return named + (t(" and {n} more", n=number(more)) if village["who"] and more else "")
