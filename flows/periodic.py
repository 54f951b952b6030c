"""Duties: the terms of the whole organisation, which begin without a case. Pure: all days come in as arguments.

A rule that starts with the end of a year or of a quarter is one (BE-9). It begins on that last day for the period that
ended with it, whoever is there to see it, and is met by a step that is about all cases.
"""

from collections.abc import Callable
from datetime import date, timedelta

from flows import terms
from flows.events import Deadline
from flows.scheme import Scheme, TermRule


def _year_end(today: date) -> date:
    return today if (today.month, today.day) == (12, 31) else date(today.year - 1, 12, 31)


def _quarter_end(today: date) -> date:
    tomorrow = today + timedelta(days=1)
    return date(tomorrow.year, (tomorrow.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


ENDS: dict[str, Callable[[date], date]] = {"year_end": _year_end, "quarter_end": _quarter_end}
"""The events of the clock that end a period, with its last day on or before a day."""


def rules(scheme: Scheme) -> tuple[TermRule, ...]:
    """The rules of terms that are about all cases of a period."""
    return tuple(rule for rule in scheme.terms if rule.starts in ENDS)


def begun(scheme: Scheme, today: date) -> tuple[Deadline, ...]:
    """The duties that began with the period that ended last, on or before `today`; `why.start` is its last day.

    None for a period that ended before the regulation was valid.
    """
    last = [(rule, ENDS[rule.starts](today)) for rule in rules(scheme)]
    return tuple(
        terms.deadline(rule, day, scheme)
        for rule, day in last
        if scheme.valid_from is None or day >= scheme.valid_from
    )


def roles(scheme: Scheme, term: str) -> tuple[str, ...]:
    """The roles that see to a duty, in order: of the first in which somebody is there, all do.

    That is who receives complaints. What the management owes goes to the role of managers first
    (`Reminders.manager`), unless a rung of the ladder says that who receives complaints is the management.
    """
    rule, recipient = terms.rule_of(scheme, term), scheme.recipient
    own = (recipient.role,) if recipient is not None else ()
    managing = any(rung.kind == "management" and {rung.id, rung.contact} & {*own} for rung in scheme.ladder)
    if rule is None or rule.who != "management" or managing:
        return own
    return (scheme.reminders.manager, *own)


def period(start: str) -> str:
    """The period that ended on a day (ISO), as it is written: ``2026``, or ``2026-09`` for what ended in September."""
    return start[:4] if start.endswith("-12-31") else start[:7]
