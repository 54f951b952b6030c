"""A conversation as a pure function: `advance(scheme, session, event, now, fresh) -> Turn`.

The rules
 1. Nothing is done here. A turn is one value: the new session, what to say, and orders not yet carried out.
 2. There is no clock and no chance: `now` and `fresh` are arguments.
 3. Every event in every state has an answer, and the conversation can always still end.
 4. The session that comes out can be saved, loaded and handed in again at any later time.

Which module answers what: `greeting` the first screen, `listening` typed text, `choosing` options, `files` photos
and the like, `forms` the plain form, `later` time and officers, `leaving` stop and wipe, `requests` claim codes,
`written` what officers write.
"""

from datetime import datetime
from typing import assert_never

from flows import choosing, files, following, forms, greeting, later, leaving, listening, requests, written
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer
from flows.events import (
    AskedToForget,
    AskedToStop,
    Chose,
    Claimed,
    Event,
    Filled,
    Happened,
    Said,
    Sent,
    Started,
    TimePassed,
    Written,
)  # fmt: skip
from flows.scheme import Scheme
from flows.session import Fresh, Session, Turn
from flows.understand import sayings


def advance(scheme: Scheme, session: Session, event: Event, now: datetime, fresh: Fresh) -> Turn:
    """What this event leads to.

    `now` has a time zone and is taken in Europe/Amsterdam. Raises `ValueError` when it has none, or when the
    session belongs to another scheme: both are the caller's mistake. No text, choice or file ever raises.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    if session.scheme != scheme.id:
        raise ValueError(f"a session of {session.scheme} cannot go on in {scheme.id}")
    c = Composer(scheme, session, now.astimezone(AMSTERDAM), fresh)
    if later.expired(c) and not isinstance(event, TimePassed):
        leaving.expire(c)
    match event:
        case Started():
            if not greeting.start(c, event):
                choosing.take_up(c)
        case Said():
            listening.said(c, event)
        case Chose():
            choosing.chose(c, event)
        case Sent():
            if event.overheard:
                listening.overheard(c, event.overheard)
            if event.caption:
                listening.said(c, Said(event.caption))
            files.sent(c, event)
        case Filled():
            forms.filled(c, event)
        case TimePassed():
            later.time_passed(c)
        case Happened():
            later.happened(c, event)
        case Written():
            written.arrived(c, event)
        case Claimed():
            requests.claimed(c, event)
        case AskedToStop():
            leaving.stop(c)
        case AskedToForget():
            leaving.wipe(c)
        case _:
            assert_never(event)
    if isinstance(event, Said | Chose | Claimed):
        following.on_return(c)
    sayings.forget()
    return c.turn()


def refused(scheme: Scheme, session: Session, now: datetime, why: str) -> Turn:
    """The turn when the store could not keep what a turn ordered: nothing was sent, and that is said at once.

    `why` is the store's reason (``NoRecipient``, ``NoRecovery``, ``DiskFull``). The session stays as it was, so
    nothing that the client told is lost; the scheme's other ways are shown.
    """
    c = Composer(scheme, session, now.astimezone(AMSTERDAM), Fresh("", ""))
    c.error = why
    c.say("send.not_possible")
    leaving.ways(c)
    return c.turn()
