"""The embedded store keeps the contract."""

import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.opening import open_store
from storage.passwords import QUICK
from storage.sqlite import SqliteStore
from tests.storage.contract import StoreContract
from tests.storage.made import keeping


def open_files() -> int:
    """How many files this process has open."""
    return len(os.listdir("/proc/self/fd"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A new store; on teardown nothing of it may be left running or open."""
    files, threads = open_files(), threading.active_count()
    opened = open_store(tmp_path / "data", keeping, cost=QUICK)
    yield opened
    await opened.close()
    assert (open_files(), [t.name for t in threading.enumerate() if t.name == "gehoord-writer"]) == (
        files,
        [],
    )
    assert threading.active_count() >= threads


class TestSqlite(StoreContract):
    """All of `StoreContract`, on SQLite."""
