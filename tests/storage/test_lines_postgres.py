"""Anonymous lines on PostgreSQL: what stays sealed though every byte stays, and what is seen there, as is said."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from storage.errors import UnknownLine
from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.sqlite import SqliteStore, line_rows
from storage.sqlite.pool import Pages
from tests.storage.cluster import Cluster, started
from tests.storage.cluster_thief import ClusterThief
from tests.storage.contract_lines import confidant, opened
from tests.storage.made import NOW, PASSWORD, keeping

MARKS = ("KanarieLijn", "KanarieWeg")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server with little in it."""
    with started() as made:
        yield made


@pytest.fixture
def url(cluster: Cluster) -> str:
    """Where an empty database is."""
    return cluster.new_database()


@pytest.fixture
async def store(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqliteStore]:
    """A store in it, with little room for lines: a thief takes long over each row."""
    monkeypatch.setattr(line_rows, "FIRST", 16)
    monkeypatch.setattr(Pages, "FIRST", 8)
    async with SqliteStore(PostgresEngine(url, tmp_path / "data", keeping, QUICK)) as made:
        yield made


async def test_thief_with_the_server_reads_no_line_and_a_wiped_one_opens_to_nobody(
    cluster: Cluster, url: str, store: SqliteStore, tmp_path: Path
) -> None:
    aileen = await confidant(store)
    stays, _ = await opened(store, aileen)
    goes, _ = await opened(store, aileen)
    await store.say_on_line(stays, b"KanarieLijn", "a", now=NOW)
    await store.say_on_line(goes, b"KanarieWeg", "b", now=NOW)

    def found(*passwords: str) -> list[str]:
        cluster.run("postgres", "CHECKPOINT")
        places = (
            tmp_path / "data",
            cluster.database_folder(url),
            cluster.data / "pg_wal",
            cluster.folder / "log",
        )
        thief = ClusterThief(*places, passwords=passwords, marks=MARKS)
        return [mark for mark in MARKS if thief.finds(mark)]

    assert (found(), found(PASSWORD)) == ([], list(MARKS))
    await store.wipe_line(goes, now=NOW)
    assert found(PASSWORD) == ["KanarieLijn"]
    with pytest.raises(UnknownLine):
        await store.read_line(goes, now=NOW)


async def test_the_order_in_which_lines_were_opened_is_seen_there_as_is_said(
    url: str, store: SqliteStore
) -> None:
    aileen = await confidant(store)
    codes = [(await opened(store, aileen))[1].locator + 1 for _ in range(8)]
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT id FROM lines ORDER BY CAST(CAST(xmin AS text) AS bigint) DESC"
        ).fetchall()

    assert [id for (id,) in rows[:8]] == codes[::-1]


async def test_times_are_whole_hours_there_too(store: SqliteStore) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW + timedelta(minutes=13, seconds=7))

    line = await store.read_line(client, now=NOW)
    assert {line.opened.minute, line.touched.minute, line.words[0].at.minute} == {0}
