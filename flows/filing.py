"""From what was told to what is filed: the card of what was understood, the check card, sending, and after.

Nothing is filed before the client has read it, knows who will read it, and has said "send".
"""

from datetime import time

from flows import agenda, asking, cards, fear, following, hearing, promised, wording
from flows.calendar import working
from flows.composer import Composer, option
from flows.effects import Intake, Notify, OpenCase
from flows.events import Filed
from flows.filing_facts import flags, late
from flows.messages import Because, Day, Phrase, Quote
from flows.recipients import Readers, named_readers, readers, refusals
from flows.terms import start as start_terms

WITHOUT_TERMS = frozenset({"story", "suggestion"})
"""Kinds of intake that start no term (CJ-1, BE-1)."""


def go_on(c: Composer) -> None:
    """The next step on the way to an intake: what was understood is confirmed, then asked, then checked."""
    if not c.told("understood") and cards.show_understood(c):
        return
    if asking.next_question(c):
        return
    check(c)


def check(c: Composer) -> None:
    """The check card, who will read it, what follows from sending it; then send, not yet, or keep it from someone."""
    c.change(state="checking")
    c.wait()
    who = readers(c.scheme, c.session)
    cards.show_check(c)
    _before_sending(c, who)
    if not who.left:
        nobody_left(c)
        return
    options = [option("send"), option("not_yet")]
    if c.session.route != "suggestion":
        options.append(option("unreadable"))
    if (
        c.scheme.fact("talk_often_helps")
        and "talked" not in c.session.answers
        and c.session.route == "complaint"
    ):
        c.say("fact.talk_often_helps")
        options.append(option("talk"))
    c.say("check.send", options=tuple(options))


def _before_sending(c: Composer, who: Readers) -> None:
    scheme = c.scheme
    if c.session.route in WITHOUT_TERMS:
        c.say(f"check.kind.{c.session.route}")
    if who.left:
        if who.refused:
            c.say(
                "check.reader.but",
                who=wording.reader(scheme),
                org=scheme.name,
                names=Quote(", ".join(who.refused)),
            )
        else:
            c.say("check.reader", who=wording.reader(scheme), org=scheme.name)
        named = named_readers(scheme, c.session)
        if named:
            c.say("check.reader.named", names=Quote(", ".join(named)))
    if scheme.recipient is not None and scheme.recipient.uninvolved:
        c.say("fact.uninvolved")
    if c.session.route == "complaint":
        c.say("claim.staff_hears")
    for fact in ("dossier_copy", "secrecy"):
        if scheme.fact(fact) and not (fact == "dossier_copy" and c.session.route in WITHOUT_TERMS):
            c.say(f"fact.{fact}")
    if scheme.age_limit is not None and late(scheme, c.session, c.now):
        c.say("check.late", count=scheme.age_limit.years)
        _late_help(c)
    if _about_decision(c):
        c.say("check.bezwaar", options=(option("human"),))
    fear.hint(c)
    if c.session.danger:
        _unread_until(c)


def kind_of(c: Composer) -> str:
    """What is sent: ``story``, ``suggestion``, or else ``complaint``."""
    route = c.session.route
    return route if route in WITHOUT_TERMS and route is not None else "complaint"


def _late_help(c: Composer) -> None:
    """Who thinks along when it is long ago: the confidant, or else the human that the scheme names (BB-3b)."""
    place = c.value("location")
    found = c.scheme.confidants_at(place if isinstance(place, str) else None)
    label = found[0].role if found else c.scheme.contacts[c.scheme.human[0]].label
    c.say(
        "check.late.help",
        who=wording.words(label),
        options=(option("confidant", Phrase("option.confidant.help")),),
    )


CLOSES = time(17)
"""After this hour nobody is expected to read before the next working day, where a source gives no hours."""


def _unread_until(c: Composer) -> None:
    """In danger: when somebody reads this at the earliest, and 112. A Friday night means Monday."""
    today = c.now.date()
    if working.not_worked(today, c.scheme.office) is None and c.now.time() < CLOSES:
        c.say("check.danger.unread")
        return
    day, _ = working.add(today, 1, c.scheme.office)
    c.say("check.danger.unread_until", day=Day(day))


def _about_decision(c: Composer) -> bool:
    chosen = c.value("subject")
    ids = chosen if isinstance(chosen, tuple) else (chosen,)
    return any(subject.flag == "decision" and subject.id in ids for subject in c.scheme.subjects)


def nobody_left(c: Composer) -> None:
    """Everyone who would read it may not: the outside ways, and with a yes the address the scheme names for this."""
    recipient = c.scheme.recipient
    c.say("nobody.left")
    if recipient is not None and recipient.if_nobody is not None:
        contact = c.scheme.contacts[recipient.if_nobody]
        c.wait(pending="nobody")
        c.say("nobody.address", who=wording.words(contact.label), options=(option("yes"), option("no")))
        return
    nobody_outside(c)


def send(c: Composer) -> None:
    """Files the intake. The client said so in plain words or by the button."""
    who = readers(c.scheme, c.session)
    if not c.session.said and not c.session.attachments:
        c.say("send.nothing")
        asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
        return
    if not who.left:
        nobody_left(c)
        return
    _file(c, who.roles, who.refused)


def _file(c: Composer, roles: tuple[str, ...], refused: tuple[str, ...]) -> None:
    hearing.confirm_all(c)
    route = c.session.route or "complaint"
    number = f"{c.scheme.prefix}-{c.fresh.number[:4]}-{c.fresh.number[4:6]}"
    today = c.now.date()
    place = c.value("location")
    deadlines = (
        ()
        if route in WITHOUT_TERMS
        else start_terms(c.scheme, "received", c.now, location=place if isinstance(place, str) else None)
    )
    c.order(OpenCase(number, c.fresh.claim_code, intake(c, route), roles, refused, deadlines))
    c.order(Notify(number, roles[0], "new_case", urgent=bool(c.session.danger)))
    c.change(
        case=Filed(number, "received", deadlines, today.isoformat()),
        claim_code=c.fresh.claim_code,
        state="done",
    )
    c.wait()
    after(c)


def intake(c: Composer, kind: str) -> Intake:
    """The completed answers, as they are sealed."""
    session = c.session
    return Intake(
        kind=kind,
        scheme=c.scheme.id,
        scheme_version=c.scheme.hash,
        locale=session.locale,
        platform=session.platform,
        received=c.now.isoformat(),
        answers=dict(session.answers),
        said=session.said,
        flags=flags(c.scheme, session, c.now),
        attachments=session.attachments,
        skipped=session.skipped,
    )


def after(c: Composer) -> None:
    """After sending: the number, what happens and by when, where else to go, and the words to come back with."""
    case = c.session.case
    if case is None:
        return
    c.say(f"done.{kind_of(c)}", number=case.number)
    if c.scheme.fact("costs_nothing"):
        c.say("fact.costs_nothing")
    _what_happens(c, case)
    _where_else(c)
    if c.session.claim_code:
        c.say("done.code", code=c.session.claim_code, sensitive=True)
    options = [option("copy"), option("wipe")]
    options += following.offer(c, case)
    options.append(option("process"))
    c.say("done.options", options=tuple(options))


def _what_happens(c: Composer, case: Filed) -> None:
    kind = c.session.route
    if kind in WITHOUT_TERMS:
        return
    told = promised.dates(c, case)
    if c.scheme.fact("as_soon_as_possible"):
        c.say("fact.as_soon_as_possible")
    elif not told:
        c.say("done.soon", who=wording.reader(c.scheme))
    for deadline, rule in told:
        known = f"done.term.{rule.ends}" if rule.ends in promised.TOLD_ENDS else "done.term"
        c.say(known, who=wording.reader(c.scheme),
              what=wording.words(rule.label), date=wording.day(deadline.date))  # fmt: skip
        c.say("done.why", why=Because(deadline.why))
    if not any(c.value(way) not in (None, "none", "unknown") for way in ("phone", "email", "address")):
        c.say("done.unreachable")
    when = c.value("contact_when")
    if told and when is not None:
        c.say("done.passed_on", when=wording.value(c.scheme, "contact_when", when))  # type: ignore[arg-type]


def _where_else(c: Composer) -> None:
    place = c.value("location")
    for confidant in c.scheme.confidants_at(place if isinstance(place, str) else None):
        free = "done.confidant.free" if c.scheme.contacts[confidant.contact].free else "done.confidant"
        c.say(free, who=wording.words(confidant.role))
        break
    else:
        c.say("done.confidant", who=wording.words(c.scheme.contacts[c.scheme.human[0]].label))
    for rung in c.scheme.ladder if c.session.route not in WITHOUT_TERMS else ():
        if rung.kind in ("commission", "disputes") and rung.contact is not None:
            contact = c.scheme.contacts[rung.contact]
            if contact.url or contact.form:
                c.say("done.commission", org=c.scheme.name, url=contact.url or contact.form or "")
            break


def copy(c: Composer) -> None:
    """The client's own copy: everything that was sent, as text to keep."""
    c.say("copy", rows=cards.rows(c, change=False), number=c.session.case.number if c.session.case else "")
    c.say("copy.safe", options=(option("wipe"),))


def not_yet(c: Composer) -> None:
    """Not sent: nobody reads it, it stays until the draft's end, and there are other ways."""
    c.wait()
    own = c.session.route == "commission" or c.scheme.recipient is None
    on = option("resume") if own else option("send")
    c.say("not_yet", days=c.platform.drafts_days, options=(on, option("stop"), option("wipe")))


def unreadable(c: Composer) -> None:
    """Asks who may not read it: officers known by name, or free words."""
    names = c.scheme.recipient.names if c.scheme.recipient else ()
    c.wait(asking="unreadable_by")
    c.change(state="asking")
    c.say("ask.unreadable_by", options=(*(option(f"name:{name}", name) for name in names), option("nobody")))


def send_elsewhere(c: Composer) -> None:
    """With the client's yes: sealed for the address that the scheme names when nobody is left."""
    recipient = c.scheme.recipient
    if recipient is None or recipient.if_nobody is None:
        nobody_outside(c)
        return
    _file(c, (recipient.if_nobody,), refusals(c.session))


def nobody_outside(c: Composer) -> None:
    """The ways outside the organisation, when nobody inside may read it."""
    c.wait(pending="rung")
    outside = [rung for rung in c.scheme.ladder if rung.kind in ("commission", "disputes", "confidant")]
    options = tuple(option(f"rung:{rung.id}", wording.words(rung.label)) for rung in outside)
    c.say(
        "nobody.outside",
        options=(*options, option("confidant"), option("change:unreadable_by"), option("stop")),
    )
