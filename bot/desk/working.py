"""How the installation does, for the administrator: what is on and why, what does not arrive, what will go."""

from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from bot.desk import session
from bot.desk.session import PATH
from bot.web import pages
from bot.web.services import PARTS, Part, services
from flows.calendar.zone import AMSTERDAM
from flows.messages import Phrase
from locales import dates, known, text
from storage.oversight import Going
from storage.records import Parked

FORECAST = timedelta(days=92)
"""So far ahead it is shown which cases will be destroyed."""

LINE, FORGETTING = "line", "forgetting"
"""Parts that speak of lines, which nobody at the desk but a confidant sees: the first is left out, of the second only
that it is on is told."""


class Running(msgspec.Struct, frozen=True):
    """A part of the site: its name and what it does in words, whether it is on, and `why` as it is said at start."""

    name: str
    on: bool
    words: str
    why: str


class Lost(msgspec.Struct, frozen=True):
    """Messages of one way and one day that will never arrive, and why."""

    way: str
    why: str
    day: str
    count: int


class Ending(msgspec.Struct, frozen=True):
    """A case that will be destroyed: its number, the day, and what defers it in words."""

    number: str
    day: str
    why: str


async def working(request: web.Request) -> web.Response:
    """The page of how it does."""
    desk = await session.administrator(request)
    of = services(request)
    scheme, locale = of.schemes.load(desk.officer.scheme), desk.locale
    forecast = await of.store.forecast(scheme.id, of.clock() + FORECAST)
    parked = [one for one in await of.store.parked() if one.scheme == scheme.id]
    return await pages.page(
        request, "desk/working.html", locale=locale, desk=desk, scheme=scheme,
        parts=[part(one, locale) for one in request.app[PARTS] if one.name != LINE],
        waiting=[(way(one.channel, locale), one) for one in await of.store.waiting(scheme.id)],
        lost=lost(parked, locale),
        going=[ending(one, locale) for one in forecast.cases], more=forecast.count - len(forecast.cases),
        until=dates.day((of.clock() + FORECAST).astimezone(AMSTERDAM).date(), locale),
    )  # fmt: skip


def part(of: Part, locale: str) -> Running:
    """A part of the site in words; by its own name where there are none."""
    name = f"desk.part.{of.name.replace(' ', '_')}"
    state = f"{name}.{of.state}"
    return Running(
        text(Phrase(name), locale) if known(name, locale) else of.name,
        of.on,
        text(Phrase(state), locale) if known(state, locale) else "",
        "" if of.name == FORGETTING else of.why,
    )


def way(channel: str, locale: str) -> str:
    """A channel by its name."""
    id = f"office.platform.{channel}" if channel != "mail" else "desk.way.mail"
    return text(Phrase(id), locale) if known(id, locale) else channel


def lost(parked: list[Parked], locale: str) -> list[Lost]:
    """What will not arrive, counted by way, reason and day, the newest day first."""
    counted: dict[tuple[str, str, str], int] = {}
    for one in sorted(parked, key=lambda one: one.since, reverse=True):
        key = (one.channel, one.reason, _day(one.since, locale))
        counted[key] = counted.get(key, 0) + 1
    return [
        Lost(way(channel, locale), _reason(why, locale), day, count)
        for (channel, why, day), count in counted.items()
    ]


def _reason(code: str, locale: str) -> str:
    id = f"desk.lost.{code}"
    return text(Phrase(id), locale) if known(id, locale) else code


def ending(of: Going, locale: str) -> Ending:
    """A case that will be destroyed, in words."""
    why = text(Phrase(f"desk.going.{of.why}"), locale) if of.why else ""
    return Ending(of.number, _day(of.at, locale), why)


def _day(at: datetime, locale: str) -> str:
    return dates.short(at.astimezone(AMSTERDAM).date(), locale)


ROUTES = (web.get(f"{PATH}/beheer/werking", working),)
