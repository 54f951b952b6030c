"""A year of reminders, in small: with a real mail server, and a process that is killed. In full: ``make year``."""

from pathlib import Path

from tests.reminders.year.run import FAULTS, Wish, lived


async def test_in_a_year_every_reminder_owed_is_delivered_and_none_that_is_not(tmp_path: Path) -> None:
    year = await lived(Wish(cases=100, kills=4, rounds=1, seed=8), tmp_path)
    count = year.reckoning.count
    print(year.account())
    assert (year.reckoning.wrong, [count[what] for what in FAULTS]) == ([], [0] * len(FAULTS))
    settled = ("delivered", "done_meanwhile", "reached_nobody", "others_were_told")
    assert sum(count[what] for what in settled) + year.reckoning.waiting == count["owed"]
    assert (year.kills, count["repeated_after_a_kill"] <= year.kills) == (4, True)
    asked = year.clients.count
    assert (asked["wishes"] > 4, asked["asked_once"]) == (True, asked["owed"])
    happened = ("rungs", "news", "missed_told_once", "put_off", "climbed", "to_the_address", "done_by_mail")
    assert [what for what in happened if not count[what]] == []
