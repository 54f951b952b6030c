"""Rows that say nothing by where they lie: all of one size, there before they are used, and changed in place.

What a thief could learn from a table that grows as people write: SQLite puts a new row at the end of the free
space of its page, and a new page at the end of the file, so that places give away the order of time, which can
be laid beside the order of other tables. So

 1. rows are made ahead, many at once, in the order of random ids, and hold sealed nothing;
 2. whoever needs a row takes a free one by chance;
 3. a row is written over in place with a body of the same size (SQLite then changes that page only), and one row
    fills one page of the file;
 4. when few are free, all rows are written anew, twice as many, in the order of their ids;
 5. after each change the write-ahead log is emptied, so that it holds no order either.

A row's body is sealed under the process key, so that a free one looks like any other.
"""

import secrets
import struct
from collections.abc import Iterator

from storage.engine import Engine, Row, Transaction
from storage.errors import Damaged

SIZE = 3968
"""Bytes that a row holds before it is sealed: sealed it fills a page of 4096 bytes alone."""

_HEAD = struct.Struct(">BQH")
_ROOM = SIZE - _HEAD.size
_USED, _FREE = 1, 0
_WINDOW = 16
_TRIES = 48
_LARGEST_ID = 2**62


class Pages:
    """Texts of any length on chains of rows in ``line_pages``, within one transaction."""

    FIRST = 512
    """So many rows are made at first."""

    def __init__(self, engine: Engine, tx: Transaction) -> None:
        self._engine = engine
        self._tx = tx

    def put(self, data: bytes) -> int:
        """Keep this text; returns the id by which it is found."""
        parts = [data[at : at + _ROOM] for at in range(0, len(data), _ROOM)] or [b""]
        following = 0
        for part in reversed(parts):
            id = self._take()
            self._write(id, _HEAD.pack(_USED, following, len(part)) + part)
            following = id
        return following

    def get(self, id: int) -> bytes:
        """The text with this id. Raises `Damaged`."""
        return b"".join(part for _, part in self._chain(id))

    def drop(self, id: int) -> None:
        """Write over every row of this text with nothing; they are free again."""
        for row, _ in list(self._chain(id)):
            self._write(row, _HEAD.pack(_FREE, 0, 0))

    def _chain(self, id: int) -> Iterator[tuple[int, bytes]]:
        while id:
            row = self._tx.one("page_row", id=id)
            if row is None:
                raise Damaged
            plain = opened(self._engine, row, "line_pages")
            used, following, size = _HEAD.unpack_from(plain)
            if used != _USED:
                raise Damaged
            yield id, plain[_HEAD.size : _HEAD.size + size]
            id = following

    def _take(self) -> int:
        """A free row, by chance: from a chance place some rows on, one of these."""
        for _ in range(_TRIES):
            at = secrets.randbelow(_LARGEST_ID)
            near = list(self._tx.all("page_rows_from", id=at, limit=_WINDOW))
            if len(near) < _WINDOW:
                near += self._tx.all("page_rows_from", id=0, limit=_WINDOW - len(near))
            if not near:
                break
            row = secrets.choice(near)
            if opened(self._engine, row, "line_pages")[0] == _FREE:
                return int(row["id"])
        self._grow()
        return self._take()

    def _grow(self) -> None:
        rows = {row["id"]: opened(self._engine, row, "line_pages") for row in self._tx.all("page_rows")}
        wanted = max(2 * len(rows), self.FIRST)
        while len(rows) < wanted:
            rows.setdefault(secrets.randbelow(_LARGEST_ID - 1) + 1, _HEAD.pack(_FREE, 0, 0))
        self._tx.run("empty_pages")
        self._tx.run_many(
            "add_page_row", [sealed(self._engine, id, rows[id], "line_pages") for id in sorted(rows)]
        )

    def _write(self, id: int, plain: bytes) -> None:
        self._tx.run("put_page_row", **sealed(self._engine, id, plain, "line_pages"))


def sealed(engine: Engine, id: int, plain: bytes, table: str) -> dict[str, object]:
    """A row as it is written: `plain` filled up to `SIZE` and sealed. Raises `ValueError` when it is too long."""
    if len(plain) > SIZE:
        raise ValueError("longer than a row")
    number = engine.ring.current
    body = engine.ring.key(number).seal(plain + bytes(SIZE - len(plain)), f"{table}|{id}")
    return {"id": id, "process_key": number, "body": body}


def opened(engine: Engine, row: Row, table: str) -> bytes:
    """What a row holds."""
    return engine.ring.key(row["process_key"]).open(row["body"], f"{table}|{row['id']}")


def move_pages(engine: Engine, tx: Transaction) -> None:
    """Seal all rows of both tables under the process key that is in use now."""
    for table, read, write in (
        ("lines", "line_rows", "put_line_row"),
        ("line_pages", "page_rows", "put_page_row"),
    ):
        for row in tx.all(read):
            tx.run(write, **sealed(engine, row["id"], opened(engine, row, table), table))
