"""A store whose file another connection writes to, just when something is to be kept that was done already."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from storage.errors import Busy
from storage.sqlite import SqliteStore

TRIES = 2
"""So often it cannot be kept; then whoever held the file lets go of it."""


class Held:
    """`store`, held when its method `name` is called first. `busy` counts how often that failed."""

    def __init__(self, store: SqliteStore, name: str) -> None:
        self._store, self._name = store, name
        self._other: sqlite3.Connection | None = None
        self.busy = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._trying(found) if name == self._name else found

    def _trying(self, keep: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def trying(*values: object, **named: object) -> object:
            if self._other is None and not self.busy:
                self._other = sqlite3.connect(self._store._engine.data / "gehoord.db", isolation_level=None)
                self._other.execute("BEGIN IMMEDIATE")
            try:
                return await keep(*values, **named)
            except Busy:
                self.busy += 1
                if self.busy == TRIES and self._other is not None:
                    self._other.close()
                    self._other = None
                raise

        return trying
