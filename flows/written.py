"""What the organisation writes to the client: said in their own chat, or read with the claim code.

The rules
 1. The words are shown as they were written, and who they are from; nothing of them is kept in the session.
 2. Where somebody else might see the chat, only that something was written is told: no words, no sender, nothing of
    what it is about. The claim code opens it, also where it was never asked before (UAVG 5, domain 4: notices).
 3. What the client says next is their answer: they are told so, and who reads it. It becomes part of the case.
"""

from flows import commands, wording
from flows.composer import Composer, option
from flows.effects import Note
from flows.events import Writing, Written
from flows.messages import Quote

WRITTEN, READ = "written", "client_read"
"""What a case calls it that an officer wrote, and that the client came by with their code and read it."""

MOST = 10
"""So many of the last writings are shown to who comes with the code."""


def arrived(c: Composer, event: Written) -> None:
    """An officer wrote while this conversation was there."""
    if c.session.case is None or c.scheme.recipient is None:
        c.error = "no_case"
        return
    if not event.text:
        c.say("written.waits", options=(option("read"),))
        _go_on(c)
        return
    _show(c, event.text)
    if _busy(c):
        _go_on(c)
    else:
        ask(c)


def read(c: Composer, writings: tuple[Writing, ...]) -> None:
    """Whoever has the code reads what was written, and can answer."""
    case = c.session.case
    assert case is not None
    if not writings or c.scheme.recipient is None:
        c.change(state="done")
        c.wait()
        c.say("written.none", options=(option("status"), option("add")))
        return
    show(c, writings)
    ask(c)


def show(c: Composer, writings: tuple[Writing, ...]) -> None:
    """What was written, in order; that it was read now is noted for the officer."""
    case = c.session.case
    assert case is not None
    if c.scheme.recipient is None:
        return
    for writing in writings[-MOST:]:
        _show(c, writing.text)
    known = [what for what in case.done if what in (WRITTEN, READ)]
    if writings and case.number and known[-1:] != [READ]:
        c.order(Note(case.number, READ))


def ask(c: Composer) -> None:
    """What they say next goes to the organisation; where it has no reader of its own, nothing is asked."""
    if c.scheme.recipient is None:
        c.change(state="done")
        c.wait()
        commands.go_back_to_question(c)
        return
    c.change(state="asking")
    c.wait(pending="request:answer")
    c.say("request.answer", who=wording.reader(c.scheme), options=(option("no_answer"),))


def unanswered(c: Composer) -> None:
    """They do not answer now."""
    c.change(state="done")
    c.wait()
    c.say("written.later", options=(option("answer"), option("status"), option("confidant")))


def _show(c: Composer, text: str) -> None:
    c.say("written.here", who=wording.reader(c.scheme), body=Quote(text), sensitive=True)


def _busy(c: Composer) -> bool:
    """Whether a question stands that the client has not answered yet."""
    session = c.session
    pending = session.pending not in (None, "request:answer")
    return session.asking is not None or session.doubt is not None or pending or session.state == "checking"


def _go_on(c: Composer) -> None:
    """The question that stood, once more; where none stood, nothing is added."""
    if _busy(c):
        commands.go_back_to_question(c)
