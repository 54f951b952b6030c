"""An organisation's working days: the calendar of its own terms, and of no law.

Decree days are ordinary working days here: the decree only moves the end of statutory terms.
"""

from datetime import date, timedelta

from flows.calendar import holidays
from flows.scheme import Office

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")

CLOSED_WEEKDAY = "closed_weekday"
"""The reason for a Monday to Friday on which this organisation never works."""

WEEKEND = "weekend"


def not_worked(day: date, office: Office) -> str | None:
    """Why `day` is no working day of `office`, or None when it is one.

    A holiday's id, ``closed_weekday`` or ``weekend``. On a weekday that the office never works, a holiday is
    not the reason.
    """
    if WEEKDAYS[day.weekday()] not in office.days:
        return WEEKEND if day.weekday() >= holidays.SATURDAY else CLOSED_WEEKDAY
    named = holidays.holiday(day)
    if named and ("all" in office.closed or named in office.closed):
        return named
    return None


def add(start: date, count: int, office: Office) -> tuple[date, tuple[tuple[date, str], ...]]:
    """The `count`-th working day after `start`, and the days passed over that people would expect to count.

    Those are holidays and weekdays on which the office is closed, not its weekends. `count` is 1 or more.
    Raises `ValueError` when the office works on no day.
    """
    if not office.days:
        raise ValueError("an office that never works has no working days to count")
    day, left, passed = start, count, []
    while left:
        day += timedelta(days=1)
        match not_worked(day, office):
            case None:
                left -= 1
            case "weekend":
                pass
            case why:
                passed.append((day, why))
    return day, tuple(passed)


def between(start: date, end: date, office: Office) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(not_worked(day, office) is None for day in days)
