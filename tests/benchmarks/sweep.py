"""Whether a sweep costs what is due, and not what is open: 100 due among a thousand and among a million terms.

Run it alone: ``python -m tests.benchmarks.sweep`` (``--terms 100000`` for less). Prints the median, in milliseconds,
of a sweep that finds 100 reminders due and puts their mails on their way, and of a look when nothing is due; with
their ratio. The limit is 2.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.reminders.sweep import sweep
from bot.schemes import Schemes
from storage.opening import keeping_of, open_store
from storage.passwords import QUICK
from storage.records import Address
from tests.storage.made import SCHEME, file, staff

FEW, MANY, DUE, ROUNDS, LIMIT = 1_000, 1_000_000, 100, 15, 2.0
WHEN = datetime(2026, 5, 26, 8, 0, tzinfo=UTC)
"""A Tuesday at ten in Haarlem: of every case that was filed, the reminder before the last day is due."""

TERMS_OF_A_CASE, LATER = 5, timedelta(days=60)

CASES = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :cases)
INSERT INTO cases SELECT 'ZZ-' || i, {columns} FROM n, cases WHERE number = :like"""
TERMS = """WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :terms - 1)
INSERT INTO terms SELECT 'ZZ-' || (1 + i / 5), 't' || (i % 5), date, deadline, state FROM n, terms
WHERE number = :like"""
RUNGS = """INSERT INTO reminders SELECT t.number, t.id, r.rung, '', r.scheme, t.date, :due + r.due % 1000000, NULL
FROM terms AS t, reminders AS r WHERE t.number LIKE 'ZZ-%' AND r.number = :like"""


def fill(data: Path, terms: int, like: str) -> None:
    """Other cases whose terms run and are not due, with all their reminders, copied from a real one."""
    with sqlite3.connect(data / "gehoord.db") as db:
        columns = [
            row[1] for row in db.execute("PRAGMA table_info(cases)") if row[1] not in ("number", "claim")
        ]
        names = ", ".join(["number", "claim", *columns])
        cases = CASES.replace("INTO cases", f"INTO cases ({names})").format(
            columns=", ".join(["NULL", *columns])
        )
        db.execute(cases, {"cases": terms // TERMS_OF_A_CASE, "like": like})
        db.execute(TERMS, {"terms": terms, "like": like})
        db.execute(RUNGS, {"due": int((WHEN + LATER).timestamp()), "like": like})
        (running,) = db.execute("SELECT count(*) FROM terms WHERE state = 'running'").fetchone()
        assert running == terms + DUE, running


def again(data: Path) -> None:
    """As before the sweep."""
    with sqlite3.connect(data / "gehoord.db") as db:
        db.execute("DELETE FROM mails")
        db.execute("UPDATE reminders SET told = NULL WHERE told IS NOT NULL")


async def measured(data: Path, terms: int) -> tuple[float, float]:
    """Milliseconds of a sweep with `DUE` due, and of a look when nothing is; `terms` run in all."""
    schemes, swept, looked = Schemes(), list[float](), list[float]()
    async with open_store(data, lambda id: keeping_of(schemes.load(id)), cost=QUICK) as store:
        await staff(store)
        for place in range(DUE):
            number = f"BG-{place:04}"
            await file(store, number=number, claim_code="", address=Address("web", number, SCHEME))
        fill(data, terms - DUE, "BG-0000")
        for _ in range(ROUNDS):
            begun = perf_counter()
            mails = await sweep(store, schemes, WHEN)
            swept.append(perf_counter() - begun)
            told = len(await store.due_rungs(WHEN))
            assert (mails, told) == (1, 0), (mails, told)
            begun = perf_counter()
            assert await sweep(store, schemes, WHEN - timedelta(days=30)) == 0
            looked.append(perf_counter() - begun)
            again(data)
            assert len(await store.due_rungs(WHEN)) == DUE
    return median(swept) * 1000, median(looked) * 1000


def main() -> int:
    """The table; 1 when the limit is passed."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--terms", type=int, default=MANY)
    many, found = reading.parse_args().terms, list[tuple[float, float]]()
    for terms in (FEW, many):
        with tempfile.TemporaryDirectory() as folder:
            found.append(asyncio.run(measured(Path(folder) / "data", terms)))
        print(
            f"{terms:>9,} open terms, {DUE} due: {found[-1][0]:7.1f} ms a sweep; nothing due {found[-1][1]:6.2f} ms"
        )
    ratio = found[1][0] / found[0][0]
    print(f"ratio {ratio:.2f}; limit {LIMIT}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
