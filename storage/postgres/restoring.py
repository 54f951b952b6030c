"""Starting again with a database that PostgreSQL's own tools brought back: an older state, and the newest keys."""

import shutil
from datetime import datetime
from pathlib import Path

from storage.engine import Transaction
from storage.errors import NotEmpty
from storage.files import make_directory
from storage.postgres.engine import PostgresEngine
from storage.records import Keeping
from storage.shred import ShredFile
from storage.sqlite.backup import replay, shred_again

UNREADABLE = ("drop_outbox", "drop_steps", "drop_marks", "drop_unfiled_files", "drop_unfiled", "drop_drafts")
"""What lies under the keys of days and conversations, which are in no copy: nobody can read it again. Left where it is,
it would be read with the keys that are made anew under the same names, and hold up whatever comes after it."""


def restore(database: str, keys: Path, data: Path, now: datetime) -> tuple[str, ...]:
    """Make an empty data directory of the key copy, and destroy again in the database what was destroyed since.

    Returns the cases. Conversations lose their drafts, and what was on its way to or from them: as in a copy of the
    SQLite database. Nothing else may run on the database meanwhile. Raises `NotEmpty`, and what opening raises.
    """
    if data.exists() and any(data.iterdir()):
        raise NotEmpty
    make_directory(data)
    shutil.copytree(keys, data / "keys")
    engine = PostgresEngine(database, data, lambda _: Keeping(months=0))

    def again(tx: Transaction) -> dict[str, int]:
        for unreadable in UNREADABLE:
            tx.run(unreadable)
        tx.run("skip_shred_slots", first=ShredFile(data / "keys" / "shred.keys").slots())
        return replay(tx, data / "keys", now)

    try:
        return shred_again(data / "keys", engine.at_once(again))
    finally:
        engine.end()
