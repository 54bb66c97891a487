"""Who promised what, by when, and how late is it? By agency, village or due date; what has come of it is recorded here."""

import streamlit as st
from markupsafe import Markup

from queries import Filters, Reader, ask
from ui.export import board_file, downloads, paper_files, report_files
from ui.filters.controls import chosen, parameters
from ui.i18n import t
from ui.record import drafts, promise_form, saving
from ui.session import audit_trail, page_access
from ui.view import figure_text, labels, lists, markup, promise_text, widgets
from ui.view.copy_text import copy_text
from ui.view.kept_here import is_kept, kept_of, partly
from ui.view.markup import rich
from ui.view.panel import made, panel

ROWS = 15  # of a screen
LINES = 60  # of the text for LINE, which takes some ten thousand letters
EVERYBODY = "\x00"  # no owner is called so
REGISTERS = ("plan", "step", "need")


def board(filters: Filters, reader: Reader, by: str, owner: str | None, offset: int) -> Markup:
    """One screen of the board for who reads only."""
    rows = ask("board", filters, reader, sort=by, owner=owner, limit=ROWS, offset=offset).to_dict("records")
    parts, group = [], None
    for row in rows:
        parts += [promise_text.heading(filters, by, row, owner)] if row["grouped"] != group else []
        parts += [promise_text.line(filters, row), promise_text.conflict(filters, reader, row)]
        group = row["grouped"]
    return Markup("").join(parts)


def counts(filters: Filters, reader: Reader, owner: str | None, total: int, late: int) -> Markup:
    """How much is owed, and how much of it is late."""
    n, m = (
        figure_text.opens(filters, promise_text.words(owner, *more), of) for of, more in ((total, ()), (late, ("owed_late",)))
    )
    return markup.text(rich("**{n}** promised and not done, **{late}** of them late", n=n, late=m))


def to_copy(filters: Filters, reader: Reader, owner: str) -> str:
    """What one owner has promised, as text."""
    rows = ask("board", filters, reader, sort="due", owner=owner, limit=LINES)
    late = int(rows["total_overdue"].iloc[0]) if len(rows) else 0
    as_of = labels.day(ask("scope", filters, reader)["as_of_last"].iloc[0])
    return promise_text.text(rows.to_dict("records"), widgets.total(rows), late, as_of)


filters, reader = chosen()
found = int(ask("scope", filters, reader)["households"].iloc[0])
reader = audit_trail.log_before_names(reader, "list", page="promises", filters=filters, found=found)
st.subheader(page_access.title("promises"))
saving.told()
if page_access.may_open("review", reader):
    to = parameters(filters)
    st.page_link("../pages/review.py", label=page_access.title("review"), query_params=to, icon=":material/chevron_right:")
kept, named = kept_of(filters, reader), labels.registers()
said = {name: partly(kept, name) if is_kept(kept, name) else t("Not kept here") for name in REGISTERS}
if any(said.values()):
    st.caption(" · ".join(f"{named[name]}: {words}" for name, words in said.items() if words))
owners = ask("board_owners", filters, reader)
if not len(owners):
    none = t("Nothing is promised and open for the households chosen.")
    unknown = t("Plans, steps and needs are not kept here: nobody can tell who has promised what.")
    st.info(none if any(is_kept(kept, name) for name in REGISTERS) else unknown)
    st.stop()

options = {EVERYBODY: t("Everybody")} | {
    row["owner"]: t(
        "{owner}: {n} in all, {late} late", owner=promise_text.owner(row["owner"]), n=row["items"], late=row["late"]
    )
    for row in owners.to_dict("records")
}
left, right = st.columns([1, 1], vertical_alignment="bottom")
ways = {"due": t("By due date"), "owner": t("By agency"), "village": t("By village")}
by = left.pills(t("Group"), list(ways), format_func=ways.get, default="due", required=True, key="board_by")
picked = right.selectbox(
    t("Agency or person"), list(options), format_func=options.get, key="board_owner", filter_mode="contains"
)  # fmt: skip
owner = None if picked == EVERYBODY else picked
first = ask("board", filters, reader, sort=by, owner=owner, limit=ROWS)
total, late = widgets.total(first), int(first["total_overdue"].iloc[0])
panel(counts, filters, reader, owner, total, late)
offset = widgets.turned_to(total, ROWS, f"board_{total}_{by}_{picked}")
if not reader.may("records"):
    panel(board, filters, reader, by, owner, offset)
else:
    drafts.place("promises", "", promise_form.put_back)
    rows, group = ask("board", filters, reader, sort=by, owner=owner, limit=ROWS, offset=offset).to_dict("records"), None
    promise_form.elsewhere(filters, rows)
    for row in rows:
        if row["grouped"] != group:
            st.html(promise_text.heading(filters, by, row, owner))
        promise_form.row(filters, row)
        group = row["grouped"]

if owner is not None:
    with st.expander(t("As text for LINE"), key="board_text"):
        committee = Reader("committee", reader.areas)  # names in what somebody wrote are masked for it
        masked = widgets.total(ask("board", filters, committee, sort="due", owner=owner, limit=LINES))
        if masked == total:
            copy_text(made(to_copy, filters, committee, owner))
            lists.of_all(min(total, LINES), total)
            st.caption(t("The text carries no name, house number or citizen ID."))
        else:  # two people are one where names are masked
            st.info(t("No text is made: it would name a person."))
files = paper_files.choices(("agency",), filters, reader, owner=owner) if owner else []
if reader.may("exports"):
    name = report_files.file_name(filters, total, first["as_of"].max(), "csv").replace("baansuk_", "baansuk_board_", 1)

    def whole() -> downloads.Content:
        """The whole board as it is filtered."""
        frame = ask("board", filters, reader, sort=by, owner=owner, limit=total)
        return downloads.Content(board_file.csv(frame), len(frame), len(board_file.headings()))

    files = [downloads.Choice(t("This board as CSV"), name, "text/csv", whole), *files]
if files:
    downloads.offer(files, filters, reader, f"promises {by} {owner}")
