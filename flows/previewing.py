"""A scheme as a client would meet it, to look at before it goes live. Pure, and nothing of it is kept.

The conversation is a real one: the engine is asked, and answered as shortly as can be, so that what is shown is what
would be said. What it leaves out, because an answer was skipped, stands in the list of questions.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from flows import agenda, forms, greeting
from flows.calendar.zone import AMSTERDAM
from flows.engine import advance
from flows.events import Chose, Deadline, Event, Said, Started
from flows.messages import Message, Option
from flows.scheme import Clause, Scheme, TermRule
from flows.session import Fresh, Session
from flows.terms import deadline, rules_anywhere

SHORTLY = ("send", "skip", "yes", "no")
"""How every question is answered, the first of these that is offered; where none is, the client has a choice."""

LONGEST = 40
"""More turns than any conversation of a scheme takes when it is answered shortly."""

EXAMPLE = Fresh("22222222", "woord woord woord woord woord")
"""A case number and a claim code that nobody has."""


class Move(msgspec.Struct, frozen=True):
    """What the client said or chose (nothing at the beginning), and what they are told."""

    said: str
    chose: Option | None
    messages: tuple[Message, ...]


class Question(msgspec.Struct, frozen=True):
    """A question of a route: what is asked, who wants it (`Ask.required`), and by which clause."""

    room: forms.Room
    required: str
    clause: Clause


class Period(msgspec.Struct, frozen=True):
    """A term, and its day if its event were today; an agreed one has none."""

    rule: TermRule
    deadline: Deadline | None


def routes(scheme: Scheme) -> tuple[str, ...]:
    """The routes that a conversation can begin with: telling what happened, and what the first screen offers."""
    return ("complaint", *(route for route in ("story", "suggestion") if route in scheme.asks))


def conversation(scheme: Scheme, locale: str, route: str, story: str, now: datetime) -> tuple[Move, ...]:
    """The conversation of a route from the first screen to its end, or to where the client has a choice to make.

    `story` is what the client tells. `now` has a zone.
    """
    session = greeting.begin(scheme, "web", locale)
    first: list[Event] = [Started("web", locale), Said(story)]
    if route != "complaint":
        first.insert(1, Chose((route,)))
    moves: list[Move] = []
    offered: dict[str, Option] = {}
    while len(moves) < LONGEST:
        event = first.pop(0) if first else _shortly(session, offered)
        if event is None:
            break
        turn = advance(scheme, session, event, now, EXAMPLE)
        chose = offered.get(event.ids[0]) if isinstance(event, Chose) else None
        moves.append(Move(event.text if isinstance(event, Said) else "", chose, turn.messages))
        session = turn.session
        offered = {option.id: option for message in turn.messages for option in message.options}
    return tuple(moves)


def _shortly(session: Session, offered: Mapping[str, Option]) -> Event | None:
    """The shortest answer to what is asked; None at the end, and where the client has a choice to make."""
    short = next((id for id in SHORTLY if id in offered), None)
    return Chose((short,)) if short is not None and session.state != "done" else None


def questions(scheme: Scheme, route: str) -> tuple[Question, ...]:
    """Every question of a route in its order, also those that hang on another answer."""
    asked = {field: ask for ask in agenda.asks(scheme, route) for field in ask.fields}
    return tuple(
        Question(room, asked[room.field].required, asked[room.field].clause)
        for room in forms.rooms(scheme, route)
    )


def periods(scheme: Scheme, now: datetime) -> tuple[Period, ...]:
    """Every term that can run on a case, of the scheme and of the laws it names; also those of a single place."""
    today = now.astimezone(AMSTERDAM)
    return tuple(
        Period(rule, None if rule.basis == "agreed" else deadline(rule, today, scheme))
        for rule in rules_anywhere(scheme)
    )
