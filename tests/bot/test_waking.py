"""What comes by itself, over the real store: times that came and officers' steps, in each channel, once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot import waking
from bot.chance import fresh
from bot.channels import showing as telegram
from bot.conversation import Conversations, Kept
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.web import showing
from bot.web.services import Services, Site
from flows.effects import SetTerm
from flows.events import Chose, Claimed, Event, Happened, Said, Started
from flows.terms import step
from locales import Rendered
from storage.opening import open_practice
from storage.practice import practice_officer
from storage.records import Address
from tests.conversing import WEDNESDAY

CHAT = Address("telegram", "4711", "blijf-groep")
PAGE = Address("web", "a1b2", "blijf-groep")
KEY = b"buttons"
BY: dict[str, waking.Way] = {
    "web": lambda _: (False, waking._page),
    "telegram": lambda address: (True, telegram.Face(KEY, address.key).beside),
}
TOLD = (
    "Gisteren was het koud in Haarlem, ik ben cliënt",
    "ja",
    "iets anders",
    "sla over",
    "sla over",
    "sla over",
)


class Site_:
    """A store, its conversations and a clock that stands still."""

    def __init__(self, of: Services, data: Path) -> None:
        self.of = of
        self.data = data
        self.now = WEDNESDAY

    async def take(self, address: Address, event: Event) -> Kept:
        deliver, beside = BY[address.channel](address)
        kept = await self.of.conversations.handle(
            address, event, platform=address.channel, deliver=deliver, beside=beside
        )
        await self.sent(kept)
        return kept

    async def sent(self, kept: Kept) -> None:
        parcel = kept.first
        while parcel is not None:
            parcel = await self.of.store.delivered(parcel, now=self.now)

    async def file(self, address: Address) -> str:
        """A complaint is told and sent; returns its number."""
        await self.take(address, Started(address.channel))
        for text in TOLD:
            await self.take(address, Said(text))
        kept = await self.take(address, Said("versturen"))
        assert kept.exchange.session.case is not None
        return kept.exchange.session.case.number

    async def outgoing(self, address: Address) -> list[str]:
        """The ids of what waits to go out, which then is sent."""
        waiting = await self.of.store.undelivered(address)
        while (parcel := await self.of.store.claim(self.now)) is not None:
            await self.sent(Kept(exchange=None, first=parcel))  # type: ignore[arg-type]
        return [msgspec.json.decode(body, type=Rendered).id for body in waiting]

    async def officer(self, number: str, id: str) -> None:
        """A step, as the desk takes it."""
        who = practice_officer(self.data, "blijf-groep")
        filed = await self.of.store.filed(number)
        after = step(filed, self.of.schemes.load("blijf-groep"), id, self.now)
        effects = [SetTerm(number, item, id) for item in after.deadlines]
        await self.of.store.act(number, who, effects, Happened(id), status=after.status, now=self.now)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site_]:
    schemes = Schemes()
    async with open_practice(tmp_path, schemes.ids(), lambda id: keeping(schemes, id)) as store:
        made: list[Site_] = []

        def clock() -> datetime:
            return made[0].now if made else WEDNESDAY

        of = Services(store, Conversations(store, schemes, clock, fresh), schemes, Site(demo=True), clock)
        made.append(Site_(of, tmp_path))
        yield made[0]


@pytest.mark.clause("BG-8")
async def test_question_comes_on_telegram_the_morning_after_and_once(site: Site_) -> None:
    await site.file(CHAT)
    await site.take(CHAT, Chose(("followup",)))
    site.now = datetime.fromisoformat("2026-05-29T08:59+02:00")
    assert await waking.wake(site.of, BY) == 0
    site.now += timedelta(minutes=1)
    assert await asyncio.gather(waking.wake(site.of, BY), waking.wake(site.of, BY)) in ([1, 0], [0, 1])
    assert await site.outgoing(CHAT) == ["followup.contact"]
    assert await waking.wake(site.of, BY) == 0


@pytest.mark.clause("BG-8", "BG-12")
async def test_nobody_called_is_told_to_the_management_and_leads_on(site: Site_) -> None:
    number = await site.file(CHAT)
    await site.take(CHAT, Chose(("followup",)))
    site.now = datetime.fromisoformat("2026-05-29T09:00+02:00")
    await waking.wake(site.of, BY)
    await site.outgoing(CHAT)
    kept = await site.take(CHAT, Said("nee, niemand belde"))
    assert [message.id for message in kept.exchange.said] == [
        "followup.not_contacted", "followup.next", "followup.options",
    ]  # fmt: skip
    assert [(n.role, n.what) for n in await site.of.store.notices() if n.number == number][-1] == (
        "manager", "client_not_contacted",
    )  # fmt: skip
    assert [mark.what for mark in await site.of.store.timeline(number)][-1] == "client_says_no_contact"


async def test_question_of_an_organisation_whose_bot_another_process_has_is_left_to_it_for_a_minute(
    site: Site_,
) -> None:
    await site.file(CHAT)
    await site.take(CHAT, Chose(("followup",)))
    site.now = datetime.fromisoformat("2026-05-29T09:00+02:00")
    mine, other = (waking.Elsewhere({"telegram": [id]}) for id in ("blijf-groep", "bij-elkaar"))
    assert [await waking.wake(site.of, BY, other) for _ in range(2)] == [0, 0]
    assert [await waking.wake(site.of, BY, one) for one in (mine, other)] == [1, 0]
    assert await site.outgoing(CHAT) == ["followup.contact"]


async def test_question_of_an_organisation_whose_bot_nobody_has_waits_for_it_in_the_outbox(
    site: Site_,
) -> None:
    await site.file(CHAT)
    await site.take(CHAT, Chose(("followup",)))
    site.now, other = (
        datetime.fromisoformat("2026-05-29T09:00+02:00"),
        waking.Elsewhere({"telegram": ["bij-elkaar"]}),
    )
    assert await waking.wake(site.of, BY, other) == 0
    site.now += waking.PATIENCE
    assert await waking.wake(site.of, BY, other) == 1
    assert await site.outgoing(CHAT) == ["followup.contact"]


async def test_step_is_shown_on_the_page_without_making_it_used(site: Site_) -> None:
    number = await site.file(PAGE)
    before = showing.page_of(await site.of.store.load(PAGE))
    site.now += timedelta(minutes=30)
    await site.officer(number, "solution_found")
    assert await waking.wake(site.of, BY) == 1
    page = showing.page_of(await site.of.store.load(PAGE))
    assert [message.id for message in page.turns[-1].said] == ["followup.is_solved"]
    assert page.at == before.at


async def test_nothing_is_asked_by_itself_of_who_did_not_choose_it(site: Site_) -> None:
    number = await site.file(CHAT)
    await site.officer(number, "solution_found")
    assert await waking.wake(site.of, BY) == 1
    assert await site.outgoing(CHAT) == []


async def test_channel_of_another_process_is_left_to_it(site: Site_) -> None:
    number = await site.file(CHAT)
    await site.officer(number, "contact_made")
    assert await waking.wake(site.of, {"web": BY["web"]}) == 0
    assert await waking.wake(site.of, BY) == 1


@pytest.mark.clause("BG-8")
async def test_wish_on_the_web_comes_back_with_the_code(site: Site_) -> None:
    number = await site.file(PAGE)
    kept = await site.take(PAGE, Chose(("followup",)))
    assert [message.id for message in kept.exchange.said] == ["followup.return"]
    early = await back(site, number, "early")
    assert "followup.contact" not in early
    site.now = datetime.fromisoformat("2026-05-29T09:00+02:00")
    assert (await back(site, number, "on the day"))[-1] == "followup.contact"


async def back(site: Site_, number: str, key: str) -> list[str]:
    """Somebody comes with the code of this case; what is said."""
    address = Address("web", key, "blijf-groep")
    await site.take(address, Started("web"))
    await site.take(address, Said("hoe staat het met mijn klacht"))
    kept = await site.take(address, Claimed(await site.of.store.filed(number)))
    return [message.id for message in kept.exchange.said]
