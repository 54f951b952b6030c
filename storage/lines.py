"""The anonymous line between a client and a confidant, as it is kept: the contract, and what goes in and out.

Who opens what
 1. A line has an age key pair of its own. Its secret half lies under the client's code (argon2id), nowhere else.
 2. Every message is sealed to the line and to the confidants whom the client accepted, under one more key that
    is the line's alone and that dies with it (`storage.shred`), so that no copy of the database brings it back.
 3. Nothing of a line names an account, an address, a network or a conversation. Times are whole hours.
 4. What a row holds, and whether it holds anything, cannot be seen from outside; see each engine for its rows.

Bodies are bytes that the store does not read. Errors are those of `storage.errors`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from storage.records import Officer

if TYPE_CHECKING:  # the terminal has lines too, and waits for no cryptography before its first prompt
    from storage.officers import Unlocked

CONFIDANT = "confidant"
"""The role of the officers who have lines, and no cases."""

LOCATORS = 2**20
"""Locators are numbers below this: two of the 1024 words of a code."""

LONGEST_BODY = 1_500_000
"""The most bytes of one message: a photo, drawn anew."""

ClosedBy = Literal["", "client", "confidant"]


class LineCode(msgspec.Struct, frozen=True):
    """What the client holds: the `locator` says which line, the `secret` opens it."""

    locator: int
    secret: str

    def __repr__(self) -> str:
        return "<LineCode>"


class Holder(msgspec.Struct, frozen=True):
    """Somebody who has opened their line: which one, and its secret key (age). It lives in their browser only."""

    scheme: str
    locator: int
    secret: str

    def __repr__(self) -> str:
        return "<Holder>"


class Word(msgspec.Struct, frozen=True):
    """One message. `by` is the confidant's id, or empty for the client; `at` the hour it came in.

    `read`: the other side has seen it. `body` is None for someone to whom it was not sealed.
    """

    by: str
    at: datetime
    read: bool
    body: bytes | None


class Line(msgspec.Struct, frozen=True):
    """A line as one side sees it. `ref` names it for confidants; `readers` are those it is sealed to (ids).

    `gone`: the client wiped it, and this is all that is left. `notified`: an address is kept, by the client's choice.
    """

    ref: str
    scheme: str
    opened: datetime
    touched: datetime
    readers: tuple[str, ...]
    closed: ClosedBy = ""
    gone: bool = False
    words: tuple[Word, ...] = ()
    notified: bool = False


class Notice(msgspec.Struct, frozen=True):
    """Somebody who wishes to hear of an answer, and has one that they have not seen. Gone with the line."""

    ref: str
    scheme: str
    locator: int
    address: str

    def __repr__(self) -> str:
        return "<Notice>"


class Lines(Protocol):
    """Lines, from both ends."""

    async def add_confidant(
        self, scheme: str, name: str, password: str, contact: str = "", *, now: datetime
    ) -> Officer:
        """A confidant with a key of their own. They read no cases, so nobody has to let them in.

        Raises `AlreadyThere`.
        """

    async def draw_locator(self) -> int:
        """A locator that no line has, for a code that is about to be shown. Nothing is reserved."""

    async def open_line(
        self, scheme: str, code: LineCode, readers: Sequence[str], *, now: datetime
    ) -> Holder:
        """A new line to these confidants (ids). Slow on purpose (argon2id).

        The same code again gives the same line. Raises `AlreadyThere` when someone else has the locator by now,
        `NoRecipient` when none of the readers is an active confidant of the scheme.
        """

    async def enter_line(self, scheme: str, code: LineCode) -> Holder | None:
        """The line behind this code, or None. As slow whether or not there is a line."""

    async def read_line(self, who: Holder, *, now: datetime) -> Line:
        """The line as its client reads it; what the confidant wrote counts as read from now on.

        Raises `UnknownLine` when it is gone.
        """

    async def say_on_line(self, who: Holder, body: bytes, once: str, *, now: datetime) -> bool:
        """The client says something; False when what carries this `once` was said already.

        Raises `UnknownLine`, `LineClosed`, `NoRecipient`.
        """

    async def close_line(self, who: Holder, *, now: datetime) -> None:
        """The client ends the talk; it can be read until its time is over. Raises `UnknownLine`."""

    async def wipe_line(self, who: Holder, *, now: datetime) -> None:
        """The client destroys it, for both sides and in every copy; a tombstone is left. Raises `UnknownLine`."""

    async def share_line(self, who: Holder, readers: Sequence[str], *, now: datetime) -> None:
        """The client chooses who reads it from here on (ids): all that was said is sealed anew, to those alone.

        Raises `UnknownLine`, and `NoRecipient` when none of them is an active confidant of the scheme.
        """

    async def notify_line(self, who: Holder, address: str) -> None:
        """Where the client wishes to hear of an answer; empty: nowhere. Raises `UnknownLine`.

        It lies sealed under the line's own key, which the program opens to send, and is gone with the line.
        """

    async def line_notices(self) -> tuple[Notice, ...]:
        """Those who asked for it and have an answer that they have neither seen nor been told of."""

    async def line_noticed(self, notice: Notice) -> None:
        """They were told; the next answer counts anew."""

    async def lines_of(self, who: "Unlocked") -> tuple[Line, ...]:
        """All lines of this confidant, those with something unread first; only what is unread is opened."""

    async def take_line(self, who: "Unlocked", ref: str, *, now: datetime) -> Line:
        """The line as this confidant reads it; what the client wrote counts as read. Raises `UnknownLine`."""

    async def answer_on_line(
        self, who: "Unlocked", ref: str, body: bytes, once: str, *, now: datetime, last: bool = False
    ) -> bool:
        """The confidant says something, and with `last` ends the talk; False when it was said already.

        Raises as `say_on_line`.
        """

    async def lend(self, kind: str, body: bytes) -> str:
        """Something for a browser to hold for us, sealed under the process key; it can go in a form or cookie."""

    async def lent(self, kind: str, held: str) -> bytes | None:
        """What a browser held for us, or None when it is not ours."""
