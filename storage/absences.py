"""Absence of officers, and who stands in: told ahead, so that the colleague can read before the leave begins."""

from datetime import date, datetime
from typing import Protocol

import msgspec

from storage.officers import Unlocked


class Absence(msgspec.Struct, frozen=True):
    """Days (Europe/Amsterdam) on which an officer is not there, both included, and who takes over (an officer's id)."""

    first: date
    last: date
    stand_in: str

    def on(self, day: date) -> bool:
        """Whether the officer is away on this day."""
        return self.first <= day <= self.last


class Shared(msgspec.Struct, frozen=True):
    """Of an officer's open cases: how many the stand-in can read (`read`), and how many stay closed to them."""

    read: int
    closed: int


class Absences(Protocol):
    """Who is away, and who reads in their place.

    From the day on which it is announced until its last day a stand-in reads what the officer reads: the open cases
    are shared with them at once, and what comes in later is sealed to them too. Not the cases in which they had a
    part; and where the client refused somebody, none that does not go to their own role, since a client may name
    people by what they do. What was not shared yet when a process was killed is when the officer next unlocks.
    """

    async def announce(self, absence: Absence, by: Unlocked, *, now: datetime) -> Shared:
        """Keep the days of absence of `by`, in place of those that stood, and share their open cases; logged.

        Raises `UnknownOfficer` for a stand-in who is not there, who reads no cases, or who is `by`.
        """

    async def end_absence(self, officer: str, *, now: datetime) -> Shared:
        """The officer is there: nothing more is shared. What the stand-in can read by now, they can go on reading.

        Returns how that stands; 0 and 0 when no absence stood.
        """

    async def absences(self, scheme: str, *, now: datetime) -> dict[str, Absence]:
        """The absences that were announced and are not over, by officer (id)."""

    async def shared(self, officer: str, stand_in: str) -> Shared:
        """Of the open cases of an officer: how many this colleague can read as well."""
