"""A bot in a process of its own that is killed while people write: ``python -m tests.channels.killing``.

Counted from the people's side: what they wrote and is not kept, is kept twice or in another order; and what the bot
said and did not come, came again, or came in another order, beside the same conversation without any trouble.
"""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from bot import clock
from bot.chance import fresh
from bot.channels import showing
from bot.channels.part import API, SCHEME, TOKEN
from bot.kept_talk import keeping
from bot.rendering import plain
from bot.schemes import Schemes
from bot.talk import Rehearsal
from flows.events import Said, Started
from storage.opening import open_practice
from storage.records import Address
from tests.channels import plain_aiogram, plain_ptb
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person
from tests.torture.process import Process
from tests.torture.site import free_port

ORGANISATION = "blijf-groep"
STILL = 40.0
"""So long nothing may be sent before it counts as all: a chat that was being answered waits half a minute."""


class Count(msgspec.Struct):
    """What was counted. `repeated` are messages of the bot that came again; `said` is how many it had to say.

    `lost` are messages of people that are not kept; `silent` are answers of the bot that never came.
    """

    written: int = 0
    said: int = 0
    silent: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    repeated: int = 0
    most_repeated: int = 0

    def __str__(self) -> str:
        return (
            f"{self.written} messages written, {self.said} answers: lost {self.lost} · not answered {self.silent} · "
            f"doubled {self.doubled} · out of order {self.reordered} · "
            f"repeated {self.repeated} (at most {self.most_repeated} in a conversation)"
        )


class Bot(Protocol):
    """A bot that can be killed, and asked what it kept."""

    process: Process

    async def said_to(self, typed: list[str]) -> list[str]:
        """What it says to this when nothing goes wrong."""

    async def kept(self, person: Person) -> list[str]:
        """What it kept of what this person wrote, in its order."""


class Gehoord:
    """`gehoord serve` with a bot."""

    def __init__(self, folder: Path, telegram: Emulator) -> None:
        self._data = folder / "data"
        self.process = Process(
            ["-m", "bot", "--data", str(self._data), "serve", "--demo", "--port", "0"],
            folder / "bot.log",
            {TOKEN: telegram.token, API: telegram.url, SCHEME: ORGANISATION},
        )

    async def said_to(self, typed: list[str]) -> list[str]:
        """What the core says."""
        return await undisturbed(typed)

    async def kept(self, person: Person) -> list[str]:
        """What stands in the session."""
        return await said(self._data, person)


class Aiogram:
    """The plain bot on aiogram with its states in memory; with a webhook when it has a port."""

    def __init__(self, folder: Path, telegram: Emulator, port: int = 0) -> None:
        words = ["-m", "tests.channels.plain_aiogram", "--api", telegram.url, "--token", telegram.token]
        self.process = Process([*words, "--port", str(port)], folder / "bot.log")

    async def said_to(self, typed: list[str]) -> list[str]:
        """The greeting, and a confirmation of each answer."""
        return [plain_aiogram.GREETING, *map(plain_aiogram.answered, typed)]

    async def kept(self, person: Person) -> list[str]:
        """What it confirmed since it was started last: its memory goes with the process."""
        here = [stored.text for stored in person.received() if stored.at >= self.process.since]
        return [
            text.removeprefix(plain_aiogram.answered("")) for text in here if text != plain_aiogram.GREETING
        ]


class Ptb:
    """The plain bot on python-telegram-bot with its pickle, written each minute or after each update."""

    def __init__(self, folder: Path, telegram: Emulator, *, each: bool = False) -> None:
        self._pickle = folder / "pickle"
        words = ["-m", "tests.channels.plain_ptb", "--api", telegram.url, "--token", telegram.token]
        more = ["--each-update"] if each else []
        self.process = Process(
            [*words, "--pickle", str(self._pickle), *more], folder / "bot.log", {"PTB_TIMEDELTA": "1"}
        )

    async def said_to(self, typed: list[str]) -> list[str]:
        """The greeting, and a confirmation of each answer."""
        return [plain_ptb.GREETING, *map(plain_ptb.answered, typed)]

    async def kept(self, person: Person) -> list[str]:
        """What stands in the pickle."""
        return plain_ptb.kept(self._pickle, person.chat.id)


BOTS: dict[str, Callable[[Path, Emulator], Bot]] = {
    "gehoord": Gehoord,
    "aiogram": Aiogram,
    "aiogram-webhook": lambda folder, telegram: Aiogram(folder, telegram, free_port()),
    "ptb": Ptb,
    "ptb-each-update": lambda folder, telegram: Ptb(folder, telegram, each=True),
}


def texts(number: int, each: int) -> list[str]:
    """What one person writes."""
    return [f"Er was iets met de sleutel van kamer {number}{turn}." for turn in range(1, each + 1)]


async def undisturbed(typed: list[str]) -> list[str]:
    """What the bot says to this when nothing goes wrong."""
    talk = Rehearsal(scheme(ORGANISATION), clock.now(), fresh, platform="telegram")
    turns = [(await talk.handle(Started("telegram"))).said]
    for one in typed:
        turns.append((await talk.handle(Said(one))).said)
    return [plain(bubble) for said in turns for bubble in showing.bubbles(said)]


def compare(expected: list[str], came: list[str], count: Count) -> None:
    """Walk along what came: the next that was expected, the last one again, or out of order."""
    at = repeated = 0
    for one in came:
        if at < len(expected) and one == expected[at]:
            at += 1
        elif at and one == expected[at - 1]:
            repeated += 1
        else:
            count.reordered += 1
    count.said += len(expected)
    count.silent += len(expected) - at
    count.repeated += repeated
    count.most_repeated = max(count.most_repeated, repeated)


async def killing(
    folder: Path,
    *,
    people: int,
    each: int,
    kills: int,
    seed: int,
    within: float = 90.0,
    which: str = "gehoord",
) -> Count:
    """Everybody starts and writes at once; the bot is killed at random instants, and then left in peace."""
    chance, count = random.Random(seed), Count()
    async with Emulator() as telegram:
        bot = BOTS[which](folder, telegram)
        try:
            await bot.process.start()
            await telegram.until(
                lambda: telegram.updates.polled or bool(telegram.webhook.url), "it is up", 20
            )
            crowd = [(telegram.person(f"P{n}"), texts(n, each)) for n in range(1, people + 1)]
            for person, typed in crowd:
                person.start()
                for one in typed:
                    person.types(one)
            for _ in range(kills):
                some = len(telegram.called("sendMessage")) + chance.randint(1, people)
                await _until_or_still(
                    telegram, lambda some=some: len(telegram.called("sendMessage")) >= some, 60
                )
                await bot.process.end(signal.SIGKILL)
                await bot.process.start()
            expected = {person.chat.id: await bot.said_to(typed) for person, typed in crowd}
            await _until_or_still(
                telegram, lambda: all(_came(person, expected[person.chat.id]) for person, _ in crowd), within
            )
            await asyncio.sleep(1)
            await bot.process.end(signal.SIGTERM)
        finally:
            bot.process.close()
        for person, typed in crowd:
            compare(expected[person.chat.id], [stored.text for stored in person.received()], count)
            kept = await bot.kept(person)
            count.written += len(typed)
            count.lost += len(set(typed) - set(kept))
            count.doubled += len(kept) - len(set(kept))
            count.reordered += [one for one in kept if one in typed] != [one for one in typed if one in kept]
    return count


async def _until_or_still(telegram: Emulator, holds: Callable[[], bool], within: float) -> None:
    """Wait until it holds, or until nothing was sent for `STILL` seconds: what did not come then is counted as lost."""
    sent, since, end = -1, time.monotonic(), time.monotonic() + within
    while not holds() and time.monotonic() < end:
        if sent != (now := len(telegram.called("sendMessage"))):
            sent, since = now, time.monotonic()
        if time.monotonic() - since > STILL and not telegram.updates.fresh():
            return
        await asyncio.sleep(0.002)


def _came(person: Person, expected: list[str]) -> bool:
    return [stored.text for stored in person.received()][-1:] == expected[-1:] and len(
        person.received()
    ) >= len(expected)


async def said(data: Path, person: Person) -> list[str]:
    """What is kept of what this person wrote."""
    schemes = Schemes()
    async with open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        session = (await store.load(Address("telegram", str(person.chat.id), ORGANISATION))).session
    return [line for one in session.said for line in one.split("\n")] if session is not None else []


def main() -> int:
    """The run as it is asked for; 1 when something was lost, doubled or out of order."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bot", choices=BOTS, default="gehoord")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        count = asyncio.run(
            killing(
                Path(folder),
                people=asked.people,
                each=asked.each,
                kills=asked.kills,
                seed=asked.seed,
                within=300,
                which=asked.bot,
            )
        )
    print(count)
    return int(bool(count.lost or count.silent or count.doubled or count.reordered))


if __name__ == "__main__":
    sys.exit(main())
