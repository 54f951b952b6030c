"""The plain form: all questions of a route on one page, read with the same eyes as the conversation.

The rules
 1. What a form asks is what the route asks (`agenda.asks`), in its order; a sixth scheme has its form at once.
 2. A room that was left open is a question that was skipped; only the story is needed (law).
 3. What cannot be read is told beside its room, in the words of the chat; until then nothing is taken in.
 4. A filled form goes on where a conversation that has all its answers goes on: danger first, then what was
    understood from the story, then the check card. Nothing is sent from the form itself.
"""

from datetime import datetime

import msgspec

from flows import agenda, answering, fields, hearing, listening, pending, safety, wording
from flows.answers import Answer, When
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer
from flows.events import MAX_TEXT, Filled
from flows.messages import Arg, Message, Option, Quote
from flows.scheme import Scheme
from flows.session import Fresh, Session
from flows.understand.findings import Heard

ROUTES = ("complaint", "story", "suggestion")
"""The routes that have a form, where the scheme has them."""


OWN = {"contact_safe": "ask.contact_safe.phone_email"}
"""Questions whose words hang on what was answered, as a form puts them."""


class Room(msgspec.Struct, frozen=True):
    """One question of a form: its `field`, its words, what can be ticked in it, and whether it must be filled."""

    field: str
    question: Message
    options: tuple[Option, ...] = ()
    multiple: bool = False
    needed: bool = False


class Unread(msgspec.Struct, frozen=True):
    """A room whose content cannot be read, and what to say beside it."""

    field: str
    why: Message


def routes(scheme: Scheme) -> tuple[str, ...]:
    """The routes of this scheme that can be filled in as a form."""
    return tuple(route for route in ROUTES if route in scheme.asks)


def rooms(scheme: Scheme, route: str) -> tuple[Room, ...]:
    """Every question of the form for this route, in the order of the chat."""
    names: dict[str, Arg] = {
        "org": scheme.name,
        "worker": wording.worker(scheme),
        "who": wording.reader(scheme),
    }
    listed = [field for ask in agenda.asks(scheme, route) for field in ask.fields]
    return tuple(
        Room(
            field,
            Message(OWN.get(field, f"ask.{field}"), tuple(names.items())),
            fields.choices(scheme, field),
            fields.KINDS[field] == "choices",
            needed=field == "story",
        )
        for field in sorted(listed, key=lambda field: _grounds_before(listed, field))
        if fields.choices(scheme, field) or fields.KINDS[field] not in ("choice", "choices")
    )


def _grounds_before(listed: list[str], field: str) -> tuple[int, bool]:
    """Where a field stands: in the route's order, but after what it rests on (a number before "is it yours?")."""
    grounds = [name for name in fields.DEPENDS.get(field, ()) if name in listed]
    return max(listed.index(name) for name in (field, *grounds)), bool(grounds)


def begun(scheme: Scheme, session: Session, route: str) -> Filled:
    """The form with all that was answered in the chat so far; nothing of a case that was filed."""
    written: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    for room in rooms(scheme, route) if session.case is None else ():
        answer = session.answers.get(room.field)
        value = answer.value if answer else None
        if answer is None or value in (fields.UNKNOWN, fields.NONE):
            continue
        if isinstance(value, When):
            one = value.earliest == value.latest and not value.ongoing
            written[room.field] = f"{value.earliest:%d-%m-%Y}" if one else answer.words
            continue
        several = value if isinstance(value, tuple) else (value,)
        offered = {option.id for option in room.options}
        if not offered:
            written[room.field] = ", ".join(part for part in several if part)
        elif chosen := tuple(part for part in several if part in offered):
            ticked[room.field] = chosen
    return Filled(route, written, ticked)


def problems(scheme: Scheme, session: Session, event: Filled, now: datetime) -> tuple[Unread, ...]:
    """What of a filled form cannot be read; empty when it can be taken in."""
    return _read(Composer(scheme, _clean(session, event), now.astimezone(AMSTERDAM), Fresh("", "")), event)


def filled(c: Composer, event: Filled) -> None:
    """Takes in a filled form; where something of it cannot be read, says so and changes nothing."""
    before = c.session
    c.session = _clean(before, event)
    wrong = _read(c, event)
    if wrong:
        c.session = before
        c.messages.clear()
        c.error = "form"
        c.messages.extend(unread.why for unread in wrong)
        return
    c.messages.clear()  # what was corrected on the way stands on the card that follows
    for text in event.written.values():
        safety.respond(c, listening.hear(c, listening.clean(text)))
    hearing.take(c, listening.hear(c, "\n".join(c.session.said)), correcting=False)
    left = (room.field for room in rooms(c.scheme, event.route) if room.field not in c.session.answers)
    c.change(state="asking", skipped=tuple(dict.fromkeys((*c.session.skipped, *left))))
    c.wait(doubt=c.session.doubt)
    pending.go_on(c)


def _clean(session: Session, event: Filled) -> Session:
    """A conversation that begins with this form; files and danger of before are kept."""
    return Session(
        session.scheme,
        session.scheme_version,
        session.platform,
        locale=session.locale,
        route=event.route,
        attachments=session.attachments,
        danger=session.danger,
    )


def _read(c: Composer, event: Filled) -> tuple[Unread, ...]:
    """Reads every room into the session of `c`; what cannot be read is returned instead."""
    wrong: list[Unread] = []
    for room in rooms(c.scheme, event.route):
        text = listening.clean(event.written.get(room.field, ""))
        ticked = event.ticked.get(room.field, ())
        why: Message | None = None
        if room.field == "story":
            why = _story(c, text)
        elif ticked:
            chosen = answering.chosen(c, room.field, ticked if room.multiple else ticked[:1])
            why = None if chosen else Message(f"again.{fields.KINDS[room.field]}")
        elif text:
            why = _room(c, room.field, text)
        if why is not None:
            wrong.append(Unread(room.field, why))
    return tuple(wrong)


def _story(c: Composer, text: str) -> Message | None:
    if not text and not c.session.attachments:
        return Message("skip.story")
    if len(text) > MAX_TEXT:
        return Message("said.too_long", count=MAX_TEXT)
    c.change(said=(text,))
    c.session = agenda.with_answer(c.session, "story", Answer(text, text))
    return None


def _room(c: Composer, field: str, text: str) -> Message | None:
    if len(text) > MAX_TEXT:
        return Message("said.too_long", count=MAX_TEXT)
    c.wait(asking=field)
    heard = listening.hear(c, text)
    if answering.answer(c, field, heard, text):
        return None
    return _why(field, heard)


def _why(field: str, heard: Heard) -> Message:
    """What to say of a text that is no answer: what is wrong with it, or what kind of answer is meant."""
    finding = heard.findings.get(field)
    if finding is None:
        return Message(f"again.{fields.KINDS[field]}")
    words = (("words", Quote(finding.words)),)
    if finding.note in hearing.EXPLAINED:
        return Message(f"note.{finding.note}", words)
    if len(finding.candidates) > 1:
        return Message("doubt.ambiguous", words)
    return Message(f"again.{fields.KINDS[field]}")
