"""Duties of a whole organisation (`storage.duties`): begun by the clock, met by an officer, reminded of like terms."""

from datetime import datetime

import msgspec

from flows.events import Deadline
from storage.duties import Duty, number_of
from storage.sqlite.cases import log
from storage.sqlite.engine import Engine, Part, Row, instant, seconds
from storage.sqlite.ladders import add_rungs, drop_term, plan_term
from storage.sqlite.writer import Transaction


class DutyPart(Part):
    """`storage.duties.Duties` on every engine."""

    async def begin_duty(self, scheme: str, deadline: Deadline, *, now: datetime) -> bool:
        """A period ended: this began."""
        engine, number = self._engine, number_of(scheme, deadline.why.start)

        def beginning(tx: Transaction) -> bool:
            text = msgspec.json.encode(deadline).decode()
            begun = tx.run("begin_duty", number=number, term=deadline.id, scheme=scheme, date=deadline.date,
                           deadline=text)  # fmt: skip
            if begun:
                plan_term(engine, tx, number, scheme, deadline, seconds(now))
            return bool(begun)

        return await engine.write(beginning)

    async def duties(self, scheme: str) -> tuple[Duty, ...]:
        """All duties of a scheme."""
        return await self._engine.ask(lambda tx: tuple(_duty(row) for row in tx.all("duties", scheme=scheme)))

    async def meet_duty(self, number: str, term: str, officer: str, *, now: datetime) -> bool:
        """It was done."""

        def meeting(tx: Transaction) -> bool:
            at = seconds(now)
            if not tx.run("meet_duty", number=number, term=term, officer=officer, at=at):
                return False
            drop_term(tx, number, term)
            log(tx, at, officer, f"{term}:done", number)
            return True

        return await self._engine.write(meeting)


def replan_duties(engine: Engine, tx: Transaction, scheme: str, now: int) -> int:
    """Plan the reminders of what an organisation still has to do anew; returns how many."""
    running = [row for row in tx.all("duties", scheme=scheme) if row["done"] is None]
    for row in running:
        tx.run("drop_untold", number=row["number"], term=row["term"], now=now)
        add_rungs(engine, tx, row["number"], scheme, _duty(row).deadline, now)
    return len(running)


def _duty(row: Row) -> Duty:
    deadline = msgspec.json.decode(row["deadline"], type=Deadline)
    done = instant(row["done"]) if row["done"] is not None else None
    return Duty(row["scheme"], deadline, done, row["by"])
