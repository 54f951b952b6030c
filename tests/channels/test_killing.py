"""A small kill of the bot on every run; a larger one is ``python -m tests.channels.killing``."""

from pathlib import Path

import pytest

from flows.messages import Message
from locales import render
from tests.channels.killing import Count, compare, killing, wiping


@pytest.mark.parametrize("which", ["gehoord", "gehoord-webhook"])
async def test_killed_bot_loses_doubles_and_disorders_nothing(tmp_path: Path, which: str) -> None:
    count = await killing(tmp_path, people=8, each=3, kills=1, seed=3, which=which)

    assert (count.written, count.lost, count.silent, count.waiting) == (24, 0, 0, 0)
    assert (count.doubled, count.reordered) == (0, 0)
    assert count.most_repeated <= 1


async def test_wipe_that_was_killed_in_its_midst_finishes_after(tmp_path: Path) -> None:
    before, left = await wiping(tmp_path, "cut_before")
    told = "\n\n".join(render(Message(id), "nl").text for id in ("wiped", "wiped.platform", "wiped.options"))

    assert len(before) == 8
    assert left == [told]


@pytest.mark.parametrize(
    ("came", "silent", "repeated", "reordered"),
    [("abc", 0, 0, 0), ("abbc", 0, 1, 0), ("ab", 1, 0, 0), ("acb", 1, 0, 1), ("", 3, 0, 0)],
)
def test_counting_sees_what_is_lost_repeated_and_out_of_order(
    came: str, silent: int, repeated: int, reordered: int
) -> None:
    count = Count()
    compare(["a", "b", "c"], list(came), count)

    assert (count.silent, count.repeated, count.reordered) == (silent, repeated, reordered)
