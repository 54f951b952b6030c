"""Whether a confidant is at their inbox now, and until when they are away: what they show of themselves."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.line.readers import readers
from flows.calendar.zone import AMSTERDAM, day
from flows.line import Reader
from flows.scheme import Scheme
from storage.records import Officer
from storage.store import Store

HERE, AWAY = "line_here", "line_away"
MOMENT = timedelta(minutes=10)
"""So long after they looked at a line or at their inbox, somebody counts as there."""


async def seen(store: Store, who: str, now: datetime) -> None:
    """This confidant (an id) is at work."""
    await store.lay(HERE, who, b"1", until=now + MOMENT)


async def leave(store: Store, who: str, last: date | None, now: datetime) -> None:
    """This confidant is away up to and with that day; None: they are back."""
    await store.take(AWAY, who, now=now)
    if last is not None:
        over = datetime.combine(last + timedelta(days=1), time(), AMSTERDAM)
        await store.lay(AWAY, who, last.isoformat().encode(), until=over)
        await store.take(HERE, who, now=now)


async def known(store: Store, officers: Sequence[Officer], now: datetime) -> tuple[Reader, ...]:
    """These confidants, as clients may know of them."""
    here = await store.drawer(HERE, now=now)
    away = await store.drawer(AWAY, now=now)
    return tuple(_reader(one, one.id in here, away.get(one.id), day(now)) for one in officers)


async def team(store: Store, scheme: Scheme, now: datetime) -> tuple[Reader, ...]:
    """Who can read a new line, those first who are not away: the first does, unless the client lets in more."""
    found = await known(store, await readers(store, scheme), now)
    return tuple(sorted(found, key=lambda one: one.away is not None))


def _reader(one: Officer, here: bool, away: bytes | None, today: date) -> Reader:
    last = date.fromisoformat(away.decode()) if away else None
    gone = last if last is not None and last >= today else None
    return Reader(one.id, one.name, here and gone is None, gone)
