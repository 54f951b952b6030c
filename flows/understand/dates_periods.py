"""What lengths of time and periods mean: the meanings of level 0 of the grammar, and the rest of level 1."""

from datetime import timedelta

from flows.understand.dates_calendar import (
    Span,
    Yearly,
    add_months,
    feast_yearly,
    monday_of,
    month_yearly,
    part_of,
    quarter_yearly,
    school_year_span,
    season_yearly,
    week_of,
    week_span,
    year_span,
)
from flows.understand.dates_grammar import Match, Meanings
from flows.understand.dates_reading import DAY, Duration, Reading, month_before


def length(found: Match) -> Reading | None:
    """ "twee weken", "een week of drie", "anderhalf jaar", "2 à 3 dagen"."""
    numbers = [float(value) for value in found.all("NUM") if isinstance(value, int | float)]
    ends = _ends(found.args[0], numbers or [1.0], found.get("PAIR"))
    if ends is None or not 0 < ends[0] <= ends[1]:
        return None
    said = str(found.get("ABOUT") or "exact")
    manner = {"few": "few", "loose": "loose", "upto": "exact"}.get(found.args[0], said)
    unit = found.get("UNIT") or found.get("UNIT2") or found.get("DURGO")
    return Reading("DURON" if found.get("DURGO") else "DUR", duration=Duration(*ends, str(unit), manner))


def _ends(how: str, numbers: list[float], pair: object) -> tuple[float, float] | None:
    """The least and the most that the numbers of a length mean."""
    match how:
        case "half":
            return 0.5, 0.5
        case "plushalf":
            return numbers[0] + 0.5, numbers[0] + 0.5
        case "andhalf":
            return (1.5, 1.5) if numbers[0] == 0.5 else None
        case "unit":
            return 2.0, 2.0
        case "upto":
            return 1.0, numbers[-1]
        case "between":
            return numbers[0], numbers[-1]
        case "pair":
            return (float(pair[0]), float(pair[1])) if isinstance(pair, tuple) else None
        case _ if len(numbers) == 2 and numbers[1] == 0.5:
            return 0.5, 0.5
        case _:
            return numbers[-1], numbers[-1]


def period(found: Match) -> Reading | None:
    """ "vorige week", "deze maand", "volgend jaar", "vorige 2 weken"."""
    step = next((value for key, value in found.captures if key in ("LAST", "THIS", "NEXT")), 0)
    if not isinstance(step, int) or found.get("NUM") is not None:
        return None
    return _period(found, found.text("UNIT"), step)


def month_named(found: Match) -> Reading:
    """ "mart ayında", "شهر مارس": a month beyond doubt."""
    return found.moment.recurring("MON", month_yearly(found.number("MONTH")), "month")


def period_post(found: Match) -> Reading | None:
    """ "الأسبوع الماضي": which one is said behind."""
    step = next((value for key, value in found.captures if key in ("LASTPOST", "THIS", "NEXTPOST")), 0)
    return _period(found, found.text("THEUNIT"), step if isinstance(step, int) else 0)


def fixed_period(found: Match) -> Reading | None:
    """ "торік": one word for a period."""
    value = found.text("FIXED")
    return _period(found, value[0], int(value[1:]))


def _period(found: Match, unit: str, step: int) -> Reading | None:
    today = found.moment.today
    match unit:
        case "w":
            return found.moment.reading("WEEK", week_of(today + step * 7 * DAY), "week")
        case "m":
            return found.moment.reading("PMON", month_before(today, step), "month")
        case "y":
            return found.moment.reading("YR", year_span(today.year + step), "year")
        case _:
            return None


def previous_but_one(found: Match) -> Reading | None:
    """ "de week voor vorige week", "the week before last"."""
    units = found.all("UNIT")
    return _period(found, str(units[0]), -2) if len(set(units)) == 1 else None


def past_period(found: Match) -> Reading | None:
    """ "afgelopen week": the seven days up to now, and so for a month or a year."""
    today = found.moment.today
    match found.get("UNIT"):
        case "w":
            return Reading("WEEKLONG", (today - 7 * DAY, today), "days")
        case "m":
            return Reading("SPAN", (add_months(today, -1), today), "days")
        case "y":
            return Reading("SPAN", (add_months(today, -12), today), "about")
        case _:
            return None


def past_length(found: Match) -> Reading | None:
    """ "de afgelopen twee weken": somewhere between then and now."""
    back = found.readings()[0].duration
    if back is None or back.unit in ("min", "quarter_hour", "h"):
        return None
    whole = Duration(back.high, back.high, back.unit, "few" if back.manner == "few" else "exact")
    (first, _), _ = found.moment.ago(whole)
    return Reading("SPAN", (first, found.moment.today), "about")


def past_many(found: Match) -> Reading:
    """ "de afgelopen weken": how many is not said."""
    return Reading("VAGUE", status="unknown_start")


def school_year(found: Match) -> Reading:
    """ "vorig schooljaar": August to July."""
    today = found.moment.today
    begin = today.year if today.month >= 8 else today.year - 1
    step = found.get("LAST")
    return found.moment.reading(
        "SYEAR", school_year_span(begin + (step if isinstance(step, int) else 0)), "year"
    )


def week_number(found: Match) -> Reading | None:
    """ "week 18"; not "die week 3 keer"."""
    number = found.number("NUM")
    after = found.after
    counted = after is not None and (
        (not after.end_of_phrase and not after.classes) or "COUNT" in after.classes
    )
    if ("DIGITS" not in dict(found.first.classes) and not 1 <= number <= 53) or counted:
        return None

    def of_year(year: int) -> Span | None:
        return week_span(year, number)

    reading = found.moment.recurring("WEEK", of_year, "week")
    return reading if reading.span is not None else None


def quarter(found: Match) -> Reading | None:
    """ "het eerste kwartaal"."""
    number = found.number("ORD" if found.get("ORD") else "NUM")
    return found.moment.recurring("QTR", quarter_yearly(number), "season") if 1 <= number <= 4 else None


def quarter_from_now(found: Match) -> Reading:
    """ "vorig kwartaal", "dit kwartaal"."""
    today = found.moment.today
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    begin = first if found.get("THIS") is not None else add_months(first, -3)
    return found.moment.reading("QTR", (begin, add_months(begin, 3) - DAY), "season")


def weekend(found: Match) -> Reading:
    """ "vorig weekend", "dit weekend"; just "in het weekend" may be any, and is asked."""
    today = found.moment.today
    saturday = monday_of(today) + 5 * DAY
    if found.get("THIS") is not None:
        return found.moment.reading("WKND", (saturday, saturday + DAY), "days")
    if found.get("NEXT") is not None:
        saturday = saturday if today < saturday else saturday + 7 * DAY
        return Reading("WKND", (saturday, saturday + DAY), status="future")
    last = saturday - 7 * DAY if today <= saturday + DAY else saturday
    bare = all(found.get(name) is None for name in ("LAST", "PAST", "LASTPOST"))
    return Reading("WKND", (last, last + DAY), "days", status="ambiguous" if bare else "")


def weekends_ago(found: Match) -> Reading | None:
    """ "twee weekenden geleden"."""
    last = weekend(found).span
    if last is None:
        return None
    saturday = last[0] - (found.number("NUM") - 1) * 7 * DAY
    return Reading("WKND", (saturday, saturday + DAY), "days")


def nth_in(found: Match) -> Reading | None:
    """ "de eerste week van mei", "de laatste vrijdag van april", "het tweede weekend van de zomervakantie"."""
    nth = found.get("ORD") if found.get("ORD") is not None else {"half": 0}.get(found.text("BEGIN"), -1)
    if found.get("BEGIN") == "begin":
        nth = 1
    units = found.all("UNIT", "WEEKEND", "HELFT", "WD")
    kind = next(key for key, _ in found.captures if key in ("UNIT", "WEEKEND", "HELFT", "WD"))
    if not isinstance(nth, int) or not nth or not -1 <= nth <= 31:
        return None

    def inside(span: Span) -> Span | None:
        return _nth(span, nth, kind, units[0])

    yearly = _said(found)
    year = found.get("YEAR")
    if isinstance(year, int):
        return _placed(found, inside(year_span(year)))
    if yearly is None:
        step = next((value for key, value in found.captures[1:] if key in ("LAST", "THIS")), None)
        whole = _period(found, str(units[-1]), step) if isinstance(step, int) else None
        return None if whole is None or whole.span is None else _placed(found, inside(whole.span))

    def of_year(year: int) -> Span | None:
        span = yearly(year)
        return None if span is None else inside(span)

    span = found.moment.latest(of_year)
    return None if span is None else _placed(found, span)


def _placed(found: Match, span: Span | None) -> Reading | None:
    return (
        None if span is None else found.moment.reading("DAYA", span, "day" if span[0] == span[1] else "days")
    )


def _said(found: Match) -> Yearly | None:
    """The month, feast or season that was said."""
    month, name, season = found.get("MONTH"), found.get("FEAST"), found.get("SEASON")
    if isinstance(month, int):
        return month_yearly(month)
    if isinstance(name, str):
        return feast_yearly(name)
    return season_yearly(season) if isinstance(season, str) else None


def _nth(span: Span, nth: int, kind: str, unit: object) -> Span | None:
    """The nth day, week, weekend, weekday or half of a span; -1 is the last."""
    first, last = span
    if kind == "HELFT":
        whole_year = (last - first).days > 300
        middle = add_months(first, 6) - DAY if whole_year else first + (last - first) // 2
        return (first, middle) if nth == 1 else (middle + DAY, last)
    if kind in ("WEEKEND", "WD"):
        wanted = 5 if kind == "WEEKEND" else unit
        assert isinstance(wanted, int)
        day = first + ((wanted - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
        if nth < 0:
            day = last - ((last.weekday() - wanted) % 7) * DAY
        return (day, day + DAY if kind == "WEEKEND" else day) if first <= day <= last else None
    length_ = {"d": 1, "w": 7}.get(str(unit))
    if length_ is None:
        return None
    begin = first + length_ * (nth - 1) * DAY if nth > 0 else last - (length_ - 1) * DAY
    return (begin, min(begin + (length_ - 1) * DAY, last)) if first <= begin <= last else None


def part_of_this(found: Match) -> Reading | None:
    """ "begin van de maand": of this one."""
    unit = found.text("UNIT")
    today = found.moment.today
    whole = {"w": week_of(today), "m": month_before(today, 0), "y": year_span(today.year)}.get(unit)
    if whole is None:
        return None
    return found.moment.reading("PARTOF", part_of(whole, found.text("BEGIN")), "days")


def ago(found: Match) -> Reading:
    """ "twee weken geleden", "een uur geleden"."""
    back = Duration(1, 1, found.text("UNIT")) if found.args else found.readings()[0].duration
    assert back is not None
    span, precision = found.moment.ago(back)
    return Reading("AGO", span, precision, duration=back)


def later(found: Match) -> Reading:
    """ "over twee weken"."""
    day = found.moment.today + timedelta(days=1)
    return Reading("DAYA", (day, day), status="future")


def going_on(found: Match) -> Reading | None:
    """ "al drie weken", "sinds een half jaar": it began then and still goes on."""
    back = Duration(1, 1, found.text("UNIT")) if found.args == ("one",) else found.readings()[0].duration
    if back is None:
        return None
    span, precision = found.moment.ago(back)
    weak = "whole" if found.args == ("weak",) else ""
    return Reading("SINCE_", span, precision, ongoing=True, tentative=weak)


def whole_period(found: Match) -> Reading | None:
    """ "al de hele week": since its first day."""
    today = found.moment.today
    first = {"w": monday_of(today), "m": today.replace(day=1), "y": today.replace(month=1, day=1), "d": today}
    begin = first.get(found.text("UNIT"))
    return None if begin is None else Reading("SINCE_", (begin, begin), ongoing=True)


MEANINGS: Meanings = {
    meaning.__name__: meaning
    for meaning in (
        length, period, month_named, period_post, fixed_period, previous_but_one, past_period,
        past_length, past_many, school_year, week_number, quarter, quarter_from_now, weekend, ago, weekends_ago, nth_in,
        part_of_this, later, going_on, whole_period,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
