"""The audit log: who did what, and is its chain whole? For the auditor; no household is named in it."""

from datetime import timedelta

import streamlit as st

from ui.admin import audit_log
from ui.export import downloads
from ui.export.deferred import deferred
from ui.filters.controls import chosen
from ui.i18n import language, number, t
from ui.view import labels, lists

DAYS = 30  # shown at first

_, reader = chosen()
st.subheader(t("Audit log"))
if not reader.may("audit"):
    st.info(t("The audit log is for auditors. Switch meeting mode off if you are one."))
    st.stop()

verdict = audit_log.verdict()
checked = labels.moment(verdict.checked_at.isoformat())
if verdict.whole:
    count = number(verdict.entries)
    st.success(
        t("Whole: {n} entries, none changed, moved, added or missing. Checked {when}.", n=count, when=checked),
        icon=":material/verified:",
    )
else:
    st.error(
        t("Not whole. Tell whoever is responsible for personal data. Checked {when}.", when=checked), icon=":material/error:"
    )
for finding in verdict.findings:
    st.markdown(f"- {labels.plain(finding.says(language()))}")
if verdict.seal:
    st.caption(
        t("Write this down outside this machine, it proves later that the log was not replaced: {seal}", seal=verdict.seal)
    )

today = audit_log.today()
actions = audit_log.actions()
with st.container(horizontal=True, vertical_alignment="bottom", key="audit_filters"):
    who = st.text_input(t("Who (part of an e-mail)"), key="audit_who", autocomplete="off", width=260)
    action = st.selectbox(
        t("Action"), ["", *actions], format_func=lambda name: actions.get(name, t("All")), key="audit_action", width=260
    )
    begin = st.date_input(
        t("From (year CE)"), today - timedelta(days=DAYS), max_value=today, key="audit_from", format="DD/MM/YYYY", width=220
    )
    end = st.date_input(t("To (year CE)"), today, max_value=today, key="audit_to", format="DD/MM/YYYY", width=220)

entries = audit_log.search(begin, end, (who or "").strip(), action or "")
if not entries:
    st.info(t("Nothing of this kind is written down for these days."))
    st.stop()
total = len(entries)
if total == audit_log.ROWS:
    total = audit_log.total(begin, end, (who or "").strip(), action or "")
heading = t("{n} entries", n=number(total))
st.markdown(f"### {heading}")
lists.of_all(len(entries), total)
st.dataframe(audit_log.table(entries), hide_index=True, height="content" if len(entries) < 12 else 480, alt=heading)
with st.container(key="on_paper"):  # the list above is a canvas, of which a sheet would have the first rows alone
    st.table(audit_log.table(entries), border="horizontal", alt=heading)
name = f"baansuk_audit_{begin:%Y%m%d}_{end:%Y%m%d}.csv"
st.download_button(
    t("All of them as CSV"),
    deferred(lambda of: downloads.noted(audit_log.file(begin, end, (who or "").strip(), action or ""), name, of)),
    name,
    "text/csv",
    key="get_audit",
    on_click="ignore",
)
