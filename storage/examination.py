"""Looking a data directory over: what is in order, and what an operator should see to. Coded, not worded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from storage.absences import Absence
from storage.engine import Transaction
from storage.keys import DayKeys, ProcessKeys, day_of
from storage.practice import is_practice
from storage.records import CONFIDANT, Keeping
from storage.shred import ShredFile
from storage.sqlite.database import connect
from storage.sqlite.drawers import ABSENCE, standing
from storage.sqlite.readiness import lacking
from storage.sqlite.writer import SqliteTransaction

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
    data: Path,
    schemes: Sequence[str],
    now: datetime,
    keeping: Callable[[str], Keeping] = nothing_known,
    database: str | None = None,
    lined: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Look at a data directory that can be opened, and at its `database` if that is not there. Changes nothing.

    `schemes` are those that should be able to take complaints; `keeping` says which roles receive them. `lined` are
    those with a confidant of their own, to whom a line should lead.
    """
    looking = _file(data) if database is None else _server(database)
    with looking as (tx, found):
        return (
            Finding("practice", "warning" if is_practice(data) else "fine"),
            *found,
            *_keys(tx, data, now),
            *_schemes(tx, schemes, keeping, _away(tx, data, now), now),
            *_lines(tx, lined, ordered=database is not None),
            *_waiting(tx, now),
            *_permissions(data),
            *(_overwriting(data) if database is not None else ()),
        )


@contextmanager
def _file(data: Path) -> Iterator[tuple[Transaction, tuple[Finding, ...]]]:
    """The database file, and what is to be said of it."""
    connection = connect(data / "gehoord.db")
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        whole = found == ["ok"]
        yield (
            SqliteTransaction(connection),
            (Finding("database", "fine" if whole else "error", () if whole else tuple(found)),),
        )
    finally:
        connection.close()


_QUIET = {
    "log_min_error_statement": ("panic", "fatal"),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
}
"""With which settings PostgreSQL writes no statement of ours in its log: what is sealed and clear stands in them."""


@contextmanager
def _server(database: str) -> Iterator[tuple[Transaction, tuple[Finding, ...]]]:
    """The database on a server, and what is to be said of it."""
    from storage.postgres.engine import looking  # noqa: PLC0415  (the driver is an extra, and slow)

    with looking(database) as tx:
        row = tx.one("server_settings")
        assert row is not None
        unsafe = tuple(name for name in ("fsync", "full_page_writes") if row[name] != "on")
        unsure = () if row["data_checksums"] == "on" else ("data_checksums",)
        level: Level = "error" if unsafe else "warning" if unsure else "fine"
        logged = tuple(f"{name}={quiet[0]}" for name, quiet in _QUIET.items() if row[name] not in quiet)
        yield (
            tx,
            (
                Finding("database", "fine"),
                Finding("server", level, unsafe or unsure),
                Finding("statements", "warning" if logged else "fine", logged),
            ),
        )


def _keys(tx: Transaction, data: Path, now: datetime) -> tuple[Finding, ...]:
    shred = ShredFile(data / "keys" / "shred.keys")
    lost = tuple(row["number"] for row in tx.all("slots") if shred.lost(row["slot"]))
    late = DayKeys(data / "keys" / "day").overdue(now)
    return (
        Finding("shred_keys", "error" if lost else "fine", lost),
        Finding("forgetting", "error" if late else "fine", late),  # the daily purge does not run
        Finding("day_key", "fine", (day_of(now),)),
    )


def _schemes(
    tx: Transaction,
    schemes: Sequence[str],
    keeping: Callable[[str], Keeping],
    away: Mapping[str, Absence],
    now: datetime,
) -> tuple[Finding, ...]:
    found = []
    for scheme in schemes:
        active, recovery = tx.all("recipients", scheme=scheme), tx.one("recovery", scheme=scheme)
        missing = lacking(active, recovery is not None, away, keeping(scheme), now)
        level: Level = (
            "error" if {"recipient", "recovery"} & set(missing) else "warning" if missing else "fine"
        )
        found.append(Finding("scheme", level, (scheme, *missing)))
    return tuple(found)


def _lines(tx: Transaction, lined: Sequence[str], *, ordered: bool) -> tuple[Finding, ...]:
    """Where nobody could read a line none is offered, and no client learns of it: so an operator does.

    `ordered`: the database's log tells in which order lines were written on.
    """
    read = [
        scheme
        for scheme in lined
        if any(row["role"] == CONFIDANT for row in tx.all("recipients", scheme=scheme))
    ]
    told = tuple(Finding("line", "fine" if scheme in read else "warning", (scheme,)) for scheme in lined)
    return (*told, Finding("line_order", "warning", tuple(read))) if read and ordered else told


def _away(tx: Transaction, data: Path, now: datetime) -> dict[str, Absence]:
    rows = tx.all("drawer", kind=ABSENCE, now=int(now.timestamp()))
    return standing(ProcessKeys(data / "keys" / "process"), rows, now)


def _waiting(tx: Transaction, now: datetime) -> tuple[Finding, ...]:
    parked = tx.all("parked_reasons")
    row = tx.one("late_notices", before=int((now - timedelta(hours=1)).timestamp()))
    unsent = row["count"] if row is not None else 0
    return (
        Finding(
            "parked",
            "warning" if parked else "fine",
            tuple(f"{one['reason']}={one['count']}" for one in parked),
        ),
        Finding("notices", "warning" if unsent else "fine", (str(unsent),) if unsent else ()),
    )


_ELSEWHERE = frozenset({"btrfs", "zfs", "bcachefs", "nilfs2", "f2fs", "overlay"})
"""File systems that write changes elsewhere than where the old content stands."""


def _overwriting(data: Path) -> tuple[Finding, ...]:
    """Whether the file system of the keys overwrites where it stands (proc_pid_mountinfo(5))."""
    keys, best, kind = str((data / "keys").resolve()), "", ""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4]
        if len(point) >= len(best) and (keys == point or keys.startswith(point.rstrip("/") + "/")):
            best, kind = point, after.split()[0]
    return (Finding("overwriting", "error" if kind in _ELSEWHERE else "fine", (kind,)),)


def _permissions(data: Path) -> tuple[Finding, ...]:
    open_to_others = tuple(
        str(path.relative_to(data))
        for path in sorted((data / "keys").rglob("*"))
        if path.is_file() and path.stat().st_mode & 0o077
    )
    return (Finding("permissions", "warning" if open_to_others else "fine", open_to_others),)
