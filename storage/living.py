"""Who holds a right: a process that lives, or one that was killed and whose rights go to the next at once.

A process that takes rights (to deliver to a conversation, to send a mail, to sweep) has a number, and a file of that
name in ``<data>/living`` that it keeps locked. The kernel lets go of a lock when its process ends, however it ends
(flock(2)), so who can lock somebody else's file knows that they are gone. A right is the number of its holder and
chance; the rights of who is gone are free. Processes on another machine are not seen here: there a right runs out.
"""

import fcntl
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from storage.files import make_directory

BITS = 31
"""How many bits of a right are its holder's number, and how many chance: together they fit a signed 64 bit column."""


class Living:
    """The processes that take rights in one data directory. `folder` is made when the first right is taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._handle: int | None = None
        self._number = 0

    def right(self) -> int:
        """A new right of this process. Without a place for the file (a full disk) it is nobody's, and runs out."""
        with self._guard:
            if self._handle is None:
                with suppress(OSError):
                    self._begin()
            return self._number << BITS | secrets.randbits(BITS)

    def _begin(self) -> None:
        make_directory(self._folder)
        while True:
            number = secrets.randbelow(2**BITS - 1) + 1
            path = self._folder / str(number)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with suppress(
                OSError
            ):  # another one was looking just then, and may have removed it: a new number
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(handle).st_nlink:
                    self._handle, self._number = handle, number
                    return
            os.close(handle)

    def gone(self) -> tuple[int, ...]:
        """The numbers of all whose process ended. `forget` each when its rights are free."""
        try:
            names = os.listdir(self._folder)
        except OSError:  # nobody took a right yet
            return ()
        found = sorted(int(name) for name in names if name.isdecimal())
        return tuple(number for number in found if number != self._number and self._ended(number))

    def _ended(self, number: int) -> bool:
        try:
            handle = os.open(self._folder / str(number), os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        else:
            return True
        finally:
            os.close(handle)

    def forget(self, number: int) -> None:
        """The rights of this one are free."""
        (self._folder / str(number)).unlink(missing_ok=True)

    def end(self) -> None:
        """Let go: what is still held goes to the next."""
        with self._guard:
            if self._handle is not None:
                os.close(self._handle)
                self._handle, self._number = None, 0


def rights(number: int) -> tuple[int, int]:
    """The least and the greatest right that this one can have held."""
    return number << BITS, (number + 1 << BITS) - 1
