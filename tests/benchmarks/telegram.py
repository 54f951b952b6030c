"""What an update costs, beside the bots that others write: ``python -m tests.benchmarks.telegram``.

200 people talk at once, each ten updates, one after the other. Everyone gets the same updates as parsed JSON, and
calls the same Bot API without a wire (`tests.channels.in_process`). Counted until the last answer was sent; for
Gehoord, until the outbox is empty too. Each bot runs in a process of its own, `ROUNDS` times by turns with the
others, with and without 5 ms more for every fsync; told are medians.

Gehoord's updates are durable and sealed, have their effect once, and are read for all they hold; as in ``gehoord
serve``, texts are read in a process beside where there is a second core (with one: ``taskset -c 0``). Of the others
only Redis with ``appendfsync always`` and aiogram-sqlite-storage are durable.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from tests.channels.in_process import TOKEN, AiogramWire, Api, GehoordWire, PtbWire, update
from tests.torture.run import slow_library

ROUNDS, PEOPLE = 3, 200
SCHEME = "blijf-groep"
FORM = (
    "/start",
    "Een medewerker lachte mij uit waar iedereen bij was.",
    "vorige week dinsdag",
    "haarlem",
    "ik ben client",
    "Samira",
    "06-12345678",
    "sla over",
    "gewoon sorry",
    "nee",
)

Take = Callable[[dict[str, Any]], Awaitable[object]]
"""Handles one update."""

OURS = "gehoord"
DOCUMENTED, ASYNC, CATCH_ALL = "aiogram-memory", "aiogram-memory-async", "aiogram-catch-all"
REDIS, REDIS_DURABLE, SQLITE = "aiogram-redis", "aiogram-redis-durable", "aiogram-sqlite"
PTB, PTB_PICKLE = "ptb-memory", "ptb-pickle"
NAMES = {
    OURS: "Gehoord: durable, sealed, once",
    CATCH_ALL: "aiogram, one catch-all handler, keeps nothing",
    ASYNC: "aiogram FSM in memory, async filters",
    DOCUMENTED: "aiogram FSM in memory, as documented",
    REDIS: "aiogram FSM with Redis, as installed",
    REDIS_DURABLE: "aiogram FSM with Redis, appendfsync always",
    SQLITE: "aiogram FSM with aiogram-sqlite-storage",
    PTB: "python-telegram-bot, pickle each minute",
    PTB_PICKLE: "python-telegram-bot, pickle each update",
}
BOUNDS = {DOCUMENTED: 2.0, REDIS: 4.0, SQLITE: 4.0, CATCH_ALL: 0.5}
"""How many times as fast Gehoord has to be, by what it is held against."""


async def talk(take: Take, people: range) -> None:
    """Everybody fills the form in, by turns."""

    async def one(person: int) -> None:
        for number, text in enumerate(FORM):
            await take(update(person * 100 + number, person, text))

    await asyncio.gather(*(one(person) for person in people))


@asynccontextmanager
async def gehoord(folder: Path, api: Api) -> AsyncIterator[tuple[Take, Callable[[], Awaitable[None]]]]:
    """The bot on a store of its own, as it sends when nothing has to wait."""
    from tests.channels.running import feeding  # noqa: PLC0415 (what is not measured is not loaded)

    async with feeding(folder, GehoordWire(api), TOKEN, SCHEME) as (take, quiet):
        yield take, quiet


@asynccontextmanager
async def aiogram(
    name: str, folder: Path, api: Api
) -> AsyncIterator[tuple[Take, Callable[[], Awaitable[None]]]]:
    """A bot on aiogram."""
    from aiogram import Bot  # noqa: PLC0415

    from tests.channels import plain_aiogram  # noqa: PLC0415

    make = {ASYNC: plain_aiogram.async_filters, CATCH_ALL: plain_aiogram.catch_all}.get(
        name, plain_aiogram.documented
    )
    server = (
        redis(folder, durable=name == REDIS_DURABLE) if name.startswith(REDIS) else contextlib.nullcontext("")
    )
    with server as url:
        where = {SQLITE: f"sqlite:{folder / 'fsm.db'}"}.get(name, url or "memory")
        dispatcher, bot = make(plain_aiogram.storage_of(where)), Bot(TOKEN, AiogramWire(api))
        yield lambda raw: dispatcher.feed_raw_update(bot, raw), nothing_waits
        await dispatcher.storage.close()


@asynccontextmanager
async def ptb(name: str, folder: Path, api: Api) -> AsyncIterator[tuple[Take, Callable[[], Awaitable[None]]]]:
    """A bot on python-telegram-bot, which takes one update after the other."""
    from telegram import Update  # noqa: PLC0415

    from tests.channels import plain_ptb  # noqa: PLC0415

    built = plain_ptb.application(TOKEN, folder / "pickle", request=PtbWire(api))
    if name == PTB_PICKLE:
        plain_ptb.keep_each(built)
    one = asyncio.Lock()
    async with built:

        async def take(raw: dict[str, Any]) -> None:
            async with one:
                await built.process_update(Update.de_json(raw, built.bot))

        yield take, nothing_waits


async def nothing_waits() -> None:
    """All was sent when the update was handled."""


@contextmanager
def redis(folder: Path, *, durable: bool) -> Iterator[str]:
    """A Redis of Debian's package, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    words += ["--appendonly", "yes", "--appendfsync", "always"] if durable else []
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        for _ in range(500):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def bot(name: str, folder: Path, api: Api) -> Any:
    """The bot of this name."""
    if name == OURS:
        return gehoord(folder, api)
    return ptb(name, folder, api) if name in (PTB, PTB_PICKLE) else aiogram(name, folder, api)


async def rate(name: str, people: int, between: Callable[[], None] = lambda: None) -> tuple[float, int]:
    """Updates a second, and how many messages were sent for them. `between` is called when it begins and ends."""
    api = Api()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        async with bot(name, Path(folder), api) as (take, quiet):
            await talk(take, range(1, 6))
            await quiet()
            between()
            before, begun = api.sent, time.perf_counter()
            await talk(take, range(1000, 1000 + people))
            await quiet()
            taken = time.perf_counter() - begun
            between()
    return people * len(FORM) / taken, api.sent - before


def measured(name: str, people: int, preload: Path | None) -> float:
    """`rate`, in a process of its own."""
    environment = {**os.environ, "PTB_TIMEDELTA": "1"}
    if preload is not None:
        environment["LD_PRELOAD"] = str(preload)
    words = [sys.executable, "-m", "tests.benchmarks.telegram", "--only", name, "--people", str(people)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr}")
    return float(json.loads(done.stdout.splitlines()[-1])["rate"])


def compared(names: list[str], people: int, rounds: int, preload: Path | None) -> dict[str, float]:
    """Everybody's median, by turns so that a slow moment of the machine strikes all."""
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(measured(name, people, preload))
    return {name: statistics.median(rates) for name, rates in found.items()}


def table(medians: dict[str, float]) -> None:
    """A line for each bot, with how many times as fast Gehoord is."""
    for name, middle in medians.items():
        ratio = medians[OURS] / middle
        bound = f"   (bound: {BOUNDS[name]}×)" if name in BOUNDS else ""
        print(f"  {NAMES[name]:<46} {middle:8.0f} updates/s   {ratio:6.2f}×{bound}")


def main() -> None:
    """The whole comparison, or one bot once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    if asked.only:
        found, sent = asyncio.run(rate(asked.only, asked.people))
        print(json.dumps({"rate": found, "sent": sent}))
        return
    names = list(NAMES)
    if shutil.which("redis-server") is None:
        print("without Redis: apt-get install redis-server")
        names = [name for name in names if not name.startswith(REDIS)]
    with tempfile.TemporaryDirectory() as folder:
        print(f"{asked.people} people at once", flush=True)
        table(compared(names, asked.people, asked.rounds, None))
        print(f"{asked.people} people at once, each fsync 5 ms slower", flush=True)
        table(compared(names, asked.people, asked.rounds, slow_library(Path(folder))))


if __name__ == "__main__":
    main()
