"""The routes of the field page, for dashboard.py; the last one answers for whatever else lies under /field/."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from field import bundle, inbox, photos, shell


def routes() -> list[BaseRoute]:
    """The page, its files, and the questions of its programming interface."""
    names = [name for name in (*shell.FILES, shell.MANIFEST) if name != shell.INDEX]
    return [
        Route("/field", moved),
        Route(shell.BASE, shell.index),
        Route("/field/enter", shell.enter),
        Route("/field/api/bundle", bundle.send),
        Route("/field/api/events", inbox.take, methods=["POST"]),
        Route("/field/api/opened", inbox.opened, methods=["POST"]),
        Route("/field/photos/{digest}", photos.take, methods=["PUT"]),
        Route("/field/photos/{digest}", photos.send, methods=["GET"]),
        *(Route(shell.BASE + name, shell.named) for name in names),
        Route("/field/{rest:path}", shell.nothing),
    ]


def moved(_: Request) -> Response:
    """Without its last stroke the page would stand outside its own scope."""
    return RedirectResponse(shell.BASE, 308)
