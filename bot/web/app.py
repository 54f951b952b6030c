"""The site as one aiohttp application: `make_app(services, parts)`.

How to add to it
 1. A *part* (`bot.web.services.Part`) is one thing the site can do: the web chat, the desk, the anonymous line, a
    channel's webhook, reminders. A function ``(Services) -> Part`` makes it, off with a reason where something is
    missing. `bot.serving.PARTS` lists these functions: add one line there, and `gehoord serve` says at start
    whether the part is on and why.
 2. A part brings its `routes` (``web.get("/bureau", page)`` …) and, if need be, a coroutine `run` that works in
    the background as long as the site is up. Nothing registers itself by being imported.
 3. A handler is ``async def page(request: web.Request) -> web.StreamResponse``. ``services(request)`` gives the
    store, the conversations, the schemes, the site and the clock.
 4. A page is rendered by ``pages.page(request, "bureau/list.html", locale=…, **names)``: its template extends
    ``base.html`` (blocks ``title``, ``head``, ``body``; set ``exit_path`` to have 'Snel weg'). ``t("web.x")``
    words an id of `locales`. Templates lie in ``bot/web/templates``, one folder for each part.
 5. Static files lie in ``bot/web/static`` and are linked with ``{{ static("chat.css") }}``. No inline script or
    style: the content security policy forbids both, and everything from elsewhere.
 6. Every answer passes `bot.web.guard`: errors become pages with words, no-store, security headers, no posts from
    other sites. A form read by ``guard.form(request, secret)`` must carry ``token(secret)`` in its field ``form``,
    where `secret` is what the cookie holds.
 7. Cookies: ``guard.keep_cookie`` and ``guard.drop_cookie`` (HttpOnly, SameSite=Strict, gone with the browser).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress

import structlog
from aiohttp import web

from bot.web import guard, pages, static
from bot.web.limits import LIMITS, Limits
from bot.web.services import PARTS, SERVICES, Part, Services

AGAIN = 5.0
"""Seconds before what failed in the background is begun again."""

LOG = structlog.get_logger("gehoord.web")

LONGEST_POST = 1024 * 1024
"""The most bytes of a posted form. Files have a limit of their own (`bot.web.attachments`)."""


def make_app(services: Services, parts: Sequence[Part]) -> web.Application:
    """The site with these parts; those that are off bring nothing."""
    app = web.Application(middlewares=guard.MIDDLEWARES, client_max_size=LONGEST_POST)
    app[SERVICES] = services
    app[PARTS] = tuple(parts)
    app[LIMITS] = Limits()
    app[pages.ENVIRONMENT] = pages.environment(services)
    app.add_routes(static.ROUTES)
    for part in parts:
        if part.on:
            app.add_routes(part.routes)
            if part.run is not None:
                app.cleanup_ctx.append(_in_background(part.name, part.run))
    return app


def _in_background(
    name: str, run: Callable[[], Awaitable[None]]
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def context(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.ensure_future(_kept_up(name, run))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return context


async def _kept_up(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """What a part does in the background, begun again when it fails: nobody waits for it, so nobody would see."""
    while True:
        try:
            return await run()
        except Exception as error:
            LOG.error("failed, and begun again", part=name, errors=_kinds(error))
            await asyncio.sleep(AGAIN)


def _kinds(error: Exception) -> list[str]:
    """The kinds of an error, or of those that a group holds: what they say may be somebody's words."""
    if isinstance(error, ExceptionGroup):
        return sorted({kind for one in error.exceptions for kind in _kinds(one)})
    return [type(error).__name__]
