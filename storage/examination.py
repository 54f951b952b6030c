"""Looking a data directory over: what is in order, and what an operator should see to. Coded, not worded."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from storage.absences import Absence
from storage.keys import DayKeys, ProcessKeys, day_of
from storage.practice import is_practice
from storage.records import Keeping
from storage.shred import ShredFile
from storage.sqlite.database import connect
from storage.sqlite.drawers import ABSENCE, standing
from storage.sqlite.queries import queries
from storage.sqlite.readiness import lacking

Level = Literal["fine", "warning", "error"]


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at: `about` is coded, `level` how bad it is, `details` what it concerns."""

    about: str
    level: Level
    details: tuple[str, ...] = ()


def nothing_known(_: str) -> Keeping:
    """How cases are kept where no scheme says so: every role but administrators and confidants receives them."""
    return Keeping(months=0)


def examine(
    data: Path, schemes: Sequence[str], now: datetime, keeping: Callable[[str], Keeping] = nothing_known
) -> tuple[Finding, ...]:
    """Look at a data directory that can be opened. Changes nothing.

    `schemes` are those that should be able to take complaints; `keeping` says which roles receive them.
    """
    connection = connect(data / "gehoord.db")
    try:
        return (
            Finding("practice", "warning" if is_practice(data) else "fine"),
            *_database(connection),
            *_keys(connection, data, now),
            *_schemes(connection, schemes, keeping, _away(connection, data, now), now),
            *_waiting(connection, now),
            *_permissions(data),
        )
    finally:
        connection.close()


def _database(connection: sqlite3.Connection) -> tuple[Finding, ...]:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    return (
        Finding("database", "fine" if found == ["ok"] else "error", () if found == ["ok"] else tuple(found)),
    )


def _keys(connection: sqlite3.Connection, data: Path, now: datetime) -> tuple[Finding, ...]:
    shred = ShredFile(data / "keys" / "shred.keys")
    lost = tuple(row["number"] for row in connection.execute(queries()["slots"]) if shred.lost(row["slot"]))
    late = DayKeys(data / "keys" / "day").overdue(now)
    return (
        Finding("shred_keys", "error" if lost else "fine", lost),
        Finding("forgetting", "error" if late else "fine", late),  # the daily purge does not run
        Finding("day_key", "fine", (day_of(now),)),
    )


def _schemes(
    connection: sqlite3.Connection,
    schemes: Sequence[str],
    keeping: Callable[[str], Keeping],
    away: Mapping[str, Absence],
    now: datetime,
) -> tuple[Finding, ...]:
    found = []
    for scheme in schemes:
        active = connection.execute(queries()["recipients"], {"scheme": scheme}).fetchall()
        recovery = connection.execute(queries()["recovery"], {"scheme": scheme}).fetchone()
        missing = lacking(active, recovery is not None, away, keeping(scheme), now)
        level: Level = (
            "error" if {"recipient", "recovery"} & set(missing) else "warning" if missing else "fine"
        )
        found.append(Finding("scheme", level, (scheme, *missing)))
    return tuple(found)


def _away(connection: sqlite3.Connection, data: Path, now: datetime) -> dict[str, Absence]:
    asked = {"kind": ABSENCE, "now": int(now.timestamp())}
    rows = connection.execute(queries()["drawer"], asked).fetchall()
    return standing(ProcessKeys(data / "keys" / "process"), rows, now)


def _waiting(connection: sqlite3.Connection, now: datetime) -> tuple[Finding, ...]:
    parked = connection.execute(
        "SELECT reason, count(*) FROM parked GROUP BY reason ORDER BY reason"
    ).fetchall()
    long = int((now - timedelta(hours=1)).timestamp())
    unsent = connection.execute("SELECT count(*) FROM notices WHERE sent = 0 AND at < ?", (long,)).fetchone()[
        0
    ]
    return (
        Finding(
            "parked", "warning" if parked else "fine", tuple(f"{reason}={count}" for reason, count in parked)
        ),
        Finding("notices", "warning" if unsent else "fine", (str(unsent),) if unsent else ()),
    )


def _permissions(data: Path) -> tuple[Finding, ...]:
    open_to_others = tuple(
        str(path.relative_to(data))
        for path in sorted((data / "keys").rglob("*"))
        if path.is_file() and path.stat().st_mode & 0o077
    )
    return (Finding("permissions", "warning" if open_to_others else "fine", open_to_others),)
