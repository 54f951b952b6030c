"""One's own account: another password, a calendar, and days of absence with who takes over."""

from datetime import date

import msgspec
from aiohttp import web

from bot.desk import agenda, doors, session
from bot.desk.session import PATH, Desk
from bot.web import guard, pages
from bot.web.services import services
from flows.calendar.zone import AMSTERDAM
from storage.errors import Refused
from storage.records import Officer
from storage.store import Store

DRAWER = "absence"


class Absence(msgspec.Struct, frozen=True):
    """Days on which an officer is not there, both included, and the colleague who takes over (an id)."""

    first: date
    last: date
    stand_in: str


async def own(
    request: web.Request, *, wrong: str = "", done: str = "", feed: str = "", status: int = 200
) -> web.Response:
    """The page of one's own account."""
    desk = await session.required(request)
    of = services(request)
    kept = await of.store.look(DRAWER, desk.officer.id, now=of.clock())
    return await pages.page(
        request, "desk/account.html", locale=desk.locale, status=status, desk=desk, wrong=wrong, done=done,
        absence=msgspec.json.decode(kept, type=Absence) if kept else None,
        colleagues=await colleagues(of.store, desk.officer), shortest=doors.SHORTEST,
        feed=feed, fed=await agenda.has(of.store, desk.officer, now=of.clock()),
    )  # fmt: skip


async def password(request: web.Request) -> web.StreamResponse:
    """Another password for one's own key; the old one is asked."""
    desk = await session.required(request)
    given = await guard.form(request, desk.secret)
    guard.allow(request, "account", desk.officer.id)
    of, new = services(request), given.get("password", "")
    if len(new) < doors.SHORTEST or new != given.get("again", ""):
        return await own(request, wrong="password", status=400)
    try:
        await of.store.unlock(desk.officer.id, given.get("old", ""), now=of.clock())
    except Refused:
        return await own(request, wrong="old", status=403)
    await of.store.change_password(desk.who, new, now=of.clock())
    return await own(request, done="password")


async def calendar(request: web.Request) -> web.StreamResponse:
    """A calendar in place of the one before, whose address is shown this once; or none any more."""
    desk = await session.required(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    if given.get("do") == "stop":
        await agenda.stop(of.store, desk.officer, now=of.clock())
        return await own(request, done="calendar")
    path = await agenda.make(of.store, desk.officer, now=of.clock())
    return await own(request, feed=(of.site.origin or str(request.url.origin())) + path)


async def absence(request: web.Request) -> web.StreamResponse:
    """Days of absence; without a colleague in the same role who takes over they are refused."""
    desk = await session.required(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    if given.get("do") == "back":
        await of.store.take(DRAWER, desk.officer.id, now=of.clock())
        return await own(request, done="absence")
    try:
        first, last = date.fromisoformat(given.get("first", "")), date.fromisoformat(given.get("last", ""))
    except ValueError:
        return await own(request, wrong="days", status=400)
    if last < first or last < of.clock().astimezone(AMSTERDAM).date():
        return await own(request, wrong="days", status=400)
    if given.get("stand_in") not in {one.id for one in await colleagues(of.store, desk.officer)}:
        return await own(request, wrong="stand_in", status=400)
    body = msgspec.json.encode(Absence(first, last, given["stand_in"]))
    await of.store.lay(DRAWER, desk.officer.id, body)
    return await own(request, done="absence")


async def colleagues(store: Store, officer: Officer) -> tuple[Officer, ...]:
    """Who could take over: the other active officers in the same role."""
    return tuple(
        one
        for one in await store.officers(officer.scheme)
        if one.state == "active" and one.role == officer.role and one.id != officer.id
    )


async def away(request: web.Request, desk: Desk) -> list[tuple[str, str, date]]:
    """Who of the organisation is not there today: their name, who takes over, and until when."""
    of = services(request)
    today = of.clock().astimezone(AMSTERDAM).date()
    names = {one.id: one.name for one in await of.store.officers(desk.officer.scheme)}
    found = await of.store.drawer(DRAWER, now=of.clock())
    kept = [(id, msgspec.json.decode(body, type=Absence)) for id, body in found.items() if id in names]
    return [
        (names[id], names.get(one.stand_in, one.stand_in), one.last)
        for id, one in kept
        if one.first <= today <= one.last
    ]


ROUTES = (
    web.get(f"{PATH}/ik", own),
    web.post(f"{PATH}/ik/wachtwoord", password),
    web.post(f"{PATH}/ik/afwezig", absence),
    web.post(f"{PATH}/ik/agenda", calendar),
)
