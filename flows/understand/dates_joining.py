"""What dates mean together: the meanings of levels 2 to 4 of the grammar."""

from collections.abc import Callable
from datetime import date, timedelta

from flows.answers import Precision
from flows.understand.dates_calendar import Span, add_months, day_in, monday_of, part_of, week_of
from flows.understand.dates_grammar import Match
from flows.understand.dates_meaning import MEANINGS as ALONE
from flows.understand.dates_meaning import vague
from flows.understand.dates_reading import DAY, Moment, Reading

_UNFIT = ("impossible_date", "weekday_conflict")


def _derived(reading: Reading, kind: str, change: Callable[[Span], Span], moment: Moment) -> Reading:
    """`reading` with its span changed; when its year was not said, the last time that this began."""
    if reading.status in _UNFIT or reading.span is None:
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


def weekday_date(found: Match) -> Reading | None:
    """ "dinsdag 12 mei": that day when it is one; else both are asked. A weekday that fits only next is future."""
    weekday, dated = found.readings()
    if weekday.weekday is None:
        weekday, dated = dated, weekday
    wanted, span = weekday.weekday, dated.span
    if wanted is None or span is None or dated.status in _UNFIT:
        return dated.but(tentative="")
    day = span[0]
    if day.weekday() == wanted:
        return dated.but(kind="NUMD", tentative="", yearly=None)
    others: list[Span] = []
    if dated.yearly is not None:
        for year in (found.moment.today.year, found.moment.today.year - 1):
            other = dated.yearly(year)
            if other is not None and other[0].weekday() == wanted:
                if other[0] > found.moment.today:
                    return Reading("NUMD", other, status="future")
                others.append(other)
    nearest = min(
        (day + step * DAY for step in range(-3, 4)), key=lambda near: (near.weekday() != wanted, near)
    )
    candidates = tuple(one for one in (span, (nearest, nearest), *others) if one[0] <= found.moment.today)
    return Reading("NUMD", span, status="weekday_conflict", candidates=candidates)


def weekday_in(found: Match) -> Reading | None:
    """ "vorige week dinsdag", "dinsdag in week 18", "twee weken geleden op vrijdag"."""
    first, second = found.readings()
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
    week = found.readings()[0]
    if week.span is None:
        return None
    saturday = monday_of(week.span[0]) + 5 * DAY
    return found.moment.reading("WKND", (saturday, saturday + DAY), "days")


def in_year(found: Match) -> Reading | None:
    """ "mei vorig jaar", "kerst 2024", "vorig jaar zomer". A winter of a year may be either; it is asked."""
    first, second = found.readings()
    year, other = (first, second) if first.kind == "YR" else (second, first)
    if other.yearly is None or year.span is None:
        return None
    number = year.span[0].year
    span = other.yearly(number)
    reading = found.moment.reading(other.kind, span, other.precision)
    if other.kind == "SEA" and span is not None and span[1].year != number:
        before = other.yearly(number - 1)
        if before is not None and span[0] <= found.moment.today:
            return reading.but(status="ambiguous", candidates=(before, span))
        return found.moment.reading(other.kind, before, other.precision)
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
    return _derived(whole, "PARTOF", lambda span: part_of(span, which), found.moment)


def _whole(reading: Reading) -> Span:
    """A week or month that was cut off at today, whole again."""
    assert reading.span is not None
    first = reading.span[0]
    if reading.kind == "WEEK":
        return week_of(first)
    return first, add_months(first, 1) - DAY


def day_in_month(found: Match) -> Reading | None:
    """ "de 12e van vorige maand"."""
    day, month = found.readings()
    if day.span is None or month.span is None:
        return None
    exact = day_in(month.span[0].year, month.span[0].month, day.span[0].day)
    return found.moment.reading("NUMD", None if exact is None else (exact, exact), "day")


def shifted_ago(found: Match) -> Reading | None:
    """ "vandaag een week geleden", "maandag twee weken geleden"."""
    day, back = found.readings()
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


def week_with(found: Match) -> Reading:
    """ "in de week van 4 mei"."""
    return _derived(found.readings()[0], "WEEK", lambda span: week_of(span[0]), found.moment).but(
        precision="week"
    )


def weekend_with(found: Match) -> Reading:
    """ "het weekend van 9 mei"."""

    def around_it(span: Span) -> Span:
        saturday = monday_of(span[0]) + 5 * DAY
        return saturday, saturday + DAY

    return _derived(found.readings()[0], "WKND", around_it, found.moment)


def _ends(first: Reading, second: Reading, moment: Moment) -> tuple[Span, Span] | None:
    """The spans of two dates said together: a weekday follows the one before it, a year said once is for both."""
    if first.span is None or second.span is None or first.status in _UNFIT or second.status in _UNFIT:
        return None
    one, other = first.span, second.span
    if first.weekday is not None and second.weekday is not None and first.kind == second.kind == "WDAY":
        day = one[0] + ((second.weekday - first.weekday) % 7 or 7) * DAY
        if day > moment.today and first.weekday != second.weekday:
            one, day = (one[0] - 7 * DAY, one[1] - 7 * DAY), day - 7 * DAY
        return one, (day, day)
    if first.yearly is not None and one[0] > other[0]:
        for year in (other[0].year, other[0].year - 1):
            span = first.yearly(year)
            if span is not None and span[0] <= other[0]:
                one = span
                break
    elif first.yearly is not None and second.yearly is None and first.kind != "SPAN":
        span = first.yearly(other[0].year)
        one = span if span is not None and span[0] <= other[0] else one
    return (one, other) if one[0] <= other[0] else None


def span(found: Match) -> Reading | None:
    """ "van 28 april tot 2 mei", "tussen kerst en oud en nieuw"."""
    first, second = found.readings()
    if "impossible_date" in (first.status, second.status):
        return Reading("SPAN", status="impossible_date")
    if first.kind == "WDAY" and second.kind in ("DAYA", "NUMD") and first.weekday is not None and second.span:
        day = second.span[0] - ((second.span[0].weekday() - first.weekday) % 7) * DAY
        first = first.but(kind="DAYA", span=(day, day))
    ends = _ends(first, second, found.moment)
    if ends is None:
        return None
    begin, end = ends[0][0], ends[1][1]
    return found.moment.reading("SPAN", (begin, end), "days")


def span_in_week(found: Match) -> Reading | None:
    """ "van maandag tot woensdag vorige week"."""
    first, last, week = found.readings()
    if first.weekday is None or last.weekday is None or week.span is None or first.weekday > last.weekday:
        return None
    monday = monday_of(week.span[0])
    return found.moment.reading("SPAN", (monday + first.weekday * DAY, monday + last.weekday * DAY), "days")


def both(found: Match) -> Reading | None:
    """ "maandag en dinsdag", "eind april begin mei": one span when they touch, else two dates."""
    first, second = found.readings()
    ends = _ends(first, second, found.moment)
    if ends is None or ends[1][0] - ends[0][1] > DAY or first.kind == "SINCE_":
        return None
    return found.moment.reading("SPAN", (ends[0][0], max(ends[0][1], ends[1][1])), "days")


def either(found: Match) -> Reading | None:
    """ "maart of april": either when they touch; else it is asked which."""
    first, second = found.readings()
    joined = both(found)
    if joined is not None:
        return joined.but(precision="about")
    if first.span is None or second.span is None or first.status or second.status:
        return None
    return Reading("SPAN", first.span, first.precision, "ambiguous", candidates=(first.span, second.span))


def _after(found: Match) -> bool:
    return found.get("AFTER") is not None


def day_beside(found: Match) -> Reading | None:
    """ "de dag na hemelvaart", "de week voor kerst"."""
    unit, after = found.get("UNIT"), _after(found)

    def beside(span: Span) -> Span:
        first, last = span
        if unit == "d":
            day = last + DAY if after else first - DAY
            return day, day
        return week_of(last + 7 * DAY) if after else week_of(first - 7 * DAY)

    if unit not in ("d", "w"):
        return vague(found)
    return _derived(found.readings()[0], "DAYA" if unit == "d" else "WEEK", beside, found.moment)


def length_beside(found: Match) -> Reading | None:
    """ "een week na pasen", "twee dagen voor kerst", "een paar dagen na 3 mei"."""
    length, dated = found.readings()
    back, after = length.duration, _after(found)
    if back is None or back.unit not in ("d", "w", "m"):
        return vague(found)
    days = {"d": 1, "w": 7, "m": 30}[back.unit]
    low, high = round(back.low * days), round(back.high * days)
    if back.manner == "few":
        low, high = 2 * days, 5 * days

    def beside(span: Span) -> Span:
        first, last = span
        if after:
            return first + low * DAY, last + high * DAY
        return first - high * DAY, first - low * DAY

    return _derived(dated, "DAYA", beside, found.moment)


def weekday_beside(found: Match) -> Reading | None:
    """ "de maandag na pasen"."""
    weekday, dated = found.readings()
    wanted, after = weekday.weekday, _after(found)
    if wanted is None or dated.span is None:
        return None

    def beside(span: Span) -> Span:
        if after:
            day = span[0] + ((wanted - span[0].weekday()) % 7 or 7) * DAY
        else:
            day = span[0] - ((span[0].weekday() - wanted) % 7 or 7) * DAY
        return day, day

    return _derived(dated, "DAYA", beside, found.moment)


def weekend_beside(found: Match) -> Reading | None:
    """ "het weekend na pasen"."""
    after = _after(found)

    def beside(span: Span) -> Span:
        saturday = monday_of(span[1] if after else span[0]) + 5 * DAY
        if after and saturday <= span[1]:
            saturday += 7 * DAY
        if not after and saturday >= span[0] - DAY:
            saturday -= 7 * DAY
        return saturday, saturday + DAY

    return _derived(found.readings()[0], "WKND", beside, found.moment)


def since(found: Match) -> Reading:
    """ "sinds maart", "vanaf 3 mei": it began then and still goes on."""
    return found.readings()[0].but(kind="SINCE_", ongoing=True, tentative="", yearly=None)


def around(found: Match) -> Reading | None:
    """ "rond 3 mei", "ongeveer maart": some days on either side, more for what is longer."""
    reading = found.readings()[0]
    if reading.span is None or reading.status:
        return reading
    first, last = reading.span
    days = (last - first).days + 1
    wider = timedelta(days=1 if reading.kind == "RELD" else 3 if days <= 14 else 10 if days <= 31 else 30)
    return found.moment.reading("SPAN", (first - wider, last + wider), "about")


def beside_unknown(found: Match) -> Reading:
    """ "voor kerst", "net na de zomervakantie", "tot vrijdag": how long before or after is not said."""
    return vague(found).but(tentative=found.readings()[0].tentative if found.readings() else "")


MEANINGS = ALONE | {
    meaning.__name__: meaning
    for meaning in (
        weekday_date, weekday_in, weekend_in, in_year, previous_of, this_of, next_of, part, day_in_month,
        shifted_ago, with_part, with_jl, with_time, week_with, weekend_with, span, span_in_week, both, either,
        day_beside, length_beside, weekday_beside, weekend_beside, since, around, beside_unknown,
    )
}  # fmt: skip
"""All meanings by the name that the grammar file calls them."""
