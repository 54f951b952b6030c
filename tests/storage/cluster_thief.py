"""The thief with the directory of a PostgreSQL server: its files, dead rows, write-ahead log and all.

PostgreSQL cuts a long value into pieces in rows of their own (TOAST), each with the number of the value and of the
piece before it; and its log runs through pages that each begin with a header. The thief knows both.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from tests.storage.thief import Thief

PAGE = 8192
_FIRST_PAGE = 0x0002
_SHORT, _LONG = 24, 40
_NOTHING = bytes(PAGE)
_FIRST = bytes(4)
"""The number of the first piece of a value."""

_LOWEST = 16384
"""The lowest number that the server gives out (https://www.postgresql.org/docs/current/system-catalog-initial-data.html):
no value has a lower one, so 0 and 1, which stand everywhere, are none."""

_MOST = 1996
"""Bytes that a piece has at most; every piece but the last has as many."""


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
        values: set[bytes] = set()
        for content in raw:
            for match in _BEGINS.finditer(content):
                at = match.start()
                self._add(_value(content, at))
                value = content[at - 12 : at - 8]
                if content[at - 8 : at - 4] == _FIRST and int.from_bytes(value, "little") >= _LOWEST:
                    values.add(value)
        for whole in _pieced(_pieces(raw, values)):
            self._add(whole)


_BEGINS = re.compile(rb"G1|age-encryption.org/v1|\{\"salt\"")
"""How what we seal begins."""


def _pieces(raw: list[bytes], values: set[bytes]) -> dict[tuple[bytes, int], dict[bytes, None]]:
    """All that may be a piece of these values, by the number of the value and of the piece.

    What only looks like one (a number in another table) stands beside the right one.
    """
    found: dict[tuple[bytes, int], dict[bytes, None]] = {}
    if not values:
        return found
    heads = re.compile(b"(?=(" + b"|".join(map(re.escape, sorted(values))) + rb")(..)\0\0)", re.DOTALL)
    for content in raw:
        for match in heads.finditer(content):
            piece = _piece(content, match.start() + 8)
            number = int.from_bytes(match[2], "little")
            beside = found.setdefault((match[1], number), {})
            if piece:
                beside[piece] = None
    return found


def _pieced(pieces: dict[tuple[bytes, int], dict[bytes, None]]) -> Iterator[bytes]:
    """Long values put together from their pieces, wherever those lie; each way in which they fit."""
    for value in dict.fromkeys(value for value, _ in pieces):
        begun = [b""]
        for number in itertools.count():
            beside = pieces.get((value, number), ())
            yield from (whole + piece for whole in begun for piece in beside)
            begun = [whole + piece for whole in begun for piece in beside if len(piece) == _MOST]
            if not begun:
                break


def _value(content: bytes, at: int) -> bytes:
    """The value that begins here, as long as the head before it says; nothing when there is none."""
    size = int.from_bytes(content[max(at - 4, 0) : at], "little")
    if size & 3 == 0 and 4 < size >> 2 < PAGE:
        return content[at : at + (size >> 2) - 4]
    short = content[at - 1] if at else 0
    return content[at : at + short // 2 - 1] if short & 1 else b""


def _piece(content: bytes, at: int) -> bytes:
    """The piece of a value whose head ends here, or nothing."""
    size = int.from_bytes(content[at : at + 4], "little")
    if size & 1:  # a short piece has a head of one byte
        return content[at + 1 : at + (size & 0xFF) // 2]
    return content[at + 4 : at + (size >> 2)] if 4 < size >> 2 <= 4 + _MOST else b""
