"""What a kept turn costs on PostgreSQL: ``python -m tests.benchmarks.postgres [--full]``.

Each with its measuring stick in the same run, in rounds that alternate, on a server of its own; the first on the disk,
the second in memory if there is room, so that waiting for the disk does not hide what grows:

1. durable sealed turns a second by one process and by two, beside one bare durable transaction of the same size (one
   row of 2 KB, one connection, one after the other);
2. a turn among 1,000 cases, beside one among 50,000 (``--full``: 1,000,000), at most 1.2×;
3. how often a turn waits for the server.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.benchmarks.storage import STORY
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SCHEME, keeping, turn

ROUNDS = 3
PEOPLE = 16
TURNS = 400


def opened(url: str, data: Path) -> SqliteStore:
    """The store on this database."""
    return SqliteStore(PostgresEngine(url, data, keeping, QUICK))


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


async def talk(store: SqliteStore, turns: int) -> None:
    """Somebody new who says so much, and gets an answer each time."""
    address = Address("web", os.urandom(8).hex(), SCHEME)
    for said in range(turns):
        draft = await store.load(address)
        await store.commit(address, draft.version, turn(STORY), [b"m" * 200], str(said), now=NOW)


async def talking(url: str, data: Path, people: int, turns: int) -> float:
    """Turns a second of so many people at once, in this process; and how many messages to the server each took."""
    async with opened(url, data) as store:
        await asyncio.gather(*(talk(store, 2) for _ in range(people)))
        begun = time.perf_counter()
        await asyncio.gather(*(talk(store, turns // people) for _ in range(people)))
        return (turns // people) * people / (time.perf_counter() - begun)


def by_two(url: str, data: Path) -> float:
    """Turns a second of two processes that talk at the same time, together."""
    words = [sys.executable, "-m", "tests.benchmarks.postgres", "--process", url, str(data)]
    with (
        subprocess.Popen(words, stdout=subprocess.PIPE) as one,
        subprocess.Popen(words, stdout=subprocess.PIPE) as two,
    ):
        return sum(float(process.communicate()[0]) for process in (one, two))


def rates(cluster: Cluster, folder: Path) -> None:
    """Measurement 1, and 3."""
    url, data, found = cluster.new_database(), folder / "data", dict[str, list[float]]()
    for _ in range(ROUNDS):
        found.setdefault("bare transactions of 2 KB, one connection", []).append(bare(url))
        for people in (1, PEOPLE):
            name = f"sealed turns, 1 process, {people} at once"
            found.setdefault(name, []).append(asyncio.run(talking(url, data, people, TURNS)))
        found.setdefault(f"sealed turns, 2 processes, {PEOPLE} at once each", []).append(by_two(url, data))
    stick = statistics.median(found["bare transactions of 2 KB, one connection"])
    for name, seen in found.items():
        middle = statistics.median(seen)
        print(f"  {name:<44} {middle:8.0f} /s   {middle / stick:5.2f}×")
    load, commit = asyncio.run(trips(url, data))
    print(f"  messages to the server for a turn: {load} to load, {commit} to keep")


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


def fill(url: str, data: Path, count: int) -> None:
    """So many cases, as the store would have left them but of random bytes; and what goes with so many."""
    asyncio.run(opened(url, data).close())
    bytes_ = "decode(repeat(md5(random()::text), %d), 'hex')"
    number = "'BG-' || upper(substr(md5(random()::text), 1, 8)) || i"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for rows, statement in (
            (count // 10, "INSERT INTO conversations (hash, process_key, scheme, channel, address, version, since,"
             f" touched, remains, slot) SELECT decode(md5(i::text), 'hex'), 1, 'blijf-groep', 'web', {bytes_ % 4}, 5,"
             f" 20593, 1, {bytes_ % 38}, i + 10000000"),
            (count // 10, "INSERT INTO inbound (day, hash, process_key) SELECT 20593 - i % 8, decode(md5(i::text),"
             " 'hex'), 1"),
            (count, "INSERT INTO cases (number, scheme, scheme_version, kind, status, received, filed_on, roles, coded,"
             f" public, slot, sealed_key, sealed_to, claim, claim_key) SELECT {number}, 'blijf-groep', 'v1',"
             f" 'complaint', 'received', i, '2026-05-20', '[]', '{{}}', md5(i::text), i, {bytes_ % 56}, '[]',"
             " decode(md5(i::text), 'hex'), 1"),
            (count, f"INSERT INTO entries (id, number, what, by, at, unread, body) SELECT i::bigint * 7919, {number},"
             f" 'intake', 'client', i, 0, {bytes_ % 81}"),
            (count, f"INSERT INTO timeline (number, at, kind, what, by) SELECT {number}, i, 'case', 'received',"
             " 'client'"),
        ):  # fmt: skip
            connection.execute(f"{statement} FROM generate_series(1, {rows}) AS i".encode())
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def growth(cluster: Cluster, folder: Path, many: int) -> None:
    """Measurement 2."""
    places = {count: (cluster.new_database(), folder / str(count)) for count in (1000, many)}
    for count, (url, data) in places.items():
        fill(url, data, count)
    found: dict[int, list[float]] = {count: [] for count in places}
    for _ in range(ROUNDS + 4):
        for count, (url, data) in places.items():
            found[count].append(asyncio.run(talking(url, data, PEOPLE, TURNS)))
    few, lots = (statistics.median(found[count]) for count in (1000, many))
    print(f"  a turn among {1000:>9,} cases {1e6 / few:8.0f} µs")
    print(f"  a turn among {many:>9,} cases {1e6 / lots:8.0f} µs   {few / lots:5.2f}× (aim: at most 1.2×)")


def main() -> None:
    """All of it."""
    if "--process" in sys.argv:
        url, data = sys.argv[-2:]
        print(asyncio.run(talking(url, Path(data), PEOPLE, TURNS)))
        return
    many = 1_000_000 if "--full" in sys.argv else 50_000
    with tempfile.TemporaryDirectory(prefix="gehoord-bench-") as name:
        for on_disk in (True, False):
            cluster = Cluster(on_disk=on_disk)
            try:
                cluster.start()
                if on_disk:
                    rates(cluster, Path(name))
                else:
                    growth(cluster, Path(name), many)
            finally:
                cluster.remove()


if __name__ == "__main__":
    main()
