"""The frame around every page: whose data, as of when, the way between pages, the filters. Then the page itself."""

from html import escape

import streamlit as st

from queries import Filters, NoBuild, as_of, build
from ui.auth import identity
from ui.filters import controls
from ui.filters.url import follow, settle, translated
from ui.i18n import language, t, thai_date
from ui.session import page_access
from ui.session.account_menu import account

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")  # no page_icon, no icon of a page: either asks outside
settle()
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


def heading() -> None:
    """One line: the name, the way between pages, meeting mode, whose screen it is and the other language."""
    here = page.url_path or "overview"
    with st.container(key="heading", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{t('Baan Suk')}**", width="content")
        for name, title in page_access.menu(reader).items():
            label = f"**{title}**" if name == here else title
            st.page_link(pages[name], label=label, query_params=controls.parameters(filters))
        with st.container(key="mine", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            if reader.may("cases"):  # it masks what only such a role sees
                controls.meeting()
            account()
            lang, label = ("th", "ไทย") if language() == "en" else ("en", "English")
            href = escape(translated(page.url_path, lang))
            st.html(f'<a class="language" lang="{lang}" href="{href}">{label}</a>', width="content")


def age() -> None:
    """The filters in words, and how old the numbers are."""
    latest = as_of(Filters(year=filters.year, district=filters.district), reader)  # few enough to be answered once
    parts = [t("data as of {date}", date=thai_date(latest)) if latest else t("no dated data")]
    parts += [t("sample data, invented people")] if build().sample else []
    with st.container(key="age"):
        st.markdown(f"**{controls.sentence(filters)}** · {' · '.join(parts)}")


heading()
if reader.counts != "none":  # who is told no numbers has nothing to choose
    controls.bar()
    age()
if page_access.may_open(page.url_path or "overview", reader):
    page.run()
else:
    page_access.refuse(reader, filters)
