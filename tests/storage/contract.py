"""What every engine must keep: subclass `StoreContract`, give it a `store`, and it is held to all of this.

The `store` fixture of an engine checks on teardown that nothing leaked: no thread, no open file.
"""

import asyncio
from datetime import timedelta

import pytest

from flows.effects import EndTerm, Forget, Note, Notify, PassOn, SetTerm, Wake
from flows.events import Filed, Happened, TimePassed
from flows.session import Session, Turn
from storage import errors
from storage.officers import Unlocked, new_recovery
from storage.records import Address, Draft, Parcel, Purged, Readiness
from storage.sqlite import SqliteStore
from tests.storage.made import (
    CLAIM,
    DAY,
    HANDLER,
    HOUR,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    STAND_IN_PASSWORD,
    STORY,
    TOM,
    deadline,
    file,
    intake,
    order,
    session,
    staff,
    turn,
)

WITHOUT_NAME = Address("web", "c0ffee", SCHEME)


async def everything(store: SqliteStore, first: Parcel | None) -> list[bytes]:
    """Deliver a message and all that come after it."""
    bodies = []
    while first is not None:
        bodies.append(first.body)
        first = await store.delivered(first, now=NOW)
    return bodies


class Turns:
    """Conversations survive, each turn whole and once."""

    async def test_new_conversation_has_no_session(self, store: SqliteStore) -> None:
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_session_and_what_lies_beside_it_come_back(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), now=NOW, beside=b"the page")
        assert await store.load(SAMIRA) == Draft(session("hoi"), kept.version, b"the page")

    async def test_conversations_of_two_people_are_apart(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("ik ben Samira"), now=NOW)
        await store.commit(TOM, 0, turn("ik ben Tom"), now=NOW)
        assert (await store.load(SAMIRA)).session == session("ik ben Samira")

    async def test_one_person_has_a_conversation_per_scheme_and_channel(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("hoi"), now=NOW)
        elsewhere = [Address("telegram", "4711", "bij-elkaar"), Address("whatsapp", "4711", SCHEME)]
        assert [await store.load(address) for address in elsewhere] == [Draft(None, 0)] * 2

    async def test_second_delivery_of_a_message_is_a_duplicate(self, store: SqliteStore) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, first.version, turn("een een"), inbound="m1", now=NOW)
        assert (await store.load(SAMIRA)).session == session("een")

    async def test_duplicate_is_named_so_even_when_the_conversation_moved_on(
        self, store: SqliteStore
    ) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)

    async def test_same_id_from_another_person_is_no_duplicate(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        await store.commit(TOM, 0, turn("een"), inbound="m1", now=NOW)
        assert (await store.load(TOM)).session == session("een")

    async def test_turn_made_from_an_older_draft_is_a_conflict(self, store: SqliteStore) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        await store.commit(SAMIRA, first.version, turn("twee"), now=NOW)
        with pytest.raises(errors.Conflict):
            await store.commit(SAMIRA, first.version, turn("oud"), inbound="m3", now=NOW)

    async def test_refused_turn_leaves_nothing_of_itself(self, store: SqliteStore) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        with pytest.raises(errors.UnknownCase):
            broken = turn("twee", Wake((NOW + HOUR).isoformat()), Note("BG-NOPE-00", "x"))
            await store.commit(SAMIRA, first.version, broken, [b"out"], "m2", now=NOW)
        assert await store.load(SAMIRA) == Draft(session("een"), first.version)
        assert await store.undelivered(SAMIRA) == ()
        assert await store.wakes(NOW + DAY) == ()
        again = await store.commit(SAMIRA, first.version, turn("twee"), inbound="m2", now=NOW)
        assert again.version > first.version

    async def test_ten_messages_at_once_from_one_person_all_count(self, store: SqliteStore) -> None:
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

    async def test_ten_deliveries_of_one_message_at_once_count_once(self, store: SqliteStore) -> None:
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

    async def test_messages_of_a_turn_go_out_in_order(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi"), [b"1", b"2", b"3"], now=NOW)
        assert await everything(store, kept.first) == [b"1", b"2", b"3"]
        assert await store.undelivered(SAMIRA) == ()

    async def test_later_turn_waits_for_who_delivers_the_earlier_one(self, store: SqliteStore) -> None:
        first = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        second = await store.commit(SAMIRA, first.version, turn("twee"), [b"3"], now=NOW)
        assert second.first is None
        assert await everything(store, first.first) == [b"1", b"2", b"3"]

    async def test_what_a_killed_process_left_is_claimed_in_order(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        assert await store.claim(NOW + timedelta(seconds=29)) is None
        claimed = await store.claim(NOW + timedelta(seconds=30))
        assert await everything(store, claimed) == [b"1", b"2"]

    async def test_two_workers_never_deliver_to_one_conversation(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        claims = await asyncio.gather(*(store.claim(NOW + HOUR) for _ in range(4)))
        assert [parcel.body for parcel in claims if parcel] == [b"1"]

    async def test_postponed_message_holds_back_what_comes_after_it(self, store: SqliteStore) -> None:
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

    async def test_other_conversations_do_not_wait_for_a_postponed_one(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
        assert kept.first is not None
        await store.postpone(kept.first, NOW + DAY)
        await store.commit(TOM, 0, turn("een"), [b"voor Tom"], now=NOW)
        claimed = await store.claim(NOW + HOUR)
        assert claimed is not None
        assert claimed.address == TOM

    async def test_refused_for_good_is_parked_with_its_reason_and_the_next_goes_on(
        self, store: SqliteStore
    ) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        assert kept.first is not None
        following = await store.park(kept.first, "blocked_by_user", now=NOW)
        assert await everything(store, following) == [b"2"]
        assert [(parked.channel, parked.reason) for parked in await store.parked()] == [
            ("telegram", "blocked_by_user")
        ]

    async def test_worker_whose_time_ran_out_is_told_no_next_message(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), [b"1", b"2"], now=NOW)
        other = await store.claim(NOW + HOUR)
        assert kept.first is not None
        assert other is not None
        assert await store.delivered(kept.first, now=NOW + HOUR) is None
        assert await everything(store, other) == [b"1", b"2"]  # the one that was under way is said twice

    async def test_message_whose_days_are_over_is_parked_as_expired(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn("een"), [b"1"], now=NOW)
        assert (await store.purge(NOW + 5 * DAY)).expired == 1
        assert [parked.reason for parked in await store.parked()] == ["expired"]
        assert await store.claim(NOW + 5 * DAY) is None


class Times:
    """What comes back to a conversation by itself."""

    async def test_wish_to_be_woken_comes_when_it_is_due_and_once(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        assert await store.wakes(NOW + DAY - HOUR) == ()
        (due,) = await store.wakes(NOW + DAY)
        assert (due.address, due.event) == (SAMIRA, TimePassed())
        await store.commit(SAMIRA, kept.version, turn("hoi"), inbound=due.inbound, now=NOW + DAY)
        assert await store.wakes(NOW + 2 * DAY) == ()
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, kept.version, turn("hoi"), inbound=due.inbound, now=NOW + DAY)

    async def test_new_wish_replaces_the_old(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        (old,) = await store.wakes(NOW + DAY)
        later = turn("hoi", Wake((NOW + 2 * DAY).isoformat()))
        await store.commit(SAMIRA, kept.version, later, now=NOW)
        assert await store.wakes(NOW + DAY) == ()
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, kept.version + 1, turn(), inbound=old.inbound, now=NOW)

    async def test_saying_something_does_not_use_up_the_wish(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("hoi", Wake((NOW + DAY).isoformat())), now=NOW)
        await store.commit(SAMIRA, kept.version, turn("nog iets"), inbound="m2", now=NOW + 2 * DAY)
        assert len(await store.wakes(NOW + 2 * DAY)) == 1

    async def test_what_remains_outlives_the_draft_without_content(self, store: SqliteStore) -> None:
        asked = turn(STORY, Wake((NOW + 9 * DAY).isoformat()))
        await store.commit(SAMIRA, 0, asked, now=NOW)
        await store.purge(NOW + 5 * DAY)
        left = (await store.load(SAMIRA)).session
        assert left is not None
        assert (left.said, left.answers, left.scheme) == ((), {}, SCHEME)
        assert [due.address for due in await store.wakes(NOW + 9 * DAY)] == [SAMIRA]


class Filing:
    """A complaint is filed once, for its readers only."""

    async def test_filed_case_opens_for_its_recipient_with_all_that_was_told(
        self, store: SqliteStore
    ) -> None:
        saskia = await staff(store)
        await file(store)
        dossier = await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert dossier.intake == order().intake
        assert [mark.what for mark in dossier.timeline] == ["received", "started:contact"]
        assert [term.deadline for term in dossier.line.terms] == [deadline()]

    async def test_conversation_keeps_nothing_of_what_was_filed(self, store: SqliteStore) -> None:
        await staff(store)
        await file(store)
        left = (await store.load(SAMIRA)).session
        assert left is not None
        assert (left.said, left.answers, left.claim_code) == ((), {}, None)
        assert left.case is not None
        assert left.case.number == "BG-7K4Q-92"

    async def test_number_that_is_taken_is_refused_and_the_first_case_stays(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        with pytest.raises(errors.NumberTaken):
            await file(store, TOM, intake=order().intake)
        assert [line.number for line in await store.cases()] == ["BG-7K4Q-92"]
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_without_recipient_nothing_is_filed(self, store: SqliteStore) -> None:
        with pytest.raises(errors.NoRecipient):
            await file(store)
        assert await store.cases() == ()

    async def test_without_recovery_key_nothing_is_filed(self, store: SqliteStore) -> None:
        await store.add_officer(SCHEME, HANDLER, "Saskia de Vries", PASSWORD, now=NOW)
        assert await store.readiness(SCHEME) == Readiness(False, ("recovery", "stand_in"))
        with pytest.raises(errors.NoRecovery):
            await file(store)
        assert await store.cases() == ()

    async def test_scheme_is_ready_with_recipient_stand_in_and_recovery_key(self, store: SqliteStore) -> None:
        assert await store.readiness(SCHEME) == Readiness(False, ("recipient", "recovery"))
        await staff(store)
        assert await store.readiness(SCHEME) == Readiness(True)

    async def test_refused_officer_cannot_open_it_and_the_next_person_can(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store, refused=("saskia DE vries",))
        karel = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert [reader.name for reader in await store.readers(SCHEME, (HANDLER,), ("Saskia de Vries",))] == [
            "Karel Bos"
        ]
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", karel, now=NOW)).refused == ("saskia DE vries",)

    @pytest.mark.clause("BB-3c")
    async def test_officer_meant_by_a_part_of_their_name_is_left_out(self, store: SqliteStore) -> None:
        await staff(store)
        for words in (
            "Saskia",
            "mevrouw de vries",
            "mijn begeleider saskja",
            "Sáskia",
            "die mevrouw Vries niet",
        ):
            assert [reader.name for reader in await store.readers(SCHEME, (HANDLER,), (words,))] == [
                "Karel Bos"
            ]
        for words in ("mevrouw de Wit", "de begeleider", "niemand", "Jan van den Berg"):
            assert len(await store.readers(SCHEME, (HANDLER,), (words,))) == 2

    async def test_when_all_are_refused_nothing_is_filed(self, store: SqliteStore) -> None:
        await staff(store)
        with pytest.raises(errors.NoRecipient):
            await file(store, refused=("Saskia de Vries", "Karel Bos"))
        assert await store.cases() == ()

    async def test_claim_code_finds_the_case_however_it_is_typed(self, store: SqliteStore) -> None:
        await staff(store)
        await file(store)
        filed = Filed("BG-7K4Q-92", "received", (deadline(),), "2026-05-20")
        assert await store.case_for(SCHEME, CLAIM) == filed
        assert await store.case_for(SCHEME, " Appel-bos  FIETS wolk, lepel") == filed
        assert await store.case_for(SCHEME, "appel bos fiets wolk raam") is None
        assert await store.case_for("bij-elkaar", CLAIM) is None

    async def test_only_ids_of_the_scheme_stand_in_the_clear(self, store: SqliteStore) -> None:
        await staff(store)
        await file(store)
        (line,) = await store.cases(SCHEME)
        assert line.coded == {
            "flags": ("interpreter",),
            "locale": ("nl",),
            "platform": ("telegram",),
            "role": ("client",),
            "subject": ("treatment", "respect"),
        }

    async def test_files_of_the_conversation_come_along(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        ref = await store.keep(SAMIRA, "photo", "gang.jpg", b"JPEG", now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        found = await store.open_attachment("BG-7K4Q-92", ref, saskia, now=NOW)
        assert (found.kind, found.name, found.data) == ("photo", "gang.jpg", b"JPEG")

    async def test_file_of_somebody_else_does_not_come_along(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        ref = await store.keep(TOM, "photo", "tom.jpg", b"JPEG", now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        with pytest.raises(errors.UnknownAttachment):
            await store.open_attachment("BG-7K4Q-92", ref, saskia, now=NOW)

    async def test_late_arrival_is_an_addition_for_the_readers(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        kept = await file(store)
        added = PassOn("BG-7K4Q-92", "add", "En hij zei het weer.")
        await store.commit(SAMIRA, kept.version, turn("", added), inbound="late", now=NOW + HOUR)
        assert (await store.case("BG-7K4Q-92")).unread == 2
        (entry,) = (await store.open_case("BG-7K4Q-92", saskia, now=NOW + HOUR)).entries
        assert (entry.what, entry.text, entry.by) == ("add", "En hij zei het weer.", "client")
        assert (await store.case("BG-7K4Q-92")).unread == 0

    async def test_terms_notices_and_notes_are_kept_without_content(self, store: SqliteStore) -> None:
        await staff(store)
        kept = await file(store)
        later = turn(
            "",
            SetTerm("BG-7K4Q-92", deadline("talk", "2026-06-03"), "contact_made"),
            EndTerm("BG-7K4Q-92", "contact", "contact_made"),
            Notify("BG-7K4Q-92", HANDLER, "client_asks", urgent=True),
            Note("BG-7K4Q-92", "client_says_contact_made"),
        )
        await store.commit(SAMIRA, kept.version, later, now=NOW)
        assert await store.filed("BG-7K4Q-92") == Filed(
            "BG-7K4Q-92",
            "received",
            (deadline("talk", "2026-06-03"),),
            "2026-05-20",
            ("client_says_contact_made",),
        )
        assert [(term.deadline.id, term.state) for term in (await store.case("BG-7K4Q-92")).terms] == [
            ("contact", "contact_made"),
            ("talk", "running"),
        ]
        (notice,) = await store.notices()
        assert (notice.role, notice.what, notice.urgent) == (HANDLER, "client_asks", True)
        await store.noticed(notice)
        assert await store.notices() == ()

    async def test_same_deadline_again_leaves_one_line_on_the_timeline(self, store: SqliteStore) -> None:
        await staff(store)
        kept = await file(store)
        again = SetTerm("BG-7K4Q-92", deadline(), "started")
        await store.commit(SAMIRA, kept.version, turn("", again), now=NOW)
        assert [mark.what for mark in await store.timeline("BG-7K4Q-92")] == ["received", "started:contact"]

    async def test_officers_step_reaches_the_client_once(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        kept = await file(store)
        step = Happened("contact_made")
        await store.act("BG-7K4Q-92", saskia, step=step, text="Gebeld.", status="in_progress", now=NOW)
        (due,) = await store.wakes(NOW)
        assert (due.address, due.event) == (SAMIRA, step)
        await store.commit(SAMIRA, kept.version, turn(), [b"bericht"], due.inbound, now=NOW)
        assert await store.wakes(NOW) == ()
        filed = await store.filed("BG-7K4Q-92")
        assert (filed.status, filed.done) == ("in_progress", ("contact_made",))
        (entry,) = (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).entries
        assert (entry.text, entry.by) == ("Gebeld.", saskia.id)

    async def test_officer_without_access_can_do_nothing_with_a_case(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store, refused=("Saskia de Vries",))
        with pytest.raises(errors.NoAccess):
            await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
        assert (await store.case("BG-7K4Q-92")).status == "received"

    async def test_unknown_case_is_named_so(self, store: SqliteStore) -> None:
        with pytest.raises(errors.UnknownCase):
            await store.filed("BG-0000-00")


class Wiping:
    """Who asks to be forgotten is."""

    async def test_wiped_conversation_keeps_only_that_it_goes_on_empty(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY), [b"1"], now=NOW, beside=b"page")
        await store.commit(SAMIRA, kept.version, turn("", Forget()), [b"gewist"], now=NOW)
        left = await store.load(SAMIRA)
        assert (left.session, left.beside) == (session(), b"")
        assert await store.undelivered(SAMIRA) == (b"gewist",)

    async def test_wiping_keeps_nothing_of_the_turn_that_wipes(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn(STORY, Forget()), now=NOW)
        assert (await store.load(SAMIRA)).session == session()

    async def test_case_stays_when_its_conversation_is_wiped_and_no_longer_leads_to_it(
        self, store: SqliteStore
    ) -> None:
        saskia = await staff(store)
        kept = await file(store)
        filed = Filed("BG-7K4Q-92", "received")
        await store.commit(SAMIRA, kept.version, turn("", Forget(), case=filed), now=NOW)
        await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), now=NOW)
        assert await store.wakes(NOW) == ()
        assert (await store.case("BG-7K4Q-92")).number == "BG-7K4Q-92"

    async def test_unsent_files_go_with_the_conversation(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        ref = await store.keep(SAMIRA, "photo", "gang.jpg", b"JPEG", now=NOW)
        await store.commit(SAMIRA, 0, turn("", Forget()), now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        dossier = await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert dossier.attachments == ()
        assert "attachment_gone" in [mark.what for mark in dossier.timeline]


class Forgetting:
    """What was promised to go, goes; and what has to wait, waits."""

    async def test_draft_goes_after_three_days_with_the_key_of_its_day(self, store: SqliteStore) -> None:
        await store.commit(SAMIRA, 0, turn(STORY), now=NOW)
        assert (await store.purge(NOW + 71 * HOUR)).drafts == 0
        assert (await store.purge(NOW + 72 * HOUR)).drafts == 1
        assert await store.load(SAMIRA) == Draft(None, 0)
        assert (await store.purge(NOW + 5 * DAY)).days == ("2026-05-20",)

    async def test_draft_lives_on_as_long_as_it_is_gone_on_with(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn("een"), now=NOW)
        await store.commit(SAMIRA, kept.version, turn("twee"), now=NOW + 2 * DAY)
        await store.purge(NOW + 4 * DAY)
        assert (await store.load(SAMIRA)).session == session("twee")

    async def test_time_passing_does_not_make_a_draft_live_longer(self, store: SqliteStore) -> None:
        kept = await store.commit(SAMIRA, 0, turn(STORY, Wake((NOW + 2 * DAY).isoformat())), now=NOW)
        (due,) = await store.wakes(NOW + 2 * DAY)
        await store.commit(SAMIRA, kept.version, turn(STORY), inbound=due.inbound, now=NOW + 2 * DAY)
        await store.purge(NOW + 3 * DAY)
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_file_in_a_long_conversation_outlives_its_day(self, store: SqliteStore) -> None:
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
        self, store: SqliteStore
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

    async def test_cases_are_listed_by_whether_they_are_closed(self, store: SqliteStore) -> None:
        await closed(store)
        await file(store, TOM, number="BG-STIL-L1")
        listed = [
            [line.number for line in await store.cases(SCHEME, kind)] for kind in ("open", "closed", None)
        ]
        assert listed == [["BG-STIL-L1"], ["BG-7K4Q-92"], ["BG-7K4Q-92", "BG-STIL-L1"]]

    async def test_open_case_is_never_destroyed(self, store: SqliteStore) -> None:
        await staff(store)
        await file(store)
        assert (await store.purge(NOW.replace(year=2040))).cases == ()

    async def test_hold_with_name_and_reason_defers_destruction_until_released(
        self, store: SqliteStore
    ) -> None:
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

    async def test_scheme_that_allows_no_hold_has_none(self, store: SqliteStore) -> None:
        await staff(store, "zonder")
        await file(store, intake=intake(scheme="zonder"))
        with pytest.raises(errors.NoHold):
            await store.hold("BG-7K4Q-92", "Saskia de Vries", "Toch.", now=NOW)

    async def test_reply_that_nobody_read_defers_destruction(self, store: SqliteStore) -> None:
        saskia = await closed(store)
        draft = await store.load(SAMIRA)
        added = PassOn("BG-7K4Q-92", "unresolved", "Het is weer gebeurd.")
        await store.commit(SAMIRA, draft.version, turn("", added), now=NOW)
        end = NOW.replace(year=2032)
        assert (await store.purge(end)).waiting == (("BG-7K4Q-92", "unread"),)
        await store.open_case("BG-7K4Q-92", saskia, now=end)
        assert (await store.purge(end)).cases == ("BG-7K4Q-92",)

    async def test_conversation_of_a_destroyed_case_keeps_nothing_of_it(self, store: SqliteStore) -> None:
        await closed(store)
        await store.purge(NOW.replace(year=2032))
        await store.purge(NOW.replace(year=2032) + DAY)
        assert await store.load(SAMIRA) == Draft(None, 0)

    async def test_ids_of_messages_are_forgotten_when_no_platform_repeats_them(
        self, store: SqliteStore
    ) -> None:
        await store.commit(SAMIRA, 0, turn("een"), inbound="m1", now=NOW)
        assert (await store.purge(NOW + 7 * DAY)).inbound == 0
        assert (await store.purge(NOW + 9 * DAY)).inbound == 1


class Officers:
    """Who has which key."""

    async def test_wrong_password_opens_nothing(self, store: SqliteStore) -> None:
        await staff(store)
        with pytest.raises(errors.WrongPassword):
            await store.unlock(f"{SCHEME}/saskia-de-vries", "verkeerd", now=NOW)

    async def test_unknown_officer_is_named_so(self, store: SqliteStore) -> None:
        with pytest.raises(errors.UnknownOfficer):
            await store.unlock(f"{SCHEME}/niemand", "x", now=NOW)

    async def test_same_officer_twice_is_refused(self, store: SqliteStore) -> None:
        await staff(store)
        with pytest.raises(errors.AlreadyThere):
            await store.add_officer(SCHEME, HANDLER, "Karel  Bos", "x", now=NOW)

    async def test_new_officer_waits_and_reads_nothing_until_approved(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        assert mona.state == "waiting"
        with pytest.raises(errors.NotApproved):
            await store.unlock(mona.id, "geheim", now=NOW)
        assert await store.approve(mona.id, saskia, now=NOW) == 1
        opened = await store.unlock(mona.id, "geheim", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", opened, now=NOW)).intake == order().intake

    async def test_approval_does_not_share_what_the_client_kept_from_them(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store, refused=("Mona Kok",))
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        assert await store.approve(mona.id, saskia, now=NOW) == 0
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", await store.unlock(mona.id, "geheim", now=NOW), now=NOW)

    async def test_approval_does_not_share_cases_of_another_role(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        boss = await store.add_officer(SCHEME, "directie", "Baas Jansen", "geheim", now=NOW)
        assert await store.approve(boss.id, saskia, now=NOW) == 0

    async def test_officer_of_another_scheme_cannot_approve(self, store: SqliteStore) -> None:
        await staff(store)
        other = await staff(store, "bij-elkaar")
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        with pytest.raises(errors.UnknownOfficer):
            await store.approve(mona.id, other, now=NOW)

    async def test_disabled_officer_opens_nothing_even_with_the_key_taken_along(
        self, store: SqliteStore
    ) -> None:
        saskia = await staff(store)
        await file(store)
        taken = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert await store.disable(taken.id, by=saskia, now=NOW) == 1
        with pytest.raises(errors.Disabled):
            await store.unlock(taken.id, STAND_IN_PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", taken, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_keys_are_changed_when_a_colleague_next_unlocks(self, store: SqliteStore) -> None:
        await staff(store)
        await file(store)
        taken = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert await store.disable(taken.id, now=NOW) == 0
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", taken, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_last_recipient_cannot_be_disabled(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await store.disable(f"{SCHEME}/karel-bos", by=saskia, now=NOW)
        with pytest.raises(errors.LastRecipient):
            await store.disable(saskia.id, now=NOW)
        assert await store.readiness(SCHEME) == Readiness(True, ("stand_in",))

    async def test_colleague_resets_a_password_and_the_cases_open_again(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        assert await store.reset_password(f"{SCHEME}/karel-bos", "nieuw", saskia, now=NOW) == 1
        with pytest.raises(errors.WrongPassword):
            await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        karel = await store.unlock(f"{SCHEME}/karel-bos", "nieuw", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", karel, now=NOW)).intake == order().intake

    async def test_own_password_can_be_changed(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        await store.change_password(saskia, "nieuw", now=NOW)
        again = await store.unlock(saskia.id, "nieuw", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", again, now=NOW)).intake == order().intake

    async def test_recovery_key_opens_every_case_and_lets_everyone_in_again(self, store: SqliteStore) -> None:
        await staff(store)
        public, secret = new_recovery()
        await store.set_recovery(SCHEME, public, secret, now=NOW)
        await file(store, refused=("Karel Bos",))
        with pytest.raises(errors.WrongRecovery):
            await store.unlock_recovery(SCHEME, new_recovery()[1], now=NOW)
        with pytest.raises(errors.WrongRecovery):
            await store.unlock_recovery(SCHEME, "onzin", now=NOW)
        found = await store.unlock_recovery(SCHEME, f" {secret[:20]} {secret[20:].lower()}", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", found, now=NOW)).intake == order().intake
        await store.reset_password(f"{SCHEME}/saskia-de-vries", "nieuw", found, now=NOW)
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", "nieuw", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_recovery_key_counts_only_when_typed_back_right(self, store: SqliteStore) -> None:
        public, secret = new_recovery()
        with pytest.raises(errors.WrongRecovery):
            await store.set_recovery(SCHEME, public, secret[:-1], now=NOW)
        assert "recovery" in (await store.readiness(SCHEME)).missing

    async def test_new_recovery_key_takes_the_old_ones_access_away(self, store: SqliteStore) -> None:
        await staff(store)
        public, secret = new_recovery()
        await store.set_recovery(SCHEME, public, secret, now=NOW)
        await file(store)
        old = await store.unlock_recovery(SCHEME, secret, now=NOW)
        newer = new_recovery()
        await store.set_recovery(SCHEME, newer[0], newer[1], now=NOW)
        await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", old, now=NOW)
        found = await store.unlock_recovery(SCHEME, newer[1], now=NOW)
        assert (await store.open_case("BG-7K4Q-92", found, now=NOW)).intake == order().intake

    async def test_every_opening_is_in_the_access_log_without_content(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await file(store)
        await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), text="Gebeld.", now=NOW)
        assert [(line.officer, line.what) for line in await store.access_log("BG-7K4Q-92")] == [
            (saskia.id, "opened"),
            (saskia.id, "contact_made"),
        ]

    async def test_contact_of_an_officer_can_be_changed(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        await store.set_contact(saskia.id, "telegram:4242", now=NOW)
        assert [officer.contact for officer in await store.officers() if officer.id == saskia.id] == [
            "telegram:4242"
        ]
        with pytest.raises(errors.UnknownOfficer):
            await store.set_contact("nobody", "x", now=NOW)

    async def test_contact_of_an_officer_comes_back(self, store: SqliteStore) -> None:
        await staff(store)
        contacts = {officer.name: officer.contact for officer in await store.officers(SCHEME)}
        assert contacts == {"Saskia de Vries": "saskia@example.org", "Karel Bos": ""}


class ProcessKeys:
    """Process keys change while everything goes on."""

    async def test_everything_is_found_after_the_process_key_changed(self, store: SqliteStore) -> None:
        saskia = await staff(store)
        kept = await file(store, SAMIRA)
        await store.commit(TOM, 0, turn("hoi"), [b"1"], "m1", now=NOW)
        assert await store.rotate_process_key(NOW) == 2
        assert (await store.load(SAMIRA)).version == kept.version
        assert (await store.load(TOM)).session == session("hoi")
        assert await store.undelivered(TOM) == (b"1",)
        assert (await store.case_for(SCHEME, CLAIM)) is not None
        assert (await store.officers(SCHEME))[1].contact == "saskia@example.org"
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_message_from_before_is_still_a_duplicate(self, store: SqliteStore) -> None:
        kept = await store.commit(TOM, 0, turn("hoi"), inbound="m1", now=NOW)
        await store.rotate_process_key(NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(TOM, kept.version, turn("hoi hoi"), inbound="m1", now=NOW)


async def closed(store: SqliteStore) -> Unlocked:
    """A case that was filed, read and closed on the same day; returns who closed it."""
    saskia = await staff(store)
    await file(store)
    await store.open_case("BG-7K4Q-92", saskia, now=NOW)
    await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
    return saskia


class StoreContract(Turns, Deliveries, Times, Filing, Wiping, Forgetting, Officers, ProcessKeys):
    """All of it."""
