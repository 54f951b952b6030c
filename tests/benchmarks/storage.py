"""What a kept turn costs: ``python -m tests.benchmarks.storage [--full]``.

Three measurements, each with its measuring stick in the same run:

1. durable sealed turns a second, beside raw commits of the same size (SQLite, WAL, ``synchronous=FULL``);
2. a turn among 1,000 stored cases and conversations, beside one among 50,000 (``--full``: 1,000,000), at most 1.2×;
3. the core with this store, no channel, beside aiogram's in-memory FSM with async filters: a form of ten questions,
   200 people interleaved.
"""

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from bot.conversation import Conversations
from bot.schemes import Schemes
from flows.events import Chose, Event, Said, Started
from flows.session import Fresh
from storage.opening import keeping_of, open_practice, open_store
from storage.passwords import QUICK
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.storage.made import NOW, SCHEME, keeping, turn

ROUNDS = 3
PEOPLE = 200
STORY = "Een medewerker lachte mij uit waar iedereen bij was. " * 12
"""A session of about 1.3 KB as it is kept."""


def raw_commits(folder: Path, size: int, count: int) -> float:
    """Commits a second of one row of this size, and nothing else."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
    body, begun = os.urandom(size), time.perf_counter()
    for _ in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (body) VALUES (?)", (body,))
        connection.execute("COMMIT")
    taken = time.perf_counter() - begun
    connection.close()
    return count / taken


async def turns(folder: Path, people: int, count: int, outgoing: int) -> float:
    """Turns a second: loaded, kept with their inbound id and messages, durable."""
    async with open_store(folder, keeping, cost=QUICK) as store:

        async def talk(who: int) -> None:
            address = Address("web", str(who), SCHEME)
            for said in range(count // people):
                draft = await store.load(address)
                await store.commit(
                    address, draft.version, turn(STORY), [b"m" * 200] * outgoing, str(said), now=NOW
                )

        begun = time.perf_counter()
        await asyncio.gather(*(talk(who) for who in range(people)))
        return count / (time.perf_counter() - begun)


def sealed_turns() -> None:
    """Measurement 1."""
    rows: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            rows.setdefault("raw commits of 2 KB", []).append(raw_commits(Path(folder), 2000, 1000))
        for people in (1, 10, PEOPLE):
            for outgoing in (0, 2):
                with tempfile.TemporaryDirectory(dir=".") as folder:
                    name = f"sealed turns, {people} at once, {outgoing} messages out"
                    rate = asyncio.run(turns(Path(folder), people, 2000, outgoing))
                    rows.setdefault(name, []).append(rate)
    stick = statistics.median(rows["raw commits of 2 KB"])
    for name, rates in rows.items():
        middle = statistics.median(rates)
        print(f"  {name:<44} {middle:8.0f} /s   {middle / stick:5.2f}×")


def fill(folder: Path, count: int) -> None:
    """So many cases, as the store would have left them but of random bytes; and what goes with so many.

    Kept for five years, a million cases are 550 a day: with them a tenth as many conversations are still about one,
    and eight days of messages, twenty for each case, are a tenth as many again.
    """
    asyncio.run(open_store(folder, keeping, cost=QUICK).close())
    connection = sqlite3.connect(folder / "gehoord.db", isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    number = "'BG-' || substr(hex(randomblob(4)), 1, 8) || i"
    for rows, statement in (
        (count // 10, "INSERT INTO conversations (hash, process_key, scheme, channel, address, version, since, touched,"
         " remains) SELECT randomblob(16), 1, 'blijf-groep', 'web', randomblob(60), 5, 20593, 1, randomblob(600)"),
        (count // 10, "INSERT INTO inbound (day, hash, process_key) SELECT 20593 - i % 8, randomblob(16), 1"),
        (count, "INSERT INTO cases (number, scheme, scheme_version, kind, status, received, filed_on, roles, coded,"
         f" public, slot, sealed_key, sealed_to, claim, claim_key) SELECT {number}, 'blijf-groep', 'v1', 'complaint',"
         " 'received', i, '2026-05-20', '[]', '{}', hex(randomblob(31)), i, randomblob(900), '[]', randomblob(16), 1"),
        (count, "INSERT INTO entries (id, number, what, by, at, unread, body) SELECT abs(random() >> 1), "
         f"{number}, 'intake', 'client', i, 0, randomblob(1300)"),
        (count, f"INSERT INTO timeline (number, at, kind, what, by) SELECT {number}, i, 'case', 'received', 'client'"),
    ):  # fmt: skip
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        connection.execute(f"{statement.replace(' SELECT', f' {numbers} SELECT', 1)} FROM n")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def growth(many: int) -> None:
    """Measurement 2."""
    with tempfile.TemporaryDirectory(dir=".") as few, tempfile.TemporaryDirectory(dir=".") as lots:
        fill(Path(few), 1000)
        fill(Path(lots), many)
        rates: dict[str, list[float]] = {few: [], lots: []}
        for _ in range(ROUNDS + 2):
            for folder in (few, lots):
                rates[folder].append(asyncio.run(turns_among(Path(folder))))
        first, second = (statistics.median(rates[folder]) for folder in (few, lots))
        print(f"  a turn among {1000:>9,} cases {1e6 / first:8.0f} µs")
        print(
            f"  a turn among {many:>9,} cases {1e6 / second:8.0f} µs   {first / second:5.2f}× (aim: at most 1.2×)"
        )


async def turns_among(folder: Path) -> float:
    """Turns a second of new people among those who are there."""
    async with open_store(folder, keeping, cost=QUICK) as store:

        async def talk() -> None:
            address = Address("web", os.urandom(8).hex(), SCHEME)
            for said in range(10):
                draft = await store.load(address)
                await store.commit(address, draft.version, turn(STORY), [b"m" * 200], str(said), now=NOW)

        await asyncio.gather(
            *(talk() for _ in range(20))
        )  # what is read for the first time is not what is measured
        begun = time.perf_counter()
        await asyncio.gather(*(talk() for _ in range(100)))
        return 1000 / (time.perf_counter() - begun)


FORM: tuple[Event, ...] = (
    Started("web", "nl"),
    Said("Een medewerker lachte mij uit waar iedereen bij was."),
    Said("vorige week dinsdag"),
    Said("haarlem"),
    Said("ik ben client"),
    Said("Samira"),
    Said("06-12345678"),
    Chose(("skip",)),
    Said("gewoon sorry"),
    Said("nee"),
)


async def core_with_store(folder: Path) -> float:
    """Updates a second of the whole conversation: load, advance, word, keep."""
    schemes = Schemes()
    store: SqliteStore = open_practice(folder, [SCHEME], lambda id: keeping_of(schemes.load(id)))
    fresh = Fresh("7K4Q9234", "appel bos fiets wolk lepel")
    async with store:
        conversations = Conversations(store, schemes, lambda: NOW, lambda: fresh)

        async def talk(who: int) -> None:
            address = Address("web", str(who), SCHEME)
            for number, event in enumerate(FORM):
                await conversations.handle(address, event, platform="web", locale="nl", inbound=str(number))

        await talk(-1)
        begun = time.perf_counter()
        await asyncio.gather(*(talk(who) for who in range(PEOPLE)))
        return PEOPLE * len(FORM) / (time.perf_counter() - begun)


async def aiogram_in_memory() -> float:
    """Updates a second of a ten-question form as aiogram's users write it, with async filters and no disk."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415
    from aiogram.client.session.base import BaseSession  # noqa: PLC0415
    from aiogram.filters import BaseFilter  # noqa: PLC0415
    from aiogram.fsm.context import FSMContext  # noqa: PLC0415
    from aiogram.types import Chat, Message, Update, User  # noqa: PLC0415

    class Silent(BaseSession):
        """An API that takes everything at once."""

        async def close(self) -> None:
            """Nothing is open."""

        async def make_request(  # type: ignore[override]
            self,
            bot: Bot,
            method: object,
            timeout: int | None = None,  # noqa: ASYNC109
        ) -> object:
            return Message(message_id=1, date=NOW, chat=Chat(id=1, type="private"))

        async def stream_content(self, *_: object, **__: object) -> AsyncGenerator[bytes, None]:
            yield b""

    class At(BaseFilter):
        """The state by name, asynchronously: a sync filter would go through a thread."""

        def __init__(self, step: str | None) -> None:
            self.step = step

        async def __call__(self, message: Message, raw_state: str | None = None) -> bool:
            return raw_state == self.step

    steps = [None, *(f"q{number}" for number in range(1, 10))]
    dispatcher, bot = Dispatcher(), Bot("42:TEST", session=Silent())

    def register(step: str | None, following: str | None) -> None:
        @dispatcher.message(At(step))
        async def answer(message: Message, state: FSMContext) -> None:
            await state.update_data({str(step): message.text})
            await state.set_state(following)
            await message.answer(f"Vraag {following}")

    for step, following in zip(steps, [*steps[1:], None], strict=True):
        register(step, following)

    async def talk(who: int) -> None:
        user, chat = User(id=who, is_bot=False, first_name="x"), Chat(id=who, type="private")
        for number in range(len(steps)):
            message = Message(message_id=number, date=NOW, chat=chat, from_user=user, text="antwoord")
            await dispatcher.feed_update(bot, Update(update_id=who * 10 + number, message=message))

    await talk(10_000)
    begun = time.perf_counter()
    await asyncio.gather(*(talk(who) for who in range(1, PEOPLE + 1)))
    return PEOPLE * len(steps) / (time.perf_counter() - begun)


def beside_aiogram() -> None:
    """Measurement 3."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            ours.append(asyncio.run(core_with_store(Path(folder))))
        theirs.append(asyncio.run(aiogram_in_memory()))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"  core with this store, durable and sealed   {mine:8.0f} updates/s")
    print(
        f"  aiogram, in memory, async filters          {other:8.0f} updates/s   {mine / other:5.2f}× (aim: ≥ 1.0×)"
    )


def main(words: Iterable[str]) -> None:
    """Measure all three."""
    print("durable sealed turns")
    sealed_turns()
    print("growth")
    growth(1_000_000 if "--full" in words else 50_000)
    print("the whole conversation")
    beside_aiogram()


if __name__ == "__main__":
    main(sys.argv[1:])
