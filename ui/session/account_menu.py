"""Account menu of the frame: name, role switch, areas and sign-out."""

from html import escape

import streamlit as st

import definitions
from access import grants
from access.grants import Person
from ui.auth import identity
from ui.i18n import language, t


def account() -> None:
    """Draw the menu; at the single-user desk it explains why there is no sign-in."""
    person = identity.person()
    with st.container(key="account"):
        label = person.name if person else t("This machine")
        with st.popover(label, icon=":material/account_circle:", key="account_menu"):
            if identity.reader().may("records"):
                st.html(f'<a href="/field/" target="_blank">{escape(t("Field page"))}</a>')
            if person:
                _signed_in(person)
            else:
                st.markdown(
                    t("Single-user desk: this machine alone can open it, without sign-in. For others, see docs/signin.md.")
                )


def _signed_in(person: Person) -> None:
    names = definitions.names("roles", "role", language())
    acting = identity.acting(person)
    st.html(
        f"<p>{escape(t('Signed in as {email}', email=person.email))}</p>"
    )  # Markdown would make it a link to a mail program
    if len(person.grants) > 1:
        st.pills(t("Act as"), list(person.grants), default=acting, format_func=names.get, required=True, key=identity.ROLE)
    else:
        st.markdown(f"{t('Role')}: **{names[acting]}**")
    st.markdown(f"{t('Areas')}: {', '.join(_places(person.grants[acting]))}")
    st.button(t("Sign out"), key="sign_out", on_click=st.logout)


def _places(codes: tuple[str, ...]) -> list[str]:
    return list(map(place_of, codes))


def place_of(code: str) -> str:
    """An area with its rank, in the reader's language."""
    thai, english = grants.areas()[code]
    name = thai if language() == "th" else english
    forms = {
        2: t("{names} province", names=name),
        4: t("{names} district", names=name),
        6: t("{names} subdistrict", names=name),
    }
    return name if code == grants.NATION else forms[len(code)]
