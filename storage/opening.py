"""The doors to a store: a real one, and one for practice."""

from collections.abc import Sequence
from pathlib import Path

from flows.reminding import plan
from flows.scheme import Scheme
from storage.errors import KeptElsewhere, NoDriver, PracticeOnly, TwoDatabases
from storage.passwords import FULL, QUICK, Cost
from storage.practice import is_practice, make_pairs, make_practice
from storage.records import Keeping
from storage.sqlite import SqliteStore
from storage.sqlite.engine import KeepingOf, SqliteEngine
from storage.sqlite.office import add_practice_officers


def keeping_of(scheme: Scheme) -> Keeping:
    """How a scheme wants its cases kept: its retention, and the ids that may stand in the clear."""
    choices = (*scheme.roles, *scheme.subjects, *scheme.parties)
    recipient = scheme.recipient
    to = (recipient.role, recipient.if_nobody) if recipient is not None else ()
    return Keeping(
        months=scheme.retention.maximum,
        coded=frozenset((*(choice.id for choice in choices), *(place.id for place in scheme.locations))),
        small=scheme.small,
        hold=scheme.retention.hold,
        plan=plan(scheme),
        confidants=frozenset(one.id for one in scheme.confidants if one.id not in to),
        recipients=frozenset(to[:1]),
    )


def open_store(
    data: Path, keeping: KeepingOf, *, cost: Cost = FULL, database: str | None = None
) -> SqliteStore:
    """Open the store in the data directory, made when missing. `keeping` says how a scheme wants its cases kept.

    With `database` (``postgresql://…``) what is kept is kept there, and only the keys in the directory.
    Raises `PracticeOnly`, and every other `Unready`.
    """
    if is_practice(data):
        raise PracticeOnly
    if database is None:
        if _has_keys_alone(data):
            raise KeptElsewhere
        return SqliteStore(SqliteEngine(data, keeping, cost))
    if (data / "gehoord.db").exists():
        raise TwoDatabases
    try:
        from storage.postgres.engine import PostgresEngine  # noqa: PLC0415  (the driver is an extra, and slow)
    except ImportError:
        raise NoDriver from None
    return SqliteStore(PostgresEngine(database, data, keeping, cost))


def _has_keys_alone(data: Path) -> bool:
    """Whether a database on a server goes with this directory: a new one here would have other keys, and be empty."""
    process, drafts = data / "keys" / "process", data / "keys" / "drafts"
    return (
        not (data / "gehoord.db").exists() and drafts.is_dir() and process.is_dir() and any(process.iterdir())
    )


def is_kept(data: Path, database: str | None = None) -> bool:
    """Whether something is kept already: in the data directory, or with its keys there in that database."""
    return (data / "gehoord.db").exists() or (database is not None and (data / "keys" / "process").exists())


def open_practice(data: Path, scheme_ids: Sequence[str], keeping: KeepingOf) -> SqliteStore:
    """Open a store for practice, made when missing, in which every one of these schemes takes complaints.

    `storage.practice.practice_officer` opens them. Raises `NotPractice` when the directory holds real data.
    """
    make_practice(data)
    engine = SqliteEngine(data, keeping, QUICK)
    engine.at_once(
        lambda tx: add_practice_officers(engine, tx, {id: make_pairs(data, id) for id in scheme_ids})
    )
    return SqliteStore(engine)
