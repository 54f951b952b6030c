"""From an older schema to today's, forward only; each step and its record in one transaction (sqlite-utils).

Imported only when there is something to migrate. A migration is a script of this folder, named in
`storage.sqlite.database.MIGRATIONS`; it says at its head what it brings.
"""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from storage.sqlite.queries import script
from storage.sqlite.statements import statements


def _running(name: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in statements(script(name)):
            db.execute(statement)

    run.__name__ = name
    return run


def migrate(connection: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Take the database of this connection through the migrations of these names that it has not had."""
    migrations = Migrations("gehoord")
    for name in names:
        migrations(name=name)(_running(name))
    migrations.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
