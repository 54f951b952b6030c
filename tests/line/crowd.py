"""One hour of an organisation: 50 people and more who are known by their account, and who write on a line as well.

Who comes when, how much they tell, who comes back and who wipes is drawn anew each time. Before the hour is over
the disk is copied twice. The list of people is what the thief is given on top of it.
"""

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from flows.answers import Answer
from flows.session import Session, Turn
from storage.lines import CONFIDANT, Holder, LineCode
from storage.officers import Unlocked
from storage.opening import open_store
from storage.passwords import QUICK
from storage.protections import Protections
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.line.disk import Disk
from tests.storage.made import PASSWORD, SCHEME, keeping

BEGIN = datetime(2026, 5, 20, 10, tzinfo=UTC)
FEWEST, MOST = 50, 64
"""How many people there are in the hour."""

LONGEST = 2900
"""The most bytes of a message here. Messages of more are of the next size (docs/security.md)."""


class Somebody(msgspec.Struct):
    """One on the list of people: their account, when they wrote by name (seconds into the hour; and on the clock of
    the machine when they came back), and how much. `locator` is their line: what the thief wants to know."""

    account: str
    at: float
    length: int
    locator: int = -1
    back: float | None = None
    wiped: bool = False
    last: float | None = None
    last_wiped: bool = False


class Loot(msgspec.Struct):
    """What the thief has: the list, the disk in the middle of the hour (a copy), and the disk at its end."""

    people: list[Somebody]
    copy: Disk
    disk: Disk


async def an_hour(
    folder: Path, chance: random.Random, protections: Protections, size: int | None = None, within: int = 2400
) -> Loot:
    """Let an hour pass; people come `within` so many seconds of it, which may be more than an hour. Returns what a
    thief finds at its end."""
    size = size or chance.randint(FEWEST, MOST)
    people = [
        Somebody(f"{chance.randrange(10**9):09}", chance.uniform(0, within), chance.randint(20, LONGEST))
        for _ in range(size)
    ]
    people.sort(key=lambda one: one.at)
    store = open_store(folder / "data", keeping, cost=QUICK)
    store._engine.protections = protections
    async with store:
        hour = Hour(store, chance, await _confidant(store))
        await hour.come(people)
        copy = Disk(folder / "data", folder / "copy")
        later = chance.sample(people, size // 2)
        await hour.come_back(later, within + 60)
        await hour.wipe_last([one for one in people if not one.wiped], within + 900)
        disk = Disk(folder / "data", folder / "disk")
    chance.shuffle(people)
    return Loot(people, copy, disk)


async def _confidant(store: SqliteStore) -> Unlocked:
    officer = await store.add_confidant(SCHEME, "Aileen Kivits", PASSWORD, now=BEGIN - timedelta(days=30))
    assert officer.role == CONFIDANT
    return await store.unlock(officer.id, PASSWORD, now=BEGIN)


class Hour:
    """The hour as it passes."""

    def __init__(self, store: SqliteStore, chance: random.Random, aileen: Unlocked) -> None:
        self._store, self._chance, self._aileen = store, chance, aileen
        self._holders: dict[str, Holder] = {}
        self._said = 0

    async def come(self, people: list[Somebody]) -> None:
        """Everybody chats by name, and then writes on a line; others come in between. The confidant answers some."""
        todo: list[tuple[float, Somebody, int]] = []
        for one in people:
            times = [
                one.at,
                *sorted(one.at + self._chance.uniform(5, 90) for _ in range(self._chance.randint(2, 4))),
            ]
            todo += [(at, one, step) for step, at in enumerate(times)]
        for at, one, step in sorted(todo, key=lambda what: what[0]):
            match step:
                case 0:
                    await self._by_name(one, at)
                case 1:
                    await self._begin(one, at)
                case _:
                    await self._say(one, 1 + int(self._chance.random() * one.length / 2), at)
            if self._chance.random() < 0.1:
                await self._answer(at)

    async def come_back(self, people: list[Somebody], since: float) -> None:
        """Some write by name once more and go on with their line. Then others wipe theirs."""
        for number, one in enumerate(people):
            at = since + number * 20
            one.back, one.wiped = time.time(), number >= len(people) // 3
            await self._by_name(one, at)
            if one.wiped:
                await self._store.wipe_line(self._holders[one.account], now=_now(at))
            else:
                await self._say(one, one.length, at)

    async def wipe_last(self, people: list[Somebody], since: float) -> None:
        """Ten write by name, and one of them wipes a line."""
        some = self._chance.sample(people, min(10, len(people)))
        who = self._chance.choice(some)
        for number, one in enumerate(some):
            await asyncio.sleep(0.02)  # a file's time is no finer than the system's tick
            one.last, one.last_wiped = time.time(), one is who
            await self._by_name(one, since + number)
            if one is who:
                await self._store.wipe_line(self._holders[one.account], now=_now(since + number))

    async def _by_name(self, one: Somebody, at: float) -> None:
        address, told = Address("telegram", one.account, SCHEME), "a" * one.length
        draft = await self._store.load(address)
        turn = Turn(Session(SCHEME, "v1", "telegram", answers={"story": Answer(told, told)}, said=(told,)))
        await self._store.commit(
            address, draft.version, turn, (b"dank je",), f"{one.account}{at}", now=_now(at)
        )

    async def _begin(self, one: Somebody, at: float) -> None:
        code = LineCode(await self._store.draw_locator(), "1-2-3-4-5-6")
        one.locator = code.locator
        self._holders[one.account] = await self._store.open_line(
            SCHEME, code, [self._aileen.id], now=_now(at)
        )
        await self._say(one, one.length, at)

    async def _say(self, one: Somebody, length: int, at: float) -> None:
        self._said += 1
        once = f"{self._chance.randrange(16**16):016x}"
        await self._store.say_on_line(self._holders[one.account], b"a" * length, once, now=_now(at))

    async def _answer(self, at: float) -> None:
        lines = [line for line in await self._store.lines_of(self._aileen) if not line.gone]
        if lines:
            once = f"{self._chance.randrange(16**16):016x}"
            ref = self._chance.choice(lines).ref
            await self._store.answer_on_line(self._aileen, ref, b"Fijn dat je schrijft.", once, now=_now(at))


def _now(at: float) -> datetime:
    return BEGIN + timedelta(seconds=at)
