"""Coming back later, by a code of plain words that the client chose to take.

Nothing but the code leads back. It is never stored: stretched (argon2id) it is the address of a *door*, a
conversation of its own that holds nothing but where the real one is. The door is sealed with the key of its day
like every open draft, so it dies with it after three days; it is opened anew when the client comes back.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec
from aiohttp import web

from bot.chance import fresh
from bot.web import chat, guard, pages, showing, visits
from bot.web.services import Services, services
from bot.web.visits import COOKIE, Visit
from flows import greeting
from flows.events import Chose, Started
from flows.scheme import Scheme
from flows.session import Turn
from storage.errors import Conflict
from storage.passwords import stretch
from storage.records import Address

TRIES = 5
AT_ONCE = asyncio.Semaphore(2)
"""So many codes are stretched at the same time (64 MiB each); who tries many waits."""


class Door(msgspec.Struct, frozen=True):
    """Where a code leads: the secret of the conversation's session."""

    secret: str


def words_of(typed: str) -> str:
    """A code as it is compared: its words in small letters, whatever stood between them."""
    return " ".join("".join(char if char.isalpha() else " " for char in typed.lower()).split())


async def door_of(code: str, scheme: str) -> Address:
    """The door that this code opens. Slow on purpose, and beside the event loop."""
    salt = visits.derived("door", scheme).encode()[:16]
    async with AT_ONCE:
        key = await asyncio.to_thread(stretch, words_of(code), salt)
    return Address("door", key.hex()[:32], scheme)


async def offered(request: web.Request) -> web.StreamResponse:
    """The page on which a code can be taken."""
    visit = await visits.visit(request)
    if visit.session is None or visit.secret is None:
        return pages.led(visit.path)
    return await _page(request, visit, "")


async def _page(request: web.Request, visit: Visit, code: str) -> web.Response:
    assert visit.secret is not None and visit.session is not None
    return await pages.page(
        request,
        "later.html",
        locale=visit.locale,
        scheme=visit.scheme,
        exit_path=f"{visit.path}/weg",
        form=guard.token(visit.secret),
        code=code,
        filed=visit.session.case is not None,
    )


async def taken(request: web.Request) -> web.StreamResponse:
    """A new code, shown once."""
    visit = await visits.visit(request)
    await guard.form(request, visit.secret)
    if visit.session is None or visit.secret is None or visit.address is None or visit.session.case:
        return pages.led(visit.path)
    guard.allow(request, "code", guard.client(request))
    of, code = services(request), fresh().claim_code
    door = await door_of(code, visit.scheme.id)
    await _hang(of, door, visit.scheme, visit.secret, of.clock())
    await change(of, visit.address, lambda page: msgspec.structs.replace(page, door=door.key))
    return await _page(request, visit, code)


async def back(request: web.Request) -> web.StreamResponse:
    """A code was typed: the conversation behind it, with a new cookie. A claim code leads to its case."""
    of, scheme = services(request), visits.scheme_of(request)
    guard.allow(request, "code", guard.client(request))
    given = await guard.form(request, None)
    code = words_of(given.get("code", ""))
    locale = greeting.fitting(scheme, given.get("taal") or None)
    secret = await behind(of, scheme, code) if code else None
    if secret is None and code:
        secret = await _by_claim(of, scheme, code, locale)
    if secret is None:
        visit = Visit(scheme, None, None, None, showing.Page(), locale)
        return await chat.first(request, visit, wrong_code=True, status=404)
    response = pages.led(f"/{scheme.id}#nu")
    guard.keep_cookie(response, of.site, COOKIE, secret, f"/{scheme.id}")
    return response


async def behind(of: Services, scheme: Scheme, code: str) -> str | None:
    """The secret of the conversation behind this code, taken up again; None when the code leads nowhere."""
    door = await door_of(code, scheme.id)
    hung = await of.store.load(door)
    if hung.session is None or not hung.beside:
        return None
    secret = msgspec.msgpack.decode(hung.beside, type=Door).secret
    address = visits.address_of(secret, scheme.id)
    draft = await of.store.load(address)
    if draft.session is None or showing.page_of(draft).door != door.key:
        return None
    await change(
        of, address, lambda page: msgspec.structs.replace(page, left=False, at=of.clock().isoformat())
    )
    await _hang(of, door, scheme, secret, of.clock())
    if draft.session.stopped:
        await visits.take(of, address, Chose(("resume",)), "", locale=draft.session.locale)
    return secret


async def _by_claim(of: Services, scheme: Scheme, code: str, locale: str) -> str | None:
    claimed = await of.conversations.claimed(scheme.id, code)
    if claimed is None:
        return None
    secret = visits.fresh_secret()
    address = visits.address_of(secret, scheme.id)
    await visits.take(of, address, Started("web", locale), "", locale=locale)
    await visits.take(of, address, claimed, "", locale=locale)
    return secret


async def _hang(of: Services, door: Address, scheme: Scheme, secret: str, now: datetime) -> None:
    """Hangs the door, or hangs it anew so that it stays three days more."""
    for _ in range(TRIES):
        draft = await of.store.load(door)
        turn = Turn(greeting.begin(scheme, "web"))
        kept = msgspec.msgpack.encode(Door(secret))
        try:
            await of.store.commit(door, draft.version, turn, now=now, beside=kept)
        except Conflict:
            continue
        return
    raise Conflict


async def change(of: Services, address: Address, what: Callable[[showing.Page], showing.Page]) -> None:
    """Changes the page of a conversation, and nothing else of it."""
    for _ in range(TRIES):
        draft = await of.store.load(address)
        if draft.session is None:
            return
        page = what(showing.page_of(draft))
        try:
            await of.store.commit(
                address, draft.version, Turn(draft.session), now=of.clock(), beside=showing.keep(page)
            )
        except Conflict:
            continue
        return
    raise Conflict


ROUTES = (
    web.get("/{scheme}/later", offered),
    web.post("/{scheme}/later", taken),
    web.post("/{scheme}/terug", back),
)
