"""The contract of forgetting: on wish, and on time."""

import msgspec
import pytest

from flows.effects import Forget, PassOn, Wake
from flows.events import Filed, Happened
from flows.session import Turn
from storage import errors
from storage.officers import Unlocked
from storage.records import Draft, Purged
from storage.store import Store
from tests.storage.made import (
    CLAIM,
    DAY,
    HOUR,
    NOW,
    SAMIRA,
    SCHEME,
    STORY,
    TOM,
    file,
    intake,
    order,
    session,
    staff,
    turn,
)


async def closed(store: Store) -> Unlocked:
    """A case that was filed, read and closed on the same day; returns who closed it."""
    saskia = await staff(store)
    await file(store)
    await store.open_case("BG-7K4Q-92", saskia, now=NOW)
    await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
    return saskia


class Wiping:
    """Who asks to be forgotten is."""

    async def test_wiped_conversation_keeps_only_that_it_goes_on_empty(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY), [b"1"], now=NOW, beside=b"page")
        await store.commit(SAMIRA, kept.version, turn("", Forget()), [b"gewist"], now=NOW)
        left = await store.load(SAMIRA)
        assert (left.session, left.beside) == (session(), b"")
        assert await store.undelivered(SAMIRA) == (b"gewist",)

    async def test_wiping_keeps_nothing_of_the_turn_that_wipes(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn(STORY, Forget()), now=NOW)
        assert (await store.load(SAMIRA)).session == session()

    async def test_what_is_said_by_who_comes_back_too_late_is_kept_and_nothing_from_before(
        self, store: Store
    ) -> None:
        kept = await store.commit(SAMIRA, 0, turn("eerst"), [b"1"], now=NOW)
        await store.commit(SAMIRA, kept.version, turn(STORY, Forget(earlier=True)), [b"gewist"], now=NOW)
        assert (await store.load(SAMIRA)).session == session(STORY)
        assert await store.undelivered(SAMIRA) == (b"gewist",)

    async def test_wiped_conversation_is_known_for_an_hour_and_unknown_after_three(
        self, store: Store
    ) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY), now=NOW)
        kept = await store.commit(
            SAMIRA, kept.version, turn("", Forget()), [b"gewist"], now=NOW, beside=b"page"
        )
        assert kept.first is not None
        assert await store.delivered(kept.first, now=NOW) is None
        await store.purge(NOW + HOUR)
        assert (await store.load(SAMIRA)).beside == b"page"
        await store.purge(NOW + 3 * HOUR)
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_case_stays_when_its_conversation_is_wiped_and_no_longer_leads_to_it(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        kept = await file(store)
        filed = Filed("BG-7K4Q-92", "received")
        await store.commit(SAMIRA, kept.version, turn("", Forget(), case=filed), now=NOW)
        await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), now=NOW)
        assert await store.wakes(NOW) == ()
        assert (await store.case("BG-7K4Q-92")).number == "BG-7K4Q-92"

    async def test_unsent_files_go_with_the_conversation(self, store: Store) -> None:
        saskia = await staff(store)
        ref = await store.keep(SAMIRA, "photo", "gang.jpg", b"JPEG", now=NOW)
        await store.commit(SAMIRA, 0, turn("", Forget()), now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        dossier = await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert dossier.attachments == ()
        assert "attachment_gone" in [mark.what for mark in dossier.timeline]

    async def test_file_that_somebody_comes_back_with_too_late_is_kept_and_those_of_before_go(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        old = await store.keep(SAMIRA, "photo", "oud.jpg", b"OLD", now=NOW)
        before = msgspec.structs.replace(turn(STORY).session, attachments=(old,))
        kept = await store.commit(SAMIRA, 0, Turn(before), now=NOW)
        later = NOW + 3 * DAY
        new = await store.keep(SAMIRA, "photo", "nieuw.jpg", b"NEW", now=later)
        back = Turn(msgspec.structs.replace(session(""), attachments=(new,)), effects=(Forget(earlier=True),))
        kept = await store.commit(SAMIRA, kept.version, back, now=later)
        await store.purge(later + HOUR)
        filing = order(intake=intake(attachments=(old, new)))
        await store.commit(SAMIRA, kept.version, turn("", filing), now=later + 2 * HOUR)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=later)).attachments == (new,)
        assert (await store.open_attachment("BG-7K4Q-92", new, saskia, now=later)).data == b"NEW"


class Forgetting:
    """What was promised to go, goes; and what has to wait, waits."""

    async def test_draft_goes_after_three_days_with_the_key_of_its_day(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn(STORY), now=NOW)
        assert (await store.purge(NOW + 71 * HOUR)).drafts == 0
        assert (await store.purge(NOW + 72 * HOUR)).drafts == 1
        assert await store.load(SAMIRA) == Draft(None, 0)
        assert (await store.purge(NOW + 5 * DAY)).days == ("2026-05-20",)

    async def test_draft_lives_on_as_long_as_it_is_gone_on_with(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        await store.commit(SAMIRA, kept.version, turn("twee"), now=NOW + 2 * DAY)
        await store.purge(NOW + 4 * DAY)
        assert (await store.load(SAMIRA)).session == session("twee")

    async def test_time_passing_does_not_make_a_draft_live_longer(self, store: Store) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY, Wake((NOW + 2 * DAY).isoformat())), now=NOW)
        (due,) = await store.wakes(NOW + 2 * DAY)
        await store.commit(SAMIRA, kept.version, turn(STORY), inbound=due.inbound, now=NOW + 2 * DAY)
        await store.purge(NOW + 3 * DAY)
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_file_in_a_long_conversation_outlives_its_day(self, store: Store) -> None:
        saskia = await staff(store)
        ref = await store.keep(SAMIRA, "photo", "gang.jpg", b"JPEG", now=NOW)
        version = 0
        for day in range(5):
            version = (await store.commit(SAMIRA, version, turn(str(day)), now=NOW + day * DAY)).version
            await store.purge(NOW + day * DAY)
        filing = order(intake=intake(attachments=(ref,)))
        await store.commit(SAMIRA, version, turn("", filing), now=NOW + 5 * DAY)
        assert (await store.open_attachment("BG-7K4Q-92", ref, saskia, now=NOW)).data == b"JPEG"

    async def test_closed_case_is_destroyed_after_its_retention_and_leaves_a_tombstone(
        self, store: Store
    ) -> None:
        saskia = await closed(store)
        end = NOW.replace(year=2031)
        assert (await store.case("BG-7K4Q-92")).destroy_after == end
        assert (await store.purge(end - HOUR)).cases == ()
        assert (await store.purge(end, dry=True)) == Purged(("BG-7K4Q-92",), 0, 0, 0, (), (), dry=True)
        assert (await store.case("BG-7K4Q-92")).number == "BG-7K4Q-92"
        assert (await store.purge(end)).cases == ("BG-7K4Q-92",)
        with pytest.raises(errors.UnknownCase):
            await store.open_case("BG-7K4Q-92", saskia, now=end)
        assert await store.case_for(SCHEME, CLAIM) is None
        assert [(stone.number, stone.at) for stone in await store.tombstones()] == [("BG-7K4Q-92", end)]
        assert (await store.purge(end)).cases == ()

    async def test_cases_are_listed_by_whether_they_are_closed(self, store: Store) -> None:
        await closed(store)
        await file(store, TOM, number="BG-STIL-L1")
        listed = [
            [line.number for line in await store.cases(SCHEME, kind)] for kind in ("open", "closed", None)
        ]
        assert listed == [["BG-STIL-L1"], ["BG-7K4Q-92"], ["BG-7K4Q-92", "BG-STIL-L1"]]

    async def test_open_case_is_never_destroyed(self, store: Store) -> None:
        await staff(store)
        await file(store)
        assert (await store.purge(NOW.replace(year=2040))).cases == ()

    async def test_hold_with_name_and_reason_defers_destruction_until_released(self, store: Store) -> None:
        saskia = await closed(store)
        end = NOW.replace(year=2032)
        await store.hold("BG-7K4Q-92", "Saskia de Vries", "Een zaak bij de rechter.", now=NOW)
        with pytest.raises(errors.Held):
            await store.hold("BG-7K4Q-92", "Karel Bos", "Nog een.", now=NOW)
        assert (await store.purge(end)).waiting == (("BG-7K4Q-92", "hold"),)
        (entry,) = (await store.open_case("BG-7K4Q-92", saskia, now=end)).entries
        assert (entry.what, entry.by, entry.text) == ("hold", "Saskia de Vries", "Een zaak bij de rechter.")
        await store.release("BG-7K4Q-92", "Saskia de Vries", now=end)
        assert (await store.purge(end)).cases == ("BG-7K4Q-92",)

    async def test_scheme_that_allows_no_hold_has_none(self, store: Store) -> None:
        await staff(store, "zonder")
        await file(store, intake=intake(scheme="zonder"))
        with pytest.raises(errors.NoHold):
            await store.hold("BG-7K4Q-92", "Saskia de Vries", "Toch.", now=NOW)

    async def test_reply_that_nobody_read_defers_destruction(self, store: Store) -> None:
        saskia = await closed(store)
        draft = await store.load(SAMIRA)
        added = PassOn("BG-7K4Q-92", "unresolved", "Het is weer gebeurd.")
        await store.commit(SAMIRA, draft.version, turn("", added), now=NOW)
        end = NOW.replace(year=2032)
        assert (await store.purge(end)).waiting == (("BG-7K4Q-92", "unread"),)
        await store.open_case("BG-7K4Q-92", saskia, now=end)
        assert (await store.purge(end)).cases == ("BG-7K4Q-92",)

    async def test_conversation_of_a_destroyed_case_keeps_nothing_of_it(self, store: Store) -> None:
        await closed(store)
        await store.purge(NOW.replace(year=2032))
        await store.purge(NOW.replace(year=2032) + DAY)
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_ids_of_messages_are_forgotten_when_no_platform_repeats_them(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        assert (await store.purge(NOW + 7 * DAY)).inbound == 0
        assert (await store.purge(NOW + 9 * DAY)).inbound == 1

    async def test_hourly_purge_is_done_by_whoever_comes_first(self, store: Store) -> None:
        await store.commit(SAMIRA, 0, turn(STORY), now=NOW - 3 * DAY)
        done = [await store.purge_in_turn(NOW + part * HOUR / 2) for part in range(3)]
        assert [one and one.drafts for one in done] == [1, None, 0]
