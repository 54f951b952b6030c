"""About a complaint that was filed: status, add, change, withdraw, a copy of the dossier.

The claim code proves who is asking. Everything but the status is passed to a person, who checks it: nothing stops
or is released by a message alone (BB-8, BG-11; UAVG 5: an access request always goes to a human).
"""

from flows import following, humans, later, promised, regimes, terms, wording, written
from flows.composer import Composer, option
from flows.effects import Notify, PassOn, SetTerm
from flows.events import Claimed, Deadline, Filed
from flows.messages import Because, Names
from flows.scheme import TermRule

ROUTES = ("status", "add", "correct", "withdraw", "access", "read", "answer")


def begin(c: Composer, what: str, text: str = "") -> None:
    """Starts a request about a case; without a case in this conversation the claim code is asked.

    To read what was written it is asked always: whoever holds the phone is not always the client.
    """
    c.change(route=what)
    if what == "read" or c.session.case is None or not c.session.case.number:
        c.change(state="code", asking=None, pending=f"code:{what}", doubt=None)
        c.say("code.ask", options=(option("no_code"), option("stop")))
        return
    on_case(c, what, text)


def claimed(c: Composer, event: Claimed) -> None:
    """The store's answer to a claim code."""
    what = (c.session.pending or "code:status").removeprefix("code:")
    if event.case is None:
        c.say("code.unknown", options=(option("no_code"), option("human"), option("stop")))
        return
    c.change(case=event.case, state="asking")
    if what == "read":
        written.read(c, event.writings)
        return
    if what == "status":
        written.show(c, event.writings)
    on_case(c, what)
    if what == "status":
        following.claimed(c)


def no_code(c: Composer) -> None:
    """The code is lost: a person can help, by the scheme's own ways."""
    c.change(state="asking")
    c.wait()
    c.say("code.lost")
    humans.offer(c)


def on_case(c: Composer, what: str, text: str = "") -> None:
    """Carries out the request on the case of this conversation."""
    case = c.session.case
    assert case is not None
    match what:
        case "status":
            status(c, case)
        case "add" | "correct":
            if text:
                pass_on(c, case, what, text)
            else:
                c.change(state="asking")
                c.wait(pending=f"request:{what}")
                c.say(f"request.{what}")
        case "answer":
            written.ask(c)
        case "withdraw":
            c.change(state="asking")
            c.wait(pending="request:withdraw")
            if c.scheme.fact("withdrawing_stops"):
                c.say("fact.withdrawing_stops")
            c.say("request.withdraw", options=(option("yes"), option("no")))
        case _:
            pass_on(c, case, "access", text)


def status(c: Composer, case: Filed) -> None:
    """Where the case stands: its number and what is due by when; no content."""
    c.change(state="done")
    c.wait()
    c.say("status", number=case.number, date=wording.day(case.filed_on))
    dates = promised.dates(c, case)
    for deadline, rule in dates:
        _deadline(c, deadline, rule)
    later.reasons(c)
    if not dates:
        c.say("status.no_date")
    options = [option("add"), option("withdraw"), option("access"), option("confidant")]
    if following.unsettled(case):
        options = [option("solved"), option("not_solved"), *options]
    if written.WRITTEN in case.done:
        here = any(message.id == "written.here" for message in c.messages)
        options.insert(0, option("answer") if here else option("read"))
    c.say("status.options", options=tuple(options))


def _deadline(c: Composer, deadline: Deadline, rule: TermRule) -> None:
    c.say("status.term", what=wording.words(rule.label), date=wording.day(deadline.date))
    c.say("done.why", why=Because(deadline.why))


def answered(c: Composer, what: str, text: str, *, yes: bool | None) -> None:
    """The client's answer within a request."""
    case = c.session.case
    assert case is not None
    if what == "withdraw":
        if yes:
            pass_on(c, case, "withdraw", text)
        elif yes is False:
            c.change(state="done")
            c.wait()
            c.say("request.kept", options=(option("status"), option("confidant")))
        else:
            c.say("request.withdraw", options=(option("yes"), option("no")))
        return
    pass_on(c, case, what, text)


def pass_on(c: Composer, case: Filed, what: str, text: str) -> None:
    """Passes it to a person of the organisation, in the client's own words; the case itself stays as it is."""
    role = c.scheme.recipient.role if c.scheme.recipient else "recipient"
    c.order(PassOn(case.number, what, text, c.session.attachments if what in ("add", "answer") else ()))
    c.order(Notify(case.number, role, f"client_{what}"))
    if what in ("add", "answer"):
        c.change(attachments=())
    c.change(state="done")
    c.wait()
    if what == "access":
        _access(c, case)
        _dossier(c)
    c.say(f"passed_on.{what}", who=wording.reader(c.scheme), options=(option("status"), option("confidant")))


def _access(c: Composer, case: Filed) -> None:
    """The month in which the client sees their dossier begins, once (AVG 12(3)); asking again does not move it."""
    if any(item.id == regimes.ACCESS for item in case.deadlines):
        return
    after = terms.step(case, c.scheme, "access_asked", c.now)
    begun = next(item for item in after.deadlines if item.id == regimes.ACCESS)
    c.order(SetTerm(case.number, begun, "access_asked"))
    c.change(case=after)


def _dossier(c: Composer) -> None:
    """What the source says of reading the dossier, and where else to ask for it (BG-11)."""
    if not c.scheme.fact("dossier_readable"):
        return
    c.say("fact.dossier_readable")
    contact = c.scheme.fact_contact("dossier_readable")
    ways = wording.ways(contact) if contact is not None else ()
    if contact is not None and ways:
        c.say("human.contact", who=wording.words(contact.label), ways=Names(ways, "lines"))
