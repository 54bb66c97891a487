"""What a load does to what is there: the sample goes, a file of the same name stays beside, households leave the system."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from queries import Reader
from queries.becoming import becoming
from ui.i18n import language, number, t
from ui.view import labels, recorded, review_text

ENTRIES = 20  # named; the number above counts all
VILLAGES = 40  # listed; the sum above counts all


def before(report: dict, reader: Reader) -> None:
    """Said before anything is accepted."""
    if report.get("sample_goes"):
        st.info(t("The sample data (invented people) goes when you accept: from then on there are only your own registers."))
    for name, given in report.get("kept_apart", {}).items():
        file, kept = labels.plain(given), labels.plain(name)
        st.info(t("There is another list called “{file}”. Both stay; this one is kept as “{kept}”.", file=file, kept=kept))
    leaving(report.get("leaving", []), reader)


def of_entries(build: Path, reader: Reader) -> None:
    """What is recorded and would go another way: to another household, to none, or after what the new files say."""
    made = becoming(build, reader) if build.exists() else None
    if made is None or not made.recorded:
        return
    rules = {
        "ref": t("by the number"),
        "head": t("by the head of the household"),
        "same": t("by what an officer said"),
    }
    anew = ", ".join(f"{rules[rule]} {number(count)}" for rule, count in sorted(made.anew.items()))
    st.markdown(f"#### {t('What is recorded')}")
    rows = {
        t("stay with their household"): made.stay,
        t("come to a household anew ({rules})", rules=anew) if anew else t("come to a household anew"): sum(made.anew.values()),
        t("would be of no certain household"): len(made.unattached),
        t("are of none now, and stay so"): made.still,
        t("fields that the new files decide, since they know of a later day"): made.overruled,
    }
    shown = {words: count for words, count in rows.items() if count}
    columns = {t("Entries"): list(shown), t("Number"): [number(count) for count in shown.values()]}
    st.table(columns, border="horizontal", alt=t("What becomes of what is recorded"))
    if made.unattached:
        st.warning(
            t(
                "After the load, say on the page “Entries to review” whose these are. Check first that the numbers in the file are right."
            )
        )
        st.table(
            _entries(made.unattached[:ENTRIES]), border="horizontal", alt=t("Entries that would be of no certain household")
        )
    if len(made.unattached) > ENTRIES:
        st.caption(t("and {n} more entries", n=number(len(made.unattached) - ENTRIES)))


def _entries(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    says = "why" if language() == "th" else "why_en"
    return {
        t("Entry"): [labels.plain(f"{recorded.kind(row['kind'])} · {review_text.when(row)}") for row in rows],
        t("Household"): [labels.plain(" · ".join(filter(None, [row["household_id"], row["year"]]))) for row in rows],
        t("Village"): [labels.plain(labels.of_code(row["village"])) if row["village"] else "–" for row in rows],
        t("Why"): [labels.plain(row[says]) for row in rows],
    }


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
