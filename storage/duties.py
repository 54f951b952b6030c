"""Duties: terms of a whole organisation, of no case (`flows.periodic`). Nothing here has content."""

from datetime import datetime
from typing import Protocol

import msgspec

from flows.events import Deadline

SLASH = "/"
"""Stands in the number of a duty and in that of no case."""


class Duty(msgspec.Struct, frozen=True):
    """A duty of an organisation for one period; `done` says when it was met, and `by` by whom (an officer's id)."""

    scheme: str
    deadline: Deadline
    done: datetime | None = None
    by: str = ""

    @property
    def number(self) -> str:
        """What stands in place of a case's number where it is reminded of."""
        return number_of(self.scheme, self.deadline.why.start)


def number_of(scheme: str, start: str) -> str:
    """The number of a duty for the period that ended on a day (ISO): ``bij-elkaar/2026-12-31``."""
    return f"{scheme}{SLASH}{start}"


def start_of(number: str) -> str | None:
    """The last day of the period of a duty; None for the number of a case."""
    return number.rpartition(SLASH)[2] if SLASH in number else None


class Duties(Protocol):
    """What an organisation has to do, whatever its cases."""

    async def begin_duty(self, scheme: str, deadline: Deadline, *, now: datetime) -> bool:
        """A period ended, and this began with its reminders; False when it had begun before."""

    async def duties(self, scheme: str) -> tuple[Duty, ...]:
        """All duties of a scheme, those that were met too, by date."""

    async def meet_duty(self, number: str, term: str, officer: str, *, now: datetime) -> bool:
        """It was done; logged. False when it was done before or is not there, or the officer is of another scheme."""
