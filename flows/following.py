"""Whether it happened, and whether it helped: asked of a client who chose it, on the morning after a promised day.

The rules
 1. Only who chose it is asked by us. Who comes back by themselves, and looks how it stands, finds the question there.
 2. A question carries no content: no organisation, no complaint, not even the word.
 3. *No* goes to the management at once, and leads to the next step of the ladder and to the confidant.
 4. Where we cannot come by ourselves (`Platform.pushes`), no more is promised than that it is asked on return. The
    wish then stands on the case without content (`WISH`), and the claim code brings it back.
"""

from datetime import date, datetime, time

from flows import promised, wording
from flows.calendar import working
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer, option
from flows.effects import Note, Notify, PassOn, Wake
from flows.events import Deadline, Filed
from flows.messages import Names, Option, Phrase, Quote
from flows.scheme import Office, Rung, TermRule
from flows.session import Session

ASK_AT = time(9)
"""The hour at which a client who wished it is asked whether something happened."""

QUESTIONS: dict[str, str] = {
    "contact_made": "contact",
    "talk_held": "contact",
    "follow_up_held": "contact",
    "outcome_sent": "outcome",
    "commission_decided": "outcome",
    "solution_done": "solved",
}
"""What is asked after a term, by the event that meets it. After other terms nothing is asked."""

ENDED = ("solution_done", "solution_found", "outcome_sent", "mediation_held")
"""Steps after which it may be solved, or not (BE-5b, BG-12, CJ-5, BB-6)."""

WISH = "client_asks_followup"
SAYS: dict[tuple[str, bool], str] = {
    ("contact", True): "client_says_contact_made",
    ("contact", False): "client_says_no_contact",
    ("outcome", True): "client_says_outcome",
    ("outcome", False): "client_says_no_outcome",
    ("solved", True): "client_says_solved",
    ("solved", False): "client_says_not_solved",
}
"""What is noted on the case of each answer."""

HOW = ("good", "fair", "poor")
"""How a client may say that it went: one tap, after it was solved."""


def offer(c: Composer, case: Filed) -> tuple[Option, ...]:
    """The option to be asked whether it happened, about the first promised day; none where nothing can be promised."""
    found = _first(c, case)
    if found is None or not (c.platform.pushes or case.number):
        return ()
    deadline, rule = found
    on = wording.day(_morning(c, deadline.date).date().isoformat())
    kind = QUESTIONS[rule.ends] if c.platform.pushes else "return"
    return (option("followup", Phrase(f"option.followup.{kind}", (("date", on),))),)


def wish(c: Composer) -> None:
    """The client wants to be asked, on the morning after the promised day, whether it happened."""
    case = c.session.case
    found = _first(c, case) if case else None
    if case is None or found is None or not (c.platform.pushes or case.number):
        c.say("followup.none")
        return
    deadline = found[0]
    at = _morning(c, deadline.date)
    c.change(follows=True)
    if case.number:
        c.order(Note(case.number, WISH))
    _ask_on(c, deadline, at)
    on = wording.day(at.date().isoformat())
    options = (option("wipe"), option("copy"))
    if c.platform.pushes:
        c.say("followup.set", date=on, options=options)
    elif c.platform.account:
        c.say("followup.return.here", date=on, options=options)
    else:
        c.say("followup.return", date=on, options=options)


def morning_after(day: date, office: Office) -> datetime:
    """Nine o'clock in the Netherlands on the first working day of the organisation after this day."""
    morning, _ = working.add(day, 1, office)
    return datetime.combine(morning, ASK_AT, AMSTERDAM)


def _morning(c: Composer, iso: str) -> datetime:
    return morning_after(date.fromisoformat(iso), c.scheme.office)


def _first(c: Composer, case: Filed) -> tuple[Deadline, TermRule] | None:
    return next(((item, rule) for item, rule in promised.dates(c, case) if rule.ends in QUESTIONS), None)


def _ask_on(c: Composer, deadline: Deadline, at: datetime) -> None:
    c.change(followup=at.isoformat(), followup_term=deadline.id)
    if c.platform.pushes:
        c.order(Wake(at.isoformat()))


def moved(c: Composer, before: Filed, after: Filed) -> None:
    """A step moved the day, or set a new one: who follows is asked then, and hears it."""
    if after.status == "withdrawn":
        c.change(followup=None)
        return
    if not c.session.follows:
        return
    old = {item.id: item for item in before.deadlines}
    for item, rule in promised.dates(c, after):
        same = item.id == c.session.followup_term
        changed = rule.ends in QUESTIONS and old.get(item.id) != item and item.why.paused_since is None
        if changed and (c.session.followup is None or same):
            at = _morning(c, item.date)
            _ask_on(c, item, at)
            if c.platform.pushes:
                c.say("followup.moved", date=wording.day(at.date().isoformat()))
            return


def dropped(c: Composer, before: Session) -> None:
    """This conversation was given up, and with it the wish to be asked: that is said, and what is left of it.

    The wish stands on a case that has a number, so that the code brings it back (rule 4).
    """
    if before.follows:
        c.say(
            "followup.dropped.code" if before.case is not None and before.case.number else "followup.dropped"
        )


def due(c: Composer) -> bool:
    """Whether the time has come to ask, and the term does not stand still."""
    if c.session.followup is None or c.now < datetime.fromisoformat(c.session.followup):
        return False
    case = c.session.case
    stands_still = {item.id for item in case.deadlines if item.why.paused_since} if case else set()
    return c.session.followup_term not in stands_still


def claimed(c: Composer) -> None:
    """The client came back with their code: what they wished to be asked is asked when its day has come."""
    case = c.session.case
    if case is None or WISH not in case.done or case.status == "withdrawn":
        return
    c.change(follows=True)
    if unsettled(case):
        ask_solved(c)
        return
    if any(said in case.done for (what, _), said in SAYS.items() if what != "solved"):
        return
    found = _first(c, case)
    at = _morning(c, found[0].date) if found else c.now
    c.change(followup=at.isoformat(), followup_term=found[0].id if found else "")


def on_return(c: Composer) -> None:
    """The client is here: a question whose day has come is put when nothing else is being asked."""
    if c.session.pending is None and c.session.asking is None and c.session.state == "done" and due(c):
        ask(c)


def unsettled(case: Filed | None) -> bool:
    """Whether something ended on this case of which the client did not say yet whether it helped."""
    if case is None or case.status == "withdrawn":
        return False
    ended = max((at for at, id in enumerate(case.done) if id in ENDED), default=-1)
    said = max((at for at, id in enumerate(case.done) if id in _SOLVED), default=-1)
    return ended > said


_SOLVED = (SAYS["solved", True], SAYS["solved", False], "satisfied", "not_satisfied")


def ask(c: Composer) -> None:
    """The question that was wished for."""
    term = c.session.followup_term
    rule = promised.rules(c).get(term)
    what = QUESTIONS.get(rule.ends, "contact") if rule else "contact"
    c.change(followup=None, state="asking")
    c.wait(pending=f"followup:{what}")
    put(c, what)


def ask_solved(c: Composer) -> None:
    """Something ended: is it solved?"""
    c.change(state="asking")
    c.wait(pending="followup:solved")
    put(c, "solved")


def put(c: Composer, what: str) -> None:
    """The question itself, without content."""
    yes_no = (option("yes"), option("no"))
    match what:
        case "contact":
            c.say("followup.contact", options=yes_no)
        case "outcome":
            c.say("followup.outcome", options=yes_no)
        case _:
            c.say("followup.is_solved", options=yes_no)


def answered(c: Composer, what: str, *, yes: bool, beside: str = "") -> None:
    """The client says whether it happened (BG-8, IB-7b, BE-4a, BB-7e) or whether it is solved.

    `beside` is what they typed besides the yes or no: it is passed on only when they say so.
    """
    case = c.session.case
    number = case.number if case else ""
    c.change(state="done")
    c.wait()
    if number and case is not None:
        c.order(Note(number, SAYS[what, yes]))
        c.change(case=_with(case, SAYS[what, yes]))
    match what, yes:
        case "solved", True:
            c.say("followup.solved")
            _how(c, number)
        case "solved", False:
            if number:
                role = c.scheme.recipient.role if c.scheme.recipient else "recipient"
                c.order(PassOn(number, "unresolved"))
                c.order(Notify(number, role, "client_unresolved"))
            c.say("followup.not_solved")
            next_rung(c)
        case _, True:
            c.say("followup.good", options=(option("solved"), option("not_solved"), option("confidant")))
        case _:
            _silence(c, number, what)
    if beside and number:
        c.wait(pending=f"add:{beside}")
        c.change(state="asking")
        c.say("after.add.complaint", words=Quote(beside[:200]), options=(option("yes"), option("no")))


def _with(case: Filed, note: str) -> Filed:
    return Filed(case.number, case.status, case.deadlines, case.filed_on, (*case.done, note))


def _silence(c: Composer, number: str, what: str) -> None:
    """Nothing came: the management hears it, and the client sees where else to go."""
    if number:
        c.order(
            Notify(number, "manager", "client_not_contacted" if what == "contact" else "client_no_outcome")
        )
        c.say("followup.not_contacted")
    else:
        c.say("followup.not_contacted.outside")
        _reach_outside(c)
    next_rung(c)


def _reach_outside(c: Composer) -> None:
    """How to reach the body outside that should have made contact (IB-7b)."""
    rung = _commission(c)
    contact = c.scheme.contacts.get(rung.contact or "") if rung else None
    ways = wording.ways(contact) if contact else ()
    if ways:
        c.say("ladder.reach", ways=Names(ways, "lines"))


def _commission(c: Composer) -> Rung | None:
    return next((rung for rung in c.scheme.ladder if rung.kind in ("commission", "disputes")), None)


def _how(c: Composer, number: str) -> None:
    """One optional question on how it went. It stands on the case without content, and that is said."""
    if not number:
        c.say("followup.options", options=(option("wipe"),))
        return
    c.wait(pending="how")
    c.say("followup.how", options=(*(option(f"how:{how}") for how in HOW), option("wipe")))


def rated(c: Composer, how: str) -> None:
    """How the client says that it went."""
    case = c.session.case
    c.wait()
    c.change(state="done")
    if case is not None and case.number:
        c.order(Note(case.number, f"client_found_{how}"))
    c.say("followup.how.thanks", options=(option("status"), option("wipe")))


_OWN = ("officer", "management", "online")
_REACHED: dict[str, tuple[str, ...]] = {
    "contact_made": _OWN,
    "talk_held": _OWN,
    "steps_agreed": _OWN,
    "mediation_held": ("mediation",),
}
"""Which kinds of rungs lie behind the client after a step on the case."""


def next_rung(c: Composer) -> None:
    """The next step of the ladder after the one where the complaint lies, and the confidant."""
    options = [option("confidant"), option("more")]
    rungs = c.scheme.ladder
    later = [rung for rung in rungs[_reached(c) + 1 :] if rung.id not in c.session.rungs_done]
    if later:
        rung = later[0]
        c.say("followup.next", rung=wording.words(rung.label), text=wording.words(rung.text))
        options.insert(0, option(f"rung:{rung.id}", wording.words(rung.label)))
    c.wait(pending="rung")
    c.say("followup.options", options=tuple(options))


def _reached(c: Composer) -> int:
    """The place of the last rung behind the client: the first of the organisation's own, or further by its steps."""
    rungs, case = c.scheme.ladder, c.session.case
    if case is None or not case.number:
        return max((at for at, rung in enumerate(rungs) if rung == _commission(c)), default=-1)
    first = next((at for at, rung in enumerate(rungs) if rung.kind in _OWN), -1)
    kinds = {kind for step in case.done for kind in _REACHED.get(step, ())}
    return max(
        (at for at, rung in enumerate(rungs) if rung.kind in kinds and not rung.outside), default=first
    )
