"""The store on PostgreSQL keeps the contract, also when connections and the server go away."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from storage import errors
from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.sqlite import SqliteStore
from storage.table import FIELDS, POSTGRES
from tests.storage.cluster import Cluster
from tests.storage.contract import StoreContract
from tests.storage.made import NOW, SAMIRA, keeping, session, turn


def opened(url: str, data: Path) -> SqliteStore:
    """The parts of the store on PostgreSQL."""
    return SqliteStore(PostgresEngine(url, data, keeping, QUICK))


@pytest.fixture
async def store(cluster: Cluster, tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A new store; on teardown nothing of it may be left running or open."""
    url = cluster.new_schema()
    files, before = len(os.listdir("/proc/self/fd")), set(threading.enumerate())
    made = opened(url, tmp_path / "data")
    yield made
    await made.close()
    left = [
        one.name for one in set(threading.enumerate()) - before if one.name.startswith(("gehoord", "pool-"))
    ]
    assert (len(os.listdir("/proc/self/fd")), left) == (files, [])


class TestPostgres(StoreContract):
    """All of `StoreContract`, on PostgreSQL."""


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"


async def test_cut_connections_are_replaced_and_the_turn_counts_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
        cluster.run("postgres", CUT)
        await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
        assert (await store.load(SAMIRA)).session == session("twee")
        assert await store.undelivered(SAMIRA) == (b"1", b"2")


async def test_job_whose_connection_is_cut_in_the_middle_is_done_again_whole(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        tries: list[int] = []

        def work(tx) -> None:  # type: ignore[no-untyped-def]
            tx.run("set_meta", name=f"try{len(tries)}", value="x")
            tries.append(1)
            if len(tries) == 1:
                cluster.run("postgres", CUT)
            tx.run("set_meta", name="whole", value="yes")

        await store._engine.write(work)
        found = [
            await store._engine.ask(lambda tx, n=n: tx.one("meta", name=n)) for n in ("try0", "try1", "whole")
        ]
        assert [row and row["value"] for row in found] == [None, "x", "yes"]


async def test_server_that_was_killed_and_restarted_has_every_kept_turn(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
        await asyncio.to_thread(cluster.restart)
        assert (await store.load(SAMIRA)).session == session("een")
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, kept.version, turn("een"), [b"1"], "m1", now=NOW)


async def test_rights_of_who_ended_on_this_machine_are_taken_over_at_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as other:
        async with opened(url, tmp_path) as one:
            await one.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
            assert await other.claim(NOW) is None
        claimed = await other.claim(NOW)

    assert claimed is not None
    assert claimed.body == b"1"


async def test_two_processes_take_ten_messages_of_one_conversation_in_turn(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as one, opened(url, tmp_path) as two:

        async def say(store: SqliteStore, word: str) -> None:
            while True:
                draft = await store.load(SAMIRA)
                said = draft.session.said[0] if draft.session else ""
                try:
                    await store.commit(SAMIRA, draft.version, turn(said + word), [b"ok"], word, now=NOW)
                    return
                except errors.Conflict:
                    continue

        await asyncio.gather(*(say((one, two)[n % 2], str(n)) for n in range(10)))
        kept = (await one.load(SAMIRA)).session
        assert kept is not None
        assert sorted(kept.said[0]) == list("0123456789")
        assert len(await two.undelivered(SAMIRA)) == 10


async def test_keys_of_another_installation_are_refused(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_schema()
    await opened(url, tmp_path / "ours").close()
    with pytest.raises(errors.StrangerKeys):
        opened(url, tmp_path / "theirs")


async def test_every_column_stands_in_the_table_once(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_schema()
    await opened(url, tmp_path).close()
    with psycopg.connect(url) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        ).fetchall()
    told = [(field.table, column) for field in (*FIELDS, *POSTGRES) for column in field.columns]
    assert sorted(columns) == sorted(told)
