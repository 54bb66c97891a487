"""Message catalogue of the map as a cacheable JSON file: sent with each rerun it would weigh as much as the figures."""

import json
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.i18n import t
from ui.static import compressed
from ui.static.static_routes import FOREVER
from ui.view import labels


def credit(lang: str) -> str:
    """Attribution of district and province outlines; loaded outlines are attributed beside it."""
    return t("Outlines: Royal Thai Survey Department 2019 through geoBoundaries, CC BY 3.0 IGO, simplified", lang)


def address(lang: str) -> str:
    """URL of one language's catalogue, with its content hash."""
    return f"/words/{sha256(_file(lang)).hexdigest()[:12]}/{lang}.json"


def routes() -> list[Route]:
    """The route of both catalogues."""
    return [Route("/words/{version}/{lang}.json", send)]


def send(request: Request) -> Response:
    """Serve one catalogue, Thai for any unknown language."""
    lang = "en" if request.path_params["lang"] == "en" else "th"
    return compressed.answer(request, _file(lang), "application/json", FOREVER)


@cache
def _file(lang: str) -> bytes:
    return json.dumps(words(lang), ensure_ascii=False).encode()


def words(lang: str) -> dict[str, str]:
    """Message key -> text in one language."""
    return {
        "area": t("Area", lang),
        "of": t("{n} of {total}", lang),
        "none": t("No data", lang),
        "few": t("Base of fewer than {n}", lang, n=labels.rule("small_base")),
        "fewer": t("fewer than {n}", lang),
        "about": t("about {n}", lang),
        "elsewhere": t("Outside the filters", lang),
        "areas": t("{n} areas", lang),
        "homes": t("{n} households", lang),
        "home": t("Household", lang),
        "late": t("Household with overdue work", lang),
        "village": t("Village, larger with more households", lang),
        "hexagon": t("Households close together, darker with more of them", lang),
        "credit": credit(lang),
        "files": t("subdistricts: {files}", lang),
        "cells": t("dashed cells around known points", lang),
        "legend": t("Legend", lang),
        "approximate": t("Approximate outline", lang),
        "absent": t("{n} areas without a register", lang),
        "unmapped": t("Not on the map: its outline is not known", lang),
        "open": t("Open the map of {name}", lang),
        "openall": t("Open", lang),
        "more": t("Show all {n}", lang),
        "hint": t("Two fingers move and zoom the map, one finger scrolls the page.", lang),
        "nearer": t("Zoom in", lang),
        "farther": t("Zoom out", lang),
        "whole": t("Show the whole area", lang),
        "full": t("Full screen (key F)", lang),
        "picture": t("Save as a picture (PNG)", lang),
    }
