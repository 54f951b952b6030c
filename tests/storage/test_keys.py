"""The key directory: made once, known again, destroyed for good; and the shred file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import errors
from storage.files import append, destroy, write_once
from storage.keys import DayKeys, ProcessKeys
from storage.shred import ShredFile

NOW = datetime(2026, 5, 20, 23, 30, tzinfo=UTC)


def test_two_processes_agree_on_the_key_of_the_day(tmp_path: Path) -> None:
    ours, theirs = DayKeys(tmp_path), DayKeys(tmp_path)
    assert ours.today(NOW)[1].secret == theirs.today(NOW)[1].secret


def test_every_day_has_its_own_key(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    assert keys.today(NOW)[1].secret != keys.today(NOW + timedelta(hours=1))[1].secret


def test_day_is_overdue_72_hours_after_it_ended(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    keys.today(NOW)
    end = datetime(2026, 5, 21, tzinfo=UTC)
    assert keys.overdue(end + timedelta(hours=71, minutes=59)) == ()
    assert keys.overdue(end + timedelta(hours=72)) == ("2026-05-20",)


def test_day_key_that_another_process_destroyed_is_gone_from_memory_when_its_time_is_over(
    tmp_path: Path,
) -> None:
    ours, theirs = DayKeys(tmp_path), DayKeys(tmp_path)
    for days in range(5):
        ours.today(NOW + timedelta(days=days))
    for day in theirs.overdue(NOW + timedelta(days=4)):
        theirs.destroy(day)
    with pytest.raises(errors.KeyGone):
        ours.of("2026-05-20")
    assert ours.of("2026-05-21").secret == theirs.of("2026-05-21").secret


def test_destroyed_day_key_is_gone_from_disk_and_memory(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    keys.today(NOW)
    keys.destroy("2026-05-20")
    with pytest.raises(errors.KeyGone):
        keys.of("2026-05-20")
    assert list(tmp_path.iterdir()) == []


def test_destroyed_file_is_overwritten_where_it_lies(tmp_path: Path) -> None:
    path, other_name = tmp_path / "a.key", tmp_path / "b.key"
    write_once(path, b"secret" * 8)
    other_name.hardlink_to(path)
    destroy(path)
    assert (path.exists(), other_name.read_bytes()) == (False, bytes(48))


def test_destroying_what_is_not_there_is_fine(tmp_path: Path) -> None:
    destroy(tmp_path / "never.key")
    assert list(tmp_path.iterdir()) == []


def test_file_is_written_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    assert (write_once(path, b"first"), write_once(path, b"second")) == (True, False)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"first", 0o600)


def test_lines_are_added_at_the_end(tmp_path: Path) -> None:
    append(tmp_path / "t", ["een", "twee"])
    append(tmp_path / "t", [])
    append(tmp_path / "t", ["drie"])
    assert (tmp_path / "t").read_text() == "een\ntwee\ndrie\n"


def test_process_key_of_another_process_is_seen_when_it_is_named(tmp_path: Path) -> None:
    ours, theirs = ProcessKeys(tmp_path), ProcessKeys(tmp_path)
    number = theirs.add()
    assert ours.use(number).secret == theirs.key(number).secret
    assert ours.current == number


def test_process_key_that_nobody_has_is_a_strangers(tmp_path: Path) -> None:
    with pytest.raises(errors.StrangerKeys):
        ProcessKeys(tmp_path).key(3)


def test_shred_key_stays_the_same_until_it_is_destroyed(tmp_path: Path) -> None:
    shred = ShredFile(tmp_path / "shred.keys")
    shred.reserve(0)
    before = shred.key(0).secret, shred.key(1).secret
    shred.reserve(200)
    assert (shred.key(0).secret, shred.key(1).secret) == before
    shred.destroy((0,))
    assert shred.lost(0)
    assert shred.key(1).secret == before[1]
    with pytest.raises(errors.KeyGone):
        shred.key(0)


def test_slot_that_was_never_made_has_no_key(tmp_path: Path) -> None:
    shred = ShredFile(tmp_path / "shred.keys")
    with pytest.raises(errors.KeyGone):
        shred.key(0)
    assert shred.lost(7)


def test_copy_is_written_over_in_place_so_no_older_keys_survive(tmp_path: Path) -> None:
    shred, copy = ShredFile(tmp_path / "shred.keys"), tmp_path / "copy.keys"
    shred.reserve(3)
    shred.copy_over(copy)
    same_file = tmp_path / "still-the-same-file"
    same_file.hardlink_to(copy)
    shred.destroy((2,))
    shred.copy_over(copy)
    assert same_file.read_bytes() == shred.path.read_bytes()
    assert ShredFile(copy).lost(2)
