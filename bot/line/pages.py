"""The client's pages of the line: before it, the eight words, the talk. Every one works without script.

No account, address, network or conversation is read or kept here. A wrong code takes as long as a right one and
is answered alike whether or not there is such a line.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from bot.line import codes, presence, talk, visits
from bot.line.visits import Pass, Shown
from bot.line.words import rendered
from bot.web import guard, pages
from bot.web.services import services
from flows import line as lines
from flows.messages import Message
from flows.scheme import Scheme
from storage.errors import AlreadyThere, NoRecipient, UnknownLine
from storage.lines import LineCode

Act = Callable[[web.Request, Scheme, Pass], Awaitable[web.StreamResponse | None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

AT_ONCE = asyncio.Semaphore(2)
"""So many codes are stretched at the same time (64 MiB each); who tries many waits."""


async def place(request: web.Request) -> web.StreamResponse:
    """The talk that is open in this browser; without one, what a line is and how to begin."""
    scheme = visits.scheme_of(request)
    held = await visits.pass_of(request, scheme)
    if held is None:
        return await first(request, scheme)
    try:
        return await talk.show(request, scheme, held)
    except UnknownLine:
        return await first(request, scheme, note="confide.wiped", locale=held.locale)


async def first(
    request: web.Request,
    scheme: Scheme,
    *,
    wrong: bool = False,
    note: str = "",
    locale: str = "",
    typed: str = "",
    status: int = 200,
) -> web.Response:
    """The page before: the five points, what can be seen, and where to go where there is no line."""
    locale = locale or visits.wish(request.query.get("taal"), scheme)
    of, own = services(request), lines.own(scheme)
    who = await presence.team(of.store, scheme, of.clock())
    before = lines.before(scheme, own, who[0]) if own is not None and who else ()
    there = lines.there(scheme, who[:1], of.clock()) if before else ()
    around = lines.outside(scheme, of.clock()) if before else lines.around(scheme, of.clock())
    response = await pages.page(
        request, "line/start.html", locale=locale, status=status, scheme=scheme, wrong=wrong, note=note,
        there=rendered(there, locale),
        said=rendered(_help(request, typed, locale), locale),
        exit_path=f"{visits.path(scheme)}/weg", path=visits.path(scheme), has_line=bool(who),
        others=", ".join(one.name for one in who[1:]), reader=who[0].name if who else "",
        before=rendered(before, locale),
        reach=rendered(lines.ways(scheme, own, of.clock()) if own is not None and who else (), locale),
        around=rendered(around, locale),
    )  # fmt: skip
    visits.drop(request, response, scheme)
    return response


def _help(request: web.Request, typed: str, locale: str) -> tuple[Message, ...]:
    """The help lines, where somebody tells of danger in the place for their words (law 5)."""
    return lines.help_now(lines.heard(typed, locale), typed, services(request).clock())


async def begin(request: web.Request) -> web.StreamResponse:
    """Eight new words, shown on a page that holds them itself until they are typed back."""
    scheme = visits.scheme_of(request)
    guard.allow(request, "begin", guard.client(request))
    given = await guard.form(request, None)
    who = await presence.team(services(request).store, scheme, services(request).clock())
    if not who:
        return await first(request, scheme, status=404)
    of = services(request)
    chosen = who if given.get("stand_in") else who[:1]
    code = codes.fresh(await of.store.draw_locator())
    shown = Shown(scheme.id, code.locator, code.secret, tuple(one.id for one in chosen),
                  visits.wish(given.get("taal"), scheme), of.clock() + visits.HELD)  # fmt: skip
    return await _show(request, scheme, shown)


async def _show(request: web.Request, scheme: Scheme, shown: Shown) -> web.Response:
    held = await services(request).store.lend("code", msgspec.json.encode(shown))
    code = LineCode(shown.locator, shown.secret)
    return await pages.page(
        request, "line/code.html", locale=shown.locale, scheme=scheme, path=visits.path(scheme), held=held,
        exit_path=f"{visits.path(scheme)}/weg", words=codes.spoken(code, shown.locale.partition("@")[0]),
    )  # fmt: skip


async def _shown(request: web.Request, scheme: Scheme, given: str) -> Shown | None:
    of = services(request)
    body = await of.store.lent("code", given)
    if body is None:
        return None
    shown = msgspec.json.decode(body, type=Shown)
    return shown if shown.scheme == scheme.id and shown.until > of.clock() else None


async def retype(request: web.Request, *, wrong: bool = False, status: int = 200) -> web.StreamResponse:
    """Where the words are typed back, or shown once more."""
    scheme, given = visits.scheme_of(request), await guard.form(request, None)
    shown = await _shown(request, scheme, given.get("held", ""))
    if shown is None:
        return await first(request, scheme, note="confide.late", status=410)
    if given.get("again"):
        return await _show(request, scheme, shown)
    return await pages.page(
        request, "line/type.html", locale=shown.locale, status=status, scheme=scheme, wrong=wrong,
        said=rendered(_help(request, given.get("words", ""), shown.locale), shown.locale),
        path=visits.path(scheme), exit_path=f"{visits.path(scheme)}/weg", held=given["held"],
    )  # fmt: skip


async def open_line(request: web.Request) -> web.StreamResponse:
    """The words were typed back: from here on there is a line."""
    scheme, given = visits.scheme_of(request), await guard.form(request, None)
    shown = await _shown(request, scheme, given.get("held", ""))
    if shown is None:
        return await first(request, scheme, note="confide.late", status=410)
    typed, code = codes.heard(given.get("words", "")), LineCode(shown.locator, shown.secret)
    if typed is None or not hmac.compare_digest(msgspec.json.encode(typed), msgspec.json.encode(code)):
        return await retype(request, wrong=True, status=422)
    of = services(request)
    guard.allow(request, "begin", guard.client(request))
    try:
        async with AT_ONCE:
            holder = await of.store.open_line(scheme.id, code, shown.readers, now=of.clock())
    except (AlreadyThere, UnknownLine, NoRecipient):
        return await first(request, scheme, note="confide.late", locale=shown.locale, status=410)
    response = pages.led(visits.path(scheme))
    await visits.keep(request, response, scheme, visits.fresh_pass(holder, shown.locale, of.clock()))
    return response


async def enter(request: web.Request) -> web.StreamResponse:
    """Coming back with the words."""
    scheme, given = visits.scheme_of(request), await guard.form(request, None)
    guard.allow(request, "code", guard.client(request))
    of, locale = services(request), visits.wish(given.get("taal"), scheme)
    code = codes.heard(given.get("words", "")) or LineCode(0, "nothing")
    async with AT_ONCE:
        holder = await of.store.enter_line(scheme.id, code)
    if holder is None:
        typed = given.get("words", "")
        return await first(request, scheme, wrong=True, locale=locale, typed=typed, status=404)
    response = pages.led(f"{visits.path(scheme)}#nu")
    await visits.keep(request, response, scheme, visits.fresh_pass(holder, locale, of.clock()))
    return response


def opened(act: Act) -> Handler:
    """A page of the line that is open in this browser; without one, or when it is gone, the page before."""

    async def handler(request: web.Request) -> web.StreamResponse:
        scheme = visits.scheme_of(request)
        held = await visits.pass_of(request, scheme)
        if held is None:
            return await first(request, scheme, note="confide.late", status=410)
        try:
            done = await act(request, scheme, held)
        except UnknownLine:
            return await first(request, scheme, note="confide.wiped", locale=held.locale)
        return done if done is not None else await first(request, scheme, locale=held.locale)

    return handler


async def _piece(request: web.Request, _: Scheme, held: Pass) -> web.StreamResponse:
    return await talk.piece(request, held)


async def leave(request: web.Request) -> web.StreamResponse:
    """'Snel weg': no cookie leads back, only the words."""
    response = pages.way_out(request)
    visits.drop(request, response, visits.scheme_of(request))
    return response


ROUTES = (
    web.get("/{scheme}/praten", place),
    web.post("/{scheme}/praten/woorden", begin),
    web.post("/{scheme}/praten/typ", retype),
    web.post("/{scheme}/praten/open", open_line),
    web.post("/{scheme}/praten/in", enter),
    web.post("/{scheme}/praten/zeg", opened(talk.say)),
    web.post("/{scheme}/praten/bestand", opened(talk.send)),
    web.post("/{scheme}/praten/klaar", opened(talk.act)),
    web.get("/{scheme}/praten/stuk/{number}", opened(_piece)),
    web.get("/{scheme}/praten/weg", leave),
    web.post("/{scheme}/praten/weg", leave),
)
