"""One thread that writes, for everyone.

Jobs wait in a queue. The thread takes all that wait at that moment, runs each in a savepoint of one transaction,
and makes them durable with one commit; only then does anyone hear that their job was done. A job that fails is
undone alone. A commit that fails (a full disk) fails all of its jobs, and nothing is half-written.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Generic, TypeVar

from storage.engine import Transaction
from storage.errors import Busy, Damaged, DiskFull, StoreError
from storage.sqlite.queries import queries

__all__ = ["SqliteTransaction", "Transaction", "Writer", "named"]

T = TypeVar("T")
Values = dict[str, object]

_MOST = 256
"""The most jobs that share a commit, so that the first of them does not wait for ever."""

_GATHERING = 0.002
"""Seconds that a commit waits for more jobs when the one before it had several: a commit costs more than a job."""


class SqliteTransaction:
    """The open transaction as a job sees it: named queries only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queries = queries()
        self.settling = False

    def settle(self) -> None:
        """Have the write-ahead log emptied after this commit, because it holds what must not be found any more."""
        self.settling = True

    def run(self, name: str, /, **values: object) -> int:
        """Run a query that changes something; returns how many rows it changed."""
        return self._connection.execute(self._queries[name], values).rowcount

    def tell(self, name: str, /, **values: object) -> None:
        """Run a query that changes something, of which nobody asks how much."""
        self._connection.execute(self._queries[name], values)

    def run_many(self, name: str, rows: Sequence[Values]) -> None:
        """Run a query once for each of `rows`."""
        self._connection.executemany(self._queries[name], rows)

    def one(self, name: str, /, **values: object) -> sqlite3.Row | None:
        """The only row of a query, or None."""
        row: sqlite3.Row | None = self._connection.execute(self._queries[name], values).fetchone()
        return row

    def all(self, name: str, /, **values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self._connection.execute(self._queries[name], values).fetchall()

    def some(self, name: str, rows: Sequence[Values]) -> bool:
        """Whether a query finds anything with any of `rows`."""
        return any(self.one(name, **row) is not None for row in rows)

    def ahead(self, name: str, /, **values: object) -> None:
        """It is asked when it is needed: nothing is far."""

    def insert(self, name: str, /, **values: object) -> int:
        """Run an insert; returns the id of the new row."""
        return self._connection.execute(self._queries[name], values).lastrowid or 0


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Transaction], T], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[T] = loop.create_future()
        self.result: T | None = None
        self.error: BaseException | None = None

    def resolve(self) -> None:
        if self.future.done():  # whoever waited was cancelled; what was done stays done
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]


class Writer:
    """The thread and its queue. `connect` makes its connection, in the thread that uses it."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._queue: SimpleQueue[_Job[object] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._live, name="gehoord-writer", daemon=True)
        self._started = False
        self._closed = False
        self._busy = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in the next transaction; returns when it is durable. Raises what `work` raises."""
        if self._closed:
            raise StoreError("The store was closed.")
        if not self._started:
            self._started = True
            self._thread.start()
        job = _Job(work, asyncio.get_running_loop())
        self._queue.put(job)  # type: ignore[arg-type]
        return await job.future

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        if self._closed:
            return
        self._closed = True
        if self._started:
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    def _live(self) -> None:
        connection = self._connect()
        transaction = SqliteTransaction(connection)
        going = True
        while going:
            jobs, going = self._waiting()
            if jobs:
                _carry_out(connection, transaction, jobs)
                for loop in {job.loop for job in jobs}:
                    mine = [job for job in jobs if job.loop is loop]
                    if not loop.is_closed():
                        loop.call_soon_threadsafe(_resolve, mine)
        connection.close()

    def _waiting(self) -> tuple[list[_Job[object]], bool]:
        """All jobs that wait now, at least one; and whether to go on after them."""
        jobs: list[_Job[object]] = []
        job = self._queue.get()
        busy, self._busy = self._busy, False
        until = monotonic() + _GATHERING
        while True:
            if job is None:
                return jobs, False
            jobs.append(job)
            self._busy = len(jobs) > 1
            if len(jobs) == _MOST:
                return jobs, True
            try:
                left = until - monotonic() if busy else 0.0
                job = self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait()
            except Empty:
                return jobs, True


def _resolve(jobs: Sequence[_Job[object]]) -> None:
    for job in jobs:
        job.resolve()


def _carry_out(
    connection: sqlite3.Connection, transaction: SqliteTransaction, jobs: Sequence[_Job[object]]
) -> None:
    """Run all jobs in one transaction and make them durable together."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            _attempt(connection, transaction, job)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for job in jobs:
            job.error = named(error)
    else:
        _settle(connection, transaction)


def _settle(connection: sqlite3.Connection, transaction: SqliteTransaction) -> None:
    """Empty the log if a job wished so: moved into the database, then cut off.

    What was committed stays committed whatever happens here. A reader in the way (a backup) puts it off to the
    next commit.
    """
    if not transaction.settling:
        return
    try:
        connection.execute("PRAGMA busy_timeout=20")
        transaction.settling = bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except sqlite3.Error:
        transaction.settling = True
    finally:
        connection.execute("PRAGMA busy_timeout=10000")


def _attempt(connection: sqlite3.Connection, transaction: SqliteTransaction, job: _Job[object]) -> None:
    """Run one job; undo it alone when it fails. A failure that took the whole transaction with it is raised."""
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.work(transaction)
    except BaseException as error:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        job.error = named(error) if isinstance(error, sqlite3.Error) else error
    else:
        connection.execute("RELEASE job")


def named(error: sqlite3.Error) -> BaseException:
    """The store's own error for one of SQLite's (https://sqlite.org/rescode.html)."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DiskFull()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged()
        case _:
            return error
