"""Straight to the commission or disputes body: everything that its form or letter asks, ready to copy.

It is the client who sends it; Gehoord makes it ready (IB-7a, CJ-6, BG-12, BE-5b). Always reachable (BE-2).
"""

from flows import asking, cards, confidants, following, links, wording
from flows.composer import Composer, option
from flows.effects import Note, SetTerm
from flows.events import Filed
from flows.messages import Arg, Because, Names, Phrase, Row
from flows.scheme import Rung
from flows.terms import start as start_terms


def begin(c: Composer, rung: Rung | None = None) -> None:
    """Starts this route; what is known already is taken along."""
    chosen = rung or find(c)
    if chosen is None:
        c.say("commission.none", org=c.scheme.name)
        return
    if c.session.route != "commission":
        c.change(before=c.session.route, route="commission")
        _introduce(c, chosen)
        if c.session.case is not None and c.session.case.number and "story" not in c.session.answers:
            c.say("commission.once_more", org=c.scheme.name)  # its readers alone have what was filed
    go_on(c)


def find(c: Composer) -> Rung | None:
    """The scheme's outside body: the commission, else the disputes body."""
    return next((rung for rung in c.scheme.ladder if rung.kind in ("commission", "disputes")), None)


def _introduce(c: Composer, rung: Rung) -> None:
    c.say("commission.hello", who=wording.words(rung.label), text=wording.words(rung.text))
    for fact in rung.told:
        c.say(f"fact.{fact}")


def go_on(c: Composer) -> None:
    """Asks what the form or letter asks, then shows it."""
    if asking.next_question(c):
        return
    show(c)


def show(c: Composer) -> None:
    """The text, ready to copy, with where it goes and what to do there."""
    rung = find(c)
    if rung is None:
        return
    c.change(state="asking")
    c.wait(pending="sent")
    contact = c.scheme.contacts.get(rung.contact or "")
    c.say(f"commission.ready.{rung.prepares or 'letter'}", body=document(c), sensitive=True)
    if contact is not None:
        ways = wording.ways(contact)
        if ways:
            c.say("commission.where", ways=Names(ways, "lines"))
        if contact.steps:
            c.say("commission.steps", steps=wording.words(contact.steps))
        if not ways:
            c.say("contact.unknown", who=wording.words(contact.label))
    rules = next((link for link in c.scheme.links if link.id == rung.rules), None)
    if rules is not None:
        links.say(c, rules)
    if rung.support:
        confidants.helper(c, c.scheme.contacts[rung.support])
    c.say(
        "commission.sent",
        options=(option("yes"), option("not_yet"), option("change:story"), option("confidant")),
    )


def document(c: Composer) -> Phrase:
    """The letter or form text: the client's answers under their heads, the care provider, the story as told."""
    lines: list[Phrase] = [_line("date_written", wording.day(c.now.date().isoformat()))]
    lines += [_row(row) for row in cards.rows(c, change=False) if row.field != "story"]
    lines.append(_line("provider", c.scheme.name))
    lines += [_row(row) for row in cards.rows(c, change=False) if row.field == "story"]
    return Phrase("commission.document", (("lines", Names(tuple(lines), "lines")),))


def _row(row: Row) -> Phrase:
    return Phrase("document.line", (("field", Phrase(f"field.{row.field}")), ("value", row.value)))


def _line(field: str, value: Arg) -> Phrase:
    return Phrase("document.line", (("field", Phrase(f"field.{field}")), ("value", value)))


def sent(c: Composer) -> None:
    """The client sent it: what the source promises from now on is told with its date (IB-7b)."""
    deadlines = start_terms(c.scheme, "form_sent", c.now)
    case = c.session.case or Filed("", "sent_outside", (), c.now.date().isoformat())
    kept = tuple(d for d in case.deadlines if d.id not in {new.id for new in deadlines})
    c.change(
        case=Filed(case.number, case.status, (*kept, *deadlines), case.filed_on, case.done), state="done"
    )
    c.wait(pending=None)
    c.say("commission.good")
    for deadline in deadlines:
        rule = next(rule for rule in c.scheme.terms if rule.id == deadline.id)
        c.say("commission.term", what=wording.words(rule.label), date=wording.day(deadline.date))
        c.say("done.why", why=Because(deadline.why))
    if case.number:  # the case of the organisation knows of it too
        c.order(Note(case.number, "form_sent"))
        for deadline in deadlines:
            c.order(SetTerm(case.number, deadline, "form_sent"))
    assert c.session.case is not None
    c.say("done.options", options=(*following.offer(c, c.session.case), option("copy"), option("wipe")))
