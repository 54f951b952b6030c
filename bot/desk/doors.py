"""In and out: the invitation, the password, the second key, and leaving."""

import hashlib
import secrets
from datetime import timedelta

import msgspec
from aiohttp import web

from bot.desk import second, session
from bot.desk.session import PATH
from bot.web import guard, pages
from bot.web.services import services
from storage.errors import AlreadyThere, Refused

INVITATION = timedelta(days=7)
"""So long an invitation can be used."""

SHORTEST = 12
"""The fewest characters of a password (NIST SP 800-63B asks for eight; length is what makes a guess dear)."""


class Invitation(msgspec.Struct, frozen=True):
    """Who is invited, into which role."""

    scheme: str
    role: str
    name: str
    contact: str = ""


async def door(request: web.Request, *, wrong: str = "", given: str = "", status: int = 200) -> web.Response:
    """The page on which one logs in."""
    return await pages.page(
        request,
        "desk/in.html",
        locale=session.locale(request),
        status=status,
        desk=None,
        wrong=wrong,
        given=given,
    )


async def enter(request: web.Request) -> web.StreamResponse:
    """Opens the officer's key with the password. Wrong name and wrong password are answered alike."""
    given = await guard.form(request, None)
    id = given.get("name", "").strip().lower()
    guard.allow(request, "door", guard.client(request))
    guard.allow(request, "account", f"{id}|{guard.client(request)}")
    guard.allow(request, "accounts", id)
    of = services(request)
    officer = next((one for one in await of.store.officers() if one.id == id), None)
    try:
        who = await of.store.unlock(id, given.get("password", ""), now=of.clock())
    except Refused:
        return await door(request, wrong="in", given=id, status=403)
    assert officer is not None
    key = await second.of(of.store, officer.id, of.clock())
    response = web.HTTPSeeOther(PATH)
    await session.begin(request, response, officer, who, whole=of.site.demo and (key is None or not key.sure))
    raise response


async def leave(request: web.Request) -> web.StreamResponse:
    """Ends the session."""
    desk = await session.desk_of(request)
    if desk is not None:
        await guard.form(request, desk.secret)
        await session.end(request)
    response = web.HTTPSeeOther(f"{PATH}/in")
    guard.drop_cookie(response, services(request).site, session.COOKIE, PATH)
    raise response


async def code(request: web.Request, *, wrong: bool = False, status: int = 200) -> web.Response:
    """Where the second key is shown; who has none yet sets it up here first."""
    desk = await _inside(request)
    of = services(request)
    key = await second.of(of.store, desk.officer.id, of.clock())
    if key is None:
        key = await second.new(of.store, desk.officer.id)
    return await pages.page(
        request, "desk/code.html", locale=desk.locale, status=status, desk=desk, wrong=wrong,
        key=None if key.sure else key,
    )  # fmt: skip


async def show(request: web.Request) -> web.StreamResponse:
    """Takes a code of the second key."""
    desk = await _inside(request)
    given = await guard.form(request, desk.secret)
    guard.allow(request, "account", desk.officer.id)
    of = services(request)
    if not await second.shown(of.store, desk.officer.id, given.get("code", ""), of.clock()):
        return await code(request, wrong=True, status=403)
    response = web.HTTPSeeOther(PATH)
    await session.complete(request, response, desk)
    raise response


async def picture(request: web.Request) -> web.StreamResponse:
    """The second key as a QR code, until it was shown once."""
    desk = await _inside(request)
    key = await second.of(services(request).store, desk.officer.id, services(request).clock())
    if key is None or key.sure:
        raise web.HTTPNotFound
    return web.Response(body=second.picture(key, desk.officer.id), content_type="image/svg+xml")


async def invite(request: web.Request, who: Invitation) -> str:
    """An invitation that works once; returns the path that is given to the one invited."""
    of, token = services(request), secrets.token_urlsafe(24)
    await of.store.lay("invitation", _hashed(token), msgspec.json.encode(who), until=of.clock() + INVITATION)
    return f"{PATH}/uitnodiging/{token}"


async def invited(request: web.Request, *, wrong: str = "", status: int = 200) -> web.Response:
    """The page behind an invitation: choose a password."""
    of = services(request)
    body = await of.store.look("invitation", _hashed(request.match_info["token"]), now=of.clock())
    if body is None:
        raise web.HTTPNotFound
    who = msgspec.json.decode(body, type=Invitation)
    return await pages.page(
        request, "desk/invited.html", locale=session.locale(request), status=status, desk=None, who=who,
        wrong=wrong, scheme_name=of.schemes.load(who.scheme).name, shortest=SHORTEST,
    )  # fmt: skip


async def accept(request: web.Request) -> web.StreamResponse:
    """Takes the password, and with it the account; the invitation is used."""
    given = await guard.form(request, None)
    guard.allow(request, "door", guard.client(request))
    of, token = services(request), _hashed(request.match_info["token"])
    password = given.get("password", "")
    if len(password) < SHORTEST:
        return await invited(request, wrong="short", status=400)
    if password != given.get("again", ""):
        return await invited(request, wrong="again", status=400)
    body = await of.store.take("invitation", token, now=of.clock())
    if body is None:
        raise web.HTTPNotFound
    who = msgspec.json.decode(body, type=Invitation)
    try:
        officer = await of.store.add_officer(
            who.scheme, who.role, who.name, password, who.contact, now=of.clock()
        )
    except AlreadyThere:
        await of.store.lay("invitation", token, body, until=of.clock() + INVITATION)
        return await invited(request, wrong="there", status=409)
    return await pages.page(
        request, "desk/welcome.html", locale=session.locale(request), desk=None, officer=officer
    )


async def _inside(request: web.Request) -> session.Desk:
    desk = await session.desk_of(request)
    if desk is None:
        raise web.HTTPSeeOther(f"{PATH}/in")
    return desk


def _hashed(token: str) -> str:
    return hashlib.sha256(f"invitation|{token}".encode()).hexdigest()[:32]


ROUTES = (
    web.get(f"{PATH}/in", door),
    web.post(f"{PATH}/in", enter),
    web.post(f"{PATH}/uit", leave),
    web.get(f"{PATH}/code", code),
    web.post(f"{PATH}/code", show),
    web.get(f"{PATH}/code.svg", picture),
    web.get(f"{PATH}/uitnodiging/{{token}}", invited),
    web.post(f"{PATH}/uitnodiging/{{token}}", accept),
)
