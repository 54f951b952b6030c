"""The schema on PostgreSQL: the migrations of `storage.sqlite`, forward only, each recorded."""

from collections.abc import Callable

from storage.engine import Transaction
from storage.errors import NewerSchema
from storage.postgres.dialect import migration, queries
from storage.sqlite.database import MIGRATIONS


def prepare(tx: Transaction, first_key: Callable[[Transaction], None]) -> None:
    """Bring the database to today's schema; a new one gets its first process key. Raises `NewerSchema`."""
    tx.tell("make_migrations")
    done = {row["name"] for row in tx.all("migrations")}
    if done - set(MIGRATIONS):
        raise NewerSchema
    for name in MIGRATIONS:
        if name not in done:
            for statement in migration(name):
                queries()["migrating"] = statement
                tx.tell("migrating")
            tx.run("record_migration", name=name)
    if not done:
        tx.tell("make_slots")
        tx.tell("guard_access")
        first_key(tx)
