"""What the client typed or chose: cleaned, checked for danger, heard for commands, then taken as an answer.

The order of this file is its rule
 1. Text is made safe (control characters) and measured (empty, very long): each has a clear answer.
 2. Danger comes before everything (law 5).
 3. Then what can be said in any state: stop, wipe, back, a human, another language.
 4. Then the question that stands: a doubt, a question beside the fields, a field, the check card.
 5. What is left is part of the story.
"""

import unicodedata

from flows import (
    agenda,
    answering,
    asking,
    cards,
    choosing,
    commands,
    filing,
    greeting,
    hearing,
    leaving,
    pending,
    requests,
    safety,
)
from flows.answers import Answer
from flows.composer import Composer, option
from flows.events import LONG_TEXT, MAX_TEXT, Chose, Said
from flows.filing_facts import about_wzd
from flows.messages import Quote
from flows.understand import intents, replies, sending, understand
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
    if event.edited:
        _edited(c, heard, text)
        return
    if c.session.stopped and heard.intent not in AT_ONCE:
        leaving.resume(c)
    if _command(c, heard, text):
        return
    _answer(c, heard, text, first_danger)


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
    if intent is None and bare and intents.register(text):
        return commands.run(c, "language", text)
    if intent is None or (heard.danger and intent not in ("wipe", "confidant", "human")):
        return False
    alone = _beside(heard) <= FEW_WORDS
    opening = c.session.state == "opening"
    if intent in AT_ONCE and alone:
        return commands.run(c, intent, text)
    if intent == "skip":
        return False
    if intent in ("story", "suggestion", "complaint") and opening:
        return _chosen_route(c, intent, heard, text, alone)
    if intent == "resume" and alone and c.session.pending != "understood":
        choosing.resume(c)
        return True
    if intent == "correct":
        return _wants_change(c, heard, alone)
    if not alone and opening:
        _add_to_story(c, heard, text)
        hearing.take(c, heard, correcting=False)
    if c.session.asking in ("wish", "points", "unreadable_by") and not alone:
        return False
    return (alone or opening) and commands.run(c, intent, text)


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


def _edited(c: Composer, heard: Heard, text: str) -> None:
    """A message that was sent before got another text: its corrections are taken, its words are kept as new."""
    if c.session.case is not None and c.session.case.number:
        c.wait(pending=f"add:{text}")
        c.say("edited.filed", options=(option("yes"), option("no")))
        return
    hearing.take(c, heard, correcting=True)
    if c.session.said:
        c.change(said=(*c.session.said[:-1], text))
        _keep_story(c)
    c.say("edited", words=Quote(text[:200]))
    commands.go_back_to_question(c)


def _numbered(c: Composer, text: str) -> str | None:
    """The option that a bare number stands for, where no field is asked that reads numbers itself."""
    session = c.session
    if session.doubt is not None or (session.asking is not None and session.state != "opening"):
        return None
    numbers = replies.numbers(text, len(session.offered))
    return session.offered[numbers[0] - 1] if numbers and len(numbers) == 1 else None


def _answer(c: Composer, heard: Heard, text: str, first_danger: bool) -> None:
    session = c.session
    if (id := _numbered(c, text)) is not None:
        choosing.chose(c, Chose((id,)))
        return
    reply = heard.reply.kind if heard.reply else None
    if session.doubt is not None and _doubt(c, heard, text):
        return
    if session.state == "opening" or (session.asking == "story" and session.pending is None):
        _story(c, heard, text, first_danger)
    elif session.pending is not None:
        on = reply in ("skip", "unknown") or heard.intent == "resume" or sending.send(text)
        if session.pending == "understood" and on:
            reply = "yes"
        if not pending.answer(c, reply if reply in ("yes", "no") else None, heard, text):
            _beside_the_question(c, heard, text)
    elif session.asking is not None:
        _to_field(c, session.asking, heard, text)
    elif session.state == "checking":
        _at_check(c, reply, heard, text)
    else:
        _after(c, heard, text)


def _doubt(c: Composer, heard: Heard, text: str) -> bool:
    doubt = c.session.doubt
    assert doubt is not None
    numbers = replies.numbers(text, len(doubt.candidates))
    value = doubt.candidates[numbers[0] - 1] if numbers else None
    finding = heard.findings.get(doubt.field)
    if value is None and doubt.why == "typo" and heard.reply is not None and heard.reply.kind == "yes":
        value = doubt.candidates[0]
    if value is None and finding is not None and finding.sure:
        value = finding.value
    if value is None and heard.reply is not None and heard.reply.kind in ("unknown", "skip"):
        c.change(doubt=None, skipped=(*c.session.skipped, doubt.field))
        pending.go_on(c)
        return True
    if value is None:
        return False
    hearing.fill(c, doubt.field, Answer(value, text))
    c.wait()
    pending.go_on(c)
    return True


def _story(c: Composer, heard: Heard, text: str, first_danger: bool) -> None:
    if _left_out(c, heard, text):
        return
    if c.session.state == "opening" and not is_story(heard, text):
        hearing.take(c, heard, correcting=True)
        c.say("said.hello")
        greeting.again(c)
        return
    more = "story" in c.session.answers
    if not more and not heard.danger and _says_nothing(heard, text):
        hearing.take(c, heard, correcting=True)
        asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
        return
    _add_to_story(c, heard, text)
    if c.session.route is None:
        c.change(route="complaint")
    c.change(state="asking")
    c.wait(doubt=c.session.doubt)
    hearing.take(c, heard, correcting=heard.correction or more)
    if not c.session.danger and not more:
        c.say("suggestion.thanks" if c.session.route == "suggestion" else "story.thanks")
    _recognise_wzd(c)
    if first_danger:
        safety.ask_on(c)
        return
    pending.go_on(c)


def _left_out(c: Composer, heard: Heard, text: str) -> bool:
    """Whether the client wants to leave out what happened: the one thing that is needed, and that is said."""
    reply = heard.reply
    if reply is None or reply.kind not in ("skip", "unknown", "none") or reply.rest < len(text):
        return False
    if "story" in c.session.answers:
        pending.go_on(c)
        return True
    answering.skip(c, "story")
    if c.session.state == "opening":
        greeting.again(c)
    else:
        asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
    return True


def is_story(heard: Heard, text: str) -> bool:
    """Whether a first text says what happened, rather than hello or only who is talking."""
    if heard.danger:
        return True
    taken = set()
    for finding in heard.findings.values():
        if finding.field in ("name", "phone", "email", "address", "age"):
            taken |= set(range(*finding.span))
    rest = "".join(" " if place in taken else char for place, char in enumerate(text))
    letters = [word for word in rest.split() if sum(char.isalpha() for char in word) > 1]
    return len(letters) >= 3 or (len(letters) >= 2 and bool(heard.findings) and not taken)


def _add_to_story(c: Composer, heard: Heard, text: str) -> None:
    c.change(said=(*c.session.said, text))
    _keep_story(c)


def _keep_story(c: Composer) -> None:
    whole = "\n".join(c.session.said)
    before = c.session.answers.get("story")
    how = before.how if before else "asked"
    c.session = agenda.with_answer(c.session, "story", Answer(whole, whole, how))


def _recognise_wzd(c: Composer) -> None:
    """A restraint, a locked room, forced medication: another regulation may apply, and it is said once (BE-7)."""
    if c.scheme.wzd is None or not about_wzd(c.scheme, c.session) or c.told("wzd"):
        return
    commands.wzd_help(c, c.scheme.wzd)


def _to_field(c: Composer, field: str, heard: Heard, text: str) -> None:
    if field in c.session.answers:
        _change_field(c, field, heard, text)
        return
    if sending.send(text):
        answering.skip(c, field)
        pending.go_on(c)
        return
    if answering.answer(c, field, heard, text):
        pending.go_on(c)
        return
    taken = hearing.take(c, heard, correcting=heard.correction, but=field)
    if taken:
        asking.put(c, agenda.ask_of(c.scheme, c.session, field))
        return
    if len(text.split()) > 7 and field not in heard.findings:
        _add_to_story(c, heard, text)
        c.say("story.more")
        asking.put(c, agenda.ask_of(c.scheme, c.session, field))
        return
    answering.not_understood(c, field, heard, text)
    if c.session.puzzled == 0 and field in c.session.skipped:
        pending.go_on(c)


def _change_field(c: Composer, field: str, heard: Heard, text: str) -> None:
    """A new value for a field that was opened again."""
    before = c.session.answers[field]
    if not answering.answer(c, field, heard, text):
        answering.not_understood(c, field, heard, text)
        return
    now = c.session.answers.get(field)
    if now is not None and now.value != before.value:
        c.session = agenda.with_answer(
            c.session, field, Answer(now.value, now.words, "corrected", was=before.value)
        )
    c.wait(doubt=c.session.doubt)
    pending.go_on(c)


def _beside_the_question(c: Composer, heard: Heard, text: str) -> None:
    """Something else than an answer was said: it is taken in, kept, and the question stays."""
    if sending.next_step(text):
        commands.next_step(c) if c.scheme.recipient is None else commands.process(c)
        return
    taken = hearing.take(c, heard, correcting=True)
    if not taken and (sending.done(text) or _says_nothing(heard, text)):
        pending.once_more(c)
        return
    if c.session.case is not None and c.session.case.number:
        _after(c, heard, text)
        return
    if not taken or len(text.split()) > 5:
        _add_to_story(c, heard, text)
        c.say("story.more")
    if (c.session.pending or "").partition(":")[0] in ("understood", "danger", "confidant"):
        c.wait(doubt=c.session.doubt)
        pending.go_on(c)
    else:
        pending.once_more(c)


def _says_nothing(heard: Heard, text: str) -> bool:
    """Whether the text is a bare yes, no or number: that is no part of what happened."""
    bare = heard.reply is not None and heard.reply.rest >= len(text)
    return bare or not any(char.isalpha() for char in text)


def _at_check(c: Composer, reply: str | None, heard: Heard, text: str) -> None:
    whole = heard.reply is not None and heard.reply.rest >= len(text)
    if (reply == "yes" and not heard.findings and whole) or sending.send(text):
        filing.send(c)
        return
    if reply in ("skip", "unknown") and whole:
        c.say(
            f"check.again.{filing.kind_of(c)}", options=(option("send"), option("not_yet"), option("review"))
        )
        return
    taken = hearing.take(c, heard, correcting=True)
    if reply == "no" and not taken:
        filing.not_yet(c)
        return
    if not taken and _says_nothing(heard, text):
        pending.go_on(c)
        return
    if not taken:
        _add_to_story(c, heard, text)
        c.say("story.more")
    pending.go_on(c)


def _after(c: Composer, heard: Heard, text: str) -> None:
    """Something is said after all was done: nothing of it is dropped."""
    if sending.thanks(text):
        c.say("after.thanks")
        commands.go_back_to_question(c)
        return
    if c.session.case is not None and c.session.case.number:
        if _says_nothing(heard, text):
            commands.go_back_to_question(c)
            return
        c.change(state="asking")
        c.wait(pending=f"add:{text}")
        c.say(
            f"after.add.{filing.kind_of(c)}", words=Quote(text[:200]), options=(option("yes"), option("no"))
        )
        return
    if is_story(heard, text):
        c.change(state="opening")
        _story(c, heard, text, bool(c.danger))
        return
    c.change(state="opening")
    greeting.again(c)
