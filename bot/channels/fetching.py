"""Files that clients send: had from Telegram, looked at, and kept where they may be."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from bot.channels import updates
from bot.web.attachments import LARGEST, MOST, Unfit, fit
from bot.web.services import Services
from flows.events import Sent
from storage.records import Address

TRIES = 3
"""So often a file is asked for."""

LOG = structlog.get_logger("gehoord.telegram")


class Fetching:
    """What brings files in."""

    def __init__(self, of: Services, bot: Bot) -> None:
        self._of, self._bot = of, bot

    async def kept(self, address: Address | None, message: Message, event: Sent) -> Sent:
        """The event with the reference of its file, when it could be had and may be kept."""
        file = updates.file_of(message)
        if file is None or address is None or file.size > LARGEST:
            return event
        session = await self._of.conversations.session(address)
        if session is not None and len(session.attachments) >= MOST:
            return event
        data = await self._download(file.id)
        if data is None or len(data) > LARGEST:
            return event
        try:
            fitting = await asyncio.to_thread(fit, data)
        except Unfit:
            return event
        ref = await self._of.store.keep(
            address, fitting.kind, fitting.name, fitting.data, now=self._of.clock()
        )
        return Sent(fitting.kind, ref, event.caption, fitting.name, fitting.removed)

    async def _download(self, id: str) -> bytes | None:
        for attempt in range(TRIES):
            try:
                found = await self._bot.download(id)
            except TelegramBadRequest:
                return None
            except Exception as error:  # the address of a file holds the token, and errors show addresses
                LOG.info("no file yet", error=type(error).__name__)
                await asyncio.sleep(2**attempt)
            else:
                return found.read() if found is not None else None
        return None
