"""So many cases on PostgreSQL, in no time: one that the store filed, copied by the server with all that goes with it.

As an installation stands that many organisations share and that keeps cases five years: 550 of a million are filed
each day, one in forty is open, twenty organisations have five officers each. A tenth as many conversations are still
about a case, and of eight days the ids of messages are kept, a tenth as many again. The case that is copied is
`LIKE`, its organisation is the first of the twenty, and its officer has every hundredth case.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg

from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.sqlite import SqliteStore
from tests.storage.made import SCHEME, file, keeping, staff

LIKE = "BG-0000-00"
OFFICER = f"{SCHEME}/saskia-de-vries"
PAGE = 100_000
"""So many cases at a time, so that it can be seen that it goes on."""

_NUMBER = "'ZZ-' || upper(substr(md5(i::text), 1, 8)) || '-' || i"
_OPEN = "(i / 100) % 40 = 0"
_SCHEME = f"CASE i % 20 WHEN 0 THEN '{SCHEME}' ELSE 'scheme-' || i % 20 END"
_READERS = (OFFICER, f"{SCHEME}/karel-bos")
_DAYS = "(i % 1826)"
_CLOSED = f"CASE WHEN {_OPEN} THEN NULL ELSE t.received - {_DAYS} * 86400 + 3000000 END"
_DUE = f"CASE WHEN {_OPEN} THEN to_char(date '2026-05-01' + i % 60, 'YYYY-MM-DD') ELSE '9999-12-31' END"


def _another(text: str) -> str:
    """This text, with other officers in it but for every hundredth case."""
    for place, id in enumerate(_READERS):
        text = f"replace({text}, '{id}', {_SCHEME} || '/officer-' || i % 100 || '-{place}')"
    return text


def _readers(text: str) -> str:
    return f"CASE i % 100 WHEN 0 THEN {text} ELSE {_another(text)} END"


_CHANGED: dict[str, dict[str, str]] = {
    "cases": {
        "scheme": _SCHEME, "slot": "t.slot + i", "claim": "decode(md5(i::text), 'hex')", "closed": _CLOSED,
        "status": f"CASE WHEN {_OPEN} THEN t.status ELSE 'closed' END", "received": f"t.received - {_DAYS} * 86400",
        "sealed_to": _readers("t.sealed_to"),
    },
    "entries": {"id": "t.id - i::bigint * 1009", "unread": f"CASE WHEN {_OPEN} THEN t.unread ELSE 0 END"},
    "correspondents": {},
    "timeline": {},
    "terms": {"date": _DUE, "state": f"CASE WHEN {_OPEN} THEN t.state ELSE 'met' END"},
    "reminders": {"scheme": _SCHEME, "due": "t.due + 5000000 + i % 5000000"},
    "notices": {"scheme": _SCHEME, "sent": "1"},
    "access": {},
    "desk_cases": {
        "scheme": _SCHEME, "due": _DUE, "closed": f"CASE WHEN {_OPEN} THEN 0 ELSE 1 END",
        "officer": _readers("t.officer"), "received": f"t.received - {_DAYS} * 86400",
    },
    "desk_marks": {},
}  # fmt: skip
"""The tables that a case has rows in, and what of a row is another for each."""

_ONLY_OPEN = ("reminders",)

_BESIDE = (
    "INSERT INTO conversations (hash, process_key, scheme, channel, address, version, since, touched, number, remains,"
    f" slot) SELECT decode(md5('c' || i), 'hex'), 1, '{SCHEME}', 'web', t.address, 5, 20593, t.touched - 300000,"
    f" {_NUMBER}, t.remains, i + 10000000 FROM conversations AS t, generate_series(:from, :to) AS i"
    f" WHERE t.number = '{LIKE}' AND i % 10 = 0",
    "INSERT INTO inbound (day, hash, process_key) SELECT 20593 - i % 8, decode(md5('m' || i), 'hex'), 1"
    " FROM generate_series(:from, :to) AS i WHERE i % 10 = 0",
    "INSERT INTO commits (id, kept) SELECT i::bigint * 7919, true FROM generate_series(:from, :to) AS i"
    " WHERE i % 50 = 0",
)


def opened(url: str, data: Path) -> SqliteStore:
    """The store on this database."""
    return SqliteStore(PostgresEngine(url, data, keeping, QUICK))


async def _first(url: str, data: Path) -> None:
    async with opened(url, data) as store:
        await staff(store)
        await file(store, number=LIKE)


def fill(url: str, data: Path, count: int, said: Callable[[str], None] = lambda _: None) -> None:
    """Have so many cases in this database, and nothing left to do for the server. `said` is told how far it is."""
    asyncio.run(_first(url, data))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        copies = [_copy(connection, table) for table in _CHANGED]
        for begin in range(1, count, PAGE):
            end = min(begin + PAGE, count) - 1
            for statement in (*copies, *_BESIDE):
                asked = statement.replace(":from", str(begin)).replace(":to", str(end))
                connection.execute(asked.encode())
            said(f"{end + 1:,} of {count:,} cases")
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        connection.execute("CHECKPOINT")
        said("vacuumed")


def _copy(connection: psycopg.Connection, table: str) -> str:
    """The statement that copies the rows of `LIKE` in a table."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name::text FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = current_schema() ORDER BY ordinal_position",
            [table],
        )
        if name != "id" or table in ("entries", "terms", "desk_marks")
    ]
    changed = {"number": _NUMBER, **_CHANGED[table]}
    values = ", ".join(changed.get(name, f"t.{name}") for name in columns)
    wanted = f" AND {_OPEN}" if table in _ONLY_OPEN else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} AS t,"
        f" generate_series(:from, :to) AS i WHERE t.number = '{LIKE}'{wanted}"
    )
