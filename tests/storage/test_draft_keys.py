"""The slots of draft keys: taken once, the same until they are destroyed, and then gone."""

from pathlib import Path

import pytest

from storage import errors
from storage.postgres.draft_keys import SIZE, SLOTS, DraftKeys, DraftSlots, in_slot
from tests.storage.made import NOW


def test_slot_is_taken_once_whoever_else_is_given_its_number(tmp_path: Path) -> None:
    ours, theirs = DraftSlots(tmp_path), DraftSlots(tmp_path)
    assert (ours.take(5), theirs.take(5), ours.take(5), theirs.take(6)) == (True, False, False, True)
    before = theirs.secret(5)
    ours.destroy([6])
    assert ours.secret(5) == before


def test_destroyed_slot_is_gone_and_never_taken_again(tmp_path: Path) -> None:
    slots = DraftSlots(tmp_path)
    slots.take(3)
    slots.destroy([3, 3])
    assert not slots.take(3)
    with pytest.raises(errors.KeyGone):
        slots.secret(3)
    assert next(tmp_path.iterdir()).read_bytes()[3 * SIZE : 4 * SIZE] == bytes(SIZE)


def test_file_whose_slots_are_all_destroyed_goes_and_another_stays(tmp_path: Path) -> None:
    slots = DraftSlots(tmp_path)
    slots.take(0)
    slots.take(SLOTS)
    slots.destroy(range(SLOTS))
    assert [file.name for file in tmp_path.iterdir()] == ["00000001.keys"]
    assert slots.held() == {range(SLOTS, 2 * SLOTS): frozenset(range(SLOTS, 2 * SLOTS))}


def test_key_needs_its_day_and_its_slot(tmp_path: Path) -> None:
    keys = DraftKeys(tmp_path / "day", DraftSlots(tmp_path / "drafts"))
    keys.slots.take(0)
    keys.slots.take(1)
    name, key = keys.with_slot(0, NOW)
    assert (name, in_slot(name, 1)) == ("2026-05-20.0", "2026-05-20.1")
    assert key.open(keys.of(name).seal(b"woord", "x"), "x") == b"woord"
    with pytest.raises(errors.WrongKey):
        keys.of(in_slot(name, 1)).open(key.seal(b"woord", "x"), "x")
    keys.slots.destroy([0])
    with pytest.raises(errors.KeyGone):
        keys.of(name)
    keys.destroy("2026-05-20")
    with pytest.raises(errors.KeyGone):
        keys.of(in_slot(name, 1))
