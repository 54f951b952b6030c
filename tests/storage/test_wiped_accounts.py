"""Which account of a messenger wiped its conversation: gone from the disk within three hours (docs/security.md)."""

from pathlib import Path

import pytest

from flows.effects import Forget
from flows.session import Session, Turn
from storage.errors import Duplicate
from storage.opening import open_store
from storage.passwords import QUICK
from storage.records import Address, Draft
from tests.storage.made import HOUR, NOW, SAMIRA, SCHEME, STORY, keeping, session, turn
from tests.storage.thief import Thief


@pytest.mark.parametrize("delivered", [True, False])
async def test_thief_finds_no_account_of_who_wiped_three_hours_ago(tmp_path: Path, delivered: bool) -> None:
    account = "900000000000000017"
    address, empty = Address("telegram", account, SCHEME), Session(SCHEME, "v1", "telegram", state="done")
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        for at in range(3):
            draft = await store.load(address)
            said = await store.commit(
                address, draft.version, turn(STORY), [b"?"], f"m{at}", now=NOW, beside=b"page"
            )
            assert said.first is None or await store.delivered(said.first, now=NOW, mark=b"17") is None
        wipe = Turn(empty, effects=(Forget(),))
        last = await store.commit(address, said.version, wipe, [b"gewist"], "m9", now=NOW, beside=b"buttons")
        if delivered:
            assert last.first is not None and await store.delivered(last.first, now=NOW, mark=b"18") is None
        await store.purge(NOW + HOUR)
        assert ((await store.load(address)).beside, Thief(tmp_path).finds(account)) == (b"buttons", True)
        await store.purge(NOW + 3 * HOUR)
        while (parcel := await store.claim(NOW + 3 * HOUR)) is not None:
            await store.delivered(parcel, now=NOW + 3 * HOUR)
        await store.purge(NOW + 4 * HOUR)  # what was still to be said holds the row until it was
        assert (await store.load(address), Thief(tmp_path).finds(account)) == (Draft(None, 0), False)
        with pytest.raises(Duplicate):
            await store.commit(address, 0, wipe, [b"gewist"], "m9", now=NOW + 3 * HOUR)


async def test_who_goes_on_after_a_wipe_is_known_as_long_as_anybody(tmp_path: Path) -> None:
    async with open_store(tmp_path, keeping, cost=QUICK) as store:
        kept = await store.commit(SAMIRA, 0, turn("eerst", Forget()), now=NOW)
        kept = await store.commit(SAMIRA, kept.version, turn(STORY), now=NOW + HOUR)
        await store.purge(NOW + 71 * HOUR)
        assert (await store.load(SAMIRA)).session == session(STORY)
        await store.commit(SAMIRA, kept.version, turn("later", Forget(earlier=True)), now=NOW + 71 * HOUR)
        await store.purge(NOW + 140 * HOUR)
        assert (await store.load(SAMIRA)).session == session("later")
