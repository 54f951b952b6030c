"""Reminders: when officers are reminded of a term, and who of them. Pure: all moments come in as arguments.

The rules
 1. A term has a ladder of rungs (`Reminders.ladder`): half-way, some working days before, on the day, overdue.
    They are counted in the organisation's working days.
 2. A rung falls when the office opens. A rung that lies before the term was set is left out, and so is one that
    does not come before the next: half-way through three days is no better than two days before their end.
 3. A term that stands still has none, nor one that only the client may use or a commission outside owes.
 4. On a last day that is not worked (a statutory term never has one) the reminder of the day comes on the last
    working day before it.
"""

from datetime import date, datetime, time, timedelta

import msgspec

from flows import regimes
from flows.calendar import working
from flows.calendar.zone import AMSTERDAM
from flows.events import Deadline
from flows.scheme import REMINDERS, Office, Reminder, Scheme

LATER = "later"
"""The rung of an officer who asked to be reminded once more: of no ladder."""

OPENS, CLOSES = time(9), time(17)
"""The hours of an office of which only the days are known."""

ORDER = ("half_way", "before", "day", "overdue")
"""The rungs of a ladder, in the order in which they fall."""

_LONGEST_SHUT = 400
"""More days than any office is closed together; beyond it there is no next opening."""


class Plan(msgspec.Struct, frozen=True):
    """What of a scheme decides its reminders; `silent` are the terms of which officers get none."""

    office: Office = Office()
    ladder: tuple[Reminder, ...] = REMINDERS
    silent: frozenset[str] = frozenset()


class Rung(msgspec.Struct, frozen=True):
    """A reminder with its moment (an instant in Europe/Amsterdam)."""

    id: str
    at: datetime


def plan(scheme: Scheme) -> Plan:
    """How this scheme reminds."""
    blocks = (regimes.terms(name) for name in regimes.REGIMES)
    rules = (*scheme.terms, *(rule for block in blocks for rule in block))
    silent = frozenset(rule.id for rule in rules if rule.who in ("client", "commission"))
    return Plan(scheme.office, scheme.reminders.ladder, silent)


def rungs(item: Deadline, of: Plan, since: datetime) -> tuple[Rung, ...]:
    """The reminders of a deadline that was set at `since`, in order (rules 1 to 4)."""
    if item.id in of.silent or item.why.paused_since is not None or not of.office.days:
        return ()
    found: list[Rung] = []
    for one in sorted(of.ladder, key=lambda rung: ORDER.index(rung.id)):
        day = _day(one, item, of.office)
        if day is not None:
            at = opening(day, of.office)
            found = [*(rung for rung in found if rung.at < at), Rung(one.id, at)]
    return tuple(rung for rung in found if rung.at > since)


def _day(rung: Reminder, item: Deadline, office: Office) -> date | None:
    last = date.fromisoformat(item.date)
    worked = _worked(last, office, -1)
    match rung.id:
        case "half_way":
            begun = date.fromisoformat(item.why.start)
            between = working.between(begun, last, office)
            return working.add(begun, (between + 1) // 2, office)[0] if between > 1 else None
        case "before":
            return _back(worked, rung.days, office) if worked else None
        case "day":
            return worked
        case "overdue":
            return working.add(last, max(rung.days, 1), office)[0]


def _back(day: date, count: int, office: Office) -> date | None:
    """The `count`-th working day before a working day."""
    found: date | None = day
    for _ in range(count):
        found = _worked(found - timedelta(days=1), office, -1) if found else None
    return found


def _worked(day: date, office: Office, step: int) -> date | None:
    """The first working day from `day` on, forward or backward."""
    for _ in range(_LONGEST_SHUT):
        if working.not_worked(day, office) is None:
            return day
        day += timedelta(days=step)
    return None


def opening(day: date, office: Office) -> datetime:
    """When the office opens on a day; summer time is as the clock on the wall says."""
    return min(
        (datetime.combine(day, begins, AMSTERDAM) for begins, _ in _stretches(day, office)),
        default=datetime.combine(day, OPENS, AMSTERDAM),
    )


def is_open(moment: datetime, office: Office) -> bool:
    """Whether the office works at this moment."""
    here = moment.astimezone(AMSTERDAM)
    if working.not_worked(here.date(), office) is not None:
        return False
    return any(begins <= here.time() < ends for begins, ends in _stretches(here.date(), office))


def next_opening(moment: datetime, office: Office) -> datetime:
    """The moment itself when the office works then, else when it next opens.

    Raises `ValueError` for an office that never works.
    """
    if is_open(moment, office):
        return moment
    here = moment.astimezone(AMSTERDAM)
    day: date | None = here.date()
    while day is not None and (day := _worked(day, office, 1)) is not None:
        begins = sorted(datetime.combine(day, start, AMSTERDAM) for start, _ in _stretches(day, office))
        if coming := [at for at in begins if at > here]:
            return coming[0]
        day += timedelta(days=1)
    raise ValueError("an office that never works does not open")


def later_today(now: datetime, office: Office) -> datetime:
    """When an officer who says "later today" hears of it again: in three hours, or in the last hour that is worked.

    When the office is about to close, it is the next opening.
    """
    here = now.astimezone(AMSTERDAM)
    wished = here + timedelta(hours=3)
    if is_open(wished, office) and wished.date() == here.date():
        return wished
    ends = [
        datetime.combine(here.date(), _end(closes), AMSTERDAM)
        for _, closes in _stretches(here.date(), office)
    ]
    last = max(ends) - timedelta(hours=1) if ends else here
    if last > here + timedelta(minutes=15) and is_open(last, office):
        return last
    return next_opening(opening(here.date() + timedelta(days=1), office), office)


def _stretches(day: date, office: Office) -> tuple[tuple[time, time], ...]:
    """The hours of a day as far as known; a day without any has the usual ones."""
    name = working.WEEKDAYS[day.weekday()]
    known = [hours for hours in office.hours if hours.of == "office" and name in hours.days]
    if not known:
        return ((OPENS, CLOSES),)
    return tuple((time.fromisoformat(one.opens), _closing(one.closes)) for one in known)


def _closing(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _end(closes: time) -> time:
    return time(23, 59) if closes == time.max else closes
