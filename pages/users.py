"""User administration: who may come in, in which role, for which areas. No data of households stands here."""

import streamlit as st

from ui.admin import user_admin
from ui.filters.controls import chosen
from ui.i18n import t

chosen()
st.subheader(t("Users and roles"))
for fault in user_admin.faults():
    st.error(fault)
rows = user_admin.listed()
if rows:
    st.table(user_admin.table(rows), border="horizontal", alt=t("Everybody who holds a right"))
else:
    st.info(t("Nobody holds a right yet."))

search = {"index": None, "placeholder": t("Type to search")}  # chosen each time: nobody is given the nation by not looking
st.markdown(f"### {t('Give a right')}")
with st.container(key="give"):
    email = st.text_input(t("E-mail of the sign-in"), key="give_email", autocomplete="off", max_chars=200)
    name = st.text_input(t("Name on the person's own screen"), key="give_name", autocomplete="off", max_chars=100)
    role = st.selectbox(t("Role"), user_admin.roles(), format_func=user_admin.role_says, key="give_role")
    area = st.selectbox(t("Area"), user_admin.wide(), format_func=user_admin.place, key="give_area", **search)
    inside = user_admin.within(area)
    parts = (
        st.multiselect(t("Only these subdistricts"), inside, format_func=user_admin.place, key="give_parts") if inside else []
    )
    given = (email, name, role, parts or [area])
    st.button(t("Give this right"), type="primary", on_click=user_admin.give, args=given, key="give_it", disabled=area is None)

active = user_admin.active(rows)
if active:
    st.markdown(f"### {t('Shut somebody out')}")
    st.caption(t("From the next tap on; a right given again lets the person in."))
    gone = st.selectbox(t("E-mail of the sign-in"), active, key="gone_email", **search)
    st.button(t("Shut out"), on_click=user_admin.shut_out, args=(gone,), key="shut_out", disabled=gone is None)
user_admin.show_outcome()
