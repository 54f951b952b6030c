"""An open transaction on PostgreSQL, and how few times it waits for the server.

What nobody asks an answer of (`tell`) waits and travels with the next query that somebody does, or with the commit;
the transaction begins in the same message as its first query. A turn of a conversation so takes two or three
messages to the server and as many back (`tests/storage/test_postgres_trips.py`).
"""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.errors import Diagnostic
from psycopg.rows import DictRow, dict_row

from storage.engine import Row
from storage.postgres.dialect import preparations, prepared, queries


class Connection(psycopg.Connection[DictRow]):
    """A connection that may have what is asked most planned already (`storage.postgres.dialect.PREPARED`)."""

    knows = False
    unsure = False
    """Whether the server answered a commit before its standby had it: somebody cancelled the waiting."""

    def hear(self, notice: Diagnostic) -> None:
        """The server remarks something. Its words are in any language; where they come from is not."""
        self.unsure = self.unsure or notice.source_function == "SyncRepWaitForLSN"

    def make_sure(self) -> None:
        """Raises `psycopg.OperationalError` when a commit may be on this server alone, as if its answer were lost."""
        if self.unsure:
            self.unsure = False
            raise psycopg.OperationalError

    def learn(self) -> None:
        """Have it planned from here on; the tables have to be there."""
        if not self.knows:
            self.execute(preparations().encode())
            self.knows = True


class Flag(Dumper):
    """A truth value as the schema keeps it: 0 or 1."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> bytes:
        return self.dump(obj)


class PostgresTransaction:
    """The open transaction as a job sees it: named queries only. `begin` are statements that travel with the first.

    `counted` is told of every message to the server.
    """

    def __init__(
        self,
        connection: psycopg.Connection[DictRow],
        begin: Sequence[str] = (),
        counted: Callable[[], None] = lambda: None,
    ) -> None:
        self._cursor = psycopg.ClientCursor(connection, row_factory=dict_row)
        self._waiting = list(begin)
        self._ahead: list[tuple[str, list[bool]]] = []
        self._known = prepared() if isinstance(connection, Connection) and connection.knows else {}
        self._counted = counted
        self.settling = False
        self.taken: list[int] = []
        """Slots of draft keys that were given out in this transaction: nobody's, if it is undone."""

    def settle(self) -> None:
        """After this commit destroy the keys that it noted: what was deleted lingers in the files, sealed."""
        self.settling = True

    def run(self, name: str, /, **values: object) -> int:
        """Run a query that changes something; returns how many rows it changed."""
        return self._ask(self._said(name, values)).rowcount

    def tell(self, name: str, /, **values: object) -> None:
        """Run a query that changes something, of which nobody asks how much; it travels with what follows."""
        self._waiting.append(self._said(name, values))

    def run_many(self, name: str, rows: Sequence[dict[str, object]]) -> None:
        """Run a query once for each of `rows`."""
        for row in rows:
            self.tell(name, **row)

    def one(self, name: str, /, **values: object) -> Row | None:
        """The only row of a query, or None."""
        return self._ask(self._said(name, values)).fetchone()

    def all(self, name: str, /, **values: object) -> Sequence[Row]:
        """All rows of a query."""
        return self._ask(self._said(name, values)).fetchall()

    def each(self, name: str, /, rows: Sequence[dict[str, object]]) -> list[list[DictRow]]:
        """What a query finds with each of `rows`, in their order: all in one message."""
        if not rows:
            return []
        *others, last = [self._said(name, row) for row in rows]
        self._waiting += others
        cursor = self._ask(last)
        return [cursor.set_result(place - len(rows)).fetchall() for place in range(len(rows))]

    def some(self, name: str, rows: Sequence[dict[str, object]]) -> bool:
        """Whether a query finds anything with any of `rows`."""
        if not rows:
            return False
        asked = " OR ".join(f"EXISTS ({self._said(name, row)})" for row in rows)
        found = self._ask(f"SELECT {asked} AS some").fetchone()
        return found is not None and bool(found["some"])

    def ahead(self, name: str, /, **values: object) -> Callable[[], bool]:
        """Whether a query finds anything, asked in one message with the next question, and after it."""
        answer: list[bool] = []
        self._ahead.append((self._said(name, values), answer))
        return answer.pop

    def insert(self, name: str, /, **values: object) -> int:
        """Run an insert; returns the id of the new row."""
        row = self._ask(f"{self._said(name, values)} RETURNING id").fetchone()
        assert row is not None
        return int(row["id"])

    def script(self, statements: Sequence[str]) -> None:
        """Run statements as they are written: those of a migration."""
        self._waiting += statements

    def end(self, *last: str) -> None:
        """Send what waits, and `last` with it."""
        self._waiting += last
        if self._waiting:
            self._ask(self._waiting.pop())

    def _said(self, name: str, values: dict[str, object]) -> str:
        return self._cursor.mogrify((self._known.get(name) or queries()[name]).encode(), values)

    def _ask(self, last: str) -> psycopg.ClientCursor[DictRow]:
        """Send what waits, `last` and what is asked ahead; the cursor is at the answer to `last`."""
        ahead, self._ahead = self._ahead, []
        asked = ";\n".join((*self._waiting, last, *(question for question, _ in ahead)))
        self._waiting = []
        self._counted()
        self._cursor.execute(asked.encode())
        for place, (_, answer) in enumerate(reversed(ahead), start=1):
            answer.append(self._cursor.set_result(-place).fetchone() is not None)
        self._cursor.set_result(-1 - len(ahead))
        return self._cursor
