"""A pooler that lends its one connection to a PostgreSQL server to whoever asks something next, for one transaction.

As PgBouncer does with ``pool_mode=transaction``: what a client told the server outside a transaction stays with the
server's connection, and so with whoever comes next. It wants a server that trusts who comes.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

READY, IDLE, GOODBYE = b"Z", b"I", b"X"
"""Kinds of messages (https://www.postgresql.org/docs/current/protocol-message-formats.html), and no transaction."""


class Lender:
    """It listens on the loopback, before the server with its socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self._server = socket.socket(socket.AF_UNIX)
        self._server.connect(str(folder / ".s.PGSQL.5432"))
        self._greeting = b""
        self._turn = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, name: str) -> str:
        """A database behind it: all clients have to ask for the same."""
        return f"postgresql://gehoord@127.0.0.1:{self.port}/{name}?sslmode=disable&gssencmode=disable"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError, EOFError), client:
            length = _exactly(client, 4)
            startup = length + _exactly(client, int.from_bytes(length) - 4)
            with self._turn:
                if not self._greeting:
                    self._server.sendall(startup)
                    self._greeting, _ = self._answer()
            client.sendall(self._greeting)
            while True:
                asked = _message(client)
                with self._turn:
                    state = b""
                    while state != IDLE:
                        if asked[:1] == GOODBYE:
                            return
                        self._server.sendall(asked)
                        if asked[:1] in (b"Q", b"S"):
                            answer, state = self._answer()
                            client.sendall(answer)
                        if state != IDLE:
                            asked = _message(client)

    def _answer(self) -> tuple[bytes, bytes]:
        """All that the server says until it is ready, and whether a transaction is open then."""
        said = b""
        while True:
            message = _message(self._server)
            said += message
            if message[:1] == READY:
                return said, message[-1:]

    def close(self) -> None:
        """Stop, and let go of the server."""
        self._listening.close()
        self._server.close()


def _message(end: socket.socket) -> bytes:
    head = _exactly(end, 5)
    return head + _exactly(end, int.from_bytes(head[1:]) - 4)


def _exactly(end: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        data = end.recv(size - len(found))
        if not data:
            raise EOFError
        found += data
    return found


@contextmanager
def lent(folder: Path) -> Iterator[Lender]:
    """One that is up."""
    made = Lender(folder)
    try:
        yield made
    finally:
        made.close()
