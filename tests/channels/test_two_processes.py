"""Two processes over one store, each with some of the bots: each says what is for its own organisations."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.chance import fresh
from bot.conversation import Conversations
from bot.delivering import Delivering
from bot.schemes import Schemes
from bot.web.services import Services, Site
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address, Parcel
from storage.store import Store
from tests.storage.made import HOUR, NOW, keeping, turn

EVERYBODY = [
    Address("telegram", str(chat), id) for chat in range(20) for id in ("blijf-groep", "bij-elkaar", "")
]


class Process:
    """What one process delivers by its bots. `took` is what went out, with how often it was put off before."""

    def __init__(self, store: Store, *schemes: str) -> None:
        all = Schemes()
        clock = lambda: NOW + HOUR  # noqa: E731
        self.took: list[tuple[str, bytes, int]] = []
        self.delivering = Delivering(
            Services(store, Conversations(store, all, clock, fresh), all, Site(), clock), "telegram"
        )
        self.delivering.mouths |= dict.fromkeys(schemes, self._send)

    async def _send(self, parcel: Parcel) -> None:
        await asyncio.sleep(0)
        self.took.append((parcel.address.scheme, parcel.body, parcel.attempts))


@asynccontextmanager
async def at_work(*processes: Process) -> AsyncIterator[None]:
    """They deliver what was left behind."""
    tasks = [asyncio.create_task(one.delivering.run()) for one in processes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def waiting(store: Store) -> list[Address]:
    """To whom something has to be said."""
    return [address for address in EVERYBODY if await store.undelivered(address)]


async def test_two_processes_with_a_part_of_the_bots_each_do_not_put_off_what_the_other_says(
    tmp_path: Path,
) -> None:
    async with (
        open_store(tmp_path, keeping, cost=QUICK) as one,
        open_store(tmp_path, keeping, cost=QUICK) as two,
    ):
        for address in EVERYBODY:  # and whoever kept these turns was killed
            await one.commit(address, 0, turn("hoi"), [b"1", b"2"], now=NOW)
        first, second = Process(one, "blijf-groep"), Process(two, "bij-elkaar")
        async with at_work(first, second), asyncio.timeout(60):
            while len(await waiting(one)) > 20:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        left = await waiting(one)
    for process, scheme in ((first, "blijf-groep"), (second, "bij-elkaar")):
        assert sorted(process.took) == [(scheme, body, 0) for body in (b"1", b"2") for _ in range(20)]
    assert {address.scheme for address in left} == {""}


async def test_process_without_a_bot_claims_nothing(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await store.commit(EVERYBODY[0], 0, turn("hoi"), [b"1"], now=NOW)
        none, some = Process(store), Process(store, "blijf-groep")
        async with at_work(none):
            await asyncio.sleep(0.05)
        async with at_work(some), asyncio.timeout(60):
            while await waiting(store):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert (none.took, some.took) == ([], [("blijf-groep", b"1", 0)])
