"""The confidants' inbox at the desk: their own lines, and nobody else's. No officer or administrator sees it."""

import secrets
from datetime import date, timedelta

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import CONFIDANT, PATH, Desk
from bot.line import files, presence
from bot.line.readers import readers
from bot.line.talk import once_of
from bot.line.words import LONGEST, content, unread, when
from bot.web import guard, pages
from bot.web.services import Services, services
from flows.calendar.zone import day
from flows.line import Reader, Said
from locales import dates
from storage.errors import LineClosed, NoRecipient, UnknownLine
from storage.lines import Line

INBOX = f"{PATH}/lijnen"
FARTHEST = timedelta(days=366)
"""So far ahead an absence may reach."""


async def confidant(request: web.Request) -> Desk:
    """A confidant at the desk. Raises as `session.required`, and `web.HTTPNotFound` for everybody else."""
    desk = await session.required(request)
    if desk.officer.role != CONFIDANT:
        raise web.HTTPNotFound
    return desk


def dangerous(line: Line) -> bool:
    """Whether danger was heard in what is unread."""
    return any(content(word).danger for word in line.words if word.body)


async def inbox(request: web.Request, *, wrong: str = "", status: int = 200) -> web.StreamResponse:
    """All lines of this confidant: danger first, then what is unread; and whether they are away."""
    desk = await confidant(request)
    of = services(request)
    await presence.seen(of.store, desk.who.id, of.clock())
    found = await of.store.lines_of(desk.who)
    shown = sorted(found, key=lambda line: (not dangerous(line), not unread(line), line.ref))
    rows = [
        (line, unread(line), dangerous(line), when(line.words[-1], desk.locale) if line.words else "")
        for line in shown
    ]
    mine, others = await _team(of, desk)
    return await pages.page(
        request, "line/inbox.html", locale=desk.locale, status=status, desk=desk, rows=rows, wrong=wrong, others=others,
        away=dates.day(mine.away, desk.locale) if mine and mine.away else "", today=day(of.clock()).isoformat(),
    )  # fmt: skip


async def _team(of: Services, desk: Desk) -> tuple[Reader | None, tuple[Reader, ...]]:
    """This confidant, and the others of the organisation."""
    scheme = of.schemes.load(desk.officer.scheme)
    known = await presence.known(of.store, await readers(of.store, scheme), of.clock())
    mine = next((one for one in known if one.id == desk.who.id), None)
    return mine, tuple(one for one in known if one.id != desk.who.id)


async def absence(request: web.Request) -> web.StreamResponse:
    """Away up to and with a day, which clients read; or back."""
    desk = await confidant(request)
    given = await guard.form(request, desk.secret)
    of = services(request)
    last: date | None = None
    if given.get("do") != "back":
        try:
            last = date.fromisoformat(given.get("last", ""))
        except ValueError:
            return await inbox(request, wrong="confide.inbox.away.wrong", status=422)
        today = day(of.clock())
        if not today <= last <= today + FARTHEST:
            return await inbox(request, wrong="confide.inbox.away.wrong", status=422)
    await presence.leave(of.store, desk.who.id, last, of.clock())
    raise web.HTTPSeeOther(INBOX)


async def thread(
    request: web.Request, *, wrong: str = "", typed: str = "", status: int = 200
) -> web.StreamResponse:
    """One line as its confidant reads it; what the client wrote counts as read from now on."""
    desk = await confidant(request)
    of = services(request)
    line = await _taken(request, desk)
    await presence.seen(of.store, desk.who.id, of.clock())
    names = {one.id: one.name for one in await of.store.officers(desk.officer.scheme)}
    said = [
        (names.get(word.by, word.by), content(word), word, when(word, desk.locale)) for word in line.words
    ]
    _, others = await _team(of, desk)
    response = await pages.page(
        request, "line/thread.html", locale=desk.locale, status=status, desk=desk, line=line, said=said, wrong=wrong,
        typed=typed, once=secrets.token_hex(8), names=names,
        others=[one for one in others if one.id not in line.readers],
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = guard.policy(of.site, media="'self' blob:")
    return response


async def _taken(request: web.Request, desk: Desk) -> Line:
    of = services(request)
    try:
        return await of.store.take_line(desk.who, request.match_info["ref"], now=of.clock())
    except UnknownLine:
        raise web.HTTPNotFound from None


async def piece(request: web.Request) -> web.StreamResponse:
    """A photo or a voice that the client sent."""
    desk = await confidant(request)
    return files.answer(await _taken(request, desk), request.match_info["number"])


async def answer(request: web.Request) -> web.StreamResponse:
    """The confidant says something: the last word if they wish, or with the wish that a colleague takes over."""
    desk = await confidant(request)
    given = await guard.form(request, desk.secret)
    of, ref, words = services(request), request.match_info["ref"], given.get("say", "").strip()
    if not words or len(words) > LONGEST:
        return await thread(
            request, wrong="confide.long" if words else "confide.empty", typed=words, status=422
        )
    once, last = once_of(given), bool(given.get("last"))
    _, others = await _team(of, desk)
    asks = next((one.id for one in others if one.id == given.get("asks")), "")
    try:
        body = msgspec.json.encode(Said(words, last=last, asks=asks))
        await of.store.answer_on_line(desk.who, ref, body, once, now=of.clock(), last=last)
    except UnknownLine:
        raise web.HTTPNotFound from None
    except (LineClosed, NoRecipient):
        return await thread(request, wrong="confide.closed", typed=words, status=409)
    raise web.HTTPSeeOther(f"{INBOX}/{ref}#nu")


ROUTES = (
    web.get(INBOX, inbox),
    web.post(INBOX, absence),
    web.get(f"{INBOX}/{{ref}}", thread),
    web.post(f"{INBOX}/{{ref}}", answer),
    web.get(f"{INBOX}/{{ref}}/{{number}}", piece),
)
