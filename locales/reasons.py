"""Why a deadline is the day it is, in sentences (law 8): term and start, what did not count, what moved it."""

from collections.abc import Iterator
from datetime import date

from flows.events import Reason
from locales.catalogues import known, words
from locales.dates import day


def reason(why: Reason, locale: str) -> str:
    """The explanation: "Dat zijn 5 werkdagen na woensdag 20 mei 2026. Maandag 25 mei 2026 telt niet mee …"."""
    return " ".join(_sentences(why, locale))


def _sentences(why: Reason, locale: str) -> Iterator[str]:
    yield _rule(why, locale)
    if why.article:
        yield words("time.reason.article", locale) % {"article": why.article}
    for on, cause in why.skipped:
        yield _cause("skipped", on, cause, locale)
    for on, cause in why.rolled:
        yield _cause("rolled", on, cause, locale)
    if why.rolled:
        yield words("time.reason.rolls", locale)
    if why.paused_days:
        yield words("time.reason.paused", locale, why.paused_days) % {"count": why.paused_days}
    if why.paused_since:
        yield words("time.reason.paused_since", locale) % {"day": _day(why.paused_since, locale)}
    if why.extended:
        yield words("time.reason.extended", locale) % {"day": _day(why.extended, locale)}


def _rule(why: Reason, locale: str) -> str:
    start = _day(why.start, locale)
    if why.basis == "agreed":
        return words("time.reason.agreed", locale) % {"start": start}
    return words(f"time.reason.{why.unit}", locale, why.count) % {"count": why.count, "start": start}


def _cause(what: str, on: str, cause: str, locale: str) -> str:
    """One day and why it does not count: a holiday by its name, other causes in a sentence of their own."""
    within = _day(on, locale)
    holiday = f"time.holiday.{cause}"
    filled = {"day": within[0].upper() + within[1:], "within": within}
    if known(holiday, locale):
        return words(f"time.reason.{what}", locale) % {**filled, "holiday": words(holiday, locale)}
    return words(f"time.reason.{what}.{cause}", locale) % filled


def _day(iso: str, locale: str) -> str:
    return day(date.fromisoformat(iso[:10]), locale)
