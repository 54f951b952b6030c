"""The page of one case: opened after a declaration, read on one page, and the next step from there."""

from datetime import date, datetime

import msgspec
from aiohttp import web

from bot.desk import account, acting, keeping, session, today
from bot.desk.acting import OWN, Wrong
from bot.desk.session import PATH, Desk
from bot.reminders import choosing
from bot.summaries import summary
from bot.web import guard, pages
from bot.web.services import services
from flows import terms, wording
from flows.calendar.zone import AMSTERDAM
from flows.effects import Note, Notify
from flows.messages import Phrase
from flows.scheme import Rung, Scheme
from flows.steps import STEPS
from locales import dates, known, reason, text
from storage.errors import NoAccess, UnknownCase
from storage.records import CaseLine, Dossier, Mark

INVOLVED = "involved_declared"
"""Marks that an officer said they had a part in it: the case opens for them no more."""


class Moment(msgspec.Struct, frozen=True):
    """A line of the timeline in words."""

    at: str
    what: str
    by: str


async def case(request: web.Request) -> web.StreamResponse:
    """The case as its officer sees it; before they declared, only that it is there."""
    desk, line = await found(request)
    return await shown(request, desk, line)


async def shown(
    request: web.Request, desk: Desk, line: CaseLine, wrong: Wrong | None = None, text: str = ""
) -> web.Response:
    """The page, after a step that could not be taken with why and with what was typed."""
    from bot.desk import writing  # noqa: PLC0415 (it shows this page again)

    of = services(request)
    scheme = of.schemes.load(line.scheme)
    timeline = await of.store.timeline(line.number)
    said = declared(timeline, desk)
    if said != OWN:
        return await pages.page(
            request, "desk/declare.html", locale=desk.locale, desk=desk, scheme=scheme, line=line,
            involved=said == INVOLVED, left=True,
        )  # fmt: skip
    dossier = await opened(request, desk, line.number)
    filed = await of.store.filed(line.number)
    place = acting.place_of(dossier)
    offers = acting.offers(scheme, filed, dossier.timeline, place, closed=line.closed is not None,
                           flags=dossier.intake.flags)  # fmt: skip
    done = request.query.get("gedaan", "")
    return await pages.page(
        request, "desk/case.html", locale=desk.locale, status=400 if wrong else 200, desk=desk, scheme=scheme,
        line=line, page=summary(dossier, scheme, desk.locale), dossier=dossier,
        reasons=[reason(item.why, desk.locale) for item in filed.deadlines],
        timeline=await moments(request, desk, scheme, dossier.timeline), seen=len(dossier.timeline),
        offers=offers, terms=term_names(scheme, place, desk.locale), may_hold=scheme.retention.hold,
        quick=acting.quick(offers), rung=next_rung(scheme),
        report_missing=acting.report_missing(scheme, dossier.timeline),
        wrong=wrong, typed=text, **await _held(request, desk, line),
        able=await keeping.able(of.store, scheme.id, line.number), safe=acting.may_write(dossier),
        way=writing.way(await of.store.reach(line.number), dossier),
        done=done if done in STEPS or done in ("note", "written") else "",
    )  # fmt: skip


def term_names(scheme: Scheme, place: str | None, locale: str) -> dict[str, str]:
    """What the terms are called that can run on a case at this place."""
    return {rule.id: today.term_name(rule, locale) for rule in terms.rules_of(scheme, place)}


async def declare(request: web.Request) -> web.StreamResponse:
    """The officer says whether they had a part in what it is about (BB-3c); both are kept on the timeline."""
    desk, line = await found(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    said = declared(await of.store.timeline(line.number), desk)
    if said != INVOLVED:
        if said is None and given.get("involved") == "no":
            await act(request, desk, line, Note(line.number, OWN))
        elif given.get("involved") == "yes":
            scheme = of.schemes.load(line.scheme)
            orders = await _left(request, desk, line, scheme)
            left = await of.store.withdraw_reader(
                line.number, desk.officer.id, desk.who, orders, now=of.clock()
            )
            return await pages.page(
                request, "desk/declare.html", locale=desk.locale, desk=desk, scheme=scheme, line=line,
                involved=True, left=left,
            )  # fmt: skip
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}")


async def _left(
    request: web.Request, desk: Desk, line: CaseLine, scheme: Scheme
) -> tuple[Note | Notify, ...]:
    """Who is told that the case needs somebody else, and to whom it is given if it was this officer's.

    A colleague who is there comes before one who is away. When nobody is left, the address is told that the scheme
    names for this.
    """
    of = services(request)
    readers = await keeping.able(of.store, scheme.id, line.number)
    others = [one for one in readers if one.id != desk.officer.id]
    recipient = scheme.recipient
    role = recipient.role if recipient is not None else desk.officer.role
    if not others and recipient is not None and recipient.if_nobody is not None:
        role = recipient.if_nobody
    told = Notify(line.number, role, "handler_needed", urgent=True)
    if not others or keeping.handler(await of.store.timeline(line.number)) != desk.officer.id:
        return (told,)
    gone = {one.id for one in await account.away(request, desk)}
    next_one = min(others, key=lambda one: one.id in gone)
    return (Note(line.number, f"{keeping.ASSIGNED}{next_one.id}"), told)


async def step(request: web.Request) -> web.StreamResponse:
    """A step on the case."""
    desk, line = await inside(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    dossier = await opened(request, desk, line.number)
    scheme = of.schemes.load(line.scheme)
    wrong = await acting.take(of.store, scheme, desk.who, dossier, given, of.clock())
    if wrong is not None:
        return await shown(request, desk, line, wrong, given.get("text", ""))
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}?gedaan={given['step']}")


async def note(request: web.Request) -> web.StreamResponse:
    """A note, sealed for the readers of the case."""
    desk, line = await inside(request)
    given = await guard.form(request, desk.secret)
    words = given.get("text", "").strip()
    if words:
        of = services(request)
        await of.store.act(line.number, desk.who, text=words, now=of.clock())
    raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}?gedaan=note")


async def found(request: web.Request) -> tuple[Desk, CaseLine]:
    """The case in the address, for an officer to whom it is sealed; for everyone else there is none."""
    desk = await session.reader(request)
    of = services(request)
    try:
        line = await of.store.case(request.match_info["number"].upper())
    except UnknownCase:
        raise web.HTTPNotFound from None
    if line.scheme != desk.officer.scheme or not await of.store.can_open(line.number, desk.officer.id):
        raise web.HTTPNotFound
    return desk, line


async def inside(request: web.Request) -> tuple[Desk, CaseLine]:
    """The case in the address, for an officer who declared that they had no part in it."""
    desk, line = await found(request)
    if declared(await services(request).store.timeline(line.number), desk) != OWN:
        raise web.HTTPSeeOther(f"{PATH}/zaak/{line.number}")
    return desk, line


async def opened(request: web.Request, desk: Desk, number: str) -> Dossier:
    """The whole case; logged."""
    of = services(request)
    try:
        return await of.store.open_case(number, desk.who, now=of.clock())
    except NoAccess:
        raise web.HTTPNotFound from None


async def act(request: web.Request, desk: Desk, line: CaseLine, *effects: Note | Notify) -> None:
    """Keeps something coded on the case."""
    of = services(request)
    await of.store.act(line.number, desk.who, effects, now=of.clock())


def declared(timeline: tuple[Mark, ...], desk: Desk) -> str | None:
    """What this officer declared about this case, or None; who was involved stays so."""
    own = {mark.what for mark in timeline if mark.by == desk.officer.id}
    return INVOLVED if INVOLVED in own else OWN if OWN in own else None


def next_rung(scheme: Scheme) -> Rung | None:
    """The step of the ladder that comes after the one where a case lies."""
    own = ("officer", "management", "online")
    at = next((place for place, rung in enumerate(scheme.ladder) if rung.kind in own), None)
    return next(iter(scheme.ladder[at + 1 :]), None) if at is not None else None


async def moments(
    request: web.Request, desk: Desk, scheme: Scheme, timeline: tuple[Mark, ...]
) -> list[Moment]:
    """The timeline in words, the newest first."""
    names = {one.id: one.name for one in await services(request).store.officers(scheme.id)}
    client = text(Phrase("desk.by.client"), desk.locale)
    made = []
    for mark in reversed(timeline):
        by = client if mark.by == "client" else names.get(mark.by, mark.by)
        made.append(Moment(_when(mark.at, desk.locale), worded(mark.what, scheme, desk.locale), by))
    return made


async def _held(request: web.Request, desk: Desk, line: CaseLine) -> dict[str, object]:
    """Who has the case (`handler`), who sees to it while they are away (`instead`, or nothing), and who is away."""
    of = services(request)
    staff = await choosing.staff(of.store, line.scheme, of.clock())
    who = choosing.holder(await of.store.bearings(line.number), staff)
    names = {one.id: one.name for one in staff.officers}
    gone = {one.id: one for one in await account.away(request, desk)}
    return {
        "handler": names.get(who.own, ""),
        "instead": names[who.now] if who.now != who.own else "",
        "until": gone[who.own].last if who.own in gone else "",
        "gone": frozenset(gone),
    }


def worded(what: str, scheme: Scheme, locale: str) -> str:
    """A coded fact of the timeline in words; a term by the name that the scheme gives it."""
    if what.startswith(acting.ON):
        day = dates.short(date.fromisoformat(what.removeprefix(acting.ON)), locale)
        return text(Phrase("desk.mark.on", (("day", day),)), locale)
    first, _, term = what.partition(":")
    if what.startswith(keeping.ASSIGNED):
        return text(Phrase("desk.mark.assigned"), locale)
    if term:
        kind = "ended" if first in _ends(scheme, term) else "begun"
        return text(Phrase(f"desk.term.{kind}", (("what", wording.term(scheme, term)),)), locale)
    for id in (f"desk.step.{first}", f"desk.mark.{first}", f"office.entry.{first}"):
        if known(id, locale):
            return text(Phrase(id), locale)
    return first


def _ends(scheme: Scheme, term: str) -> frozenset[str]:
    rule = terms.rule_of(scheme, term)
    closing = {id for id, kind in STEPS.items() if kind.closes}
    return frozenset({rule.ends, *rule.lapses, *closing} if rule else closing)


def _when(at: datetime, locale: str) -> str:
    local = at.astimezone(AMSTERDAM)
    day: date = local.date()
    return f"{dates.short(day, locale)} {local:%H:%M}"


ROUTES = (
    web.get(f"{PATH}/zaak/{{number}}", case),
    web.post(f"{PATH}/zaak/{{number}}/verklaring", declare),
    web.post(f"{PATH}/zaak/{{number}}/stap", step),
    web.post(f"{PATH}/zaak/{{number}}/notitie", note),
)
