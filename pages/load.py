"""Import of registers: upload files, see what they are and would change, then accept or leave. Nothing changes before."""

import streamlit as st

from ui.filters.controls import chosen
from ui.i18n import number, t
from ui.load import consequences, corrections, headlines, history, jobs, matching, panels
from ui.session.page_access import guarded

filters, reader = chosen()
st.subheader(t("Load registers"))


@guarded("load")
def check(uploads: str, stated: dict, matched: dict) -> None:
    """Read the files; the page follows them from here."""
    st.session_state["load_token"] = jobs.begin(uploads, stated, matched)
    st.session_state["load_done"] = None


@guarded("load")
def again(job: jobs.Job, stated: dict, matched: dict) -> None:
    """Read the same files once more, with what the officer has stated of them now and before."""
    jobs.drop(job)
    every = {file: job.stated.get(file, {}) | stated.get(file, {}) for file in job.stated | stated}
    check(job.uploads, every, job.matched | matched)


@guarded("load")
def leave(job: jobs.Job) -> None:
    """Back to the beginning with everything as it was."""
    jobs.leave(job)
    st.session_state["load_token"] = None


@guarded("load")
def accept(job: jobs.Job) -> None:
    """The new build becomes the one that all see."""
    wrong = jobs.accept(job)
    st.session_state["load_done"] = wrong or job.report
    st.session_state["load_token"] = None if not wrong else job.token


@st.fragment(run_every=1)
@guarded("load")
def watch(token: str) -> None:
    """How far it is, with a way out; when it is done the page is drawn anew."""
    job = jobs.job(token)
    if job is None or not job.running:
        st.rerun()
    panels.under_way(job)
    st.button(t("Cancel"), on_click=leave, args=(job,), key="cancel")


job = jobs.job(st.session_state.get("load_token"))
done = st.session_state.get("load_done")
if job is None:
    if isinstance(done, dict):
        panels.accepted(done, filters, reader)
    elif done:
        st.error(panels.reason(done))
    files = st.file_uploader(
        t("Drop files here: Excel, CSV, ODS, or a zip of them, up to {n} MB each", n=jobs.LARGEST),
        accept_multiple_files=True,
        key=f"files_{done is not None}",
    )
    if files and st.button(t("Check the files"), type="primary", key="check"):
        check(jobs.upload(files), {}, {})
        st.rerun()
    st.caption(t("Nothing changes until you accept. The files stay on this machine."))
    panels.aids(filters, reader)
    history.panel(filters, reader)
elif job.running:
    watch(job.token)
elif job.error:
    st.error(t("The load stopped: {why}. The earlier data is still in place.", why=panels.reason(job.error)))
    st.button(t("Back"), on_click=leave, args=(job,), key="back")
else:
    report = job.report or {}
    panels.outcome(report)
    matching.poorly_read(report)
    stated = matching.stated(report)
    matched = matching.headings(report)
    if matched or stated:
        st.button(t("Check again with these"), type="primary", on_click=again, args=(job, stated, matched), key="again")
    panels.change(report)
    consequences.before(report, reader)
    if report["outcome"] == "built":
        consequences.of_entries(jobs.staged(job), reader)
        headlines.panel(job, reader)
    panels.problems(report)
    corrections.offer(job, report)
    with st.container(horizontal=True, gap="small", key="answer"):
        if report["outcome"] == "built":
            st.button(t("Accept and use this data"), type="primary", on_click=accept, args=(job,), key="accept")
        st.button(t("Leave everything as it was"), on_click=leave, args=(job,), key="leave")
    if isinstance(done, str):
        st.error(panels.reason(done))
    st.caption(t("{n} seconds", n=number(job.progress.get("seconds", 0), 1)))
