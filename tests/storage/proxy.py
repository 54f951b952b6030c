"""A connection that can be cut at the worst moment: a proxy before a PostgreSQL server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Cut = Literal["before", "after"]
"""Before a message reaches the server, or after: then its answer is lost."""


class Proxy:
    """It listens on the loopback and passes on to the server's socket in a folder.

    `cut`: the connection whose client sends these bytes next is cut, once, before or after the server gets them.
    `closed`: nobody gets through.
    """

    def __init__(self, folder: Path) -> None:
        self._target = str(folder / ".s.PGSQL.5432")
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._next: list[tuple[bytes, Cut]] = []
        self.cuts = 0
        self.closed = False
        self.stay_closed = False
        """Whether it is closed once it cut."""
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, name: str) -> str:
        """A database behind it."""
        return f"postgresql://gehoord@127.0.0.1:{self.port}/{name}"

    def cut(self, at: bytes, when: Cut) -> None:
        """Cut the connection on which these bytes come next, after the cuts that were asked for before."""
        self._next.append((at, when))

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.closed:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._target)
            self._ends += (client, server)
            for one, other, asks in ((client, server, True), (server, client, False)):
                thread = threading.Thread(target=self._pass, args=(one, other, asks), daemon=True)
                thread.start()
                self._threads.append(thread)

    def _pass(self, one: socket.socket, other: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if asks and self._next and self._next[0][0] in data:
                    when = self._next.pop(0)[1]
                    self.cuts += 1
                    self.closed = self.stay_closed
                    for end in self._ends if self.closed else [one]:
                        if end is not other:
                            with suppress(OSError):
                                end.shutdown(socket.SHUT_RDWR)
                    if when == "after":
                        other.sendall(data)
                        other.settimeout(10)
                        other.recv(65536)
                    break
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        one.close()

    def close(self) -> None:
        """Stop listening, and wait until all that passed on has ended."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(10)


@contextmanager
def proxied(folder: Path) -> Iterator[Proxy]:
    """A proxy before the server with its socket in this folder."""
    made = Proxy(folder)
    try:
        yield made
    finally:
        made.close()
