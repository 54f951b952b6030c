"""The client's pages of the line: before it, the eight words, the talk. Every one works without script.

No account, address, network or conversation is read or kept here. A wrong code takes as long as a right one and
is answered alike whether or not there is such a line.
"""

import asyncio
import hmac
import secrets
from collections.abc import Sequence

import msgspec
from aiohttp import web

from bot.line import codes, visits
from bot.line.readers import readers
from bot.line.visits import Pass, Shown
from bot.line.words import LONGEST, content, marks, when
from bot.web import guard, pages
from bot.web.services import services
from flows import line as lines
from flows.line import Said
from flows.messages import Message, Phrase
from flows.scheme import Scheme
from locales import Rendered, render, text
from storage.errors import AlreadyThere, LineClosed, NoRecipient, UnknownLine
from storage.lines import Line, LineCode

AT_ONCE = asyncio.Semaphore(2)
"""So many codes are stretched at the same time (64 MiB each); who tries many waits."""


class Bubble(msgspec.Struct, frozen=True):
    """One message as it is read."""

    mine: bool
    who: str
    text: str
    when: str
    read: bool


async def place(request: web.Request) -> web.StreamResponse:
    """The talk that is open in this browser; without one, what a line is and how to begin."""
    scheme = visits.scheme_of(request)
    held = await visits.pass_of(request, scheme)
    return await first(request, scheme) if held is None else await talk(request, scheme, held)


async def first(
    request: web.Request,
    scheme: Scheme,
    *,
    wrong: bool = False,
    note: str = "",
    locale: str = "",
    status: int = 200,
) -> web.Response:
    """The page before: the five points, what can be seen, and where to go where there is no line."""
    locale = locale or visits.wish(request.query.get("taal"), scheme)
    who = await readers(services(request).store, scheme)
    own = lines.own(scheme)
    before = lines.before(scheme, own) if own is not None and who else ()
    around = lines.outside(scheme) if before else _everyone(scheme)
    response = await pages.page(
        request, "line/start.html", locale=locale, status=status, scheme=scheme, wrong=wrong, note=note,
        exit_path=f"{visits.path(scheme)}/weg", path=visits.path(scheme), has_line=bool(who),
        others=", ".join(one.name for one in who[1:]), before=_words(before, locale),
        reach=_words(lines.ways(scheme, own) if own is not None and who else (), locale),
        around=_words(around, locale),
    )  # fmt: skip
    visits.drop(request, response, scheme)
    return response


def _everyone(scheme: Scheme) -> tuple[Message, ...]:
    own = lines.own(scheme)
    return (*(lines.ways(scheme, own) if own is not None else ()), *lines.outside(scheme))


def _words(said: Sequence[Message], locale: str) -> tuple[Rendered, ...]:
    return tuple(render(message, locale) for message in said)


async def begin(request: web.Request) -> web.StreamResponse:
    """Eight new words, shown on a page that holds them itself until they are typed back."""
    scheme = visits.scheme_of(request)
    guard.allow(request, "begin", guard.client(request))
    given = await guard.form(request, None)
    who = await readers(services(request).store, scheme)
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
        return await first(request, scheme, wrong=True, locale=locale, status=404)
    response = pages.led(f"{visits.path(scheme)}#nu")
    await visits.keep(request, response, scheme, visits.fresh_pass(holder, locale, of.clock()))
    return response


async def talk(
    request: web.Request, scheme: Scheme, held: Pass, *, wrong: str = "", typed: str = "",
    said: tuple[Message, ...] = (), status: int = 200,
) -> web.StreamResponse:  # fmt: skip
    """What was said so far, whether it was read, and the next message."""
    of, own = services(request), lines.own(scheme)
    try:
        line = await of.store.read_line(held.holder, now=of.clock())
    except UnknownLine:
        return await first(request, scheme, note="confide.wiped", locale=held.locale)
    assert own is not None
    name, locale = lines.called(own), held.locale
    state = () if line.closed else lines.standing(marks(line), name, of.clock())
    danger = _danger(line)
    if not said and danger is not None:
        said = lines.help_now(danger.danger, danger.text, of.clock())
    response = await pages.page(
        request, "line/talk.html", locale=locale, status=status, scheme=scheme, path=visits.path(scheme),
        exit_path=f"{visits.path(scheme)}/weg", form=guard.token(held.nonce), once=secrets.token_hex(8),
        bubbles=bubbles(line, text(name, locale), locale), state=_words(state, locale), said=_words(said, locale),
        around=_words((*lines.ways(scheme, own), *lines.outside(scheme)), locale), closed=bool(line.closed),
        late=any(message.id == "confide.unread_long" for message in state), wrong=wrong, typed=typed,
        name=text(name, locale), mine="\n\n".join(content(word).text for word in line.words if not word.by),
    )  # fmt: skip
    await visits.keep(request, response, scheme, held)
    return response


def _danger(line: Line) -> Said | None:
    """What the client said last, if it spoke of danger: the help stays in view until they say something else."""
    mine = [content(word) for word in line.words if not word.by]
    return mine[-1] if mine and mine[-1].danger else None


def bubbles(line: Line, name: str, locale: str) -> list[Bubble]:
    """The messages as they are read, with the day and the hour."""
    return [
        Bubble(not word.by, name if word.by else text(Phrase("confide.you"), locale), content(word).text,
               when(word, locale), word.read)
        for word in line.words
    ]  # fmt: skip


async def say(request: web.Request) -> web.StreamResponse:
    """One message; posted twice it is said once. Danger that is heard in it brings help in the same answer."""
    scheme = visits.scheme_of(request)
    held = await visits.pass_of(request, scheme)
    if held is None:
        return await first(request, scheme, note="confide.late", status=410)
    given = await guard.form(request, held.nonce)
    guard.allow(request, "turn", held.nonce)
    words = given.get("say", "").strip()
    if not words or len(words) > LONGEST:
        return await talk(
            request, scheme, held, wrong="confide.long" if words else "confide.empty", typed=words, status=422
        )
    of, kinds = services(request), lines.heard(words, held.locale)
    body = msgspec.json.encode(Said(words, kinds))
    once = given.get("once", "")
    if not (len(once) == 16 and once.isascii() and once.isalnum()):
        raise guard.Strange
    try:
        await of.store.say_on_line(held.holder, body, once, now=of.clock())
    except NoRecipient:
        return await talk(
            request, scheme, held, wrong="confide.unreachable", typed=words,
            said=lines.help_now(kinds, words, of.clock()), status=503,
        )  # fmt: skip
    except LineClosed:
        return await talk(request, scheme, held, typed=words, status=422)
    except UnknownLine:
        return await first(request, scheme, note="confide.wiped", locale=held.locale)
    return pages.led(f"{visits.path(scheme)}#nu")


async def end(request: web.Request) -> web.StreamResponse:
    """Closing the page, closing the talk, or wiping it."""
    scheme = visits.scheme_of(request)
    held = await visits.pass_of(request, scheme)
    if held is None:
        return await first(request, scheme)
    given, of = await guard.form(request, held.nonce), services(request)
    try:
        match given.get("do"):
            case "close":
                await of.store.close_line(held.holder, now=of.clock())
                return pages.led(f"{visits.path(scheme)}#nu")
            case "wipe":
                await of.store.wipe_line(held.holder, now=of.clock())
                return await first(request, scheme, note="confide.wiped", locale=held.locale)
            case _:
                return await first(request, scheme, locale=held.locale)
    except UnknownLine:
        return await first(request, scheme, note="confide.wiped", locale=held.locale)


async def leave(request: web.Request) -> web.StreamResponse:
    """'Snel weg': no cookie leads back, only the words."""
    response = pages.led(services(request).site.exit_to)
    visits.drop(request, response, visits.scheme_of(request))
    return response


ROUTES = (
    web.get("/{scheme}/praten", place),
    web.post("/{scheme}/praten/woorden", begin),
    web.post("/{scheme}/praten/typ", retype),
    web.post("/{scheme}/praten/open", open_line),
    web.post("/{scheme}/praten/in", enter),
    web.post("/{scheme}/praten/zeg", say),
    web.post("/{scheme}/praten/klaar", end),
    web.get("/{scheme}/praten/weg", leave),
    web.post("/{scheme}/praten/weg", leave),
)
