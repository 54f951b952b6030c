"""How updates come in from Telegram: asked for by long polling, or pushed to the webhook.

Each is read by itself, so that one of a kind that is not known yet holds up no other. Those of one chat are taken one
after the other, those of several chats beside each other.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.types import Update

from bot.channels import updates, webhook
from bot.channels.part import Setting
from bot.channels.updates import Typed
from storage.errors import StoreError

POLL, CALL = 25, 15
"""Seconds for which Telegram holds a poll, and within which any other call must be answered."""

TOGETHER = 16
"""So many chats are taken beside each other."""

LOG = structlog.get_logger("gehoord.telegram")


class Receiving:
    """The ear of one bot. `taken` keeps an update; `unknown` answers one that cannot be read, in its private chat."""

    def __init__(
        self,
        bot: Bot,
        setting: Setting,
        taken: Callable[[Update | Typed], Awaitable[bool]],
        unknown: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._bot, self._setting = bot, setting
        self._taken, self._unknown = taken, unknown
        self._together = asyncio.Semaphore(TOGETHER)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def run(self) -> None:
        """Until cancelled."""
        await (self._hook() if self._setting.webhook else self._poll())

    async def _poll(self) -> None:
        offset: int | None = None
        pause = 1.0
        unhooked = False
        while True:
            try:
                if not unhooked:
                    await self._bot.delete_webhook(drop_pending_updates=False)
                    unhooked = True
                asked = updates.RawUpdates(offset=offset, timeout=POLL, allowed_updates=list(updates.WANTED))
                found = await self._bot(asked, request_timeout=POLL + CALL)
            except AiogramError as error:
                LOG.error("no updates", error=type(error).__name__)
                after = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
                await asyncio.sleep(max(pause, after))
                pause = min(pause * 2, 60.0)
                continue
            pause = 1.0
            if not found:
                continue
            failed = await self._take_all(found)
            if failed is None:
                offset = int(found[-1]["update_id"]) + 1
            else:
                offset = failed
                await asyncio.sleep(1)

    async def _hook(self) -> None:
        """Tell Telegram where to push, until it knows; and what it pushes comes by `take_raw`."""
        pause = 1.0
        assert self._setting.webhook is not None
        url = self._setting.webhook + webhook.path(self._setting.token)
        while True:
            try:
                await self._bot.set_webhook(
                    url, secret_token=webhook.secret(self._setting.token), drop_pending_updates=False,
                    allowed_updates=list(updates.WANTED), max_connections=TOGETHER,
                )  # fmt: skip
            except AiogramError as error:
                LOG.error("no webhook", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)
            else:
                await asyncio.Event().wait()

    async def take_raw(self, raw: dict[str, Any]) -> bool:
        """Take one update as it came over the wire; whether it was kept, or given up for good."""
        update = updates.read(raw, self._bot)
        if update is None:
            return await self._unreadable(raw)
        lock = self._lanes.setdefault(updates.lane(update), asyncio.Lock())
        async with lock:
            return await self._taken(update)

    async def _unreadable(self, raw: dict[str, Any]) -> bool:
        LOG.error("not read", kinds=sorted(key for key in raw if key in updates.WANTED))
        chat = updates.private_chat(raw)
        if chat is not None:
            try:
                await self._unknown(chat, f"unread:{raw.get('update_id')}")
            except StoreError as error:
                LOG.error("not kept", error=type(error).__name__)
                return False
        return True

    async def _take_all(self, found: list[dict[str, Any]]) -> int | None:
        """Take these updates; returns the first one that could not be kept, or None."""
        lanes: dict[str, list[Update | Typed]] = {}
        failed: set[int | None] = set()
        for raw in found:
            if (update := updates.read(raw, self._bot)) is not None:
                lanes.setdefault(updates.lane(update), []).append(update)
            elif not await self._unreadable(raw):
                failed.add(raw["update_id"])
        failed |= set(await asyncio.gather(*(self._take_lane(lane) for lane in lanes.values())))
        return next((raw["update_id"] for raw in found if raw["update_id"] in failed), None)

    async def _take_lane(self, lane: list[Update | Typed]) -> int | None:
        async with self._together:
            for update in lane:
                if not await self._taken(update):
                    return update.update_id
        return None
