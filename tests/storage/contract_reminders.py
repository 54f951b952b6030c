"""Reminders: the queue that terms fill and empty, one sweep at a time, and mails that are sent once."""

from datetime import datetime, timedelta

import msgspec
import pytest

from flows.effects import EndTerm, Note, Notify, SetTerm
from flows.events import Happened
from storage.errors import Conflict, NoAccess
from storage.records import Address
from storage.reminding import DueRung, Item, Mail
from storage.store import Store
from tests.storage.made import DAY, HANDLER, NOW, SCHEME, deadline, file, staff

NUMBER = "BG-7K4Q-92"
SASKIA, KAREL = f"{SCHEME}/saskia-de-vries", f"{SCHEME}/karel-bos"
LATE = NOW + 12 * DAY


def mail(id: str = "m1", *items: Item) -> Mail:
    """A mail to Saskia about the term of Samira's case."""
    return Mail(id, SCHEME, SASKIA, "digest", items or (Item(NUMBER, "contact", "day", "2026-05-28"),), NOW)


async def rungs(store: Store, now: datetime = LATE) -> list[tuple[str, str]]:
    """What is due, as rung and day."""
    return [(rung.rung, rung.due.date().isoformat()) for rung in await store.due_rungs(now)]


async def posted(store: Store, *mails: Mail, told: tuple[DueRung, ...] = (), now: datetime = LATE) -> None:
    """A sweep that found these."""
    lease = await store.begin_sweep(now)
    assert lease is not None
    await store.post(lease, mails, told, now=now)
    await store.end_sweep(lease)


class Reminders:
    """What `storage.reminding.Reminding` promises."""

    async def test_term_brings_its_reminders_and_they_come_when_they_are_due(self, store: Store) -> None:
        await staff(store)
        await file(store)
        assert await rungs(store, NOW) == []
        assert await rungs(store) == [
            ("before", "2026-05-26"),
            ("day", "2026-05-28"),
            ("overdue", "2026-05-29"),
        ]

    async def test_reminders_go_with_the_term_that_is_met(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.act(NUMBER, saskia, (EndTerm(NUMBER, "contact", "contact_made"),), now=NOW)
        assert await rungs(store) == []

    async def test_term_that_moves_takes_its_reminders_along(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.act(NUMBER, saskia, (SetTerm(NUMBER, deadline(date="2026-06-08"), "extended"),), now=NOW)
        assert await rungs(store, LATE + 30 * DAY) == [
            ("half_way", "2026-05-29"), ("before", "2026-06-04"), ("day", "2026-06-08"), ("overdue", "2026-06-09"),
        ]  # fmt: skip

    async def test_what_was_told_is_not_due_again(self, store: Store) -> None:
        await staff(store)
        await file(store)
        await posted(store, mail(), told=await store.due_rungs(LATE))
        assert await rungs(store) == []
        assert await store.replan(SCHEME, NOW) == 1
        assert (await rungs(store), await store.replan(SCHEME, NOW)) == ([], 0)

    async def test_one_process_sweeps_until_it_ends_or_was_killed(self, store: Store) -> None:
        lease = await store.begin_sweep(NOW)
        assert lease is not None
        assert await store.begin_sweep(NOW + timedelta(seconds=60)) is None
        after = await store.begin_sweep(NOW + timedelta(seconds=121))
        assert after is not None
        with pytest.raises(Conflict):
            await store.post(lease, (mail(),), now=NOW)
        await store.end_sweep(after)
        assert await store.begin_sweep(NOW + timedelta(seconds=122)) is not None

    async def test_mail_is_sent_by_one_and_again_only_after_a_kill(self, store: Store) -> None:
        await staff(store)
        await file(store)
        await posted(store, mail())
        first = await store.claim_mail(LATE)
        assert first is not None
        assert (first.id, first.again, await store.claim_mail(LATE)) == ("m1", False, None)
        second = await store.claim_mail(LATE + timedelta(seconds=121))
        assert second is not None
        assert (second.id, second.again) == ("m1", True)
        await store.mailed(second, now=LATE)
        assert await store.claim_mail(LATE + DAY) is None
        assert dict(await store.tally()) == {"posted": 1, "again": 1, "sent": 1}

    async def test_mail_that_failed_comes_again_later_under_the_same_id(self, store: Store) -> None:
        await staff(store)
        await file(store)
        await posted(store, mail())
        first = await store.claim_mail(LATE)
        assert first is not None
        await store.hold_mail(first, LATE + timedelta(minutes=5), failed=True)
        assert await store.claim_mail(LATE) is None
        second = await store.claim_mail(LATE + timedelta(minutes=5))
        assert second is not None
        assert (second.id, second.tries, second.again) == ("m1", 1, False)

    async def test_mail_leaves_out_what_is_done_meanwhile_and_is_dropped_when_nothing_is_left(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        await file(store)
        await posted(
            store, mail(), mail("m2", Item(NUMBER, "contact", "day", "2026-05-28"), Item(NUMBER, "new_case"))
        )
        await store.act(NUMBER, saskia, (EndTerm(NUMBER, "contact", "contact_made"),), now=NOW)
        left = await store.claim_mail(LATE)
        assert left is not None
        assert (left.id, left.items) == ("m2", (Item(NUMBER, "new_case"),))
        assert await store.claim_mail(LATE) is None
        assert dict(await store.tally()) == {"posted": 2, "dropped": 1}

    async def test_mail_that_reaches_nobody_is_parked_for_the_operator(self, store: Store) -> None:
        await staff(store)
        await file(store)
        await posted(store, mail())
        first = await store.claim_mail(LATE)
        assert first is not None
        await store.divert(first, "no_address", (), now=LATE)
        assert [(one.channel, one.reason) for one in await store.parked()] == [("mail", "no_address")]

    async def test_who_had_a_part_in_it_or_was_refused_is_known_without_a_key(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store, refused=("mevrouw Bos",))
        await store.act(NUMBER, saskia, (Note(NUMBER, "uninvolved_declared"),), now=NOW)
        found = await store.bearings(NUMBER)
        assert await store.bearings_of([NUMBER, "BG-0000-00"]) == {NUMBER: found}
        assert (found.readers, found.out, found.declared) == ((SASKIA,), {KAREL}, (SASKIA,))

    async def test_reminder_can_be_asked_for_once_more_while_the_term_runs(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await posted(store, told=await store.due_rungs(LATE))
        assert await store.snooze(NUMBER, "contact", SASKIA, LATE + timedelta(hours=3)) is True
        (again,) = await store.due_rungs(LATE + timedelta(hours=3))
        assert (again.rung, again.officer) == ("later", SASKIA)
        await store.act(NUMBER, saskia, (EndTerm(NUMBER, "contact", "contact_made"),), now=NOW)
        assert await store.snooze(NUMBER, "contact", SASKIA, LATE) is False

    async def test_however_few_are_asked_for_all_that_is_due_of_a_term_comes_together(
        self, store: Store
    ) -> None:
        await staff(store)
        for number in ("BG-1111-11", "BG-2222-22"):
            await file(store, number=number, claim_code="", address=Address("web", number, SCHEME))
        found = await store.due_rungs(LATE, 1)
        assert [(one.number, one.rung) for one in found] == [
            ("BG-1111-11", "before"), ("BG-1111-11", "day"), ("BG-1111-11", "overdue"),
        ]  # fmt: skip

    async def test_term_that_stands_still_is_in_no_mail_and_cannot_be_asked_for_again(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        await file(store)
        await posted(store, mail())
        whole = deadline()
        still = msgspec.structs.replace(whole.why, paused_since="2026-05-21")
        paused = SetTerm(NUMBER, msgspec.structs.replace(whole, why=still), "paused")
        await store.act(NUMBER, saskia, (paused,), now=NOW)
        assert await store.claim_mail(LATE) is None
        assert await store.snooze(NUMBER, "contact", SASKIA, LATE) is False
        assert await rungs(store) == []

    async def test_lines_that_are_not_for_an_officer_any_more_go_to_another_and_the_rest_stays(
        self, store: Store
    ) -> None:
        await staff(store)
        for number in (NUMBER, "BG-2222-22"):
            await file(store, number=number, claim_code="", address=Address("web", number, SCHEME))
        theirs, rest = Item(NUMBER, "new_case"), Item("BG-2222-22", "new_case")
        await posted(store, mail("m1", theirs, rest))
        first = await store.claim_mail(LATE)
        assert first is not None
        other = Mail("m2", SCHEME, KAREL, "digest", (theirs,), LATE, (SASKIA,))
        left = await store.pass_on(first, (theirs,), (other,), now=LATE)
        assert left is not None
        assert (left.id, left.items) == ("m1", (rest,))
        second = await store.claim_mail(LATE)
        assert second is not None
        assert (second.id, second.officer, second.items) == ("m2", KAREL, (theirs,))
        assert await store.pass_on(second, (theirs,), (), now=LATE) is None
        assert await store.pass_on(second, (theirs,), (), now=LATE) is None
        again = await store.claim_mail(LATE + DAY)
        assert again is not None
        assert (again.id, again.items) == ("m1", (rest,))

    async def test_notices_come_page_by_page(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        for what in ("new_case", "handler_needed", "client_unresolved"):
            await store.act(NUMBER, saskia, (Notify(NUMBER, HANDLER, what),), now=NOW)
        first = await store.notices(2)
        second = await store.notices(2, first[-1].id)
        assert [one.what for one in (*first, *second)] == ["new_case", "handler_needed", "client_unresolved"]

    async def test_step_from_afar_ends_the_term_once_and_is_logged(self, store: Store) -> None:
        await staff(store)
        await file(store)
        ends, step = (EndTerm(NUMBER, "contact", "contact_made"),), Happened("contact_made")
        done = [
            await store.settle_from_afar(NUMBER, "contact", SASKIA, ends, step, "in_progress", now=NOW)
            for _ in range(2)
        ]
        assert (done, (await store.case(NUMBER)).status) == ([True, False], "in_progress")
        assert (await store.access_log(NUMBER))[-1].what == "contact_made:link"

    async def test_step_from_afar_is_refused_to_who_does_not_read_the_case(self, store: Store) -> None:
        await staff(store)
        await file(store, refused=("Karel",))
        with pytest.raises(NoAccess):
            await store.settle_from_afar(
                NUMBER, "contact", KAREL, (), Happened("contact_made"), None, now=NOW
            )

    async def test_officer_has_the_terms_of_the_cases_they_read(self, store: Store) -> None:
        await staff(store)
        await file(store, refused=("Karel",))
        assert [(one.number, one.deadline.date) for one in await store.terms_for(SCHEME, SASKIA)] == [
            (NUMBER, "2026-05-28")
        ]
        assert await store.terms_for(SCHEME, KAREL) == ()
