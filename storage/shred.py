"""The shred file: one key per case, kept outside the database and its backups.

A case's own key pair lies under its shred key, so overwriting these 32 bytes destroys the case wherever copies of
the database are. The file is nothing but slots of 32 random bytes; a slot of zeros was destroyed. Slots are made
ahead, a page at a time, so that filing a case waits for no extra disk write.
"""

import os
from pathlib import Path

from storage.errors import KeyGone
from storage.files import locked
from storage.sealing import Key

_SIZE = 32
_PAGE = 128
_GONE = bytes(_SIZE)


class ShredFile:
    """The slots of one installation."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def slots(self) -> int:
        """How many slots there are, used or not."""
        return self.path.stat().st_size // _SIZE if self.path.exists() else 0

    def key(self, slot: int) -> Key:
        """The key in this slot. Raises `KeyGone` when it was destroyed."""
        secret = self._read(slot)
        if secret == _GONE:
            raise KeyGone
        return Key(secret)

    def lost(self, slot: int) -> bool:
        """Whether there is no key in this slot: destroyed, or never made."""
        try:
            return self._read(slot) == _GONE
        except KeyGone:
            return True

    def reserve(self, slot: int) -> None:
        """See that the slot exists, and a page of others with it."""
        if slot < self.slots():
            return
        with locked(self.path) as handle:
            end = os.fstat(handle).st_size // _SIZE
            if slot < end:
                return
            fresh = os.urandom(_SIZE * (slot - end + _PAGE))
            os.pwrite(handle, fresh, end * _SIZE)
            os.fsync(handle)

    def destroy(self, slots: tuple[int, ...]) -> None:
        """Overwrite these keys where they lie, durably. Again is harmless."""
        if not slots:
            return
        with locked(self.path) as handle:
            for slot in slots:
                os.pwrite(handle, _GONE, slot * _SIZE)
            os.fsync(handle)

    def renew(self, slots: tuple[int, ...]) -> None:
        """Overwrite these keys with others, durably: a slot that was in use looks like one that was not."""
        with locked(self.path) as handle:
            for slot in slots:
                os.pwrite(handle, os.urandom(_SIZE), slot * _SIZE)
            os.fsync(handle)

    def copy_over(self, other: Path) -> None:
        """Write this file over an older copy of itself, in place, so that no older keys survive there."""
        data = self.path.read_bytes() if self.path.exists() else b""
        with locked(other) as handle:
            os.pwrite(handle, data, 0)
            os.ftruncate(handle, len(data))
            os.fsync(handle)

    def _read(self, slot: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                file.seek(slot * _SIZE)
                secret = file.read(_SIZE)
        except FileNotFoundError:
            raise KeyGone from None
        if len(secret) != _SIZE:
            raise KeyGone
        return secret
