"""Hours of the day at which someone may be called: "na 16 uur", "tussen 9 en 5", "niet na half acht".

Ids are ``after_HH:MM`` and ``before_HH:MM``. Hours 1–7 without more are in the afternoon or evening: nobody is called
at four in the morning. Pure.
"""

import re

HOUR_WORDS = {
    "een": 1, "eenen": 1, "twee": 2, "tweeen": 2, "drie": 3, "drieen": 3, "vier": 4, "vieren": 4, "vijf": 5,
    "vijven": 5, "zes": 6, "zessen": 6, "zeven": 7, "zevenen": 7, "acht": 8, "achten": 8, "negen": 9, "negenen": 9,
    "tien": 10, "tienen": 10, "elf": 11, "elven": 11, "twaalf": 12, "twaalven": 12,
}  # fmt: skip
_HOUR = (
    r"(?:(?P<half{0}>half|half past) )?(?P<hour{0}>\d{{1,2}}(?!\d)(?:en\b)?|"
    + "|".join(sorted(HOUR_WORDS, key=len, reverse=True))
    + r")(?:[:.](?P<minute{0}>\d\d)(?!\d))?(?![\d./]*\d)(?: ?(?P<noon{0}>am|pm))?(?: ?(?P<unit{0}>uur|u|h|o'clock))?\b"
)
HOURS = re.compile(
    r"\b(?:(?P<after>na|vanaf|after|from|later dan|po|після|после|بعد)"
    r"|(?P<before>voor|tot|before|until|przed|do|до|قبل))"
    r" (?:ongeveer |godzinie |الساعة |الساعه |около )?" + _HOUR.format("") + r"(?: ?s ?avonds)?"
    r"|\b(?P<lead>tussen |between |van |from )?"
    + _HOUR.format("1")
    + r" ?(?:en|tot|and|to|-) ?"
    + _HOUR.format("2")
)
"""A phrase about hours. Without a word that leads to it, two hours count only with "uur" behind them."""

_EARLIEST_CALL = 8
_DIGIT = re.compile(r"\d")
_LEADS = ("na ", "vanaf ", "voor ", "tot ", "tussen ", "half ")
_SPOKEN = re.compile(rf"\b(?:{'|'.join(_LEADS)})")
HOUR_LEADS = frozenset(
    {"na", "vanaf", "voor", "tot", "tussen", "after", "before", "until", "from", "between"}
)


def begins(clause: str) -> bool:
    """Whether a clause can hold a phrase about hours: the cheap question."""
    if _DIGIT.search(clause) is not None:
        return True
    return any(lead in clause for lead in _LEADS) and _SPOKEN.search(clause) is not None


def _minutes(match: re.Match[str], which: str) -> int | None:
    """Minutes after midnight as said, before guessing which half of the day; None when it is no hour."""
    said = match[f"hour{which}"]
    digits = said.removesuffix("en")
    hour = int(digits) if digits.isdigit() else HOUR_WORDS[said]
    minute = int(match[f"minute{which}"] or 0)
    if hour > 24 or minute > 59:
        return None
    if match[f"half{which}"]:
        hour, minute = (hour, 30) if "past" in match[f"half{which}"] else (hour - 1, 30)
    if match[f"noon{which}"] == "pm" and hour < 12:
        hour += 12
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _late(minutes: int, first: int, *, sure: bool) -> int:
    """The same hour in the second half of the day when it lies before the hour `first` and was not said exactly."""
    return minutes + 720 if not sure and minutes < first * 60 else minutes


def ids(match: re.Match[str], clause: str, negated: bool) -> tuple[str, ...]:
    """The ids of one phrase that `HOURS` found in `clause`; `negated`: it is forbidden ("niet na 8 uur")."""
    evening = re.search(r"avond|evening|pm\b", clause) is not None
    if match["hour1"]:
        if not match["lead"] and not match["unit2"]:
            return ()
        start, end = _minutes(match, "1"), _minutes(match, "2")
        if start is None or end is None:
            return ()
        first = 12 if evening else 7
        exact = bool(match["minute1"]) or bool(match["noon1"])
        start = _late(start, first, sure=exact)
        end = end + 720 if end <= start and end + 720 > start and end < 720 else _late(end, first, sure=exact)
        return () if negated else (f"after_{_clock(start)}", f"before_{_clock(end)}")
    minutes = _minutes(match, "")
    if minutes is None:
        return ()
    exact = bool(match["noon"]) or (bool(match["minute"]) and not match["half"] and minutes >= 600)
    after = bool(match["after"])
    first = 12 if evening or (negated and after) else _EARLIEST_CALL if (after or not negated) else 6
    clock = _clock(_late(minutes, first, sure=exact) % 1440)
    return (f"after_{clock}",) if after != negated else (f"before_{clock}",)
