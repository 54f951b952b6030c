"""The bystander of the year, in what is hard to reckon: the real process, a real mail server, and two mails alike."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.reminders.owed import HERE
from tests.reminders.year.mailserver import Answer, Attempt, Line
from tests.reminders.year.run import Wish, Year, a_year

SASKIA, KAREL = "saskia@bij-elkaar.example.org", "karel@bij-elkaar.example.org"
NUMBER = "BE-00001"
LINE = Line(NUMBER, "De directie praat met je", "Uiterlijk maandag 22 maart 2027.", ())
NOTHING = Wish(cases=0, kills=0, rounds=1, seed=8)
THURSDAY = datetime(2027, 3, 18, 9, 5, tzinfo=HERE)


def at(text: str) -> datetime:
    """A moment in the year, on the clock of Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


async def begun(year: Year) -> None:
    """A complaint is Saskia's. Half-way through its term the mail server is down; two days before its end it is not."""
    world = year.world
    of = await world.open("bij-elkaar")
    await year.sweeper.start()
    world.site.now = at("2027-03-08T09:00")
    await world.site.file("bij-elkaar", NUMBER)
    await world.came(of, NUMBER, None, "never", [], urgent=False)
    await year.round(at("2027-03-08T09:05"))
    year.spells = [(at("2027-03-15T08:00"), at("2027-03-15T18:00"), "", "down")]
    await year.round(at("2027-03-15T09:05"))


def told(year: Year) -> list[Attempt]:
    """The mails that told of the term from Thursday on."""
    return [
        one
        for one in year.server.tries
        if one.at >= THURSDAY and one.answer == "taken" and any(line.when for line in one.lines)
    ]


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        (["busy", "taken"], [KAREL, SASKIA]),
        (["taken", "busy"], [SASKIA, SASKIA]),
        (["taken"], [SASKIA, SASKIA]),
    ],
)
async def test_two_mails_that_say_the_same_are_told_apart_when_one_is_put_off(
    tmp_path: Path, answers: list[Answer], who: list[str]
) -> None:
    async with a_year(NOTHING, tmp_path) as year:
        await begun(year)
        # The first of them waits since Monday: put off once more it goes on to Karel. The other waits since now.
        year.server.script = answers
        await year.round(THURSDAY)
        await year.round(at("2027-03-18T11:05"))
        await year.sweeper.stop()
        found = told(year)
        assert (sorted(one.to for one in found), len({one.id for one in found})) == (who, 2)
        assert (year.reckoning.wrong, year.reckoning.waiting) == ([], 0)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ([(SASKIA, "taken"), (SASKIA, "taken")], []),
        ([(SASKIA, "busy"), (SASKIA, "taken"), (KAREL, "taken")], []),
        ([(SASKIA, "taken"), (KAREL, "taken")], ["missing", "not_owed"]),
        ([(SASKIA, "busy"), (SASKIA, "taken"), (KAREL, "taken"), (KAREL, "taken")], ["not_owed"]),
        ([(SASKIA, "busy"), (KAREL, "taken"), (KAREL, "taken")], ["not_owed"]),
        ([(SASKIA, "busy"), (SASKIA, "taken"), (SASKIA, "taken"), (KAREL, "taken")], ["not_owed"]),
    ],
)
async def test_bystander_finds_what_was_told_to_the_wrong_person(
    tmp_path: Path, answers: list[tuple[str, Answer]], wrong: list[str]
) -> None:
    async with a_year(NOTHING, tmp_path) as year:
        await begun(year)
        await year.sweeper.stop()
        seen = [
            Attempt(THURSDAY, to, answer, f"<{place}@example.org>", (LINE,))
            for place, (to, answer) in enumerate(answers)
        ]
        year.reckoning.swept(THURSDAY, seen, {}, [])
        assert sorted(one.partition(":")[0] for one in year.reckoning.wrong) == wrong
