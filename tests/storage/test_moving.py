"""Moving from SQLite to PostgreSQL: all of it, compared, gone on with after a kill, and nothing left behind."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from flows.events import Happened
from storage import errors
from storage.lines import LineCode
from storage.opening import open_store
from storage.passwords import QUICK
from storage.postgres import moving
from storage.postgres.moving import Moving
from storage.records import Address
from storage.sqlite import SqliteStore
from tests.storage.cluster import Cluster
from tests.storage.made import (
    CLAIM,
    DAY,
    HOUR,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    TOM,
    file,
    keeping,
    staff,
    turn,
)
from tests.storage.test_postgres import CUT, opened
from tests.storage.test_stolen_disk import told
from tests.storage.thief import Thief


def left(data: Path) -> list[Path]:
    """What is left of a SQLite database."""
    return list(data.glob("gehoord.db*"))


def cut_short(data: Path, url: str, after: int) -> bool:
    """Move, and kill it with SIGKILL when it told so many times how far it is; whether it came so far."""
    words = "import sys, pathlib; from storage.postgres import moving; moving._SOME = 2; "
    words += (
        "moving.Moving(pathlib.Path(sys.argv[1]), sys.argv[2]).run(lambda *told: print(*told, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", words, data, url], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after)]
        process.kill()
    return lines[-1] != b""


async def much(store: SqliteStore, people: int = 3) -> None:
    """Something of everything: officers, cases, drafts, files, messages on their way, steps, lines."""
    saskia = await staff(store)
    await file(store)
    await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), text="gebeld", now=NOW)
    await store.lay("note", saskia.id, b"2026-06-01")
    vera = await store.add_confidant(SCHEME, "Vera", PASSWORD, now=NOW)
    code = LineCode(await store.draw_locator(), "1-2-3-4-5-6")
    client = await store.open_line(SCHEME, code, [vera.id], now=NOW)
    await store.say_on_line(client, b"hoi", "a", now=NOW)
    await store.keep(TOM, "photo", "gang.jpg", b"JPEG", now=NOW)
    for number in range(people):
        address = Address("telegram", f"p{number}", SCHEME)
        await store.commit(address, 0, turn(f"verhaal {number}"), [b"een", b"twee"], "m1", now=NOW)


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A SQLite store in which much is kept."""
    async with open_store(tmp_path / "data", keeping, cost=QUICK) as store:
        await much(store)
    return tmp_path / "data"


async def test_everything_is_there_and_goes_on_after_the_move(cluster: Cluster, data: Path) -> None:
    url, told_of = cluster.new_schema(), dict[str, tuple[int, int]]()
    rows = Moving(data, url).run(lambda table, done, whole: told_of.update({table: (done, whole)}))
    assert rows == sum(whole for _, whole in told_of.values())
    assert all(done == whole for done, whole in told_of.values())
    assert left(data) == []
    async with opened(url, data) as store:
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).entries[0].text == "gebeld"
        listed = await store.worklist(SCHEME, saskia.id, today="2026-05-20", soon="2026-05-27", limit=10)
        assert [line.number for line in listed.cases] == ["BG-7K4Q-92"]
        (due,) = await store.wakes(NOW)
        assert due.event == Happened("contact_made")
        address = Address("telegram", "p1", SCHEME)
        draft = await store.load(address)
        assert draft.session is not None
        assert (draft.session.said, await store.undelivered(address)) == (("verhaal 1",), (b"een", b"twee"))
        await store.commit(address, draft.version, turn("verder"), [b"drie"], "m2", now=NOW)
        assert await store.undelivered(address) == (b"een", b"twee", b"drie")
        with pytest.raises(errors.Duplicate):
            await store.commit(address, 0, turn("weer"), [], "m1", now=NOW)
        found = await store.case_for(SCHEME, CLAIM)
        assert found is not None
        kept = await store.load(SAMIRA)
        await file(store, TOM, number="BG-STIL-L1")
        assert kept.session is not None
        assert len(await store.cases()) == 2
        await store.purge(NOW + 5 * DAY)


async def test_draft_that_was_moved_has_a_key_of_its_own(cluster: Cluster, tmp_path: Path) -> None:
    url, data = cluster.new_schema(), tmp_path / "data"
    async with open_store(data, keeping, cost=QUICK) as store:
        await store.commit(SAMIRA, 0, told_turn("Samira"), now=NOW)
        await store.commit(TOM, 0, told_turn("Tom"), now=NOW)
    Moving(data, url).run()
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT day, slot FROM conversations ORDER BY id").fetchall()
    assert [day for day, _ in rows] == [f"2026-05-20.{slot}" for _, slot in rows]
    assert len({slot for _, slot in rows}) == 2
    assert not Thief(data).finds("KanarieSamiraStoryVogel")


def told_turn(who: str):  # type: ignore[no-untyped-def]
    """A turn after which someone told all they have."""
    from flows.session import Turn  # noqa: PLC0415

    return Turn(told(who))


async def test_move_that_was_killed_at_any_instant_is_gone_on_with(cluster: Cluster, tmp_path: Path) -> None:
    data, url = tmp_path / "data", cluster.new_schema()
    async with open_store(data, keeping, cost=QUICK) as store:
        await much(store, people=40)
    kills = [cut_short(data, url, after) for after in (1, 7, 30, 70)]
    Moving(data, url).run()
    async with opened(url, data) as store:
        for number in range(40):
            address = Address("telegram", f"p{number}", SCHEME)
            assert (await store.load(address)).session == turn(f"verhaal {number}").session
            assert await store.undelivered(address) == (b"een", b"twee")
    assert kills == [True] * 4


@pytest.mark.parametrize("after", ["verified", "destroyed"])
async def test_move_that_was_killed_at_its_end_is_ended(
    cluster: Cluster, data: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    url = cluster.new_schema()

    class Killed(Exception):
        pass

    def dying(path: Path) -> None:
        if after == "destroyed":
            path.unlink(missing_ok=True)
        if after == "verified" or path.name == "gehoord.db":
            raise Killed

    monkeypatch.setattr(moving, "destroy_large", dying)
    with pytest.raises(Killed):
        Moving(data, url).run()
    monkeypatch.undo()
    assert Moving(data, url).run() > 0
    assert left(data) == []
    await opened(url, data).close()


async def test_database_that_was_half_moved_into_opens_for_nobody(
    cluster: Cluster, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = cluster.new_schema()
    monkeypatch.setattr(Moving, "_compare", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Moving(data, url).run()
    with pytest.raises(errors.HalfMoved):
        opened(url, data)
    monkeypatch.undo()
    Moving(data, url).run()
    await opened(url, data).close()


async def test_row_that_was_changed_meanwhile_is_found_and_the_old_store_stands(
    cluster: Cluster, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, whole = cluster.new_schema(), Moving._compare

    def altering(self, source, target, table):  # type: ignore[no-untyped-def]
        if table.name == "officers":
            target.execute("UPDATE officers SET role = 'manager' WHERE id LIKE '%karel%'")
        return whole(self, source, target, table)

    monkeypatch.setattr(Moving, "_compare", altering)
    with pytest.raises(errors.Different):
        Moving(data, url).run()
    async with open_store(data, keeping, cost=QUICK) as store:
        assert len(await store.cases()) == 1


async def test_database_that_holds_something_is_refused(cluster: Cluster, data: Path, tmp_path: Path) -> None:
    url = cluster.new_schema()
    await opened(url, tmp_path / "other").close()
    with pytest.raises(errors.Occupied):
        Moving(data, url).run()


async def test_directory_in_use_is_refused(cluster: Cluster, data: Path) -> None:
    async with open_store(data, keeping, cost=QUICK) as store:
        with pytest.raises(errors.InUse):
            await asyncio.to_thread(Moving(data, cluster.new_schema()).run)
        await store.purge(NOW + HOUR)


async def test_second_move_beside_the_first_is_refused_and_the_first_goes_on(
    cluster: Cluster, data: Path
) -> None:
    url, refused = cluster.new_schema(), list[bool]()

    def beside(*_: object) -> None:
        if not refused:
            with pytest.raises(errors.InUse):
                Moving(data, url).run()
            refused.append(True)

    await asyncio.to_thread(Moving(data, url).run, beside)
    assert (refused, left(data)) == ([True], [])
    await opened(url, data).close()


async def test_file_stays_locked_until_it_is_overwritten(
    cluster: Cluster, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, whole = list[str](), moving.destroy_large

    def opening(path: Path) -> None:
        if path.name == "gehoord.db" and not said:
            with (
                closing(sqlite3.connect(path, timeout=0)) as other,
                pytest.raises(sqlite3.OperationalError) as refused,
            ):
                other.execute("SELECT count(*) FROM meta")
            said.append(str(refused.value))
        whole(path)

    monkeypatch.setattr(moving, "destroy_large", opening)
    await asyncio.to_thread(Moving(data, cluster.new_schema()).run)
    assert said == ["database is locked"]


async def test_directory_whose_database_is_on_a_server_opens_no_empty_one_instead(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.new_schema()
    await opened(url, tmp_path).close()
    with pytest.raises(errors.KeptElsewhere):
        open_store(tmp_path, keeping, cost=QUICK)
    await open_store(tmp_path, keeping, cost=QUICK, database=url).close()


async def test_directory_of_a_server_that_never_answered_is_free_for_a_database_of_its_own(
    tmp_path: Path,
) -> None:
    with pytest.raises(errors.NoServer):
        open_store(tmp_path, keeping, cost=QUICK, database="postgresql://gehoord@127.0.0.1:1/nergens")
    await open_store(tmp_path, keeping, cost=QUICK).close()


async def test_move_whose_server_goes_away_says_so_and_goes_on(cluster: Cluster, data: Path) -> None:
    url, cut = cluster.new_schema(), list[bool]()

    def cutting(*_: object) -> None:
        if not cut:
            cut.append(True)
            cluster.run("postgres", CUT)

    with pytest.raises(errors.NoServer, match="run gehoord migrate-store again"):
        await asyncio.to_thread(Moving(data, url).run, cutting)
    assert await asyncio.to_thread(Moving(data, url).run) > 0
    await opened(url, data).close()


@pytest.mark.parametrize("table", ["moving", "cases"])
async def test_database_of_another_program_is_refused_and_the_store_stays(
    cluster: Cluster, data: Path, table: str
) -> None:
    url = cluster.new_database()
    cluster.run(cluster.name_of(url), f"CREATE TABLE {table} (number INT)")
    with pytest.raises(errors.OtherTables):
        await asyncio.to_thread(Moving(data, url).run)
    async with open_store(data, keeping, cost=QUICK) as store:
        assert len(await store.cases()) == 1


def test_directory_without_a_store_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(errors.Nothing):
        Moving(tmp_path, cluster.new_schema()).run()


def test_command_moves_and_says_how_far_it_is(cluster: Cluster, tmp_path: Path) -> None:
    asyncio.run(open_store(tmp_path / "data", keeping, cost=QUICK).close())
    words = [sys.executable, "-m", "bot", "--data", tmp_path / "data", "migrate-store"]
    without = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (without.returncode, "Set GEHOORD_DATABASE" in without.stderr) == (2, True)
    environment = {**os.environ, "GEHOORD_DATABASE": cluster.new_schema()}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "process_keys            1 of 1" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1].endswith(
        "each compared. The SQLite file is gone; start gehoord serve."
    )
