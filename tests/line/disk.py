"""A disk as a thief reads it: the database file and its log page by page, and what the process keys open of lines.

The layout of the file is SQLite's own (https://sqlite.org/fileformat2.html).
"""

import shutil
import struct
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from storage.keys import ProcessKeys
from storage.sqlite.line_rows import Kept

PAGE = 4096
_LEAF, _INTERIOR = 0x0D, 0x05
_HEADER = struct.Struct(">BQH")


class Cell(msgspec.Struct, frozen=True):
    """A row as it lies in the file: its number and its columns."""

    id: int
    columns: tuple[int | bytes | str | None, ...]


class Frame(msgspec.Struct, frozen=True):
    """A page as it was written to the log."""

    page: int
    content: bytes


class Disk:
    """A copy of a data directory, taken while the program runs."""

    def __init__(self, data: Path, to: Path) -> None:
        shutil.copytree(data, to)
        self.ring = ProcessKeys(to / "keys" / "process")
        self._file = (to / "gehoord.db").read_bytes()
        self._log = (to / "gehoord.db-wal").read_bytes()
        self.key_file_changed = (to / "keys" / "lines.keys").stat().st_mtime

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """All that the log holds, oldest first."""
        log = self._log
        salt, found = log[16:24], []
        for at in range(32, len(log) - PAGE - 23, PAGE + 24):
            if (
                log[at + 8 : at + 16] == salt
            ):  # frames with another are older: they lie behind the newest ones
                found.append(Frame(int.from_bytes(log[at : at + 4], "big"), log[at + 24 : at + 24 + PAGE]))
        return tuple(found)

    @cached_property
    def pages(self) -> dict[int, bytes]:
        """Every page by its number, as the newest commit left it."""
        whole = {at // PAGE + 1: self._file[at : at + PAGE] for at in range(0, len(self._file), PAGE)}
        return whole | {frame.page: frame.content for frame in self.frames}

    @cached_property
    def roots(self) -> dict[str, int]:
        """The first page of every table."""
        found = {}
        for _, cell in self._walk(1):
            kind, name, _, root, *_ = cell.columns
            if kind == "table" and isinstance(name, str) and isinstance(root, int):
                found[name] = root
        return found

    def rows(self, table: str) -> Iterator[tuple[int, Cell]]:
        """All rows of a table by their numbers, each with the page it lies in."""
        yield from self._walk(self.roots[table])

    def table_pages(self, table: str) -> set[int]:
        """The numbers of all pages that the rows of a table lie in."""
        return {page for page, _ in self.rows(table)}

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The free pages, in the order of their list: the one that became free last comes last."""
        found: list[int] = []
        trunk = int.from_bytes(self.pages[1][32:36], "big")
        while trunk:
            content = self.pages[trunk]
            trunk_next, count = struct.unpack_from(">II", content)
            leaves = struct.unpack_from(f">{count}I", content, 8)
            found = [trunk, *leaves, *found]
            trunk = trunk_next
        return tuple(found)

    def opened(self, table: str, cell: Cell) -> bytes:
        """What a row of the lines holds, by the process key that lies there too."""
        _, number, body = cell.columns
        assert isinstance(number, int)
        assert isinstance(body, bytes)
        return self.ring.key(number).open(body, f"{table}|{cell.id}")

    @cached_property
    def lines(self) -> dict[int, Kept]:
        """Every line by its locator."""
        rows = {cell.id - 1: self._kept(cell) for _, cell in self.rows("lines")}
        return {locator: kept for locator, kept in rows.items() if kept.scheme}

    def _kept(self, cell: Cell) -> Kept:
        plain = self.opened("lines", cell)
        return msgspec.msgpack.decode(plain[2 : 2 + int.from_bytes(plain[:2], "big")], type=Kept)

    @cached_property
    def chains(self) -> dict[int, tuple[int, int]]:
        """Every row of a message that is in use: the row after it, and how many bytes it holds."""
        found = {}
        for _, cell in self.rows("line_pages"):
            used, following, size = _HEADER.unpack_from(self.opened("line_pages", cell))
            if used:
                found[cell.id] = (following, size)
        return found

    @cached_property
    def places(self) -> dict[int, int]:
        """The page of the file in which each row of a message lies."""
        return {cell.id: page for page, cell in self.rows("line_pages")}

    def length(self, id: int) -> int:
        """How many bytes a message has."""
        total = 0
        while id:
            id, size = self.chains[id]
            total += size
        return total

    def _walk(self, number: int) -> Iterator[tuple[int, Cell]]:
        content = self.pages[number]
        head = 100 if number == 1 else 0
        kind, _, count = struct.unpack_from(">BHH", content, head)
        if kind == _INTERIOR:
            for at in struct.unpack_from(f">{count}H", content, head + 12):
                yield from self._walk(int.from_bytes(content[at : at + 4], "big"))
            yield from self._walk(int.from_bytes(content[head + 8 : head + 12], "big"))
        elif kind == _LEAF:
            for at in struct.unpack_from(f">{count}H", content, head + 8):
                yield number, self._cell(content, at)

    def _cell(self, content: bytes, at: int, *, whole: bool = True) -> Cell:
        size, at = _varint(content, at)
        id, at = _varint(content, at)
        most, least = PAGE - 35, (PAGE - 12) * 32 // 255 - 23
        if size <= most:
            return Cell(id, _columns(content[at : at + size]))
        local = least + (size - least) % (PAGE - 4)
        local = local if local <= most else least
        body, more = content[at : at + local], int.from_bytes(content[at + local : at + local + 4], "big")
        while more and whole:
            body += self.pages[more][4:]
            more = int.from_bytes(self.pages[more][:4], "big")
        return Cell(id, _columns(body[:size]))

    @cached_property
    def logged(self) -> tuple[tuple[str, int], ...]:
        """Which rows the log has for the first time: ids of conversations, and of lines that were opened."""
        old = {at // PAGE + 1: self._file[at : at + PAGE] for at in range(0, len(self._file), PAGE)}
        tables = {page: name for name in ("lines", "conversations") for page in self.table_pages(name)}
        seen = {(name, id) for page, name in tables.items() for id in self._there(name, old.get(page, b""))}
        found = []
        for frame in self.frames:
            name = tables.get(frame.page, "")
            for id in self._there(name, frame.content) if name else ():
                if (name, id) not in seen:
                    seen.add((name, id))
                    found.append((name, id))
        return tuple(found)

    def _there(self, table: str, content: bytes) -> Iterator[int]:
        """The rows in this page, and of lines only those that are open."""
        if content[:1] != bytes([_LEAF]):
            return
        for at in struct.unpack_from(f">{int.from_bytes(content[3:5], 'big')}H", content, 8):
            cell = self._cell(content, at, whole=False)
            if table != "lines" or self._kept(cell).scheme:
                yield cell.id

    @cached_property
    def accounts(self) -> dict[int, str]:
        """The account of each conversation, by the process key."""
        found = {}
        for _, cell in self.rows("conversations"):
            _, hash, number, _, _, address, *_ = cell.columns
            assert isinstance(hash, bytes)
            assert isinstance(number, int)
            assert isinstance(address, bytes)
            found[cell.id] = self.ring.key(number).open(address, f"address|{hash.hex()}").decode()
        return found


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for read in range(9):
        byte = content[at + read]
        if read == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at + read + 1


def _columns(record: bytes) -> tuple[int | bytes | str | None, ...]:
    size, at = _varint(record, 0)
    kinds, found, body = [], [], size
    while at < size:
        kind, at = _varint(record, at)
        kinds.append(kind)
    for kind in kinds:
        length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind] if kind < 10 else (kind - 12) // 2
        part = record[body : body + length]
        body += length
        value: int | bytes | str | None
        if kind in (0, 7):
            value = None  # a fraction does not occur here
        elif kind < 10:
            value = kind - 8 if kind >= 8 else int.from_bytes(part, "big", signed=True)
        else:
            value = part.decode() if kind % 2 else part
        found.append(value)
    return tuple(found)
