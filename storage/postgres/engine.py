"""The PostgreSQL engine: a pool of connections, each used by one thread at a time.

Turns of different conversations go on beside each other: a turn locks the row of its conversation. Everything else
is done alone, under an advisory lock that turns share, so that it sees what the single writer of SQLite sees.

What the server undoes (a serialization failure, a deadlock, two that were first) is done again, and so is what a
lost connection cut off. When the answer to a commit is lost, nobody knows whether it was kept. So every commit
carries a mark of its own, and whoever lost the answer writes the same mark as not kept: either the server says that
it is there, and all was kept; or it was not, and a commit that is still under way can then never succeed. Only when no
server answers for a long time is the caller told `Busy`: with the id of its message a turn can be taken again and
counts once.

What is forgotten is forgotten by destroying its key (`storage.postgres.draft_keys`).
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import psycopg
from psycopg import errors as failures
from psycopg.rows import DictRow
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.engine import Engine, KeepingOf, Row, Transaction, random_id
from storage.errors import Busy, DiskFull, KeyGone, NoRights, StoreError
from storage.files import no_room
from storage.passwords import FULL, Cost
from storage.postgres.dialect import queries
from storage.postgres.draft_keys import DraftKeys, DraftSlots, in_slot
from storage.postgres.mixing import PATIENTLY, READING, mix
from storage.postgres.presence import Presence
from storage.postgres.schema import finish, prepare
from storage.postgres.transaction import Connection, Flag, PostgresTransaction
from storage.sealing import Key

T = TypeVar("T")
CONNECTIONS = 8
"""The most connections of one process, and so the most transactions at once."""
PATIENCE = 30.0
"""Seconds for which a change is tried again, and a connection waited for: a standby server is promoted in less."""
LOCK = 0x47454830
"""The advisory lock that turns share and everything else has alone."""


class PostgresEngine(Engine):
    """An open database on a server. `database` says where (``postgresql://…``); it is never logged."""

    def __init__(self, database: str, data: Path, keeping: KeepingOf, cost: Cost = FULL) -> None:
        super().__init__(data, keeping, cost)
        keys = self.tombstones.parent
        self.slots = DraftSlots(keys / "drafts")
        self.days: DraftKeys = DraftKeys(keys / "day", self.slots)
        self.trips = 0
        """Messages to the server so far."""
        self._prepared = False
        self._presence = Presence(database)
        self._pool = ConnectionPool(
            database, connection_class=Connection, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE,
            configure=_configure, open=False,
            kwargs={"autocommit": True, "connect_timeout": 3,
                    "prepare_threshold": None, "client_encoding": "utf8"},
        )  # fmt: skip
        self._threads = ThreadPoolExecutor(CONNECTIONS, "gehoord-postgres")
        self._pool.open()
        try:
            self._changing(lambda tx: prepare(tx, self._first_key), alone=True)
            self._prepared = True
            self.at_once(lambda tx: self._know_keys(tx.all("process_keys")))
            self._forget_keys()
        except BaseException:
            self.end()
            raise

    async def ask(self, work: Callable[[Transaction], T]) -> T:
        """Read a little."""
        return await self._away(lambda: self._reading(work, whole=False))

    async def scan(self, work: Callable[[Transaction], T]) -> T:
        """Read much, as it stood at one moment."""
        return await self._away(lambda: self._reading(work, whole=True))

    async def write(self, work: Callable[[Transaction], T], *, alone: bool = True, brief: bool = False) -> T:
        """Change something; returns when it is durable."""
        return await self._away(lambda: self._changing(work, alone=alone))

    def at_once(self, work: Callable[[Transaction], T]) -> T:
        """Change something before anyone waits for anything."""
        return self._changing(work, alone=True)

    async def stirred(self, longest: float) -> None:
        """Returns when another process left something to do, after `longest` seconds at the latest."""
        await self._presence.stirred(longest)

    async def close(self) -> None:
        """Finish and close."""
        self.recent.clear()
        await asyncio.to_thread(self.end)

    async def settle(self) -> None:
        """Destroy every draft key that is noted for it, or that nobody has; and mix the lines."""
        await self._away(self._forget_keys)
        await self.write(self._forget_strays)
        await self._away(lambda: self._changing(finish, alone=True))
        await self._away(self._mix)

    def draft_key(self, now: datetime, conversation: Row) -> tuple[str, Key]:
        """The conversation's own key of today."""
        read = conversation.get("secret") if isinstance(conversation, dict) else None
        return self.days.with_slot(conversation["slot"], now, read)

    def draft_slot(self, tx: Transaction) -> int | None:
        """A slot that no conversation has had, and that nobody else took or destroyed."""
        while True:
            row = tx.one("take_draft_slot")
            assert row is not None
            slot = int(row["slot"])
            if self.slots.take(slot):
                assert isinstance(tx, PostgresTransaction)
                tx.taken.append(slot)
                return slot

    def mended(self, tx: Transaction, conversation: Row) -> Row:
        """The row of a conversation with a slot that holds a key, and that: while it is locked nobody destroys it."""
        try:
            secret = self.slots.secret(conversation["slot"])
        except KeyGone:
            return self.renew(tx, conversation)
        return {**conversation, "secret": secret}  # type: ignore[dict-item]

    def renew(self, tx: Transaction, conversation: Row) -> Row:
        """Give a conversation another key; what still waits in it comes under that, and the old one is destroyed."""
        id, slot = conversation["id"], self.draft_slot(tx)
        assert slot is not None
        for row in tx.all("waiting_bodies", conversation=id):
            day, body = self._again(row["day"], slot, f"outbox|{id}|{row['turn']}|{row['part']}", row["body"])
            tx.tell("seal_parcel_again", id=row["id"], day=day, body=body)
        for row in tx.all("waiting_files", conversation=id):
            day, body = self._again(row["day"], slot, f"attachment|{row['ref']}", row["body"])
            tx.tell("keep_longer", ref=row["ref"], day=day, body=body)
        for row in tx.all("waiting_steps", conversation=id):
            day, event = self._again(row["day"], slot, f"step|{id}", row["event"])
            tx.tell("seal_step_again", id=row["id"], day=day, event=event)
        tx.tell("change_slot", id=id, slot=slot)
        tx.settle()
        return {**conversation, "slot": slot, "secret": self.slots.secret(slot)}  # type: ignore[dict-item]

    def day_later(self, name: str, now: datetime) -> tuple[str, Key]:
        """Today's key with the same slot."""
        return self.days.with_slot(int(name.partition(".")[2]), now)

    def end(self) -> None:
        """Finish and close, where nobody else waits."""
        self._threads.shutdown()
        self.living.end()
        self._pool.close()
        self._presence.close()

    async def _away(self, doing: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, doing)

    def _count(self) -> None:
        self.trips += 1

    @contextmanager
    def _connected(self, until: float) -> Iterator[Connection]:
        with self._pool.connection(_left(until)) as connection:
            if self._prepared:
                connection.learn()
            yield connection

    def _reading(self, work: Callable[[Transaction], T], *, whole: bool) -> T:
        until = monotonic() + PATIENCE
        while True:
            try:
                with self._connected(until) as connection:
                    if not whole:
                        return work(PostgresTransaction(connection, counted=self._count))
                    begin = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", READING)
                    try:
                        return work(PostgresTransaction(connection, begin, self._count))
                    finally:
                        if not connection.closed:
                            connection.execute("ROLLBACK")
            except psycopg.OperationalError as error:  # also when no connection is free
                _wait(until, error)

    def _changing(self, work: Callable[[PostgresTransaction], T], *, alone: bool) -> T:
        until, share = monotonic() + PATIENCE, "" if alone else "_shared"
        begin = ("BEGIN", f"SELECT pg_advisory_xact_lock{share}({LOCK})")
        while True:
            mark, taken, sent = random_id(), list[int](), False
            try:
                with self._connected(until) as connection, _undone(connection):
                    tx = PostgresTransaction(connection, begin, self._count)
                    taken = tx.taken
                    result = work(tx)
                    sent = True
                    tx.tell("mark_commit", id=mark)
                    tx.end("COMMIT")
                    connection.make_sure()
            except BaseException as error:
                if not (sent and _lost(error) and self._kept(mark, until)):
                    self.slots.destroy(taken)
                    _wait(until, error)
                    continue
            if tx.settling:
                with suppress(
                    StoreError, OSError
                ):  # it is kept, whatever happens here; the database remembers
                    self._forget_keys()
            return result

    def _kept(self, mark: int, until: float) -> bool:
        """Whether the commit with this mark was kept; if not, it never will be. Raises `Busy` when nobody knows."""
        while True:
            try:
                with self._connected(until) as connection:
                    tx = PostgresTransaction(connection, (), self._count)
                    tx.run("fence_commit", id=mark)
                    row = tx.one("commit_kept", id=mark)
                    if row is None or not row["kept"]:
                        return False
                    tx.one("await_standby")
                    connection.make_sure()
                    return True
            except (psycopg.OperationalError, failures.ReadOnlySqlTransaction):
                # a disk too full for this says nothing of that commit: whatever it was, nobody knows yet
                _wait(until, psycopg.OperationalError())

    def _forget_keys(self) -> None:
        """Destroy the draft keys that are noted for it; begun again after a kill, since the database remembers them."""

        def noted(tx: Transaction) -> list[int]:
            return [row["slot"] for row in tx.all("to_forget")]

        slots = self._reading(noted, whole=False)
        if slots:
            self.slots.destroy(slots)
            self._reading(lambda tx: tx.run("forgotten", slots=slots), whole=False)

    def _forget_strays(self, tx: Transaction) -> None:
        """Destroy the slots that were given out and that nobody has: a kill left them. And drop old marks."""
        row = tx.one("slots_given_out")
        assert row is not None
        for span, held in self.slots.held().items():
            used = {one["slot"] for one in tx.all("slots_in_use", first=span.start, last=span.stop)}
            self.slots.destroy([slot for slot in held if slot < row["slots"] and slot not in used])
        tx.tell("old_commits")

    def _mix(self) -> None:
        """Have the rows of lines say nothing of which was written when; else, also without a server, in an hour."""
        try:
            self._mixing()
        except (psycopg.OperationalError, failures.ReadOnlySqlTransaction):
            return
        except failures.InsufficientPrivilege:
            raise NoRights from None

    def _mixing(self) -> None:
        with (
            self._connected(monotonic() + PATIENCE) as connection,
            _undone(connection),
        ):
            tx = PostgresTransaction(connection, ("BEGIN", PATIENTLY), self._count)
            mix(tx)
            tx.end("COMMIT")

    def _again(self, name: str, slot: int, bound: str, body: bytes) -> tuple[str, bytes]:
        """The name of the key of the same day with another slot, and what was sealed, under that.

        What nobody can read any more, since its day is over, stays as it is: it goes with the next purge.
        """
        try:
            plain = self.days.of(name).open(body, bound)
        except KeyGone:
            return name, body
        other = in_slot(name, slot)
        return other, self.days.of(other).seal(plain, bound)


@contextmanager
def looking(database: str) -> Iterator[Transaction]:
    """A look at a database, without its keys."""
    with psycopg.Connection[DictRow].connect(database, autocommit=True) as connection:
        yield PostgresTransaction(connection)


def _configure(connection: Connection) -> None:
    """A connection as all of ours are: durable commits, nothing that waits for ever, and who got a lock sees what was
    done by who had it before; whatever a role or database was set to.

    After a crash the server shows commits that it had written and its standby had not. No connection outlives a
    crash, so each begins by waiting until the standby has everything: nothing is told that a failover could undo.
    """
    connection.adapters.register_dumper(bool, Flag)
    connection.add_notice_handler(connection.hear)
    connection.execute(
        "SET synchronous_commit = on; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s';"
        "SET default_transaction_isolation = 'read committed'"
    )
    connection.execute(queries()["await_standby"].encode())


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    """Undo what was begun when it fails; a connection to a server that takes no changes any more is given up."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, failures.ReadOnlySqlTransaction):
            connection.close()
        elif not connection.closed:
            connection.execute("ROLLBACK")
        raise


def _lost(error: BaseException) -> bool:
    """Whether the connection went, so that nobody knows what the server did last."""
    gone = isinstance(error, psycopg.OperationalError) and not isinstance(error, PoolTimeout)
    return gone and (getattr(error, "sqlstate", None) or "57P").startswith(("57P", "08"))


def _left(until: float) -> float:
    """Seconds for which a connection may be waited for."""
    return max(until - monotonic(), 0.1)


def _wait(until: float, error: BaseException) -> None:
    """A moment before it is tried again. Raises the store's own error when it took too long, or never will work."""
    match error:
        case failures.DiskFull() | failures.IoError():
            raise DiskFull from None
        case failures.InsufficientPrivilege():
            raise NoRights from None
        case OSError() if no_room(error):  # for a key beside the database
            raise DiskFull from None
        case (
            psycopg.OperationalError()
            | failures.UniqueViolation()
            | failures.ReadOnlySqlTransaction()
            | failures.IdleInTransactionSessionTimeout()
        ):
            if monotonic() > until:
                raise Busy from None
            sleep(0.02)
        case _:
            raise error
