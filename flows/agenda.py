"""The agenda: what there is still to ask on a route, in the scheme's order, and how far the client is.

An agenda, not a graph: after every event the next question is simply the first one that is still open. So any
answer can come at any time, and nothing that was said is asked again (law 4).
"""

import msgspec

from flows.answers import Answer, Value
from flows.fields import CONTACT, DEPENDS, applies
from flows.once import per_scheme
from flows.scheme import Ask, Scheme
from flows.session import Session


def asks(scheme: Scheme, route: str | None) -> tuple[Ask, ...]:
    """The questions of a route, in order; a route that the scheme does not describe asks for the story alone.

    Contact is one question that takes several answers; other fields that stand together are asked one by one.
    """
    return _routes(scheme).get(route or "complaint", _STORY_ALONE)


_STORY_ALONE = (Ask(("story",), "law"),)


@per_scheme
def _routes(scheme: Scheme) -> dict[str, tuple[Ask, ...]]:
    """The questions of every route: each turn needs them several times."""
    return {route: _one_by_one(listed) for route, listed in scheme.asks.items()}


def _one_by_one(listed: tuple[Ask, ...]) -> tuple[Ask, ...]:
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
    return tuple([field for field in ask.fields if _is_open(scheme, session, field)])


def _is_open(scheme: Scheme, session: Session, field: str) -> bool:
    answers = session.answers
    return field not in answers and field not in session.skipped and applies(scheme, field, answers)


def _asks_something(scheme: Scheme, session: Session, ask: Ask) -> bool:
    for field in ask.fields:  # noqa: SIM110 (every turn asks this of every question, and this is the quicker way)
        if _is_open(scheme, session, field):
            return True
    return False


def next_ask(scheme: Scheme, session: Session) -> Ask | None:
    """The next question, or None when all that this route asks is known or skipped."""
    for ask in asks(scheme, session.route):
        if _asks_something(scheme, session, ask):
            return ask
    return None


def progress(scheme: Scheme, session: Session, ask: Ask) -> tuple[int, int]:
    """Which question of how many this is; the story is not counted, nor what was never asked."""
    put = left = 0
    for one in asks(scheme, session.route):
        if one.fields == ("story",):
            continue
        if one.fields[0] in session.asked and one != ask:
            put += 1
        elif _asks_something(scheme, session, one):
            left += 1
    return put + 1, max(put + left, put + 1)


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
