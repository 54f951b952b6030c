"""A few kills in mid-line on every run; many of them are ``make lines``."""

from pathlib import Path

import pytest

from tests.line.killing import Count, kill_lines


async def test_a_killed_site_loses_and_doubles_no_message_on_a_line(tmp_path: Path) -> None:
    count = await kill_lines(tmp_path, kills=3, people=3, seed=7)

    assert (count.lost, count.doubled, count.disordered) == (0, 0, 0)
    assert (count.kills, count.said > 5, count.answered > 2, count.again > 0) == (3, True, True, True)


@pytest.mark.parametrize(
    ("there", "counted"),
    [(["a", "b"], (0, 0, 0)), (["a", "c", "b"], (0, 0, 0)), (["b"], (1, 0, 0)), (["a", "b", "b"], (0, 1, 1)),
     (["b", "a"], (0, 0, 1)), ([], (2, 0, 0))],
)  # fmt: skip
def test_what_is_lost_doubled_or_out_of_order_is_counted(
    there: list[str], counted: tuple[int, int, int]
) -> None:
    count = Count()
    count.compare(there, ["a", "b"])

    assert (count.lost, count.doubled, count.disordered) == counted
