"""One writer for everyone: what waits together is made durable together.

Jobs wait in a queue. All that wait at that moment run in one transaction, and one commit makes them durable; only then
does anyone hear that their job was done. A job that fails is undone alone. A commit that fails (a full disk) fails
all of its jobs, and nothing is half-written.

Where what happens: waiting for the disk, and every job that may take long, in a thread of the writer's own. Brief jobs
(a turn, a delivery) run on the event loop: each of their queries lets go of the interpreter, and two threads that take
it from each other at every query cost more than the queries do.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from storage.engine import Transaction
from storage.errors import Busy, Damaged, DiskFull, StoreError
from storage.files import no_room
from storage.sqlite.queries import queries

__all__ = ["SqliteTransaction", "Transaction", "Writer", "named"]

T = TypeVar("T")
Values = dict[str, object]

_MOST = 256
"""The most jobs that share a commit, so that the first of them does not wait for ever."""

PATIENCE = 10_000
"""Milliseconds for which a transaction waits for another process that writes."""


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

    def each(self, name: str, /, rows: Sequence[Values]) -> list[list[sqlite3.Row]]:
        """What a query finds with each of `rows`, in their order."""
        return [self.all(name, **row) for row in rows]

    def some(self, name: str, rows: Sequence[Values]) -> bool:
        """Whether a query finds anything with any of `rows`."""
        return any(self.one(name, **row) is not None for row in rows)

    def ahead(self, name: str, /, **values: object) -> None:
        """It is asked when it is needed: nothing is far."""

    def insert(self, name: str, /, **values: object) -> int:
        """Run an insert; returns the id of the new row."""
        return self._connection.execute(self._queries[name], values).lastrowid or 0


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Transaction], T], future: "asyncio.Future[T]", *, brief: bool) -> None:
        self.work = work
        self.future = future
        self.brief = brief
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
    """The queue, and the thread. `connect` makes the one connection that writes."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._thread = ThreadPoolExecutor(1, "gehoord-writer")
        self._opened: tuple[sqlite3.Connection, SqliteTransaction] | None = None
        self._jobs: deque[_Job[object]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, work: Callable[[Transaction], T], *, brief: bool = False) -> T:
        """Run `work` in the next transaction; returns when it is durable. Raises what `work` raises.

        `brief`: it takes well under a millisecond, so that it may be done on the event loop. It may be run again.
        """
        if self._closed:
            raise StoreError("The store was closed.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.append(_Job(work, future, brief=brief))  # type: ignore[arg-type]
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._carry_on())
        return await future

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._closed = True
        if self._task is not None:
            await self._task
            self._task = None
        if self._opened is not None:
            connection, self._opened = self._opened[0], None
            await self._away(connection.close)
        self._thread.shutdown()

    async def _carry_on(self) -> None:
        """Until nothing waits."""
        while self._jobs:
            await self._gathered()
            jobs = [self._jobs.popleft() for _ in range(min(len(self._jobs), _MOST))]
            try:
                await self._carry_out(jobs)
            except BaseException as error:
                undone = isinstance(error, sqlite3.Error)
                for job in jobs:  # undone with them is what a refusal may lean on
                    job.error = named(error) if undone else job.error or error
                if not isinstance(error, Exception):
                    raise
            finally:
                for job in jobs:
                    job.resolve()

    async def _gathered(self) -> None:
        """Let who is about to write do so first: a commit costs more than a job.

        Who is ready to go on does so within one pass of the loop; when nobody came in one, all have.
        """
        before = 0
        while before < len(self._jobs) < _MOST:
            before = len(self._jobs)
            await asyncio.sleep(0)

    async def _carry_out(self, jobs: Sequence[_Job[object]]) -> None:
        if self._opened is None:
            connection = await self._away(self._connect)
            self._opened = (connection, SqliteTransaction(connection))
        connection, transaction = self._opened
        if all(job.brief for job in jobs):
            if not _begun_at_once(connection):
                await self._away(lambda: _begin(connection))
            if _attempted(connection, transaction, jobs):
                await self._away(lambda: _commit(connection, transaction))
                return
        await self._away(lambda: _one_by_one(connection, transaction, jobs))

    async def _away(self, work: Callable[[], T]) -> T:
        """Do this in the thread. Who is cancelled meanwhile waits for it all the same: a connection is for one."""
        under_way = self._thread.submit(work)
        try:
            return await asyncio.wrap_future(under_way)
        except asyncio.CancelledError:
            wait([under_way])
            if self._opened is not None and self._opened[0].in_transaction:
                self._opened[0].execute("ROLLBACK")
            raise


def _begun_at_once(connection: sqlite3.Connection) -> bool:
    """Begin a transaction; False when another process writes just now, for which nobody waits here."""
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not isinstance(named(error), Busy):
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
    return True


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _attempted(
    connection: sqlite3.Connection, transaction: SqliteTransaction, jobs: Sequence[_Job[object]]
) -> bool:
    """Run these jobs in the open transaction, without a way back for each.

    False when one failed that had changed something: then the transaction is undone, and nothing was done.
    """
    for job in jobs:
        changed = connection.total_changes
        try:
            job.result = job.work(transaction)
        except BaseException as error:
            if not isinstance(error, Exception):
                connection.execute("ROLLBACK")
                raise
            if not connection.in_transaction or connection.total_changes != changed:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                return False
            job.error = named(error)
    return True


def _one_by_one(
    connection: sqlite3.Connection, transaction: SqliteTransaction, jobs: Sequence[_Job[object]]
) -> None:
    """Run all jobs in one transaction, each in a savepoint of its own, and make them durable together."""
    try:
        _begin(connection)
        for job in jobs:
            _attempt(connection, transaction, job)
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    _commit(connection, transaction)


def _attempt(connection: sqlite3.Connection, transaction: SqliteTransaction, job: _Job[object]) -> None:
    """Run one job; undo it alone when it fails. A failure that took the whole transaction with it is raised."""
    connection.execute("SAVEPOINT job")
    try:
        job.result, job.error = job.work(transaction), None
    except BaseException as error:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        job.error = named(error)
    else:
        connection.execute("RELEASE job")


def _commit(connection: sqlite3.Connection, transaction: SqliteTransaction) -> None:
    """Make it durable, and empty the log if a job wished so: moved into the database, then cut off.

    What was committed stays committed whatever happens to the log. A reader in the way (a backup) puts it off to the
    next commit.
    """
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if not transaction.settling:
        return
    try:
        connection.execute("PRAGMA busy_timeout=20")
        transaction.settling = bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except sqlite3.Error:
        transaction.settling = True
    finally:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")


def named(error: BaseException) -> BaseException:
    """The store's own error for one of SQLite's (https://sqlite.org/rescode.html), or of a key file that finds no room;
    any other is what it is."""
    if isinstance(error, OSError):
        return DiskFull() if no_room(error) else error
    if not isinstance(error, sqlite3.Error):
        return error
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DiskFull()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged()
        case _:
            return error
