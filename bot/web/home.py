"""The first page: which organisations there are, and what of it is only a demonstration."""

from aiohttp import web

from bot.web import pages
from bot.web.services import services


async def home(request: web.Request) -> web.StreamResponse:
    """The organisations, each with its door."""
    known = services(request).schemes
    return await pages.page(
        request, "home.html", schemes=[known.load(id) for id in known.ids()], exit_path="/weg"
    )


ROUTES = (web.get("/", home),)
