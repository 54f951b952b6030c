"""An officer's calendar: an iCalendar feed (RFC 5545) with numbers and terms, for their own calendar program.

The rules
 1. The address holds a random token; of it only a digest is kept. There is one for each officer: a new one ends the
    old, and the officer can end it. It ends with the account.
 2. The feed has no content: a case number, what is due, and the day. Opening a case still takes logging in.
 3. It has the running terms of the cases that the officer reads; not those in which they had a part.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta

import msgspec
from aiohttp import web

from bot.desk import session
from bot.schemes import UnknownScheme
from bot.web import guard
from bot.web.services import services
from flows import wording
from flows.scheme import Scheme
from locales import text
from storage.records import Officer
from storage.reminding import CaseTerm
from storage.store import Store

PATH = f"{session.PATH}/agenda"
FEEDS, OWNERS = "feed", "feed_of"
"""Drawers: whose feed lies behind a digest, and which digest an officer has."""

LANGUAGE = "nl"


class Feed(msgspec.Struct, frozen=True):
    """Whose feed it is."""

    scheme: str
    officer: str


async def make(store: Store, officer: Officer, *, now: datetime) -> str:
    """A new feed in place of the old one; returns its path, which cannot be found again."""
    await stop(store, officer, now=now)
    token = secrets.token_urlsafe(24)
    await store.lay(OWNERS, officer.id, _id(token).encode())
    await store.lay(FEEDS, _id(token), msgspec.json.encode(Feed(officer.scheme, officer.id)))
    return f"{PATH}/{token}.ics"


async def stop(store: Store, officer: Officer, *, now: datetime) -> None:
    """The feed of this officer is over."""
    kept = await store.take(OWNERS, officer.id, now=now)
    if kept is not None:
        await store.take(FEEDS, kept.decode(), now=now)


async def has(store: Store, officer: Officer, *, now: datetime) -> bool:
    """Whether this officer has a feed."""
    return await store.look(OWNERS, officer.id, now=now) is not None


async def feed(request: web.Request) -> web.Response:
    """The feed behind an address. Raises `web.HTTPNotFound`."""
    of, now = services(request), services(request).clock()
    guard.allow(request, "door", guard.client(request))
    id = _id(request.match_info["token"])
    body = await of.store.look(FEEDS, id, now=now)
    if body is None:
        raise web.HTTPNotFound
    found = msgspec.json.decode(body, type=Feed)
    kept = await of.store.look(OWNERS, found.officer, now=now)
    officers = await of.store.officers(found.scheme)
    there = any(one.id == found.officer and one.state == "active" for one in officers)
    try:
        scheme = of.schemes.load(found.scheme)
    except UnknownScheme:
        raise web.HTTPNotFound from None
    if not there or kept is None or kept.decode() != id:
        raise web.HTTPNotFound
    running = await of.store.terms_for(found.scheme, found.officer)
    origin = of.site.origin or str(request.url.origin())
    return web.Response(
        body=calendar(scheme, running, origin, now), content_type="text/calendar", charset="utf-8"
    )


def calendar(scheme: Scheme, running: tuple[CaseTerm, ...], origin: str, now: datetime) -> bytes:
    """The terms as whole days that do not make anybody busy; a term keeps its id when its day moves."""
    from icalendar import Calendar, Event  # noqa: PLC0415 (heavy, and for this page only)

    whole = Calendar()
    whole.add("prodid", "-//Gehoord//NL")
    whole.add("version", "2.0")
    for one in running:
        item, due = one.deadline, date.fromisoformat(one.deadline.date)
        entry = Event()
        entry.add("uid", f"{one.number}.{item.id}@gehoord")
        entry.add("dtstamp", now)
        entry.add("dtstart", due)
        entry.add("dtend", due + timedelta(days=1))
        entry.add("summary", f"{one.number}: {text(wording.term(scheme, item.id), LANGUAGE)}")
        entry.add("url", f"{origin}{session.PATH}/zaak/{one.number}")
        entry.add("transp", "TRANSPARENT")
        entry.add("class", "CONFIDENTIAL")
        whole.add_component(entry)
    written: bytes = whole.to_ical()
    return written


def _id(token: str) -> str:
    return hashlib.sha256(f"feed|{token}".encode()).hexdigest()[:32]


ROUTES = (web.get(f"{PATH}/{{token}}.ics", feed),)
