"""The database file: its schema, its migrations, its keys, and who is refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.effects import Wake
from flows.events import Happened
from storage import errors
from storage.opening import open_practice, open_store
from storage.passwords import QUICK
from storage.practice import practice_officer
from storage.records import Address
from storage.sqlite.database import MIGRATIONS, connect, prepare
from storage.sqlite.migrations import migrate
from storage.sqlite.queries import queries
from tests.storage.made import (
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    TOM,
    deadline,
    file,
    keeping,
    order,
    session,
    staff,
    turn,
)


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    """All that a database is made of, without its spacing."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1, 2"
    ).fetchall()
    connection.close()
    return [(kind, name, " ".join(sql.split())) for kind, name, sql in found]


def test_migrations_lead_to_the_schema(tmp_path: Path) -> None:
    prepare(tmp_path / "new.db")
    connection = connect(tmp_path / "migrated.db")
    connection.execute("PRAGMA journal_mode=WAL")
    migrate(connection, MIGRATIONS)
    connection.close()
    assert schema_of(tmp_path / "migrated.db") == schema_of(tmp_path / "new.db")


def test_every_script_is_a_migration() -> None:
    assert {file.stem for file in Path("storage/sqlite/migrations").glob("*.sql")} == set(MIGRATIONS)


def test_new_database_has_every_migration_recorded(tmp_path: Path) -> None:
    assert prepare(tmp_path / "new.db")
    assert not prepare(tmp_path / "new.db")
    connection = sqlite3.connect(tmp_path / "new.db")
    recorded = connection.execute('SELECT name FROM "_sqlite_migrations" ORDER BY id').fetchall()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    assert ([name for (name,) in recorded], version) == (list(MIGRATIONS), len(MIGRATIONS))


def test_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    prepare(tmp_path / "gehoord.db")
    connection = sqlite3.connect(tmp_path / "gehoord.db")
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(errors.NewerSchema):
        open_store(tmp_path, keeping)


async def test_database_that_was_made_by_who_ended_before_it_had_a_key_is_taken_into_use(
    tmp_path: Path,
) -> None:
    prepare(tmp_path / "gehoord.db")
    for _ in range(2):
        async with open_store(tmp_path, keeping, cost=QUICK) as store:
            assert await store.parked() == ()


async def test_step_that_is_not_what_was_written_keeps_nobody_else_from_hearing(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await file(store)
        await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), now=NOW)
        await store.commit(TOM, 0, turn("later", Wake(NOW.isoformat())), now=NOW)
        assert len(await store.wakes(NOW)) == 2
        with closing(sqlite3.connect(tmp_path / "gehoord.db")) as other, other:
            other.execute("UPDATE steps SET event = zeroblob(length(event))")
        assert [due.address for due in await store.wakes(NOW)] == [TOM]


def test_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "gehoord.db").write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(errors.Damaged):
        open_store(tmp_path, keeping)


def test_every_query_can_be_prepared_and_has_a_purpose(tmp_path: Path) -> None:
    prepare(tmp_path / "new.db")
    connection = sqlite3.connect(tmp_path / "new.db")
    for sql in queries().values():
        names = {word.strip(",();") for word in sql.replace("(", " ").split() if word.startswith(":")}
        connection.execute(f"EXPLAIN {sql}", {name[1:]: None for name in names})
    connection.close()


def test_every_query_is_used() -> None:
    code = "".join(path.read_text() for path in Path("storage").rglob("*.py"))
    assert [name for name in queries() if f'"{name}"' not in code] == []


async def test_keys_of_another_database_are_refused(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        await open_store(tmp_path / name, keeping).close()
    shutil.rmtree(tmp_path / "ours" / "keys")
    shutil.copytree(tmp_path / "theirs" / "keys", tmp_path / "ours" / "keys")
    with pytest.raises(errors.StrangerKeys):
        open_store(tmp_path / "ours", keeping)


async def test_database_without_its_keys_is_refused_and_no_new_key_is_made(tmp_path: Path) -> None:
    await open_store(tmp_path, keeping).close()
    shutil.rmtree(tmp_path / "keys")
    with pytest.raises(errors.StrangerKeys):
        open_store(tmp_path, keeping)
    assert list((tmp_path / "keys" / "process").iterdir()) == []


async def test_new_database_does_not_take_old_keys_for_its_own(tmp_path: Path) -> None:
    await open_store(tmp_path, keeping).close()
    (tmp_path / "gehoord.db").unlink()
    with pytest.raises(errors.StrangerKeys):
        open_store(tmp_path, keeping)


async def test_process_that_was_running_follows_a_change_of_keys(tmp_path: Path) -> None:
    ours = open_store(tmp_path, keeping, cost=QUICK)
    theirs = open_store(tmp_path, keeping, cost=QUICK)
    first = await ours.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
    assert await theirs.rotate_process_key(NOW) == 1
    assert (await ours.load(SAMIRA)).session == session("een")
    await ours.commit(SAMIRA, first.version, turn("twee"), inbound="m2", now=NOW)
    assert (await theirs.load(SAMIRA)).session == session("twee")
    with pytest.raises(errors.Duplicate):
        await ours.commit(SAMIRA, first.version + 1, turn("een"), inbound="m1", now=NOW)
    await ours.close()
    await theirs.close()


async def test_old_process_key_is_destroyed_when_nothing_names_it(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        await store.rotate_process_key(NOW)
        assert sorted(path.name for path in (tmp_path / "keys/process").iterdir()) == ["0001.key", "0002.key"]
        await store.purge(NOW.replace(month=6))
        assert [path.name for path in (tmp_path / "keys/process").iterdir()] == ["0002.key"]


async def test_practice_directory_takes_complaints_at_once(tmp_path: Path) -> None:
    async with open_practice(tmp_path, [SCHEME], keeping) as store:
        await file(store)
        dossier = await store.open_case("BG-7K4Q-92", practice_officer(tmp_path, SCHEME), now=NOW)
        assert dossier.intake == order().intake
    async with open_practice(tmp_path, [SCHEME, "bij-elkaar"], keeping) as store:
        assert (await store.readiness("bij-elkaar")).missing == ()
        assert len(await store.officers(SCHEME)) == 2


async def test_real_start_refuses_a_practice_directory(tmp_path: Path) -> None:
    await open_practice(tmp_path, [SCHEME], keeping).close()
    with pytest.raises(errors.PracticeOnly):
        open_store(tmp_path, keeping)


async def test_practice_refuses_a_real_directory(tmp_path: Path) -> None:
    await open_store(tmp_path, keeping).close()
    with pytest.raises(errors.NotPractice):
        open_practice(tmp_path, [SCHEME], keeping)


def test_officer_of_a_scheme_without_practice_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownOfficer):
        practice_officer(tmp_path, SCHEME)


async def test_access_log_can_neither_be_changed_nor_shortened(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await staff(store)
    connection = sqlite3.connect(tmp_path / "gehoord.db")
    for statement in ("UPDATE access SET officer = 'x'", "DELETE FROM access"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


async def test_row_moved_to_another_conversation_is_misplaced(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        for address in (SAMIRA, Address("telegram", "4712", SCHEME)):
            await store.commit(address, 0, turn(address.key), now=NOW)
    connection = sqlite3.connect(tmp_path / "gehoord.db")
    (one,), (two,) = connection.execute("SELECT id FROM conversations ORDER BY id").fetchall()
    connection.execute(
        "UPDATE conversations SET draft = (SELECT draft FROM conversations WHERE id = ?) WHERE id = ?",
        (one, two),
    )
    connection.execute(
        "UPDATE conversations SET draft = (SELECT draft FROM conversations WHERE id = ?)", (one,)
    )
    connection.commit()
    connection.close()
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        names = []
        for key in ("4711", "4712"):
            try:
                names.append((await store.load(Address("telegram", key, SCHEME))).session)
            except errors.Misplaced:
                names.append(None)
        assert names.count(None) == 1


async def test_swapped_keys_of_two_cases_are_misplaced(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await staff(store)
        await file(store)
        await file(store, Address("telegram", "4712", SCHEME), number="BG-OTHE-RR")
    connection = sqlite3.connect(tmp_path / "gehoord.db")
    rows = connection.execute("SELECT number, sealed_key, slot FROM cases ORDER BY number").fetchall()
    for (number, _, _), (_, key, slot) in zip(rows, reversed(rows), strict=True):
        connection.execute("UPDATE cases SET sealed_key = ?, slot = ? WHERE number = ?", (key, slot, number))
    connection.commit()
    connection.close()
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", "appel fiets maandag wolk", now=NOW)
        with pytest.raises(errors.Misplaced):
            await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert await store.access_log("BG-7K4Q-92") == ()


async def test_cut_intake_is_truncated(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        saskia = await staff(store)
        await file(store)
        connection = sqlite3.connect(tmp_path / "gehoord.db")
        connection.execute("UPDATE entries SET body = substr(body, 1, 100)")
        connection.commit()
        connection.close()
        with pytest.raises(errors.Truncated):
            await store.open_case("BG-7K4Q-92", saskia, now=NOW)


async def test_database_of_the_first_release_is_migrated_with_all_that_is_in_it(tmp_path: Path) -> None:
    async with open_store(tmp_path / "now", keeping, cost=QUICK) as store:
        await staff(store)
        await file(store)
        await store.commit(Address("web", "tom", SCHEME), 0, turn("hoi"), [b"hallo"], "m1", now=NOW)
    old = tmp_path / "old"
    shutil.copytree(tmp_path / "now", old)
    (old / "gehoord.db").unlink()
    as_first_released(tmp_path / "now" / "gehoord.db", old / "gehoord.db")
    async with open_store(old, keeping, cost=QUICK) as store:
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake
        assert [term.deadline for term in (await store.case("BG-7K4Q-92")).terms] == [deadline()]
        tom = await store.load(Address("web", "tom", SCHEME))
        assert tom.session == session("hoi")
        with pytest.raises(errors.Duplicate):
            await store.commit(Address("web", "tom", SCHEME), tom.version, turn("hoi"), [], "m1", now=NOW)
        assert await store.undelivered(Address("web", "tom", SCHEME)) == (b"hallo",)
    assert schema_of(old / "gehoord.db") == schema_of(tmp_path / "now" / "gehoord.db")


def as_first_released(source: Path, target: Path) -> None:
    """The content of today's database in one with the schema of the first release."""
    connection = connect(target)
    migrate(connection, MIGRATIONS[:1])
    connection.execute("PRAGMA user_version=1")
    connection.execute("ATTACH DATABASE ? AS now", (str(source),))
    tables = [row["name"] for row in connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
    )]  # fmt: skip
    for table in tables:
        columns = ", ".join(row["name"] for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
    connection.close()
