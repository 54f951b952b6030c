"""Stopping, coming back, starting over and wiping: each says truthfully what is kept and what is not."""

from flows import agenda, asking, following, greeting, wording
from flows.composer import Composer, option
from flows.effects import Forget
from flows.fields import KINDS
from flows.messages import Arg, Names, Phrase
from flows.session import Session


def stop(c: Composer) -> None:
    """The client stops. Nothing was sent unless it was; other ways in are shown (BG-5)."""
    filed = c.session.case is not None and c.session.state == "done"
    c.change(stopped=True, state="done")
    if filed:
        c.say("stop.filed", number=c.session.case.number if c.session.case else "")
    else:
        c.say("stop.nothing_sent", days=c.platform.drafts_days)
        ways(c)
    if c.session.danger:
        c.say("stop.danger")
    c.say("stop.options", options=(option("resume"), option("wipe")))


def ways(c: Composer) -> None:
    """The other ways in that the scheme names, with the contacts it gives."""
    lines = []
    unknown: list[Arg] = []
    for way in c.scheme.ways:
        contact = c.scheme.contacts.get(way.contact or "")
        reach = {
            "email": contact.email if contact else None,
            "post": contact.post if contact else None,
            "phone": contact.phone if contact else None,
            "form": contact.form if contact else None,
            "online": (contact.form or contact.url) if contact else None,
        }.get(way.kind)
        label = wording.words(way.label)
        found = (
            Phrase("way.reach", (("way", label), ("reach", reach)))
            if reach
            else Phrase("way", (("way", label),))
        )
        lines.append(found)
        if contact is not None and not wording.ways(contact) and wording.words(contact.label) not in unknown:
            unknown.append(wording.words(contact.label))
    if lines:
        c.say("ways", ways=Names(tuple(lines), "lines"))
    if unknown:
        c.say("contact.unknown", who=Names(tuple(unknown), "or"))
    if c.scheme.fact("municipality_first"):
        c.say("fact.municipality_first")


def resume(c: Composer) -> None:
    """Takes the conversation up where it was."""
    c.change(stopped=False)
    c.say("resume.welcome")


def wipe(c: Composer) -> None:
    """Wipes this conversation at once. A complaint that was sent stays with the organisation, and that is said."""
    filed = c.session.case is not None and bool(c.session.case.number)
    c.order(Forget())
    kept = c.session
    c.session = Session(kept.scheme, kept.scheme_version, kept.platform, locale=kept.locale, state="done")
    c.say("wiped.filed" if filed else "wiped", org=c.scheme.name)
    following.dropped(c, kept)
    if c.platform.deletes:
        c.say("wiped.platform")
    elif not c.platform.account:
        c.say("wiped.phone")
    c.say("wiped.options", options=(option("restart"), option("human")))


def expire(c: Composer) -> None:
    """An unsent conversation reached its end: it is wiped, as was promised at the start."""
    c.order(Forget(earlier=True))
    kept = c.session
    c.session = Session(
        kept.scheme, kept.scheme_version, kept.platform, locale=kept.locale, told=("expired",)
    )
    c.say("wiped.expired", days=c.platform.drafts_days)
    greeting.again(c)


def restart(c: Composer) -> None:
    """Starts over: what was not sent is wiped."""
    kept = c.session
    if kept.answers or kept.said or kept.case:
        c.order(Forget())
    c.session = Session(kept.scheme, kept.scheme_version, kept.platform, locale=kept.locale)
    following.dropped(c, kept)
    greeting.hello(c)


def back(c: Composer) -> None:
    """One question back: the answer given there is asked again."""
    earlier = [field for field in c.session.asked if field != c.session.asking]
    here = agenda.ask_of(c.scheme, c.session, c.session.asking).fields if c.session.asking else ()
    earlier = [field for field in earlier if field not in here and field in KINDS]  # a rung is no question
    if not earlier:
        c.say("back.first")
        asking.once_more(c)
        return
    field = earlier[-1]
    ask = agenda.ask_of(c.scheme, c.session, field)
    c.session = agenda.without(c.session, *ask.fields)
    c.change(doubt=None, asked=tuple(name for name in c.session.asked if name not in (*here, *ask.fields)))
    c.say("back")
    asking.put(c, ask)
