"""Rows that say nothing by where they lie: all of one size, there before they are used, and changed in place.

What a thief could learn from a table that grows as people write: SQLite puts a new row at the end of the free
space of its page, and a new page at the end of the file, so that places give away the order of time, which can
be laid beside the order of other tables. So

 1. rows are made ahead, many at once, and hold sealed nothing;
 2. the numbers below a power of two are cut into equal parts, and each part has one row, at a chance number in it:
    who needs a row draws a part by chance, until its row is free, so that every free row is as likely;
 3. a row is written over in place with a body of the same size (SQLite then changes that page only), and one row
    fills one page of the file;
 4. when hardly any is free, each part is halved, the half without a row gets one, and all are written anew in the
    order of their ids: which of the two was there before cannot be seen;
 5. after each change the write-ahead log is emptied, so that it holds no order either.

A row's body is sealed under the process key, so that a free one looks like any other.
"""

import secrets
import struct
from collections.abc import Callable, Iterator
from typing import Literal

from storage.engine import Engine, Row, Transaction
from storage.errors import Damaged

SIZE = 3968
"""Bytes that a row holds before it is sealed: sealed it fills a page of 4096 bytes alone."""

Table = Literal["lines", "line_pages"]
BETWEEN: dict[Table, str] = {"lines": "lines_between", "line_pages": "line_pages_between"}
EMPTY: dict[Table, str] = {"lines": "empty_lines", "line_pages": "empty_line_pages"}
ADD: dict[Table, str] = {"lines": "add_to_lines", "line_pages": "add_to_line_pages"}
"""The queries of each table: its rows in a part of the numbers, all rows away, and rows into it."""

_HEAD = struct.Struct(">BQH")
_ROOM = SIZE - _HEAD.size
_USED, _FREE = 1, 0
_TRIES = 24
"""So many draws without a free row, and there are more rows to be made: nine in ten are in use then."""


class Pool:
    """The rows of one table: how a free one is found and more are made, within one transaction.

    `numbers` is the power of two below which ids lie (from 1); `first` how many rows are made at first, a power of
    two; `is_free` says of what a row holds whether it is free, `fresh` gives what so many new ones hold.
    """

    def __init__(
        self, engine: Engine, tx: Transaction, table: Table, numbers: int, first: int,
        is_free: Callable[[bytes], bool], fresh: Callable[[int], list[bytes]],
    ) -> None:  # fmt: skip
        self._engine, self._tx, self._table = engine, tx, table
        self._numbers, self._first = numbers, first
        self._is_free, self._fresh = is_free, fresh

    def take(self) -> int:
        """The id of a free row: each is as likely. More rows are made when hardly any is free."""
        while True:
            parts = self._parts()
            draws = _TRIES if self._engine.protections.chance else parts
            for draw in range(draws if parts else 0):
                part = secrets.randbelow(parts) if self._engine.protections.chance else draw
                width = self._numbers // parts
                found = self._tx.all(BETWEEN[self._table], low=part * width, high=(part + 1) * width)
                if found and self._is_free(opened(self._engine, row := secrets.choice(found), self._table)):
                    return int(row["id"])
            self._grow(parts)

    def _parts(self) -> int:
        row = self._tx.one("meta", name=self._table)
        return int(row["value"]) if row is not None else 0

    def _grow(self, parts: int) -> None:
        """Twice as many rows, all written anew in the order of their ids."""
        parts = max(2 * parts, self._first)
        width = self._numbers // parts
        rows = {row["id"]: opened(self._engine, row, self._table) for row in self._tx.all(self._table)}
        empty = sorted(set(range(parts)) - {(id - 1) // width for id in rows})
        for part, plain in zip(empty, self._fresh(len(empty)), strict=True):
            rows[part * width + secrets.randbelow(width) + 1] = plain
        self._tx.run(EMPTY[self._table])
        self._tx.run_many(
            ADD[self._table], [sealed(self._engine, id, rows[id], self._table) for id in sorted(rows)]
        )
        self._tx.run("set_meta", name=self._table, value=str(parts))


class Pages:
    """Texts of any length on chains of rows in ``line_pages``, within one transaction."""

    FIRST = 512
    """So many rows are made at first."""

    NUMBERS = 2**62

    def __init__(self, engine: Engine, tx: Transaction) -> None:
        self._engine = engine
        self._tx = tx
        self._pool = Pool(engine, tx, "line_pages", self.NUMBERS, self.FIRST, _free, _nothing)

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
            if self._engine.protections.place:
                self._write(row, _HEAD.pack(_FREE, 0, 0))
            else:
                self._tx.run("delete_page", id=row)

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
        if self._engine.protections.place:
            return self._pool.take()
        newest = self._tx.one("newest_page")
        id = newest["id"] + 1 if newest is not None else 1
        self._tx.run("add_to_line_pages", **sealed(self._engine, id, _HEAD.pack(_FREE, 0, 0), "line_pages"))
        return id

    def _write(self, id: int, plain: bytes) -> None:
        self._tx.run("put_page_row", **sealed(self._engine, id, plain, "line_pages"))


def _free(plain: bytes) -> bool:
    return plain[0] == _FREE


def _nothing(count: int) -> list[bytes]:
    return [_HEAD.pack(_FREE, 0, 0)] * count


def sealed(engine: Engine, id: int, plain: bytes, table: Table) -> dict[str, object]:
    """A row as it is written: `plain` filled up to `SIZE` and sealed. Raises `ValueError` when it is too long."""
    if len(plain) > SIZE:
        raise ValueError("longer than a row")
    number = engine.ring.current
    body = engine.ring.key(number).seal(plain + bytes(SIZE - len(plain)), f"{table}|{id}")
    return {"id": id, "process_key": number, "body": body}


def opened(engine: Engine, row: Row, table: Table) -> bytes:
    """What a row holds."""
    return engine.ring.key(row["process_key"]).open(row["body"], f"{table}|{row['id']}")


def move_pages(engine: Engine, tx: Transaction) -> None:
    """Seal all rows of both tables under the process key that is in use now."""
    tables: tuple[tuple[Table, str], ...] = (("lines", "put_line_row"), ("line_pages", "put_page_row"))
    for table, write in tables:
        for row in tx.all(table):
            tx.run(write, **sealed(engine, row["id"], opened(engine, row, table), table))
