"""The stolen disk with a PostgreSQL server on it: dead rows and the log keep every byte, so only keys forget."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from flows.answers import FIELDS
from flows.effects import Forget
from flows.session import Session, Turn
from storage import errors
from storage.passwords import QUICK
from storage.postgres.engine import PostgresEngine
from storage.sqlite import SqliteStore
from tests.storage.cluster import Cluster, started
from tests.storage.cluster_thief import ClusterThief
from tests.storage.made import DAY, HOUR, NOW, PASSWORD, SCHEME, STAND_IN_PASSWORD, keeping, staff
from tests.storage.test_stolen_disk import filing, found, submit, tell

MARKS = ("Kanarie",)
DRAFT = [*FIELDS, "said", "doubt", "caption", "page", "message", "file", "file-name"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server with little in it."""
    with started() as made:
        yield made


class Stolen:
    """An open store on a server, and what a thief has of both."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.url = cluster.new_database()
        self.cluster = cluster
        self.data = folder / "data"
        self.store = SqliteStore(PostgresEngine(self.url, self.data, keeping, QUICK))

    def thief(self, *more: Path, passwords: tuple[str, ...] = ()) -> ClusterThief:
        """Who has everything now: the keys, this database, the log of changes and what the server wrote down."""
        self.cluster.run("postgres", "CHECKPOINT")
        folder = self.cluster.database_folder(self.url)
        places = (self.data, folder, self.cluster.data / "pg_wal", self.cluster.folder / "log", *more)
        return ClusterThief(*places, passwords=passwords, marks=MARKS)

    def keys(self, to: Path) -> Path:
        """A copy of the keys as they are now."""
        return shutil.copytree(self.data / "keys", to / "keys")


@pytest.fixture
async def stolen(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Stolen]:
    """A store on the server."""
    made = Stolen(cluster, tmp_path)
    async with made.store:
        yield made


async def test_thief_reads_nothing_that_was_submitted_though_all_its_bytes_are_there(
    stolen: Stolen, tmp_path: Path
) -> None:
    saskia = await staff(stolen.store)
    address, session, version = await tell(stolen.store, "Samira")
    before = stolen.keys(tmp_path / "before")
    await stolen.store.commit(address, version, filing("Samira", "BG-AAAA-AA", session), [], "m2", now=NOW)
    assert found(stolen.thief(), "Samira") == []
    assert found(stolen.thief(before), "Samira") == DRAFT
    opened = await stolen.store.open_case("BG-AAAA-AA", saskia, now=NOW)
    assert opened.intake.said == session.said


async def test_thief_reads_nothing_of_what_was_added_noted_and_held(stolen: Stolen) -> None:
    await submit(stolen.store, "Samira", "BG-AAAA-AA", await staff(stolen.store))
    assert found(stolen.thief(), "Samira") == []
    assert found(stolen.thief(passwords=(PASSWORD,)), "Samira") == [
        *FIELDS, "said", "caption", "refused", "file", "file-name", "added", "note", "hold", "attachment-later",
    ]  # fmt: skip


async def test_thief_reads_live_drafts_as_is_said_truthfully(stolen: Stolen) -> None:
    await tell(stolen.store, "Tom")
    assert found(stolen.thief(), "Tom") == DRAFT


async def test_thief_finds_nothing_of_a_draft_older_than_72_hours(stolen: Stolen, tmp_path: Path) -> None:
    await tell(stolen.store, "Tom")
    before = stolen.keys(tmp_path / "before")
    await stolen.store.purge(NOW + 72 * HOUR)
    assert found(stolen.thief(), "Tom") == []
    assert found(stolen.thief(before), "Tom") == DRAFT
    await stolen.store.purge(NOW + 5 * DAY)
    assert list((stolen.data / "keys" / "day").glob("2026-05-20*")) == []


async def test_thief_finds_nothing_of_a_wiped_conversation(stolen: Stolen) -> None:
    address, _, version = await tell(stolen.store, "Tom")
    empty = Session(SCHEME, "v1", "telegram", state="done")
    await stolen.store.commit(address, version, Turn(empty, effects=(Forget(),)), [b"gewist"], "m9", now=NOW)
    assert found(stolen.thief(), "Tom") == []
    assert await stolen.store.undelivered(address) == (b"gewist",)


async def test_thief_finds_nothing_of_a_turn_that_was_undone_once_it_was_taken_and_filed(
    stolen: Stolen,
) -> None:
    await staff(stolen.store)
    address, session, version = await tell(stolen.store, "Samira")
    with pytest.raises(errors.Conflict):
        await stolen.store.commit(address, version + 7, filing("Samira", "BG-AAAA-AA", session), now=NOW)
    await stolen.store.commit(address, version, filing("Samira", "BG-AAAA-AA", session), [], "m2", now=NOW)
    assert found(stolen.thief(), "Samira") == []


async def test_purged_case_is_gone_for_good_for_every_password(stolen: Stolen) -> None:
    end = NOW.replace(year=2032)
    saskia = await staff(stolen.store)
    await submit(stolen.store, "Samira", "BG-AAAA-AA", saskia)
    await stolen.store.release("BG-AAAA-AA", saskia.id, now=NOW)
    await stolen.store.act("BG-AAAA-AA", saskia, status="closed", now=NOW)
    assert (await stolen.store.purge(end)).cases == ("BG-AAAA-AA",)
    assert found(stolen.thief(passwords=(PASSWORD, STAND_IN_PASSWORD)), "Samira") == []


async def test_keys_that_a_kill_left_noted_are_destroyed_at_the_next_start(stolen: Stolen) -> None:
    address, _, version = await tell(stolen.store, "Tom")
    engine = stolen.store._engine
    assert isinstance(engine, PostgresEngine)
    engine._forget_keys = lambda: None  # type: ignore[method-assign]
    empty = Session(SCHEME, "v1", "telegram", state="done")
    await stolen.store.commit(address, version, Turn(empty, effects=(Forget(),)), [b"gewist"], "m9", now=NOW)
    assert found(stolen.thief(), "Tom") != []
    async with SqliteStore(PostgresEngine(stolen.url, stolen.data, keeping, QUICK)):
        assert found(stolen.thief(), "Tom") == []


async def test_slot_that_a_kill_left_to_nobody_is_destroyed_by_the_purge(stolen: Stolen) -> None:
    await tell(stolen.store, "Tom")
    engine = stolen.store._engine
    assert isinstance(engine, PostgresEngine)
    row = await engine.ask(lambda tx: tx.one("take_draft_slot"))
    assert row is not None
    assert engine.slots.take(row["slot"])
    await stolen.store.purge(NOW)
    with pytest.raises(errors.KeyGone):
        engine.slots.secret(row["slot"])
    assert found(stolen.thief(), "Tom") == DRAFT
