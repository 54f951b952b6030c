"""A term that is lengthened or stands still takes its reminders along, and one that is met ends them: on the phone."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from flows.calendar.zone import AMSTERDAM
from tests.desk.site import Visitor, visitor
from tests.desk.test_steps import longer
from tests.reminders.owed import ladder
from tests.reminders.reached import DONE, LATER, NUMBER, Reached, reached, said

ORG, ID = "dorpszorg", "dorpszorg/saskia-de-vries"
RECEIVED, DUE = date(2026, 5, 20), date(2026, 7, 1)


class Case:
    """A complaint to be settled in six weeks, its handler at the desk, and her phone."""

    def __init__(self, office: Reached, desk: Visitor) -> None:
        self.office, self.desk = office, desk

    async def takes(self, when: str, step: str, **given: str) -> None:
        """At this moment the handler takes a step at the desk."""
        self.office.site.now = datetime.fromisoformat(when).replace(tzinfo=AMSTERDAM)
        await self.desk.enter(ID)
        await self.desk.open(NUMBER)
        await self.desk.step(NUMBER, step, **given)
        assert (await self.office.marks()).count(step) == 1

    async def walked(self, first: date, last: date) -> list[tuple[str, str]]:
        """Every hour of these days is swept; returns when the phone was told, and by which day it is due."""
        found: list[tuple[str, str]] = []
        at = datetime(first.year, first.month, first.day, 7, tzinfo=AMSTERDAM)
        while at.date() <= last:
            texts, _ = await self.office.told(at.replace(tzinfo=None).isoformat())
            for text in texts:
                line = next(line for line in text.splitlines() if "2026" in line)
                found.append((at.strftime("%m-%d %H"), line))
            at += timedelta(hours=1) if 7 <= at.hour < 10 else timedelta(hours=21)
        return found

    def owed(self, due: date, since: str) -> list[str]:
        """When reminders are owed of a term that is due on a day and was set at a moment, found the long way."""
        office = self.office.site.schemes.load(ORG).office
        moment = datetime.fromisoformat(since).replace(tzinfo=AMSTERDAM)
        return [at.strftime("%m-%d %H") for _, at in ladder(RECEIVED, due, office, moment)]


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    """An invented organisation whose term can be lengthened and stand still."""
    own = longer(tmp_path / "own")
    async with reached(tmp_path, ORG, org=ORG, own=own) as office, visitor(office.site) as desk:
        await office.linked()
        yield Case(office, desk)


async def test_reminders_of_a_term_that_is_left_alone_come_when_they_are_owed(case: Case) -> None:
    told = await case.walked(date(2026, 5, 21), date(2026, 7, 3))
    assert [when for when, _ in told] == case.owed(DUE, "2026-05-20T12:00")
    assert told[-1][1].startswith("Te laat: het moest op woensdag 1 juli 2026 klaar zijn.")


async def test_reminders_of_a_term_that_is_lengthened_move_along(case: Case) -> None:
    before = await case.walked(date(2026, 5, 21), date(2026, 6, 26))
    await case.takes("2026-06-26T11:00", "extended", text="Een getuige is ziek.", on="2026-07-15")
    after = await case.walked(date(2026, 6, 27), date(2026, 7, 17))
    assert [when for when, _ in before] == case.owed(DUE, "2026-05-20T12:00")[: len(before)]
    assert [when for when, _ in after] == case.owed(date(2026, 7, 15), "2026-06-26T11:00")
    assert {line.partition("15 juli 2026")[1] for _, line in after} == {"15 juli 2026"}
    assert (len(before), len(after)) == (2, 3)


async def test_while_it_stands_still_nobody_is_reminded_and_then_on_the_days_that_came_on_top(
    case: Case,
) -> None:
    await case.takes("2026-06-24T11:00", "paused", text="De cliënt is op vakantie.")
    assert await case.walked(date(2026, 6, 25), date(2026, 7, 3)) == []
    await case.takes("2026-07-04T11:00", "resumed")
    after = await case.walked(date(2026, 7, 5), date(2026, 7, 15))
    assert [when for when, _ in after] == case.owed(date(2026, 7, 11), "2026-07-04T11:00")
    assert {line.partition("11 juli 2026")[1] for _, line in after} == {"11 juli 2026"}


async def test_message_that_waited_is_not_sent_of_a_term_that_moved_or_stands_still(case: Case) -> None:
    office = case.office
    office.telegram.faults.next("server_error", "sendMessage")
    assert await office.told("2026-06-29T09:00") == ([], [])
    await case.takes("2026-06-29T09:05", "paused", text="De cliënt is op vakantie.")
    assert await office.told("2026-06-29T10:00") == ([], [])
    assert dict(await office.site.store.tally())["dropped"] == 1


async def test_later_and_the_buttons_of_a_term_that_stands_still_are_answered_kindly(case: Case) -> None:
    office = case.office
    await office.told("2026-06-29T09:00")
    await case.takes("2026-06-29T09:05", "paused", text="De cliënt is op vakantie.")
    assert await office.presses(office.saskia, LATER) == said("stale")
    assert await office.told("2026-06-29T13:00") == ([], [])


async def test_later_is_forgotten_when_the_term_moves(case: Case) -> None:
    office = case.office
    await office.told("2026-06-29T09:00")
    await office.presses(office.saskia, LATER)
    await case.takes("2026-06-29T10:00", "extended", text="Een getuige is ziek.", on="2026-07-15")
    assert await office.told("2026-06-29T12:00") == ([], [])


async def test_reminders_end_when_the_step_is_noted_at_the_desk(case: Case) -> None:
    office = case.office
    await office.told("2026-06-29T09:00")
    await case.takes("2026-06-29T10:00", "outcome_sent", text="Gegrond: het had niet gemogen.")
    assert await case.walked(date(2026, 6, 30), date(2026, 7, 3)) == []
    assert DONE not in office.saskia.buttons()
    assert await office.presses(office.saskia, LATER) == said("stale")
