"""The administrator's place: accounts, schemes, what does not arrive, what will be destroyed. No content of cases.

That there are confidants is not seen here.
"""

from datetime import timedelta

from aiohttp import web

from bot.desk import doors, session
from bot.desk.doors import Invitation
from bot.desk.session import ADMINISTRATOR, CONFIDANT, PATH
from bot.web import guard, pages
from bot.web.services import services
from flows.scheme import Scheme
from storage.errors import LastRecipient, Refused

FORECAST = timedelta(days=92)
"""So far ahead it is shown which cases will be destroyed."""


async def office(request: web.Request, *, link: str = "", wrong: str = "", status: int = 200) -> web.Response:
    """The page of the administrator."""
    desk = await session.administrator(request)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    until = of.clock() + FORECAST
    closed = await of.store.cases(scheme.id, "closed")
    going = [line for line in closed if line.destroy_after is not None and line.destroy_after <= until]
    return await pages.page(
        request, "desk/office.html", locale=desk.locale, status=status, desk=desk, scheme=scheme, link=link,
        wrong=wrong, officers=[one for one in await of.store.officers(scheme.id) if one.role != CONFIDANT],
        roles=roles(scheme), readiness=await of.store.readiness(scheme.id),
        parked=[one for one in await of.store.parked() if one.scheme == scheme.id],
        going=sorted(going, key=lambda line: (line.destroy_after, line.number)),
    )  # fmt: skip


async def invite(request: web.Request) -> web.StreamResponse:
    """A link for someone new; it works once, for a week."""
    desk = await session.administrator(request)
    given = await guard.form(request, desk.secret)
    scheme = services(request).schemes.load(desk.officer.scheme)
    name, role = " ".join(given.get("name", "").split())[:80], given.get("role", "")
    if not name or role not in roles(scheme):
        return await office(request, wrong="invite", status=400)
    who = Invitation(scheme.id, role, name, given.get("contact", "").strip()[:200])
    return await office(request, link=await doors.invite(request, who))


async def disable(request: web.Request) -> web.StreamResponse:
    """Closes an account; the last who can read cases stays."""
    desk = await session.administrator(request)
    given = await guard.form(request, desk.secret)
    of, id = services(request), given.get("officer", "")
    known = [one for one in await of.store.officers(desk.officer.scheme) if one.role != CONFIDANT]
    if id == desk.officer.id or id not in {one.id for one in known}:
        return await office(request, wrong="disable", status=400)
    try:
        await of.store.disable(id, now=of.clock())
    except LastRecipient:
        return await office(request, wrong="last", status=409)
    raise web.HTTPSeeOther(f"{PATH}/beheer")


async def colleagues(request: web.Request) -> web.StreamResponse:
    """Who waits to be let in: only someone who reads cases can share them."""
    desk = await session.reader(request)
    of = services(request)
    known = [one for one in await of.store.officers(desk.officer.scheme) if one.role != CONFIDANT]
    waiting = [one for one in known if one.state == "waiting"]
    return await pages.page(request, "desk/waiting.html", locale=desk.locale, desk=desk, waiting=waiting)


async def approve(request: web.Request) -> web.StreamResponse:
    """Lets someone in, and shares the cases of their role."""
    desk = await session.reader(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    try:
        await of.store.approve(given.get("officer", ""), desk.who, now=of.clock())
    except Refused:
        raise web.HTTPNotFound from None
    raise web.HTTPSeeOther(f"{PATH}/collega")


def roles(scheme: Scheme) -> tuple[str, ...]:
    """The roles that an administrator can invite into."""
    own = (scheme.recipient.role,) if scheme.recipient else ()
    return (*own, ADMINISTRATOR)


ROUTES = (
    web.get(f"{PATH}/beheer", office),
    web.post(f"{PATH}/beheer/uitnodigen", invite),
    web.post(f"{PATH}/beheer/sluiten", disable),
    web.get(f"{PATH}/collega", colleagues),
    web.post(f"{PATH}/collega", approve),
)
