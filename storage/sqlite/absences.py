"""Absence: a colleague reads in an officer's place from the moment it is announced (`storage.absences`)."""

from datetime import datetime

from storage.absences import Absence, Shared
from storage.errors import UnknownOfficer
from storage.officers import Unlocked
from storage.sqlite.cases import log
from storage.sqlite.drawers import ABSENCE, absences_in, keep_absence
from storage.sqlite.engine import Engine, Part, seconds
from storage.sqlite.sharing import share_open
from storage.sqlite.writer import Transaction


class AbsencePart(Part):
    """`storage.absences.Absences` on every engine."""

    async def announce(self, absence: Absence, by: Unlocked, *, now: datetime) -> Shared:
        """Keep the days of absence of `by`, and share their open cases with who stands in."""
        engine = self._engine

        def announcing(tx: Transaction) -> None:
            keeping = engine.keeping(by.scheme)
            own, other = tx.one("officer", id=by.id), tx.one("officer", id=absence.stand_in)
            if own is None or own["state"] != "active" or other is None or other["id"] == by.id:
                raise UnknownOfficer
            if (
                other["scheme"] != by.scheme
                or other["state"] != "active"
                or not keeping.receives(other["role"])
            ):
                raise UnknownOfficer
            keep_absence(engine, tx, by.id, absence)
            log(tx, seconds(now), by.id, f"stand_in:{other['id']}")

        await engine.write(announcing)
        await share_open(engine, absence.stand_in, by)
        return await self.shared(by.id, absence.stand_in)

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


async def share_what_is_left(engine: Engine, by: Unlocked, now: datetime) -> None:
    """Somebody unlocked their key: what was not shared with who stands in when they said so is shared now."""

    def left(tx: Transaction) -> str:
        absence = absences_in(engine, tx, now).get(by.id)
        return absence.stand_in if absence is not None and _shared(tx, by.id, absence.stand_in).closed else ""

    if stand_in := await engine.ask(left):
        await share_open(engine, stand_in, by)


def _shared(tx: Transaction, officer: str, stand_in: str) -> Shared:
    row = tx.one("shared_cases", officer=officer, stand_in=stand_in)
    assert row is not None
    return Shared(row["shared"], row["own"] - row["shared"])
