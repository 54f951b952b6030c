"""The SQLite engine: a connection to read with, and the one that writes."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage.engine import (
    Engine,
    KeepingOf,
    Part,
    Row,
    Transaction,
    day_number,
    hour,
    instant,
    later_id,
    random_id,
    seconds,
)
from storage.files import make_directory
from storage.passwords import FULL, Cost
from storage.sqlite.database import connect, prepare
from storage.sqlite.writer import SqliteTransaction, Writer, named

__all__ = [
    "Engine",
    "KeepingOf",
    "Part",
    "Row",
    "SqliteEngine",
    "day_number",
    "hour",
    "instant",
    "later_id",
    "random_id",
    "seconds",
]

T = TypeVar("T")


class SqliteEngine(Engine):
    """An open database file."""

    def __init__(self, data: Path, keeping: KeepingOf, cost: Cost = FULL) -> None:
        self.path = make_directory(data) / "gehoord.db"
        prepare(self.path)
        super().__init__(data, keeping, cost)
        self._reading = connect(self.path)
        self._reader = SqliteTransaction(self._reading)
        self._lock = threading.Lock()
        self._writer = Writer(lambda: connect(self.path))
        try:
            if not self._reader.all("process_keys"):  # new, or whoever made it ended before it had a key
                self.at_once(self._begun)
            self._know_keys(self._reader.all("process_keys"))
        except BaseException:
            self._reading.close()
            raise

    def _begun(self, tx: Transaction) -> None:
        if not tx.all("process_keys"):  # two may begin at once
            self._first_key(tx)

    async def ask(self, work: Callable[[Transaction], T]) -> T:
        """Read a little, at once."""
        with self._lock:
            try:
                return work(self._reader)
            except (sqlite3.Error, OSError) as error:
                raise named(error) from None

    async def scan(self, work: Callable[[Transaction], T]) -> T:
        """Read much, away from the event loop, on a connection of its own."""

        def reading() -> T:
            try:
                connection = connect(self.path)
                try:
                    connection.execute("BEGIN")
                    return work(SqliteTransaction(connection))
                finally:
                    connection.close()
            except (sqlite3.Error, OSError) as error:
                raise named(error) from None

        return await asyncio.to_thread(reading)

    def at_once(self, work: Callable[[Transaction], T]) -> T:
        """Change something before anyone waits for anything: while opening, and in tools."""
        with self._lock:
            self._reading.execute("BEGIN IMMEDIATE")
            try:
                result = work(self._reader)
                self._reading.execute("COMMIT")
            except BaseException as error:
                if self._reading.in_transaction:
                    self._reading.execute("ROLLBACK")
                raise named(error) from None
        return result

    async def write(self, work: Callable[[Transaction], T], *, alone: bool = True, brief: bool = False) -> T:
        """Change something; returns when it is durable. There is one writer, so all are alone."""
        return await self._writer.write(work, brief=brief)

    async def close(self) -> None:
        """Finish and close."""
        await self._writer.close()
        self.recent.clear()
        self.living.end()
        with self._lock:
            self._reading.close()
