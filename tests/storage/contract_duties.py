"""What a whole organisation has to do: begun once for a period, reminded of like any term, and met once."""

from datetime import timedelta

import pytest

from flows.events import Deadline, Reason
from storage.duties import number_of
from storage.reminding import Item
from storage.store import Store
from tests.storage.contract_reminders import SASKIA, mail, posted
from tests.storage.made import NOW, SCHEME, staff

YEAR = Deadline("evaluation", "2026-12-31", Reason(1, "years", "2025-12-31", "year_end", "scheme"))
NUMBER = number_of(SCHEME, "2025-12-31")
AFTER = NOW + timedelta(days=300)


class Duties:
    """What `storage.duties.Duties` promises."""

    @pytest.mark.clause("BE-9")
    async def test_duty_begins_once_for_a_period_and_brings_its_reminders(self, store: Store) -> None:
        await staff(store)
        begun = [await store.begin_duty(SCHEME, YEAR, now=NOW) for _ in range(2)]
        (kept,) = await store.duties(SCHEME)
        assert (begun, kept.deadline, kept.done, kept.number) == ([True, False], YEAR, None, NUMBER)
        assert [(one.number, one.term, one.rung) for one in await store.due_rungs(AFTER)] == [
            (NUMBER, "evaluation", rung) for rung in ("half_way", "before", "day", "overdue")
        ]

    @pytest.mark.clause("BE-9")
    async def test_duty_that_was_met_is_reminded_of_no_more_and_in_no_mail(self, store: Store) -> None:
        await staff(store)
        await store.begin_duty(SCHEME, YEAR, now=NOW)
        await posted(store, mail("m1", Item(NUMBER, "evaluation", "day", "2026-12-31")))
        met = [await store.meet_duty(NUMBER, "evaluation", SASKIA, now=NOW) for _ in range(2)]
        (kept,) = await store.duties(SCHEME)
        assert (met, kept.done, kept.by) == ([True, False], NOW, SASKIA)
        assert (await store.due_rungs(AFTER), await store.claim_mail(AFTER)) == ((), None)
        assert [(one.officer, one.what) for one in await store.access_log(NUMBER)] == [
            (SASKIA, "evaluation:done")
        ]
        assert await store.begin_duty(SCHEME, YEAR, now=AFTER) is False

    async def test_duty_is_met_by_an_officer_of_that_organisation_only(self, store: Store) -> None:
        await staff(store)
        await store.begin_duty("bij-elkaar", YEAR, now=NOW)
        other = number_of("bij-elkaar", "2025-12-31")
        assert await store.meet_duty(other, "evaluation", SASKIA, now=NOW) is False

    async def test_duty_takes_its_reminders_along_when_the_ladder_changes(self, store: Store) -> None:
        await staff(store)
        await store.replan(SCHEME, NOW)
        await store.begin_duty(SCHEME, YEAR, now=NOW)
        before = await store.due_rungs(AFTER)
        assert await store.replan(SCHEME, NOW) == 0
        assert await store.due_rungs(AFTER) == before
