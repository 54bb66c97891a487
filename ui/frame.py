"""The frame around every page: whose data, as of when, the way between pages, the filters. Then the page itself."""

from html import escape

import streamlit as st
from markupsafe import Markup

from queries import Filters, NoBuild, Reader, as_of, build, reach
from ui.auth import identity
from ui.filters import controls
from ui.filters.url import follow, link, settle, translated
from ui.i18n import language, t, thai_date
from ui.session import live, page_access
from ui.session.account_menu import account
from ui.view import journal_away, markup
from ui.view.panel import panel

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")  # no page_icon, no icon of a page: either asks outside
settle()
reach.read_on()
identity.person()  # nobody who may not: nothing below is run
try:
    build()
except NoBuild:
    st.info(t("There is no data yet. Start the dashboard with manage.py, or load registers with manage.py load."))
    st.stop()

pages = {
    name: st.Page(f"../pages/{name}.py", title=f"{page_access.title(name)} · {t('Baan Suk')}", url_path=name)
    for name in page_access.pages()
}
# "/" is a page of its own: a link to a default page has an empty path, which on any other page is that page again.
front = st.Page("../pages/overview.py", title=pages["overview"].title, url_path="front", default=True)
page = st.navigation([front, *pages.values()], position="hidden")
follow(page.url_path)
filters, reader = controls.chosen()
live.watch(reader)


def menu(filters: Filters, reader: Reader, here: str) -> Markup:
    """The name, and the way between pages. The other programmes stand behind their word; what a working day seldom needs, too, where
    there is no room for it. A phone shows the pages in one line, and its programmes over the page."""
    one = Markup('<a class="go" data-testid="stPageLink-NavLink" href="{}"{}>{}</a>')
    links = {"": Markup(""), "programmes": Markup(""), "more": Markup("")}
    for name, title in page_access.menu(reader).items():
        current = Markup(' aria-current="page"') if name == here else ""
        links[page_access.fold(name)] += one.format(link(name, filters), current, title)
    parts = [links[""]]
    if links["programmes"]:
        parts += [_fold("programmes", t("Community work"), links["programmes"])]
    if links["more"]:
        parts += [Markup('<span class="flat">{}</span>').format(links["more"]), _fold("tablet", t("More"), links["more"])]
    return Markup('<nav class="menu"><b>{}</b>{}</nav>').format(t("Baan Suk"), Markup("").join(parts))


def _fold(screen: str, says: str, links: Markup) -> Markup:
    """Links behind a word, which is marked where one of them is this page."""
    here = Markup(' aria-current="true"') if "aria-current" in links else ""
    return Markup('<details class="fold {}"><summary{}>{}</summary><div>{}</div></details>').format(screen, here, says, links)


def heading() -> None:
    """One line: the menu, meeting mode, whose screen it is and the other language."""
    with st.container(key="heading", horizontal=True, vertical_alignment="center", gap="xsmall"):
        panel(menu, filters, reader, page.url_path or "overview")
        with st.container(key="mine", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            if reader.may("cases"):  # it masks what only such a role sees
                controls.meeting()
            account()
            lang, label = ("th", "ไทย") if language() == "en" else ("en", "English")
            href = escape(translated(page.url_path, lang))
            st.html(f'<a class="language" lang="{lang}" href="{href}">{label}</a>', width="content")


def age(filters: Filters, reader: Reader, narrowed: bool) -> Markup:
    """The filters in words where they narrow something, and how old the numbers are."""
    latest = as_of(Filters(year=filters.year, district=filters.district), reader)  # few enough to be answered once
    parts = [t("data as of {date}", date=thai_date(latest)) if latest else t("no dated data")]
    parts += [t("sample data, invented people")] if build().sample else []
    said = [markup.bold(controls.sentence(filters))] if narrowed else []
    return Markup('<p class="age">{}</p>').format(markup.dotted([*said, *parts]))


heading()
if reader.counts != "none":  # who is told no numbers has nothing to choose
    matters = page_access.filters_of(page.url_path or "overview")
    if matters in ("", "places"):
        controls.bar(matters == "places")
    panel(age, filters, reader, matters != "none")
if away := reach.away():
    st.warning(journal_away.says(away), icon=":material/error:")
if page_access.may_open(page.url_path or "overview", reader):
    page.run()
else:
    page_access.refuse(reader, filters)
