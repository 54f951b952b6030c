"""The confidant: who they are, what they do, how to reach them, and what is true about being unknown.

The five points of Besluit Jeugdwet 4.1.1 are said wherever a confidant is offered: independent, what help,
confidential, free, and how and when reachable. What a source does not say is not said.
"""

from flows import line, wording
from flows.composer import Composer, option
from flows.messages import Door, Names, Option, Phrase, Quote
from flows.opening import open_hours
from flows.scheme import Confidant, Contact, Rung


def offer(c: Composer, *, rung: Rung | None = None) -> None:
    """Shows every confidant for this client, with contacts and opening hours; then the way back.

    `rung` is the step of the ladder that led here: its own words stand in for what is said of its confidant.
    """
    if c.session.route != "confidant":
        c.change(before=c.session.route)
    c.change(route="confidant", state="asking", doubt=None)
    c.wait(pending="confidant")
    place = c.value("location")
    found = c.scheme.confidants_at(place if isinstance(place, str) else None)
    if not found:
        c.say("confidant.none", org=c.scheme.name)
        support(c)
    for confidant in found:
        _present(c, confidant, rung if rung is not None and rung.confidant == confidant.id else None)
    if found and c.scheme.fact("confidant_for_children"):
        c.say("fact.confidant_for_children")
    _paste(c, found)
    truth_about_this_place(c)
    if c.session.danger:
        c.say("confidant.danger")
    c.say("confidant.then", options=then(c))


def then(c: Composer) -> tuple[Option, ...]:
    """What can be done after the confidant was shown."""
    options: list[Option] = []
    if c.platform.line == "here" and line.own_at(c.scheme, c.value("location")) is not None:
        options.append(option("line"))
    if c.session.before in ("complaint", "wzd") or c.session.said:
        options.append(option("resume"))
    else:
        options.append(option("complaint"))
    return (*options, option("human"), option("stop"))


def support(c: Composer) -> None:
    """Others of the organisation who help: an independent klachtenfunctionaris where the source names one."""
    for message in line.helpers(c.scheme):
        c.say(message.id, filled=dict(message.args))


def helper(c: Composer, contact: Contact) -> None:
    """Who helps with a step, and how to reach them where the source says so."""
    ways = wording.ways(contact)
    if ways:
        c.say("ladder.support", who=wording.words(contact.label), ways=Names(ways, "lines"))
    else:
        c.say("ladder.support.who", who=wording.words(contact.label))


def _present(c: Composer, confidant: Confidant, rung: Rung | None) -> None:
    contact = c.scheme.contacts[rung.contact if rung is not None and rung.contact else confidant.contact]
    who = confidant.name or wording.words(confidant.role)
    if confidant.name:
        c.say("confidant.named", name=confidant.name, role=wording.words(confidant.role))
    elif confidant.outside:
        c.say("confidant.outside", who=who, org=c.scheme.name)
    else:
        c.say("confidant.role", who=who)
    if rung is not None:
        c.say("ladder.text", text=wording.words(rung.text))
        for fact in rung.told:
            c.say(f"fact.{fact}")
    else:
        for point in confidant.says:
            c.say(f"confidant.says.{point}")
    if confidant.free and not confidant.unconfirmed:
        c.say("confidant.free")
    _reachable(c, contact)
    if line.has(confidant):
        writing(c)


def _reachable(c: Composer, contact: Contact) -> None:
    found = wording.ways(contact)
    who = wording.words(contact.label)
    if found:
        c.say("confidant.reach", who=who, ways=Names(found, "lines"))
    else:
        c.say("confidant.reach.ask", who=who, org=c.scheme.name)
    if contact.phone:
        c.say("claim.call_shows_number")
    hours(c, contact)


def _paste(c: Composer, found: tuple[Confidant, ...]) -> None:
    """What the client told so far, to paste where somebody outside is written to: nothing is passed on for them."""
    outside = [c.scheme.contacts[one.contact] for one in found if one.outside]
    if (
        c.session.before
        and c.session.said
        and c.session.case is None
        and any(one.chat or one.url for one in outside)
    ):
        c.say("confidant.paste", body=Quote("\n".join(c.session.said)))


def writing(c: Composer) -> None:
    """The line to this confidant: here, on its page, or by the link that leads off the platform."""
    door = Door(line.path(c.scheme), Phrase("confide.door"))
    match c.platform.line:
        case "here":
            c.say("confidant.line.here")
        case "page":
            c.say("confidant.line.page", door=door)
            c.say("confide.private")
        case "away":
            c.say("confidant.line.away", door=door)
            c.say("confide.private")


def hours(c: Composer, contact: Contact) -> None:
    """Whether it is open now, or when it opens next, in Dutch time (CJ-8)."""
    for message in open_hours(contact, c.now, c.scheme):
        c.say(message.id, filled=dict(message.args))


def truth_about_this_place(c: Composer) -> None:
    """What the platform sees, and how to get off it. Never "anonymous" where an account is shown."""
    own = any(confidant.anonymous for confidant in c.scheme.confidants)
    if c.platform.account:
        c.say(f"confidant.account.{c.platform.id}")
        c.say("confidant.wipe_hint")
    elif own:
        c.say("claim.without_name")
    c.say("claim.phone_history")
