"""A scheme as a client would meet it, for the administrator: the talk, the questions, the steps. Nothing is stored."""

from collections.abc import Sequence

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import PATH
from bot.web import pages
from bot.web.services import services
from flows import greeting, previewing, wording
from flows.messages import Message, Names, Phrase
from flows.previewing import Period, Question
from flows.scheme import Rung, Scheme
from locales import Rendered, dates, known, reason, render, text


class Said(msgspec.Struct, frozen=True):
    """One turn of the talk: what the client did, and what they read."""

    mine: str
    said: tuple[Rendered, ...]


class Asked(msgspec.Struct, frozen=True):
    """A question as the client reads it, with what can be chosen and who wants to know."""

    words: str
    options: tuple[str, ...]
    needed: str
    clauses: tuple[str, ...]


class Step(msgspec.Struct, frozen=True):
    """A rung of the ladder as the client reads it."""

    name: str
    words: str
    reach: str
    clauses: tuple[str, ...]


class Time(msgspec.Struct, frozen=True):
    """A term: what is due, from when, how long, and what day that would be if it began today."""

    what: str
    since: str
    long: str
    example: str
    told: bool
    clauses: tuple[str, ...]


async def preview(request: web.Request) -> web.Response:
    """The page, in the register and for the kind of talk that the address asks for."""
    desk = await session.administrator(request)
    of = services(request)
    scheme, now = of.schemes.load(desk.officer.scheme), of.clock()
    offered, routes = greeting.locales(scheme), previewing.routes(scheme)
    locale = next((one for one in offered if one == request.query.get("taal")), offered[0])
    route = next((one for one in routes if one == request.query.get("soort")), routes[0])
    story = text(Phrase("desk.preview.story"), locale)
    moves = previewing.conversation(scheme, locale, route, story, now)
    return await pages.page(
        request, "desk/preview.html", locale=desk.locale, desk=desk, scheme=scheme,
        chosen=locale, offered=offered, route=route, routes=routes,
        talk=[_said(move, locale) for move in moves],
        asked=[(one, [asked(question, locale, desk.locale) for question in previewing.questions(scheme, one)])
               for one in scheme.asks],
        steps=[step(scheme, rung, locale) for rung in scheme.ladder],
        times=[time(one, locale, desk.locale) for one in previewing.periods(scheme, now)],
    )  # fmt: skip


def _said(move: previewing.Move, locale: str) -> Said:
    mine = text(move.chose.label, locale) if move.chose is not None else move.said
    return Said(mine, _read(move.messages, locale))


def _read(messages: Sequence[Message], locale: str) -> tuple[Rendered, ...]:
    return tuple(render(message, locale) for message in messages)


def asked(of: Question, locale: str, own: str) -> Asked:
    """A question in words; who wants to know in the language of who looks (`own`)."""
    shown = render(Message(of.room.question.id, of.room.question.args, of.room.options), locale)
    needed = text(Phrase(f"desk.preview.needed.{of.required}"), own)
    return Asked(shown.text, tuple(one.label for one in shown.options), needed, _clauses(of.clause))


def step(scheme: Scheme, rung: Rung, locale: str) -> Step:
    """A rung in words, with how it is reached as far as the source says."""
    contact = scheme.contacts.get(rung.contact or "")
    ways = wording.ways(contact) if contact is not None else ()
    return Step(
        text(wording.words(rung.label), locale),
        text(wording.words(rung.text), locale),
        text(Names(ways, "lines"), locale) if ways else "",
        _clauses(rung.clause),
    )


def time(of: Period, locale: str, own: str) -> Time:
    """A term: its name as clients read it, the rest in the language of who looks (`own`)."""
    rule = of.rule
    long = f"office.why.{'agreed' if rule.basis == 'agreed' else rule.unit}"
    event = f"desk.step.{rule.starts}"
    found = of.deadline
    return Time(
        text(wording.words(rule.label), locale),
        text(Phrase(event), own) if known(event, own) else rule.starts,
        text(Phrase(long, (("count", rule.count),)), own),
        f"{dates.day(wording.day(found.date).date, own)}. {reason(found.why, own)}" if found else "",
        rule.tell,
        _clauses(rule.clause),
    )


def _clauses(of: str | tuple[str, ...]) -> tuple[str, ...]:
    return of if isinstance(of, tuple) else (of,)


ROUTES = (web.get(f"{PATH}/beheer/voorbeeld", preview),)
