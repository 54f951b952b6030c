"""What dates mean that make each other precise: the meanings of level 2 of the grammar."""

from datetime import date, timedelta

from flows.understand.dates_calendar import Span, add_months, day_in, monday_of, part_of, week_of
from flows.understand.dates_grammar import Match, Meanings
from flows.understand.dates_reading import DAY, UNFIT, Moment, Reading, derived


def weekday_date(found: Match) -> Reading | None:
    """ "dinsdag 12 mei": that day when it is one; else both are asked. A weekday that fits only next is future."""
    weekday, dated, *year = found.readings()
    if weekday.weekday is None:
        weekday, dated = dated, weekday
    if year:
        dated = _of_year(dated, year[0], found.moment) or dated
    wanted, span = weekday.weekday, dated.span
    if wanted is None or span is None or dated.status in UNFIT:
        return dated.but(tentative="")
    day = span[0]
    if day.weekday() == wanted:
        return dated.but(kind="NUMD", tentative="", yearly=None)
    others: list[Span] = []
    if dated.kind == "DOM":
        others = [(other, other) for other in _same_number(day) if other.weekday() == wanted]
    if dated.yearly is not None:
        for tried in (found.moment.today.year, found.moment.today.year - 1):
            other = dated.yearly(tried)
            if other is not None and other[0].weekday() == wanted:
                if other[0] > found.moment.today:
                    return Reading("NUMD", other, status="future")
                others.append(other)
    nearest = min(
        (day + step * DAY for step in range(-3, 4)), key=lambda near: (near.weekday() != wanted, near)
    )
    candidates = tuple(one for one in (span, (nearest, nearest), *others) if one[0] <= found.moment.today)
    return Reading("NUMD", span, status="weekday_conflict", candidates=candidates)


def _same_number(day: date) -> list[date]:
    """The same day of the month in the three months before."""
    months = (add_months(day, -back) for back in range(1, 4))
    return [other for other in months if other.day == day.day]


def weekday_in(found: Match) -> Reading | None:
    """ "vorige week dinsdag", "dinsdag in week 18", "twee weken geleden op vrijdag"."""
    read = found.readings()
    if len(read) != 2:  # a bare "geleden" says no length
        return None
    first, second = read
    weekday, week = (first, second) if first.weekday is not None else (second, first)
    if weekday.weekday is None or week.span is None:
        return None
    begin = week.span[0]
    if week.kind == "AGO":
        if week.duration is None or week.duration.unit not in ("w", "d"):
            return None
        begin = week.span[0] + (week.span[1] - week.span[0]) // 2
    day = monday_of(begin) + weekday.weekday * DAY
    return found.moment.reading("DAYA", (day, day), "day")


def weekend_in(found: Match) -> Reading | None:
    """ "vorige week in het weekend"."""
    week = next(one for one in found.readings() if one.kind == "WEEK")
    if week.span is None:
        return None
    saturday = monday_of(week.span[0]) + 5 * DAY
    return found.moment.reading("WKND", (saturday, saturday + DAY), "days")


def in_year(found: Match) -> Reading | None:
    """ "mei vorig jaar", "kerst 2024", "vorig jaar zomer". A winter of a year may be either; it is asked."""
    read = found.readings()
    if len(read) != 2:  # a bare "geleden" says no length
        return None
    first, second = read
    year, other = (first, second) if first.kind in ("YR", "AGO") else (second, first)
    return _of_year(other, year, found.moment)


def _of_year(other: Reading, year: Reading, moment: Moment) -> Reading | None:
    if other.yearly is None or year.span is None:
        return None
    number = year.span[0].year
    if year.kind == "AGO":
        back = year.duration
        if back is None or back.unit != "y" or back.low != back.high or back.low % 1:
            return None
        number = moment.today.year - int(back.low)
    span = other.yearly(number)
    reading = moment.reading(other.kind, span, other.precision)
    if other.kind == "SEA" and span is not None and span[1].year != number:
        before = other.yearly(number - 1)
        if before is not None and span[0] <= moment.today:
            return reading.but(status="ambiguous", candidates=(before, span))
        return moment.reading(other.kind, before, other.precision)
    return reading


def previous_of(found: Match) -> Reading | None:
    """ "afgelopen maart", "vorige zomer": the last one that is over, or is going on when it is "afgelopen"."""
    reading = found.readings()[0]
    if reading.yearly is None or reading.span is None:
        return reading
    span = reading.span
    if found.get("LAST") is not None and span[1] >= found.moment.today:
        earlier = reading.yearly(span[0].year - 1)
        return found.moment.reading(reading.kind, earlier, reading.precision)
    return reading.but(tentative="")


def this_of(found: Match) -> Reading | None:
    """ "deze zomer", "dit voorjaar": this year's; the winter that began last year counts as this one."""
    reading = found.readings()[0]
    if reading.yearly is None:
        return None
    today = found.moment.today
    span = reading.yearly(today.year)
    if span is not None and span[1].year > today.year and span[0] > today:
        span = reading.yearly(today.year - 1)
    return found.moment.reading(reading.kind, span, reading.precision)


def next_of(found: Match) -> Reading:
    """ "volgende zomer"."""
    return found.readings()[0].but(status="future", tentative="", yearly=None)


def part(found: Match) -> Reading | None:
    """ "begin maart", "eind vorig jaar", "half juni 2025"."""
    whole = found.readings()[0]
    which = found.text("BEGIN")
    if len(found.readings()) == 2:
        joined = in_year(found)
        whole = whole if joined is None else joined
    if whole.kind == "YR" and whole.span is not None and whole.span[1] >= found.moment.today:
        year = whole.span[0].year
        whole = whole.but(span=(whole.span[0], date(year, 12, 31)))
    elif whole.kind in ("WEEK", "PMON") and whole.span is not None:
        whole = whole.but(span=_whole(whole))
    return derived(whole, "PARTOF", lambda span: part_of(span, which), found.moment)


def _whole(reading: Reading) -> Span:
    """A week or month that was cut off at today, whole again."""
    assert reading.span is not None
    first = reading.span[0]
    if reading.kind == "WEEK":
        return week_of(first)
    return first, add_months(first, 1) - DAY


def some_day_in(found: Match) -> Reading | None:
    """ "een dinsdag in maart": which one is not said, so somewhere in March."""
    whole = next((one for one in found.readings() if one.weekday is None), None)
    return None if whole is None else whole.but(tentative="")


def agreeing(found: Match) -> Reading | None:
    """ "gisteren 19 mei", "vorige week dinsdag 12 mei": one date said twice. When they differ it is asked which."""
    first, second = found.readings()
    if first.status in UNFIT or second.status in UNFIT or first.span is None or second.span is None:
        return None
    for one in first.candidates or (first.span,):
        for other in _possible(second, one):
            begin, end = max(one[0], other[0]), min(one[1], other[1])
            if begin <= end and "future" not in (first.status, second.status):
                return found.moment.reading("NUMD", (begin, end), "day" if begin == end else "days")
    if found.get("SEP") is not None or first.status or second.status or second.kind == "DMN":
        return None
    return Reading("NUMD", first.span, status="weekday_conflict", candidates=(first.span, second.span))


def _possible(reading: Reading, near: Span) -> tuple[Span, ...]:
    """What a date can be beside another: a weekday that is today's too, a day of a year that was not said."""
    spans = reading.candidates or (reading.span,) if reading.span is not None else ()
    other = reading.yearly(near[0].year) if reading.yearly is not None else None
    return (*(one for one in spans if one is not None), *((other,) if other is not None else ()))


def night_between(found: Match) -> Reading | None:
    """ "in de nacht van maandag op dinsdag"."""
    first, second = found.readings()
    if first.weekday is None or second.weekday is None or (first.weekday + 1) % 7 != second.weekday:
        return None
    today = found.moment.today
    last = today - ((today.weekday() - second.weekday) % 7) * DAY
    return Reading("SPAN", (last - DAY, last), "days")


def day_in_month(found: Match) -> Reading | None:
    """ "de 12e van vorige maand"."""
    day, month = sorted(found.readings(), key=lambda one: one.kind != "DOM")
    if day.span is None or month.span is None:
        return None
    exact = day_in(month.span[0].year, month.span[0].month, day.span[0].day)
    return found.moment.reading("NUMD", None if exact is None else (exact, exact), "day")


def shifted_ago(found: Match) -> Reading | None:
    """ "vandaag een week geleden", "maandag twee weken geleden"."""
    read = found.readings()
    if len(read) != 2:  # a bare "geleden" says no length
        return None
    day, back = read
    length = back.duration
    if (
        day.span is None
        or length is None
        or length.manner != "exact"
        or length.unit in ("min", "quarter_hour", "h")
    ):
        return None
    days = {"d": 1, "w": 7}.get(length.unit)
    if days is None:
        exact = add_months(day.span[0], -round(length.low * (12 if length.unit == "y" else 1)))
    else:
        exact = day.span[0] - timedelta(days=round(length.low * days))
    if (
        day.weekday is not None
        and length.unit == "w"
        and day.weekday > found.moment.today.weekday()
        and length.low > 1
    ):
        other = exact + 7 * DAY
        return Reading(
            "DAYA", (exact, exact), status="ambiguous", candidates=((exact, exact), (other, other))
        )
    return found.moment.reading("DAYA", (exact, exact), "day")


def with_part(found: Match) -> Reading | None:
    """ "3 mei 's avonds", "gisteren om half drie"; a night may run into the next day."""
    reading = next((one for one in found.readings() if one.kind != "TIME"), None)
    if reading is None or reading.span is None or found.get("PART") != "n":
        return reading
    first, last = reading.span
    if first != last or reading.status:
        return reading
    return reading.but(span=(first, min(first + DAY, found.moment.today)), precision="days", yearly=None)


def with_jl(found: Match) -> Reading:
    """ "3 mei jl.", "maandag jl.": the last one."""
    reading = found.readings()[0]
    if reading.weekday is not None:
        return reading.but(kind="DAYA", status="", candidates=())
    return reading.but(tentative="")


def with_time(found: Match) -> Reading:
    """ "om 8 uur 's avonds"."""
    return found.readings()[0]


MEANINGS: Meanings = {
    meaning.__name__: meaning
    for meaning in (
        weekday_date, weekday_in, weekend_in, in_year, previous_of, this_of, next_of, part, day_in_month,
        shifted_ago, some_day_in, agreeing, night_between, with_part, with_jl, with_time,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
