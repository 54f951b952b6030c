"""From an older schema to today's, forward only; each step and its record in one transaction (sqlite-utils).

Imported only when there is something to migrate.
"""

import sqlite3
from importlib.resources import files

from sqlite_utils import Database, Migrations

from storage.sqlite.statements import statements

migrations = Migrations("gehoord")


def _script(name: str) -> list[str]:
    text = files("storage").joinpath(f"sqlite/migrations/{name}.sql").read_text(encoding="utf-8")
    return statements(text)


@migrations()
def begin(db: Database) -> None:
    """The schema of the first release."""
    for statement in _script("begin"):
        db.execute(statement)


@migrations()
def drawers(db: Database) -> None:
    """What the desk keeps for itself, and the next term of a case found at once."""
    for statement in _script("drawers"):
        db.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Take the database of this connection to today's schema."""
    migrations.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
