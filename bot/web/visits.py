"""Whose page this is: a session cookie, and the conversation it leads to.

The cookie holds 128 random bits and nothing else, for one organisation's pages, until the browser closes. The
conversation's address is made from it one way, so that who has the disk and the keys cannot make the cookie; the
client's copy is sealed under another such key.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from bot.conversation import Kept
from bot.web import cookies, guard, showing
from bot.web.services import Services, services
from flows import greeting
from flows.events import AskedToForget, AskedToStop, Event
from flows.scheme import Scheme
from flows.session import Session
from locales import Rendered
from storage.records import Address, Draft

COOKIE = cookies.VISIT
CHANNEL = "web"
IDLE = timedelta(hours=1)
"""After so long without a word the page is not shown again by the cookie alone: it may be somebody else by now."""

_SECRET = re.compile(r"[0-9a-f]{32}")


class Visit(msgspec.Struct, frozen=True):
    """One request to one organisation's pages. `session` is None where no conversation is open here."""

    scheme: Scheme
    secret: str | None
    address: Address | None
    session: Session | None
    page: showing.Page
    locale: str
    expired: bool = False

    @property
    def path(self) -> str:
        """Where this organisation's pages are."""
        return f"/{self.scheme.id}"


def scheme_of(request: web.Request) -> Scheme:
    """The organisation in the address. Raises `web.HTTPNotFound`."""
    known = services(request).schemes
    id = request.match_info["scheme"]
    if id not in known.ids():
        raise web.HTTPNotFound
    return known.load(id)


def address_of(secret: str, scheme: str) -> Address:
    """The conversation that this secret leads to."""
    return Address(CHANNEL, derived("address", secret)[:32], scheme)


def derived(purpose: str, secret: str) -> str:
    """What is made from the secret for one purpose, one way."""
    return hashlib.sha256(f"{purpose}|{secret}".encode()).hexdigest()


def fresh_secret() -> str:
    """A new session's secret."""
    return secrets.token_hex(16)


def wish(request: web.Request, scheme: Scheme) -> str:
    """The locale that the address asks for (``?taal=en``), as the scheme offers it; else the scheme's first."""
    return greeting.fitting(scheme, request.query.get("taal") or None)


async def visit(request: web.Request) -> Visit:
    """Whose page this is. A forged, spent or unknown cookie is no cookie."""
    scheme = scheme_of(request)
    locale = wish(request, scheme)
    nobody = Visit(scheme, None, None, None, showing.Page(), locale)
    secret = request.cookies.get(COOKIE, "")
    if not _SECRET.fullmatch(secret):
        return msgspec.structs.replace(nobody, expired=bool(secret))
    address = address_of(secret, scheme.id)
    draft = await services(request).store.load(address)
    page = showing.page_of(draft)
    if draft.session is None or page.left:
        return msgspec.structs.replace(nobody, expired=True)
    return Visit(scheme, secret, address, draft.session, page, draft.session.locale)


def idle(of: Visit, now: datetime) -> bool:
    """Whether nothing was said here for so long that the page is not shown by the cookie alone."""
    return bool(of.page.at) and now - datetime.fromisoformat(of.page.at) > IDLE


async def take(
    of: Services,
    address: Address,
    event: Event,
    mine: str,
    *,
    locale: str,
    inbound: str | None = None,
    seal: Callable[[Draft, tuple[Rendered, ...], showing.Page], showing.Page] | None = None,
) -> Kept:
    """One turn of a conversation, with its page kept beside it. `seal` may add to the page what it keeps."""
    at = of.clock().isoformat()

    def beside(draft: Draft, said: tuple[Rendered, ...]) -> bytes:
        page = showing.grown(showing.page_of(draft), mine, said, at)
        return showing.keep(seal(draft, said, page) if seal else page)

    return await of.conversations.handle(
        address, event, platform="web", locale=locale, inbound=inbound, beside=beside
    )


async def leave(of: Services, visit: Visit) -> None:
    """The client goes away by 'Snel weg' or after a long silence: no cookie leads back.

    With a resume code it waits behind that code; without one it is wiped. A complaint that was sent stays sent.
    """
    if visit.address is None or visit.session is None:
        return
    if visit.page.door and visit.session.case is None:
        left = msgspec.structs.replace(visit.page, left=True)
        await of.conversations.handle(
            visit.address, AskedToStop(), platform="web", beside=lambda _draft, _said: showing.keep(left)
        )
        return
    await of.conversations.handle(visit.address, AskedToForget(), platform="web")


def drop(response: web.StreamResponse, request: web.Request, scheme: Scheme) -> None:
    """Takes the session cookie away."""
    guard.drop_cookie(response, services(request).site, COOKIE, f"/{scheme.id}")
