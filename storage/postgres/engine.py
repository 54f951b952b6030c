"""The PostgreSQL engine: a pool of connections, each used by one thread at a time.

Turns of different conversations go on beside each other: a turn locks the row of its conversation. Everything else
is done alone, under an advisory lock that turns share, so that it sees what the single writer of SQLite sees.
What the server undoes (a serialization failure, a deadlock, two that were first) is done again. A connection that is
lost before its commit was sent is done again too; when it is lost after that, nobody knows whether the commit was
kept, and the caller is told `Busy`: with the id of its message a turn can be taken again and counts once.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import psycopg
from psycopg import errors as failures
from psycopg.adapt import Dumper
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.engine import Engine, KeepingOf, Row, Transaction
from storage.errors import Busy, DiskFull
from storage.passwords import FULL, Cost
from storage.postgres.dialect import queries
from storage.postgres.schema import prepare

T = TypeVar("T")
CONNECTIONS = 8
"""The most connections of one process, and so the most transactions at once."""
PATIENCE = 15.0
"""Seconds for which a change is tried again, and a connection waited for."""
LOCK = 0x47454830
"""The advisory lock that turns share and everything else has alone."""

Connection = psycopg.Connection[DictRow]
_AGAIN = (failures.SerializationFailure, failures.DeadlockDetected, failures.UniqueViolation)


class _Flag(Dumper):
    """A truth value as the schema keeps it: 0 or 1."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> bytes:
        return self.dump(obj)


class PostgresTransaction:
    """The open transaction as a job sees it: named queries only."""

    def __init__(self, connection: Connection) -> None:
        self._cursor = psycopg.ClientCursor(connection, row_factory=dict_row)

    def settle(self) -> None:
        """Nothing here can be emptied: what was deleted lingers in the files, sealed."""

    def run(self, name: str, /, **values: object) -> int:
        """Run a query that changes something; returns how many rows it changed."""
        return self._cursor.execute(queries()[name].encode(), values).rowcount

    def tell(self, name: str, /, **values: object) -> None:
        """Run a query that changes something, of which nobody asks how much."""
        self._cursor.execute(queries()[name].encode(), values)

    def run_many(self, name: str, rows: Sequence[dict[str, object]]) -> None:
        """Run a query once for each of `rows`."""
        for row in rows:
            self.tell(name, **row)

    def one(self, name: str, /, **values: object) -> Row | None:
        """The only row of a query, or None."""
        return self._cursor.execute(queries()[name].encode(), values).fetchone()

    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        """All rows of a query."""
        return self._cursor.execute(queries()[name].encode(), values).fetchall()

    def insert(self, name: str, /, **values: object) -> int:
        """Run an insert; returns the id of the new row."""
        row = self._cursor.execute(queries()[name].encode() + b" RETURNING id", values).fetchone()
        assert row is not None
        return int(row["id"])


class PostgresEngine(Engine):
    """An open database on a server. `database` says where (``postgresql://…``); it is never logged."""

    def __init__(self, database: str, data: Path, keeping: KeepingOf, cost: Cost = FULL) -> None:
        super().__init__(data, keeping, cost)
        self._pool = ConnectionPool(
            database, connection_class=Connection, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE,
            configure=_configure, open=False, kwargs={"autocommit": True, "connect_timeout": 3},
        )  # fmt: skip
        self._threads = ThreadPoolExecutor(CONNECTIONS, "gehoord-postgres")
        self._pool.open()
        try:
            self.at_once(lambda tx: prepare(tx, self._first_key))
            self.at_once(lambda tx: self._know_keys(tx.all("process_keys")))
        except BaseException:
            self._end()
            raise

    async def ask(self, work: Callable[[Transaction], T]) -> T:
        """Read a little."""
        return await self._away(lambda: self._reading(work, whole=False))

    async def scan(self, work: Callable[[Transaction], T]) -> T:
        """Read much, as it stood at one moment."""
        return await self._away(lambda: self._reading(work, whole=True))

    async def write(self, work: Callable[[Transaction], T], *, alone: bool = True) -> T:
        """Change something; returns when it is durable."""
        return await self._away(lambda: self._changing(work, alone=alone))

    def at_once(self, work: Callable[[Transaction], T]) -> T:
        """Change something before anyone waits for anything."""
        return self._changing(work, alone=True)

    async def close(self) -> None:
        """Finish and close."""
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._threads.shutdown()
        self.living.end()
        self._pool.close()

    async def _away(self, doing: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, doing)

    def _reading(self, work: Callable[[Transaction], T], *, whole: bool) -> T:
        until = monotonic() + PATIENCE
        while True:
            try:
                with self._pool.connection() as connection:
                    if not whole:
                        return work(PostgresTransaction(connection))
                    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    try:
                        return work(PostgresTransaction(connection))
                    finally:
                        if not connection.closed:
                            connection.execute("ROLLBACK")
            except (psycopg.OperationalError, PoolTimeout) as error:
                _wait(until, error)

    def _changing(self, work: Callable[[Transaction], T], *, alone: bool) -> T:
        until = monotonic() + PATIENCE
        while True:
            sent = False
            try:
                with self._pool.connection() as connection:
                    connection.execute("BEGIN")
                    try:
                        share = "" if alone else "_shared"
                        connection.execute(f"SELECT pg_advisory_xact_lock{share}({LOCK})".encode())
                        result = work(PostgresTransaction(connection))
                        sent = True
                        connection.execute("COMMIT")
                    except BaseException:
                        if not connection.closed:
                            connection.execute("ROLLBACK")
                        raise
                    return result
            except _AGAIN as error:
                _wait(until, error)
            except (psycopg.OperationalError, PoolTimeout) as error:
                if sent:
                    raise Busy from None
                _wait(until, error)


def _configure(connection: Connection) -> None:
    """A connection as all of ours are: durable commits, and nothing that waits for ever."""
    connection.adapters.register_dumper(bool, _Flag)
    connection.execute("SET synchronous_commit = on")
    connection.execute("SET lock_timeout = '10s'")
    connection.execute("SET idle_in_transaction_session_timeout = '10s'")


def _wait(until: float, error: Exception) -> None:
    """A moment before it is tried again. Raises the store's own error when it took too long, or never will work."""
    if isinstance(error, failures.DiskFull | failures.IoError):
        raise DiskFull from None
    if monotonic() > until:
        raise Busy from None
    sleep(0.02)
