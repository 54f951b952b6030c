"""The administrator's place: who works here, and who is let in. No content of cases.

What is to be signed off stands in `bot.desk.signing`, what a client sees in `bot.desk.preview`, how the installation
does in `bot.desk.working`. That there are confidants is not seen here.
"""

from aiohttp import web

from bot.desk import doors, duty, session
from bot.desk.doors import Invitation
from bot.desk.session import ADMINISTRATOR, CONFIDANT, PATH, Desk
from bot.web import guard, pages
from bot.web.services import services
from flows.messages import Phrase
from flows.scheme import Scheme
from flows.wording import words
from locales import known, text
from storage.errors import LastRecipient, Refused


async def office(request: web.Request, *, link: str = "", wrong: str = "", status: int = 200) -> web.Response:
    """The page of the administrator."""
    desk = await session.administrator(request)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    return await pages.page(
        request, "desk/office.html", locale=desk.locale, status=status, desk=desk, scheme=scheme, link=link,
        wrong=wrong,
        officers=[
            (one, role_words(scheme, one.role, desk.locale))
            for one in await of.store.officers(scheme.id)
            if one.role != CONFIDANT
        ],
        roles=[(role, role_words(scheme, role, desk.locale)) for role in roles(scheme)],
        readiness=await of.store.readiness(scheme.id, now=of.clock()),
        duties=await duty.shown(request, desk), mine=False,
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
    """Who waits to be let in: only someone who reads complaints can share them."""
    desk = await session.reader(request)
    of = services(request)
    scheme = of.schemes.load(desk.officer.scheme)
    known = [one for one in await of.store.officers(desk.officer.scheme) if one.role != CONFIDANT]
    waiting = [(one, role_words(scheme, one.role, desk.locale)) for one in known if one.state == "waiting"]
    return await pages.page(
        request,
        "desk/waiting.html",
        locale=desk.locale,
        desk=desk,
        waiting=waiting,
        may=lets_in(desk, scheme),
    )


async def approve(request: web.Request) -> web.StreamResponse:
    """Lets someone in, and shares the cases of their role."""
    desk = await session.reader(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    if not lets_in(desk, of.schemes.load(desk.officer.scheme)):
        raise web.HTTPNotFound
    try:
        await of.store.approve(given.get("officer", ""), desk.who, now=of.clock())
    except Refused:
        raise web.HTTPNotFound from None
    raise web.HTTPSeeOther(f"{PATH}/collega")


def lets_in(desk: Desk, scheme: Scheme) -> bool:
    """Whether this officer may let others in: whom complaints go to, not who only hears of terms (a manager)."""
    return scheme.recipient is None or desk.officer.role == scheme.recipient.role


def roles(scheme: Scheme) -> tuple[str, ...]:
    """The roles that an administrator can invite into: who reads, who hears of what is overdue, who keeps accounts."""
    reads = (scheme.recipient.role, scheme.reminders.manager) if scheme.recipient else ()
    return tuple(dict.fromkeys((*reads, ADMINISTRATOR)))


def role_words(scheme: Scheme, role: str, locale: str) -> str:
    """What a role is called: as the scheme calls its readers, else in our words."""
    if scheme.recipient is not None and role == scheme.recipient.role:
        return text(words(scheme.recipient.label), locale)
    id = f"desk.role.{role}"
    return text(Phrase(id), locale) if known(id, locale) else role


ROUTES = (
    web.get(f"{PATH}/beheer", office),
    web.post(f"{PATH}/beheer/uitnodigen", invite),
    web.post(f"{PATH}/beheer/sluiten", disable),
    web.get(f"{PATH}/collega", colleagues),
    web.post(f"{PATH}/collega", approve),
)
