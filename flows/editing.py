"""A message that was sent before got another text: what it now says counts, and nothing else that was told is lost.

A platform tells that a message was changed, and its new text; which of the client's texts that was is seen from the
words. The rules
 1. What the new text answers is corrected.
 2. What was told in the same words, but for some, gives way to the new text: what the client took back is not kept.
 3. A text like none of those is told now ("hoi", changed into what happened); a short one is asked about.
"""

from flows import cards, commands, fields, hearing, pending, replying, telling
from flows.composer import Composer, option
from flows.messages import Quote
from flows.understand.findings import Heard

REWORDED = 0.6
"""So much of the shorter of two texts stands in the other, word by word in order: one is the other, reworded."""

ANSWERS = frozenset({"age", "role", "location", "date", "name", "phone", "email", "address", "interpreter"})
"""Fields whose answers say nothing of what happened."""

FEW = 3
"""Fewer words in common say nothing: then it is held letter by letter whether one word was spelt otherwise."""

SPELT = 75
"""Out of a hundred, as rapidfuzz counts letters."""


def edited(c: Composer, heard: Heard, text: str, *, first_danger: bool) -> None:
    """Takes the new text of a message that was sent before."""
    if c.session.case is not None and c.session.case.number:
        c.wait(pending=f"add:{text}")
        c.say("edited.filed", options=(option("yes"), option("no")))
        return
    asked = c.session.asking
    at = place(c.session.said, text) if not _only_answers(heard, text) else None
    if at is None and (field := _in_own_words(c, text)) is not None:
        hearing.correct(c, field, text, text)
        commands.go_back_to_question(c)
        return
    if at is None and (c.session.state == "opening" or (asked == "story" and c.session.pending is None)):
        c.say("edited", words=Quote(text[:200]))
        telling.tell(c, heard, text, first_danger)
        return
    if at is None and c.session.state == "done":
        replying.after(c, heard, text)
        return
    free = asked is not None and fields.KINDS[asked] in ("text", "name")  # what would be read into any text
    taken = hearing.take(c, heard, correcting=True, but=asked if free else None)
    if at is not None:
        c.change(said=(*c.session.said[:at], text, *c.session.said[at + 1 :]))
        telling.keep(c)
    elif heard.danger or (not _only_answers(heard, text) and telling.is_story(heard, text)):
        telling.add(c, heard, text)
    elif not taken and c.session.answers and c.session.pending in (None, "understood"):
        c.say("edited.which")
        cards.ask_what_else(c)
        return
    c.say("edited", words=Quote(text[:200]))
    if asked is not None and asked in taken and c.session.doubt is None:
        pending.go_on(c)
    else:
        commands.go_back_to_question(c)


def place(said: tuple[str, ...], text: str) -> int | None:
    """Which of these texts is `text`, reworded: the one most like it; None when it is like none."""
    found = [(_alike(one, text), at) for at, one in enumerate(said)]
    most, at = max(found, default=(0.0, 0))
    return at if most >= REWORDED else None


def _alike(before: str, after: str) -> float:
    """How much of the shorter of two texts is the other, in words; of a few words in letters."""
    from rapidfuzz import fuzz  # noqa: PLC0415 (no first screen needs it)
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415

    first, then = before.lower().split(), after.lower().split()
    common = LCSseq.similarity(first, then)
    if common >= FEW:
        return float(common / min(len(first), len(then)))
    return 1.0 if fuzz.ratio(before.lower(), after.lower()) >= SPELT else 0.0


def _only_answers(heard: Heard, text: str) -> bool:
    """Whether the text is an answer or two and hardly anything else: no part of what happened."""
    found = [finding for field, finding in heard.findings.items() if field in ANSWERS]
    taken = {at for finding in found for at in range(*finding.span)}
    rest = "".join(" " if at in taken else letter for at, letter in enumerate(text))
    left = sum(any(map(str.isalpha, word)) for word in rest.split())
    return telling.says_nothing(heard, text) or (bool(found) and left < FEW)


def _in_own_words(c: Composer, text: str) -> str | None:
    """The answer in the client's own words, such as their wish, that this text rewords."""
    own = [
        (field, answer.value)
        for field, answer in c.session.answers.items()
        if field != "story" and fields.KINDS[field] == "text" and isinstance(answer.value, str)
    ]
    at = place(tuple(value for _, value in own), text)
    return own[at][0] if at is not None else None
