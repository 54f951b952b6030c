"""Dates as people type them: every expression of time in a text, with what it can mean and the words for it.

The past is meant: "maandag" is the last one, "3 juli" the last 3 July. What the words do not say is not filled in:
an unknown begin, a weekday that does not fit its date, a day that does not exist or is still to come comes back
unsure, with a note, to be asked. Phone numbers, amounts, ages, rooms and counts are never dates.

`find` reads a text with the grammar of the conversation's language; where that finds no words for time, with those
of the other languages that have such words in the text. Ukrainian and Arabic show themselves by their script.
"""

import re
from datetime import timedelta

from flows.answers import Precision, When
from flows.understand import dates_beside, dates_joining, dates_meaning, dates_periods
from flows.understand.dates_calendar import Span, monday_of
from flows.understand.dates_event import event
from flows.understand.dates_grammar import LEVELS, read
from flows.understand.dates_lexicon import ANCHORS, LANGUAGES, Lexicon, elsewhere, foreign, lexicon
from flows.understand.dates_reading import Moment, Reading
from flows.understand.dates_tokens import Item, hold, items, near
from flows.understand.findings import Context, Finding
from flows.understand.text import fold

__all__ = ["event", "find"]

_MEANINGS = (
    dates_periods.MEANINGS | dates_meaning.MEANINGS,
    dates_periods.MEANINGS | dates_meaning.MEANINGS,
    dates_joining.MEANINGS | dates_meaning.MEANINGS,
    dates_beside.MEANINGS | dates_meaning.MEANINGS,
    dates_beside.MEANINGS | dates_meaning.MEANINGS,
)
_NUMERIC = frozenset(("NUMDATE", "DM", "DMDOT", "YM", "YEAR", "CLOCK", "YY"))
_SIGNS_OF_A_DATE = ANCHORS | _NUMERIC
_LENGTHS = frozenset(("UNIT", "UNIT2", "DURGO"))
_READ = frozenset(("DATE", "UNKNOWN", "TIME", "NOW"))
_MONTH_BEFORE = frozenset(("IN", "SINCE", "ONGOING", "BEGIN", "UNTIL", "AROUND"))
_NUMERIC_BEFORE = frozenset(["ON", "SINCE", "DATEWORD", "AROUND", "WD", "WDX"])
_MOST_PASSES = 4
_SOON = timedelta(days=31)
_REACH = 9  # items: further than any pattern goes
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN_LETTERS = re.compile(r"[a-z]+")


def find(text: str, context: Context) -> tuple[Finding, ...]:
    """Every date in `text`, in order. Linear in its length; raises nothing."""
    folded = fold(text)
    first = _language(context.locale)
    found = _find(text, folded, lexicon(first), context)
    worded = _worded(found)
    for language in _others(folded, first, worded > 0):
        other = _find(text, folded, lexicon(language), context)
        if _worded(other) > worded:
            found, worded = other, _worded(other)
    return found


def _language(locale: str) -> str:
    language = locale[:2]
    return language if language in LANGUAGES else "nl"


def _worded(found: tuple[Finding, ...]) -> int:
    """How many characters of words for time were understood."""
    return sum(len(one.words) for one in found if any(map(str.isalpha, one.words)))


def _others(folded: str, first: str, only_better: bool) -> list[str]:
    """The other languages that have words for time in the text, the one with most of them first, then the first said.

    With `only_better` just those that have more of them than the language `first`.
    """
    said = (_PLAIN_LETTERS if folded.isascii() else _LETTERS).findall(folded)
    if foreign(first).isdisjoint(
        said
    ):  # then no other language counts more than none, which is what it takes
        return []
    counts: dict[str, int] = {}
    known = elsewhere()
    for word in dict.fromkeys(said):
        for language in known.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    own = counts.pop(first, 0) if only_better else 0
    counts.pop(first, None)
    return sorted((one for one in counts if counts[one] > own), key=lambda one: -counts[one])


def _find(text: str, folded: str, words: Lexicon, context: Context) -> tuple[Finding, ...]:
    row = items(folded, words)
    asked = context.asking == "date"
    if not hold(row, _SIGNS_OF_A_DATE):
        return _bare_number(text, row, context) if asked else ()
    row = near(row, _SIGNS_OF_A_DATE, _REACH)
    moment = Moment(context.now, context.now.date())
    original = row
    for level in range(LEVELS):
        if level == 0 and not hold(row, _LENGTHS):
            continue
        if level == 2:
            row = near(row, _READ, _REACH)
            if not hold(row, _READ):
                break
        for _ in range(_MOST_PASSES if level >= 2 else 1):
            row, changed = read(level, row, words.language, _MEANINGS[level], moment)
            if not changed:
                break
    alone = _alone(row)
    read_at = [at for at, item in enumerate(row) if item.classes and not _READ.isdisjoint(item.classes)]
    _look_ahead(row, read_at, moment)
    found = [
        (row[at], reading)
        for at in read_at
        if (reading := _reading(row[at])) is not None and _holds(reading, row[at], row, at, alone, asked)
    ]
    if any(reading.tentative not in ("time", "now") for _, reading in found):
        found = [one for one in found if one[1].tentative not in ("time", "now")]
    if not found and asked:
        return _bare_number(text, original, context)
    return tuple(_finding(text, item, reading, alone, context, moment) for item, reading in found)


def _look_ahead(row: list[Item], read_at: list[int], moment: Moment) -> None:
    """A day without a year that comes soon, beside a word for what is planned, is not last year's."""
    for at in read_at:
        item = row[at]
        reading = _reading(item)
        if reading is None or reading.yearly is None or reading.kind not in ("DAYM", "DMN"):
            continue
        years = (moment.today.year, moment.today.year + 1)
        coming = [span[0] for year in years if (span := reading.yearly(year)) is not None]
        soon = any(moment.today < day <= moment.today + _SOON for day in coming)
        if soon and any("PLAN" in other.classes for other in row[max(0, at - _REACH) : at + _REACH]):
            item.classes = reading.but(status="future", yearly=None).classes()


def _reading(item: Item) -> Reading | None:
    for name in ("DATE", "UNKNOWN", "TIME", "NOW"):
        value = item.classes.get(name)
        if isinstance(value, Reading):
            return value
    return None


def _alone(row: list[Item]) -> bool:
    """Whether nothing but one date is said, apart from words that say nothing about time."""
    dates = 0
    for item in row:
        if not _READ.isdisjoint(item.classes):
            dates += 1
        elif not item.end_of_phrase and "FILL" not in item.classes:
            return False
    return dates == 1


def _holds(reading: Reading, item: Item, row: list[Item], at: int, alone: bool, asked: bool) -> bool:
    """Whether a tentative reading is a date here: by the words beside it, or because it is all that is said."""
    why = reading.tentative
    if not why:
        return True
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    beside = before.classes if before is not None and not before.end_of_phrase else {}
    if after is not None and ("COUNT" in after.classes or ("UNIT" in after.classes and not item.word)):
        return False
    match why:
        case "name":
            hyphen = after is not None and after.word == "-" and after.start == item.end
            return not hyphen and (alone or not _MONTH_BEFORE.isdisjoint(beside))
        case "year":
            attached = after is not None and after.word == "'"  # Turkish case ending
            return alone or attached or not _MONTH_BEFORE.isdisjoint(beside)
        case "numeric" | "dotted":
            return (alone and (why == "numeric" or asked)) or not _NUMERIC_BEFORE.isdisjoint(beside)
        case "padded":
            return alone or not _NUMERIC_BEFORE.isdisjoint(beside) or after is None or after.end_of_phrase
        case "weekday":
            return alone and (asked or reading.weekday not in (0, 6))
        case "digits":
            ends = after is None or after.end_of_phrase or "WAS" in after.classes or "PRON" in after.classes
            return alone or ("ON" in beside and ends)
        case "ordinal":
            return alone and asked
        case "whole" | "now":
            return alone
        case _:
            return True


def _finding(
    text: str, item: Item, reading: Reading, alone: bool, context: Context, moment: Moment
) -> Finding:
    words, span = text[item.start : item.end], (item.start, item.end)
    known = context.known.get("date")
    if (
        isinstance(known, When)
        and reading.kind == "WDAY"
        and reading.weekday is not None
        and _corrects(text, alone)
    ):
        reading = _near(reading, known, moment)
    if (reading.status == "ambiguous" and reading.candidates) or reading.status == "weekday_conflict":
        values = tuple(When(*one, _shortest(one), reading.ongoing) for one in reading.candidates)
        value = values[0] if values else None
        return Finding("date", value, words, span, False, values if len(values) > 1 else (), reading.status)
    if reading.status == "ambiguous" and reading.span is not None:
        return Finding("date", _when(reading), words, span, sure=False, note="ambiguous")
    if reading.status or reading.span is None:
        return Finding("date", None, words, span, sure=False, note=reading.status or "unknown_start")
    unsure = reading.tentative == "time" and not alone
    return Finding("date", _when(reading), words, span, not unsure, note="ambiguous" if unsure else None)


def _when(reading: Reading) -> When:
    assert reading.span is not None
    return When(*reading.span, reading.precision, reading.ongoing)


def _shortest(span: Span) -> Precision:
    return "day" if span[0] == span[1] else "days"


def _corrects(text: str, alone: bool) -> bool:
    """Whether a weekday replaces what was said: it is all, or nearly all, that is said."""
    return alone or len(text) <= 60


def _near(reading: Reading, known: When, moment: Moment) -> Reading:
    """A bare weekday after a date that is known: the one in its week; of a longer span, those that lie in it."""
    assert reading.weekday is not None
    monday, last = monday_of(known.earliest), monday_of(known.latest)
    days: list[Span] = []
    while monday <= last and len(days) < 5:
        day = monday + timedelta(days=reading.weekday)
        inside = known.earliest <= day <= known.latest or monday_of(known.earliest) == last
        if day <= moment.today and inside:
            days.append((day, day))
        monday += timedelta(days=7)
    if len(days) == 1:
        return reading.but(span=days[0], status="", candidates=())
    if not days or len(days) > 4:
        return reading
    return reading.but(span=days[-1], status="ambiguous", candidates=tuple(reversed(days)))


def _bare_number(text: str, row: list[Item], context: Context) -> tuple[Finding, ...]:
    """A number as the whole answer to "wanneer?": perhaps that day of this month, so it is asked."""
    numbers = [item for item in row if "DAYNO" in item.classes and "A" not in item.classes]
    if len(numbers) != 1 or any(
        "FILL" not in item.classes and not item.end_of_phrase for item in row if item is not numbers[0]
    ):
        return ()
    day, today = numbers[0].classes["DAYNO"], context.now.date()
    if not isinstance(day, int) or not 1 <= day <= today.day:
        return ()
    exact = today.replace(day=day)
    words = text[numbers[0].start : numbers[0].end]
    return (
        Finding(
            "date", When(exact, exact), words, (numbers[0].start, numbers[0].end), False, (), "ambiguous"
        ),
    )
