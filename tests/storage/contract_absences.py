"""The contract of absence: a stand-in reads before the leave begins, what was there and what comes, and no more."""

from datetime import date, timedelta

import msgspec
import pytest

from storage import errors
from storage.absences import Absence, Shared
from storage.officers import Unlocked
from storage.records import Address, Readiness
from storage.store import Store
from tests.storage.made import (
    HANDLER,
    NOW,
    PASSWORD,
    SCHEME,
    STAND_IN_PASSWORD,
    file,
    order,
    staff,
)

KAREL = f"{SCHEME}/karel-bos"
LEAVE = (date(2026, 6, 1), date(2026, 6, 12))
"""Days that begin twelve days from now."""


def leave(stand_in: str) -> Absence:
    """Twelve days of leave, to come."""
    return Absence(*LEAVE, stand_in)


async def boss(store: Store, saskia: Unlocked, role: str = "directie") -> Unlocked:
    """Somebody in another role who may read, let in by the handler; unlocked."""
    made = await store.add_officer(SCHEME, role, "Baas Jansen", PASSWORD, now=NOW)
    await store.approve(made.id, saskia, now=NOW)
    return await store.unlock(made.id, PASSWORD, now=NOW)


async def filed(store: Store, number: str, **changes: object) -> str:
    """Another complaint; returns its number."""
    await file(store, Address("telegram", number, SCHEME), number=number, claim_code="", **changes)
    return number


async def opens(store: Store, number: str, who: Unlocked) -> bool:
    """Whether the case opens with this key."""
    try:
        return (await store.open_case(number, who, now=NOW)).intake == order().intake
    except errors.NoAccess:
        return False


class AbsencesKept:
    """Who stands in reads from the announcement on, in whatever role, but never what they were kept from."""

    async def test_stand_in_of_another_role_reads_before_the_leave_begins(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await filed(store, "A")
        before = await opens(store, "A", jansen)
        assert await store.announce(leave(jansen.id), saskia, now=NOW) == Shared(1, 0)
        await filed(store, "B")
        assert (before, await opens(store, "A", jansen), await opens(store, "B", jansen)) == (
            False,
            True,
            True,
        )
        assert [one.id for one in await store.readers(SCHEME, (HANDLER,), now=NOW)] == [
            KAREL, saskia.id, jansen.id,
        ]  # fmt: skip
        assert await store.absences(SCHEME, now=NOW) == {saskia.id: leave(jansen.id)}
        assert await store.absences("bij-elkaar", now=NOW) == {}

    async def test_nothing_more_is_shared_once_the_absence_is_withdrawn(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await filed(store, "A")
        await store.announce(leave(jansen.id), saskia, now=NOW)
        assert await store.end_absence(saskia.id, now=NOW) == Shared(1, 0)
        await filed(store, "B")
        assert (await opens(store, "A", jansen), await opens(store, "B", jansen)) == (True, False)
        assert await store.shared(saskia.id, jansen.id) == Shared(1, 1)
        assert await store.end_absence(saskia.id, now=NOW) == Shared(0, 0)

    async def test_nothing_more_is_shared_after_the_last_day(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await store.announce(leave(jansen.id), saskia, now=NOW)
        last = NOW.replace(month=6, day=12, hour=21, minute=59)
        readers = [
            len(await store.readers(SCHEME, (HANDLER,), now=last + timedelta(minutes=m))) for m in (0, 2)
        ]
        assert readers == [3, 2]
        assert await store.absences(SCHEME, now=last + timedelta(minutes=2)) == {}

    @pytest.mark.clause("BB-3c")
    async def test_stand_in_who_was_involved_never_gets_the_case(self, store: Store) -> None:
        saskia = await staff(store)
        await filed(store, "A")
        await store.withdraw_reader("A", KAREL, saskia, now=NOW)
        assert await store.announce(leave(KAREL), saskia, now=NOW) == Shared(0, 1)
        karel = await store.unlock(KAREL, STAND_IN_PASSWORD, now=NOW)
        assert not await opens(store, "A", karel)

    @pytest.mark.clause("BB-3c")
    @pytest.mark.parametrize("refused", ["Baas Jansen", "mevrouw jansen", "de leidinggevende"])
    async def test_who_the_client_may_mean_gets_nothing_by_standing_in(
        self, store: Store, refused: str
    ) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await filed(store, "A", refused=(refused,))
        assert await store.announce(leave(jansen.id), saskia, now=NOW) == Shared(0, 1)
        await filed(store, "B", refused=(refused,))
        assert (await opens(store, "A", jansen), await opens(store, "B", jansen)) == (False, False)

    @pytest.mark.clause("BB-3c")
    async def test_colleague_of_the_same_role_gets_what_somebody_else_was_refused(self, store: Store) -> None:
        saskia = await staff(store)
        await filed(store, "A", refused=("Mona Kok",))
        assert await store.announce(leave(KAREL), saskia, now=NOW) == Shared(1, 0)

    async def test_closed_cases_are_not_shared(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await filed(store, "A")
        await store.act("A", saskia, status="closed", now=NOW)
        assert await store.announce(leave(jansen.id), saskia, now=NOW) == Shared(0, 0)
        assert not await opens(store, "A", jansen)

    async def test_who_stands_in_for_the_stand_in_reads_as_well(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        karel = await store.unlock(KAREL, STAND_IN_PASSWORD, now=NOW)
        await store.announce(leave(karel.id), saskia, now=NOW)
        await store.announce(leave(jansen.id), karel, now=NOW)
        await filed(store, "A")
        assert await opens(store, "A", jansen)

    @pytest.mark.parametrize("role", ["administrator", "confidant"])
    async def test_nobody_who_reads_no_cases_can_stand_in(self, store: Store, role: str) -> None:
        saskia = await staff(store)
        other = await boss(store, saskia, role)
        for id in (other.id, saskia.id, f"{SCHEME}/nobody", "bij-elkaar/saskia-de-vries"):
            with pytest.raises(errors.UnknownOfficer):
                await store.announce(leave(id), saskia, now=NOW)
        assert await store.absences(SCHEME, now=NOW) == {}

    async def test_stand_in_whose_account_closes_is_missing_and_gets_nothing(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await store.disable(KAREL, by=saskia, now=NOW)
        during = NOW.replace(month=6, day=3)
        alone = (await store.readiness(SCHEME, now=NOW)).missing
        await store.announce(leave(jansen.id), saskia, now=NOW)
        covered = (await store.readiness(SCHEME, now=during)).missing
        await store.disable(jansen.id, by=saskia, now=NOW)
        gone = (await store.readiness(SCHEME, now=during)).missing
        assert (alone, covered, gone) == (("stand_in",), (), ("stand_in",))
        assert [one.id for one in await store.readers(SCHEME, (HANDLER,), now=NOW)] == [saskia.id]

    async def test_stand_in_is_missing_while_all_who_read_are_away(self, store: Store) -> None:
        saskia = await staff(store)
        karel = await store.unlock(KAREL, STAND_IN_PASSWORD, now=NOW)
        await store.announce(leave(karel.id), saskia, now=NOW)
        await store.announce(leave(saskia.id), karel, now=NOW)
        found = [await store.readiness(SCHEME, now=at) for at in (NOW, NOW.replace(month=6, day=3))]
        assert found == [Readiness(True), Readiness(True, ("stand_in",))]

    async def test_announcing_stands_in_the_access_log(self, store: Store) -> None:
        saskia = await staff(store)
        await store.announce(leave(KAREL), saskia, now=NOW)
        await store.end_absence(saskia.id, now=NOW)
        assert [(one.officer, one.what) for one in await store.access_log()][-2:] == [
            (saskia.id, f"stand_in:{KAREL}"),
            (saskia.id, f"stand_in_ended:{KAREL}"),
        ]

    async def test_absence_outlives_a_change_of_the_process_key(self, store: Store) -> None:
        saskia = await staff(store)
        await store.announce(leave(KAREL), saskia, now=NOW)
        await store.rotate_process_key(NOW)
        assert await store.absences(SCHEME, now=NOW) == {saskia.id: leave(KAREL)}

    async def test_what_was_not_shared_yet_is_when_the_officer_next_unlocks(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        await filed(store, "A")
        await store.lay("absence", saskia.id, msgspec.json.encode(leave(jansen.id)))  # and then it was killed
        before = await opens(store, "A", jansen)
        await store.unlock(saskia.id, PASSWORD, now=NOW)
        assert (before, await opens(store, "A", jansen)) == (False, True)

    async def test_all_open_cases_are_shared_however_many_there_are(self, store: Store) -> None:
        saskia = await staff(store)
        jansen = await boss(store, saskia)
        for at in range(101):
            await filed(store, f"A{at:03}", deadlines=())
        assert await store.announce(leave(jansen.id), saskia, now=NOW) == Shared(101, 0)
        assert [await opens(store, number, jansen) for number in ("A000", "A050", "A100")] == [True] * 3

    async def test_who_left_announces_nothing(self, store: Store) -> None:
        saskia = await staff(store)
        karel = await store.unlock(KAREL, STAND_IN_PASSWORD, now=NOW)
        await store.disable(KAREL, by=saskia, now=NOW)
        with pytest.raises(errors.UnknownOfficer):
            await store.announce(leave(saskia.id), karel, now=NOW)
