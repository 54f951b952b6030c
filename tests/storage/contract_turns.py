"""The contract of turns: whole, once, in order."""

import asyncio
from datetime import timedelta

import pytest

from flows.effects import Forget, Note, Wake
from flows.events import TimePassed
from flows.session import Session, Turn
from storage import errors
from storage.records import Address, Draft, Parcel
from storage.store import Store
from tests.storage.made import (
    DAY,
    HOUR,
    NOW,
    SAMIRA,
    SCHEME,
    STORY,
    TOM,
    session,
    turn,
)


async def everything(store: Store, first: Parcel | None) -> list[bytes]:
    """Deliver a message and all that come after it."""
    bodies = []
    while first is not None:
        bodies.append(first.body)
        first = await store.delivered(first, now=NOW)
    return bodies


class Turns:
    """Conversations survive, each turn whole and once."""

    async def test_new_conversation_has_no_session(self, store: Store) -> None:
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_session_and_what_lies_beside_it_come_back(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), now=NOW, beside=b"the page")
        assert await store.load(SAMIRA) == Draft(session("hoi"), kept.version, b"the page")

    async def test_conversations_of_two_people_are_apart(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("ik ben Samira"), now=NOW)
        await store.commit(TOM, 0, turn("ik ben Tom"), now=NOW)
        assert (await store.load(SAMIRA)).session == session("ik ben Samira")

    async def test_one_person_has_a_conversation_per_scheme_and_channel(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("hoi"), now=NOW)
        elsewhere = [Address("telegram", "4711", "bij-elkaar"), Address("whatsapp", "4711", SCHEME)]
        assert [await store.load(address) for address in elsewhere] == [Draft(None, 0)] * 2

    async def test_second_delivery_of_a_message_is_a_duplicate(self, store: Store) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, first.version, turn("een een"), inbound="m1", now=NOW)
        assert (await store.load(SAMIRA)).session == session("een")

    async def test_duplicate_is_named_so_even_when_the_conversation_moved_on(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)

    async def test_same_id_from_another_person_is_no_duplicate(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        await store.commit(TOM, 0, turn("een"), inbound="m1", now=NOW)
        assert (await store.load(TOM)).session == session("een")

    async def test_turn_made_from_an_older_draft_is_a_conflict(self, store: Store) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        await store.commit(SAMIRA, first.version, turn("twee"), now=NOW)
        with pytest.raises(errors.Conflict):
            await store.commit(SAMIRA, first.version, turn("oud"), inbound="m3", now=NOW)

    async def test_turn_can_be_made_from_what_was_kept_last_here_and_is_the_same(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY), now=NOW, beside=b"the page")
        assert await store.load(SAMIRA, recent=True) == await store.load(SAMIRA)
        assert (await store.load(SAMIRA, recent=True)).version == kept.version
        assert await store.load(TOM, recent=True) == Draft(None, 0)

    async def test_wiped_conversation_is_not_what_was_kept_before(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY), now=NOW)
        await store.commit(SAMIRA, kept.version, Turn(session(), effects=(Forget(),)), now=NOW)
        assert await store.load(SAMIRA, recent=True) == await store.load(SAMIRA)

    async def test_what_was_purged_is_not_remembered(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn(STORY), now=NOW)
        await store.purge(NOW + 5 * DAY)
        assert (await store.load(SAMIRA, recent=True)).session is None

    async def test_refused_turn_is_made_again_from_what_stands(self, store: Store) -> None:
        first = await store.commit(SAMIRA, 0, turn("a"), now=NOW)
        await store.commit(SAMIRA, first.version, turn("b"), now=NOW)
        with pytest.raises(errors.Conflict):
            await store.commit(SAMIRA, first.version, turn("c"), now=NOW)
        again = await store.load(SAMIRA, recent=True)
        assert (again, again.session) == (await store.load(SAMIRA), turn("b").session)

    async def test_refused_turn_leaves_nothing_of_itself(self, store: Store) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        with pytest.raises(errors.UnknownCase):
            broken = turn("twee", Wake((NOW + HOUR).isoformat()), Note("BG-NOPE-00", "x"))
            await store.commit(SAMIRA, first.version, broken, [b"out"], "m2", now=NOW)
        assert await store.load(SAMIRA) == Draft(session("een"), first.version)
        assert await store.undelivered(SAMIRA) == ()
        assert await store.wakes(NOW + DAY) == ()
        again = await store.commit(SAMIRA, first.version, turn("twee"), inbound="m2", now=NOW)
        assert again.version > first.version

    async def test_ten_messages_at_once_from_one_person_all_count(self, store: Store) -> None:
        async def say(word: int) -> None:
            while True:
                draft = await store.load(SAMIRA)
                said = draft.session.said if draft.session else ()
                new = Session(SCHEME, "v1", "telegram", said=(*said, str(word)))
                try:
                    await store.commit(SAMIRA, draft.version, Turn(new), [b"ok"], str(word), now=NOW)
                    return
                except errors.Conflict:
                    continue

        await asyncio.gather(*(say(word) for word in range(10)))
        kept = (await store.load(SAMIRA)).session
        assert kept is not None
        assert sorted(kept.said) == [str(word) for word in range(10)]
        assert len(await store.undelivered(SAMIRA)) == 10

    async def test_ten_deliveries_of_one_message_at_once_count_once(self, store: Store) -> None:
        async def deliver() -> str:
            try:
                await store.commit(SAMIRA, 0, turn("hoi"), [b"hallo"], "m1", now=NOW)
            except errors.Duplicate:
                return "duplicate"
            return "kept"

        results = await asyncio.gather(*(deliver() for _ in range(10)))
        assert sorted(results) == ["duplicate"] * 9 + ["kept"]
        assert await store.undelivered(SAMIRA) == (b"hallo",)


class Deliveries:
    """What goes out goes out once, in order, and never gets lost."""

    async def test_messages_of_a_turn_go_out_in_order(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), [b"1", b"2", b"3"], now=NOW)
        assert await everything(store, kept.first) == [b"1", b"2", b"3"]
        assert await store.undelivered(SAMIRA) == ()

    async def test_later_turn_waits_for_who_delivers_the_earlier_one(self, store: Store) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        second = await store.commit(SAMIRA, first.version, turn("twee"), [b"3"], now=NOW)
        assert second.first is None
        assert await everything(store, first.first) == [b"1", b"2", b"3"]

    async def test_what_a_killed_process_left_is_claimed_in_order(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        assert await store.claim(NOW + timedelta(seconds=29)) is None
        claimed = await store.claim(NOW + timedelta(seconds=30))
        assert await everything(store, claimed) == [b"1", b"2"]

    async def test_two_workers_never_deliver_to_one_conversation(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        claims = await asyncio.gather(*(store.claim(NOW + HOUR) for _ in range(4)))
        assert [parcel.body for parcel in claims if parcel] == [b"1"]

    async def test_postponed_message_holds_back_what_comes_after_it(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        assert kept.first is not None
        await store.postpone(kept.first, NOW + HOUR)
        assert await store.claim(NOW + HOUR / 2) is None
        later = await store.commit(SAMIRA, kept.version, turn("twee"), [b"3"], now=NOW + HOUR / 2)
        assert later.first is None
        claimed = await store.claim(NOW + HOUR)
        assert claimed is not None
        assert claimed.attempts == 1
        assert await everything(store, claimed) == [b"1", b"2", b"3"]

    async def test_worker_gets_only_what_goes_out_by_its_channels_and_organisations(
        self, store: Store
    ) -> None:
        here, whatsapp, other = ("telegram", SCHEME), ("whatsapp", SCHEME), ("telegram", "bij-elkaar")
        for channel, scheme, body in (
            (*other, b"1"),
            (*whatsapp, b"2"),
            (*here, b"3"),
            ("telegram", "", b"4"),
        ):
            await store.commit(Address(channel, "4711", scheme), 0, turn("hoi"), [body], now=NOW)
        later = NOW + HOUR
        for nobody in ((), (("web", SCHEME),), (("whatsapp", "bij-elkaar"), ("web", ""))):
            assert await store.claim(later, nobody) is None
        found = [await store.claim(later, (here, ("web", SCHEME), ("telegram", ""))) for _ in range(3)]
        assert [one and (one.body, one.attempts) for one in found] == [(b"3", 0), (b"4", 0), None]
        found = [await store.claim(later + HOUR, (here, whatsapp, other, other)) for _ in range(4)]
        assert [one and one.body for one in found] == [b"1", b"2", b"3", None]

    async def test_what_the_platform_called_messages_is_kept_in_order_until_they_are_taken_away(
        self, store: Store
    ) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), [b"1", b"2", b"3"], now=NOW)
        assert kept.first is not None
        second = await store.delivered(kept.first, now=NOW, mark=b"17")
        assert second is not None
        third = await store.delivered(second, now=NOW, mark=b"18")
        assert third is not None
        assert await store.delivered(third, now=NOW) is None
        assert (await store.marks(SAMIRA), await store.marks(TOM)) == ((b"17", b"18"), ())
        await store.commit(SAMIRA, kept.version, turn("", Forget()), now=NOW)
        assert await store.marks(SAMIRA) == (b"17", b"18")
        await store.unmark(SAMIRA)
        assert await store.marks(SAMIRA) == ()

    async def test_what_the_platform_called_messages_goes_with_its_days(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), [b"1"], now=NOW)
        assert kept.first is not None
        await store.delivered(kept.first, now=NOW, mark=b"17")
        await store.purge(NOW + 5 * DAY)
        assert await store.marks(SAMIRA) == ()

    async def test_other_conversations_do_not_wait_for_a_postponed_one(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
        assert kept.first is not None
        await store.postpone(kept.first, NOW + DAY)
        await store.commit(TOM, 0, turn("een"), [b"voor Tom"], now=NOW)
        claimed = await store.claim(NOW + HOUR)
        assert claimed is not None
        assert claimed.address == TOM

    async def test_refused_for_good_is_parked_with_its_reason_and_the_next_goes_on(
        self, store: Store
    ) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        assert kept.first is not None
        following = await store.park(kept.first, "blocked_by_user", now=NOW)
        assert await everything(store, following) == [b"2"]
        assert [(parked.channel, parked.reason) for parked in await store.parked()] == [
            ("telegram", "blocked_by_user")
        ]

    async def test_worker_whose_time_ran_out_is_told_no_next_message(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        other = await store.claim(NOW + HOUR)
        assert kept.first is not None
        assert other is not None
        assert await store.delivered(kept.first, now=NOW + HOUR) is None
        assert await everything(store, other) == [b"1", b"2"]  # the one that was under way is said twice

    async def test_message_whose_days_are_over_is_parked_as_expired(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
        assert (await store.purge(NOW + 5 * DAY)).expired == 1
        assert [parked.reason for parked in await store.parked()] == ["expired"]
        assert await store.claim(NOW + 5 * DAY) is None


class Times:
    """What comes back to a conversation by itself."""

    async def test_wish_to_be_woken_comes_when_it_is_due_and_once(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        assert await store.wakes(NOW + DAY - HOUR) == ()
        (due,) = await store.wakes(NOW + DAY)
        assert (due.address, due.event) == (SAMIRA, TimePassed())
        await store.commit(SAMIRA, kept.version, turn("hoi"), inbound=due.inbound, now=NOW + DAY)
        assert await store.wakes(NOW + 2 * DAY) == ()
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, kept.version, turn("hoi"), inbound=due.inbound, now=NOW + DAY)

    async def test_new_wish_replaces_the_old(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        (old,) = await store.wakes(NOW + DAY)
        later = turn("hoi", Wake((NOW + 2 * DAY).isoformat()))
        await store.commit(SAMIRA, kept.version, later, now=NOW)
        assert await store.wakes(NOW + DAY) == ()
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, kept.version + 1, turn(), inbound=old.inbound, now=NOW)

    async def test_saying_something_does_not_use_up_the_wish(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        await store.commit(SAMIRA, kept.version, turn("nog iets"), inbound="m2", now=NOW + 2 * DAY)
        assert len(await store.wakes(NOW + 2 * DAY)) == 1

    async def test_what_remains_outlives_the_draft_without_content(self, store: Store) -> None:
        asked = turn(STORY, Wake((NOW + 9 * DAY).isoformat()))
        await store.commit(SAMIRA, 0, asked, now=NOW)
        await store.purge(NOW + 5 * DAY)
        left = (await store.load(SAMIRA)).session
        assert left is not None
        assert (left.said, left.answers, left.scheme) == ((), {}, SCHEME)
        assert [due.address for due in await store.wakes(NOW + 9 * DAY)] == [SAMIRA]
