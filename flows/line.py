"""The anonymous line to a confidant: who can be reached by it, and what is said around it. Pure.

The five points about a confidant (Besluit Jeugdwet 4.1.1) are said before a line is opened; a line is offered only
where the scheme has a confidant of its own (IB-4, BG-7a). Whoever is outside the organisation is shown with their
own ways (BG-7b, CJ-7, CJ-8): no line to them is pretended.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from flows import helplines, safety, wording
from flows.messages import Arg, Message, Names
from flows.scheme import Confidant, Scheme
from flows.session import Turn
from flows.understand import danger

LONG = timedelta(days=2)
"""After so long without anybody reading, other ways are named first."""


class Said(msgspec.Struct, frozen=True):
    """What a message on the line holds, sealed: the words, and the kinds of danger heard in the client's.

    `last`: it is the last word, and with it the talk ends.
    """

    text: str
    danger: tuple[str, ...] = ()
    last: bool = False


class Mark(msgspec.Struct, frozen=True):
    """One message as it stands: by the client or not, since which hour, and whether the other side saw it."""

    mine: bool
    at: datetime
    read: bool


def has(confidant: Confidant) -> bool:
    """Whether there is a line to this confidant: never to an outside body."""
    return confidant.line and not confidant.outside


def own(scheme: Scheme) -> Confidant | None:
    """The scheme's own confidant who has a line, or None."""
    return next((one for one in scheme.confidants if has(one)), None)


def own_at(scheme: Scheme, location: object) -> Confidant | None:
    """The confidant with a line for a client of this location (an id, or None when unknown)."""
    place = location if isinstance(location, str) else None
    return next((one for one in scheme.confidants_at(place) if has(one)), None)


def path(scheme: Scheme) -> str:
    """Where the scheme's line is on our site: one address for everyone."""
    return f"/{scheme.id}/praten"


LEADING = frozenset({"confidant.line.here", "confidant.line.page", "confidant.line.away"})
"""What is said where a line can be gone to. The option to begin one here is called ``line``."""


def leads(turn: Turn) -> bool:
    """Whether something of this turn leads to a line."""
    return any(message.id in LEADING for message in turn.messages)


def without(turn: Turn) -> Turn:
    """The turn without what leads to a line: nobody is there to read it."""
    kept = [
        msgspec.structs.replace(message, options=tuple(one for one in message.options if one.id != "line"))
        for message in turn.messages
        if message.id not in LEADING
    ]
    return msgspec.structs.replace(turn, messages=tuple(kept))


def others(scheme: Scheme) -> tuple[Confidant, ...]:
    """The confidants who have no line: outside bodies, and those reached by the organisation's own ways."""
    return tuple(one for one in scheme.confidants if one is not own(scheme))


def called(confidant: Confidant) -> Arg:
    """The confidant's name, or what they are where the source names nobody."""
    return confidant.name or wording.words(confidant.role)


def before(scheme: Scheme, confidant: Confidant) -> tuple[Message, ...]:
    """What is true of writing to this confidant, said before there is a line."""
    name = (("name", called(confidant)),)
    said = [Message("confide.lead", name), Message("confide.sees", name), Message("confide.story")]
    kept = Message("confide.kept", (("months", str(scheme.retention.maximum)),))
    return (*said, *points(scheme, confidant), kept)


def points(scheme: Scheme, confidant: Confidant) -> tuple[Message, ...]:
    """What this confidant does and what stays between you, as the source says it."""
    said = [Message(f"confidant.says.{point}") for point in confidant.says]
    if confidant.free and not confidant.unconfirmed:
        said.append(Message("confidant.free"))
    return tuple(said)


def ways(scheme: Scheme, confidant: Confidant) -> tuple[Message, ...]:
    """How this confidant is reached without the line; a call can show the number."""
    contact = scheme.contacts[confidant.contact]
    who = wording.words(contact.label)
    found = wording.ways(contact)
    if not found:
        return (Message("confidant.reach.ask", (("org", scheme.name), ("who", who))),)
    said = [Message("confidant.reach", (("who", who), ("ways", Names(found, "lines"))))]
    if contact.phone:
        said.append(Message("claim.call_shows_number"))
    return tuple(said)


def outside(scheme: Scheme) -> tuple[Message, ...]:
    """Those who have no line, each with their own ways."""
    said: list[Message] = []
    for one in others(scheme):
        who = called(one)
        if one.outside:
            said.append(Message("confidant.outside", (("org", scheme.name), ("who", who))))
        else:
            said.append(Message("confidant.role", (("who", who),)))
        said += [*points(scheme, one), *ways(scheme, one)]
    return tuple(said)


def standing(marks: Sequence[Mark], who: Arg, now: datetime) -> tuple[Message, ...]:
    """Whether what the client said last was read; honest when nobody reads for long."""
    mine = [mark for mark in marks if mark.mine]
    if not mine:
        return ()
    name = (("name", who),)
    waiting = [mark for mark in mine if not mark.read]
    if not waiting:
        return (Message("confide.read", name),)
    if now - waiting[0].at >= LONG:
        days = str((now - waiting[0].at).days)
        return (Message("confide.unread_long", (("days", days), ("name", who))),)
    return (Message("confide.unread", name),)


def heard(text: str, locale: str) -> tuple[str, ...]:
    """The kinds of danger in what a client says."""
    return tuple(dict.fromkeys(one.kind for one in danger.find(text, locale)))


def help_now(kinds: tuple[str, ...], text: str, now: datetime) -> tuple[Message, ...]:
    """The help lines for this danger, shown at once; nobody is told to call whom they complain of."""
    if not kinds:
        return ()
    said: list[Message] = []
    if "suicide" in kinds or "self_harm" in kinds:
        said.append(Message("danger.suicide"))
    if safety.ACUTE & set(kinds):
        said.append(Message("danger.now"))
    found = helplines.lines_for(kinds, now, danger.about_helpline(text), None)
    shown = tuple(safety.helpline(line) for line in found if line.id not in ("112", "113"))
    if shown:
        said.append(Message("danger.lines", (("lines", Names(shown, "lines")),)))
    return tuple(said)


class Circumstances(msgspec.Struct, frozen=True):
    """What a promise on the line's pages can rest on: the scheme, who reads by account, and what was said."""

    scheme: Scheme
    readers: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


class LineClaim(msgspec.Struct, frozen=True):
    """One promise of the line's pages: its messages, and when it is true."""

    id: str
    promise: str
    messages: tuple[str, ...]
    holds: Callable[[Circumstances], bool]


def _a_line(at: Circumstances) -> bool:
    return own(at.scheme) is not None and bool(at.readers)


CLAIMS: tuple[LineClaim, ...] = (
    LineClaim("line_reader", "who reads what is written here", ("confide.lead", "confide.sees"), _a_line),
    LineClaim("line_key", "only the words lead back in", ("confide.code.lost", "confide.code.why"), _a_line),
    LineClaim("line_unread", "nobody has read it yet", ("confide.unread", "confide.unread_long"),
              lambda at: any(mark.mine and not mark.read for mark in at.marks)),
    LineClaim("line_read", "it was read", ("confide.read",),
              lambda at: all(mark.read for mark in at.marks if mark.mine)),
    LineClaim("line_none", "there is no line here", ("confide.none",), lambda at: not _a_line(at)),
)  # fmt: skip


def broken(at: Circumstances, said: Sequence[Message]) -> tuple[str, ...]:
    """The claims, as ``claim (message)``, that these messages make and that do not hold."""
    return tuple(
        f"{claim.id} ({message.id})"
        for message in said
        for claim in CLAIMS
        if message.id in claim.messages and not claim.holds(at)
    )
