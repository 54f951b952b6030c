"""Terms by walking a calendar one day at a time: the independent computation beside `flows.terms`.

It imports nothing of the program, knows Easter from a printed table, and never adds weeks or months: it only
goes to the next day and looks at it. Slow and plain on purpose.
"""

from collections.abc import Collection
from datetime import date, timedelta

EASTER_SUNDAYS = (
    "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01",
    "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25",
)  # fmt: skip

DECREED = {
    date.fromisoformat(day)
    for day in (
        "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30", "2026-01-02", "2026-05-15",
        "2027-05-07", "2028-04-28", "2028-05-26",
    )
}  # fmt: skip


def _public_holidays() -> set[date]:
    days = set()
    for text in EASTER_SUNDAYS:
        sunday = date.fromisoformat(text)
        days |= {sunday + timedelta(days=n) for n in (-2, 1, 39, 50)}
        days |= {date(sunday.year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))}
        birthday = date(sunday.year, 4, 27)
        days.add(date(sunday.year, 4, 26) if birthday.isoweekday() == 7 else birthday)
    return days


HOLIDAYS = _public_holidays()
CALENDAR = [date(2023, 1, 1) + timedelta(days=n) for n in range((date(2035, 12, 31) - date(2023, 1, 1)).days)]
PLACE = {day: place for place, day in enumerate(CALENDAR)}


def ordinary(day: date) -> bool:
    """A day on which a term of a law may end."""
    return day.isoweekday() < 6 and day not in HOLIDAYS and day not in DECREED


def worked(day: date, weekdays: Collection[int]) -> bool:
    """A working day of an office that is open on these ISO weekdays and closed on every public holiday."""
    return day.isoweekday() in weekdays and day not in HOLIDAYS


def walk(start: date, count: int, unit: str, weekdays: Collection[int] = range(1, 6)) -> date:
    """The last day of the term, before any law makes it run on."""
    place, passed = PLACE[start], 0
    while True:
        place += 1
        day = CALENDAR[place]
        match unit:
            case "working_days":
                passed += worked(day, weekdays)
                if passed == count:
                    return day
            case "days":
                passed += 1
                if passed == count:
                    return day
            case "weeks":
                passed += day.isoweekday() == start.isoweekday()
                if passed == count:
                    return day
            case "months" | "years":
                passed += day.day == 1
                months = count if unit == "months" else count * 12
                if passed == months and (day.day == start.day or CALENDAR[place + 1].day == 1):
                    return day


def run_on(start: date, last: date, count: int, unit: str) -> date:
    """Where the Algemene termijnenwet lets it end."""
    longest = {"days": 90, "working_days": 90, "weeks": 12, "months": 3, "years": 0}[unit]
    if count > longest:
        return last
    three_days = unit in ("weeks", "months") or count >= 3
    place = PLACE[last]
    while True:
        day = CALENDAR[place]
        term = CALENDAR[PLACE[start] + 1 : place + 1]
        if ordinary(day) and (not three_days or sum(map(ordinary, term[:14])) >= 2):
            return day
        place += 1


def last_day(
    start: date, count: int, unit: str, *, statutory: bool, weekdays: Collection[int] = range(1, 6)
) -> date:
    """The day by which it is due."""
    last = walk(start, count, unit, weekdays)
    return run_on(start, last, count, unit) if statutory else last
