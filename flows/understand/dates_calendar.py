"""The calendar as people speak of it: spans of days by week, month, season, feast and school holiday.

A span is ``(first, last)``, both included. Nothing here knows what day it is. Years from 1 to 9998; what has no
span in a year (29 February, a feast outside its table) is None.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from flows import resources

Span = tuple[date, date]
Yearly = Callable[[int], Span | None]
"""What comes back every year: from a year to its span in that year, or None."""

_HOLIDAYS = "understand/words/holidays/"
_SEASON_STARTS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "winter": (12, 21)}
_SEASON_ENDS = {"spring": (6, 20), "summer": (9, 22), "autumn": (12, 20), "winter": (3, 19)}


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (anonymous Gregorian computus, Nature 13, 1876)."""
    century = year // 100
    golden = year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches, as a Gregorian date (Meeus' Julian algorithm, 1900–2099)."""
    moon = (19 * (year % 19) + 15) % 30
    offset = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
    return date(year, offset // 31, offset % 31 + 1) + timedelta(days=13)


def monday_of(day: date) -> date:
    """The Monday of the week in which `day` lies."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> Span:
    """Monday to Sunday around `day`."""
    monday = monday_of(day)
    return monday, monday + timedelta(days=6)


def month_span(year: int, month: int) -> Span:
    """The first and last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def year_span(year: int) -> Span:
    """1 January to 31 December."""
    return date(year, 1, 1), date(year, 12, 31)


def school_year_span(year: int) -> Span:
    """The school year that begins in `year`: 1 August to 31 July (Wet op het primair onderwijs, art. 1)."""
    return date(year, 8, 1), date(year + 1, 7, 31)


def week_span(year: int, week: int) -> Span | None:
    """Monday to Sunday of an ISO week (NEN-ISO 8601), or None when the year has no such week."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def add_months(day: date, months: int) -> date:
    """The same day number `months` later (or earlier); the last day of the month when there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    first, last = month_span(index // 12, index % 12 + 1)
    return min(first + timedelta(days=day.day - 1), last)


def day_in(year: int, month: int, day: int) -> date | None:
    """A calendar day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_yearly(month: int, day: int) -> Yearly:
    """A day and month of any year."""

    def of_year(year: int) -> Span | None:
        found = day_in(year, month, day)
        return None if found is None else (found, found)

    return of_year


def month_yearly(month: int) -> Yearly:
    """A month of any year."""
    return lambda year: month_span(year, month)


def season_yearly(season: str) -> Yearly:
    """``spring summer autumn winter`` by the sky; the winter of a year is the one that begins in its December."""
    start, end = _SEASON_STARTS[season], _SEASON_ENDS[season]
    wraps = 1 if end < start else 0
    return lambda year: (date(year, *start), date(year + wraps, *end))


def quarter_yearly(quarter: int) -> Yearly:
    """A quarter (1–4) of any year."""
    return lambda year: (date(year, quarter * 3 - 2, 1), month_span(year, quarter * 3)[1])


@cache
def _rules() -> dict[str, tuple[str, int]]:
    return {name: (rule, int(days)) for name, rule, days in resources.table(_HOLIDAYS + "feasts.tsv")}


@cache
def _tables() -> dict[tuple[str, int], Span]:
    """Moon feasts and school holidays by name and the year in which they begin; school: all regions together."""
    spans: dict[tuple[str, int], Span] = {}
    moon = [("", *row) for row in resources.table(_HOLIDAYS + "moon.tsv")]
    school = [
        ("school_", name, first, last)
        for name, _, first, last in resources.table(_HOLIDAYS + "school_nl.tsv")
    ]
    for prefix, name, first, last in moon + school:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        key = (prefix + name, begin.year)
        known = spans.get(key, (begin, end))
        spans[key] = (min(begin, known[0]), max(end, known[1]))
    return spans


def feast_yearly(name: str) -> Yearly:
    """A feast or school holiday by its name in the tables (``easter``, ``ramadan``, ``school_summer``).

    Raises `KeyError` at the first use when no table knows the name.
    """
    rule, days = _rules().get(name, ("table", 0))
    kind, *numbers = rule.split()

    def of_year(year: int) -> Span | None:
        first: date | None
        match kind:
            case "table":
                return _tables().get((name, year))
            case "easter":
                first = easter(year) + timedelta(days=int(numbers[0]))
            case "orthodox":
                first = orthodox_easter(year) + timedelta(days=int(numbers[0]))
            case "nth":
                month, weekday, nth = map(int, numbers)
                first = date(year, month, 1)
                first += timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
            case "kingsday":
                first = date(year, 4, 27)
                first -= timedelta(days=1 if first.weekday() == 6 else 0)
            case _:
                first = date(year, *map(int, numbers[0].split("-")))
        return first, first + timedelta(days=days - 1)

    return of_year


def part_of(span: Span, part: str) -> Span:
    """The ``begin``, ``half`` (middle) or ``eind`` of a span, as people mean it.

    A month falls apart in days 1–10, 11–20 and 21–last, a week in Monday–Tuesday, Tuesday–Thursday and
    Thursday–Sunday, a year in its first three months, its middle four and its last three, a season in thirds.
    """
    first, last = span
    days = (last - first).days + 1
    if days > 300:
        match part:
            case "begin":
                return first, add_months(first, 3) - timedelta(days=1)
            case "half":
                return add_months(first, 4), add_months(first, 8) - timedelta(days=1)
            case _:
                return add_months(last + timedelta(days=1), -3), last
    if days <= 7:
        begin, half, tail = (0, 1), (1, 3), (3, days - 1)
    elif days <= 31:
        begin, half, tail = (0, 9), (10, 19), (20, days - 1)
    else:
        begin, half, tail = (0, days // 3 - 1), (days // 3, days * 2 // 3), (days - days // 3, days - 1)
    low, high = {"begin": begin, "half": half, "eind": tail}[part]
    at = timedelta(days=1)
    return first + at * min(low, days - 1), first + at * min(high, days - 1)
