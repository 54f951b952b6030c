"""The anonymous line to a confidant: who can be reached by it, and what is said around it. Pure.

The five points about a confidant (Besluit Jeugdwet 4.1.1) are said before a line is opened; a line is offered only
where the scheme has a confidant of its own (IB-4, BG-7a). Whoever is outside the organisation is shown with their
own ways (BG-7b, CJ-7, CJ-8): no line to them is pretended.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from flows import helplines, opening, safety, wording
from flows.messages import Arg, Day, Message, Names, Option, Phrase
from flows.scheme import Confidant, Scheme
from flows.session import Turn

LONG = timedelta(days=2)
"""After so long without anybody reading, other ways are named first."""


class Said(msgspec.Struct, frozen=True):
    """What a message on the line holds, sealed: the words, and the kinds of danger heard in the client's.

    `last`: it is the last word, and with it the talk ends. `asks`: the confidant's wish that another one (an id)
    takes over. `file` is a ``photo`` or a ``voice``, whose bytes are `data`.
    """

    text: str
    danger: tuple[str, ...] = ()
    last: bool = False
    asks: str = ""
    file: Literal["", "photo", "voice"] = ""
    data: bytes = b""


class Reader(msgspec.Struct, frozen=True):
    """A confidant who reads, or could: whether they are at the inbox now, and the last day of their absence."""

    id: str
    name: str
    here: bool = False
    away: date | None = None


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


def before(scheme: Scheme, confidant: Confidant, reader: Reader | None = None) -> tuple[Message, ...]:
    """What is true of writing to this confidant, said before there is a line; `reader` is who will read it."""
    name = (("name", reader.name if reader is not None else called(confidant)),)
    said = [Message("confide.lead", name), Message("confide.sees", name), Message("confide.story")]
    kept = Message("confide.kept", (("months", str(scheme.retention.maximum)),))
    return (*said, *points(scheme, confidant), kept)


def points(scheme: Scheme, confidant: Confidant) -> tuple[Message, ...]:
    """What this confidant does and what stays between you, as the source says it."""
    said = [Message(f"confidant.says.{point}") for point in confidant.says]
    if confidant.free and not confidant.unconfirmed:
        said.append(Message("confidant.free"))
    return tuple(said)


def ways(scheme: Scheme, confidant: Confidant, now: datetime) -> tuple[Message, ...]:
    """How this confidant is reached without the line, and whether that is open now; a call can show the number."""
    contact = scheme.contacts[confidant.contact]
    who = wording.words(contact.label)
    found = wording.ways(contact)
    if not found:
        return (Message("confidant.reach.ask", (("org", scheme.name), ("who", who))),)
    said = [Message("confidant.reach", (("who", who), ("ways", Names(found, "lines"))))]
    if contact.phone:
        said.append(Message("claim.call_shows_number"))
    return (*said, *opening.open_hours(contact, now, scheme))


def outside(scheme: Scheme, now: datetime) -> tuple[Message, ...]:
    """Those who have no line, each with their own ways."""
    said: list[Message] = []
    for one in others(scheme):
        who = called(one)
        if one.outside:
            said.append(Message("confidant.outside", (("org", scheme.name), ("who", who))))
        else:
            said.append(Message("confidant.role", (("who", who),)))
        said += [*points(scheme, one), *ways(scheme, one, now)]
    return tuple(said)


def helpers(scheme: Scheme) -> tuple[Message, ...]:
    """Others of the organisation who help: an independent klachtenfunctionaris where the source names one."""
    return tuple(
        Message("support.rung", (
            ("who", wording.words(scheme.contacts[rung.contact].label if rung.contact else rung.label)),
            ("text", wording.words(rung.text)),
        ))
        for rung in scheme.ladder
        if rung.kind == "officer"
    )  # fmt: skip


def instead(scheme: Scheme) -> tuple[Message, ...]:
    """Where no source names a confidant: that none is known, and who else there is."""
    if scheme.confidants:
        return ()
    said = [Message("confidant.none", (("org", scheme.name),)), *helpers(scheme)]
    for key in scheme.human:
        contact = scheme.contacts[key]
        who, found = ("who", wording.words(contact.label)), wording.ways(contact)
        if found:
            said.append(Message("human.contact", (who, ("ways", Names(found, "lines")))))
        else:
            said.append(Message("human.ask", (who,)))
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


def there(scheme: Scheme, readers: Sequence[Reader], now: datetime) -> tuple[Message, ...]:
    """Whether somebody who reads is at the inbox now, else until when nobody comes, else the hours of the source."""
    at_work = [one for one in readers if one.here]
    if at_work:
        return (Message("confide.here", (("name", reading(at_work)),)),)
    back = [one.away for one in readers if one.away is not None]
    if back and len(back) == len(readers):
        return (Message("confide.away", (("name", reading(readers)), ("day", Day(min(back))))),)
    own_one = own(scheme)
    return opening.open_hours(scheme.contacts[own_one.contact], now, scheme) if own_one is not None else ()


def reading(readers: Sequence[Reader]) -> Arg:
    """Those who read, as they are named together."""
    return Names(tuple(one.name for one in readers), "or") if len(readers) != 1 else readers[0].name


def around(scheme: Scheme, now: datetime) -> tuple[Message, ...]:
    """Every other way to talk: the confidant's own, and those outside."""
    one = own(scheme)
    return (*(ways(scheme, one, now) if one is not None else ()), *outside(scheme, now), *instead(scheme))


def wishes(readers: Sequence[Reader], others: Sequence[Reader], asked: str = "") -> tuple[Message, ...]:
    """What the client is asked about who reads: the confidant's wish to hand over (to `asked`, an id) comes first.

    Each carries the answer as an option: ``hand:ID`` (that one alone from here on) or ``share:ID`` (that one too).
    """
    said = [
        Message(
            "confide.hand", (("name", reading(readers)), ("other", one.name)),
            (Option(f"hand:{one.id}", Phrase("confide.hand.yes", (("other", one.name),))),),
        )
        for one in others
        if one.id == asked
    ]  # fmt: skip
    said += [
        Message(
            "confide.share", (("other", one.name),),
            (Option(f"share:{one.id}", Phrase("confide.share.yes", (("other", one.name),))),),
        )
        for one in others
        if one.id != asked
    ]  # fmt: skip
    return tuple(said)


def heard(text: str, locale: str) -> tuple[str, ...]:
    """The kinds of danger in what a client says."""
    from flows.understand import danger  # noqa: PLC0415 (10 ms, and no page needs it before a word was said)

    return tuple(dict.fromkeys(one.kind for one in danger.find(text, locale)))


def help_now(kinds: tuple[str, ...], text: str, now: datetime) -> tuple[Message, ...]:
    """The help lines for this danger, shown at once; nobody is told to call whom they complain of."""
    if not kinds:
        return ()
    from flows.understand import danger  # noqa: PLC0415 (as above)

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
