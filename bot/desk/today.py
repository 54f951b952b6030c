"""Today: what is late, due, new and waiting, by term."""

from datetime import date, timedelta
from typing import get_args

import msgspec
from aiohttp import web

from bot.desk import account, duty, session
from bot.desk.session import PATH, Desk
from bot.reminders import choosing
from bot.reminders.choosing import Staff
from bot.web import pages
from bot.web.services import services
from flows import periodic, terms, wording
from flows.calendar.zone import day
from flows.messages import Phrase
from flows.scheme import Choice, Location, Scheme, TermRule
from flows.steps import STATUSES
from locales import dates, text
from storage.records import CaseLine, Pile
from storage.reminding import Bearings

SOON = timedelta(days=7)
"""What is due within this time stands under "due"."""

PAGE = 50
PILES: tuple[Pile, ...] = get_args(Pile)


class Row(msgspec.Struct, frozen=True):
    """One case on the list. `due` says what is due and when; `mark` is ``late``, ``due`` or nothing.

    `whose` says who sees to it today; `own`: the officer who looks.
    """

    number: str
    due: str
    mark: str
    status: str
    kind: str
    place: str
    about: str
    received: str
    unread: bool
    whose: str = ""
    own: bool = False


async def today(request: web.Request) -> web.StreamResponse:
    """The list of one's cases, or for its script the list alone; who reads none is led to their own place."""
    desk = await session.required(request)
    if desk.officer.role == session.ADMINISTRATOR:
        raise web.HTTPSeeOther(f"{PATH}/beheer")
    if desk.officer.role == session.CONFIDANT:
        raise web.HTTPSeeOther(f"{PATH}/lijnen")
    shown = await listed(request, desk)
    if request.headers.get(session.LIVE):
        part = pages.html(request, "desk/listed.html", locale=desk.locale, desk=desk, shown=shown)
        return web.Response(text=part, content_type="text/html")
    return await pages.page(
        request, "desk/today.html", locale=desk.locale, desk=desk, scheme=shown["scheme"], shown=shown,
        duties=await duty.shown(request, desk),
    )  # fmt: skip


async def listed(request: web.Request, desk: Desk) -> dict[str, object]:
    """What stands on the list, as the address asks for it."""
    of, query = services(request), request.query
    scheme = of.schemes.load(desk.officer.scheme)
    now = day(of.clock())
    pile: Pile = next((one for one in PILES if one == query.get("stapel")), "all")
    at = int(query["vanaf"]) if query.get("vanaf", "").isdecimal() and len(query["vanaf"]) < 7 else 0
    chosen = {
        "status": _of(query.get("status"), STATUSES),
        "location": _of(query.get("location"), [place.id for place in scheme.locations]),
        "subject": _of(query.get("subject"), [subject.id for subject in scheme.subjects]),
        "term": _of(query.get("term"), [rule.id for rule in terms.rules_anywhere(scheme)]),
    }
    closed, mine = query.get("dicht") == "1", query.get("van") == "mij"
    staff = await choosing.staff(of.store, scheme.id, of.clock())
    found = await of.store.worklist(
        scheme.id, desk.officer.id, today=now.isoformat(), soon=(now + SOON).isoformat(), pile=pile,
        closed=closed, limit=PAGE + 1, offset=at, **chosen,
        whose=(lambda case: choosing.holder(case, staff).now == desk.officer.id) if mine else None,
    )  # fmt: skip
    return {
        "scheme": scheme,
        "rows": await _rows(request, desk, scheme, staff, found.cases[:PAGE]),
        "counts": found.counts,
        "piles": PILES,
        "pile": pile,
        "chosen": chosen,
        "closed": closed,
        "mine": mine,
        "kept": {name: value for name, value in chosen.items() if value}
        | ({"van": "mij"} if mine else {})
        | ({"dicht": "1"} if closed else {}),
        "statuses": STATUSES,
        "places": [(place.id, label(place, desk.locale)) for place in scheme.locations],
        "subjects": [(subject.id, label(subject, desk.locale)) for subject in scheme.subjects],
        "terms": [
            (rule.id, term_name(rule, desk.locale))
            for rule in terms.rules_anywhere(scheme)
            if rule.starts not in periodic.ENDS
        ],
        "after": at + PAGE if len(found.cases) > PAGE else None,
        "before": max(at - PAGE, 0) if at else None,
        "readiness": await of.store.readiness(scheme.id, now=of.clock()),
        "away": await account.away(request, desk),
        "turns": await account.turns(request, desk, ahead=True),
        "day": dates.day(now, desk.locale),
    }


async def _rows(
    request: web.Request, desk: Desk, scheme: Scheme, staff: Staff, lines: tuple[CaseLine, ...]
) -> list[Row]:
    of = services(request)
    now = day(of.clock())
    rows = [row(line, scheme, now, desk.locale) for line in lines]
    cases = await of.store.bearings_of([line.number for line in lines if not line.closed])
    return [_held(one, cases[one.number], desk, staff) if one.number in cases else one for one in rows]


def _held(row: Row, case: Bearings, desk: Desk, staff: Staff) -> Row:
    """The row with who sees to the case today: in an officer's absence who stands in, and the officer again after."""
    who = choosing.holder(case, staff)
    names = {one.id: one.name for one in staff.officers}
    own = who.now == desk.officer.id
    kind = ("instead" if who.own != who.now else "you") if own else "other" if who.now else "nobody"
    name = names.get(who.own if own else who.now, "")
    whose = text(Phrase(f"desk.whose.{kind}", (("name", name),)), desk.locale)
    return msgspec.structs.replace(row, whose=whose, own=own)


def row(line: CaseLine, scheme: Scheme, now: date, locale: str) -> Row:
    """A case in a line, without content."""
    running = sorted((term.deadline for term in line.terms if term.state == "running"), key=lambda d: d.date)
    due, mark = "", ""
    if running:
        last = date.fromisoformat(running[0].date)
        what = wording.term(scheme, running[0].id)
        due = text(Phrase("desk.due", (("what", what), ("day", dates.short(last, locale)))), locale)
        mark = "late" if last < now else "due" if last <= now + SOON else ""
    return Row(
        number=line.number,
        due=due,
        mark=mark,
        status=line.status,
        kind=line.kind,
        place=_labels(scheme.locations, line.coded.get("location", ()), locale),
        about=_labels(scheme.subjects, line.coded.get("subject", ()), locale),
        received=dates.short(day(line.received), locale),
        unread=line.unread > 0,
    )


def term_name(rule: TermRule, locale: str) -> str:
    """What a term is called, of the scheme or of a law, as the beginning of a line."""
    words = text(wording.words(rule.label), locale)
    return words[:1].upper() + words[1:]


def label(of: Choice | Location, locale: str) -> str:
    """What a scheme calls this, in the officer's language."""
    return of.label.get(locale) or of.label["nl"]


def _labels(among: tuple[Choice, ...] | tuple[Location, ...], ids: tuple[str, ...], locale: str) -> str:
    return ", ".join(label(one, locale) for one in among if one.id in ids)


def _of(wish: str | None, known: "list[str] | tuple[str, ...]") -> str | None:
    return wish if wish in known else None


ROUTES = (web.get(PATH, today), web.get(f"{PATH}/", today))
