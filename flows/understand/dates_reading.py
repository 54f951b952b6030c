"""What an expression of time was understood to mean, before it becomes a finding; and the moment it is seen from."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from flows.answers import Precision
from flows.understand.dates_calendar import Span, Yearly, add_months, month_span

Status = Literal["", "unknown_start", "future", "impossible_date", "weekday_conflict", "ambiguous"]

DAY = timedelta(days=1)
UNFIT = ("impossible_date", "weekday_conflict")
"""The statuses of what has no place in the calendar."""

_LOOK_BACK = 8  # years: far enough for 29 February over a century year


class Reading(msgspec.Struct):
    """A span of days, or why there is none.

    `kind` is what the grammar may join it to (``DAY`` ``WDAY`` ``MON`` ``YR`` ``WEEK`` ``DUR`` …). `yearly` is set
    while its year was not said. `tentative` ones count only beside a word that shows that a date is meant, or as
    the whole answer. `candidates` are what is asked instead of guessed.
    """

    kind: str
    span: Span | None = None
    precision: Precision = "day"
    status: Status = ""
    yearly: Yearly | None = None
    weekday: int | None = None
    ongoing: bool = False
    tentative: str = ""
    candidates: tuple[Span, ...] = ()
    duration: "Duration | None" = None

    def classes(self) -> dict[str, object]:
        """What the grammar sees of it."""
        if self.kind in ("DUR", "DURON", "TIME", "NONE"):
            return {self.kind: self}
        if self.span is None and self.status not in (
            "future",
            "impossible_date",
            "weekday_conflict",
            "ambiguous",
        ):
            return {"UNKNOWN": self}
        found: dict[str, object] = {self.kind: self, "DATE": self}
        if self.yearly is not None:
            found["YEARLESS"] = self
        return found

    def but(self, **changes: object) -> "Reading":
        """The same with some things different."""
        return msgspec.structs.replace(self, **changes)


class Duration(msgspec.Struct):
    """A length of time: `low` to `high` units; `manner` is ``exact about more less few loose``."""

    low: float
    high: float
    unit: str
    manner: str = "exact"


class Moment(msgspec.Struct):
    """The moment that a text is read: now, and what is known or asked."""

    now: datetime
    today: date

    def latest(self, yearly: Yearly) -> Span | None:
        """The last time that something yearly began, up to today."""
        for year in range(self.today.year, self.today.year - _LOOK_BACK, -1):
            span = yearly(year)
            if span is not None and span[0] <= self.today:
                return span
        return None

    def reading(
        self, kind: str, span: Span | None, precision: Precision, yearly: Yearly | None = None
    ) -> Reading:
        """A reading of a span: cut off at today, future when it has not begun, impossible when there is none."""
        if span is None:
            return Reading(kind, None, precision, "impossible_date", yearly)
        first, last = span
        if first > self.today:
            return Reading(kind, span, precision, "future", yearly)
        return Reading(kind, (first, min(last, self.today)), precision, "", yearly)

    def recurring(self, kind: str, yearly: Yearly, precision: Precision) -> Reading:
        """A reading of something yearly: the last time."""
        return self.reading(kind, self.latest(yearly), precision, yearly)

    def ago(self, length: Duration) -> tuple[Span, Precision]:
        """When something lay that happened so long ago. Exact for days and one week, wider for what is longer."""
        months_or_years = length.unit in ("m", "y", "decade")
        if length.manner == "few":
            early, late = self._few(length.unit)
        elif length.manner == "loose" and months_or_years:
            early, late = (
                self._back(length.high + 0.5, length.unit),
                self._back(length.low - 0.5, length.unit),
            )
        elif length.manner == "exact" and length.unit == "y" and 2 <= length.low == length.high < 3:
            middle = self._back(length.high, "y")
            early, late = add_months(middle, -1).replace(day=1), add_months(middle, 2).replace(day=1)
        else:
            early, late = self._back(length.high, length.unit), self._back(length.low, length.unit)
            early -= _margins(length.high, length.unit, length.manner)[0]
            late += _margins(length.low, length.unit, length.manner)[1]
        late = min(late, self.today)
        return (early, late), "day" if early == late else "about"

    def _back(self, number: float, unit: str) -> date:
        """So many units ago."""
        match unit:
            case "min" | "quarter_hour" | "h":
                minutes = number * {"min": 1, "quarter_hour": 15, "h": 60}[unit]
                return (self.now - timedelta(minutes=min(minutes, 1e6))).date()
            case "d" | "w":
                return self.today - timedelta(days=round(min(number, 5000) * (1 if unit == "d" else 7)))
            case _:
                months = min(number, 100) * {"m": 1, "y": 12, "decade": 120}[unit]
                whole = min(int(months), 1200)
                return add_months(self.today, -whole) - timedelta(days=round((months - whole) * 30))

    def _few(self, unit: str) -> Span:
        """A few units ago: two to four of them, a little wider."""
        match unit:
            case "d":
                return self.today - 5 * DAY, self.today - 2 * DAY
            case "w":
                return self.today - 30 * DAY, self.today - 10 * DAY
            case "m":
                return add_months(self.today, -4) - 10 * DAY, add_months(self.today, -2) + 15 * DAY
            case "y" | "decade":
                return add_months(self.today, -54), add_months(self.today, -18)
            case _:
                return self.today, self.today


def _margins(number: float, unit: str, manner: str) -> tuple[timedelta, timedelta]:
    """How many days earlier and later than the words say it may have been.

    People round: the longer ago, the wider. "Twee weken" is a week around the day, "een half jaar" a month,
    "twee jaar" a quarter.
    """
    months = number * {"m": 1, "y": 12, "decade": 120}.get(unit, 0)
    if unit == "d":
        base = 0.0 if number < 8 else 1 if number < 20 else 2
        whole = 1.0
    elif unit == "w":
        base = 0.0 if number <= 1 else 3 if number <= 4 else 4 if number <= 6 else 7
        whole = 7.0
    elif months:
        steps = (
            (1, 5),
            (1.5, 4.5),
            (2, 8),
            (3, 10),
            (4, 12),
            (5, 13),
            (8, 15),
            (12, 30),
            (18, 38),
            (24, 45),
            (60, 90),
        )
        base = next((float(days) for most, days in steps if months <= most), 183.0)
        whole = 30.0 if unit == "m" else 365.0
    else:
        return timedelta(0), timedelta(0)
    before = after = base
    match manner:
        case "about":
            wider = whole * 0.3 if number <= 1 else whole * 0.55
            wider = max(1.0, wider if unit != "d" else min(3.0, number * 0.3))
            before = after = max(base, min(wider, 183))
        case "loose":
            wider = 0.5 * whole * (2 if unit == "w" else 1)
            before = after = max(base, wider if unit != "d" else max(1.0, min(5.0, number * 0.3)))
        case "more":
            share = (0.7 if unit == "w" else 0.5) * min(max(number, 1), 2) ** 0.5
            before, after = max(base, whole * share), -1.0
        case "less":
            before, after = 0.0, max(base, whole * (0.5 if unit == "w" else 0.25))
        case _:
            pass
    return timedelta(days=int(before)), timedelta(days=int(after + 0.5))


def month_before(day: date, months: int) -> Span:
    """The whole month that lies `months` from the month of `day`."""
    other = add_months(day.replace(day=1), months)
    return month_span(other.year, other.month)


def derived(reading: Reading, kind: str, change: Callable[[Span], Span], moment: Moment) -> Reading:
    """`reading` with its span changed; when its year was not said, the last time that this began."""
    if reading.status in UNFIT or reading.span is None:
        return reading.but(kind=kind)
    yearly = reading.yearly
    if yearly is None:
        first, last = change(reading.span)
        return moment.reading(kind, (first, last), _precision(first, last)).but(ongoing=reading.ongoing)

    def of_year(year: int) -> Span | None:
        span = yearly(year)
        return None if span is None else change(span)

    span = moment.latest(of_year)
    return moment.reading(kind, span, "day" if span is None else _precision(*span), of_year)


def _precision(first: date, last: date) -> Precision:
    return "day" if first == last else "days"
