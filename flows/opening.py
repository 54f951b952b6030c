"""Is this contact open now, and when does it open next: in Dutch time, daylight saving included (CJ-8)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from flows.calendar import holidays, working, zone
from flows.messages import Day, Message, Phrase
from flows.scheme import Contact, Hours, Scheme

LOOK_AHEAD = 15
"""Days to look ahead: the next opening may lie behind a week of holidays."""


class Opening(msgspec.Struct, frozen=True):
    """Whether something is open at a moment. All times are in Europe/Amsterdam.

    `until` is when it closes (``HH:MM``), None while closed or when it never closes. `opens` is the next
    opening, None while open or when there is none. `holiday` is the public holiday on the day that is meant:
    hours rarely say whether they hold then, so a message can say that it may be closed.
    """

    open: bool
    until: str | None = None
    opens: datetime | None = None
    holiday: str | None = None


def opening(hours: Iterable[Hours], now: datetime, scheme: Scheme | None = None) -> Opening:
    """Whether `hours` (all of one kind) are open at `now`, which has a zone.

    ``24:00`` is midnight at the day's end; hours that close at or before they open run on into the next day.
    With `scheme`, hours ``of: office`` do not hold on the holidays on which that organisation is closed; a chat
    or a telephone may be someone else's. Raises `ValueError` for a `now` without a zone or an hour that is not
    ``HH:MM``.
    """
    today = zone.day(now)
    for opens, closes in _spans(tuple(hours), today, scheme):
        if closes <= now:
            continue
        if opens > now:
            local = opens.astimezone(zone.AMSTERDAM)
            return Opening(open=False, opens=local, holiday=holidays.holiday(local.date()))
        endless = closes >= now + timedelta(days=LOOK_AHEAD - 1)
        until = None if endless else closes.astimezone(zone.AMSTERDAM).strftime("%H:%M")
        return Opening(open=True, until=until, holiday=holidays.holiday(today))
    return Opening(open=False)


def _spans(hours: tuple[Hours, ...], today: date, scheme: Scheme | None) -> list[tuple[datetime, datetime]]:
    """The stretches of being open from yesterday on, in UTC, in order; those that touch are one."""
    spans: list[tuple[datetime, datetime]] = []
    for opens, closes in sorted(_of_days(hours, today, scheme)):
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        else:
            spans.append((opens, closes))
    return spans


def _of_days(
    hours: tuple[Hours, ...], today: date, scheme: Scheme | None
) -> Iterable[tuple[datetime, datetime]]:
    for ahead in range(-1, LOOK_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for row in hours:
            if working.WEEKDAYS[day.weekday()] not in row.days or _closed(row, day, scheme):
                continue
            opens, closes = minutes(row.opens), minutes(row.closes)
            yield _moment(day, opens), _moment(day, closes if closes > opens else closes + 24 * 60)


def _closed(row: Hours, day: date, scheme: Scheme | None) -> bool:
    if scheme is None or row.of != "office":
        return False
    return working.not_worked(day, scheme.office) in holidays.ids()


def minutes(clock: str) -> int:
    """Minutes after midnight of ``HH:MM``, from ``00:00`` to ``24:00``.

    Raises `ValueError` when it is not that.
    """
    hour, colon, minute = clock.partition(":")
    if not (colon and len(minute) == 2 and hour.isdecimal() and minute.isdecimal() and int(minute) < 60):
        raise ValueError(f"{clock!r} is no time: write HH:MM")
    total = int(hour) * 60 + int(minute)
    if total > 24 * 60:
        raise ValueError(f"{clock!r} lies after 24:00")
    return total


def _moment(day: date, after_midnight: int) -> datetime:
    days, rest = divmod(after_midnight, 24 * 60)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone.AMSTERDAM)
    return wall.astimezone(UTC)


def open_hours(contact: Contact, now: datetime, scheme: Scheme) -> tuple[Message, ...]:
    """Whether each way to a contact is open now, or when it opens next, as it is said."""
    said: list[Message] = []
    for kind in ("chat", "phone", "office"):
        times = tuple(hour for hour in contact.hours if hour.of == kind)
        if not times:
            continue
        state = opening(times, now, scheme)
        what = ("what", Phrase(f"hours.of.{kind}"))
        if state.open and state.until is not None:
            said.append(Message("hours.open", (what, ("until", state.until.replace(":", ".")))))
        elif state.open:
            said.append(Message("hours.always", (what,)))
        elif state.opens is not None:
            at = (("day", Day(state.opens.date())), ("time", state.opens.strftime("%H.%M")))
            said.append(Message("hours.opens", (what, *at)))
        if state.holiday is not None:
            said.append(Message("hours.holiday"))
    return tuple(said)
