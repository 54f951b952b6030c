"""The schema on PostgreSQL: forward only, each migration in two parts, so that nothing has to stop for it.

 1. What it adds (*before*) is done by the first process of a new version that starts. Processes of the older
    version go on beside it: they do not miss what they do not know.
 2. What it takes away (*after*) is done when no process of an older version is left: each holds a shared advisory
    lock that names the version of its schema, as long as it runs.

A process refuses a database from which a migration it does not know took something away. Shared migrations are
those of `storage.sqlite`; of these, what begins with DROP is the second part. `OWN` are those of this engine alone:
``migrations/NAME.sql``, with ``-- after`` on a line of its own between the parts.
"""

from collections.abc import Callable
from importlib.resources import files

from psycopg import errors as failures

from storage.engine import Transaction
from storage.errors import HalfMoved, NewerSchema, NoSchema, NotOwner, OtherTables
from storage.postgres.dialect import migration
from storage.postgres.transaction import PostgresTransaction
from storage.sqlite.database import MIGRATIONS

OWN: tuple[str, ...] = ("own_begin", "own_room")
"""The names of this engine's own migrations, in order; they come after the shared ones."""

PRESENCE = 0x47454850
"""The first number of the advisory locks by which processes say that they run; the second is their version."""


def version() -> int:
    """The version of the schema that this program knows: how many migrations it has."""
    return len(MIGRATIONS) + len(OWN)


def parts(name: str) -> tuple[list[str], list[str]]:
    """What a migration does before, and what it does after."""
    if name in OWN:
        text = files("storage").joinpath(f"postgres/migrations/{name}.sql").read_text(encoding="utf-8")
        first, _, last = text.partition("\n-- after\n")
        return [first], [last] if last else []
    statements = migration(name)
    after = [statement for statement in statements if statement.startswith("DROP ")]
    return [statement for statement in statements if statement not in after], after


def prepare(tx: PostgresTransaction, first_key: Callable[[Transaction], None]) -> None:
    """Bring the database to today's schema; a new one gets its first process key.

    Raises `HalfMoved`, `NewerSchema`, `NoSchema`, `NotOwner`, `OtherTables`.
    """
    try:
        _prepare(tx, first_key)
    except failures.InsufficientPrivilege:
        raise NotOwner from None
    except (failures.UndefinedColumn, failures.DuplicateTable, failures.DuplicateObject):
        raise OtherTables from None


def _prepare(tx: PostgresTransaction, first_key: Callable[[Transaction], None]) -> None:
    row = tx.one("schema_state")
    assert row is not None
    if row["moving"]:
        raise HalfMoved
    if row["nowhere"]:
        raise NoSchema
    if not row["made"]:
        tx.tell("make_migrations")
    done = {(row["name"], row["part"]) for row in tx.all("migrations")}
    known = (*MIGRATIONS, *OWN)
    if {name for name, part in done if part == "after"} - set(known):
        raise NewerSchema
    for name in known:
        if (name, "before") not in done:
            _do(tx, name, "before", parts(name)[0])
    finish(tx)
    if not done:
        first_key(tx)


def finish(tx: PostgresTransaction) -> None:
    """Take away what nobody needs any more, when no older process is left that does.

    A role that does not own the tables leaves it to the one that does, and goes on beside it.
    """
    done = {row["name"] for row in tx.all("migrations") if row["part"] == "after"}
    waiting = [name for name in (*MIGRATIONS, *OWN) if name not in done]
    if not waiting:
        return
    row = tx.one("ours")
    if row is None or not row["ours"]:
        return
    if not any(row["version"] < version() for row in tx.all("running_versions", presence=PRESENCE)):
        for name in waiting:
            _do(tx, name, "after", parts(name)[1])


def _do(tx: PostgresTransaction, name: str, part: str, statements: list[str]) -> None:
    tx.script(statements)
    tx.run("record_migration", name=name, part=part)
