"""Processes on one database know of each other: what is left to do is heard, and what is taken away waits."""

import asyncio
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from flows.events import Happened
from storage import errors
from storage.postgres import schema
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SAMIRA, file, staff, turn
from tests.storage.test_postgres import CUT, opened

LONG = 100.0
"""Seconds; whoever waits so long was not told."""


async def test_step_at_one_process_is_heard_at_another(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as one, opened(url, tmp_path) as two:
        saskia = await staff(one)
        await file(one)
        heard = asyncio.ensure_future(two.stirred(LONG))
        await asyncio.sleep(0)
        await one.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), now=NOW)
        await asyncio.wait_for(heard, LONG / 2)
        assert [due.event for due in await two.wakes(NOW)] == [Happened("contact_made")]


@pytest.mark.parametrize("files", [0, 1100], ids=["few files open", "more than a thousand"])
async def test_message_that_is_left_to_others_is_heard(cluster: Cluster, tmp_path: Path, files: int) -> None:
    url = cluster.new_schema()
    with many_open(files):
        async with opened(url, tmp_path) as one, opened(url, tmp_path) as two:
            kept = await one.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
            assert kept.first is not None
            heard = asyncio.ensure_future(two.stirred(LONG))
            await asyncio.sleep(0)
            await one.postpone(kept.first, NOW)
            await asyncio.wait_for(heard, LONG / 2)
            parcel = await two.claim(NOW)
            assert parcel is not None
            assert parcel.body == b"1"


async def test_who_lost_the_connection_is_told_to_look_when_it_is_back(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        heard = asyncio.ensure_future(store.stirred(LONG))
        await asyncio.sleep(0)
        await asyncio.to_thread(cluster.run, "postgres", CUT)
        await asyncio.wait_for(heard, LONG / 2)


@contextmanager
def many_open(count: int) -> Iterator[None]:
    """Many files are open in this process, so that the next have high numbers."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(count)]
    try:
        yield
    finally:
        for file in files:
            os.close(file)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def columns(url: str) -> set[str]:
    """The columns of one table."""
    with psycopg.connect(url) as connection:
        return {
            str(name)
            for (name,) in connection.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'parked' AND table_schema = current_schema()"
            )
        }


async def test_what_a_migration_takes_away_waits_for_the_last_older_process(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, whole = cluster.name_of(cluster.new_database()), schema.parts
    url = cluster.url(url)

    def newer(name: str) -> tuple[list[str], list[str]]:
        if name == "next":
            return ["ALTER TABLE parked ADD COLUMN cause TEXT"], ["ALTER TABLE parked DROP COLUMN channel"]
        return whole(name)

    async with opened(url, tmp_path):
        with monkeypatch.context() as changed:
            changed.setattr(schema, "OWN", (*schema.OWN, "next"))
            changed.setattr(schema, "parts", newer)
            async with opened(url, tmp_path):
                beside = columns(url)
        await opened(url, tmp_path).close()  # one of the older version can still start
    with monkeypatch.context() as changed:
        changed.setattr(schema, "OWN", (*schema.OWN, "next"))
        changed.setattr(schema, "parts", newer)
        async with opened(url, tmp_path) as store:
            while "channel" in columns(url):  # the server takes a moment to let go of who just left
                await store.purge(NOW)
    assert (beside >= {"cause", "channel"}, columns(url) & {"cause", "channel"}) == (True, {"cause"})
    with pytest.raises(errors.NewerSchema):
        opened(url, tmp_path)


async def test_turns_and_deliveries_go_on_where_a_newer_process_added_columns(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as store:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], "m1", now=NOW)
        with psycopg.connect(url, autocommit=True) as newer:
            for table in ("conversations", "inbound", "outbox", "commits", "process_keys", "steps"):
                newer.execute(f"ALTER TABLE {table} ADD COLUMN added TEXT".encode())
        draft = await store.load(SAMIRA)
        await store.commit(SAMIRA, draft.version, turn("twee"), [b"3"], "m2", now=NOW)
        delivered, parcel = [], kept.first
        while parcel is not None:
            delivered.append(parcel.body)
            parcel = await store.delivered(parcel, now=NOW)
        assert (delivered, await store.claim(NOW), await store.wakes(NOW)) == ([b"1", b"2", b"3"], None, ())


async def test_turn_tells_the_other_processes_nothing(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.name_of(cluster.new_database())
    async with opened(cluster.url(url), tmp_path) as store:
        with psycopg.connect(cluster.url(url), autocommit=True) as other:
            other.execute("LISTEN gehoord")
            kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
            assert kept.first is not None
            await store.delivered(kept.first, now=NOW)
            assert list(other.notifies(timeout=0)) == []
            kept = await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
            assert kept.first is not None
            await store.postpone(kept.first, NOW)
            assert [notice.channel for notice in other.notifies(timeout=60, stop_after=1)] == ["gehoord"]


def test_every_migration_is_done_once_and_recorded(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_schema()
    for _ in range(2):
        asyncio.run(opened(url, tmp_path).close())
    with psycopg.connect(url) as connection:
        done = connection.execute("SELECT name, part FROM migrations").fetchall()
    known = (*schema.MIGRATIONS, *schema.OWN)
    assert sorted(done) == sorted((name, part) for name in known for part in ("before", "after"))
