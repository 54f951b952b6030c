"""Telegram's updates as it pushes them: a page of the site, behind a secret that only Telegram was told.

Both the path and the secret are made from the bot's token one way, so there is nothing more to keep; a new token
changes both. 200 is answered when the update is durably kept; anything else lets Telegram push it again.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from aiohttp import web

HEADER = "X-Telegram-Bot-Api-Secret-Token"

LARGEST = 512 * 1024
"""The most bytes of one update: texts are at most 4096 characters, and files do not come along."""


class Taker(Protocol):
    """A bot that is up."""

    async def take_raw(self, raw: dict[str, Any]) -> bool:
        """Whether this update is durably kept."""


def secret(token: str) -> str:
    """What Telegram shows us to prove that it is Telegram."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


def path(token: str) -> str:
    """Where Telegram pushes to; it tells nothing of the token."""
    return f"/telegram/{hmac.new(token.encode(), b'webhook path', hashlib.sha256).hexdigest()[:24]}"


def routes(token: str, up: Sequence[Taker]) -> tuple[web.RouteDef, ...]:
    """The page of the bot with this token; `up` holds it as soon as it is up."""
    wanted = secret(token).encode()

    async def come(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, wanted):
            return web.Response(status=403)
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        try:
            raw = msgspec.json.decode(await request.read(), type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError):
            return web.Response(status=400)
        kept = bool(up) and await up[0].take_raw(raw)
        return web.Response(status=200 if kept else 503)

    return (web.post(path(token), come),)
