"""Which reminders are owed, found the long way: every day is walked, and nothing of `flows.reminding` is used."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.calendar import holidays
from flows.scheme import Office

HERE = ZoneInfo("Europe/Amsterdam")
NAMES = ["mo", "tu", "we", "th", "fr", "sa", "su"]


def works(day: date, office: Office) -> bool:
    """Whether the office works on a day: its weekdays, without the holidays on which it is closed."""
    if NAMES[day.weekday()] not in office.days:
        return False
    feast = holidays.holiday(day)
    return feast is None or not ("all" in office.closed or feast in office.closed)


def opens(day: date, office: Office) -> datetime:
    """When it opens: at its own hour where that is known, else at nine."""
    known = [
        time.fromisoformat(h.opens)
        for h in office.hours
        if h.of == "office" and NAMES[day.weekday()] in h.days
    ]
    return datetime.combine(day, min(known, default=time(9)), HERE)


def at_work(moment: datetime, office: Office) -> bool:
    """Whether somebody is there at this moment."""
    here = moment.astimezone(HERE)
    if not works(here.date(), office):
        return False
    spans = [
        (time.fromisoformat(h.opens), time.fromisoformat(h.closes))
        for h in office.hours
        if h.of == "office" and NAMES[here.weekday()] in h.days
    ]
    return any(first <= here.time() < last for first, last in spans or [(time(9), time(17))])


def ladder(start: date, last: date, office: Office, since: datetime) -> list[tuple[str, datetime]]:
    """Half-way, two working days before, on the day, one working day after: those after `since`, in order."""
    days = [start + timedelta(days=n) for n in range((last - start).days + 30)]
    inside = [day for day in days if start < day <= last and works(day, office)]
    until = [start - timedelta(days=n) for n in range(60, 0, -1)] + [day for day in days if day <= last]
    worked = [day for day in until if works(day, office)]
    moments: dict[str, datetime] = {}
    if len(inside) > 1:
        moments["half_way"] = opens(inside[(len(inside) + 1) // 2 - 1], office)
    moments["before"] = opens(worked[-3], office)
    moments["day"] = opens(worked[-1], office)
    moments["overdue"] = opens(next(day for day in days if day > last and works(day, office)), office)
    names = list(moments)
    kept = [
        name
        for place, name in enumerate(names)
        if all(moments[name] < moments[later] for later in names[place + 1 :])
    ]
    return [(name, moments[name]) for name in kept if moments[name] > since]


def later(now: datetime, office: Office) -> datetime:
    """When "later today" is: in three hours if somebody is there then, else an hour before they go, else at the next
    opening; walked minute by minute."""
    here = now.astimezone(HERE)
    today = [
        here + timedelta(minutes=n)
        for n in range(24 * 60)
        if (here + timedelta(minutes=n)).date() == here.date()
    ]
    wished = here + timedelta(hours=3)
    if wished.date() == here.date() and at_work(wished, office):
        return wished
    there = [minute for minute in today if at_work(minute, office)]
    if there and there[-1] - timedelta(minutes=59) > here + timedelta(minutes=15):
        return there[-1] - timedelta(minutes=59)
    day = here.date() + timedelta(days=1)
    while not works(day, office):
        day += timedelta(days=1)
    return opens(day, office)
