"""The contract of keys: whose they are, and how they change."""

import pytest

from flows.events import Happened
from storage import errors
from storage.officers import new_recovery
from storage.records import Readiness
from storage.store import Store
from tests.storage.made import (
    CLAIM,
    HANDLER,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    STAND_IN_PASSWORD,
    TOM,
    file,
    order,
    session,
    staff,
    turn,
)


class Officers:
    """Who has which key."""

    async def test_wrong_password_opens_nothing(self, store: Store) -> None:
        await staff(store)
        with pytest.raises(errors.WrongPassword):
            await store.unlock(f"{SCHEME}/saskia-de-vries", "verkeerd", now=NOW)

    async def test_unknown_officer_is_named_so(self, store: Store) -> None:
        with pytest.raises(errors.UnknownOfficer):
            await store.unlock(f"{SCHEME}/niemand", "x", now=NOW)

    async def test_same_officer_twice_is_refused(self, store: Store) -> None:
        await staff(store)
        with pytest.raises(errors.AlreadyThere):
            await store.add_officer(SCHEME, HANDLER, "Karel  Bos", "x", now=NOW)

    async def test_new_officer_waits_and_reads_nothing_until_approved(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        assert mona.state == "waiting"
        with pytest.raises(errors.NotApproved):
            await store.unlock(mona.id, "geheim", now=NOW)
        assert await store.approve(mona.id, saskia, now=NOW) == 1
        opened = await store.unlock(mona.id, "geheim", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", opened, now=NOW)).intake == order().intake

    async def test_approval_does_not_share_what_the_client_kept_from_them(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store, refused=("Mona Kok",))
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        assert await store.approve(mona.id, saskia, now=NOW) == 0
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", await store.unlock(mona.id, "geheim", now=NOW), now=NOW)

    async def test_approval_does_not_share_cases_of_another_role(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        boss = await store.add_officer(SCHEME, "directie", "Baas Jansen", "geheim", now=NOW)
        assert await store.approve(boss.id, saskia, now=NOW) == 0

    async def test_officer_of_another_scheme_cannot_approve(self, store: Store) -> None:
        await staff(store)
        other = await staff(store, "bij-elkaar")
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", "geheim", now=NOW)
        with pytest.raises(errors.UnknownOfficer):
            await store.approve(mona.id, other, now=NOW)

    async def test_disabled_officer_opens_nothing_even_with_the_key_taken_along(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        taken = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert await store.disable(taken.id, by=saskia, now=NOW) == 1
        with pytest.raises(errors.Disabled):
            await store.unlock(taken.id, STAND_IN_PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", taken, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_keys_are_changed_when_a_colleague_next_unlocks(self, store: Store) -> None:
        await staff(store)
        await file(store)
        taken = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert await store.disable(taken.id, now=NOW) == 0
        saskia = await store.unlock(f"{SCHEME}/saskia-de-vries", PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", taken, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", saskia, now=NOW)).intake == order().intake

    async def test_last_recipient_cannot_be_disabled(self, store: Store) -> None:
        saskia = await staff(store)
        await store.disable(f"{SCHEME}/karel-bos", by=saskia, now=NOW)
        with pytest.raises(errors.LastRecipient):
            await store.disable(saskia.id, now=NOW)
        assert await store.readiness(SCHEME) == Readiness(True, ("stand_in",))

    async def test_colleague_resets_a_password_and_the_cases_open_again(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        assert await store.reset_password(f"{SCHEME}/karel-bos", "nieuw", saskia, now=NOW) == 1
        with pytest.raises(errors.WrongPassword):
            await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        karel = await store.unlock(f"{SCHEME}/karel-bos", "nieuw", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", karel, now=NOW)).intake == order().intake

    async def test_own_password_can_be_changed(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.change_password(saskia, "nieuw", now=NOW)
        again = await store.unlock(saskia.id, "nieuw", now=NOW)
        assert (await store.open_case("BG-7K4Q-92", again, now=NOW)).intake == order().intake

    async def test_recovery_key_opens_every_case_and_lets_everyone_in_again(self, store: Store) -> None:
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

    async def test_recovery_key_counts_only_when_typed_back_right(self, store: Store) -> None:
        public, secret = new_recovery()
        with pytest.raises(errors.WrongRecovery):
            await store.set_recovery(SCHEME, public, secret[:-1], now=NOW)
        assert "recovery" in (await store.readiness(SCHEME)).missing

    async def test_new_recovery_key_takes_the_old_ones_access_away(self, store: Store) -> None:
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

    async def test_every_opening_is_in_the_access_log_without_content(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        await store.act("BG-7K4Q-92", saskia, step=Happened("contact_made"), text="Gebeld.", now=NOW)
        assert [(line.officer, line.what) for line in await store.access_log("BG-7K4Q-92")] == [
            (saskia.id, "opened"),
            (saskia.id, "contact_made"),
        ]

    async def test_contact_of_an_officer_can_be_changed(self, store: Store) -> None:
        saskia = await staff(store)
        await store.set_contact(saskia.id, "telegram:4242", now=NOW)
        assert [officer.contact for officer in await store.officers() if officer.id == saskia.id] == [
            "telegram:4242"
        ]
        with pytest.raises(errors.UnknownOfficer):
            await store.set_contact("nobody", "x", now=NOW)

    async def test_what_lay_in_an_officers_own_drawers_goes_with_the_account(self, store: Store) -> None:
        saskia = await staff(store)
        karel = f"{SCHEME}/karel-bos"
        for id in (saskia.id, karel):
            await store.lay("telegram", id, b"4242")
        await store.disable(karel, now=NOW)
        assert await store.drawer("telegram", now=NOW) == {saskia.id: b"4242"}

    async def test_change_of_ones_own_account_stands_in_the_access_log(self, store: Store) -> None:
        saskia = await staff(store)
        await store.logged(saskia.id, "telegram_linked", now=NOW)
        last = (await store.access_log())[-1]
        assert (last.officer, last.what, last.at) == (saskia.id, "telegram_linked", NOW)

    async def test_contact_of_an_officer_comes_back(self, store: Store) -> None:
        await staff(store)
        contacts = {officer.name: officer.contact for officer in await store.officers(SCHEME)}
        assert contacts == {"Saskia de Vries": "saskia@example.org", "Karel Bos": ""}


class ProcessKeys:
    """Process keys change while everything goes on."""

    async def test_everything_is_found_after_the_process_key_changed(self, store: Store) -> None:
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

    async def test_message_from_before_is_still_a_duplicate(self, store: Store) -> None:
        kept = await store.commit(TOM, 0, turn("hoi"), inbound="m1", now=NOW)
        await store.rotate_process_key(NOW)
        with pytest.raises(errors.Duplicate):
            await store.commit(TOM, kept.version, turn("hoi hoi"), inbound="m1", now=NOW)
