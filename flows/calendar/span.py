"""Counting: the last day of so many days, weeks, months, years or working days after a day."""

from calendar import monthrange
from datetime import date, timedelta

from flows.calendar import holidays, working
from flows.scheme import Office, Unit

LONGEST_UNDER_ATW: dict[str, int] = {"days": 90, "working_days": 90, "weeks": 12, "months": 3, "years": 0}
"""The longest term of each unit to which the Algemene termijnenwet applies (ATW article 4(a))."""

TWO_ORDINARY_DAYS = "two_ordinary_days"
"""The reason for a day over which only ATW article 2 makes a term run on."""

Reasons = tuple[tuple[date, str], ...]
"""Days that were passed over, each with the coded reason."""


def after(start: date, count: int, unit: Unit, office: Office) -> tuple[date, Reasons]:
    """The last day of `count` `unit` that begin the day after `start`, and the days that did not count.

    A month or year ends on the same day number, or on the month's last day when it has no such day.
    """
    match unit:
        case "working_days":
            return working.add(start, count, office)
        case "days":
            return start + timedelta(days=count), ()
        case "weeks":
            return start + timedelta(weeks=count), ()
        case "months":
            return _months_later(start, count), ()
        case "years":
            return _months_later(start, 12 * count), ()


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def under_atw(count: int, unit: Unit) -> bool:
    """Whether the ATW applies to a term that a law sets as `count` `unit`."""
    return count <= LONGEST_UNDER_ATW[unit]


def run_on(begun: date, last: date, *, three_days: bool) -> tuple[date, Reasons]:
    """Where the ATW lets a term end that would end on `last`, and the days it runs over.

    Never on a Saturday, Sunday, public holiday or decree day (article 1). A term of at least `three_days` holds
    at least two days that are none of these (article 2); the day of the event, `begun`, is no part of it.
    """
    over: list[tuple[date, str]] = []
    while True:
        day = last + timedelta(days=len(over))
        why = holidays.not_ordinary(day)
        if why is None and three_days and not _two_ordinary_days(begun, day):
            why = TWO_ORDINARY_DAYS
        if why is None:
            return day, tuple(over)
        over.append((day, why))


def _two_ordinary_days(begun: date, last: date) -> bool:
    span = (begun + timedelta(days=n) for n in range(1, (last - begun).days + 1))
    ordinary = (day for day in span if holidays.not_ordinary(day) is None)
    return next(ordinary, None) is not None and next(ordinary, None) is not None
