"""The bot as tests see it: the real channel over a practice store, beside the emulator."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram.client.session.base import BaseSession
from aiohttp import web

from bot import clock
from bot.chance import fresh
from bot.channels import webhook
from bot.channels.pace import Pace
from bot.channels.part import Setting
from bot.channels.telegram import Telegram
from bot.conversation import Conversations
from bot.delivering import Delivering
from bot.kept_talk import keeping
from bot.schemes import Schemes
from bot.serving import collect_seldom
from bot.thinking import thinking
from bot.web.services import Services, Site
from flows.messages import Message
from flows.reception import NOWHERE
from flows.session import Fresh
from locales import render
from storage.opening import open_practice
from storage.practice import practice_officer
from storage.records import Address, Dossier
from tests.telegram_emulator import Emulator, Person

SCHEME = "blijf-groep"


def paragraphs(person: Person, after: int = 0) -> list[str]:
    """What the bot said that can be seen now, behind its first `after` messages: what was joined, parted again."""
    here = [stored.text for stored in person.received()[after:] if not stored.deleted]
    return [one for text in here for one in text.split("\n\n")]


def words(id: str) -> str:
    """A message as it is read in Dutch."""
    return render(Message(id), "nl").text


class Running:
    """A bot that is up."""

    def __init__(
        self,
        telegram: Emulator,
        services: Services,
        data: Path,
        scheme: str = SCHEME,
        delivering: Delivering | None = None,
    ) -> None:
        self.telegram = telegram
        self.services = services
        self._data = data
        self._delivering = delivering
        self.scheme = scheme

    async def dossiers(self) -> list[Dossier]:
        """Every case of Blijf Groep, as its officer reads it."""
        store, now = self.services.store, self.services.clock()
        officer = practice_officer(self._data, SCHEME)
        return [await store.open_case(line.number, officer, now=now) for line in await store.cases(SCHEME)]

    async def quiet(self) -> None:
        """Wait until every update was taken and everything that was said has come."""
        async with asyncio.timeout(100):
            while self.telegram.updates.fresh() or await self._waiting():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            if self._delivering is not None:
                await self._delivering.quiet()  # what goes beside: answers to buttons, and buttons taken away

    async def _waiting(self) -> bool:
        chats = [id for id, chat in self.telegram.world.chats.items() if chat.type == "private"]
        found = [
            await self.services.store.undelivered(Address("telegram", str(id), scheme))
            for id in chats
            for scheme in (self.scheme, NOWHERE)
        ]
        return any(found)


async def begun(bot: Running, telegram: Emulator) -> Person:
    """Somebody whose conversation has begun."""
    samira = telegram.person()
    samira.start()
    await bot.quiet()
    return samira


@asynccontextmanager
async def running(
    data: Path,
    telegram: Emulator,
    *,
    scheme: str | None = SCHEME,
    pace: Pace | None = None,
    now: Callable[[], datetime] = clock.now,
    chance: Callable[[], Fresh] = fresh,
    pushed: bool = False,
    origin: str | None = None,
) -> AsyncIterator[Running]:
    """The bot; it sends as fast as it can unless it has a pace. `now` and `chance` can be held still.

    It asks for its updates, or has them `pushed`. `origin` is the site that its doors lead to.
    """
    schemes = Schemes()
    async with (
        open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store,
        site(telegram.token) as (base, up),
    ):
        conversations = Conversations(store, schemes, now, chance)
        services = Services(store, conversations, schemes, Site(origin, demo=True), now)
        setting = Setting(telegram.token, telegram.url, scheme, base if pushed else None)
        ours = Telegram(services, setting, pace or Pace(0, 100_000))
        up.append(ours)
        task = asyncio.create_task(ours.run())
        try:
            await telegram.until(
                lambda: bool(telegram.webhook.url) if pushed else telegram.updates.polled, "it hears", 600
            )
            yield Running(telegram, services, data, scheme or SCHEME, ours._delivering)
        finally:
            await telegram.webhook.stop()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def site(token: str) -> AsyncIterator[tuple[str, list[webhook.Taker]]]:
    """The page to which Telegram pushes: where it stands, and the list of bots that are up."""
    up: list[webhook.Taker] = []
    app = web.Application()
    app.add_routes(webhook.routes(token, up))
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", up
    finally:
        await runner.cleanup()


@asynccontextmanager
async def feeding(
    data: Path, session: BaseSession, token: str, scheme: str
) -> AsyncIterator[tuple[Callable[[dict[str, Any]], Awaitable[object]], Callable[[], Awaitable[None]]]]:
    """The bot without its polling, for measurements: what takes one update, and what waits until all was sent."""
    schemes = Schemes()
    async with (
        open_practice(data, schemes.ids(), lambda id: keeping(schemes, id)) as store,
        thinking() as beside,
    ):
        conversations = Conversations(store, schemes, clock.now, fresh, beside)
        if beside is not None:
            await beside.ready.wait()
        services = Services(store, conversations, schemes, Site(demo=True), clock.now)
        bot = Telegram(services, Setting(token, scheme=scheme), Pace(0, 100_000))
        bot._bot.session = session
        collect_seldom()

        async def take(raw: dict[str, Any]) -> None:
            assert await bot.take_raw(raw)

        yield take, bot._delivering.quiet
