"""The agenda: what there is still to ask on a route, in the scheme's order, and how far the client is.

An agenda, not a graph: after every event the next question is simply the first one that is still open. So any
answer can come at any time, and nothing that was said is asked again (law 4).
"""

from functools import cache

import msgspec

from flows.answers import Answer, Value
from flows.fields import CONTACT, DEPENDS, applies
from flows.scheme import Ask, Scheme
from flows.session import Session


def asks(scheme: Scheme, route: str | None) -> tuple[Ask, ...]:
    """The questions of a route, in order; a route that the scheme does not describe asks for the story alone.

    Contact is one question that takes several answers; other fields that stand together are asked one by one.
    """
    return _one_by_one(scheme.asks.get(route or "complaint", _STORY_ALONE))


_STORY_ALONE = (Ask(("story",), "law"),)


@cache
def _one_by_one(listed: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Made once per route: every turn needs it several times."""
    return tuple(
        single
        for ask in listed
        for single in (
            (ask,)
            if set(ask.fields) <= set(CONTACT)
            else tuple(Ask((field,), ask.required, ask.clause) for field in ask.fields)
        )
    )


def open_fields(scheme: Scheme, session: Session, ask: Ask) -> tuple[str, ...]:
    """The fields of one question that are still to be answered."""
    return tuple(
        field
        for field in ask.fields
        if field not in session.answers
        and field not in session.skipped
        and applies(scheme, field, session.answers)
    )


def next_ask(scheme: Scheme, session: Session) -> Ask | None:
    """The next question, or None when all that this route asks is known or skipped."""
    return next((ask for ask in asks(scheme, session.route) if open_fields(scheme, session, ask)), None)


def progress(scheme: Scheme, session: Session, ask: Ask) -> tuple[int, int]:
    """Which question of how many this is; the story is not counted, nor what was never asked."""
    counted = [a for a in asks(scheme, session.route) if a.fields != ("story",)]
    put = [a for a in counted if a.fields[0] in session.asked and a != ask]
    left = [a for a in counted if a not in put and open_fields(scheme, session, a)]
    return len(put) + 1, max(len(put) + len(left), len(put) + 1)


def ask_of(scheme: Scheme, session: Session, field: str) -> Ask:
    """The question that a field belongs to on this route; a field outside the route is a question of its own."""
    return next((ask for ask in asks(scheme, session.route) if field in ask.fields), Ask((field,)))


def with_answer(session: Session, field: str, answer: Answer) -> Session:
    """The session with this answer; answers that rest on a changed field are dropped, so they are asked again."""
    before = session.answers.get(field)
    answers = dict(session.answers)
    answers[field] = answer
    dropped: set[str] = set()
    if before is not None and before.value != answer.value:
        dropped = {name for name, grounds in DEPENDS.items() if field in grounds}
    return msgspec.structs.replace(
        session,
        answers={name: known for name, known in answers.items() if name not in dropped},
        skipped=tuple(name for name in session.skipped if name != field and name not in dropped),
        asked=tuple(name for name in session.asked if name not in dropped),
    )


def without(session: Session, *fields: str) -> Session:
    """The session without these answers, so that they are asked again."""
    return msgspec.structs.replace(
        session,
        answers={name: known for name, known in session.answers.items() if name not in fields},
        skipped=tuple(name for name in session.skipped if name not in fields),
        asked=tuple(name for name in session.asked if name not in fields),
    )


def known(session: Session) -> dict[str, Value]:
    """The values known so far, by field."""
    return {name: answer.value for name, answer in session.answers.items()}
