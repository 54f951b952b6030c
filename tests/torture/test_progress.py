"""Who waits for a long run sees how it stands."""

import pytest

from tests.torture.progress import EVERY, killed
from tests.torture.run import Count


def test_long_run_says_every_so_many_kills_how_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    count = Count(lost=1)
    for _ in range(2 * EVERY + 1):
        killed(count)
    lines = [line.partition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    rest = (
        "0 turns answered · 0 complaints filed · pressed again 0 times · lost 1 · doubled 0 · out of order 0"
    )
    assert lines == [f"so far: {kills} kills · {rest}" for kills in (EVERY, 2 * EVERY)]
