"""The contract of cases: filed once, for their readers only."""

import pytest

from flows.effects import EndTerm, Note, Notify, PassOn, SetTerm
from flows.events import Filed, Happened
from storage import errors
from storage.records import Readiness
from storage.store import Store
from tests.storage.made import (
    CLAIM,
    HANDLER,
    HOUR,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    STAND_IN_PASSWORD,
    TOM,
    deadline,
    file,
    intake,
    order,
    staff,
    turn,
)


class Filing:
    """A complaint is filed once, for its readers only."""

    async def test_filed_case_opens_for_its_recipient_with_all_that_was_told(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        dossier = await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert dossier.intake == order().intake
        assert [mark.what for mark in dossier.timeline] == ["received", "started:contact"]
        assert [term.deadline for term in dossier.line.terms] == [deadline()]

    async def test_conversation_keeps_nothing_of_what_was_filed(self, store: Store) -> None:
        await staff(store)
        await file(store)
        left = (await store.load(SAMIRA)).session
        assert left is not None
        assert (left.said, left.answers, left.claim_code) == ((), {}, None)
        assert left.case is not None
        assert left.case.number == "BG-7K4Q-92"

    async def test_number_that_is_taken_is_refused_and_the_first_case_stays(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        with pytest.raises(errors.NumberTaken):
            await file(store, TOM, intake=order().intake)
        assert [line.number for line in await store.cases()] == ["BG-7K4Q-92"]
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_without_recipient_nothing_is_filed(self, store: Store) -> None:
        with pytest.raises(errors.NoRecipient):
            await file(store)
        assert await store.cases() == ()

    async def test_without_recovery_key_nothing_is_filed(self, store: Store) -> None:
        await store.add_officer(SCHEME, HANDLER, "Saskia de Vries", PASSWORD, now=NOW)
        assert await store.readiness(SCHEME) == Readiness(False, ("recovery", "stand_in"))
        with pytest.raises(errors.NoRecovery):
            await file(store)
        assert await store.cases() == ()

    async def test_scheme_is_ready_with_recipient_stand_in_and_recovery_key(self, store: Store) -> None:
        assert await store.readiness(SCHEME) == Readiness(False, ("recipient", "recovery"))
        await staff(store)
        assert await store.readiness(SCHEME) == Readiness(True)

    async def test_refused_officer_cannot_open_it_and_the_next_person_can(self, store: Store) -> None:
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
    async def test_officer_meant_by_a_part_of_their_name_is_left_out(self, store: Store) -> None:
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

    async def test_when_all_are_refused_nothing_is_filed(self, store: Store) -> None:
        await staff(store)
        with pytest.raises(errors.NoRecipient):
            await file(store, refused=("Saskia de Vries", "Karel Bos"))
        assert await store.cases() == ()

    async def test_claim_code_finds_the_case_however_it_is_typed(self, store: Store) -> None:
        await staff(store)
        await file(store)
        filed = Filed("BG-7K4Q-92", "received", (deadline(),), "2026-05-20")
        assert await store.case_for(SCHEME, CLAIM) == filed
        assert await store.case_for(SCHEME, " Appel-bos  FIETS wolk, lepel") == filed
        assert await store.case_for(SCHEME, "appel bos fiets wolk raam") is None
        assert await store.case_for("bij-elkaar", CLAIM) is None

    async def test_only_ids_of_the_scheme_stand_in_the_clear(self, store: Store) -> None:
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

    async def test_files_of_the_conversation_come_along(self, store: Store) -> None:
        saskia = await staff(store)
        ref = await store.keep(SAMIRA, "photo", "gang.jpg", b"JPEG", now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        found = await store.open_attachment("BG-7K4Q-92", ref, saskia, now=NOW)
        assert (found.kind, found.name, found.data) == ("photo", "gang.jpg", b"JPEG")

    async def test_file_of_somebody_else_does_not_come_along(self, store: Store) -> None:
        saskia = await staff(store)
        ref = await store.keep(TOM, "photo", "tom.jpg", b"JPEG", now=NOW)
        await file(store, intake=intake(attachments=(ref,)))
        with pytest.raises(errors.UnknownAttachment):
            await store.open_attachment("BG-7K4Q-92", ref, saskia, now=NOW)

    async def test_late_arrival_is_an_addition_for_the_readers(self, store: Store) -> None:
        saskia = await staff(store)
        kept = await file(store)
        added = PassOn("BG-7K4Q-92", "add", "En hij zei het weer.")
        await store.commit(SAMIRA, kept.version, turn("", added), inbound="late", now=NOW + HOUR)
        assert (await store.case("BG-7K4Q-92")).unread == 2
        (entry,) = (await store.open_case("BG-7K4Q-92", saskia, now=NOW + HOUR)).entries
        assert (entry.what, entry.text, entry.by) == ("add", "En hij zei het weer.", "client")
        assert (await store.case("BG-7K4Q-92")).unread == 0

    async def test_entries_of_one_second_stand_in_the_order_in_which_they_came(self, store: Store) -> None:
        saskia = await staff(store)
        version = (await file(store)).version
        for at in range(4):
            added = turn(
                "", PassOn("BG-7K4Q-92", "add", f"{at}, eerst"), PassOn("BG-7K4Q-92", "add", f"{at}, dan")
            )
            version = (await store.commit(SAMIRA, version, added, inbound=str(at), now=NOW)).version
            await store.write("BG-7K4Q-92", saskia, f"{at}, terug", open=True, now=NOW)
        said = [f"{at}, {what}" for at in range(4) for what in ("eerst", "dan", "terug")]
        found = await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert [entry.text for entry in found.entries] == said
        assert [writing.text for writing in await store.writings("BG-7K4Q-92", CLAIM)] == said[2::3]

    async def test_terms_notices_and_notes_are_kept_without_content(self, store: Store) -> None:
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

    async def test_same_deadline_again_leaves_one_line_on_the_timeline(self, store: Store) -> None:
        await staff(store)
        kept = await file(store)
        again = SetTerm("BG-7K4Q-92", deadline(), "started")
        await store.commit(SAMIRA, kept.version, turn("", again), now=NOW)
        assert [mark.what for mark in await store.timeline("BG-7K4Q-92")] == ["received", "started:contact"]

    async def test_officers_step_reaches_the_client_once(self, store: Store) -> None:
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

    async def test_officer_without_access_can_do_nothing_with_a_case(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store, refused=("Saskia de Vries",))
        with pytest.raises(errors.NoAccess):
            await store.act("BG-7K4Q-92", saskia, status="closed", now=NOW)
        assert (await store.case("BG-7K4Q-92")).status == "received"

    async def test_unknown_case_is_named_so(self, store: Store) -> None:
        with pytest.raises(errors.UnknownCase):
            await store.filed("BG-0000-00")
