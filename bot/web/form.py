"""The plain form beside the chat: every question on one page, with the same eyes reading it (`flows.forms`).

What cannot be read is told above the form and beside its room; what was typed is still there. A form that can be
read goes on in the conversation, at the card of what will be sent. The page can be printed and filled in with a pen.
"""

import secrets

import msgspec
from aiohttp import web

from bot.web import chat, guard, pages, visits
from bot.web.services import services
from bot.web.visits import COOKIE, Visit
from flows import forms, greeting, leaving
from flows.calendar.zone import AMSTERDAM
from flows.composer import Composer
from flows.events import Filled
from flows.messages import Message
from flows.session import Fresh
from locales import Rendered, render

LONG = frozenset({"story", "wish", "points"})
"""Rooms in which more than a line is written."""


class Room(msgspec.Struct, frozen=True):
    """A question of the form as it is shown: what was filled in before, and what is wrong with it."""

    field: str
    question: str
    options: tuple[tuple[str, str, bool], ...]
    multiple: bool
    needed: bool
    long: bool
    written: str
    wrong: str


async def empty(request: web.Request) -> web.StreamResponse:
    """The form, with what was told and answered in the chat already in its rooms."""
    visit = await visits.visit(request)
    route = _route(request, visit)
    begun = forms.begun(visit.scheme, visit.session, route) if visit.session else Filled(route, {})
    return await _page(request, visit, begun, ())


def _route(request: web.Request, visit: Visit) -> str:
    offered = forms.routes(visit.scheme)
    wish = request.query.get("soort", "")
    if not offered:
        raise web.HTTPNotFound
    return wish if wish in offered else offered[0]


async def filled(request: web.Request) -> web.StreamResponse:
    """A filled form: shown again where something of it cannot be read, else taken into the conversation."""
    of, visit = services(request), await visits.visit(request)
    fields = await guard.fields_of(request)
    given = {name: values[0] for name, values in fields.items()}
    route = _route(request, visit)
    if visit.secret is not None:
        guard.check(given, visit.secret)
    event = read(visit, route, fields)
    session = visit.session or greeting.begin(visit.scheme, "web", given.get("taal") or visit.locale)
    wrong = forms.problems(visit.scheme, session, event, of.clock())
    if wrong:
        return await _page(request, visit, event, wrong, status=422)
    secret = visit.secret
    if secret is None or visit.session is None or visit.session.case is not None:
        guard.allow(request, "begin", guard.client(request))
        secret = visits.fresh_secret()
    guard.allow(request, "turn", secret)
    await visits.take(
        of, visits.address_of(secret, visit.scheme.id), event, event.written.get("story", "").strip(),
        locale=session.locale, inbound=given.get("turn") or None,
    )  # fmt: skip
    response = pages.led(f"{visit.path}#nu")
    guard.keep_cookie(response, of.site, COOKIE, secret, visit.path)
    return response


def read(visit: Visit, route: str, fields: dict[str, list[str]]) -> Filled:
    """The form as it was posted; what is no room of it is left out."""
    written: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    for room in forms.rooms(visit.scheme, route):
        given = [value for value in fields.get(room.field, ()) if value]
        if not given:
            continue
        if room.options:
            ticked[room.field] = tuple(dict.fromkeys(given))
        else:
            written[room.field] = given[0].replace("\r\n", "\n")
    return Filled(route, written, ticked)


async def _page(
    request: web.Request, visit: Visit, event: Filled, wrong: tuple[forms.Unread, ...], status: int = 200
) -> web.Response:
    locale = visit.locale
    why = {unread.field: render(unread.why, locale).text for unread in wrong}
    return await pages.page(
        request,
        "form.html",
        locale=locale,
        status=status,
        scheme=visit.scheme,
        visit=visit,
        exit_path=f"{visit.path}/weg",
        rooms=[_room(room, event, why, locale) for room in forms.rooms(visit.scheme, event.route)],
        routes=forms.routes(visit.scheme),
        route=event.route,
        ways=ways(request, visit),
        form=guard.token(visit.secret) if visit.secret else "",
        turn=secrets.token_hex(8),
        locales=chat.languages(visit),
    )


def _room(room: forms.Room, event: Filled, why: dict[str, str], locale: str) -> Room:
    ticked = event.ticked.get(room.field, ())
    shown = render(Message(room.question.id, room.question.args, room.options), locale)
    return Room(
        room.field,
        shown.text,
        tuple((option.id, option.label, option.id in ticked) for option in shown.options),
        room.multiple,
        room.needed,
        room.field in LONG,
        event.written.get(room.field, ""),
        why.get(room.field, ""),
    )


def ways(request: web.Request, visit: Visit) -> tuple[Rendered, ...]:
    """The other ways in that the scheme names: where a form on paper goes."""
    now = services(request).clock().astimezone(AMSTERDAM)
    composer = Composer(visit.scheme, greeting.begin(visit.scheme, "web"), now, Fresh("", ""))
    leaving.ways(composer)
    return tuple(render(message, visit.locale) for message in composer.messages)


ROUTES = (
    web.get("/{scheme}/formulier", empty),
    web.post("/{scheme}/formulier", filled),
)
