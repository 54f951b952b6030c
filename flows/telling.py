"""What happened, as the client tells it: kept in their own words, with what can be known from it."""

from flows import agenda, answering, asking, commands, greeting, hearing, pending, safety
from flows.answers import Answer
from flows.composer import Composer
from flows.filing_facts import about_wzd
from flows.understand.findings import Heard


def tell(c: Composer, heard: Heard, text: str, first_danger: bool) -> None:
    """Takes a part of what happened."""
    if _left_out(c, heard, text):
        return
    if c.session.state == "opening" and not is_story(heard, text):
        hearing.take(c, heard, correcting=True)
        c.say("said.hello")
        greeting.again(c)
        return
    more = "story" in c.session.answers
    if not more and not heard.danger and says_nothing(heard, text):
        hearing.take(c, heard, correcting=True)
        asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
        return
    add(c, heard, text)
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
    rest = "".join(" " if place in taken else char for place, char in enumerate(text)) if taken else text
    letters = [word for word in rest.split() if sum(map(str.isalpha, word)) > 1]
    return len(letters) >= 3 or (len(letters) >= 2 and bool(heard.findings) and not taken)


def add(c: Composer, heard: Heard, text: str) -> None:
    """Keeps a text as part of what happened."""
    c.change(said=(*c.session.said, text))
    keep(c)


def keep(c: Composer) -> None:
    """Keeps all that was told as the story, in the client's words."""
    whole = "\n".join(c.session.said)
    before = c.session.answers.get("story")
    how = before.how if before else "asked"
    c.session = agenda.with_answer(c.session, "story", Answer(whole, whole, how))


def _recognise_wzd(c: Composer) -> None:
    """A restraint, a locked room, forced medication: another regulation may apply, and it is said once (BE-7)."""
    if c.scheme.wzd is None or not about_wzd(c.scheme, c.session) or c.told("wzd"):
        return
    commands.wzd_help(c, c.scheme.wzd)


def says_nothing(heard: Heard, text: str) -> bool:
    """Whether the text is a bare yes, no or number: that is no part of what happened."""
    bare = heard.reply is not None and heard.reply.rest >= len(text)
    return bare or not any(char.isalpha() for char in text)
