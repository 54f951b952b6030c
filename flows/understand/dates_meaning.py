"""What single days, months, seasons and feasts mean by themselves: meanings of level 1 of the grammar."""

from datetime import date

from flows.understand.dates_calendar import (
    Span,
    add_months,
    day_in,
    day_yearly,
    feast_yearly,
    monday_of,
    month_yearly,
    season_yearly,
    year_span,
)
from flows.understand.dates_grammar import Match, Meanings
from flows.understand.dates_reading import DAY, Reading

_EVENING = 18


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
    wanted = found.get("WD") if found.get("WD") is not None else found.get("WDS")
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
        case ("some",):
            return reading.but(kind="SOMEDAY", status="ambiguous", candidates=())
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


def weekdays_ago(found: Match) -> Reading | None:
    """ "twee dinsdagen geleden": the last but one."""
    last = weekday(found)
    if last is None or last.span is None:
        return None
    day = last.span[0] - (found.number("NUM") - 1) * 7 * DAY
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
    if not isinstance(value, tuple):
        return None
    year, month, day = value
    if year > found.moment.today.year + 20:
        year -= 100
    return _full(found, year, month, day)


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


def numeric_dot(found: Match) -> Reading | None:
    """ "3.5": a date only where one is asked for."""
    return numeric_weak(found)


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


def clock(found: Match) -> Reading | None:
    """ "om 14:00", "om half drie": today when nothing else is said."""
    numbers = found.all("NUM")
    if any(not isinstance(value, int) or value > 24 for value in numbers):
        return None
    today = found.moment.today
    return Reading("TIME", (today, today), tentative="whole" if found.args == ("whole",) else "time")


MEANINGS: Meanings = {
    meaning.__name__: meaning
    for meaning in (
        relative_day, last_night, tomorrow, now, weekday, weekday_two_ago, weekdays_ago, every, vague, none, day_month,
        day_month_year, day_span, numeric, spaced_date, spaced_weak, numeric_weak, numeric_dot,
        year_month, day_of_month, month, year, season, feast, clock,
    )
}  # fmt: skip
"""The meanings by the name that the grammar file calls them."""
