"""Who is told: the handler, the stand-in, the manager; nobody who is involved, and in the end the scheme's address."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from flows import periodic
from flows.calendar.zone import day
from flows.scheme import Scheme
from storage.records import Officer
from storage.reminding import ADDRESS, Bearings
from storage.store import Store


class Staff(msgspec.Struct, frozen=True):
    """The active officers of one organisation, the first that came first, and who is not there today."""

    officers: tuple[Officer, ...]
    away: Mapping[str, str]


class Circle(msgspec.Struct, frozen=True):
    """Who may hear of a case, by what they are to it. `address`: the scheme names one for when nobody is left.

    `whole`: it is about the whole organisation, and all of them hear of every rung.
    """

    handler: str | None
    stand_ins: tuple[str, ...]
    managers: tuple[str, ...]
    address: bool
    whole: bool = False

    def told(self, to: Sequence[str]) -> tuple[str, ...]:
        """The officers that a rung goes to; when there is none of them, the next who may hear of it."""
        found: list[str] = []
        if self.whole:
            to = ("stand_in",)
        if "handler" in to and self.handler is not None:
            found.append(self.handler)
        if "stand_in" in to:
            found.extend(self.stand_ins)
        if "manager" in to:
            found.extend(self.managers)
        return tuple(dict.fromkeys(found)) or self.order()[:1]

    def order(self) -> tuple[str, ...]:
        """All who may hear of it, in the order in which a mail climbs that cannot be delivered."""
        first = (self.handler,) if self.handler is not None else ()
        last = (ADDRESS,) if self.address else ()
        return (*dict.fromkeys((*first, *self.stand_ins, *self.managers)), *last)


async def staff(store: Store, scheme: str, now: datetime) -> Staff:
    """Who works for an organisation, and who of them is away today."""
    active = tuple(one for one in await store.officers(scheme) if one.state == "active")
    absences = await store.absences(scheme, now=now)
    return Staff(active, {id: one.stand_in for id, one in absences.items() if one.on(day(now))})


class Holder(msgspec.Struct, frozen=True):
    """Who has a case: `own` as it was settled, and `now` who sees to it today. Empty: there is nobody."""

    own: str
    now: str


def holder(case: Bearings, of: Staff) -> Holder:
    """Who has a case: whom it was given to last, else who first declared to have no part in it, else the first reader.

    Who is away is replaced by the colleague they named, or by the next who is there; and has it again afterwards.
    """
    able = _able(case, of)
    own = next((id for id in (case.handler, *case.declared, *able) if id in able), "")
    there = [id for id in able if id not in of.away]
    named = of.away.get(own, own)
    return Holder(own, named if named in there else next(iter(there), own))


def _able(case: Bearings, of: Staff) -> list[str]:
    return [one.id for one in of.officers if one.id in case.readers and one.id not in case.out]


def circle(case: Bearings, scheme: Scheme, of: Staff) -> Circle:
    """Who may hear of a case (BB-3c, Awb 9:7)."""
    handler = holder(case, of).now or None
    there = [id for id in _able(case, of) if id not in of.away]
    managers = [
        one.id
        for one in of.officers
        if one.role == scheme.reminders.manager and one.id not in case.out and _may(one, case, scheme)
    ]
    return Circle(
        handler,
        tuple(id for id in there if id != handler),
        tuple(id for id in managers if id not in of.away and id != handler),
        _address(scheme),
    )


def whole(term: str, scheme: Scheme, of: Staff) -> Circle:
    """Who sees to a duty of the organisation: all of the role that the scheme names, or those there of them."""
    theirs = bearers(term, scheme, of)
    return Circle(
        None, tuple(id for id in theirs if id not in of.away) or theirs, (), _address(scheme), whole=True
    )


def bearers(term: str, scheme: Scheme, of: Staff) -> tuple[str, ...]:
    """The officers of the first role that sees to a duty and in which there is anybody."""
    for role in periodic.roles(scheme, term):
        if found := tuple(one.id for one in of.officers if one.role == role):
            return found
    return ()


def _address(scheme: Scheme) -> bool:
    told = scheme.contacts.get(scheme.reminders.if_nobody or "")
    return told is not None and told.email is not None


def _may(officer: Officer, case: Bearings, scheme: Scheme) -> bool:
    """Whether a manager may hear of it: one whose role reads complaints only where this one is sealed to them."""
    reads = scheme.recipient is not None and officer.role == scheme.recipient.role
    return officer.id in case.readers if reads else True
