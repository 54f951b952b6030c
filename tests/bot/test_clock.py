"""How time is written on the command line, and how it passes."""

from datetime import datetime, timedelta

import pytest

from bot.clock import AMSTERDAM, Unreadable, duration, instant, later


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d", timedelta(days=3)),
        ("2w", timedelta(weeks=2)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("90m", timedelta(minutes=90)),
        (" 1 d 2 u ", timedelta(days=1, hours=2)),
    ],
)
def test_a_length_of_time_is_read(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "3", "d", "-3d", "0d", "3 parsecs", "999999w", "3d!", "drie dagen"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"is not a length of time\. Write it as 3d"):
        duration(text)


def test_a_moment_without_a_zone_is_in_amsterdam() -> None:
    assert instant("2026-05-20T12:00").isoformat() == "2026-05-20T12:00:00+02:00"
    assert instant("2026-05-20").isoformat() == "2026-05-20T00:00:00+02:00"
    assert instant("2026-05-20T10:00+00:00").isoformat() == "2026-05-20T12:00:00+02:00"


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"'morgen' is not a time\. Write it as 2026-05-20T12:00"):
        instant("morgen")


def test_days_keep_the_time_on_the_wall_and_hours_are_real_hours() -> None:
    evening = datetime(2026, 10, 24, 12, 0, tzinfo=AMSTERDAM)  # that night summer time ends

    assert later(evening, timedelta(days=1)).isoformat() == "2026-10-25T12:00:00+01:00"
    assert later(evening, timedelta(hours=23, minutes=30)).isoformat() == "2026-10-25T10:30:00+01:00"
