"""The key directory: keys the program itself needs, outside the database and its backups.

::

    <data>/gehoord.db              the database
    <data>/keys/process/0001.key   process keys: addresses, keyed hashes; the highest number is in use
    <data>/keys/day/2026-11-21.key day keys: open drafts and messages on their way; destroyed 72 h after their day
    <data>/keys/shred.keys         one key per case (`storage.shred`); destroyed with the case
    <data>/keys/tombstones         what was destroyed, so that no backup brings it back

No key here opens a submitted intake: for that one needs an officer's key too, which opens with their password.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.errors import KeyGone, StrangerKeys
from storage.files import destroy, make_directory, write_once
from storage.sealing import Key, fresh_key

DRAFT_LIFE = timedelta(hours=72)
"""An open draft lives this long after its last turn; then it is wiped, and its day's key with it."""


def day_of(now: datetime) -> str:
    """The day whose key is in use, by universal time: ``2026-11-21``."""
    return now.astimezone(UTC).date().isoformat()


def _last(now: datetime) -> str:
    """The last day whose key has to be gone."""
    return day_of(now - DRAFT_LIFE - timedelta(days=1))


class DayKeys:
    """A key per day, made when first needed and destroyed `DRAFT_LIFE` after its day ended."""

    def __init__(self, directory: Path) -> None:
        self._directory = make_directory(directory)
        self._known: dict[str, Key] = {}

    def of(self, day: str) -> Key:
        """The key of a day that has one. Raises `KeyGone` when it was destroyed."""
        if day not in self._known:
            try:
                secret = (self._directory / f"{day}.key").read_bytes()
            except FileNotFoundError:
                raise KeyGone from None
            self._known[day] = Key(secret)
        return self._known[day]

    def today(self, now: datetime) -> tuple[str, Key]:
        """The day of `now` and its key, made if need be."""
        day = day_of(now)
        if (
            day not in self._known
        ):  # a new one began: what another process destroyed does not live on in this one
            self._known = {name: key for name, key in self._known.items() if name > _last(now)}
            if not (self._directory / f"{day}.key").exists():
                write_once(self._directory / f"{day}.key", os.urandom(32))
        return day, self.of(day)

    def overdue(self, now: datetime) -> tuple[str, ...]:
        """The days whose keys have to go."""
        names = sorted(path.stem for path in self._directory.glob("????-??-??.key"))
        return tuple(name for name in names if name <= _last(now))

    def destroy(self, day: str) -> None:
        """Destroy the key of this day; all that it sealed is unreadable from now on."""
        self._known.pop(day, None)
        destroy(self._directory / f"{day}.key")


class ProcessKeys:
    """The ring of process keys, by number. The database says which is `current`; lower ones serve until nothing
    names them."""

    def __init__(self, directory: Path) -> None:
        self._directory = make_directory(directory)
        self._known: dict[int, Key] = {}
        self.current = 0
        self.reload()

    def reload(self) -> None:
        """See keys that another process made or retired."""
        self._known = {
            int(path.stem): Key(path.read_bytes()) for path in sorted(self._directory.glob("????.key"))
        }

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all keys up to the current one, which comes first."""
        return tuple(sorted((n for n in self._known if n <= self.current), reverse=True))

    @property
    def held(self) -> bool:
        """Whether the directory holds any key."""
        return bool(self._known)

    def use(self, number: int) -> Key:
        """Take this key into use, as the database says. Raises `StrangerKeys` when it is not there."""
        key = self.key(number)
        self.current = number
        return key

    def key(self, number: int) -> Key:
        """The key with this number. Raises `StrangerKeys` when the directory does not hold it."""
        if number not in self._known:
            self.reload()
        try:
            return self._known[number]
        except KeyError:
            raise StrangerKeys from None

    def add(self) -> int:
        """Make the next key and return its number; it is in use once the database names it."""
        number = max(self._known, default=0) + 1
        write_once(self._directory / f"{number:04}.key", fresh_key().secret)
        self.reload()
        return number

    def retire(self, number: int) -> None:
        """Destroy a key that no row names any more."""
        destroy(self._directory / f"{number:04}.key")
        self._known.pop(number, None)
