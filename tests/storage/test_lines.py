"""Anonymous lines on SQLite: what lies on the disk says nothing by its place, and old copies open nothing."""

import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

import storage
from storage.errors import UnknownLine
from storage.opening import open_store
from storage.passwords import QUICK
from storage.protections import Protections
from storage.sqlite import SqliteStore, line_rows
from storage.sqlite.engine import SqliteEngine
from storage.sqlite.pool import SIZE, Pages
from storage.sqlite.writer import SqliteTransaction
from tests.benchmarks.lines import fill
from tests.line.disk import Disk
from tests.storage.contract_lines import LATE, confidant, opened
from tests.storage.made import NOW, SCHEME, keeping
from tests.storage.thief import Thief


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


async def rows_read(data: Path, lines: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows it takes to open a line among so many others, to come back, and to have it answered."""
    counted = 0

    def counting(tx: SqliteTransaction, name: str, /, **values: object) -> list[sqlite3.Row]:
        nonlocal counted
        found = whole(tx, name, **values)
        counted += len(found)
        return found

    whole = SqliteTransaction.all
    async with open_store(data, keeping, cost=QUICK) as store:
        aileen = await confidant(store)
        other = await confidant(store, "Bo")
        room = 1 << (2 * lines).bit_length()
        monkeypatch.setattr(line_rows, "FIRST", room)
        monkeypatch.setattr(Pages, "FIRST", room)
        fill(store, lines, other.id)
        monkeypatch.setattr(SqliteTransaction, "all", counting)
        client, code = await opened(store, aileen)
        await store.enter_line(SCHEME, code)
        await store.say_on_line(client, b"hoi", "a", now=NOW)
        ref = line_rows.ref_of(store._engine, code.locator)
        await store.take_line(aileen, ref, now=NOW)
        await store.answer_on_line(aileen, ref, b"dag", "b", now=NOW)
        monkeypatch.setattr(SqliteTransaction, "all", whole)
    return counted


async def test_opening_and_answering_a_line_looks_at_few_rows_however_many_lines_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [await rows_read(tmp_path / str(lines), lines, monkeypatch) for lines in (8, 400)]

    assert max(found) < 60


@pytest.mark.parametrize("growing", [False, True])
async def test_every_free_row_is_as_likely_to_be_drawn(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, growing: bool
) -> None:
    monkeypatch.setattr(line_rows, "FIRST", 8 if growing else 16)
    if growing:  # eight rows in use, and then eight more
        aileen = await confidant(store)
        for _ in range(8):
            await opened(store, aileen)
    drawn = Counter([await store.draw_locator() for _ in range(1600)])

    assert len(drawn) == (8 if growing else 16)
    expected = 1600 / len(drawn)
    assert (
        sum((count - expected) ** 2 / expected for count in drawn.values()) < 80
    )  # chi-square, 15 degrees: 1e-10


async def test_lines_that_differ_in_all_look_alike_on_the_disk(store: SqliteStore, tmp_path: Path) -> None:
    aileen = await confidant(store)
    short, _ = await opened(store, aileen)
    long, _ = await opened(store, aileen)
    await store.say_on_line(short, b"h", "a", now=NOW)
    await store.say_on_line(long, b"h" * 2900, "b", now=NOW + timedelta(minutes=50))
    disk = Disk(tmp_path / "data", tmp_path / "stolen")

    rows = [cell.columns for table in ("lines", "line_pages") for _, cell in disk.rows(table)]
    assert {len(body) for _, _, body in rows if isinstance(body, bytes)} == {SIZE + 38}
    assert len(rows) == line_rows.FIRST + Pages.FIRST
    assert (
        max(Counter(page for table in ("lines", "line_pages") for page, _ in disk.rows(table)).values()) == 1
    )
    assert {kept.opened % 3600 for kept in disk.lines.values()} == {0}
    assert {mark.at % 3600 for kept in disk.lines.values() for mark in kept.marks} == {0}
    assert len({kept.touched for kept in disk.lines.values()}) == 1
    assert len(disk.chains) == 2


@pytest.mark.parametrize(
    ("length", "rows"),
    [(1, 1), (2_950, 1), (3_100, 4), (11_500, 4), (12_500, 13), (48_000, 13), (50_000, 50)],
)
async def test_a_message_takes_one_of_a_few_sizes(
    store: SqliteStore, tmp_path: Path, length: int, rows: int
) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"h" * length, "a" * 16, now=NOW)

    assert len(Disk(tmp_path / "data", tmp_path / "stolen").chains) == rows
    assert [word.body for word in (await store.read_line(client, now=NOW)).words] == [b"h" * length]


async def test_nothing_counts_lines_or_messages(store: SqliteStore, tmp_path: Path) -> None:
    aileen = await confidant(store)
    first, _ = await opened(store, aileen)
    await store.say_on_line(first, b"hoi", "a", now=NOW)
    before = clear_numbers(tmp_path / "data")
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"hoi", "a", now=NOW)

    assert clear_numbers(tmp_path / "data") == before


def clear_numbers(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the database in the clear, but for the bodies of rows."""
    connection = sqlite3.connect(data / "gehoord.db")
    try:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        return {
            name: sorted(
                (tuple(value for value in row if not isinstance(value, bytes)) for row in
                 connection.execute(f'SELECT * FROM "{name}"')), key=repr,
            ) for name in names
        }  # fmt: skip
    finally:
        connection.close()


@pytest.mark.parametrize("taken_back", ["by wiping", "by asking"])
async def test_the_address_for_a_notice_is_what_a_thief_finds_of_a_client_and_gone_when_taken_back(
    store: SqliteStore, tmp_path: Path, taken_back: str
) -> None:
    aileen = await confidant(store)
    client, _ = await opened(store, aileen)
    await store.say_on_line(client, b"KanarieWoorden", "a", now=NOW)
    address = "kanariepost@voorbeeld.example"

    def found() -> list[str]:
        thief = Thief(tmp_path / "data")
        return [word for word in (address, "KanarieWoorden") if thief.finds(word)]

    assert found() == []
    await store.notify_line(client, address)
    assert found() == [address]
    if taken_back == "by wiping":
        await store.wipe_line(client, now=NOW)
    else:
        await store.notify_line(client, "")
    assert found() == []


def test_only_tests_switch_a_protection_off() -> None:
    root = Path(storage.__file__).parent.parent
    sources = [
        path for name in ("bot", "flows", "locales", "storage") for path in (root / name).rglob("*.py")
    ]
    setting = re.compile(r"\bprotections\s*(?:=|:)|\bProtections\(|setattr\(.*protections")
    found = {
        str(path.relative_to(root)) for path in sources if setting.search(path.read_text(encoding="utf-8"))
    }

    assert found == {"storage/engine.py", "storage/protections.py"}
    assert SqliteEngine.protections == Protections()
    assert {getattr(Protections(), name) for name in Protections.__struct_fields__} == {True}
