"""Both ends of the lines of one organisation, for a talk in the terminal: kept in a store, or nowhere."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from bot.line import codes
from flows.line import Said
from flows.scheme import Scheme
from storage.errors import LineClosed, UnknownLine
from storage.lines import LOCATORS, ClosedBy, Line, LineCode, Word


class Ends(Protocol):
    """The client's end, and the confidant's where it can be held here."""

    scheme: Scheme

    @property
    def now(self) -> datetime:
        """The time it is in this talk."""

    async def draw(self) -> LineCode | None:
        """New words, not in use yet; None when nobody could read."""

    async def open(self, code: LineCode) -> bool:
        """A new line behind these words; False when somebody else has the place by now, or nobody could read."""

    async def enter(self, code: LineCode) -> bool:
        """Whether there is a line behind these words; it is the one that is talked on from here."""

    async def read(self) -> Line:
        """The line as the client reads it. Raises `UnknownLine`."""

    async def say(self, said: Said) -> None:
        """The client says something. Raises `UnknownLine`, `LineClosed`, `NoRecipient`."""

    async def close(self) -> None:
        """The client ends the talk. Raises `UnknownLine`."""

    async def wipe(self) -> None:
        """The client destroys it. Raises `UnknownLine`."""

    async def answer(self, said: Said) -> bool:
        """The confidant reads it and says something; False when that cannot be done here. Raises as `say`."""


class _Rehearsed(msgspec.Struct):
    words: tuple[Word, ...] = ()
    closed: ClosedBy = ""


class Rehearsed:
    """Lines that are kept nowhere, read by a confidant who is always there."""

    def __init__(self, scheme: Scheme, now: Callable[[], datetime]) -> None:
        self.scheme, self._now = scheme, now
        self._lines: dict[LineCode, _Rehearsed] = {}
        self._line: LineCode | None = None

    @property
    def now(self) -> datetime:
        """The time it is in this talk."""
        return self._now()

    async def draw(self) -> LineCode | None:
        """New words."""
        return codes.fresh(secrets.randbelow(LOCATORS))

    async def open(self, code: LineCode) -> bool:
        """A new line behind these words."""
        self._lines[code], self._line = _Rehearsed(), code
        return True

    async def enter(self, code: LineCode) -> bool:
        """Whether there is a line behind these words."""
        if code in self._lines:
            self._line = code
        return code in self._lines

    async def read(self) -> Line:
        """The line as the client reads it."""
        line = self._of()
        self._see(line, by_client=True)
        return Line("", self.scheme.id, self.now, self.now, (), line.closed, words=line.words)

    async def say(self, said: Said) -> None:
        """The client says something."""
        self._put("", said)

    async def close(self) -> None:
        """The client ends the talk."""
        self._of().closed = "client"

    async def wipe(self) -> None:
        """The client destroys it."""
        self._of()
        self._lines.pop(self._line or LineCode(0, ""))

    async def answer(self, said: Said) -> bool:
        """The confidant says something."""
        self._see(self._of(), by_client=False)
        self._put("confidant", said)
        return True

    def _of(self) -> _Rehearsed:
        line = self._lines.get(self._line) if self._line is not None else None
        if line is None:
            raise UnknownLine
        return line

    def _put(self, by: str, said: Said) -> None:
        line = self._of()
        if line.closed:
            raise LineClosed
        line.words += (Word(by, self.now, False, msgspec.json.encode(said)),)
        if said.last and by:
            line.closed = "confidant"

    def _see(self, line: _Rehearsed, *, by_client: bool) -> None:
        line.words = tuple(
            msgspec.structs.replace(word, read=True) if bool(word.by) == by_client else word
            for word in line.words
        )
