"""The one that writes: many turns in one commit, each undone alone, all or none durable."""

import asyncio
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage import errors
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address
from storage.sqlite import SqliteStore
from storage.sqlite.database import prepare
from storage.sqlite.writer import SqliteTransaction, Transaction, Writer
from tests.storage.made import NOW, SCHEME, keeping, turn


class Counting(sqlite3.Connection):
    """A connection that counts its commits and can be told to fail them."""

    commits = 0
    full = False

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if sql == "COMMIT":
            type(self).commits += 1
        return super().execute(sql, *parameters)  # type: ignore[arg-type]


def writing(path: Path) -> Writer:
    """A writer on a new database whose commits are counted."""
    prepare(path)
    Counting.commits = 0

    def connecting() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, factory=Counting, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        return connection

    return Writer(connecting)


def remember(name: str) -> Callable[[Transaction], str]:
    """A job that keeps a fact."""

    def job(tx: Transaction) -> str:
        tx.run("set_meta", name=name, value=name)
        return name

    return job


def kept_in(path: Path) -> list[str]:
    """The facts that were kept."""
    connection = sqlite3.connect(path)
    found = [name for (name,) in connection.execute("SELECT name FROM meta ORDER BY name")]
    connection.close()
    return found


async def test_jobs_that_wait_together_share_a_commit(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    results = await asyncio.gather(*(writer.write(remember(str(n))) for n in range(200)))
    await writer.close()
    assert results == [str(n) for n in range(200)]
    assert Counting.commits < 20


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize("written", [False, True])
async def test_job_that_fails_is_undone_alone(tmp_path: Path, *, brief: bool, written: bool) -> None:
    writer = writing(tmp_path / "a.db")

    def failing(tx: Transaction) -> None:
        if written:
            tx.run("set_meta", name="half", value="written")
        raise errors.Conflict

    results = await asyncio.gather(
        writer.write(remember("before"), brief=brief),
        writer.write(failing, brief=brief),
        writer.write(remember("after"), brief=brief),
        return_exceptions=True,
    )
    await writer.close()
    assert [type(result) for result in results] == [str, errors.Conflict, str]
    assert kept_in(tmp_path / "a.db") == ["after", "before"]
    assert Counting.commits == 1


@pytest.mark.parametrize("brief", [False, True])
async def test_refusal_that_leans_on_what_was_undone_is_none(tmp_path: Path, *, brief: bool) -> None:
    writer = writing(tmp_path / "a.db")

    def refusing(tx: Transaction) -> None:
        if tx.one("meta", name="kept") is not None:
            raise errors.Duplicate

    await writer.write(remember("before"), brief=brief)
    with no_more_room():
        results = await asyncio.gather(
            writer.write(remember("kept"), brief=brief),
            writer.write(refusing, brief=brief),
            return_exceptions=True,
        )
    await writer.write(refusing, brief=brief)
    await writer.close()
    assert [type(result) for result in results] == [errors.DiskFull, errors.DiskFull]


async def test_whoever_waits_hears_that_nothing_can_be_opened(tmp_path: Path) -> None:
    def nothing() -> sqlite3.Connection:
        raise PermissionError

    writer = Writer(nothing)
    async with asyncio.timeout(60):
        results = await asyncio.gather(
            *(writer.write(remember(str(n))) for n in range(300)), return_exceptions=True
        )
        await writer.close()
    assert [type(result) for result in results] == [PermissionError] * 300


async def test_brief_job_is_done_on_the_loop_and_any_other_away_from_it(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    here = threading.get_ident()
    assert await writer.write(lambda _: threading.get_ident(), brief=True) == here
    assert await writer.write(lambda _: threading.get_ident()) != here
    await writer.close()


async def test_brief_job_waits_for_another_process_without_holding_anybody_up(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(writer.write(remember("kept"), brief=True))
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    assert await waiting == "kept"
    await writer.close()


async def test_writer_that_is_cancelled_leaves_no_transaction_open(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    await writer.write(remember("before"), brief=True)
    reached, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        tx.run("set_meta", name="half", value="written")
        reached.set()
        go_on.wait(60)
        raise errors.Conflict

    writing_it = asyncio.ensure_future(writer.write(slow))
    await asyncio.to_thread(reached.wait, 60)
    assert writer._task is not None
    writer._task.cancel()
    threading.Timer(0.05, go_on.set).start()
    with pytest.raises(errors.Conflict):
        await writing_it
    assert await writer.write(remember("after"), brief=True) == "after"
    await writer.close()
    assert kept_in(tmp_path / "a.db") == ["after", "before"]


async def test_who_stopped_waiting_has_their_turn_kept_all_the_same(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    task = asyncio.ensure_future(writer.write(remember("kept")))
    await asyncio.sleep(0)
    task.cancel()
    await writer.close()
    assert kept_in(tmp_path / "a.db") == ["kept"]


async def test_closed_writer_refuses(tmp_path: Path) -> None:
    writer = writing(tmp_path / "a.db")
    await writer.close()
    await writer.close()
    with pytest.raises(errors.StoreError):
        await writer.write(remember("late"))


async def test_full_disk_is_named_and_nothing_is_half_written(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await limit(store, pages=30)
        kept, refused = 0, 0
        for n in range(200):
            try:
                await store.commit(
                    Address("web", str(n), SCHEME), 0, turn("x" * 2000), [b"y" * 2000], now=NOW
                )
                kept += 1
            except errors.DiskFull:
                refused += 1
        assert kept > 0
        assert refused > 0
        whole = 0
        for n in range(200):
            address = Address("web", str(n), SCHEME)
            has_session = (await store.load(address)).session is not None
            assert has_session == (len(await store.undelivered(address)) == 1)
            whole += has_session
        assert whole == kept
        await limit(store, pages=100_000)
        await store.commit(Address("web", "after", SCHEME), 0, turn("weer plaats"), now=NOW)


async def test_day_whose_key_finds_no_room_is_a_full_disk_too(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await store.commit(Address("web", "1", SCHEME), 0, turn("hoi"), now=NOW)
        before = set((tmp_path / "keys" / "day").iterdir())
        with no_more_room(), pytest.raises(errors.DiskFull):
            await store.commit(Address("web", "2", SCHEME), 0, turn("hoi"), now=NOW + timedelta(days=1))
        assert set((tmp_path / "keys" / "day").iterdir()) == before
        await store.commit(Address("web", "2", SCHEME), 0, turn("hoi"), now=NOW + timedelta(days=1))


@contextmanager
def no_more_room() -> Iterator[None]:
    """No file of this process may be written to beyond its begin, as on a disk that takes no more (setrlimit(2))."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_database_that_was_damaged_is_named_by_who_only_reads(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        await store.commit(Address("web", "1", SCHEME), 0, turn("hoi"), [b"dag"], now=NOW)
    file = tmp_path / "gehoord.db"
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'outbox'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        with pytest.raises(errors.Damaged):
            await store.claim(NOW + timedelta(hours=1))
        with pytest.raises(errors.Damaged):
            await store._engine.scan(lambda tx: tx.one("next_parcel", conversation=1))


async def limit(store: SqliteStore, pages: int) -> None:
    """Let the writer's database grow by so many pages and no more, as a disk that fills up would."""

    def limiting(tx: Transaction) -> None:
        assert isinstance(tx, SqliteTransaction)
        count = tx._connection.execute("PRAGMA page_count").fetchone()[0]
        tx._connection.execute(f"PRAGMA max_page_count={count + pages}")

    await store._engine.write(limiting)


TALKING = """
import asyncio, sys
from pathlib import Path
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address
from tests.storage.made import NOW, SCHEME, keeping, turn

async def main():
    store = open_store(Path(sys.argv[1]), keeping, cost=QUICK)
    async def talk(who):
        n, version = 0, 0
        while True:
            n += 1
            said = str(n)
            kept = await store.commit(Address("web", who, SCHEME), version, turn(said), [said.encode()], said, now=NOW)
            version = kept.version
            print(who, n, flush=True)
    await asyncio.gather(*(talk(str(who)) for who in range(4)))

asyncio.run(main())
"""
"""Four people who talk without end; every turn that was confirmed is printed."""


def killed_while_talking(data: Path, after: int) -> dict[str, int]:
    """Kill a process after so many confirmed turns; returns the last confirmed turn of each person."""
    process = subprocess.Popen([sys.executable, "-c", TALKING, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    confirmed: dict[str, int] = {}
    for count, line in enumerate(process.stdout):
        if count == after:
            process.kill()
        if line.endswith("\n"):
            who, said = line.split()
            confirmed[who] = int(said)
    process.wait()
    process.stdout.close()
    return confirmed


async def test_killed_process_leaves_whole_turns_only(tmp_path: Path) -> None:
    confirmed = await asyncio.to_thread(killed_while_talking, tmp_path, 400)
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        for who, said in confirmed.items():
            address = Address("web", who, SCHEME)
            found = (await store.load(address)).session
            assert found is not None
            last = int(found.said[0])
            assert last - said in (0, 1)  # the last turn may have been kept without anyone hearing so
            assert await store.undelivered(address) == tuple(str(n).encode() for n in range(1, last + 1))
