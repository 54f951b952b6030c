"""One's own account: how one is reached, another password, a calendar, and days of absence with who takes over."""

from datetime import date

import msgspec
from aiohttp import web

from bot.desk import agenda, doors, office, reach, session
from bot.desk.reached import reached
from bot.desk.session import PATH, Desk
from bot.web import guard, pages
from bot.web.services import Services, services
from flows.calendar.zone import AMSTERDAM, day
from locales import dates
from storage.absences import Absence, Shared
from storage.errors import Refused, UnknownOfficer
from storage.opening import keeping_of
from storage.records import Officer


class Place(msgspec.Struct, frozen=True):
    """Who stands in for an officer, as it is said: their name, from when until when, and what they read.

    `able`: they still work here and may read. `always`: their own role reads the same cases anyway.
    """

    name: str
    first: str
    last: str
    able: bool
    always: bool
    shared: Shared


async def own(
    request: web.Request,
    *,
    wrong: str = "",
    done: str = "",
    feed: str = "",
    link: str = "",
    status: int = 200,
    ended: Place | None = None,
) -> web.Response:
    """The page of one's own account. `ended`: how it stands with who stood in until now.

    `feed` and `link` are addresses that are shown this once.
    """
    desk = await session.required(request)
    if request.query.get("gedaan") == "password":  # said on the way back: the session is a new one
        done = "password"
    of = services(request)
    stands = (await of.store.absences(desk.officer.scheme, now=of.clock())).get(desk.officer.id)
    place = await _place(of, desk, stands) if stands is not None else None
    return await pages.page(
        request, "desk/account.html", locale=desk.locale, status=status, desk=desk, wrong=wrong, done=done,
        place=place, ended=ended, today=day(of.clock()).isoformat(), turns=await turns(request, desk),
        alone="stand_in" in (await of.store.readiness(desk.officer.scheme, now=of.clock())).missing,
        colleagues=await _choices(of, desk) if desk.reads_cases else (), shortest=doors.SHORTEST,
        feed=feed, fed=await agenda.has(of.store, desk.officer, now=of.clock()), link=link,
        reached=await reached(of, desk.officer), languages=reach.LANGUAGES,
    )  # fmt: skip


async def _choices(of: Services, desk: Desk) -> list[tuple[Officer, str]]:
    """Who could take over, each with what their role is called where it is another."""
    scheme = of.schemes.load(desk.officer.scheme)
    return [
        (one, office.role_words(scheme, one.role, desk.locale) if one.role != desk.officer.role else "")
        for one in await colleagues(of, desk.officer)
    ]


async def _place(of: Services, desk: Desk, absence: Absence) -> Place:
    officers = await of.store.officers(desk.officer.scheme)
    other = next((one for one in officers if one.id == absence.stand_in), None)
    return Place(
        name=other.name if other is not None else absence.stand_in,
        first=dates.short(absence.first, desk.locale),
        last=dates.short(absence.last, desk.locale),
        able=other in await colleagues(of, desk.officer),
        always=other is not None and other.role == desk.officer.role,
        shared=await of.store.shared(desk.officer.id, absence.stand_in),
    )


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
    response = web.HTTPSeeOther(f"{PATH}/ik?gedaan=password")
    await session.only(request, response, desk)
    raise response


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
    """Days of absence; without a colleague who takes over, and is there on those days, they are refused."""
    desk = await session.reader(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    absences = await of.store.absences(desk.officer.scheme, now=of.clock())
    if given.get("do") == "back":
        stood = absences.get(desk.officer.id)
        await of.store.end_absence(desk.officer.id, now=of.clock())
        return await own(request, done="absence", ended=await _place(of, desk, stood) if stood else None)
    try:
        first, last = date.fromisoformat(given.get("first", "")), date.fromisoformat(given.get("last", ""))
    except ValueError:
        return await own(request, wrong="days", status=400)
    if last < first or last < of.clock().astimezone(AMSTERDAM).date() or last.year > first.year + 2:
        return await own(request, wrong="days", status=400)
    other = given.get("stand_in", "")
    theirs = absences.get(other)
    if theirs is not None and theirs.first <= last and theirs.last >= first:
        return await own(request, wrong="stand_in_away", status=400)
    try:
        await of.store.announce(Absence(first, last, other), desk.who, now=of.clock())
    except UnknownOfficer:
        return await own(request, wrong="stand_in", status=400)
    return await own(request, done="absence")


async def colleagues(of: Services, officer: Officer) -> tuple[Officer, ...]:
    """Who could take over: the other active officers who may read cases, those in the same role first."""
    receives = keeping_of(of.schemes.load(officer.scheme)).receives
    able = [
        one
        for one in await of.store.officers(officer.scheme)
        if one.state == "active" and receives(one.role) and one.id != officer.id
    ]
    return tuple(sorted(able, key=lambda one: one.role != officer.role))


class Turn(msgspec.Struct, frozen=True):
    """Days on which one stands in for a colleague: their name, and the first and last day in words."""

    name: str
    first: str
    last: str


async def turns(request: web.Request, desk: Desk, *, ahead: bool = False) -> list[Turn]:
    """For whom this officer stands in, and when; with `ahead` only what has not begun."""
    of = services(request)
    absences = await of.store.absences(desk.officer.scheme, now=of.clock())
    active = {
        one.id: one.name for one in await of.store.officers(desk.officer.scheme) if one.state == "active"
    }
    mine = [
        (id, one)
        for id, one in absences.items()
        if one.stand_in == desk.officer.id and id in active and (not ahead or one.first > day(of.clock()))
    ]
    return [
        Turn(active[id], dates.short(one.first, desk.locale), dates.short(one.last, desk.locale))
        for id, one in sorted(mine, key=lambda each: each[1].first)
    ]


class Away(msgspec.Struct, frozen=True):
    """An officer who is not there today: their id and name, until when, and who takes over (empty: nobody does)."""

    id: str
    name: str
    last: str
    other: str


async def away(request: web.Request, desk: Desk) -> list[Away]:
    """Who of the organisation is not there today."""
    of = services(request)
    today = day(of.clock())
    active = {
        one.id: one.name for one in await of.store.officers(desk.officer.scheme) if one.state == "active"
    }
    absences = await of.store.absences(desk.officer.scheme, now=of.clock())
    gone = {id for id, one in absences.items() if one.on(today)}
    return [
        Away(id, active[id], dates.short(one.last, desk.locale),
             active.get(one.stand_in, "") if one.stand_in not in gone else "")
        for id, one in absences.items()
        if id in gone and id in active
    ]  # fmt: skip


ROUTES = (
    web.get(f"{PATH}/ik", own),
    web.post(f"{PATH}/ik/wachtwoord", password),
    web.post(f"{PATH}/ik/afwezig", absence),
    web.post(f"{PATH}/ik/agenda", calendar),
)
