"""The contract of the desk: who receives complaints, who reads them no longer, and the list that officers work from."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from flows.effects import EndTerm, Note, Notify, SetTerm
from storage import errors
from storage.officers import Unlocked, new_recovery
from storage.records import Address, Readiness
from storage.reminding import Bearings
from storage.store import Store
from tests.storage.made import (
    DAY,
    HANDLER,
    NOW,
    PASSWORD,
    SAMIRA,
    SCHEME,
    STAND_IN_PASSWORD,
    deadline,
    file,
    order,
    staff,
)


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

    async def test_only_the_first_to_whom_complaints_go_needs_nobody_to_let_them_in(
        self, store: Store
    ) -> None:
        public, secret = new_recovery()
        await store.set_recovery(SCHEME, public, secret, now=NOW)
        made = [
            await store.add_officer(SCHEME, role, name, PASSWORD, now=NOW)
            for role, name in (("manager", "Een"), ("manager", "Twee"), (HANDLER, "Drie"), (HANDLER, "Vier"))
        ]
        assert [one.state for one in made] == ["active", "waiting", "active", "waiting"]
        with pytest.raises(errors.LastRecipient):
            await store.disable(made[2].id, now=NOW)

    async def test_administrator_lets_nobody_in_and_the_recovery_key_does(self, store: Store) -> None:
        saskia = await staff(store)
        keeper = await store.add_officer(SCHEME, "administrator", "Ad Beheer", PASSWORD, now=NOW)
        await store.approve(keeper.id, saskia, now=NOW)
        new = await store.add_officer(SCHEME, HANDLER, "Nora Nieuw", PASSWORD, now=NOW)
        apart = await store.unlock(keeper.id, PASSWORD, now=NOW)
        with pytest.raises(errors.NotTheirs):
            await store.approve(new.id, apart, now=NOW)
        public, secret = new_recovery()
        await store.set_recovery(SCHEME, public, secret, now=NOW)
        await store.approve(new.id, await store.unlock_recovery(SCHEME, secret, now=NOW), now=NOW)
        assert {one.id: one.state for one in await store.officers(SCHEME)}[new.id] == "active"

    async def test_account_of_an_administrator_can_be_closed_though_no_other_is_there(
        self, store: Store
    ) -> None:
        keeper = await store.add_officer(SCHEME, "administrator", "Ad Beheer", PASSWORD, now=NOW)
        await store.disable(keeper.id, now=NOW)
        assert [one.state for one in await store.officers(SCHEME)] == ["disabled"]


async def listed(store: Store, officer: str, **wishes: object) -> list[str]:
    """The numbers on the list of this officer, in order; today is 20 May and soon is 27 May."""
    found = await store.worklist(SCHEME, officer, today="2026-05-20", soon="2026-05-27", **wishes)  # type: ignore[arg-type]
    return [line.number for line in found.cases]


class Worklists:
    """The list is what the cases are at that moment: sorted by term, counted exactly, for its reader only."""

    async def filed(self, store: Store) -> Unlocked:
        """Late, due today, due in a week, later, and without a term; returns the handler."""
        saskia = await staff(store)
        days = {"A": "2026-05-19", "B": "2026-05-20", "C": "2026-05-27", "D": "2026-05-28", "E": None}
        for at, (name, day) in enumerate(days.items()):
            terms = () if day is None else (deadline("contact", day),)
            await file(store, Address("telegram", str(at), SCHEME), number=name, deadlines=terms)
        return saskia

    async def test_list_of_those_of_which_something_is_true_has_piles_and_pages_of_its_own(
        self, store: Store
    ) -> None:
        saskia = await self.filed(store)
        karel = f"{SCHEME}/karel-bos"
        for number, to in (("A", karel), ("B", saskia.id), ("D", saskia.id), ("E", saskia.id), ("D", karel)):
            await store.act(number, saskia, (Note(number, f"assigned:{to}"),), now=NOW)
        await store.act("C", saskia, status="in_progress", now=NOW)

        def given(to: str) -> Callable[[Bearings], bool]:
            return lambda case: case.handler == to

        wish = {"today": "2026-05-20", "soon": "2026-05-27"}
        found = {
            to: await store.worklist(SCHEME, saskia.id, **wish, whose=given(to)) for to in (saskia.id, karel)
        }  # type: ignore[arg-type]
        assert {to: ([line.number for line in one.cases], one.counts) for to, one in found.items()} == {
            saskia.id: (["B", "E"], {"all": 2, "late": 0, "due": 1, "new": 2, "waiting": 0}),
            karel: (["A", "D"], {"all": 2, "late": 1, "due": 0, "new": 2, "waiting": 0}),
        }
        assert [
            await listed(store, saskia.id, whose=lambda case: True, pile=pile, limit=2, offset=offset)
            for pile, offset in (("all", 0), ("all", 2), ("all", 4), ("all", 6), ("late", 0), ("due", 1))
        ] == [["A", "B"], ["C", "D"], ["E"], [], ["A"], ["C"]]
        assert await listed(store, saskia.id, whose=lambda case: case.number > "B", status="received") == [
            "D",
            "E",
        ]

    async def test_list_asks_of_each_case_what_is_told_of_it_elsewhere(self, store: Store) -> None:
        saskia = await self.filed(store)
        await file(store, Address("telegram", "9", SCHEME), number="F", refused=("de manager",))
        marga = await store.add_officer(SCHEME, HANDLER, "Marga Baas", PASSWORD, now=NOW + DAY)
        await store.approve(marga.id, saskia, now=NOW + DAY)
        for number, what in (
            ("A", "involved_declared"),
            ("B", "uninvolved_declared"),
            ("B", f"assigned:{marga.id}"),
        ):
            await store.act(number, saskia, (Note(number, what),), now=NOW + DAY)
        asked: list[Bearings] = []
        await listed(store, saskia.id, whose=lambda case: asked.append(case) is None)
        assert {case.number: case for case in asked} == await store.bearings_of([*"ABCDEF"])

    async def test_piles_are_counted_and_found_to_the_day(self, store: Store) -> None:
        saskia = await self.filed(store)
        for number in ("C", "D", "E"):
            await store.act(number, saskia, status="in_progress", now=NOW)
        found = await store.worklist(SCHEME, saskia.id, today="2026-05-20", soon="2026-05-27", limit=1)
        assert found.counts == {"all": 5, "late": 1, "due": 2, "new": 2, "waiting": 2}
        assert {pile: await listed(store, saskia.id, pile=pile) for pile in found.counts} == {
            "all": ["A", "B", "C", "D", "E"],
            "late": ["A"],
            "due": ["B", "C"],
            "new": ["A", "B"],
            "waiting": ["D", "E"],
        }
        pages = [await listed(store, saskia.id, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
        assert pages == [["A", "B"], ["C", "D"], ["E"], []]

    async def test_list_follows_every_change_of_a_term(self, store: Store) -> None:
        saskia = await self.filed(store)
        sooner = SetTerm("E", deadline("talk", "2026-05-18"), "contact_made")
        await store.act("E", saskia, (sooner, EndTerm("A", "contact", "contact_made")), now=NOW)
        assert await listed(store, saskia.id) == ["E", "B", "C", "D", "A"]
        assert await listed(store, saskia.id, term="talk") == ["E"]
        await store.act("E", saskia, (EndTerm("E", "talk", "talk_held"),), now=NOW)
        assert (await listed(store, saskia.id, term="talk"), await listed(store, saskia.id, pile="late")) == (
            [],
            [],
        )

    async def test_list_is_narrowed_by_what_may_stand_in_the_clear(self, store: Store) -> None:
        saskia = await self.filed(store)
        await store.act("B", saskia, status="in_progress", now=NOW)
        wishes: tuple[dict[str, object], ...] = (
            {"subject": "respect"}, {"subject": "noise"}, {"location": "haarlem"}, {"status": "in_progress"},
            {"term": "contact", "status": "received"},
        )  # fmt: skip
        found = [len(await listed(store, saskia.id, **wish)) for wish in wishes]
        assert found == [5, 0, 0, 1, 3]

    async def test_closed_case_moves_to_the_closed_ones_and_leaves_with_its_destruction(
        self, store: Store
    ) -> None:
        saskia = await self.filed(store)
        await store.open_case("A", saskia, now=NOW)
        await store.act("A", saskia, status="closed", now=NOW)
        assert (await listed(store, saskia.id), await listed(store, saskia.id, closed=True)) == (
            ["B", "C", "D", "E"],
            ["A"],
        )
        await store.purge(NOW.replace(year=2032))
        assert await listed(store, saskia.id, closed=True) == []

    async def test_list_holds_only_what_its_reader_can_open(self, store: Store) -> None:
        saskia = await self.filed(store)
        await file(store, SAMIRA, number="F", refused=("Karel Bos",))
        karel = f"{SCHEME}/karel-bos"
        mona = await store.add_officer(SCHEME, HANDLER, "Mona Kok", PASSWORD, now=NOW)
        before = await listed(store, mona.id)
        await store.approve(mona.id, saskia, now=NOW)
        assert (before, len(await listed(store, mona.id)), len(await listed(store, karel))) == ([], 6, 5)
        await store.disable(karel, by=saskia, now=NOW)
        assert await listed(store, karel) == []
        assert (
            await store.worklist("bij-elkaar", saskia.id, today="2026-05-20", soon="2026-05-27")
        ).cases == ()


@pytest.mark.clause("BB-3c")
class Drawers:
    """What the desk keeps for itself."""

    async def test_mark_is_laid_by_one_of_all_who_try_until_it_is_over(self, store: Store) -> None:
        def lay(now: datetime) -> Awaitable[bool]:
            return store.lay_once("used", "k", until=now + timedelta(minutes=5), now=now)

        tries = await asyncio.gather(*(lay(NOW) for _ in range(6)))
        later = [await lay(NOW + timedelta(minutes=minutes)) for minutes in (4, 5, 6)]
        assert (sum(tries), later) == (1, [False, True, False])

    async def test_mark_without_an_end_stays(self, store: Store) -> None:
        laid = [await store.lay_once("used", "k", until=None, now=NOW + at * DAY) for at in (0, 1, 4000)]
        assert laid == [True, False, False]


class Involved:
    """Who had a part in what a case is about reads it no more, with whatever key."""

    async def test_officer_who_says_so_loses_the_case_at_once_and_for_good(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        told = (Notify("BG-7K4Q-92", HANDLER, "handler_needed"),)
        left = await store.withdraw_reader("BG-7K4Q-92", saskia.id, saskia, told, now=NOW)
        assert left == (f"{SCHEME}/karel-bos",)
        assert [notice.what for notice in await store.notices()] == ["handler_needed"]
        for again in (saskia, await store.unlock(saskia.id, PASSWORD, now=NOW)):
            with pytest.raises(errors.NoAccess):
                await store.open_case("BG-7K4Q-92", again, now=NOW)
            with pytest.raises(errors.NoAccess):
                await store.act("BG-7K4Q-92", again, status="closed", now=NOW)
        karel = await store.unlock(left[0], STAND_IN_PASSWORD, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", karel, now=NOW)).intake == order().intake
        assert (await listed(store, saskia.id), await listed(store, karel.id)) == ([], ["BG-7K4Q-92"])
        await store.reset_password(saskia.id, "nieuw", karel, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", await store.unlock(saskia.id, "nieuw", now=NOW), now=NOW)

    async def test_officer_named_by_somebody_else_is_refused_before_the_key_is_changed(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        await file(store)
        await store.withdraw_reader("BG-7K4Q-92", saskia.id, now=NOW)
        with pytest.raises(errors.NoAccess):
            await store.open_case("BG-7K4Q-92", saskia, now=NOW)
        assert not await store.can_open("BG-7K4Q-92", saskia.id)
        karel = await store.unlock(f"{SCHEME}/karel-bos", STAND_IN_PASSWORD, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", karel, now=NOW)).intake == order().intake

    async def test_case_without_readers_opens_with_the_recovery_key_only(self, store: Store) -> None:
        saskia = await staff(store)
        public, secret = new_recovery()
        await store.set_recovery(SCHEME, public, secret, now=NOW)
        await file(store, refused=("Karel Bos",))
        assert await store.withdraw_reader("BG-7K4Q-92", saskia.id, saskia, now=NOW) == ()
        found = await store.unlock_recovery(SCHEME, secret, now=NOW)
        assert (await store.open_case("BG-7K4Q-92", found, now=NOW)).intake == order().intake
