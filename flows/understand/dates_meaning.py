"""What dates mean by themselves: the meanings of levels 0 and 1 of the grammar."""

from collections.abc import Callable
from datetime import date, timedelta

from flows.understand.dates_calendar import (
    Span,
    add_months,
    day_in,
    day_yearly,
    feast_yearly,
    monday_of,
    month_yearly,
    quarter_yearly,
    school_year_span,
    season_yearly,
    week_of,
    week_span,
    year_span,
)
from flows.understand.dates_grammar import Match
from flows.understand.dates_reading import DAY, Duration, Reading, month_before

_EVENING = 18


def length(found: Match) -> Reading | None:
    """ "twee weken", "een week of drie", "anderhalf jaar", "2 à 3 dagen"."""
    numbers = [float(value) for value in found.all("NUM") if isinstance(value, int | float)]
    manner = str(found.get("ABOUT") or "exact")
    unit = found.get("UNIT") or found.get("UNIT2") or found.get("DURGO")
    low = high = numbers[-1] if numbers else 1.0
    match found.args[0]:
        case "half":
            low = high = 0.5
        case "plushalf":
            low = high = numbers[0] + 0.5
        case "few":
            manner = "few"
        case "loose":
            manner = "loose"
        case "upto":
            low, manner = 1.0, "about"
        case "between":
            low, high = numbers[0], numbers[-1]
        case "pair":
            pair = found.get("PAIR")
            if not isinstance(pair, tuple):
                return None
            low, high = float(pair[0]), float(pair[1])
        case "unit":
            low = high = 2.0
        case "andhalf":
            if numbers[0] != 0.5:
                return None
            low = high = 1.5
        case _ if len(numbers) == 2 and numbers[1] == 0.5:
            low = high = 0.5
        case _:
            pass
    if low > high or low <= 0:
        return None
    return Reading("DURON" if found.get("DURGO") else "DUR", duration=Duration(low, high, str(unit), manner))


def relative_day(found: Match) -> Reading | None:
    """ "gisteren", "vanavond", "eergisteren"; what is still to come today is future."""
    value = found.text("DAYREL")
    part = value[-1] if value[-1].isalpha() else ""
    moment = found.moment
    day = moment.today + int(value.rstrip("mnea")) * DAY
    if part == "e" and moment.now.hour < 5:
        return Reading("RELD", (day - DAY, day), "days")
    if part == "e" and moment.now.hour < _EVENING:
        return Reading("RELD", (day + DAY, day + DAY), status="future")
    return moment.reading("RELD", (day, day), "day")


def last_night(found: Match) -> Reading:
    """The night that ended this morning began yesterday."""
    today = found.moment.today
    return Reading("RELD", (today - DAY, today), "days")


def tomorrow(found: Match) -> Reading:
    """ "morgen"; not the morning of "elke morgen" or "goede morgen"."""
    day = found.moment.today + DAY
    return Reading("RELD", (day, day), status="future")


def now(found: Match) -> Reading:
    """ "net", "nu": today when it is all that is said, else a word like any other."""
    today = found.moment.today
    return Reading("NOW", (today, today), tentative="now")


def weekday(found: Match) -> Reading | None:
    """ "maandag", "afgelopen maandag", "vorige maandag", "deze maandag", "komende maandag", and abbreviations."""
    wanted = found.get("WD")
    weak = wanted is None
    wanted = found.get("WDX") if weak else wanted
    if not isinstance(wanted, int):
        return None
    moment = found.moment
    back = (moment.today.weekday() - wanted) % 7
    last = moment.today - (back or 7) * DAY
    reading = Reading("WEAKDAY" if weak else "WDAY", (last, last), weekday=wanted)
    match found.args:
        case () if found.first.classes.get("GLUED") == "n":
            return moment.reading("WDAY", (last, last + DAY), "days").but(weekday=wanted)
        case ("past",):
            return reading.but(kind="DAYA")
        case ("next",):
            return reading.but(kind="DAYA", span=(last + 7 * DAY, last + 7 * DAY), status="future")
        case ("this",):
            day = monday_of(moment.today) + wanted * DAY
            return moment.reading("DAYA", (day, day), "day")
        case ("previous",):
            week_before = monday_of(moment.today) + (wanted - 7) * DAY
            return _either(reading.but(kind="DAYA"), last, week_before)
        case ("weak",):
            return reading.but(tentative="weekday")
        case ("since",):
            return reading.but(kind="SINCE_", ongoing=True)
        case _:
            if "NAMELIKE" in found.first.classes and found.get("DAYWORD") is None:
                reading = reading.but(tentative="name")
            return reading if back else _either(reading, last, moment.today)


def _either(reading: Reading, first: date, second: date) -> Reading:
    if first == second:
        return reading
    return reading.but(status="ambiguous", candidates=((first, first), (second, second)))


def weekday_two_ago(found: Match) -> Reading | None:
    """ "the Monday before last"."""
    day = monday_of(found.moment.today) + (found.number("WD") - 14) * DAY
    return Reading("DAYA", (day, day))


def every(found: Match) -> Reading:
    """ "elke dag", "iedere maandag": it goes on, since when is not said."""
    return Reading("VAGUE", status="unknown_start", ongoing=True)


def vague(found: Match) -> Reading:
    """A time that the calendar does not know."""
    return Reading("VAGUE", status="unknown_start")


def none(found: Match) -> Reading:
    """No date, though its words might seem one."""
    return Reading("NONE")


def day_month(found: Match) -> Reading | None:
    """ "3 mei", "de derde mei", "3 mei '26"."""
    if found.args == ("ends",) and found.captures[-1][0] != "NUM":
        return None
    day, month = (
        found.number("DAYNO" if found.get("DAYNO") else "NUM" if found.get("NUM") else "ORD"),
        found.number("MONTH"),
    )
    if "DAYNO" in dict(found.captures) and found.first.classes.get("A"):
        return None
    if found.args == ("yy",):
        return _full(found, 2000 + found.number("YY"), month, day)
    if day > 40:
        return None
    return found.moment.recurring("DAYM", day_yearly(month, day), "day")


def _full(found: Match, year: int, month: int, day: int, kind: str = "NUMD") -> Reading | None:
    exact = day_in(year, month, day)
    return found.moment.reading(kind, None if exact is None else (exact, exact), "day")


def day_month_year(found: Match) -> Reading | None:
    """ "3-mei-2026"."""
    return _full(found, found.number("YEAR"), found.number("MONTH"), found.number("DAYNO"))


def day_span(found: Match) -> Reading | None:
    """ "van 3 tot 5 mei", "7 en 8 mei", "2 of 3 mei", "3-5 mei". Days apart that are not a span are asked."""
    pair = found.get("PAIR")
    days = list(pair) if isinstance(pair, tuple) else found.all("DAYNO")
    month = found.number("MONTH")
    first, last = days[0], days[-1]
    if not isinstance(first, int) or not isinstance(last, int) or first >= last or last > 31:
        return None

    def of_year(year: int) -> Span | None:
        begin, end = day_in(year, month, first), day_in(year, month, last)
        return None if begin is None or end is None else (begin, end)

    reading = found.moment.recurring("SPAN", of_year, "days")
    if found.args[0] in ("and", "or") and last - first > 1 and reading.span is not None:
        begin, end = reading.span
        return reading.but(status="ambiguous", yearly=None, candidates=((begin, begin), (end, end)))
    return reading


def numeric(found: Match) -> Reading | None:
    """ "3-5-2026", "2026-05-03"."""
    value = found.get("NUMDATE")
    return _full(found, *value) if isinstance(value, tuple) else None


def spaced_date(found: Match) -> Reading | None:
    """ "3 - 5 - 2026", "3 5 2026"."""
    day, month = found.all("DAYNO")
    if not isinstance(day, int) or not isinstance(month, int) or month > 12 or day > 31:
        return None
    return _full(found, found.number("YEAR"), month, day)


def spaced_weak(found: Match) -> Reading | None:
    """ "3 / 5": a date only as the whole answer."""
    day, month = found.all("DAYNO")
    if not isinstance(day, int) or not isinstance(month, int) or month > 12 or day > 31:
        return None
    if "DIGITS" not in found.first.classes:
        return None
    return found.moment.recurring("DMN", day_yearly(month, day), "day").but(tentative="whole")


def numeric_weak(found: Match) -> Reading | None:
    """ "3/5", "12-04": a date after "op", a weekday or as the whole answer."""
    value = found.get("DM") or found.get("DMDOT")
    if not isinstance(value, tuple):
        return None
    _, month, day = value
    weak = "numeric" if "PADDED" not in found.first.classes else "padded"
    reading = found.moment.recurring("DMN", day_yearly(month, day), "day")
    return reading.but(tentative=weak if found.get("DM") else "dotted")


def year_month(found: Match) -> Reading | None:
    """ "2026-05"."""
    value = found.get("YM")
    if not isinstance(value, tuple) or not 1900 <= value[0] <= 2099 or not 1 <= value[1] <= 12:
        return None
    return found.moment.reading("MON", month_yearly(value[1])(value[0]), "month").but(tentative="whole")


def day_of_month(found: Match) -> Reading | None:
    """ "de 12e": the last day with that number, where no thing is counted."""
    number = found.number("ORD")
    first = found.moment.today.replace(day=1)
    for back in range(3):
        begin = add_months(first, -back)
        day = day_in(begin.year, begin.month, number)
        if day is not None and day <= found.moment.today:
            return Reading(
                "DOM", (day, day), tentative="digits" if "DIGITS" in found.first.classes else "ordinal"
            )
    return None


def month(found: Match) -> Reading:
    """ "mei", "in mei"."""
    reading = found.moment.recurring("MON", month_yearly(found.number("MONTH")), "month")
    return reading.but(tentative="name") if "NAMELIKE" in found.first.classes else reading


def year(found: Match) -> Reading:
    """ "2025": after "in", "sinds" and the like, or as the whole answer."""
    reading = found.moment.reading("YR", year_span(found.number("YEAR")), "year")
    said = bool(found.args) or found.get("UNIT") == "y"
    return reading if said else reading.but(tentative="year")


def season(found: Match) -> Reading:
    """ "zomer": the last one."""
    reading = found.moment.recurring("SEA", season_yearly(found.text("SEASON")), "season")
    return reading.but(tentative="name") if "NAMELIKE" in found.first.classes else reading


def feast(found: Match) -> Reading:
    """ "met kerst", "in de zomervakantie": the last time."""
    yearly = feast_yearly(found.text("FEAST"))
    span = found.moment.latest(yearly)
    if span is None:
        return Reading("VAGUE", status="unknown_start")
    return found.moment.reading("FEA", span, "day" if span[0] == span[1] else "days", yearly)


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


def clock(found: Match) -> Reading | None:
    """ "om 14:00", "om half drie": today when nothing else is said."""
    numbers = found.all("NUM")
    if any(not isinstance(value, int) or value > 24 for value in numbers):
        return None
    today = found.moment.today
    return Reading("TIME", (today, today), tentative="time")


Meanings = dict[str, Callable[[Match], Reading | None]]

MEANINGS: Meanings = {
    meaning.__name__: meaning
    for meaning in (
        length, relative_day, last_night, tomorrow, now, weekday, weekday_two_ago, every, vague, none, day_month,
        day_month_year, day_span, numeric, spaced_date, spaced_weak, numeric_weak, year_month, day_of_month, month,
        year, season, feast, period, previous_but_one, past_period, past_length, past_many, school_year,
        month_named, period_post, fixed_period, week_number, quarter, weekend, ago, later, going_on, whole_period, clock,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
MEANINGS["numeric_dot"] = numeric_weak
