"""The confidants' inbox at the desk: their own lines, and nobody else's. No officer or administrator sees it."""

import secrets

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import CONFIDANT, PATH, Desk
from bot.line.words import LONGEST, content, unread, when
from bot.web import guard, pages
from bot.web.services import services
from flows.line import Said
from storage.errors import LineClosed, NoRecipient, UnknownLine
from storage.lines import Line

INBOX = f"{PATH}/lijnen"


async def confidant(request: web.Request) -> Desk:
    """A confidant at the desk. Raises as `session.required`, and `web.HTTPNotFound` for everybody else."""
    desk = await session.required(request)
    if desk.officer.role != CONFIDANT:
        raise web.HTTPNotFound
    return desk


def dangerous(line: Line) -> bool:
    """Whether danger was heard in what is unread."""
    return any(content(word).danger for word in line.words if word.body)


async def inbox(request: web.Request) -> web.StreamResponse:
    """All lines of this confidant: danger first, then what is unread."""
    desk = await confidant(request)
    found = await services(request).store.lines_of(desk.who)
    shown = sorted(found, key=lambda line: (not dangerous(line), not unread(line), line.ref))
    rows = [
        (line, unread(line), dangerous(line), when(line.words[-1], desk.locale) if line.words else "")
        for line in shown
    ]
    return await pages.page(request, "line/inbox.html", locale=desk.locale, desk=desk, rows=rows)


async def thread(
    request: web.Request, *, wrong: str = "", typed: str = "", status: int = 200
) -> web.StreamResponse:
    """One line as its confidant reads it; what the client wrote counts as read from now on."""
    desk = await confidant(request)
    of = services(request)
    try:
        line = await of.store.take_line(desk.who, request.match_info["ref"], now=of.clock())
    except UnknownLine:
        raise web.HTTPNotFound from None
    names = {one.id: one.name for one in await of.store.officers(desk.officer.scheme)}
    said = [
        (names.get(word.by, word.by), content(word), word, when(word, desk.locale)) for word in line.words
    ]
    return await pages.page(
        request, "line/thread.html", locale=desk.locale, status=status, desk=desk, line=line, said=said, wrong=wrong,
        typed=typed, once=secrets.token_hex(8),
    )  # fmt: skip


async def answer(request: web.Request) -> web.StreamResponse:
    """The confidant says something, with a last word if they wish."""
    desk = await confidant(request)
    given = await guard.form(request, desk.secret)
    of, ref, words = services(request), request.match_info["ref"], given.get("say", "").strip()
    if not words or len(words) > LONGEST:
        return await thread(
            request, wrong="confide.long" if words else "confide.empty", typed=words, status=422
        )
    once = given.get("once", "")
    if not (len(once) == 16 and once.isascii() and once.isalnum()):
        raise guard.Strange
    try:
        await of.store.answer_on_line(
            desk.who,
            ref,
            msgspec.json.encode(Said(words)),
            once,
            now=of.clock(),
            last=bool(given.get("last")),
        )
    except UnknownLine:
        raise web.HTTPNotFound from None
    except (LineClosed, NoRecipient):
        return await thread(request, wrong="confide.closed", typed=words, status=409)
    raise web.HTTPSeeOther(f"{INBOX}/{ref}#nu")


ROUTES = (
    web.get(INBOX, inbox),
    web.get(f"{INBOX}/{{ref}}", thread),
    web.post(f"{INBOX}/{{ref}}", answer),
)
