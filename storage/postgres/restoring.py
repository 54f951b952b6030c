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


def restore(database: str, keys: Path, data: Path, now: datetime) -> tuple[str, ...]:
    """Make an empty data directory of the key copy, and destroy again in the database what was destroyed since.

    Returns the cases. Conversations lose their drafts: the keys of these are in no copy. Nothing else may run on the
    database meanwhile. Raises `NotEmpty`, and what opening raises.
    """
    if data.exists() and any(data.iterdir()):
        raise NotEmpty
    make_directory(data)
    shutil.copytree(keys, data / "keys")
    engine = PostgresEngine(database, data, lambda _: Keeping(months=0))

    def again(tx: Transaction) -> dict[str, int]:
        tx.run("skip_shred_slots", first=ShredFile(data / "keys" / "shred.keys").slots())
        return replay(tx, data / "keys", now)

    try:
        return shred_again(data / "keys", engine.at_once(again))
    finally:
        engine.end()
