"""What is looked at before a server is worked with, and what is said when it does not let us in.

The sentences are ours. A server's own may be in any language, and libpq repeats pieces of an address that it could not
read, a password among them; so what they say is looked for in them, and never passed on.
"""

from contextlib import closing
from time import time

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow

from storage.errors import Lent, NoAddress, NoServer, ReadOnly, StoreError, Unready, WrongClock, WrongEncoding
from storage.postgres.transaction import PostgresTransaction

LATE = 10.0
"""Seconds between the clock here and that of the server. Two machines then differ by less than the thirty for which one
of them may deliver to a conversation (`storage.sqlite.outbox.LEASE`), with time left to do it in."""

PATIENCE = 10
"""Seconds that each server in the address gets to let us in, at the start."""

SAID = (
    ("authentication failed", "The role or its password is not right."),
    ("no password supplied", "The role needs a password: postgresql://USER:PASSWORD@HOST/NAME."),
    ("pg_hba.conf", "It lets this role not in from here, or only with TLS: look at its pg_hba.conf, and at sslmode."),
    ("connection slots", "It has no connection left: each process takes nine. Raise max_connections."),
    ("too many", "It has no connection left: each process takes nine. Raise max_connections, or the limit of the role, "
     "of the database or of the pooler."),
    ("no more connections", "The pooler has no connection left: each process takes nine. Raise max_client_conn."),
    ("query_wait_timeout", "The pooler has no connection left: each process takes nine. Raise default_pool_size."),
    ("unsupported startup parameter", "The pooler takes no 'options' in an address: set the search_path of the role "
     "instead (ALTER ROLE ... SET search_path)."),
    ("permission denied for database", "The role may not connect to this database: GRANT CONNECT."),
    ("no such database", "The pooler knows no database of this name."),
    ("no such user", "The pooler knows no role of this name."),
    ("starting up", "It is just starting: try again in a moment."),
    ("shutting down", "It is just stopping."),
    ("root certificate", "sslmode asks for a certificate to trust: name it with sslrootcert."),
    ("does not support SSL", "It has no TLS, and sslmode asks for it: have its administrator set ssl = on."),
    ("SSL", "TLS failed: look at sslmode and sslrootcert, and at the certificate of the server."),
    ("certificate", "Its certificate is not that of the host in the address: look at sslmode and sslrootcert."),
)  # fmt: skip
"""What a server, a pooler or libpq says, and what is to be done. The first that fits is said."""

MISSING = (
    ("role", "It knows no role of this name: createuser --pwprompt."),
    (
        "database",
        "It has no database of this name: createdb --owner ROLE --encoding UTF8 --template template0.",
    ),
)
"""What is said to not exist."""


def refusal(error: psycopg.Error) -> StoreError:
    """Why there is no connection, and what is to be done."""
    said = str(error)
    if "read-only" in said or "hot standby" in said:
        return ReadOnly()
    if "does not exist" in said:
        found = next((told for what, told in MISSING if f'{what} "' in said), "")
    else:
        found = next((told for what, told in SAID if what in said), "")
    return NoServer(f"The database server does not answer, or refuses us. {found}") if found else NoServer()


def look(connection: psycopg.Connection[DictRow]) -> None:
    """Look at the server behind a new connection. Raises `ReadOnly`, `WrongEncoding`, `WrongClock`."""
    tx, before = PostgresTransaction(connection), time()
    row = tx.one("server_fitness")
    after = time()
    assert row is not None
    if row["read_only"]:
        raise ReadOnly
    if not row["utf8"]:
        raise WrongEncoding
    if not before - LATE < row["at"] < after + LATE:
        raise WrongClock


def keep_apart(database: str, one: psycopg.Connection[DictRow]) -> None:
    """Make sure that a connection is one's own as long as it is held: what it was told lasts. Raises `Lent`.

    A pooler that lends the server's connections for a transaction at a time gives two of ours the same one in turn,
    or each of them now this one and now that one.
    """
    with closing(
        psycopg.Connection[DictRow].connect(database, autocommit=True, connect_timeout=PATIENCE)
    ) as other:
        seen: tuple[set[object], set[object]] = (set(), set())
        for which in (0, 0, 1, 1, 0, 1, 1, 0):
            row = PostgresTransaction((one, other)[which]).one("backend")
            assert row is not None
            seen[which].add(row["pid"])
    if len(seen[0]) > 1 or len(seen[1]) > 1 or seen[0] == seen[1]:
        raise Lent


def connected(database: str) -> psycopg.Connection[DictRow]:
    """The first connection to a server, which was looked over.

    Raises `NoAddress`, `NoServer`, what `look` raises, and `Lent`; none repeats the address.
    """
    try:
        conninfo_to_dict(database)
    except psycopg.Error:
        raise NoAddress from None
    try:
        connection = psycopg.Connection[DictRow].connect(database, autocommit=True, connect_timeout=PATIENCE)
    except psycopg.Error as error:
        raise refusal(error) from None
    try:
        look(connection)
        keep_apart(database, connection)
    except psycopg.Error as error:
        connection.close()
        raise refusal(error) from None
    except Unready:
        connection.close()
        raise
    return connection
