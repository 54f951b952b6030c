"""The one clock: what time it is in Amsterdam, and how time is written on the command line."""

import re
from datetime import UTC, datetime, timedelta

from flows.calendar.zone import AMSTERDAM

LONGEST = timedelta(days=3660)
"""The longest that time may be made to pass at once."""

_PART = re.compile(r"\s*(\d{1,6})\s*([a-z]+)\s*")
_UNITS = {
    "m": timedelta(minutes=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "u": timedelta(hours=1),
    "d": timedelta(days=1), "w": timedelta(weeks=1),
}  # fmt: skip


class Unreadable(ValueError):
    """This is not a time as it is written here; the message says how it is."""


def now() -> datetime:
    """The time it is, with its zone."""
    return datetime.now(AMSTERDAM)


def instant(text: str) -> datetime:
    """The moment in ISO text, in Amsterdam unless it names a zone. Raises `Unreadable`."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Unreadable(f"'{text}' is not a time. Write it as 2026-05-20T12:00 or 2026-05-20.") from None
    return read.replace(tzinfo=AMSTERDAM) if read.tzinfo is None else read.astimezone(AMSTERDAM)


def duration(text: str) -> timedelta:
    """A length of time: ``3d``, ``2w``, ``1d12h``, ``90m``. Raises `Unreadable`."""
    at, total = 0, timedelta()
    lowered = text.strip().lower()
    while lowered and at < len(lowered):
        part = _PART.match(lowered, at)
        if part is None or part[2] not in _UNITS:
            break
        total += int(part[1]) * _UNITS[part[2]]
        at = part.end()
    if not lowered or at < len(lowered) or not timedelta() < total <= LONGEST:
        raise Unreadable(f"'{text}' is not a length of time. Write it as 3d, 2w, 12h or 30m.")
    return total


def later(at: datetime, by: timedelta) -> datetime:
    """The moment `by` later: whole days keep the time on the wall, hours are real hours (summer time)."""
    days, rest = timedelta(days=by.days), timedelta(seconds=by.seconds)
    on_the_wall = at + days
    if not rest:
        return on_the_wall
    return (on_the_wall.astimezone(UTC) + rest).astimezone(AMSTERDAM)
