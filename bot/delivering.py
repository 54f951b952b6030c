"""Delivering what waits in the outbox, for every bot or account of a channel that this process has.

Who keeps a turn delivers its first message at once (`deliver`); `run` looks for what a kill, a refusal or a pause
left behind. Each message goes out by the mouth of its organisation; what has none here is left to the process that
has it.
"""

import asyncio
from collections.abc import Coroutine

import structlog

from bot import delivery
from bot.delivery import Send
from bot.web.services import Services
from storage.errors import StoreError
from storage.records import Mouth, Parcel

WORK = 0.5
"""Seconds between two looks at what waits to be delivered."""

LOG = structlog.get_logger("gehoord.delivering")


class Delivering:
    """The outbox of one channel in this process. `mouths` say for each scheme how its messages go out."""

    def __init__(self, of: Services, channel: str) -> None:
        self._of, self._channel = of, channel
        self.mouths: dict[str, Send] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver what was left behind, until cancelled."""
        try:
            while True:
                try:
                    while (
                        parcel := await self._of.store.claim(self._of.clock(), tuple(self._mouths()))
                    ) is not None:
                        self.deliver(parcel)
                except StoreError as error:
                    LOG.error("not delivered", error=type(error).__name__)
                await self._of.store.stirred(WORK)
        finally:
            await self.end()

    def deliver(self, parcel: Parcel) -> None:
        """Deliver this one, and all that wait after it in its conversation, in the background."""
        self.aside(delivery.deliver(self._of.store, parcel, self._mouths(), self._of.clock))

    def _mouths(self) -> dict[Mouth, Send]:
        return {(self._channel, scheme): send for scheme, send in self.mouths.items()}

    def aside(self, work: Coroutine[None, None, None]) -> None:
        """Something that nobody waits for, until the end."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            LOG.error("ended", error=type(error).__name__)

    async def quiet(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def end(self) -> None:
        """Let go of what is under way: it is still in the outbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
