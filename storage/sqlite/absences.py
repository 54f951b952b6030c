"""Absence: a colleague reads in an officer's place from the moment it is announced (`storage.absences`)."""

from datetime import datetime

from storage.absences import Absence, Shared
from storage.errors import UnknownOfficer
from storage.officers import Unlocked
from storage.sqlite.cases import log
from storage.sqlite.drawers import ABSENCE, absences_in, keep_absence
from storage.sqlite.engine import Part, seconds
from storage.sqlite.sharing import share_cases
from storage.sqlite.writer import Transaction


class AbsencePart(Part):
    """`storage.absences.Absences` on every engine."""

    async def announce(self, absence: Absence, by: Unlocked, *, now: datetime) -> Shared:
        """Keep the days of absence of `by`, and share their open cases with who stands in."""
        engine = self._engine

        def announcing(tx: Transaction) -> Shared:
            keeping = engine.keeping(by.scheme)
            other = tx.one("officer", id=absence.stand_in)
            if other is None or other["id"] == by.id or other["scheme"] != by.scheme:
                raise UnknownOfficer
            if other["state"] != "active" or not keeping.receives(other["role"]):
                raise UnknownOfficer
            keep_absence(engine, tx, by.id, absence)
            log(tx, seconds(now), by.id, f"stand_in:{other['id']}")
            share_cases(engine, tx, other, by, "open")
            return _shared(tx, by.id, other["id"])

        return await engine.write(announcing)

    async def end_absence(self, officer: str, *, now: datetime) -> Shared:
        """The officer is there: nothing more is shared."""
        engine = self._engine

        def ending(tx: Transaction) -> Shared:
            stood = absences_in(engine, tx, now).get(officer)
            tx.run("drop", kind=ABSENCE, id=officer)
            if stood is None:
                return Shared(0, 0)
            log(tx, seconds(now), officer, f"stand_in_ended:{stood.stand_in}")
            return _shared(tx, officer, stood.stand_in)

        return await engine.write(ending)

    async def absences(self, scheme: str, *, now: datetime) -> dict[str, Absence]:
        """The absences that were announced and are not over, by officer."""
        engine = self._engine

        def find(tx: Transaction) -> dict[str, Absence]:
            ours = {row["id"] for row in tx.all("officers", scheme=scheme)}
            return {id: one for id, one in absences_in(engine, tx, now).items() if id in ours}

        return await engine.ask(find)

    async def shared(self, officer: str, stand_in: str) -> Shared:
        """Of the open cases of an officer: how many this colleague can read as well."""
        return await self._engine.ask(lambda tx: _shared(tx, officer, stand_in))


def _shared(tx: Transaction, officer: str, stand_in: str) -> Shared:
    row = tx.one("shared_cases", officer=officer, stand_in=stand_in)
    assert row is not None
    return Shared(row["shared"], row["own"] - row["shared"])
