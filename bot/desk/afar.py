"""'Gedaan' and 'Later vandaag' from a mail or from Telegram: once, without logging in and without content.

The rules
 1. A link holds a random token; of it only a digest is kept, sealed with what it is for, and for `LIFE`. So does a
    button in Telegram (`press`), which works in the chat of its officer alone, and is no link.
 2. Opening the link does nothing, since programs that scan mail open every link. The page has one button.
 3. The page says what the mail said: number, what is due, by when.
 4. 'Gedaan' is offered where the step needs nothing else: no day, no words, nothing to tick (`acting.Offer.plain`),
    and only to who can read the case. It says, as every case does before it opens, that the officer had no part
    in it.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
from aiohttp import web

from bot.desk import acting, reach, session
from bot.schemes import Schemes, UnknownScheme
from bot.web import guard, pages
from bot.web.services import services
from flows import terms, wording
from flows.calendar.zone import AMSTERDAM
from flows.events import Happened
from flows.reminding import later_today
from flows.scheme import Scheme
from flows.steps import STEPS
from flows.terms import TermError
from locales import dates, text
from storage.duties import start_of
from storage.errors import NoAccess, UnknownCase
from storage.records import Officer
from storage.reminding import ADDRESS, Item, Mail
from storage.store import Store

PATH, DRAWER, PRESSES, HEARD = f"{session.PATH}/herinnering", "link", "press", "heard"
LIFE = timedelta(days=14)
"""How long a link works."""

Act = Literal["done", "later"]


class Link(msgspec.Struct, frozen=True):
    """What a link does, for whom: the term of a case, which is due on `date` (ISO)."""

    act: Act
    scheme: str
    officer: str
    number: str
    term: str
    date: str


class Links(msgspec.Struct, frozen=True):
    """What one line of a mail offers: addresses without the site's, or what buttons carry; empty where nothing is."""

    done: str = ""
    later: str = ""


async def offer(store: Store, scheme: Scheme, mail: Mail, now: datetime) -> tuple[Links, ...]:
    """New links for each line of a mail, in order."""
    made = [await _links(store, scheme, mail.officer, item, DRAWER, now) for item in mail.items]
    return tuple(
        Links(*(f"{PATH}/{token}" if token else "" for token in (one.done, one.later))) for one in made
    )


async def buttons(store: Store, scheme: Scheme, mail: Mail, now: datetime) -> tuple[Links, ...]:
    """What the buttons of each line carry where it is told in a messenger, in order."""
    return tuple([await _links(store, scheme, mail.officer, item, PRESSES, now) for item in mail.items])


async def _links(store: Store, scheme: Scheme, officer: str, item: Item, kind: str, now: datetime) -> Links:
    if not item.rung or officer == ADDRESS or start_of(item.number) is not None:
        return Links()
    may = await _may(store, scheme, item, officer)
    done = await _laid(store, kind, _of("done", scheme, officer, item), now) if may else ""
    return Links(done, await _laid(store, kind, _of("later", scheme, officer, item), now))


def _of(act: Act, scheme: Scheme, officer: str, item: Item) -> Link:
    return Link(act, scheme.id, officer, item.number, item.what, item.date)


async def _laid(store: Store, kind: str, link: Link, now: datetime) -> str:
    token = secrets.token_urlsafe(24)
    await store.lay(kind, _id(token), msgspec.json.encode(link), until=now + LIFE)
    return token


async def _may(store: Store, scheme: Scheme, item: Item, officer: str) -> bool:
    try:
        case = await store.bearings(item.number)
    except UnknownCase:
        return False
    if officer not in case.readers or officer in case.out:
        return False
    return _step(scheme, item.what, case.location) is not None


def _step(scheme: Scheme, term: str, location: str | None) -> str | None:
    """The step that meets a term, if one press is enough for it (rule 4)."""
    rules = terms.rules_of(scheme, location)
    ends = next((rule.ends for rule in rules if rule.id == term), None)
    known = ends in STEPS and ends not in acting.NOT_ON_A_CASE
    if ends is None or not known or acting.WRITTEN.get(ends) == "must" or acting.CHECKED.get(ends):
        return None
    dated = any(rule.starts == ends and rule.basis == "agreed" for rule in rules)
    return None if dated or STEPS[ends].day == "must" else ends


async def settle(store: Store, scheme: Scheme, link: Link, now: datetime) -> bool:
    """Take the step that meets the term; False when it does not run any more, or this officer may not."""
    try:
        case = await store.bearings(link.number)
        filed = await store.filed(link.number)
        step = _step(scheme, link.term, case.location)
        if step is None:
            return False
        after = terms.step(filed, scheme, step, now.astimezone(AMSTERDAM), None, location=case.location)
        return await store.settle_from_afar(
            link.number, link.term, link.officer, acting.changes(filed, after, step), Happened(step, None, ""),
            after.status if after.status != filed.status else None, now=now,
        )  # fmt: skip
    except (UnknownCase, NoAccess, TermError):
        return False


async def put_off(store: Store, scheme: Scheme, link: Link, now: datetime) -> bool:
    """Remind once more, later; False when the term does not run any more."""
    try:
        case = await store.bearings(link.number)
    except UnknownCase:
        return False
    if link.officer in case.out:
        return False
    return await store.snooze(link.number, link.term, link.officer, later_today(now, scheme.office))


async def press(
    store: Store, schemes: Schemes, token: str, officers: tuple[str, ...], by: str, now: datetime
) -> Link | None:
    """One of these officers pressed a button: it is done, and what was done is returned.

    None when it does not work any more, or is not theirs. `by` names this press: one that comes again after a kill
    is answered as it was, and what it did is not done twice. It is noted before it is done, and the token goes after.
    """
    mark = _id(f"{token}|{by}")
    before = await store.look(HEARD, mark, now=now)
    body = await store.look(PRESSES, _id(token), now=now)
    found = before or body
    link = msgspec.json.decode(found, type=Link) if found is not None else None
    if link is None or link.officer not in officers:
        return None
    if body is None:  # it was done, and only the yes to Telegram is missing
        return link
    scheme = await _scheme(store, schemes, link)
    runs = scheme is not None and await _runs(store, link)
    if runs:
        await store.lay(HEARD, mark, body, until=now + reach.AGAIN)
    counts = await _counts(store, scheme, link, PRESSES, token, now)
    ended = before is not None and link.act == "done" and not runs  # by this press, before the kill
    if counts or ended:
        return link
    await store.take(HEARD, mark, now=now)
    return None


async def _counts(
    store: Store, scheme: Scheme | None, link: Link, kind: str, token: str, now: datetime
) -> bool:
    """Do what a link or button is for, and then take its token, so that a kill in between loses nothing.

    False when it cannot be done any more, or another was heard.
    """
    does = settle if link.act == "done" else put_off
    done = scheme is not None and await does(store, scheme, link, now)
    taken = await store.take(kind, _id(token), now=now) is not None
    return done and (taken or link.act == "done")  # a step is taken once by itself


async def door(request: web.Request) -> web.Response:
    """The page behind a link: what it is about, and one button."""
    of, token = services(request), request.match_info["token"]
    body = await of.store.look(DRAWER, _id(token), now=of.clock())
    link = msgspec.json.decode(body, type=Link) if body is not None else None
    if link is None or not await _runs(of.store, link):
        return await _over(request)
    scheme = await _scheme(of.store, of.schemes, link)
    if scheme is None or not await _hears(of.store, link):
        return await _over(request)
    locale = await _locale(request, link)
    return await pages.page(
        request, "desk/afar.html", locale=locale, desk=None, link=link, form=guard.token(token), token=token, said="",
        what=text(wording.term(scheme, link.term), locale),
        day=dates.day(date.fromisoformat(link.date), locale),
    )  # fmt: skip


async def act(request: web.Request) -> web.Response:
    """The button was pressed. Of all who press it, one is heard."""
    of, token = services(request), request.match_info["token"]
    body = await of.store.look(DRAWER, _id(token), now=of.clock())
    if body is None:
        return await _over(request)
    await guard.form(request, token)
    link = msgspec.json.decode(body, type=Link)
    scheme = await _scheme(of.store, of.schemes, link)
    if not await _counts(of.store, scheme, link, DRAWER, token, of.clock()):
        return await _over(request)
    locale = await _locale(request, link)
    return await pages.page(request, "desk/afar.html", locale=locale, desk=None, link=link, said=link.act)


async def _over(request: web.Request) -> web.Response:
    return await pages.page(
        request,
        "desk/afar.html",
        locale=session.locale(request),
        status=404,
        desk=None,
        link=None,
        said="over",
    )


async def _runs(store: Store, link: Link) -> bool:
    try:
        return any(item.id == link.term for item in (await store.filed(link.number)).deadlines)
    except UnknownCase:
        return False


async def _hears(store: Store, link: Link) -> bool:
    return link.officer not in (await store.bearings(link.number)).out


async def _scheme(store: Store, schemes: Schemes, link: Link) -> Scheme | None:
    """The scheme of a link, if it and the officer's account are still there."""
    try:
        scheme = schemes.load(link.scheme)
    except UnknownScheme:
        return None
    officers: tuple[Officer, ...] = await store.officers(link.scheme)
    there = any(one.id == link.officer and one.state == "active" for one in officers)
    return scheme if there else None


async def _locale(request: web.Request, link: Link) -> str:
    """The language that this officer chose to be written in; else that of the browser."""
    of = services(request)
    return await reach.language(of.store, link.officer, now=of.clock()) or session.locale(request)


def _id(token: str) -> str:
    return hashlib.sha256(f"link|{token}".encode()).hexdigest()[:32]


ROUTES = (web.get(f"{PATH}/{{token}}", door), web.post(f"{PATH}/{{token}}", act))
