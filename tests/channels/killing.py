"""A bot in a process of its own that is killed while people write: ``python -m tests.channels.killing``.

Counted from the people's side: what they wrote and is not kept, is kept twice or in another order; and what the bot
said and did not come, came again, or came in another order, beside the same conversation without any trouble.
"""

import argparse
import asyncio
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bot import clock
from bot.chance import fresh
from bot.channels.part import API, SCHEME, TOKEN
from bot.kept_talk import keeping
from bot.rendering import plain
from bot.schemes import Schemes
from bot.talk import Rehearsal
from flows.events import Said, Started
from storage.opening import open_practice
from storage.records import Address
from tests.schemes import scheme
from tests.telegram_emulator import Emulator, Person

ORGANISATION = "blijf-groep"


class Count(msgspec.Struct):
    """What was counted. `repeated` are messages of the bot that came again; `said` is how many it had to say."""

    written: int = 0
    said: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    repeated: int = 0
    most_repeated: int = 0

    def __str__(self) -> str:
        return (
            f"{self.written} messages written, {self.said} answers: lost {self.lost} · doubled {self.doubled} · "
            f"out of order {self.reordered} · repeated {self.repeated} (at most {self.most_repeated} in a conversation)"
        )


class Bot:
    """`gehoord serve` with a bot, as a process."""

    def __init__(self, data: Path, telegram: Emulator) -> None:
        self._log = (data.parent / "bot.log").open("ab")
        self._words = [sys.executable, "-m", "bot", "--data", str(data), "serve", "--demo", "--port", "0"]
        self._environment = {
            "PATH": "/usr/bin:/bin", "PYTHONPATH": ".", TOKEN: telegram.token, API: telegram.url,
            SCHEME: ORGANISATION,
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it."""
        self._process = await asyncio.to_thread(
            subprocess.Popen, self._words, stdout=self._log, stderr=self._log, env=self._environment
        )

    async def end(self, how: signal.Signals) -> None:
        """End it, by SIGKILL as a power cut would or by SIGTERM in peace."""
        assert self._process is not None
        self._process.send_signal(how)
        await asyncio.to_thread(self._process.wait)

    def close(self) -> None:
        """Let go of its log."""
        self._log.close()


def texts(number: int, each: int) -> list[str]:
    """What one person writes."""
    return [f"Er was iets met de sleutel van kamer {number}{turn}." for turn in range(1, each + 1)]


async def undisturbed(typed: list[str]) -> list[str]:
    """What the bot says to this when nothing goes wrong."""
    talk = Rehearsal(scheme(ORGANISATION), clock.now(), fresh, platform="telegram")
    said = list((await talk.handle(Started("telegram"))).said)
    for one in typed:
        said += (await talk.handle(Said(one))).said
    return [plain(message) for message in said]


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
    count.lost += len(expected) - at
    count.repeated += repeated
    count.most_repeated = max(count.most_repeated, repeated)


async def killing(
    folder: Path, *, people: int, each: int, kills: int, seed: int, within: float = 90.0
) -> Count:
    """Everybody starts and writes at once; the bot is killed at random instants, and then left in peace."""
    chance, count, data = random.Random(seed), Count(), folder / "data"
    async with Emulator() as telegram:
        bot = Bot(data, telegram)
        try:
            await bot.start()
            await telegram.until(lambda: telegram.updates.polled, "the bot polls", 20)
            crowd = [(telegram.person(f"P{n}"), texts(n, each)) for n in range(1, people + 1)]
            for person, typed in crowd:
                person.start()
                for one in typed:
                    person.types(one)
            for _ in range(kills):
                before = len(telegram.called("sendMessage"))
                some = chance.randint(1, 2 * people)
                await telegram.until(
                    lambda before=before, some=some: len(telegram.called("sendMessage")) >= before + some,
                    "answers come", 60,
                )  # fmt: skip
                await bot.end(signal.SIGKILL)
                await bot.start()
            expected = {person.chat.id: await undisturbed(typed) for person, typed in crowd}
            await telegram.until(
                lambda: all(_came(person, expected[person.chat.id]) for person, _ in crowd),
                "all came",
                within,
            )
            await asyncio.sleep(1)
            await bot.end(signal.SIGTERM)
        finally:
            bot.close()
        for person, typed in crowd:
            compare(expected[person.chat.id], [stored.text for stored in person.received()], count)
            kept = await said(data, person)
            count.written += len(typed)
            count.lost += len(set(typed) - set(kept))
            count.doubled += len(kept) - len(set(kept))
            count.reordered += [one for one in kept if one in typed] != typed
    return count


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
            )
        )
    print(count)
    return int(bool(count.lost or count.doubled or count.reordered))


if __name__ == "__main__":
    sys.exit(main())
