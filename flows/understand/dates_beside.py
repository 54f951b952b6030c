"""What dates mean beside each other and beside small words: the meanings of levels 3 and 4 of the grammar."""

from datetime import timedelta

from flows.understand.dates_calendar import Span, monday_of, week_of
from flows.understand.dates_grammar import Match, Meanings
from flows.understand.dates_meaning import vague
from flows.understand.dates_reading import DAY, UNFIT, Moment, Reading, derived


def week_with(found: Match) -> Reading:
    """ "in de week van 4 mei"."""
    return derived(found.readings()[0], "WEEK", lambda span: week_of(span[0]), found.moment).but(
        precision="week"
    )


def weekend_with(found: Match) -> Reading:
    """ "het weekend van 9 mei"."""

    def around_it(span: Span) -> Span:
        saturday = monday_of(span[0]) + 5 * DAY
        return saturday, saturday + DAY

    return derived(found.readings()[-1], "WKND", around_it, found.moment)


def _ends(first: Reading, second: Reading, moment: Moment) -> tuple[Span, Span] | None:
    """The spans of two dates said together: a weekday follows the one before it, a year said once is for both."""
    if first.span is None or second.span is None or first.status in UNFIT or second.status in UNFIT:
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


def _touching(first: Reading, second: Reading, moment: Moment) -> Span | None:
    """The one span of two dates that touch, in either order ("gisteren of eergisteren")."""
    ends = _ends(first, second, moment) or _ends(second, first, moment)
    if ends is None or ends[1][0] - ends[0][1] > DAY:
        return None
    return ends[0][0], max(ends[0][1], ends[1][1])


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
    together = _touching(first, second, found.moment)
    if together is None or first.kind == "SINCE_":
        return None
    return found.moment.reading("SPAN", together, "days")


def row(found: Match) -> Reading | None:
    """ "maandag, dinsdag en woensdag"."""
    first, second, third = found.readings()
    begin, end = _touching(first, second, found.moment), _touching(second, third, found.moment)
    if begin is None or end is None:
        return None
    return found.moment.reading("SPAN", (min(begin[0], end[0]), max(begin[1], end[1])), "days")


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
    unit, after = found.get("UNIT") or "d", _after(found)

    def beside(span: Span) -> Span:
        first, last = span
        if unit == "d":
            day = last + DAY if after else first - DAY
            return day, day
        return week_of(last + 7 * DAY) if after else week_of(first - 7 * DAY)

    if unit not in ("d", "w"):
        return vague(found)
    return derived(found.readings()[0], "DAYA" if unit == "d" else "WEEK", beside, found.moment)


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

    return derived(dated, "DAYA", beside, found.moment)


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

    return derived(dated, "DAYA", beside, found.moment)


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

    return derived(found.readings()[-1], "WKND", beside, found.moment)


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


MEANINGS: Meanings = {
    meaning.__name__: meaning
    for meaning in (
        week_with, weekend_with, span, span_in_week, both, row, either, day_beside, length_beside,
        weekday_beside, weekend_beside, since, around, beside_unknown,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
