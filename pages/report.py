"""The provincial report: a preview, then the files to export."""

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.export import downloads, locked_report, paper_files, report_files
from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.session import audit_trail
from ui.view import labels, markup
from ui.view.panel import panel

PREVIEW = 10  # rows on the screen; the files have all


def preview(filters: Filters, reader: Reader, total: int) -> Markup:
    """The first rows as the CSV will have them."""
    frame = report_files.thai(ask("report", filters, reader, rows=PREVIEW))
    said = t("The first {n} of {total} rows of the report", n=len(frame), total=number(total))
    columns = {name: [markup.words(value) for value in frame[name]] for name in frame}
    return markup.wide(markup.table(columns, said), said) + markup.text(said, "caption")


filters, reader = chosen()
scope = ask("scope", filters, reader).iloc[0]
rows = int(scope["households"])
st.subheader(t("Report to the province: {n} households", n=number(rows)))
if not rows:
    st.warning(report_files.reason_for_none())
    st.stop()

as_of = labels.day(scope["as_of_last"])


def named(ending: str) -> str:
    """The name of a file of this report."""
    return report_files.file_name(filters, rows, scope["as_of_last"], ending)


def made(form) -> downloads.Content:
    """The whole report in one form, as this reader may see it."""
    frame = ask("report", filters, reader)
    return downloads.Content(form(frame), len(frame), len(frame.columns))


files = (
    downloads.Choice(t("CSV for Excel, Thai headings"), named("csv"), "text/csv", lambda: made(report_files.csv)),
    downloads.Choice(
        t("XLSX with an explanation sheet"),
        named("xlsx"),
        locked_report.KIND,
        lambda: made(lambda frame: report_files.xlsx(frame, filters, as_of)),
    ),
    downloads.Choice(t("Tidy CSV, English headings"), named("tidy.csv"), "text/csv", lambda: made(report_files.tidy)),
)
if reader.may("exports"):
    plain = st.container()  # above the form, but drawn after it: a file asked for there is offered here
    locked = locked_report.form(filters, reader, named("locked.xlsx"), as_of) if reader.may("reveal") else None
    with plain:
        downloads.offer((*files, *paper_files.listed(filters, reader, rows)), filters, reader, "report", locked)
        st.caption(
            t(
                "Citizen IDs are masked. One row per household, sorted by village and household; the file name tells district, month of the data and rows."
            )
        )
else:
    st.info(t("Files for the province are made by data officers. This is how the report looks for you."))

st.subheader(t("How the CSV will look"))
shown_to = audit_trail.log_before_names(reader, "list", page="report", filters=filters, found=rows)
panel(preview, filters, shown_to, rows)
