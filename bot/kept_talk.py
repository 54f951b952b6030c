"""A conversation at the terminal that is kept: in a data directory, like those of every channel."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock
from bot.chance import fresh
from bot.conversation import Conversations, Kept
from bot.schemes import Schemes
from bot.talk import Exchange, joined
from flows.events import Event, TimePassed
from storage.opening import is_kept, keeping_of, open_practice, open_store
from storage.practice import is_practice
from storage.records import Address, Due, Keeping
from storage.sqlite import SqliteStore

CHANNEL = "terminal"

TOGETHER = 1000
"""So many that wait are looked through at a time."""


class KeptTalk:
    """One new conversation of a store. Its time stands still but for `wait`."""

    def __init__(
        self, store: SqliteStore, schemes: Schemes, scheme: str, now: datetime, locale: str | None
    ) -> None:
        self._store = store
        self._now = now
        self._locale = locale
        self._address = Address(CHANNEL, secrets.token_hex(8), scheme)
        self._conversations = Conversations(store, schemes, lambda: self._now, fresh)

    @property
    def now(self) -> datetime:
        """The time it is in this talk."""
        return self._now

    async def handle(self, event: Event) -> Exchange:
        """Take one turn, and keep it."""
        return (await self._take(event)).exchange

    async def wait(self, by: timedelta) -> Exchange:
        """Let time pass: what waits for this conversation comes, drafts end, and the store forgets on time.

        What was wished for a moment comes at that moment, one after the other: what it leads to may come as well.
        """
        until = clock.later(self._now, by)
        kept: list[Kept] = []
        while (due := await self._next(until)) is not None:
            self._now = max(self._now, due.at or self._now)
            await self._store.purge(self._now)
            kept.append(await self._take(due.event, due.inbound))
        self._now = until
        await self._store.purge(self._now)
        kept.append(await self._take(TimePassed()))
        return joined([one.exchange for one in kept])

    async def _next(self, until: datetime) -> Due | None:
        """What comes first to this conversation by then, however much waits for others."""
        limit, found = 0, 0
        while found == limit:
            limit += TOGETHER
            waiting = await self._store.wakes(until, limit)
            mine = [one for one in waiting if one.address == self._address]
            if mine:
                return min(mine, key=lambda one: one.at or self._now)
            found = len(waiting)
        return None

    async def _take(self, event: Event, inbound: str | None = None) -> Kept:
        return await self._conversations.handle(
            self._address, event, platform=CHANNEL, locale=self._locale, inbound=inbound
        )


def keeping(schemes: Schemes, scheme: str) -> Keeping:
    """How this scheme wants its cases kept."""
    return keeping_of(schemes.load(scheme))


def open_data(data: Path, schemes: Schemes, database: str | None = None) -> SqliteStore:
    """The store in this data directory: a real one if it holds one, else one for practice, made when missing.

    `database` is where the real one is, if not there.

    Raises `storage.errors.Unready`.
    """
    if is_kept(data, database) and not is_practice(data):
        return open_store(data, lambda id: keeping(schemes, id), database=database)
    return open_practice(data, schemes.ids(), lambda id: keeping(schemes, id))
