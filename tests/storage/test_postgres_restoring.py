"""Starting again on PostgreSQL: an older state of the database, and the newest keys."""

from pathlib import Path

import pytest

from storage import errors
from storage.postgres.restoring import restore
from storage.sqlite.backup import copy_keys
from tests.storage.cluster import Cluster
from tests.storage.made import DAY, NOW, PASSWORD, SCHEME, TOM, file, session, staff, turn
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
