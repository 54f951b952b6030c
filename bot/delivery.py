"""Delivering what the store keeps to be sent: in order, again after a pause, or never, with the reason kept.

A channel's `Send` puts one message on its platform. It returns when the platform took it, and raises `Later` or
`Never` otherwise; anything else it raises counts as `Later`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from storage.errors import Busy, DiskFull
from storage.records import Mouth, Parcel
from storage.store import Store

LONGEST = timedelta(hours=1)
"""The longest pause between two tries; after three days a message is parked as expired by the store itself."""

AGAIN = 0.2
"""Seconds between two tries to keep that a message was taken: fewer than between two looks for what to send."""

T = TypeVar("T")

LOG = structlog.get_logger("gehoord.delivery")


class Later(Exception):
    """The platform takes it later; `after` are the seconds it asked for (``retry_after``), if it did."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__(f"later, after {after} s")
        self.after = after


class Never(Exception):
    """The platform refuses it for good; `reason` is coded (``blocked_by_user``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Send = Callable[[Parcel], Awaitable[bytes | None]]
"""Puts one message on its platform; returns what the platform calls it, where it may have to be taken away again."""


def pause(attempts: int, after: float | None = None) -> timedelta:
    """How long to wait before the next try: 2, 4, 8 … seconds, an hour at most, and never less than was asked for."""
    own = min(timedelta(seconds=2 ** min(attempts + 1, 12)), LONGEST)
    return max(own, timedelta(seconds=after)) if after is not None else own


async def deliver(
    store: Store, parcel: Parcel | None, mouths: Mapping[Mouth, Send], clock: Callable[[], datetime]
) -> None:
    """Deliver a message and all that wait after it in its conversation, until one has to wait.

    One that has no mouth here waits an hour, and then for whoever has it (`work_off`).
    """
    while parcel is not None:
        send = mouths.get((parcel.address.channel, parcel.address.scheme))
        try:
            if send is None:
                raise Later(LONGEST.total_seconds())
            mark = await send(parcel)
        except Never as error:
            parcel = await store.park(parcel, error.reason, now=clock())
        except Exception as error:
            after = error.after if isinstance(error, Later) else None
            LOG.info("postponed", channel=parcel.address.channel, error=type(error).__name__)
            await store.postpone(parcel, clock() + pause(parcel.attempts, after))
            return
        else:
            parcel = await _marked(store, parcel, mark or b"", clock)


async def _marked(store: Store, parcel: Parcel, mark: bytes, clock: Callable[[], datetime]) -> Parcel | None:
    return await until_kept(lambda: store.delivered(parcel, now=clock(), mark=mark))


async def until_kept(keep: Callable[[], Awaitable[T]]) -> T:
    """Keep that something was taken, however long there is no room or another process writes.

    Who gives up there has it sent again: the right to send it ends, and it still stands there to be sent.
    """
    while True:
        try:
            return await keep()
        except (Busy, DiskFull) as error:
            LOG.error("sent, and not marked yet", error=type(error).__name__)
            await asyncio.sleep(AGAIN)


async def work_off(store: Store, mouths: Mapping[Mouth, Send], clock: Callable[[], datetime]) -> int:
    """Deliver to every conversation that is due, goes out by these and that nobody delivers to; how many."""
    count = 0
    while (parcel := await store.claim(clock(), tuple(mouths))) is not None:
        await deliver(store, parcel, mouths, clock)
        count += 1
    return count
