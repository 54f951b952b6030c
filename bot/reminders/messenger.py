"""Telling officers by Telegram. The bots are those of `bot.channels`; here they only send."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError

from bot.channels.pace import Pace
from bot.channels.part import Setting
from bot.channels.sending import say
from bot.channels.wire import Wire
from bot.delivery import Later
from bot.desk.reach import Account
from bot.reminders.note import Note

CALL = 15
"""Seconds within which Telegram must answer."""


class Messenger:
    """The bots by which officers are told, by their number. Use it as ``async with Messenger(bots) as messenger:``."""

    def __init__(self, bots: Mapping[str, Setting], pace: Pace | None = None) -> None:
        self._bots = {
            id: Bot(one.token, Wire(api=TelegramAPIServer.from_base(one.api), timeout=CALL))
            for id, one in bots.items()
        }
        self._pace = pace or Pace()
        self._told: dict[str, int] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self._bots.values():
            await bot.session.close()

    def serves(self, account: Account) -> bool:
        """Whether this account belongs to one of these bots."""
        return account.bot in self._bots

    async def tell(self, id: str, account: Account, notes: Sequence[Note]) -> None:
        """Send these, which have this id together; what came of them in a try before is not sent again.

        Raises `Later`, `Never`. Errors hold no address of a call: that has the token in it.
        """
        bot = self._bots[account.bot]
        for at in range(self._told.get(id, 0), len(notes)):
            words, rows = notes[at]
            try:
                await say(bot, self._pace, account.chat, words, rows)
            except AiogramError:
                raise Later from None
            self._told[id] = at + 1
        self._told.pop(id, None)
