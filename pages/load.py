"""Bring registers in: drop files, see what they are and what they would change, then accept or leave. Nothing changes before."""

import streamlit as st

from ui import loaded, loading
from ui.allowed import guarded
from ui.choose import chosen
from ui.words import number, t

filters, reader = chosen()
st.subheader(t("Load registers"))


@guarded("load")
def check(uploads: str, said: dict, matched: dict) -> None:
    """Read the files; the page follows them from here."""
    st.session_state["load_token"] = loading.begin(uploads, said, matched)
    st.session_state["load_done"] = None


@guarded("load")
def again(job: loading.Job, said: dict, matched: dict) -> None:
    """Read the same files once more, with what the officer has said of them."""
    loading.drop(job)
    check(job.uploads, said, matched)


@guarded("load")
def leave(job: loading.Job) -> None:
    """Back to the beginning with everything as it was."""
    loading.leave(job)
    st.session_state["load_token"] = None


@guarded("load")
def accept(job: loading.Job) -> None:
    """The new build becomes the one that all see."""
    wrong = loading.accept(job)
    st.session_state["load_done"] = wrong or job.report
    st.session_state["load_token"] = None if not wrong else job.token


@st.fragment(run_every=1)
@guarded("load")
def watch(token: str) -> None:
    """How far it is, with a way out; when it is done the page is drawn anew."""
    job = loading.job(token)
    if job is None or not job.running:
        st.rerun()
    loaded.under_way(job)
    st.button(t("Cancel"), on_click=leave, args=(job,), key="cancel")


job = loading.job(st.session_state.get("load_token"))
done = st.session_state.get("load_done")
if job is None:
    if isinstance(done, dict):
        loaded.accepted(done, filters, reader)
    elif done:
        st.error(loaded.reason(done))
    files = st.file_uploader(
        t("Drop files here: Excel, CSV, ODS, or a zip of them, up to {n} MB each", n=loading.LARGEST),
        accept_multiple_files=True,
        key=f"files_{done is not None}",
    )
    said = loaded.for_all_rows("first")
    if files and st.button(t("Check the files"), type="primary", key="check"):
        check(loading.upload(files), {"": said}, {})
        st.rerun()
    st.caption(t("Nothing changes until you accept. The files stay on this machine."))
    loaded.aids(filters, reader)
elif job.running:
    watch(job.token)
elif job.error:
    st.error(t("The load stopped: {why}. The earlier data is still in place.", why=loaded.reason(job.error)))
    st.button(t("Back"), on_click=leave, args=(job,), key="back")
else:
    report = job.report or {}
    loaded.outcome(report)
    matched = loaded.recognised(report)
    loaded.change(report)
    loaded.problems(report)
    said = loaded.for_all_rows("again") if report["outcome"] == "refused" else {}
    with st.container(horizontal=True, gap="small", key="answer"):
        if report["outcome"] == "built":
            st.button(t("Accept and use this data"), type="primary", on_click=accept, args=(job,), key="accept")
        if matched or said:
            st.button(t("Check again with these"), on_click=again, args=(job, {"": said}, matched), key="again")
        st.button(t("Leave everything as it was"), on_click=leave, args=(job,), key="leave")
    if isinstance(done, str):
        st.error(loaded.reason(done))
    st.caption(t("{n} seconds", n=number(job.said.get("seconds", 0), 1)))
