"""A reply to what stands: a doubt, a question, the check card, or after all was done. Nothing of it is dropped."""

from flows import agenda, answering, asking, commands, fear, filing, greeting, hearing, pending, telling
from flows.answers import Answer
from flows.composer import Composer, option
from flows.messages import Quote
from flows.understand import picked, sending
from flows.understand.findings import Heard


def settle_doubt(c: Composer, heard: Heard, text: str) -> bool:
    """Whether the text settles what was in doubt."""
    doubt = c.session.doubt
    assert doubt is not None
    numbers = picked(text, len(doubt.candidates))
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


def to_field(c: Composer, field: str, heard: Heard, text: str) -> None:
    """An answer to the question of a field, or something else that was said there."""
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
    if "safe" in taken and fear.check(c):
        return
    if taken or hearing.known(c, heard, but=field):
        if not taken:
            c.say("again.known")
        elif not c.messages:
            c.say("noted")
        asking.put(c, agenda.ask_of(c.scheme, c.session, field))
        return
    if heard.danger or (len(text.split()) > 7 and field not in heard.findings):
        telling.add(c, heard, text)
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


def beside(c: Composer, heard: Heard, text: str) -> None:
    """Something else than an answer was said: it is taken in, kept, and the question stays."""
    if sending.next_step(text):
        commands.next_step(c) if c.scheme.recipient is None else commands.process(c)
        return
    taken = hearing.take(c, heard, correcting=True)
    if "safe" in taken and c.session.case is None and fear.check(c):
        return
    if not taken and (sending.done(text) or telling.says_nothing(heard, text)):
        pending.once_more(c)
        return
    if c.session.case is not None and c.session.case.number:
        after(c, heard, text)
        return
    if not taken or len(text.split()) > 5:
        telling.add(c, heard, text)
        c.say("story.more")
    if (c.session.pending or "").partition(":")[0] in ("understood", "danger", "confidant"):
        c.wait(doubt=c.session.doubt)
        pending.go_on(c)
    else:
        pending.once_more(c)


def at_check(c: Composer, reply: str | None, heard: Heard, text: str) -> None:
    """A reply to the check card: it is sent, corrected, or put off."""
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
    if not taken and telling.says_nothing(heard, text):
        pending.go_on(c)
        return
    if not taken:
        telling.add(c, heard, text)
        c.say("story.more")
    pending.go_on(c)


def after(c: Composer, heard: Heard, text: str) -> None:
    """Something is said after all was done: nothing of it is dropped."""
    if sending.thanks(text):
        c.say("after.thanks")
        commands.go_back_to_question(c)
        return
    if c.session.case is not None and c.session.case.number:
        if telling.says_nothing(heard, text):
            commands.go_back_to_question(c)
            return
        c.change(state="asking")
        c.wait(pending=f"add:{text}")
        c.say(
            f"after.add.{filing.kind_of(c)}", words=Quote(text[:200]), options=(option("yes"), option("no"))
        )
        return
    if telling.is_story(heard, text):
        c.change(state="opening")
        telling.tell(c, heard, text, bool(c.danger))
        return
    c.change(state="opening")
    greeting.again(c)
