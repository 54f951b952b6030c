"""A complaint that came by phone, by letter or at the counter (BB-3a), through the same fields as the chat's."""

import secrets

import msgspec
from aiohttp import web

from bot.conversation import Kept
from bot.desk import session
from bot.desk.session import PATH, Desk
from bot.web import guard, pages
from bot.web.services import services
from flows import forms, greeting
from flows.events import AskedToForget, Chose, Filled
from flows.messages import Message
from locales import render
from storage.records import Address

CHANNEL = "desk"
LONG = frozenset({"story", "wish", "points"})
TURNS = 12
"""So many questions a form may leave open after it was filled in."""


class Room(msgspec.Struct, frozen=True):
    """A question of the form as it is shown, with what was filled in and what is wrong with it."""

    field: str
    question: str
    options: tuple[tuple[str, str, bool], ...]
    multiple: bool
    needed: bool
    long: bool
    written: str
    wrong: str


async def empty(request: web.Request) -> web.StreamResponse:
    """The form."""
    desk = await session.reader(request)
    return await _page(request, desk, Filled(_route(request, desk), {}))


async def filled(request: web.Request) -> web.StreamResponse:
    """Files what the form holds; shown again where something cannot be read."""
    desk = await session.reader(request)
    fields = await guard.fields_of(request)
    guard.check({name: values[0] for name, values in fields.items()}, desk.secret)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    event = _read(desk, request, fields)
    begun = greeting.begin(scheme, CHANNEL, "nl")
    wrong = forms.problems(scheme, begun, event, of.clock())
    if wrong:
        why = {unread.field: render(unread.why, desk.locale).text for unread in wrong}
        return await _page(request, desk, event, why, status=422)
    address = Address(CHANNEL, secrets.token_hex(16), scheme.id)
    kept = await _sent(request, address, event)
    await of.conversations.handle(address, AskedToForget(), platform=CHANNEL)
    filed, code = kept.exchange.session.case, kept.exchange.session.claim_code
    if filed is None:
        why = {"story": " ".join(message.text for message in kept.exchange.said)}
        return await _page(request, desk, event, why, status=422)
    return await pages.page(
        request, "desk/filed.html", locale=desk.locale, desk=desk, scheme=scheme, number=filed.number,
        code=code or "",
    )  # fmt: skip


async def _sent(request: web.Request, address: Address, event: Filled) -> Kept:
    """Takes the form through the conversation to its end: what it left open is skipped, then it is sent."""
    talk = services(request).conversations
    kept = await talk.handle(address, event, platform=CHANNEL)
    for _ in range(TURNS):
        now = kept.exchange.session
        choice = next((id for id in ("send", "skip", "yes") if id in now.offered), None)
        if now.case is not None or choice is None:
            break
        kept = await talk.handle(address, Chose((choice,)), platform=CHANNEL)
    return kept


def _route(request: web.Request, desk: Desk) -> str:
    offered = forms.routes(services(request).schemes.load(desk.officer.scheme))
    if not offered:
        raise web.HTTPNotFound
    wish = request.query.get("soort", "")
    return wish if wish in offered else offered[0]


def _read(desk: Desk, request: web.Request, fields: dict[str, list[str]]) -> Filled:
    route = _route(request, desk)
    written: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    for room in forms.rooms(services(request).schemes.load(desk.officer.scheme), route):
        given = [value for value in fields.get(room.field, ()) if value]
        if given and room.options:
            ticked[room.field] = tuple(dict.fromkeys(given))
        elif given:
            written[room.field] = given[0].replace("\r\n", "\n")
    return Filled(route, written, ticked)


async def _page(
    request: web.Request, desk: Desk, event: Filled, wrong: dict[str, str] | None = None, status: int = 200
) -> web.Response:
    scheme = services(request).schemes.load(desk.officer.scheme)
    why = wrong or {}
    return await pages.page(
        request, "desk/hand.html", locale=desk.locale, status=status, desk=desk, scheme=scheme,
        rooms=[_room(room, event, why, desk.locale) for room in forms.rooms(scheme, event.route)],
        route=event.route, routes=forms.routes(scheme),
    )  # fmt: skip


def _room(room: forms.Room, event: Filled, why: dict[str, str], locale: str) -> Room:
    ticked = event.ticked.get(room.field, ())
    shown = render(Message(room.question.id, room.question.args, room.options), locale)
    options = tuple((option.id, option.label, option.id in ticked) for option in shown.options)
    written = event.written.get(room.field, "")
    return Room(room.field, shown.text, options, room.multiple, room.needed, room.field in LONG, written,
                why.get(room.field, ""))  # fmt: skip


ROUTES = (
    web.get(f"{PATH}/nieuw", empty),
    web.post(f"{PATH}/nieuw", filled),
)
