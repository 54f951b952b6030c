"""Who sits at the desk: a session whose content opens only with the cookie.

The rules
 1. The cookie holds a random key and nothing else. What it opens lies sealed in the store, so that any process
    serves it: the officer's own key, which is nowhere else in the open.
 2. It lasts for `LIFE` at most, and ends after `IDLE` without a request by a person (`LIVE` is none), when
    somebody logs out, or when the account is closed.
 3. Another password ends every session that began before it, except the one in which it was chosen.
 4. Whoever has a second key (TOTP) is in only after that; until then `Desk.whole` is False.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from bot.web import guard
from bot.web.services import services
from storage.errors import Broken
from storage.officers import Unlocked
from storage.records import Officer
from storage.sealing import Key, Pair

LIVE = "X-Part"
"""The header with which a page that lies open asks what is new; nobody is at work then, so that it counts for none."""

COOKIE, PATH, DRAWER = "bureau", "/bureau", "session"
OVER = "sessions-over"
"""The drawer in which stands, by officer, since when a session has to have begun."""

LIFE, IDLE, STEP = timedelta(hours=8), timedelta(minutes=15), timedelta(minutes=1)
"""How long a session lasts at most and without a request, and how exactly the last request is kept."""

ADMINISTRATOR, CONFIDANT = "administrator", "confidant"
"""Roles that read no cases: who keeps the accounts, and who has lines of their own."""


class Kept(msgspec.Struct, frozen=True):
    """What lies sealed: whose session it is, their opened key, when it began and when it was last used."""

    officer: str
    identity: str
    since: datetime
    seen: datetime
    whole: bool


class Desk(msgspec.Struct, frozen=True):
    """One officer at work. `who` opens cases; `secret` is what the cookie holds; `locale` how they read."""

    officer: Officer
    who: Unlocked
    secret: str
    whole: bool
    locale: str

    @property
    def form(self) -> str:
        """The proof that a form came from a page of this session."""
        return guard.token(self.secret)

    @property
    def reads_cases(self) -> bool:
        """Whether this officer's role reads cases."""
        return self.officer.role not in (ADMINISTRATOR, CONFIDANT)

    @property
    def keeps_accounts(self) -> bool:
        """Whether this officer is the administrator."""
        return self.officer.role == ADMINISTRATOR


async def begin(
    request: web.Request, response: web.StreamResponse, officer: Officer, who: Unlocked, *, whole: bool
) -> None:
    """A new session, and its cookie on this answer."""
    now, secret = services(request).clock(), secrets.token_hex(32)
    await _keep(request, secret, Kept(officer.id, who.pair.secret, now, now, whole))
    guard.keep_cookie(response, services(request).site, COOKIE, secret, PATH)


async def complete(request: web.Request, response: web.StreamResponse, desk: Desk) -> None:
    """The second key was shown: a new session takes the place of the half one."""
    await end(request)
    await begin(request, response, desk.officer, desk.who, whole=True)


async def only(request: web.Request, response: web.StreamResponse, desk: Desk) -> None:
    """Every session of this officer is over; a new one takes the place of the one they sit at."""
    of = services(request)
    now = of.clock()
    await of.store.lay(OVER, desk.officer.id, msgspec.json.encode(now), until=now + LIFE)
    await end(request)
    await begin(request, response, desk.officer, desk.who, whole=desk.whole)


async def end(request: web.Request) -> None:
    """The session of this request is over, for whoever has its cookie."""
    secret = request.cookies.get(COOKIE, "")
    await services(request).store.take(DRAWER, _id(secret), now=services(request).clock())


async def desk_of(request: web.Request) -> Desk | None:
    """Who sits here, or None when there is no session (any more)."""
    secret = request.cookies.get(COOKIE, "")
    if len(secret) != 64 or not set(secret) <= set("0123456789abcdef"):
        return None
    of = services(request)
    now = of.clock()
    body = await of.store.look(DRAWER, _id(secret), now=now)
    if body is None:
        return None
    try:
        kept = msgspec.json.decode(_key(secret).open(body, DRAWER), type=Kept)
    except (Broken, msgspec.DecodeError):
        return None
    officer = next((one for one in await of.store.officers() if one.id == kept.officer), None)
    over = await of.store.look(OVER, kept.officer, now=now)
    ended = over is not None and kept.since < msgspec.json.decode(over, type=datetime)
    gone = officer is None or officer.state != "active" or ended
    if officer is None or gone or now - kept.seen > IDLE or now - kept.since > LIFE:
        await end(request)
        return None
    if now - kept.seen > STEP and not request.headers.get(LIVE):
        await _keep(request, secret, msgspec.structs.replace(kept, seen=now))
    who = Unlocked(officer.id, officer.scheme, Pair(kept.identity), officer.role)
    return Desk(officer, who, secret, kept.whole, locale(request))


async def required(request: web.Request) -> Desk:
    """Who sits here. Raises a redirect to the door when nobody does, or the second key is still to be shown."""
    desk = await desk_of(request)
    if desk is None:
        raise web.HTTPSeeOther(f"{PATH}/in")
    if not desk.whole:
        raise web.HTTPSeeOther(f"{PATH}/code")
    return desk


async def reader(request: web.Request) -> Desk:
    """Someone whose role reads cases; for others there are none. Raises as `required`, and `web.HTTPNotFound`."""
    desk = await required(request)
    if not desk.reads_cases:
        raise web.HTTPNotFound
    return desk


async def administrator(request: web.Request) -> Desk:
    """Who keeps the accounts. Raises as `required`, and `web.HTTPNotFound`."""
    desk = await required(request)
    if desk.officer.role != ADMINISTRATOR:
        raise web.HTTPNotFound
    return desk


def locale(request: web.Request) -> str:
    """English for a browser that asks for it first, else Dutch."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "nl"


async def _keep(request: web.Request, secret: str, kept: Kept) -> None:
    body = _key(secret).seal(msgspec.json.encode(kept), DRAWER)
    await services(request).store.lay(DRAWER, _id(secret), body, until=kept.since + LIFE)


def _id(secret: str) -> str:
    return hashlib.sha256(f"desk|{secret}".encode()).hexdigest()[:32]


def _key(secret: str) -> Key:
    return Key(bytes.fromhex(secret))
