"""Who may come in, in which role, for which areas: for the administrator. No data of households stands here."""

import streamlit as st

from ui import people
from ui.choose import chosen
from ui.words import t

chosen()
st.subheader(t("Users and roles"))
for fault in people.faults():
    st.error(fault)
rows = people.listed()
if rows:
    st.table(people.table(rows), border="horizontal", alt=t("Everybody who holds a right"))
else:
    st.info(t("Nobody holds a right yet."))

search = {"index": None, "placeholder": t("Type to search")}  # chosen each time: nobody is given the nation by not looking
st.markdown(f"### {t('Give a right')}")
with st.container(key="give"):
    email = st.text_input(t("E-mail of the sign-in"), key="give_email", autocomplete="off", max_chars=200)
    name = st.text_input(t("Name on the person's own screen"), key="give_name", autocomplete="off", max_chars=100)
    role = st.selectbox(t("Role"), people.roles(), format_func=people.role_says, key="give_role")
    area = st.selectbox(t("Area"), people.wide(), format_func=people.place, key="give_area", **search)
    inside = people.within(area)
    parts = st.multiselect(t("Only these subdistricts"), inside, format_func=people.place, key="give_parts") if inside else []
    given = (email, name, role, parts or [area])
    st.button(t("Give this right"), type="primary", on_click=people.give, args=given, key="give_it", disabled=area is None)

active = people.active(rows)
if active:
    st.markdown(f"### {t('Shut somebody out')}")
    st.caption(t("From the next tap on; a right given again lets the person in."))
    gone = st.selectbox(t("E-mail of the sign-in"), active, key="gone_email", **search)
    st.button(t("Shut out"), on_click=people.shut_out, args=(gone,), key="shut_out", disabled=gone is None)
people.told()
