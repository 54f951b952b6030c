"""The queue of reminders, as terms fill and empty it: called in the transaction that sets or ends a term."""

from collections.abc import Sequence

from flows.events import Deadline
from flows.reminding import rungs
from storage.officers import meant
from storage.sqlite.engine import Engine, instant, seconds
from storage.sqlite.writer import Transaction


def plan_term(engine: Engine, tx: Transaction, number: str, scheme: str, item: Deadline, at: int) -> None:
    """The reminders of a term that was set now, in place of those it had."""
    tx.run("drop_rungs", number=number, term=item.id)
    add_rungs(engine, tx, number, scheme, item, at)


def add_rungs(engine: Engine, tx: Transaction, number: str, scheme: str, item: Deadline, at: int) -> None:
    """The reminders of a term that are still to come."""
    for rung in rungs(item, engine.keeping(scheme).plan, instant(at)):
        tx.run("plan_rung", number=number, term=item.id, rung=rung.id, scheme=scheme, date=item.date,
               due=seconds(rung.at))  # fmt: skip


def drop_term(tx: Transaction, number: str, term: str) -> None:
    """The term ended: nobody is reminded of it any more."""
    tx.run("drop_rungs", number=number, term=term)


def keep_out(tx: Transaction, number: str, scheme: str, refused: Sequence[str]) -> None:
    """Whoever the client refused by name hears nothing of the case, also who would never read it."""
    if not refused:
        return
    tx.run("keep_out", number=number, officer="")
    for row in tx.all("officers", scheme=scheme):
        if any(meant(row["name"], name) for name in refused):
            tx.run("keep_out", number=number, officer=row["id"])


def destroy_ladders(tx: Transaction, number: str) -> None:
    """A case is destroyed, and with it its reminders."""
    tx.run("purge_reminders", number=number)
    tx.run("purge_kept_out", number=number)
