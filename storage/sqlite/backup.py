"""Backups while everything runs, and starting again from one on an empty machine.

Two places, because they have opposite wishes:

- the *database copies*: as many as one likes. Never holds drafts, messages on their way, names of messages or unsent
  files.
- the *key copy*: process keys, shred keys and tombstones, of which only the newest survives. It is written over
  in place, so a case that was destroyed here is destroyed in every old copy of the database too. A lost disk
  loses nothing, since both together are all there is. Keep it elsewhere than the database copies.

Day keys are in neither.
"""

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from storage.engine import Transaction
from storage.errors import Damaged, NotEmpty
from storage.files import locked, make_directory, sync_directory
from storage.shred import ShredFile
from storage.sqlite.database import APPLICATION_ID, connect, prepare
from storage.sqlite.retention import destroy_case
from storage.sqlite.writer import SqliteTransaction, named

_ONLY = {
    "outbox": "0",
    "steps": "0",
    "marks": "0",
    "conversations": "remains IS NOT NULL",
    "attachments": "number IS NOT NULL",
    "cases": "purging = 0",
}
"""What of a table is copied, where it is not everything."""


def back_up(data: Path, copies: Path, keys: Path, now: datetime) -> Path:
    """Copy the database of `data` into `copies`, and its keys over those in `keys`; returns the new copy.

    Raises `Damaged` when the copy does not read back well, `DiskFull`.
    """
    make_directory(copies)
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    copy = copies / f"gehoord-{stamp}.db"
    part = copy.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        _copy_database(data / "gehoord.db", part)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise named(error) from None
    part.rename(copy)
    sync_directory(copies)
    copy_keys(data / "keys", keys)
    return copy


def _copy_database(source: Path, target: Path) -> None:
    """Copy what may be kept, from one moment of the source, which goes on meanwhile."""
    connection = connect(target)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("ATTACH DATABASE ? AS source", (f"file:{source}?mode=ro",))
        connection.execute("BEGIN")
        made = connection.execute(
            "SELECT type, name, sql FROM source.sqlite_schema"
            " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        for row in made:
            if row["type"] == "table":
                connection.execute(row["sql"])
                _copy_table(connection, row["name"])
        connection.execute(
            "DELETE FROM main.sqlite_sequence"
        )  # ids that were given out are never given again
        connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence")
        for row in made:
            if row["type"] != "table":
                connection.execute(row["sql"])
        version = connection.execute("PRAGMA source.user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version={version}")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("COMMIT")
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Damaged
    finally:
        connection.close()


def _copy_table(connection: sqlite3.Connection, table: str) -> None:
    columns = [row["name"] for row in connection.execute(f"PRAGMA source.table_info({table})")]
    taken = ["NULL" if (table, name) in (("conversations", "draft"), ("conversations", "day")) else name
             for name in columns]  # fmt: skip
    where = _ONLY.get(table, "1")
    connection.execute(
        f"INSERT INTO main.{table} ({', '.join(columns)})"  # noqa: S608 (names from our own schema)
        f" SELECT {', '.join(taken)} FROM source.{table} WHERE {where}"
    )


def copy_keys(source: Path, target: Path) -> None:
    """Bring the key copy up to date, over what is there."""
    process = make_directory(target / "process")
    current = {path.name for path in (source / "process").glob("*.key")}
    for name in sorted(current):
        _over(source / "process" / name, process / name)
    ShredFile(source / "shred.keys").copy_over(target / "shred.keys")
    ShredFile(source / "lines.keys").copy_over(target / "lines.keys")
    _over(source / "tombstones", target / "tombstones")
    sync_directory(target)


def _over(source: Path, target: Path) -> None:
    data = source.read_bytes() if source.exists() else b""
    with locked(target) as handle:
        os.pwrite(handle, data, 0)
        os.ftruncate(handle, len(data))
        os.fsync(handle)


def restore(copy: Path, keys: Path, data: Path, now: datetime) -> tuple[str, ...]:
    """Make an empty data directory from a database copy and the key copy; returns what was destroyed meanwhile.

    What the tombstones name, and every case without its shred key, is destroyed again before anyone can ask for it.
    Raises `NotEmpty`, `Damaged`, `NewerSchema`; the next opening raises `StrangerKeys` when the keys are not of it.
    """
    if data.exists() and any(data.iterdir()):
        raise NotEmpty
    make_directory(data / "keys")
    shutil.copyfile(copy, data / "gehoord.db")
    shutil.copytree(keys, data / "keys", dirs_exist_ok=True)
    prepare(data / "gehoord.db")
    connection = connect(data / "gehoord.db")
    try:
        connection.execute("BEGIN IMMEDIATE")
        gone = replay(SqliteTransaction(connection), data / "keys", now)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return shred_again(data / "keys", gone)


def replay(tx: Transaction, keys: Path, now: datetime) -> dict[str, int]:
    """Destroy again in an older database what these keys and their tombstones say was destroyed; cases with slots."""
    shred = ShredFile(keys / "shred.keys")
    lines = [line.split() for line in (keys / "tombstones").read_text(encoding="utf-8").splitlines()]
    dead = {words[1] for words in lines if words[0] == "case"}
    gone = {}
    for row in tx.all("slots"):
        if row["number"] in dead or shred.lost(row["slot"]):
            destroy_case(tx, row["number"], row["scheme"], int(now.timestamp()))
            gone[row["number"]] = row["slot"]
    for words in lines:
        if words[0] == "conversation":
            tx.run("forget_again", id=int(words[1]), version=int(words[2]))
    tx.run("set_meta", name="next_slot", value=str(shred.slots()))
    return gone


def shred_again(keys: Path, gone: dict[str, int]) -> tuple[str, ...]:
    """Destroy the keys of these cases, if they are still there; returns the numbers."""
    shred = ShredFile(keys / "shred.keys")
    shred.destroy(tuple(slot for slot in gone.values() if slot < shred.slots()))
    return tuple(gone)
