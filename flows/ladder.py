"""The ladder: which step a client has reached, which is advised next and why. Never a bar (Jeugdwet 4.2.1(4)).

A scheme that wants its steps one by one (IB-1) has them found out in that order; any later step can be chosen at
any moment. A scheme without a recipient of its own has the ladder as its outcome.
"""

from flows import asking, commission, confidants, fear, wording
from flows.composer import Composer, option
from flows.fields import UNKNOWN
from flows.messages import Names, Option, Phrase
from flows.scheme import Rung

TALK_DONE = ("no_solution", "dissatisfied")


def go_on(c: Composer) -> None:
    """The next step where nothing is filed: ask what is needed, then put the client on the right rung."""
    if fear.check(c):
        return
    if asking.next_question(c):
        return
    advise(c)


def advise(c: Composer) -> None:
    """Finds out how far the client is and presents the first rung that is not behind them."""
    c.change(state="asking")
    rung = reached(c)
    if rung is None:
        everything(c)
        return
    if rung.kind not in ("talk", "commission", "disputes") and rung.id not in c.session.asked:
        c.change(asked=(*c.session.asked, rung.id))
        c.wait(pending=f"done:{rung.id}")
        c.say("ladder.done", rung=wording.words(rung.label),
              options=(option("yes"), option("no"), option("more")))  # fmt: skip
        return
    present(c, rung, why=True)


def reached(c: Composer) -> Rung | None:
    """The rung the client is on: the first that is not done. Not feeling safe opens what names it (IB-4a)."""
    afraid = c.value("safe") == "no"
    for rung in c.scheme.ladder:
        if rung.id in c.session.rungs_done:
            continue
        if rung.kind == "talk" and (afraid or c.value("talked") in TALK_DONE):
            continue
        return rung
    return None


def done(c: Composer, rung_id: str, was_done: bool) -> None:
    """The client says whether a rung is behind them; the next one follows, with its reason."""
    if was_done:
        c.change(rungs_done=(*c.session.rungs_done, rung_id))
        advise(c)
        return
    rung = c.scheme.rung(rung_id)
    if rung is not None:
        present(c, rung, why=True)


def present(c: Composer, rung: Rung, *, why: bool = False) -> None:
    """One rung: what it is, why now, and what can be done."""
    if why and c.scheme.ordered and rung.kind != "talk":
        c.say("ladder.why", step=c.scheme.ladder.index(rung) + 1, of=len(c.scheme.ladder))
    match rung.kind:
        case "talk":
            talk(c, rung)
        case "confidant":
            confidants.offer(c, rung=rung)
        case "commission" | "disputes":
            commission.begin(c, rung)
        case _:
            other(c, rung)


def begin_talk(c: Composer) -> None:
    """The client wants to talk with the staff member first (BG-2): advised, never demanded, and all leads on."""
    rung = next((rung for rung in c.scheme.ladder if rung.kind == "talk"), None)
    if rung is None:
        everything(c)
        return
    talk(c, rung)


def talk(c: Composer, rung: Rung) -> None:
    """The talk with the staff member: alone, with someone, or by a message (IB-3). Advised, never demanded."""
    c.change(state="asking")
    c.wait(pending="talk")
    if c.value("talked") in ("dont_dare", "dont_want"):
        c.say("talk.understood")
    elif c.value("talked") in ("not_yet", UNKNOWN, None):
        told(c, rung)
        c.say("ladder.text", text=wording.words(rung.text))
    fear.hint(c, offered=True)
    on = (option("resume"),) if c.scheme.recipient is not None else ()
    help = option("confidant", Phrase("option.confidant.help"))
    c.say("talk.what_fits", options=(*on, help, option("together"), option("message"), option("more")))


def other(c: Composer, rung: Rung) -> None:
    """A rung that is reached outside this chat: its sentence, its contact and what is told with it."""
    c.change(state="asking")
    c.wait(pending="rung")
    c.say("ladder.rung", rung=wording.words(rung.label), text=wording.words(rung.text))
    contact = c.scheme.contacts.get(rung.contact or "")
    ways = wording.ways(contact) if contact else ()
    if contact is not None and ways:
        c.say("ladder.reach", ways=Names(ways, "lines"))
        confidants.hours(c, contact)
    elif contact is not None:
        c.say("contact.unknown", who=wording.words(contact.label))
    told(c, rung)
    if rung.support:
        confidants.helper(c, c.scheme.contacts[rung.support])
    c.say("ladder.then", options=_then(c, rung))


def _then(c: Composer, rung: Rung) -> tuple[Option, ...]:
    own = (
        c.scheme.recipient is not None
        and c.session.case is None
        and rung.kind in ("online", "officer", "management")
    )
    options = [option("complaint")] if own else []
    return (*options, option("more"), option("confidant"), option("stop"))


def told(c: Composer, rung: Rung) -> None:
    """What the source tells with this rung."""
    for fact in rung.told:
        if c.scheme.fact(fact):
            c.say(f"fact.{fact}")


def everything(c: Composer) -> None:
    """The whole ladder, every rung open: the order is advice."""
    c.change(state="asking")
    c.wait(pending="rung")
    options = tuple(option(f"rung:{rung.id}", wording.words(rung.label)) for rung in c.scheme.ladder)
    if c.scheme.ordered:
        if c.scheme.fact("steps_in_order"):
            c.say("fact.steps_in_order")
        c.say("ladder.all.ordered")
    c.say("ladder.all", options=(*options, option("process"), option("stop")))


def together(c: Composer) -> None:
    """Together with an adult whom the client trusts: what to do with that."""
    c.wait(pending="talk")
    c.say("together.who", options=(option("message"), option("confidant", Phrase("option.confidant.help")),
                                   option("ready")))  # fmt: skip
