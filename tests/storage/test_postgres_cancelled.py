"""What a DBA who cancels a stuck COMMIT does to it: PostgreSQL then answers before the standby has it."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from storage.postgres import engine as postgres
from tests.storage.cluster import Cluster
from tests.storage.made import NOW, SAMIRA, turn
from tests.storage.test_postgres import opened


async def test_turn_whose_wait_for_the_standby_was_cancelled_is_not_told_as_kept_before_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PATIENCE", 200.0)
    primary = Cluster()
    primary.start()
    name = primary.name_of(primary.new_database())
    standby = primary.standby()
    try:
        async with opened(primary.url(name), tmp_path) as store:
            standby.crash()
            kept = asyncio.ensure_future(store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW))
            await asyncio.to_thread(cancel, primary.url(name), kept.done)
            too_early = kept.done()
            standby.start()
            await kept
            with psycopg.connect(standby.url(name)) as connection:
                row = connection.execute("SELECT count(*) FROM conversations").fetchone()
            assert (too_early, row) == (False, (1,))
    finally:
        for server in (standby, primary):
            server.remove()


def cancel(database: str, done: Callable[[], bool]) -> None:
    """Cancel whoever waits for the standby, until the turn is there; then wait until somebody waits for it again."""
    with psycopg.connect(database, autocommit=True) as connection:
        while not done() and not _some(connection, "SELECT 1 FROM conversations"):
            connection.execute(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            )
            time.sleep(0.02)
        while not done() and not _some(
            connection, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        ):
            time.sleep(0.02)


def _some(connection: psycopg.Connection, asked: str) -> bool:
    return connection.execute(asked.encode()).fetchone() is not None
