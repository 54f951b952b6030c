"""A place to listen at, for a server that is started later, or again and again."""

import socket


class Place:
    """A port of 127.0.0.1 that is ours until it is closed, also while nobody listens on it.

    A socket that is bound to it keeps it from everybody who takes any free port; who asks for this very port may listen
    on it beside that socket (SO_REUSEADDR, which servers set).
    """

    def __init__(self) -> None:
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port = int(self._held.getsockname()[1])

    def close(self) -> None:
        """Let it go."""
        self._held.close()
