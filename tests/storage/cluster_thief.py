"""The thief with the directory of a PostgreSQL server: its files, dead rows, write-ahead log and all.

PostgreSQL cuts a long value into pieces in rows of their own (TOAST), each with the number of the value and of the
piece before it; and its log runs through pages that each begin with a header. The thief knows both.
"""

import re
from pathlib import Path

from tests.storage.thief import Thief

PAGE = 8192
_FIRST_PAGE = 0x0002
_SHORT, _LONG = 24, 40
_NOTHING = bytes(PAGE)


def whole_log(segment: bytes) -> bytes:
    """A file of the write-ahead log without the headers of its pages."""
    pages = []
    for at in range(0, len(segment), PAGE):
        page = segment[at : at + PAGE]
        long = int.from_bytes(page[2:4], "little") & _FIRST_PAGE
        pages.append(page[_LONG if long else _SHORT :])
    return b"".join(pages)


def without_nothing(content: bytes) -> bytes:
    """Content without its empty pages."""
    pages = (content[at : at + PAGE] for at in range(0, len(content), PAGE))
    return b"".join(page for page in pages if page != _NOTHING)


class ClusterThief(Thief):
    """Who has the directory of a server too."""

    def _take(self, path: Path) -> None:
        if "pg_wal" in path.parts:
            self._add(whole_log(without_nothing(path.read_bytes())))
        elif "base" in path.parts:
            self._add(without_nothing(path.read_bytes()))
        else:
            super()._take(path)

    def _join(self, places: tuple[Path, ...]) -> None:
        super()._join(places)
        raw = list(self.loot)
        firsts: dict[bytes, None] = {}
        for content in raw:
            for match in _BEGINS.finditer(content):
                at = match.start()
                self._add(_value(content, at))
                if content[at - 8 : at - 4] == bytes(
                    4
                ):  # the first piece of the value with the number before it
                    firsts[content[at - 12 : at - 8]] = None
        for value in firsts:
            self._add(_pieced(value, raw))


_BEGINS = re.compile(rb"G1|age-encryption.org/v1|\{\"salt\"")
"""How what we seal begins."""


def _pieced(value: bytes, raw: list[bytes]) -> bytes:
    """A long value put together from its pieces, wherever they lie."""
    whole = b""
    while True:
        head = value + (len(whole) // 1996).to_bytes(4, "little") if whole else value + bytes(4)
        piece = next((found for content in raw if (found := _piece(content, head))), b"")
        whole += piece
        if len(piece) < 1996:
            return whole


def _value(content: bytes, at: int) -> bytes:
    """The value that begins here, as long as the head before it says; nothing when there is none."""
    size = int.from_bytes(content[max(at - 4, 0) : at], "little")
    if size & 3 == 0 and 4 < size >> 2 < PAGE:
        return content[at : at + (size >> 2) - 4]
    short = content[at - 1] if at else 0
    return content[at : at + short // 2 - 1] if short & 1 else b""


def _piece(content: bytes, head: bytes) -> bytes:
    """The piece of a value that stands after this head in this content, or nothing."""
    at = content.find(head)
    while at >= 0:
        start = at + len(head)
        size = int.from_bytes(content[start : start + 4], "little")
        if size & 1:  # a short piece has a head of one byte
            return content[start + 1 : start + (size & 0xFF) // 2]
        if 4 < size >> 2 <= 2000:
            return content[start + 4 : start + (size >> 2)]
        at = content.find(head, at + 1)
    return b""
