"""A complaint that came by phone, by letter or at the counter (BB-3a), through the same fields as the chat's."""

import secrets
from datetime import date, datetime, time, timedelta

import msgspec
from aiohttp import web

from bot.conversation import Kept
from bot.desk import session
from bot.desk.session import PATH, Desk
from bot.web import guard, pages
from bot.web.services import services
from flows import forms, greeting
from flows.calendar.zone import AMSTERDAM
from flows.effects import Note
from flows.events import AskedToForget, Chose, Filled
from flows.messages import Message, Phrase
from locales import dates, render, text
from storage.errors import NoAccess
from storage.records import Address

CHANNEL = "desk"
LONG = frozenset({"story", "wish", "points"})
TURNS = 12
"""So many questions a form may leave open after it was filled in."""

OLDEST = timedelta(days=366)
"""So long ago a complaint may have come in: an earlier day is a slip of the pen, and its terms are long over."""

WAYS = ("phone", "letter", "mail", "counter")
"""How a complaint comes that does not come by the chat; kept on the timeline as ``came_by_…``."""

NOON = time(12)
"""The hour that an earlier day of receipt is given: terms count days, and at noon it is that day everywhere."""


class Arrival(msgspec.Struct, frozen=True):
    """When and how it came in: `day` as typed (ISO), `way` one of `WAYS` or empty, `wrong` a coded reason or empty.

    `at` is the moment the terms count from; None is now.
    """

    day: str
    way: str
    wrong: str = ""
    at: datetime | None = None


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
    today = services(request).clock().astimezone(AMSTERDAM).date()
    return await _page(request, desk, Filled(_route(request, desk), {}), Arrival(today.isoformat(), ""))


async def filled(request: web.Request) -> web.StreamResponse:
    """Files what the form holds; shown again where something cannot be read."""
    desk = await session.reader(request)
    fields = await guard.fields_of(request)
    guard.check({name: values[0] for name, values in fields.items()}, desk.secret)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    event = _read(desk, request, fields)
    came = arrival(fields, of.clock())
    begun = greeting.begin(scheme, CHANNEL, "nl")
    wrong = forms.problems(scheme, begun, event, came.at or of.clock())
    if wrong or came.wrong:
        why = {unread.field: render(unread.why, desk.locale).text for unread in wrong}
        return await _page(request, desk, event, came, why, status=422)
    address = Address(CHANNEL, secrets.token_hex(16), scheme.id)
    kept = await _sent(request, address, event, came.at)
    await of.conversations.handle(address, AskedToForget(), platform=CHANNEL)
    filed, code = kept.exchange.session.case, kept.exchange.session.claim_code
    if filed is None:
        why = {"story": " ".join(message.text for message in kept.exchange.said)}
        return await _page(request, desk, event, came, why, status=422)
    if came.way:
        await _noted(request, desk, filed.number, came.way)
    return await pages.page(
        request, "desk/filed.html", locale=desk.locale, desk=desk, scheme=scheme, number=filed.number,
        code=code or "", since=dates.short(came.at.date(), desk.locale) if came.at else "",
    )  # fmt: skip


def arrival(fields: dict[str, list[str]], now: datetime) -> Arrival:
    """When and how it came in, as the form says: not later than today, not longer ago than `OLDEST`."""
    day, way = (next(iter(fields.get(name, ())), "").strip() for name in ("received_on", "came_by"))
    way, today = way if way in WAYS else "", now.astimezone(AMSTERDAM).date()
    try:
        on = date.fromisoformat(day) if day else today
    except ValueError:
        return Arrival(day, way, "unread")
    if on > today:
        return Arrival(day, way, "later")
    if on < today - OLDEST:
        return Arrival(day, way, "long_ago")
    return Arrival(on.isoformat(), way, at=None if on == today else datetime.combine(on, NOON, AMSTERDAM))


async def _noted(request: web.Request, desk: Desk, number: str, way: str) -> None:
    """Keeps how it came on the timeline; not by an officer from whom the case was kept just now."""
    of = services(request)
    try:
        await of.store.act(number, desk.who, (Note(number, f"came_by_{way}"),), now=of.clock())
    except NoAccess:
        return


async def _sent(request: web.Request, address: Address, event: Filled, received: datetime | None) -> Kept:
    """Takes the form through the conversation to its end: what it left open is skipped, then it is sent."""
    talk = services(request).conversations
    kept = await talk.handle(address, event, platform=CHANNEL, received=received)
    for _ in range(TURNS):
        now = kept.exchange.session
        choice = next((id for id in ("send", "skip", "yes") if id in now.offered), None)
        if now.case is not None or choice is None:
            break
        kept = await talk.handle(address, Chose((choice,)), platform=CHANNEL, received=received)
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
    request: web.Request,
    desk: Desk,
    event: Filled,
    came: Arrival,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    scheme = services(request).schemes.load(desk.officer.scheme)
    why = wrong or {}
    return await pages.page(
        request, "desk/hand.html", locale=desk.locale, status=status, desk=desk, scheme=scheme,
        rooms=[_room(room, event, why, desk.locale) for room in forms.rooms(scheme, event.route)],
        route=event.route, routes=forms.routes(scheme), came=came,
        came_wrong=text(Phrase(f"desk.hand.day.{came.wrong}"), desk.locale) if came.wrong else "",
        ways=[(way, text(Phrase(f"desk.hand.way.{way}"), desk.locale)) for way in WAYS],
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
