"""What waits to be sent is sent in order, again after a pause, or never; with the real store."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Later, Never, deliver, pause, work_off
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Parcel
from storage.sqlite import SqliteStore, writer
from tests.storage.held import Held
from tests.storage.made import HOUR, NOW, SAMIRA, SCHEME, TOM, keeping, turn


class Platform:
    """A platform that takes messages, or raises what it was told to for a text."""

    def __init__(self) -> None:
        self.took: list[bytes] = []
        self.trouble: dict[bytes, Exception] = {}
        self.now = NOW

    async def send(self, parcel: Parcel) -> None:
        """Take a message."""
        if parcel.body in self.trouble:
            raise self.trouble[parcel.body]
        self.took.append(parcel.body)

    def clock(self) -> datetime:
        """The time it is."""
        return self.now


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A new store."""
    async with open_store(tmp_path, keeping, cost=QUICK) as opened:
        yield opened


@pytest.fixture
def platform() -> Platform:
    """A platform without trouble."""
    return Platform()


async def send_all(store: SqliteStore, platform: Platform) -> int:
    """Work off what is due."""
    return await work_off(store, {("telegram", SCHEME): platform.send}, platform.clock)


async def test_messages_are_sent_in_order(store: SqliteStore, platform: Platform) -> None:
    kept = await store.commit(SAMIRA, 0, turn(), [b"1", b"2", b"3"], now=NOW)
    await deliver(store, kept.first, {("telegram", SCHEME): platform.send}, platform.clock)
    assert platform.took == [b"1", b"2", b"3"]
    assert await send_all(store, platform) == 0


async def test_message_that_was_taken_is_not_sent_again_because_another_process_writes_for_long(
    store: SqliteStore, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 1)
    kept = await store.commit(SAMIRA, 0, turn(), [b"1", b"2"], now=NOW)
    held = Held(store, "delivered")
    mouths = {("telegram", SCHEME): platform.send}
    await deliver(held, kept.first, mouths, platform.clock)  # type: ignore[arg-type]
    platform.now += HOUR
    assert await send_all(store, platform) == 0
    assert (held.busy, platform.took) == (2, [b"1", b"2"])


async def test_message_that_is_not_what_was_written_is_parked_and_holds_up_nobody(
    tmp_path: Path, store: SqliteStore, platform: Platform
) -> None:
    kept = await store.commit(SAMIRA, 0, turn(), [b"1", b"2", b"3"], now=NOW)
    with closing(sqlite3.connect(tmp_path / "gehoord.db")) as other, other:
        other.execute("UPDATE outbox SET body = zeroblob(length(body)) WHERE part = 1")
    await deliver(store, kept.first, {("telegram", SCHEME): platform.send}, platform.clock)
    assert platform.took == [b"1", b"3"]
    assert [one.reason for one in await store.parked()] == ["damaged"]
    assert await send_all(store, platform) == 0


async def test_message_that_must_wait_holds_back_its_own_conversation_only(
    store: SqliteStore, platform: Platform
) -> None:
    await store.commit(SAMIRA, 0, turn(), [b"1", b"2"], now=NOW)
    await store.commit(TOM, 0, turn(), [b"voor Tom"], now=NOW)
    platform.trouble[b"1"] = Later(120)
    platform.now = NOW + HOUR
    assert await send_all(store, platform) == 2
    assert platform.took == [b"voor Tom"]
    platform.trouble.clear()
    platform.now += timedelta(seconds=119)
    assert await send_all(store, platform) == 0
    platform.now += timedelta(seconds=1)
    assert await send_all(store, platform) == 1
    assert platform.took == [b"voor Tom", b"1", b"2"]


async def test_message_refused_for_good_is_parked_and_the_next_goes_on(
    store: SqliteStore, platform: Platform
) -> None:
    kept = await store.commit(SAMIRA, 0, turn(), [b"1", b"2"], now=NOW)
    platform.trouble[b"1"] = Never("message_too_long")
    await deliver(store, kept.first, {("telegram", SCHEME): platform.send}, platform.clock)
    assert platform.took == [b"2"]
    assert [parked.reason for parked in await store.parked()] == ["message_too_long"]


async def test_trouble_nobody_foresaw_is_tried_again(store: SqliteStore, platform: Platform) -> None:
    kept = await store.commit(SAMIRA, 0, turn(), [b"1"], now=NOW)
    platform.trouble[b"1"] = ConnectionError("no network")
    await deliver(store, kept.first, {("telegram", SCHEME): platform.send}, platform.clock)
    platform.trouble.clear()
    platform.now += timedelta(seconds=2)
    assert await send_all(store, platform) == 1
    assert platform.took == [b"1"]


async def test_message_of_a_channel_that_is_off_waits(store: SqliteStore, platform: Platform) -> None:
    kept = await store.commit(SAMIRA, 0, turn(), [b"1"], now=NOW)
    await deliver(store, kept.first, {}, platform.clock)
    assert await store.undelivered(SAMIRA) == (b"1",)
    platform.now += HOUR
    assert await send_all(store, platform) == 1


@pytest.mark.parametrize(
    ("attempts", "after", "seconds"),
    [
        (0, None, 2),
        (1, None, 4),
        (5, None, 64),
        (40, None, 3600),
        (0, 1.0, 2),
        (0, 90.0, 90),
        (3, 7200.0, 7200),
    ],
)
def test_pause_grows_and_is_never_shorter_than_asked_for(
    attempts: int, after: float | None, seconds: int
) -> None:
    assert pause(attempts, after) == timedelta(seconds=seconds)
