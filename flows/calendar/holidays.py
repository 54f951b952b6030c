"""Public holidays and the days equated with them: the calendar of the Algemene termijnenwet (ATW).

Two tables beside this module say which days these are: ``holidays.tsv`` (rules, computed for 2000-2100) and
``decree_days.tsv`` (dates from royal decrees, never computed).
"""

from datetime import date, timedelta
from functools import cache

from flows import resources

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that ``holidays.tsv`` covers."""

SATURDAY, SUNDAY = 5, 6

DECREE = "decree"
"""The reason for a day that a royal decree equates with a public holiday."""


def easter(year: int) -> date:
    """Easter Sunday of `year` in the Gregorian calendar: the first Sunday after the paschal full moon.

    The moon is reckoned by the Church's tables: `golden` is the year's place in the 19-year cycle, `moon` the
    days from 21 March to the full moon (Council of Nicaea; Clavius 1582).
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, since_leap = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - drift + 15) % 30
    to_sunday = (32 + 2 * since_leap + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    return date(year, 3, 22) + timedelta(days=moon + to_sunday - 7 * late)


def _observed(rule: str, moves: str, year: int) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    month, day = rule.split("-")
    observed = date(year, int(month), int(day))
    # The monarch's birthday is never kept on a Sunday (Koningsdag, since 1980: the Saturday before).
    if moves == "monarch" and observed.weekday() == SUNDAY:
        return observed - timedelta(days=1)
    return observed


@cache
def of_year(year: int) -> dict[date, str]:
    """The public holidays of `year`, by day: ``{date(2026, 4, 27): "kings_day", …}``.

    Two on one day (Ascension on Liberation Day, 2016) count as the first in the table. Raises `ValueError`
    outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the holiday table covers {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    days: dict[date, str] = {}
    for id, rule, moves, begins, ends, _source in resources.table("calendar/holidays.tsv"):
        if int(begins) <= year <= int(ends):
            days.setdefault(_observed(rule, moves, year), id)
    return days


@cache
def ids() -> tuple[str, ...]:
    """The id of every public holiday, in the order of the table: what `Office.closed` may name besides ``all``."""
    return tuple(row[0] for row in resources.table("calendar/holidays.tsv"))


@cache
def decree_days() -> frozenset[date]:
    """The days that royal decrees equate with public holidays (ATW article 3(3))."""
    return frozenset(date.fromisoformat(row[0]) for row in resources.table("calendar/decree_days.tsv"))


def holiday(day: date) -> str | None:
    """The id of the public holiday on `day`, or None. A decree day is not one."""
    return of_year(day.year).get(day)


def not_ordinary(day: date) -> str | None:
    """Why the ATW does not let a term end on `day`, or None when it may (article 1(1)).

    A holiday's id, ``decree``, ``saturday`` or ``sunday``; a holiday in a weekend is named as the holiday.
    """
    if named := holiday(day):
        return named
    if day in decree_days():
        return DECREE
    return {SATURDAY: "saturday", SUNDAY: "sunday"}.get(day.weekday())
