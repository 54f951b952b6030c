"""What was understood in a text, each with the place where it stands."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from flows.answers import Value
from flows.scheme import Scheme


class Finding(msgspec.Struct, frozen=True):
    """One field's value, read in a text.

    `words` is ``text[span[0]:span[1]]``. `sure` findings may fill a field (to be confirmed later); others are
    asked. With `candidates` (two or more) the value is not known and the candidates are asked, never guessed;
    then `value` is the first. `note` is coded: ``ambiguous``, ``weekday_conflict``, ``impossible_date``,
    ``future``, ``typo`` (candidates[0] is the likely one), ``emergency_number``, ``shelter``, ``unknown_start``.
    """

    field: str
    value: Value | None
    words: str
    span: tuple[int, int]
    sure: bool = True
    candidates: tuple[Value, ...] = ()
    note: str | None = None


class Reply(msgspec.Struct, frozen=True):
    """A bare answer at the start of a text: ``yes no unknown skip none`` — exact words only, never fuzzy.

    `rest` is where the remaining text begins ("ja maar het was maandag" → yes, rest at "maar").
    """

    kind: str
    rest: int


class Heard(msgspec.Struct, frozen=True):
    """All that one text holds.

    `findings` by field (the event's date only, of several). `intent` is one of the contract's intents or None,
    `intent_span` where. `danger` are kinds, with `danger_spans` their places. `correction`: the text corrects
    something that was said before ("nee, het was maandag", "ik bedoel …").
    """

    text: str
    findings: Mapping[str, Finding] = {}
    reply: Reply | None = None
    intent: str | None = None
    intent_span: tuple[int, int] | None = None
    danger: tuple[str, ...] = ()
    danger_spans: tuple[tuple[int, int], ...] = ()
    correction: bool = False


class Context(msgspec.Struct, frozen=True):
    """What understanding may know: never more than the text, the scheme, the time and what was said before.

    `now` has a time zone (Europe/Amsterdam). `asking` is the field of the question put, or None. `known` are
    the values of earlier answers: a bare weekday that corrects a date means the one near that date.
    """

    scheme: Scheme
    now: datetime
    locale: str = "nl"
    asking: str | None = None
    known: Mapping[str, Value] = {}
