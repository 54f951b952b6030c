"""What time and officers bring: drafts that end, the question whether it happened, and steps on the case."""

from datetime import date, datetime, timedelta

from flows import filing, leaving, wording
from flows.composer import Composer, option
from flows.effects import EndTerm, Note, Notify, PassOn, SetTerm
from flows.events import Filed, Happened
from flows.messages import Because, Quote
from flows.terms import TermError
from flows.terms import step as step_terms

UNSOLVED_AFTER = ("solution_done", "solution_found", "outcome_sent", "mediation_held")


def time_passed(c: Composer) -> None:
    """Asks what the client wished to be asked, or ends a draft that was not sent."""
    if c.session.followup is not None and c.now >= datetime.fromisoformat(c.session.followup):
        c.change(followup=None)
        ask_contact(c)
        return
    if expired(c):
        leaving.expire(c)


def expired(c: Composer) -> bool:
    """Whether this is an unsent conversation that is older than was promised."""
    session = c.session
    open_draft = session.case is None and bool(session.answers or session.said)
    if not open_draft or not session.at:
        return False
    return c.now - datetime.fromisoformat(session.at) >= timedelta(days=c.platform.drafts_days)


def ask_contact(c: Composer) -> None:
    """The morning after a promised day: did they contact you? No content, no name of the organisation."""
    c.change(state="asking")
    c.wait(pending="followup:contact")
    c.say("followup.contact", options=(option("yes"), option("no")))


def answered(c: Composer, what: str, *, yes: bool) -> None:
    """The client says whether it happened (BG-8) or whether it is solved (BE-5b, BG-12, CJ-5, BB-6)."""
    case = c.session.case
    number = case.number if case else ""
    c.change(state="done")
    c.wait()
    if what == "contact" and yes:
        if number:
            c.order(Note(number, "client_says_contact_made"))
        c.say("followup.good", options=(option("solved"), option("not_solved"), option("confidant")))
        return
    if what == "contact":
        if number:
            c.order(Note(number, "client_says_no_contact"))
            c.order(Notify(number, "manager", "client_not_contacted"))
        c.say("followup.not_contacted" if number else "followup.not_contacted.outside")
        next_rung(c)
        return
    if yes:
        if number:
            c.order(Note(number, "client_says_solved"))
        c.say("followup.solved", options=(option("wipe"),))
        return
    if number:
        c.order(PassOn(number, "unresolved"))
    c.say("followup.not_solved")
    next_rung(c)


def next_rung(c: Composer) -> None:
    """The next step of the ladder after the one where the complaint lies, and the confidant."""
    options = [option("confidant"), option("more")]
    rungs = c.scheme.ladder
    own = next((i for i, rung in enumerate(rungs) if rung.kind in ("officer", "management", "online")), -1)
    later = [rung for rung in rungs[own + 1 :] if rung.id not in c.session.rungs_done]
    if later:
        rung = later[0]
        c.say("followup.next", rung=wording.words(rung.label), text=wording.words(rung.text))
        options.insert(0, option(f"rung:{rung.id}", wording.words(rung.label)))
    c.wait(pending="rung")
    c.say("followup.options", options=tuple(options))


def happened(c: Composer, event: Happened) -> None:
    """An officer's step on the case: deadlines begin and end, and the client hears what the law wants told."""
    case = c.session.case
    if case is None:
        c.error = "no_case"
        return
    place = c.value("location")
    try:
        agreed = date.fromisoformat(event.on) if event.on else None
        after = step_terms(
            case, c.scheme, event.id, c.now, agreed, reason=event.reason,
            location=place if isinstance(place, str) else None,
        )  # fmt: skip
    except TermError as error:
        c.error = error.code
        return
    except ValueError:
        c.error = "no_day"
        return
    _order(c, case, after, event.id)
    c.change(case=after)
    before = {deadline.id: deadline.date for deadline in case.deadlines}
    told = filing.told_rules(c)
    for deadline in after.deadlines:
        if deadline.id in told and before.get(deadline.id) != deadline.date:
            c.say(
                "happened.term", what=wording.words(told[deadline.id].label), date=wording.day(deadline.date)
            )
            c.say("done.why", why=Because(deadline.why))
    if event.reason:
        c.say("happened.reason", reason=Quote(event.reason))
    if event.id in UNSOLVED_AFTER:
        c.change(state="asking")
        c.wait(pending="followup:solved")
        c.say("followup.is_solved", options=(option("yes"), option("no")))


def _order(c: Composer, before: Filed, after: Filed, reason: str) -> None:
    old = {deadline.id: deadline for deadline in before.deadlines}
    new = {deadline.id: deadline for deadline in after.deadlines}
    for id, deadline in new.items():
        if old.get(id) != deadline:
            c.order(SetTerm(before.number, deadline, reason))
    for id in old:
        if id not in new:
            c.order(EndTerm(before.number, id, reason))
