"""What every page needs, handed to it through the request: the store, the conversations, and how the site is set."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec
from aiohttp import web

from bot.conversation import Conversations
from bot.schemes import Schemes
from storage.store import Store

NEUTRAL = "https://www.buienradar.nl/"
"""Where 'Snel weg' leads unless the operator chooses otherwise: the weather, which anybody may look at."""


class Site(msgspec.Struct, frozen=True):
    """How this site is set.

    `origin` is the address that clients see (``https://praten.example.nl``); without it the site is taken to be
    on this machine only. `exit_to` is the neutral page behind 'Snel weg'. `demo`: nothing here is real, and every
    page says so. `proxied`: a reverse proxy of one's own stands before it, whose ``X-Forwarded-For`` is believed.
    """

    origin: str | None = None
    exit_to: str = NEUTRAL
    demo: bool = False
    proxied: bool = False

    @property
    def https(self) -> bool:
        """Whether clients reach the site over https, so that cookies may be marked for that alone."""
        return self.origin is not None and self.origin.startswith("https://")


class Services(msgspec.Struct, frozen=True):
    """What pages work with. `clock` gives the time it is, with its zone."""

    store: Store
    conversations: Conversations
    schemes: Schemes
    site: Site
    clock: Callable[[], datetime]


class Part(msgspec.Struct, frozen=True):
    """One thing that `gehoord serve` can do, and whether it does: what is on, what is off and why.

    `routes` are its pages. `run` is what it does in the background as long as the site is up: it never returns
    of itself, and is cancelled when the site goes down. `state` is `why` in a word, for the words of the desk
    (``desk.part.NAME.STATE``).
    """

    name: str
    on: bool
    why: str
    routes: tuple[web.RouteDef, ...] = ()
    run: Callable[[], Awaitable[None]] | None = None
    state: str = "on"


SERVICES = web.AppKey("services", Services)
PARTS = web.AppKey("parts", tuple[Part, ...])


def services(request: web.Request) -> Services:
    """The services of the site that this request came to."""
    return request.app[SERVICES]
