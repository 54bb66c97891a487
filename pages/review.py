"""What waits for the data officer of what was recorded: to settle, to attach, to correct, to enter into the register."""

from itertools import groupby

import streamlit as st

from queries import Filters, Unreachable, ask
from queries.waiting import differing, waiting
from ui.export import register_export
from ui.filters.controls import chosen
from ui.filters.url import parameters
from ui.i18n import number, t
from ui.record import register_queues, review_parts, saving, unattached_parts
from ui.session import audit_trail, page_access
from ui.view import widgets

PARTS = 8  # of a screen
DONE = 20

filters, reader = chosen()
st.subheader(page_access.title("review"))
st.caption(t("All of your area."))
saving.told()
QUEUES = ("fork", "correction", "double")
totals = {name: widgets.total(ask("review", Filters(), reader, queue=name, limit=1)) for name in QUEUES}
try:
    everything, others = waiting(reader), differing(reader)
except Unreachable:
    st.info(t("What waits cannot be listed until the journal can be reached again."))
    st.stop()
held = [row for row in everything if not row["lost"]]
lost = unattached_parts.families([row for row in everything if row["lost"]])
families = widgets.total(ask("found", Filters(), reader, limit=1))
unentered, apart = register_queues.totals(reader)
of_places = register_queues.of_places(reader)
counts = [*totals.values(), len(lost), len(held), len(others), families, unentered, of_places, apart]
shown_to = audit_trail.log_before_names(reader, "list", page="review", filters=filters, found=sum(counts))
if shown_to != reader:  # who recorded what of whom is nothing without names
    st.stop()
if not any(counts):
    st.info(t("Nothing waits: no entry contradicts another, waits for something or has to be dealt with."))


def groups(queue: str) -> list[list[dict]]:
    """One screen of what belongs together."""
    offset = widgets.turned_to(totals[queue], PARTS, f"{queue}_{totals[queue]}")
    rows = ask("review", Filters(), reader, queue=queue, limit=PARTS, offset=offset).to_dict("records")
    return [list(group) for _, group in groupby(rows, key=lambda row: row["grouped"])]


if totals["fork"]:
    says = t(
        "Two people recorded different things without knowing of each other. Until one is chosen, what both had seen stands."
    )
    review_parts.heading(t("Entries that contradict each other"), totals["fork"], says)
    for group in groups("fork"):
        review_parts.fork(filters, reader, group)
if lost:
    says = t(
        "They are kept and do not count yet: the register does not say for certain whose they are. Say which household it is; all "
        "entries of the family go there, those too that come later under the old number."
    )
    review_parts.heading(t("Entries whose household is not certain"), len(lost), says)
    for family in widgets.screen_of(lost, PARTS, "lost"):
        unattached_parts.family(filters, reader, family)
if held:
    says = t("They are kept and do not count yet. Ask who recorded them.")
    review_parts.heading(t("Entries that wait for something"), len(held), says)
    for row in widgets.screen_of(held, PARTS, "held"):
        review_parts.waits(filters, row)
if others:
    says = t("They came under the id of another entry and do not count. If something is missing, record it again.")
    review_parts.heading(t("Entries under an id that was taken"), len(others), says)
    for row in widgets.screen_of(others, PARTS, "others"):
        review_parts.differs(filters, row)
if families:
    says = t(
        "Proposals: look whether the register has the family under another name, then add it to the register file and load it."
    )
    review_parts.heading(t("Families found"), families, says)
    to = parameters(filters)
    if page_access.may_open("duplicates", reader):
        label = t("Possible duplicates")
        st.page_link("../pages/duplicates.py", label=label, query_params=to, icon=":material/chevron_right:")
    offset = widgets.turned_to(families, PARTS, f"found_{families}")
    for row in ask("found", Filters(), reader, limit=PARTS, offset=offset).to_dict("records"):
        review_parts.found(row)
if totals["correction"]:
    says = t("Correct the register file and load it again.")
    review_parts.heading(t("Proposed corrections"), totals["correction"], says)
    for (row,) in groups("correction"):
        review_parts.correction(filters, row)
if totals["double"]:
    says = t("The same family, day and thing: take one back, or say that both are right.")
    review_parts.heading(t("Perhaps recorded twice"), totals["double"], says)
    for group in groups("double"):
        review_parts.double(filters, reader, group)

ready = bool(unentered) and register_queues.unentered(filters, reader, unentered)
ready = (bool(of_places) and register_queues.unentered_of_places(of_places, reader)) or ready
if ready and reader.may("exports"):
    register_export.offer(reader)
if apart:
    register_queues.disagreements(filters, reader, apart)

if gone := review_parts.dealt_with(reader):
    with st.expander(t("Dealt with: {n}", n=number(len(gone))), key="dealt_with"):
        for key in widgets.screen_of(list(gone), DONE, "gone"):
            review_parts.again(key, gone[key])
