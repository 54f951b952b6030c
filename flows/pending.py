"""Questions beside the fields ("Klopt het?", "Zal ik je ook helpen?"): what each answer leads to."""

from flows import (
    asking,
    cards,
    commission,
    confidants,
    fear,
    filing,
    following,
    hearing,
    ladder,
    leaving,
    requests,
    safety,
    staff_message,
)
from flows.composer import Composer, option
from flows.events import Claimed
from flows.understand import sending
from flows.understand.findings import Heard

YES_NO = frozenset({"yes", "no"})


def answer(c: Composer, reply: str | None, heard: Heard | None, text: str) -> bool:
    """Takes an answer to the pending question; False when it is not one (the text is then read otherwise).

    `reply` is ``yes``, ``no`` or None; `heard` what the text holds beside it.
    """
    pending = c.session.pending or ""
    kind, _, what = pending.partition(":")
    match kind:
        case "understood":
            return _understood(c, reply, heard)
        case "danger":
            return _danger(c, reply)
        case "nobody":
            return _nobody(c, reply)
        case "code":
            requests.claimed(c, Claimed(None))
        case "done" if reply in YES_NO:
            ladder.done(c, what, reply == "yes")
        case "message" if reply == "yes":
            staff_message.approved(c)
        case "message" if reply == "no":
            c.say("message.change", options=(option("change:points"), option("change:wish")))
        case "sent" if reply == "yes":
            commission.sent(c)
        case "sent" if reply == "no" or _left(heard):
            filing.not_yet(c)
        case "request":
            requests.answered(c, what, text, yes={"yes": True, "no": False}.get(reply or ""))
        case "followup" if reply in YES_NO:
            following.answered(c, what, yes=reply == "yes", beside=_beside(heard, text))
        case "how" if reply == "skip" or _left(heard):
            c.change(state="done")
            c.wait()
            c.say("after.thanks")
        case "followup" if sending.silence(text):
            following.answered(c, what, yes=False)
        case "add" if reply in YES_NO:
            _add(c, reply == "yes", what)
        case _:
            return False
    return True


FEW_WORDS = 4
"""A yes or no with at most so many words beside it is that answer and nothing else."""


def _beside(heard: Heard | None, text: str) -> str:
    """What was typed besides a yes or no, whole, when it says more than that."""
    rest = text[heard.reply.rest :] if heard is not None and heard.reply is not None else ""
    return text if len(rest.split()) > FEW_WORDS else ""


def _left(heard: Heard | None) -> bool:
    """Whether the question is passed over in so many words."""
    return heard is not None and heard.reply is not None and heard.reply.kind in ("skip", "unknown")


def _understood(c: Composer, reply: str | None, heard: Heard | None) -> bool:
    fields_found = tuple(heard.findings) if heard else ()
    if reply in YES_NO or (heard is not None and (heard.correction or fields_found)):
        taken = hearing.take(c, heard, correcting=True) if heard else ()
        if reply == "no" and not taken:
            cards.ask_what_else(c)
            return True
        if reply is None and not taken:
            return False
        hearing.confirm_all(c)
        c.wait(doubt=c.session.doubt)
        go_on(c)
        return True
    return False


def _danger(c: Composer, reply: str | None) -> bool:
    if reply == "no":
        leaving.stop(c)
        return True
    if reply == "yes":
        c.wait(doubt=c.session.doubt)
        go_on(c)
        return True
    return False


def _nobody(c: Composer, reply: str | None) -> bool:
    if reply == "yes":
        filing.send_elsewhere(c)
        return True
    if reply == "no":
        filing.nobody_outside(c)
        return True
    return False


def _add(c: Composer, yes: bool, text: str) -> None:
    if yes and c.session.case is not None:
        requests.pass_on(c, c.session.case, "add", text)
    else:
        c.change(state="done")
        c.wait()
        c.say("request.kept", options=(option("status"), option("confidant")))


def once_more(c: Composer) -> None:
    """Puts the pending question again."""
    pending = c.session.pending or ""
    kind, _, what = pending.partition(":")
    match kind:
        case "understood":
            if not cards.show_understood(c):
                go_on(c)
        case "danger":
            safety.ask_on(c)
        case "nobody":
            filing.nobody_left(c)
        case "message":
            staff_message.show(c)
        case "sent":
            commission.show(c)
        case "confidant":
            c.say("confidant.then", options=confidants.then(c))
        case "done" | "talk" | "rung":
            ladder.everything(c)
        case "request":
            requests.on_case(c, what)
        case "code":
            requests.begin(c, what)
        case "followup":
            following.put(c, what)
        case "how":
            c.change(state="done")
            c.wait()
            c.say("go_on", options=(option("status"), option("add"), option("confidant")))
        case _:
            go_on(c)


def go_on(c: Composer) -> None:
    """The next step on the client's route."""
    if c.session.doubt is not None:
        asking.next_question(c)
        return
    if c.session.route == "confidant":
        c.change(route=c.session.before or "complaint", before=None)
    route = c.session.route or "complaint"
    if c.session.route is None:
        c.change(route=route)
    match route:
        case "message":
            staff_message.go_on(c)
        case "commission":
            commission.go_on(c)
        case _ if c.session.case is not None and c.session.case.number:
            c.change(state="done")
            c.say("go_on", options=(option("status"), option("add"), option("confidant")))
        case _ if c.scheme.recipient is None:
            ladder.go_on(c)
        case _:
            if not fear.check(c):
                filing.go_on(c)
