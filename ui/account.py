"""Whose screen this is: name, role and the way out, in one small menu of the frame."""

import streamlit as st

import definitions
from access.grants import Person
from ui import identity
from ui.words import language, t


def account() -> None:
    """The menu; at the single-user desk it says that nobody has to sign in, and why nobody else can come."""
    person = identity.person()
    with st.container(key="account"):
        label = person.name if person else t("This machine")
        with st.popover(label, icon=":material/account_circle:", key="account_menu"):
            if person:
                _signed_in(person)
            else:
                st.markdown(
                    t("Single-user desk: this machine alone can open it, without sign-in. For others, see docs/signin.md.")
                )


def _signed_in(person: Person) -> None:
    names = definitions.names("roles", "role", language())
    acting = identity.acting(person)
    st.markdown(f"{t('Signed in as {email}', email=f'**{person.email}**')}")
    if len(person.grants) > 1:
        st.pills(t("Act as"), list(person.grants), default=acting, format_func=names.get, required=True, key=identity.ROLE)
    else:
        st.markdown(f"{t('Role')}: **{names[acting]}**")
    st.markdown(f"{t('Areas')}: {' '.join(_places(person.grants[acting]))}")
    st.button(t("Sign out"), key="sign_out", on_click=st.logout)


def _places(codes: tuple[str, ...]) -> list[str]:
    return [t("the whole nation") if code == "TH" else code for code in codes]
