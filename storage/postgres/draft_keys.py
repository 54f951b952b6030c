"""The draft keys: one for each conversation, so that on PostgreSQL forgetting is destroying a key.

PostgreSQL keeps what was deleted or replaced: older versions of a row lie in its files until they are vacuumed and
written over, and every change lies in its write-ahead log, in archives of that and on standby servers. Nothing
there can be promised to be gone. So whatever a client told and did not send is sealed under a key that two files
make together, both outside the database and all its copies:

- the key of the day (`storage.keys.DayKeys`), destroyed 72 hours after its day;
- the conversation's own slot here, overwritten in the breath in which it is filed or wiped.

::

    <data>/keys/drafts/00000017.keys   1024 slots of 32 random bytes; a slot of zeros was destroyed;
                                       then a byte for each: 1 when it was taken

Slots are numbered by the database, and taken here: after a failover a server may give a number again that one who
is still in doubt about a commit has, and will destroy. A slot, once taken, never changes until it is destroyed, so
that a process on another machine can never seal with a key that is gone. A file of which every slot was destroyed is
removed. What is sealed so is kept under the name ``2026-11-21.17``: the day, and the slot.
"""

import hmac
import os
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from storage.errors import KeyGone
from storage.files import locked, make_directory, sync_directory, write_once
from storage.keys import DayKeys
from storage.sealing import Key

SIZE = 32
SLOTS = 1024
"""Slots of one file."""
_GONE = bytes(SIZE)
_TAKEN = b"\x01"


class DraftSlots:
    """The slots of one installation, in files of `SLOTS` each."""

    def __init__(self, directory: Path) -> None:
        self._directory = make_directory(directory)

    def secret(self, slot: int) -> bytes:
        """What lies in this slot. Raises `KeyGone` when it was destroyed."""
        try:
            file = os.open(f"{self._directory}/{slot // SLOTS:08}.keys", os.O_RDONLY)
        except FileNotFoundError:
            raise KeyGone from None
        try:
            secret = os.pread(file, SIZE, slot % SLOTS * SIZE)
        finally:
            os.close(file)
        if len(secret) != SIZE or secret == _GONE:
            raise KeyGone
        return secret

    def take(self, slot: int) -> bool:
        """Take this slot for oneself, whoever else is given its number; False when it is taken or destroyed."""
        file, place = self._file(slot // SLOTS), slot % SLOTS
        if not file.exists():
            write_once(file, os.urandom(SIZE * SLOTS) + bytes(SLOTS))
        with locked(file) as handle:
            secret = os.pread(handle, SIZE, place * SIZE)
            if secret in (b"", _GONE) or os.pread(handle, 1, SIZE * SLOTS + place) == _TAKEN:
                return False
            os.pwrite(handle, _TAKEN, SIZE * SLOTS + place)
            return True

    def destroy(self, slots: Collection[int]) -> None:
        """Overwrite these slots where they lie, durably. Again is harmless."""
        by_file: dict[int, list[int]] = defaultdict(list)
        for slot in slots:
            by_file[slot // SLOTS].append(slot % SLOTS)
        for number, places in by_file.items():
            file = self._file(number)
            if not file.exists():
                continue
            with locked(file) as handle:
                for place in places:
                    os.pwrite(handle, _GONE, place * SIZE)
                os.fsync(handle)
                if not any(os.pread(handle, SIZE * SLOTS, 0)):
                    file.unlink(missing_ok=True)
                    sync_directory(self._directory)

    def held(self) -> dict[range, frozenset[int]]:
        """The slots that still hold a key, used or not, by the range of their file."""
        found = {}
        for file in sorted(self._directory.glob("*.keys")):
            first = int(file.stem) * SLOTS
            whole = file.read_bytes()[: SIZE * SLOTS]
            found[range(first, first + SLOTS)] = frozenset(
                first + place
                for place in range(len(whole) // SIZE)
                if whole[place * SIZE : (place + 1) * SIZE] != _GONE
            )
        return found

    def _file(self, number: int) -> Path:
        return self._directory / f"{number:08}.keys"


class DraftKeys(DayKeys):
    """The keys of days, and those that a day and a slot make together."""

    def __init__(self, directory: Path, slots: DraftSlots) -> None:
        super().__init__(directory)
        self.slots = slots

    def of(self, day: str) -> Key:
        """The key of this name: a day, or a day and a slot. Raises `KeyGone` when either was destroyed."""
        date, _, slot = day.partition(".")
        whole = super().of(date)
        return joined(whole, self.slots.secret(int(slot))) if slot else whole

    def with_slot(self, slot: int, now: datetime, secret: bytes | None = None) -> tuple[str, Key]:
        """Today's key with this slot, and its name; with what lies there, if that was read. Raises `KeyGone`."""
        day, whole = self.today(now)
        return f"{day}.{slot}", joined(whole, secret or self.slots.secret(slot))


def joined(day: Key, slot: bytes) -> Key:
    """The key that the key of a day and a slot make together: without either there is no finding it."""
    return Key(hmac.digest(slot, b"draft|" + day.secret, "sha256"))


def in_slot(name: str, slot: int) -> str:
    """The name of the key of the same day with another slot."""
    return f"{name.partition('.')[0]}.{slot}"
