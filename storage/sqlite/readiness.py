"""What a scheme lacks to take complaints, and who reads in whose place: from the rows of its active officers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.calendar.zone import day
from storage.absences import Absence
from storage.engine import Row
from storage.records import Keeping, Missing


def with_stand_ins(
    reading: Sequence[str], active: Sequence[Row], absences: Mapping[str, Absence], keeping: Keeping
) -> tuple[str, ...]:
    """Officers (ids), and after them who stands in for one of them, whatever the role, and for who stands in."""
    able = {row["id"] for row in active if keeping.receives(row["role"])}
    found = list(reading)
    for id in found:  # it grows while it is walked
        if id in absences and absences[id].stand_in in able - set(found):
            found.append(absences[id].stand_in)
    return tuple(found)


def lacking(
    active: Sequence[Row],
    recovery: bool,
    absences: Mapping[str, Absence],
    keeping: Keeping,
    now: datetime | None,
) -> tuple[Missing, ...]:
    """What is missing: somebody who receives, the recovery key, or somebody else who reads and is there.

    A stand-in is missing when one officer alone would read what comes in, or when all who would are away at `now`.
    """
    receiving = [row["id"] for row in active if keeping.addressed(row["role"])]
    reading = with_stand_ins(receiving, active, absences, keeping)
    gone = {id for id, one in absences.items() if now is not None and one.on(day(now))}
    lacks: tuple[tuple[Missing, bool], ...] = (
        ("recipient", not receiving),
        ("recovery", not recovery),
        ("stand_in", len(reading) == 1 or (bool(reading) and gone.issuperset(reading))),
    )
    return tuple(what for what, missing in lacks if missing)
