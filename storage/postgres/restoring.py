"""Starting again with a database that PostgreSQL's own tools brought back: an older state, and the newest keys."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.engine import Transaction
from storage.errors import NotBroughtBack, NotEmpty
from storage.files import make_directory
from storage.postgres.engine import PostgresEngine
from storage.postgres.fitness import connected
from storage.postgres.transaction import PostgresTransaction
from storage.records import Keeping
from storage.shred import ShredFile
from storage.sqlite.backup import replay, shred_again

UNREADABLE = ("drop_outbox", "drop_steps", "drop_marks", "drop_unfiled_files", "drop_unfiled", "drop_drafts")
"""What lies under the keys of days and conversations, which are in no copy: nobody can read it again. Left where it is,
it would be read with the keys that are made anew under the same names, and hold up whatever comes after it."""


def restore(database: str, keys: Path, data: Path, now: datetime) -> tuple[str, ...]:
    """Make an empty data directory of the key copy, and destroy again in the database what was destroyed since.

    Returns the cases. Conversations lose their drafts, and what was on its way to or from them: as in a copy of the
    SQLite database. Nothing else may run on the database meanwhile.

    Raises `NotEmpty`, `NotBroughtBack`, and what opening raises: the directory is empty again then.
    """
    if data.exists() and any(data.iterdir()):
        raise NotEmpty
    _look(database)
    make_directory(data)
    try:
        shutil.copytree(keys, data / "keys")
        engine = PostgresEngine(database, data, lambda _: Keeping(months=0))
    except BaseException:
        shutil.rmtree(data / "keys", ignore_errors=True)
        raise

    def again(tx: Transaction) -> dict[str, int]:
        for unreadable in UNREADABLE:
            tx.run(unreadable)
        tx.run("skip_shred_slots", first=ShredFile(data / "keys" / "shred.keys").slots())
        return replay(tx, data / "keys", now)

    try:
        return shred_again(data / "keys", engine.at_once(again))
    finally:
        engine.end()


def _look(database: str) -> None:
    """Whether there is something to start again with: an empty database would be given new tables, in the way then."""
    with closing(connected(database)) as connection:
        row = PostgresTransaction(connection).one("schema_state")
    if row is None or not row["made"]:
        raise NotBroughtBack
