"""A process that runs says so, and hears when another one left it something to do.

It holds one connection of its own, and on that a shared advisory lock that names the version of its schema (what
a migration takes away waits for it, `storage.postgres.schema`), and listens to the channel that triggers notify when
something comes for a conversation from outside it. Notices can be lost with the connection; so whoever waits for
one also looks by the clock.
"""

import asyncio
import os
import select
import threading
from collections.abc import Iterable
from contextlib import suppress

import psycopg
from psycopg.rows import DictRow

from storage.postgres.fitness import connected, refusal
from storage.postgres.schema import PRESENCE, version

CHANNEL = "gehoord"
_AGAIN = 1.0
"""Seconds before a lost connection is made anew."""


class Presence:
    """The connection, and the thread that listens on it.

    Raises `NoAddress`, `NoServer`, `ReadOnly`, `WrongEncoding`, `WrongClock`, `Lent`; none repeats the address.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._guard = threading.Lock()
        connection = connected(database)
        try:
            self._join(connection)
        except psycopg.Error as error:
            connection.close()
            raise refusal(error) from None
        self._ended, self._end = os.pipe()
        self._thread = threading.Thread(
            target=self._live, args=(connection,), name="gehoord-presence", daemon=True
        )
        self._thread.start()

    async def stirred(self, longest: float) -> None:
        """Returns when something came, after `longest` seconds at the latest."""
        waiting = (asyncio.get_running_loop(), asyncio.Event())
        with self._guard:
            self._waiting.add(waiting)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting[1].wait(), longest)
        finally:
            with self._guard:
                self._waiting.discard(waiting)

    def close(self) -> None:
        """Let go."""
        os.write(self._end, b".")
        self._thread.join()
        os.close(self._end)
        os.close(self._ended)

    def _connect(self) -> psycopg.Connection[DictRow]:
        connection = psycopg.Connection[DictRow].connect(self._database, autocommit=True, connect_timeout=3)
        self._join(connection)
        return connection

    def _join(self, connection: psycopg.Connection[DictRow]) -> None:
        connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", [PRESENCE, version()])
        connection.execute(f"LISTEN {CHANNEL}".encode())

    def _live(self, connection: psycopg.Connection[DictRow] | None) -> None:
        while True:
            watched = [self._ended] if connection is None else [self._ended, connection.fileno()]
            if self._ended in _ready(watched, _AGAIN if connection is None else None):
                break
            try:
                if connection is None:
                    connection = self._connect()
                    self._tell()
                elif list(connection.notifies(timeout=0)):
                    self._tell()
            except psycopg.Error:
                if connection is not None:
                    connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _tell(self) -> None:
        with self._guard:
            for loop, event in self._waiting:
                with suppress(RuntimeError):  # that loop was closed
                    loop.call_soon_threadsafe(event.set)


def _ready(files: Iterable[int], longest: float | None) -> set[int]:
    """Those of these files that can be read, after `longest` seconds at the latest; they may have any number."""
    poll = select.poll()  # select(2) takes no number above 1023, and a site with many visitors has more
    for file in files:
        poll.register(file, select.POLLIN)
    return {file for file, _ in poll.poll(None if longest is None else 1000 * longest)}
