"""The database file: opening it, and bringing it to today's schema.

An empty file gets the scripts of all migrations in one transaction, each recorded; an older database is
migrated, each migration and its record in one transaction. sqlite-utils takes 70 ms to import, so it is only
when something is to be migrated.
"""

import sqlite3
from pathlib import Path

from storage.errors import NewerSchema
from storage.sqlite.queries import script
from storage.sqlite.statements import statements
from storage.sqlite.writer import PATIENCE, named

APPLICATION_ID = 0x47454830
"""Marks the file as ours in SQLite's header (https://sqlite.org/pragma.html#pragma_application_id)."""

MIGRATIONS: tuple[str, ...] = (
    "begin",
    "drawers",
    "marks",
    "correspondence",
    "worklist",
    "reminders",
    "lines",
    "duties",
    "seeking",
)
"""The names of all migrations in order; ``migrations/NAME.sql`` is what each does."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection as all of ours are: write-ahead log, durable commits, deleted content overwritten."""
    connection = sqlite3.connect(
        f"file:{path}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        timeout=PATIENCE / 1000,
    )
    connection.row_factory = sqlite3.Row
    for pragma in ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "cache_size=-32768",
                   "temp_store=MEMORY", "wal_autocheckpoint=2000"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    return connection


def prepare(path: Path) -> bool:
    """See that the database is there with today's schema; returns whether it is new.

    Raises `NewerSchema`, `Damaged`, `Busy`, `DiskFull`.
    """
    try:
        connection = connect(path)
    except sqlite3.Error as error:
        raise named(error) from None
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a kill may have left what should be gone
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise NewerSchema
        if version == 0 and _create(connection):
            return True
        if version < len(MIGRATIONS):
            _migrate(connection)
        return False
    except sqlite3.Error as error:
        raise named(error) from None
    finally:
        connection.close()


def _create(connection: sqlite3.Connection) -> bool:
    """Give an empty database the whole schema; False when it turns out not to be empty."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            connection.execute("ROLLBACK")
            return False
        for name in MIGRATIONS:
            for statement in statements(script(name)):
                connection.execute(statement)
        _record(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _record(connection: sqlite3.Connection) -> None:
    """Record every migration as done, in the table and form that sqlite-utils uses."""
    connection.execute(
        'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n   "migration_set" TEXT,\n'
        '   "name" TEXT,\n   "applied_at" TEXT\n)'
    )
    connection.execute(
        'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"\n'
        '    ON "_sqlite_migrations" ("migration_set", "name")'
    )
    connection.executemany(
        'INSERT INTO "_sqlite_migrations" ("migration_set", "name", "applied_at") VALUES (?, ?, ?)',
        [("gehoord", name, "created") for name in MIGRATIONS],
    )
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _migrate(connection: sqlite3.Connection) -> None:
    """Take an older database forward."""
    from storage.sqlite.migrations import migrate  # noqa: PLC0415  (sqlite-utils: 70 ms)

    migrate(connection, MIGRATIONS)
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
