"""Starting again on PostgreSQL: an older state of the database, and the newest keys."""

import subprocess
from pathlib import Path

import pytest

from storage import errors
from storage.postgres.restoring import restore
from storage.sqlite.backup import copy_keys
from tests.storage.cluster import BIN, Cluster
from tests.storage.made import DAY, NOW, PASSWORD, SAMIRA, SCHEME, TOM, file, session, staff, turn
from tests.storage.test_postgres import opened


async def test_older_database_with_the_newest_keys_forgets_again_and_goes_on(
    cluster: Cluster, tmp_path: Path
) -> None:
    name, data, keys = cluster.name_of(cluster.new_database()), tmp_path / "data", tmp_path / "key-copy"
    async with opened(cluster.url(name), data) as store:
        saskia = await staff(store)
        await file(store)
        await file(store, TOM, number="BG-STIL-L1")
        await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
        await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        draft = await store.load(TOM)
        await store.commit(
            TOM, draft.version, turn("nog iets", case=draft.session and draft.session.case), now=NOW
        )
    cluster.run("postgres", f"CREATE DATABASE {name}_copy TEMPLATE {name}")
    end = NOW.replace(year=2032)
    async with opened(cluster.url(name), data) as store:
        assert (await store.purge(end)).cases == ("BG-7K4Q-92",)
    copy_keys(data / "keys", keys)

    assert restore(cluster.url(f"{name}_copy"), keys, tmp_path / "again", end) == ("BG-7K4Q-92",)
    async with opened(cluster.url(f"{name}_copy"), tmp_path / "again") as store:
        assert [line.number for line in await store.cases()] == ["BG-STIL-L1"]
        again = await store.unlock(saskia.id, PASSWORD, now=end)
        assert (await store.open_case("BG-STIL-L1", again, now=end)).line.number == "BG-STIL-L1"
        left = await store.load(TOM)
        assert left.session is not None
        assert (left.session.said, left.session.case is not None) == ((), True)
        await store.commit(TOM, left.version, turn("verder"), [b"1"], "m9", now=end)
        assert (await store.load(TOM)).session == session("verder")
        await file(store, number="BG-NIEU-W1")
        assert len(await store.cases(SCHEME)) == 2
        await store.purge(end + DAY)
    with pytest.raises(errors.NotEmpty):
        restore(cluster.url(f"{name}_copy"), keys, tmp_path / "again", end)


def brought_back(cluster: Cluster, url: str) -> str:
    """Another database, of a dump of this one by PostgreSQL's own tools."""
    again = cluster.new_database()
    dump = subprocess.run([BIN / "pg_dump", url], check=True, capture_output=True).stdout
    psql = [BIN / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", again]
    subprocess.run(psql, check=True, input=dump, capture_output=True)
    return again


async def test_dump_that_is_brought_back_the_same_day_holds_up_nobody_who_was_in_the_middle_of_a_talk(
    cluster: Cluster, tmp_path: Path
) -> None:
    url, data, keys = cluster.new_database(), tmp_path / "data", tmp_path / "key-copy"
    async with opened(url, data) as store:
        await staff(store)
        await file(store, TOM)
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], "m1", now=NOW)
        assert kept.first is not None
        await store.delivered(kept.first, now=NOW, mark=b"a name")
        await store.commit(SAMIRA, kept.version, turn("twee"), [b"2"], "m2", now=NOW)
    again = brought_back(cluster, url)
    copy_keys(data / "keys", keys)

    assert restore(again, keys, tmp_path / "again", NOW) == ()
    async with opened(again, tmp_path / "again") as store:
        await file(store, number="BG-NIEU-W1")  # makes the keys of the day, and of some conversations
        left = await store.load(SAMIRA)
        await store.commit(SAMIRA, left.version, turn("opnieuw"), [b"3"], "m3", now=NOW)
        assert (await store.load(SAMIRA)).session == session("opnieuw")
        assert (await store.undelivered(SAMIRA), await store.marks(SAMIRA)) == ((b"3",), ())
        while (parcel := await store.claim(NOW + DAY)) is not None:
            while parcel is not None:
                parcel = await store.delivered(parcel, now=NOW + DAY)
        assert await store.parked() == ()
        assert sorted(line.number for line in await store.cases()) == ["BG-7K4Q-92", "BG-NIEU-W1"]


async def test_restoring_that_is_refused_leaves_the_directory_empty_and_the_database_as_it_was(
    cluster: Cluster, tmp_path: Path
) -> None:
    url, other, keys = cluster.new_database(), cluster.new_database(), tmp_path / "key-copy"
    await opened(url, tmp_path / "data").close()
    await opened(other, tmp_path / "theirs").close()
    copy_keys(tmp_path / "data" / "keys", keys)
    empty, again = cluster.new_database(), tmp_path / "again"
    for database, refused in (
        (cluster.url("nergens"), errors.NoServer),
        (empty, errors.NotBroughtBack),
        (other, errors.StrangerKeys),
        ("postgresql://gehoord:%@x", errors.NoAddress),
    ):
        with pytest.raises(refused):
            restore(database, keys, again, NOW)
        assert not again.exists() or not list(again.iterdir())
    assert restore(url, keys, again, NOW) == ()
    await opened(empty, tmp_path / "new").close()
