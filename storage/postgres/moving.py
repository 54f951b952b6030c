"""Moving an installation from SQLite to PostgreSQL: all of it, compared row by row, and gone on with after a kill.

The keys stay where they are. The rules

 1. Nobody works with either meanwhile: the SQLite file is held locked, and a database with a table ``moving`` opens
    for nobody.
 2. Rows go over in the order of their keys, some at a time; with them, in the same transaction, goes how far it
    is. After a kill it goes on from there.
 3. What a client told and has not sent comes under a key of its own (`storage.postgres.draft_keys`).
 4. Every row is then read from both sides in the same order and compared; what is sealed anew is opened for that.
 5. Only then the SQLite file is overwritten and removed, still locked, and last of all the table ``moving``.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
import psycopg
from psycopg import errors as failures
from psycopg.rows import DictRow, tuple_row

from storage.errors import (
    Different,
    DiskFull,
    InUse,
    KeyGone,
    NoRights,
    NoServer,
    Nothing,
    Occupied,
    OtherTables,
    PracticeOnly,
)
from storage.files import destroy_large
from storage.postgres.draft_keys import DraftKeys, DraftSlots, in_slot
from storage.postgres.presence import Presence
from storage.postgres.schema import prepare
from storage.postgres.transaction import PostgresTransaction
from storage.practice import is_practice
from storage.sqlite.database import connect
from storage.sqlite.database import prepare as prepare_file

LOCK = 0x4745484D
"""The advisory lock of who moves."""
_SOME = 500
"""So many rows go over at a time."""

Tell = Callable[[str, int, int], None]
"""Told how far it is: a table, how many rows of it are there, and of how many."""

Values = tuple[object, ...]


class Table(NamedTuple):
    """A table of both: its columns, and those by which its rows are in order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


class Seal(NamedTuple):
    """A column sealed under a day's key, and what it is bound to; of the conversation in column `of`."""

    column: str
    of: str
    bound: str


SEALS = {
    "conversations": Seal("draft", "id", "draft|{id}|{version}"),
    "outbox": Seal("body", "conversation", "outbox|{conversation}|{turn}|{part}"),
    "attachments": Seal("body", "conversation", "attachment|{ref}"),
    "steps": Seal("event", "conversation", "step|{conversation}"),
}
"""What comes under the key of its conversation. Files of cases have no conversation, and stay as they are."""


class Moving:
    """One move, from its beginning or from where it was."""

    def __init__(self, data: Path, database: str) -> None:
        self._file = data / "gehoord.db"
        self._days = DraftKeys(data / "keys" / "day", DraftSlots(data / "keys" / "drafts"))
        self._database = database

    def run(self, tell: Tell = lambda *_: None) -> int:
        """Move everything; returns how many rows.

        Raises `Nothing`, `InUse`, `Occupied`, `OtherTables`, `Different`, `DiskFull`, `NoRights`, `NoServer`, and what
        `Presence` raises.
        """
        if is_practice(self._file.parent):
            raise PracticeOnly
        presence = Presence(self._database)
        try:
            with _server_told():
                return self._whole(tell)
        finally:
            presence.close()

    def _whole(self, tell: Tell) -> int:
        with psycopg.connect(self._database, autocommit=True, client_encoding="utf8") as target:
            alone = target.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
            if alone != (True,):
                raise InUse
            state = _state(target)
            if state.get("verified") is None:
                if not self._file.exists():
                    raise Nothing
                prepare_file(self._file)
                with _locked(self._file) as source:
                    if not state:
                        _begin(self._database)
                    tables = _tables(source)
                    for table in tables:
                        self._move(source, target, table, tell)
                    rows = sum(self._compare(source, target, table) for table in tables)
                    _go_on_counting(source, target)
                    target.execute("INSERT INTO moving (name, last) VALUES ('verified', %s)", [str(rows)])
                    self._destroy()
            self._destroy()
            rows = int(_state(target)["verified"])
            target.execute("DROP TABLE moving")
            return rows

    def _destroy(self) -> None:
        """Overwrite and remove the SQLite file. What is gone already is no matter."""
        for ending in ("-wal", "-shm", ""):
            destroy_large(self._file.with_name(self._file.name + ending))

    def _move(self, source: sqlite3.Connection, target: psycopg.Connection, table: Table, tell: Tell) -> None:
        whole = source.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
        while True:
            last = _state(target).get(table.name)
            rows = _next_rows(source, table, None if last is None else _decoded(last))
            if not rows:
                tell(table.name, whole, whole)
                return
            with target.transaction(), target.cursor() as cursor:
                over, columns = self._sealed_anew(cursor, table, rows)
                with cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN".encode()) as copying:
                    for row in over:
                        copying.write_row(row)
                cursor.execute(
                    "INSERT INTO moving (name, last, count) VALUES (%s, %s, %s) ON CONFLICT (name) "
                    "DO UPDATE SET last = excluded.last, count = moving.count + excluded.count RETURNING count",
                    [
                        table.name,
                        _encoded([rows[-1][table.columns.index(name)] for name in table.key]),
                        len(rows),
                    ],
                )
                done = cursor.fetchone()
            tell(table.name, int(done[0]) if done else 0, whole)

    def _sealed_anew(
        self, cursor: psycopg.Cursor[Values], table: Table, rows: Sequence[Values]
    ) -> tuple[list[Values], tuple[str, ...]]:
        """The rows as they are kept on PostgreSQL, and their columns."""
        if table.name not in SEALS:
            return list(rows), table.columns
        seal = SEALS[table.name]
        of = table.columns.index(seal.of)
        if table.name == "conversations":
            slots = {row[of]: self._slot(cursor) for row in rows}
            columns = (*table.columns, "slot")
        else:
            asked = list({row[of] for row in rows})
            slots = dict(
                cursor.execute("SELECT id, slot FROM conversations WHERE id = ANY(%s)", [asked]).fetchall()  # type: ignore[arg-type]
            )
            columns = table.columns
        return [self._anew(table, seal, row, slots.get(row[of])) for row in rows], columns

    def _slot(self, cursor: psycopg.Cursor[Values]) -> int:
        while True:
            row = cursor.execute("SELECT nextval('draft_slots')").fetchone()
            assert row is not None
            slot = int(str(row[0]))
            if self._days.slots.take(slot):
                return slot

    def _anew(self, table: Table, seal: Seal, row: Values, slot: int | None) -> Values:
        named = dict(zip(table.columns, row, strict=True))
        if slot is not None:
            with suppress(KeyGone):  # its day is over: it goes with the next purge
                plain, bound = self._plain(seal, named), seal.bound.format(**named)
                if plain is not None:
                    name = in_slot(str(named["day"]), slot)
                    named["day"], named[seal.column] = name, self._days.of(name).seal(plain, bound)
        if table.name == "conversations":
            named["slot"] = slot
        return tuple(named.values())

    def _plain(self, seal: Seal, named: dict[str, object]) -> bytes | None:
        """What a sealed column holds. Raises `KeyGone`."""
        body = named[seal.column]
        if body is None or named["day"] is None:
            return None
        assert isinstance(body, bytes)
        return self._days.of(str(named["day"])).open(body, seal.bound.format(**named))

    def _compare(self, source: sqlite3.Connection, target: psycopg.Connection, table: Table) -> int:
        """Read a table from both sides and compare; returns how many rows. Raises `Different`."""
        order = f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {', '.join(table.key)}"  # noqa: S608
        count = 0
        with target.transaction(), target.cursor("comparing", row_factory=tuple_row) as there:
            there.execute(order.encode())
            for ours in source.execute(order):
                theirs = there.fetchone()
                if theirs is None or self._told(table, tuple(ours)) != self._told(table, theirs):
                    raise Different
                count += 1
            if there.fetchone() is not None:
                raise Different
        return count

    def _told(self, table: Table, row: Values) -> dict[str, object]:
        """What a row says, whatever key it is sealed with."""
        named = dict(zip(table.columns, row, strict=True))
        seal = SEALS.get(table.name)
        if seal is not None and named.get(seal.of) is not None:
            with suppress(KeyGone):
                named[seal.column] = self._plain(seal, named)
                named["day"] = str(named["day"]).partition(".")[0] if named["day"] is not None else None
        return named


def _state(target: psycopg.Connection) -> dict[str, str]:
    """How far a move is; empty when none was begun. Raises `Occupied` when there is something else."""
    row = target.execute("SELECT to_regclass('moving'), to_regclass('migrations')").fetchone()
    assert row is not None
    if row[0] is None:
        if row[1] is not None:
            raise Occupied
        return {}
    return {str(name): str(last) for name, last in target.execute("SELECT name, last FROM moving")}


def _begin(database: str) -> None:
    """Make the schema, and the table that says that it is being moved into, in one transaction."""
    with psycopg.Connection[DictRow].connect(database, autocommit=True) as connection:
        _make(PostgresTransaction(connection, ("BEGIN",)))


def _make(tx: PostgresTransaction) -> None:
    prepare(tx, lambda _: None)
    tx.script(
        [
            "CREATE TABLE moving (name TEXT PRIMARY KEY, last TEXT NOT NULL, count BIGINT NOT NULL DEFAULT 0)",
            "INSERT INTO moving (name, last) VALUES ('begun', '')",
        ]
    )
    tx.end("COMMIT")


@contextmanager
def _server_told() -> Iterator[None]:
    """What the server does not do is told in our own words."""
    try:
        yield
    except failures.DiskFull:
        raise DiskFull from None
    except failures.InsufficientPrivilege:
        raise NoRights from None
    except (failures.UndefinedColumn, failures.DuplicateTable):
        raise OtherTables from None
    except psycopg.OperationalError:
        raise NoServer(
            "The database server went away. Nothing is lost: run gehoord migrate-store again, and it goes on."
        ) from None


@contextmanager
def _locked(file: Path) -> Iterator[sqlite3.Connection]:
    """The database file for us alone. Raises `InUse` while anybody else has it open."""
    connection = connect(file)
    connection.row_factory = None
    try:
        connection.execute("PRAGMA busy_timeout=1000")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise InUse
        connection.execute("BEGIN EXCLUSIVE")
        yield connection
    except sqlite3.OperationalError:
        raise InUse from None
    finally:
        connection.close()


def _tables(source: sqlite3.Connection) -> list[Table]:
    """All tables of ours, conversations first: what waits in one is sealed with its key."""
    names = [
        str(name)
        for (name,) in source.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' ORDER BY name"
        )
    ]
    names.sort(key=lambda name: name != "conversations")
    found = []
    for name in names:
        columns = source.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
        key = sorted((place, column) for column, place in columns if place)
        found.append(Table(name, tuple(column for column, _ in columns), tuple(column for _, column in key)))
    return found


def _next_rows(source: sqlite3.Connection, table: Table, after: Values | None) -> list[Values]:
    """The next rows in order of their key."""
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    where = "" if after is None else f"WHERE ({key}) > ({', '.join('?' * len(table.key))})"
    asked = f"SELECT {columns} FROM {table.name} {where} ORDER BY {key} LIMIT {_SOME}"  # noqa: S608 (our own schema)
    return [tuple(row) for row in source.execute(asked, after or ())]


def _go_on_counting(source: sqlite3.Connection, target: psycopg.Connection) -> None:
    """Ids and slots that were given out are never given again."""
    counted = dict(source.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table in _tables(source):
        if "id" in table.columns:
            held = target.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table.name]).fetchone()
            last = source.execute(f"SELECT max(id) FROM {table.name}").fetchone()[0]  # noqa: S608
            if held is not None and held[0] is not None and isinstance(last or 1, int):
                following = max(last or 0, counted.get(table.name, 0)) + 1
                target.execute("SELECT setval(%s::regclass, %s, false)", [held[0], following])
    slot = source.execute("SELECT value FROM meta WHERE name = 'next_slot'").fetchone()
    target.execute("SELECT setval('shred_slots', %s, false)", [int(slot[0]) if slot else 0])


def _encoded(key: Sequence[object]) -> str:
    return msgspec.json.encode([{"b": one.hex()} if isinstance(one, bytes) else one for one in key]).decode()


def _decoded(key: str) -> Values:
    return tuple(
        bytes.fromhex(one["b"]) if isinstance(one, dict) else one for one in msgspec.json.decode(key)
    )
