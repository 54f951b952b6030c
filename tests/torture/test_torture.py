"""A small torture on every run; the full one is ``make torture``."""

from pathlib import Path

from tests.torture.run import slow_library, torture


async def test_killed_site_loses_doubles_and_disorders_nothing(tmp_path: Path) -> None:
    count = await torture(tmp_path, kills=3, people=3, seed=7)
    assert (count.lost, count.doubled, count.disordered) == (0, 0, 0)
    assert count.kills == 3
    assert count.filed >= 3
    assert count.pressed_again > 0


async def test_neither_does_one_with_a_slow_and_a_full_disk(tmp_path: Path) -> None:
    library = slow_library(tmp_path)
    count = await torture(tmp_path, kills=3, people=2, seed=8, preload=library, full=True)
    assert (count.lost, count.doubled, count.disordered) == (0, 0, 0)
    assert count.filed >= 2


async def test_harness_sees_what_a_plain_bot_loses(tmp_path: Path) -> None:
    count = await torture(tmp_path, kills=2, people=2, seed=9, plain=True)
    assert count.lost > 0
