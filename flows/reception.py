"""Before there is an organisation: a bot for several asks which one, and what was told meanwhile goes along.

A turn here is as any other (`flows.engine`): danger comes first, nothing is done, and every event has an answer. Only
there is no scheme yet, so nothing is asked or promised that a scheme would have to keep: the session belongs to the
scheme ``""``, its `said` waits for the choice, and its `route` is the organisation that was chosen last.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from flows import editing, greeting, listening, safety, telling, understand
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer, option
from flows.effects import Forget
from flows.events import MAX_TEXT, AskedToForget, AskedToStop, Chose, Event, Said, Sent
from flows.messages import Label, Option
from flows.scheme import Scheme
from flows.session import Fresh, Session, Turn
from flows.understand.findings import Heard

NOWHERE = ""
"""The scheme of a conversation that has none yet."""

PREFIX = "org:"
"""What the option of an organisation begins with."""

NAMING_WORDS = 8
"""A text of at most so many words that names an organisation chooses it."""


def begin(platform: str, locale: str = "nl") -> Session:
    """Somebody new, before their first event."""
    return Session(NOWHERE, "", platform, locale=locale)


def named(schemes: Sequence[Scheme], event: Event) -> str | None:
    """The organisation that an event chooses: its button, or its name typed by itself; None when it names none."""
    match event:
        case Chose():
            ids = {f"{PREFIX}{scheme.id}": scheme.id for scheme in schemes}
            return next((ids[id] for id in event.ids if id in ids), None)
        case Said() if len(event.text.split()) <= NAMING_WORDS:
            words = _plain(event.text)
            found = [scheme.id for scheme in schemes if {_plain(scheme.name), _plain(scheme.id)} & {words}]
            return found[0] if len(found) == 1 else None
        case _:
            return None


def told(session: Session | None) -> tuple[str, ...]:
    """What was told before the choice, in as few texts as may be handed on."""
    texts: list[str] = []
    for one in session.said if session is not None else ():
        if texts and len(texts[-1]) + 1 + len(one) <= MAX_TEXT:
            texts[-1] = f"{texts[-1]}\n{one}"
        else:
            texts.append(one)
    return tuple(texts)


def chose(session: Session, scheme: str, now: datetime) -> Turn:
    """This organisation it is. What was told is with it now, and here no more; the session stays as a pointer."""
    kept = begin(session.platform, session.locale)
    return Turn(replace(kept, route=scheme, at=now.isoformat()))


def receive(
    schemes: Sequence[Scheme], session: Session, event: Event, now: datetime, elsewhere: str = ""
) -> Turn:
    """What an event leads to while no organisation is chosen.

    `elsewhere` is the address of the chat that the organisation asked for has of its own, if it asked for such a one.
    Raises `ValueError` when there is no scheme to choose from, or `now` has no time zone.
    """
    if not schemes or now.tzinfo is None:
        raise ValueError("needs schemes to choose from, and a time with its zone")
    # The first scheme lends its ear: danger and commands are the same words in each.
    c = Composer(schemes[0], session, now.astimezone(AMSTERDAM), Fresh("", ""))
    match event:
        case AskedToForget():
            _wipe(c)
            return c.turn()
        case AskedToStop():
            _stop(c)
            return c.turn()
        case Said():
            if _said(c, event.text, edited=event.edited):
                return c.turn()
        case Sent():
            if event.overheard:
                _safe(c, listening.clean(event.overheard)[:MAX_TEXT])
            if event.caption and _said(c, event.caption):
                return c.turn()
            c.say("telegram.which.not_kept")
        case Chose(ids=ids) if "who_reads" in ids:
            c.say("reads.nobody_yet")
            c.say(f"platform.sees.{session.platform}")
        case Chose(ids=ids) if "wipe" in ids:
            _wipe(c)
            return c.turn()
        case Chose(ids=("language:nl" | "language:en" as id,)):
            c.change(locale=id.partition(":")[2])
        case Chose(ids=(id,)) if id.startswith("language:"):
            c.say("language.not_offered")
        case Chose(ids=("command:help",)):
            c.say("help")
        case Chose(ids=ids) if "human" in ids:
            c.say("telegram.which.first")
        case _:
            pass
    if elsewhere:
        c.say("telegram.elsewhere", url=elsewhere)
    options = tuple(Option(f"{PREFIX}{scheme.id}", Label((("nl", scheme.name),))) for scheme in schemes)
    c.say("telegram.which", options=options)
    return c.turn()


def _said(c: Composer, text: str, *, edited: bool = False) -> bool:
    """Hears a text: danger first, then the few commands that mean something here; True when one was all it was."""
    text = listening.clean(text)[:MAX_TEXT]
    heard = _safe(c, text)
    alone = len(text.split()) <= listening.FEW_WORDS and not heard.danger
    if alone and heard.intent in ("wipe", "stop"):
        (_wipe if heard.intent == "wipe" else _stop)(c)
        return True
    if alone and heard.intent == "language":
        wish = understand.language(text)
        c.change(locale=wish if wish in greeting.LANGUAGES else c.session.locale)
    elif alone and heard.intent == "afraid":
        c.say("fear.telling")
    elif alone and heard.intent == "human":
        c.say("telegram.which.first")
    elif telling.is_story(heard, text) or heard.danger or heard.findings:
        at = editing.place(c.session.said, text) if edited else None
        kept = c.session.said if at is None else (*c.session.said[:at], *c.session.said[at + 1 :])
        c.change(said=(*kept, text))
        c.say("telegram.which.kept")
    return False


def _safe(c: Composer, text: str) -> Heard:
    """What a text holds; where it speaks of danger help is shown before anything else."""
    heard = listening.hear(c, text)
    if heard.danger:
        c.danger = heard.danger
        c.change(danger=tuple(dict.fromkeys((*c.session.danger, *heard.danger))))
        c.say("danger.sorry")
        safety.lines(c, heard.danger, text)
        c.say("danger.computer")
    return heard


def _stop(c: Composer) -> None:
    c.say("stop.nothing_sent", days=c.platform.drafts_days)
    c.say("stop.options", options=(option("wipe"),))


def _wipe(c: Composer) -> None:
    """Takes all of it away; the messages in the app too, where the platform lets us."""
    kept = c.session
    c.order(Forget())
    c.session = begin(kept.platform, kept.locale)
    c.say("wiped")
    if c.platform.deletes:
        c.say("wiped.platform")
    c.say("wiped.options")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
