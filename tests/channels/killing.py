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

import msgspec

from tests.channels.bots import BOTS, Bot
from tests.telegram_emulator import Emulator, Person
from tests.telegram_emulator.faults import What

SIGNS = frozenset({"getme", "setmycommands", "setwebhook", "deletewebhook"})
"""What a bot asks Telegram when it starts."""


class Count(msgspec.Struct):
    """What was counted. `repeated` are messages of the bot that came again; `said` is how many it had to say.

    `lost` are messages of people that are not kept; `silent` are answers of the bot that never came, of which
    `waiting` are still to be sent.
    """

    written: int = 0
    said: int = 0
    silent: int = 0
    waiting: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    repeated: int = 0
    most_repeated: int = 0

    def __str__(self) -> str:
        return (
            f"{self.written} messages written, {self.said} answers: lost {self.lost} · not answered {self.silent} "
            f"(still to be sent {self.waiting}) · "
            f"doubled {self.doubled} · out of order {self.reordered} · "
            f"repeated {self.repeated} (at most {self.most_repeated} in a conversation)"
        )


def texts(number: int, each: int) -> list[str]:
    """What one person writes."""
    return [f"Er was iets met de sleutel van kamer {number}{turn}." for turn in range(1, each + 1)]


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
    within: float = 600.0,
    which: str = "gehoord",
) -> Count:
    """Everybody starts and writes at once; the bot is killed at random instants, and then left in peace."""
    chance, count = random.Random(seed), Count()
    async with Emulator() as telegram:
        bot = BOTS[which](folder, telegram)
        try:
            await bot.process.start()
            await telegram.until(
                lambda: telegram.updates.polled or bool(telegram.webhook.url), "it is up", 600
            )
            crowd = [(telegram.person(f"P{n}"), texts(n, each)) for n in range(1, people + 1)]
            for person, typed in crowd:
                person.start()
                for one in typed:
                    person.types(one)
            for _ in range(kills):
                some = len(telegram.called("sendMessage")) + chance.randint(1, people)
                await _until_or_still(
                    telegram, bot, lambda some=some: len(telegram.called("sendMessage")) >= some, within
                )
                await bot.process.end(signal.SIGKILL)
                await bot.process.start()
            expected = {person.chat.id: await bot.said_to(typed) for person, typed in crowd}
            await _until_or_still(
                telegram,
                bot,
                lambda: all(_came(person, expected[person.chat.id]) for person, _ in crowd),
                within,
            )
            await asyncio.sleep(1)
            await _until_noted(bot, [person for person, _ in crowd])
            await bot.process.end(signal.SIGTERM)
        finally:
            await bot.process.end(signal.SIGKILL)  # when something went wrong before
            bot.process.close()
        for person, typed in crowd:
            compare(expected[person.chat.id], [stored.text for stored in person.received()], count)
            kept = await bot.kept(person)
            count.waiting += await bot.waiting(person)
            count.written += len(typed)
            count.lost += len(set(typed) - set(kept))
            count.doubled += len(kept) - len(set(kept))
            count.reordered += [one for one in kept if one in typed] != [one for one in typed if one in kept]
    return count


async def _until_or_still(telegram: Emulator, bot: Bot, holds: Callable[[], bool], within: float) -> None:
    """Wait until it holds, or until a bot that is up sent nothing for so long that no more will come."""
    sent, since, end = -1, time.monotonic(), time.monotonic() + within
    while not holds() and time.monotonic() < end:
        now = len(telegram.called("sendMessage"))
        if sent != now or telegram.updates.fresh() or not _up(telegram, bot):
            sent, since = now, time.monotonic()
        if time.monotonic() - since > bot.still or bot.process.gone:
            return
        await asyncio.sleep(0.005)


async def _until_noted(bot: Bot, crowd: list[Person]) -> None:
    """Wait until the bot wrote down that the last of what it said has come: a busy machine takes long over it."""
    end = time.monotonic() + bot.still
    while time.monotonic() < end and any([await bot.waiting(person) for person in crowd]):  # noqa: ASYNC110
        await asyncio.sleep(0.2)


def _up(telegram: Emulator, bot: Bot) -> bool:
    """Whether the bot said something to Telegram since it was started last."""
    return any(call.method in SIGNS and call.at >= bot.process.since for call in reversed(telegram.calls))


def _came(person: Person, expected: list[str]) -> bool:
    """Whether all that had to come did; what came again stands in for nothing."""
    count = Count()
    compare(expected, [stored.text for stored in person.received()], count)
    return count.silent == 0


async def wiping(folder: Path, trouble: What) -> tuple[list[str], list[str]]:
    """Somebody wipes, and the bot is killed while it takes their messages away: what they see before, and at last.

    `trouble` is what becomes of the call that takes them away, just before the kill.
    """
    async with Emulator() as telegram:
        bot = BOTS["gehoord"](folder, telegram)
        samira = telegram.person()
        try:
            await bot.process.start()
            samira.start()
            for one in (typed := texts(1, 3)):
                samira.types(one)
            expected = await bot.said_to(typed)
            await telegram.until(lambda: _came(samira, expected), "all is answered", 600)
            before = [stored.text for stored in samira.screen()]
            telegram.faults.next(trouble, "deleteMessages")
            samira.types("/wis")
            await telegram.until(
                lambda: bool(telegram.called("deleteMessages")), "it is being taken away", 600
            )
            await bot.process.end(signal.SIGKILL)
            await bot.process.start()
            await telegram.until(lambda: len(samira.received()) > len(expected), "who wiped is told so", 600)
            await bot.process.end(signal.SIGTERM)
        finally:
            await bot.process.end(signal.SIGKILL)  # when something went wrong before
            bot.process.close()
        return before, [stored.text for stored in samira.screen()]


def table(counts: dict[str, list[Count]]) -> str:
    """What was counted in the runs of each bot, as a table; the runs stand beside each other.

    The first run of each is without a kill: what it counts, no kill is to blame for.
    """
    lines = [
        "| bot | written | answers due | lost, never killed | lost | doubled | out of order | not answered | repeats |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for bot, (calm, *runs) in counts.items():
        cells = [
            str(calm.written),
            str(calm.said),
            str(calm.lost),
            *(_beside(runs, what) for what in ("lost", "doubled", "reordered", "silent")),
            f"{_beside(runs, 'repeated')} (at most {max(run.most_repeated for run in runs)} in a chat)",
        ]
        lines.append(f"| {' | '.join([bot, *cells])} |")
    return "\n".join(lines)


def _beside(runs: list[Count], what: str) -> str:
    return " · ".join(str(getattr(run, what)) for run in runs)


async def _run(asked: argparse.Namespace, which: str, seed: int) -> Count:
    """Run number `seed`; number 0 is without a kill."""
    with tempfile.TemporaryDirectory() as folder:
        return await killing(
            Path(folder),
            people=asked.people,
            each=asked.each,
            kills=asked.kills if seed else 0,
            seed=seed,
            within=600,
            which=which,
        )


def main() -> int:
    """The runs as they are asked for; 1 when Gehoord lost, doubled or disordered something."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bot", choices=BOTS, action="append")
    asked = parser.parse_args()
    counts: dict[str, list[Count]] = {}
    for which in asked.bot or BOTS:
        counts[which] = []
        for seed in range(asked.runs + 1):
            counts[which].append(asyncio.run(_run(asked, which, seed)))
            print(f"{which}, run {seed}: {counts[which][-1]}", file=sys.stderr, flush=True)
    print(table(counts))
    for trouble in ("cut_before", "cut_after"):
        with tempfile.TemporaryDirectory() as folder:
            before, left = asyncio.run(wiping(Path(folder), trouble))
        print(f"killed in the midst of /wis ({trouble}): of {len(before)} messages {len(left) - 1} are left")
    ours = [run for which, runs in counts.items() if which.startswith("gehoord") for run in runs]
    return int(any(run.lost or run.silent or run.doubled or run.reordered for run in ours))


if __name__ == "__main__":
    sys.exit(main())
