"""Duties of a whole organisation (BE-9): begun when their period is over, by whoever looks first, until done."""

from datetime import datetime

from bot.reminders import choosing
from flows import periodic
from flows.calendar.zone import day
from flows.scheme import Scheme
from storage.duties import Duty
from storage.store import Store


async def running(store: Store, scheme: Scheme, now: datetime) -> tuple[Duty, ...]:
    """What the organisation has to do, by date; what began since somebody looked begins now.

    An organisation without officers has nobody to do it: nothing begins there.
    """
    begun = periodic.begun(scheme, day(now))
    if not begun:
        return ()
    kept = await store.duties(scheme.id)
    there = {(one.deadline.id, one.deadline.why.start) for one in kept}
    new = [item for item in begun if (item.id, item.why.start) not in there]
    if new and await store.officers(scheme.id):
        for item in new:
            await store.begin_duty(scheme.id, item, now=now)
        kept = await store.duties(scheme.id)
    return tuple(one for one in kept if one.done is None)


async def of_officer(store: Store, scheme: Scheme, officer: str, now: datetime) -> tuple[Duty, ...]:
    """Those that this officer sees to."""
    found = await running(store, scheme, now)
    if not found:
        return ()
    staff = await choosing.staff(store, scheme.id, now)
    return tuple(one for one in found if officer in choosing.bearers(one.deadline.id, scheme, staff))
