"""The client's own copy of what was sent: made on wish only, as text or PDF."""

from collections.abc import Callable

from aiohttp import web

from bot.web import showing
from bot.web.visits import Visit
from locales import Rendered
from storage.records import Draft


def sealer(
    request: web.Request, visit: Visit
) -> Callable[[Draft, tuple[Rendered, ...], showing.Page], showing.Page] | None:
    return None
