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
    files, before = open_files(), set(threading.enumerate())
    opened = open_store(tmp_path / "data", keeping, cost=QUICK)
    yield opened
    await opened.close()
    left = [one.name for one in set(threading.enumerate()) - before if one.name == "gehoord-writer"]
    assert (open_files(), left) == (files, [])


class TestSqlite(StoreContract):
    """All of `StoreContract`, on SQLite."""
