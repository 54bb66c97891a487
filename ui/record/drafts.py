"""What was filled in and is not recorded yet: it stays in the person's own browser until the entry is acknowledged.

The browser keeps it (ui/static/drafts.js), sealed under a key that only this person's own screens are given, and under the id that
the entry will have: what was kept although its reply was lost is known when it is sent again, or is told here before it is offered.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

import definitions
from installation import secret
from installation.paths import data_folder
from journal import place as journal
from journal import store
from journal.event import REF, UUID
from journal.kinds import Kind, kinds
from ui.auth.identity import who
from ui.i18n import t
from ui.record import forms
from ui.view import recorded

HEARD = "drafts_heard"  # session: what the browser said last, in a field that nobody sees
ASKED, DONE = "drafts_asked", "drafts_done"  # session: ids that the browser asked about; those that are entries
FOUND = "drafts_found"  # session: an entry was kept although its reply was lost
MOST = 50  # ids of one question
LONGEST = 60_000  # characters of what a browser says at once
NOT_IN_CLASS = re.compile("[^a-zA-Z0-9_-]")  # letters of a key that Streamlit does not put into the class named after it
TYPED = ("text", "number", "degrees")  # fields of which a browser has letters before the server has


@dataclass(frozen=True)
class Draft:
    """A form as it was left: of which kind, household and thing, the entries it was based on, the day, and its fields."""

    id: str
    screen: str
    ref: str
    kind: Kind
    thing: str
    base: tuple[str, ...]
    on: object
    body: Mapping[str, Any]


def mark() -> tuple[str, str]:
    """Whose screen it is, as an opaque mark, and the key (base64) under which this person's browser seals what it keeps."""
    own = secret.key(data_folder(), f"drafts of {who()}")
    name, key = (hmac.new(own, purpose, hashlib.sha256).digest() for purpose in (b"mark", b"seal"))
    return name.hex()[:16], base64.b64encode(key).decode()


def place(screen: str, ref: str, put_back: Callable[[Draft], None]) -> None:
    """Where the browser offers what it kept: of one household, else (`ref` "") of all that was filled in on this screen."""
    person, key = mark()
    data = {"person": person, "key": key, "screen": screen, "of": ref, "days": str(definitions.rule("draft_kept"))}
    data |= {name: " ".join(st.session_state.get(of, ())) for name, of in (("asked", ASKED), ("done", DONE))}
    offers = (("back", t("Put it back")), ("discard", t("Throw it away")))
    buttons = " ".join(f'<button type="button" data-does="{does}">{escape(says)}</button>' for does, says in offers)
    st.html(f'<div class="drafts"{_data(data)}><b>{escape(t("Not recorded yet"))}</b> <span></span> {buttons}</div>')
    st.text_input(t("Not recorded yet"), key=HEARD, label_visibility="collapsed", on_change=_heard, args=(ref, put_back))
    if st.session_state.pop(FOUND, False):
        st.success(t("This was recorded before the connection was lost; it is not recorded twice."))


def form(draft: Draft, known: Mapping[str, object], key: str) -> None:
    """What the browser keeps of an open form: what the server knows of it, and in which fields more may stand that was not sent."""
    typed = [one for one in draft.kind.fields.values() if one.type in TYPED]
    begun = {name: value for name, value in known.items() if name in draft.kind.fields and value not in (None, "", [])}
    of = {"screen": draft.screen, "ref": draft.ref, "kind": draft.kind.name, "thing": draft.thing}
    data = {
        "id": draft.id,
        "name": recorded.kind(draft.kind.name),
        "form": _json(of),
        "said": _json({"base": draft.base, "on": draft.on, "body": draft.body}),
        "begun": _json(begun),
        "fields": _json([[one.name, NOT_IN_CLASS.sub("-", f"{key}_{one.name}"), one.type] for one in typed]),
    }
    st.html(f'<div class="draft"{_data(data)}>·</div>')


def acknowledge(ids: Sequence[str]) -> None:
    """Tell the browser that these are entries: it need not keep them any more."""
    st.session_state[DONE] = list(dict.fromkeys([*st.session_state.get(DONE, ()), *ids]))[-MOST:]


def _heard(ref: str, put_back: Callable[[Draft], None]) -> None:
    """What the browser says: whether some ids are entries, or a draft to be put back. Nothing of it is trusted."""
    said = _parsed(st.session_state.get(HEARD))
    if isinstance(asked := said.get("asked"), list):
        ids = [one for one in asked[:MOST] if _is(one, UUID)]
        acknowledge(_entries(ids))
        st.session_state[ASKED] = ids
    draft = read(said.get("back"))
    if draft is None or (ref and draft.ref != ref):
        return
    forms.anew()
    if _entries([draft.id]):
        acknowledge([draft.id])
        st.session_state[FOUND] = True
    else:
        put_back(draft)


def read(given: object) -> Draft | None:
    """A draft as a browser kept it; of its fields those that the kind has and that can hold what stands there."""
    if not isinstance(given, dict) or not _is(given.get("id"), UUID) or not _is(given.get("ref"), REF):
        return None
    kind, base, body = kinds().get(str(given.get("kind"))), given.get("base"), given.get("body")
    if kind is None or not isinstance(base, list) or not all(_is(one, UUID) for one in base) or not isinstance(body, dict):
        return None
    fields = {name: value for name, value in body.items() if name in kind.fields and forms.holds(kind.fields[name], value)}
    thing, on = str(given.get("thing") or "")[:200], given.get("on")
    return Draft(given["id"], str(given.get("screen")), given["ref"], kind, thing, tuple(base[:MOST]), on, fields)


def _entries(ids: Sequence[str]) -> list[str]:
    """Those of some ids that this very person recorded; none where the journal cannot be asked: then saving says so."""
    folder = data_folder()
    if not ids or not journal.exists(folder):
        return []
    try:
        known = store.store(folder).known(ids)
    except store.FAULTS:
        return []
    return [id_ for id_, entry in known.items() if entry["who"] == who()]


def _parsed(text: object) -> dict[str, Any]:
    """What the browser says, as an object; an empty one for whatever is none."""
    try:
        said = json.loads(text) if isinstance(text, str) and len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _data(values: Mapping[str, str]) -> str:
    return "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
