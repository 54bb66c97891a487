"""HTML of the sign-in (401), refused (403) and wrong-host pages: static, without script, session or data."""

from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qsl, urlencode

from ui.auth.auth_settings import SignIn
from ui.i18n import t
from ui.static.static_routes import address


def sign_in_page(settings: SignIn, wanted: str, lang: str) -> str:
    """Sign-in page: one button per provider, returning to the wanted URL afterwards."""
    says = t("Data of families in need: only for those whom the centre has given the right.", lang)
    buttons = [
        f'<p><a class="button" href="{escape(sign_in_address(provider.key, wanted))}">{escape(_button(provider.label, lang))}</a></p>'
        for provider in settings.providers.values()
    ]
    about = t("Dashboard of the district poverty-eradication centre", lang)
    return _page(t("Sign in", lang), [f"<p>{about}</p>", f"<p>{says}</p>", *buttons], lang, wanted)


def refused_page(why: str, email: str, ask: str, faults: Iterable[str], lang: str) -> str:
    """403 page: signed-in e-mail, reason, contact and sign-out; faults of the users file for whom it names."""
    if why == "unverified":
        reason = t("The sign-in service has not confirmed this e-mail address. Confirm it there, then sign in again.", lang)
    else:
        reason = t("Ask the user administrator of your centre to add this e-mail address.", lang)
    signed_in = t("Signed in as {email}", lang, email=email or "–")
    parts = [f"<p>{escape(signed_in)}</p>", f"<p>{reason}</p>", f"<p>{escape(ask)}</p>" if ask else ""]
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    if listed:
        parts.append(f"<p>{t('Nobody can come in until the users file is corrected:', lang)}</p><ul>{listed}</ul>")
    parts.append(f'<p><a class="button" href="/auth/logout">{t("Sign out", lang)}</a></p>')
    return _page(t("No right yet", lang), parts, lang)


def elsewhere_page(origin: str, lang: str) -> str:
    """403 page for a request by another Host, with a link to the dashboard's origin."""
    link = f'<p><a class="button" href="{escape(origin)}">{escape(origin)}</a></p>'
    return _page(t("This dashboard has another address.", lang), [link], lang)


def sign_in_address(provider: str, wanted: str) -> str:
    """URL of a provider's button; `AccessGuard.to_provider` answers it."""
    return f"/sign-in/{provider}?{urlencode({'to': wanted})}"


def _button(label: str, lang: str) -> str:
    return t("Sign in with {name}", lang, name=label) if label else t("Sign in with your organisation's account", lang)


def _page(title: str, parts: Iterable[str], lang: str, here: str = "/") -> str:
    name, other = t("Baan Suk", lang), ("th", "ไทย") if lang == "en" else ("en", "English")
    path, _, query = here.partition("?")
    same = [(key, value) for key, value in parse_qsl(query) if key != "lang"]
    href = escape(f"{path}?{urlencode([*same, ('lang', other[0])])}")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title} · {name}</title><link rel="icon" href="{address("mark.svg")}">'
        f'<link rel="stylesheet" href="{address("sign_in_pages.css")}">'
    )
    way = f'<p class="other"><a lang="{other[0]}" href="{href}">{other[1]}</a></p>'
    body = f'<main><p class="name">{name}</p><h1>{title}</h1>{"".join(parts)}{way}</main>'
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
