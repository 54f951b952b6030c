"""The labelled dates of ``tests/data/dates_*.tsv`` and how an answer to one is judged."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from flows.answers import Value, When
from flows.understand.dates import event, find
from flows.understand.findings import Context, Finding
from tests import schemes

DATA = Path(__file__).parents[1] / "data"
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 5, 20, 12, 0, tzinfo=ZONE)
"""Wednesday 20 May 2026, noon: when every expression was asked that names no other moment."""

Span = tuple[date, date]
Verdict = Literal["right", "wrong", "asked"]


class Case(NamedTuple):
    """What someone typed, and the days it means; `span` is None when it cannot be known without asking."""

    words: str
    now: datetime
    locale: str
    asking: str | None
    span: Span | None
    tolerance: int
    difficulty: str


def cases(part: str) -> list[Case]:
    """The cases of ``dates_{part}.tsv``: ``public``, ``dev`` or ``frozen``."""
    found = []
    for line in (DATA / f"dates_{part}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, now, locale, asking, earliest, latest, tolerance, difficulty = line.split("\t")
        span = None if earliest == "-" else (date.fromisoformat(earliest), date.fromisoformat(latest))
        moment = NOW if now == "-" else datetime.fromisoformat(now).replace(tzinfo=ZONE)
        asked = None if asking == "-" else asking
        found.append(Case(words, moment, locale, asked, span, int(tolerance), difficulty))
    return found


def context(
    now: datetime = NOW, locale: str = "nl", asking: str | None = None, known: Value | None = None
) -> Context:
    """What understanding knows when a date is read."""
    known_values = {} if known is None else {"date": known}
    return Context(schemes.scheme("blijf-groep"), now, locale, asking, known_values)


def understood(case: Case) -> Finding | None:
    """The date of the event that our grammar finds."""
    found = find(case.words, context(case.now, case.locale, case.asking))
    return event(found, case.words)


def answer(case: Case) -> Span | None:
    """The days that our grammar is sure of, or None."""
    found = understood(case)
    if found is None or not found.sure or not isinstance(found.value, When):
        return None
    return found.value.earliest, found.value.latest


def judge(case: Case, given: Span | None) -> Verdict:
    """Right when each end is within the tolerance, or when nothing is said of what cannot be known."""
    if case.span is None:
        return "right" if given is None else "wrong"
    if given is None:
        return "asked"
    allowed = timedelta(days=case.tolerance)
    near = all(abs(ours - meant) <= allowed for ours, meant in zip(given, case.span, strict=True))
    return "right" if near else "wrong"
