"""Anonymous lines on SQLite: what lies on the disk says nothing by its place, and old copies open nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.errors import UnknownLine
from storage.opening import open_store
from storage.passwords import QUICK
from storage.sqlite import SqliteStore, line_rows
from tests.storage.contract_lines import LATE, confidant, opened
from tests.storage.made import NOW, SCHEME, keeping


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A new store."""
    async with open_store(tmp_path / "data", keeping, cost=QUICK) as made:
        yield made


def pages(data: Path) -> list[bytes]:
    """The pages of the database file."""
    whole = (data / "gehoord.db").read_bytes()
    return [whole[at : at + 4096] for at in range(0, len(whole), 4096)]


async def test_a_message_changes_rows_in_place_and_moves_nothing(store: SqliteStore, tmp_path: Path) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW)
    before = pages(tmp_path / "data")
    await store.say_on_line(client, b"nog iets", "b", now=NOW + timedelta(minutes=1))
    after = pages(tmp_path / "data")

    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before[1:], after[1:], strict=True)) == 2


async def test_the_log_holds_nothing_after_a_message(store: SqliteStore, tmp_path: Path) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW)

    assert (tmp_path / "data" / "gehoord.db-wal").stat().st_size == 0


async def test_an_old_copy_of_a_wiped_line_opens_nothing(store: SqliteStore, tmp_path: Path) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW)
    old = (tmp_path / "data" / "gehoord.db").read_bytes()
    await store.wipe_line(client, now=NOW)
    await store.close()
    (tmp_path / "data" / "gehoord.db").write_bytes(old)

    async with open_store(tmp_path / "data", keeping, cost=QUICK) as again:
        assert [(line.gone, line.words) for line in await again.lines_of(aileen)] == [(True, ())]


async def test_a_purge_that_was_killed_after_the_keys_went_is_finished_by_the_next(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    aileen = await confidant(store)
    client, code = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as until, pytest.raises(KeyboardInterrupt):
        until.setattr(line_rows, "empty_pages", killed)
        await store.purge(LATE)
    with pytest.raises(UnknownLine):
        await store.say_on_line(client, b"te laat", "b", now=LATE)
    assert [(line.gone, line.words) for line in await store.lines_of(aileen)] == [(True, ())]

    await store.purge(LATE)
    assert (await store.lines_of(aileen), await store.enter_line(SCHEME, code)) == ((), None)
