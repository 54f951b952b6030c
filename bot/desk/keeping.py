"""Who has a case and how long it stays: assignment, and a hold with a reason (BG-10)."""

from aiohttp import web

from bot.desk import cases
from bot.desk.acting import Wrong
from bot.desk.session import PATH
from bot.web import guard
from bot.web.services import services
from flows.effects import Note, Notify
from storage.errors import Held
from storage.records import Mark, Officer
from storage.store import Store

ASSIGNED = "assigned:"
"""How the timeline begins that a case was given to an officer; the last one holds."""

GIVEN = "given"
"""The notice that a case was given to an officer: it goes to who has it, and to nobody else."""


async def hold(request: web.Request) -> web.StreamResponse:
    """The case is kept longer than its time, by name and with a reason; or no longer."""
    desk, line = await cases.inside(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    if given.get("do") == "release":
        await of.store.release(line.number, desk.officer.id, now=of.clock())
    elif of.schemes.load(line.scheme).retention.hold:
        why = given.get("text", "").strip()
        if not why:
            return await cases.shown(request, desk, line, Wrong("", "text"))
        try:
            await of.store.hold(line.number, desk.officer.id, why, now=of.clock())
        except Held:
            return await cases.shown(request, desk, line, Wrong("", "changed"))
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}")


async def assign(request: web.Request) -> web.StreamResponse:
    """The case goes to a colleague who can open it, and who alone hears of that."""
    desk, line = await cases.inside(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    to = {one.id: one for one in await able(of.store, line.scheme, line.number)}.get(given.get("to", ""))
    if to is not None and to.id != handler(await of.store.timeline(line.number)):
        orders: list[Note | Notify] = [Note(line.number, f"{ASSIGNED}{to.id}")]
        orders += [Notify(line.number, to.role, GIVEN)] if to.id != desk.officer.id else []
        await of.store.act(line.number, desk.who, orders, now=of.clock())
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}")


async def able(store: Store, scheme: str, number: str) -> tuple[Officer, ...]:
    """The active officers who can open this case and did not say that they were involved."""
    out = {mark.by for mark in await store.timeline(number) if mark.what == cases.INVOLVED}
    active = [one for one in await store.officers(scheme) if one.state == "active" and one.id not in out]
    return tuple([one for one in active if await store.can_open(number, one.id)])


def handler(timeline: tuple[Mark, ...]) -> str | None:
    """Whom the case was given to last (an officer's id), or None."""
    given = [mark.what.removeprefix(ASSIGNED) for mark in timeline if mark.what.startswith(ASSIGNED)]
    return given[-1] if given else None


ROUTES = (
    web.post(f"{PATH}/zaak/{{number}}/bewaren", hold),
    web.post(f"{PATH}/zaak/{{number}}/geven", assign),
)
