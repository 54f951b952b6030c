"""The store on PostgreSQL at the worst moments: nothing lost, nothing doubled, all in order."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from flows.effects import Forget
from storage import errors
from storage.engine import Transaction
from storage.postgres import engine as postgres
from storage.records import Address
from storage.store import Store
from tests.storage.cluster import Cluster
from tests.storage.contract_lines import confidant
from tests.storage.contract_lines import opened as line_opened
from tests.storage.made import NOW, SAMIRA, SCHEME, STORY, TOM, file, session, staff, turn
from tests.storage.proxy import Cut, proxied
from tests.storage.test_postgres import CUT, opened

HELD = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
"""How many hold a transaction open and ask nothing."""

WORDS = [f"woord{number}" for number in range(12)]


async def tell_all(store: Store, address: Address) -> None:
    """Say all words in order, each again until it counted, as a messenger does that is not answered."""
    for word in WORDS:
        while True:
            try:
                draft = await store.load(address)
                said = " ".join([*(draft.session.said if draft.session else ()), word]).strip()
                await store.commit(address, draft.version, turn(said), [word.encode()], word, now=NOW)
            except errors.Duplicate:
                break
            except (errors.Conflict, errors.Busy):
                await asyncio.sleep(0.05)
            else:
                break


async def told(store: Store, address: Address) -> tuple[list[str], list[str]]:
    """What was said, and what was answered."""
    draft = await store.load(address)
    assert draft.session is not None
    return draft.session.said[0].split(), [body.decode() for body in await store.undelivered(address)]


async def meanwhile(store: Store, people: list[Address], worst: Callable[[], None]) -> None:
    """Let people talk while the worst happens."""
    talking = asyncio.gather(*(tell_all(store, person) for person in people))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(worst)
    await talking


def crowd() -> list[Address]:
    """Some people."""
    return [Address("telegram", str(number), SCHEME) for number in range(5)]


async def test_two_workers_never_deliver_to_one_conversation(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as one, opened(url, tmp_path) as two:
        for address in (SAMIRA, TOM):
            kept = await one.commit(address, 0, turn("een"), [b"1", b"2"], "m1", now=NOW)
            assert kept.first is not None
            await one.postpone(kept.first, NOW)
        claims = await asyncio.gather(*(store.claim(NOW) for store in (one, two, one, two)))
        held = [claim for claim in claims if claim is not None]
        assert sorted((claim.address.key, claim.body) for claim in held) == [("4711", b"1"), ("4712", b"1")]


@pytest.mark.parametrize("what", ["filed", "wiped"])
async def test_conversation_that_another_process_files_or_wipes_while_it_is_looked_at_is_seen_as_it_is_now(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as one, opened(url, tmp_path) as two:
        await staff(two)
        told = await two.commit(SAMIRA, 0, turn(STORY), now=NOW)
        ask = one._engine.ask

        async def slowly(work: Callable[[Transaction], object]) -> object:
            """Between what is read and its key, the other process goes on, and destroys that key."""
            monkeypatch.undo()
            found = await ask(work)
            if what == "filed":
                await file(two)
            else:
                await two.commit(SAMIRA, told.version, turn("", Forget()), now=NOW)
            return found

        monkeypatch.setattr(one._engine, "ask", slowly)
        seen, now = await one.load(SAMIRA), await two.load(SAMIRA)

    assert seen == now
    assert seen.session is not None
    assert (seen.session.case is not None) == (what == "filed")


async def test_claim_that_expired_while_held_neither_doubles_nor_disorders(
    cluster: Cluster, tmp_path: Path
) -> None:
    url, later = cluster.new_schema(), NOW + timedelta(seconds=31)
    async with opened(url, tmp_path / "one") as one:
        first = (await one.commit(SAMIRA, 0, turn("een"), [b"1", b"2", b"3"], "m1", now=NOW)).first
        assert first is not None
        second = await one.claim(later)
        assert second is not None
        assert (second.body, second.lease != first.lease) == (b"1", True)
        assert (
            await one.delivered(first, now=later) is None
        )  # the slow one hears that it is no longer its own
        following = await one.delivered(second, now=later)
        assert following is not None
        assert following.body == b"2"
        assert await one.undelivered(SAMIRA) == (b"2", b"3")


async def test_what_the_server_could_not_serialize_is_done_again(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        tries: list[int] = []

        def work(tx: Transaction) -> int:
            tries.append(1)
            tx.run("set_meta", name=f"try{len(tries)}", value="x")
            if len(tries) == 1:
                assert isinstance(tx, postgres.PostgresTransaction)
                tx.script(["DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"])
                tx.end()
            return len(tries)

        assert await store._engine.write(work) == 2
        found = [await store._engine.ask(lambda tx, n=n: tx.one("meta", name=n)) for n in ("try1", "try2")]
        assert [row and row["value"] for row in found] == [None, "x"]


async def test_job_that_was_held_up_so_long_that_the_server_ended_it_is_done_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as store:
        tries: list[int] = []

        def work(tx: Transaction) -> None:
            tries.append(1)
            assert isinstance(tx, postgres.PostgresTransaction)
            if len(tries) == 1:
                tx.script(["SET LOCAL idle_in_transaction_session_timeout = '20ms'"])
                tx.run("set_meta", name="held", value="up")
                with psycopg.connect(url, autocommit=True) as other:
                    while other.execute(HELD).fetchone() != (0,):
                        time.sleep(0.05)
            tx.run("set_meta", name="whole", value=str(len(tries)))

        await store._engine.write(work)
        found = [await store._engine.ask(lambda tx, n=n: tx.one("meta", name=n)) for n in ("held", "whole")]
        assert [row and row["value"] for row in found] == [None, "2"]


async def test_two_jobs_that_wait_for_each_other_are_both_done(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        for address in (SAMIRA, TOM):
            await store.commit(address, 0, turn("een"), now=NOW)
        both, engine, waited = threading.Barrier(2), store._engine, set[str]()

        def locking(one: Address, other: Address) -> Callable[[Transaction], None]:
            def work(tx: Transaction) -> None:
                tx.one("conversation", hash=engine.row_hash(one))
                if one.key not in waited:
                    waited.add(one.key)
                    both.wait(60)
                tx.one("conversation", hash=engine.row_hash(other))
                tx.run("set_meta", name=one.key, value="done")

            return work

        await asyncio.gather(
            engine.write(locking(SAMIRA, TOM), alone=False), engine.write(locking(TOM, SAMIRA), alone=False)
        )
        found = [await engine.ask(lambda tx, n=n: tx.one("meta", name=n)) for n in (SAMIRA.key, TOM.key)]
        assert [row and row["value"] for row in found] == ["done", "done"]


@pytest.mark.parametrize("level", ["repeatable%20read", "serializable"])
async def test_who_waited_for_another_job_sees_what_it_did_whatever_isolation_is_usual(
    cluster: Cluster, tmp_path: Path, level: str
) -> None:
    url = cluster.url(cluster.name_of(cluster.new_database()))
    level = level.replace("%20", "\\%20")
    async with opened(f"{url}&options=-cdefault_transaction_isolation%3D{level}", tmp_path) as store:
        first_is_in, other_asked, tries = threading.Event(), threading.Event(), list[str]()

        def first(tx: Transaction) -> None:
            tx.run("set_meta", name="first", value="x")
            first_is_in.set()
            assert other_asked.wait(60)
            while not waiting(url):
                time.sleep(0.01)

        def other(tx: Transaction) -> str | None:
            tries.append("x")
            row = tx.one("meta", name="first")
            return None if row is None else row["value"]

        async def asking() -> str | None:
            await asyncio.to_thread(first_is_in.wait, 60)
            other_asked.set()
            return await store._engine.write(other)

        _, found = await asyncio.gather(store._engine.write(first), asking())
    assert (found, tries) == ("x", ["x"])


def waiting(url: str) -> bool:
    """Whether somebody waits for an advisory lock."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        ).fetchone()
    return row is not None and row[0] > 0


@pytest.fixture
def behind(cluster: Cluster) -> tuple[Cluster, str]:
    """The server, and the name of a new database."""
    return cluster, cluster.name_of(cluster.new_database())


@pytest.mark.parametrize("when", ["before", "after"])
async def test_turn_whose_commit_was_cut_off_counts_once(
    behind: tuple[Cluster, str], tmp_path: Path, when: Cut
) -> None:
    with proxied(behind[0].folder) as proxy:
        async with opened(proxy.url(behind[1]), tmp_path) as store:
            kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
            proxy.cut(b"COMMIT", when)
            await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], now=NOW)
            assert (proxy.cuts, (await store.load(SAMIRA)).session) == (1, session("twee"))
            assert await store.undelivered(SAMIRA) == (b"1", b"2")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_asking_whether_a_commit_was_kept_may_be_cut_off_as_well(
    behind: tuple[Cluster, str], tmp_path: Path, when: Cut
) -> None:
    with proxied(behind[0].folder) as proxy:
        async with opened(proxy.url(behind[1]), tmp_path) as store:
            kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
            proxy.cut(b"COMMIT", when)
            proxy.cut(b"false) ON CONFLICT", "after")
            await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], now=NOW)
            assert (proxy.cuts, (await store.load(SAMIRA)).session) == (2, session("twee"))
            assert await store.undelivered(SAMIRA) == (b"1", b"2")


async def test_turn_that_was_cut_off_before_its_commit_is_taken_again(
    behind: tuple[Cluster, str], tmp_path: Path
) -> None:
    with proxied(behind[0].folder) as proxy:
        async with opened(proxy.url(behind[1]), tmp_path) as store:
            proxy.cut(b"INSERT INTO conversations", "after")
            await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
            assert (proxy.cuts, await store.undelivered(SAMIRA)) == (1, (b"1",))
            with pytest.raises(errors.Duplicate):
                await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)


async def test_commit_of_which_nobody_can_hear_is_told_as_busy_and_counts_once_when_taken_again(
    behind: tuple[Cluster, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxied(behind[0].folder) as proxy:
        async with opened(proxy.url(behind[1]), tmp_path) as store:
            kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
            monkeypatch.setattr(postgres, "PATIENCE", 1.0)
            proxy.stay_closed = True
            proxy.cut(b"COMMIT", "after")
            with pytest.raises(errors.Busy):
                await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
            proxy.closed = False
            monkeypatch.setattr(postgres, "PATIENCE", 60.0)
            with pytest.raises(errors.Duplicate):
                await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
            assert await store.undelivered(SAMIRA) == (b"1", b"2")


async def test_commit_of_which_a_full_disk_hides_the_fate_is_told_as_busy_and_never_as_undone(
    behind: tuple[Cluster, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, name = behind
    with proxied(server.folder) as proxy:
        async with opened(proxy.url(name), tmp_path) as store:
            kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
            server.run(
                name,
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE SQLSTATE '53100'; END $$",
            )
            server.run(
                name,
                "CREATE TRIGGER full_disk BEFORE INSERT ON commits FOR EACH ROW WHEN (NOT NEW.kept)"
                " EXECUTE FUNCTION full_disk()",
            )
            monkeypatch.setattr(postgres, "PATIENCE", 1.0)
            proxy.cut(b"COMMIT", "after")
            with pytest.raises(errors.Busy):
                await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
            monkeypatch.setattr(postgres, "PATIENCE", 60.0)
            with pytest.raises(errors.Duplicate):
                await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
            assert await store.undelivered(SAMIRA) == (b"1", b"2")


async def test_forgetting_whose_connection_is_cut_while_lines_are_mixed_goes_on_the_next_hour(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        await line_opened(store, await confidant(store))
        whole = postgres.mix

        def cut(tx: postgres.PostgresTransaction) -> bool:
            cluster.run("postgres", CUT)
            return whole(tx)

        with monkeypatch.context() as changed:
            changed.setattr(postgres, "mix", cut)
            await store.purge(NOW)
        before = await store._engine.ask(lambda tx: tx.one("meta", name="mixed"))
        await store.purge(NOW)
        after = await store._engine.ask(lambda tx: tx.one("meta", name="mixed"))
        assert (before, after is None) == (None, False)


async def test_numbers_that_a_failover_gives_again_are_nobody_elses_key(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    async with opened(url, tmp_path) as store:
        await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT setval('draft_slots', 0, false)")
        kept = await store.commit(TOM, 0, turn("twee"), now=NOW)
        await store.commit(TOM, kept.version, turn("", Forget()), now=NOW)
        assert (await store.load(SAMIRA)).session == session("een")


async def test_talks_go_on_through_cut_connections_in_order(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:

        def cuts() -> None:
            for _ in range(5):
                cluster.run("postgres", CUT)

        await meanwhile(store, crowd(), cuts)
        assert [await told(store, person) for person in crowd()] == [(WORDS, WORDS)] * 5


async def test_talks_go_on_through_a_restart_of_the_server_in_order(cluster: Cluster, tmp_path: Path) -> None:
    async with opened(cluster.new_schema(), tmp_path) as store:
        await meanwhile(store, crowd(), cluster.restart)
        assert [await told(store, person) for person in crowd()] == [(WORDS, WORDS)] * 5


async def test_talks_go_on_at_the_promoted_standby_with_all_that_was_acknowledged(tmp_path: Path) -> None:
    primary = Cluster()
    primary.start()
    name = primary.name_of(primary.new_database())
    standby = primary.standby()
    hosts = f"{primary.folder},{standby.folder}"
    url = f"postgresql://gehoord@/{name}?host={hosts}&target_session_attrs=read-write"

    def fail_over() -> None:
        primary.crash()
        standby.promote()

    try:
        async with opened(url, tmp_path) as store:
            await meanwhile(store, crowd(), fail_over)
            assert [await told(store, person) for person in crowd()] == [(WORDS, WORDS)] * 5
            with psycopg.connect(standby.url(name)) as connection:
                row = connection.execute("SELECT count(*) FROM conversations").fetchone()
            assert row == (5,)
    finally:
        for server in (standby, primary):
            server.remove()
