"""What an administrator watches over: versions in use, what waits to go out, what will be destroyed. No content.

Numbers of cases and days stand here, and counts; nothing of what a case is about.
"""

from datetime import datetime
from typing import Literal, Protocol

import msgspec


class VersionInUse(msgspec.Struct, frozen=True):
    """A version of a scheme (`hash`) under which cases began: how many are `open` and `closed`, the `first` and the
    `last` of them by when they came in."""

    hash: str
    open: int
    closed: int
    first: datetime
    last: datetime


class Waiting(msgspec.Struct, frozen=True):
    """Messages that could not go out yet by a `channel` (``mail`` for reminders), after at least one try."""

    channel: str
    count: int
    tries: int


Deferral = Literal["", "hold", "unread", "term"]
"""What keeps a case whose time has come: nothing, a hold, a reply that nobody has read, or a term that goes on."""


class Going(msgspec.Struct, frozen=True):
    """A closed case that is destroyed at `at`; `why` is what defers it (`storage.records.Purged.waiting`)."""

    number: str
    at: datetime
    why: Deferral = ""


class Forecast(msgspec.Struct, frozen=True):
    """The first cases that will be destroyed until a day, in order, and how many there are in all."""

    cases: tuple[Going, ...]
    count: int


class Oversight(Protocol):
    """Looking after the whole of one scheme."""

    async def versions(self, scheme: str) -> tuple[VersionInUse, ...]:
        """The versions under which cases of this scheme began, the latest used first."""

    async def waiting(self, scheme: str) -> tuple[Waiting, ...]:
        """What waits to go out after a try that failed, by channel."""

    async def forecast(self, scheme: str, until: datetime, limit: int = 200) -> Forecast:
        """Which closed cases will be destroyed until then, those first whose time comes first."""
