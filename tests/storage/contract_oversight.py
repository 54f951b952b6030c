"""The contract of oversight: what an administrator sees of the whole, without content and for one scheme only."""

from flows.effects import EndTerm, SetTerm
from flows.regimes import ACCESS
from storage.oversight import Forecast, Going, VersionInUse, Waiting
from storage.reminding import Item, Mail
from storage.store import Store
from tests.storage.contract_desk import listed
from tests.storage.made import (
    DAY,
    NOW,
    SAMIRA,
    SCHEME,
    TOM,
    Address,
    deadline,
    file,
    intake,
    staff,
    turn,
)

NUMBER = "BG-7K4Q-92"


class Oversight:
    """What `storage.oversight.Oversight` promises."""

    async def test_versions_in_use_are_counted_with_what_still_runs_under_them(self, store: Store) -> None:
        saskia = await staff(store)
        for at, (number, version) in enumerate((("A", "v1"), ("B", "v1"), ("C", "v2"))):
            told = intake(scheme_version=version, received=(NOW + at * DAY).isoformat())
            await file(store, Address("telegram", number, SCHEME), number=number, claim_code="", intake=told)
        await store.act("A", saskia, status="closed", now=NOW)
        assert await store.versions(SCHEME) == (
            VersionInUse("v2", 1, 0, NOW + 2 * DAY, NOW + 2 * DAY),
            VersionInUse("v1", 1, 1, NOW, NOW + DAY),
        )
        assert await store.versions("bij-elkaar") == ()

    async def test_forecast_names_what_goes_first_and_what_defers_it(self, store: Store) -> None:
        saskia = await staff(store)
        for at, number in enumerate(("A", "B", "C", "D")):
            await file(store, Address("telegram", number, SCHEME), number=number, claim_code="")
            await store.open_case(number, saskia, now=NOW)
            if number != "D":
                await store.act(number, saskia, status="closed", now=NOW + at * DAY)
        await store.hold("B", saskia.id, "De rechter vroeg het.", now=NOW)
        end = NOW.replace(year=2031)
        assert await store.forecast(SCHEME, end - DAY) == Forecast((), 0)
        assert await store.forecast(SCHEME, end + DAY) == Forecast(
            (Going("A", end), Going("B", end + DAY, "hold")), 2
        )
        assert await store.forecast(SCHEME, end + 9 * DAY, limit=1) == Forecast((Going("A", end),), 3)
        assert await store.forecast("bij-elkaar", end + 9 * DAY) == Forecast((), 0)

    async def test_unread_reply_defers_the_end_of_a_case_in_the_forecast_too(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        await store.act(NUMBER, saskia, status="closed", now=NOW)
        end = NOW.replace(year=2031)
        assert [one.why for one in (await store.forecast(SCHEME, end)).cases] == ["unread"]
        assert (await store.purge(end)).waiting == ((NUMBER, "unread"),)

    async def test_messages_that_could_not_go_out_are_counted_with_all_that_waits_behind_them(
        self, store: Store
    ) -> None:
        for address, words in ((SAMIRA, [b"1", b"2"]), (TOM, [b"3"])):
            await store.commit(address, 0, turn("x"), words, now=NOW)
        first = await store.claim(NOW + DAY)
        assert first is not None
        assert await store.waiting(SCHEME) == ()
        await store.postpone(first, NOW + 2 * DAY)
        assert await store.waiting(SCHEME) == (Waiting("telegram", 2, 1),)
        assert await store.waiting("bij-elkaar") == ()

    async def test_mail_that_could_not_go_out_is_counted(self, store: Store) -> None:
        saskia = await staff(store)
        await file(store)
        lease = await store.begin_sweep(NOW)
        assert lease is not None
        item = Item(NUMBER, "contact", "day", "2026-05-28")
        await store.post(lease, [Mail("m1", SCHEME, saskia.id, "digest", (item,), NOW)], now=NOW)
        await store.end_sweep(lease)
        mail = await store.claim_mail(NOW)
        assert mail is not None
        assert await store.waiting(SCHEME) == ()
        await store.hold_mail(mail, NOW + DAY, failed=True)
        assert await store.waiting(SCHEME) == (Waiting("mail", 1, 1),)

    async def test_closed_case_on_which_a_right_goes_on_is_listed_as_open_and_not_destroyed(
        self, store: Store
    ) -> None:
        saskia = await staff(store)
        await file(store)
        await store.open_case(NUMBER, saskia, now=NOW)
        asked = SetTerm(NUMBER, deadline(ACCESS, "2026-06-22"), "access_asked")
        await store.act(
            NUMBER, saskia, (EndTerm(NUMBER, "contact", "closed"), asked), status="closed", now=NOW
        )
        assert [await listed(store, saskia.id, closed=closed) for closed in (False, True)] == [[NUMBER], []]
        assert [one.number for one in await store.terms_for(SCHEME, saskia.id)] == [NUMBER]
        end = NOW.replace(year=2031)
        assert (await store.forecast(SCHEME, end)).cases == (Going(NUMBER, end, "term"),)
        assert (await store.purge(end)).waiting == ((NUMBER, "term"),)
        await store.act(NUMBER, saskia, (EndTerm(NUMBER, ACCESS, "copy_given"),), now=NOW)
        assert [await listed(store, saskia.id, closed=closed) for closed in (False, True)] == [[], [NUMBER]]
        assert (await store.purge(end)).cases == (NUMBER,)
