"""What the client typed or chose: cleaned, checked for danger, heard for commands, then taken as an answer.

The order of this file is its rule
 1. Text is made safe (control characters) and measured (empty, very long): each has a clear answer.
 2. Danger comes before everything (law 5).
 3. Then what can be said in any state: stop, wipe, back, a human, another language.
 4. Then the question that stands: a doubt, a question beside the fields, a field, the check card
    (`replying`).
 5. What is left is part of the story (`telling`).
"""

import unicodedata

from flows import (
    agenda,
    asking,
    cards,
    choosing,
    commands,
    editing,
    hearing,
    leaving,
    pending,
    replying,
    requests,
    safety,
    telling,
)
from flows.composer import Composer
from flows.events import LONG_TEXT, MAX_TEXT, Chose, Said
from flows.understand import picked, register, sending, understand
from flows.understand.findings import Context, Heard

AT_ONCE = frozenset({"stop", "wipe", "back", "restart"})
FEW_WORDS = 4
"""A text with at most so many words beside a command is that command, and nothing else."""


def said(c: Composer, event: Said) -> None:
    """Takes one typed message."""
    text = clean(event.text)
    if not text:
        c.say("said.control" if event.text.strip() else "said.empty")
        commands.go_back_to_question(c)
        return
    if len(text) > MAX_TEXT:
        safety.respond(c, hear(c, text[:MAX_TEXT]))
        c.say("said.too_long", count=MAX_TEXT)
        commands.go_back_to_question(c)
        return
    heard = hear(c, text)
    first_danger = safety.respond(c, heard)
    if len(text) > LONG_TEXT:
        c.say("said.long")
    if event.edited and not (heard.intent in AT_ONCE and _beside(heard) <= FEW_WORDS):
        editing.edited(c, heard, text, first_danger=first_danger)
        return
    if c.session.stopped and heard.intent not in AT_ONCE:
        leaving.resume(c)
    if _command(c, heard, text):
        return
    _answer(c, heard, text, first_danger)


def overheard(c: Composer, text: str) -> None:
    """Words that came along and are not the client's own, or not kept: heard for danger, and for nothing else."""
    text = clean(text)[:MAX_TEXT]
    if text:
        safety.respond(c, hear(c, text))


def clean(text: str) -> str:
    """`text` without control and direction-override characters, trimmed; line breaks stay."""
    if text.isprintable():  # what is printable is neither of them
        return text.strip()
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co"))
    safe = "".join(
        char for char in kept if char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return safe.strip()


def hear(c: Composer, text: str) -> Heard:
    """What the text holds, read in the light of this moment."""
    context = Context(
        c.scheme, c.now, c.session.locale.partition("@")[0], c.session.asking, agenda.known(c.session)
    )
    return understand(text, context)


def _beside(heard: Heard) -> int:
    """How many words the text has beside its command."""
    if heard.intent_span is None:
        return len(heard.text.split())
    start, end = heard.intent_span
    return len((heard.text[:start] + " " + heard.text[end:]).split())


def _command(c: Composer, heard: Heard, text: str) -> bool:
    intent = heard.intent
    bare = not heard.danger and not heard.findings and len(text.split()) <= FEW_WORDS
    if intent is None and bare and register(text):
        return commands.run(c, "language", text)
    if intent is None or (heard.danger and intent not in ("wipe", "confidant", "human")):
        return False
    alone = _beside(heard) <= FEW_WORDS
    opening = c.session.state == "opening"
    if intent in AT_ONCE and alone:
        return commands.run(c, intent, text)
    if intent == "skip":
        return False
    if intent == "afraid":
        return _afraid(c, heard, text, alone=alone)
    if intent in ("story", "suggestion", "complaint") and opening:
        return _chosen_route(c, intent, heard, text, alone)
    if intent == "resume" and alone and c.session.pending != "understood":
        choosing.resume(c)
        return True
    if intent == "correct":
        return _wants_change(c, heard, alone)
    if not alone and opening:
        telling.add(c, heard, text)
        hearing.take(c, heard, correcting=False)
    if c.session.asking in ("wish", "points", "unreadable_by") and not alone:
        return False
    return (alone or opening) and commands.run(c, intent, text)


FEARS = frozenset({"safe", "talked"})
"""The questions that fear is an answer to."""


def _afraid(c: Composer, heard: Heard, text: str, *, alone: bool) -> bool:
    """Whether somebody does not dare, and heard a kind word of that; what they told besides is kept."""
    of_staff = heard.findings.get("safe")
    answers = c.session.asking in FEARS and (c.session.asking in heard.findings or heard.reply is not None)
    if answers or (of_staff is not None and of_staff.sure):
        return False
    if not alone:
        if c.session.state == "opening" or c.session.asking in ("story", "wish", "points", "unreadable_by"):
            return False
        telling.add(c, heard, text)
    return commands.run(c, "afraid")


def _wants_change(c: Composer, heard: Heard, alone: bool) -> bool:
    if heard.findings or not alone or not c.session.answers:
        return False
    if c.session.case is not None and c.session.case.number:
        requests.begin(c, "correct")
        return True
    cards.ask_what_else(c)
    return True


def _chosen_route(c: Composer, route: str, heard: Heard, text: str, alone: bool) -> bool:
    known = route in c.scheme.asks
    c.change(route=route if known else "complaint")
    if not alone:
        return False
    hearing.take(c, heard, correcting=False)
    c.say(f"route.{c.session.route}")
    asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
    return True


def _numbered(c: Composer, text: str) -> str | None:
    """The option that a bare number stands for, where no field is asked that reads numbers itself."""
    session = c.session
    if session.doubt is not None or (session.asking is not None and session.state != "opening"):
        return None
    numbers = picked(text, len(session.offered))
    return session.offered[numbers[0] - 1] if numbers and len(numbers) == 1 else None


def _answer(c: Composer, heard: Heard, text: str, first_danger: bool) -> None:
    session = c.session
    if (id := _numbered(c, text)) is not None:
        choosing.chose(c, Chose((id,)))
        return
    reply = heard.reply.kind if heard.reply else None
    if session.doubt is not None and replying.settle_doubt(c, heard, text):
        return
    if session.state == "opening" or (session.asking == "story" and session.pending is None):
        telling.tell(c, heard, text, first_danger)
    elif session.pending is not None:
        on = reply in ("skip", "unknown") or heard.intent == "resume" or sending.send(text)
        if session.pending == "understood" and on:
            reply = "yes"
        if not pending.answer(c, reply if reply in ("yes", "no") else None, heard, text):
            replying.beside(c, heard, text)
    elif session.asking is not None:
        replying.to_field(c, session.asking, heard, text)
    elif session.state == "checking":
        replying.at_check(c, reply, heard, text)
    else:
        replying.after(c, heard, text)
