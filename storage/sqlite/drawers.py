"""Drawers: what lies there sealed under a process key, and among it the days of absence, by which cases are sealed."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import msgspec

from flows.calendar.zone import AMSTERDAM, day
from storage.absences import Absence
from storage.keys import ProcessKeys
from storage.sqlite.engine import Engine, Row, seconds
from storage.sqlite.writer import Transaction

ABSENCE = "absence"
"""The drawer of days of absence, by officer."""


def lay_in(engine: Engine, tx: Transaction, kind: str, id: str, body: bytes, until: int | None) -> None:
    """Put something in its drawer, in place of what lay there; `until` in seconds."""
    number = engine.ring.current
    sealed = engine.ring.key(number).seal(body, f"drawer|{kind}|{id}")
    tx.run("lay", kind=kind, id=id, process_key=number, until=until, body=sealed)


def opened(ring: ProcessKeys, row: Row, kind: str, id: str) -> bytes:
    """What lies in a drawer, from a row with process_key and body."""
    return ring.key(row["process_key"]).open(row["body"], f"drawer|{kind}|{id}")


def move_drawers(engine: Engine, tx: Transaction, number: int) -> None:
    """Seal all that lies in drawers under another process key."""
    for row in tx.all("all_drawers", number=number):
        body = opened(engine.ring, row, row["kind"], row["id"])
        lay_in(engine, tx, row["kind"], row["id"], body, row["until"])


def keep_absence(engine: Engine, tx: Transaction, officer: str, absence: Absence) -> None:
    """Keep days of absence until the last is over."""
    over = datetime.combine(absence.last + timedelta(days=1), time(), AMSTERDAM)
    lay_in(engine, tx, ABSENCE, officer, msgspec.json.encode(absence), seconds(over))


def absences_in(engine: Engine, tx: Transaction, now: datetime) -> dict[str, Absence]:
    """The absences of all organisations that were announced and are not over, by officer."""
    return standing(engine.ring, tx.all("drawer", kind=ABSENCE, now=seconds(now)), now)


def standing(ring: ProcessKeys, rows: Sequence[Row], now: datetime) -> dict[str, Absence]:
    """The absences in these rows of the drawer that are not over, by officer."""
    kept = {
        row["id"]: msgspec.json.decode(opened(ring, row, ABSENCE, row["id"]), type=Absence) for row in rows
    }
    return {officer: absence for officer, absence in kept.items() if absence.last >= day(now)}
