"""The queue of updates: their ids, who took them, and what is confirmed.

As in Telegram's server: an update stays until a later offset confirms it or until it expires; an offset far in
the future (more than `FUTURE` past the newest id, as after a restart of the ids) confirms nothing; after a quiet
week the ids go on from a random number.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

from tests.telegram_emulator.clock import Clock
from tests.telegram_emulator.wire import ApiError, Json

KEPT = 86_400.0
EXPIRES = {
    "callback_query": 150.0,
    "inline_query": 30.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
}
"""Seconds for which an update waits (Client.cpp, add_update); queries that nobody awaits any more wait less."""

FUTURE = 10
QUIET_WEEK = 7 * 86_400.0
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}

CONFLICT_OTHER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
CONFLICT_SET = "Conflict: terminated by setWebhook request"


@dataclass(frozen=True)
class Update:
    """One update as it waits. `queue` is its lane on a webhook: one lane is delivered in order, one at a time."""

    id: int
    kind: str
    json: Json
    queue: str
    at: float


class Updates:
    """All updates that are not confirmed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._random = random.Random(20260520)
        self._next = 100_000_001
        self._restart: int | None = None
        self._last_at = clock.now()
        self.waiting: list[Update] = []
        self.made: list[Update] = []
        self.handed_out: Counter[int] = Counter()
        self.expired: list[Update] = []
        self.allowed: list[str] | None = None
        self.arrived = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._why_ended = ""

    @property
    def polled(self) -> bool:
        """Whether a poll is under way."""
        return self._poll is not None

    def restart_ids(self, at: int | None = None) -> None:
        """As soon as nothing waits, ids go on from a random one, or from `at`: as after a week without updates."""
        self._restart = at if at is not None else self._random.randrange(1_000_000, 2_000_000_000)

    def add(self, kind: str, json: Json, queue: str) -> Update | None:
        """Puts an update in the queue, unless the bot did not ask for its kind."""
        if self.allowed is None and kind in NOT_BY_DEFAULT:
            return None
        if self.allowed is not None and kind not in self.allowed:
            return None
        if self._clock.now() - self._last_at > QUIET_WEEK:
            self.restart_ids()
        if self._restart is not None and not self.fresh():
            self._next, self._restart = self._restart, None
        self._last_at = self._clock.now()
        update = Update(self._next, kind, {"update_id": self._next, kind: json}, queue, self._last_at)
        self._next += 1
        self.waiting.append(update)
        self.made.append(update)
        self.arrived.set()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """The kinds the bot wants; an empty list is the default, None leaves it as it was."""
        if kinds is not None:
            self.allowed = list(kinds) or None

    def confirm(self, update: Update) -> None:
        """It was taken: it will not be handed out again."""
        if update in self.waiting:
            self.waiting.remove(update)

    def drop_all(self) -> None:
        """Forgets everything that waits."""
        self.waiting.clear()

    def fresh(self) -> list[Update]:
        """What waits and has not expired."""
        now = self._clock.now()
        gone = [item for item in self.waiting if now - item.at > EXPIRES.get(item.kind, KEPT)]
        for item in gone:
            self.waiting.remove(item)
            self.expired.append(item)
        return self.waiting

    def _take(self, offset: int, limit: int) -> list[Update]:
        waiting = self.fresh()
        if offset < 0:
            del waiting[: max(len(waiting) + offset, 0)]
        elif 0 < offset <= self._next + FUTURE:
            waiting[:] = [item for item in waiting if item.id >= offset]
        return waiting[:limit]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """getUpdates: at once when there is something, else as soon as there is, else nothing after `seconds`.

        A second poll ends the first with 409.
        """
        self.end_poll(CONFLICT_OTHER)
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds or 0.001):
                while not (found := self._take(offset, limit)):
                    self.arrived.clear()
                    waits = asyncio.ensure_future(self.arrived.wait())
                    await asyncio.wait({waits, mine}, return_when=asyncio.FIRST_COMPLETED)
                    waits.cancel()
                    if mine.done():
                        raise ApiError(409, self._why_ended)
        except TimeoutError:
            found = []
        finally:
            if self._poll is mine:
                self._poll = None
        self.handed_out.update(item.id for item in found)
        return [item.json for item in found]

    def end_poll(self, why: str) -> None:
        """Ends the poll under way, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._why_ended = why
            self._poll.set_result(None)
