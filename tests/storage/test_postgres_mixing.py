"""Who wrote when on the lines: what a thief with the server's files can say, with its log and without.

As `tests/line/linking.py` does: for every two lines the thief says which was opened first. Told is how often that is
right: 1 is always, 0.5 is guessing.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import combinations
from pathlib import Path

import psycopg
import pytest

from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.sqlite import SqliteStore, line_rows
from storage.sqlite.pool import Pages
from tests.storage.cluster import Cluster
from tests.storage.cluster_thief import whole_log
from tests.storage.contract_lines import confidant, opened
from tests.storage.made import HOUR, NOW, keeping

LINES = 24


@pytest.fixture
def url(cluster: Cluster) -> str:
    """Where an empty database is."""
    return cluster.url(cluster.name_of(cluster.new_database()))


@pytest.fixture
async def store(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqliteStore]:
    """A store in it, with room for the lines from the first."""
    monkeypatch.setattr(line_rows, "FIRST", 64)
    monkeypatch.setattr(Pages, "FIRST", 64)
    async with SqliteStore(PostgresEngine(url, tmp_path / "data", keeping, QUICK)) as made:
        yield made


async def one_by_one(store: SqliteStore) -> list[int]:
    """People open lines one after the other: their rows in that order."""
    aileen = await confidant(store)
    return [(await opened(store, aileen))[1].locator + 1 for _ in range(LINES)]


def right(order: Sequence[int], scores: dict[int, int]) -> float:
    """How often who puts two lines in the order of their scores is right; alike is guessing."""
    pairs = list(combinations(order, 2))
    told = [0.5 if scores[a] == scores[b] else float(scores[a] < scores[b]) for a, b in pairs]
    return sum(told) / len(pairs)


def rows(url: str, what: str) -> dict[int, int]:
    """Of each row in use something that its file says."""
    with psycopg.connect(url) as connection:
        return dict(connection.execute(f"SELECT id, {what} FROM lines".encode()).fetchall())


WRITER = "CAST(CAST(xmin AS text) AS bigint)"
PLACE = "(ctid::text::point)[0] * 1000 + (ctid::text::point)[1]"


def in_the_log(cluster: Cluster, url: str, ids: Sequence[int]) -> dict[int, int]:
    """Where the log first has what stands in each of these rows."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT id, body FROM lines WHERE id = ANY(%s)", [list(ids)]).fetchall()
    files = sorted(path for path in (cluster.data / "pg_wal").iterdir() if len(path.name) == 24)
    log = b"".join(whole_log(path.read_bytes()) for path in files)
    return {id: log.find(bytes(body)[200:260]) for id, body in found}


async def test_rows_say_nothing_of_an_hour_that_is_over_and_the_log_says_all(
    cluster: Cluster, url: str, store: SqliteStore
) -> None:
    cluster.run("postgres", "CHECKPOINT")  # the next takes away older log, and is far off now
    order = await one_by_one(store)
    before = right(order, rows(url, WRITER))
    await store.purge(NOW + HOUR)
    writers, places = rows(url, WRITER), rows(url, PLACE)
    log = in_the_log(cluster, url, order)
    assert (before, right(order, writers), len(set(writers.values()))) == (1.0, 0.5, 1)
    assert sorted(places, key=places.__getitem__) == sorted(
        places
    )  # they lie in the order of their chance numbers
    assert (min(log.values()) >= 0, right(order, log)) == (True, 1.0)


async def test_older_versions_of_rows_go_with_their_file(
    cluster: Cluster, url: str, store: SqliteStore
) -> None:
    await one_by_one(store)
    folder = cluster.database_folder(url)
    with psycopg.connect(url, autocommit=True) as connection:

        def files() -> set[str]:
            asked = (
                "SELECT relfilenode::text FROM pg_class WHERE relname IN ('lines', 'line_pages', 'lines_pkey')"
                " OR oid IN (SELECT reltoastrelid FROM pg_class WHERE relname IN ('lines', 'line_pages'))"
            )
            return {str(name) for (name,) in connection.execute(asked.encode())}

        before = files()
        await store.purge(NOW + HOUR)
        connection.execute("CHECKPOINT")
        after = files()
        left = [path.name for path in folder.iterdir() if path.name in before and path.stat().st_size]
        await store.purge(NOW + 2 * HOUR)
        assert (before & after, left, len(after)) == (set(), [], 5)
        assert files() == after  # nobody wrote: there is nothing to mix


async def test_lines_are_whole_for_who_looks_while_they_are_mixed(
    url: str, store: SqliteStore, tmp_path: Path
) -> None:
    aileen = await confidant(store)
    for _ in range(3):
        await opened(store, aileen)
    over = asyncio.Event()
    seen = []

    async def looking() -> None:
        while not over.is_set():
            seen.append(len(await store.lines_of(aileen)))

    looks = asyncio.ensure_future(looking())
    for number in range(5):
        await opened(store, aileen)
        await store.purge(NOW + number * HOUR)
    over.set()
    await looks
    assert (seen == sorted(seen), seen[0], len(await store.lines_of(aileen))) == (True, 3, 8)


async def test_mixing_waits_for_the_next_hour_while_a_backup_reads(url: str, store: SqliteStore) -> None:
    order = await one_by_one(store)
    with psycopg.connect(url) as backup:
        backup.execute("LOCK TABLE lines IN ACCESS SHARE MODE")
        await store.purge(NOW + HOUR)
        assert right(order, rows(url, WRITER)) == 1.0
    await store.purge(NOW + 2 * HOUR)
    assert right(order, rows(url, WRITER)) == 0.5
