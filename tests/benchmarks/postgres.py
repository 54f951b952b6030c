"""What a kept turn costs on PostgreSQL: ``python -m tests.benchmarks.postgres [--full]``.

Each with its measuring stick in the same run, in rounds that alternate, on a server of its own; the first on the disk,
the second in memory if there is room, so that waiting for the disk does not hide what grows:

1. durable sealed turns a second by one process and by two, beside one bare durable transaction of the same size (one
   row of 2 KB, one connection, one after the other); and how much processor time a turn takes of the processes and of
   the server, since all of it is on this machine: no more turns go into a second than its processors have time for;
2. a turn among 1,000 cases, beside one among 50,000 (``--full``: 1,000,000), at most 1.2×;
3. how often a turn waits for the server.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg

from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.benchmarks.storage import STORY
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SCHEME, keeping, turn
from tests.storage.many_cases import fill
from tests.storage.talkers import Cost, talkers

ROUNDS = 9
PEOPLE = 16
TURNS = 640
FEW = 1000
SETTINGS = {"autovacuum": "off", "max_wal_size": "2GB", "checkpoint_timeout": "1h"}
"""Of a server that is measured: it does nothing of its own accord meanwhile."""


def bare(url: str, count: int = TURNS) -> float:
    """Bare durable transactions a second, of a row of 2 KB."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (id BIGSERIAL PRIMARY KEY, body BYTEA)")
        body, begun = os.urandom(2000), time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN")
            connection.execute("INSERT INTO bare (body) VALUES (%s)", [body])
            connection.execute("COMMIT")
        return count / (time.perf_counter() - begun)


def _said(text: str) -> None:
    print(f"    {time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def rates(cluster: Cluster, folder: Path) -> None:
    """Measurement 1, and 3."""
    url, data = cluster.new_database(), folder / "data"
    asyncio.run(trips(url, data))
    crowds = {"1 process, 1 at once": (1, 1), f"1 process, {PEOPLE} at once": (1, PEOPLE),
              f"2 processes, {PEOPLE} at once each": (2, PEOPLE)}  # fmt: skip
    found: dict[str, list[Cost]] = {name: [] for name in crowds}
    sticks = []
    with ExitStack() as stack:
        talking = {
            name: stack.enter_context(talkers(cluster, url, data, processes=processes, people=people))
            for name, (processes, people) in crowds.items()
        }
        for number in range(ROUNDS):
            sticks.append(bare(url))
            for name, crowd in talking.items():
                found[name].append(crowd.talk(TURNS))
            _said(f"round {number + 1} of {ROUNDS}")
    stick, cores = statistics.median(sticks), len(os.sched_getaffinity(0))
    print(f"  {'bare transactions of 2 KB, one connection':<42} {stick:6.0f} /s")
    for name, costs in found.items():
        rate, most = _median(costs, "rate"), cores / _median(costs, "processor")
        print(
            f"  {'sealed turns, ' + name:<42} {rate:6.0f} /s {rate / stick:5.2f}×; of a turn "
            f"{1e3 * _median(costs, 'clients'):.2f} ms of processor here, {1e3 * _median(costs, 'server'):.2f} ms at "
            f"the server: at most {most:.0f} /s on {cores} processors"
        )
    load, commit = asyncio.run(trips(url, data))
    print(f"  messages to the server for a turn: {load} to load, {commit} to keep")


def _median(costs: Sequence[Cost], what: str) -> float:
    return statistics.median(float(getattr(cost, what)) for cost in costs)


def _ratio(few: Sequence[Cost], many: Sequence[Cost], what: str) -> float:
    pairs = zip(few, many, strict=True)
    return statistics.median(float(getattr(b, what)) / float(getattr(a, what)) for a, b in pairs)


async def trips(url: str, data: Path) -> tuple[int, int]:
    """How many messages to the server a turn takes."""
    engine = PostgresEngine(url, data, keeping, QUICK)
    async with SqliteStore(engine) as store:
        address = Address("web", os.urandom(8).hex(), SCHEME)
        await store.commit(address, 0, turn(STORY), [], "m1", now=NOW)
        before = engine.trips
        draft = await store.load(address)
        loaded = engine.trips
        await store.commit(address, draft.version, turn(STORY), [b"m"], "m2", now=NOW)
        return loaded - before, engine.trips - loaded


def growth(cluster: Cluster, folder: Path, many: int) -> float:
    """Measurement 2; how many times as long a turn takes among many cases."""
    places = {count: (cluster.new_database(), folder / str(count)) for count in (FEW, many)}
    for count, (url, data) in places.items():
        fill(url, data, count, _said)
    found: dict[int, list[Cost]] = {count: [] for count in places}
    with ExitStack() as stack:
        talking = {
            count: stack.enter_context(talkers(cluster, url, data, processes=1, people=PEOPLE))
            for count, (url, data) in places.items()
        }
        for crowd in talking.values():  # what the server never read before it reads once
            crowd.talk(4 * TURNS)
        for number in range(3 * ROUNDS):
            for count in sorted(places, reverse=bool(number % 2)):
                found[count].append(talking[count].talk(TURNS))
            _said(f"round {number + 1} of {3 * ROUNDS}")
    for count, costs in found.items():
        print(f"  a turn among {count:>9,} cases {1e6 * _median(costs, 'seconds'):6.0f} µs, of processor "
              f"{1e6 * _median(costs, 'processor'):6.0f} µs")  # fmt: skip
    times, processor = (_ratio(found[FEW], found[many], what) for what in ("seconds", "processor"))
    print(
        f"  {times:.2f}× the time, {processor:.2f}× the processor time (medians of rounds; aim: at most 1.2×)"
    )
    return times


def main() -> None:
    """All of it."""
    many = 1_000_000 if "--full" in sys.argv else 50_000
    with tempfile.TemporaryDirectory(prefix="gehoord-bench-") as name:
        for on_disk in (True, False):
            cluster = Cluster(on_disk=on_disk)
            try:
                cluster.start()
                cluster.set(SETTINGS)
                if on_disk:
                    rates(cluster, Path(name))
                else:
                    growth(cluster, Path(name), many)
            finally:
                cluster.remove()


if __name__ == "__main__":
    main()
