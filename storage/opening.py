"""The doors to a store: a real one, and one for practice."""

from collections.abc import Sequence
from pathlib import Path

from flows.reminding import plan
from flows.scheme import Scheme
from storage.errors import PracticeOnly
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


def open_store(data: Path, keeping: KeepingOf, *, cost: Cost = FULL) -> SqliteStore:
    """Open the store in the data directory, made when missing. `keeping` says how a scheme wants its cases kept.

    Raises `PracticeOnly`, and every other `Unready`.
    """
    if is_practice(data):
        raise PracticeOnly
    return SqliteStore(SqliteEngine(data, keeping, cost))


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
