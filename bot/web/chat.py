"""The conversation in the browser: plain forms that any browser can post, and the same without reload by script.

Every post carries the number of the page it was made on (``turn``): posted twice, it counts once, and the same
page is shown. After a post the browser is led back to the page, so that a reload posts nothing.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web

from bot.web import copies, guard, pages, showing, visits
from bot.web.services import services
from bot.web.visits import COOKIE, Visit
from flows import forms, greeting
from flows.events import Chose, Event, Said, Started
from flows.fields import KINDS
from flows.messages import Phrase
from flows.session import Session
from locales import text

CHOSEN, ONLY = "choose", "only"
"""The fields of a form that hold what was chosen: several together, or one that stands alone (skip)."""

IN_WORDS = frozenset({"text", "name", "reach", "date", "age"})
"""The kinds of fields that people answer by typing."""

SINGLY = frozenset({"skip", "review"})
"""Options that go with no other, also where several may be chosen."""


async def start(request: web.Request) -> web.StreamResponse:
    """The conversation that is open here; without one, the page before first use."""
    visit = await visits.visit(request)
    if visit.session is None:
        return await first(request, visit)
    if visits.idle(visit, services(request).clock()):
        await visits.leave(services(request), visit)
        return await first(request, msgspec.structs.replace(visit, session=None, expired=True))
    return await shown(request, visit)


async def slash(request: web.Request) -> web.StreamResponse:
    """The address with a stroke at its end is the same page."""
    return pages.led(f"/{visits.scheme_of(request).id}")


async def first(
    request: web.Request, visit: Visit, *, again: str = "", wrong_code: bool = False, status: int = 200
) -> web.Response:
    """The page before first use: what this is, and the truth about what a phone remembers.

    `again` is what somebody typed into a conversation that is no more: it is not lost. `wrong_code`: the code that
    was typed leads nowhere.
    """
    response = await pages.page(
        request,
        "start.html",
        locale=visit.locale,
        status=status,
        visit=visit,
        scheme=visit.scheme,
        exit_path=f"{visit.path}/weg",
        again=again,
        wrong_code=wrong_code,
        has_form=bool(forms.routes(visit.scheme)),
        locales=languages(visit),
    )
    if visit.expired:
        visits.drop(response, request, visit.scheme)
    return response


def languages(visit: Visit) -> tuple[tuple[str, str], ...]:
    """The other languages that the scheme talks, each in its own words."""
    here = visit.locale.partition("@")[0]
    others = dict.fromkeys(locale.partition("@")[0] for locale in greeting.locales(visit.scheme))
    return tuple((code, text(Phrase(f"language.{code}"), code)) for code in others if code != here)


async def begin(request: web.Request) -> web.StreamResponse:
    """A new conversation: a new secret, the greeting, and what was already typed if there was something."""
    of, scheme = services(request), visits.scheme_of(request)
    guard.allow(request, "begin", guard.client(request))
    given = await guard.form(request, None)
    secret = visits.fresh_secret()
    address = visits.address_of(secret, scheme.id)
    locale = greeting.fitting(scheme, given.get("taal") or None)
    await visits.take(of, address, Started("web", locale), "", locale=locale)
    if again := given.get("again", "").strip():
        await visits.take(of, address, Said(again), again, locale=locale)
    response = pages.led(f"/{scheme.id}")
    guard.keep_cookie(response, of.site, COOKIE, secret, f"/{scheme.id}")
    return response


async def say(request: web.Request) -> web.StreamResponse:
    """One turn: a text that was typed, or options that were chosen."""
    visit = await visits.visit(request)
    fields = await guard.fields_of(request)
    given = {name: values[0] for name, values in fields.items()}
    if visit.session is None or visit.address is None or visit.secret is None:
        return await gone(request, visit, given)
    guard.check(given, visit.secret)
    guard.allow(request, "turn", visit.secret)
    event, mine = event_of(visit, given, fields.get(ONLY) or fields.get(CHOSEN, []))
    before = len(visit.page.turns)
    await visits.take(
        services(request), visit.address, event, mine,
        locale=visit.locale, inbound=given.get("turn") or None, seal=copies.sealer(request, visit),
    )  # fmt: skip
    return await back(request, visit, before)


def event_of(visit: Visit, given: Mapping[str, str], chosen: list[str]) -> tuple[Event, str]:
    """What a posted form says, and how the page shows it."""
    ids = tuple(id for id in chosen if id)
    if ids:
        return Chose(ids), ", ".join(label_of(visit, id) for id in ids)
    words = given.get("say", "").replace("\r\n", "\n")
    return Said(words), words.strip()


def label_of(visit: Visit, id: str) -> str:
    """How an option was read on the page."""
    for turn in reversed(visit.page.turns):
        for message in turn.said:
            for option in message.options:
                if option.id == id:
                    return option.label
    return {"wipe": text(Phrase("option.wipe"), visit.locale), "human": text(Phrase("option.human"), visit.locale),
            "who_reads": text(Phrase("option.who_reads"), visit.locale)}.get(id, "…")  # fmt: skip


async def back(request: web.Request, visit: Visit, before: int) -> web.StreamResponse:
    """After a turn: the script gets what is new, any other browser is led back to the page."""
    if not request.headers.get("X-Part"):
        return pages.led(f"{visit.path}#nu")
    now = await visits.visit(request)
    if now.session is None:
        return await first(request, now)
    fresh = now.page.turns[before:] if len(now.page.turns) > before else now.page.turns
    whole = len(now.page.turns) <= before
    response = await pages.page(request, "chat/part.html", locale=now.locale, **_chat(now, fresh))
    response.headers["X-Whole"] = "1" if whole else "0"
    return response


async def shown(request: web.Request, visit: Visit) -> web.Response:
    """The whole page of an open conversation."""
    return await pages.page(
        request,
        "chat/chat.html",
        locale=visit.locale,
        exit_path=f"{visit.path}/weg",
        **_chat(visit, visit.page.turns),
    )


def _chat(visit: Visit, turns: tuple[showing.Turn, ...]) -> dict[str, Any]:
    """What the templates of a conversation need. Changes to a line of a card stand beside that line."""
    assert visit.secret is not None and visit.session is not None
    last = turns[-1].said if turns else ()
    beside = {f"change:{row.field}" for message in last for row in message.rows}
    changeable = {option.id for message in last if message.rows for option in message.options} & beside
    return {
        "visit": visit,
        "scheme": visit.scheme,
        "turns": turns,
        "form": guard.token(visit.secret),
        "turn_key": secrets.token_hex(8),
        "options": [option for message in last for option in message.options if option.id not in changeable],
        "changeable": changeable,
        "singly": SINGLY,
        "multiple": visit.session.multiple,
        "filed": visit.session.case is not None,
        "writes": writes(visit.session),
        "copy": bool(visit.page.copy),
        "has_form": bool(forms.routes(visit.scheme)),
    }


def writes(session: Session) -> bool:
    """Whether the question that stands is answered in words first: then the place to write comes first."""
    return session.asking is not None and session.doubt is None and KINDS[session.asking] in IN_WORDS


async def gone(request: web.Request, visit: Visit, given: Mapping[str, str]) -> web.Response:
    """The conversation is over (left, wiped, or its days are up): what was typed is still there to go on with."""
    return await first(
        request, msgspec.structs.replace(visit, expired=True), again=given.get("say", ""), status=410
    )


async def leave(request: web.Request) -> web.StreamResponse:
    """'Snel weg': ends the session here, takes the cookie away, and leads to the neutral page."""
    visit = await visits.visit(request)
    await visits.leave(services(request), visit)
    response = pages.way_out(request)
    visits.drop(response, request, visit.scheme)
    return response


async def leave_anywhere(request: web.Request) -> web.StreamResponse:
    """'Snel weg' on a page without an organisation: there is nothing to end."""
    return pages.way_out(request)


ROUTES = (
    web.get("/weg", leave_anywhere),
    web.post("/weg", leave_anywhere),
    web.get("/{scheme}", start),
    web.get("/{scheme}/", slash),
    web.post("/{scheme}", say),
    web.post("/{scheme}/begin", begin),
    web.get("/{scheme}/weg", leave),
    web.post("/{scheme}/weg", leave),
)
