"""The client's page of an open line: what was said, whether it was read, and all that can be done with it.

Danger that is heard in a message brings help in the same answer, and the talk goes on.
"""

import asyncio
import secrets
from collections.abc import Mapping

import msgspec
from aiohttp import web

from bot import addresses
from bot.line import files, notices, presence, visits
from bot.line.readers import readers
from bot.line.visits import Pass
from bot.line.words import LONGEST, bubbles, content, marks, rendered
from bot.web import attachments, guard, pages
from bot.web.services import services
from flows import line as lines
from flows.line import Reader, Said
from flows.messages import Message
from flows.scheme import Scheme
from locales import text
from storage.errors import LineClosed, NoRecipient, UnknownLine
from storage.lines import Line


class Around(msgspec.Struct, frozen=True):
    """Who reads this line, and who else of the confidants is there."""

    readers: tuple[Reader, ...]
    others: tuple[Reader, ...]


async def around(request: web.Request, scheme: Scheme, line: Line) -> Around:
    """Who reads this line today; whoever left reads nothing any more."""
    of = services(request)
    found = await presence.known(of.store, await readers(of.store, scheme), of.clock())
    return Around(
        tuple(one for one in found if one.id in line.readers),
        tuple(one for one in found if one.id not in line.readers),
    )


async def show(
    request: web.Request, scheme: Scheme, held: Pass, *, wrong: str = "", typed: str = "",
    said: tuple[Message, ...] = (), note: str = "", status: int = 200,
) -> web.StreamResponse:  # fmt: skip
    """The page. Raises `UnknownLine` when there is no line any more."""
    of, own, locale = services(request), lines.own(scheme), held.locale
    line = await of.store.read_line(held.holder, now=of.clock())
    assert own is not None
    who = await around(request, scheme, line)
    name = lines.reading(who.readers) if who.readers else lines.called(own)
    state = () if line.closed else (*lines.standing(marks(line), name, of.clock()),
                                    *lines.there(scheme, who.readers, of.clock()))  # fmt: skip
    danger = _danger(line)
    if not said and danger is not None:
        said = lines.help_now(danger.danger, danger.text, of.clock())
    by_mail = notices.able(of)
    response = await pages.page(
        request, "line/talk.html", locale=locale, status=status, scheme=scheme, path=visits.path(scheme),
        exit_path=f"{visits.path(scheme)}/weg", form=guard.token(held.nonce), once=secrets.token_hex(8), note=note,
        bubbles=bubbles(line, who.readers + who.others, text(lines.called(own), locale), locale),
        state=rendered(state, locale), said=rendered(said, locale), wishes=rendered(_wishes(line, who), locale),
        around=rendered(lines.around(scheme, of.clock()), locale), closed=bool(line.closed), wrong=wrong, typed=typed,
        late=not who.readers or any(message.id == "confide.unread_long" for message in state),
        name=text(name, locale), notified=line.notified, by_mail=by_mail, sees_mail=notices.sender(of),
        mine="\n\n".join(told.text for word in line.words if not word.by and (told := content(word)).text),
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = guard.policy(of.site, media="'self' blob:")
    await visits.keep(request, response, scheme, held)
    return response


def _wishes(line: Line, who: Around) -> tuple[Message, ...]:
    if line.closed:
        return ()
    asked = next((told.asks for word in reversed(line.words) if (told := content(word)).asks), "")
    return lines.wishes(who.readers, who.others, asked)


def _danger(line: Line) -> Said | None:
    """What the client said last, if it spoke of danger: the help stays in view until they say something else."""
    mine = [content(word) for word in line.words if not word.by]
    return mine[-1] if mine and mine[-1].danger else None


def once_of(given: Mapping[str, str]) -> str:
    """What a form carries so that it counts once. Raises `guard.Strange`."""
    once = given.get("once", "")
    if not (len(once) == 16 and once.isascii() and once.isalnum()):
        raise guard.Strange
    return once


async def say(request: web.Request, scheme: Scheme, held: Pass) -> web.StreamResponse:
    """One message, the last one if the client wishes; posted twice it is said once."""
    given = await guard.form(request, held.nonce)
    guard.allow(request, "turn", held.nonce)
    words, once = given.get("say", "").strip(), once_of(given)
    if not words or len(words) > LONGEST:
        why = "confide.long" if words else "confide.empty"
        return await show(request, scheme, held, wrong=why, typed=words, status=422)
    last = bool(given.get("last"))
    kinds = lines.heard(words, held.locale)
    return await _send(request, scheme, held, Said(words, kinds, last), once)


async def send(request: web.Request, scheme: Scheme, held: Pass) -> web.StreamResponse:
    """A photo, of which only the picture is kept, or a voice."""
    guard.allow(request, "file", held.nonce)
    try:
        async with asyncio.timeout(attachments.PATIENCE):
            given, data = await attachments.received(request)
        guard.check(given, held.nonce)
        once, file = once_of(given), await asyncio.to_thread(files.fit, data)
    except TimeoutError:
        raise guard.Slow from None
    except attachments.Unfit as error:
        return await show(request, scheme, held, wrong=files.WORDS[error.why], status=422)
    return await _send(request, scheme, held, Said("", file=file.kind, data=file.data), once)


async def _send(
    request: web.Request, scheme: Scheme, held: Pass, said: Said, once: str
) -> web.StreamResponse:
    of = services(request)
    help_now = lines.help_now(said.danger, said.text, of.clock())
    try:
        await of.store.say_on_line(held.holder, msgspec.json.encode(said), once, now=of.clock())
        if said.last:
            await of.store.close_line(held.holder, now=of.clock())
    except NoRecipient:
        return await show(request, scheme, held, wrong="confide.unreachable", typed=said.text, said=help_now,
                          status=503)  # fmt: skip
    except LineClosed:
        return await show(request, scheme, held, typed=said.text, said=help_now, status=422)
    return pages.led(f"{visits.path(scheme)}#nu")


async def act(request: web.Request, scheme: Scheme, held: Pass) -> web.StreamResponse | None:
    """Ends the talk, destroys it, lets somebody else read it, or keeps where to send a notice; None: leaves the page.

    Raises `UnknownLine`, also after it was destroyed.
    """
    given, of = await guard.form(request, held.nonce), services(request)
    guard.allow(request, "turn", held.nonce)
    what, _, who = given.get("do", "").partition(":")
    match what:
        case "close":
            await of.store.close_line(held.holder, now=of.clock())
        case "wipe":
            await of.store.wipe_line(held.holder, now=of.clock())
            raise UnknownLine
        case "hand" | "share":
            line = await of.store.read_line(held.holder, now=of.clock())
            kept = () if what == "hand" else line.readers
            try:
                await of.store.share_line(held.holder, (*kept, who), now=of.clock())
            except NoRecipient:
                return await show(request, scheme, held, wrong="confide.share.gone", status=409)
        case "notice":
            return await _notice(request, scheme, held, given.get("mail", ""))
        case "quiet":
            await of.store.notify_line(held.holder, "")
        case _:
            return None
    return pages.led(f"{visits.path(scheme)}#nu")


async def _notice(request: web.Request, scheme: Scheme, held: Pass, typed: str) -> web.StreamResponse:
    of, to = services(request), addresses.read(typed)
    if not notices.able(of) or to is None:
        return await show(request, scheme, held, wrong="confide.notice.wrong", status=422)
    await of.store.notify_line(held.holder, to)
    return pages.led(f"{visits.path(scheme)}#nu")


async def piece(request: web.Request, held: Pass) -> web.StreamResponse:
    """A photo or a voice of this line. Raises `UnknownLine`, `web.HTTPNotFound`."""
    of = services(request)
    line = await of.store.read_line(held.holder, now=of.clock())
    return files.answer(line, request.match_info["number"])
