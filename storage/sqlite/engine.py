"""What all parts of the SQLite store share: the keys, a connection to read with, the thread that writes."""

import asyncio
import secrets
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from storage.errors import StrangerKeys
from storage.files import make_directory
from storage.keys import DayKeys, ProcessKeys
from storage.passwords import FULL, Cost
from storage.records import Address, Keeping
from storage.sealing import Key
from storage.shred import ShredFile
from storage.sqlite.database import connect, prepare
from storage.sqlite.writer import Transaction, Writer, named

T = TypeVar("T")
KeepingOf = Callable[[str], Keeping]
"""How a scheme (by id) wants its cases kept."""


def seconds(at: datetime) -> int:
    """An instant as it is stored."""
    return int(at.timestamp())


def hour(at: datetime) -> int:
    """The hour an instant lies in: all that is kept of when someone wrote."""
    return int(at.timestamp()) // 3600 * 3600


def day_number(at: datetime) -> int:
    """The day an instant lies in, by universal time."""
    return int(at.timestamp()) // 86400


def instant(at: int) -> datetime:
    """A stored instant."""
    return datetime.fromtimestamp(at, UTC)


def random_id() -> int:
    """A row id that nobody can count with: 63 random bits."""
    return secrets.randbits(62) + 1


class Engine:
    """An open database with its keys. `cost` is what stretching a password or a claim code takes."""

    def __init__(self, data: Path, keeping: KeepingOf, cost: Cost = FULL) -> None:
        self.data = data
        self.path = make_directory(data) / "gehoord.db"
        self.keeping = keeping
        self.cost = cost
        new = prepare(self.path)
        keys = make_directory(data / "keys")
        self.days = DayKeys(keys / "day")
        self.ring = ProcessKeys(keys / "process")
        self.shred = ShredFile(keys / "shred.keys")
        self.tombstones = keys / "tombstones"
        self._reading = connect(self.path)
        self._reader = Transaction(self._reading)
        self._lock = threading.Lock()
        self._writer = Writer(lambda: connect(self.path))
        try:
            if new:
                self._first_key()
            self._know_keys()
        except BaseException:
            self._reading.close()
            raise

    def _first_key(self) -> None:
        """Tie a new database to a process key. Keys that lie there already belong to another: refused."""
        if self.ring.held:
            raise StrangerKeys
        number = self.ring.add()
        fingerprint = self.ring.key(number).fingerprint
        self._reader.run("add_process_key", id=number, fingerprint=fingerprint, since=0)

    def _know_keys(self) -> None:
        """Compare the keys on the disk with the fingerprints in the database. Raises `StrangerKeys`."""
        known = self._reader.all("process_keys")
        for row in known:
            if self.ring.key(row["id"]).fingerprint != row["fingerprint"]:
                raise StrangerKeys
        if not known:
            raise StrangerKeys
        self.ring.use(known[-1]["id"])

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Read a little, at once."""
        with self._lock:
            return work(self._reader)

    async def scan(self, work: Callable[[Transaction], T]) -> T:
        """Read much, away from the event loop, on a connection of its own."""

        def reading() -> T:
            connection = connect(self.path)
            try:
                connection.execute("BEGIN")
                return work(Transaction(connection))
            finally:
                connection.close()

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
                raise (named(error) if isinstance(error, sqlite3.Error) else error) from None
        return result

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Change something; returns when it is durable."""
        return await self._writer.write(work)

    async def close(self) -> None:
        """Finish and close."""
        await self._writer.close()
        with self._lock:
            self._reading.close()

    def row_hash(self, address: Address, number: int | None = None) -> bytes:
        """The keyed hash by which the row of this address is found, under the process key in use or another."""
        key = self.ring.key(number or self.ring.current)
        return key.hash("address", address.channel, address.scheme, address.key)

    def seal_address(self, address: Address) -> bytes:
        """The address of a conversation, sealed under the process key in use and bound to its hash under it."""
        key = self.ring.key(self.ring.current)
        return key.seal(address.key.encode(), f"address|{self.row_hash(address).hex()}")

    def address(self, row: sqlite3.Row) -> Address:
        """The address again, from a row with scheme, channel, process_key, hash and address."""
        key = self.ring.key(row["process_key"]).open(row["address"], f"address|{row['hash'].hex()}").decode()
        return Address(row["channel"], key, row["scheme"])

    def day_key(self, now: datetime) -> tuple[str, Key]:
        """Today and its key."""
        return self.days.today(now)

    async def shred_keys(self) -> None:
        """Destroy the shred keys that wait for it; begun again after a kill, since the database remembers them."""
        slots = self.read(lambda tx: tuple(row["slot"] for row in tx.all("to_shred")))
        if slots:
            await asyncio.to_thread(self.shred.destroy, slots)
            await self.write(lambda tx: tx.run_many("shredded", [{"slot": slot} for slot in slots]))

    async def settle(self) -> None:
        """Move the write-ahead log into the database and empty it, so that nothing deleted lingers there."""
        await self.write(lambda tx: tx.settle())


class Part:
    """One audience's verbs of the store, on a shared engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
