"""The contract of what officers write: for the readers of a case, the client's conversations, and their claim code."""

from datetime import timedelta

import pytest

from flows.events import Writing, Written
from storage import errors
from storage.correspondence import Reach
from storage.store import Store
from tests.storage.made import CLAIM, DAY, HOUR, NOW, PASSWORD, SAMIRA, SCHEME, TOM, file, staff, turn

NUMBER = "BG-7K4Q-92"
TEXT = "Kun je dinsdag om 10 uur?"


class Writings:
    """An officer writes, the client reads."""

    async def test_written_words_go_to_the_conversation_once_and_to_no_other(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.commit(TOM, 0, turn("hoi"), now=NOW)
        await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        (due,) = await store.wakes(NOW)
        assert (due.address, due.event) == (SAMIRA, Written(TEXT))
        draft = await store.load(SAMIRA)
        assert draft.session is not None
        await store.commit(SAMIRA, draft.version, turn(case=draft.session.case), inbound=due.inbound, now=NOW)
        assert await store.wakes(NOW) == ()
        with pytest.raises(errors.Duplicate):
            await store.commit(SAMIRA, draft.version, turn(), inbound=due.inbound, now=NOW)

    async def test_closed_writing_tells_the_conversation_nothing_of_its_words(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.write(NUMBER, saskia, TEXT, open=False, now=NOW)
        assert [due.event for due in await store.wakes(NOW)] == [Written("")]
        assert [writing.text for writing in await store.writings(NUMBER, CLAIM)] == [TEXT]

    async def test_claim_code_opens_what_was_written_in_order_and_no_other_code_does(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        await file(store)
        assert await store.writings(NUMBER, CLAIM) == ()
        await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        await store.write(NUMBER, saskia, "Of woensdag?", open=True, now=NOW + HOUR)
        later = (NOW + HOUR).isoformat()
        assert await store.writings(NUMBER, f" {CLAIM.upper()}!") == (
            Writing(NOW.isoformat(), TEXT),
            Writing(later, "Of woensdag?"),
        )
        assert await store.writings(NUMBER, "appel bos fiets wolk trommel") == ()

    async def test_writing_stands_in_the_dossier_on_the_timeline_and_in_the_log(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        dossier = await store.open_case(NUMBER, saskia, now=NOW)
        assert [(entry.what, entry.by, entry.text) for entry in dossier.entries] == [
            ("written", saskia.id, TEXT)
        ]
        assert [(mark.what, mark.by) for mark in dossier.timeline][-1] == ("written", saskia.id)
        assert (await store.filed(NUMBER)).done[-1] == "written"
        assert [line.what for line in await store.access_log(NUMBER)] == ["written", "opened"]
        assert (await store.case(NUMBER)).unread == 0

    async def test_who_cannot_open_the_case_cannot_write_on_it(self, store: Store) -> None:
        await staff(store)
        await file(store, refused=("Saskia de Vries",))
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        assert await store.wakes(NOW) == ()

    async def test_reach_tells_by_which_ways_the_client_can_be_written_to(self, store: Store) -> None:
        await staff(store)
        await file(store)
        there = await store.reach(NUMBER)
        await file(store, TOM, number="BG-2222-22", claim_code="")
        assert (there, await store.reach("BG-2222-22")) == (
            Reach(("telegram",), code=True),
            Reach(("telegram",), code=False),
        )
        with pytest.raises(errors.UnknownCase):
            await store.reach("BG-0000-00")

    async def test_code_still_opens_it_when_the_keys_of_the_case_were_changed(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        assert await store.disable(f"{SCHEME}/karel-bos", now=NOW, by=saskia) == 1
        assert [writing.text for writing in await store.writings(NUMBER, CLAIM)] == [TEXT]

    async def test_destroyed_case_takes_what_was_written_with_it(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.write(NUMBER, saskia, TEXT, open=True, now=NOW)
        await store.open_case(NUMBER, saskia, now=NOW)
        await store.act(NUMBER, saskia, status="closed", now=NOW)
        assert (await store.purge(NOW + timedelta(days=6 * 366))).cases == (NUMBER,)
        with pytest.raises(errors.UnknownCase):
            await store.writings(NUMBER, CLAIM)
        assert await store.wakes(NOW + DAY) == ()
