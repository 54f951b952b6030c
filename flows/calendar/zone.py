"""The one time zone of all dates on a screen: Europe/Amsterdam, daylight saving included."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def day(moment: date | datetime) -> date:
    """The calendar day of `moment` in the Netherlands; a date is its own day.

    Raises `ValueError` for a datetime without a zone: nobody can say which day that is.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone, so its day in Amsterdam is unknown")
    return moment.astimezone(AMSTERDAM).date()
