"""Papers as files of a page: PDF/A in Thai, masked as the reader sees it, written down and with a receipt as any file."""

import streamlit as st

import definitions
from print import papers
from queries import Filters, Reader, ask
from queries.ask import ALL
from ui.export import downloads
from ui.i18n import language, number, t

KIND = "application/pdf"
MOST = 1_500  # households of a list on paper: some 60 pages, set in five seconds


def choices(names: tuple[str, ...], filters: Filters, reader: Reader, **of: str) -> list[downloads.Choice]:
    """The papers of these that the reader may have; `of` is what a paper is about: a household, an agency, a team, a state."""
    return [choice(name, filters, reader, **of) for name in names if papers.may_have(name, reader)]


def choice(name: str, filters: Filters, reader: Reader, **of: str) -> downloads.Choice:
    """One paper on offer; it is made when its button is pressed."""
    title = definitions.names("papers", "paper", language())[name]

    def make() -> downloads.Content:
        made = papers.paper(name, filters, reader, None, **of)
        return downloads.Content(made.pdf, made.rows, len(made.facts.get("head") or ()) or 1, household=of.get("household", ""))

    place = "-".join(filters.tambon or filters.district) or "all"
    about = of["household"][:8] if of.get("household") else place
    return downloads.Choice(t("Print {paper}", paper=title), f"baansuk_{about}.{name}.pdf", KIND, make)


def offer(names: tuple[str, ...], filters: Filters, reader: Reader, page: str, **of: str) -> None:
    """Buttons of papers on a page that has no other files; nothing where the reader may have none."""
    if offered := choices(names, filters, reader, **of):
        downloads.offer(offered, filters, reader, f"{page} {sorted(of.items())}")


def visit_round(filters: Filters, reader: Reader, found: int) -> None:
    """The visit round of the families chosen, of all mentor teams or of one."""
    if not papers.may_have("visits", reader):
        return
    with st.expander(t("A visit round on paper")):
        if found > MOST:
            st.info(t("A round on paper holds {n} households at most. Choose a subdistrict or a village.", n=number(MOST)))
            return
        teams = sorted(set(ask("visit_round", filters, reader, limit=ALL)["mentor"].dropna()))
        everybody = t("All teams")
        team = st.selectbox(t("Mentor team"), [everybody, *teams], key="round_team") if teams else everybody
        offer(("visits",), filters, reader, "visits", team="" if team == everybody else team)


def listed(filters: Filters, reader: Reader, found: int) -> list[downloads.Choice]:
    """What goes with the provincial report: its cover, and the list that the committee signs."""
    names = ("report", "certification") if found <= MOST else ("report",)
    return choices(names, filters, reader)
