"""What goes to the province: the report as it will be, then the files."""

import streamlit as st

from queries import ask
from ui import export, shown
from ui.choose import chosen
from ui.words import number, t

PREVIEW = 10  # rows on the screen; the files have all

filters, reader = chosen()
scope = ask("scope", filters, reader).iloc[0]
rows = int(scope["households"])
st.subheader(t("Report to the province: {n} households", n=number(rows)))
if not rows:
    st.warning(export.reason_for_none())
    st.stop()


def whole():
    return ask("report", filters, reader)


as_of = shown.day(scope["as_of_last"])
files = (
    (t("CSV for Excel, Thai headings"), "csv", "text/csv", lambda: export.csv(whole())),
    (
        t("XLSX with an explanation sheet"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda: export.xlsx(whole(), filters, as_of),
    ),
    (t("Tidy CSV, English headings"), "tidy.csv", "text/csv", lambda: export.tidy(whole())),
)
with st.container(horizontal=True):
    for label, ending, kind, make in files:
        name = export.file_name(filters, rows, scope["as_of_last"], ending)
        st.download_button(
            label, make, name, kind, key=f"get_{ending}", on_click="ignore", type="primary" if ending == "csv" else "secondary"
        )
st.caption(
    t(
        "Citizen IDs are masked. One row per household, sorted by village and household; the file name tells district, month of the data and rows."
    )
)

st.subheader(t("How the CSV will look"))
preview = export.thai(ask("report", filters, reader, rows=PREVIEW))
st.dataframe(
    preview, hide_index=True, alt=t("The first {n} of {total} rows of the report", n=len(preview), total=rows), height="content"
)
st.caption(t("The first {n} of {total} rows of the report", n=len(preview), total=number(rows)))
