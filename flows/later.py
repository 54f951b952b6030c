"""What time and officers bring: drafts that end, questions that were wished for, and steps on the case."""

from datetime import date, datetime, timedelta

from flows import following, leaving, promised, wording
from flows.composer import Composer, option
from flows.effects import EndTerm, SetTerm
from flows.events import Deadline, Filed, Happened
from flows.messages import Because, Quote
from flows.scheme import TermRule
from flows.session import News
from flows.terms import TermError
from flows.terms import step as step_terms


def time_passed(c: Composer) -> None:
    """Asks what the client wished to be asked, or ends a draft that was not sent."""
    if following.due(c):
        following.ask(c)
    elif expired(c):
        leaving.expire(c)


def expired(c: Composer) -> bool:
    """Whether this is an unsent conversation that is older than was promised."""
    session = c.session
    open_draft = session.case is None and bool(session.answers or session.said)
    if not open_draft or not session.at:
        return False
    return c.now - datetime.fromisoformat(session.at) >= timedelta(days=c.platform.drafts_days)


def happened(c: Composer, event: Happened) -> None:
    """An officer's step on the case: deadlines begin and end, and the client hears what the law wants told."""
    before = c.session.case
    if before is None:
        c.error = "no_case"
        return
    if event.case is not None:  # the case itself was changed by the officer's own turn
        after = event.case
    else:
        stepped = _stepped(c, before, event)
        if stepped is None:
            return
        after = stepped
        _order(c, before, after, event.id)
    c.change(case=after)
    told = _changed(c, before, after)
    if c.platform.notices:
        _news(c, tuple(item.id for item, _ in told), event.reason)
    else:
        for item, rule in told:
            _tell(c, item, rule)
        if event.reason:
            c.say("happened.reason", reason=Quote(event.reason))
    following.moved(c, before, after)
    if event.id in following.ENDED and (c.session.follows or not c.platform.notices):
        following.ask_solved(c)


def _stepped(c: Composer, case: Filed, event: Happened) -> Filed | None:
    """The case after this step, where nobody counted it before; None when it cannot be taken, with the error set."""
    place = c.value("location")
    try:
        agreed = date.fromisoformat(event.on) if event.on else None
    except ValueError:
        c.error = "no_day"
        return None
    try:
        return step_terms(
            case, c.scheme, event.id, c.now, agreed, reason=event.reason,
            location=place if isinstance(place, str) else None,
        )  # fmt: skip
    except TermError as error:
        c.error = error.code
        return None


def _changed(c: Composer, before: Filed, after: Filed) -> tuple[tuple[Deadline, TermRule], ...]:
    """The deadlines of which the client hears: those that began, moved, stand still or run on."""
    old = {item.id: item for item in before.deadlines}
    found = []
    for item, rule in promised.dates(c, after):
        was = old.get(item.id)
        if was is None or was.date != item.date or was.why.paused_since != item.why.paused_since:
            found.append((item, rule))
    return tuple(found)


def _tell(c: Composer, item: Deadline, rule: TermRule) -> None:
    what = wording.words(rule.label)
    if item.why.paused_since is not None:
        c.say("happened.paused", what=what)
        return
    c.say("happened.term", what=what, date=wording.day(item.date))
    c.say("done.why", why=Because(item.why))


def _news(c: Composer, terms: tuple[str, ...], reason: str) -> None:
    """Where others may see what comes by itself, only that there is something: the rest waits to be asked for."""
    if not terms and not reason:
        return
    c.change(news=(*c.session.news, News(terms, reason)))
    c.say("happened.news", options=(option("news"),))


def news(c: Composer) -> None:
    """The client wants to see what changed."""
    ids = {id for item in c.session.news for id in item.terms}
    for item, rule in promised.dates(c, c.session.case) if c.session.case else ():
        if item.id in ids:
            _tell(c, item, rule)
    reasons(c)
    c.say("go_on", options=(option("status"), option("add"), option("confidant")))


def reasons(c: Composer) -> None:
    """The reasons of what changed, which wait to be looked at; after this nothing waits."""
    for one in c.session.news:
        if one.reason:
            c.say("happened.reason", reason=Quote(one.reason))
    if c.session.news:
        c.change(news=())


def _order(c: Composer, before: Filed, after: Filed, reason: str) -> None:
    old = {deadline.id: deadline for deadline in before.deadlines}
    new = {deadline.id: deadline for deadline in after.deadlines}
    for id, deadline in new.items():
        if old.get(id) != deadline:
            c.order(SetTerm(before.number, deadline, reason))
    for id in old:
        if id not in new:
            c.order(EndTerm(before.number, id, reason))
