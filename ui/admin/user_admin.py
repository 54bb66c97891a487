"""User administration: grants as a table, and the two changes an administrator makes, granting and disabling."""

from collections.abc import Callable

import streamlit as st

import definitions
from access import grants, users
from access.users import Grants
from audit import log
from installation.paths import data_folder
from ui.auth import identity
from ui.i18n import language, t
from ui.session.account_menu import place_of
from ui.session.page_access import guarded

OUTCOME = "people_said"  # session: what came of the last change, until the next run shows it


def listed() -> Grants:
    """Every grant, none where the file has a fault."""
    return [] if faults() else users.listed(data_folder())


def faults() -> tuple[str, ...]:
    """What is wrong with the file; a file that is not there yet is no fault here."""
    return grants.users(data_folder()).faults if (data_folder() / grants.NAME).exists() else ()


def table(rows: Grants) -> dict[str, list[str]]:
    """The grants as columns of a table."""
    states = {"active": t("may come in"), "disabled": t("shut out")}
    cells = [(r["email"], r["name"], role_says(r["role"]).split(":")[0], place(r["area"]), states[r["status"]]) for r in rows]
    heads = (t("E-mail"), t("Name"), t("Role"), t("Area"), t("State"))
    return {head: [row[at] for row in cells] for at, head in enumerate(heads)}


def active(rows: Grants) -> list[str]:
    """E-mails of active users."""
    return sorted({row["email"] for row in rows if row["status"] == "active"})


def roles() -> list[str]:
    """The roles that can be given."""
    return list(grants.roles())


def role_says(role: str) -> str:
    """A role's name and description."""
    row = next(r for r in definitions.table("roles") if r["role"] == role)
    return f"{row[f'name_{language()}']}: {row[f'says_{language()}']}"


def wide() -> list[str]:
    """The nation, provinces and districts."""
    return [code for code in grants.areas() if len(code) < 6]


def within(area: str | None) -> list[str]:
    """The subdistricts of a district."""
    return [code for code in grants.areas() if len(code) == 6 and code.startswith(area)] if area and len(area) == 4 else []


def place(code: str) -> str:
    """Label of an area with its parent district or province and its code."""
    above = {4: 2, 6: 4}.get(len(code))
    inside = f" · {place_of(code[:above])}" if above else ""
    return f"{place_of(code)}{inside} ({code})"


@guarded("users")
def give(email: str, name: str, role: str, areas: list[str]) -> None:
    """Callback: add grants, and keep the outcome for the next run."""
    _change(lambda who: users.add(data_folder(), who, email.strip().casefold(), role, areas, name.strip()))


@guarded("users")
def shut_out(email: str) -> None:
    """Callback: disable a user; the last administrator stays, or nobody could grant a right again."""
    admins = [p.email for p in grants.users(data_folder()).people.values() if "admin" in p.grants]
    if admins == [email]:
        st.session_state[OUTCOME] = (t("The last administrator cannot be shut out. Give somebody else the role first."),)
        return
    _change(lambda who: users.disable(data_folder(), who, email))


def _change(change: Callable[[str], tuple[str, ...]]) -> None:
    try:
        st.session_state[OUTCOME] = change(identity.who())
    except log.Unwritable:
        st.session_state[OUTCOME] = (t("The audit log cannot be written, so no right was changed."),)


def show_outcome() -> None:
    """Show the outcome of the last change once."""
    outcome = st.session_state.pop(OUTCOME, None)
    if outcome == ():
        st.success(t("Written down. It holds from the next tap on."))
    for fault in outcome or ():
        st.error(fault)
