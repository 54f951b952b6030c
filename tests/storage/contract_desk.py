"""The contract of the desk: who receives complaints, who reads them no longer, and the list that officers work from."""

import pytest

from storage import errors
from storage.records import Readiness
from storage.store import Store
from tests.storage.made import HANDLER, NOW, PASSWORD, SCHEME, file, staff


class Recipients:
    """Who keeps the accounts and who has lines of their own receive no complaint, and count for none."""

    async def test_administrator_and_confidant_are_no_stand_in(self, store: Store) -> None:
        saskia = await staff(store)
        for role, name in (("administrator", "Ad Beheer"), ("confidant", "Vera Vertrouw")):
            one = await store.add_officer(SCHEME, role, name, PASSWORD, now=NOW)
            await store.approve(one.id, saskia, now=NOW)
        await store.disable(f"{SCHEME}/karel-bos", now=NOW)
        assert await store.readiness(SCHEME) == Readiness(True, ("stand_in",))
        with pytest.raises(errors.LastRecipient):
            await store.disable(saskia.id, now=NOW)

    @pytest.mark.parametrize("role", ["administrator", "confidant"])
    async def test_complaint_goes_to_no_role_that_stands_apart(self, store: Store, role: str) -> None:
        saskia = await staff(store)
        other = await store.add_officer(SCHEME, role, "Ad Beheer", PASSWORD, now=NOW)
        await store.approve(other.id, saskia, now=NOW)
        assert await store.readers(SCHEME, (role,)) == ()
        with pytest.raises(errors.NoRecipient):
            await file(store, recipients=(role,))
        await file(store, recipients=(role, HANDLER))
        apart = await store.unlock(other.id, PASSWORD, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", apart, now=NOW)

    async def test_administrator_alone_makes_nothing_ready_and_the_first_recipient_needs_nobody(
        self, store: Store
    ) -> None:
        keeper = await store.add_officer(SCHEME, "administrator", "Ad Beheer", PASSWORD, now=NOW)
        alone = await store.readiness(SCHEME)
        first = await store.add_officer(SCHEME, HANDLER, "Saskia de Vries", PASSWORD, now=NOW)
        second = await store.add_officer(SCHEME, HANDLER, "Karel Bos", PASSWORD, now=NOW)
        assert (keeper.state, first.state, second.state) == ("active", "active", "waiting")
        assert alone == Readiness(False, ("recipient", "recovery"))
        assert await store.readiness(SCHEME) == Readiness(False, ("recovery", "stand_in"))

    async def test_account_of_an_administrator_can_be_closed_though_no_other_is_there(
        self, store: Store
    ) -> None:
        keeper = await store.add_officer(SCHEME, "administrator", "Ad Beheer", PASSWORD, now=NOW)
        await store.disable(keeper.id, now=NOW)
        assert [one.state for one in await store.officers(SCHEME)] == ["disabled"]
