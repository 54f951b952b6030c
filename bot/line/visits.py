"""Who has their line open: a cookie that holds the opened key, sealed under the process key.

Nothing of it is kept here, in memory or on the disk, so any process serves it and none knows who came. It is gone
with the browser, by 'Snel weg', and after `IDLE` without a request; then only the eight words lead back.
"""

import secrets
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from bot.web import cookies, guard, visits
from bot.web.services import services
from flows import greeting
from flows.scheme import Scheme
from storage.lines import Holder

COOKIE = cookies.LINE
IDLE = timedelta(minutes=30)
HELD = timedelta(hours=1)
"""So long a code that was shown can be typed back."""


class Pass(msgspec.Struct, frozen=True):
    """What the cookie holds: the opened line, a secret for forms, the language, and until when."""

    holder: Holder
    nonce: str
    locale: str
    until: datetime


class Shown(msgspec.Struct, frozen=True):
    """A code that was shown and not typed back yet, held by the page itself."""

    scheme: str
    locator: int
    secret: str
    readers: tuple[str, ...]
    locale: str
    until: datetime


def path(scheme: Scheme) -> str:
    """Where this organisation's line is."""
    return f"/{scheme.id}/praten"


async def pass_of(request: web.Request, scheme: Scheme) -> Pass | None:
    """The line that is open in this browser, or None."""
    body = await services(request).store.lent(f"pass|{scheme.id}", request.cookies.get(COOKIE, ""))
    if body is None:
        return None
    held = msgspec.json.decode(body, type=Pass)
    return held if held.until > services(request).clock() else None


async def keep(request: web.Request, response: web.StreamResponse, scheme: Scheme, held: Pass) -> None:
    """The cookie, good for `IDLE` from now."""
    of = services(request)
    longer = msgspec.structs.replace(held, until=of.clock() + IDLE)
    value = await of.store.lend(f"pass|{scheme.id}", msgspec.json.encode(longer))
    guard.keep_cookie(response, of.site, COOKIE, value, path(scheme))


def fresh_pass(holder: Holder, locale: str, now: datetime) -> Pass:
    """A pass for a line that was opened just now."""
    return Pass(holder, secrets.token_hex(16), locale, now + IDLE)


def drop(request: web.Request, response: web.StreamResponse, scheme: Scheme) -> None:
    """Takes the cookie away."""
    guard.drop_cookie(response, services(request).site, COOKIE, path(scheme))


def wish(given: str | None, scheme: Scheme) -> str:
    """The locale that was asked for, as the scheme offers it."""
    return greeting.fitting(scheme, given or None)


scheme_of = visits.scheme_of
