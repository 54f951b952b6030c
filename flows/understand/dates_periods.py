"""What lengths of time and periods mean: the meanings of level 0 of the grammar, and the rest of level 1."""

from datetime import timedelta

from flows.understand.dates_calendar import (
    Span,
    add_months,
    monday_of,
    month_yearly,
    quarter_yearly,
    school_year_span,
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
    manner = {"few": "few", "loose": "loose", "upto": "about"}.get(found.args[0], said)
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
        past_length, past_many, school_year, week_number, quarter, weekend, ago, later, going_on,
        whole_period,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
