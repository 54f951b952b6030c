"""What is due of the whole organisation and of no case: shown to the role that sees to it, and noted when done (BE-9).

The administrator sees it as well, and cannot note it.
"""

from datetime import date, timedelta

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import PATH, Desk
from bot.reminders import duties
from bot.web import guard
from bot.web.services import services
from flows import periodic, wording
from flows.calendar.zone import day
from flows.messages import Phrase
from locales import dates, text
from storage.duties import Duty

NEAR = timedelta(days=30)
"""What is due within this time is near."""


class Shown(msgspec.Struct, frozen=True):
    """A duty in a line: what is due, for which `period`, and by when. `mark` is ``late`` or nothing.

    `near`: it is so near that it stands above the list.
    """

    number: str
    term: str
    period: str
    due: str
    mark: str
    near: bool


async def shown(request: web.Request, desk: Desk) -> tuple[Shown, ...]:
    """What this officer sees of it, by date."""
    of = services(request)
    scheme, now = of.schemes.load(desk.officer.scheme), of.clock()
    if desk.officer.role == session.ADMINISTRATOR:
        found = await duties.running(of.store, scheme, now)
    else:
        found = await duties.of_officer(of.store, scheme, desk.officer.id, now)

    def row(one: Duty) -> Shown:
        item, last = one.deadline, date.fromisoformat(one.deadline.date)
        due = Phrase(
            "desk.due",
            (("what", wording.term(scheme, item.id)), ("day", dates.short(last, desk.locale))),
        )
        mark = "late" if last < day(now) else ""
        return Shown(
            one.number,
            item.id,
            periodic.period(item.why.start),
            text(due, desk.locale),
            mark,
            last <= day(now) + NEAR,
        )

    return tuple(row(one) for one in found)


async def done(request: web.Request) -> web.StreamResponse:
    """It was done: of all who say so, one is noted. For who does not see to it there is nothing here."""
    desk = await session.required(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    scheme, now = of.schemes.load(desk.officer.scheme), of.clock()
    wanted = given.get("number", ""), given.get("term", "")
    theirs = await duties.of_officer(of.store, scheme, desk.officer.id, now)
    if wanted in {(one.number, one.deadline.id) for one in theirs}:
        await of.store.meet_duty(*wanted, desk.officer.id, now=now)
    raise web.HTTPSeeOther(PATH)


ROUTES = (web.post(f"{PATH}/taak", done),)
