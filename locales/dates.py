"""Days and spans of time, worded as exactly as they are known and no more."""

from datetime import date

from flows.answers import When
from locales.catalogues import cldr, words

_FULL = "EEEE d MMMM y"
_SHORT_OF_YEAR = "d MMMM"
_MIDDLE_OF_SEASON = {4: "spring", 5: "spring", 7: "summer", 8: "summer", 10: "autumn", 11: "autumn",
                     1: "winter", 2: "winter"}  # fmt: skip
_SEASON_DAYS = range(80, 101)


def day(on: date, locale: str) -> str:
    """A day with weekday, day, month and year: "vrijdag 8 januari 2027"."""
    return _written(on, _FULL, locale)


def short(on: date, locale: str) -> str:
    """A day for those who read many: "do 28 mei 2026"."""
    return _written(on, "EEE d MMM y", locale)


def brief(on: date, locale: str) -> str:
    """A day of which the year is plain: "25 mei"."""
    return _written(on, "d MMM", locale)


def date_of(on: date, locale: str) -> str:
    """A day without its weekday: "8 januari 2027"."""
    return _written(on, "d MMMM y", locale)


def span(when: When, locale: str) -> str:
    """A `When` in words: "dinsdag 12 mei 2026", "in de week van 11 mei 2026", "sinds maart 2026"."""
    kind, args = _phrase(when, locale)
    return words(f"time.{'since' if when.ongoing else 'in'}.{kind}", locale) % args


def _written(on: date, pattern: str, locale: str) -> str:
    """A day by a pattern of Unicode (CLDR)."""
    from babel.dates import format_date  # noqa: PLC0415 (20 ms, and no first screen has a date)

    return format_date(on, pattern, locale=cldr(locale))


def _phrase(when: When, locale: str) -> tuple[str, dict[str, str]]:
    match when.precision:
        case "week" if (when.latest - when.earliest).days < 7:
            return "week", {"day": date_of(when.earliest, locale)}
        case "month" if (when.earliest.year, when.earliest.month) == (when.latest.year, when.latest.month):
            return "month", {"month": _written(when.earliest, "MMMM y", locale)}
        case "season" if season := season_of(when):
            return season, {"year": _years(when)}
        case "year" if when.earliest.year == when.latest.year:
            return "year", {"year": str(when.earliest.year)}
        case "about" if when.earliest == when.latest:
            return "about", {"day": date_of(when.earliest, locale)}
        case _ if when.earliest == when.latest:
            return "day", {"day": day(when.earliest, locale)}
        case _:
            return "between", _ends(when, locale)


def season_of(when: When) -> str | None:
    """The season that a span is, by its middle (by calendar and by weather it begins otherwise)."""
    if (when.latest - when.earliest).days not in _SEASON_DAYS:
        return None
    return _MIDDLE_OF_SEASON.get((when.earliest + (when.latest - when.earliest) / 2).month)


def _years(when: When) -> str:
    if when.earliest.year == when.latest.year:
        return str(when.latest.year)
    return f"{when.earliest.year}–{when.latest.year}"


def _ends(when: When, locale: str) -> dict[str, str]:
    """The two ends of a span; the year is said once where it is the same."""
    one_year = when.earliest.year == when.latest.year
    exact = "EEEE " if when.precision == "days" else ""
    first, last = (exact + (_SHORT_OF_YEAR if one_year else "d MMMM y"), exact + "d MMMM y")
    return {
        "first": _written(when.earliest, first, locale),
        "last": _written(when.latest, last, locale),
    }
