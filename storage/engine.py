"""What every engine offers the parts of the store: transactions of named queries, and the keys beside the database.

The parts (`storage.sqlite.*`: conversations, outbox, cases, office …) are written once, against `Engine` and
`Transaction`. `storage.sqlite.engine` and `storage.postgres.engine` are the two engines.
"""

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from storage.errors import StrangerKeys
from storage.files import make_directory
from storage.keys import DayKeys, ProcessKeys
from storage.living import Living, rights
from storage.passwords import Cost
from storage.protections import ALL
from storage.recent import Recent
from storage.records import Address, Keeping
from storage.sealing import Key
from storage.shred import ShredFile

_APART = 20
"""Bits by which two rows of one second lie apart: two processes that look at the same moment do not meet."""

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


def later_id(newest: int | None) -> int:
    """A row id that nobody can count with, and that sorts behind the newest of the same second, if there is one."""
    return random_id() if newest is None else newest + 1 + secrets.randbits(_APART)


class Row(Protocol):
    """A row of a query, read by column."""

    def __getitem__(self, name: str, /) -> Any:
        """The value in this column."""


class Transaction(Protocol):
    """An open transaction as a job sees it: named queries only."""

    def settle(self) -> None:
        """After this commit, have nothing left to find of what was deleted or replaced in it."""

    def run(self, name: str, /, **values: object) -> int:
        """Run a query that changes something; returns how many rows it changed."""

    def tell(self, name: str, /, **values: object) -> None:
        """Run a query that changes something, of which nobody asks how much; it may travel with what follows."""

    def run_many(self, name: str, rows: Sequence[dict[str, object]]) -> None:
        """Run a query once for each of `rows`."""

    def one(self, name: str, /, **values: object) -> Row | None:
        """The only row of a query, or None."""

    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        """All rows of a query."""

    def each(self, name: str, /, rows: Sequence[dict[str, object]]) -> Sequence[Sequence[Row]]:
        """What a query finds with each of `rows`, in their order."""

    def some(self, name: str, rows: Sequence[dict[str, object]]) -> bool:
        """Whether a query finds anything with any of `rows`."""

    def ahead(self, name: str, /, **values: object) -> Callable[[], bool] | None:
        """Ask whether a query finds anything along with what is asked next; None where nothing is gained by that."""

    def insert(self, name: str, /, **values: object) -> int:
        """Run an insert; returns the id of the new row."""


def _free(first: int, last: int, tx: Transaction) -> None:
    for name in ("free_conversations", "free_mails", "free_sweeps"):
        tx.run(name, first=first, last=last)


class Engine(ABC):
    """An open database with its keys. `cost` is what stretching a password or a claim code takes."""

    protections = ALL
    """What protects lines. Only tests set anything else."""

    def __init__(self, data: Path, keeping: KeepingOf, cost: Cost) -> None:
        self.data = data
        self.keeping = keeping
        self.cost = cost
        keys = make_directory(make_directory(data) / "keys")
        self.days = DayKeys(keys / "day")
        self.ring = ProcessKeys(keys / "process")
        self.shred = ShredFile(keys / "shred.keys")
        self.tombstones = keys / "tombstones"
        self.living = Living(data / "living")
        self.recent = Recent()

    def _first_key(self, tx: Transaction) -> None:
        """Tie a new database to a process key. Keys that lie there already belong to another: refused."""
        if self.ring.held:
            raise StrangerKeys
        number = self.ring.add()
        tx.run("add_process_key", id=number, fingerprint=self.ring.key(number).fingerprint, since=0)

    def _know_keys(self, known: Sequence[Row]) -> None:
        """Compare the keys on the disk with the fingerprints in the database. Raises `StrangerKeys`."""
        for row in known:
            if self.ring.key(row["id"]).fingerprint != row["fingerprint"]:
                raise StrangerKeys
        if not known:
            raise StrangerKeys
        self.ring.use(known[-1]["id"])

    @abstractmethod
    async def ask(self, work: Callable[[Transaction], T]) -> T:
        """Read a little."""

    @abstractmethod
    async def scan(self, work: Callable[[Transaction], T]) -> T:
        """Read much, as it stood at one moment, in nobody's way."""

    @abstractmethod
    async def write(self, work: Callable[[Transaction], T], *, alone: bool = True, brief: bool = False) -> T:
        """Change something; returns when it is durable. Raises what `work` raises, and then nothing was changed.

        `work` may be run again, so it changes nothing outside the transaction that may not be done twice. `alone`:
        nothing else changes meanwhile. Without it `work` may rely on nothing but its own conversation standing
        still, and other conversations go on beside it. `brief`: it takes well under a millisecond; where the
        database is in this process it is then done on the event loop.
        """

    @abstractmethod
    def at_once(self, work: Callable[[Transaction], T]) -> T:
        """Change something before anyone waits for anything: while opening, and in tools."""

    async def stirred(self, longest: float) -> None:
        """Returns when another process left something to do, where that is heard; else after `longest` seconds."""
        await asyncio.sleep(longest)

    @abstractmethod
    async def close(self) -> None:
        """Finish and close."""

    def row_hash(self, address: Address, number: int | None = None) -> bytes:
        """The keyed hash by which the row of this address is found, under the process key in use or another."""
        key = self.ring.key(number or self.ring.current)
        return key.hash("address", address.channel, address.scheme, address.key)

    def seal_address(self, address: Address) -> bytes:
        """The address of a conversation, sealed under the process key in use and bound to its hash under it."""
        key = self.ring.key(self.ring.current)
        return key.seal(address.key.encode(), f"address|{self.row_hash(address).hex()}")

    def address(self, row: Row) -> Address:
        """The address again, from a row with scheme, channel, process_key, hash and address."""
        key = self.ring.key(row["process_key"]).open(row["address"], f"address|{row['hash'].hex()}").decode()
        return Address(row["channel"], key, row["scheme"])

    def day_key(self, now: datetime) -> tuple[str, Key]:
        """Today and its key."""
        return self.days.today(now)

    def draft_key(self, now: datetime, conversation: Row) -> tuple[str, Key]:
        """The key for what a client tells and has not sent, or has yet to hear; and the name by which `days.of` finds
        it again."""
        return self.day_key(now)

    def draft_slot(self, tx: Transaction) -> int | None:
        """The slot of a key for a new conversation of its own, where the engine needs one to forget by."""
        return None

    def mended(self, tx: Transaction, conversation: Row) -> Row:
        """The row of a conversation, able to go on: where its key was lost, as in a restored backup, with another."""
        return conversation

    def renew(self, tx: Transaction, conversation: Row) -> Row:
        """From here on nothing that the conversation told before may be found again: returns its row as it is now.

        SQLite overwrites what is deleted, so nothing is needed; an engine that cannot changes the key.
        """
        return conversation

    def day_later(self, name: str, now: datetime) -> tuple[str, Key]:
        """Today's key for what was sealed under the key of this name on an earlier day."""
        return self.day_key(now)

    async def take_over(self) -> None:
        """Free the rights of processes on this machine that ended without giving them back."""
        for number in self.living.gone():
            await self.write(partial(_free, *rights(number)))
            self.living.forget(number)

    async def shred_keys(self) -> None:
        """Destroy the shred keys that wait for it; begun again after a kill, since the database remembers them."""
        slots = await self.ask(lambda tx: tuple(row["slot"] for row in tx.all("to_shred")))
        if slots:
            await asyncio.to_thread(self.shred.destroy, slots)
            await self.write(lambda tx: tx.run_many("shredded", [{"slot": slot} for slot in slots]))

    async def settle(self) -> None:
        """See that nothing that was deleted lingers where it was written first."""
        await self.write(lambda tx: tx.settle())


class Part:
    """One audience's verbs of the store, on a shared engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
